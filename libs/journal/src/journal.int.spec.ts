import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Database, DatabaseUnavailable, FixedClock, newId, SystemClock } from '@concordat/platform';
import { Client } from 'pg';
import { eventually, type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { type Box, boxFold, command, emptied, folds, full, purseFold, putInto, putting, spent } from '../test/box.js';
import { cuttingProxy } from '../test/cutting-proxy.js';
import { Journal, migrations, type Outcome, ReleaseTooOld } from './index.js';
import { accept, type Fold, refuse } from './core/index.js';

let db: FreshDatabase;
let journal: Journal;
let other: Journal;
let superuser: Client;

beforeAll(async () => {
  db = await freshDatabase({ migrations });
  // Two processes as far as the journal can tell: they share the database, and no memory.
  journal = new Journal(db.database, new SystemClock(), folds);
  other = new Journal(db.database, new SystemClock(), folds);
  superuser = new Client({ connectionString: db.superuserUrl });
  await superuser.connect();
});

afterAll(async () => {
  await superuser.end();
  await db.drop();
});

/** A process whose statements are noted by name. */
function counting() {
  const statements: string[] = [];
  const noting = new Proxy(db.database, {
    get: (target, name) => (name === 'statement' ? (...call: Parameters<Database['statement']>) => (statements.push(call[0]), target.statement(...call)) : Reflect.get(target, name, target)),
  });
  return { statements, counted: new Journal(noting, new SystemClock(), folds) };
}

function recorded(outcome: Outcome) {
  if (outcome.outcome !== 'recorded') throw new Error(`not recorded: ${JSON.stringify(outcome)}`);
  return outcome;
}

/** Keeps appends of a tenant waiting until so many wait, so that all have decided on the same state. */
async function afterAllDecided<T>(tenant: string, waiters: number, start: () => Promise<T>): Promise<T> {
  const lock = `hashtextextended('journal.append ' || $1, 0)`;
  await superuser.query(`SELECT pg_advisory_lock(${lock})`, [tenant]);
  try {
    const started = start();
    started.catch(() => undefined);
    await eventually(async () => {
      const { rows } = await superuser.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`);
      return rows[0].n >= waiters || undefined;
    });
    await superuser.query(`SELECT pg_advisory_unlock(${lock})`, [tenant]);
    return await started;
  } finally {
    await superuser.query('SELECT pg_advisory_unlock_all()');
  }
}

describe('commands that arrive together', () => {
  test('are decided in turn, each on what the ones before it did', async () => {
    const tenant = freshTenant();
    const outcomes = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((what) => journal.record(command(tenant, ['box-1'], putInto('box-1', what, 3)))));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded', 'recorded', 'refused', 'refused']);
    expect(outcomes[3]).toEqual({ outcome: 'refused', refusals: [full], versions: { 'box-1': 3 } });
    const { state, version } = (await journal.load(tenant, ['box-1'])).of(boxFold, 'box-1');
    expect([state.things, version]).toEqual([['a', 'b', 'c'], 3]);
  });

  test('cost two round trips a batch, however many they are, and one where the process holds their streams', async () => {
    const tenant = freshTenant();
    const { counted, statements } = counting();
    const together = (many: number) => Promise.all(Array.from({ length: many }, (_, index) => counted.record(command(tenant, [`box-${index}`], putInto(`box-${index}`, 'x')))));
    await together(16);
    expect(statements.splice(0)).toEqual(['journal.load', 'journal.append']);
    await together(16);
    expect(statements.splice(0)).toEqual(['journal.append']);
  });

  test('are taken by halves where many wait, so that one half is decided while the other is committed', async () => {
    const tenant = freshTenant();
    const { counted, statements } = counting();
    const together = () => Promise.all(Array.from({ length: 200 }, (_, index) => counted.record(command(tenant, [`box-${index}`], putInto(`box-${index}`, 'x')))));
    const batches = [100, 50, 25, 16, 9];
    await together();
    expect(statements.splice(0)).toEqual(batches.flatMap(() => ['journal.load', 'journal.append']));
    await together();
    expect(statements.splice(0)).toEqual(batches.map(() => 'journal.append'));
  });

  test('fault alone when one of them cannot be stored, and those decided after it are decided again', async () => {
    const tenant = freshTenant();
    const [good, bad, after, elsewhere] = await Promise.allSettled([
      journal.record(command(tenant, ['box-1'], putInto('box-1', 'good'))),
      journal.record(command(tenant, ['box-1'], putInto('box-1', 'nul \0 byte'))),
      journal.record(command(tenant, ['box-1'], putInto('box-1', 'after'))),
      journal.record(command(tenant, ['box-2'], putInto('box-2', 'elsewhere'))),
    ]);
    expect([good, after, elsewhere].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: '22P05' } });
    const states = await other.load(tenant, ['box-1', 'box-2']);
    expect(states.of(boxFold, 'box-1').state.things).toEqual(['good', 'after']);
    expect(states.of(boxFold, 'box-2').state.things).toEqual(['elsewhere']);
  });

  test('may be more than four megabytes together, and more than two hundred', async () => {
    const tenant = freshTenant();
    const text = 'x'.repeat(300_000);
    const outcomes = await Promise.all(Array.from({ length: 230 }, (_, index) => journal.record(command(tenant, ['box-1'], () => accept(putting('box-1', index % 10 === 0 ? text : 'small'))))));
    expect(outcomes.every(({ outcome }) => outcome === 'recorded')).toBe(true);
    expect((await journal.head(tenant)).position).toBe(230);
  });

  test('with a decide that throws fault alone', async () => {
    const tenant = freshTenant();
    const [wrong, right] = await Promise.allSettled([
      journal.record(command(tenant, ['box-1'], () => { throw new Error('a bug'); })),
      journal.record(command(tenant, ['box-1'], putInto('box-1', 'right'))),
    ]);
    expect([wrong.status, right.status]).toEqual(['rejected', 'fulfilled']);
  });
});

describe('what a process holds of a stream that another has moved', () => {
  test('refuses nobody: a refusal is told on what is so now', async () => {
    const tenant = freshTenant();
    recorded(await journal.record(command(tenant, ['box-1'], putInto('box-1', 'a'))));
    recorded(await other.record(command(tenant, ['box-1'], () => accept({ stream: 'box-1', type: emptied, data: {} }))));
    recorded(await journal.record(command(tenant, ['box-1'], putInto('box-1', 'b', 1))));
  });

  test('lets nobody through: what was accepted on it is decided again, and refused', async () => {
    const tenant = freshTenant();
    recorded(await journal.record(command(tenant, ['box-1'], putInto('box-1', 'a'))));
    recorded(await other.record(command(tenant, ['box-1'], putInto('box-1', 'b'))));
    expect(await journal.record(command(tenant, ['box-1'], putInto('box-1', 'c', 2)))).toEqual({ outcome: 'refused', refusals: [full], versions: { 'box-1': 2 } });
  });

  test('meets no expected version, and fails none', async () => {
    const tenant = freshTenant();
    const expecting = (version: number) => journal.record(command(tenant, ['box-1'], putInto('box-1', 'x'), { expectedVersion: { stream: 'box-1', version } }));
    recorded(await expecting(0));
    recorded(await other.record(command(tenant, ['box-1'], putInto('box-1', 'b'))));
    expect(await expecting(1)).toEqual({ outcome: 'precondition-failed', version: 2 });
    recorded(await other.record(command(tenant, ['box-1'], putInto('box-1', 'c'))));
    recorded(await expecting(3));
  });

  test('hides no receipt: a command another process has done is answered from it, whatever would be decided here', async () => {
    const tenant = freshTenant();
    recorded(await journal.record(command(tenant, ['box-1'], putInto('box-1', 'a'))));
    const same = command(tenant, ['box-1'], putInto('box-1', 'b', 2));
    const { receipt } = recorded(await other.record(same));
    expect(await journal.record(same)).toEqual({ outcome: 'recorded', receipt, repeated: true });
    expect(await journal.record({ ...same, fingerprint: 'another' })).toEqual({ outcome: 'key-reused' });
  });

  test('costs one append more, and is read anew once', async () => {
    const tenant = freshTenant();
    const { counted, statements } = counting();
    recorded(await counted.record(command(tenant, ['box-1'], putInto('box-1', 'a'))));
    recorded(await other.record(command(tenant, ['box-1'], putInto('box-1', 'b'))));
    statements.splice(0);
    recorded(await counted.record(command(tenant, ['box-1'], putInto('box-1', 'c'))));
    expect(statements).toEqual(['journal.append', 'journal.load', 'journal.append']);
  });
});

describe('two processes on one stream', () => {
  test('one wins; the other decides again and sees it', async () => {
    const tenant = freshTenant();
    const seen: number[][] = [[], []];
    const outcomes = await afterAllDecided(tenant, 2, () =>
      Promise.all([journal, other].map((one, index) => one.record(command(tenant, ['box-1'], (states) => {
        seen[index]!.push(states.of(boxFold, 'box-1').version);
        return accept(putting('box-1', index));
      })))),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded']);
    expect(seen.map((versions) => versions.join()).sort()).toEqual(['0', '0,1']);
  });

  test('a refusal decided on events that were then not written is decided again', async () => {
    const tenant = freshTenant();
    let winner = 0;
    const [first, second, third] = await afterAllDecided(tenant, 2, async () => {
      const away = other.record(command(tenant, ['box-1'], putInto('box-1', 'away')));
      // In this process: one that fills the last place of two, and one that is refused because of it.
      const here = [
        journal.record(command(tenant, ['box-1'], (states) => (states.of(boxFold, 'box-1').version > 0 ? refuse(full) : accept(putting('box-1', 'here'))))),
        journal.record(command(tenant, ['box-1'], (states) => (states.of(boxFold, 'box-1').state.things.includes('here') ? refuse(full) : accept(putting('box-1', 'only without here'))))),
      ];
      return Promise.all([away, ...here]);
    });
    const { state } = (await journal.load(tenant, ['box-1'])).of(boxFold, 'box-1');
    winner = state.things.includes('here') ? 1 : 0;
    expect(first?.outcome).toBe('recorded');
    expect([second?.outcome, third?.outcome]).toEqual(winner === 1 ? ['recorded', 'refused'] : ['refused', 'recorded']);
    expect([...state.things].sort()).toEqual(winner === 1 ? ['away', 'here'] : ['away', 'only without here']);
  });

  test('thirty-two writers leave contiguous versions and one event each', async () => {
    const tenant = freshTenant();
    const stubborn = async (one: Journal, what: string): Promise<void> => {
      const outcome = await one.record(command(tenant, ['box-1'], putInto('box-1', what)));
      if (outcome.outcome === 'conflict') return stubborn(one, what);
      recorded(outcome);
    };
    await Promise.all(Array.from({ length: 32 }, (_, index) => stubborn(index % 2 === 0 ? journal : other, `${index}`)));
    const events = await journal.history(tenant, 'box-1', { limit: 100 });
    expect(events.map(({ version }) => version)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
    expect(new Set(events.map(({ data }) => data.what)).size).toBe(32);
  });

  test('three retries lost are a conflict, which leaves no receipt', async () => {
    const tenant = freshTenant();
    let tries = 0;
    // A process whose every append comes too late: another moves the stream in between.
    const late = new Proxy(db.database, {
      get: (target, name) =>
        name === 'statement'
          ? async (...call: Parameters<Database['statement']>) => {
              if (call[0] === 'journal.append') recorded(await other.record(command(tenant, ['box-1'], putInto('box-1', `${++tries}`))));
              return target.statement(...call);
            }
          : Reflect.get(target, name, target),
    });
    const request = command(tenant, ['box-1'], putInto('box-1', 'late'));
    expect(await new Journal(late, new SystemClock(), folds).record(request)).toEqual({ outcome: 'conflict' });
    expect(tries).toBe(4);
    expect(await journal.receipt(tenant, request.commandId)).toBeUndefined();
  });
});

describe('receipts', () => {
  test('the same command again is answered the same, without a second event', async () => {
    const tenant = freshTenant();
    const request = command(tenant, ['box-1'], putInto('box-1', 'once'), { created: { thing: 'once' } });
    const first = recorded(await journal.record(request));
    const again = recorded(await other.record(request));
    const third = recorded(await journal.record({ ...request, decide: () => refuse(full) }));
    expect(first.repeated).toBe(false);
    expect(again).toEqual({ ...first, repeated: true });
    expect(third).toEqual({ ...first, repeated: true });
    expect(first.receipt).toMatchObject({ position: 1, versions: { 'box-1': 1 }, created: { thing: 'once' }, events: [{ stream: 'box-1', version: 1, position: 1 }] });
    expect((await journal.head(tenant)).position).toBe(1);
    expect(await journal.receipt(tenant, request.commandId)).toEqual(first.receipt);
  });

  test('two of one id at once, in one process or two, become one event', async () => {
    const tenant = freshTenant();
    const request = command(tenant, ['box-1'], putInto('box-1', 'once'));
    const outcomes = await Promise.all([journal, journal, other, other].map((one) => one.record(request)));
    expect(outcomes.map((outcome) => recorded(outcome).repeated).filter((repeated) => !repeated)).toHaveLength(1);
    expect((await journal.head(tenant)).position).toBe(1);
  });

  test('another request under the same id is told so', async () => {
    const tenant = freshTenant();
    const request = command(tenant, ['box-1'], putInto('box-1', 'once'));
    await journal.record(request);
    expect(await journal.record({ ...request, fingerprint: 'other' })).toEqual({ outcome: 'key-reused' });
  });

  test('a refusal leaves none: the same command may succeed later', async () => {
    const tenant = freshTenant();
    const request = command(tenant, ['box-1'], (states) => (states.of(boxFold, 'box-1').version === 0 ? refuse(full) : accept(putting('box-1', 'later'))));
    expect((await journal.record(request)).outcome).toBe('refused');
    expect(await journal.receipt(tenant, request.commandId)).toBeUndefined();
    await journal.record(command(tenant, ['box-1'], putInto('box-1', 'first')));
    expect(recorded(await journal.record(request)).repeated).toBe(false);
  });
});

describe('versions', () => {
  test('a caller who saw an older version is told the version there is', async () => {
    const tenant = freshTenant();
    await journal.record(command(tenant, ['box-1'], putInto('box-1', 'a')));
    const stale = command(tenant, ['box-1'], putInto('box-1', 'b'), { expectedVersion: { stream: 'box-1', version: 0 } });
    expect(await journal.record(stale)).toEqual({ outcome: 'precondition-failed', version: 1 });
    const fresh = command(tenant, ['box-1'], putInto('box-1', 'b'), { expectedVersion: { stream: 'box-1', version: 1 } });
    expect(recorded(await journal.record(fresh)).receipt.versions).toEqual({ 'box-1': 2 });
  });

  test('a unit over several streams is written whole or not at all', async () => {
    const tenant = freshTenant();
    const pay = (what: string, amount: number) =>
      command(tenant, ['box-1', 'purse-1'], (states) =>
        states.of(purseFold, 'purse-1').state.spent + amount > 10 ? refuse(full) : accept(putting('box-1', what), { stream: 'purse-1', type: spent, data: { amount } }, putting('box-1', 'wrapping')),
      );
    const [a, b] = await Promise.all([journal.record(pay('a', 6)), other.record(pay('b', 6))]);
    expect([a.outcome, b.outcome].sort()).toEqual(['recorded', 'refused']);
    const states = await journal.load(tenant, ['box-1', 'purse-1']);
    expect([states.of(boxFold, 'box-1').version, states.of(purseFold, 'purse-1').version, states.of(purseFold, 'purse-1').state]).toEqual([2, 1, { spent: 6 }]);
  });

  test('a stream that was only read conflicts too when it moves', async () => {
    const tenant = freshTenant();
    const seen: number[] = [];
    const [reader] = await afterAllDecided(tenant, 2, () => {
      const writes = other.record(command(tenant, ['purse-1'], () => accept({ stream: 'purse-1', type: spent, data: { amount: 1 } })));
      return eventually(async () => {
        const { rows } = await superuser.query(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`);
        return rows[0].n >= 1 || undefined;
      }).then(() =>
        Promise.all([
          journal.record(command(tenant, ['box-1', 'purse-1'], (states) => {
            seen.push(states.of(purseFold, 'purse-1').version);
            return accept(putting('box-1', 'x'));
          })),
          writes,
        ]),
      );
    });
    expect(recorded(reader!).receipt.versions).toEqual({ 'box-1': 1, 'purse-1': 1 });
    expect(seen).toEqual([0, 1]);
  });

  test('a stream that was not named can neither be read nor appended to', async () => {
    const tenant = freshTenant();
    await expect(journal.record(command(tenant, ['box-1'], putInto('box-2', 'x')))).rejects.toThrow('was not named in streams');
    await expect(journal.record(command(tenant, ['box-1'], () => accept(putting('box-2', 'x'))))).rejects.toThrow('was not named in streams');
    await expect(journal.record(command(tenant, ['drawer-1'], () => accept(putting('box-2', 'x'))))).rejects.toThrow('Nothing folds the stream drawer-1');
  });
});

