import { Installation } from '@concordat/assembly';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { styles } from './styles.js';

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

  const css = styles();
  app
    .getHttpAdapter()
    .getInstance()
    .get('/assets/console.css', (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(css),
    );
}
