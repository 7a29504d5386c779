import formBody from '@fastify/formbody';
import { Installation } from '@concordat/assembly';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { styles } from './styles.js';

/** What pages need of the server: security headers, protection against forged forms, form bodies, one style sheet. */
export async function prepareConsole(app: NestFastifyApplication): Promise<void> {
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
  await app.register(formBody, { bodyLimit: 1_048_576 });

  const css = styles();
  app
    .getHttpAdapter()
    .getInstance()
    .get('/assets/console.css', (_request, reply) =>
      reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(css),
    );
}
