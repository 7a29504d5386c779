import { Pool, type PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';
import { DatabaseUnavailable, troubleOf } from './database-unavailable.js';
import { appRole, placeOf, sessionUrl } from './database-url.js';
import { isUuid } from './id.js';
import { log } from './log.js';

/**
 * A transaction whose tenant is set. Stores use `tx.query(sql, parameters)`: it gives the rows of SELECT and of
 * INSERT … RETURNING, but `[rows, count]` for UPDATE and DELETE (TypeORM's habit).
 */
export type Tx = EntityManager;

/** How a process reaches the database. */
export interface DatabaseOptions {
  readonly url: string;
  /** Most connections at once; 10 unless told. */
  readonly max?: number;
  /** What `pg_stat_activity` shows; `concordat` unless told. */
  readonly applicationName?: string;
  /** A statement that runs longer is given up as `database.busy`; 10 s unless told. */
  readonly statementTimeoutMs?: number;
}

const connectTimeoutMs = 2_000;
// Whoever opens is just loading itself, and on a busy machine hears PostgreSQL's answer late. Giving up would load all again.
const firstConnectTimeoutMs = 20_000;
const lockTimeoutMs = 2_000;
const idleInTransactionMs = 15_000;

/**
 * PostgreSQL as the app sees it: every session is role `concordat_app`, every wait is bounded, and row-level security
 * shows the rows of one tenant inside `inTenant` and none outside.
 */
export class Database {
  readonly #pool: Pool;
  #transactions: Promise<DataSource> | undefined;

  private constructor(pool: Pool) {
    this.#pool = pool;
    this.#pool.on('error', noteLoss);
    // Between two borrowers the pool listens; while one is out nobody does, and an `error` nobody hears ends the process.
    const heard = new WeakSet<PoolClient>();
    this.#pool.on('acquire', (client) => {
      if (heard.has(client)) return;
      heard.add(client);
      client.on('error', noteLoss);
    });
  }

  /**
   * Connects once, so that a wrong address or password is known at start.
   * @throws DatabaseUnavailable when nothing answers within 20 s, and at once where nobody listens; Error with a sentence when the login, the database or the
   *   role is missing.
   */
  static async open({ url, max = 10, applicationName = 'concordat', statementTimeoutMs = 10_000 }: DatabaseOptions): Promise<Database> {
    const pool = new Pool({
      connectionString: sessionUrl(url, appRole, {
        statement_timeout: `${statementTimeoutMs}`,
        lock_timeout: `${lockTimeoutMs}`,
        // A process that was stopped inside a transaction must not hold a tenant's lock for good.
        idle_in_transaction_session_timeout: `${idleInTransactionMs}`,
        // PostgreSQL's own 4 is for disks that turn: it would read a tenant's whole table rather than fifty rows by their key.
        random_page_cost: '1.1',
      }),
      application_name: applicationName,
      max,
      connectionTimeoutMillis: firstConnectTimeoutMs,
      // The server ends a long statement itself; this is for a server that has fallen silent.
      query_timeout: statementTimeoutMs + 2_000,
      keepAlive: true,
      idleTimeoutMillis: 60_000,
    });
    const database = new Database(pool);
    try {
      (await pool.connect()).release();
    } catch (fault) {
      await database.close();
      throw openingFault(fault, url);
    }
    pool.options.connectionTimeoutMillis = connectTimeoutMs;
    return database;
  }

  /**
   * Runs work in one transaction that sees this tenant's rows and no others; commits when it resolves, rolls back when it
   * rejects. What it rejects with comes through, except trouble of the database itself.
   * @param tenant the tenant's UUID.
   * @throws DatabaseUnavailable when the connection is lost, a wait is too long, or the disk is full. After a loss at COMMIT
   *   the change may have been kept.
   */
  async inTenant<T>(tenant: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!isUuid(tenant)) throw new TypeError('A tenant is named by its UUID.');
    const runner = (await this.#withTransactions()).createQueryRunner();
    let client: PoolClient | undefined;
    try {
      client = (await runner.connect()) as PoolClient;
      // One round trip for both. Transaction-local: a setting of the session would be seen by the connection's next borrower.
      await client.query(`START TRANSACTION; SELECT set_config('app.tenant', '${tenant}', true)`);
      const result = await work(runner.manager);
      await client.query('COMMIT');
      return result;
    } catch (fault) {
      const trouble = troubleOf(fault);
      if (trouble === 'database.unavailable') await discard(runner, fault);
      else await client?.query('ROLLBACK').catch((lost: unknown) => discard(runner, lost));
      throw trouble === undefined ? fault : new DatabaseUnavailable(trouble, fault);
    } finally {
      await runner.release();
    }
  }

  /** Loads what a first transaction would wait for. What fails is left to the transaction, which says so. */
  async warmUp(): Promise<void> {
    await this.#withTransactions().catch(() => undefined);
  }

  // TypeORM takes a third of a second to load, and a process answers many questions without a transaction.
  #withTransactions(): Promise<DataSource> {
    this.#transactions ??= transactionsOn(this.#pool).catch((fault: unknown) => {
      this.#transactions = undefined;
      const trouble = troubleOf(fault);
      throw trouble === undefined ? fault : new DatabaseUnavailable(trouble, fault);
    });
    return this.#transactions;
  }

  /** Whether PostgreSQL answers now; never throws, and says no within a few seconds at most. */
  async answers(): Promise<boolean> {
    return this.statement('platform.answers', 'SELECT 1', []).then(
      () => true,
      () => false,
    );
  }

  /**
   * Runs one prepared statement in a transaction of its own, in a single round trip: for functions that set the tenant
   * themselves, and for router functions.
   * @param name names this text for good, at most 63 characters: another text under one name is refused by the driver.
   * @throws DatabaseUnavailable as `inTenant` does; the driver's error for anything else (`code` is the SQLSTATE).
   */
  async statement<R>(name: string, text: string, values: unknown[]): Promise<R[]> {
    for (let attempt = 1; ; attempt += 1) {
      let client: PoolClient | undefined;
      try {
        client = await this.#pool.connect();
        const { rows } = await client.query<R & object>({ name, text, values });
        client.release();
        return rows;
      } catch (fault) {
        const trouble = troubleOf(fault);
        const outdated = isOutdatedPlan(fault);
        client?.release(trouble === 'database.unavailable' || outdated);
        if (outdated && attempt === 1) continue;
        throw trouble === undefined ? fault : new DatabaseUnavailable(trouble, fault);
      }
    }
  }

  /** Waits for the transactions under way and lets go of every connection. */
  async close(): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }
}

