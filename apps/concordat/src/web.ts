import { ApiModule, prepareApi, serving } from '@concordat/api';
import { ConcordatModule, installationOf } from '@concordat/assembly';
import { ConsoleModule, prepareConsole } from '@concordat/console';
import { log, NestLog, readConfig, setLogLevel } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { untilStopped } from './stopping.js';

/** `concordat web`: API and pages in one process, on PORT. */
export async function run(): Promise<number> {
  const config = readConfig();
  setLogLevel(config.logLevel);
  const installation = installationOf(config);

  @Module({ imports: [ConcordatModule.forRoot(installation), ApiModule, ConsoleModule] })
  class Web {}

  const app = await NestFactory.create<NestFastifyApplication>(Web, new FastifyAdapter(serving.fastify), { ...serving.nest, logger: new NestLog() });
  prepareApi(app);
  prepareConsole(app);
  await app.listen(config.port, '0.0.0.0');
  log.info('the web process is ready', { address: await app.getUrl() });
  await untilStopped();
  await app.close();
  return 0;
}
