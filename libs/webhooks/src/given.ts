import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandDesk } from '@concordat/access';
import { type Actor, personFold, providerFold } from '@concordat/access/core';
import { Consumers, Journal, migrations as journalMigrations } from '@concordat/journal';
import type { Fold, NewEvent } from '@concordat/journal/core';
import { Database, Doorbell, FixedClock, newId, Sealing } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { AddressGuard } from './address.js';
import { audience, endpointFold, endpointListFold } from './core/index.js';
import { EndpointCommand, type EndpointRequest } from './endpoint-command.js';
import { EndpointHandler } from './endpoint.handler.js';
import { fanOutConsumer, fanOutName } from './fan-out.consumer.js';
import { type LaneLimits, laneLimits, Lanes } from './lane.js';
import { Sender } from './sender.js';
import { migrations } from './webhooks.migration.js';

// The agreement's own fold is not needed here: these tests are about what is told of its facts.
const agreementFacts: Fold<JsonObject> = { kind: 'agreement', number: 1, initial: {}, types: Object.keys(audience), upcasts: {}, evolve: (state) => state };

/** One request as it arrived, its body as bytes. */
export interface Arrived {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** How a receiver answers its n-th request (from 1); an answer may wait for something. */
export type Answering = (arrived: Arrived, n: number) => Answered | Promise<Answered>;
export interface Answered {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A provider's server on loopback. */
export interface Receiver {
  readonly url: string;
  readonly arrived: Arrived[];
  close(): void;
}

/** Starts a receiver; it answers 200 unless told. */
export async function receiver(answering: Answering = () => ({ status: 200, body: 'thanks' })): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks) };
      arrived.push(one);
      void Promise.resolve(answering(one, arrived.length)).then(({ status, headers, body }) => response.writeHead(status, headers).end(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    arrived,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export const publicUrl = 'https://concordat.example';

/** A database with what webhooks need. Worlds in it share nothing: each has a tenant of its own. */
export const house = (): Promise<FreshDatabase> => freshDatabase({ migrations: [...journalMigrations, ...migrations] });

/** One tenant with real parts below it; a clock that stands still until it is moved; bells that are counted. */
export function world({ database, url }: FreshDatabase) {
  const tenant = freshTenant();
  const clock = new FixedClock(new Date());
  const journal = new Journal(database, clock, [agreementFacts, personFold, providerFold, endpointFold, endpointListFold]);
  const consumer = fanOutConsumer(publicUrl, clock);
  const consumers = new Consumers(database, journal, [consumer]);
  const rung: string[] = [];
  const doorbell = new Doorbell((name, id) => {
    rung.push(`${name} ${id}`);
    return Promise.resolve();
  });
  const sealing = new Sealing(randomBytes(32));
  const guard = new AddressGuard({ demo: true, allowCidrs: [], allowPorts: [] });
  const handler = new EndpointHandler(new CommandDesk(journal, clock, doorbell), database, sealing, guard);
  const sender = new Sender(guard, { connectMs: 1_000, totalMs: 5_000, keepBytes: 16_384 });
  const others: Database[] = [];

  const append = async (...events: NewEvent[]): Promise<string[]> => {
    const outcome = await journal.record({
      tenant,
      commandId: newId(),
      fingerprint: '00',
      meta: { actor: newId(), command: 'test', correlationId: newId() },
      streams: [...new Set(events.map(({ stream }) => stream))],
      created: {},
      decide: () => ({ accepted: events as [NewEvent, ...NewEvent[]] }),
    });
    if (outcome.outcome !== 'recorded') throw new Error(`The facts a test needs were ${outcome.outcome}.`);
    return outcome.receipt.events.map(({ id }) => id);
  };

  const lanesOn = (on: Database, limits: LaneLimits = laneLimits) => new Lanes(on, clock, doorbell, sealing, sender, handler, limits);

  return {
    database, tenant, clock, journal, consumers, rung, doorbell, handler, append, lanesOn,
    lanes: lanesOn(database),

    /** A provider and one person of theirs who may manage endpoints. */
    async provider(): Promise<{ provider: string; actor: Actor }> {
      const provider = newId();
      const person = newId();
      await append(
        { stream: `provider-${provider}`, type: 'concordat.provider.registered.v1', data: { name: 'A provider', identifiers: [] } },
        { stream: `person-${person}`, type: 'concordat.person.registered.v1', data: { memberOf: { kind: 'provider', provider } } },
        { stream: `person-${person}`, type: 'concordat.person.role-granted.v1', data: { grant: newId(), role: 'provider-admin', provider } },
      );
      return { provider, actor: { kind: 'person', person, grants: [], scopes: 'all' } };
    },

    ask(actor: Actor, request: EndpointRequest, commandId: string = newId(), fingerprint = '00') {
      return handler.execute(new EndpointCommand(request, { tenant, actor, commandId, fingerprint, correlationId: newId() }));
    },

    /** Registers an endpoint and lets the consumer see it. */
    async endpoint(who: { provider: string; actor: Actor }, url: string, ordered = false): Promise<{ endpoint: string; secret: string }> {
      const outcome = await this.ask(who.actor, { name: 'register-endpoint', provider: who.provider, url, ordered });
      if (outcome.outcome !== 'recorded' || outcome.secret === null || !('shown' in outcome.secret)) throw new Error(JSON.stringify(outcome));
      await this.fanOut();
      return { endpoint: outcome.endpoint, secret: outcome.secret.shown };
    },

    /** One fact of an agreement. */
    async fact(agreement: string, fact: string, data: JsonObject = {}): Promise<string> {
      const [id] = await append({ stream: `agreement-${agreement}`, type: `concordat.agreement.${fact}.v1`, data });
      return id!;
    },

    /** Lets the consumer read on to the head. */
    async fanOut(): Promise<void> {
      await consumers.catchUp(fanOutName, tenant);
    },

    /** Gives the consumer the whole feed once more, in one batch: it must not matter. */
    async readAgain(): Promise<void> {
      const events = await journal.feed(tenant, 0, 10_000, { types: consumer.types as string[] });
      await database.inTenant(tenant, (tx) => consumer.handle(tx, tenant, events));
    },

    /** A second connection, as another worker has it. */
    async otherDatabase(): Promise<Database> {
      const other = await Database.open({ url, max: 2 });
      others.push(other);
      return other;
    },

    async close(): Promise<void> {
      await doorbell.close();
      await sender.close();
      for (const other of others) await other.close();
    },
  };
}
export type World = ReturnType<typeof world>;
