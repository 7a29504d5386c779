import { Installation } from '@concordat/assembly';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { render } from './render.js';
import { sheet } from './styles.js';

/** Addresses that people do not look at. */
const forPrograms = /^\/(api|health|metrics)([/?]|$)/;

/** What pages need of the server: security headers, protection against forged forms, one style sheet. */
export function prepareConsole(app: NestFastifyApplication): void {
  const { mode, publicUrl } = app.get(Installation);
  const secure = publicUrl.startsWith('https:');
  app.useSecurityHeaders({
    contentSecurityPolicy: {
      useDefaults: false,
      // No script at all: every page works without.
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    // Over plain http a browser would turn every next request into https, where nobody answers.
    strictTransportSecurity: secure,
  });
  app.enableCsrfProtection({ trustedOrigins: [publicUrl] });

  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(sheet.address, (request, reply) => {
    reply.header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding').type('text/css; charset=utf-8');
    const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
    return takesGzip ? reply.header('content-encoding', 'gzip').send(sheet.gzipped) : reply.send(sheet.plain);
  });
  // What is refused before a page's controller is reached (an unknown address, a forged or oversized form) is told as a page too.
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isProblem = String(reply.getHeader('content-type') ?? '').startsWith('application/problem+json');
    if (!isProblem || typeof payload !== 'string' || forPrograms.test(request.url)) return done(null, payload);
    reply.type('text/html; charset=utf-8');
    done(null, render('problem', { problem: JSON.parse(payload), demo: mode === 'demo' }));
  });
  // What a page cost the server, for whoever looks at the network tab, and for the benchmark.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (String(reply.getHeader('content-type') ?? '').startsWith('text/html')) reply.header('server-timing', `page;dur=${reply.elapsedTime.toFixed(1)}`);
    done(null, payload);
  });
}
