import { ConcordatModule, installationOf } from '@concordat/assembly';
import { NestLog, readConfig, setLogLevel } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule, prepareApi, serving } from './api.module.js';

const config = readConfig();
setLogLevel(config.logLevel);

@Module({ imports: [ConcordatModule.forRoot(installationOf(config)), ApiModule] })
class ApiAlone {}

const app = await NestFactory.create<NestFastifyApplication>(ApiAlone, new FastifyAdapter(serving.fastify), { ...serving.nest, logger: new NestLog() });
prepareApi(app);
app.enableShutdownHooks();
await app.listen(config.port, '0.0.0.0');
