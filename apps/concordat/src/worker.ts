import { ConcordatModule, installationOf } from '@concordat/assembly';
import { NestLog, readConfig, setLogLevel } from '@concordat/platform';
import { WorkerModule } from '@concordat/worker';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { untilStopped } from './stopping.js';

/** `concordat worker`: consumers, deliveries and bulk work. Run as many as you like. */
export async function run(): Promise<number> {
  const config = readConfig();
  setLogLevel(config.logLevel);

  @Module({ imports: [ConcordatModule.forRoot(installationOf(config)), WorkerModule] })
  class Worker {}

  const app = await NestFactory.createApplicationContext(Worker, { logger: new NestLog() });
  await untilStopped();
  await app.close();
  return 0;
}
