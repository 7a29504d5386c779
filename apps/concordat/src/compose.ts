import { ApiModule, prepareApi, serving } from '@concordat/api';
import { ConcordatModule, type Installation } from '@concordat/assembly';
import { ConsoleModule, prepareConsole, prepareDemoReceiver } from '@concordat/console';
import { type Clock, NestLog } from '@concordat/platform';
import { WorkerModule } from '@concordat/worker';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * The web process: API and pages. It does not listen yet; `close` takes it down.
 * @param clock another clock than the machine's, for tests.
 */
export async function composeWeb(installation: Installation, clock?: Clock): Promise<NestFastifyApplication> {
  @Module({ imports: [ConcordatModule.forRoot(installation, clock), ApiModule, ConsoleModule] })
  class Web {}

  const app = await NestFactory.create<NestFastifyApplication>(Web, new FastifyAdapter(serving.fastify), { ...serving.nest, logger: new NestLog() });
  prepareApi(app);
  prepareConsole(app);
  prepareDemoReceiver(app);
  return app;
}

/** The worker process: consumers, deliveries, bulk work. It works from now on; `close` takes it down. */
export async function composeWorker(installation: Installation, clock?: Clock): Promise<INestApplicationContext> {
  @Module({ imports: [ConcordatModule.forRoot(installation, clock), WorkerModule] })
  class Worker {}

  return NestFactory.createApplicationContext(Worker, { logger: new NestLog() });
}
