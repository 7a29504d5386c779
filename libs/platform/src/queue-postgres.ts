import { assertSchemaCompatibility, createPostgresBackend } from 'bullmq';
import { Pool } from 'pg';
import { appRole, placeOf, sessionUrl } from './database-url.js';
import { classesFor, withinMs } from './queue-backend.js';
import type { QueueBackend } from './queue-backend.js';

/** BullMQ on PostgreSQL: one store less to run. Needs a direct connection, because workers LISTEN. */
export function openPostgres(url: string, workers: number): QueueBackend {
  const pool = new Pool({
    connectionString: sessionUrl(url, appRole, {
      search_path: 'bullmq',
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
  return {
    kind: 'postgresql',
    isAway: () => false,
    ...classesFor(createPostgresBackend, () => pool),
    async check() {
      try {
        await assertSchemaCompatibility(pool, 'bullmq');
      } catch (fault) {
        const unreachable = fault instanceof Error && 'code' in fault;
        throw new Error(
          unreachable
            ? `The queues cannot use PostgreSQL at ${placeOf(url)}: ${fault.message}. Look at QUEUE_DATABASE_URL or DATABASE_URL.`
            : 'The database has no place for the queues, or an old one. Run `npm run concordat -- migrate`, then start again.',
          { cause: fault },
        );
      }
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
