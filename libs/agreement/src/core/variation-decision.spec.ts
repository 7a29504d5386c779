import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import type { Commands } from './command.js';
import { noLevels } from './risk.js';
import type { VariationTo } from './variation-to.js';
import { id, people, refusals, Scene } from './given.js';
import { ada, answered, came, held, missingAt, panel, said, theme } from './given-involvement.js';
import { carriedOut, decided, gbp, longer, period, psr, takenOver, taking, test13, variation } from './given-variation.js';

describe('an extension is a decision and never happens by itself', () => {
  test('it is decided by another than who proposed it, once the regime’s test is answered', () => {
    expect(refusals(psr.did('propose-variation', longer).whenDecidingVariation(decided))).toEqual(['variation.own-proposal', 'sign-off.own-work', 'variation.questions-open']);
  });

  test('it is decided by nobody with an interest, and under no second id of whoever proposed it', () => {
    const asked = psr.did('propose-variation', longer);
    const interested = asked.did('declare-conflict', { person: people.decisionMaker, role: 'decision-maker', interest: 'money', about: { subject: people.decisionMaker, sealed: 'x' } }, 'decisionMaker');
    expect(refusals(interested.whenDecidingVariation(decided, 'decisionMaker'))).toEqual(['sign-off.own-work', 'variation.questions-open']);
    const twin = asked.knowing('decisionMaker', { identities: [{ person: people.commissioner, provider: null }] });
    expect(refusals(twin.whenDecidingVariation(decided, 'decisionMaker'))).toEqual(['variation.own-proposal', 'sign-off.own-work', 'variation.questions-open']);
  });

  test('of what had ended before it was proposed it says when that was', () => {
    const afterEnd = (scene: Scene, to: VariationTo) => scene.did('propose-variation', { ...longer, to }).agreement.variations[0]?.afterEnd;
    const over = psr.on('2027-04-01');
    expect([afterEnd(over, longer.to), afterEnd(over, { is: 'period', startsOn: period.startsOn, endsOn: '2028-03-31' })]).toEqual(['2027-03-31', '2027-03-31']);
    expect([afterEnd(psr.on('2027-03-31'), longer.to), afterEnd(over, { is: 'terms' }), afterEnd(over, { is: 'period', startsOn: period.startsOn, endsOn: '2026-03-31' })]).toEqual([null, null, null]);
  });

  test('decided by whoever approved here, it waits for a second person from the tier on where deciding does', () => {
    const approved = (scene: Scene) => scene
      .did('propose-variation', longer)
      .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'commissioner')
      .did('sign-off', { signOff: id(50), versionRead: scene.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'colleague')
      .did('test-modification', test13);
    const both = approved(psr).decidedVariation(decided, 'colleague').on('2026-06-03');
    expect(both.agreement.variations[0]?.decided).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'awaited' } });
    expect(both.when('carry-out-variation', { variation })).toMatchObject({
      refused: [{ code: 'variation.not-in-force', missing: [{ what: 'the decision: waits for a second person, because it was taken by the one who approved for another discipline here', suppliedBy: 'someone else', by: 'second-variation' }] }],
    });
    expect(refusals(both.when('second-variation', { variation }, 'colleague'))).toEqual(['second.same-person']);
    expect(refusals(both.knowing('approver', { identities: [{ person: people.colleague, provider: null }] }).when('second-variation', { variation }, 'approver'))).toEqual(['second.same-person']);
    expect(refusals(both.when('second-variation', { variation }, 'commissioner'))).toEqual(['variation.own-proposal', 'sign-off.own-work']);
    expect(refusals(both.when('second-variation', { variation: id(381) }, 'approver'))).toEqual(['variation.unknown']);
    expect(refusals(psr.did('propose-variation', longer).when('second-variation', { variation }, 'approver'))).toEqual(['already-so']);
    const read = both.did('second-variation', { variation }, 'approver').acceptedVariation(variation);
    expect(read.agreement.variations[0]?.decided?.second).toEqual({ is: 'given', by: people.approver, everyId: [people.approver] });
    expect(refusals(read.when('second-variation', { variation }, 'approver'))).toEqual(['already-so']);
    expect(read.did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
    // What is refused changes nothing, and two people can vary a small agreement.
    const small = Scene.empty.did('take-over-agreement', { ...taking, value: gbp('9000.00'), facts: { 'contract-period': period } }, 'importer').alongRoute(routes.find('psr-most-suitable-provider')!);
    for (const [scene, outcome] of [[psr, 'refused'], [small, 'agreed']] as const) {
      expect(approved(scene).decidedVariation({ ...decided, outcome }, 'colleague').agreement.variations[0]?.decided).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'not-needed' } });
    }
  });

  test('is read by no second person once it changes something else than was decided on: it is decided anew, and that is read', () => {
    const other = { ...longer, variation: id(381), to: { is: 'value', value: gbp('101000.00') } } as const;
    const both = psr
      .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'commissioner')
      .did('sign-off', { signOff: id(50), versionRead: psr.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'colleague')
      .did('propose-variation', longer)
      .did('test-modification', test13)
      .decidedVariation(decided, 'colleague');
    expect(refusals(both.whenDecidingVariation(decided, 'decisionMaker'))).toEqual(['already-so']);
    const stale = carriedOut(both, other, 'not-different-in-character').on('2026-06-03');
    const now = stale.variationVersion(variation);
    expect(stale.when('second-variation', { variation }, 'approver')).toMatchObject({ refused: [{ code: 'decision.other-version', missing: [{ what: `version ${now}`, suppliedBy: 'decision-maker', by: 'decide-variation' }] }] });
    expect(refusals(stale.when('carry-out-variation', { variation }))).toEqual(['variation.not-in-force']);
    const anew = stale.did('test-modification', { ...test13, why: 'Still the same visits' }).decidedVariation({ ...decided, decidedOn: stale.today }, 'colleague');
    expect(refusals(anew.did('second-variation', { variation }, 'approver').acceptedVariation(variation).when('carry-out-variation', { variation }))).toEqual([]);
  });

  test('is carried out on what stood when it was decided on: where something else changed that since, it is proposed anew', () => {
    const dearer = { ...longer, variation: id(381), to: { is: 'value', value: gbp('110000.00') } } as const;
    const cheaper = { ...dearer, variation: id(382), to: { is: 'value', value: gbp('105000.00') } } as const;
    const carrying = (scene: Scene, one: string) => scene.when('carry-out-variation', { variation: one });
    const agreed = (scene: Scene, body: Commands['propose-variation']) => scene.did('propose-variation', body).did('test-modification', { ...test13, variation: body.variation }).decidedVariation({ ...decided, variation: body.variation, inForceFrom: '2026-06-01' }, 'decisionMaker');
    const both = agreed(agreed(psr, cheaper), longer);
    const other = carriedOut(both, dearer, 'not-different-in-character');
    expect(carrying(other, cheaper.variation)).toMatchObject({
      refused: [{ code: 'decision.other-version', missing: [{ what: 'value: changed since; proposed anew, and decided on what stands', suppliedBy: 'contract-manager', by: 'propose-variation' }] }],
    });
    // What it does not change is the test's to hold against it.
    expect(refusals(carrying(other, variation))).toEqual([]);
    expect(refusals(carrying(both, cheaper.variation))).toEqual([]);
    const anew = agreed(other, { ...cheaper, variation: id(383) });
    expect(anew.did('carry-out-variation', { variation: id(383) }).agreement.facts.value?.value.amount).toBe('105000.00');
    expect(refusals(carrying(other, dearer.variation))).toEqual(['already-so']);
  });

  test('ends after the period on record, and in no other currency than the value', () => {
    const proposing = (to: VariationTo) => refusals(psr.when('propose-variation', { ...longer, to }));
    expect([proposing({ is: 'longer', endsOn: '2027-03-31' }), proposing({ is: 'longer', endsOn: '2020-01-01' }), proposing({ is: 'period', startsOn: '2027-01-01', endsOn: '2026-12-31' })]).toEqual([['variation.not-longer'], ['variation.not-longer'], ['delivery.period-reversed']]);
    expect(refusals(psr.when('propose-variation', { ...longer, to: { is: 'value', value: { amount: '1.00', currency: 'EUR' } }, touches: [id(999)] }))).toEqual(['variation.nothing-adopted', 'variation.other-currency']);
    expect(refusals(takenOver.when('propose-variation', longer))).toEqual(['variation.not-longer']);
  });

  test('it is carried out on no decision of somebody whose own it is by now, or who turns out to be who proposed it, nor on one that they read', () => {
    const agreed = psr.did('propose-variation', longer).did('test-modification', test13).decidedVariation(decided, 'decisionMaker').on('2026-06-03');
    const carrying = (scene: Scene) => scene.when('carry-out-variation', { variation });
    const anew = (what: string) => ({
      refused: [{ code: 'variation.own-decision', missing: [{ what: `the decision: ${what}; proposed anew, and decided by another`, suppliedBy: 'contract-manager', by: 'propose-variation' }] }],
    });
    expect(refusals(carrying(agreed))).toEqual([]);
    expect(carrying(agreed.did('amend-facts', { facts: { lead: people.decisionMaker } }))).toMatchObject(anew('taken by the one who leads the agreement'));
    const byColleague = psr.did('propose-variation', longer, 'colleague').did('test-modification', test13).decidedVariation(decided, 'decisionMaker').on('2026-06-03');
    const same = (scene: Scene, who: 'decisionMaker' | 'approver') => scene.knowing(who, { identities: [{ person: people.colleague, provider: null }] });
    expect(carrying(same(byColleague, 'decisionMaker'))).toMatchObject(anew('taken by the one who proposed it'));
    const owning = { risk: id(70), title: 'Alone at night', domain: 'safety', bearers: ['carers'], owner: people.decisionMaker, levels: noLevels, scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } } as const;
    const toRead = psr.did('raise-risk', owning).did('propose-variation', longer).did('test-modification', test13).decidedVariation(decided, 'decisionMaker').on('2026-06-03');
    const read = toRead.did('second-variation', { variation }, 'approver').acceptedVariation(variation);
    expect(refusals(carrying(read))).toEqual([]);
    expect(carrying(read.did('amend-facts', { facts: { lead: people.approver } }))).toMatchObject(anew('read by the one who leads the agreement'));
    const readForColleague = psr.did('raise-risk', owning).did('propose-variation', longer, 'colleague').did('test-modification', test13).decidedVariation(decided, 'decisionMaker').on('2026-06-03').did('second-variation', { variation }, 'approver').acceptedVariation(variation);
    expect(refusals(carrying(readForColleague))).toEqual([]);
    expect(carrying(same(readForColleague, 'approver'))).toMatchObject(anew('read by the one who proposed it'));
  });

  test('and carried out once the decision is in force', () => {
    const agreed = psr.did('propose-variation', longer).did('test-modification', test13).decidedVariation(decided, 'decisionMaker');
    expect(refusals(agreed.when('carry-out-variation', { variation }))).toEqual(['variation.not-in-force']);
    expect(agreed.on('2026-06-03').did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
  });
});

