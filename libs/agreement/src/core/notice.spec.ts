import type { Route } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import type { Agreement } from './agreement.js';
import { type Notice, noticesDue } from './notice.js';
import { given, inDesign, opened, provider, refusals, Scene } from './given.js';

const award: Notice = {
  source: 'Contracts Finder',
  reference: 'CF-17',
  tags: ['award'],
  publishedOn: '2026-05-30',
  version: 'a'.repeat(64),
  proves: 'delivery',
};
const tender: Notice = { ...award, reference: 'CF-16', tags: ['tender'], version: 'b'.repeat(64), proves: 'design' };

test('a notice that runs ahead of the gates is recorded as such and moves no stage', () => {
  const { agreement } = inDesign.did('record-notice', { notice: award }, 'importer');
  expect(agreement.stage).toBe('design');
  expect(agreement.stages['design']).toMatchObject({ gate: 'shut' });
  expect(agreement.notices).toMatchObject([{ reference: 'CF-17', ahead: true }]);
});

test('a notice of the stage the agreement stands in is not ahead of it', () => {
  expect(inDesign.did('record-notice', { notice: tender }, 'importer').agreement.notices).toMatchObject([{ reference: 'CF-16', ahead: false }]);
});

test('the same notice is recorded once', () => {
  expect(refusals(inDesign.did('record-notice', { notice: award }, 'importer').when('record-notice', { notice: award }, 'importer'))).toEqual(['already-so']);
});

test('a notice that nobody has a file of is known by what was typed of it', () => {
  const typed = { ...award, version: null };
  const recorded = inDesign.did('record-notice', { notice: typed }, 'importer');
  expect(refusals(recorded.when('record-notice', { notice: { ...typed, proves: 'design' } }, 'importer'))).toEqual(['already-so']);
  expect(refusals(recorded.when('record-notice', { notice: { ...typed, publishedOn: '2026-06-01' } }, 'importer'))).toEqual([]);
});

test('what is published about a cancelled or held agreement is still recorded', () => {
  expect(refusals(opened.did('cancel', { reason: 'No money' }).when('record-notice', { notice: award }, 'importer'))).toEqual([]);
  expect(refusals(given(['concordat.agreement.held.v1', { reason: 'x', until: null }]).when('record-notice', { notice: award }, 'importer'))).toEqual([]);
});

test('an agreement taken over holds what was published of it', () => {
  const { agreement } = Scene.empty.did(
    'take-over-agreement',
    {
      title: 'Home care',
      kind: 'contract',
      pathway: { id: 'lunch-club' },
      route: { id: 'pa2023-light-touch' },
      raises: [],
      stage: 'design',
      from: { source: 'Contracts Finder', reference: 'ocds-b5fd17-1' },
      facts: { place: 'Leith', 'contract-period': { startsOn: '2026-04-01', endsOn: '2027-03-31' } },
    },
    'importer',
  );
  expect(agreement.facts).toMatchObject({ title: { value: 'Home care' }, place: { value: 'Leith' }, 'contract-period': { value: { endsOn: '2027-03-31' } } });
});

test('a notice of our own is one that the route knows, and a clock may run from it', () => {
  const gate = (scene: Scene) => scene.asking({ code: 'notices.published', parameters: { notice: 'UK4', clock: 'look' } }).when('request-gate', { stage: 'design' });
  const ours = { notice: 'UK4', publishedOn: '2026-06-01', reference: '2026/S 000-1' };
  expect(gate(inDesign)).toMatchObject({ refused: [{ missing: [{ what: 'Tender notice (UK4)', by: 'record-published-notice' }] }] });
  const published = inDesign.did('record-published-notice', ours);
  expect(gate(published.on('2026-06-03'))).toMatchObject({ refused: [{ missing: [{ what: '2 days after 2026-06-01: from 2026-06-04', suppliedBy: 'time' }] }] });
  expect(refusals(gate(published.on('2026-06-04')))).toEqual([]);
  expect(refusals(published.when('record-published-notice', ours))).toEqual(['already-so']);
  expect(refusals(inDesign.when('record-published-notice', { ...ours, notice: 'UK99', publishedOn: '2026-06-02' }))).toEqual(['notice.not-of-this-route', 'notice.not-published-yet']);
});

