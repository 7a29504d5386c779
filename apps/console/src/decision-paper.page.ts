import { Agreements } from '@concordat/agreement';
import { isCurrent } from '@concordat/agreement/core';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor, type OpenAgreement } from './agreement-open.js';
import { checklistShown } from './agreement-shown.js';
import { changedSinceDecision, decidedOnShown } from './decided-on-shown.js';
import { urgencyShown, waiverShown } from './excused-shown.js';
import { Frame } from './frame.js';
import { eventsUpTo, historyShown } from './history-shown.js';
import { Names } from './names.js';
import { PageFilter } from './page.filter.js';
import { PaperShown } from './paper-shown.js';

const query = z.object({ on: z.string().max(10).optional() });

/** What whoever decides should have read, on one page to print: objections and what was replied come first. */
@UseFilters(PageFilter)
@Controller('agreements/:id/decision-paper')
export class DecisionPaperPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly agreements: Agreements,
    private readonly paper: PaperShown,
    private readonly names: Names,
  ) {}

  @Get()
  async read(@Param('id') id: string, @Query({ schema: query }) asked: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/award', asked, request, reply);
    if (open === undefined) return;
    const { agreement, named, reader, offers, on } = open;
    const { tenant, actor } = reader.principal;
    const gate = on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(tenant, id, actor) : undefined;
    const { words, ...paper } = await this.paper.of(open);
    await this.frame.send(request, reply, 'decision-paper', { reader, place: '/agreements' }, {
      agreement: open.head,
      ...paper,
      ...decidedOnShown(open),
      changed: await this.changed(open),
      ending: await this.ending(open),
      ...urgencyShown(agreement),
      waivers: agreement.waivers.map((waiver) => ({ ...waiverShown(agreement, waiver, named), words: waiver.view === null ? undefined : words.get(waiver.id) })),
      gate: gate && checklistShown(gate, named, offers, actor),
    });
  }

  /** What ends by the decision, by its title to whoever sees the whole of it: whoever decides knows that something does. */
  private async ending({ agreement, reader: { principal: { tenant, actor } }, today }: OpenAgreement) {
    const ending = agreement.tree.links.flatMap((link) => (link.as === 'ends' ? [link.agreement] : []));
    const seen = await this.agreements.seeAll(tenant, ending, actor, today);
    return ending.map((id) => {
      const one = seen.get(id);
      return one?.sight.sees === 'all' ? { href: `/agreements/${id}`, title: one.agreement.title } : {};
    });
  }

  /** What changed since a decision was recorded that is stale by it, in order; nothing where it stands on what it was taken on. */
  private async changed({ agreement, version, reader: { principal: { tenant, actor } }, named, today }: OpenAgreement) {
    if (agreement.decision === null || isCurrent(agreement)) return [];
    const events = await eventsUpTo(this.agreements, tenant, agreement.id, version);
    const numbers = changedSinceDecision(events, agreement.decision.decision);
    const since = events.slice(Math.min(...numbers) - 1);
    const read = await this.agreements.readingOf(tenant, actor, today, since);
    return historyShown(events, version - since.length, await this.names.more(tenant, named, since), read).filter((one) => numbers.has(one.version));
  }
}
