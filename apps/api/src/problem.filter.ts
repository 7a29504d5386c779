import { log } from '@concordat/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of.js';

/** Every answer that is not a success, as RFC 9457 problem details. A fault is logged whole and told as little as possible. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(thrown);
    if (problem.status >= 500) log.error('a request failed', { correlationId: request.id, method: request.method, route: request.routeOptions.url, fault: thrown });
    // What a handler had set for its success does not hold for this answer.
    for (const name of ['location', 'link', 'etag', 'concordat-position']) reply.removeHeader(name);
    for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem.toJSON(request.id)));
  }
}