test('positions have no gap and come in commit order: a live reader misses none under eight writers', async () => {
  const tenant = freshTenant();
  const each = 120;
  const seen: number[] = [];
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let index = 0; index < each; index++) {
      const stream = `box-${writer}-${index % 5}`;
      recorded(await (writer % 2 === 0 ? journal : other).record(command(tenant, [stream], putInto(stream, `${index}`))));
    }
  });
  const reader = eventually(async () => {
    const events = await journal.feed(tenant, seen.at(-1) ?? 0, 37);
    seen.push(...events.map(({ position }) => position));
    return seen.length >= 8 * each || undefined;
  }, 25_000);
  await Promise.all([...writers, reader]);
  expect(seen).toEqual(Array.from({ length: 8 * each }, (_, index) => index + 1));
});

describe('snapshots and held states', () => {
  const fill = async (tenant: string, count: number, one = journal) => {
    for (let done = 0; done < count; done += 50) {
      await Promise.all(Array.from({ length: Math.min(50, count - done) }, (_, index) => one.record(command(tenant, ['box-1'], putInto('box-1', `${done + index}`)))));
    }
  };
  const stateIn = async (one: Journal, tenant: string, fold: Fold<Box> = boxFold) => (await one.load(tenant, ['box-1'])).of(fold, 'box-1');
  const fullFold = async (tenant: string) => (await journal.history(tenant, 'box-1', { limit: 1_000 })).reduce((box, event) => boxFold.evolve(box, event), boxFold.initial);
  const snapshotOf = async (tenant: string) => (await superuser.query('SELECT snapshot_version, fold FROM journal.stream WHERE tenant = $1 AND stream = $2', [tenant, 'box-1'])).rows[0];

  test('a state from a snapshot equals the fold of the whole stream', async () => {
    const tenant = freshTenant();
    await fill(tenant, 150);
    expect(await snapshotOf(tenant)).toEqual({ snapshot_version: 128, fold: 1 });
    const fresh = await stateIn(new Journal(db.database, new SystemClock(), folds), tenant);
    expect(fresh).toEqual({ version: 150, state: await fullFold(tenant) });
    expect(await stateIn(journal, tenant)).toEqual(fresh);
  });

  test('a process that holds an old state reads on from it', async () => {
    const tenant = freshTenant();
    await fill(tenant, 10);
    await stateIn(other, tenant);
    await fill(tenant, 90);
    await fill(tenant, 5, other);
    expect(await stateIn(other, tenant)).toEqual({ version: 105, state: await fullFold(tenant) });
    expect(await stateIn(journal, tenant)).toEqual(await stateIn(other, tenant));
  });

  test('another fold number folds again, and its snapshots do not mislead the older fold', async () => {
    const tenant = freshTenant();
    await fill(tenant, 70);
    const loud: Fold<Box> = { ...boxFold, number: 2, evolve: (box, event) => ({ ...boxFold.evolve(box, event), things: [...box.things, `${String(event.data.what)}!`] }) };
    const newer = new Journal(db.database, new SystemClock(), [loud, purseFold]);
    expect((await stateIn(newer, tenant, loud)).state.things.slice(0, 2)).toEqual(['0!', '1!']);
    await newer.record(command(tenant, ['box-1'], () => accept(putting('box-1', '70'))));
    expect(await snapshotOf(tenant)).toEqual({ snapshot_version: 71, fold: 2 });
    expect(await stateIn(new Journal(db.database, new SystemClock(), folds), tenant)).toEqual({ version: 71, state: await fullFold(tenant) });
  });

  test('a clock that runs behind never makes the record fall back, and the folded moment is the recorded one', async () => {
    const tenant = freshTenant();
    const behind = new Journal(db.database, new FixedClock('2020-01-01T00:00:00Z'), folds);
    const ahead = new Journal(db.database, new FixedClock('2031-01-01T00:00:00Z'), folds);
    await behind.record(command(tenant, ['box-1'], putInto('box-1', 'a')));
    await ahead.record(command(tenant, ['box-2'], putInto('box-2', 'b')));
    await afterAllDecided(tenant, 2, () => Promise.all([ahead.record(command(tenant, ['box-2'], putInto('box-2', 'c'))), behind.record(command(tenant, ['box-1'], putInto('box-1', 'd')))]));
    const moments = (await journal.feed(tenant, 0, 10)).map(({ recordedAt }) => recordedAt);
    expect(moments).toEqual([...moments].sort());
    expect((await stateIn(behind, tenant)).state).toEqual(await fullFold(tenant));
    expect((await stateIn(behind, tenant)).state.lastAt).toBe('2031-01-01T00:00:00.000000Z');
  });

  test('two that were overtaken by a later clock are folded with the moment that was written', async () => {
    const tenant = freshTenant();
    const behind = new Journal(db.database, new FixedClock('2020-01-01T00:00:00Z'), folds);
    const overtaking = new Proxy(db.database, {
      get: (target, name) =>
        name === 'statement'
          ? async (...call: Parameters<Database['statement']>) => {
              if (call[0] === 'journal.append' && (await journal.head(tenant)).position === 0) await new Journal(db.database, new FixedClock('2031-01-01T00:00:00Z'), folds).record(command(tenant, ['box-9'], putInto('box-9', 'x')));
              return target.statement(...call);
            }
          : Reflect.get(target, name, target),
    });
    const overtaken = new Journal(overtaking, new FixedClock('2020-01-01T00:00:00Z'), folds);
    await Promise.all(['a', 'b'].map((what) => overtaken.record(command(tenant, ['box-1'], putInto('box-1', what)))));
    expect((await stateIn(overtaken, tenant)).state).toEqual({ things: ['a', 'b'], lastAt: '2031-01-01T00:00:00.000000Z' });
    expect(await stateIn(behind, tenant)).toEqual(await stateIn(overtaken, tenant));
  });

  test('old data are read through their upcast, and the feed shows what was published', async () => {
    const tenant = freshTenant();
    await fill(tenant, 1);
    const upcasting: Fold<Box> = { ...boxFold, number: 2, upcasts: { [boxFold.types[0]!]: (data) => ({ what: `old ${String(data.what)}` }) } };
    const newer = new Journal(db.database, new SystemClock(), [upcasting]);
    expect((await stateIn(newer, tenant, upcasting)).state.things).toEqual(['old 0']);
    expect((await newer.feed(tenant, 0, 10)).map(({ data }) => data)).toEqual([{ what: '0' }]);
  });

  test('an event of a type this release does not know is no state: 503, and nothing is skipped', async () => {
    const tenant = freshTenant();
    await fill(tenant, 1);
    const old = new Journal(db.database, new SystemClock(), [{ ...boxFold, types: ['concordat.box.emptied.v1'] }]);
    await expect(stateIn(old, tenant)).rejects.toThrow(ReleaseTooOld);
    await expect(old.record(command(tenant, ['box-1'], putInto('box-1', 'x')))).rejects.toMatchObject({ status: 503, code: 'release.too-old' });
  });
});

