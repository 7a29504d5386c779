import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { axeFinds, chromiumPath, openBrowser } from './browser.js';
import { openInstallation, type TestInstallation } from './installation.js';

if (chromiumPath === undefined) console.log('Skipped: there is no Chromium here (apt-get install chromium, or set CHROMIUM), so the page of the API was not opened in a browser.');
const withBrowser = chromiumPath === undefined ? describe.skip : describe;

withBrowser('the page of the API in a browser', () => {
  let here: TestInstallation;
  let browser: Browser;
  beforeAll(async () => {
    here = await openInstallation({ seeded: false });
    browser = await openBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await here?.close();
  });

  test.each([320, 1280])('at %i px: axe finds nothing and nothing scrolls sideways, folded or not', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 800 }, bypassCSP: true });
    await page.goto(`${here.origin}/api/docs`);
    const looked = async () => [await axeFinds(page), await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')];
    expect(await looked()).toEqual([[], 0]);
    await page.evaluate('document.querySelectorAll("details").forEach((one) => { one.open = true; })');
    expect(await looked()).toEqual([[], 0]);
    await page.close();
  }, 60_000);

  test('without scripts: what an operation takes unfolds by the keyboard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${here.origin}/api/docs#hold`);
    const article = page.locator('article', { has: page.locator('#hold') });
    await article.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await article.locator('li:visible').allInnerTexts()).toContainEqual(expect.stringMatching(/^body reason, string/));
    await context.close();
  }, 30_000);
});
