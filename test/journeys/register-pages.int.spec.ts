import { Installation } from '@concordat/assembly';
import { londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import readXlsx from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { ApiClient } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

const register = [
  'Ref;What;Who;Lead;Worth;Begins;Finishes in',
  'C-1;Home care north;Harbour Ltd;Adults;one hundred thousand pounds;1 April 2020;31/03/2024',
  'C-2;Home care south;North Trust;Adults;£12m;01/04/2024;31.3.49',
  'C-3;Lunch club <b>;Harbour Ltd;;;;rolling',
  'C-4;Night shelter;Harbour Ltd;Housing;5000;;12/31/2030',
  'C-5;Day care;Harbour Ltd;Housing;7000;;31/02/2030',
].join('\n');

let here: TestInstallation;
let commissioner: Visitor;
let api: ApiClient;
beforeAll(async () => {
  here = await openInstallation();
  commissioner = await visitor('commissioner');
  api = here.as('commissioner');
}, 60_000);
afterAll(() => here.close());

async function visitor(role: string, organisation?: string): Promise<Visitor> {
  const one = new Visitor(here.origin);
  await one.signIn(here, role, organisation);
  return one;
}
async function upload(name: string, content: string | Buffer): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
  const { status, headers, html } = await commissioner.send('/imports', { method: 'POST', body: form });
  if (status !== 303) throw new Error(`The upload was answered ${status}: ${html.replace(/<[^>]*>/g, ' ')}`);
  return headers.get('location')!;
}
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
const references = async () => (await api.get<{ items: { reference: string }[] }>('/api/v1/contracts')).body.items.map(({ reference }) => reference).sort();
const keptRows = async () => (await api.get<{ items: { id: string; raw: Record<string, string> }[] }>('/api/v1/contracts/kept-rows')).body.items;
const sent = <T = { id: string; proposal: { certain: boolean; mapping: object } }>(content: string, key = newId()) =>
  api.send<T>('POST', '/api/v1/contracts/imports?file=register.csv', { body: content, headers: { 'content-type': 'application/octet-stream', 'idempotency-key': key } });

describe('a register with headings of its own, brought on the page', () => {
  test('asks which heading is what, showing what stands under it, and counts for nothing before', async () => {
    const at = await upload('register.csv', register);
    const page = await commissioner.get(at);
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    for (const shown of ['Finishes in', '31.3.49', 'Home care south', 'Harbour Ltd']) expect(text(page)).toContain(shown);
    expect(page.html).toContain('Lunch club &lt;b&gt;');
    expect(await references()).toEqual([]);

    const choices = { 'field.0': 'reference', 'field.1': 'title', 'field.2': 'provider', 'field.3': 'lead', 'field.4': 'value', 'field.5': 'startsOn', 'field.6': 'endsOn' };
    const twice = await commissioner.post(at, { ...choices, 'field.2': 'title', act: 'import' });
    expect([twice.status, faultsOf(twice)]).toEqual([422, []]);
    expect(text(twice)).toContain('Title: “What” and “Who” cannot both be it.');
    const nameless = await commissioner.post(at, { 'field.6': 'endsOn', act: 'import' });
    expect(text(nameless)).toContain('Say which heading is the title, the reference or the provider');
    expect(await references()).toEqual([]);

    expect((await commissioner.post(at, { ...choices, act: 'import' })).status).toBe(303);
    const report = await commissioner.get(at);
    expect([report.status, faultsOf(report)]).toEqual([200, []]);
    expect(text(report)).toContain('5 rows: 3 are contracts (3 new, 0 changed, 0 as before), 0 duplicates, 2 kept with a problem, 0 blank.');
    expect(text(report)).toContain('row 5 Finishes in');
    expect(await references()).toEqual(['C-1', 'C-2', 'C-3']);
  });

  test('is known by its headings the next time, and the same file changes nothing', async () => {
    const at = await upload('next.csv', register);
    expect(text(await commissioner.get(at))).toContain('These headings were confirmed before.');
    const { body } = await api.get<{ proposal: { remembered: boolean; mapping: object } }>(`/api/v1/contracts${at.replace('/registers', '')}`);
    expect(body.proposal.remembered).toBe(true);
    const done = (await api.post<{ state: string; report: object }>(`/api/v1/contracts${at.replace('/registers', '')}/confirm`, body.proposal.mapping)).body;
    expect(done).toMatchObject({ state: 'imported', report: { imported: 0, updated: 0, unchanged: 3, kept: 2 } });
    expect(await keptRows()).toHaveLength(2);
  });

  test('can be a workbook in which somebody says where the headings stand', async () => {
    const cell = (value: string) => ({ value, type: String });
    const cover = [[cell('Contracts of the council')], [cell('Made by nobody')]];
    const list = [[cell('A list')], [cell('x'), cell('y')], [cell('Contract Ref'), cell('Contract Title'), cell('Expiry Date')], [cell('W-1'), cell('Respite'), cell('31/03/2031')]];
    const bytes = await (writeXlsxFile as unknown as (sheets: object[]) => { toBuffer(): Promise<Buffer> })([{ sheet: 'Cover', data: cover }, { sheet: 'List', data: list }]).toBuffer();
    const at = await upload('book', bytes);
    const page = await commissioner.get(at);
    expect(text(page)).toContain('Contract Title');
    const nowhere = await commissioner.post(at, { act: 'look', sheet: 'List', headingRow: '900' });
    expect([nowhere.status, faultsOf(nowhere)]).toEqual([422, []]);
    const there = await commissioner.post(at, { act: 'look', sheet: 'List', headingRow: '3' });
    expect(there.status).toBe(200);
    expect((await commissioner.post(at, { act: 'import', sheet: 'List', headingRow: '3', 'field.0': 'reference', 'field.1': 'title', 'field.2': 'endsOn' })).status).toBe(303);
    expect(await references()).toContain('W-1');
  });

  test('can be given up', async () => {
    const at = await upload('wrong.csv', register.replace('Ref;', 'Number;'));
    expect((await commissioner.post(at, { act: 'give-up' })).headers.get('location')).toBe('/imports');
    expect((await commissioner.get(at)).status).toBe(404);
  });
});

