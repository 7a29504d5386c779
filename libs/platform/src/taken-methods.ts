import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Problem } from './problem.js';

interface Route {
  readonly pattern: readonly string[];
  readonly methods: Set<string>;
}

const refusing = Symbol('refusing other methods');

/**
 * A path that is there, asked with a method it does not take, is answered 405 with what it takes (RFC 9110, sections 15.5.6
 * and 10.2.1), pages as well. The router knows each method's paths apart, so to it such a path is as unknown as any other. Asked by
 * each of several that one process serves, it is done once, and before their paths are known.
 */
export function refuseOtherMethods(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  if (fastify.hasDecorator(refusing)) return;
  fastify.decorate(refusing, true);
  const routes = new Map<string, Route>();

  fastify.addHook('onRoute', ({ url, method }) => {
    const route = routes.get(url) ?? { pattern: url.split('/'), methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    routes.set(url, route);
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(request.is404 ? refusalOf(request, taken(request.url.split('?')[0]!, routes.values())) : undefined);
  });
}

function taken(path: string, routes: Iterable<Route>): string[] {
  const asked = path.split('/');
  const methods = [...routes].filter(({ pattern }) => fits(asked, pattern)).flatMap((route) => [...route.methods]);
  return [...new Set(methods)].sort();
}

function fits(asked: readonly string[], pattern: readonly string[]): boolean {
  return asked.length === pattern.length && pattern.every((part, at) => (part.startsWith(':') ? asked[at] !== '' : part === asked[at]));
}

function refusalOf({ method, url }: { readonly method: string; readonly url: string }, methods: readonly string[]): Problem | undefined {
  if (methods.length === 0) return undefined;
  const allow = methods.join(', ');
  return new Problem({
    status: 405,
    code: 'method.unknown',
    title: 'Not with this method',
    detail: `${method} does nothing here. This path takes ${allow}${url.startsWith('/api/') ? '; GET /api/openapi.json names what each path answers to' : ''}.`,
    headers: { allow },
  });
}
