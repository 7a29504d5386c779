import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newId, pathOf, unroutedPage } from '@concordat/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfStatus, unreadableAddress } from './problem-of.js';

/** How a web process serves, whichever modules it is composed of. */
export const serving = {
  fastify: {
    /** 1 MB, as the API promises. */
    bodyLimit: 1_048_576,
    /** Longer than an ordinary proxy keeps a connection, so that the proxy closes first. */
    keepAliveTimeout: 75_000,
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    schemaController: { compilersFactory: { buildValidator: noRouteSchemas, buildSerializer: noRouteSchemas } },
    /** A name such as __proto__ in a body is refused, not silently dropped. */
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    rewriteUrl: pathOf,
    genReqId: correlationIdFor,
    frameworkErrors: answerUnrouted,
    clientErrorHandler: answerUnparsed,
  },
  nest: {
    /** While it stops: what has begun is finished, what comes new is told to go elsewhere. */
    return503OnClosing: true,
    forceCloseConnections: true,
    routeConflictPolicy: { duplicate: 'error', shadow: 'off' },
  },
} as const;

/** Bodies are read by zod, so the compilers of route schemas (ajv and two libraries more) are never loaded. */
function noRouteSchemas(): never {
  throw new Error('A route was given a Fastify schema. Give its parameters a zod schema instead.');
}

// W3C Trace Context: version ff and an id of zeros are invalid.
const traceparent = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}/;

/**
 * `request.id`, the correlation id of all that comes of a request: the caller's W3C `traceparent`, where there is one. It goes
 * on by hand, because AsyncLocalStorage costs every request of a process a tenth of its time before Node 24.
 */
function correlationIdFor({ headers }: IncomingMessage): string {
  return traceparent.exec(String(headers['traceparent'] ?? ''))?.[1] ?? newId();
}

/** An address the router cannot read: no hook has run and none will. */
function answerUnrouted({ statusCode = 400 }: { readonly statusCode?: number }, { server, raw: { url = '/' } }: FastifyRequest, reply: FastifyReply): void {
  const id = newId();
  const problem = statusCode === 400 ? unreadableAddress() : problemOfStatus(statusCode);
  const told = JSON.stringify(problem.toJSON(id));
  const page = unroutedPage(server, url, told);
  void reply
    .status(problem.status)
    .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store', 'concordat-correlation-id': id, ...page?.headers })
    .send(page?.html ?? told);
}

const statusOfFault: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** What is no HTTP request at all; there is nothing to reply with but the connection. */
function answerUnparsed(fault: { readonly code?: string }, socket: Socket): void {
  if (fault.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const id = newId();
  const problem = problemOfStatus(statusOfFault[fault.code ?? ''] ?? 400);
  const body = JSON.stringify(problem.toJSON(id));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `concordat-correlation-id: ${id}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
