import { expect, test } from '@jest/globals';
import { activitiesIn, decisionRights, gives } from './activity.js';
import { given, id, inDesign, refusals, type Scene } from './given.js';
import { ada, ben, came, couldItChange, held, panel, survey, voided, worked } from './given-involvement.js';

const anActivity = {
  activity: panel, stage: 'design', title: 'Panel', groups: ['residents'], right: 'decide-jointly', ledBy: 'together', closesOn: '2026-06-30',
} as const;

test('decision rights are ordered, and each holds the ones before it', () => {
  const held = decisionRights.map((right) => decisionRights.filter((asked) => gives(right, asked)).length);
  expect(held).toEqual([1, 2, 3, 4, 5]);
});

test('an activity is planned for this stage or a later one, for somebody, and closes today or later', () => {
  expect(inDesign.did('plan-activity', anActivity).agreement.involvement.activities).toMatchObject([{ id: panel, right: 'decide-jointly', voided: false }]);
  expect(refusals(inDesign.when('plan-activity', { ...anActivity, stage: 'delivery' }))).toEqual([]);
  expect(refusals(inDesign.when('plan-activity', { ...anActivity, stage: 'mandate', groups: [], closesOn: '2026-05-31' }))).toEqual([
    'stage.left', 'activity.for-nobody', 'activity.closed',
  ]);
  expect(refusals(inDesign.when('plan-activity', { ...anActivity, stage: 'nowhere' }))).toEqual(['stage.unknown']);
  expect(refusals(given(held(panel)).when('plan-activity', anActivity))).toEqual(['already-so']);
});

