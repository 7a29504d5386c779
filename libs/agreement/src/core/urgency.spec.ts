import { describe, expect, test } from '@jest/globals';
import { pathways, routes } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import { check } from './check.js';
import { subjects } from './content.js';
import { isCurrent } from './decision.js';
import { id, inDesign, provider, refusals, Scene } from './given.js';
import { missingAt } from './given-involvement.js';

const source = { cites: 'spec', mark: 'practice' } as const;
const grounds: Pathway['grounds'] = [
  { id: 'danger', regime: 'PA 2023', says: 'People are in danger.', source },
  { id: 'health', regime: 'PSR 2023', says: 'Care would stop.', source },
];
const grounded = { code: 'urgent.grounded', parameters: {} } as const;
const urgent = inDesign.asking(grounded).following({ ...inDesign.asking(grounded).pathway, grounds });
const urgency = { ground: 'danger', why: 'The provider failed on Friday.', startsOn: '2026-06-03' } as const;
const late = { reason: 'The tender began four months late.', knownSince: '2026-02-01' } as const;
const gate = ['request-gate', { stage: 'design' }] as const;

test('the gate asks for the legal ground, and opens once it is on record before the start', () => {
  expect(urgent.when(...gate)).toMatchObject({ refused: [{ code: 'urgent.grounded', missing: [{ by: 'record-urgency' }] }] });
  expect(refusals(urgent.did('record-urgency', urgency).when(...gate))).toEqual([]);
});

test('the grounds are those of the route’s regime, and all of them are named', () => {
  expect(urgent.when('record-urgency', { ...urgency, ground: 'health' })).toMatchObject({ refused: [{ code: 'urgent.no-such-ground', missing: [{ what: 'danger: People are in danger.' }] }] });
  expect(refusals(urgent.alongRoute({ regime: 'PSR 2023' }).when('record-urgency', { ...urgency, ground: 'health' }))).toEqual([]);
});

test('never in retrospect: neither recorded after the start, nor passed after it', () => {
  expect(refusals(urgent.on('2026-06-04').when('record-urgency', urgency))).toEqual(['urgent.retrospective']);
  const recorded = urgent.did('record-urgency', urgency);
  expect(refusals(recorded.on('2026-06-03').when(...gate))).toEqual([]);
  expect(refusals(recorded.on('2026-06-04').when(...gate))).toEqual(['urgent.grounded']);
});

test('never in retrospect: what has started is not taken over behind the gate that asks for the ground of its urgency', () => {
  const document = pathways.find('urgent')!;
  const taking = { title: 'Night cover', kind: 'contract', pathway: { id: 'urgent' }, route: { id: 'pa2023-direct-award' }, raises: [], value: { amount: '9000000.00', currency: 'GBP' }, from: { source: 'a list', reference: '7' } } as const;
  const beginning = Scene.empty.following(document).alongRoute(routes.find('pa2023-direct-award')!);
  for (const stage of document.stages.slice(1).map(({ id }) => id)) {
    expect(beginning.when('take-over-agreement', { ...taking, stage }, 'importer')).toMatchObject({ refused: [{ code: 'urgent.retrospective', missing: [{ what: 'award', by: 'take-over-agreement' }, { by: 'take-over-agreement' }] }] });
  }
  expect(refusals(beginning.when('take-over-agreement', { ...taking, stage: 'award' }, 'importer'))).toEqual([]);
});

test('the gate asks whether the service is regulated and, where it is, under which number its provider is registered, and nothing of that waits until after the start', () => {
  const asking = urgent.asking({ code: 'registration.where-regulated', parameters: {} });
  const asked = (scene: Scene) => missingAt(scene, 'registration.where-regulated', {}).map(({ what, by }) => [what, by]);
  const regulated = asking.did('amend-facts', { facts: { 'service-regulated': 'yes' } });
  expect([asked(asking), asked(regulated)]).toEqual([[['service-regulated', 'amend-facts']], [['registration', 'amend-facts']]]);
  expect(refusals(regulated.when(...gate))).toEqual(['registration.where-regulated']);
  const registered = regulated.did('amend-facts', { facts: { registration: { title: 'CQC', reference: '1-117' } } });
  expect([asked(registered), refusals(registered.when(...gate))]).toEqual([[], []]);
  expect(asked(asking.did('amend-facts', { facts: { 'service-regulated': 'no' } }))).toEqual([]);
  const later = { condition: id(180), code: 'registration.where-regulated', discipline: 'sponsor', what: 'The number', dueOn: '2026-06-02' } as const;
  expect(refusals(regulated.when('propose-condition', later))).toEqual(['condition.other-class']);
  // Whoever approves or decides on it has read it.
  for (const subject of ['safeguarding', 'decision'] as const) expect(registered.agreement.content[subject]).not.toBe(regulated.agreement.content[subject]);
});

