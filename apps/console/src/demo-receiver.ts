import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Installation } from '@concordat/assembly';
import { signatureOf } from '@concordat/webhooks';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { render } from './render.js';
import { momentOf } from './words/say.js';

/** One message as the demo's provider got it. */
interface Arrival {
  readonly at: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  /** Why its signature does not hold; undefined where it is verified. */
  readonly fault: string | undefined;
  readonly body: string;
}

const address = '/demo/receiver';
const kept = 50;
/** A signature older than this could be somebody's copy (Standard Webhooks 1.0), s. */
const tolerance = 300;
const bodyLimit = 262_144;

/** In demo mode alone: what a provider's server would be, and a page that shows what it got since this process started. */
export function prepareDemoReceiver(app: NestFastifyApplication): void {
  const { mode, dataDir } = app.get(Installation);
  if (mode !== 'demo') return;
  const arrivals: Arrival[] = [];
  // In a scope of its own, because a signature is over the bytes as they came and every other body is parsed.
  void app.getHttpAdapter().getInstance().register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit }, (_request, body, done) => done(null, body));
    scope.post(address, async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : '';
      const fault = faultOf(request, body, await secretIn(dataDir));
      arrivals.unshift({ at: momentOf(new Date().toISOString()), id: headerOf(request, 'webhook-id'), fault, body, ...toldIn(body) });
      arrivals.length = Math.min(arrivals.length, kept);
      return reply.status(fault === undefined ? 204 : 401).send();
    });
    scope.get(address, async (_request, reply) =>
      reply.header('cache-control', 'no-store').type('text/html; charset=utf-8').send(render('demo-receiver', { arrivals, kept, demo: true })),
    );
  });
}

function faultOf(request: FastifyRequest, body: string, secret: string | undefined): string | undefined {
  if (secret === undefined) return 'The receiver knows no secret.';
  const timestamp = Number(headerOf(request, 'webhook-timestamp'));
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= tolerance)) return 'It was signed too long ago, or in the future.';
  const wanted = Buffer.from(signatureOf([secret], headerOf(request, 'webhook-id'), timestamp, body));
  const isSigned = headerOf(request, 'webhook-signature')
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((signature) => signature.length === wanted.length && timingSafeEqual(signature, wanted));
  return isSigned ? undefined : 'The signature is not of this message.';
}

function headerOf({ headers }: FastifyRequest, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

/** The event's type and what it is about, as far as the body says so. */
function toldIn(body: string): Pick<Arrival, 'type' | 'subject'> {
  try {
    const { type, subject } = JSON.parse(body) as { type?: unknown; subject?: unknown };
    return { type: typeof type === 'string' ? type : '', subject: typeof subject === 'string' ? subject : '' };
  } catch {
    return { type: '', subject: '' };
  }
}

// The seed writes it, beside the demo's keys; it is read each time, because a reset makes another.
async function secretIn(dataDir: string): Promise<string | undefined> {
  const text = await readFile(join(dataDir, 'demo-receiver.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as { secret: string }).secret;
}
