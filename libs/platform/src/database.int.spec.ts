import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type FreshDatabase, freshDatabase, freshTenant, oversubscription } from '../../../test/harness/index.js';
import { Database } from './database.js';
import { newId } from './id.js';
import { migrate } from './migrate.js';

class Notes1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema sample;
      create table sample.note (tenant uuid not null, id uuid not null, words text not null, primary key (tenant, id));
      alter table sample.note enable row level security;
      alter table sample.note force row level security;
      create policy own on sample.note using (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      create policy router on sample.note for select to concordat_router using (true);
      grant usage on schema sample to concordat_app, concordat_router;
      grant select, insert, update, delete on sample.note to concordat_app;
      grant select (tenant) on sample.note to concordat_router;
      grant create on schema sample to concordat_router;
      create function sample.tenants() returns setof uuid language sql security definer set search_path = pg_catalog, pg_temp
        as 'select distinct tenant from sample.note';
      revoke execute on function sample.tenants() from public;
      grant execute on function sample.tenants() to concordat_app;
      alter function sample.tenants() owner to concordat_router;
      revoke create on schema sample from concordat_router;`);
  }
  async down(): Promise<void> {}
}

const migrations = [Notes1700000000001];
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase({ migrations });
});

afterAll(() => fresh.drop());

async function asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: fresh.superuserUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same database, behind a door at which everyone waits that long before they are let through. */
async function slowly(url: string, ms: number): Promise<{ readonly url: string; close(): void }> {
  const { port, hostname, href } = new URL(url);
  const open = new Set<Socket>();
  const door = createServer((client) => {
    open.add(client.on('error', () => undefined));
    setTimeout(() => {
      const upstream = connect(Number(port), hostname).on('error', () => client.destroy());
      open.add(upstream);
      client.pipe(upstream).pipe(client);
    }, ms);
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  const slow = new URL(href);
  slow.host = `127.0.0.1:${(door.address() as { port: number }).port}`;
  return {
    url: slow.href,
    close: () => {
      for (const socket of open) socket.destroy();
      door.close();
    },
  };
}

const write = (tenant: string, words: string) =>
  fresh.database.inTenant(tenant, (tx) => tx.query('insert into sample.note values ($1, $2, $3)', [tenant, newId(), words]));

const read = async (tenant: string): Promise<string[]> => {
  const rows: { words: string }[] = await fresh.database.inTenant(tenant, (tx) => tx.query('select words from sample.note order by words'));
  return rows.map(({ words }) => words);
};

describe('a tenant', () => {
  test('reads its own rows and no other tenant\'s', async () => {
    const [ours, theirs] = [freshTenant(), freshTenant()];
    await write(ours, 'ours');
    await write(theirs, 'theirs');
    expect(await read(ours)).toEqual(['ours']);
    expect(await read(theirs)).toEqual(['theirs']);
  });

  test('cannot write a row for another', async () => {
    const [ours, theirs] = [freshTenant(), freshTenant()];
    const forged = fresh.database.inTenant(ours, (tx) => tx.query('insert into sample.note values ($1, $2, $3)', [theirs, newId(), 'forged']));
    await expect(forged).rejects.toThrow('row-level security');
    expect(await read(theirs)).toEqual([]);
  });

  test('does not leak to the next borrower of the connection, after a commit or a rollback', async () => {
    const tenant = freshTenant();
    const one = await Database.open({ url: fresh.url, max: 1 });
    try {
      const seen = async () => {
        const [row] = await one.statement<{ tenant: string | null; notes: string }>(
          'sample.seen',
          `select nullif(current_setting('app.tenant', true), '') as tenant, (select count(*) from sample.note) as notes`,
          [],
        );
        return row;
      };
      await one.inTenant(tenant, (tx) => tx.query('insert into sample.note values ($1, $2, $3)', [tenant, newId(), 'mine']));
      expect(await seen()).toEqual({ tenant: null, notes: '0' });
      await expect(one.inTenant(tenant, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
      expect(await seen()).toEqual({ tenant: null, notes: '0' });
    } finally {
      await one.close();
    }
  });

  test('is named by a UUID and nothing else', async () => {
    await expect(fresh.database.inTenant(`' or true --`, async () => 1)).rejects.toThrow(TypeError);
  });

  test('is found by a router function, though the owner and the app see no rows', async () => {
    const tenant = freshTenant();
    await write(tenant, 'found');
    const found = await fresh.database.statement<{ tenants: string }>('sample.tenants', 'select sample.tenants()', []);
    expect(found.map(({ tenants }) => tenants)).toContain(tenant);
    const owned = await asSuperuser(async (client) => {
      await client.query('set role concordat_owner');
      return (await client.query('select * from sample.note')).rows;
    });
    expect(owned).toEqual([]);
  });
});

