import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Clock, concordatNamespace, londonDay, Problem, uuidv5 } from '@concordat/platform';
import { notShared, SavedFilters } from '@concordat/register';
import { Body, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { idempotencyKey, Who } from './ask.js';
import { keyReused } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { idPath, type IdPath, pageOf } from './shapes.js';

const filter = z.strictObject({
  stage: z.string().min(1).max(64).optional(),
  lifecycle: z.enum(['open', 'held', 'cancelled', 'closed', 'split', 'transferred']).optional(),
  text: z.string().min(1).max(200).optional(),
});
const keeping = z.strictObject({
  name: z.string().trim().min(1).max(100),
  view: z.enum(['table', 'board', 'roadmap']).default('table'),
  filter: filter.default({}),
  shared: z.boolean().default(false).describe('whoever sees all agreements of the organisation finds it, and nobody else shares one; it widens nobody’s sight'),
});
const savedShown = z.object({ id: z.uuid(), name: z.string(), view: z.string(), filter: z.looseObject({}), shared: z.boolean(), own: z.boolean() });

@ApiV1('saved-filters', 'Agreements')
export class SavedFiltersController {
  constructor(
    private readonly saved: SavedFilters,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listSavedFilters', summary: 'Looks at the agreements that one keeps or that are shared, by name' })
  @ApiResponse({ status: 200, description: 'All of them; there are few', standardSchema: pageOf(savedShown) })
  async list(@Who() { tenant, id, actor }: Principal) {
    return { items: await this.saved.list(tenant, id, may(actor, 'agreement.read', {}, londonDay(this.clock.now()))) };
  }

  @Post()
  @HttpCode(201)
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'keepFilter', summary: 'Keep a look at the agreements' })
  @ApiResponse({ status: 201, description: 'Kept', standardSchema: z.object({ id: z.uuid() }) })
  async keep(
    @Who() who: Principal,
    @Body({ schema: keeping }) body: z.infer<typeof keeping>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const key = idempotencyKey(request);
    reply.header('idempotency-key', key);
    if (body.shared && !may(who.actor, 'agreement.read', {}, londonDay(this.clock.now()))) throw notShared();
    const { stage, lifecycle, text } = body.filter;
    const id = uuidv5(concordatNamespace, `${who.tenant}/${who.id}/filter/${key}`);
    const outcome = await this.saved.keep(who.tenant, who.id, {
      ...body,
      id,
      filter: { ...(stage !== undefined && { stage }), ...(lifecycle !== undefined && { lifecycle }), ...(text !== undefined && { text }) },
    });
    if (outcome === 'key-reused') throw keyReused();
    return { id };
  }

  @Delete(':id')
  @HttpCode(204)
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'removeFilter', summary: 'Remove one of one’s own' })
  @ApiResponse({ status: 204, description: 'Removed' })
  async remove(@Who() { tenant, id: person }: Principal, @Param({ schema: idPath }) { id }: IdPath): Promise<void> {
    if (await this.saved.remove(tenant, person, id)) return;
    throw new Problem({ status: 404, code: 'filter.unknown', title: 'There is no such filter', detail: 'You keep none by this id.' });
  }
}