test('a period that has begun is no urgency of tomorrow: both say the same start, whichever was said first', () => {
  const begins = (startsOn: string) => ({ facts: { 'contract-period': { startsOn, endsOn: '2027-05-31' } } });
  const running = urgent.did('amend-facts', begins('2026-05-01'));
  expect(running.when('record-urgency', urgency)).toMatchObject({ refused: [{ code: 'urgent.other-start', missing: [{ what: expect.stringContaining('2026-05-01'), by: 'amend-facts' }] }] });
  expect(urgent.did('record-urgency', urgency).did('amend-facts', begins('2026-05-01')).when(...gate)).toMatchObject({ refused: [{ code: 'urgent.grounded', missing: [{ by: 'amend-facts' }] }] });
  expect(refusals(running.did('amend-facts', begins('2026-06-03')).did('record-urgency', urgency).when(...gate))).toEqual([]);
});

test('lateness of our own is said apart and uses none of these grounds, whichever was said first', () => {
  const ours = urgent.did('record-late-by-us', late);
  expect(refusals(ours.when('record-urgency', urgency))).toEqual(['urgent.late-by-us']);
  expect(refusals(urgent.did('record-urgency', urgency).did('record-late-by-us', late).when(...gate))).toEqual(['urgent.grounded']);
  expect(ours.agreement.urgency).toMatchObject({ urgent: null, late });
  expect(refusals(ours.when('record-late-by-us', late))).toEqual(['already-so']);
  expect(refusals(urgent.when('record-late-by-us', { ...late, knownSince: '2026-06-02' }))).toEqual(['urgent.known-later']);
});

test('a direct award in extreme urgency, or to protect life, waits for no standstill; one whose ground is not on record does', () => {
  const [document, direct] = [pathways.find('urgent')!, routes.find('pa2023-direct-award')!];
  const named = urgent.following(document).alongRoute(direct);
  const over = (ground?: string) => {
    const scene = ground === undefined ? named : named.did('record-urgency', { ...urgency, ground });
    return check({ ...scene.agreement, stage: 'award' }, scene.context()).find(({ code }) => code === 'standstill.over');
  };
  expect(over('pa2023-extreme-urgency')).toMatchObject({ met: true, doesNotApply: expect.stringContaining('extreme and unavoidable urgency') });
  expect(over('pa2023-protect-life')).toMatchObject({ met: true, doesNotApply: expect.stringContaining('protect life') });
  expect(over()).toMatchObject({ met: false, doesNotApply: null });
});

test('no ground lifts the standstill once it is on record that we were late, nor on a pathway that does not know the ground', () => {
  const [document, direct] = [pathways.find('urgent')!, routes.find('pa2023-direct-award')!];
  const grounded = urgent.following(document).alongRoute(direct).did('record-urgency', { ...urgency, ground: 'pa2023-extreme-urgency' });
  const over = (scene: Scene) => check({ ...scene.agreement, stage: 'award' }, scene.context()).find(({ code }) => code === 'standstill.over');
  expect(over(grounded)).toMatchObject({ met: true });
  const waits = { met: false, doesNotApply: null, missing: [{ what: 'the published award notice', by: 'publish-award-notice' }] };
  expect(over(grounded.did('record-late-by-us', late))).toMatchObject(waits);
  expect(over(grounded.following(pathways.find('standard')!))).toMatchObject(waits);
});

