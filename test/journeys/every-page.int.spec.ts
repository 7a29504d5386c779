import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isProviderRole, type Right, type Role, roles, rightsOf, takesPart } from '@concordat/access/core';
import { admits, type CommandName, commandNames, rightOf } from '@concordat/agreement/core';
import { ConsoleModule } from '@concordat/console';
import { newId } from '@concordat/platform';
import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, MODULE_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import type { Browser } from 'playwright-core';
import { chromiumPath, Inspector, openBrowser } from './browser.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { everythingHappened, type PageScene } from './page-scene.js';
import { type PageRow, pageTable } from './page-table.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

if (chromiumPath === undefined) console.log('Skipped: there is no Chromium here (apt-get install chromium, or set CHROMIUM), so no page was opened in a browser.');
const withBrowser = chromiumPath === undefined ? describe.skip : describe;

// What one first view may cost a telephone on a slow line, style sheet and all.
const mostBytes = 60_000;

/** Somebody of every role, as `demo-keys` calls them, and one of a provider that is a party of nothing. */
const everyRole: readonly (readonly [string, Role])[] = [...roles.map((role) => [role === 'approver' ? 'approver:equality' : role, role] as const), ['provider-admin:second', 'provider-admin']];

const routes = routesOf();
const rows = Object.values(pageTable).flat();

test('every page of the console has a row that says who is shown it', () => {
  const forgotten = routes.filter((route) => !Object.hasOwn(pageTable, route)).map((route) => `${route} has no row in page-table.ts: say there who is shown it.`);
  const gone = Object.keys(pageTable).filter((route) => !routes.includes(route)).map((route) => `page-table.ts has a row for ${route}, which is no page any more.`);
  expect([...forgotten, ...gone]).toEqual([]);
});

