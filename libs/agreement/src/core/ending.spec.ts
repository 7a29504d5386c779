import { describe, expect, test } from '@jest/globals';
import { id, inDesign, refusals, type Scene } from './given.js';

const deciding = (scene: Scene, decision: string, decidedOn: string, inForceFrom = decidedOn) =>
  scene.did(
    'record-decision',
    {
      decision, decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn, inForceFrom, weighed: 'x', versionRead: scene.decisionVersion,
    },
    'decisionMaker',
  );
const decided = deciding(inDesign, id(60), '2026-06-01', '2026-06-08').on('2026-06-20');
const day = (scene: Scene, fact: 'notice-given' | 'service-ended' | 'contract-signed', on: string) => scene.when('amend-facts', { facts: { [fact]: on } });
const noticed = decided.did('amend-facts', { facts: { 'notice-given': '2026-06-08' } });

describe('notice of an end', () => {
  test('is given of what was decided, once that is in force', () => {
    expect(day(inDesign, 'notice-given', '2026-06-01')).toMatchObject({ refused: [{ code: 'facts.notice-without-decision', missing: [{ suppliedBy: 'decision-maker', by: 'record-decision' }] }] });
    expect(day(decided, 'notice-given', '1999-01-01')).toMatchObject({ refused: [{ code: 'facts.notice-before-decision', missing: [{ what: 'notice-given: 2026-06-08 or later', by: 'amend-facts' }] }] });
    expect(refusals(day(decided, 'notice-given', '2026-06-07'))).toEqual(['facts.notice-before-decision']);
    expect(refusals(day(decided, 'notice-given', '2026-06-08'))).toEqual([]);
  });

  test('counts from the decision that stands: of one that was taken anew it is given anew', () => {
    const gate = (scene: Scene) => scene.asking({ code: 'time.passed-since', parameters: { fact: 'notice-given', months: 3 } }).on('2026-09-30').when('request-gate', { stage: 'design' });
    expect(refusals(gate(noticed))).toEqual([]);
    expect(gate(deciding(noticed, id(61), '2026-06-20'))).toMatchObject({ refused: [{ code: 'time.passed-since', missing: [{ what: 'notice-given: 2026-06-20 or later', by: 'amend-facts' }] }] });
  });
});

describe('a service', () => {
  test('ends on the day of its notice or later, whichever of the two is put on record last', () => {
    expect(refusals(day(noticed, 'service-ended', '2026-06-07'))).toEqual(['facts.ended-before-notice']);
    expect(refusals(day(noticed, 'service-ended', '2026-06-08'))).toEqual([]);
    const ended = decided.did('amend-facts', { facts: { 'service-ended': '2026-06-09' } });
    expect(refusals(day(ended, 'notice-given', '2026-06-10'))).toEqual(['facts.ended-before-notice']);
  });
});

test('what happened is put on record once it happened, and never ahead of itself', () => {
  const tomorrow = { 'notice-given': '2026-06-21', 'service-ended': '2026-06-21', 'contract-signed': '2026-06-21' };
  expect(decided.when('amend-facts', { facts: tomorrow })).toMatchObject({
    refused: [{ code: 'facts.not-happened-yet', missing: [{ what: 'contract-signed: 2026-06-20 or earlier' }, { what: 'notice-given: 2026-06-20 or earlier' }, { what: 'service-ended: 2026-06-20 or earlier' }] }],
  });
  expect(refusals(day(decided, 'contract-signed', '2026-06-20'))).toEqual([]);
});
