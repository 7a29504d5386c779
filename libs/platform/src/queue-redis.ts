import { Redis } from 'ioredis';
import { withinMs } from './queue-backend.js';
import type { QueueBackend } from './queue-backend.js';

const slowestRetry = 2_000;

/** BullMQ on Redis: fast, and free to vanish at any moment. */
export function openRedis(url: string): QueueBackend {
  const retryStrategy = (times: number) => Math.min(times * 100, slowestRetry);
  // A producer answers at once or fails at once: a ring must not queue up behind a dead connection.
  const producer = new Redis(url, { retryStrategy, enableOfflineQueue: false, commandTimeout: 2_000, maxRetriesPerRequest: 1 });
  producer.on('error', () => undefined); // the doorbell says once that the queue is away
  let consumer: Redis | undefined;
  const consumerOf = () => {
    consumer ??= new Redis(url, { retryStrategy, maxRetriesPerRequest: null }).on('error', () => undefined);
    return consumer;
  };
  const classes = async () => (await import('./queue-bullmq.js')).onRedis((kind) => (kind === 'queue' ? producer : consumerOf()));
  return {
    kind: 'redis',
    isAway: () => producer.status !== 'ready',
    queue: async (name) => (await classes()).queue(name),
    worker: async (name, work, timing) => (await classes()).worker(name, work, timing),
    // The first rings should not find the connection half made; a Redis that is away is not waited for.
    check: () => withinMs(1_000, new Promise<void>((resolve) => void producer.once('ready', resolve))).catch(() => undefined),
    async ready() {
      let memory: string;
      try {
        memory = await withinMs(1_000, producer.info('memory'));
      } catch (fault) {
        // An installation without Redis is slower, not broken: taking it out of service would be the only harm.
        const reason = fault instanceof Error ? fault.message : String(fault);
        return { ok: true, detail: `Redis is away (${reason}); work starts when the ticker finds it.` };
      }
      const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1] ?? 'unknown';
      if (policy === 'noeviction') return { ok: true, detail: 'Redis answers and evicts nothing.' };
      return {
        ok: false,
        detail: `Redis may throw jobs away: its maxmemory-policy is ${policy}. Set it to noeviction (redis.conf or CONFIG SET maxmemory-policy noeviction).`,
      };
    },
    async close() {
      for (const client of [producer, consumer]) client?.disconnect();
    },
  };
}
