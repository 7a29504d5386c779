import { Pool } from 'pg';
import { appRole, placeOf, sessionUrl } from './database-url.js';
import { withinMs } from './queue-backend.js';
import type { QueueBackend } from './queue-backend.js';
import type { BellClasses } from './queue-bullmq.js';

const schema = 'bullmq';

/** BullMQ on PostgreSQL: one store less to run. Needs a direct connection, because workers LISTEN. */
export function openPostgres(url: string, workers: number): QueueBackend {
  const pool = new Pool({
    connectionString: sessionUrl(url, appRole, {
      search_path: schema,
      // A wake-up that a crash of the server forgets costs a moment: the ticker finds what it was for. Waiting for the disk
      // for each would make the commands beside it wait too.
      synchronous_commit: 'off',
      lock_timeout: '5s',
      statement_timeout: '10s',
      idle_in_transaction_session_timeout: '15s',
    }),
    application_name: 'concordat queues',
    keepAlive: true,
    // Each worker holds one client to LISTEN on; the rest serve everybody.
    max: workers + 4,
    // Nobody waits for a ring, and a worker that starts on a busy machine must not give up.
    connectionTimeoutMillis: 20_000,
  });
  // A client that loses its server says so here first, and an `error` nobody hears ends the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const sentenceFor = (fault: unknown) => {
    const { name, code, message } = fault as { name: string; code?: string; message: string };
    // PostgreSQL's codes for a table or schema that is not there; BullMQ's names for one it does not know.
    const unprepared = code === '42P01' || code === '3F000' || name.startsWith('Schema');
    return new Error(
      unprepared
        ? 'The database has no place for the queues, or an old one. Run `npm run concordat -- migrate`, then start again.'
        : `The queues cannot use PostgreSQL at ${placeOf(url)}: ${message}. Look at QUEUE_DATABASE_URL or DATABASE_URL.`,
      { cause: fault },
    );
  };
  let loading: Promise<BellClasses> | undefined;
  const classes = () =>
    (loading ??= import('./queue-bullmq.js')
      .then(({ onPostgres }) => onPostgres(pool, schema))
      .catch((fault: unknown) => {
        loading = undefined;
        throw sentenceFor(fault);
      }));
  return {
    kind: 'postgresql',
    isAway: () => false,
    queue: async (name) => (await classes()).queue(name),
    worker: async (name, work, timing) => (await classes()).worker(name, work, timing),
    async check() {
      // Whether the place is of BullMQ's version too is asked by BullMQ, before the first ring and before any work.
      await pool.query('SELECT version FROM migration LIMIT 1').catch((fault: unknown) => {
        throw sentenceFor(fault);
      });
    },
    async ready() {
      try {
        await withinMs(1_000, pool.query('SELECT 1'));
        return { ok: true, detail: 'PostgreSQL carries the queues.' };
      } catch (fault) {
        const reason = fault instanceof Error ? fault.message : String(fault);
        return { ok: false, detail: `PostgreSQL does not answer the queues (${reason}).` };
      }
    },
    close: () => pool.end(),
  };
}
