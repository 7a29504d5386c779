import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandNames } from '@concordat/agreement/core';
import { composeConsole } from '@concordat/console';
import { Consumers, Journal } from '@concordat/journal';
import { pathways } from '@concordat/pathway';
import { londonDay, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

let here: TestInstallation;
let theirs: string;
let other: string;
const hostile = `<script>alert(1)</script>"'><img src=x onerror=alert(2)> {{ 7 * 7 }} & co`;

beforeAll(async () => {
  here = await openInstallation();
  const commissioner = here.as('commissioner');
  const opened = async (title: string) =>
    (await commissioner.post<{ agreement: string }>('/api/v1/agreements', { title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } })).body.agreement;
  [theirs, other] = [await opened(`Theirs ${hostile}`), await opened(`Another ${hostile}`)];
  const { roles } = (await here.as('provider-admin').get<{ roles: { provider: string }[] }>('/api/v1/me')).body;
  await commissioner.done(theirs, 'invite-provider', { provider: roles[0]!.provider });
  const { organisation } = (await commissioner.get<{ organisation: { id: string } }>('/api/v1/me')).body;
  await here.app.get(Consumers).runAll(organisation.id);
}, 60_000);
afterAll(() => here.close());

async function signedIn(role: string, organisation?: string): Promise<Visitor> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role, organisation);
  return visitor;
}

