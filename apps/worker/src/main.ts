import { ConcordatModule, installationOf } from '@concordat/assembly';
import { NestLog, readConfig, setLogLevel } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module.js';

const config = readConfig();
setLogLevel(config.logLevel);

@Module({ imports: [ConcordatModule.forRoot(installationOf(config)), WorkerModule] })
class WorkerAlone {}

const app = await NestFactory.createApplicationContext(WorkerAlone, { logger: new NestLog() });
app.enableShutdownHooks();
