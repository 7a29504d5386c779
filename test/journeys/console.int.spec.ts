import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chromiumPath, openBrowser, signedIn } from './browser.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';

if (chromiumPath === undefined) console.log('Skipped: there is no Chromium here (apt-get install chromium, or set CHROMIUM), so no page was opened in a browser.');
const withBrowser = chromiumPath === undefined ? describe.skip : describe;

const group = 'People who draw on home care';

withBrowser('the console in a browser', () => {
  let here: TestInstallation;
  let browser: Browser;
  beforeAll(async () => {
    here = await openInstallation({ worker: true });
    browser = await openBrowser();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await here?.close();
  });

  const heading = (page: Page) => page.locator('h1').innerText();
  const confirmed = async (page: Page) => {
    await page.click('main form button:has-text("Continue"):not([aria-hidden])');
    expect(await heading(page)).toBe('Check what will happen');
    await page.click('button[value=confirm]');
  };

  test('without scripts: an agreement is opened, refused with reasons, supplied with what is missing, and moved on', async () => {
    const page = await signedIn(browser, here, 'commissioner');
    await page.click('text=All agreements');
    await page.click('text=Open an agreement');
    await page.click('main form button:has-text("Continue"):not([aria-hidden])');
    expect(await page.locator('.govuk-error-summary li').count()).toBe(4);
    await page.fill('[name=title]', 'Lunch club on Sundays');
    await page.check('[name=kind][value=grant]');
    await page.check('[name="pathway.id"][value=grant]');
    await page.selectOption('[name="route.id"]', 'grant');
    await page.fill('[name="value.amount"]', '£9,000');
    await confirmed(page);
    expect(await heading(page)).toBe('Lunch club on Sundays');
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The agreement was opened');

    await page.click('text=Move to the next stage');
    expect(await heading(page)).toContain('This cannot be done yet');
    await page.click('text=Back');

    await page.click('text=Record all of these at once');
    for (const [name, value] of Object.entries({ 'people-concerned': '12', 'affected-groups': group, description: 'A weekly lunch', 'safeguarding-screen.title': 'Screen', 'safeguarding-screen.reference': 'DMS/1' })) {
      const field = page.locator(`[name="facts.${name}"]`);
      if ((await field.count()) > 0) await field.fill(value);
    }
    await confirmed(page);
    await page.locator('.concordat-checklist >> text=Declare that you have no interest').click();
    await confirmed(page);
    await page.click('text=Move to the next stage');
    expect(await heading(page)).toBe('Check what will happen');
    await page.click('button[value=confirm]');
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
    await page.context().close();
  }, 60_000);

  test('what two people change at once is shown side by side, and nothing typed is lost', async () => {
    const journey = await Journey.opened(here, { title: 'Respite', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' } });
    await journey.facts({ place: 'The north', description: 'Short breaks' });
    const page = await signedIn(browser, here, 'commissioner');
    await page.goto(`/agreements/${journey.id}/do/amend-facts?facts=place`);
    await page.fill('[name="facts.place"]', 'The whole borough');
    await journey.facts({ place: 'The south' });
    await confirmed(page);
    expect(await page.locator('.govuk-notification-banner td').allInnerTexts()).toEqual(['', 'The north', 'The south', 'The whole borough']);
    expect(await page.inputValue('[name="facts.place"]')).toBe('The whole borough');
    // What others changed elsewhere is no conflict.
    await journey.facts({ description: 'Breaks of a weekend' });
    await confirmed(page);
    expect((await journey.seen()).facts).toMatchObject({ place: { value: 'The whole borough' }, description: { value: 'Breaks of a weekend' } });
    await page.context().close();
  }, 60_000);

  test('whoever may not do something is told who can', async () => {
    const journey = await Journey.opened(here, { title: 'Told who can', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' } });
    const page = await signedIn(browser, here, 'auditor');
    const answer = await page.goto(`/agreements/${journey.id}/do/record-decision`);
    expect(answer?.status()).toBe(403);
    expect(await page.locator('main').innerText()).toContain('The decision-maker can (Demo decision maker)');
    await page.context().close();
  });

  test('a sign-off is found in one’s work, read and granted with a condition by the keyboard alone', async () => {
    const journey = await Journey.opened(here, { title: 'Day opportunities', kind: 'contract', pathway: { id: 'standard', version: 1 }, route: { id: 'pa2023-light-touch' } });
    await journey.facts({ 'affected-groups': [group] });
    const signOff = await journey.askedFor('equality');
    const page = await signedIn(browser, here, 'approver:equality');
    const { position } = (await here.as('commissioner').command<{ position: number }>(journey.id, 'hold', { reason: 'for the position' })).body;
    await here.as('commissioner').done(journey.id, 'resume');
    await page.goto(`/?at=${position + 1}`);
    await tabTo(page, `a[href="/agreements/${journey.id}/sign-offs/${signOff}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sign-offs/**');
    await tabTo(page, 'button[value="add outcome.conditions"]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[name="outcome.conditions.0.what"]');
    await tabTo(page, '[name="outcome.is"]');
    await page.keyboard.press('Space');
    await tabTo(page, '[name="outcome.conditions.0.what"]');
    await page.keyboard.type('A ramp');
    for (const [part, typed] of [['day', '1'], ['month', '3'], ['year', '2030']] as const) {
      await tabTo(page, `[name="outcome.conditions.0.dueOn.${part}"]`);
      await page.keyboard.type(typed);
    }
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Check what will happen');
    await tabTo(page, 'button[value=confirm]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=A sign-off was answered');
    expect(await page.locator('main').innerText()).toContain('Condition: A ramp, by 1 March 2030');
    await page.context().close();
  }, 60_000);
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Two hundred presses of Tab never came to ${selector}.`);
}
