import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Journal } from '@concordat/journal';
import { Clock, londonDay } from '@concordat/platform';
import { Told } from '@concordat/webhooks';
import { cloudEvent } from '@concordat/webhooks/core';
import { Installation } from '@concordat/assembly';
import { Get, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { nextLink, pageLimit } from './paging.js';
import { providersOf, withoutSealed } from './read-agreement.js';
import { pageAnswer } from './shapes.js';

const feedQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe("`next` of the last page"),
  limit: pageLimit,
  type: z.string().max(200).optional(),
  agreement: z.uuid().optional(),
});

@ApiV1('events', 'Events')
export class EventsController {
  constructor(
    private readonly journal: Journal,
    private readonly told: Told,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('event.read')
  @ApiOperation({
    operationId: 'readFeed',
    summary: 'What happened, as CloudEvents in order: for a provider exactly the bodies its webhooks carry',
  })
  @ApiResponse({ status: 200, description: 'One page; `next` and the Link header lead on', standardSchema: pageAnswer })
  async feed(@Who() who: Principal, @Query({ schema: feedQuery }) query: z.infer<typeof feedQuery>, @Res() reply: FastifyReply) {
    const seesAll = may(who.actor, 'event.read', {}, londonDay(this.clock.now()));
    const { items, next } = seesAll ? await this.ofTenant(who, query) : await this.ofParty(who, query);
    reply.header('link', nextLink('/api/v1/events', { ...query, after: next }));
    // Bodies are passed on as they stand, byte for byte.
    await reply.type('application/json; charset=utf-8').send(`{"items":[${items.join(',')}],"next":${next}}`);
  }

  private async ofParty(who: Principal, { after, limit, type, agreement }: z.infer<typeof feedQuery>) {
    const pages = await Promise.all(
      providersOf(who.actor).map((provider) =>
        this.told.feed(who.tenant, provider, after, limit, { ...(type !== undefined && { types: [type] }), ...(agreement !== undefined && { agreement }) }),
      ),
    );
    const rows = pages.flat().sort((a, b) => a.place - b.place).slice(0, limit);
    return { items: rows.map(({ body }) => body), next: rows.at(-1)?.place ?? after };
  }

  private async ofTenant(who: Principal, { after, limit, type, agreement }: z.infer<typeof feedQuery>) {
    const events = await this.journal.feed(who.tenant, after, limit, {
      ...(type !== undefined && { types: [type] }),
      ...(agreement !== undefined && { stream: `agreement-${agreement}` }),
    });
    const { publicUrl } = this.installation;
    const items = events.map((event) =>
      JSON.stringify(
        cloudEvent({ event, agreement: event.stream.replace(/^[a-z]+-/, ''), sequence: event.position, data: withoutSealed(event.data), publicUrl }),
      ),
    );
    return { items, next: events.at(-1)?.position ?? after };
  }
}
