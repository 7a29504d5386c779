import { routes } from '@concordat/pathway';
import { describe, expect, test } from '@jest/globals';
import type { SignOffOutcome } from './sign-off.js';
import { id, inDesign, people, provider, refusals, Scene, type Who } from './given.js';
import { whyAgreedNoMore } from './gate-condition.js';
import { missingAt } from './given-involvement.js';
import { knownToday } from './known-today.js';
import { whyNotFromOutside } from './waiver.js';

// What was one's own stays so: nobody hands it to a colleague, to another id or to a later day, and then approves it.

const signOff = id(50);
const finance = { kind: 'approval', discipline: 'finance' } as const;
const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const asked = (scene: Scene, who: Who = 'commissioner') => scene.did('request-sign-off', { signOff, ...finance }, who);
const signing = (scene: Scene, onBehalfOf?: Who) => ({ signOff, versionRead: scene.agreement.content.finance, outcome: granted, ...(onBehalfOf !== undefined && { onBehalfOf: people[onBehalfOf] }) });
const decidedBy = (scene: Scene, who: Who) => scene.did('record-decision', {
  decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
  decidedOn: scene.today, inForceFrom: scene.today, weighed: 'Price.', versionRead: scene.decisionVersion,
}, who);
/** Why this person cannot grant finance here; nothing where they can. */
const bars = (scene: Scene, who: Who) => {
  const decision = scene.when('sign-off', signing(scene), who);
  return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
};
const gate = (scene: Scene) => missingAt(scene, 'sign-offs.granted', { signOffs: [finance] }).map(({ what }) => what);

describe('whoever proposed an award approves none that is proposed here', () => {
  const proposed = inDesign
    .did('amend-facts', { facts: { value: gbp('9000.00') } })
    .did('invite-provider', { provider })
    .did('propose-award', { provider, value: gbp('8000.00') }, 'colleague')
    .did('propose-award', { provider, value: gbp('8000.01') });

  test('not the one whose proposal a colleague took over by a penny', () => {
    expect(bars(asked(proposed), 'colleague')).toEqual(['someone other than the one who proposed the award it rests on']);
    expect(bars(asked(proposed), 'approver')).toEqual([]);
  });

  test('nor do they decide on it', () => {
    const decided = proposed.when('record-decision', {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: proposed.today, inForceFrom: proposed.today, weighed: 'Price.', versionRead: proposed.decisionVersion,
    }, 'colleague');
    expect(refusals(decided)).toEqual(['sign-off.own-work']);
  });

  test('nor where it went back and somebody else proposed it anew', () => {
    const anew = proposed.did('return-to-stage', { stage: 'mandate', reason: 'The need changed' }).did('request-gate', { stage: 'mandate' }).did('propose-award', { provider, value: gbp('8500.00') });
    expect(bars(asked(anew), 'colleague')).toEqual(['someone other than the one who proposed the award it rests on']);
  });
});

test('whoever chose a route does not approve for law and procurement, though another chose it anew since', () => {
  const chosen = inDesign.did('choose-route', { route: { id: 'pa2023-competitive' }, ground: 'single', why: 'Nobody else can' }, 'colleague');
  const again = chosen.did('choose-route', { route: { id: 'pa2023-competitive' }, ground: 'small-value', why: 'It is small' });
  const law = again.did('request-sign-off', { signOff, kind: 'approval', discipline: 'legal-procurement' });
  expect(law.when('sign-off', { signOff, versionRead: law.agreement.content['legal-procurement'], outcome: granted }, 'colleague')).toMatchObject({
    refused: [{ code: 'sign-off.own-work', missing: [{ what: 'someone other than the one who chose the route it rests on', suppliedBy: 'approver:legal-procurement', by: 'sign-off' }] }],
  });
});

test('whoever proposed a variation does not approve what it changed, whoever carried it out', () => {
  const taken = Scene.empty.did('take-over-agreement', {
    title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' },
    provider, value: gbp('100000.00'), facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
  }).alongRoute(routes.find('psr-most-suitable-provider')!);
  const variation = id(380);
  const varied = taken
    .did('propose-variation', { variation, what: 'More visits', why: 'More people', to: { is: 'value', value: gbp('110000.00') }, touches: [] }, 'colleague')
    .did('test-modification', { variation, ground: 'not-different-in-character', confirmed: true, why: 'The same visits' })
    .decidedVariation({ variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'It works' }, 'decisionMaker')
    .did('carry-out-variation', { variation });
  expect(varied.agreement.facts.value).toMatchObject({ value: gbp('110000.00'), amendedBy: people.commissioner });
  expect(bars(asked(varied), 'colleague')).toEqual(['someone other than the one who wrote what it rests on']);
});

