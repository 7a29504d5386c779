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
    if ((await heading(page)) !== 'Check what will happen') await goOn(page);
    expect(await heading(page)).toBe('Check what will happen');
    await page.click('button[value=confirm]');
    await page.waitForSelector('.govuk-notification-banner--success');
  };
  /** What `as` does, in a window of their own that begins at the page to sign in. From there on links and buttons lead, and no address is typed. */
  const as = async (role: string, does: (page: Page) => Promise<void>) => {
    const page = await signedIn(browser, here, role);
    page.setDefaultTimeout(60_000);
    await does(page);
    await page.context().close();
  };
  const place = (page: Page, name: string) => page.click(`.concordat-nav >> text=${name}`);
  const tab = (page: Page, name: string) => page.click(`main nav a:has-text("${name}")`);
  /** Looks again at the page one is on until it shows this. */
  const shows = (page: Page, selector: string) => eventually(async () => (await page.locator(selector).count()) > 0 || (await page.reload(), undefined), 120_000);
  /** The page of the agreement, found by its name. */
  const found = async (page: Page, title: string) => {
    await place(page, 'Agreements');
    await page.fill('#text', title);
    await page.click('text=Filter');
    await shows(page, `main table a:has-text("${title}")`);
    await page.click(`main table a:has-text("${title}")`);
  };
  const does = (page: Page, what: string) => page.click(`.concordat-actions a:has-text("${what}")`);
  const today = new Date();
  const day = async (page: Page, name: string) => {
    await page.fill(`[name="${name}.day"]`, String(today.getDate()));
    await page.fill(`[name="${name}.month"]`, String(today.getMonth() + 1));
    await page.fill(`[name="${name}.year"]`, String(today.getFullYear()));
  };
  /** What the server of the first demo provider got of this, as its page says, by the links that lead there. */
  const received = async (page: Page, what: string) => {
    await place(page, 'Webhooks');
    await page.click('text=see what it got');
    const told = await eventually(async () => ((await main(page)).includes(what) ? main(page) : (await page.reload(), undefined)), 120_000);
    expect(told).not.toContain('Not verified');
  };

  /** Grants the sign-off that waits in one's work. */
  const granted = async (page: Page, at: string) => {
    await shows(page, `main a[href^="${at}/sign-offs/"]`);
    await page.click(`main a[href^="${at}/sign-offs/"]`);
    await page.check('[name="outcome.is"][value=granted]');
    await confirm(page);
  };

  test('brings real notices in, opens one as an agreement, is refused with reasons, supplies what is missing with those who can, moves it on, and an invited provider hears of it', async () => {
    let [at, title] = ['', ''];
    await as('commissioner', async (page) => {
      await place(page, 'Import');
      await page.setInputFiles('input[type=file]', notices);
      await page.click('main form button:has-text("Upload")');
      await shows(page, 'main table a[href^="/agreements/"]');
      await page.click('main table a[href^="/agreements/"] >> nth=0');
      [at, title] = [new URL(page.url()).pathname, await heading(page)];
      expect(await main(page)).toContain('not evidenced');
      await page.click('text=Move to the next stage');
      expect(await heading(page)).toContain('This cannot be done yet, for 10 reasons');
      await page.click('main a[href*="do/raise-tier"] >> nth=0');
      await page.fill('[name=reason]', 'Advice at a counter, as there always was.');
      await confirm(page);
      await page.click('main a[href*="do/declare-no-conflict"] >> nth=0');
      await confirm(page);
      await page.click('.concordat-checklist a[href*="facts=evaluation"]');
      await page.fill('[name="facts.evaluation.title"]', 'Evaluation');
      await page.fill('[name="facts.evaluation.reference"]', 'DMS/77');
      await confirm(page);
      await page.click('.concordat-checklist a[href*="do/request-sign-off"]');
      await confirm(page);
      await tab(page, 'Overview');
      await does(page, 'Invite a provider');
      await page.locator('main form').getByText('First Demo Provider').click();
      await confirm(page);
    });

    await as('facilitator', async (page) => {
      await found(page, title);
      // A gate rests on what people said where they were asked: it is planned, somebody comes, and then they say which stages matter.
      await page.click('.concordat-checklist a[href*="do/record-stages-that-matter"] >> nth=0');
      await page.click('main a[href*="do/record-attendance"]');
      await page.click('main a[href*="do/plan-activity"]');
      await page.fill('[name=title]', 'An afternoon at the counter');
      await page.fill('[name=groups]', 'People who look for advice');
      await page.check('[name=stage][value=review]');
      await page.check('[name=right][value=consult]');
      await page.check('[name=ledBy][value=staff]');
      await day(page, 'closesOn');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/record-stages-that-matter"] >> nth=0');
      await page.click('main a[href*="do/record-attendance"]');
      await page.check('[name=activity]');
      await page.fill('[name="new:participants"]', '3');
      await day(page, 'on');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/record-stages-that-matter"] >> nth=0');
      await page.fill('[name=group]', 'People who look for advice');
      await page.check('[name=stages][value=review]');
      await page.fill('[name=source]', 'Asked at the counter');
      await page.check('[name=activity]:not([value=""])');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/appoint-evaluator"]');
      await page.click('main a[href*="do/set-criterion"]');
      await page.check('[name="chosenBy.is"][value=staff]');
      await goOn(page);
      await page.fill('[name=title]', 'How they keep people informed');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/appoint-evaluator"]');
      await page.selectOption('[name=evaluator]', { label: 'Demo panel chair' });
      await page.check('[name=of][value=professionals]');
      await page.check('[name=criteria]');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/record-evaluator-training"]');
      await page.check('[name=evaluators]');
      await day(page, 'on');
      await page.fill('[name=source]', 'An evening on how to read an offer');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('.concordat-checklist a[href*="do/record-no-dissent"]');
      await page.fill('[name=source]', 'Asked at the meeting on Monday');
      await confirm(page);
    });
    await as('panel-chair', async (page) => {
      await found(page, title);
      await page.click('.concordat-checklist a[href*="do/declare-no-conflict"]');
      await confirm(page);
    });
    await as('approver:legal-procurement', async (page) => {
      await granted(page, at);
      await found(page, title);
      await page.click('.concordat-checklist a[href*="do/declare-no-conflict"]');
      await page.check('[name=role][value=approver]');
      await confirm(page);
    });

    await as('commissioner', async (page) => {
      await found(page, title);
      await page.click('text=Move to the next stage');
      expect(await main(page)).toContain('First Demo Provider');
      await confirm(page);
      expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
      await received(page, `Verified: concordat.agreement.stage-entered.v1, about ${at.slice('/agreements/'.length)}`);
    });
  }, 600_000);

  test('opens a care agreement of their own, is refused with reasons, supplies what is missing, and a provider that was invited hears of each stage', async () => {
    const ours = 'Night sitting for carers';
    await as('commissioner', async (page) => {
      await place(page, 'Agreements');
      await page.click('text=Open an agreement');
      await page.fill('[name=title]', ours);
      await page.check('[name=kind][value=grant]');
      await page.check('[name="pathway.id"][value=grant]');
      await page.selectOption('[name="route.id"]', 'grant');
      await page.fill('[name="value.amount"]', '£9,000');
      await confirm(page);
      expect(await heading(page)).toBe(ours);
      const at = new URL(page.url()).pathname;
      await page.click('text=Move to the next stage');
      expect(await heading(page)).toContain('This cannot be done yet');
      await page.click(`main a[href*="facts=people-concerned"]`);
      await page.fill('[name="facts.people-concerned"]', '12');
      await confirm(page);
      await page.click('.concordat-checklist a[href*="facts=affected-groups"]');
      await page.fill('[name="facts.affected-groups"]', 'Carers');
      await confirm(page);
      await page.click('.concordat-checklist a:has-text("Declare that you have no interest")');
      await confirm(page);
      await does(page, 'Invite a provider');
      await page.locator('main form').getByText('First Demo Provider').click();
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('text=Move to the next stage');
      expect(await main(page)).toContain('First Demo Provider');
      await confirm(page);
      await received(page, `Verified: concordat.agreement.stage-entered.v1, about ${at.slice('/agreements/'.length)}`);
    });
  }, 300_000);

  test('moves an award on with those who can supply what is missing, and its provider hears that it has it', async () => {
    let at = '';
    await as('commissioner', async (page) => {
      await found(page, care);
      at = new URL(page.url()).pathname;
      await page.click('text=Move to the next stage');
      expect(await heading(page)).toContain('This cannot be done yet, for 4 reasons');
      expect(await main(page)).toMatch(/from the decision-maker \(Demo decision maker\)[^]*from a provider’s signatory/);
      await page.click('main a[href*="discipline=finance"]');
      await confirm(page);
      await tab(page, 'Overview');
      await page.click('text=Move to the next stage');
      await page.click('main a[href*="discipline=legal-procurement"]');
      await confirm(page);
    });

    for (const discipline of ['finance', 'legal-procurement']) {
      await as(`approver:${discipline}`, (page) => granted(page, at));
    }

    await as('decision-maker', async (page) => {
      await found(page, care);
      await does(page, 'Record the decision');
      await page.check('[name="decidedBy.kind"][value=officer]');
      await page.fill('[name="decidedBy.delegation"]', 'Scheme 4.2');
      await page.fill('[name=scheme]', 'Scheme 4.2');
      await page.check('[name="key.is"][value=not-key]');
      await page.check('[name="callIn.is"][value=not-open]');
      await day(page, 'decidedOn');
      await day(page, 'inForceFrom');
      await page.fill('[name=weighed]', 'What people said, the price, and the risk of being alone at night.');
      await confirm(page);
    });

    await as('commissioner', async (page) => {
      await found(page, care);
      await does(page, 'award notice');
      await day(page, 'publishedOn');
      await page.fill('[name=reference]', '2026/S 000-000001');
      await confirm(page);
    });

    await as('provider-signatory', async (page) => {
      await found(page, care);
      await page.click('text=Accept the award');
      if ((await heading(page)) !== 'Check what will happen') await goOn(page);
      await page.click('button[value=confirm]');
      await page.waitForURL(`**${at}**`);
    });

    await as('commissioner', async (page) => {
      await found(page, care);
      await page.click('text=Move to the next stage');
      expect(await main(page)).toContain('First Demo Provider');
      await confirm(page);
      expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
      await received(page, `Verified: concordat.agreement.awarded.v1, about ${at.slice('/agreements/'.length)}`);
    });
  }, 600_000);

  test('sees at last what was delivered and what people were told, who did what and why, and how it stood before', async () => {
    await as('provider-admin', async (page) => {
      await place(page, 'Webhooks');
      await page.click('main table a[href^="/webhooks/"] >> nth=0');
      const row = page.locator('main tbody tr', { hasText: care }).first();
      expect(await row.innerText()).toMatch(/Taken[^]*Attempts/);
      await row.locator('summary').click();
      expect(await row.innerText()).toContain('Answered 204');
    });
    await as('commissioner', async (page) => {
      await place(page, 'Outbox');
      await page.click('main nav >> text=To everybody');
      expect(await main(page)).toMatch(new RegExp(`A sign-off is asked of you\\.[^]*${care}`));
      await found(page, care);
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
