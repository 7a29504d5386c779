import { describe, expect, test } from '@jest/globals';
import { id, inDesign, provider, refusals, type Scene } from './given.js';
import { comparison } from './kpi.js';

const kpi = id(300);
const finding = id(320);
const period = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const set = { kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] } as const;
const observed = { observation: id(310), kpi, period, value: 96, source: 'call log' };
const found = (answers: number, value: number | null = 71) => ({ finding, kpi, period, question: 'Do they come on time?', method: 'by telephone', answers, value });
const told = (answers: number, value?: number) => inDesign.did('set-kpi', set).did('record-observation', observed).did('record-finding', found(answers, value));
const standing = ({ agreement }: Scene) => comparison(agreement, agreement.kpis.findings[0]!);
const cycle = { cycle: id(340), period };
const discussed = { finding, on: '2026-06-01', by: 'Contract manager and Harbour', follows: 'Times are taken at the door.' };

describe('people’s feedback stands on the same KPI as the provider’s figure', () => {
  test('provider 96 %, people 71 % (n=34): a difference to discuss, named with both figures', () => {
    expect(standing(told(34))).toBe('difference');
    const gate = told(34).asking({ code: 'delivery.differences-discussed', parameters: {} }).when('request-gate', { stage: 'design' });
    expect(gate).toMatchObject({ refused: [{ missing: [{ what: 'Visits on time: provider 96%, people 71% (n=34)', by: 'discuss-difference' }] }] });
  });

  test('of fewer than ten answers it is something to talk about, and no difference', () => {
    expect(standing(told(9))).toBe('something-to-talk-about');
    expect(standing(told(10))).toBe('difference');
    expect(refusals(told(9).when('discuss-difference', discussed))).toEqual(['kpi.no-difference']);
  });

  test('two figures on one side of the target and less than ten points apart are alike', () => {
    expect(standing(told(34, 91))).toBe('alike');
    expect(standing(told(34, 89))).toBe('difference');
  });
});

test('a cycle ends once people were asked in it and every difference was discussed', () => {
  const begun = inDesign.did('set-kpi', set).did('record-observation', observed).did('begin-cycle', cycle);
  expect(refusals(begun.when('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' }))).toEqual(['cycle.people-not-asked']);
  const asked = begun.did('record-finding', found(34));
  expect(refusals(asked.when('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' }))).toEqual(['cycle.differences-open']);
  const over = asked.did('discuss-difference', discussed).did('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' });
  expect(refusals(over.asking({ code: 'delivery.people-asked-each-cycle', parameters: {} }).when('request-gate', { stage: 'design' }))).toEqual([]);
});

test('a figure is told of a period that is over, a percentage is one, and no answer has no value', () => {
  const scene = inDesign.did('set-kpi', set);
  expect(refusals(scene.when('record-observation', { ...observed, value: 101, period: { startsOn: '2026-06-01', endsOn: '2026-06-30' } }))).toEqual(['kpi.period-not-over', 'kpi.no-percentage']);
  expect(refusals(scene.when('record-finding', found(0)))).toEqual(['kpi.answers-and-value']);
  expect(refusals(scene.when('record-finding', found(0, null)))).toEqual([]);
});

test('a provider that was only invited reports no figure', () => {
  const scene = inDesign.did('invite-provider', { provider }).did('set-kpi', set);
  expect(refusals(scene.when('record-observation', observed, 'signatory'))).toEqual(['delivery.not-the-provider']);
});