describe('whoever decides on a variation has read it as it stands, and says what they weighed', () => {
  const asked = psr.did('propose-variation', longer);
  const tested = asked.did('test-modification', test13);
  const reading = (scene: Scene, versionRead: string, outcome: 'agreed' | 'refused' = 'agreed') => scene.when('decide-variation', { ...decided, outcome, weighed: 'The price of another year.', versionRead }, 'decisionMaker');
  const version = (scene: Scene) => scene.variationVersion(variation);

  test('either way, on no other version than the one that is named to them', () => {
    for (const outcome of ['agreed', 'refused'] as const) {
      expect(reading(tested, version(asked), outcome)).toMatchObject({ refused: [{ code: 'decision.other-version', missing: [{ what: `version ${version(tested)}`, suppliedBy: 'decision-maker', by: 'decide-variation' }] }] });
      expect(reading(tested, version(tested), outcome)).toMatchObject({ accepted: [{ data: { version: version(tested), weighed: 'The price of another year.' } }, ...(outcome === 'agreed' ? [{}] : [])] });
    }
    expect(tested.decidedVariation(decided, 'decisionMaker').agreement.variations[0]?.decided).toMatchObject({ version: version(tested), weighed: 'What people said.' });
  });

  test('it is another with every answer to the two questions, with what it changes, and as it is proposed', () => {
    const gave = tested.given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'));
    const toLess = gave.did('propose-variation', { ...longer, variation: id(381), to: { is: 'terms' } });
    const again = toLess.did('record-asked-again', { variation: id(381), theme: 'travel', activity: panel, said: 'Yes.' });
    const not = toLess.did('record-not-asked-again', { variation: id(381), themes: ['travel'], why: 'It is not in it.' });
    expect(new Set([toLess, again, not, again.did('test-modification', { ...test13, variation: id(381) })].map((scene) => scene.variationVersion(id(381)))).size).toBe(4);
    expect(new Set([asked, tested, asked.did('test-modification', { ...test13, why: 'The same people' }), psr.did('propose-variation', { ...longer, why: 'People ask for it' })].map(version)).size).toBe(4);
    const dearer = carriedOut(tested, { ...longer, variation: id(381), to: { is: 'value', value: gbp('110000.00') } }, 'not-different-in-character');
    expect([version(gave), version(dearer) === version(tested)]).toEqual([version(tested), false]);
  });
});

