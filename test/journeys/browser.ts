import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { TestInstallation } from './installation.js';

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium stands: CHROMIUM names one, or one is where Debian puts it. */
export const chromiumPath = [process.env['CHROMIUM'] ?? '', ...usual].find((path) => path !== '' && existsSync(path));

/** A real Chromium. @throws Error where there is none: ask `chromiumPath` first. */
export function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('There is no Chromium here.');
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
}

/** A page of a window of its own, signed in as a demo person by their form. */
export async function signedIn(browser: Browser, here: TestInstallation, role: string, o: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 }, baseURL: here.origin, ...o });
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.click(`main button[value="${here.person(role).person}"]`);
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds on the page as it stands: rule and place. The page's window must let scripts run, past its policy. */
export async function axeFinds(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ content: axe });
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }> } };
    const { violations } = await checker.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).slice(0, 3).join(' | ')}`);
  });
}
