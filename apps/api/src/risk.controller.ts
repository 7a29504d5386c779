import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements, OwnRiskSettings, riskSettingsShape } from '@concordat/agreement';
import {
  agesOn, appetiteFor, awaitsSeer, controlStands, incidentWaits, isDoneWithPeople, riskPromptNames, riskPrompts, type RiskSettings, riskWarnings, scoreNow, sittingIn, topRisks, weigh,
} from '@concordat/agreement/core';
import { Clock, Fingerprints, londonDay } from '@concordat/platform';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { askOf, Who } from './ask.js';
import { Asks } from './asked-right.js';
import { settle } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { seenWhole } from './read-agreement.js';
import { idPath, type IdPath, writeQuery, type WriteQuery } from './shapes.js';

const list = (...members: readonly string[]) => z.array(z.looseObject(Object.fromEntries(members.map((member) => [member, z.string()]))));
const riskShown = z.object({
  agreement: z.uuid(),
  risks: z.array(
    z.looseObject({
      risk: z.uuid(),
      title: z.string(),
      domain: z.string(),
      now: z.object({ product: z.int(), band: z.string() }).nullable().describe('as last reviewed, or else as planned with people; null while nobody scored it'),
      appetite: z.string().describe('the largest band that is carried in its domain without a word from above'),
      awaits: z.string().nullable().describe('the role that is still to see it'),
    }),
  ).describe('open ones, largest first'),
  opportunities: list('opportunity', 'title', 'became'),
  controls: list('control', 'title', 'kind', 'stands').describe('with the day on which its proof is too old'),
  incidents: list('incident', 'on', 'harm').describe('with the day by which its risk is to be scored anew, until it is; and `withdrawn`, by whom and why, where it was put on record by mistake'),
  prompts: list('prompt', 'asks').nullable().describe('what doing it with people may bring with it, and what was answered; null where nobody designs or delivers it with professionals'),
  panels: list('panel', 'chair').describe('`sitting`: how many different people sit in it, as far as it is known today'),
  advice: list('advice', 'says', 'dissent').describe('what a shared-risk panel advised, and what the decision-maker did with it'),
  warnings: z.array(z.looseObject({ kind: z.string(), about: z.uuid(), by: z.string().describe('the command that ends it') })).describe('what is to be looked at today; none of it shuts a gate by itself'),
});
const changed = z.looseObject({ ...riskSettingsShape.shape, dryRun: z.literal(true).optional() });

/** What may go wrong or better in an agreement, and what is done about it. */
@ApiV1('', 'Risk')
export class RiskController {
  constructor(
    private readonly agreements: Agreements,
    private readonly settings: OwnRiskSettings,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get('agreements/:id/risk')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readRisk', summary: 'Risks, opportunities, controls with the age of their proof, incidents, prompts, a panel’s advice, and what is to be looked at today' })
  @ApiResponse({ status: 200, description: 'Measured by the organisation’s own matrix and appetites', standardSchema: riskShown })
  async read(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const today = this.today();
    const { agreement, riskSettings } = seenWhole(await this.agreements.see(who.tenant, id, who.actor, today));
    return {
      agreement: id,
      risks: topRisks(agreement, agreement.risk.length).map(({ id: risk, ...of }) => {
        const score = scoreNow(of);
        return {
          risk, ...of, now: score === null ? null : weigh(score, riskSettings), appetite: appetiteFor(of.domain, riskSettings), awaits: awaitsSeer({ id: risk, ...of }, riskSettings)?.by ?? null,
        };
      }),
      opportunities: agreement.opportunities.map(({ id: opportunity, ...of }) => ({ opportunity, ...of })),
      controls: agreement.controls.map((control) => ({ control: control.id, ...control, stands: controlStands(agreement, control, today), agesOn: agesOn(agreement, control) })),
      incidents: agreement.incidents.map((incident) => ({ incident: incident.id, ...incident, rescoreBy: incidentWaits(agreement, incident, riskSettings) })),
      prompts: isDoneWithPeople(agreement) ? riskPromptNames.map((prompt) => ({ prompt, asks: riskPrompts[prompt], ...agreement.riskPrompts[prompt] })) : null,
      panels: agreement.riskPanels.panels.map((one) => ({ panel: one.id, chair: one.chair, members: one.members, on: one.on, sitting: sittingIn(agreement, one).length })),
      advice: agreement.riskPanels.advice.map(({ id: advice, ...of }) => ({ advice, ...of })),
      warnings: riskWarnings(agreement, riskSettings, today),
    };
  }

  @Get('risk-settings')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readRiskSettings', summary: 'The organisation’s matrix, domains and appetites, and who must see which risk' })
  @ApiResponse({ status: 200, description: 'What ships, while the organisation has said nothing', standardSchema: riskSettingsShape })
  readSettings(@Who() who: Principal): Promise<RiskSettings> {
    if (!may(who.actor, 'agreement.read', {}, this.today())) throw missingRight('agreement.read');
    return this.settings.of(who.tenant);
  }

  @Post('risk-settings')
  @HttpCode(200)
  @Asks('settings.manage')
  @ApiOperation({ operationId: 'changeRiskSettings', summary: 'Gives the organisation a matrix, domains and appetites of its own; every agreement is measured by them at once' })
  @ApiResponse({ status: 200, description: 'As they stand from now on', standardSchema: changed })
  async change(
    @Who() who: Principal,
    @Body({ schema: riskSettingsShape }) body: RiskSettings,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const told = settle(await this.settings.change(body, ask, dryRun === 'true'));
    return told.outcome === 'would-record' ? { ...body, dryRun: true } : body;
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}
