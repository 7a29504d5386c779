import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CommandName } from '@concordat/agreement/core';
import nunjucks from 'nunjucks';
import { commandWords } from './words/en.js';
import { sheet } from './styles.js';

const designSystem = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist');
const pages = fileURLToPath(new URL('./pages', import.meta.url));
const environment = new nunjucks.Environment(new nunjucks.FileSystemLoader([pages, designSystem]), { autoescape: true, throwOnUndefined: false });
environment.addGlobal('sheet', sheet.address);
environment.addGlobal('commandTitle', (command: CommandName) => commandWords[command].title);

/** A page of `pages/` as HTML; every value is escaped. */
export function render(page: string, values: object): string {
  return environment.render(`${page}.njk`, values);
}
