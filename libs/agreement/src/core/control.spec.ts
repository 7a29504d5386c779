import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { controlKinds, controlsInUse, controlStands } from './control.js';
import { given, type Happening, id, people, refusals, type Scene } from './given.js';
import { noLevels } from './risk.js';
import { shippedRiskSettings } from './risk-matrix.js';
import { riskWarnings } from './risk-warning.js';

const raised: Happening = [
  'concordat.agreement.risk-raised.v1',
  {
    risk: 'r', title: 'Alone at night', domain: 'safety', bearers: ['service-users'], owner: people.commissioner, levels: noLevels, reviewOn: null, on: '2026-06-01',
    scores: { 'co-produced': { likelihood: 1, impact: 1 }, 'professional-only': null, 'not-acting': null },
  },
];
const visits = { control: 'visits', risk: 'r', title: 'Visitors from the parish come in', kind: 'people-from-outside', owner: people.colleague } as const;
const controlled = given(raised).did('add-control', visits);
const came = (on: string, finding: 'works' | 'works-in-part' | 'does-not-work' = 'works') => ({ control: 'visits', on, finding, shows: 'Three came and spoke with everybody.' });
const warned = (scene: Scene, today: string) => riskWarnings(scene.agreement, shippedRiskSettings, today).map(({ kind, about, from, falls }) => [kind, about, from, falls]);
const forColleague = { to: 'person', person: people.colleague };

test('nobody came in for three months: whoever sees to it is warned, from that day on and not before', () => {
  const scene = controlled.did('record-control-proof', came('2026-06-01'));
  expect(controlStands(scene.agreement, scene.agreement.controls[0]!, '2026-09-01')).toBe('works');
  expect(warned(scene, '2026-09-01')).toEqual([]);
  expect(warned(scene, '2026-09-02')).toEqual([['control-aged', 'visits', '2026-09-02', forColleague]]);
  const again = scene.on('2026-09-03').did('record-control-proof', came('2026-09-03'));
  expect(warned(again, '2026-09-03')).toEqual([]);
  expect(controlStands(again.agreement, again.agreement.controls[0]!, '2026-12-05')).toBe('aged');
});

test('what people say back is a control like any other: it counts while there is word of it, and ages once nothing was heard for three months', () => {
  const asked = given(raised).did('add-control', { control: 'word', risk: 'r', title: 'Residents are asked how the night was', kind: 'peoples-feedback', owner: people.colleague });
  const heard = asked.did('record-control-proof', { control: 'word', on: '2026-06-01', finding: 'works', shows: 'Eight of nine slept well.' });
  const [word] = controlsInUse(heard.agreement);
  expect(['2026-06-01', '2026-09-01', '2026-09-02'].map((day) => controlStands(heard.agreement, word!, day))).toEqual(['works', 'works', 'aged']);
  expect([warned(heard, '2026-09-01'), warned(heard, '2026-09-02')]).toEqual([[], [['control-aged', 'word', '2026-09-02', forColleague]]]);
});

test('a control that nobody has ever proved is new at first, and worth a warning after as long as a proof would count', () => {
  expect(controlStands(controlled.agreement, controlled.agreement.controls[0]!, '2026-06-01')).toBe('new');
  expect(warned(controlled, addDays('2026-06-01', controlKinds['people-from-outside']))).toEqual([]);
  expect(warned(controlled, addDays('2026-06-01', controlKinds['people-from-outside'] + 1))).toHaveLength(1);
});

test('a control that is ended and added again is no younger for it, until somebody proves it', () => {
  const again = (scene: Scene, control: string, on: string) => scene.on(on).did('end-control', { control: scene.agreement.controls.at(-1)!.id, reason: 'x' }).did('add-control', { ...visits, control });
  const second = again(controlled, 'second', '2026-08-20');
  const third = again(second, 'third', '2026-11-20');
  expect([warned(second, '2026-09-01'), warned(second, '2026-09-02'), warned(third, '2026-11-20')].map((all) => all.map(([kind, about, from]) => [kind, about, from]))).toEqual([
    [], [['control-aged', 'second', '2026-09-02']], [['control-aged', 'third', '2026-09-02']],
  ]);
  expect(controlStands(third.agreement, third.agreement.controls[2]!, '2026-11-20')).toBe('aged');
  // Proved since, or of another kind, or against another risk, each has its own time.
  const proved = second.did('record-control-proof', { ...came('2026-08-20'), control: 'second' });
  expect(warned(again(proved, 'third', '2026-10-01'), '2027-01-01')).toEqual([]);
  expect(warned(second.did('end-control', { control: 'second', reason: 'x' }).did('add-control', { ...visits, control: 'other', kind: 'supervision' }), '2026-09-02')).toEqual([]);
});

test('the latest proof by its day counts, in whatever order they are recorded', () => {
  const scene = controlled.on('2026-06-10').did('record-control-proof', came('2026-06-09', 'works-in-part')).did('record-control-proof', came('2026-06-02'));
  expect(scene.agreement.controls[0]?.proof).toMatchObject({ on: '2026-06-09', finding: 'works-in-part' });
});

