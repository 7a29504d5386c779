import { refuseOtherMethods } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { measureAnswers } from './metrics.js';
import { serveOpenApi } from './openapi.js';
import { guardEdge } from './request-edge.js';

/**
 * What holds for every request before a controller is reached: its correlation id is told, it is measured, and only what
 * may enter at all goes on.
 */
export function prepareApi(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();

  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('concordat-correlation-id', request.id);
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    done();
  });
  measureAnswers(fastify);
  guardEdge(app);
  refuseOtherMethods(app);
  serveOpenApi(app);
}
