import { Database, Queues } from '@concordat/platform';
import { Controller, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { theMeters } from './metrics.js';

/** For whoever runs the server: is the process alive, may it be sent requests, how does it do. Told to anyone, so it names nothing. */
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly queues: Queues,
  ) {}

  @Get('health/live')
  live() {
    return { status: 'live' };
  }

  /** 200 when both may be relied on. A Redis that is away only makes things later; one that may evict jobs is not to be relied on. */
  @Get('health/ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const [database, queue] = await Promise.all([this.database.answers(), this.queues.ready()]);
    const ready = database && queue.ok;
    reply.status(ready ? 200 : 503).header('cache-control', 'no-store');
    return { status: ready ? 'ready' : 'unavailable', database: database ? 'ok' : 'away', queue: queue.ok ? 'ok' : queue.detail };
  }

  @Get('metrics')
  @HttpCode(200)
  async metrics(@Res() reply: FastifyReply) {
    const { registry } = await theMeters();
    return reply.type(registry.contentType).send(await registry.metrics());
  }
}
