import { Installation } from '@concordat/assembly';
import { Clock } from '@concordat/platform';
import { workAsCalendar, workAsCsv, workAsXlsx, type WorkLine, WorkList, type WorkRow, workSays } from '@concordat/register';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type FileForm, fileForms, fileLinks, sendFile } from './list-file.js';
import { type Named, Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { ageOf, counted, upper } from './words/say.js';

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

function workShown({ kind, subject, agreement, title, pathway, stage, count, since }: WorkRow, named: Named | undefined, now: Date) {
  const of = (id: string) => named?.of(id) ?? '';
  const at = `/agreements/${agreement}`;
  const [what, href] = {
    'sign-off': [`Sign-off: ${of(subject)}`, `${at}/sign-offs/${subject}`],
    second: [`A second person is asked to read: ${of(subject)}`, `${at}/sign-offs/${subject}`],
    condition: [`${counted(count, 'thing is', 'things are')} still to be done for: ${of(subject)}`, `${at}/sign-offs/${subject}`],
    'stale-sign-off': [`Ask again, because what it rests on changed or its time is over: ${of(subject)}`, `${at}/sign-offs/${subject}`],
    statement: [`A view is asked: ${of(subject)}`, `${at}/statements/${subject}`],
    objection: [`An objection waits for a reply: ${of(subject)}`, `${at}/do/reply-to-objection?about=${subject}`],
    reply: [`You are the second person for the reply to an objection: ${of(subject)}`, `${at}/do/second-reply?about=${subject}`],
    theme: [`A theme waits for an answer: ${of(subject)} (${counted(count, 'contribution')})`, `${at}/do/answer-theme?about=${subject}`],
    unplaced: [`${counted(count, 'contribution stands', 'contributions stand')} in no theme`, `${at}/involvement#said`],
    'own-answer': [`An answer of their own is asked for: ${of(subject)}`, `${at}/do/answer-contribution?about=${subject}`],
    concern: ['A concern is to be passed on today', `${at}/do/pass-on-concern?about=${subject}`],
    reversal: [`People are to be told that it was undone: ${of(subject)}`, `${at}/do/tell-of-reversal?about=${subject}`],
    'control-ages': [`Proof gets too old within two weeks: ${of(subject)}`, `${at}/do/record-control-proof?about=${subject}`],
    'control-aged': [`Proof is too old: ${of(subject)}`, `${at}/do/record-control-proof?about=${subject}`],
    'control-fails': [`A control was found not to work: ${of(subject)}`, `${at}/risk`],
    'review-due': [`A risk is to be looked at again: ${of(subject)}`, `${at}/do/review-risk?about=${subject}`],
    'incident-unscored': [`A new score is asked for after ${of(subject)}`, `${at}/risk`],
    unseen: [`A risk above the appetite waits to be seen: ${of(subject)}`, `${at}/do/acknowledge-risk?about=${subject}`],
    advice: ['A shared-risk panel’s advice waits for a word', `${at}/do/answer-panel-advice?about=${subject}`],
    expiry: ['A registration, insurance or continuity plan ends within 60 days, or has ended', `${at}/do/record-expiry?about=${subject}`],
    waiver: ['A waiver is asked and waits for an answer', `${at}/do/waive-condition?about=${subject}`],
    'waiver-view': ['The view of those it concerns is asked on a waiver', `${at}/do/give-view-on-waiver?about=${subject}`],
    'waiver-expires': ['A waiver at the next gate ends within two weeks, or has ended', at],
    'waiver-review': ['The third waiver of one condition and team within twelve months waits for your review; it blocks nothing', `${at}/do/review-waiver?about=${subject}`],
    decision: ['A decision is asked on the proposed award', `${at}/do/record-decision`],
    acceptance: ['The award waits for the provider to accept', `${at}/do/accept-award`],
    gate: ['The gate can open: everything it asks is there', `${at}/do/request-gate`],
  }[kind] as [string, string];
  return { what: upper(what), href, agreement: { title, href: at }, stage: stageTitleOf(pathway, stage), age: ageOf(since, now) };
}

function headlineOf(rows: readonly WorkRow[], now: Date): string {
  const [oldest] = rows;
  if (oldest === undefined) return 'Nothing waits for you.';
  const age = ageOf(oldest.since, now);
  return `${counted(rows.length, 'thing waits', 'things wait')} for you; the oldest ${age === 'today' ? 'since today' : `for ${age}`}.`;
}
