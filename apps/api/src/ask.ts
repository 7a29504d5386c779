import type { Asked, Principal } from '@concordat/access';
import { concordatNamespace, newId, Problem, type Fingerprints, uuidv5 } from '@concordat/platform';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The principal the guard let in. */
export const Who = createParamDecorator((_: unknown, context: ExecutionContext): Principal => principalOf(context.switchToHttp().getRequest<FastifyRequest>()));

/** The principal the guard let in. @throws Error on a route without a guard. */
export function principalOf({ principal }: FastifyRequest): Principal {
  if (principal === undefined) throw new Error('A handler asked who calls, but its controller has no guard. Use @ApiV1.');
  return principal;
}

/** What every route that changes something takes: who calls, by which request, and the reply it is answered by. */
export interface Call {
  readonly who: Principal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** The call under way. Whatever the route returns is its answer, as without the reply. */
export const Called = createParamDecorator((_: unknown, context: ExecutionContext): Call => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  return { who: principalOf(request), request, reply: http.getResponse<FastifyReply>() };
});

/** What a write is remembered by; `key` is the caller's Idempotency-Key, or one made here and sent back. */
export interface Ask extends Asked {
  readonly key: string;
}

/**
 * Reads Idempotency-Key and If-Match off a write. The command id is uuidv5(tenant, principal, key), so the same request
 * sent again is the same command; the fingerprint is an HMAC of method, path and body, so that another body is noticed.
 * @throws Problem 400 for a key or version that cannot be read.
 */
export function askOf(request: FastifyRequest, principal: Principal, fingerprints: Fingerprints): Ask {
  const key = idempotencyKey(request);
  const expectedVersion = ifMatch(request);
  return {
    key,
    tenant: principal.tenant,
    actor: principal.actor,
    commandId: uuidv5(concordatNamespace, `${principal.tenant}/${principal.id}/${key}`),
    fingerprint: fingerprints.of([request.method, request.url.split('?')[0], request.body ?? null]),
    correlationId: request.id,
    ...(expectedVersion !== undefined && { expectedVersion }),
  };
}

/**
 * The caller's Idempotency-Key; without one the request is given a key of its own, the same however often it is asked for.
 * @throws Problem 400.
 */
export function idempotencyKey(request: FastifyRequest): string {
  const header = request.headers['idempotency-key'] ?? (request.headers['idempotency-key'] = newId());
  const key = typeof header === 'string' ? header.replace(/^"(.*)"$/, '$1') : '';
  if (/^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new Problem({
    status: 400,
    code: 'idempotency.key-invalid',
    title: 'The Idempotency-Key cannot be read',
    detail: 'Send one Idempotency-Key of 1 to 255 printable ASCII characters without spaces, such as a UUID.',
  });
}

function ifMatch(request: FastifyRequest): number | undefined {
  const header = request.headers['if-match'];
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version !== undefined) return Number(version);
  throw new Problem({
    status: 400,
    code: 'version.unreadable',
    title: 'If-Match cannot be read',
    detail: 'Send the ETag you were given, such as If-Match: "7", or leave the header out.',
  });
}
