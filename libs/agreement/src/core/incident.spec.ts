import { expect, test } from '@jest/globals';
import { given, type Happening, inDesign, people, refusals, type Scene } from './given.js';
import { noLevels } from './risk.js';
import { shippedRiskSettings } from './risk-matrix.js';
import { riskWarnings } from './risk-warning.js';

const score = { likelihood: 1, impact: 2 };
const risk = { risk: 'r', title: 'Alone at night', domain: 'service', bearers: ['service-users'], owner: people.colleague, levels: noLevels, scores: { 'co-produced': score, 'professional-only': null, 'not-acting': null } } as const;
const raised: Happening = ['concordat.agreement.risk-raised.v1', { ...risk, reviewOn: null, on: '2026-06-01' }];
const incident = { incident: 'i', risk: 'r', happened: 'A visit did not take place.', on: '2026-05-30', harm: 'low-harm', done: 'A second round is on call.' } as const;
const without = { incident: 'i', happened: incident.happened, on: incident.on, harm: incident.harm, done: incident.done };
const warned = (scene: Scene) => riskWarnings(scene.agreement, scene.riskSettings, scene.today).map(({ kind, about, dueOn, by }) => [kind, about, dueOn, by]);

test('an incident asks for a new score of its risk within the organisation’s days, until it is scored anew', () => {
  const scene = given(raised).did('record-incident', incident);
  expect(warned(scene)).toEqual([['incident-unscored', 'i', '2026-06-15', 'review-risk']]);
  expect(warned(scene.holding({ rescoreDays: 5 }))).toMatchObject([['incident-unscored', 'i', '2026-06-06', 'review-risk']]);
  expect(warned(scene.did('review-risk', { risk: 'r', levels: { ...noLevels, current: score }, reviewOn: '2026-09-01', reason: 'As large as we thought.' }))).toEqual([]);
});

test('an incident that was put on record by mistake is withdrawn by a second person, who is no other, and asks for nothing more', () => {
  const scene = given(raised).did('record-incident', incident);
  const why = { incident: 'i', reason: 'It happened on another agreement.' };
  expect(scene.when('withdraw-incident', why)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'withdraw-incident' }] }] });
  expect(refusals(scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('withdraw-incident', why, 'colleague'))).toEqual(['second.same-person']);
  const withdrawn = scene.did('withdraw-incident', why, 'colleague');
  expect(withdrawn.agreement.incidents).toMatchObject([{ id: 'i', withdrawn: { by: people.colleague, on: '2026-06-01', reason: why.reason } }]);
  expect(warned(withdrawn)).toEqual([]);
  expect(refusals(withdrawn.when('close-risk', { risk: 'r', reason: 'Done with.' }))).toEqual([]);
  expect(refusals(withdrawn.when('withdraw-incident', why, 'colleague'))).toEqual(['already-so']);
  expect(refusals(withdrawn.when('record-incident', incident))).toEqual(['already-so']);
  expect(refusals(scene.when('withdraw-incident', { ...why, incident: 'x' }, 'colleague'))).toEqual(['incident.unknown']);
  const nobodyThought = inDesign.did('record-incident', without).did('withdraw-incident', why, 'colleague');
  expect([warned(nobodyThought), refusals(nobodyThought.when('raise-risk', { ...risk, incidents: ['i'] }))]).toEqual([[], ['incident.unknown']]);
  expect(refusals(scene.did('cancel', { reason: 'x' }).when('withdraw-incident', why, 'colleague'))).toEqual([]);
});

test('nobody closes a risk in place of saying how large it is since it came true', () => {
  const scene = given(raised).did('record-incident', incident);
  expect(scene.when('close-risk', { risk: 'r', reason: 'Done with.' })).toMatchObject({ refused: [{ code: 'risk.incident-waits', missing: [{ what: 'how large it is since the incident of 2026-05-30: i', suppliedBy: 'risk-owner', by: 'review-risk' }] }] });
  const reviewed = scene.did('review-risk', { risk: 'r', levels: { ...noLevels, current: score }, reviewOn: '2026-09-01', reason: 'As large as we thought.' });
  expect(refusals(reviewed.when('close-risk', { risk: 'r', reason: 'Done with.' }))).toEqual([]);
});

