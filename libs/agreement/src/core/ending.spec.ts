import { describe, expect, test } from '@jest/globals';
import { id, inDesign, refusals, Scene } from './given.js';

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

  test('counts from the day it was put on record: that it was given before, nobody here saw', () => {
    const threeMonths = { code: 'time.passed-since', parameters: { fact: 'notice-given', months: 3 } } as const;
    const gate = (scene: Scene, on: string) => scene.asking(threeMonths).on(on).when('request-gate', { stage: 'design' });
    // It was put on record on 20 June.
    expect(gate(noticed, '2026-09-19')).toMatchObject({ refused: [{ code: 'time.passed-since', missing: [{ what: '2026-09-20, 3 months after: day notice was given, put on record on 2026-06-20', suppliedBy: 'time' }] }] });
    expect(refusals(gate(noticed, '2026-09-20'))).toEqual([]);
    expect(refusals(gate(decided.on('2026-09-20').did('amend-facts', { facts: { 'notice-given': '2026-06-08' } }), '2026-09-20'))).toEqual(['time.passed-since']);
    // Put on record on its own day, it counts from that.
    expect(gate(decided.on('2026-06-08').did('amend-facts', { facts: { 'notice-given': '2026-06-08' } }), '2026-09-07')).toMatchObject({ refused: [{ missing: [{ what: '2026-09-08, 3 months after: day notice was given' }] }] });
  });

  test('of an agreement that was taken over since counts from its day', () => {
    const taken = Scene.empty.on('2026-06-20').did('take-over-agreement', { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'design', from: { source: 'register', reference: 'C-1' } });
    const gate = (given: string) => refusals(taken.on('2026-06-25').did('amend-facts', { facts: { 'notice-given': given } }).asking({ code: 'time.passed-since', parameters: { fact: 'notice-given', months: 3 } }).when('request-gate', { stage: 'design' }));
    expect([gate('2026-03-25'), gate('2026-03-26')]).toEqual([[], ['time.passed-since']]);
    // One that is said to have been given since is seen here.
    const since = taken.on('2026-09-25').did('amend-facts', { facts: { 'notice-given': '2026-06-20' } }).asking({ code: 'time.passed-since', parameters: { fact: 'notice-given', months: 3 } });
    expect(refusals(since.when('request-gate', { stage: 'design' }))).toEqual(['time.passed-since']);
  });
});

describe('a service', () => {
  const asked = (months: number) => ({ code: 'time.passed-since', parameters: { fact: 'notice-given', months } }) as const;

  test('ends no earlier than the notice that its process asks for has run, whichever of the two is put on record last, and is told the earliest day', () => {
    const within = noticed.asking(asked(3)).on('2026-10-01');
    expect(day(within, 'service-ended', '2026-06-08')).toMatchObject({
      refused: [{ code: 'facts.ended-before-notice', asks: 'A service ends once its 3-month notice has run.', missing: [{ what: 'service-ended: 2026-09-08 or later', suppliedBy: 'commissioner', by: 'amend-facts' }] }],
    });
    expect(refusals(day(within, 'service-ended', '2026-09-07'))).toEqual(['facts.ended-before-notice']);
    expect(refusals(day(within, 'service-ended', '2026-09-08'))).toEqual([]);
    // The figure is that of the document, of whichever of its gates asks for most.
    expect(day(noticed.asking(asked(1), { code: 'time.passed-since', parameters: { fact: 'service-ended', months: 6 } }).on('2026-10-01'), 'service-ended', '2026-06-09')).toMatchObject({ refused: [{ missing: [{ what: 'service-ended: 2026-07-08 or later' }] }] });
    const ended = within.did('amend-facts', { facts: { 'service-ended': '2026-09-10' } });
    expect(refusals(day(ended, 'notice-given', '2026-06-11'))).toEqual(['facts.ended-before-notice']);
    expect(refusals(day(ended, 'notice-given', '2026-06-10'))).toEqual([]);
    expect(refusals(within.when('amend-facts', { facts: { 'notice-given': '2026-06-10', 'service-ended': '2026-09-09' } }))).toEqual(['facts.ended-before-notice']);
  });

  test('does not end without notice where its process asks for one, but where it was given before Concordat', () => {
    expect(day(decided.asking(asked(3)), 'service-ended', '2026-06-19')).toMatchObject({ refused: [{ code: 'facts.ended-without-notice', missing: [{ what: 'notice-given', suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
    expect(refusals(day(decided, 'service-ended', '2026-06-19'))).toEqual([]);
    const taken = Scene.empty.on('2026-06-20').did('take-over-agreement', { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'design', from: { source: 'register', reference: 'C-1' } });
    expect(refusals(day(taken.asking(asked(3)), 'service-ended', '2024-06-19'))).toEqual([]);
  });

  test('does not end before it began, or before its agreement was opened', () => {
    // It was opened on 1 January 2026.
    expect(day(decided, 'service-ended', '2001-01-01')).toMatchObject({ refused: [{ code: 'facts.ended-before-start', missing: [{ what: 'service-ended: 2026-01-01 or later' }] }] });
    const period = { 'contract-period': { startsOn: '2026-06-10', endsOn: '2027-03-31' } };
    const running = decided.did('amend-facts', { facts: period });
    expect([refusals(day(running, 'service-ended', '2026-06-09')), refusals(day(running, 'service-ended', '2026-06-10'))]).toEqual([['facts.ended-before-start'], []]);
    expect(refusals(decided.did('amend-facts', { facts: { 'service-ended': '2026-06-09' } }).when('amend-facts', { facts: period }))).toEqual(['facts.ended-before-start']);
  });

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
