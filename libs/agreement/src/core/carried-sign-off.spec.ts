import type { ConditionCode, Discipline } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { conditions } from './conditions.js';
import { agreementId, id, otherProvider, pathwayAsking, people, provider, refusals, type Scene, type Who } from './given.js';
import { ada } from './given-involvement.js';
import { accepted, decided, lot, lots, north, proposed, south, tender, whole } from './given-lots.js';
import type { Condition } from './topic.js';

const [safeguarding, finance] = [id(50), id(51)];
const insurance = { what: 'The insurance is renewed', dueOn: '2026-09-01' } as const;
const asking = (scene: Scene, signOff: string, discipline: Discipline) => scene.did('request-sign-off', { signOff, kind: 'approval', discipline }, 'colleague');
const granting = (scene: Scene, signOff: string, outcome: object = {}, who: Who = 'approver') => {
  const { discipline } = scene.agreement.signOffs.find(({ id: one }) => one === signOff)!;
  return scene.did('sign-off', { signOff, versionRead: scene.agreement.content[discipline], outcome: { is: 'granted', conditions: [], ...outcome } }, who);
};
/** The tender with what is done to it before its award, as it is split. */
const splitAfter = (before: (scene: Scene) => Scene, of = proposed, parts = whole, onceDecided = (scene: Scene) => scene) =>
  accepted(accepted(onceDecided(decided(before(of))), 'signatory'), 'otherSignatory').did('request-gate', { stage: 'design' }).did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }).did('split', parts);
const lacks = (scene: Scene, code: ConditionCode, parameters: object = {}) =>
  (conditions[code] as unknown as Condition<'sign-offs.granted'>)(scene.agreement, parameters as never, scene.context()).map(({ what }) => what);
const granted = (...disciplines: Discipline[]) => ({ signOffs: disciplines.map((discipline) => ({ kind: 'approval', discipline })) });
const about = (...signOffs: string[]) => (scene: Scene) => signOffs.reduce((done, signOff) => granting(asking(done, signOff, signOff === safeguarding ? 'safeguarding' : 'finance'), signOff), scene);
const plan = { title: 'Plan', reference: 'DMS/plan' };