test('what an incident asks is how large its risk is now: the ways it was looked at in design do not answer it', () => {
  const fatal = given(raised).did('record-incident', { ...incident, harm: 'fatal' });
  const rescored = fatal.did('rescore-risk', { risk: 'r', scores: { 'co-produced': { likelihood: 1, impact: 1 }, 'professional-only': null, 'not-acting': null }, reason: 'Nothing to see' });
  expect(warned(rescored)).toEqual([['incident-unscored', 'i', '2026-06-15', 'review-risk']]);
});

test('a score from before the incident does not answer it', () => {
  const scored = given(raised).did('review-risk', { risk: 'r', levels: { ...noLevels, current: score }, reviewOn: '2026-09-01', reason: 'x' });
  expect(warned(scored.did('record-incident', incident))).toHaveLength(1);
});

test('an incident nobody had thought of asks for a risk to be raised for it', () => {
  const scene = given(raised).did('record-incident', without);
  expect(warned(scene)).toEqual([['incident-unscored', 'i', '2026-06-15', 'raise-risk']]);
  expect(warned(scene.did('raise-risk', { ...risk, risk: 's', incidents: ['i'] }))).toEqual([]);
});

test('no risk that is raised for something else answers an incident, and one may be raised for several', () => {
  const two = given(raised).did('record-incident', { ...without, harm: 'fatal' }).did('record-incident', { ...without, incident: 'j', harm: 'fatal' });
  const parking = two.did('raise-risk', { ...risk, risk: 'parking', title: 'A parking ticket', incidents: [] }).did('raise-risk', { ...risk, risk: 'rain' });
  expect(warned(parking).map(([, about]) => about)).toEqual(['i', 'j']);
  expect(warned(parking.did('raise-risk', { ...risk, risk: 's', incidents: ['j'] })).map(([, about]) => about)).toEqual(['i']);
  expect(warned(two.did('raise-risk', { ...risk, risk: 's', incidents: ['i', 'j', 'i'] }))).toEqual([]);
  // What was raised before it was asked for what, was raised for all that waited.
  expect(warned(two.given(['concordat.agreement.risk-raised.v1', { ...risk, risk: 's', reviewOn: null, on: '2026-06-01' }]))).toEqual([]);
});

test('a risk is raised for no incident that is not on record, nor for one whose risk is open', () => {
  const scene = given(raised).did('record-incident', incident);
  expect(refusals(scene.when('raise-risk', { ...risk, risk: 's', incidents: ['q'] }))).toEqual(['incident.unknown']);
  expect(scene.when('raise-risk', { ...risk, risk: 's', incidents: ['i'] })).toMatchObject({ refused: [{ code: 'incident.has-its-risk', missing: [{ what: 'how large it is now: r', suppliedBy: 'risk-owner', by: 'review-risk' }] }] });
  const answered = scene.did('review-risk', { risk: 'r', levels: { ...noLevels, current: score }, reviewOn: '2026-09-01', reason: 'x' }).did('close-risk', { risk: 'r', reason: 'Two are on call.' });
  expect(refusals(answered.when('raise-risk', { ...risk, risk: 's', incidents: ['i'] }))).toEqual([]);
});

test('an incident of a risk that was closed asks for it to be raised anew, of whoever answered for it', () => {
  const scene = given(raised).did('close-risk', { risk: 'r', reason: 'Two are on call.' }).did('record-incident', incident);
  expect(warned(scene)).toEqual([['incident-unscored', 'i', '2026-06-15', 'raise-risk']]);
  expect(riskWarnings(scene.agreement, scene.riskSettings, scene.today)).toMatchObject([{ falls: { to: 'person', person: people.colleague } }]);
  expect(warned(scene.did('raise-risk', { ...risk, risk: 's', incidents: ['i'] }))).toEqual([]);
});

test('harm is recorded whatever became of the agreement: on hold, cancelled, and after it closed', () => {
  const held = given(raised).did('hold', { reason: 'Snow' });
  const closed = given(raised, ['concordat.agreement.closed.v1', { from: 'delivery' }]);
  for (const scene of [held, held.did('cancel', { reason: 'No money' }), closed]) expect(scene.did('record-incident', incident).agreement.incidents).toMatchObject([{ id: 'i', risk: 'r', harm: 'low-harm' }]);
});

test('an incident of an unknown risk, ahead of its day, or recorded twice is refused', () => {
  expect(refusals(inDesign.when('record-incident', { ...incident, on: '2026-06-02' }))).toEqual(['risk.unknown', 'incident.ahead']);
  expect(refusals(given(raised).did('record-incident', incident).when('record-incident', incident))).toEqual(['already-so']);
  expect(shippedRiskSettings.rescoreDays).toBe(14);
});
