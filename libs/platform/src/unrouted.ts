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

/**
 * What a target means, for whoever looks at the address as for the router: one in absolute form its path (RFC 9112, section 3.2.2), and
 * an encoded letter or digit itself (RFC 3986, section 6.2.2.2). One that is encoded wrongly stays, for the router to refuse.
 */
export function pathOf({ url = '/' }: { readonly url?: string }): string {
  const plain = /%(?![\da-f]{2})/i.test(url) ? url : url.replaceAll(/%(3\d|[46][1-9a-f]|[57][\da])/gi, (encoded) => decodeURIComponent(encoded));
  if (plain.startsWith('/')) return plain;
  const path = plain.replace(/^https?:\/\/[^/?#]*/i, '');
  return path.startsWith('/') || path === plain ? path : `/${path}`;
}