test('a stream as at a moment is what had been recorded by then', async () => {
  const tenant = freshTenant();
  const clock = new FixedClock('2026-03-02T09:00:00Z');
  const timed = new Journal(db.database, clock, folds);
  for (const what of ['nine', 'ten', 'eleven']) {
    recorded(await timed.record(command(tenant, ['box-1'], putInto('box-1', what))));
    clock.advance(3_600_000);
  }
  const at = async (moment: string) => (await timed.loadAsAt(tenant, 'box-1', new Date(moment))).of(boxFold).things;
  expect(await at('2026-03-02T08:59:59.999Z')).toEqual([]);
  expect(await at('2026-03-02T10:00:00Z')).toEqual(['nine', 'ten']);
  expect(await at('2026-03-03T00:00:00Z')).toEqual(['nine', 'ten', 'eleven']);
});

test('the feed can be asked for one stream and for some types', async () => {
  const tenant = freshTenant();
  await journal.record(command(tenant, ['box-1', 'purse-1'], () => accept(putting('box-1', 'a'), { stream: 'purse-1', type: spent, data: { amount: 1 } }, putting('box-1', 'b'))));
  const positions = async (o: { stream?: string; types?: string[] }) => (await journal.feed(tenant, 0, 10, o)).map(({ position }) => position);
  expect(await positions({})).toEqual([1, 2, 3]);
  expect(await positions({ stream: 'box-1' })).toEqual([1, 3]);
  expect(await positions({ types: [spent] })).toEqual([2]);
});

