import { describe, expect, test } from '@jest/globals';
import { pathways, routes } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import { check } from './check.js';
import { isCurrent } from './decision.js';
import type { CommandName } from './command.js';
import type { FactValues } from './facts.js';
import type { Agreement } from './agreement.js';
import { noneById, putById } from './by-id.js';
import { agreementId, id, inEnding, opened, otherProvider, people, provider, refusals, Scene, type Who } from './given.js';
import { ada, missingAt, planned } from './given-involvement.js';
import { accepted, awarded, decided, gbp, lot, lots, north, promised, proposed, south, split, tender, told, whole } from './given-lots.js';
import { scopeOn } from './partner.js';
import { toldOfNoReversal } from './reversal.js';
import { noLevels } from './risk.js';
import { childrenOf } from './tree.js';
import { toAskAgain } from './variation.js';

const beneath = (child: string, amount: string, of = provider) => ({ child, provider: of, value: gbp(amount), pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] });

const variation = id(380);
const toValue = (amount: string) => ({ variation, what: 'Another value', why: 'Fewer people', to: { is: 'value', value: gbp(amount) }, touches: [] }) as const;
/** With a variation to this value in force, which nobody carried out yet. */
const varied = (scene: Scene, amount: string) => {
  const proposed = scene.alongRoute(routes.find('pa2023-light-touch')!).did('propose-variation', toValue(amount));
  const themes = toAskAgain(proposed.agreement, proposed.agreement.variations.at(-1)!);
  return (themes.length === 0 ? proposed : proposed.did('record-not-asked-again', { variation, themes, why: 'They give as much.' }))
    .did('test-modification', { variation, ground: 'light-touch', confirmed: true, why: 'Home care' })
    .did('decide-variation', { variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'x', notAsked: themes }, 'decisionMaker');
};

describe('an award in lots', () => {
  test('goes to providers who were invited, each with one role in a contract and one lead in a lot, and is worth at most the whole', () => {
    const wrong = [lot(north, 'North', provider, '90000.00'), { ...lot(north, 'North', provider, '20000.00'), members: [provider], subcontractors: [id(99)] }];
    expect(refusals(tender.when('propose-lots', { lots: wrong }))).toEqual(['provider.unknown', 'lots.same-lead', 'lots.two-roles', 'lots.same-agreement', 'tree.over-value']);
    expect(refusals(tender.when('propose-lots', { lots: [lot(north, 'North', id(98), '1.00')] }))).toEqual(['award.not-invited']);
    expect(refusals(proposed.when('propose-lots', { lots }))).toEqual(['already-so']);
  });

  test('opens agreements that are not there yet, and is not proposed beside what was awarded', () => {
    const taken = tender.beside(north, opened.agreement).when('propose-lots', { lots });
    expect(taken).toMatchObject({ refused: [{ code: 'tree.agreement-known', missing: [{ what: `another id than ${north}`, by: 'propose-lots' }] }] });
    expect(refusals(awarded.when('propose-lots', { lots: [lots[0]!] }))).toEqual(['award.made']);
    expect(refusals(awarded.when('propose-award', { provider, value: gbp('1.00') }))).toEqual(['award.made']);
  });

  test('is in the currency of an agreement that has a value', () => {
    expect(refusals(opened.did('invite-provider', { provider }).when('propose-lots', { lots: [lot(north, 'North', provider, '1.00')] }))).toEqual(['tree.value-unknown']);
    expect(refusals(tender.when('propose-lots', { lots: [{ ...lot(north, 'North', provider, '1.00'), value: { amount: '1.00', currency: 'EUR' } }] }))).toEqual(['tree.other-currency']);
  });

  test('makes a decision on other lots stale', () => {
    const other = decided(proposed).did('propose-lots', { lots: [lots[0]!] });
    expect(isCurrent(other.agreement)).toBe(false);
  });

  test('is accepted by whoever leads and by each member of a consortium for itself', () => {
    const gate = (scene: Scene) => scene.when('request-gate', { stage: 'design' });
    const one = accepted(decided(proposed), 'signatory');
    expect(gate(decided(proposed))).toMatchObject({ refused: [{ missing: [{ what: `acceptance by provider-${provider}` }, { what: `acceptance by provider-${otherProvider}` }] }] });
    expect(gate(one)).toMatchObject({ refused: [{ missing: [{ what: `acceptance by provider-${otherProvider}` }] }] });
    expect(refusals(one.when('accept-award', { versionRead: one.agreement.content.award }, 'signatory'))).toEqual(['already-so']);
    expect(awarded.agreement.award.parties).toEqual({ [provider]: 'provider', [otherProvider]: 'provider' });
  });

  test('falls with the stage whose gate made it', () => {
    expect(awarded.did('return-to-stage', { stage: 'mandate', reason: 'The notice was wrong.' }).agreement.award).toMatchObject({ proposed: null, awarded: null, acceptances: [], original: null });
    expect(awarded.did('return-to-stage', { stage: 'design', reason: 'The notice was wrong.' }).agreement.award).toMatchObject({ proposed: { lots }, awarded: null, original: null });
  });
});

