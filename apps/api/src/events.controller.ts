import type { Principal } from '@concordat/access';
import { may, type Reach } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { Installation } from '@concordat/assembly';
import { Journal } from '@concordat/journal';
import type { RecordedEvent } from '@concordat/journal/core';
import { Clock, londonDay } from '@concordat/platform';
import { Told } from '@concordat/webhooks';
import { cloudEvent } from '@concordat/webhooks/core';
import { Get, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { nextLink, pageLimit } from './paging.js';
import { withoutSealed } from './read-agreement.js';
import { cloudEventShown } from './shapes.js';

const feedQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).describe("`next` of the last page"),
  limit: pageLimit,
  type: z.string().max(200).optional(),
  agreement: z.uuid().transform((id) => id.toLowerCase()).optional(),
});
const feedPage = z.object({ items: z.array(cloudEventShown), next: z.int().min(0).describe('what to send as `after` for the next page') });
type FeedQuery = z.infer<typeof feedQuery>;

/** What a kind of stream is called in addresses: an event's `source` names the thing it happened to. */
const collectionOf: Readonly<Record<string, string>> = {
  agreement: 'agreements',
  participant: 'participants',
  person: 'people',
  provider: 'providers',
  endpoint: 'webhook-endpoints',
  endpoints: 'providers',
};

@ApiV1('events', 'Events')
export class EventsController {
  constructor(
    private readonly journal: Journal,
    private readonly told: Told,
    private readonly agreements: Agreements,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('event.read')
  @ApiOperation({
    operationId: 'readFeed',
    summary: 'What happened, as CloudEvents in order: for a provider exactly the bodies its webhooks carry',
  })
  @ApiResponse({ status: 200, description: 'One page; `next` and the Link header lead on. Whose word was a safeguarding concern stands there for those alone who pass it on', standardSchema: feedPage })
  async feed(@Who() who: Principal, @Query({ schema: feedQuery }) query: FeedQuery, @Res() reply: FastifyReply) {
    const reach = await this.agreements.reach(who.tenant, who.actor, 'event.read', londonDay(this.clock.now()));
    const { items, next } = reach !== 'all' && reach.providers.length > 0 ? await this.ofParties(who, query, reach.providers) : await this.ofTenant(who, query, reach);
    reply.header('link', nextLink('/api/v1/events', { ...query, after: next }));
    // Bodies are passed on as they stand, byte for byte.
    await reply.type('application/json; charset=utf-8').send(`{"items":[${items.join(',')}],"next":${next}}`);
  }

  private async ofParties(who: Principal, { after, limit, type, agreement }: FeedQuery, parties: readonly string[]) {
    const pages = await Promise.all(
      parties.map((party) =>
        this.told.feed(who.tenant, party, after, limit, { ...(type !== undefined && { types: [type] }), ...(agreement !== undefined && { agreement }) }),
      ),
    );
    const rows = pages.flat().sort((a, b) => a.place - b.place).slice(0, limit);
    return { items: rows.map(({ body }) => body), next: rows.at(-1)?.place ?? after };
  }

  private async ofTenant(who: Principal, { after, limit, type, agreement }: FeedQuery, reach: Reach) {
    const events = await this.journal.feed(who.tenant, after, limit, {
      ...(type !== undefined && { types: [type] }),
      ...(agreement !== undefined && { stream: `agreement-${agreement}` }),
    });
    const today = londonDay(this.clock.now());
    const seen = events.filter(({ stream }) => reach === 'all' || reach.agreements.some((one) => stream === `agreement-${one}`));
    const read = await this.agreements.readingOf(who.tenant, who.actor, today, seen);
    // That somebody came in stands beside what they said first, and would say whose it is where that was a concern.
    const told = may(who.actor, 'involvement.manage', {}, today) ? seen : seen.filter(({ type }) => type !== 'concordat.participant.came-in.v1');
    return { items: told.map((event) => JSON.stringify(this.asStored(read(event)))), next: events.at(-1)?.position ?? after };
  }

  /** The organisation's own view: all of the event as it was read but sealed text, numbered by its place in the feed. */
  private asStored(event: RecordedEvent): object {
    const { publicUrl } = this.installation;
    const [, kind = '', id = ''] = /^([a-z]+)-(.*)$/.exec(event.stream) ?? [];
    const told = cloudEvent({ event, agreement: id, sequence: event.position, data: withoutSealed(event.data), publicUrl });
    return { ...told, source: `${publicUrl}/api/v1/${collectionOf[kind] ?? kind}/${id}` };
  }
}