describe('a delegation reaches as far as its amount', () => {
  const delegated = (upTo: number) => inDesign
    .did('amend-facts', { facts: { value: gbp('5000.00') } })
    .did('invite-provider', { provider })
    .did('propose-award', { provider, value: gbp('24000.00') })
    .knowing('approver', { delegations: [{ delegation: id(70), to: people.decisionMaker, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', agreements: null, upTo, when: 'always' }] });
  const inTheirPlace = (scene: Scene) => scene.when('sign-off', signing(scene, 'approver'), 'decisionMaker');

  test('not to an award of more, however small the estimate', () => {
    expect(inTheirPlace(asked(delegated(6_000)))).toMatchObject({
      refused: [{ code: 'sign-off.beyond-delegation', missing: [{ what: 'someone who may sign for this value: 24000.00', suppliedBy: 'approver:finance', by: 'sign-off' }] }],
    });
    expect(refusals(inTheirPlace(asked(delegated(24_000))))).toEqual([]);
  });
});

describe('whoever led it or gave its money while something happened approves it no more, though another took over', () => {
  for (const [role, says] of [['lead', 'led the agreement'], ['sponsor', 'gave the money']] as const) {
    const held = inDesign.did('amend-facts', { facts: { [role]: people.approver } });
    const handedOn = (scene: Scene) => scene.did('amend-facts', { facts: { [role]: people.decisionMaker } });

    test(`not a former ${role}, once what it rests on was written in their time, or somebody was asked to sign`, () => {
      expect(bars(asked(handedOn(held.did('amend-facts', { facts: { value: gbp('9000.00') } }))), 'approver')).toEqual([`someone other than the one who ${says}`]);
      expect(bars(handedOn(asked(held)), 'approver')).toEqual([`someone other than the one who ${says}`]);
    });

    test(`a ${role} who was named by mistake and replaced before anything happened is barred from nothing`, () => {
      expect(bars(asked(handedOn(held)), 'approver')).toEqual([]);
    });
  }

  test('what was granted by whoever comes to lead it, and leads it no more after a gate or a change, stays shut', () => {
    const signed = asked(inDesign).did('sign-off', signing(asked(inDesign)), 'approver');
    const led = signed.did('amend-facts', { facts: { lead: people.approver } }).did('amend-facts', { facts: { dpia: { reference: 'DMS/1', title: 'DPIA' } } }).did('amend-facts', { facts: { lead: people.decisionMaker } });
    expect(gate(led)).toEqual(['approval of finance: granted by the one who led the agreement']);
  });
});

describe('whoever signed or decided is known under the ids they have today', () => {
  const twins = (scene: Scene, one: Who, other: Who) =>
    scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
  const today = (scene: Scene) => knownToday(scene.agreement, scene.persons);
  const signed = (scene: Scene, who: Who) => scene.did('sign-off', signing(scene), who);

  test('a grant by somebody who turns out to be who opened the agreement shuts the gate', () => {
    const granting = signed(asked(inDesign, 'colleague'), 'approver');
    expect(gate(granting)).toEqual([]);
    expect(gate(twins(granting, 'approver', 'commissioner'))).toEqual(['approval of finance: granted by the one who opened the agreement']);
  });

  test('two grants of what turns out to be one person are one', () => {
    const panel = { of: [people.approver, people.stranger], quorum: { is: 'at-least', least: 2 }, veto: [] } as const;
    const both = inDesign.knowing('stranger', { grants: [{ grant: id(901), role: 'approver', discipline: 'finance' }] }).did('request-sign-off', { signOff, ...finance, panel }, 'colleague');
    const two = signed(signed(both, 'approver'), 'stranger');
    const lacking = (scene: Scene) => missingAt(scene, 'sign-offs.granted', { signOffs: [{ ...finance, people: 2 }] }).map(({ what }) => what);
    expect(lacking(two)).toEqual([]);
    expect(lacking(twins(two, 'approver', 'stranger'))).toEqual(['approval of finance: granted by 1 of the 2 people it takes']);
  });

  test('a decision by somebody who turns out to be who proposed the award counts no more, so that no notice goes out and nobody accepts', () => {
    const proposed = inDesign.did('invite-provider', { provider }).did('propose-award', { provider, value: gbp('8000.00') }, 'colleague');
    const decided = proposed.did('record-decision', {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: proposed.today, inForceFrom: proposed.today, weighed: 'Price.', versionRead: proposed.decisionVersion,
    }, 'decisionMaker');
    const found = twins(decided, 'decisionMaker', 'colleague');
    const accepting = (scene: Scene) => scene.when('accept-award', { versionRead: scene.agreement.content.award }, 'signatory');
    expect([refusals(accepting(decided)), refusals(accepting(found))]).toEqual([[], ['right.missing']]);
    expect(missingAt(found, 'decision.in-force', {})).toEqual([{ what: 'the decision: recorded by the one who proposed the award it rests on', suppliedBy: 'decision-maker', by: 'record-decision' }]);
    expect(refusals(found.when('publish-award-notice', { publishedOn: found.today, reference: 'N-1' }))).toEqual(['award.not-decided']);
  });

  test('a grant by somebody who turns out to work for a provider shuts the gate', () => {
    const granting = signed(asked(inDesign, 'colleague'), 'approver');
    const found = granting.knowing('approver', { identities: [{ person: people.signatory, provider }] });
    expect(gate(found)).toEqual(['approval of finance: granted by the one who works for a provider']);
  });

  test('an approval and a decision of what turns out to be one person are both read by a second one', () => {
    const large = inDesign.did('amend-facts', { facts: { value: gbp('90000.00') } });
    const granting = signed(asked(large, 'colleague'), 'approver');
    const both = decidedBy(granting, 'decisionMaker');
    const found = twins(both, 'approver', 'decisionMaker');
    const lacking = (scene: Scene) => [...gate(scene), ...missingAt(scene, 'decision.in-force', {}).map(({ what }) => what)];
    expect(lacking(both)).toEqual([]);
    expect(lacking(found)).toEqual([
      'approval of finance: waits for a second person, because it was granted by the one who took the decision here',
      'the decision: waits for a second person, because it was taken by the one who approved for another discipline here',
    ]);
    const read = found.did('second-sign-off', { signOff }, 'outsider').did('second-decision', { decision: id(60) }, 'outsider');
    expect(lacking(read)).toEqual([]);
  });

  test('a condition that turns out to be agreed to by one person, or by whoever proposed it, opens no gate, and may be proposed anew', () => {
    const condition = { condition: id(180), code: 'facts.present', discipline: 'equality', what: 'The assessment', dueOn: '2026-08-01' } as const;
    const agreed = inDesign.asking({ code: 'facts.present', parameters: { facts: ['eqia'] } })
      .did('propose-condition', condition).did('agree-condition', { condition: id(180) }, 'decisionMaker').did('agree-condition-for-discipline', { condition: id(180) }, 'approver');
    const opens = (scene: Scene) => refusals(scene.when('request-gate', { stage: 'design' }));
    expect([agreed, twins(agreed, 'approver', 'decisionMaker'), twins(agreed, 'approver', 'commissioner')].map(opens)).toEqual([[], ['facts.present'], ['facts.present']]);
    const again = { ...condition, condition: id(181) };
    expect([agreed, twins(agreed, 'approver', 'decisionMaker')].map((scene) => refusals(scene.when('propose-condition', again)))).toEqual([['already-so'], []]);
    const why = (scene: Scene) => today(scene).gateConditions.map((one) => whyAgreedNoMore(today(scene), one));
    expect([agreed, twins(agreed, 'approver', 'decisionMaker')].map(why)).toEqual([[[]], [['turned out to be the other']]]);
    expect(why(twins(agreed, 'approver', 'commissioner'))).toEqual([['opened the agreement', 'proposed it']]);
  });

  test('a waiver that turns out to be given by whoever asked for it opens no gate, and may be asked for anew', () => {
    const explained = {
      waiver: id(170), condition: 'involvement.planned', planned: 'Evenings', offered: 'A lift', whyNot: 'Snow', instead: 'An evening', insteadBy: '2026-09-01', commitment: id(420), expiresOn: '2026-06-30',
    } as const;
    const waived = inDesign.asked(id(80)).asking({ code: 'involvement.planned', parameters: { say: 3 } })
      .did('ask-waiver', explained, 'colleague')
      .did('record-proxy-entry', { entry: id(170), onBehalfOf: id(80), confirmed: 'signed', on: '2026-06-01' })
      .did('give-view-on-waiver', { waiver: id(170), view: 'content', spokenBy: id(80), words: { subject: id(80), sealed: 'x' } }, 'commissioner')
      .did('waive-condition', { waiver: id(170) }, 'outsider');
    const found = twins(waived, 'outsider', 'colleague');
    const ofProvider = waived.knowing('outsider', { identities: [{ person: people.signatory, provider }] });
    const interested = waived.did('declare-conflict', { person: people.outsider, role: 'decision-maker', interest: 'other', about: { subject: people.outsider, sealed: 'x' } }, 'outsider');
    expect([waived, found, ofProvider, interested].map((scene) => refusals(scene.when('request-gate', { stage: 'design' })))).toEqual([[], ...[1, 2, 3].map(() => ['involvement.planned'])]);
    const again = { ...explained, waiver: id(171), commitment: id(421) };
    expect([waived, found].map((scene) => refusals(scene.when('ask-waiver', again)))).toEqual([['already-so'], []]);
    const why = (scene: Scene) => today(scene).waivers.map((waiver) => whyNotFromOutside(today(scene), waiver));
    expect([waived, found, ofProvider, interested].map(why)).toEqual([[[]], [['asked for it']], [['works for a provider']], [['declared an interest']]]);
  });
});

test('whoever let another sign in their place has approved: what they decide then is read by a second person', () => {
  const delegation = { delegation: id(70), to: people.stranger, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', agreements: null, upTo: null, when: 'always' } as const;
  const approver = inDesign.persons[people.approver]!;
  const large = inDesign.did('amend-facts', { facts: { value: gbp('90000.00') } }).knowing('approver', { delegations: [delegation], grants: [...approver.grants, { grant: id(902), role: 'decision-maker' }] }).knowing('stranger', { grants: [{ grant: id(903), role: 'finance' }] });
  const granting = asked(large, 'colleague');
  const signed = granting.did('sign-off', signing(granting, 'approver'), 'stranger');
  expect(decidedBy(signed, 'approver').agreement.decision).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'awaited' } });
});

describe('what was small when it was signed and grew since', () => {
  const granting = (of: 'equality' | 'safeguarding', as: string) => (scene: Scene) => {
    const requested = scene.did('request-sign-off', { signOff: as, kind: 'approval', discipline: of }, 'colleague');
    return requested.did('sign-off', { signOff: as, versionRead: requested.agreement.content[of], outcome: granted }, 'approver');
  };
  const twice = [granting('equality', id(51)), granting('safeguarding', id(52))].reduce((scene, next) => next(scene), inDesign.did('amend-facts', { facts: { value: gbp('9000.00') } }));
  const lacking = (scene: Scene) => missingAt(scene, 'sign-offs.granted', { signOffs: [{ kind: 'approval', discipline: 'safeguarding' }] }).map(({ what }) => what);

  test('is read by a second person where two people were enough before', () => {
    const waits = ['approval of safeguarding: waits for a second person, because it was granted by the one who approved for another discipline here'];
    expect(lacking(twice)).toEqual([]);
    const grown = twice.did('amend-facts', { facts: { value: gbp('90000.00') } });
    expect(lacking(grown)).toEqual(waits);
    expect(lacking(twice.did('raise-tier', { raises: ['untried-model'], reason: 'Nobody has done it' }))).toEqual(waits);
    expect(lacking(grown.did('second-sign-off', { signOff: id(52) }, 'outsider'))).toEqual([]);
  });

  test('and a decision is, by the same rule', () => {
    const decided = decidedBy(twice.knowing('approver', { grants: [...inDesign.persons[people.approver]!.grants, { grant: id(902), role: 'decision-maker' }] }), 'approver');
    const raised = decided.did('raise-tier', { raises: ['untried-model'], reason: 'Nobody has done it' });
    expect([decided, raised].map(({ agreement: { decision } }) => decision?.second.is)).toEqual(['not-needed', 'awaited']);
  });
});
