import type { JsonObject } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import { compile, type FindingCode, findingCodes, findingsOfProcess, findingsOfRelease, stageProved, takingOver } from './core/index.js';
import { releaseRules } from './release-rules.js';

const ocid = 'ocds-h6vhtk-1';
const process = (...releases: JsonObject[]) => findingsOfProcess(ocid, compile(releases, releaseRules), releases).map(({ code }) => code);
const release = (one: JsonObject) => findingsOfRelease(one, 'hash', releaseRules).map(({ code }) => code);
const stage = (one: JsonObject) => stageProved(compile([{ ocid, date: '2026-06-01T00:00:00Z', ...one }], releaseRules));
const contract = (signed: string, published: string) => ({
  ocid, id: '1', date: '2025-09-01T00:00:00Z',
  contracts: [{ id: 'c', dateSigned: signed, period: { startDate: '2025-06-01T00:00:00Z' }, documents: [{ id: 'd', noticeType: 'UK7', datePublished: published }] }],
});

describe('of late things only what dates prove is said', () => {
  test('a details notice is late after the longest the Act allows, and not a day before', () => {
    expect(process(contract('2025-03-01', '2025-06-29'))).not.toContain('published-late');
    expect(process(contract('2025-03-01', '2025-06-30'))).toContain('published-late');
  });

  test('a contract signed on the day it begins is not signed after its start', () => {
    expect(process(contract('2025-06-01', '2025-06-02'))).not.toContain('signed-after-start');
    expect(process(contract('2025-06-02', '2025-06-02'))).toContain('signed-after-start');
  });

  test('an award published after the start, whose day of decision is not known, is neither', () => {
    const found = process({ ocid, id: '1', date: '2025-09-01', awards: [{ id: 'a', datePublished: '2025-09-01', contractPeriod: { startDate: '2025-06-01' } }] });
    expect(found).not.toEqual(expect.arrayContaining(['decided-after-start']));
    expect(found).not.toEqual(expect.arrayContaining(['published-late']));
  });
});

test('what a release lacks or has in the wrong form is found in it', () => {
  expect(release({ ocid, tender: { documents: [{ id: '1', url: 'see website' }] } })).toEqual(['release-id-missing', 'release-date-missing', 'bad-uri']);
  expect(release({ ocid, id: '1', date: '2026-01-01', tender: { title: 'Meals', description: 'First.rnrnSecond' } })).toEqual(['text-damaged']);
  expect(release({ ocid, id: '1', date: '2026-01-01', buyer: { name: 'x', address: { locality: 'y' } } })).toEqual(['ocds-1.0-fields']);
  expect(release({ ocid, id: '1', date: '2026-01-01', tender: { title: 'A modern nursery, in turn' } })).toEqual([]);
});

const sound = { ocid, id: '1', date: '2026-01-01T00:00:00Z', tender: { title: 'Meals', description: 'Residents were consulted: a public consultation.', status: 'active', documents: [{ id: 'n', noticeType: 'UK4' }] } };
const award = (more: JsonObject): JsonObject => ({ ...sound, awards: [{ id: 'a', status: 'active', ...more }] });

/** What shows a finding: of one release by itself, or of the releases of one process. What runs ahead of a gate only an agreement shows. */
const shows: { readonly [C in Exclude<FindingCode, 'ahead-of-gate'>]: readonly JsonObject[] } = {
  'release-id-missing': [{ ...sound, id: '' }],
  'release-id-repeated': [sound, { ...sound, language: 'cy' }],
  'release-date-missing': [{ ...sound, date: 'soon' }],
  'bad-uri': [{ ...sound, tender: { ...sound.tender, documents: [{ id: 'd', url: 'see website' }] } }],
  'published-late': [contract('2025-03-01', '2025-06-30')],
  'signed-after-start': [contract('2025-06-02', '2025-06-02')],
  'decided-after-start': [award({ date: '2026-02-02', contractPeriod: { startDate: '2026-02-01' } })],
  'value-zero': [award({ value: { amount: 0, currency: 'GBP' } })],
  'period-reversed': [award({ contractPeriod: { startDate: '2026-02-02', endDate: '2026-02-01' } })],
  'ocds-1.0-fields': [{ ...sound, buyer: { name: 'x', address: { locality: 'y' } } }],
  'no-word-of-involvement': [{ ...sound, tender: { title: 'Meals' } }],
  'text-damaged': [{ ...sound, tender: { ...sound.tender, description: 'First.rnrnSecond' } }],
  'regime-older': [{ ...sound, date: '2019-01-01T00:00:00Z', tender: { title: 'Meals' } }],
  'regime-unknown': [{ ...sound, ocid: 'ocds-213czf-1', tender: { title: 'Meals' } }],
  'process-ended': [{ ...sound, tender: { ...sound.tender, status: 'cancelled' } }],
};

