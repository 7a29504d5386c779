import { ConcordatModule, installationOf } from '@concordat/assembly';
import { NestLog, setLogLevel } from '@concordat/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { installationKey } from './installation-key.js';
import { withDatabase } from './with-database.js';

/** Runs work with all parts of the installation put together, over its database as `withDatabase` reaches it. */
export function withParts<T>(work: (parts: INestApplicationContext) => Promise<T>): Promise<T> {
  return withDatabase(async (config) => {
    setLogLevel(config.logLevel === 'info' ? 'warn' : config.logLevel);
    const installation = installationOf({ ...config, key: await installationKey(config, config.databaseUrl) });
    const parts = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation), { logger: new NestLog() });
    try {
      return await work(parts);
    } finally {
      await parts.close();
    }
  });
}
