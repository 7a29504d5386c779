import { type AgreementAt, Agreements } from '@concordat/agreement';
import { Clock, londonDay } from '@concordat/platform';
import { WorkList, type WorkRow } from '@concordat/register';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type Named, Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { ageOf, counted, upper } from './words/say.js';

const mostListed = 50;
const query = z.object({ at: z.coerce.number().int().min(0).optional().catch(undefined) });

/** The start page: what waits for whoever is signed in, and what they wait for, longest first. */
@UseFilters(PageFilter)
@Controller()
export class MyWorkPage {
  constructor(
    private readonly frame: Frame,
    private readonly work: WorkList,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: query }) { at }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id } = reader.principal;
    const now = this.clock.now();
    const [waiting, asked] = await Promise.all([
      this.work.waitingFor(tenant, actor, londonDay(now), { limit: mostListed, ...(at !== undefined && { upTo: at }) }),
      this.work.askedBy(tenant, id, mostListed),
    ]);
    const found = await this.agreements.findAll(tenant, [...new Set([...waiting, ...asked].map(({ agreement }) => agreement))]);
    const mine = this.thatStillWait(reader, found, waiting.filter(({ askedBy, kind }) => askedBy !== id || kind === 'acceptance'));
    const named = await this.names.ofAll(tenant, [...found.values()].map(({ agreement }) => agreement));
    const shown = (row: WorkRow) => workShown(row, named.get(row.agreement), now);
    await this.frame.send(request, reply, 'my-work', { reader, place: '/' }, {
      headline: headlineOf(mine, now),
      mine: mine.map(shown),
      asked: asked.map(shown),
      full: waiting.length === mostListed,
    });
  }

  /** A gate changes with the day, so those that are listed are looked at again. */
  private thatStillWait({ principal: { tenant, actor } }: Reader, found: ReadonlyMap<string, AgreementAt>, rows: readonly WorkRow[]): readonly WorkRow[] {
    return rows.filter(({ kind, agreement }) => {
      const at = found.get(agreement);
      if (kind !== 'gate' || at === undefined) return kind !== 'gate';
      return at.agreement.lifecycle === 'open' && this.agreements.gateOf(tenant, at, actor).checklist.every(({ met }) => met);
    });
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