describe('a split', () => {
  test('is refused for every reason at once, and opens nothing', () => {
    const early = decided(proposed, { inForceFrom: '2026-06-09' }).beside(id(63), opened.agreement);
    const body = { agreements: [{ agreement: id(63), commitments: [promised, id(31)] }, { agreement: south, commitments: [promised] }] };
    expect(refusals(early.when('split', body))).toEqual(['split.nothing-awarded', 'split.decision-not-in-force', 'tree.agreement-known', 'split.commitment-left', 'commitment.unknown', 'split.people-not-told']);
    expect(refusals(told.when('split', { agreements: [{ agreement: north, commitments: [promised] }, { agreement: id(64), commitments: [] }] }))).toEqual(['split.lot-left', 'split.other-lot']);
  });

  test('says of each reason what is missing, who supplies it and by which command', () => {
    const missing = (scene: Scene, agreements: readonly { agreement: string; commitments: readonly string[] }[]) => {
      const decision = scene.when('split', { agreements });
      return 'refused' in decision ? Object.fromEntries(decision.refused.map((one) => [one.code, one.missing])) : {};
    };
    const by = (command: string, ...what: string[]) => what.map((one) => ({ what: one, suppliedBy: 'commissioner', by: command }));
    const early = decided(proposed, { inForceFrom: '2026-06-09' });
    expect(missing(early, [{ agreement: id(63), commitments: [promised, id(31)] }, { agreement: south, commitments: [promised] }])).toMatchObject({
      'split.nothing-awarded': by('request-gate', 'the awarded lots'),
      'split.commitment-left': by('split', promised),
      'commitment.unknown': by('make-commitment', id(31)),
      'split.people-not-told': [{ what: ada, suppliedBy: 'facilitator', by: 'tell-what-came-of-it' }],
    });
    expect(missing(tender, [{ agreement: north, commitments: [] }])['split.nothing-awarded']).toEqual(by('propose-lots', 'the awarded lots'));
    expect(missing(told, [{ agreement: north, commitments: [promised] }, { agreement: id(64), commitments: [] }])).toEqual({
      'split.lot-left': by('split', `${south}: South, home care`),
      'split.other-lot': by('split', `an awarded contract, not ${id(64)}`),
    });
  });

  test('opens each contract where the whole stood, with the gates before passed there and its own provider', () => {
    expect(childrenOf(split.agreement).map(({ id: child, lot: name, provider: lead, value }) => [child, name, lead, value.amount])).toEqual([[north, 'North', provider, '60000.00'], [south, 'South', provider, '40000.00']]);
    expect(split.others[south]).toMatchObject({
      title: 'South, home care', stage: 'delivery', lifecycle: 'open', kind: 'contract', stages: { mandate: { gate: 'by-reference' }, design: { gate: 'by-reference' }, delivery: { gate: 'shut' } },
      facts: { value: { value: gbp('40000.00') }, place: { value: 'Leith' } },
      award: { parties: { [provider]: 'provider', [otherProvider]: 'provider' } },
      tree: { parent: { agreement: agreementId, as: 'split-from', lot: 'South' } },
    });
    expect(split.others[north]?.award.parties).toEqual({ [provider]: 'provider' });
  });

  test('is split once what a gate of it opened on is there, for no contract of it would owe that', () => {
    const condition = id(70);
    const conditional = proposed
      .asking({ code: 'provider.accepted', parameters: {} }, { code: 'facts.present', parameters: { facts: ['eqia'] } })
      .did('propose-condition', { condition, code: 'facts.present', discipline: 'equality', what: 'The assessment', dueOn: '2026-07-01' })
      .did('agree-condition', { condition }, 'decisionMaker')
      .did('agree-condition-for-discipline', { condition }, 'approver');
    const owing = accepted(accepted(decided(conditional), 'signatory'), 'otherSignatory').did('request-gate', { stage: 'design' }).did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' });
    expect(owing.when('split', whole)).toMatchObject({
      refused: [{ code: 'split.condition-open', missing: [{ what: `the condition ${condition}: The assessment, due on 2026-07-01`, suppliedBy: 'approver:equality' }] }],
    });
    const there = owing.did('amend-facts', { facts: { eqia: { title: 'EqIA', reference: 'DMS/eqia' } } });
    // What is new there is weighed too, as whatever changes what was decided on.
    expect(refusals(decided(there, { decision: id(71) }).when('split', whole))).toEqual([]);
  });

  describe('waits for what only the whole can settle, for its contracts would go on as if it had never been', () => {
    const lacks = (scene: Scene) => {
      const answer = scene.when('split', whole);
      return 'refused' in answer ? answer.refused.filter(({ code }) => code === 'split.still-open').flatMap(({ missing }) => missing.map(({ by }) => by)) : [];
    };
    const [period, kpi] = [{ startsOn: '2026-05-01', endsOn: '2026-05-31' }, id(300)];
    const measured = told
      .did('set-kpi', { kpi, title: 'Visits on time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] })
      .did('record-observation', { observation: id(310), kpi, provider, period, value: 96, source: 'call log' });
    const challenged = told.did('record-challenge', { challenge: id(180), kind: 'proceedings', from: 'Meals Ltd', about: 'The weighting of price', receivedOn: '2026-06-01' });
    const concluded = (outcome: 'award-stands' | 'award-abandoned') => challenged.did('conclude-challenge', { challenge: id(180), outcome, reasons: 'x', on: '2026-06-01' }, 'outsider');

    test.each<[string, Scene, readonly unknown[]]>([
      ['a challenge to its award', challenged, ['conclude-challenge']],
      ['an award that was given up after one', concluded('award-abandoned'), ['propose-award', 'record-decision']],
      ['nothing, once a challenge left the award as it was', concluded('award-stands'), []],
      ['a difference between the provider’s figure and what people say', measured.did('record-finding', { finding: id(320), kpi, period, question: 'On time?', method: 'by telephone', answers: 34, value: 71 }), ['discuss-difference']],
      ['a cycle in which nobody asked people', measured.did('begin-cycle', { cycle: id(340), period }), ['record-finding', 'end-cycle']],
      ['a consultation of which nobody considered what was said', told.did('open-consultation', { consultation: id(360), proposal: 'Another hall', reasons: 'x', options: ['Stay'], opensOn: '2026-06-01', closesOn: '2026-07-12' }), ['consider-consultation']],
      ['a variation that nobody decided', told.did('propose-variation', toValue('90000.00')), ['decide-variation']],
      ['a variation that nobody carried out', varied(told, '90000.00'), ['carry-out-variation']],
      ['a concern of a provider', told.did('raise-provider-concern', { concern: id(350), provider, about: 'Invoices are paid late.', raisedOn: '2026-06-01' }, 'signatory'), ['answer-provider-concern']],
    ])('%s', (_, scene, missing) => expect(lacks(scene)).toEqual(missing));
  });

  test('leaves the whole with what it owes to people and nothing else', () => {
    expect(split.agreement.lifecycle).toBe('split');
    expect(refusals(split.when('request-gate', { stage: 'delivery' }))).toEqual(['agreement.split']);
    expect(refusals(split.when('split', whole))).toEqual(['agreement.split']);
    expect(refusals(split.inside(north).when('split', { agreements: [{ agreement: north, commitments: [] }] }))).toContain('split.nothing-awarded');
    expect(refusals(split.when('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }))).toEqual(['already-so']);
  });

  test('takes a partner body along with what it may and on which basis, and asks for its share of each contract anew', () => {
    const [trust, board] = [id(430), id(431)];
    const joined = { partner: trust, title: 'Riverside NHS Trust', identifier: null, may: 'sign', basis: 's.75', from: '2026-06-01', until: '2027-03-31', shares: [{ year: '2026-27', amount: gbp('50000.00') }] } as const;
    const withTwo = awarded.did('record-partner', joined).did('record-partner', { ...joined, partner: board, title: 'Health board', shares: [] }).did('end-partner', { partner: board, reason: 'It left.' });
    const ofNorth = withTwo.did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }).did('split', whole).inside(north);
    expect(ofNorth.agreement.partners).toEqual([{ ...joined, shares: [], fromAgreement: agreementId, ended: null }]);
    expect(scopeOn(ofNorth.agreement, '2026-06-01')).toEqual({ agreement: north, partners: { [trust]: 'sign' } });
    const share = { ...joined, may: 'decide', shares: [{ year: '2026-27', amount: gbp('30000.00') }] } as const;
    const said = ofNorth.did('record-partner', share);
    expect(said.agreement.partners).toEqual([{ ...share, fromAgreement: null, ended: null }]);
    expect(refusals(said.when('record-partner', share))).toEqual(['partner.twice']);
    expect(ofNorth.did('end-partner', { partner: trust, reason: 'x' }).agreement.partners).toMatchObject([{ ended: { reason: 'x' } }]);
    expect(refusals(ofNorth.when('record-partner', { ...share, shares: [{ year: '2026-27', amount: gbp('60000.01') }] }))).toEqual(['partner.above-value']);
  });

  test('keeps a promise in one of the contracts, once', () => {
    expect(split.agreement.commitments.map(({ became }) => became)).toEqual([{ is: 'carried-on', to: south }]);
    expect(split.others[north]?.commitments).toEqual([]);
    const kept = split.inside(south).did('keep-commitment', { commitment: promised, how: 'A rota' });
    expect(kept.agreement.commitments.map(({ became }) => became.is)).toEqual(['kept']);
  });

  test('tells people of a reversal once, where they gave what is undone, whichever contracts undo it', () => {
    const undone = { theme: 'travel', reasons: 'The bus was cut.' };
    const owed = (scene: Scene) => toldOfNoReversal(scene.agreement).map(({ author }) => author);
    const first = split.inside(north).did('reverse-answer', undone);
    const both = first.inside(south).did('reverse-answer', undone);
    expect([owed(both), owed(both.inside(north)), owed(both.inside(agreementId))]).toEqual([[], [], [ada]]);
    expect(refusals(both.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual(['reversal.told-in-the-whole']);
    expect(owed(both.inside(agreementId).did('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual([]);
    expect(refusals(both.when('reverse-answer', undone))).toEqual(['already-so']);
  });

  test('tells people where they gave it, once, of a promise that one of the contracts breaks', () => {
    const broken = decided(told.did('make-commitment', { commitment: id(31), what: 'A bus each evening', by: '2026-12-01', theme: 'travel' }), { decision: id(65) })
      .did('split', { agreements: [{ agreement: north, commitments: [id(31)] }, { agreement: south, commitments: [promised] }] })
      .inside(north)
      .did('break-commitment', { commitment: id(31), reasons: 'No money' });
    const owed = (scene: Scene) => toldOfNoReversal(scene.agreement).map(({ author }) => author);
    const inTheWhole = broken.inside(agreementId);
    expect([owed(broken), owed(inTheWhole), owed(inTheWhole.did('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))]).toEqual([[], [ada], []]);
    expect(inTheWhole.agreement.commitments.map(({ became }) => became.is)).toEqual(['carried-on', 'broken']);
    expect(split.inside(south).did('break-commitment', { commitment: promised, reasons: 'No money' }).others[agreementId]?.commitments.map(({ became }) => became.is)).toEqual(['carried-on']);
  });

  test('takes along the plans of what is still to come, and of what people changed only what was not undone', () => {
    const plannedFor = (stage: string) => planned({ stage });
    const { others } = told.given(plannedFor('design'), plannedFor('delivery')).did('split', whole);
    expect(Object.keys(others[north]?.involvement.plans ?? {})).toEqual(['delivery']);
    expect(others[north]?.carried.map(({ id: theme }) => theme)).toEqual(['travel']);
    const undone = told.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' }).did('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' });
    expect(decided(undone, { decision: id(65) }).did('split', whole).others[north]?.carried).toEqual([]);
  });

  test('lets what people gave there count at the gates here', () => {
    const asking = split.inside(north).asking({ code: 'involvement.achieved', parameters: { say: 1 } });
    expect(split.others[north]?.carriedOver).toMatchObject([{ from: agreementId, stage: 'design', answer: 'confirmed', people: 1 }]);
    const back = asking.did('return-to-stage', { stage: 'design', reason: 'The rota must be planned anew.' });
    expect(check(back.agreement, back.context()).filter(({ met }) => !met)).toEqual([]);
  });

  test('makes nobody’s work somebody else’s: whoever wrote a fact there approves it in no contract', () => {
    expect(split.others[north]?.facts.value?.writtenBy).toEqual([people.colleague, people.commissioner]);
  });

  test('bars whom the whole barred: who declared an interest in it, opened it or chose its route approves no contract of it', () => {
    const about = { subject: people.approver, sealed: 'x' };
    // Whoever splits it is another person than any of these.
    const chosen = tender
      .did('declare-conflict', { person: people.approver, role: 'approver', interest: 'bid', about }, 'approver')
      .did('choose-route', { route: { id: 'pa2023-competitive' }, ground: 'single', why: 'Nobody else can do it.' }, 'colleague')
      .did('propose-lots', { lots }, 'colleague');
    const parted = accepted(accepted(decided(chosen), 'signatory'), 'otherSignatory').did('request-gate', { stage: 'design' }, 'colleague').did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }, 'colleague').did('split', whole, 'colleague');
    const ofNorth = parted.inside(north);
    const why = (who: 'approver' | 'commissioner' | 'colleague', discipline: 'clinical-quality' | 'legal-procurement', scene = ofNorth) => {
      const asked = scene.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline }, 'colleague');
      const given = asked.when('sign-off', { signOff: id(50), versionRead: asked.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, who);
      return 'refused' in given ? given.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const other = (reason: string) => `someone other than the one who ${reason}`;
    expect(why('approver', 'clinical-quality')).toEqual([other('declared an interest')]);
    expect(why('commissioner', 'clinical-quality')).toEqual([other('opened the agreement')]);
    expect(why('colleague', 'clinical-quality')).toContain(other('split it off'));
    expect(why('colleague', 'legal-procurement')).toContain(other('chose the route it rests on'));
    expect(why('approver', 'clinical-quality', ofNorth.did('declare-no-conflict', { person: people.approver, role: 'approver' }, 'approver'))).toEqual([other('declared an interest')]);
    expect(why('approver', 'clinical-quality', split.inside(north))).toEqual([]);
  });

  test('bars again whom it barred where the interest was lifted in the whole by somebody who turns out to be no other', () => {
    const about = { subject: people.approver, sealed: 'x' };
    const lifted = tender
      .did('declare-conflict', { person: people.approver, role: 'approver', interest: 'bid', about }, 'approver')
      .did('declare-no-conflict', { person: people.approver, role: 'approver' }, 'approver')
      .did('lift-conflict', { person: people.approver, role: 'approver', reasons: about }, 'outsider')
      .did('propose-lots', { lots }, 'colleague');
    const ofNorth = accepted(accepted(decided(lifted), 'signatory'), 'otherSignatory').did('request-gate', { stage: 'design' }, 'colleague').did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }, 'colleague').did('split', whole, 'colleague').inside(north);
    const asked = ofNorth.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'clinical-quality' }, 'colleague');
    const signs = (scene: Scene) => refusals(scene.when('sign-off', { signOff: id(50), versionRead: scene.agreement.content['clinical-quality'], outcome: { is: 'granted', conditions: [] } }, 'approver'));
    expect(signs(asked)).toEqual([]);
    expect(signs(asked.knowing('outsider', { identities: [{ person: people.approver, provider: null }] }))).toEqual(['sign-off.own-work']);
  });

  test('makes nothing small by dividing it', () => {
    const north9000 = varied(split.inside(north), '9000.00').did('carry-out-variation', { variation });
    expect([told.agreement.tier, north9000.agreement.facts.value?.value.amount, north9000.agreement.tier]).toEqual(['standard', '9000.00', 'standard']);
  });

  test('keeps each contract to what its lot was awarded at: by no correction, and by no other award after going back', () => {
    const back = split.inside(north).did('return-to-stage', { stage: 'mandate', reason: 'The rota must be planned anew.' });
    expect(refusals(split.inside(north).when('amend-facts', { facts: { value: gbp('60000.01') } }))).toEqual(['facts.fixed-by-award', 'tree.over-lot']);
    expect(refusals(back.when('amend-facts', { facts: { value: gbp('60000.01') } }))).toEqual(['tree.over-lot']);
    expect(refusals(back.when('propose-award', { provider, value: gbp('60000.01') }))).toEqual(['tree.over-lot']);
    expect(refusals(back.when('propose-award', { provider, value: gbp('60000.00') }))).toEqual([]);
    expect(varied(split.inside(north), '65000.00').did('carry-out-variation', { variation }).agreement.facts.value?.value.amount).toBe('65000.00');
  });

  test('shares out among its contracts how many may be called off at most, for each of them would else be called off from as often as all', () => {
    const limited = told.did('amend-facts', { facts: { 'most-call-offs': 30 } }, 'colleague');
    const shares = (...most: (number | undefined)[]) => ({ agreements: whole.agreements.map((one, at) => ({ ...one, mostCallOffs: most[at] })) });
    expect([limited.when('split', whole), limited.when('split', shares(20, undefined)), limited.when('split', shares(20, 11)), limited.when('split', shares(20, 10))].map((answer) => refusals(answer))).toEqual([['split.call-offs-unshared'], ['split.call-offs-unshared'], ['split.call-offs-unshared'], []]);
    const parted = limited.did('split', shares(30, 0));
    expect(refusals(parted.inside(south).when('call-off', { ...beneath(id(71), '1.00', otherProvider), title: 'x' }))).toEqual(['call-off.too-many']);
    expect(refusals(parted.inside(north).when('call-off', { ...beneath(id(71), '1.00'), title: 'x' }))).toEqual([]);
  });

  test('is not made of a framework: that is called off from', () => {
    const framework = { ...told.agreement, kind: 'framework' as const };
    expect(refusals(opened.beside(id(8), framework).inside(id(8)).when('split', whole))).toEqual(['split.framework']);
  });

  test('is not made of what something was called off from: that goes on beneath it', () => {
    const calledFrom = told.did('call-off', { ...beneath(id(71), '1.00'), title: 'Winter visits' });
    expect(refusals(calledFrom.when('split', whole))).toEqual(['split.called-off-before']);
  });

  test('ending one contract moves no other', () => {
    const ended = split.inside(north).did('cancel', { reason: 'The provider closed.' });
    expect([ended.agreement.lifecycle, ended.others[south], ended.others[agreementId]]).toEqual(['cancelled', split.others[south], split.agreement]);
  });

  test('asks people once: who was asked in one contract is not asked the same in another', () => {
    const evening = { stage: 'delivery', title: 'Rota evening', groups: ['diners'], right: 'advise', ledBy: 'together', closesOn: '2026-09-01' } as const;
    const invite = (activity: string, invitation: string) => ({ invitation, activity, participant: ada, answerBy: '2026-08-01' });
    const asked = split.inside(north).did('plan-activity', { activity: id(41), ...evening }).did('invite-participant', invite(id(41), id(51)));
    const again = asked.inside(south).did('plan-activity', { activity: id(42), ...evening });
    expect(again.when('invite-participant', invite(id(42), id(52)))).toMatchObject({ refused: [{ code: 'invitation.asked-elsewhere', missing: [{ what: `what they give in agreement-${north} in this stage`, by: 'carry-over' }] }] });
  });
});

const framework = told.did('amend-facts', { facts: { 'most-call-offs': 2 } }, 'colleague');
const placement = { people: 3, rate: gbp('21.50'), per: 'hour' } as const;

describe('what is called off', () => {
  test('begins at its own first stage, with its provider invited to it', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'Winter visits' });
    expect(called.others[id(71)]).toMatchObject({ title: 'Winter visits', kind: 'call-off', stage: 'mandate', award: { parties: { [otherProvider]: 'invited' } }, tree: { parent: { agreement: agreementId, as: 'called-off-from' } } });
    expect(called.agreement).toMatchObject({ lifecycle: 'open', tree: { calledOff: { count: 1, amount: '30000.00' } } });
  });

  test('knows no partner body of what it was called off from, until it is recorded there too', () => {
    const joined = { partner: id(430), title: 'Riverside NHS Trust', identifier: null, may: 'see', basis: 's.75', from: '2026-06-01', until: '2027-03-31', shares: [] } as const;
    const called = framework.did('record-partner', joined).did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'x' }).inside(id(71));
    expect(called.agreement.partners).toEqual([]);
    expect(called.did('record-partner', joined).agreement.partners).toHaveLength(1);
  });

  describe('bars whom that bars which it was called off from', () => {
    const [role, about] = ['approver', { subject: people.approver, sealed: 'x' }] as const;
    const made = (scene: Scene, child = id(71)) => scene.did('call-off', { ...beneath(child, '100.00'), title: 'Winter visits' }, 'colleague');
    const declared = (scene: Scene) => scene.did('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver');
    /** Why the approver signs for nothing in this call-off. */
    const bar = (scene: Scene, child = id(71)) => {
      const asked = scene.inside(child).did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague');
      const given = asked.when('sign-off', { signOff: id(50), versionRead: asked.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'approver');
      return 'refused' in given ? given.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const barred = ['someone other than the one who declared an interest'];

    test('whether the interest was declared before it was called off or after', () => {
      const both = made(declared(made(framework)), id(72));
      expect([bar(made(framework)), bar(both), bar(both, id(72))]).toEqual([[], barred, barred]);
    });

    test('until another person agreed there that it is over; of what is called off nobody lifts it', () => {
      const over = made(declared(framework)).did('declare-no-conflict', { person: people.approver, role }, 'approver');
      expect(bar(over)).toEqual(barred);
      expect(refusals(over.inside(id(71)).when('lift-conflict', { person: people.approver, role, reasons: about }, 'decisionMaker'))).toEqual(['conflict.nothing-to-lift']);
      expect(bar(over.did('lift-conflict', { person: people.approver, role, reasons: about }, 'outsider'))).toEqual([]);
    });

    describe('also where it was lifted by somebody who turns out to be no other', () => {
      const twins = (scene: Scene, one: Who, other: Who) => scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
      const lifting = (scene: Scene) => scene.did('declare-no-conflict', { person: people.approver, role }, 'approver').did('lift-conflict', { person: people.approver, role, reasons: about }, 'outsider');

      test('whether it was called off before that or after, and whether people were placed with it', () => {
        const more = framework.did('amend-facts', { facts: { 'most-call-offs': 3 } }, 'colleague');
        const both = lifting(declared(made(more))).did('call-off', { ...beneath(id(72), '100.00'), title: 'x' }, 'colleague').did('place-people', { ...beneath(id(73), '100.00'), ...placement }, 'colleague');
        for (const child of [id(71), id(72), id(73)]) {
          expect(bar(both, child)).toEqual([]);
          expect(bar(twins(both, 'outsider', 'approver'), child)).toContain(barred[0]);
          expect(bar(both.knowing('outsider', { identities: [{ person: people.signatory, provider }] }), child)).toEqual(barred);
        }
      });

      test('where they turn out to have an interest above it, and not where they have one beneath alone', () => {
        const called = made(lifting(declared(framework)));
        const interested = (scene: Scene) => scene.did('declare-conflict', { person: people.decisionMaker, role: 'decision-maker', interest: 'other', about }, 'decisionMaker');
        expect(bar(twins(interested(called), 'outsider', 'decisionMaker'))).toEqual(barred);
        expect(bar(twins(interested(called.inside(id(71))).inside(agreementId), 'outsider', 'decisionMaker'))).toEqual([]);
      });

      test('until another lifts it above', () => {
        const found = twins(made(lifting(declared(framework))), 'outsider', 'approver');
        expect(bar(found)).toContain(barred[0]);
        expect(bar(found.did('lift-conflict', { person: people.approver, role, reasons: about }, 'decisionMaker'))).not.toContain(barred[0]);
      });
    });

    test('in every contract that what was called off from it is split into, but those that went to a successor', () => {
      const tendered = made(framework).inside(id(71));
      const lot = { agreement: id(75), lot: 'North', title: 'North', value: gbp('100.00'), lead: provider, members: [], subcontractors: [] };
      const child: Agreement = { ...tendered.agreement, lifecycle: 'split', tree: { ...tendered.agreement.tree, children: putById(noneById, { id: lot.agreement, as: 'split', kind: 'call-off', title: 'North', lot: 'North', provider, value: lot.value, people: null, openedAt: '' }) } };
      const parted = (lifecycle: Agreement['lifecycle']) => made(framework).beside(id(71), child).beside(lot.agreement, { ...tendered.agreement, lifecycle });
      const along = (scene: Scene) => {
        const decision = scene.when('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver');
        return 'accepted' in decision ? decision.accepted.map(({ stream }) => stream) : [];
      };
      const agreement = `agreement-${agreementId}`;
      expect(along(parted('open'))).toEqual([agreement, `agreement-${id(71)}`, `agreement-${lot.agreement}`]);
      expect(along(parted('transferred'))).toEqual([agreement, `agreement-${id(71)}`]);
      expect(bar(parted('open').did('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver'), lot.agreement)).toEqual(barred);
    });

    test('and asks a declaration of its own all the same, for that nobody has an interest in the one says nothing of the other', () => {
      const none = made(framework.did('declare-no-conflict', { person: people.approver, role }, 'approver')).inside(id(71)).asking({ code: 'conflicts.declared', parameters: { roles: [role] } });
      expect(none.did('request-gate', { stage: 'mandate' }).when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'conflicts.declared', missing: [{ what: 'declaration of the approver' }] }] });
    });

    test('also what was called off at the very moment somebody declares one: they say it once more', () => {
      const unread = made(framework).without(id(71));
      expect(refusals(unread.when('declare-conflict', { person: people.approver, role, interest: 'bid', about }, 'approver'))).toEqual(['conflict.called-off-meanwhile']);
      expect(refusals(unread.when('declare-no-conflict', { person: people.approver, role }, 'approver'))).toEqual([]);
    });
  });

  test('is as large as the service makes it: a closed setting or an untried model raises what is called off, and that another ended for the whole does not', () => {
    const raised = framework.did('raise-tier', { raises: ['closed-setting', 'ends-a-service'], reason: 'It came to light.' });
    const called = (scene: Scene) => scene.did('call-off', { ...beneath(id(71), '9000.00'), title: 'x' }).inside(id(71)).agreement;
    expect(called(framework)).toMatchObject({ tier: 'small', raises: [] });
    expect(called(raised)).toMatchObject({ tier: 'standard', raises: ['closed-setting'] });
    expect(called(framework.did('raise-tier', { raises: ['ends-a-service'], reason: 'It came to light.' }))).toMatchObject({ tier: 'small', raises: [] });
  });

  test('is never what it is called off from: what runs does not begin anew beneath itself', () => {
    const self = framework.agreement.id;
    const known = [{ code: 'tree.agreement-known', missing: [{ what: `another id than ${self}` }] }];
    expect(framework.when('call-off', { ...beneath(self, '1.00'), title: 'Self' })).toMatchObject({ refused: known });
    expect(framework.when('place-people', { ...beneath(self, '900.00'), ...placement })).toMatchObject({ refused: known });
    const itsOwn = tender.when('propose-lots', { lots: [lot(tender.agreement.id, 'North', provider, '90000.00')] });
    expect(refusals(itsOwn)).toContain('tree.agreement-known');
  });

  test('keeps the value and the number of what it is called off from', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '60000.00'), title: 'x' });
    expect(refusals(called.when('call-off', { ...beneath(id(72), '40000.01'), title: 'x' }))).toEqual(['tree.over-value']);
    const full = called.did('place-people', { ...beneath(id(72), '40000.00'), ...placement });
    expect(refusals(full.when('place-people', { ...beneath(id(71), '900.00'), ...placement }))).toEqual(['tree.agreement-known', 'tree.over-value', 'call-off.too-many']);
    expect(refusals(full.when('propose-variation', toValue('99999.99')))).toEqual(['tree.value-committed']);
    const smaller = varied(called, '60000.00').did('place-people', { ...beneath(id(72), '900.00'), ...placement });
    expect(refusals(smaller.when('carry-out-variation', { variation }))).toEqual(['tree.value-committed']);
    expect(refusals(full.inside(id(71)).when('amend-facts', { facts: { value: gbp('60000.01') } }))).toEqual(['tree.over-value']);
  });

  test('leaves to the lots of others what they are worth, in a framework that was awarded in lots and stays whole', () => {
    const third = id(63);
    const shared = [lot(id(65), 'North', provider, '60000.00'), { ...lot(id(66), 'South', otherProvider, '30000.00'), members: [third] }];
    const inLots = framework.given(['concordat.agreement.lots-awarded.v1', { lots: shared, stage: 'design', providers: [provider, otherProvider, third] }]);
    const larger = varied(inLots, '110000.00').did('carry-out-variation', { variation });
    const called = (scene: Scene, at: number, amount: string, by: string) => scene.when('call-off', { ...beneath(id(at), amount, by), title: 'x' });
    // Ten thousand of the whole are in no lot.
    expect(called(inLots, 71, '70000.01', provider)).toMatchObject({ refused: [{ code: 'call-off.over-lots', missing: [{ what: 'at most 70000.00 GBP, not 70000.01', suppliedBy: 'commissioner', by: 'call-off' }] }] });
    expect([called(inLots, 71, '70000.00', provider), called(larger, 71, '80000.00', provider)].map(refusals)).toEqual([[], []]);
    // Those who share a lot share what it is worth.
    const one = inLots.did('call-off', { ...beneath(id(71), '30000.00', otherProvider), title: 'x' });
    expect([called(one, 72, '10000.01', third), called(one, 72, '10000.00', third), called(one, 72, '60000.00', provider)].map(refusals)).toEqual([['call-off.over-lots'], [], []]);
  });

  test('goes to whoever was awarded a lot, and to nobody whom they pay for a part of it: who has one lot has none of another by that', () => {
    const third = id(63);
    const lots = [lot(id(65), 'North', provider, '60000.00'), { ...lot(id(66), 'South', otherProvider, '30000.00'), subcontractors: [provider, third] }];
    const inLots = framework.given(['concordat.agreement.lots-awarded.v1', { lots, stage: 'design', providers: [provider, otherProvider, third] }]);
    const called = (amount: string, by: string) => inLots.when('call-off', { ...beneath(id(71), amount, by), title: 'x' });
    expect(called('100.00', third)).toMatchObject({ refused: [{ code: 'call-off.other-provider', missing: [{ what: `provider-${provider}` }, { what: `provider-${otherProvider}` }] }] });
    expect([called('70000.00', provider), called('70000.01', provider)].map(refusals)).toEqual([[], ['call-off.over-lots']]);
  });

  describe('gives back what it does not take', () => {
    const called = framework.did('call-off', { ...beneath(id(71), '60000.00'), title: 'Winter visits' });
    const full = called.did('place-people', { ...beneath(id(72), '40000.00'), ...placement }).asking();
    const more = { ...beneath(id(73), '60000.00'), ...placement };

    test('all of it, and its place among so many, where it is cancelled before it was awarded', () => {
      expect(refusals(full.when('place-people', more))).toEqual(['tree.over-value', 'call-off.too-many']);
      const freed = full.inside(id(71)).did('cancel', { reason: 'Nobody needs it.' }).inside(agreementId);
      expect(freed.agreement.tree.calledOff).toEqual({ count: 1, amount: '40000.00' });
      expect(childrenOf(freed.agreement).map(({ value }) => value.amount)).toEqual(['0.00', '40000.00']);
      expect(refusals(freed.when('place-people', more))).toEqual([]);
    });

    test('what a variation takes from its value, which it does not take again; by being cancelled later it gives back no more', () => {
      const under = full.inside(id(71)).given(['concordat.agreement.awarded.v1', { provider, value: gbp('60000.00') }]);
      const smaller = varied(under, '25000.00').did('carry-out-variation', { variation });
      expect(smaller.others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '65000.00' });
      expect(refusals(smaller.when('propose-variation', { ...toValue('25000.01'), variation: id(381) }))).toEqual(['tree.over-value']);
      const cancelled = smaller.did('cancel', { reason: 'The provider closed.' });
      expect(cancelled.others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '65000.00' });
    });

    test('and nothing by going back over its award and being cancelled then, for it may be paid for', () => {
      const inDelivery = full.inside(id(71)).did('request-gate', { stage: 'mandate' }).given(['concordat.agreement.awarded.v1', { provider, value: gbp('60000.00') }]).did('request-gate', { stage: 'design' });
      const back = inDelivery.asking().did('return-to-stage', { stage: 'mandate', reason: 'The rota must be planned anew.' });
      expect(back.agreement.award).toMatchObject({ original: null, fell: true });
      expect(back.did('cancel', { reason: 'The provider closed.' }).others[agreementId]?.tree.calledOff).toEqual({ count: 2, amount: '100000.00' });
    });
  });

  test('comes from a framework or contract that is awarded and in force, and goes to a provider of it', () => {
    const over = framework.did('amend-facts', { facts: { 'contract-period': { startsOn: '2025-01-01', endsOn: '2026-05-31' } } });
    expect(refusals(over.when('call-off', { ...beneath(id(71), '1.00', id(98)), title: 'x' }))).toEqual(['call-off.other-provider', 'call-off.ended']);
    expect(refusals(tender.when('call-off', { ...beneath(id(71), '1.00'), title: 'x' }))).toEqual(['call-off.not-awarded']);
    const called = framework.did('call-off', { ...beneath(id(71), '2000.00'), title: 'x' }).inside(id(71));
    expect(refusals(called.when('place-people', { ...beneath(id(72), '900.00'), ...placement }))).toEqual(['call-off.not-from-this', 'call-off.not-awarded']);
    expect(refusals(framework.did('hold', { reason: 'x' }).when('call-off', { ...beneath(id(71), '1.00'), title: 'x' }))).toEqual(['agreement.held']);
  });

  test.each(['extend-or-vary', 'decommission'])('is new, and begins on no pathway for what was awarded before: %s', (pathway) => {
    const along = framework.following(pathways.find(pathway)!).byRoute(routes.find('pa2023-light-touch')!);
    const asked = { pathway: { id: pathway }, route: { id: 'pa2023-light-touch' } };
    expect(refusals(along.when('call-off', { ...beneath(id(71), '9000.00'), ...asked, title: 'x' }))).toEqual(['call-off.of-what-exists']);
    expect(refusals(along.when('place-people', { ...beneath(id(71), '9000.00'), ...placement, ...asked }))).toEqual([...(pathway === 'decommission' ? ['pathway.words-of-the-placed'] : []), 'call-off.of-what-exists']);
  });

  test('is a placement of so many people at a rate, in which no words about a person have a place', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    expect(placed.agreement).toMatchObject({ title: 'Placement 1', kind: 'placement', facts: { 'people-concerned': { value: 3 } }, tree: { parent: { placement } } });
    const many = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement, people: 5 }).inside(id(71));
    expect(many.agreement.title).toBe('Placement 1: 5 people');
    expect(placed.when('amend-facts', { facts: { title: 'Mrs Smith', description: 'Lives alone', 'people-concerned': 2 } })).toMatchObject({ refused: [{ code: 'placement.no-words', missing: [{ what: 'title' }, { what: 'description' }] }] });
  });

  test('is at a rate in the currency of what it comes to, which is what people cost once at least', () => {
    const placing = (changes: object) => refusals(framework.when('place-people', { ...beneath(id(71), '9000.00'), ...placement, ...changes }));
    expect(placing({ rate: { amount: '20.00', currency: 'EUR' } })).toEqual(['placement.other-currency']);
    expect(framework.when('place-people', { ...beneath(id(71), '63.59'), ...placement, people: 3, rate: gbp('21.20'), per: 'night' })).toMatchObject({
      refused: [{ code: 'placement.under-rate', asks: '3 at this rate cost 63.60 GBP in one night; a placement is worth that at least.', missing: [{ what: 'value' }] }],
    });
    expect(placing({ value: gbp('63.60'), people: 3, rate: gbp('21.20'), per: 'night' })).toEqual([]);
  });

  test('takes words about whoever is placed by no command: they are said of the service, where people are placed under', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const worded = [
      placed.when('record-what-people-do', { activity: id(80), group: 'family', does: 'Her son cooks', people: 1, hoursAWeek: 3, dependsOnIt: 'Meals', needs: 'Rest', onRecord: 'internal' }),
      placed.when('raise-risk', { risk: id(81), title: 'Mrs Smith falls', bearers: ['service-users'], owner: people.colleague, domain: 'safety', levels: noLevels, scores: { 'co-produced': { likelihood: 1, impact: 1 }, 'professional-only': { likelihood: 1, impact: 1 }, 'not-acting': null } }),
      placed.when('hold-review-meeting', { meeting: id(82), on: '2026-06-01', present: 'Mrs Smith and her son', minutes: { reference: 'r', title: 'Minutes' } }),
    ];
    expect(worded.map((decision) => refusals(decision)[0])).toEqual(Array(3).fill('placement.no-words'));
    expect(refusals(placed.when('hold', { reason: 'The budget is not set.' }))).toEqual([]);
  });

  test('calls what is held with whoever is placed, and what they said, by what it is and a number, and its groups as they are called above', () => {
    const placed = framework.did('amend-facts', { facts: { 'affected-groups': ['older people'] } }).did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const words = (name: CommandName, body: object) => {
      const decision = placed.when(name, body as never);
      return 'refused' in decision ? decision.refused.filter(({ code }) => code === 'placement.no-words').flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const [groups, heldAs] = ['groups: as they are called in affected-groups', 'called “Meeting”, “Visit”, “Call” or “Letter”, and by a number'];
    const budget = { is: 'budget', amount: gbp('50.00') };
    const own = { is: 'nothing-needed', group: 'older people', because: 'Jo has a car' };
    const activity = (title: string, ...named: string[]) => words('plan-activity', { activity: id(80), stage: 'mandate', title, groups: named, right: 'advise', ledBy: 'together', closesOn: '2026-06-30' });
    const plan = (method: string, resources: object) => words('plan-involvement', { stage: 'mandate', mode: 'co-commissioning', subTypes: [], say: 2, do: 0, groups: ['Older people'], method, people: 1, resources, accessCosts: budget });
    expect([activity('Meeting with Jo Smith, who has dementia', 'Jo Smith'), activity('Meeting 2', 'older people'), activity('Visit', 'Older people')]).toEqual([[`title: ${heldAs}`, groups], [], []]);
    expect([plan('Visit Jo Smith', own), plan('Visit', budget)]).toEqual([[`method: ${heldAs}`, 'resources: a budget, or none yet'], []]);
    expect([words('record-stages-that-matter', { group: 'Jo Smith', stages: [], source: 'Her son said so' }), words('record-nobody-wished', { stage: 'mandate', group: 'older people', offered: 'advise', source: 'Call 1' })]).toEqual([[groups, `source: ${heldAs}`], []]);
    expect([words('create-theme', { theme: id(81), title: 'Jo Smith wants a room of her own' }), words('create-theme', { theme: id(81), title: 'Theme 1' })]).toEqual([['title: called “Theme”, and by a number'], []]);
    expect([words('record-joint-decision', { activity: id(80), decided: 'Jo moves', on: '2026-06-01' }), words('record-joint-decision', { activity: id(80), decided: 'DMS/17', on: '2026-06-01' })]).toEqual([['decided: the number by which it is found'], []]);
    const asked = (name: CommandName, body: object) => refusals(placed.when(name, body as never));
    expect([asked('record-vote', { activity: id(80), vote: id(82), question: 'Is Jo to move?', options: [{ option: 'Yes', votes: 1 }, { option: 'No', votes: 0 }], on: '2026-06-01' }), asked('consider-option', { option: id(83), title: 'Jo moves', outcome: 'undecided', reasons: '' })].map(([first]) => first)).toEqual(['placement.no-words', 'placement.no-words']);
  });

  test('calls its documents by what they are and a number, and its groups as those are called that people are placed under', () => {
    const placed = framework.did('amend-facts', { facts: { 'affected-groups': ['older people'] } }).did('place-people', { ...beneath(id(71), '9000.00'), ...placement }).inside(id(71));
    const words = (facts: FactValues) => {
      const decision = placed.when('amend-facts', { facts });
      return 'refused' in decision ? decision.refused.filter(({ code }) => code === 'placement.no-words').flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
    };
    const asAbove = ': as it is said in the agreement that people are placed under';
    const ownName = 'specification: called “specification”, and found by a number';
    expect(words({ specification: { reference: 'DMS/2026-17', title: 'Specification' }, dpia: { reference: '17', title: 'data protection impact assessment' } })).toEqual([]);
    expect([words({ specification: { reference: 'Jo', title: 'Specification' } }), words({ specification: { reference: '17', title: 'Care plan of Jo Smith' } })]).toEqual([[ownName], [ownName]]);
    expect([words({ 'affected-groups': ['Jo Smith'] }), words({ 'not-in-the-room': ['Jo Smith'] }), words({ 'affected-groups': ['older people'] })]).toEqual([[`affected-groups${asAbove}`], [`not-in-the-room${asAbove}`], []]);
    const varied = placed.when('propose-variation', { variation, what: 'Care plan', why: 'x', to: { is: 'specification', specification: { reference: 'Jo', title: 'Care plan of Jo Smith' } }, touches: [] });
    expect(refusals(varied)).toContain('placement.no-words');
  });

  test('has its groups from above also where those were said there after people were placed', () => {
    const placed = framework.did('place-people', { ...beneath(id(71), '9000.00'), ...placement });
    const groups = { facts: { 'affected-groups': ['older people'] } };
    expect(refusals(placed.inside(id(71)).when('amend-facts', groups))).toEqual(['placement.no-words']);
    expect(placed.did('amend-facts', groups).inside(id(71)).did('amend-facts', groups).agreement.facts['affected-groups']?.value).toEqual(['older people']);
  });

  test('is a placement also where it is opened or taken over without a framework: it is called so and by a number', () => {
    const alone = (title: string) => ({ title, kind: 'placement', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }) as const;
    const from = { source: 'Contract register', reference: 'P-1' };
    expect(['Placement', 'Placement 2026/17', 'Placement 1: 3 people', 'Placement WX-12', 'Placement JO-SMITH-1', 'Placement of Mrs Smith', 'Mrs Smith'].map((title) => refusals(Scene.empty.when('open-agreement', alone(title))))).toEqual([[], [], [], [], ...Array<string[]>(3).fill(['placement.no-words'])]);
    expect(Scene.empty.when('take-over-agreement', { ...alone('Placement 4'), stage: 'delivery', from, facts: { description: 'Lives alone' } })).toMatchObject({ refused: [{ code: 'placement.no-words', missing: [{ what: 'description' }] }] });
  });
});