test('each notice and each clock counts for itself, and what is published again counts from then', () => {
  const notices = [...inDesign.route.notices, { code: 'UK2', title: 'Engagement notice', source: { cites: 'spec', mark: 'text' } }] as const;
  const longer = { ...inDesign.route.clocks[0]!, id: 'longer', days: 20 };
  const scene = inDesign.alongRoute({ notices, clocks: [longer, ...inDesign.route.clocks] });
  const gate = (given: Scene, asked: object) => given.asking({ code: 'notices.published', parameters: asked }).when('request-gate', { stage: 'design' });
  const publish = (given: Scene, notice: string, publishedOn: string, reference = 'r') => given.did('record-published-notice', { notice, publishedOn, reference });
  const engaged = publish(scene, 'UK2', '2026-06-01');
  expect(gate(engaged, { notice: 'UK4' })).toMatchObject({ refused: [{ missing: [{ what: 'Tender notice (UK4)' }] }] });
  const both = publish(publish(engaged, 'UK4', '2026-05-20'), 'UK2', '2026-05-10').on('2026-06-04');
  expect(refusals(gate(both, { notice: 'UK4' }))).toEqual([]);
  expect([refusals(gate(both, { notice: 'UK4', clock: 'look' })), refusals(gate(both, { notice: 'UK4', clock: 'longer' }))]).toEqual([[], ['notices.published']]);
  expect(gate(publish(both, 'UK4', '2026-06-03'), { notice: 'UK4', clock: 'look' })).toMatchObject({ refused: [{ missing: [{ what: '2 days after 2026-06-03: from 2026-06-06' }] }] });
  const again = (change: object) => refusals(both.when('record-published-notice', { notice: 'UK4', publishedOn: '2026-05-20', reference: 'r', ...change }));
  expect([again({}), again({ reference: 's' }), again({ publishedOn: '2026-05-21' })]).toEqual([['already-so'], [], []]);
});

describe('no day before it can be that of a notice', () => {
  const publish = (scene: Scene, publishedOn: string, notice = 'UK4') => scene.when('record-published-notice', { notice, publishedOn, reference: 'r' });
  const details = { id: 'details', says: 'x', bound: 'within', days: 30, unit: 'days', notice: 'UK7', source: { cites: 'Procurement Act 2023 s.53', mark: 'text' } } as const;
  const owing = (scene: Scene) => scene.alongRoute({ notices: [...scene.route.notices, { code: 'UK7', title: 'Contract details notice', source: { cites: 'spec', mark: 'text' } }], clocks: [...scene.route.clocks, details] });

  test('neither one before the agreement was opened, though it may be put on record later', () => {
    expect(publish(inDesign, '2025-12-31')).toMatchObject({ refused: [{ code: 'notice.before-agreement', missing: [{ what: 'publishedOn: 2026-01-01 or later', suppliedBy: 'commissioner', by: 'record-published-notice' }] }] });
    expect(publish(inDesign, '2026-01-01')).toMatchObject({ accepted: [{ data: { publishedOn: '2026-01-01' } }] });
  });

  test('but one that was taken over is older than its record', () => {
    const over = Scene.empty.did('take-over-agreement', { title: 'Home care', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'design', from: { source: 'x', reference: 'x' }, facts: {} }, 'importer');
    expect(refusals(publish(over, '2025-05-01'))).toEqual([]);
    expect(refusals(publish(owing(over), '2025-05-01', 'UK7'))).toEqual(['notice.before-award']);
    const provided = Scene.empty.did('take-over-agreement', { title: 'Home care', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'delivery', provider, from: { source: 'x', reference: 'x' }, facts: {} }, 'importer');
    expect(refusals(publish(owing(provided), '2025-05-01', 'UK7'))).toEqual([]);
  });

  test('nor one before the award or the contract, of a notice that is owed because of it', () => {
    const scene = owing(inDesign);
    expect(publish(scene, '2026-05-20', 'UK7')).toMatchObject({ refused: [{ code: 'notice.before-award', missing: [{ what: 'the award', by: 'request-gate' }] }] });
    const awarded = scene.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '9000.00', currency: 'GBP' } }]).on('2026-06-20');
    expect(publish(awarded, '2026-05-31', 'UK7')).toMatchObject({ refused: [{ code: 'notice.before-award', missing: [{ what: 'publishedOn: 2026-06-01 or later', by: 'record-published-notice' }] }] });
    expect(refusals(publish(awarded, '2026-06-01', 'UK7'))).toEqual([]);
    const signed = awarded.did('amend-facts', { facts: { 'contract-signed': '2026-05-20' } });
    expect([refusals(publish(signed, '2026-05-19', 'UK7')), refusals(publish(signed, '2026-05-20', 'UK7'))]).toEqual([['notice.before-award'], []]);
    const later = awarded.did('amend-facts', { facts: { 'contract-signed': '2026-06-15' } });
    expect(refusals(publish(later, '2026-06-05', 'UK7'))).toEqual([]);
  });

  test('and an older day that is put on record later takes no clock back', () => {
    const gate = (scene: Scene) => scene.asking({ code: 'notices.published', parameters: { notice: 'UK4', clock: 'look' } }).when('request-gate', { stage: 'design' });
    const today = inDesign.did('record-published-notice', { notice: 'UK4', publishedOn: '2026-06-01', reference: 'r' });
    const back = today.did('record-published-notice', { notice: 'UK4', publishedOn: '2026-05-01', reference: 'older' });
    expect(gate(back)).toMatchObject({ refused: [{ missing: [{ what: '2 days after 2026-06-01: from 2026-06-04', suppliedBy: 'time' }] }] });
    expect(refusals(gate(back.on('2026-06-04')))).toEqual([]);
  });
});

