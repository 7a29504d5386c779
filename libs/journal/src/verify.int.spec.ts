import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FixedClock, newId, SystemClock } from '@concordat/platform';
import fc from 'fast-check';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { command, folds, putInto, putting, spent } from '../test/box.js';
import { exportLines, exportPart, Journal, migrations, type ChainMark, verifyChain, verifyLines, verifyPart } from './index.js';
import { accept } from './core/index.js';
import { streamHash } from './chain.js';
import { verifyTenant } from './verify.js';
import type { Ask } from './verify.store.js';

let db: FreshDatabase;
let superuser: Client;
let ask: Ask;
let tenant: string;
let untouched: string;
const length = 24;

beforeAll(async () => {
  db = await freshDatabase({ migrations });
  superuser = new Client({ connectionString: db.superuserUrl });
  await superuser.connect();
  ask = async (text, values) => (await superuser.query(text, values)).rows;
  tenant = await chain();
  untouched = await digest();
});

afterAll(async () => {
  await superuser.end();
  await db.drop();
});

/** A tenant with `length` events of four streams, some of them several to a command. */
async function chain(): Promise<string> {
  const made = freshTenant();
  const clock = new FixedClock('2026-03-02T09:00:00Z');
  const journal = new Journal(db.database, clock, folds);
  for (let index = 0; index < length / 4; index++) {
    const box = `box-${index % 3}`;
    await journal.record(command(made, [box], putInto(box, `${index}`)));
    clock.advance(1_000);
    await journal.record(command(made, [box, 'purse-1'], () => accept(putting(box, { nested: [index, 'é'] }), { stream: 'purse-1', type: spent, data: { amount: index } }, putting(box, 'c'))));
  }
  return made;
}

/** All columns of all events of the tenant, in short. */
async function digest(): Promise<string> {
  return (await superuser.query('SELECT md5(string_agg(e::text, chr(10) ORDER BY position)) AS digest FROM journal.event e WHERE tenant = $1', [tenant])).rows[0].digest;
}

/** Runs statements as a superuser who has switched the triggers off, looks at what verify says, and takes it all back. */
async function tampered<T>(statements: readonly (readonly [string, ...unknown[]])[], look: () => Promise<T>): Promise<T> {
  await superuser.query('BEGIN');
  try {
    await superuser.query('SET LOCAL session_replication_role = replica');
    for (const [text, ...values] of statements) await superuser.query(text, values);
    return await look();
  } finally {
    await superuser.query('ROLLBACK');
  }
}

test('an untouched journal is found sound, in the database and as an export', async () => {
  expect(await verifyTenant(ask, tenant)).toEqual({ tenant, events: length, ok: true });
  expect(await verifyChain(db.database)).toEqual({ tenants: [{ tenant, events: length, ok: true }] });
  expect(await verifyLines(exportLines(db.database))).toEqual({ tenants: [{ tenant, events: length, ok: true }] });
});

