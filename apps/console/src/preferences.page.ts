import { preferenceShape, Preferences } from '@concordat/reminders';
import { digestAt, type MailWay, type NotificationKind, notificationKinds, type Preference, usualPreference, waysOf } from '@concordat/reminders/core';
import { Body, Controller, Get, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';

const typed = z.string().trim().max(10).catch('');
const choosing = z.object({ asked: typed, people: typed, progress: typed, from: typed, to: typed });
type Choosing = z.infer<typeof choosing>;
const shownQuery = z.object({ saved: z.literal('yes').optional().catch(undefined) });

const kinds: Readonly<Record<NotificationKind, { readonly title: string; readonly says: string }>> = {
  concern: { title: 'Safeguarding concerns', says: 'They are to be passed on the same working day, so you are mailed at once, in quiet hours too.' },
  asked: { title: 'What is asked of you', says: 'Sign-offs, views, decisions and acceptances that wait for you. This cannot be switched off.' },
  people: { title: 'What people said', says: 'Themes that wait for an answer, answers that are asked for, dissent, and what people are owed word of.' },
  progress: { title: 'What happened', says: 'Gates that opened, sign-offs that were answered, awards, holds and closes of agreements you work on.' },
};
const ways: Readonly<Record<MailWay, string>> = { 'at-once': 'At once', digest: `In one mail a day, at ${digestAt}`, never: 'Not at all: the outbox shows it' };

/** How whoever is signed in wishes to be told by mail. */
@UseFilters(PageFilter)
@Controller('outbox/preferences')
export class PreferencesPage {
  constructor(
    private readonly frame: Frame,
    private readonly preferences: Preferences,
  ) {}

  @Get()
  async form(@Query({ schema: shownQuery }) { saved }: z.infer<typeof shownQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { ways: chosen, quiet } = await this.preferences.of(reader.principal.tenant, reader.principal.id);
    await this.show(reader, { asked: chosen.asked, people: chosen.people, progress: chosen.progress, from: quiet?.from ?? '', to: quiet?.to ?? '' }, {}, request, reply, saved !== undefined);
  }

  @Post()
  async choose(@Body({ schema: choosing }) body: Choosing, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { from, to, ...wished } = body;
    const read = preferenceShape.safeParse({ ways: { ...usualPreference.ways, ...wished }, quiet: from === '' && to === '' ? null : { from, to } });
    if (!read.success) return this.show(reader, body, faultsOf(read.error.issues), request, reply);
    await this.preferences.choose(reader.principal.tenant, reader.principal.id, read.data satisfies Preference);
    await reply.redirect('/outbox/preferences?saved=yes', 303);
  }

  private async show(reader: Reader, chosen: Choosing, errorOf: Readonly<Record<string, { readonly text: string }>>, request: FastifyRequest, reply: FastifyReply, saved = false): Promise<void> {
    const errors = Object.entries(errorOf).map(([field, { text }]) => ({ text, href: `#${field}` }));
    await this.frame.send(request, reply, 'preferences', { reader, place: '/outbox', status: errors.length > 0 ? 422 : 200 }, {
      saved, errors, errorOf,
      from: chosen.from,
      to: chosen.to,
      kinds: notificationKinds.map((kind) => ({
        kind,
        ...kinds[kind],
        ways: kind === 'concern' ? [] : waysOf[kind].map((way) => ({ value: way, text: ways[way], checked: way === chosen[kind] })),
      })),
    });
  }
}

/** What is wrong, by the field it is wrong in. */
function faultsOf(issues: readonly z.core.$ZodIssue[]): Readonly<Record<string, { readonly text: string }>> {
  return Object.fromEntries(
    issues.map(({ path: [part, field] }) => {
      if (part === 'ways') return [String(field), { text: `Choose how you hear of ${kinds[field as NotificationKind].title.toLowerCase()}` }];
      if (field === undefined) return ['to', { text: 'Quiet hours begin and end at different times' }];
      return [String(field), { text: `Write when quiet hours ${field === 'from' ? 'begin' : 'end'} as a time, such as ${field === 'from' ? '19:00' : '07:30'}, or leave both empty` }];
    }),
  );
}
