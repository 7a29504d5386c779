import { importRegisterFile } from '@concordat/exchange';
import { ContractRegister } from '@concordat/register';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@concordat/platform';
import readXlsx from 'read-excel-file/node';
import type { ApiClient } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';

const csv = [
  'Contract Ref,Contract Title,Supplier,Lead,Contract Value,Start Date,Expiry Date',
  'C-1,Home care north,Harbour Ltd,Adults,one hundred thousand pounds,1 April 2020,31/03/2024',
  'C-2,Home care south,North Trust,Adults,£12m,01/04/2024,31.3.49',
  'C-3,Lunch club,Harbour Ltd,,,,rolling',
  'C-4,Night shelter,Harbour Ltd,Housing,5000,,12/31/2030',
].join('\n');

interface Listed {
  readonly items: readonly { readonly id: string; readonly reference: string; readonly state: string; readonly value: unknown }[];
}

let here: TestInstallation;
let c: ApiClient;
beforeAll(async () => {
  here = await openInstallation();
  c = here.as('commissioner');
  const { organisation } = (await c.get<{ organisation: { id: string } }>('/api/v1/me')).body;
  await importRegisterFile({ register: here.app.get(ContractRegister), tenant: organisation.id, by: 'system:import', file: 'register.csv', bytes: Buffer.from(csv) });
});
afterAll(() => here.close());

const references = async (query: string) => (await c.get<Listed>(`/api/v1/contracts${query}`)).body.items.map(({ reference }) => reference);

describe('the contract register over the API', () => {
  test('lists contracts by urgency, and by view, lead, provider and text', async () => {
    const { body } = await c.get<Listed>('/api/v1/contracts');
    expect(body.items).toMatchObject([
      { reference: 'C-1', state: 'already-late', ended: true, value: { amount: '100000.00', currency: 'GBP' } },
      { reference: 'C-2', state: 'later', endsOn: '2049-03-31', tierUsed: 'major' },
      { reference: 'C-3', state: 'no-end-date', value: null },
    ]);
    expect(await references('?view=already-late')).toEqual(['C-1']);
    expect(await references('?view=no-end-date')).toEqual(['C-3']);
    expect(await references('?lead=Adults')).toEqual(['C-1', 'C-2']);
    expect(await references('?lead=')).toEqual(['C-3']);
    expect(await references('?provider=Harbour%20Ltd')).toEqual(['C-1', 'C-3']);
    expect(await references('?text=home')).toEqual(['C-1', 'C-2']);
  });

  test('is paged by its Link header, filters included', async () => {
    const first = await c.get<Listed>('/api/v1/contracts?limit=1&provider=Harbour%20Ltd');
    const next = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1];
    expect((await c.get<Listed>(next!)).body.items.map(({ reference }) => reference)).toEqual(['C-3']);
    expect((await c.get(`/api/v1/contracts?after=nonsense`)).body).toMatchObject({ code: 'cursor.unreadable' });
  });

  test('shows one contract with the plan of its renewal, and the row it came from', async () => {
    const [, second] = (await c.get<Listed>('/api/v1/contracts')).body.items;
    const { body } = await c.get(`/api/v1/contracts/${second!.id}`);
    expect(body).toMatchObject({
      reference: 'C-2', row: { 'Expiry Date': '31.3.49' }, history: [{ revision: 1, changedBy: 'system:import' }],
      plan: { latestSafeStart: expect.stringMatching(/^2047-/), steps: expect.arrayContaining([expect.objectContaining({ step: 'mobilisation', ends: '2049-03-31' })]) },
    });
    expect((await c.get(`/api/v1/contracts/${newId()}`)).body).toMatchObject({ code: 'contract.unknown', status: 404 });
  });

  test('counts by lead and by provider', async () => {
    expect((await c.get('/api/v1/contracts/groups?by=provider')).body).toMatchObject({
      items: [{ name: 'Harbour Ltd', contracts: 2, alreadyLate: 1, noEndDate: 1 }, { name: 'North Trust', contracts: 1, value: { amount: '12000000.00' } }],
    });
  });

  test('keeps the row that could not be used, and says why', async () => {
    expect((await c.get('/api/v1/contracts/kept-rows')).body).toMatchObject({
      items: [{ source: { file: 'register.csv', row: 5 }, problems: [{ code: 'date.american', column: 'Expiry Date' }], raw: { 'Contract Ref': 'C-4' } }],
    });
  });

  test('says how long everything takes, with sources', async () => {
    expect((await c.get('/api/v1/contracts/settings')).body).toMatchObject({ steps: { standstill: { routes: { 'pa2023-competitive': { source: { mark: 'text' } } } } } });
  });

  test('comes as CSV, XLSX and calendar, by Accept or by format', async () => {
    const asCsv = await c.get('/api/v1/contracts?format=csv&limit=1');
    expect(asCsv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(asCsv.headers.get('content-disposition')).toBe('attachment; filename="contracts.csv"');
    expect(asCsv.text.trim().split('\r\n')).toHaveLength(4);
    const calendar = await c.get('/api/v1/contracts?view=later', { headers: { accept: 'text/calendar' } });
    expect(calendar.text.match(/^BEGIN:VEVENT/gm)).toHaveLength(2);
    const workbook = await fetch(`${here.origin}/api/v1/contracts?format=xlsx`, { headers: { authorization: `Bearer ${here.person('commissioner').key}` } });
    const [sheet] = await readXlsx(Buffer.from(await workbook.arrayBuffer()));
    expect(sheet!.data).toHaveLength(4);
    expect((await c.get('/api/v1/contracts?format=pdf')).status).toBe(400);
  });

  test.each(['/api/v1/contracts', '/api/v1/contracts/groups?by=lead', '/api/v1/contracts/kept-rows', '/api/v1/contracts/settings', `/api/v1/contracts/${newId()}`])(
    '%s is closed to a provider’s people and to those without a key',
    async (path) => {
      expect((await here.as('provider-admin').get(path)).body).toMatchObject({ status: 403, code: 'right.missing' });
      expect((await here.with().get(path)).status).toBe(401);
    },
  );
});
