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
  publishedNotices: [{ notice: 'UK4', publishedOn: '2026-03-02', reference: '2026/S 000-1', stage: 'sourcing' }],
  award: {
    ...initialAgreement.award, parties: { [provider]: 'invited', [other]: 'invited' },
    proposed: { provider, value: { amount: '88000.50', currency: 'GBP' }, proposedBy: 'x', proposers: ['x'], proposedAt: 'x', stage: 'award', lots: [] },
    notice: { publishedOn: '2026-06-01', reference: '2026/S 000-2', stage: 'award', voluntaryStandstill: null, warnings: [] },
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

  test('is read back by the import as the contract it tells of', () => {
    const compiled = compile([JSON.parse(JSON.stringify(telling('UK7')))], releaseRules);
    expect(takingOver('ocds-h6vhtk-04a1b2', compiled as never, 'Find a Tender' as never)).toMatchObject({ title: 'Home care', stage: 'mobilisation', value: { amount: '88000.50', currency: 'GBP' }, facts: { 'contract-period': { startsOn: '2026-09-01', endsOn: '2028-08-31' } } });
  });
});

test('a package says when its newest release was published, and by whom', () => {
  expect(releasePackage('https://x', 'The council', [telling('UK4'), telling('UK6')])).toMatchObject({ version: '1.1', publishedDate: '2026-06-02T09:00:00.123Z', publisher: { name: 'The council' }, releases: [{ tag: ['tender'] }, { tag: ['award'] }] });
});
