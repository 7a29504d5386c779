import { Installation } from '@concordat/assembly';
import { Clock, londonDay } from '@concordat/platform';
import { workAsCalendar, workAsCsv, workAsXlsx, type WorkLine, WorkList, type WorkRow, workSays } from '@concordat/register';
import type { WorkKind } from '@concordat/register/core';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type FileForm, fileForms, fileLinks, sendFile } from './list-file.js';
import { type Named, Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { ageOf, counted, dayOf, upper } from './words/say.js';

const mostListed = 50;
const mostInAFile = 1_000;
const query = z.object({ at: z.coerce.number().int().min(0).optional().catch(undefined) });
const exportQuery = z.object({ format: z.enum(fileForms).catch('csv').default('csv') });

/** The start page: what waits for whoever is signed in, and what they wait for, longest first. */
@UseFilters(PageFilter)
@Controller()
export class MyWorkPage {
  constructor(
    private readonly frame: Frame,
    private readonly work: WorkList,
    private readonly names: Names,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: query }) { at }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant } = reader.principal;
    const now = this.clock.now();
    const { lines, found, full } = await this.work.of(tenant, reader.principal, now, { limit: mostListed, ...(at !== undefined && { upTo: at }) });
    const mine = lines.filter(({ waitsFor }) => waitsFor === 'you');
    const shown = await this.names.saying(tenant, [...found.values()].map(({ agreement }) => agreement), (named) => {
      const one = (row: WorkRow) => workShown(row, named.get(row.agreement), now);
      return { mine: mine.map(one), asked: lines.filter(({ waitsFor }) => waitsFor === 'others').map(one) };
    });
    await this.frame.send(request, reply, 'my-work', { reader, place: '/' }, { headline: headlineOf(mine, now), ...shown, full, files: fileLinks('/my-work') });
  }

  @Get('my-work')
  async export(@Query({ schema: exportQuery }) { format }: z.infer<typeof exportQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { lines } = await this.work.of(reader.principal.tenant, reader.principal, this.clock.now(), { limit: mostInAFile });
    await sendFile(reply, 'my-work', format, await this.file(lines, format));
  }

  private file(lines: readonly WorkLine[], format: FileForm): string | Promise<Buffer> {
    const link = (id: string) => `${this.installation.publicUrl}/agreements/${id}`;
    if (format === 'json') return JSON.stringify({ items: lines.map(({ key: _, askedBy: __, ...line }) => ({ ...line, says: workSays[line.kind] })) });
    return { csv: workAsCsv, xlsx: workAsXlsx, ics: workAsCalendar }[format](lines, link);
  }
}

