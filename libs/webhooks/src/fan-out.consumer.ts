import type { Events, PartyRole } from '@concordat/agreement/core';
import type { Consumer } from '@concordat/journal';
import type { RecordedEvent } from '@concordat/journal/core';
import type { Clock, Tx } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';
import {
  audienceOf,
  cloudEvent,
  endpointEventTypes,
  endsSourcing,
  joining,
  largestBody,
  leaving,
  publishedTypes,
  rolesThatHear,
  testCloudEvent,
  visible,
  type EndpointEvents,
  type EndpointEventType,
} from './core/index.js';
import { addEndpoint, disable, enable, rotateKey } from './endpoint.store.js';
import { join, leave, leaveSourcing, number, publish, queueTest } from './published.store.js';

const arriving = 'concordat.agreement.gone-on.v1';

/** The name of the consumer's cursor. */
export const fanOutName = 'webhooks.fan-out';

/**
 * Tells every party what it may hear: renders each event once for each party, numbers it, and queues it for the endpoints
 * the party had then. Endpoints and events pass through one cursor, so that what comes after a registration, a rotation or
 * a disabling in the feed comes after it here too. A feed read again changes nothing.
 * @param publicUrl the origin of this installation, without a slash at its end.
 * @param clock says from when a delivery is due: the reader's clock and not the event's time, which another machine set.
 */
export function fanOutConsumer(publicUrl: string, clock: Clock): Consumer {
  return {
    name: fanOutName,
    types: [...new Set([...endpointEventTypes, ...publishedTypes, ...Object.keys(joining)])],
    async handle(tx, tenant, events) {
      for (const event of events) {
        if (event.stream.startsWith('endpoint-')) await keepEndpoint(tx, tenant, event, publicUrl, clock);
        else await tellParties(tx, tenant, event, publicUrl, clock);
      }
    },
  };
}

async function tellParties(tx: Tx, tenant: string, event: RecordedEvent, publicUrl: string, clock: Clock): Promise<void> {
  const agreement = event.stream.slice('agreement-'.length);
  const { provider, providers } = event.data;
  const named = typeof provider === 'string' ? provider : null;
  const role = (joining as Readonly<Record<string, (typeof joining)[keyof typeof joining] | undefined>>)[event.type];
  if (role !== undefined) {
    const parties = named === null ? ((providers ?? []) as readonly string[]) : [named];
    for (const party of parties) await join(tx, tenant, agreement, party, role, event.position);
  }

  // Its parties come along as what they are, and what they were told before is not told again.
  if (event.type === arriving) for (const { provider: party, role: was } of (event.data as unknown as Events[typeof arriving]).parties) await join(tx, tenant, agreement, party, was, event.position);

  const heard = audienceOf(event.type);
  if (heard.to !== 'internal' && !(heard.only === 'named' && named === null)) {
    const told = await number(tx, tenant, agreement, rolesThatHear(event.type, event.data), heard.only === 'named' ? named : null, event.position);
    const rows = told.map((row) => ({ ...row, body: bodyOf(event, agreement, row.sequence, publicUrl) }));
    if (rows.length > 0) await publish(tx, tenant, { ...event, agreement }, rows, clock.now().toISOString());
  }
  const left = (leaving as Readonly<Record<string, PartyRole | undefined>>)[event.type];
  if (left !== undefined && named !== null) await leave(tx, tenant, agreement, named, left, event.data['becomes'] === 'incumbent' ? 'incumbent' : null);
  if ((endsSourcing as readonly string[]).includes(event.type)) await leaveSourcing(tx, tenant, agreement);
}

function bodyOf(event: RecordedEvent, agreement: string, sequence: number, publicUrl: string): string {
  const render = (data: JsonObject | null) => JSON.stringify(cloudEvent({ event, agreement, sequence, data, publicUrl }));
  const body = render(visible(event.type, event.data));
  return Buffer.byteLength(body) <= largestBody ? body : render(null);
}

type Keep<T extends EndpointEventType> = (
  tx: Tx,
  tenant: string,
  endpoint: string,
  event: RecordedEvent<T, EndpointEvents[T]>,
  clock: Clock,
  publicUrl: string,
) => Promise<void>;

const keep = {
  'concordat.endpoint.registered.v1': (tx, tenant, endpoint, { data, recordedAt, position }) =>
    addEndpoint(tx, tenant, endpoint, data, recordedAt, position),
  'concordat.endpoint.secret-rotated.v1': (tx, tenant, endpoint, { data: { key, overlapHours }, recordedAt }) =>
    rotateKey(tx, tenant, endpoint, key, overlapHours, recordedAt),
  'concordat.endpoint.disabled.v1': (tx, tenant, endpoint, { data, position }) =>
    disable(tx, tenant, endpoint, data.reason, position),
  'concordat.endpoint.enabled.v1': (tx, tenant, endpoint, { position }, clock) =>
    enable(tx, tenant, endpoint, clock.now().toISOString(), position),
  'concordat.endpoint.tested.v1': (tx, tenant, endpoint, event, clock, publicUrl) =>
    queueTest(tx, tenant, endpoint, event, JSON.stringify(testCloudEvent(event, endpoint, publicUrl)), clock.now().toISOString()),
} satisfies { [T in EndpointEventType]: Keep<T> };

function keepEndpoint(tx: Tx, tenant: string, event: RecordedEvent, publicUrl: string, clock: Clock): Promise<void> {
  const kept = keep[event.type as EndpointEventType] as Keep<EndpointEventType>;
  const typed = event as RecordedEvent<EndpointEventType, EndpointEvents[EndpointEventType]>;
  return kept(tx, tenant, event.stream.slice('endpoint-'.length), typed, clock, publicUrl);
}