test('whoever decides has read the ground: another one, or that we were late ourselves, is decided on anew', () => {
  const both = urgent.following({ ...urgent.pathway, grounds: [...grounds, { id: 'flood', regime: 'PA 2023', says: 'The river is in flood.', source }] }).did('record-urgency', urgency);
  const deciding = { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: both.today, inForceFrom: both.today, weighed: 'x', versionRead: both.decisionVersion } as const;
  const decided = both.did('record-decision', deciding, 'decisionMaker');
  const inForce = (scene: Scene) => missingAt(scene, 'decision.in-force', {});
  expect(inForce(decided)).toEqual([]);
  const other = decided.did('record-urgency', { ...urgency, ground: 'flood', why: 'The dam broke.' });
  for (const scene of [other, decided.did('record-late-by-us', late)]) {
    expect(inForce(scene)).toEqual([{ what: 'the decision: stale, because what it rests on changed', suppliedBy: 'decision-maker', by: 'record-decision' }]);
    expect(scene.decisionVersion).not.toBe(both.decisionVersion);
  }
  expect(refusals(other.when('record-decision', { ...deciding, decision: id(61) }, 'decisionMaker'))).toEqual(['decision.other-version']);
});

test('no decision is dated before the day on which its ground was put on record', () => {
  const awarding = urgent.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '1.00', currency: 'GBP' } });
  const later = awarding.on('2026-06-10').did('record-urgency', { ...urgency, startsOn: '2026-06-12' });
  const dated = (decidedOn: string) => later.when('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn, inForceFrom: decidedOn, weighed: 'x', versionRead: later.decisionVersion }, 'decisionMaker');
  expect(dated('2026-06-02')).toMatchObject({ refused: [{ code: 'decision.before-what-was-read', missing: [{ what: expect.stringContaining('decidedOn: 2026-06-10 or later'), by: 'record-decision' }] }] });
  expect(refusals(dated('2026-06-10'))).toEqual([]);
});

test('nor before the day on which it was put on record that we were late', () => {
  const ours = inDesign.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '1.00', currency: 'GBP' } }).on('2026-06-10').did('record-late-by-us', late);
  const dated = (decidedOn: string) => ours.when('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn, inForceFrom: decidedOn, weighed: 'x', versionRead: ours.decisionVersion }, 'decisionMaker');
  expect(dated('2026-06-09')).toMatchObject({ refused: [{ code: 'decision.before-what-was-read', missing: [{ what: expect.stringContaining('decidedOn: 2026-06-10 or later'), by: 'record-decision' }] }] });
  expect(refusals(dated('2026-06-10'))).toEqual([]);
});

test('whoever put a ground of the urgency on record approves it not for law and procurement, nor decides on it, whoever recorded it again', () => {
  const recorded = urgent.did('record-urgency', urgency, 'colleague').did('record-urgency', { ...urgency, startsOn: '2026-06-04' });
  const asked = recorded.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'legal-procurement' }).did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'finance' });
  const sign = (scene: Scene, signOff: string, of: 'legal-procurement' | 'finance') => scene.when('sign-off', { signOff, versionRead: scene.agreement.content[of], outcome: { is: 'granted', conditions: [] } }, 'colleague');
  const own = [{ what: 'someone other than the one who recorded the urgency it rests on', suppliedBy: 'approver:legal-procurement', by: 'sign-off' }];
  expect(sign(asked, id(50), 'legal-procurement')).toMatchObject({ refused: [{ code: 'sign-off.own-work', missing: own }] });
  const deciding = { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x' } as const;
  expect(refusals(asked.when('record-decision', { ...deciding, versionRead: asked.decisionVersion }, 'colleague'))).toEqual(['sign-off.own-work']);
  // What finance approves rests on no ground of urgency.
  expect(refusals(sign(asked, id(51), 'finance'))).toEqual([]);
});

test('a ground that was recorded before anybody signed for it makes nothing stale by a change of something else', () => {
  const old = urgent.given(['concordat.agreement.urgency-recorded.v1', { ...urgency, content: null, material: [] }]);
  const placed = (scene: Scene) => scene.did('amend-facts', { facts: { place: 'Leith' } }).agreement.content;
  expect(placed(old)).toEqual(placed(urgent));
  expect(placed(old.did('record-urgency', { ...urgency, startsOn: '2026-06-05' })).decision).not.toBe(placed(urgent).decision);
});