describe('a transaction', () => {
  test('that fails leaves nothing behind and tells its own error', async () => {
    const tenant = freshTenant();
    const failing = fresh.database.inTenant(tenant, async (tx) => {
      await tx.query('insert into sample.note values ($1, $2, $3)', [tenant, newId(), 'half']);
      throw new RangeError('changed my mind');
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(await read(tenant)).toEqual([]);
  });

  test('whose backend is killed gives a typed error, and the next statement works', async () => {
    const tenant = freshTenant();
    const killed = fresh.database.inTenant(tenant, async (tx) => {
      const [{ pid }] = await tx.query('select pg_backend_pid() as pid');
      await asSuperuser((client) => client.query('select pg_terminate_backend($1, 2000)', [pid]));
      await tx.query('select 1');
    });
    await expect(killed).rejects.toMatchObject({ name: 'DatabaseUnavailable', status: 503, code: 'database.unavailable' });
    await write(tenant, 'afterwards');
    expect(await read(tenant)).toEqual(['afterwards']);
  });

  test('that waits for a lock is given up as busy after 2 s', async () => {
    const tenant = freshTenant();
    await write(tenant, 'wanted');
    const started = performance.now();
    const waiting = asSuperuser(async (client) => {
      await client.query('begin');
      await client.query('lock table sample.note in access exclusive mode');
      await expect(read(tenant)).rejects.toMatchObject({ code: 'database.busy', status: 503 });
    });
    await waiting;
    expect(performance.now() - started).toBeLessThan(4_000 * oversubscription());
    expect(await read(tenant)).toEqual(['wanted']);
  });
});

describe('a statement', () => {
  test('whose backend is killed while it runs gives a typed error, and the next one works', async () => {
    const sleeping = fresh.database.statement('sample.sleep', `select pg_sleep(8) /* to be killed */`, []);
    const killed = asSuperuser(async (client) => {
      for (;;) {
        const { rows } = await client.query(
          `select pg_terminate_backend(pid) as done from pg_stat_activity where query like '%to be killed%' and pid <> pg_backend_pid()`,
        );
        if (rows.length > 0) return;
      }
    });
    await Promise.all([expect(sleeping).rejects.toMatchObject({ code: 'database.unavailable' }), killed]);
    expect(await fresh.database.statement('sample.one', 'select 1 as one', [])).toEqual([{ one: 1 }]);
  });

  test('that breaks a rule keeps its own error and its connection', async () => {
    const one = await Database.open({ url: fresh.url, max: 1 });
    try {
      const pid = () => one.statement<{ pid: number }>('sample.pid', 'select pg_backend_pid() as pid', []);
      const before = await pid();
      await expect(one.statement('sample.zero', 'select 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
      expect(await pid()).toEqual(before);
    } finally {
      await one.close();
    }
  });

  test('goes on after a migration has changed what it returns', async () => {
    const one = await Database.open({ url: fresh.url, max: 1 });
    try {
      const ask = () => one.statement('sample.changing', 'select * from public.changing', []);
      await asSuperuser((client) => client.query(`create table public.changing (a int); grant select on public.changing to concordat_app; insert into public.changing values (1)`));
      expect(await ask()).toEqual([{ a: 1 }]);
      await asSuperuser((client) => client.query('alter table public.changing add b int default 2'));
      expect(await ask()).toEqual([{ a: 1, b: 2 }]);
    } finally {
      await one.close();
    }
  });

  test('is refused as unavailable within 3 s when every connection is in use', async () => {
    const one = await Database.open({ url: fresh.url, max: 1 });
    try {
      await one.inTenant(freshTenant(), async () => {
        const started = performance.now();
        await expect(one.statement('sample.one', 'select 1', [])).rejects.toMatchObject({ code: 'database.unavailable' });
        expect(performance.now() - started).toBeLessThan(3_000 * oversubscription());
      });
    } finally {
      await one.close();
    }
  });
});

describe('opening', () => {
  test('runs every session as the app\'s role', async () => {
    const rows = await fresh.database.statement('sample.who', 'select current_user as role', []);
    expect(rows).toEqual([{ role: 'concordat_app' }]);
  });

  test('runs as the app\'s role also where one login owns everything', async () => {
    const database = await Database.open({ url: fresh.ownerUrl });
    const rows = await database.statement('sample.who', 'select current_user as role', []);
    await database.close();
    expect(rows).toEqual([{ role: 'concordat_app' }]);
  });

  test('an address where nothing answers is unavailable', async () => {
    const nowhere = new URL(fresh.url);
    nowhere.port = '1';
    await expect(Database.open({ url: nowhere.href })).rejects.toMatchObject({ code: 'database.unavailable' });
  });

  test('waits for a server that is slow to answer, and afterwards no connection is waited for longer than 2 s', async () => {
    const slow = await slowly(fresh.url, 3_000);
    const one = await Database.open({ url: slow.url });
    try {
      await one.inTenant(freshTenant(), async () => {
        const started = performance.now();
        await expect(one.statement('sample.one', 'select 1', [])).rejects.toMatchObject({ code: 'database.unavailable' });
        expect(performance.now() - started).toBeLessThan(3_000 * oversubscription());
      });
    } finally {
      await one.close();
      slow.close();
    }
  });

  test('a missing database is a sentence without the password', async () => {
    const missing = new URL(fresh.url);
    missing.pathname = '/not_there';
    const fault = await Database.open({ url: missing.href }).catch((thrown: Error) => thrown);
    expect(String(fault)).toContain('There is no such database');
    expect(String(fault)).not.toContain(missing.password || 'no password');
  });
});

describe('migrating', () => {
  test('twice finds nothing to do', async () => {
    expect(await migrate({ ownerUrl: fresh.ownerUrl, migrations })).toEqual([]);
  });

  test('by three at once runs each migration once', async () => {
    const other = await freshDatabase({ migrations: [] });
    const ran = await Promise.all([1, 2, 3].map(() => migrate({ ownerUrl: other.ownerUrl, migrations })));
    await other.drop();
    expect(ran.flat()).toEqual(['Notes1700000000001']);
  });

  test('gives every object to the owner\'s role, and the queues to the app', async () => {
    const owners = await asSuperuser(async (client) => {
      const { rows } = await client.query(
        `select distinct n.nspname || ' ' || pg_get_userbyid(c.relowner) as owned from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('sample', 'platform', 'bullmq') order by 1`,
      );
      return rows.map(({ owned }) => owned);
    });
    expect(owners).toEqual(['bullmq concordat_owner', 'platform concordat_owner', 'sample concordat_owner']);
    const queues = await fresh.database.statement('sample.queues', 'select max(version) > 0 as ready from bullmq.migration', []);
    expect(queues).toEqual([{ ready: true }]);
  });

  test('works for a login that is no superuser but owns its database and may create roles', async () => {
    const name = `creator_${newId().slice(-12)}`;
    const owner = await asSuperuser(async (client) => {
      await client.query(`create role ${name} login createrole password 'only-here'`);
      await client.query(`grant concordat_owner, concordat_app, concordat_router to ${name} with admin option`);
      await client.query(`create database ${name} owner ${name}`);
      const url = new URL(fresh.ownerUrl);
      url.username = name;
      url.password = 'only-here';
      url.pathname = `/${name}`;
      return url.href;
    });
    try {
      expect(await migrate({ ownerUrl: owner, migrations })).toEqual(['Notes1700000000001']);
      const database = await Database.open({ url: owner });
      expect(await database.statement('sample.none', 'select * from sample.note', [])).toEqual([]);
      await database.close();
    } finally {
      await asSuperuser(async (client) => {
        await client.query(`drop database ${name}`);
        await client.query(`drop role ${name}`);
      });
    }
  });

  test('by a login without the right says which statement a superuser must run', async () => {
    const name = `plain_${newId().slice(-12)}`;
    await asSuperuser((client) => client.query(`create role ${name} login password 'only-here'`));
    const url = new URL(fresh.ownerUrl);
    url.username = name;
    url.password = 'only-here';
    await expect(migrate({ ownerUrl: url.href, migrations })).rejects.toThrow(/may not run "grant concordat_owner to current_user"/);
    await asSuperuser((client) => client.query(`drop role ${name}`));
  });
});