describe('the register on pages', () => {
  test('lists contracts by urgency, by view, lead, provider and text', async () => {
    const all = await commissioner.get('/register');
    expect([all.status, faultsOf(all)]).toEqual([200, []]);
    expect(text(all)).toMatch(/4 contracts: 1 is late already/);
    expect(all.html).not.toContain('<b>');
    const shown = async (query: string) => {
      const page = await commissioner.get(`/register${query}`);
      expect([query, page.status, faultsOf(page)]).toEqual([query, 200, []]);
      return ['Home care north', 'Home care south', 'Lunch club', 'Respite'].filter((title) => page.html.includes(title));
    };
    expect(await shown('?view=already-late')).toEqual(['Home care north']);
    expect(await shown('?view=no-end-date')).toEqual(['Lunch club']);
    expect(await shown('?lead=Adults')).toEqual(['Home care north', 'Home care south']);
    expect(await shown('?without=provider')).toEqual(['Respite']);
    expect(await shown('?text=south&lead=&provider=')).toEqual(['Home care south']);
    expect(text(await commissioner.get('/register/groups?by=provider'))).toContain('Harbour Ltd 2 1 late contracts of Harbour Ltd 0 1');
    for (const path of ['/register?after=x', '/register/contracts/x', `/register/contracts/${newId()}`, '/register?text=%00', '/register/kept/x', '/register/settings/x']) {
      const page = await commissioner.get(path);
      expect([path, page.status >= 400 && page.status < 500, faultsOf(page)]).toEqual([path, true, []]);
    }
  });

  test('is taken away as CSV, XLSX, JSON and calendar, of what is shown', async () => {
    const csv = await commissioner.get('/register/download?format=csv&lead=Adults');
    expect([csv.status, csv.headers.get('content-disposition'), csv.html.trim().split('\r\n').length]).toEqual([200, 'attachment; filename="contracts.csv"', 3]);
    const answer = await fetch(`${here.origin}/register/download?format=xlsx`, { headers: { cookie: commissioner.cookie } });
    expect((await readXlsx(Buffer.from(await answer.arrayBuffer())))[0]!.data).toHaveLength(5);
    // Each day leads to the page of its contract, over the API as from the page.
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts?view=later')).body.items[0]!;
    for (const calendar of [(await commissioner.get('/register/download?format=ics&view=later')).html, (await api.get('/api/v1/contracts?format=ics&view=later')).text]) {
      expect(calendar.replaceAll('\r\n ', '')).toContain(`URL:${here.app.get(Installation).publicUrl}/register/contracts/${id}`);
    }
    const { items } = JSON.parse((await commissioner.get('/register/download?format=json&lead=Adults')).html) as { items: { lead: string }[] };
    expect(new Set(items.map(({ lead }) => lead))).toEqual(new Set(['Adults']));
  });

  test('says of a contract how its latest safe start is computed, each step with who says so', async () => {
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts?view=later&text=south')).body.items[0]!;
    const page = await commissioner.get(`/register/contracts/${id}`);
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    for (const says of ['Mobilisation', 'Standstill', 'To be done when the contract ends on 31 March 2049', 'Not verified', 'register.csv, row 3', 'It came into the register']) expect(text(page)).toContain(says);
  });

  test('says what a plan clashes with in days as people write them', async () => {
    const day = (days: number) => addDays(londonDay(new Date()), days);
    // Of contracts that end month after month within two years, some must be decided over a bank holiday.
    const rows = Array.from({ length: 24 }, (_, month) => `K-${month},Clash ${month},£900000,${day(300 + month * 30)}`);
    const { id } = (await api.send<{ id: string }>('POST', '/api/v1/contracts/imports', { body: ['No,What it is,Worth,Ends on', ...rows, ''].join('\n'), headers: { 'content-type': 'application/octet-stream' } })).body;
    expect((await api.post(`/api/v1/contracts/imports/${id}/confirm`, { columns: { No: 'reference', 'What it is': 'title', Worth: 'value', 'Ends on': 'endsOn' } })).status).toBe(200);
    const clashing = (await api.get<{ items: { id: string; title: string }[] }>('/api/v1/contracts?view=clashes')).body.items.filter(({ title }) => title.startsWith('Clash'));
    expect(clashing.length).toBeGreaterThan(0);
    const page = text(await commissioner.get(`/register/contracts/${clashing[0]!.id}`));
    expect(page).toMatch(/Bank holidays fall into the step “[a-z-]+”: \d{1,2} [A-Z][a-z]+ \d{4}/);
    expect(page.slice(0, page.indexOf('Where it comes from'))).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  });

  test('is closed to whoever does not see all of the organisation', async () => {
    const provider = await visitor('provider-admin');
    for (const path of ['/register', '/register/groups', '/register/kept', '/register/settings', '/register/download', `/register/contracts/${newId()}`, `/register/contracts/${newId()}/take-over`]) expect([path, (await provider.get(path)).status]).toEqual([path, 403]);
    const other = await visitor('commissioner', 'demo-health-board');
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts')).body.items[0]!;
    const [row] = await keptRows();
    for (const path of [`/register/contracts/${id}`, `/register/contracts/${id}/take-over`, `/register/kept/${row!.id}`]) expect([path, (await other.get(path)).status]).toEqual([path, 404]);
    const theirs = here.as('commissioner', 'demo-health-board');
    expectProblem(await theirs.post(`/api/v1/contracts/kept-rows/${row!.id}/settle`), 404, 'kept-row.unknown');
    expectProblem(await theirs.post(`/api/v1/contracts/kept-rows/${row!.id}/mend`, { title: 'x' }), 404, 'kept-row.unknown');
    const auditor = await visitor('auditor');
    expect((await auditor.get(`/register/kept/${row!.id}`)).html).not.toContain('name="act"');
    expect((await auditor.post(`/register/kept/${row!.id}`, { act: 'settle' })).status).toBe(403);
    expect(await keptRows()).toHaveLength(2);
  });
});

