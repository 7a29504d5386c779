import { gzipSync } from 'node:zlib';
import { mayAtAll, type Right } from '@concordat/access/core';
import { Installation } from '@concordat/assembly';
import { Clock, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { render } from './render.js';
import { type Reader, SignedIn } from './signed-in.js';
import { mayForAll, mustForAll } from './whole-organisation.js';

/** One part of the service navigation, shown to whoever has the right: about anything at all, or about all of the organisation. */
interface Place {
  readonly text: string;
  readonly href: string;
  readonly asks: Right;
  readonly about: 'anything' | 'organisation';
}

/** Where the navigation leads, in its order. A page says by `place` which of these it belongs to. */
const places = [
  { text: 'My work', href: '/', asks: 'agreement.read', about: 'anything' },
  { text: 'Agreements', href: '/agreements', asks: 'agreement.read', about: 'anything' },
  { text: 'Contract register', href: '/register', asks: 'agreement.read', about: 'organisation' },
  { text: 'Import', href: '/imports', asks: 'agreement.read', about: 'organisation' },
  { text: 'Processes', href: '/pathways', asks: 'pathway.read', about: 'organisation' },
  { text: 'Outbox', href: '/outbox', asks: 'agreement.read', about: 'anything' },
  { text: 'Webhooks', href: '/webhooks', asks: 'delivery.read', about: 'anything' },
] as const satisfies readonly Place[];

/** The address of a part of the navigation. */
export type PlaceHref = (typeof places)[number]['href'];

/** What a page tells of itself besides its values. */
export interface PageParts {
  readonly reader: Reader;
  /** The part of the navigation it belongs to. */
  readonly place?: PlaceHref;
  readonly status?: number;
}

// Below this, compressing costs more than it saves.
const worthCompressing = 2_000;

/** The frame of every page for somebody who is signed in: who they are, where they can go, how it is sent. */
@Injectable()
export class Frame {
  constructor(
    private readonly signedIn: SignedIn,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** Whoever is signed in; otherwise sends them to sign in, from where they come back to what they asked for, and answers nothing. */
  async reader(request: FastifyRequest, reply: FastifyReply): Promise<Reader | undefined> {
    const reader = await this.signedIn.read(request);
    if (reader === undefined) await reply.redirect(request.method === 'GET' && request.url !== '/' ? `/sign-in?to=${encodeURIComponent(request.url)}` : '/sign-in', 303);
    return reader;
  }

  /** Whoever is signed in and has this right about all of the organisation. @throws Problem 403 that says who can. */
  async readerFor(right: Right, request: FastifyRequest, reply: FastifyReply): Promise<Reader | undefined> {
    const reader = await this.reader(request, reply);
    if (reader !== undefined) mustForAll(reader.principal.actor, right, londonDay(this.clock.now()));
    return reader;
  }

  /** Sends a page of `pages/` in the frame. */
  async send(request: FastifyRequest, reply: FastifyReply, page: string, { reader, place, status = 200 }: PageParts, values: object): Promise<void> {
    const today = londonDay(this.clock.now());
    const navigation = places
      .filter(({ asks, about }) => (about === 'anything' ? mayAtAll(reader.principal.actor, asks, today) : mayForAll(reader.principal.actor, asks, today)))
      .map(({ text, href }) => ({ text, href, active: href === place }));
    const html = render(page, { ...values, navigation, signedIn: reader.shown, demo: this.installation.mode === 'demo' });
    await sendHtml(request, reply.status(status), html);
  }
}

/** Sends HTML that nobody keeps, compressed where the browser can take it. */
export async function sendHtml(request: FastifyRequest, reply: FastifyReply, html: string): Promise<void> {
  reply.header('cache-control', 'no-store').header('vary', 'accept-encoding').type('text/html; charset=utf-8');
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!takesGzip || html.length < worthCompressing) return reply.send(html);
  await reply.header('content-encoding', 'gzip').send(gzipSync(html, { level: 4 }));
}
