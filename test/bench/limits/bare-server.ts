// L3: bare node:http, group commit, the real journal.append. It decides nothing, checks no right and no gate, and reads
// nothing: what is left is what no server on this schema can do without.
import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { appRole, sessionUrl } from '@concordat/platform';
import { Client } from 'pg';
import type { Turn } from '../transition.js';
import { payloadHashOf, type Sample } from './sample.js';

export interface BareOrder {
  readonly databaseUrl: string;
  readonly sample: Sample;
}

interface Unit {
  readonly text: string;
  readonly agreement: string;
  readonly versions: readonly number[];
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly reply: ServerResponse;
}

type Appended = { readonly outcome: string; readonly position: number; readonly recordedAt: string };

const mostUnits = 200;
const path = /^\/api\/v1\/agreements\/([0-9a-f-]{36})\/commands\/([a-z-]+)$/;

async function serve({ databaseUrl, sample }: BareOrder): Promise<number> {
  const client = new Client({ connectionString: sessionUrl(databaseUrl, appRole), keepAlive: true });
  await client.connect();
  // The bearer names the tenant outright: a tenant of its own for every measurement.
  const queues = new Map<string, Unit[]>();

  async function drain(tenant: string, queue: Unit[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, mostUnits);
      const { rows } = await client.query<{ answers: Appended[] }>({
        name: 'append',
        text: 'SELECT journal.append($1, $2) AS answers',
        values: [tenant, `[${batch.map(({ text }) => text).join(',')}]`],
      });
      batch.forEach((unit, at) => answer(unit, rows[0]!.answers[at]!));
    }
    queues.delete(tenant);
  }

  const server = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece: string) => (body += piece));
    request.on('end', () => {
      JSON.parse(body);
      const [, agreement, turn] = path.exec(request.url!)!;
      const tenant = request.headers.authorization!.slice('Bearer '.length);
      const version = Number(request.headers['if-match']!.slice(1, -1));
      const commandId = request.headers['idempotency-key'] as string;
      const unit = unitOf(sample, agreement!, turn as Turn, version, commandId, reply);
      const queue = queues.get(tenant);
      if (queue) queue.push(unit);
      else {
        const first = [unit];
        queues.set(tenant, first);
        queueMicrotask(() => void drain(tenant, first));
      }
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as { port: number }).port;
}

function unitOf(sample: Sample, agreement: string, turn: Turn, version: number, commandId: string, reply: ServerResponse): Unit {
  const stream = `agreement-${agreement}`;
  const meta = `{"actor":"person:${agreement}","command":"${turn}","commandId":"${commandId}","correlationId":"${commandId}"}`;
  const events = sample[turn];
  const ids = events.map(() => randomUUID());
  const texts = events.map(({ type, data }, at) => `{"id":"${ids[at]}","stream":"${stream}","type":"${type}","data":${data},"payloadHash":"${payloadHashOf(ids[at]!, type, data, meta)}"}`);
  const at = new Date().toISOString().replace('Z', '000Z');
  return {
    text:
      `{"commandId":"${commandId}","fingerprint":"${commandId}","at":"${at}","expected":{"${stream}":${version},"person-bench":0},"meta":${meta},` +
      `"created":null,"events":[${texts.join(',')}],"snapshots":{}}`,
    agreement,
    versions: events.map((_, index) => version + 1 + index),
    ids,
    types: events.map(({ type }) => type),
    reply,
  };
}

function answer({ agreement, versions, ids, types, reply }: Unit, { outcome, position, recordedAt }: Appended): void {
  const before = position - ids.length;
  const body = JSON.stringify({
    agreement,
    version: versions.at(-1),
    position,
    recordedAt,
    repeated: false,
    events: ids.map((id, at) => ({ id, type: types[at], version: versions[at], position: before + at + 1 })),
  });
  reply.writeHead(outcome === 'appended' ? 200 : 409, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  reply.end(body);
}

process.once('message', (order: BareOrder) => {
  serve(order).then(
    (port) => process.send!({ port }),
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`);
      process.exit(1);
    },
  );
});
