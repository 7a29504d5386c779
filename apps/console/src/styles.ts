import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * The design system's rules and ours, as one sheet. Its font face is taken out and its family replaced: GDS Transport may
 * be used on GOV.UK alone, and this is no part of GOV.UK.
 */
export function styles(): string {
  const system = readFileSync(createRequire(import.meta.url).resolve('govuk-frontend/dist/govuk/govuk-frontend.min.css'), 'utf8');
  const ours = readFileSync(new URL('./pages/console.css', import.meta.url), 'utf8');
  return `${system
    .replace(/@font-face\s*\{[^}]*\}/g, '')
    .replace(/"?GDS Transport"?\s*,\s*/g, '')
    .replace(/\/\*# sourceMappingURL=.*?\*\//g, '')}\n${ours}`;
}
