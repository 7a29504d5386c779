import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/** What people are shown instead of a problem's JSON. */
export interface ProblemPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly html: string;
}
/** Undefined where programs ask. */
type Shows = (url: string, problem: string) => ProblemPage | undefined;

const shows = Symbol('how problems are shown to people');

/** Tells the server how a problem is shown where the router reads no address, and so runs no hook. */
export function showUnrouted(app: NestFastifyApplication, show: Shows): void {
  app.getHttpAdapter().getInstance().decorate(shows, show);
}

/** The page of such a problem; undefined where programs ask, or no pages are served. */
export function unroutedPage(server: FastifyInstance, url: string, problem: string): ProblemPage | undefined {
  return server.hasDecorator(shows) ? server.getDecorator<Shows>(shows)(url, problem) : undefined;
}

/** A target in absolute form means its path (RFC 9112, section 3.2.2), for whoever looks at the address as for the router. */
export function pathOf({ url = '/' }: { readonly url?: string }): string {
  if (url.startsWith('/')) return url;
  const path = url.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') || path === url ? path : `/${path}`;
}
