import { isUtf8 } from 'node:buffer';
import { Problem } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { isKeepable, refuseUnkeepable } from './keepable.js';
import { unreadableAddress } from './problem-of.js';
import { fileMedia } from './sent-file.js';
import { serving } from './serving.js';

const lines = 'application/x-ndjson';

/** The routes that read anything but JSON: many commands, one a line; a file as it is. */
const otherBodies: Readonly<Record<string, string>> = {
  '/api/v1/operations': lines,
  '/api/v1/imports': fileMedia,
  '/api/v1/contracts/imports': fileMedia,
  '/api/v1/agreements/:id/contributions/import': fileMedia,
};

// Sent twice, each of them would mean two things at once; Node silently takes the first or joins them.
const sentOnce = new Set(['authorization', 'content-type', 'content-length', 'idempotency-key', 'if-match', 'traceparent', 'concordat-position']);

/**
 * What holds for every request before a controller is reached: bodies are JSON in UTF-8 (or NDJSON where many commands are
 * read, or a file where one is sent), and nothing in address, headers or body is what cannot be kept. Pages keep their forms.
 */
export function guardEdge(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  const { bodyLimit, onProtoPoisoning, onConstructorPoisoning } = serving.fastify;

  fastify.addHook('onRequest', (request, _reply, done) => {
    refusing(done, () => {
      refuseDoubled(request);
      refuseUnreadableAddress(request);
      if (request.url.startsWith('/api/')) refuseOtherMedia(request);
    });
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    refusing(done, () => refuseUnkeepable(request.body));
  });

  const parseJson = fastify.getDefaultJsonParser(onProtoPoisoning, onConstructorPoisoning);
  app.useBodyParser('application/json', { bodyLimit }, (request, body: Buffer, done) => {
    if (isUtf8(body)) parseJson(request as FastifyRequest, body.toString('utf8'), done);
    else done(notUtf8());
  });
  // Each line is parsed by the operation, so that one bad line does not hide the others.
  fastify.addContentTypeParser(lines, { parseAs: 'buffer', bodyLimit }, (_request, body: Buffer, done) => {
    if (isUtf8(body)) done(null, body.toString('utf8'));
    else done(notUtf8());
  });
  // Read by its route, chunk by chunk.
  fastify.addContentTypeParser(fileMedia, (_request, _body, done) => done(null));
  fastify.removeContentTypeParser('text/plain');
}

function refusing(done: (fault?: Error) => void, check: () => void): void {
  try {
    check();
  } catch (fault) {
    done(fault as Error);
    return;
  }
  done();
}

function refuseDoubled({ raw: { rawHeaders } }: FastifyRequest): void {
  const seen: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at]!.toLowerCase();
    if (!sentOnce.has(name)) continue;
    if (seen.includes(name)) {
      throw new Problem({
        status: 400,
        code: 'header.doubled',
        title: 'A header was sent twice',
        detail: `Send ${name} once; two of them may say two things.`,
      });
    }
    seen.push(name);
  }
}

function refuseUnreadableAddress({ url, params, query }: FastifyRequest): void {
  const prototype = Object.hasOwn(query as object, '__proto__');
  if (!prototype && !url.includes('%')) return;
  if (!prototype && isEncoded(url) && [params, query].every((part) => Object.entries(part as object).flat(2).every((text) => typeof text !== 'string' || isKeepable(text)))) return;
  throw unreadableAddress();
}

function isEncoded(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

function refuseOtherMedia(request: FastifyRequest): void {
  if (request.is404) return;
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw otherMedia('Send the body as it is, without Content-Encoding.');
  const kind = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (kind === undefined) return;
  const reads = otherBodies[request.routeOptions.url ?? ''] ?? 'application/json';
  if (kind !== reads) throw otherMedia(`This path reads ${reads}.`);
}

function otherMedia(detail: string): Problem {
  return new Problem({ status: 415, code: 'body.media-type', title: 'The body is of a kind this path does not read', detail });
}

function notUtf8(): Problem {
  return new Problem({
    status: 400,
    code: 'body.not-utf-8',
    title: 'The body is not UTF-8',
    detail: 'JSON between programs is UTF-8 (RFC 8259, section 8.1). Nothing was done; encode the body and send it again.',
  });
}