describe('an export of one stream', () => {
  const part = async () => {
    const lines: string[] = [];
    for await (const line of exportPart(db.database, { tenant, stream: 'purse-1' })) lines.push(line);
    return lines;
  };
  const told = (line: string) => line.includes('"stream":');
  const sealed = (line: string) => line.includes('"streamHash":');
  const verdictOf = async (lines: readonly string[]) => (await verifyLines(lines)).tenants[0];

  test('is checked up to the head, and says nothing of any other stream', async () => {
    const lines = await part();
    expect(lines.filter(told).map((line) => JSON.parse(line).stream)).toEqual(Array.from({ length: length / 4 }, () => 'purse-1'));
    expect(lines.filter(sealed).join()).not.toMatch(/box|nested|é/);
    expect(await verdictOf(lines)).toEqual({ tenant, events: length, sealed: length - length / 4, ok: true });
  });

  test('is found out by any byte that is changed, in what is told as in what is sealed', async () => {
    const lines = await part();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (which, where) => {
        const line = which % lines.length;
        const text = lines[line]!;
        const at = where % text.length;
        const changed = `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`;
        const { tenants } = await verifyLines(lines.with(line, changed));
        expect(tenants.some(({ ok }) => !ok)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('has none of its events left out: neither taken away nor sealed like another’s', async () => {
    const lines = await part();
    const [event, next] = lines.filter(told);
    expect(await verdictOf(lines.filter((line) => line !== event))).toMatchObject({ ok: false });
    const other = JSON.parse(lines.find(sealed)!);
    const hide = (line: string) => {
      const { stream, ...hidden } = JSON.parse(line);
      return JSON.stringify({ ...Object.fromEntries(Object.keys(other).map((member) => [member, hidden[member]])), streamHash: streamHash(stream) });
    };
    for (const hidden of [event!, next!]) expect(await verdictOf(lines.with(lines.indexOf(hidden), hide(hidden)))).toMatchObject({ ok: false, firstBad: { reason: expect.stringContaining('a stream is exported whole or not at all') } });
  });
});

test('a walk in parts finds what a whole one does: each part goes on where the one before stood', async () => {
  const long = freshTenant();
  const journal = new Journal(db.database, new SystemClock(), folds);
  await Promise.all(Array.from({ length: 2_100 }, (_, index) => journal.record(command(long, [`box-${index % 7}`], putInto(`box-${index % 7}`, `${index}`)))));
  const inParts = async () => {
    const reached: number[] = [];
    for (let mark: ChainMark | undefined; ; ) {
      const part = await verifyPart(db.database, long, mark, 0);
      if (!('reached' in part)) return { reached, verdict: part };
      expect(part.until).toBe(2_100);
      mark = part.reached;
      reached.push(mark.position);
    }
  };
  expect(await inParts()).toEqual({ reached: [1_000, 2_000], verdict: { tenant: long, events: 2_100, ok: true } });
  const first = await verifyPart(db.database, long, undefined, 0);
  if (!('reached' in first)) throw new Error('It was a part.');
  // A mark is what was sound, and the next event follows from it or it does not.
  const wrong = await verifyPart(db.database, long, { ...first.reached, hash: '0'.repeat(64) }, 0);
  expect(wrong).toMatchObject({ ok: false, firstBad: { position: 1_001, reason: 'the hash does not follow from the event and the hash before it' } });
}, 30_000);

test('a journal longer than a batch is found sound while commands go on', async () => {
  const busy = freshTenant();
  const journal = new Journal(db.database, new SystemClock(), folds);
  const write = (count: number) => Promise.all(Array.from({ length: count }, (_, index) => journal.record(command(busy, [`box-${index % 50}`], putInto(`box-${index % 50}`, 'x')))));
  await write(2_100);
  const [verdicts] = await Promise.all([Promise.all([1, 2, 3].map(() => verifyChain(db.database, { tenants: [busy] }))), write(400), write(400)]);
  for (const { tenants } of verdicts) expect(tenants).toMatchObject([{ tenant: busy, ok: true }]);
  expect(await verifyLines(exportLines(db.database, { tenants: [busy] }))).toEqual({ tenants: [{ tenant: busy, events: 2_900, ok: true }] });
}, 60_000);

// Every way keeps what the tables themselves demand (unique positions and versions, 32 bytes of hash), as a careful forger would.
const at = fc.integer({ min: 1, max: length });
const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
const own = `WHERE tenant = $1 AND position = $2`;
type Tampering = { readonly how: string; readonly first: number; readonly statements: (of: string) => (readonly [string, ...unknown[]])[] };

const edit = (how: string, change: string, value: fc.Arbitrary<unknown> = fc.constant(undefined)): fc.Arbitrary<Tampering> =>
  fc.tuple(at, value).map(([position, to]) => ({
    how: `edit ${how} of ${position}`,
    first: position,
    statements: (of) => [[`UPDATE journal.event SET ${change} ${own}`, of, position, ...(to === undefined ? [] : [to])]],
  }));

const swap = (columns: string): fc.Arbitrary<Tampering> =>
  fc.uniqueArray(at, { minLength: 2, maxLength: 2 }).map(([one, two]) => ({
    how: `swap ${columns} of ${one} and ${two}`,
    first: Math.min(one!, two!),
    statements: (of) => [
      [
        `UPDATE journal.event e SET (${columns}) = ROW(${columns.split(', ').map((column) => `o.${column}`).join(', ')})
         FROM journal.event o WHERE e.tenant = $1 AND o.tenant = $1 AND ((e.position = $2 AND o.position = $3) OR (e.position = $3 AND o.position = $2))`,
        of,
        one,
        two,
      ],
    ],
  }));

// Positions are unique: an event goes out of the way before another takes its place.
const aside = 1_000_000;
const tampering: fc.Arbitrary<Tampering> = fc.oneof(
  edit('id', 'id = $3', fc.uuid()),
  edit('type', 'type = $3', fc.string({ unit: 'grapheme-ascii', minLength: 1 }).map((text) => `x${text}`)),
  edit('data', `data = data || jsonb_build_object('what', $3::text)`, fc.uuid()),
  edit('data by one member', `data = data || '{"extra": null}'`),
  edit('data to nothing', `data = '{}'`),
  edit('actor', `meta = meta || jsonb_build_object('actor', $3::text)`, fc.uuid()),
  edit('command id', `meta = meta || jsonb_build_object('commandId', $3::text)`, fc.oneof(fc.uuid(), fc.constant('none'))),
  edit('stream', 'stream = $3', fc.constantFrom('box-9', 'purse-2', 'Box-1', 'box-1 ')),
  edit('version', 'version = version + $3', fc.integer({ min: 100, max: 1_000 })),
  edit('epoch', 'epoch = epoch + $3', fc.constantFrom(1, -1, 7)),
  edit('moment', `recorded_at = recorded_at + $3 * interval '1 microsecond'`, fc.oneof(fc.constantFrom(1, -1), fc.integer({ min: 2, max: 10_000_000_000 }))),
  edit('moment to before our era', `recorded_at = recorded_at - interval '4051 years'`),
  edit('moment to endless', `recorded_at = 'infinity'`),
  edit('payload hash', 'payload_hash = $3', bytes),
  edit('hash', 'hash = $3', bytes),
  edit('data and its hash', `data = '{"what": "forged"}', payload_hash = $3`, bytes),
  edit('tenant', 'tenant = $3', fc.uuid()),
  // A forger who knows the formula writes the event's own hash anew; the next one still stands on the old.
  at.filter((position) => position < length).map((position): Tampering => ({
    how: `forge ${position} with a right hash of its own`,
    first: position + 1,
    statements: (of) => [
      [
        `UPDATE journal.event e SET recorded_at = f.recorded_at, hash = journal.chain_hash(
           coalesce((SELECT b.hash FROM journal.event b WHERE b.tenant = $1 AND b.position = $2::bigint - 1), decode(repeat('00', 32), 'hex')),
           e.tenant, e.epoch, e.position, e.stream, e.version, f.recorded_at, e.payload_hash)
         FROM (SELECT recorded_at + interval '1 microsecond' AS recorded_at FROM journal.event ${own}) f WHERE e.tenant = $1 AND e.position = $2`,
        of,
        position,
      ],
    ],
  })),
  at.map((position): Tampering => ({ how: `delete ${position}`, first: position, statements: (of) => [[`DELETE FROM journal.event ${own}`, of, position]] })),
  at.map((position): Tampering => ({
    how: `delete ${position} and close the gap`,
    first: position,
    statements: (of) => [
      [`DELETE FROM journal.event ${own}`, of, position],
      [`UPDATE journal.event SET position = position + ${aside} WHERE tenant = $1 AND position > $2`, of, position],
      [`UPDATE journal.event SET position = position - ${aside} - 1 WHERE tenant = $1 AND position > ${aside}`, of],
    ],
  })),
  at.map((position): Tampering => ({ how: `lose everything from ${position} on`, first: position, statements: (of) => [[`DELETE FROM journal.event WHERE tenant = $1 AND position >= $2`, of, position]] })),
  at.filter((position) => position > 1).map((position): Tampering => ({
    how: `lose everything from ${position} on, with the head taken back to fit`,
    first: position,
    statements: (of) => [
      [`DELETE FROM journal.event WHERE tenant = $1 AND position >= $2`, of, position],
      [`UPDATE journal.head h SET position = e.position, hash = e.hash, recorded_at = e.recorded_at FROM journal.event e WHERE h.tenant = $1 AND e.tenant = $1 AND e.position = $2::bigint - 1`, of, position],
    ],
  })),
  fc.tuple(at, fc.integer({ min: 1, max: 50 })).map(([position, far]): Tampering => ({
    how: `renumber ${position} to ${length + far}`,
    first: position,
    statements: (of) => [[`UPDATE journal.event SET position = $3 ${own}`, of, position, length + far]],
  })),
  fc.uniqueArray(at, { minLength: 2, maxLength: 2 }).map(([one, two]): Tampering => ({
    how: `swap the positions of ${one} and ${two}`,
    first: Math.min(one!, two!),
    statements: (of) => [
      [`UPDATE journal.event SET position = ${aside} ${own}`, of, one],
      [`UPDATE journal.event SET position = $3 ${own}`, of, two, one],
      [`UPDATE journal.event SET position = $2 WHERE tenant = $1 AND position = ${aside}`, of, two],
    ],
  })),
  swap('data'),
  swap('id'),
  swap('data, meta, id, type, payload_hash'),
  swap('payload_hash'),
  swap('hash'),
  fc.tuple(at, fc.uuid()).map(([position, id]): Tampering => ({
    how: `insert before ${position} and make room`,
    first: position,
    statements: (of) => [
      [`UPDATE journal.event SET position = position + ${aside} WHERE tenant = $1 AND position >= $2`, of, position],
      [`UPDATE journal.event SET position = position - ${aside} + 1 WHERE tenant = $1 AND position > ${aside}`, of],
      [
        `INSERT INTO journal.event SELECT tenant, $2, $3, 'box-forged', 1, type, data, meta, epoch, recorded_at, payload_hash, hash FROM journal.event WHERE tenant = $1 ORDER BY position LIMIT 1`,
        of,
        position,
        id,
      ],
    ],
  })),
  fc.tuple(fc.integer({ min: 1, max: 9 }), fc.boolean()).map(([far, chained]): Tampering => ({
    how: `insert after the end at ${length + far}${chained ? ', rightly chained' : ''}`,
    first: length + far,
    statements: (of) => [
      [
        `INSERT INTO journal.event SELECT tenant, $2, id, 'box-forged', 1, type, data, meta, epoch, recorded_at, payload_hash,
           CASE WHEN $4 THEN journal.chain_hash(hash, tenant, epoch, $2, 'box-forged', 1, recorded_at, payload_hash) ELSE hash END
         FROM journal.event WHERE tenant = $1 AND position = $3`,
        of,
        length + far,
        length,
        chained,
      ],
    ],
  })),
);

test('1,000 random tamperings by a superuser are all found, each with the first bad position', async () => {
  const how = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(tampering, async (one) => {
      // Swapping what is equal changes nothing.
      const changed = await tampered(one.statements(tenant), async () => ({
        digest: await digest(),
        verdict: await verifyTenant(ask, tenant),
      }));
      fc.pre(changed.digest !== untouched);
      how.set(one.how.replace(/\d+/g, 'n'), (how.get(one.how.replace(/\d+/g, 'n')) ?? 0) + 1);
      expect({ how: one.how, ok: changed.verdict.ok, first: changed.verdict.firstBad?.position }).toEqual({ how: one.how, ok: false, first: one.first });
    }),
    { numRuns: 1_000 },
  );
  expect(how.size).toBeGreaterThan(20);
}, 120_000);

describe('beside the chain', () => {
  test.each([
    ['the head goes further than the events', `UPDATE journal.head SET position = position + 1 WHERE tenant = $1`, length + 1],
    ['the head falls short', `UPDATE journal.head SET position = position - 1 WHERE tenant = $1`, length - 1],
    ['the head has another hash', `UPDATE journal.head SET hash = decode(repeat('01', 32), 'hex') WHERE tenant = $1`, length],
    ['the head has another moment', `UPDATE journal.head SET recorded_at = recorded_at + interval '1 second' WHERE tenant = $1`, length],
    ['the head is gone', `DELETE FROM journal.head WHERE tenant = $1`, 1],
    ['a stream claims a later version', `UPDATE journal.stream SET version = version + 1 WHERE tenant = $1 AND stream = 'purse-1'`, length + 1],
    ['a stream claims an earlier version', `UPDATE journal.stream SET version = 1 WHERE tenant = $1 AND stream = 'purse-1'`, 7],
    ['a stream is gone', `DELETE FROM journal.stream WHERE tenant = $1 AND stream = 'purse-1'`, 3],
    ['a receipt is gone', `DELETE FROM journal.receipt WHERE tenant = $1 AND first_position = 6`, 6],
    ['a receipt points elsewhere', `UPDATE journal.receipt SET first_position = 3, position = 3 WHERE tenant = $1 AND first_position = 5`, 3],
    ['a receipt claims more than it led to', `UPDATE journal.receipt SET position = position + 1 WHERE tenant = $1 AND first_position = 2`, 5],
    ['a receipt was made up', `INSERT INTO journal.receipt SELECT tenant, gen_random_uuid(), fingerprint, 900, 901, versions, created, recorded_at FROM journal.receipt WHERE tenant = $1 LIMIT 1`, length + 1],
  ])('verify finds that %s', async (_, statement, position) => {
    expect((await tampered([[statement, tenant]], () => verifyTenant(ask, tenant))).firstBad?.position).toBe(position);
  });

  test('a tenant whose head was deleted is still looked at', async () => {
    const victim = await chain();
    await superuser.query('SET session_replication_role = replica');
    await superuser.query('DELETE FROM journal.head WHERE tenant = $1', [victim]);
    await superuser.query('SET session_replication_role = origin');
    expect((await verifyChain(db.database)).tenants.find((one) => one.tenant === victim)).toMatchObject({ ok: false, firstBad: { position: 1, reason: 'the event comes after the head' } });
  });
});

describe('an export', () => {
  const lines = async () => {
    const all: string[] = [];
    for await (const line of exportLines(db.database, { tenants: [tenant] })) all.push(line);
    return all;
  };
  const firstBad = async (changed: readonly string[]) => (await verifyLines(changed)).tenants.map((one) => [one.ok, one.firstBad?.position]);

  test('is found wanting at the line that was edited, removed, repeated, moved or cut off', async () => {
    const all = await lines();
    expect(all).toHaveLength(length + 1);
    const edited = (from: string, to: string) => all.map((line, index) => (index === 4 ? line.replace(from, to) : line));
    expect(await firstBad(edited('"what":', '"who":'))).toEqual([[false, 5]]);
    expect(await firstBad(edited('000000Z', '000001Z'))).toEqual([[false, 5]]);
    expect(await firstBad(edited('000000Z', '000000+00:00'))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 1))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 0, all[3]!))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 2, all[5]!, all[4]!))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 1, 'not JSON'))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 1, all[4]!.replace('{', '{"type":"another",')))).toEqual([[false, 5]]);
    expect(await firstBad(all.toSpliced(4, 1, all[4]!.replace('{', '{"checked":"yes",')))).toEqual([[false, 5]]);
    expect(await firstBad([...all, 'not JSON'])).toEqual([[true, undefined], [false, 1]]);
    expect(await firstBad(all.slice(0, -1))).toEqual([[false, length + 1]]);
    expect(await firstBad(all.toSpliced(-2, 1))).toEqual([[false, length]]);
    expect(await firstBad([...all, all[0]!])).toEqual([[false, length + 1]]);
    expect(await firstBad(all.map((line) => line.replaceAll(tenant, newId())).map((line, index, every) => (index === 0 ? line : line.replace(/"tenant":"[^"]+"/, /"tenant":"[^"]+"/.exec(every[0]!)![0]))))).toEqual([[false, 1]]);
  });
});