test.each(Object.entries(shows))('%s is found where it stands and nowhere else', (code, releases) => {
  const of = (ones: readonly JsonObject[]) => [...ones.flatMap(release), ...findingsOfProcess(String(ones[0]!['ocid']), compile(ones, releaseRules), ones).map((one) => one.code)];
  expect(of(releases)).toContain(code);
  expect(of([sound])).toEqual([]);
  expect(findingCodes[code as FindingCode]).toMatch(/^[A-Z].*\.$/);
});

test('a finding names the award or contract it is about, with the days or figures that show it', () => {
  const found = (one: JsonObject) => findingsOfProcess(ocid, compile([one], releaseRules), [one]).filter(({ code }) => code !== 'no-word-of-involvement');
  const late = { id: 'c', dateSigned: '2025-06-02', period: { startDate: '2025-06-01' }, value: { amount: 0, currency: 'GBP' } };
  expect(found({ ...sound, contracts: [{ ...late, documents: [{ id: '1', noticeType: 'UK7', datePublished: '2025-12-01' }, { id: '2', noticeType: 'UK7', datePublished: '2025-11-01' }, { id: '3', noticeType: 'UK6', datePublished: '2025-06-03' }] }] })).toEqual([
    { code: 'signed-after-start', about: 'contract c', detail: 'signed 2025-06-02, began 2025-06-01' },
    { code: 'published-late', about: 'contract c', detail: 'signed 2025-06-02, published 2025-11-01' },
    { code: 'value-zero', about: 'contract c', detail: '' },
  ]);
  expect(found(award({ date: '2026-02-02', contractPeriod: { startDate: '2026-02-01', endDate: '2026-01-01' } }))).toEqual([
    { code: 'decided-after-start', about: 'award a', detail: 'decided 2026-02-02, began 2026-02-01' },
    { code: 'period-reversed', about: '', detail: '2026-02-01 to 2026-01-01' },
  ]);
  expect(found({ ...sound, tender: { ...sound.tender, status: 'cancelled', value: { amount: 0, currency: 'GBP' } } })).toMatchObject([{ code: 'value-zero', about: 'tender ' }, { code: 'process-ended', detail: 'cancelled' }]);
});

test('one id for two contents is found once', () => {
  expect(process({ ocid, id: '1', date: '2025-09-01' }, { ocid, id: '1', date: '2025-09-02' }).filter((code) => code === 'release-id-repeated')).toHaveLength(1);
});

test('the stage is the furthest that is proved: plan, call, award, signed contract, work under it, its end', () => {
  expect(stage({ planning: { rationale: 'x' } })).toBe('needs');
  expect(stage({ tender: { status: 'planned' } })).toBe('needs');
  expect(stage({ tender: { status: 'active' } })).toBe('sourcing');
  expect(stage({ tender: { status: 'complete' }, awards: [{ id: 'a', status: 'active' }] })).toBe('award');
  expect(stage({ tender: { status: 'active' }, awards: [{ id: 'a', status: 'unsuccessful' }] })).toBe('sourcing');
  expect(stage({ contracts: [{ id: 'c', status: 'active', period: { startDate: '2026-07-01' } }] })).toBe('mobilisation');
  expect(stage({ contracts: [{ id: 'c', status: 'active', period: { startDate: '2026-05-01' } }] })).toBe('delivery');
  expect(stage({ contracts: [{ id: 'c', implementation: { transactions: [{ id: 't' }] } }] })).toBe('delivery');
  expect(stage({ contracts: [{ id: 'c', status: 'terminated' }] })).toBe('review');
});

test('care services take the light touch, everything else the competitive route, and no value is made of a zero', () => {
  const about = (code: string, amount: number) => takingOver(ocid, { tender: { title: 'x', classification: { scheme: 'CPV', id: code }, value: { amount, currency: 'GBP' } } }, 'Portal');
  expect(about('85311000', 1_450_000.5)).toMatchObject({ route: { id: 'pa2023-light-touch' }, value: { amount: '1450000.50', currency: 'GBP' } });
  expect(about('45000000', 0)).toMatchObject({ route: { id: 'pa2023-competitive' } });
  expect(about('45000000', 0)).not.toHaveProperty('value');
});
