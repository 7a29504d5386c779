import { newId, withCorrelation } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { measureAnswers } from './metrics.js';
import { serveOpenApi } from './openapi.js';
import { refuseForbiddenText } from './validate.js';

const traceId = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/;

/**
 * What holds for every request before a controller is reached: a correlation id (the caller's W3C `traceparent`, where
 * there is one), metrics, NDJSON bodies, and characters that cannot be kept.
 */
export function prepareApi(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();

  fastify.addHook('onRequest', (request, reply, done) => {
    const traced = traceId.exec(String(request.headers.traceparent ?? ''))?.[1];
    const id = traced ?? newId();
    reply.header('concordat-correlation-id', id);
    if (request.url.startsWith('/api')) reply.header('cache-control', 'no-store');
    withCorrelation(id, done);
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    try {
      refuseForbiddenText(request.body);
      done();
    } catch (problem) {
      done(problem as Error);
    }
  });
  measureAnswers(fastify);

  // One command a line; each line is read by the operation, so that one bad line does not hide the others.
  fastify.addContentTypeParser('application/x-ndjson', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  serveOpenApi(app);
}