/** What a row says and where it leads: `of` names its subject, `at` is its agreement's address. Where nothing is named, the files say the same. */
const shownAs: { readonly [K in WorkKind]: (row: WorkRow, of: () => string, at: string) => readonly [what: string, href: string] } = {
  'sign-off': ({ subject }, of, at) => [`Sign-off: ${of()}`, `${at}/sign-offs/${subject}`],
  second: ({ subject }, of, at) => [`A second person is asked to read: ${of()}`, `${at}/sign-offs/${subject}`],
  condition: ({ subject, count }, of, at) => [`${counted(count, 'thing is', 'things are')} still to be done for: ${of()}`, `${at}/sign-offs/${subject}`],
  'stale-sign-off': ({ subject }, of, at) => [`Ask again, because what it rests on changed or its time is over: ${of()}`, `${at}/sign-offs/${subject}`],
  statement: ({ subject }, of, at) => [`A view is asked: ${of()}`, `${at}/statements/${subject}`],
  objection: ({ subject }, of, at) => [`An objection waits for a reply: ${of()}`, `${at}/do/reply-to-objection?about=${subject}`],
  'second-decision': ({ subject }, _, at) => [workSays['second-decision'], `${at}/do/second-decision?about=${subject}`],
  'second-variation': ({ subject }, of, at) => [`A second person is asked to read the decision on: ${of()}`, `${at}/do/second-variation?about=${subject}`],
  interest: ({ subject }, of, at) => [`You are asked whether an interest is over: ${of()}`, `${at}/do/lift-conflict?about=${subject}`],
  reply: ({ subject }, of, at) => [`You are the second person for the reply to an objection: ${of()}`, `${at}/do/second-reply?about=${subject}`],
  theme: ({ subject, count }, of, at) => [`A theme waits for an answer: ${of()} (${counted(count, 'contribution')})`, `${at}/do/answer-theme?about=${subject}`],
  unplaced: ({ count }, _, at) => [`${counted(count, 'contribution stands', 'contributions stand')} in no theme`, `${at}/involvement#said`],
  unread: ({ count }, of, at) => [`Read today what came in, for a concern may be among it: ${of()} (${counted(count, 'contribution')})`, `${at}/involvement#said`],
  'own-answer': ({ subject }, of, at) => [`An answer of their own is asked for: ${of()}`, `${at}/do/answer-contribution?about=${subject}`],
  concern: ({ subject }, _, at) => ['A concern is to be passed on today', `${at}/do/pass-on-concern?about=${subject}`],
  reversal: ({ subject }, of, at) => [`People are to be told that it was undone: ${of()}`, `${at}/do/tell-of-reversal?about=${subject}`],
  'control-ages': ({ subject }, of, at) => [`Proof gets too old within two weeks: ${of()}`, `${at}/do/record-control-proof?about=${subject}`],
  'control-aged': ({ subject }, of, at) => [`Proof is too old: ${of()}`, `${at}/do/record-control-proof?about=${subject}`],
  'control-fails': (_, of, at) => [`A control was found not to work: ${of()}`, `${at}/risk`],
  'review-due': ({ subject }, of, at) => [`A risk is to be looked at again: ${of()}`, `${at}/do/review-risk?about=${subject}`],
  'incident-unscored': (_, of, at) => [`A new score is asked for after ${of()}`, `${at}/risk`],
  unseen: ({ subject }, of, at) => [`A risk above the appetite waits to be seen: ${of()}`, `${at}/do/acknowledge-risk?about=${subject}`],
  advice: ({ subject }, _, at) => [workSays.advice, `${at}/do/answer-panel-advice?about=${subject}`],
  notice: ({ subject }, of, at) => [`To be published: ${of()}`, `${at}/do/record-published-notice?about=${subject}`],
  obligation: ({ subject }, of, at) => [`An obligation is due: ${of()}`, `${at}/do/meet-obligation?about=${subject}`],
  'own-obligation': ({ subject }, of, at) => [`Your organisation owes: ${of()}`, `${at}/do/meet-obligation?about=${subject}`],
  'own-improvement': ({ subject }, of, at) => [`Asked of your organisation by a quality visit: ${of()}`, `${at}/do/show-improvement?about=${subject}`],
  improvement: ({ subject }, of, at) => [`Asked for by a quality visit: ${of()}`, `${at}/do/show-improvement?about=${subject}`],
  'quality-visit': (_, of, at) => [`The next quality visit is due, after ${of()}`, `${at}/do/record-quality-visit`],
  cycle: ({ subject }, of, at) => [`The cycle of delivery ends: ${of()}`, `${at}/do/end-cycle?about=${subject}`],
  'gate-condition': (_, of, at) => [`A gate opened on this: ${of()}`, at],
  action: ({ subject }, of, at) => [`Agreed in a review meeting: ${of()}`, `${at}/do/complete-action?about=${subject}`],
  'staff-information': (_, __, at) => [workSays['staff-information'], `${at}/do/record-staff-information`],
  commitment: ({ subject }, of, at) => [`Promised to people: ${of()}`, `${at}/do/keep-commitment?about=${subject}`],
  lapse: ({ subject }, of, at) => [`${workSays.lapse}: ${of()}`, `${at}/do/renew-sign-off?about=${subject}`],
  effect: ({ subject }, of, at) => [`${workSays.effect}: ${of()}`, `${at}/do/record-measurement?about=${subject}`],
  consultation: ({ subject }, of, at) => [`What people said is to be considered: ${of()}`, `${at}/do/consider-consultation?about=${subject}`],
  held: (_, __, at) => [workSays.held, `${at}/do/resume`],
  expiry: ({ subject }, _, at) => [workSays.expiry, `${at}/do/record-expiry?about=${subject}`],
  waiver: ({ subject }, _, at) => [workSays.waiver, `${at}/do/waive-condition?about=${subject}`],
  'waiver-view': ({ subject }, _, at) => [workSays['waiver-view'], `${at}/do/give-view-on-waiver?about=${subject}`],
  'waiver-expires': (_, __, at) => [workSays['waiver-expires'], at],
  'waiver-review': ({ subject }, _, at) => ['The third waiver of one condition and team within twelve months waits for your review; it blocks nothing', `${at}/do/review-waiver?about=${subject}`],
  decision: (_, __, at) => [workSays.decision, `${at}/do/record-decision`],
  acceptance: (_, __, at) => [workSays.acceptance, `${at}/do/accept-award`],
  gate: (_, __, at) => ['The gate can open: everything it asks is there', `${at}/do/request-gate`],
};

function workShown(row: WorkRow, named: Named | undefined, now: Date) {
  const at = `/agreements/${row.agreement}`;
  const [what, href] = shownAs[row.kind](row, () => named?.of(row.subject) ?? '', at);
  return { what: upper(what), href, agreement: { title: row.title, href: at }, stage: stageTitleOf(row.pathway, row.stage), ...whenShown(row.since, row.dueOn, now) };
}

/** By when it is done in time, where it began to wait before that; else for how long it has waited. */
function whenShown(since: string, dueOn: string | null, now: Date): { readonly age: string; readonly late: boolean } {
  if (dueOn === null || dueOn <= since.slice(0, 10)) return { age: ageOf(since, now), late: false };
  const late = dueOn < londonDay(now);
  return { age: `${late ? 'overdue since' : 'by'} ${dayOf(dueOn)}`, late };
}

function headlineOf(rows: readonly WorkRow[], now: Date): string {
  const [oldest] = rows;
  if (oldest === undefined) return 'Nothing waits for you.';
  const age = ageOf(oldest.since, now);
  return `${counted(rows.length, 'thing waits', 'things wait')} for you; the oldest ${age === 'today' ? 'since today' : `for ${age}`}.`;
}
