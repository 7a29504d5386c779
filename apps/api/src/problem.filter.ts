import { correlationId, log, Problem } from '@concordat/platform';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Every answer that is not a success, as RFC 9457 problem details. A fault is logged whole and told as little as possible. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>(), thrown);
  }
}

/** Sends what was thrown as a problem; also for what Fastify refuses before a controller is reached. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, thrown: unknown): void {
  const problem = problemOf(thrown);
  if (problem.status >= 500) log.error('a request failed', { method: request.method, route: request.routeOptions.url, fault: thrown });
  for (const [name, value] of Object.entries(problem.headers)) reply.header(name, value);
  void reply
    .status(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problem.toJSON(correlationId())));
}

/** What Fastify's own refusals mean, by their code. */
const refusedByFastify: Readonly<Record<string, { status: number; code: string; title: string; detail: string }>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    code: 'body.too-large',
    title: 'The body is larger than 1 MB',
    detail: 'Send at most 1,048,576 bytes. Many commands go as NDJSON to /api/v1/operations in several parts.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    code: 'body.media-type',
    title: 'The body is of a kind this route does not read',
    detail: 'Send application/json (or application/x-ndjson to /api/v1/operations).',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    status: 400,
    code: 'body.empty',
    title: 'The body is empty',
    detail: 'Send a JSON object, {} at the least, or leave the content type out.',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    status: 400,
    code: 'body.length',
    title: 'The body is not as long as it says',
    detail: 'Content-Length and the body differ. Send the request again.',
  },
};

function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? String(thrown.code) : '';
  const known = refusedByFastify[code];
  if (known !== undefined) return new Problem(known);
  if (thrown instanceof SyntaxError || code === 'FST_ERR_CTP_INVALID_JSON_BODY') {
    return new Problem({
      status: 400,
      code: 'body.not-json',
      title: 'The body is not JSON',
      detail: 'Send valid JSON in UTF-8 (RFC 8259).',
    });
  }
  const status = thrown instanceof HttpException ? thrown.getStatus() : statusOf(thrown);
  if (status >= 400 && status < 500) return new Problem(byStatus(status));
  return new Problem({
    status: 500,
    code: 'fault',
    title: 'Something broke on our side',
    detail: 'It has been logged under this correlationId. Sending the same request with the same Idempotency-Key again is safe.',
  });
}

function statusOf(thrown: unknown): number {
  return typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown ? Number(thrown.statusCode) : 500;
}

function byStatus(status: number) {
  switch (status) {
    case 404:
      return { status, code: 'route.unknown', title: 'There is nothing here', detail: 'Look at /api/openapi.json for what there is.' };
    case 403:
      return { status, code: 'right.missing', title: 'You may not do this', detail: 'No right to this route.' };
    case 405:
      return { status, code: 'method.unknown', title: 'Not with this method', detail: 'Look at /api/openapi.json for what there is.' };
    default:
      return { status, code: 'request.refused', title: 'The request was refused', detail: 'The request cannot be answered as it stands.' };
  }
}