test('an activity closes within a year, or while the contract runs: what nobody answers is late some day', () => {
  const far = (scene: Scene, closesOn: string) => scene.when('plan-activity', { ...anActivity, closesOn });
  expect(far(inDesign, '2027-06-02')).toMatchObject({ refused: [{ code: 'day.too-far', missing: [{ what: 'closesOn: 2027-06-01 or earlier', suppliedBy: 'facilitator', by: 'plan-activity' }] }] });
  expect(refusals(far(inDesign, '2027-06-01'))).toEqual([]);
  expect(refusals(far(inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-07-01', endsOn: '2029-06-30' } } }), '2029-06-30'))).toEqual([]);
});

test('only who was not recorded for that day yet is recorded', () => {
  const scene = given(held(panel), came(panel, ada));
  expect(scene.when('record-attendance', { activity: panel, participants: [ada, ben, ben], on: '2026-06-01' })).toMatchObject({
    accepted: [{ data: { participants: [ben] } }, { stream: `participant-${ben}` }],
  });
  expect(refusals(scene.when('record-attendance', { activity: panel, participants: [ada], on: '2026-06-01' }))).toEqual(['already-so']);
});

test('what has not happened yet, or happened after the activity closed, is not recorded', () => {
  const attendance = { activity: panel, participants: [ada] };
  expect(refusals(given(held(panel)).when('record-attendance', { ...attendance, on: '2026-06-02' }))).toEqual(['activity.not-yet']);
  expect(refusals(given(held(panel)).on('2026-07-20').when('record-attendance', { ...attendance, on: '2026-07-01' }))).toEqual(['activity.closed']);
  expect(refusals(given(held(panel)).on('2026-07-20').when('record-attendance', { ...attendance, on: '2026-06-30' }))).toEqual([]);
});

test('what people gave before the agreement was opened is carried over, not recorded as given to it', () => {
  const scene = given(held(panel), came(panel, ada));
  const [before, opened] = ['2025-12-31', '2026-01-01'];
  expect(scene.when('record-attendance', { activity: panel, participants: [ben], on: before })).toMatchObject({
    refused: [{ code: 'activity.before-agreement', missing: [{ what: 'a day from 2026-01-01 on', suppliedBy: 'facilitator', by: 'record-attendance' }] }],
  });
  expect(refusals(scene.when('record-joint-decision', { activity: panel, decided: 'Fridays', on: before }))).toContain('activity.before-agreement');
  expect(refusals(scene.when('record-attendance', { activity: panel, participants: [ben], on: opened }))).toEqual([]);
});

test('a voided activity counts no more and takes no more facts', () => {
  const scene = given(held(panel), came(panel, ada), voided(panel));
  expect(activitiesIn(scene.agreement, 'design')).toEqual([]);
  expect(refusals(scene.when('record-attendance', { activity: panel, participants: [ben], on: '2026-06-01' }))).toEqual(['activity.voided']);
  expect(refusals(scene.when('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' }))).toEqual(['activity.voided']);
  expect(refusals(scene.when('void-activity', { activity: panel, reason: 'Again' }))).toEqual(['already-so']);
});

test('hours are more than none, at most a day, and once for each person and day', () => {
  const scene = given(held(panel), worked(panel, ada, '2026-06-01'));
  const effort = { activity: panel, participant: ben, on: '2026-06-01' };
  expect(refusals(scene.when('record-effort', { ...effort, hours: 0.5 }))).toEqual([]);
  for (const hours of [0, -1, 25]) expect(refusals(scene.when('record-effort', { ...effort, hours }))).toEqual(['effort.hours']);
  expect(refusals(scene.when('record-effort', { ...effort, participant: ada, hours: 2 }))).toEqual(['already-so']);
  const twice = given(held(panel), held(survey), worked(panel, ada, '2026-06-01'));
  const more = (hours: number, changes: { participant?: string; on?: string } = {}, there = twice) => refusals(there.when('record-effort', { activity: survey, participant: ada, on: '2026-06-01', hours, ...changes }));
  expect([more(22), more(22.5), more(24, { participant: ben }), more(24, { on: '2026-05-31' }), more(24, {}, twice.given(voided(panel)))]).toEqual([[], ['effort.hours'], [], [], []]);
});

test('hours that are on record are corrected with a word of why, and count as they were corrected last', () => {
  const why = { subject: ada, sealed: 'x' };
  const scene = given(held(panel), held(survey)).did('record-effort', { activity: panel, participant: ada, hours: 23, on: '2026-06-01' });
  const right = { activity: panel, participant: ada, hours: 2.3, on: '2026-06-01' };
  expect(scene.when('record-effort', right)).toMatchObject({ refused: [{ code: 'effort.correction-unsaid', missing: [{ what: 'why', suppliedBy: 'facilitator', by: 'record-effort' }] }] });
  const corrected = scene.did('record-effort', { ...right, why });
  expect(activitiesIn(corrected.agreement, 'design')[0]?.effort).toEqual([{ participant: ada, hours: 2.3, on: '2026-06-01' }]);
  expect(refusals(corrected.when('record-effort', { ...right, why }))).toEqual(['already-so']);
  // Of the wrong person or day they are taken back, and those of the right one recorded.
  const back = { ...right, hours: 0, why };
  expect([refusals(corrected.when('record-effort', { ...right, hours: 0 })), activitiesIn(corrected.did('record-effort', back).agreement, 'design')[0]?.effort]).toEqual([['effort.correction-unsaid', 'effort.hours'], []]);
  expect([back, { ...back, participant: ben }].map((none) => refusals(corrected.did('record-effort', back).when('record-effort', none)))).toEqual([['effort.unknown'], ['effort.unknown']]);
  for (const other of [{ participant: ben }, { on: '2026-05-31' }, { activity: survey }]) expect(refusals(corrected.when('record-effort', { ...right, ...other, why }))).toEqual(['effort.unknown']);
  const full = corrected.did('record-effort', { ...right, activity: survey, hours: 20 });
  expect([3, 5].map((hours) => refusals(full.when('record-effort', { ...right, hours, why })))).toEqual([[], ['effort.hours']]);
});

test('people decide together only where they have the right to and somebody took part', () => {
  const decision = { activity: panel, decided: 'Thursdays', on: '2026-06-01' };
  expect(refusals(given(held(panel)).when('record-joint-decision', decision))).toEqual(['activity.right-too-low', 'activity.nobody-took-part']);
  const jointly = given(held(panel, { right: 'decide-jointly' }), came(panel, ada)).did('record-joint-decision', decision);
  expect(jointly.agreement.involvement.activities).toMatchObject([{ jointDecisions: [{ decided: 'Thursdays' }] }]);
});

test('those who took part say whether it could change anything, and their last word counts', () => {
  const scene = given(held(panel), came(panel, ada), couldItChange(panel, ada, 'yes'));
  const answer = { activity: panel, participant: ada } as const;
  expect(scene.did('record-could-it-change', { ...answer, answer: 'no' }, 'representative').agreement.involvement.activities).toMatchObject([{ couldItChange: { [ada]: 'no' } }]);
  expect(refusals(scene.when('record-could-it-change', { ...answer, answer: 'yes' }))).toEqual(['already-so']);
  expect(refusals(scene.when('record-could-it-change', { ...answer, participant: ben, answer: 'yes' }))).toEqual(['activity.did-not-take-part']);
});

test('an activity that nobody planned is a refusal that says how to plan one', () => {
  for (const command of ['record-attendance', 'void-activity', 'record-effort', 'record-joint-decision', 'record-could-it-change'] as const) {
    const decision = inDesign.when(command, { activity: id(99), participants: [], participant: ada, hours: 2 } as never);
    expect(decision).toMatchObject({ refused: [{ code: 'activity.unknown', missing: [{ by: 'plan-activity' }] }] });
  }
});
