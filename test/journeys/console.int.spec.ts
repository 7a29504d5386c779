import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandNames } from '@concordat/agreement/core';
import { newId } from '@concordat/platform';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../harness/index.js';
import { axeFinds, chromiumPath, openBrowser, signedIn } from './browser.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';

if (chromiumPath === undefined) console.log('Skipped: there is no Chromium here (apt-get install chromium, or set CHROMIUM), so no page was opened in a browser.');
const withBrowser = chromiumPath === undefined ? describe.skip : describe;

// What one first view may cost a telephone on a slow line, style sheet and all.
const mostBytes = 60_000;
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

  test('every page, for every role, at 320 px: axe finds nothing, nothing scrolls sideways, and it is light', async () => {
    const { paths, journey } = await everythingHappened(here);
    const times: number[] = [];
    const wrong: string[] = [];
    const looked = new Set<string>();
    for (const role of ['commissioner', 'approver:equality', 'decision-maker', 'representative', 'facilitator', 'risk-owner', 'auditor', 'administrator', 'provider-admin', 'provider-signatory']) {
      const page = await signedIn(browser, here, role, { javaScriptEnabled: true, bypassCSP: true, viewport: { width: 320, height: 800 } });
      for (const path of role === 'commissioner' ? [...paths, ...formsOf(journey)] : paths) {
        const answer = await page.goto(path);
        if (answer === null || ![200, 403, 404].includes(answer.status())) wrong.push(`${role} ${path}: answered ${answer?.status()}`);
        times.push(Number(/dur=([\d.]+)/.exec(answer?.headers()['server-timing'] ?? '')?.[1]));
        // What looks the same to two people is looked at once.
        const shown = (await page.content()).replace(/value="[0-9a-f-]{36}"/g, '').replace(/<form class="concordat-who"[^]*?<\/form>/, '');
        if (looked.has(shown)) continue;
        looked.add(shown);
        const found = await axeFinds(page);
        if (found.length > 0) wrong.push(`${role} ${path}: ${found.join('; ')}`);
        const sideways = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
        if (sideways > 0) wrong.push(`${role} ${path}: ${sideways} px too wide`);
        if ((await page.locator('h1').count()) !== 1) wrong.push(`${role} ${path}: not one h1`);
      }
      await page.context().close();
    }
    times.sort((a, b) => a - b);
    console.log(`${times.length} pages (B14): server time p50 ${times[Math.floor(times.length / 2)]} ms, p95 ${times[Math.floor(times.length * 0.95)]} ms`);
    expect(wrong).toEqual([]);

    const bytes = await firstView(here, `/agreements/${journey.id}/involvement`);
    console.log(`first view of the heaviest page: ${bytes} bytes`);
    expect(bytes).toBeLessThan(mostBytes);
  }, 240_000);
});