describe('a notice that is owed because the contract was entered into', () => {
  const source = { cites: 'Procurement Act 2023 s.53', mark: 'text' } as const;
  const clocks = [
    { id: 'details', says: 'x', bound: 'within', days: 30, unit: 'days', notice: 'UK7', source },
    { id: 'copy', says: 'x', bound: 'within', days: 90, unit: 'days', notice: 'copy', above: 5_000_000, source },
    { id: 'tender', says: 'x', bound: 'at-least', days: 10, unit: 'days', source },
  ] as const;
  const route = { clocks } as unknown as Route;
  const awarded = (amount: string, more: Partial<Agreement> = {}): Agreement => ({
    ...inDesign.agreement, award: { ...inDesign.agreement.award, original: { value: { amount, currency: 'GBP' }, period: null, stage: 'award', on: '2026-06-01' } }, facts: {}, ...more,
  });
  const owed = (agreement: Agreement) => noticesDue(agreement, route).map(({ notice, dueOn }) => [notice, dueOn]);

  test('is due so many days after the award, or after the day that is on record as the contract’s', () => {
    expect(owed(awarded('5000000.00'))).toEqual([['UK7', '2026-07-01']]);
    const signed = inDesign.did('amend-facts', { facts: { 'contract-signed': '2026-05-20' } }).agreement;
    expect(owed({ ...awarded('9000.00'), facts: signed.facts })).toEqual([['UK7', '2026-06-19']]);
  });

  test('is owed above its figure alone, and of another currency in case', () => {
    expect(owed(awarded('5000000.01'))).toEqual([['UK7', '2026-07-01'], ['copy', '2026-08-30']]);
    const euros = awarded('1.00');
    expect(owed({ ...euros, award: { ...euros.award, original: { ...euros.award.original!, value: { amount: '1.00', currency: 'EUR' } } } })).toHaveLength(2);
  });

  test('is owed again a year after it was published where it runs anew, until the agreement is over', () => {
    const yearly = { clocks: [{ id: 'performance', says: 'x', bound: 'within', days: 365, unit: 'days', notice: 'UK9', again: true, source: { cites: 'x', mark: 'own' } }] } as unknown as Route;
    const due = (more: Partial<Agreement>) => noticesDue(awarded('9000.00', more), yearly).map(({ dueOn }) => dueOn);
    const told = (...days: string[]) => ({ publishedNotices: days.map((publishedOn) => ({ notice: 'UK9', publishedOn, recordedOn: publishedOn, reference: 'r', stage: 'delivery' })) });
    expect([due({}), due(told('2027-05-20')), due(told('2028-05-01', '2027-05-20')), due({ lifecycle: 'held' })]).toEqual([['2027-06-01'], ['2028-05-19'], ['2029-05-01'], ['2027-06-01']]);
    expect([due({ lifecycle: 'closed' }), due({ lifecycle: 'cancelled' })]).toEqual([[], []]);
  });

  test('is owed anew where what was published of it told of an award before this one', () => {
    const told = (publishedOn: string) => owed(awarded('9000.00', { publishedNotices: [{ notice: 'UK7', publishedOn, recordedOn: publishedOn, reference: 'r', stage: 'mobilisation' }] }));
    expect([told('2026-05-31'), told('2026-06-01')]).toEqual([[['UK7', '2026-07-01']], []]);
  });

  test('is owed no more once it is published, and of a contract whose day nobody knows not yet', () => {
    expect(owed(awarded('9000.00', { publishedNotices: [{ notice: 'UK7', publishedOn: '2026-06-20', recordedOn: '2026-06-20', reference: 'r', stage: 'mobilisation' }] }))).toEqual([]);
    expect(owed(inDesign.agreement)).toEqual([]);
    expect(owed(awarded('5000000.01', { publishedNotices: [{ notice: 'UK7', publishedOn: '2026-06-20', recordedOn: '2026-06-20', reference: 'r', stage: 'mobilisation' }] }))).toEqual([['copy', '2026-08-30']]);
  });
});