test('an agreement that is taken over with a provider is provided by it from its award on, and until then has it as the incumbent', () => {
  const standard = pathways.find('standard')!;
  const taken = (stage: string) => Scene.empty.following(standard)
    .did('take-over-agreement', { title: 'x', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], stage, from: { source: 'Contract register', reference: 'C-1' }, provider }, 'importer').agreement.award;
  expect(['needs', 'award', 'mobilisation', 'delivery'].map((stage) => [taken(stage).parties[provider], taken(stage).original === null])).toEqual([['incumbent', true], ['incumbent', true], ['provider', false], ['provider', false]]);
});

describe('a link', () => {
  const earlier = opened.beside(id(8), told.agreement).did('link-agreement', { to: id(8), as: 'renews' });

  test('stands in both agreements and moves neither', () => {
    expect(earlier.agreement.tree.links).toEqual([{ agreement: id(8), as: 'renews' }]);
    expect(earlier.others[id(8)]).toMatchObject({ stage: told.agreement.stage, tree: { links: [{ agreement: agreementId, as: 'renewed-by' }] } });
  });

  test('makes whoever provides the other so far the incumbent of this one, who bids for nothing until it is invited like any other', () => {
    expect(earlier.agreement.award.parties).toEqual({ [provider]: 'incumbent', [otherProvider]: 'incumbent' });
    expect(refusals(earlier.when('propose-award', { provider, value: gbp('9000.00') }))).toEqual(['award.not-invited']);
    expect(refusals(earlier.when('propose-lots', { lots: [lot(id(63), 'North', provider, '9000.00')] }))).toContain('award.not-invited');
    expect(earlier.did('invite-provider', { provider }).agreement.award.parties).toMatchObject({ [provider]: 'invited', [otherProvider]: 'incumbent' });
    const invited = opened.did('invite-provider', { provider }).beside(id(8), told.agreement).did('link-agreement', { to: id(8), as: 'replaces' });
    expect(invited.agreement.award.parties).toEqual({ [provider]: 'invited', [otherProvider]: 'incumbent' });
    // It may be the partner body that does it itself so far, and nobody is invited or provides it by a link.
    expect(refusals(earlier.when('record-partner', { partner: provider, title: 'x', identifier: null, may: 'see', basis: 'x', from: '2026-06-01', until: '2027-03-31', shares: [] }))).toEqual([]);
    expect(opened.beside(id(8), tender.agreement).did('link-agreement', { to: id(8), as: 'renews' }).agreement.award.parties).toEqual({});
    expect(awarded.beside(id(8), { ...told.agreement, award: { ...told.agreement.award, parties: { [id(4)]: 'provider' } } }).did('link-agreement', { to: id(8), as: 'renews' }).agreement.award.parties[id(4)]).toBeUndefined();
  });

  test('ends a service by a process for that alone', () => {
    const link = (pathway: Pathway) => opened.beside(id(8), told.agreement).following(pathway).when('link-agreement', { to: id(8), as: 'ends' });
    expect(pathways.all.filter((pathway) => !refusals(link(pathway)).includes('link.ends-nothing')).map((pathway) => pathway.id)).toEqual(['decommission']);
    expect(link(opened.pathway)).toMatchObject({ refused: [{ code: 'link.ends-nothing', missing: [{ what: 'an agreement on a process that ends services', suppliedBy: 'commissioner', by: 'open-agreement' }] }] });
  });

  test('says what ends before that is decided on: of what is named afterwards nobody decided', () => {
    const [club, kitchen] = [id(8), id(9)];
    const both = inEnding.beside(club, told.agreement).beside(kitchen, told.agreement).did('link-agreement', { to: club, as: 'ends' });
    const decided = both.did(
      'record-decision',
      { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'Who goes where.', versionRead: both.decisionVersion },
      'decisionMaker',
    );
    const gate = (scene: Scene) => missingAt(scene, 'decision.in-force', {}).map(({ what }) => what);
    const named = (scene: Scene) => scene.when('link-agreement', { to: kitchen, as: 'ends' });
    expect([gate(decided), gate(decided.did('link-agreement', { to: kitchen, as: 'ends' }))]).toEqual([[], ['the decision: stale, because what it rests on changed']]);
    const passed = decided.asking({ code: 'decision.in-force', parameters: {} }).did('request-gate', { stage: 'design' });
    expect(named(passed)).toMatchObject({ refused: [{ code: 'link.end-decided', missing: [{ what: 'the stage design or one before it', by: 'return-to-stage' }, { by: 'open-agreement' }] }] });
    expect(refusals(named(passed.did('return-to-stage', { stage: 'design', reason: 'The kitchen, too.' })))).toEqual([]);
  });

  test('leads to another agreement, once, in no circle, and renews what is of its kind and was not cancelled', () => {
    const link = (scene: Scene, to: string, as: 'renews' | 'replaces' | 'ends') => refusals(scene.when('link-agreement', { to, as }));
    expect([link(opened, agreementId, 'renews'), link(opened, id(97), 'renews')]).toEqual([['link.unknown'], ['link.unknown']]);
    expect(link(earlier, id(8), 'renews')).toEqual(['already-so']);
    expect(link(earlier.inside(id(8)), agreementId, 'replaces')).toEqual(['link.circle']);
    // However many stand between: this one renews the second, which replaced the third, which ended the fourth.
    const after = (one: number, as: 'renews' | 'replaces' | 'ends', to: string) => ({ ...opened.agreement, id: id(one), tree: { ...opened.agreement.tree, links: [{ agreement: id(99), as: 'renewed-by' as const }, { agreement: to, as }] } });
    const chain = opened.beside(id(8), after(8, 'replaces', id(9))).beside(id(9), after(9, 'ends', id(10))).beside(id(10), after(10, 'renews', agreementId));
    expect(chain.when('link-agreement', { to: id(8), as: 'renews' })).toMatchObject({ refused: [{ code: 'link.circle', missing: [{ what: `another agreement: this one is followed by it, through ${id(10)}, then ${id(9)}, then ${id(8)}` }] }] });
    expect(link(chain.beside(id(10), opened.agreement), id(8), 'renews')).toEqual([]);
    const grant = opened.beside(id(8), { ...opened.agreement, kind: 'grant', lifecycle: 'cancelled' });
    expect(link(grant, id(8), 'renews')).toEqual(['link.other-kind', 'link.cancelled']);
    expect(link(grant, id(8), 'replaces')).toEqual([]);
    expect(link(grant.following(inEnding.pathway), id(8), 'ends')).toEqual(['link.nothing-to-end']);
  });
});
