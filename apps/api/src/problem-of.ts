import { Problem } from '@concordat/platform';
import { HttpException } from '@nestjs/common';

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
  408: { code: 'request.too-slow', title: 'The request took too long to arrive', detail: 'Send it again; nothing was done.' },
  413: {
    code: 'body.too-large',
    title: 'The body is larger than 1 MB',
    detail: 'Send at most 1,048,576 bytes. Many commands go as NDJSON to /api/v1/operations, in several parts.',
  },
  414: { code: 'address.too-long', title: 'The address is too long', detail: 'No part of a path here is longer than 200 characters. GET /api/openapi.json names every path.' },
  415: {
    code: 'body.media-type',
    title: 'The body is of a kind this path does not read',
    detail: 'Send application/json, or application/x-ndjson to /api/v1/operations.',
  },
  431: { code: 'header.too-large', title: 'The headers are too large', detail: 'Send at most 16 kB of headers.' },
  503: { code: 'process.stopping', title: 'This process is stopping', detail: 'Send the request again; another process takes it.' },
};

/** What a caller is told of anything that was thrown. A fault is told as little of as possible. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  const status = statusOf(thrown);
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

function statusOf(thrown: unknown): number {
  return thrown instanceof HttpException ? thrown.getStatus() : 500;
}

/** The problem of an address that no router can read, or that holds what cannot be kept. */
export function unreadableAddress(): Problem {
  return new Problem({
    status: 400,
    code: 'address.unreadable',
    title: 'The address cannot be read',
    detail: 'Percent-encode the address as UTF-8 (RFC 3986), without %00 and __proto__. Nothing was done.',
  });
}

/** The problem of a status the server answers by itself. */
export function problemOfStatus(status: number): Problem {
  return problemOf(new HttpException('', status));
}
