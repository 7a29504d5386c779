import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Agreement, awardNotice, initialAgreement, type Publication } from '@concordat/agreement/core';
import { routes } from '@concordat/pathway';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { compile } from './merge.js';
import { releaseRules } from '../release-rules.js';
import { takingOver } from './process.js';
import { releaseOf, releasePackage, tagOfNotice } from './release.js';

const { $schema, id: _, ...schema } = JSON.parse(readFileSync(fileURLToPath(new URL('../ocds/release-schema.json', import.meta.url)), 'utf8'));
const validator = new Ajv({ strict: false });
(addFormats as unknown as (ajv: Ajv) => void)(validator);
const isRelease = validator.compile(schema);

const [agreement, provider, other, publication] = [1, 2, 3, 4].map((n) => `0199d8a0-7c1e-7f3a-b6a7-00000000000${n}`) as [string, string, string, string];
const fact = <V>(value: V) => ({ value, by: 'x', at: 'x' }) as never;
const buyer = { id: 'council', name: 'The council', identifiers: [] };
const providers = new Map([[provider, { id: provider, name: 'Harbour Ltd', identifiers: [{ scheme: 'GB-COH', id: '09506232' }] }]]);
const route = routes.latest().find(({ id }) => id === 'pa2023-competitive')!;
const awarded: Agreement = {
  ...initialAgreement,
  id: agreement, title: 'Home care',
  facts: { value: fact({ amount: '90000.00', currency: 'GBP' }), 'contract-period': fact({ startsOn: '2026-09-01', endsOn: '2028-08-31' }), description: fact('Care at home') },
  publishedNotices: [{ notice: 'UK4', publishedOn: '2026-03-02', recordedOn: '2026-03-02', reference: '2026/S 000-1', stage: 'sourcing' }],
  award: {
    ...initialAgreement.award, parties: { [provider]: 'invited', [other]: 'invited' },
    proposed: { provider, value: { amount: '88000.50', currency: 'GBP' }, proposedBy: 'x', proposers: ['x'], proposedAt: 'x', stage: 'award', lots: [] },
    notice: { publishedOn: '2026-06-01', recordedOn: '2026-06-01', reference: '2026/S 000-2', stage: 'award', version: '', voluntaryStandstill: null, warnings: [] },
  },
};
const telling = (notice: string, of: Agreement = awarded) =>
  releaseOf(of, { publication, of: { is: 'release', notice, ocid: 'ocds-h6vhtk-04a1b2' }, releaseWhen: { is: 'decision-in-force' }, withheld: [], published: { on: '2026-06-02', at: '2026-06-02T09:00:00.123456Z', version: 7, number: '2026/S 000-2', duty: null, election: null } } satisfies Publication as never, { route, buyer, providers });

test('every notice that a route knows has a tag', () => {
  expect(routes.all.flatMap(({ notices }) => notices.map(({ code }) => code)).filter((code) => !Object.hasOwn(tagOfNotice, code))).toEqual([]);
});