describe('when the connection is lost', () => {
  test('after the commit and before the answer, the command is answered from its receipt', async () => {
    const tenant = freshTenant();
    const proxy = await cuttingProxy(db.url);
    const database = await Database.open({ url: proxy.url });
    const cut = new Journal(database, new SystemClock(), folds);
    proxy.cutAfter('journal.append', { stayDown: false });
    const outcome = recorded(await cut.record(command(tenant, ['box-1'], putInto('box-1', 'once'))));
    expect(outcome.repeated).toBe(false); // nobody has told the consumers yet: the caller must
    expect((await journal.head(tenant)).position).toBe(1);
    await database.close();
    await proxy.close();
  });

  test('and the database stays away, the caller is told so, and the receipt answers when they ask again', async () => {
    const tenant = freshTenant();
    const proxy = await cuttingProxy(db.url);
    const database = await Database.open({ url: proxy.url });
    const cut = new Journal(database, new SystemClock(), folds);
    const request = command(tenant, ['box-1'], putInto('box-1', 'once'));
    proxy.cutAfter('journal.append', { stayDown: true });
    await expect(cut.record(request)).rejects.toThrow(DatabaseUnavailable);
    proxy.up();
    expect(recorded(await cut.record(request)).repeated).toBe(true);
    expect((await journal.head(tenant)).position).toBe(1);
    await database.close();
    await proxy.close();
  });

  test('because its backend was terminated before the commit, the command is sent again and happens once', async () => {
    const tenant = freshTenant();
    const lock = `hashtextextended('journal.append ' || $1, 0)`;
    await superuser.query(`SELECT pg_advisory_lock(${lock})`, [tenant]);
    const outcome = journal.record(command(tenant, ['box-1'], putInto('box-1', 'once')));
    await eventually(async () => {
      const { rows } = await superuser.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'`);
      return rows.length > 0 || undefined;
    });
    await superuser.query('SELECT pg_advisory_unlock_all()');
    expect(recorded(await outcome).repeated).toBe(false);
    expect((await journal.head(tenant)).position).toBe(1);
  });
});

test('a tenant whose lock is held for long answers 503 busy, and nothing was written', async () => {
  const tenant = freshTenant();
  const request = command(tenant, ['box-1'], putInto('box-1', 'x'));
  await superuser.query(`SELECT pg_advisory_lock(hashtextextended('journal.append ' || $1, 0))`, [tenant]);
  await expect(journal.record(request)).rejects.toMatchObject({ status: 503, code: 'database.busy' });
  await superuser.query('SELECT pg_advisory_unlock_all()');
  expect(await journal.receipt(tenant, request.commandId)).toBeUndefined();
  expect(recorded(await journal.record({ ...request, commandId: newId() })).receipt.position).toBe(1);
});