async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 200; presses += 1) {
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Two hundred presses of Tab never came to ${selector}.`);
}

/** An agreement in which something of each kind happened, and every page of it. */
async function everythingHappened(here: TestInstallation): Promise<{ journey: Journey; paths: readonly string[] }> {
  const journey = await Journey.opened(here, { title: 'Everything happened here', kind: 'contract', pathway: { id: 'standard', version: 1 }, route: { id: 'pa2023-light-touch' }, value: { amount: '450000.00', currency: 'GBP' } });
  const { id } = journey;
  const [activity, contribution, theme, risk, statement] = [newId(), newId(), newId(), newId(), newId()];
  const author = newId();
  const on = new Date().toISOString().slice(0, 10);
  const { body: signatory } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  await journey.facts({ 'affected-groups': [group], specification: documentCalled('Specification'), 'people-concerned': 40 });
  await journey.did('facilitator', 'record-what-people-do', { activity: newId(), group: 'Family carers', does: 'They sit up at night.', people: 40, hoursAWeek: 300, dependsOnIt: 'The nights.', needs: '', onRecord: 'public' });
  await journey.did('commissioner', 'plan-involvement', { stage: 'mandate', mode: 'co-commissioning', say: 3, do: 1, groups: [group], method: 'Evenings', people: 5, resources: { is: 'budget', amount: { amount: '500.00', currency: 'GBP' } } });
  await journey.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'An evening', groups: [group], right: 'advise', ledBy: 'together', closesOn: on });
  await journey.did('facilitator', 'record-attendance', { activity, participants: [author, newId()], on });
  await journey.did('representative', 'record-contribution', { contribution, activity, author, text: 'Come earlier in the morning.', givenOn: on });
  await journey.did('facilitator', 'create-theme', { theme, title: 'Mornings' });
  await journey.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
  const score = (likelihood: number, impact: number) => ({ likelihood, impact });
  await journey.did('risk-owner', 'raise-risk', { risk, title: 'Alone at night', bearers: ['service-users'], owner: here.person('risk-owner').person, scores: { 'co-produced': score(3, 4), 'professional-only': score(2, 5), 'not-acting': null } });
  await journey.did('risk-owner', 'seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  await journey.did('representative', 'record-statement', { statement, view: 'object', spokenBy: author, words: 'Nobody should be alone at night.' });
  const open = newId();
  await journey.did('risk-owner', 'raise-risk', { risk: newId(), title: 'Carers are worn out', bearers: ['carers'], owner: here.person('risk-owner').person, scores: { 'co-produced': score(2, 2), 'professional-only': score(4, 4), 'not-acting': score(5, 5) } });
  await journey.did('risk-owner', 'seek-statement', { statement: open, group: 'carers', of: 'carer-led-body', form: 'spoken', advocacyOffered: true });
  const granted = await journey.askedFor('safeguarding');
  await journey.did('approver:safeguarding', 'sign-off', { signOff: granted, versionRead: (await journey.seen()).content['safeguarding'], outcome: { is: 'granted', conditions: [{ what: 'A rota', dueOn: '2030-01-01' }] } });
  const awaited = await journey.askedFor('equality');
  // Nobody listens there, so that its deliveries have attempts that failed.
  const { endpoint } = (await here.as('provider-admin').post<{ endpoint: string }>('/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' })).body;
  await journey.did('commissioner', 'invite-provider', { provider: signatory.roles[0]?.provider });
  await eventually(async () => {
    const { items } = (await here.as('provider-admin').get<{ items: { attempts: object[] }[] }>(`/api/v1/webhook-endpoints/${endpoint}/deliveries`)).body;
    return items.some(({ attempts }) => attempts.length > 0) ? true : undefined;
  }, 25_000);
  await journey.did('commissioner', 'propose-award', { provider: signatory.roles[0]?.provider, value: { amount: '440000.00', currency: 'GBP' } });
  await deliveredAndValued(journey);
  const at = `/agreements/${id}`;
  return {
    journey,
    paths: [
      '/', '/agreements', '/agreements?view=board', '/agreements?view=roadmap', '/agreements?text=nothing+is+called+this', at, `${at}/pathway`, `${at}/involvement`, `${at}/risk`, `${at}/sign-offs`, `${at}/award`, `${at}/delivery`, `${at}/value`, `${at}/tree`, `${at}/decision-paper`, `${at}/history`, `${at}?on=${on}`,
      `${at}/sign-offs/${granted}`, `${at}/sign-offs/${awaited}`, `${at}/statements/${statement}`, `${at}/statements/${open}`, '/agreements/nothing',
      '/risk-settings', '/stand-ins', '/outbox', '/outbox?whose=all', '/outbox/preferences', '/webhooks', '/webhooks/new', '/webhooks/events', `/webhooks/${endpoint}`,
      '/pathways', '/pathways/standard/2', '/pathways/standard/2/simulation', '/agreements/involvement',
      ...(await everythingBrought(here)),
    ],
  };
}

/** Two figures that differ, and everything that is shown beside them. */
async function deliveredAndValued(journey: Journey): Promise<void> {
  const did = (name: string, body: object) => journey.did('contract-manager', name, body);
  const [kpi, obligation, meeting, outcome, cost] = [newId(), newId(), newId(), newId(), newId()];
  const period = (month: string) => ({ startsOn: `2026-${month}-01`, endsOn: `2026-${month}-28` });
  await did('agree-obligation', { obligation, what: 'A report', due: { is: 'once', on: '2026-03-01' }, evidence: 'The report' });
  await did('set-kpi', { kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [obligation] });
  await did('record-observation', { observation: newId(), kpi, period: period('01'), value: 96, source: 'Call log' });
  await did('record-finding', { finding: newId(), kpi, period: period('01'), question: 'Do they come on time?', method: 'By telephone', answers: 34, value: 71 });
  await did('hold-review-meeting', { meeting, on: '2026-02-02', present: 'Both', minutes: documentCalled('Minutes') });
  await did('agree-action', { action: newId(), meeting, what: 'Take the time at the door', owner: journey.here.person('contract-manager').person, dueOn: '2026-02-09' });
  await did('propose-variation', { variation: newId(), what: 'Evenings, too', why: 'People asked for them.', to: { is: 'terms' }, touches: [] });
  await did('name-outcome', { outcome, activity: 'Visits', change: 'Fewer falls', title: 'People stay at home' });
  await did('link-outcome', { link: newId(), outcome, step: 'change-to-outcome', indicator: 'Stays at home', unit: 'percent', holder: 'The council', baseline: 60, target: 80, comparison: 'The year before', visibleFrom: '2036-01-01' });
  for (const [viewer, better] of [['users', 'no'], ['commissioner', 'yes']]) await did('answer-plain-questions', { outcome, viewer, people: 3, on: '2026-02-02', better, becauseOfThis: 'partly', worthIt: 'yes' });
  await did('name-benefit', { benefit: newId(), outcome, what: 'More people at home', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 12 }, comparison: 'The year before' });
  await did('record-cost', { cost: newId(), outcome, period: period('01'), spent: { amount: '1200.00', currency: 'GBP' }, units: 10, hours: 40 });
  await did('record-cost', { cost, outcome, period: period('02'), spent: { amount: '900.00', currency: 'GBP' }, units: 10, hours: 70 });
  await journey.did('facilitator', 'record-hours-wanted', { cost, wanted: 2, ratherNot: 5, on: '2026-03-02' });
}

/** Notices taken over, a register imported and one that waits, a row kept: and every page of them. */
async function everythingBrought(here: TestInstallation): Promise<readonly string[]> {
  const api = here.as('commissioner');
  const sent = async (path: string, body: string) => (await api.send<{ id: string }>('POST', path, { body, headers: { 'content-type': 'application/octet-stream' } })).body.id;
  const register = 'Ref,Title,Provider,Lead,Value,End date\nC-1,Home care,Harbour Ltd,Adults,£12m,31/03/2030\nC-2,Lunch club,Harbour Ltd,,,rolling\nC-3,Night shelter,North Trust,Housing,5000,12/31/2030\n';
  const [imported, waiting] = [await sent('/api/v1/contracts/imports', register), await sent('/api/v1/contracts/imports', register)];
  await api.post(`/api/v1/contracts/imports/${imported}/confirm`, { columns: { Ref: 'reference', Title: 'title', Provider: 'provider', Lead: 'lead', Value: 'value', 'End date': 'endsOn' } });
  const notices = await sent('/api/v1/imports', JSON.stringify([{ ocid: 'ocds-c-1', tender: { title: 'Refurbishment of the lunch club' } }, 'nothing']));
  const first = async (path: string) => (await api.get<{ items: { id: string }[] }>(path)).body.items[0]!.id;
  const [contract, row] = [await first('/api/v1/contracts'), await first('/api/v1/contracts/kept-rows')];
  return [
    '/imports', `/imports/${notices}`, `/imports/${notices}/agreements`, `/imports/${notices}/rejected`, `/imports/${notices}/found/release-id-missing`, `/imports/registers/${imported}`, `/imports/registers/${waiting}`,
    '/register', '/register?view=clashes', '/register/groups?by=provider', '/register/kept', `/register/kept/${row}`, `/register/contracts/${contract}`, `/register/contracts/${contract}/take-over`, '/register/settings', '/register/settings/tender',
  ];
}

/** The form of every command. */
function formsOf({ id }: Journey): readonly string[] {
  return ['/agreements/new', ...commandNames.filter((name) => name !== 'open-agreement').map((name) => `/agreements/${id}/do/${name}`)];
}

/** Bytes over the wire of a page and its sheet, compressed as a browser takes them. */
async function firstView(here: TestInstallation, path: string): Promise<number> {
  const cookie = await cookieOf(here);
  const headers = { cookie, 'accept-encoding': 'gzip' };
  const page = await here.with().send('GET', path, { headers });
  const sheet = /href="(\/assets\/[^"]+\.css)"/.exec(page.text)?.[1] ?? '';
  const { gzipSync } = await import('node:zlib');
  const css = await here.with().send('GET', sheet, { headers });
  if (css.headers.get('content-encoding') !== 'gzip' || page.headers.get('content-encoding') !== 'gzip') throw new Error('The page or its sheet came uncompressed.');
  return gzipSync(page.text, { level: 4 }).length + gzipSync(css.text).length;
}

async function cookieOf(here: TestInstallation): Promise<string> {
  const answer = await here.with().send('POST', '/sign-in', {
    headers: { 'content-type': 'application/x-www-form-urlencoded', origin: here.origin },
    body: new URLSearchParams({ person: here.person('commissioner').person }).toString(),
  });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
