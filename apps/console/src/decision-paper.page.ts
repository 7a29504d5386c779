import { Agreements } from '@concordat/agreement';
import { achieved, objections } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { doLevels, sayLevels } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import { Controller, Get, Param, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDoor, type OpenAgreement } from './agreement-open.js';
import { checklistShown } from './agreement-shown.js';
import { waiverShown } from './excused-shown.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import { partnersShown } from './partners-shown.js';
import { adviceShown } from './risk-kept-shown.js';
import { riskShown, risksAbove } from './risk-shown.js';
import { awardShown, signOffsShown } from './sign-off-shown.js';
import { StatementWords } from './statement-words.js';
import { codeOf, dayOf } from './words/say.js';

const query = z.object({ on: z.string().max(10).optional() });

/** What whoever decides should have read, on one page to print: objections and what was replied come first. */
@UseFilters(PageFilter)
@Controller('agreements/:id/decision-paper')
export class DecisionPaperPage {
  constructor(
    private readonly frame: Frame,
    private readonly door: AgreementDoor,
    private readonly agreements: Agreements,
    private readonly words: StatementWords,
  ) {}

  @Get()
  async read(@Param('id') id: string, @Query({ schema: query }) asked: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const open = await this.door.open(id, '/award', asked, request, reply);
    if (open === undefined) return;
    const { agreement, riskSettings, named, today, reader, offers, form, on } = open;
    const { tenant, actor } = reader.principal;
    const gate = on === undefined && agreement.lifecycle === 'open' ? await this.agreements.gate(tenant, id, actor) : undefined;
    const above = new Set(risksAbove(agreement, riskSettings).map((risk) => risk.id));
    await this.frame.send(request, reply, 'decision-paper', { reader, place: '/agreements' }, {
      agreement: open.head,
      printed: dayOf(on ?? today),
      award: awardShown(agreement, named, offers),
      partners: partnersShown(agreement, on ?? today).filter(({ current }) => current),
      objections: await this.objected(open),
      dissents: agreement.dissents.dissents.map(({ dissenter, from, stage }) => `${named.of(dissenter)} dissents from ${codeOf(from).toLowerCase()} (${named.said(stage, 'stage')})`),
      advice: adviceShown(agreement, named, form),
      risks: riskShown(open).risks.filter((risk) => above.has(risk.id)),
      signOffs: signOffsShown(agreement, named, today, form),
      involvement: involved(open),
      waivers: agreement.waivers.map((waiver) => waiverShown(agreement, waiver, named)),
      gate: gate && checklistShown(gate, named, offers),
    });
  }

  private async objected(open: OpenAgreement) {
    const { agreement, named } = open;
    const raised = objections(agreement);
    const words = await this.words.of(open, raised.map(({ id }) => id));
    return raised.map(({ id, group, stage, risks, reply }) => ({
      group: codeOf(group),
      stage: named.said(stage, 'stage'),
      risks: risks.map((risk) => named.of(risk)).join(', '),
      words: words.get(id),
      reply: reply && {
        says: reply.says,
        by: `${named.of(reply.by)}, ${dayOf(londonDay(new Date(reply.at)))}`,
        second: reply.readAt === null ? `${named.of(reply.secondPerson)} has not read it yet` : `Read by ${named.of(reply.secondPerson)} on ${dayOf(londonDay(new Date(reply.readAt)))}`,
      },
    }));
  }
}

/** Each stage in which people were to have a say or a part, as it was planned and as it came to be. */
function involved({ agreement }: OpenAgreement) {
  const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
  return stages.flatMap(({ id, title }) => {
    const [plan, reached] = [agreement.involvement.plans[id], achieved(agreement, id)];
    if (plan === undefined && reached.say === 0 && reached.do === 0) return [];
    const level = (say: number, action: number) => `Say ${say} (${sayLevels[say]}), Do ${action} (${doLevels[action]})`;
    return [{ title, planned: plan === undefined ? 'nothing' : level(plan.say, plan.do), reached: level(reached.say, reached.do) }];
  });
}
