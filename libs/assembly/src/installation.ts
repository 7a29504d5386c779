import type { Config } from '@concordat/platform';

/** What one process must be told to be part of an installation. An abstract class, so that it can be asked for by type. */
export abstract class Installation {
  abstract readonly mode: Config['mode'];
  abstract readonly publicUrl: string;
  abstract readonly dataDir: string;
  abstract readonly databaseUrl: string;
  /** A direct connection for the queues, where `databaseUrl` leads through a pooler. */
  abstract readonly queueDatabaseUrl?: string;
  abstract readonly redisUrl?: string;
  /** The installation's key, 32 bytes. */
  abstract readonly key: Buffer;
  abstract readonly webhookAllowCidrs: readonly string[];
  abstract readonly webhookAllowPorts: readonly number[];
  /** The mail server, with `smtpFrom`; absent: nothing is mailed. */
  abstract readonly smtpUrl?: string;
  abstract readonly smtpFrom?: string;
  /** Requests of one person that one web process answers in a minute; the API has a default. */
  abstract readonly requestsPerMinute?: number;
}

/**
 * The installation as a process that serves is told of it.
 * @throws Error naming what only `concordat start` may leave out.
 */
export function installationOf(config: Config): Installation {
  const { databaseUrl, key } = config;
  const absent = [...(databaseUrl === undefined ? ['DATABASE_URL'] : []), ...(key === undefined ? ['CONCORDAT_KEY'] : [])];
  if (databaseUrl === undefined || key === undefined) {
    throw new Error(`${absent.join(' and ')} must be set for a process started alone. \`concordat start\` brings an embedded PostgreSQL and a key.`);
  }
  return { ...config, databaseUrl, key: Buffer.from(key, 'base64') };
}