describe('signing in', () => {
  test('nobody sees a page of the organisation before', async () => {
    for (const path of ['/', '/agreements', `/agreements/${theirs}`, `/agreements/${newId()}`]) {
      const { status, headers } = await new Visitor(here.origin).get(path);
      expect([path, status, headers.get('location')]).toEqual([path, 303, path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`]);
    }
  });

  test('leads on to the page that was asked for, and never to another site', async () => {
    const { person } = here.person('commissioner');
    const asked = (await new Visitor(here.origin).get('/agreements?view=board&stage=needs')).headers.get('location')!;
    const { html } = await new Visitor(here.origin).get(asked);
    expect(html).toContain('name="to" value="/agreements?view=board&amp;stage=needs"');
    const leads = async (to: string) => (await new Visitor(here.origin).post('/sign-in', { person, to })).headers.get('location');
    expect(await leads('/agreements?view=board&stage=needs')).toBe('/agreements?view=board&stage=needs');
    for (const to of ['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere.example', '/\t/elsewhere.example', 'agreements', '']) expect([to, await leads(to)]).toEqual([to, '/']);
  });

  test('gives a cookie that scripts and other sites do not get, a new one at every login', async () => {
    const visitor = new Visitor(here.origin);
    const first = await visitor.signIn(here, 'commissioner');
    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    const attributes = first.headers.getSetCookie()[0]!.split('; ').slice(1);
    expect([...attributes].sort()).toEqual(['HttpOnly', 'Path=/', 'SameSite=Lax']);
    const before = visitor.cookie;
    await visitor.signIn(here, 'auditor');
    expect(visitor.cookie).not.toBe(before);
    // The one before has ended with it.
    const old = new Visitor(here.origin);
    old.cookie = before;
    expect((await old.get('/')).status).toBe(303);
    expect((await visitor.get('/')).status).toBe(200);
  });

  test('ends at once by signing out, whatever copies of the cookie there are', async () => {
    const visitor = await signedIn('commissioner');
    const copy = new Visitor(here.origin);
    copy.cookie = visitor.cookie;
    const out = await visitor.post('/sign-out', {});
    expect([out.status, out.headers.get('location'), out.headers.getSetCookie()[0]]).toEqual([303, '/sign-in', expect.stringContaining('Max-Age=0')]);
    expect((await copy.get('/agreements')).status).toBe(303);
  });

  test('ends when what the person may do changes', async () => {
    const visitor = await signedIn('contract-manager');
    const { person } = here.person('contract-manager');
    expect((await visitor.get('/agreements')).status).toBe(200);
    await here.as('administrator').post(`/api/v1/people/${person}/roles`, { role: 'finance' });
    expect((await visitor.get('/agreements')).status).toBe(303);
  });

  test('without a choice, or with one that is none, is asked again and says what is wrong', async () => {
    for (const fields of [{}, { person: newId() }, { person: 'x' }, { person: '' }] as Record<string, string>[]) {
      const page = await new Visitor(here.origin).post('/sign-in', fields);
      expect([fields, page.status]).toEqual([fields, 422]);
      expect(page.html).toContain('There is a problem');
      expect(faultsOf(page)).toEqual([]);
    }
  });
});

describe('who can do what somebody may not', () => {
  const told = async (role: string) => {
    const { status, html } = await (await signedIn(role)).get(`/agreements/${theirs}/do/rate-answer`);
    expect([role, status, html.includes('You cannot do this yourself'), html.includes('representative')]).toEqual([role, 403, true, true]);
    return { staff: html.includes('Demo commissioner'), people: ['Demo participant', 'Demo representative'].filter((name) => html.includes(name)) };
  };

  test('is told by name to the house, of people who take part and who speak for them to those alone who look after people, and to a provider by role alone', async () => {
    expect(await told('administrator')).toEqual({ staff: true, people: ['Demo participant', 'Demo representative'] });
    for (const role of ['auditor', 'elected-member', 'finance']) expect(await told(role)).toEqual({ staff: true, people: [] });
    for (const role of ['provider-admin', 'provider-operator']) expect(await told(role)).toEqual({ staff: false, people: [] });
  });
});

describe('forms of other sites', () => {
  test('do nothing here: a post that a browser says came from elsewhere is refused', async () => {
    const visitor = await signedIn('commissioner');
    for (const headers of [{ 'sec-fetch-site': 'cross-site', origin: 'https://elsewhere.example' }, { 'sec-fetch-site': 'same-site', origin: 'https://sibling.example' }, { origin: 'https://elsewhere.example' }, { origin: 'null' }] as Record<string, string>[]) {
      expect([headers, (await visitor.post('/sign-out', {}, headers)).status]).toEqual([headers, 403]);
    }
    expect((await visitor.get('/')).status).toBe(200);
    expect((await visitor.post('/sign-out', {}, { 'sec-fetch-site': 'same-origin', origin: here.origin })).status).toBe(303);
  });
});

test('served without the API, pages are asked with the methods they take', async () => {
  const alone = await composeConsole(here.installation);
  await alone.listen(0, '127.0.0.1');
  const answer = await fetch(`${await alone.getUrl()}/agreements`, { method: 'DELETE' });
  expect([answer.status, answer.headers.get('allow'), answer.headers.get('content-type')]).toEqual([405, 'GET, HEAD', 'text/html; charset=utf-8']);
  expect(await answer.text()).toContain('This path takes GET, HEAD.');
  const unknown = await fetch(`${await alone.getUrl()}/nowhere`);
  expect([unknown.status, await unknown.text()]).toEqual([404, expect.stringContaining('Page not found')]);
  await alone.close();
});

describe('every page', () => {
  test('keeps to itself: nothing inline runs, nobody frames it, nobody on the way keeps it', async () => {
    const visitor = await signedIn('commissioner');
    for (const path of ['/', '/agreements', `/agreements/${theirs}`, '/sign-in', '/agreements/nothing', '/nothing']) {
      const { headers } = await visitor.get(path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe|https?:|\*/);
      expect([path, headers.get('x-content-type-options'), headers.get('referrer-policy'), headers.get('cache-control')]).toEqual([path, 'nosniff', 'no-referrer', 'no-store']);
    }
  });

  test('reached by any link, of anybody, is whole: one heading, landmarks, labels, and links that lead somewhere', async () => {
    const wrong: string[] = [];
    for (const role of ['commissioner', 'approver:legal-procurement', 'auditor', 'administrator', 'provider-admin', 'provider-signatory']) {
      const visitor = await signedIn(role);
      const seen = new Set<string>();
      const next = ['/', '/agreements', '/agreements?view=board', `/agreements/${theirs}`];
      while (next.length > 0 && seen.size < 60) {
        const path = next.shift()!;
        // Each kind of page once, whatever it is about or filled with.
        const kind = path.replace(/\?.*/, '').replace(/[0-9a-f-]{36}/g, '…');
        if (seen.has(kind)) continue;
        seen.add(kind);
        const page = await visitor.get(path);
        // A command one may not send has a page that says who can.
        const barred = page.status === 403 && (path.includes('/do/') || path === '/agreements/new');
        if (page.status >= 400 && !barred) wrong.push(`${role}: ${path} is answered ${page.status}`);
        if ((page.status >= 300 && !barred) || !page.headers.get('content-type')?.startsWith('text/html')) continue;
        for (const fault of faultsOf(page)) wrong.push(`${role}: ${path} ${fault}`);
        next.push(...[...page.html.matchAll(/<a[^>]*\shref="(\/[^"#]*)/g)].map(([, target]) => target!.replaceAll('&amp;', '&')));
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  test('shows what people wrote as they wrote it, and never as markup', async () => {
    const visitor = await signedIn('commissioner');
    for (const path of ['/', '/agreements', `/agreements/${theirs}`, `/agreements/${theirs}/history`]) {
      const { html, status } = await visitor.get(path);
      expect([path, status, /<script|<img/i.test(html)]).toEqual([path, 200, false]);
      expect(html).not.toContain('49 &');
    }
    expect((await visitor.get(`/agreements/${theirs}`)).html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const search = await visitor.get(`/agreements?text=${encodeURIComponent(hostile)}`);
    expect(search.html).not.toMatch(/<script|<img/i);
  });
});

describe('what a provider sees on pages', () => {
  test('is the agreements it is a party to, without what the gate asks', async () => {
    const visitor = await signedIn('provider-admin');
    for (const path of ['/agreements', '/agreements?view=board', '/agreements?text=a']) {
      const { html } = await visitor.get(path);
      expect([path, html.includes(other), html.includes('Lunch club')]).toEqual([path, false, false]);
    }
    expect((await visitor.get('/agreements')).html).toContain(theirs);
    const page = await visitor.get(`/agreements/${theirs}`);
    expect(page.status).toBe(200);
    expect(page.html).not.toMatch(/not met|concordat-checklist/i);
    // Her rival sees neither.
    const rival = await signedIn('provider-admin:second');
    expect((await rival.get('/agreements')).html).not.toContain(theirs);
  });

  test('what is another\'s is answered like what is not there', async () => {
    const visitors = [await signedIn('provider-admin'), await signedIn('commissioner', 'demo-health-board')];
    for (const visitor of visitors) {
      for (const tail of ['', '/pathway', '/involvement', '/risk', '/sign-offs', '/award', '/delivery', '/value', '/history']) {
        const [foreign, missing] = [await visitor.get(`/agreements/${other}${tail}`), await visitor.get(`/agreements/${newId()}${tail}`)];
        expect([tail, foreign.status]).toEqual([tail, 404]);
        expect(plain(foreign)).toBe(plain(missing));
      }
    }
  });

  test('gives it nothing to choose from in any form but what is its own: no rival, nobody who took part, nothing that others were asked', async () => {
    const [id, activity, theme, contribution, meeting, outcome] = [newId(), newId(), newId(), newId(), newId(), newId()];
    const day = londonDay(new Date());
    const { provider } = (await here.as('provider-admin').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!;
    const [manager, facilitator, commissioner] = [here.as('contract-manager'), here.as('facilitator'), here.as('commissioner')];
    await commissioner.done(id, 'take-over-agreement', {
      title: 'Delivered by one of two', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: { amount: '9000.00', currency: 'GBP' }, raises: [],
      stage: 'delivery', provider, from: { source: 'Contract register', reference: 'D-2' }, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2037-03-31' } },
    });
    await manager.done(id, 'agree-obligation', { obligation: newId(), what: 'Their own report', due: { is: 'once', on: '2026-03-01' }, evidence: 'The report' });
    await manager.done(id, 'hold-review-meeting', { meeting, on: day, present: 'Both', minutes: { reference: 'DMS/1', title: 'Minutes' } });
    await manager.done(id, 'agree-action', { action: newId(), meeting, what: 'Asked of the house', owner: here.person('contract-manager').person, dueOn: '2037-01-01' });
    await manager.done(id, 'propose-variation', { variation: newId(), what: 'A secret variation', why: 'Not theirs to know.', to: { is: 'terms' }, touches: [] });
    await manager.done(id, 'name-outcome', { outcome, activity: 'Visits', change: 'Steadier', title: 'Asked of all three' });
    await facilitator.done(id, 'plan-activity', { activity, stage: 'delivery', title: 'A secret evening', groups: ['residents'], right: 'consult', ledBy: 'staff', closesOn: day });
    await facilitator.done(id, 'record-attendance', { activity, participants: [newId()], on: day });
    await facilitator.done(id, 'record-contribution', { contribution, activity, author: newId(), text: 'They come too late.', givenOn: day });
    await facilitator.done(id, 'create-theme', { theme, title: 'A secret theme' });
    await commissioner.done(id, 'request-sign-off', { signOff: newId(), kind: 'approval', discipline: 'finance' });
    await here.as('risk-owner').done(id, 'raise-risk', {
      risk: newId(), title: 'A secret risk', bearers: ['service-users'], owner: here.person('risk-owner').person, scores: { 'co-produced': { likelihood: 2, impact: 2 }, 'professional-only': null, 'not-acting': null },
    });
    expect((await (await signedIn('commissioner')).get(`/agreements/${id}/do/invite-provider`)).html).toContain('Second Demo Provider');

    const operator = await signedIn('provider-admin');
    // One after the other: all at once would wait for a connection to the database longer than anybody may.
    const shown: { readonly name: string; readonly page: Page }[] = [];
    for (const name of commandNames) shown.push({ name, page: await operator.get(`/agreements/${id}/do/${name}`) });
    const text = (page: Page) => page.html.replace(/^[^]*<main/, '');
    expect(shown.filter(({ page }) => /secret|Asked of the house|Second Demo Provider|Approval of|Person [0-9a-f]{4}/.test(text(page))).map(({ name }) => name)).toEqual([]);
    const offers = (called: string) => text(shown.find(({ name }) => name === called)!.page);
    expect([offers('meet-obligation').includes('Their own report'), offers('answer-plain-questions').includes('Asked of all three'), offers('raise-provider-concern').includes('First Demo Provider')]).toEqual([true, true, true]);
  });

  test('where it delivers, is its figures and obligations, and nothing of how it is managed', async () => {
    const id = newId();
    const provider = (await here.as('provider-admin').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!.provider;
    await here.as('commissioner').done(id, 'take-over-agreement', {
      title: 'Delivered by them', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: { amount: '9000.00', currency: 'GBP' }, raises: [],
      stage: 'delivery', provider, from: { source: 'Contract register', reference: 'D-1' }, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
    });
    await here.as('contract-manager').done(id, 'agree-obligation', { obligation: newId(), what: 'A report on every month', due: { is: 'once', on: '2026-03-01' }, evidence: 'The report' });
    const [improvement, rate, funding, document] = [newId(), newId(), newId(), { reference: 'DMS/1', title: 'Report' }];
    const manager = here.as('contract-manager');
    await manager.done(id, 'record-quality-visit', {
      visit: newId(), provider, on: '2026-03-02', visitors: 'both', notice: 'unannounced', spokeWith: 3, found: 'Two did not know whom to ring', report: document,
      improvements: [{ improvement, what: 'Everybody has the number', dueOn: '2026-03-20' }], nextBy: '2027-03-01',
    });
    await here.as('provider-admin').done(id, 'show-improvement', { improvement, how: 'A card for every door', on: '2026-03-10', evidence: document });
    await manager.done(id, 'set-rate', { rate, what: 'A visit by day', per: 'hour', year: '2025-26', amount: { amount: '24.00', currency: 'GBP' }, why: 'As tendered' });
    await manager.done(id, 'set-rate', { rate, what: 'A visit by day', per: 'hour', year: '2026-27', amount: { amount: '25.20', currency: 'GBP' }, why: 'The real living wage' });
    await manager.done(id, 'commit-funding', { funding, funder: 'The health board', year: '2025-26', amount: { amount: '400.00', currency: 'GBP' }, basis: 'Agreement under s.75' });
    const paid = { spend: newId(), funding, on: '2026-03-05', amount: { amount: '540.00', currency: 'GBP' }, source: 'Invoice' };
    await manager.done(id, 'record-spend', paid);
    await manager.done(id, 'record-spend', { ...paid, amount: { amount: '450.00', currency: 'GBP' }, why: 'Two figures were swapped.' });
    const read = async (role: string) => (await here.as(role).get<{ visits: { spokeWith: number | null; improvements: { stands: string }[] }[]; managed: { rates: { years: { uplift: number | null }[] }[]; funders: { over: boolean }[] } | null }>(`/api/v1/agreements/${id}/delivery`)).body;
    const [own, all] = [await read('provider-admin'), await read('contract-manager')];
    expect([own.visits[0]?.spokeWith, own.visits[0]?.improvements[0]?.stands, own.managed, all.visits[0]?.spokeWith]).toEqual([null, 'done', null, 3]);
    expect([all.managed?.rates[0]?.years.map(({ uplift }) => uplift), all.managed?.funders.map(({ over }) => over)]).toEqual([[null, 5], [true]]);

    const [activity, author] = [newId(), newId()];
    await here.as('facilitator').done(id, 'plan-activity', { activity, stage: 'delivery', title: 'An evening', groups: ['residents'], right: 'consult', ledBy: 'staff', closesOn: londonDay(new Date()) });
    await here.as('facilitator').done(id, 'record-attendance', { activity, participants: [author], on: londonDay(new Date()) });
    for (const [text, seenBy] of [['They come too late.', 'provider'], ['I am afraid of one of them.', 'organisation']]) {
      const contribution = newId();
      await here.as('facilitator').done(id, 'record-contribution', { contribution, activity, author, text, givenOn: londonDay(new Date()), seenBy });
      await here.as('facilitator').done(id, 'record-proxy-entry', { entry: contribution, onBehalfOf: author, confirmed: 'signed', on: londonDay(new Date()) });
    }
    const [theirOwn, rival, staff] = [await signedIn('provider-admin'), await signedIn('provider-admin:second'), await signedIn('contract-manager')];
    const seen = (await theirOwn.get(`/agreements/${id}/delivery`)).html;
    expect([seen.includes('A report on every month'), seen.includes('fewer than five people'), seen.includes('Review meetings'), seen.includes('The health board')]).toEqual([true, true, false, false]);
    // What people let the provider see it reads on its page, as over the API; of whom it is neither says.
    const people = await theirOwn.get(`/agreements/${id}/people`);
    expect([faultsOf(people), people.html.includes('They come too late.'), /afraid|person [0-9a-f]{4}/.test(people.html)]).toEqual([[], true, false]);
    const whole = await staff.get(`/agreements/${id}/delivery`);
    expect([faultsOf(whole), ...['Review meetings', '+5%', 'More than committed', 'A card for every door', 'Two figures were swapped. Before: £540'].map((says) => whole.html.includes(says))]).toEqual([[], true, true, true, true, true]);
    // What is on record is corrected where it is read: the form says which payment is meant.
    const form = `/agreements/${id}/do/record-spend?about=${paid.spend}`;
    expect([whole.html.includes(`href="${form}"`), (await staff.get(form)).html.includes('The payment of 5 March 2026')]).toEqual([true, true]);
    expect([(await theirOwn.get(`/agreements/${id}/value`)).status, (await rival.get(`/agreements/${id}/delivery`)).status, (await theirOwn.get(`/agreements/${theirs}/delivery`)).status, (await rival.get(`/agreements/${id}/people`)).status, (await theirOwn.get(`/agreements/${id}/you-said-we-did`)).status]).toEqual([404, 404, 404, 404, 404]);
  });

  test.each(['invited', 'incumbent'] as const)('ends with the award where it was %s and did not get it: over the API, in lists, files and calendars, and on pages it stays as it stood then', async (role) => {
    const [winner, loser] = await Promise.all(['provider-admin', 'provider-admin:second'].map(async (who) => (await here.as(who).get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!.provider));
    const commissioner = here.as('commissioner');
    const title = `Visits ${role}`;
    const id = (await commissioner.post<{ agreement: string }>('/api/v1/agreements', { title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } })).body.agreement;
    const { organisation } = (await commissioner.get<{ organisation: { id: string } }>('/api/v1/me')).body;
    const happened = (type: string, data: object) =>
      here.app.get(Journal).record({
        tenant: organisation.id, commandId: newId(), fingerprint: '00', streams: [`agreement-${id}`], meta: { actor: newId(), command: 'spec', correlationId: newId() },
        decide: () => ({ accepted: [{ stream: `agreement-${id}`, type: `concordat.agreement.${type}.v1`, data }] }) as never,
      });
    await commissioner.done(id, 'invite-provider', { provider: winner });
    if (role === 'invited') await commissioner.done(id, 'invite-provider', { provider: loser });
    else await happened('incumbent-recorded', { provider: loser });
    const amended = async (facts: object) => commissioner.done(id, 'amend-facts', { facts }, { headers: { 'if-match': `"${(await commissioner.get<{ version: number }>(`/api/v1/agreements/${id}`)).body.version}"` } });
    await amended({ reference: 'C-7', specification: { reference: 'S-1', title: 'What is asked' }, 'contract-period': { startsOn: '2026-10-01', endsOn: '2028-09-30' } });
    await happened('awarded', { provider: winner, value: { amount: '440000.00', currency: 'GBP' } });
    await happened('stage-entered', { stage: 'delivery', from: 'mandate' });
    await amended({ title: 'Renamed later' });
    await here.as('contract-manager').done(id, 'agree-obligation', { obligation: newId(), what: 'A rota', due: { is: 'once', on: '2027-03-01' }, evidence: 'The rota' });
    await here.app.get(Consumers).runAll(organisation.id);

    const [theirs, ours] = ['provider-admin:second', 'provider-admin'].map((who) => here.as(who));
    // Read after all of it: whoever bid hears by mail what was changed while they did, everybody that it was awarded and what that means to them, and whoever is out of it nothing after.
    const mails = async (who: typeof theirs) => (await who!.get<{ items: { agreement: string; says: string }[] }>('/api/v1/notifications?limit=200')).body.items.filter(({ agreement }) => agreement === id).map(({ says }) => says).reverse();
    const changed = 'What you are invited to bid for is changed. Read it again.';
    const toOthers = { invited: expect.stringMatching(/^What you were invited to bid for was awarded to another\..* ask whoever invited you for the reasons/), incumbent: expect.stringMatching(/^What you provide so far was awarded to another\./) };
    expect(await mails(theirs)).toEqual([...(role === 'invited' ? ['You are invited to take part in the sourcing of an agreement.', changed] : ['What becomes of what you provide so far is to be decided: whether it ends, goes on or is awarded anew. Ask whoever leads it.']), toOthers[role]]);
    expect(await mails(ours)).toEqual(['You are invited to take part in the sourcing of an agreement.', changed, 'An award was made to you.', 'Something was agreed that your organisation owes. The page says what, and by when.']);
    const read = async (path: string) => (await theirs!.get<object>(path)).text;
    const seen = JSON.parse(await read(`/api/v1/agreements/${id}`));
    expect(seen).toMatchObject({ title, stage: 'mandate', party: { role }, awarded: { provider: winner }, proposedAward: null });
    expect(seen.facts.specification).toEqual(role === 'invited' ? { reference: 'S-1', title: 'What is asked' } : undefined);
    expect((await ours!.get(`/api/v1/agreements/${id}`)).body).toMatchObject({ title: 'Renamed later', stage: 'delivery', party: { role: 'provider' } });
    const lines = async (query: string) => (JSON.parse(await read(`/api/v1/agreements?${query}`)) as { items: { id: string; title: string; stage: string; tier: string | null }[] }).items.filter((line) => line.id === id);
    expect(await lines('')).toMatchObject([{ title, stage: 'mandate', tier: null, over: true }]);
    expect([await lines('stage=delivery'), await lines('text=Renamed')]).toEqual([[], []]);
    const delivered = JSON.parse(await read(`/api/v1/agreements/${id}/delivery`));
    expect([delivered.obligations, delivered.kpis, delivered.cycles]).toEqual([[], [], []]);

    const rival = await signedIn('provider-admin:second');
    const pages = ['/agreements', '/agreements?view=board', '/agreements?view=roadmap', `/agreements/${id}`, '/agreements/export?format=csv', '/agreements/export?format=ics', '/outbox', '/outbox/export?format=csv'];
    const shown = await Promise.all(pages.map(async (path) => `${path} ${(await rival.get(path)).html}`));
    const told = [...shown, ...(await Promise.all(['agreements', 'agreements?format=csv', 'agreements?format=ics', 'notifications?format=csv'].map((path) => read(`/api/v1/${path}`))))];
    expect(told.filter((text) => !text.includes(title)).map((text) => text.slice(0, 60))).toEqual([]);
    expect(told.filter((text) => /Renamed later|A rota/.test(text))).toEqual([]);
    expect(shown[3]).toContain('The sourcing is over for your organisation');
    expect(shown[3]).toMatch(/It was awarded to .* on /);
    expect(shown[3]).not.toMatch(/standard tier|£450,000/);
    expect((await rival.get(`/agreements/${id}/delivery`)).status).toBe(404);
    // Whoever is out of it acts in it no more.
    const asked = { signOff: newId(), kind: 'approval', discipline: 'finance' };
    expect([(await theirs!.command(id, 'request-sign-off', asked)).text.includes('right.missing'), (await ours!.command(id, 'request-sign-off', asked)).status]).toEqual([true, 200]);
  });

  test('falls with the award where it goes back behind it, and the page says so before that is confirmed, as the message does after', async () => {
    const provider = (await here.as('provider-admin').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!.provider;
    const commissioner = here.as('commissioner');
    const id = (await commissioner.post<{ agreement: string }>('/api/v1/agreements', { title: 'Back', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } })).body.agreement;
    const { organisation } = (await commissioner.get<{ organisation: { id: string } }>('/api/v1/me')).body;
    const happened = (type: string, data: object) =>
      here.app.get(Journal).record({
        tenant: organisation.id, commandId: newId(), fingerprint: '00', streams: [`agreement-${id}`], meta: { actor: newId(), command: 'spec', correlationId: newId() },
        decide: () => ({ accepted: [{ stream: `agreement-${id}`, type: `concordat.agreement.${type}.v1`, data }] }) as never,
      });
    await commissioner.done(id, 'invite-provider', { provider });
    await happened('awarded', { provider, value: { amount: '440000.00', currency: 'GBP' } });
    await happened('stage-entered', { stage: 'needs', from: 'mandate' });
    const [stands, fell] = ['The award to you stands', 'An agreement went back behind its award, which fell'];
    const back = { stage: 'mandate', reason: 'Look again' };
    const { status, html } = await (await signedIn('commissioner')).post(`/agreements/${id}/do/return-to-stage`, { ...back, act: 'preview' });
    expect([status, html.includes(stands), html.includes(fell)]).toEqual([200, false, true]);
    await commissioner.done(id, 'return-to-stage', back);
    await here.app.get(Consumers).runAll(organisation.id);
    const told = (await here.as('provider-admin').get<{ items: { agreement: string; says: string }[] }>('/api/v1/notifications?limit=200')).body.items.filter(({ agreement }) => agreement === id).map(({ says }) => says);
    expect([told.some((says) => says.startsWith(stands)), told.some((says) => says.startsWith(fell))]).toEqual([false, true]);
  });

  const plain = ({ html }: Page) => html.replace(/quote [0-9a-f-]+/g, '');
});

describe('an agreement\'s page', () => {
  test('shows where it stands and everything its gate asks, each met or not', async () => {
    const visitor = await signedIn('commissioner');
    const { html } = await visitor.get(`/agreements/${theirs}`);
    const { checklist } = (await here.as('commissioner').get<{ checklist: { asks: string; met: boolean }[] }>(`/api/v1/agreements/${theirs}/gate`)).body;
    const text = html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
    for (const { asks } of checklist) expect(text).toContain(asks);
    expect(text).not.toMatch(/preliminary/i);
  });

  test('tells auditors whether the whole chain holds, whatever mark of an earlier part somebody makes up', async () => {
    const auditor = await signedIn('auditor');
    const checked = async (from: string) => (await auditor.get(`/agreements/${theirs}/assurance-pack?chain=check${from}`)).html.match(/all ([\d,]+) events of the organisation, and the chain holds/)?.[1];
    const events = (await checked(''))!;
    const madeUp = Buffer.from(JSON.stringify({ position: 3, hash: '0'.repeat(64), recordedAt: '', epoch: 1 })).toString('base64url');
    expect([await checked(`&from=${madeUp}.${'0'.repeat(64)}`), await checked('&from=x')]).toEqual([events, events]);
  });

  test('marks a gate that asks less than it will', async () => {
    const id = newId();
    const standard = pathways.find('standard')!;
    const coming = standard.stages.map((stage) => (stage.id === 'delivery' ? { ...stage, gate: { ...stage.gate, preliminary: true } } : stage));
    const own = { ...standard, id: 'demo-council.coming', version: 1, basedOn: { id: standard.id, version: standard.version }, stages: coming, coming: ['Visits by people from outside (delivery).'] };
    succeeded('publishing', await here.as('administrator').post('/api/v1/pathways', own));
    await here.as('commissioner').done(id, 'take-over-agreement', {
      title: 'Home care', kind: 'contract', pathway: { id: own.id }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '900000.00', currency: 'GBP' },
      stage: 'delivery', from: { source: 'contracts register', reference: 'CR-7' }, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2037-03-31' } },
    });
    expect((await (await signedIn('commissioner')).get(`/agreements/${id}`)).html).toMatch(/preliminary/i);
  });
});

describe('what nobody meant to ask', () => {
  test('is answered with a page that says what to do, never with a fault, a stack or JSON', async () => {
    const visitor = await signedIn('commissioner');
    const rubbish = Buffer.from(JSON.stringify({ openedAt: '0000-01-01T00:00:00Z', id: newId() })).toString('base64url');
    const paths = ['/nothing', '/agreements/nothing', '/agreements/%00', `/agreements/${theirs}/nothing`, `/agreements/${theirs}/commands/marry`, '/agreements?after=rubbish', `/agreements?after=${rubbish}`, '/agreements?text=%00', `/agreements?text=${'x'.repeat(300)}`, '/agreements?view=%F0', '/agreements?after=%00', `/agreements/${theirs}?on=0000-00-00`, `/agreements/${theirs}?on=x`];
    for (const path of paths) {
      const page = await visitor.get(path);
      expect([path, page.status < 500, page.status, page.html.includes('node_modules')]).toEqual([path, true, page.status, false]);
      if (page.status >= 400) expect([path, page.headers.get('content-type'), faultsOf(page)]).toEqual([path, 'text/html; charset=utf-8', []]);
    }
  });

  test('a form too large, or of another kind, is refused as a page', async () => {
    const visitor = await signedIn('commissioner');
    const large = await visitor.post('/sign-in', { person: 'x'.repeat(2_000_000) });
    expect([large.status, large.headers.get('content-type')]).toEqual([413, 'text/html; charset=utf-8']);
    const [commissioner, administrator] = [visitor, await signedIn('administrator')];
    const parted = 'multipart/form-data; boundary=----x';
    for (const [who, path, type, body, status] of [
      [commissioner, `/agreements/${theirs}/do/hold`, parted, '------x\r\nbroken', 422],
      [commissioner, `/agreements/${theirs}/do/hold`, 'application/json', 'null', 422],
      [commissioner, '/agreements/new', parted, '------x\r\nbroken', 422],
      [commissioner, '/agreements/new', 'application/json', 'null', 422],
      [administrator, '/pathways', parted, '------x\r\nbroken', 400],
      [commissioner, '/imports', parted, '------x\r\nbroken', 400],
      [commissioner, '/imports', parted, '------x\r\ncontent-disposition: form-data; name="file"; filename="x.json"\r\n\r\n{"releases": [', 400],
    ] as const) {
      const page = await who.send(path, { method: 'POST', body, headers: { 'content-type': type } });
      expect([path, type, page.status, faultsOf(page)]).toEqual([path, type, status, []]);
    }
  });
});

describe('behind https, and not a demo', () => {
  let real: TestInstallation;
  beforeAll(async () => {
    real = await openInstallation({ with: { mode: 'production', publicUrl: 'https://concordat.example' } });
  });
  afterAll(() => real.close());

  test('the cookie is bound to the host and to https, which browsers are told to keep to', async () => {
    const visitor = new Visitor(real.origin);
    const page = await visitor.get('/sign-in');
    expect(page.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
    expect((await visitor.post('/sign-out', {})).headers.getSetCookie()[0]).toBe('__Host-concordat=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0');
  });

  test('nobody signs in as anybody by a click', async () => {
    const page = await new Visitor(real.origin).get('/sign-in');
    expect(page.html).not.toContain('name="person"');
    const tried = await new Visitor(real.origin).signIn(real, 'administrator');
    expect([tried.status, tried.headers.getSetCookie()]).toEqual([422, []]);
    expect((await new Visitor(real.origin).get('/demo/receiver')).status).toBe(404);
  });
});