describe('the data of a notice', () => {
  test.each(Object.keys(tagOfNotice))('of %s is a release by the schema of OCDS 1.1', (notice) => {
    expect([isRelease(JSON.parse(JSON.stringify(telling(notice)))), isRelease.errors]).toEqual([true, null]);
  });

  test('of a call for tenders names nobody who may be awarded it, and no value of an award', () => {
    const { awards, contracts, parties, tender } = telling('UK4');
    expect([awards, contracts, parties.map(({ name }) => name), tender.status]).toEqual([undefined, undefined, ['The council'], 'active']);
    expect(JSON.stringify(telling('UK4'))).not.toContain('88000.5');
  });

  test('of an award bears the official number, its day, who provides and for how much', () => {
    const { awards, parties, date } = telling(awardNotice);
    expect(awards).toMatchObject([{ title: 'Home care', value: { amount: 88000.5, currency: 'GBP' }, suppliers: [{ name: 'Harbour Ltd' }], documents: [{ id: '2026/S 000-2', datePublished: '2026-06-01T00:00:00Z' }] }]);
    expect([parties.map(({ name, roles }) => [name, roles]), date]).toEqual([[['The council', ['buyer']], ['Harbour Ltd', ['supplier']]], '2026-06-02T09:00:00.123Z']);
    // Who bid and did not win is named nowhere.
    expect(JSON.stringify(telling(awardNotice))).not.toContain(other);
  });

  test('of an award bears no day of a notice that told of another', () => {
    const { awards } = telling(awardNotice, { ...awarded, award: { ...awarded.award, notice: { ...awarded.award.notice!, version: 'another' } } });
    expect(Object.keys(awards![0]!.documents![0]!)).toEqual(['id', 'title']);
  });

  test('of an award in lots tells each contract with those who provide under it, and no subcontractor', () => {
    const lot = { agreement: publication, lot: 'North', title: 'Home care north', value: { amount: '1.00', currency: 'GBP' }, lead: provider, members: [], subcontractors: [other] };
    const lots: Agreement = { ...awarded, award: { ...awarded.award, proposed: { ...awarded.award.proposed!, lots: [lot] } } };
    expect(telling('UK6', lots).awards).toMatchObject([{ id: publication, title: 'Home care north', suppliers: [{ id: provider }] }]);
    expect(JSON.stringify(telling('UK6', lots))).not.toContain(other);
  });

  test('of a contract tells its award, period, value and the day it was signed, and of its end that it ended', () => {
    const signed: Agreement = { ...awarded, facts: { ...awarded.facts, 'contract-signed': fact('2026-08-20') } };
    const contract = { awardID: `${agreement}-award`, title: 'Home care', status: 'active', period: { startDate: '2026-09-01T00:00:00Z', endDate: '2028-08-31T23:59:59Z' }, value: { amount: 88000.5, currency: 'GBP' }, dateSigned: '2026-08-20T00:00:00Z' };
    expect(telling('UK7', signed).contracts).toMatchObject([contract]);
    expect(telling('UK11', signed).contracts).toMatchObject([{ ...contract, status: 'terminated' }]);
    // What is not known is not there: no day of signing, no period, no value.
    const { facts: { description }, award } = awarded;
    const bare = { ...awarded, facts: { description }, award: { ...award, proposed: null, parties: { [provider]: 'provider' } } } as Agreement;
    expect(Object.keys(telling('UK7', bare).contracts![0]!)).toEqual(['id', 'awardID', 'title', 'status', 'documents']);
  });

  test('bears the title of that notice and the day on which it was last published, where it tells of what it is about', () => {
    const published = (notice: string, publishedOn: string) => ({ notice, publishedOn, recordedOn: publishedOn, reference: 'x', stage: 'sourcing' });
    const several: Agreement = { ...awarded, publishedNotices: [published('UK4', '2026-03-02'), published('UK4', '2026-03-09'), published('UK6', '2026-06-01'), published('UK7', '2026-07-01')] };
    const document = (code: string, day: string) => ({ id: '2026/S 000-2', title: route.notices.find((notice) => notice.code === code)!.title, datePublished: `${day}T00:00:00Z` });
    const told = (notice: string) => { const { tender, awards, contracts } = telling(notice, several); return [tender.documents, awards?.[0]?.documents, contracts?.[0]?.documents]; };
    expect(told('UK4')).toEqual([[document('UK4', '2026-03-09')], undefined, undefined]);
    expect(told('UK6')).toEqual([undefined, [document('UK6', '2026-06-01')], undefined]);
    expect(told('UK7')).toEqual([undefined, undefined, [document('UK7', '2026-07-01')]]);
    expect(telling('UK2', several).tender.documents).toEqual([{ id: '2026/S 000-2', title: route.notices.find(({ code }) => code === 'UK2')?.title ?? 'Contract award notice' }]);
  });

  test('says how far the tender has come, and all that is known of it', () => {
    const { tender } = telling('UK6');
    expect(tender).toEqual({
      id: agreement, title: 'Home care', description: 'Care at home', status: 'complete', procurementMethodDetails: route.title, value: { amount: 90000, currency: 'GBP' },
      contractPeriod: { startDate: '2026-09-01T00:00:00Z', endDate: '2028-08-31T23:59:59Z' },
    });
    expect(['UK1', 'UK4', 'UK12', 'UK7'].map((notice) => telling(notice).tender.status)).toEqual(['planned', 'active', 'cancelled', 'complete']);
    expect(Object.keys(telling('UK6', { ...awarded, facts: {} }).tender)).toEqual(['id', 'title', 'status', 'procurementMethodDetails']);
    expect(['UK1', 'UK12'].map((notice) => telling(notice).awards)).toEqual([undefined, undefined]);
  });

  test('of an award says when it was decided and for how long it is, and names a provider that it may not name by its id alone', () => {
    const decided = { ...awarded, decision: { decidedOn: '2026-05-20' } as never, award: { ...awarded.award, proposed: { ...awarded.award.proposed!, provider: other } } } as Agreement;
    const { awards, parties } = telling('UK6', decided);
    expect(awards).toMatchObject([{ date: '2026-05-20T00:00:00Z', contractPeriod: { startDate: '2026-09-01T00:00:00Z' }, suppliers: [{ id: other, name: 'A provider' }] }]);
    expect(parties.at(-1)).toEqual({ id: other, name: 'A provider', roles: ['supplier'] });
    expect(Object.keys(telling('UK6', { ...awarded, facts: {} }).awards![0]!)).toEqual(['id', 'title', 'status', 'value', 'suppliers', 'documents']);
  });

  test('that was proposed to nobody and taken over names those who provide it, and where nobody does nothing is awarded', () => {
    const standing = (parties: Agreement['award']['parties']) => telling('UK7', { ...awarded, award: { ...awarded.award, proposed: null, parties } }).awards!.map(({ suppliers }) => suppliers.map(({ id }) => id));
    expect([standing({ [provider]: 'provider', [other]: 'invited' }), standing({ [other]: 'invited' })]).toEqual([[[provider]], []]);
  });

  test('names an organisation by the first of its identifiers, and by all the others it has', () => {
    const registers = [{ scheme: 'GB-COH', id: '09506232' }, { scheme: 'GB-CHC', id: '7' }];
    const named = (identifiers: typeof registers) => releaseOf(awarded, { publication, of: { is: 'release', notice: 'UK6', ocid: 'x' }, published: null } as never, { route, buyer, providers: new Map([[provider, { id: provider, name: 'Harbour Ltd', identifiers }]]) }).parties.at(-1);
    const harbour = { id: provider, name: 'Harbour Ltd', roles: ['supplier'] };
    expect(named(registers)).toEqual({ ...harbour, identifier: { ...registers[0], legalName: 'Harbour Ltd' }, additionalIdentifiers: [registers[1]] });
    expect(Object.keys(named(registers.slice(0, 1))!)).toEqual(['id', 'name', 'roles', 'identifier']);
    expect(Object.keys(named([])!)).toEqual(['id', 'name', 'roles']);
  });

  test('is read back by the import as the contract it tells of', () => {
    const compiled = compile([JSON.parse(JSON.stringify(telling('UK7')))], releaseRules);
    expect(takingOver('ocds-h6vhtk-04a1b2', compiled as never, 'Find a Tender' as never)).toMatchObject({ title: 'Home care', stage: 'mobilisation', value: { amount: '88000.50', currency: 'GBP' }, facts: { 'contract-period': { startsOn: '2026-09-01', endsOn: '2028-08-31' } } });
  });
});

test('a package says when its newest release was published, and by whom', () => {
  const later = { ...telling('UK4'), date: '2026-07-01T09:00:00.000Z' };
  expect([releasePackage('https://x', 'y', [later, telling('UK6')]).publishedDate, releasePackage('https://x', 'y', []).publishedDate]).toEqual(['2026-07-01T09:00:00.000Z', '']);
  expect(releasePackage('https://x', 'The council', [telling('UK4'), telling('UK6')])).toMatchObject({ version: '1.1', publishedDate: '2026-06-02T09:00:00.123Z', publisher: { name: 'The council' }, releases: [{ tag: ['tender'] }, { tag: ['award'] }] });
});