describe('a sign-off of the whole', () => {
  const both = splitAfter((scene) => about(safeguarding, finance)(scene).did('second-sign-off', { signOff: finance }, 'outsider'));

  test('counts in each contract, as one that was given in the whole', () => {
    for (const part of [both.inside(north), both.inside(south)]) {
      expect(lacks(part, 'sign-offs.granted', granted('safeguarding', 'finance'))).toEqual([]);
      expect(part.agreement.signOffs.map(({ id: signOff, fromAgreement, answer }) => [signOff, fromAgreement, answer.is])).toEqual([[safeguarding, agreementId, 'granted'], [finance, agreementId, 'granted']]);
    }
    expect(lacks(splitAfter((scene) => scene).inside(north), 'sign-offs.granted', granted('safeguarding'))).toEqual(['approval of safeguarding: not asked for']);
  });

  test('goes stale in the contract where what it rests on changes, and in no other', () => {
    const changed = both.inside(north).did('amend-facts', { facts: { 'mobilisation-plan': plan } });
    expect(lacks(changed, 'sign-offs.granted', granted('safeguarding', 'finance'))).toEqual(['approval of safeguarding: stale, because what it rests on changed']);
    expect(lacks(changed.inside(south), 'sign-offs.granted', granted('safeguarding', 'finance'))).toEqual([]);
  });

  test('comes stale, refused or half read as it stood, so that no gate of a contract opens on it', () => {
    const stale = splitAfter((scene) => about(safeguarding)(scene).did('amend-facts', { facts: { 'mobilisation-plan': plan } }));
    const refused = splitAfter((scene) => about(safeguarding)(scene).did('request-sign-off', { signOff: id(52), kind: 'approval', discipline: 'safeguarding' }, 'colleague')
      .did('sign-off', { signOff: id(52), versionRead: scene.agreement.content.safeguarding, outcome: { is: 'refused', reason: 'Nobody is trained.' } }, 'approver'));
    const read = splitAfter((scene) => about(safeguarding, finance)(scene.did('declare-conflict', { person: people.approver, role: 'approver', interest: 'other', about: { subject: people.approver, sealed: 'x' } }, 'approver')));
    expect([stale, refused, read].flatMap((scene) => lacks(scene.inside(north), 'sign-offs.granted', granted('safeguarding')))).toEqual([
      'approval of safeguarding: stale, because what it rests on changed',
      'approval of safeguarding: refused',
      'approval of safeguarding: waits for a second person, because it was granted by the one who declared another interest',
    ]);
    expect(lacks(read.inside(north).did('second-sign-off', { signOff: safeguarding }, 'outsider'), 'sign-offs.granted', granted('safeguarding'))).toEqual([]);
  });

  test('is asked for anew where nobody had answered it', () => {
    const awaited = splitAfter((scene) => asking(scene, safeguarding, 'safeguarding')).inside(north);
    expect([awaited.agreement.signOffs, refusals(awaited.when('request-sign-off', { signOff: safeguarding, kind: 'approval', discipline: 'safeguarding' }, 'colleague'))]).toEqual([[], []]);
  });

  test('owes what it was granted on in every contract, until it is met there', () => {
    const starting = (scene: Scene) => scene.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-10-01', endsOn: '2029-09-30' } } });
    const owing = splitAfter((scene) => granting(asking(starting(scene), safeguarding, 'safeguarding'), safeguarding, { conditions: [insurance] }));
    const owed = ['approval of safeguarding: “The insurance is renewed”, due on 2026-09-01'];
    expect([north, south].map((part) => lacks(owing.inside(part), 'sign-offs.conditions-met'))).toEqual([owed, owed]);
    const met = owing.inside(north).did('meet-sign-off-condition', { signOff: safeguarding, condition: 1, how: 'The policy came.' }, 'approver');
    expect([lacks(met, 'sign-offs.conditions-met'), lacks(met.inside(south), 'sign-offs.conditions-met')]).toEqual([[], owed]);
    expect(lacks(met.inside(south).on('2026-09-02'), 'sign-offs.granted', granted('safeguarding'))).toEqual(['approval of safeguarding: “The insurance is renewed” was due on 2026-09-01']);
  });

  test('is renewed in each contract once its last day is over', () => {
    const until = splitAfter((scene) => granting(asking(scene, safeguarding, 'safeguarding'), safeguarding, { expiresOn: '2026-08-31' })).on('2026-09-01');
    const renewed = until.inside(north).did('renew-sign-off', { signOff: safeguarding, versionRead: until.inside(north).agreement.content.safeguarding, expiresOn: '2027-08-31', review: { title: 'Review', reference: 'DMS/1' } }, 'approver');
    const lapsed = ['approval of safeguarding: lapsed after 2026-08-31'];
    expect([lacks(until.inside(north), 'sign-offs.renewed'), lacks(renewed, 'sign-offs.renewed'), lacks(renewed.inside(south), 'sign-offs.renewed')]).toEqual([lapsed, [], lapsed]);
  });

  test('falls in a contract that goes back behind the stage it was given in', () => {
    expect(both.inside(north).did('return-to-stage', { stage: 'mandate', reason: 'The rota must be planned anew.' }).agreement.signOffs).toEqual([]);
  });

  test('is accepted by a provider in the contracts that it leads and in no other', () => {
    const bySignatory = splitAfter((scene) => scene, tender.did('propose-lots', { lots: [lots[0]!, lot(south, 'South', otherProvider, '40000.00')] }), whole, (scene) =>
      granting(scene.did('request-sign-off', { signOff: id(53), kind: 'acceptance', discipline: 'information-governance', of: 'provider' }, 'colleague'), id(53), {}, 'signatory'));
    const asked = { signOffs: [{ kind: 'acceptance', discipline: 'information-governance', of: 'provider' }] };
    expect([bySignatory.inside(north), bySignatory.inside(south)].map((part) => [part.agreement.award.awarded?.lots[0]?.lead, lacks(part, 'sign-offs.granted', asked)])).toEqual([
      [provider, []],
      [otherProvider, ['acceptance of information-governance: not asked for']],
    ]);
  });
});

describe('whoever acted for the whole', () => {
  test('shows as one who approved or decided there, and is read by a second person where they sign for something else', () => {
    const who = (scene: Scene, by: Who) => {
      const asked = asking(scene, id(54), 'equality');
      return granting(asked, id(54), {}, by).agreement.signOffs.at(-1)?.voices.map(({ overlaps, second }) => [overlaps, second.is]);
    };
    const part = splitAfter(about(safeguarding)).inside(north);
    expect(who(part, 'approver')).toEqual([[['approved for another discipline here'], 'awaited']]);
    const grants = [{ grant: id(1), role: 'approver', discipline: 'equality' }] as const;
    expect(who(part.knowing('decisionMaker', { grants }), 'decisionMaker')).toEqual([[['took the decision here'], 'awaited']]);
    expect(who(part.knowing('stranger', { grants }), 'stranger')).toEqual([[[], 'not-needed']]);
  });

  test('answers no waiver in a contract, where they planned its involvement', () => {
    const plan = { stage: 'delivery', mode: 'co-delivery', subTypes: [], say: 2, do: 1, groups: ['diners'], method: 'Kitchen rota', people: 2, resources: { is: 'not-yet' }, accessCosts: { is: 'not-yet' } } as const;
    const part = splitAfter((scene) => scene.did('plan-involvement', plan, 'colleague')).inside(north);
    const waiver = id(55);
    const scene = part.following({ ...part.pathway, stages: part.pathway.stages.map((stage) => ({ ...stage, gate: pathwayAsking({ code: 'involvement.planned', parameters: { say: 4 } }).stages[1]!.gate })) })
      .did('ask-waiver', { waiver, condition: 'involvement.planned', planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: '2026-12-01', commitment: id(56), expiresOn: '2026-12-01' })
      .did('give-view-on-waiver', { waiver, view: 'content', spokenBy: people.representative, words: { subject: people.representative, sealed: 'x' } }, 'representative');
    const answer = scene.when('waive-condition', { waiver }, 'colleague');
    expect('refused' in answer ? answer.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : []).toContain('someone other than the one who planned the involvement');
  });
});