describe('a variation is decided as anything else is', () => {
  const asked = psr.did('propose-variation', longer).did('test-modification', test13);
  const open = { ...decided, callIn: { is: 'open', until: '2026-06-08' }, inForceFrom: '2026-06-09' } as const;
  const deciding = (scene: Scene, how: Partial<Commands['decide-variation']>) => scene.whenDecidingVariation({ ...decided, ...how }, 'decisionMaker');
  const decider = { suppliedBy: 'decision-maker', by: 'decide-variation' };
  const standing = asked.decidedVariation(open, 'decisionMaker');
  const called = standing.on('2026-06-05').did('call-in-decision', { decision: variation, reason: 'The year is long.', on: '2026-06-05' }, 'member');
  const concluding = (scene: Scene, outcome: Commands['conclude-call-in']['outcome'], who: 'decisionMaker' | 'commissioner' | 'outsider' = 'outsider') =>
    scene.when('conclude-call-in', { decision: variation, outcome, on: '2026-06-05', reasons: 'Looked at.' }, who);
  const anew = called.did('conclude-call-in', { decision: variation, outcome: { is: 'taken-anew' }, on: '2026-06-05', reasons: 'Rightly.' }, 'decisionMaker');

  test('a key decision is announced before it is taken, once the variation was proposed, for as long as its way of notice asks', () => {
    const key = (announcedOn: string) => deciding(asked.on('2026-06-30'), { decidedOn: '2026-06-29', inForceFrom: '2026-06-30', key: { is: 'key', announcedOn, notice: 'full' } });
    expect(key('2026-06-01')).toMatchObject({ refused: [{ code: 'decision.not-announced', missing: [decider] }] });
    expect(key('2026-05-30')).toMatchObject({ refused: [{ code: 'decision.announced-before-agreement', missing: [{ ...decider, what: 'announcedOn: 2026-06-01 or later' }] }] });
    expect(refusals(deciding(asked.on('2026-06-30'), { decidedOn: '2026-06-30', inForceFrom: '2026-06-30', key: { is: 'key', announcedOn: '2026-06-01', notice: 'full' } }))).toEqual([]);
  });

  test('where members may call it in, it is in force after the last day for that, and carried out no sooner', () => {
    expect(deciding(asked, { ...open, inForceFrom: '2026-06-08' })).toMatchObject({ refused: [{ code: 'decision.in-force-before-call-in', missing: [decider] }] });
    expect(refusals(deciding(asked.on('2026-06-09'), open))).toEqual(['decision.call-in-over']);
    expect(refusals(standing.on('2026-06-08').when('carry-out-variation', { variation }))).toEqual(['variation.not-in-force']);
    expect(refusals(standing.on('2026-06-09').when('carry-out-variation', { variation }))).toEqual([]);
  });

  test('called in, it is carried out once it is said that it stands, by somebody who neither took it nor proposed it', () => {
    expect(called.on('2026-06-20').when('carry-out-variation', { variation })).toMatchObject({
      refused: [{ code: 'variation.not-in-force', missing: [{ what: 'the decision: called in on 2026-06-05', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }],
    });
    expect(refusals(called.when('call-in-decision', { decision: variation, reason: 'x', on: '2026-06-05' }, 'member'))).toEqual(['already-so']);
    expect(refusals(concluding(called, { is: 'stands', inForceFrom: '2026-06-10' }, 'decisionMaker'))).toEqual(['decision.own-call-in']);
    expect(refusals(concluding(called, { is: 'stands', inForceFrom: '2026-06-10' }, 'commissioner'))).toEqual(['sign-off.own-work', 'decision.own-call-in']);
    expect(refusals(concluding(called, { is: 'stands', inForceFrom: '2026-06-08' }))).toEqual(['decision.in-force-too-early']);
    const stands = called.did('conclude-call-in', { decision: variation, outcome: { is: 'stands', inForceFrom: '2026-06-10' }, on: '2026-06-05', reasons: 'Looked at.' }, 'outsider');
    expect(stands.on('2026-06-09').when('carry-out-variation', { variation })).toMatchObject({ refused: [{ code: 'variation.not-in-force', missing: [{ what: 'in force from 2026-06-10' }] }] });
    expect(stands.on('2026-06-10').did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
  });

  test('or is decided anew, and open to every other member for as long as the first was', () => {
    expect(refusals(anew.on('2026-06-20').when('carry-out-variation', { variation }))).toEqual(['variation.not-in-force']);
    expect(refusals(deciding(anew, { decidedOn: '2026-06-05', inForceFrom: '2026-06-05' }))).toEqual(['decision.call-in-open']);
    expect(refusals(deciding(anew, { ...open, decidedOn: '2026-06-04' }))).toEqual(['decision.before-call-in-concluded']);
    const again = anew.decidedVariation({ ...open, decidedOn: '2026-06-05' }, 'decisionMaker').on('2026-06-09');
    expect(again.did('carry-out-variation', { variation }).agreement.variations[0]).toMatchObject({ carriedOut: true, toTakeAnew: null });
  });

  test('nor is what members may call in, or did, passed by with another that changes the same', () => {
    const second = id(381);
    const proposing = (scene: Scene, to: VariationTo = { is: 'longer', endsOn: '2028-03-30' }) => scene.did('propose-variation', { ...longer, variation: second, to }).did('test-modification', { ...test13, variation: second });
    const agreeing = (scene: Scene, how: Partial<Commands['decide-variation']> = {}) => deciding(proposing(scene), { decidedOn: scene.today, inForceFrom: scene.today, ...how, variation: second });
    expect(agreeing(standing)).toMatchObject({ refused: [{ code: 'decision.call-in-open', missing: [{ ...decider, what: 'callIn: open until 2026-06-08 or later' }] }] });
    expect([refusals(agreeing(standing, open)), refusals(agreeing(standing.on('2026-06-09')))]).toEqual([[], []]);
    expect(agreeing(called.on('2026-06-20'))).toMatchObject({
      refused: [{ code: 'decision.called-in', missing: [{ what: 'what became of the call-in of “One more year”', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }],
    });
    const concluded = proposing(standing).on('2026-06-20').did('call-in-decision', { decision: variation, reason: 'x', on: '2026-06-05' }, 'member').did('conclude-call-in', { decision: variation, outcome: { is: 'taken-anew' }, on: '2026-06-20', reasons: 'x' }, 'decisionMaker');
    expect(['2026-06-19', '2026-06-20'].map((decidedOn) => refusals(deciding(concluded, { variation: second, decidedOn, inForceFrom: '2026-06-20' })))).toEqual([['decision.before-call-in-concluded'], []]);
    // What is refused, or changes something else, takes the place of nothing.
    expect(refusals(agreeing(standing, { outcome: 'refused' }))).toEqual([]);
    expect(refusals(deciding(proposing(standing, { is: 'value', value: gbp('110000.00') }), { variation: second }))).toEqual([]);
    expect(refusals(agreeing(asked.decidedVariation(decided, 'decisionMaker')))).toEqual([]);
  });

  test('what was never decided is not called in', () => {
    const callIn = (scene: Scene) => refusals(scene.when('call-in-decision', { decision: variation, reason: 'x', on: '2026-06-05' }, 'member'));
    expect([callIn(asked.on('2026-06-05')), callIn(standing.on('2026-06-09'))]).toEqual([['decision.unknown'], []]);
  });

  test('called in in time and put on record once it is carried out, it counts all the same: gates wait until it stands or is decided anew', () => {
    const done = standing.on('2026-06-09').did('carry-out-variation', { variation });
    const callingIn = (on: string) => ({ decision: variation, reason: 'The year is long.', on });
    expect(refusals(done.when('call-in-decision', callingIn('2026-06-09'), 'member'))).toEqual(['decision.call-in-closed']);
    const late = done.did('call-in-decision', callingIn('2026-06-08'), 'member');
    const kept = (scene: Scene) => missingAt(scene, 'gate.conditions-kept', {});
    expect([kept(done), kept(late)]).toEqual([[], [{ what: 'the decision on “One more year”: called in on 2026-06-08', suppliedBy: 'decision-maker', by: 'conclude-call-in' }]]);
    const concluded = (outcome: Commands['conclude-call-in']['outcome']) => late.did('conclude-call-in', { decision: variation, outcome, on: '2026-06-09', reasons: 'Looked at.' }, 'outsider');
    expect(kept(concluded({ is: 'stands', inForceFrom: '2026-06-09' }))).toEqual([]);
    const again = concluded({ is: 'taken-anew' });
    expect(kept(again)).toEqual([{ what: 'the decision on “One more year”: to be taken anew after its call-in', suppliedBy: 'decision-maker', by: 'decide-variation' }]);
    const taken = again.decidedVariation({ ...decided, decidedOn: '2026-06-09', inForceFrom: '2026-06-09' }, 'decisionMaker');
    expect([kept(taken), refusals(taken.when('carry-out-variation', { variation }))]).toEqual([[], ['already-so']]);
    // From the day from which it does, and read by a second person where that is awaited.
    const from = (day: string) => [{ what: `the decision on “One more year”: in force from ${day}`, suppliedBy: 'time' }];
    const stands = concluded({ is: 'stands', inForceFrom: '2027-01-01' });
    expect([kept(stands), kept(stands.on('2027-01-01'))]).toEqual([from('2027-01-01'), []]);
    const later = again.decidedVariation({ ...decided, decidedOn: '2026-06-09', inForceFrom: '2026-12-02' }, 'decisionMaker');
    expect([kept(later), kept(later.on('2026-12-02'))]).toEqual([from('2026-12-02'), []]);
  });

  test('refused when it is decided anew after it was carried out, it is taken back by a variation: gates wait until one that changes the same is carried out', () => {
    const late = standing.on('2026-06-09').did('carry-out-variation', { variation }).did('call-in-decision', { decision: variation, reason: 'The year is long.', on: '2026-06-08' }, 'member');
    const again = late.did('conclude-call-in', { decision: variation, outcome: { is: 'taken-anew' }, on: '2026-06-09', reasons: 'Looked at.' }, 'outsider');
    const no = again.decidedVariation({ ...decided, outcome: 'refused', decidedOn: '2026-06-09', inForceFrom: '2026-06-09' }, 'decisionMaker');
    const kept = (scene: Scene) => missingAt(scene, 'gate.conditions-kept', {});
    expect(no.agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
    expect(kept(no)).toEqual([{ what: '“One more year”: refused, and carried out; taken back by a variation', suppliedBy: 'contract-manager', by: 'propose-variation' }]);
    const varied = (to: VariationTo) => {
      const other = id(381);
      return no.did('propose-variation', { ...longer, variation: other, what: 'As it was', to }).did('test-modification', { ...test13, variation: other })
        .decidedVariation({ ...decided, variation: other, decidedOn: '2026-06-09', inForceFrom: '2026-06-09' }, 'decisionMaker').did('carry-out-variation', { variation: other });
    };
    expect([kept(varied({ is: 'period', ...period })), kept(varied({ is: 'value', value: gbp('110000.00') }))]).toEqual([[], kept(no)]);
  });
});

test('a variation is decided neither way while people are consulted on it, nor before what they said was considered', () => {
  const consultation = id(170);
  const proposal = { consultation, proposal: 'Fewer visits', reasons: 'Money', options: ['As now'], opensOn: '2026-06-01', closesOn: '2026-06-30' } as const;
  const asked = psr.did('propose-variation', longer).did('test-modification', test13);
  const open = asked.did('open-consultation', proposal);
  for (const outcome of ['agreed', 'refused'] as const) {
    expect(open.whenDecidingVariation({ ...decided, outcome }, 'decisionMaker')).toMatchObject({
      refused: [{ code: 'variation.consultation-open', missing: [{ what: 'consultation on “Fewer visits” (closes on 2026-06-30)', suppliedBy: 'commissioner', by: 'consider-consultation' }] }],
    });
  }
  const later = { ...decided, decidedOn: '2026-07-02', inForceFrom: '2026-07-02' } as const;
  expect(refusals(open.on('2026-07-02').whenDecidingVariation(later, 'decisionMaker'))).toEqual(['variation.consultation-open']);
  expect(refusals(open.on('2026-07-02').did('consider-consultation', { consultation, responses: 31, summary: 'Most would rather not.', on: '2026-07-02' }).whenDecidingVariation(later, 'decisionMaker'))).toEqual([]);
  expect(refusals(asked.did('open-consultation', { ...proposal, onAnotherMatter: true }).whenDecidingVariation(decided, 'decisionMaker'))).toEqual([]);
});

describe('a variation is decided after what it is decided on, and after notice', () => {
  const proposed = psr.on('2026-06-05').did('propose-variation', longer);
  const ready = proposed.on('2026-06-08').did('test-modification', test13).on('2026-06-20');
  const deciding = (scene: Scene, changes: object) => scene.whenDecidingVariation({ ...decided, inForceFrom: '2026-06-20', ...changes }, 'decisionMaker');

  test('not before it was proposed and tested', () => {
    expect(deciding(ready, { decidedOn: '1999-01-01' })).toMatchObject({
      refused: [{ code: 'decision.before-what-was-read', missing: [{ what: 'decidedOn: 2026-06-08 or later, the day on which what was read came to be as it is', suppliedBy: 'decision-maker', by: 'decide-variation' }] }],
    });
    expect([refusals(deciding(ready, { decidedOn: '2026-06-07' })), refusals(deciding(ready, { decidedOn: '2026-06-08' }))]).toEqual([['decision.before-what-was-read'], []]);
    expect([refusals(deciding(proposed.on('2026-06-20'), { outcome: 'refused', decidedOn: '2026-06-04' })), refusals(deciding(proposed.on('2026-06-20'), { outcome: 'refused', decidedOn: '2026-06-05' }))]).toEqual([['decision.before-what-was-read'], []]);
  });

  test('nor before people were asked again, or it was said why not', () => {
    const given = ready.given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).on('2026-06-08').did('propose-variation', { ...longer, variation: id(381), touches: ['travel'] }).did('test-modification', { ...test13, variation: id(381) });
    const asked = given.on('2026-06-10').did('record-attendance', { activity: panel, participants: [ada], on: '2026-06-10' }).did('record-asked-again', { variation: id(381), theme: 'travel', activity: panel, said: 'Yes.' }).on('2026-06-20');
    expect([refusals(deciding(asked, { variation: id(381), decidedOn: '2026-06-09' })), refusals(deciding(asked, { variation: id(381), decidedOn: '2026-06-10' }))]).toEqual([['decision.before-what-was-read'], []]);
  });

  test('nor by a body before notice of its meeting; and what is recorded later says when', () => {
    const body = (noticeOn: string) => ({ decidedBy: { kind: 'body', body: 'Cabinet', noticeOn, minute: '3' }, decidedOn: '2026-06-10' });
    expect([refusals(deciding(ready, body('2026-06-11'))), refusals(deciding(ready, body('2026-06-10')))]).toEqual([['decision.meeting-without-notice'], []]);
    expect(ready.decidedVariation({ ...decided, decidedOn: '2026-06-10', inForceFrom: '2026-06-20' }, 'decisionMaker').agreement.variations[0]?.decided).toMatchObject({ decidedOn: '2026-06-10', recordedOn: '2026-06-20' });
  });
});
