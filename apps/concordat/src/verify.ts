import { hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type RecordLine, whyNotItsRecord } from '@concordat/agreement/core';
import { verifyChain, verifyLines } from '@concordat/journal';
import { Database } from '@concordat/platform';
import { withDatabase } from './with-database.js';

const usage = 'Usage: concordat verify [FILE [FILE]] [--json]';

/**
 * `concordat verify [FILE] [--json]`: walks the hash chain of every organisation, or of a file exported by
 * GET /api/v1/journal or as an agreement's assurance pack without any database, and names the first bad position. Exit 1 when one is found.
 * Of two files the first is the pack of an agreement that went to a successor and the second that of the successor: besides both chains
 * it is checked that the one is the record the other goes on from.
 */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
  const [file, successor, ...more] = positionals;
  if (more.length > 0) {
    process.stderr.write(`Verifying reads two files at most.\n${usage}\n`);
    return 2;
  }
  if (file !== undefined && successor !== undefined) return ofBoth(file, successor, values.json);
  const found = file === undefined ? await ofDatabase() : await ofFile(file);
  // A file cut down to nothing holds no chain that could be sound; a database without organisations is merely new.
  if (file !== undefined && found.tenants.length === 0) throw new Error(`${file} holds no chain. Export it again with GET /api/v1/journal.`);
  process.stdout.write(`${values.json ? JSON.stringify(found) : inWords(found)}\n`);
  return found.tenants.every(({ ok }) => ok) ? 0 : 1;
}

async function ofBoth(file: string, successor: string, json: boolean): Promise<number> {
  const found = { tenants: [...(await ofFile(file)).tenants, ...(await ofFile(successor)).tenants] };
  const why = whyNotItsRecord(await recordIn(file), await recordIn(successor), (text) => hash('sha256', text, 'hex'));
  const says = why === undefined ? 'The first file is the record that the agreement of the second was transferred from.' : `The first file is not the record that the agreement of the second was transferred from: ${why}.`;
  process.stdout.write(`${json ? JSON.stringify({ ...found, transferred: { ok: why === undefined, ...(why !== undefined && { reason: why }) } }) : `${inWords(found)}\n${says}`}\n`);
  return why === undefined && found.tenants.every(({ ok }) => ok) ? 0 : 1;
}

/** The events that stand whole in a pack: those of its agreement. */
async function recordIn(file: string): Promise<readonly RecordLine[]> {
  const lines: RecordLine[] = [];
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    // What is no JSON was found by the walk of the chain.
    if (line.startsWith('{') && line.endsWith('}') && line.includes('"stream":')) lines.push(JSON.parse(line) as RecordLine);
  }
  return lines;
}

async function ofFile(file: string): ReturnType<typeof verifyLines> {
  try {
    return await verifyLines(createInterface({ input: createReadStream(file), crlfDelay: Infinity }));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined) throw cause;
    throw new Error(code === 'ENOENT' ? `There is no file ${file}.` : `${file} cannot be read (${code}).`, { cause });
  }
}

function ofDatabase(): ReturnType<typeof verifyChain> {
  return withDatabase(async ({ databaseUrl }) => {
    const database = await Database.open({ url: databaseUrl, statementTimeoutMs: 60_000 });
    try {
      return await verifyChain(database);
    } finally {
      await database.close();
    }
  });
}

/** What was found, a line an organisation. */
export function inWords({ tenants }: Awaited<ReturnType<typeof verifyChain>>): string {
  return tenants.length === 0 ? 'There is no organisation yet, and so no chain to check.' : tenants.map(sentence).join('\n');
}

function sentence({ tenant, events, sealed, firstBad }: Awaited<ReturnType<typeof verifyChain>>['tenants'][number]): string {
  if (firstBad === undefined) return `${tenant}: ${events} events, the chain holds.${sealed === undefined ? '' : ` ${events - sealed} of them stand here whole, the others by their hashes alone.`}`;
  return `${tenant}: the chain is broken at position ${firstBad.position}: ${firstBad.reason}`;
}
