import { Consumers } from '@concordat/journal';
import { londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';
import { faultsOf, Visitor } from './visitor.js';

let here: TestInstallation;
let ending: Journey;
let over: Journey;

beforeAll(async () => {
  here = await openInstallation();
  const beginning = { kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] } as const;
  ending = await Journey.opened(here, { ...beginning, title: 'Respite, “at weekends”' });
  over = await Journey.opened(here, { ...beginning, title: '=cmd|meals' });
  const day = (days: number) => addDays(londonDay(new Date()), days);
  await ending.facts({ reference: 'R-7', 'contract-period': { startsOn: day(-300), endsOn: day(60) } });
  await over.facts({ 'contract-period': { startsOn: day(-700), endsOn: day(-30) } });
  await over.did('commissioner', 'hold', { reason: 'Snow' });
  const { organisation } = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body;
  await here.app.get(Consumers).runAll(organisation.id);
}, 60_000);
afterAll(() => here?.close());

async function signedIn(role: string): Promise<Visitor> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  return visitor;
}
const text = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the list of agreements', () => {
  test('on a line of time says what ends within a year, what has ended, and what has no period', async () => {
    const page = await (await signedIn('commissioner')).get('/agreements?view=roadmap');
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    expect(text(page.html)).toContain('1 contract ends within a year; 1 has ended and is not closed; 2 agreements have no period yet.');
    expect(text(page.html)).toMatch(/1\. =cmd\|meals .* over .*2\. Respite, “at weekends” R-7 .* in 60 days/);
  });

  test('narrowed as the address says, is had as a file in four forms, of what one may see', async () => {
    const visitor = await signedIn('commissioner');
    const page = await visitor.get('/agreements?state=open&text=weekends');
    const files = [...page.html.matchAll(/href="(\/agreements\/export\?[^"]+)"/g)].map(([, path]) => path!.replaceAll('&amp;', '&'));
    expect(files).toHaveLength(4);
    const [csv, xlsx, json, ics] = await Promise.all(files.map((path) => visitor.get(path)));
    expect(csv!.headers.get('content-disposition')).toBe('attachment; filename="agreements.csv"');
    expect(csv!.html.split('\r\n').filter((line) => line !== '')).toHaveLength(2);
    expect(csv!.html).toContain('R-7,"Respite, “at weekends”"');
    expect(xlsx!.html.slice(0, 2)).toBe('PK');
    expect((JSON.parse(json!.html) as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([ending.id]);
    expect(ics!.html.match(/^SUMMARY:.*$/gm)).toEqual(['SUMMARY:Contract starts: Respite\\, “at weekends”', 'SUMMARY:Contract ends: Respite\\, “at weekends”']);
    // What a spreadsheet would run is text.
    expect((await visitor.get('/agreements/export?text=meals')).html).toContain("'=cmd|meals");
    expect((await (await signedIn('provider-admin')).get('/agreements/export')).html).not.toContain('Respite');
  });

  test('is had from the API in the same forms', async () => {
    const asked = (format: string) => here.as('commissioner').get(`/api/v1/agreements?text=weekends&format=${format}`);
    expect((await asked('csv')).text).toContain('Respite, “at weekends”');
    expect((await asked('ics')).text).toContain(`URL:${here.origin}/agreements/${ending.id}`);
    expect((await here.as('commissioner').get<{ items: { endsOn: string | null }[] }>('/api/v1/agreements?text=weekends')).body.items[0]!.endsOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test('of one agreement, every picture is had as the table that says the same, by whoever sees the page', async () => {
    const visitor = await signedIn('commissioner');
    const at = `/agreements/${ending.id}`;
    await ending.did('facilitator', 'plan-activity', { activity: newId(), stage: 'mandate', title: 'An evening', groups: ['guests'], right: 'advise', ledBy: 'together', closesOn: londonDay(new Date()) });
    await ending.did('risk-owner', 'raise-risk', { risk: newId(), title: 'Alone at night', bearers: ['carers'], owner: here.person('risk-owner').person, scores: { 'co-produced': { likelihood: 3, impact: 4 }, 'professional-only': null, 'not-acting': null } });
    await ending.did('contract-manager', 'agree-obligation', { obligation: newId(), what: 'A report', due: { is: 'once', on: '2036-03-01' }, evidence: 'The report' });
    const tables: string[] = [];
    for (const part of ['pathway', 'involvement', 'risk', 'delivery', 'value']) {
      const page = await visitor.get(`${at}/${part}`);
      expect([part, page.html.includes(`href="${at}/${part}/export"`)]).toEqual([part, true]);
      const file = await visitor.get(`${at}/${part}/export`);
      expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${part}.csv"`);
      tables.push(file.html);
    }
    expect(tables[0]).toMatch(/^.?Stage,Its gate,Entered,Left,What its gate asks\r\nCase for the grant,blocked: \d of \d not met,/);
    expect(tables[1]).toMatch(/^.?Stage,Say,Say planned,Do,Do planned,People,People planned,Groups\r\nCase for the grant,\d,,0,,0,,/);
    expect(tables[2]).toContain('Alone at night,');
    expect(tables[3]).toMatch(/^.?Part,What,From,To or due,Provider,People,Answers,Stands,Note\r\nObligation,A report,,2036-03-01,,,,due,/);
    expect(tables[4]).toMatch(/^.?Outcome,Part,What,From,Held against,Expected,Seen,Pounds,Hours of people,Pounds more than before,Hours more than before,Stands\r\n/);
    expect(tables[2]).toMatch(/12, [a-z]+ \(3 × 4\)/);
    expect([(await visitor.get(`${at}/history/export`)).status, (await (await signedIn('provider-admin')).get(`${at}/risk/export`)).status]).toEqual([404, 404]);
  });

  test('narrowed is kept under a name, alone or for everybody, and removed by whoever kept it', async () => {
    const [one, other] = [await signedIn('commissioner'), await signedIn('auditor')];
    const looks = async (visitor: Visitor) => [...(await visitor.get('/agreements')).html.matchAll(/concordat-kept"><a class="govuk-link" href="([^"]+)">([^<]+)</g)].map(([, href, name]) => [name, href!.replaceAll('&amp;', '&')]);
    const key = newId();
    const kept = await one.post('/agreements/filters', { key, name: 'What is on hold', view: 'board', state: 'held', shared: 'yes' });
    expect([kept.status, kept.headers.get('location')]).toEqual([303, '/agreements?view=board&state=held']);
    await one.post('/agreements/filters', { key, name: 'What is on hold', view: 'board', state: 'held', shared: 'yes' });
    await one.post('/agreements/filters', { name: 'Mine', view: 'table', text: 'weekends' });
    expect(await looks(one)).toEqual([['Mine', '/agreements?view=table&text=weekends'], ['What is on hold', '/agreements?view=board&state=held']]);
    expect(await looks(other)).toEqual([['What is on hold', '/agreements?view=board&state=held']]);
    expect(text((await other.get('/agreements?view=board&state=held')).html)).toContain('=cmd|meals');

    expect((await other.post(`/agreements/filters/${key}/remove`, {})).status).toBe(404);
    expect((await one.post(`/agreements/filters/${key}/remove`, {})).status).toBe(303);
    expect(await looks(other)).toEqual([]);
    expect((await one.post('/agreements/filters', { name: ' ' })).status).toBe(422);

    const api = here.as('auditor');
    const { body } = await api.post<{ id: string }>('/api/v1/saved-filters', { name: 'Closed', filter: { lifecycle: 'closed' }, shared: true });
    // What an organisation looks for says something of those it looks at: only whoever sees all agreements shares it and finds it.
    for (const role of ['provider-admin', 'provider-signatory'] as const) {
      expect((await here.as(role).get<{ items: object[] }>('/api/v1/saved-filters')).body.items).toEqual([]);
      expectProblem(await here.as(role).post('/api/v1/saved-filters', { name: 'Ours', shared: true }), 403, 'filter.not-shared');
    }
    const again = { headers: { 'idempotency-key': newId() } };
    const own = await api.post<{ id: string }>('/api/v1/saved-filters', { name: 'Mine' }, again);
    expect((await api.post<{ id: string }>('/api/v1/saved-filters', { name: 'Mine' }, again)).body).toEqual(own.body);
    expectProblem(await api.post('/api/v1/saved-filters', { name: 'Another' }, again), 422, 'idempotency.key-reused');
    expect((await here.as('commissioner').get<{ items: object[] }>('/api/v1/saved-filters')).body.items).toContainEqual({ id: body.id, name: 'Closed', view: 'table', filter: { lifecycle: 'closed' }, shared: true, own: false });
  });
});
