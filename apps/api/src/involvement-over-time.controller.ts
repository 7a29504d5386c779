import type { Principal } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Clock, londonDay } from '@concordat/platform';
import { type InvolvementBy, involvementBy, InvolvementView } from '@concordat/register';
import { type StuckReason, stuckReasons } from '@concordat/register/core';
import { Get, Query } from '@nestjs/common';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Who } from './ask.js';
import { Asks } from './asked-right.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { pageLimit } from './paging.js';
import { pageOf } from './shapes.js';

const byQuery = z.strictObject({ by: z.enum(Object.keys(involvementBy) as [InvolvementBy, ...InvolvementBy[]]).default('all').describe('a portfolio is the agreements of one theme') });
const stuckQuery = z.strictObject({ limit: pageLimit });
const counts = z.array(z.int());
const overTimeShown = z.object({
  name: z.string().nullable().describe('null for agreements that say none'),
  quarter: z.string().describe('in which the stages were left, such as 2026-Q2; now for stages that agreements stand in'),
  stages: z.int(),
  say: counts.describe('how many stages reached Say 0 to 4; the index is the level'),
  do: counts.describe('how many reached Do 0 to 3'),
  planned: z.int(),
  asPlanned: z.int(),
  engaged: z.int(),
  confirmed: z.int(),
});
const stuckShown = z.object({
  agreement: z.uuid(),
  title: z.string(),
  pathway: z.string(),
  stage: z.string(),
  since: z.string(),
  reason: z.enum(Object.keys(stuckReasons) as [StuckReason, ...StuckReason[]]),
  says: z.string(),
  say: z.int(),
  do: z.int(),
  sayPlanned: z.int().nullable(),
  doPlanned: z.int().nullable(),
});

/** From engagement to co-production: involvement across all agreements a reader may see. */
@ApiV1('involvement', 'Involvement')
export class InvolvementOverTimeController {
  constructor(
    private readonly view: InvolvementView,
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  @Get('over-time')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readInvolvementOverTime', summary: 'Say and Do over time, two scales that are never summed: how many stages of each quarter reached which level, by stage, place or portfolio' })
  @ApiResponse({ status: 200, description: 'In the order of names and quarters', standardSchema: pageOf(overTimeShown) })
  async overTime(@Who() who: Principal, @Query({ schema: byQuery }) { by }: z.infer<typeof byQuery>) {
    return { items: await this.view.overTime(who.tenant, await this.reach(who), by) };
  }

  @Get('stuck')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listStuckAgreements', summary: `Open agreements that are stuck. ${Object.values(stuckReasons).join(' Or: ')}` })
  @ApiResponse({ status: 200, description: 'Those that stand longest first', standardSchema: pageOf(stuckShown) })
  async stuck(@Who() who: Principal, @Query({ schema: stuckQuery }) { limit }: z.infer<typeof stuckQuery>) {
    const rows = await this.view.stuck(who.tenant, await this.reach(who), { limit });
    return { items: rows.map((row) => ({ ...row, says: stuckReasons[row.reason] })) };
  }

  private reach(who: Principal) {
    return this.agreements.reach(who.tenant, who.actor, 'agreement.read', londonDay(this.clock.now()));
  }
}