test('of two proofs of one day each is recorded that shows something else', () => {
  const scene = controlled.did('record-control-proof', came('2026-06-01'));
  expect(refusals(scene.when('record-control-proof', came('2026-06-01')))).toEqual(['already-so']);
  const worse = scene.did('record-control-proof', came('2026-06-01', 'works-in-part'));
  expect(worse.agreement.controls[0]?.proof).toMatchObject({ finding: 'works-in-part' });
  expect(scene.did('record-control-proof', { ...came('2026-06-01'), shows: 'Nobody spoke.' }).agreement.controls[0]?.proof).toMatchObject({ finding: 'works', shows: 'Nobody spoke.' });
  expect(refusals(scene.on('2026-06-02').when('record-control-proof', came('2026-06-02')))).toEqual([]);
});

test('a control that was found not to work is warned of until it is proved to, or ended', () => {
  const failing = controlled.did('record-control-proof', came('2026-06-01', 'does-not-work'));
  expect(warned(failing, '2026-06-01')).toEqual([['control-fails', 'visits', '2026-06-01', forColleague]]);
  expect(warned(failing.on('2026-06-02').did('record-control-proof', came('2026-06-02')), '2026-06-02')).toEqual([]);
  expect(warned(failing.did('end-control', { control: 'visits', reason: 'Nobody came.' }), '2027-06-02')).toEqual([]);
});

test('with its proof a control is seen to by somebody else, once whoever did is gone, and by nobody who is gone too', () => {
  const left = controlled.knowing('colleague', { disabled: true });
  const taken = { ...came('2026-06-01', 'does-not-work'), owner: people.commissioner };
  const forCommissioner = { to: 'person', person: people.commissioner };
  expect(warned(left.did('record-control-proof', taken), '2026-06-01')).toEqual([['control-fails', 'visits', '2026-06-01', forCommissioner]]);
  expect(refusals(left.when('record-control-proof', { ...taken, on: '2026-06-02', owner: people.colleague }))).toEqual(['control.proof-ahead', 'risk.owner-gone']);
  expect(refusals(left.when('record-control-proof', { ...taken, control: 'other', owner: id(99) }))).toEqual(['control.unknown', 'person.unknown']);
  // The same proof again is none, unless it names somebody else; and the name holds though a later proof counts.
  const proved = left.did('record-control-proof', came('2026-06-01', 'does-not-work'));
  const named = proved.did('record-control-proof', taken);
  expect(refusals(named.when('record-control-proof', taken))).toEqual(['already-so']);
  const later = controlled.on('2026-06-10').did('record-control-proof', came('2026-06-09')).did('record-control-proof', { ...came('2026-06-02'), owner: people.commissioner });
  expect(later.agreement.controls[0]).toMatchObject({ owner: people.commissioner, proof: { on: '2026-06-09' } });
});

test('the controls of a closed risk ask for nothing', () => {
  const closed = controlled.did('close-risk', { risk: 'r', reason: 'Gone' });
  expect(controlsInUse(closed.agreement)).toEqual([]);
  expect(warned(closed, '2027-06-01')).toEqual([]);
  expect(refusals(closed.when('add-control', { ...visits, control: 'other' }))).toEqual(['risk.closed']);
});

test('a control against no risk, of nobody known, twice, proved before it was there, ahead of its day or after its end is refused', () => {
  expect(refusals(given(raised).when('add-control', { ...visits, risk: 'q' }))).toEqual(['risk.unknown']);
  expect(refusals(controlled.when('add-control', { ...visits, owner: id(99) }))).toEqual(['already-so', 'person.unknown']);
  expect(refusals(controlled.when('record-control-proof', came('2026-06-02')))).toEqual(['control.proof-ahead']);
  expect(controlled.when('record-control-proof', came('2026-05-31'))).toMatchObject({ refused: [{ code: 'control.proof-before', missing: [{ what: 'on: 2026-06-01 or later' }] }] });
  expect(refusals(controlled.when('record-control-proof', { ...came('2026-06-01'), control: 'q' }))).toEqual(['control.unknown']);
  expect(refusals(controlled.did('record-control-proof', came('2026-06-01')).when('record-control-proof', came('2026-06-01')))).toEqual(['already-so']);
  const ended = controlled.did('end-control', { control: 'visits', reason: 'x' });
  expect(controlStands(ended.agreement, ended.agreement.controls[0]!, '2026-06-01')).toBe('ended');
  expect(refusals(ended.when('record-control-proof', came('2026-06-01')))).toEqual(['control.ended']);
  expect(refusals(ended.when('end-control', { control: 'visits', reason: 'x' }))).toEqual(['control.ended']);
  expect(refusals(ended.when('end-control', { control: 'q', reason: 'x' }))).toEqual(['control.unknown']);
});

test('a risk whose review is due is warned of from that day, to whoever answers for it', () => {
  const scene = given(raised).did('review-risk', { risk: 'r', levels: { ...noLevels, current: { likelihood: 1, impact: 1 } }, reviewOn: '2026-07-01', reason: 'x' });
  expect(warned(scene, '2026-06-30')).toEqual([]);
  expect(warned(scene, '2026-07-01')).toEqual([['review-due', 'r', '2026-07-01', { to: 'person', person: people.commissioner }]]);
});
