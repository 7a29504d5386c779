import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../harness/index.js';
import { chromiumPath, openBrowser, signedIn } from './browser.js';
import { openInstallation, type TestInstallation } from './installation.js';

if (chromiumPath === undefined) console.log('Skipped: there is no Chromium here (apt-get install chromium, or set CHROMIUM), so nobody used the demo for the first time.');
const withBrowser = chromiumPath === undefined ? describe.skip : describe;

const notices = fileURLToPath(new URL('../data/uk/contracts-finder-2015-health-and-social-care.json', import.meta.url));
const care = 'Emergency Residential Placements';

withBrowser('somebody who uses the demo for the first time, without scripts', () => {
  let here: TestInstallation;
  let browser: Browser;
  beforeAll(async () => {
    here = await openInstallation({ worker: true, history: true });
    browser = await openBrowser();
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await here?.close();
  });

  const heading = (page: Page) => page.locator('h1').innerText();
  const main = (page: Page) => page.locator('main').innerText();
  const goOn = (page: Page) => page.click('main form button:has-text("Continue"):not([aria-hidden])');
  const confirm = async (page: Page) => {
    expect(await heading(page)).toBe('Check what will happen');
    await page.click('button[value=confirm]');
    await page.waitForSelector('.govuk-notification-banner--success');
  };
  /** What `as` does, in a window of their own. */
  const as = async (role: string, does: (page: Page) => Promise<void>) => {
    const page = await signedIn(browser, here, role);
    page.setDefaultTimeout(60_000);
    await does(page);
    await page.context().close();
  };
  /** The page of the agreement, found by its name. */
  const found = async (page: Page) => {
    await page.click('nav >> text=Agreements');
    await page.fill('#text', care);
    await page.click('text=Filter');
    await page.click(`main table a:has-text("${care}")`);
  };
  const today = new Date();
  const day = async (page: Page, name: string) => {
    await page.fill(`[name="${name}.day"]`, String(today.getDate()));
    await page.fill(`[name="${name}.month"]`, String(today.getMonth() + 1));
    await page.fill(`[name="${name}.year"]`, String(today.getFullYear()));
  };

  test('brings real notices in, and finds them as agreements', async () => {
    await as('commissioner', async (page) => {
      await page.goto('/imports');
      await page.setInputFiles('input[type=file]', notices);
      await page.click('main form button:has-text("Upload")');
      await eventually(async () => {
        await page.reload();
        return (await page.locator('main table a[href^="/agreements/"]').count()) > 0 ? true : undefined;
      }, 120_000);
      await page.click('main table a[href^="/agreements/"] >> nth=0');
      expect(await main(page)).toContain('not evidenced');
    });
  }, 300_000);

  test('opens a care agreement, is refused with reasons, supplies what is missing with those who can, moves it on, and its provider hears of it', async () => {
    let at = '';
    await as('commissioner', async (page) => {
      await found(page);
      at = new URL(page.url()).pathname;
      await page.click('text=Move to the next stage');
      expect(await heading(page)).toContain('This cannot be done yet, for 4 reasons');
      expect(await main(page)).toMatch(/from the decision-maker \(Demo decision maker\)[^]*from a provider’s signatory/);
      for (const discipline of ['finance', 'legal-procurement']) {
        await page.goto(`${at}/do/request-gate`);
        await page.click(`main a[href*="discipline=${discipline}"]`);
        if ((await heading(page)) !== 'Check what will happen') await goOn(page);
        await confirm(page);
      }
    });

    for (const discipline of ['finance', 'legal-procurement']) {
      await as(`approver:${discipline}`, async (page) => {
        await eventually(async () => {
          await page.goto('/');
          return (await page.locator(`main a[href^="${at}/sign-offs/"]`).count()) > 0 ? true : undefined;
        }, 60_000);
        await page.click(`main a[href^="${at}/sign-offs/"]`);
        await page.check('[name="outcome.is"][value=granted]');
        await goOn(page);
        await confirm(page);
      });
    }

    await as('decision-maker', async (page) => {
      await page.goto(`${at}/do/record-decision`);
      await page.check('[name="decidedBy.kind"][value=officer]');
      await page.fill('[name="decidedBy.delegation"]', 'Scheme 4.2');
      await page.fill('[name=scheme]', 'Scheme 4.2');
      await page.check('[name="key.is"][value=not-key]');
      await page.check('[name="callIn.is"][value=not-open]');
      await day(page, 'decidedOn');
      await day(page, 'inForceFrom');
      await page.fill('[name=weighed]', 'What people said, the price, and the risk of being alone at night.');
      await goOn(page);
      await confirm(page);
    });

    await as('commissioner', async (page) => {
      await page.goto(`${at}/do/publish-award-notice`);
      await day(page, 'publishedOn');
      await page.fill('[name=reference]', '2026/S 000-000001');
      await goOn(page);
      await confirm(page);
    });

    await as('provider-signatory', async (page) => {
      await page.goto(at);
      await page.click('text=Accept the award');
      if ((await heading(page)) !== 'Check what will happen') await goOn(page);
      await page.click('button[value=confirm]');
      await page.waitForURL(`**${at}**`);
    });

    await as('commissioner', async (page) => {
      await page.goto(at);
      await page.click('text=Move to the next stage');
      expect(await main(page)).toContain('First Demo Provider');
      await confirm(page);
      expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
      const told = await eventually(async () => {
        await page.goto('/demo/receiver');
        const shown = await main(page);
        return shown.includes(`Verified: concordat.agreement.awarded.v1, about ${at.slice('/agreements/'.length)}`) ? shown : undefined;
      }, 120_000);
      expect(told).not.toContain('Not verified');
    });
  }, 600_000);

  test('sees at last what was delivered and what people were told, who did what and why, and how it stood before', async () => {
    await as('provider-admin', async (page) => {
      await page.click('nav >> text=Webhooks');
      await page.click('main table a[href^="/webhooks/"] >> nth=0');
      const row = page.locator('main tbody tr', { hasText: care }).first();
      expect(await row.innerText()).toMatch(/Taken[^]*Attempts/);
      await row.locator('summary').click();
      expect(await row.innerText()).toContain('Answered 204');
    });
    await as('commissioner', async (page) => {
      await page.click('nav >> text=Outbox');
      await page.click('main nav >> text=To everybody');
      expect(await main(page)).toMatch(new RegExp(`A sign-off is asked of you\\.[^]*${care}`));
      await found(page);
      await page.click('main nav >> text=History');
      expect(await main(page)).toMatch(/The gate opened[^]*Demo commissioner/);
      await page.click('main nav >> text=Overview');
      const before = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
      await page.fill('#on', before);
      await page.click('main button:has-text("Show")');
      expect(await main(page)).toMatch(/This is how it stood at the end of [^]*Sourcing/);
    });
  }, 120_000);
});