describe('a row that could not be used', () => {
  test('is mended into a contract, beginning with what could be read of it', async () => {
    const row = (await keptRows()).find(({ raw }) => raw['Ref'] === 'C-4')!;
    const list = await commissioner.get('/register/kept');
    expect([list.status, faultsOf(list)]).toEqual([200, []]);
    const page = await commissioner.get(`/register/kept/${row.id}`);
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    expect(page.html).toContain('value="Night shelter"');
    expect(text(page)).toContain('The register says “12/31/2030”');
    const typed = { reference: 'C-4', title: 'Night shelter', provider: 'Harbour Ltd', 'value.amount': '5000', 'endsOn.day': '31', 'endsOn.month': '2', 'endsOn.year': '2030', act: 'mend' };
    const wrong = await commissioner.post(`/register/kept/${row.id}`, typed);
    expect([wrong.status, faultsOf(wrong)]).toEqual([422, []]);
    expect(text(wrong)).toContain('Last day: this is not a day of the calendar');
    expect(wrong.html).toContain('value="Night shelter"');
    const mended = await commissioner.post(`/register/kept/${row.id}`, { ...typed, 'endsOn.month': '12' });
    expect(mended.headers.get('location')).toMatch(/^\/register\/contracts\//);
    const contract = (await api.get<{ endsOn: string; history: { changedBy: string }[] }>(`/api/v1${mended.headers.get('location')!.replace('/register', '')}`)).body;
    expect(contract).toMatchObject({ endsOn: '2030-12-31', history: [{ changedBy: here.person('commissioner').person }] });
    expect((await commissioner.get(`/register/kept/${row.id}`)).status).toBe(404);
    // The register, imported again as it was, does not bring it back.
    const { body } = await sent(register);
    await api.post(`/api/v1/contracts/imports/${body.id}/confirm`, body.proposal.mapping);
    expect((await keptRows()).map(({ raw }) => raw['Ref'])).toEqual(['C-5']);
    expect(await references()).toContain('C-4');
  });

  test('is settled where it is no contract, over the API as on the page', async () => {
    const [row] = await keptRows();
    expectProblem(await here.as('auditor').post(`/api/v1/contracts/kept-rows/${row!.id}/settle`), 403, 'right.missing');
    expectProblem(await api.post(`/api/v1/contracts/kept-rows/${row!.id}/mend`, { title: 'x', startsOn: '2030-01-01', endsOn: '2029-01-01' }), 400, 'request.invalid');
    expect((await api.post(`/api/v1/contracts/kept-rows/${row!.id}/settle`)).body).toEqual({ settled: true });
    expectProblem(await api.post(`/api/v1/contracts/kept-rows/${row!.id}/settle`), 404, 'kept-row.unknown');
    expect(await keptRows()).toEqual([]);
  });
});

describe('a contract', () => {
  test('is taken over into an agreement once, and leads to it', async () => {
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts?text=south')).body.items[0]!;
    const form = await commissioner.get(`/register/contracts/${id}/take-over`);
    expect([form.status, faultsOf(form)]).toEqual([200, []]);
    const lacking = await commissioner.post(`/register/contracts/${id}/take-over`, { kind: 'contract', 'pathway.id': 'standard', stage: 'delivery' });
    expect([lacking.status, faultsOf(lacking)]).toEqual([422, []]);
    expect(text(lacking)).toContain('Route: choose one');
    expect(text(lacking)).toContain('Does any of this hold?');
    const nowhere = await commissioner.post(`/register/contracts/${id}/take-over`, { kind: 'contract', 'pathway.id': 'grant', 'route.id': 'grant', stage: 'sourcing' });
    expect(nowhere.status).toBe(422);
    const taken = await commissioner.post(`/register/contracts/${id}/take-over`, { kind: 'contract', 'pathway.id': 'standard', 'route.id': 'pa2023-light-touch', stage: 'delivery', raises: 'closed-setting' });
    const at = taken.headers.get('location')!.split('?')[0]!;
    expect(at).toMatch(/^\/agreements\//);
    expect((await api.get(`/api/v1${at}`)).body).toMatchObject({ title: 'Home care south', stage: 'delivery', raises: ['closed-setting'], takenOver: { source: 'register.csv', reference: 'C-2' }, facts: { value: { value: { amount: '12000000.00' } }, 'contract-period': { value: { startsOn: '2024-04-01', endsOn: '2049-03-31' } } } });
    expect((await commissioner.get(`/register/contracts/${id}`)).html).toContain(`href="${at}"`);
    expect((await commissioner.get(`/register/contracts/${id}/take-over`)).status).toBe(409);
  });

  test('that rolls on is asked since when it runs and until when, where its service is under way', async () => {
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts?text=lunch')).body.items[0]!;
    const asked = { kind: 'contract', 'pathway.id': 'standard', 'route.id': 'pa2023-light-touch', stage: 'delivery' };
    const form = await commissioner.get(`/register/contracts/${id}/take-over`);
    expect([faultsOf(form), text(form).includes('It runs from'), text(form).includes('Of a contract that rolls on, the next day on which it can be ended')]).toEqual([[], true, true]);
    const unsaid = await commissioner.post(`/register/contracts/${id}/take-over`, asked);
    expect([unsaid.status, text(unsaid).includes('it is said since when it runs, and until when')]).toEqual([422, true]);
    const half = await commissioner.post(`/register/contracts/${id}/take-over`, { ...asked, 'period.startsOn.day': '1', 'period.startsOn.month': '4', 'period.startsOn.year': '2022' });
    expect([half.status, faultsOf(half), text(half).includes('It runs to: write a day')]).toEqual([422, [], true]);
    const body = { kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'delivery' };
    expectProblem(await api.post(`/api/v1/contracts/${id}/take-over`, body), 422, 'take-over.period-unknown');
    const days = { 'period.startsOn.day': '1', 'period.startsOn.month': '4', 'period.startsOn.year': '2022', 'period.endsOn.day': '31', 'period.endsOn.month': '3', 'period.endsOn.year': '2049' };
    const at = (await commissioner.post(`/register/contracts/${id}/take-over`, { ...asked, ...days })).headers.get('location')!.split('?')[0]!;
    expect((await api.get(`/api/v1${at}`)).body).toMatchObject({ stage: 'delivery', facts: { 'contract-period': { value: { startsOn: '2022-04-01', endsOn: '2049-03-31' } } } });
  });

  test('that was taken over by mistake is taken out again, and over anew', async () => {
    const { id, agreement: before } = (await api.get<{ items: { id: string; agreement: string }[] }>('/api/v1/contracts?text=lunch')).body.items[0]!;
    const cancelled = await api.post(`/api/v1/agreements/${before}/commands/cancel`, { reason: 'It is a grant.' }, { headers: { 'if-match': '"1"' } });
    expect(cancelled.status).toBe(200);
    const page = await commissioner.get(`/register/contracts/${id}`);
    expect([faultsOf(page), text(page).includes('which was cancelled'), page.html.includes(`/register/contracts/${id}/take-over`)]).toEqual([[], true, true]);
    const body = { kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], stage: 'offer' };
    const again = await api.post<{ agreement: string }>(`/api/v1/contracts/${id}/take-over`, body);
    expect([again.status, again.body.agreement === before]).toEqual([201, false]);
    expect((await api.get(`/api/v1/contracts/${id}`)).body).toMatchObject({ agreement: again.body.agreement });
    expect((await commissioner.get(`/register/contracts/${id}/take-over`)).status).toBe(409);
  });

  test('is taken over through the API in the same manner', async () => {
    const { id } = (await api.get<{ items: { id: string }[] }>('/api/v1/contracts?text=north')).body.items[0]!;
    const body = { kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'delivery' };
    const key = { headers: { 'idempotency-key': newId() } };
    const first = await api.post<{ agreement: string }>(`/api/v1/contracts/${id}/take-over`, body, key);
    expect([first.status, first.headers.get('location')]).toEqual([201, `/api/v1/agreements/${first.body.agreement}`]);
    expect((await api.post(`/api/v1/contracts/${id}/take-over`, body, key)).body).toMatchObject({ agreement: first.body.agreement, repeated: true });
    expect((await api.post(`/api/v1/contracts/${id}/take-over`, body)).status).toBe(422);
    expect((await api.get(`/api/v1/contracts/${id}`)).body).toMatchObject({ agreement: first.body.agreement });
    expect(expectProblem(await api.post(`/api/v1/contracts/${id}/take-over`, { ...body, raises: undefined }), 400, 'request.invalid').errors).toMatchObject([{ pointer: '/raises' }]);
    expectProblem(await api.post(`/api/v1/contracts/${newId()}/take-over`, body), 404, 'contract.unknown');
  });
});

describe('how long renewing takes', () => {
  test('is shown to everybody with who says so, and changed by an administrator alone', async () => {
    const page = await commissioner.get('/register/settings');
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    expect(text(page)).toContain('It can be changed by an administrator.');
    expect((await commissioner.get('/register/settings/tender')).status).toBe(403);
    const admin = await visitor('administrator');
    const shown = await admin.get('/register/settings');
    expect([shown.status, faultsOf(shown)]).toEqual([200, []]);
    const step = await admin.get('/register/settings/tender');
    expect([step.status, faultsOf(step)]).toEqual([200, []]);
    const typed = Object.fromEntries([...step.html.matchAll(/name="([\w-]+\.\w+)"[^>]*value="(\d+)"/g)].map(([, name, value]) => [name!, value!]));
    expect(typed['usual.major']).toBe('84');
    const wrong = await admin.post('/register/settings/tender', { ...typed, 'usual.major': 'long' });
    expect([wrong.status, faultsOf(wrong)]).toEqual([422, []]);
    const start = async () => (await api.get<{ items: { latestSafeStart: string }[] }>('/api/v1/contracts?text=south')).body.items[0]!.latestSafeStart;
    const before = await start();
    expect((await admin.post('/register/settings/tender', { ...typed, 'usual.major': '94', cites: 'Standing orders 7' })).status).toBe(303);
    expect(Date.parse(before) - Date.parse(await start())).toBe(10 * 86_400_000);
    const { steps } = (await api.get<{ steps: { tender: { source: object; routes: Record<string, { source: { cites: string } }> } } }>('/api/v1/contracts/settings')).body;
    expect(steps.tender.source).toEqual({ cites: 'Standing orders 7', mark: 'practice' });
    expect(Object.values(steps.tender.routes).every(({ source }) => source.cites !== 'Standing orders 7')).toBe(true);
  });

  test('knows the times before elections and the days of closure that somebody adds', async () => {
    const admin = await visitor('administrator');
    const day = (name: string, at: string) => Object.fromEntries(['year', 'month', 'day'].map((part, place) => [`${name}.${part}`, at.split('-')[place]!]));
    const lacking = await admin.post('/register/settings', { kind: 'preElection', title: 'Mayor', ...day('begins', '2048-03-20'), act: 'add' });
    expect([lacking.status, faultsOf(lacking)]).toEqual([422, []]);
    expect((await admin.post('/register/settings', { kind: 'preElection', title: 'Mayor', ...day('begins', '2048-11-20'), ...day('ends', '2049-01-05'), act: 'add' })).status).toBe(303);
    expect((await admin.post('/register/settings', { kind: 'closures', title: 'Between the years', ...day('begins', '2048-12-27'), ...day('ends', '2048-12-31'), act: 'add' })).status).toBe(303);
    expect(text(await admin.get('/register/settings'))).toMatch(/Days of closure .*Between the years/);
    const { body } = await api.get<{ preElection: { periods: { title: string }[] } }>('/api/v1/contracts/settings');
    const at = body.preElection.periods.findIndex(({ title }) => title === 'Mayor');
    expect(at).toBeGreaterThanOrEqual(0);
    expect((await admin.post('/register/settings', { act: `remove preElection ${at}` })).status).toBe(303);
    expectProblem(await here.as('administrator').post('/api/v1/contracts/settings', { steps: {} }), 400, 'renewal-settings.invalid');
    expect((await here.as('administrator').post('/api/v1/contracts/settings', { ...body })).status).toBe(200);
  });
});

describe('which days are bank holidays', () => {
  const standstill = async () => (await api.get<{ ends: string }>('/api/v1/routes/pa2023-competitive/1/standstill?published=2026-06-01')).body.ends;

  test('is added to by an administrator alone, and every clock goes by it at once', async () => {
    const seen = await commissioner.get('/calendar');
    expect([seen.status, faultsOf(seen), text(seen).includes('They can be added to by an administrator.')]).toEqual([200, [], true]);
    const proclaimed = { 'day.day': '5', 'day.month': '6', 'day.year': '2026', in: 'england-and-wales', title: 'A jubilee', cites: 'Royal proclamation', act: 'add' };
    expect((await commissioner.post('/calendar', proclaimed)).status).toBe(403);
    const admin = await visitor('administrator');
    const lacking = await admin.post('/calendar', { ...proclaimed, in: '', title: '' });
    expect([lacking.status, faultsOf(lacking), text(lacking).includes('Say in which part of the UK it is kept')]).toEqual([422, [], true]);
    const saturday = await admin.post('/calendar', { ...proclaimed, 'day.day': '6' });
    expect([saturday.status, text(saturday).includes('A Saturday or Sunday is no working day')]).toEqual([422, true]);
    expect(await standstill()).toBe('2026-06-10');
    expect((await admin.post('/calendar', proclaimed)).status).toBe(303);
    expect(await standstill()).toBe('2026-06-11');
    const shown = await admin.get('/calendar');
    expect([faultsOf(shown), text(shown).includes('5 June 2026')]).toEqual([[], true]);
    expect((await admin.post('/calendar', { act: 'remove 2026-06-05' })).status).toBe(303);
    expect(await standstill()).toBe('2026-06-10');
    const early = await admin.post('/calendar', { act: 'known' });
    expect([early.status, faultsOf(early), text(early).includes('A year is known once its bank holidays stand here, those of every part of the UK')]).toEqual([422, [], true]);
    const christmas = { day: '2028-12-25', in: ['england-and-wales', 'scotland', 'northern-ireland'], title: 'Christmas Day', cites: 'gov.uk' };
    expect((await here.as('administrator').post('/api/v1/calendar', { holidays: [christmas] })).status).toBe(200);
    expect((await admin.post('/calendar', { act: 'known' })).status).toBe(303);
    const known = await admin.get('/calendar');
    expect([faultsOf(known), text(known).includes('Those of 2029 and later are not known here yet')]).toEqual([[], true]);
    expect((await admin.post('/calendar', { act: 'unknown' })).status).toBe(303);
    expect(text(await admin.get('/calendar'))).toContain('Those of 2028 and later are not known here yet');
    expect((await admin.post('/calendar', { act: 'remove 2028-12-25' })).status).toBe(303);
  });

  test('and over the API: all of them, or every reason why not', async () => {
    const holiday = { day: '2026-06-05', in: ['england-and-wales', 'scotland'], title: 'A jubilee', cites: 'Royal proclamation' };
    const administrator = here.as('administrator');
    expect((await here.as('commissioner').post('/api/v1/calendar', { holidays: [holiday] })).status).toBe(403);
    expectProblem(await administrator.post('/api/v1/calendar', { holidays: [{ ...holiday, day: '2026-02-30' }] }), 400, 'request.invalid');
    const refused = await administrator.post<{ errors: { code: string }[] }>('/api/v1/calendar', { holidays: [holiday, holiday, { ...holiday, day: '2026-06-06' }] });
    expect([refused.status, refused.body.errors.map(({ code }) => code)]).toEqual([422, ['calendar.day-twice', 'calendar.weekend']]);
    expect((await administrator.post('/api/v1/calendar?dryRun=true', { holidays: [holiday] })).body).toMatchObject({ dryRun: true });
    expect(await standstill()).toBe('2026-06-10');
    expect((await administrator.post('/api/v1/calendar', { holidays: [holiday] })).status).toBe(200);
    expect([await standstill(), (await api.get('/api/v1/calendar')).body]).toEqual(['2026-06-11', expect.objectContaining({ holidays: [holiday], lastKnownYear: 2027 })]);
    const nextYear = [holiday, { ...holiday, day: '2028-12-25', in: ['england-and-wales', 'scotland', 'northern-ireland'] }];
    const unknown = await administrator.post<{ errors: { code: string; missing: unknown[] }[] }>('/api/v1/calendar', { holidays: nextYear, lastKnownYear: 2029 });
    expect([unknown.status, unknown.body.errors[0]]).toMatchObject([422, { code: 'calendar.year-empty' }]);
    expect((await administrator.post('/api/v1/calendar', { holidays: nextYear, lastKnownYear: 2028 })).status).toBe(200);
    expect((await api.get('/api/v1/calendar')).body).toMatchObject({ lastKnownYear: 2028 });
    expect((await administrator.post('/api/v1/calendar', { holidays: [] })).status).toBe(200);
  });
});

describe('a register sent to the API', () => {
  test('that is none, or a mapping that does not fit, is a sentence', async () => {
    expectProblem(await sent('{"releases": []}'), 422, 'import.unreadable');
    expectProblem(await sent('words'), 422, 'import.unreadable');
    const { body } = await sent(register.replace('Ref;', 'Code;'));
    expectProblem(await api.post(`/api/v1/contracts/imports/${body.id}/confirm`, { columns: { Nothing: 'title' } }), 422, 'import.unreadable');
    expectProblem(await api.post(`/api/v1/contracts/imports/${body.id}/confirm`, { columns: { What: 'name' } }), 400, 'request.invalid');
    expectProblem(await api.post(`/api/v1/contracts/imports/${newId()}/confirm`, { columns: { What: 'title' } }), 404, 'import.unknown');
    expectProblem(await api.get(`/api/v1/contracts/imports/${body.id}?headingRow=500`), 422, 'import.unreadable');
    expect((await here.as('contract-manager').post(`/api/v1/contracts/imports/${body.id}/confirm`, { columns: { Code: 'reference', What: 'title' } })).status).toBe(200);
  });
});
