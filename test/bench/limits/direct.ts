import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appRole, sessionUrl } from '@concordat/platform';
import { Client } from 'pg';
import type { Turn } from '../transition.js';
import { payloadHashOf, type Sample } from './sample.js';

const run = promisify(execFile);

/** How L1 is measured here: by pgbench, or by a bare loop where that is not on the PATH. */
export type DirectBy = 'pgbench' | 'a bare pg loop';

export async function directBy(): Promise<DirectBy> {
  return run('pgbench', ['--version']).then(
    () => 'pgbench' as const,
    () => 'a bare pg loop' as const,
  );
}

interface DirectOrder {
  readonly databaseUrl: string;
  readonly tenant: string;
  readonly sample: Sample;
  readonly clients: number;
  readonly seconds: number;
  readonly folder: string;
}

const turns: readonly Turn[] = ['request-gate', 'return-to-stage'];

/** What L1 came to. */
export interface Direct {
  readonly perSecond: number;
  /** Transitions in all: as many receipts must there be. */
  readonly done: number;
}

/** L1: one journal.append call per transition, each client on a stream of its own. */
export function direct(by: DirectBy, order: DirectOrder): Promise<Direct> {
  return by === 'pgbench' ? byPgbench(order) : byLoop(order);
}

/**
 * One call with one unit. Ids and meta are the same in every call, so that the payload hashes can stand in the text; the
 * command id is new. `format` fills in: %1$s command id, %2$s stream number, %3$s version.
 */
function unitText(sample: Sample, turn: Turn): string {
  const meta = `{"actor":"bench","command":"${turn}","commandId":"bench","correlationId":"bench"}`;
  const events = sample[turn].map(({ type, data }) => {
    const id = randomUUID();
    return `{"id":"${id}","stream":"agreement-%2$s","type":"${type}","data":${data},"payloadHash":"${payloadHashOf(id, type, data, meta)}"}`;
  });
  return (
    `[{"commandId":"%1$s","fingerprint":"bench","at":"2026-06-01","expected":{"agreement-%2$s":%3$s,"person-bench":0},"meta":${meta},` +
    `"created":null,"events":[${events.join(',')}],"snapshots":{}}]`
  );
}

async function byPgbench({ databaseUrl, tenant, sample, clients, seconds, folder }: DirectOrder): Promise<Direct> {
  const script = join(folder, 'direct.sql');
  // pgbench replaces :name inside a literal too, so every colon of the JSON text is followed by a space.
  const spaced = (text: string) => text.replace(/":/g, '": ').replaceAll("'", "''");
  const calls = turns.flatMap((turn) => [
    `SELECT journal.append('${tenant}', format('${spaced(unitText(sample, turn))}', gen_random_uuid(), :client_id::int, :version::int)::jsonb);`,
    `\\set version :version + ${sample[turn].length}`,
  ]);
  await writeFile(script, `${calls.join('\n')}\n`);
  const args = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '1', '-T', `${seconds}`, '-D', 'version=0', '-f', script];
  const { stdout } = await run('pgbench', [...args, sessionUrl(databaseUrl, appRole)]);
  const scripts = /transactions actually processed: (\d+)/.exec(stdout)?.[1];
  if (scripts === undefined) throw new Error(`pgbench did not say what it did:\n${stdout}`);
  // Where all of the time went into connecting, pgbench gives no rate.
  const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1] ?? 0);
  return { perSecond: perSecond * turns.length, done: Number(scripts) * turns.length };
}

async function byLoop({ databaseUrl, tenant, sample, clients, seconds }: DirectOrder): Promise<Direct> {
  const connectionString = sessionUrl(databaseUrl, appRole);
  const connections = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString });
      await client.connect();
      return client;
    }),
  );
  const begin = performance.now();
  let done = 0;
  await Promise.all(
    connections.map(async (client, number) => {
      let version = 0;
      for (let at = 0; performance.now() - begin < seconds * 1000; at += 1) {
        const turn = turns[at % turns.length]!;
        const text = unitText(sample, turn).replaceAll('%1$s', randomUUID()).replaceAll('%2$s', `${number}`).replaceAll('%3$s', `${version}`);
        await client.query({ name: 'append', text: 'SELECT journal.append($1, $2)', values: [tenant, text] });
        version += sample[turn].length;
        done += 1;
      }
    }),
  );
  const perSecond = done / ((performance.now() - begin) / 1000);
  await Promise.all(connections.map((client) => client.end()));
  return { perSecond, done };
}