describe('another ground than was signed and decided on', () => {
  const both = urgent.following({ ...urgent.pathway, grounds: [...grounds, { id: 'flood', regime: 'PA 2023', says: 'The river is in flood.', source }] }).did('record-urgency', urgency);
  const flood = { ...urgency, ground: 'flood', why: 'The dam broke.' } as const;

  test('makes the approval of law and procurement stale, and the decision, also once a gate opened on it', () => {
    const [before, other] = [both, both.did('record-urgency', flood)];
    const changed = subjects.filter((subject) => before.agreement.content[subject] !== other.agreement.content[subject]);
    expect(changed).toEqual(['legal-procurement', 'decision']);
    expect(both.when('record-urgency', flood)).toMatchObject({ accepted: [{ data: { material: changed, content: other.agreement.content } }] });
    const legal = { signOff: id(50), kind: 'approval', discipline: 'legal-procurement' } as const;
    const signed = both.did('request-sign-off', legal, 'colleague').did('sign-off', { signOff: id(50), versionRead: both.agreement.content['legal-procurement'], outcome: { is: 'granted', conditions: [] } }, 'approver');
    const granted = (scene: Scene) => missingAt(scene, 'sign-offs.granted', { signOffs: [{ kind: 'approval', discipline: 'legal-procurement' }] }).map(({ what }) => what);
    expect([granted(signed), granted(signed.did('record-urgency', flood))]).toEqual([[], ['approval of legal-procurement: stale, because what it rests on changed']]);
    const deciding = { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: both.today, inForceFrom: both.today, weighed: 'x', versionRead: both.decisionVersion } as const;
    const opened = both.asking({ code: 'decision.in-force', parameters: {} }).following({ ...both.asking({ code: 'decision.in-force', parameters: {} }).pathway, grounds: both.pathway.grounds! }).did('record-decision', deciding, 'decisionMaker').did('request-gate', { stage: 'design' });
    expect(opened.agreement.decision?.opened).toBe('design');
    expect([opened, opened.did('record-urgency', flood)].map((scene) => isCurrent(scene.agreement))).toEqual([true, false]);
  });

  test('is recorded no more once the notice of the award is out, before the award is proposed anew; another day of the start is', () => {
    const proposed = ['concordat.agreement.award-proposed.v1', { provider, value: { amount: '1.00', currency: 'GBP' }, stage: 'design', content: both.agreement.content }] as const;
    const noticed = both.given(
      proposed,
      ['concordat.agreement.award-notice-published.v1', { publishedOn: both.today, reference: '2026/S 1', stage: 'design', voluntaryStandstill: null, ends: null, warnings: [] }],
    );
    expect(noticed.agreement.award.notice).not.toBeNull();
    expect(noticed.when('record-urgency', flood)).toMatchObject({ refused: [{ code: 'urgent.notice-published', missing: [{ by: 'propose-award' }] }] });
    expect(refusals(noticed.when('record-urgency', { ...urgency, startsOn: '2026-06-05' }))).toEqual([]);
    // It helps, although it is the same award: its notice falls with the proposal before.
    const bid = noticed.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '1.00', currency: 'GBP' } });
    const told = bid.given(['concordat.agreement.award-notice-published.v1', { publishedOn: both.today, reference: '2026/S 2', stage: 'design', voluntaryStandstill: null, ends: null, warnings: [] }]);
    expect(refusals(told.when('record-urgency', flood))).toEqual(['urgent.notice-published']);
    expect(refusals(told.did('propose-award', { provider, value: { amount: '1.00', currency: 'GBP' } }).when('record-urgency', flood))).toEqual([]);
    const awarded = told.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]);
    expect(awarded.when('record-urgency', flood)).toMatchObject({ refused: [{ code: 'urgent.notice-published', missing: [{ by: 'return-to-stage' }, { by: 'propose-award' }] }] });
  });
});

test('an agreement on another pathway has no ground to name', () => {
  expect(refusals(inDesign.when('record-urgency', urgency))).toEqual(['urgent.no-grounds']);
});

test('the same urgency is recorded once', () => {
  expect(refusals(urgent.did('record-urgency', urgency).when('record-urgency', urgency))).toEqual(['already-so']);
});
