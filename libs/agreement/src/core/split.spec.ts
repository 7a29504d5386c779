import { routes } from '@concordat/pathway';
import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { isCurrent } from './decision.js';
import { agreementId, id, opened, otherProvider, people, provider, refusals, type Scene } from './given.js';
import { ada, planned } from './given-involvement.js';
import { noticesDue } from './notice.js';
import { scopeOn } from './partner.js';
import { toldOfNoReversal } from './reversal.js';
import { noLevels } from './risk.js';
import { childrenOf } from './tree.js';
import { accepted, awarded, beneath, decided, gbp, lot, lots, north, promised, proposed, south, split, tender, told, toValue, variation, varied, whole } from './given-lots.js';

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

  test('begins no clock of the law anew: each contract was opened, proposed and awarded when the whole was, and what was published there is known', () => {
    const details = { id: 'details', says: 'x', bound: 'within', days: 30, unit: 'days', notice: 'UK7', source: { cites: 'Procurement Act 2023 s.53', mark: 'text' } } as const;
    const psr = routes.find('psr-most-suitable-provider')!;
    const scene = told.alongRoute({ regime: psr.regime, notices: [...told.route.notices, { code: 'UK7', title: 'Contract details notice', source: details.source }], clocks: [details] });
    const due = (of: Scene) => noticesDue(of.agreement, of.route);
    const later = scene.on('2026-07-20').did('publish-award-notice', { publishedOn: '2026-06-12', reference: 'UK6-1' });
    const contract = (of: Scene) => of.did('split', whole).inside(north);
    expect([due(later), due(contract(later))]).toEqual([[{ notice: 'UK7', dueOn: '2026-07-01' }], [{ notice: 'UK7', dueOn: '2026-07-01' }]]);
    expect(due(contract(later.did('record-published-notice', { notice: 'UK7', publishedOn: '2026-06-20', reference: 'UK7-1' })))).toEqual([]);
    expect(refusals(contract(later).when('record-published-notice', { notice: 'UK7', publishedOn: '2026-06-20', reference: 'UK7-1' }))).toEqual([]);
    const challenged = (receivedOn: string) => refusals(contract(later).when('record-challenge', { challenge: id(180), kind: 'representation', from: 'Meals Ltd', about: 'The weighting of price', receivedOn }));
    expect([challenged('2026-06-11'), challenged('2026-06-13')]).toEqual([['challenge.before-its-subject'], []]);
    expect(contract(later).agreement.openedAt).toBe(told.agreement.openedAt);
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

describe('a decision that was called in after its contracts were split off', () => {
  const callable = { callIn: { is: 'open', until: '2026-06-05' }, inForceFrom: '2026-06-06' } as const;
  const parted = (scene: Scene) => accepted(accepted(scene.on('2026-06-06'), 'signatory'), 'otherSignatory')
    .did('request-gate', { stage: 'design' })
    .did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' })
    .did('split', whole);
  const apart = parted(decided(proposed, callable));
  const call = { decision: id(60), reason: 'Too dear.', on: '2026-06-04' };
  const called = apart.did('call-in-decision', call, 'member');
  const concluded = (outcome: { is: 'stands'; inForceFrom: string } | { is: 'taken-anew' }, scene = called) => scene.did('conclude-call-in', { decision: call.decision, outcome, on: '2026-06-06', reasons: 'It was weighed.' }, 'outsider');
  const above = `the decision on agreement-${agreementId}, from which this was split`;
  const kept = (scene: Scene, child = north) => check(scene.others[child]!, scene.context()).filter(({ code }) => code === 'gate.conditions-kept').flatMap(({ missing }) => missing);

  test('keeps each of them from its next gate until it stands', () => {
    expect(kept(apart)).toEqual([]);
    for (const child of [north, south]) expect(kept(called, child)).toEqual([{ what: `${above}: called in on 2026-06-04`, suppliedBy: 'decision-maker', by: 'conclude-call-in' }]);
    expect(refusals(called.inside(north).when('request-gate', { stage: 'delivery' }))).toContain('gate.conditions-kept');
    const stands = concluded({ is: 'stands', inForceFrom: '2026-06-08' });
    expect([kept(stands), kept(stands.on('2026-06-08'))]).toEqual([[{ what: `${above}: in force from 2026-06-08`, suppliedBy: 'time' }], []]);
  });

  test('keeps anything from being called off, or anybody from being placed, under them until it stands', () => {
    const placed = { ...beneath(id(71), '900.00'), people: 3, rate: gbp('300.00'), per: 'week' } as const;
    const codes = (scene: Scene) => [scene.inside(north).when('call-off', { ...beneath(id(71), '900.00'), title: 'Winter visits' }), scene.inside(north).when('place-people', placed)].map(refusals);
    expect([codes(apart), codes(called)]).toEqual([[[], []], [['decision.called-in'], ['decision.called-in']]]);
    const stands = concluded({ is: 'stands', inForceFrom: '2026-06-08' });
    expect([codes(stands), codes(stands.on('2026-06-08'))]).toEqual([[['decision.called-in'], ['decision.called-in']], [[], []]]);
    expect(called.inside(north).when('call-off', { ...beneath(id(71), '900.00'), title: 'Winter visits' })).toMatchObject({ refused: [{ missing: [{ what: `${above}: called in on 2026-06-04`, suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }] });
  });

  test('is taken anew where it was taken, and nothing else is decided there', () => {
    const anew = concluded({ is: 'taken-anew' });
    expect(kept(anew)).toEqual([{ what: `${above}: to be taken anew after its call-in`, suppliedBy: 'decision-maker', by: 'record-decision' }]);
    const again = { decision: id(160), decidedOn: '2026-06-06', inForceFrom: '2026-06-06' };
    const taken = decided(anew, again);
    expect(kept(taken)).toEqual([]);
    expect(() => decided(taken, { ...again, decision: id(161) })).toThrow('agreement.split');
    expect(refusals(apart.when('call-in-decision', { ...call, decision: id(162) }, 'member'))).toContain('agreement.split');
  });

  test('is read by a second person where that is awaited, and until one has read it taken anew where what it rests on changes', () => {
    const again = { decision: id(160), decidedOn: '2026-06-06', inForceFrom: '2026-06-06' };
    const read = (scene: Scene, decision = again.decision) => scene.did('second-decision', { decision }, 'approver');
    const owned = { risk: id(70), title: 'Alone at night', domain: 'safety', bearers: ['carers'], owner: people.decisionMaker, levels: noLevels, scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } } as const;
    const anew = concluded({ is: 'taken-anew' }, parted(read(decided(proposed.did('raise-risk', owned), callable), call.decision)).did('call-in-decision', call, 'member'));
    const taken = decided(anew, again);
    expect(kept(taken)).toEqual([{ what: `${above}: waits for a second person`, suppliedBy: 'someone else', by: 'second-decision' }]);
    expect(kept(read(taken))).toEqual([]);
    expect(() => decided(read(taken), { ...again, decision: id(161) })).toThrow('agreement.split');

    const stale = taken.inside(north).did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' }).inside(agreementId);
    expect(stale.when('second-decision', { decision: again.decision }, 'approver')).toMatchObject({ refused: [{ code: 'decision.other-version', missing: [{ by: 'record-decision' }] }] });
    expect(kept(read(decided(stale, { ...again, decision: id(161) }), id(161)))).toEqual([]);
  });

  test('is no matter of a contract that is over, nor of one that went to a successor', () => {
    const over = apart.beside(north, { ...apart.others[north]!, lifecycle: 'cancelled' }).beside(south, { ...apart.others[south]!, lifecycle: 'transferred' }).when('call-in-decision', call, 'member');
    expect('accepted' in over ? over.accepted.map(({ type }) => type) : over).toEqual(['concordat.agreement.decision-called-in.v1']);
    expect(kept(called.beside(north, { ...called.others[north]!, transfer: { ...called.others[north]!.transfer, came: [{}] as never } }))).toEqual([]);
  });
});
