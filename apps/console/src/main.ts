import { ConcordatModule, installationOf } from '@concordat/assembly';
import { NestLog, readConfig, setLogLevel } from '@concordat/platform';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ConsoleModule, prepareConsole } from './console.module.js';

const config = readConfig();
setLogLevel(config.logLevel);

@Module({ imports: [ConcordatModule.forRoot(installationOf(config)), ConsoleModule] })
class ConsoleAlone {}

const adapter = new FastifyAdapter({ bodyLimit: 1_048_576, keepAliveTimeout: 75_000 });
const app = await NestFactory.create<NestFastifyApplication>(ConsoleAlone, adapter, { return503OnClosing: true, forceCloseConnections: true, logger: new NestLog() });
prepareConsole(app);
app.enableShutdownHooks();
await app.listen(config.port, '0.0.0.0');