// TypeORM borrows from our pool and gives back; it may not end what statements use too.
async function transactionsOn(pool: Pool): Promise<DataSource> {
  const { DataSource } = await import('typeorm');
  const lent = { connect: pool.connect.bind(pool), on: () => undefined, end: (done: () => void) => done() };
  const driver = { Pool: function Lent() { return lent; } };
  return new DataSource({ type: 'postgres', driver, installExtensions: false, logging: false }).initialize();
}

// A migration changed what a prepared statement returns while this process ran; nothing was executed, a new session plans anew.
function isOutdatedPlan(fault: unknown): boolean {
  const { code, message } = fault as { code?: unknown; message?: string };
  return code === '0A000' && message?.includes('cached plan') === true;
}

// TypeORM hands a connection back as sound unless told; one that timed out or broke would be lent to the next caller.
async function discard(runner: unknown, fault: unknown): Promise<void> {
  await (runner as { releasePostgresConnection(fault: unknown): Promise<void> }).releasePostgresConnection(fault);
}

function noteLoss(fault: unknown): void {
  log.debug('a database connection was lost', { fault });
}

function openingFault(fault: unknown, url: string): Error {
  const trouble = troubleOf(fault);
  if (trouble !== undefined) return new DatabaseUnavailable(trouble, fault);
  const { code, message = '' } = fault as { code?: string; message?: string };
  const place = placeOf(url);
  if (code === '28P01' || code === '28000') {
    return new Error(`PostgreSQL at ${place} refused the login. Look at user and password in DATABASE_URL.`, { cause: fault });
  }
  if (code === '3D000') return new Error(`There is no such database at ${place}. Create it, or mend DATABASE_URL.`, { cause: fault });
  if (message.includes(`role "${appRole}" does not exist`)) {
    return new Error(`The database at ${place} has not been prepared: role ${appRole} is missing. Run: npm run concordat -- migrate`, { cause: fault });
  }
  if (code === '42501' || message.includes('permission denied to set role')) {
    return new Error(`The login of DATABASE_URL may not act as ${appRole}. As its owner run: GRANT ${appRole} TO that login`, { cause: fault });
  }
  return fault instanceof Error ? fault : new Error(String(fault));
}