withBrowser('every page, at 320 px: axe finds nothing, nothing scrolls sideways, it is light, and shown to whom it is meant for', () => {
  let here: TestInstallation;
  let browser: Browser;
  let inspector: Inspector;
  let scene: PageScene;
  let sheetBytes: number;
  /** What was looked at, without what differs at each view. */
  const looked = new Set<string>();
  const times: number[] = [];

  beforeAll(async () => {
    here = await openInstallation({ worker: true });
    scene = await everythingHappened(here);
    browser = await openBrowser();
    inspector = await Inspector.open(browser, here);
    const { html } = await new Visitor(here.origin).get('/sign-in');
    sheetBytes = bytesOf(await new Visitor(here.origin).get(/href="(\/assets\/[^"]+\.css)"/.exec(html)![1]!));
  }, 120_000);
  afterAll(async () => {
    times.sort((a, b) => a - b);
    console.log(`${times.length} pages (B14): server time p50 ${times[Math.floor(times.length / 2)]} ms, p95 ${times[Math.floor(times.length * 0.95)]} ms; ${inspector.seen}`);
    await browser?.close();
    await here?.close();
  });

  /** What is wrong with a page that should be answered so. */
  const faults = async (what: string, page: Page, status: number): Promise<readonly string[]> => {
    if (page.status !== status) return [`${what}: answered ${page.status}, not ${status}`];
    const bytes = bytesOf(page) + sheetBytes;
    times.push(Number(/dur=([\d.]+)/.exec(page.headers.get('server-timing') ?? '')?.[1]));
    const found = [...faultsOf(page), ...(bytes > mostBytes ? [`is ${bytes} bytes at first view`] : [])];
    // What looks the same to two people is looked at once: who they are stands in a form of its own, and every form has a key of its own.
    const shown = page.html.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id').replace(/<p class="govuk-body-s govuk-!-margin-bottom-0">[^]*?<a class="govuk-link" href="\/stand-ins">/, '');
    if (!looked.has(shown)) found.push(...(await inspector.faults(page.html)));
    looked.add(shown);
    return found.map((fault) => `${what}: ${fault}`);
  };
  const signedIn = async (called: string): Promise<Visitor> => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, called);
    return visitor;
  };

  test('whoever looks at them sees grey on grey, a picture without a name, a list out of order and what is too wide', async () => {
    const { html } = await new Visitor(here.origin).get('/sign-in');
    const spoilt = html.replace('</h1>', '</h1><img src="data:,"><p class="govuk-button--disabled govuk-hint" style="color:#ddd">grey</p><ol><p>no item</p></ol><div style="width:400px">wide</div>');
    const found = await inspector.faults(spoilt);
    expect(found.map((fault) => fault.replace(/:.*/, '')).sort()).toEqual(['95 px too wide', 'color-contrast', 'image-alt', 'list']);
  });

  test.each(everyRole)('as the %s sees it', async (called, role) => {
    const visitor = await signedIn(called);
    const wrong: string[] = [];
    for (const row of rows) {
      for (const path of row.paths(scene)) {
        const page = await visitor.get(path);
        const status = statusFor(row, called, role);
        if (status === 303) wrong.push(...(page.status === 303 && page.headers.get('location')?.split('?')[0] === `/agreements/${scene.agreement}` ? [] : [`${path}: answered ${page.status}, and does not lead to the overview`]));
        else if (row.file !== true || status !== 200) wrong.push(...(await faults(path, page, status)), ...offeredOn(page).filter((name) => !holds(role, rightOf[name])).map((name) => `${path}: offers ${name}`));
        else if (page.status !== 200 || page.headers.get('content-type')?.startsWith('text/html')) wrong.push(`${path}: is no file: ${page.status} ${page.headers.get('content-type')}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('as nobody sees it who is not signed in', async () => {
    const wrong: string[] = [];
    for (const row of rows) {
      for (const path of row.paths(scene)) {
        const page = await new Visitor(here.origin).get(path);
        if (row.asks === 'nobody') wrong.push(...(await faults(path, page, 200)));
        else if (page.status !== 303 || !/^\/sign-in(\?to=|$)/.test(page.headers.get('location') ?? '')) wrong.push(`${path}: answered ${page.status}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  const forms = commandNames.filter((name) => name !== 'open-agreement');
  const formOf = (name: CommandName) => `/agreements/${scene.agreement}/do/${name}`;

  test('the form of every command, as the commissioner sees it', async () => {
    const visitor = await signedIn('commissioner');
    const wrong: string[] = [];
    for (const name of forms) wrong.push(...(await faults(formOf(name), await visitor.get(formOf(name)), holds('commissioner', rightOf[name]) ? 200 : 403)));
    expect(wrong).toEqual([]);
  }, 180_000);

  test('the form of every command that is not the commissioner’s, as somebody sees it who may send it', async () => {
    const wrong: string[] = [];
    for (const name of forms.filter((one) => !holds('commissioner', rightOf[one]))) {
      // To the condition of a gate agrees who signs for its discipline, and not everybody who signs.
      const [called] = everyRole.find(([, role]) => holds(role, rightOf[name]) && (role === 'approver' || name !== 'agree-condition-for-discipline'))!;
      // What is proposed here is not offered yet: until it is, its provider is told no more than any other.
      wrong.push(...(await faults(`${called} ${formOf(name)}`, await (await signedIn(called)).get(formOf(name)), name === 'accept-award' ? 403 : 200)));
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  test('what only a form leads to: what will happen, why it cannot be yet, what was typed wrong, two who were quicker, a secret shown once', async () => {
    const [commissioner, provider, stranger] = [await signedIn('commissioner'), await signedIn('provider-admin'), new Visitor(here.origin)];
    const wrong: string[] = [];
    const sent = async (who: Visitor, path: string, fields: Readonly<Record<string, string>>, status: number, heading: string) => {
      const page = await who.post(path, fields);
      if (!new RegExp(`<h1[^>]*>[^]*${heading}[^]*</h1>`).test(page.html)) wrong.push(`${path} ${status}: is not the page “${heading}”`);
      wrong.push(...(await faults(`${path} with ${Object.keys(fields).join(', ')}`, page, status)));
    };
    await sent(commissioner, formOf('hold'), { reason: 'Snow' }, 200, 'Check what will happen');
    await sent(commissioner, formOf('hold'), { reason: '' }, 422, 'hold');
    await sent(commissioner, formOf('request-gate'), { stage: 'mandate' }, 422, 'This cannot be done yet');
    await sent(commissioner, '/agreements/new', {}, 422, 'Open an agreement');
    const key = newId();
    await commissioner.post(formOf('hold'), { act: 'confirm', key, reason: 'Snow' });
    await sent(commissioner, formOf('hold'), { act: 'confirm', key, reason: 'Rain' }, 422, 'This form was sent before');
    await commissioner.post(formOf('resume'), { act: 'confirm', key: newId() });
    await commissioner.post(formOf('amend-facts'), { act: 'confirm', key: newId(), 'facts.place': 'The north', only: 'place' });
    await sent(commissioner, formOf('amend-facts'), { act: 'confirm', key: newId(), version: '1', 'facts.place': 'The south', only: 'place' }, 409, 'facts');
    await sent(provider, '/webhooks/new', { url: 'http://127.0.0.1:9/again', key: newId() }, 200, 'is registered');
    await sent(provider, '/webhooks/new', { url: '' }, 422, 'server');
    await sent(commissioner, '/webhooks/new', { url: 'http://127.0.0.1:9/again' }, 403, 'You cannot do this yourself');
    await sent(stranger, '/sign-in', {}, 422, 'Sign in');
    await sent(commissioner, '/agreements/filters', { name: '' }, 422, 'This look has no name');
    expect(wrong).toEqual([]);
  }, 60_000);

  test('what is not there, and what cannot be read', async () => {
    const visitor = await signedIn('commissioner');
    const wrong: string[] = [];
    const missing = ['/nothing', '/agreements/nothing', `/agreements/${newId()}`, `/agreements/${newId()}/do/hold`, `${formOf('hold')}s`, `/agreements/${scene.agreement}/sign-offs/${newId()}`, `/imports/${newId()}`, `/register/contracts/${newId()}`, '/register/settings/nothing', '/pathways/standard/99', `/webhooks/${newId()}`, `/operations/${newId()}`];
    for (const path of missing) wrong.push(...(await faults(path, await visitor.get(path), path === '/register/settings/nothing' ? 403 : 404)));
    for (const path of ['/agreements?after=rubbish', `/agreements/${scene.agreement}?on=yesterday`]) wrong.push(...(await faults(path, await visitor.get(path), 400)));
    expect(wrong).toEqual([]);
  });

  // The last of all, for nothing happens in the agreement from here on.
  test('every page of an agreement that was cancelled says so, and offers nothing that it admits no more', async () => {
    const visitor = await signedIn('commissioner');
    await visitor.post(formOf('cancel'), { act: 'confirm', key: newId(), reason: 'Money ran out' });
    const wrong: string[] = [];
    for (const row of rows.filter(({ about, file, asks }) => ['agreement', 'house', 'people', 'statement', 'party'].includes(about) && file !== true && asks === 'agreement.read')) {
      for (const path of row.paths(scene).filter((one) => !one.includes('?on='))) {
        const page = await visitor.get(path);
        wrong.push(...(await faults(path, page, 200)), ...offeredOn(page).filter((name) => !admits('cancelled', name)).map((name) => `${path}: offers ${name}`));
        if (!page.html.includes('It was cancelled on')) wrong.push(`${path}: does not say so`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});

/** The commands whose forms a page leads to. */
function offeredOn({ html }: Page): readonly CommandName[] {
  const linked = new Set([...html.matchAll(/href="[^"]*\/do\/([a-z-]+)/g)].map(([, name]) => name));
  return commandNames.filter((name) => linked.has(name));
}

/** What is answered to somebody of this role: 404 wherever telling them that they may not would tell that it is there. */
function statusFor({ asks, about }: PageRow, called: string, role: Role): number {
  if (asks === 'nobody' || asks === 'signed-in') return 200;
  const allowed = holds(role, asks);
  const rival = called === 'provider-admin:second';
  switch (about) {
    case 'anything':
      return allowed ? 200 : 403;
    case 'organisation':
      return allowed && !isProviderRole(role) && !(takesPart(role) && asks === 'agreement.read') ? 200 : 403;
    case 'agreement':
    case 'house':
      if (isProviderRole(role)) return 404;
      if (takesPart(role) && about === 'agreement') return 303;
      if (takesPart(role) && allowed) return 404;
      return allowed ? 200 : 403;
    case 'people':
      return isProviderRole(role) ? 404 : 200;
    // The representative wrote it down.
    case 'statement':
      return isProviderRole(role) || (takesPart(role) && role !== 'representative') ? 404 : 200;
    case 'party':
      return rival ? 404 : 200;
    case 'server':
      return allowed && !rival ? 200 : 404;
    case 'own':
      return called === 'commissioner' ? 200 : 404;
  }
}

function holds(role: Role, right: Right): boolean {
  return (rightsOf[role] as readonly Right[]).includes(right);
}

/** As it came over the wire. */
function bytesOf({ headers }: Page): number {
  return Number(headers.get('content-length'));
}

/** What the console answers to GET, as its controllers say, and the page of the demo's provider, which is none of theirs. */
function routesOf(): readonly string[] {
  const controllers: readonly (new () => object)[] = Reflect.getMetadata(MODULE_METADATA.CONTROLLERS, ConsoleModule);
  const found = controllers.flatMap((controller) =>
    Object.values(Object.getOwnPropertyDescriptors(controller.prototype))
      .map(({ value }) => value as object)
      .filter((handler) => typeof handler === 'function' && Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET)
      .map((handler) => `/${[Reflect.getMetadata(PATH_METADATA, controller), Reflect.getMetadata(PATH_METADATA, handler)].filter((one) => one !== '/').join('/')}`),
  );
  return [...found, '/demo/receiver'];
}
