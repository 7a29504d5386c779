import { Installation } from '@concordat/assembly';
import { refuseOtherMethods, showUnrouted } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { render } from './render.js';
import { sheet } from './styles.js';

/** Addresses that people do not look at. */
const forPrograms = /^\/(api|health|metrics)([/?]|$)/;
/** Of these the API's page is looked at all the same. */
const apiItself = '/api/v1/';

/** What a page tells the browser, as helmet 8 does (OWASP Secure Headers), but for no script at all: every page works without. */
const pageHeaders = {
  'content-security-policy': "default-src 'none';style-src 'self';img-src 'self' data:;form-action 'self';frame-ancestors 'none';base-uri 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'SAMEORIGIN',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};
/** Over plain http a browser would turn every next request into https, where nobody answers. */
const transportSecurity = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };

/** What pages need of the server: security headers, protection against forged forms, one style sheet. */
export function prepareConsole(app: NestFastifyApplication): void {
  const { mode, publicUrl } = app.get(Installation);
  const secure = publicUrl.startsWith('https:');
  const headers = { ...pageHeaders, ...(secure && transportSecurity) };
  app.enableCsrfProtection({ trustedOrigins: [publicUrl] });

  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, reply, done) => {
    // Programs are told none of what holds for browsers: eleven headers cost a command a tenth of its time.
    if (!request.url.startsWith(apiItself)) reply.headers(headers);
    else if (secure) reply.headers(transportSecurity);
    done();
  });
  refuseOtherMethods(app);
  const shown = (problem: string) => render('problem', { problem: JSON.parse(problem), demo: mode === 'demo' });
  showUnrouted(app, (url, problem) => (forPrograms.test(url) ? undefined : { headers: { ...headers, 'content-type': 'text/html; charset=utf-8' }, html: shown(problem) }));
  fastify.get(sheet.address, (request, reply) => {
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding').type('text/css; charset=utf-8');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return takesGzip ? reply.header('content-encoding', 'gzip').send(sheet.gzipped) : reply.send(sheet.plain);
  });
  // Read by its page, while it arrives.
  fastify.addContentTypeParser('multipart/form-data', (_request, _body, done) => done(null));
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (request.url.startsWith(apiItself)) return done(null, payload);
    // What is refused before a page's controller is reached (an unknown address, a forged or oversized form) is told as a page too.
    const isProblem = String(reply.getHeader('content-type') ?? '').startsWith('application/problem+json');
    const tell = isProblem && typeof payload === 'string' && !forPrograms.test(request.url);
    if (tell) reply.type('text/html; charset=utf-8');
    // What a page cost the server, for whoever looks at the network tab, and for the benchmark.
    const answer = tell ? shown(payload) : payload;
    if (String(reply.getHeader('content-type') ?? '').startsWith('text/html')) reply.header('server-timing', `page;dur=${reply.elapsedTime.toFixed(1)}`);
    done(null, answer);
  });
}
