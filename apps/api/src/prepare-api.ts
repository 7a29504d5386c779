import { newId, withCorrelation } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { measureAnswers } from './metrics.js';
import { serveOpenApi } from './openapi.js';
import { guardEdge } from './request-edge.js';

// W3C Trace Context: version ff and an id of zeros are invalid.
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;

/**
 * What holds for every request before a controller is reached: a correlation id (the caller's W3C `traceparent`, where
 * there is one), metrics, and what may enter at all.
 */
export function prepareApi(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();

  fastify.addHook('onRequest', (request, reply, done) => {
    const traced = traceparent.exec(String(request.headers.traceparent ?? ''))?.[1];
    const id = traced ?? newId();
    reply.header('concordat-correlation-id', id);
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
    withCorrelation(id, done);
  });
  measureAnswers(fastify);
  guardEdge(app);
  serveOpenApi(app);
}
