import { Installation } from '@concordat/assembly';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { sheet } from './styles.js';

/** What pages need of the server: security headers, protection against forged forms, one style sheet. */
export function prepareConsole(app: NestFastifyApplication): void {
  const { publicUrl } = app.get(Installation);
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
  // What a page cost the server, for whoever looks at the network tab, and for the benchmark.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (String(reply.getHeader('content-type') ?? '').startsWith('text/html')) reply.header('server-timing', `page;dur=${reply.elapsedTime.toFixed(1)}`);
    done(null, payload);
  });
}
