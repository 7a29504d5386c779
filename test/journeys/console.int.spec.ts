import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../harness/index.js';
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
    await page.locator('.concordat-checklist >> text=Declare that you have no interest').first().click();
    await confirmed(page);
    await page.click('text=Move to the next stage');
    expect(await heading(page)).toBe('Check what will happen');
    expect(await page.locator('main').innerText()).toContain('A gate opened, and an agreement moved on. A message goes to Demo ');
    await page.click('button[value=confirm]');
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
    await page.context().close();
  }, 60_000);

  test('what two people change at once is shown side by side, and nothing typed is lost', async () => {
    const journey = await Journey.opened(here, { title: 'Respite', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
    await journey.facts({ place: 'The north', description: 'Short breaks' });
    const page = await signedIn(browser, here, 'commissioner');
    await page.goto(`/agreements/${journey.id}/do/amend-facts?facts=place`);
    await page.fill('[name="facts.place"]', 'The whole borough');
    await journey.facts({ place: 'The south' });
    await confirmed(page);
    const versions = page.locator('.govuk-notification-banner td');
    expect(await versions.allInnerTexts()).toEqual(['The north', 'The south', 'The whole borough']);
    // On a telephone, too, none of them stands where one must scroll sideways to.
    const wide = page.viewportSize()!;
    await page.setViewportSize({ width: 320, height: 800 });
    const boxes = await Promise.all([0, 1, 2].map((at) => versions.nth(at).boundingBox()));
    expect(boxes.filter((box) => box === null || box.x + box.width > 320)).toEqual([]);
    await page.setViewportSize(wide);
    expect(await page.inputValue('[name="facts.place"]')).toBe('The whole borough');
    // What others changed elsewhere is no conflict.
    await journey.facts({ description: 'Breaks of a weekend' });
    await confirmed(page);
    expect((await journey.seen()).facts).toMatchObject({ place: { value: 'The whole borough' }, description: { value: 'Breaks of a weekend' } });
    // History says by whom, why, and what it was before.
    await here.as('commissioner').done(journey.id, 'hold', { reason: 'Snow' });
    await page.goto(`/agreements/${journey.id}/history`);
    const [held, moved] = [0, 1].map((at) => page.locator('.concordat-history__event').nth(at));
    expect(await held!.innerText()).toContain('Reason: Snow');
    expect(await moved!.innerText()).toContain('Demo commissioner');
    expect([await moved!.locator('del').allInnerTexts(), await moved!.locator('ins').allInnerTexts()]).toEqual([['The south'], ['The whole borough']]);
    await page.context().close();
  }, 60_000);

  test('whoever may not do something is told who can', async () => {
    const journey = await Journey.opened(here, { title: 'Told who can', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
    const page = await signedIn(browser, here, 'auditor');
    const answer = await page.goto(`/agreements/${journey.id}/do/record-decision`);
    expect(answer?.status()).toBe(403);
    expect(await page.locator('main').innerText()).toContain('The decision-maker (Demo decision maker) can.');
    await page.context().close();
  });

  test('a sign-off is found in one’s work, read and granted with a condition by the keyboard alone', async () => {
    const journey = await Journey.opened(here, { title: 'Day opportunities', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [] });
    // What a sign-off is granted on is done while the contract runs.
    await journey.facts({ 'affected-groups': [group], 'contract-period': { startsOn: '2026-01-01', endsOn: '2030-12-31' } });
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

  test('the decision paper is printed on one page of A4, however long the name and many the sign-offs', async () => {
    const journey = await Journey.opened(here, { title: 'Emergency residential placements for young people with highly challenging behaviour and complex needs, Hertford hub, second sourcing', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '900000.00', currency: 'GBP' } });
    for (const discipline of ['sponsor', 'safeguarding', 'finance', 'legal-procurement', 'equality', 'information-governance', 'clinical-quality']) await journey.askedFor(discipline);
    for (const stage of ['needs', 'priorities', 'design', 'sourcing']) {
      await journey.did('commissioner', 'plan-involvement', { stage, mode: 'co-design', say: 3, do: 1, groups: [group], method: 'Evenings', people: 5, resources: { is: 'nothing-needed', group, because: 'They meet anyway.' }, accessCosts: { is: 'nothing-needed', group, because: 'It is next door.' } });
    }
    const page = await signedIn(browser, here, 'commissioner');
    await page.goto(`/agreements/${journey.id}/decision-paper`);
    const printed = await page.pdf({ format: 'A4' });
    expect(printed.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(1);
  });

  test('by the keyboard alone: somebody signs in, opens their work, supplies a fact, and moves an agreement past the page that says what will happen', async () => {
    const journey = await Journey.opened(here, { title: 'Lunch on Mondays', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: { amount: '9000.00', currency: 'GBP' } });
    await journey.facts({ 'affected-groups': [group] });
    await journey.declaredNoConflict('commissioner');
    const page = await atTheKeyboard();
    await press(page, theCommissioner(), '/');
    await press(page, '.concordat-nav a[href="/agreements"]', '/agreements');
    await press(page, '.concordat-nav a[href="/"]', '/');
    expect(await heading(page)).toBe('My work');
    await press(page, '.concordat-nav a[href="/agreements"]', '/agreements');
    const link = `main a[href="/agreements/${journey.id}"]`;
    await eventually(async () => (await page.locator(link).count()) > 0 || (await page.reload(), undefined), 20_000);
    await press(page, link, `/agreements/${journey.id}`);
    // What is still missing is supplied from the checklist of the gate.
    await press(page, '.concordat-checklist a[href*="facts=people-concerned"]', `/agreements/${journey.id}/do/amend-facts`);
    await tabTo(page, '[name="facts.people-concerned"]');
    await page.keyboard.type('12');
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Check what will happen');
    await press(page, 'button[value=confirm]', `/agreements/${journey.id}`);
    await press(page, `main a[href="/agreements/${journey.id}/do/request-gate"]`, `/agreements/${journey.id}/do/request-gate`);
    expect(await heading(page)).toBe('Check what will happen');
    await press(page, 'button[value=confirm]', `/agreements/${journey.id}`);
    expect(await page.locator('.govuk-notification-banner').innerText()).toContain('The gate opened');
    await page.context().close();
  }, 60_000);

  test('by the keyboard alone: a file is brought in', async () => {
    const page = await atTheKeyboard();
    await press(page, theCommissioner(), '/');
    await press(page, '.concordat-nav a[href="/imports"]', '/imports');
    await tabTo(page, 'input[type=file]');
    // The window in which a file is chosen is the system's: the field that opens it is had by the keyboard.
    await page.setInputFiles('input[type=file]:focus', { name: 'notice.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify([{ ocid: 'ocds-k-1', tender: { title: 'Sunday lunches' } }])) });
    await press(page, 'main form button:has-text("Upload")', /^\/imports\/./);
    await eventually(async () => (await page.locator('main').innerText()).includes('Sunday lunches') || (await page.reload(), undefined), 20_000);
    await page.context().close();
  }, 60_000);

  /** At the page to sign in, in a window without scripts in which no mouse is ever moved. */
  const atTheKeyboard = async (): Promise<Page> => {
    const page = await (await browser.newContext({ javaScriptEnabled: false, baseURL: here.origin })).newPage();
    await page.goto('/sign-in');
    return page;
  };
  const theCommissioner = () => `main button[value="${here.person('commissioner').person}"]`;
});

/** Goes to it with the Tab key, presses Enter, and arrives. */
async function press(page: Page, selector: string, to: string | RegExp): Promise<void> {
  await tabTo(page, selector);
  await page.keyboard.press('Enter');
  await page.waitForURL(({ pathname }) => (typeof to === 'string' ? pathname === to : to.test(pathname)));
}

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Two hundred presses of Tab never came to ${selector}.`);
}
