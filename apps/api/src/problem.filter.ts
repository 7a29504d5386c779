import { correlationId, log, Problem } from '@concordat/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Every answer that is not a success, as RFC 9457 problem details. A fault is logged whole and told as little as possible. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemOf(thrown);
    if (problem.status >= 500) log.error('a request failed', { method: request.method, route: request.routeOptions.url, fault: thrown });
    for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(JSON.stringify(problem.toJSON(correlationId())));
  }
}

/** What the framework refuses itself, before a controller is reached: all it tells is a status. */
const refusedBefore: Readonly<Record<number, { code: string; title: string; detail: string }>> = {
  400: {
    code: 'body.unreadable',
    title: 'The request cannot be read',
    detail: 'Send valid JSON in UTF-8 (RFC 8259), as long as Content-Length says, without members called __proto__ or constructor.',
  },
  403: {
    code: 'request.cross-site',
    title: 'The request came from another site',
    detail: 'A browser sent this from a page of another origin. Nothing was done. Send it from a page of this site, or with an API key from a server.',
  },
  404: { code: 'path.unknown', title: 'There is nothing here', detail: 'GET /api/openapi.json names everything there is.' },
  405: { code: 'method.unknown', title: 'Not with this method', detail: 'GET /api/openapi.json names what each path answers to.' },
  413: {
    code: 'body.too-large',
    title: 'The body is larger than 1 MB',
    detail: 'Send at most 1,048,576 bytes. Many commands go as NDJSON to /api/v1/operations, in several parts.',
  },
  415: {
    code: 'body.media-type',
    title: 'The body is of a kind this route does not read',
    detail: 'Send application/json, or application/x-ndjson to /api/v1/operations.',
  },
};

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const status = thrown instanceof HttpException ? thrown.getStatus() : 500;
  const known = refusedBefore[status];
  if (known !== undefined) return new Problem({ status, ...known });
  if (status < 500) return new Problem({ status, code: 'request.refused', title: 'The request was refused', detail: 'It cannot be answered as it stands.' });
  return new Problem({
    status: 500,
    code: 'fault',
    title: 'Something broke on our side',
    detail: 'It has been logged under this correlationId. Sending the same request with the same Idempotency-Key again is safe.',
  });
}
