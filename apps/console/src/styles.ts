import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';

/**
 * The design system's rules and ours, as one sheet. Its font face is taken out and its family replaced: GDS Transport may
 * be used on GOV.UK alone, and this is no part of GOV.UK.
 */
function css(): string {
  const system = readFileSync(createRequire(import.meta.url).resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8');
  const ours = readFileSync(new URL('./pages/console.css', import.meta.url), 'utf8');
  return `${system
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/"?GDS Transport"?\s*,\s*/g, '')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '')}\n${ours}`;
}

const plain = Buffer.from(css());

/** The one sheet of all pages. Its address holds a hash of it, so that a browser may keep it for good. */
export const sheet = {
  address: `/assets/console-${createHash('sha256').update(plain).digest('hex').slice(0, 12)}.css`,
  plain,
  gzipped: gzipSync(plain, { level: 9 }),
} as const;
