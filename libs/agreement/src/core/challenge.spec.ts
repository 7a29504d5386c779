import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import { check } from './check.js';
import { agreementId, id, inDesign, inEnding, pathwayAsking, people, provider, refusals, type Scene } from './given.js';
import type { Lot } from './lots.js';

const challenge = id(180);
const made = { challenge, kind: 'proceedings', from: 'Meals Ltd', about: 'The weighting of price', receivedOn: '2026-06-05' } as const;
const concluded = { challenge, outcome: 'award-stands', reasons: 'The weighting was published.', on: '2026-06-22' } as const;

const value = { amount: '9000.00', currency: 'GBP' };
const invited = inDesign.did('invite-provider', { provider });
const decidedOn = (scene: Scene): Scene =>
  scene.did(
    'record-decision',
    {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: scene.decisionVersion,
    },
    'decisionMaker',
  );
const decided = decidedOn(invited.did('propose-award', { provider, value }));
const psr = routes.find('psr-most-suitable-provider')!;
const published = decided.did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
const gate = (scene: Scene, code: 'standstill.over' | 'challenges.closed') => scene.asking({ code, parameters: {} }).when('request-gate', { stage: 'design' });

const decide = (scene: Scene, decision: string) => {
  const { today } = scene;
  const body = { decision, decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: today, inForceFrom: today, weighed: 'x' } as const;
  return scene.when('record-decision', { ...body, versionRead: scene.decisionVersion }, 'decisionMaker');
};
const decidedAnew = (scene: Scene) => {
  const outcome = decide(scene, id(61));
  return 'accepted' in outcome ? outcome.accepted.reduce((each, event) => each.after(event, 'decisionMaker'), scene) : scene;
};

test('every challenge is concluded, with reasons, before its gate opens', () => {
  const open = published.on('2026-06-30').did('record-challenge', { ...made, kind: 'complaint' });
  expect(gate(open, 'challenges.closed')).toMatchObject({ refused: [{ missing: [{ what: 'complaint of Meals Ltd, received on 2026-06-05', by: 'conclude-challenge' }] }] });
  expect(refusals(gate(open.did('conclude-challenge', concluded, 'outsider'), 'challenges.closed'))).toEqual([]);
});

describe('a challenge after which the award does not stand closes nothing by being concluded', () => {
  const open = published.on('2026-06-15').did('record-challenge', { ...made, kind: 'complaint' }).on('2026-06-22');
  const upset = (outcome: 'award-changes' | 'award-abandoned') => open.did('conclude-challenge', { ...concluded, outcome }, 'outsider');
  const other = { provider, value: { amount: '8000.00', currency: 'GBP' } };
  const missing = (scene: Scene) => {
    const outcome = gate(scene, 'challenges.closed');
    return 'refused' in outcome ? outcome.refused.flatMap((one) => one.missing.map(({ what, suppliedBy, by }) => [what, suppliedBy, by])) : [];
  };
  const anew = ['the decision: to be taken anew after the complaint of Meals Ltd', 'decision-maker', 'record-decision'];

  test('one that changes it asks for the award as it is changed, and for the decision on that', () => {
    expect(missing(upset('award-changes'))).toEqual([['the award, changed after the complaint of Meals Ltd', 'commissioner', 'propose-award'], anew]);
    expect(refusals(upset('award-changes').when('propose-award', { provider, value }))).toEqual(['already-so']);
    const changed = upset('award-changes').did('propose-award', other);
    expect(missing(changed)).toEqual([anew]);
    expect(missing(decidedAnew(changed))).toEqual([]);
  });

  test('one after which it is given up asks for another award, which may come to the same, and for another decision', () => {
    const abandoned = upset('award-abandoned');
    expect(missing(abandoned)).toEqual([['another award: this one was given up after the complaint of Meals Ltd', 'commissioner', 'propose-award'], anew]);
    const again = abandoned.on('2026-06-23').did('propose-award', { provider, value });
    expect(missing(again)).toEqual([anew]);
    expect(missing(decidedAnew(again))).toEqual([]);
  });

  test('nobody decides on it, accepts it or announces it while it stands as it stood', () => {
    const abandoned = upset('award-abandoned');
    expect(refusals(decide(abandoned, id(61)))).toEqual(['decision.award-upset']);
    expect(refusals(abandoned.when('accept-award', { versionRead: abandoned.agreement.content.award }, 'signatory'))).toEqual(['right.missing']);
    expect(refusals(abandoned.when('publish-award-notice', { publishedOn: '2026-06-20', reference: 'UK6-2' }))).toEqual(['award.not-decided']);
    const accepted = open.did('accept-award', { versionRead: open.agreement.content.award }, 'signatory').did('conclude-challenge', { ...concluded, outcome: 'award-abandoned' }, 'outsider');
    expect(refusals(accepted.asking({ code: 'provider.accepted', parameters: {} }).when('request-gate', { stage: 'design' }))).toEqual(['provider.accepted']);
  });

  test('what was changed while it was looked at is the change it led to, and one that was withdrawn or found nothing asks for no other', () => {
    const changed = decidedAnew(open.did('propose-award', other)).did('conclude-challenge', { ...concluded, outcome: 'award-changes' }, 'outsider');
    expect(missing(changed)).toEqual([]);
    expect(missing(open.did('conclude-challenge', { ...concluded, outcome: 'withdrawn' }, 'outsider'))).toEqual([]);
  });
});

describe('behind an award', () => {
  const awarded = published.given(['concordat.agreement.awarded.v1', { provider, value }], ['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' }]).on('2026-06-20');
  const kept = (scene: Scene) => check(scene.agreement, scene.context()).flatMap(({ code, missing }) => (code === 'gate.conditions-kept' ? missing.map(({ what, by }) => [by, what]) : []));
  const starting = pathwayAsking();
  const running = { ...starting, stages: starting.stages.map((stage) => (stage.id === 'delivery' ? { ...stage, startsService: true as const } : stage)) };

  test('one that came by the day of it and was put on record late is concluded before any gate opens; one that came later keeps nothing shut', () => {
    const late = awarded.did('record-challenge', { ...made, receivedOn: '2026-06-01' });
    expect(kept(late)).toEqual([['conclude-challenge', 'proceedings of Meals Ltd, received on 2026-06-01']]);
    expect(refusals(late.when('request-gate', { stage: 'delivery' }))).toEqual(['gate.conditions-kept']);
    expect(kept(late.did('conclude-challenge', { ...concluded, on: '2026-06-20' }, 'outsider'))).toEqual([]);
    expect([kept(awarded), kept(awarded.did('record-challenge', { ...made, receivedOn: '2026-06-02' }))]).toEqual([[], []]);
  });

  test('one that upset the award lets it go on as it was at no gate: the agreement goes back, and a service that runs on it is varied or ended', () => {
    const upset = (outcome: 'award-changes' | 'award-abandoned') => awarded.did('record-challenge', made).did('conclude-challenge', { ...concluded, outcome, on: '2026-06-20' }, 'outsider');
    const anew = ['record-decision', 'the decision: to be taken anew after the proceedings of Meals Ltd'];
    expect(kept(upset('award-abandoned'))).toEqual([['return-to-stage', 'another award: this one was given up after the proceedings of Meals Ltd'], anew]);
    expect(kept(upset('award-changes').following(running))).toEqual([['propose-variation', 'the award, changed after the proceedings of Meals Ltd: a variation of value, period or specification'], anew]);
    const under = (scene: Scene) => refusals(scene.when('call-off', { child: id(230), title: 'Nights', provider, value, pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }));
    expect([under(upset('award-abandoned')), under(awarded)].map((codes) => codes.includes('call-off.award-upset'))).toEqual([true, false]);
  });

  test('a running service whose award was given up names once what ends it, and goes on to its end once that is named; nothing is called off meanwhile', () => {
    const again = id(181);
    const twice = awarded.following(running).did('record-challenge', made).did('record-challenge', { ...made, challenge: again, from: 'Soup Ltd' });
    const upset = [challenge, again].reduce((scene, each) => scene.did('conclude-challenge', { ...concluded, challenge: each, outcome: 'award-abandoned', on: '2026-06-20' }, 'outsider'), twice);
    expect(kept(upset)).toEqual([['link-agreement', 'an agreement that ends it: its award was given up after the proceedings of Meals Ltd']]);
    const linked = (as: 'renews' | 'ends') => upset.given(['concordat.agreement.linked-from.v1', { from: id(231), as }]);
    expect(kept(linked('renews'))).toEqual(kept(upset));
    expect(kept(linked('ends'))).toEqual([]);
    expect(kept(linked('ends').did('record-challenge', { ...made, challenge: id(182), receivedOn: '2026-06-01' }))).toEqual([['conclude-challenge', 'proceedings of Meals Ltd, received on 2026-06-01']]);
    expect(refusals(linked('ends').when('call-off', { child: id(230), title: 'Nights', provider, value, pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }))).toContain('call-off.award-upset');
  });

  test('and so of one in lots: each was decided on as part of the whole', () => {
    const lot = (name: string, agreement: string, amount: string): Lot => ({ lot: name, title: name, agreement, lead: provider, members: [], subcontractors: [], value: { amount, currency: 'GBP' } });
    const lots = [lot('North', id(240), '5000.00')];
    const inLots = decidedOn(invited.did('amend-facts', { facts: { value } }).did('propose-lots', { lots })).did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' })
      .given(['concordat.agreement.lots-awarded.v1', { lots, stage: 'design', providers: [provider] }], ['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' }]).on('2026-06-20');
    const late = inLots.did('record-challenge', { ...made, receivedOn: '2026-06-01' });
    expect(kept(late)).toEqual([['conclude-challenge', 'proceedings of Meals Ltd, received on 2026-06-01']]);
    expect(kept(late.did('conclude-challenge', { ...concluded, on: '2026-06-20' }, 'outsider'))).toEqual([]);
    const abandoned = late.did('conclude-challenge', { ...concluded, outcome: 'award-abandoned', on: '2026-06-20' }, 'outsider');
    expect(kept(abandoned).map(([by]) => by)).toEqual(['return-to-stage', 'record-decision']);
    expect(kept(abandoned.following(running)).map(([by]) => by)).toEqual(['link-agreement']);
    expect(kept(inLots.did('record-challenge', { ...made, receivedOn: '2026-06-02' }))).toEqual([]);
  });

  test('and what ends it is given up once another agreement ends it', () => {
    const [challengedOne, another] = [id(231), id(232)];
    const upset = awarded.following(running).did('record-challenge', made).did('conclude-challenge', { ...concluded, outcome: 'award-abandoned', on: '2026-06-20' }, 'outsider');
    const linked = (by: readonly string[], on = upset) => by.reduce((scene, from) => scene.given(['concordat.agreement.linked-from.v1', { from, as: 'ends' }]), on);
    const cancelling = (ended: Scene, changes: object = {}) => inEnding.publishing(running).beside(challengedOne, { ...ended.agreement, id: challengedOne }).beside(another, { ...inEnding.agreement, id: another, ...changes })
      .given(['concordat.agreement.linked.v1', { to: challengedOne, as: 'ends' }]).when('cancel', { reason: 'No money' });
    expect(cancelling(linked([agreementId]))).toMatchObject({ refused: [{ code: 'link.ends-what-was-given-up', missing: [{ what: `another agreement that ends ${challengedOne}`, suppliedBy: 'commissioner', by: 'link-agreement' }] }] });
    expect(refusals(cancelling(linked([agreementId, another]), { lifecycle: 'cancelled' }))).toEqual(['link.ends-what-was-given-up']);
    expect(refusals(cancelling(linked([agreementId, another])))).toEqual([]);
    expect(refusals(cancelling(linked([agreementId], awarded.following(running))))).toEqual([]);
    expect(refusals(cancelling(linked([agreementId], upset.did('hold', { reason: 'x' }))))).toEqual(['link.ends-what-was-given-up']);
    expect(refusals(cancelling(linked([agreementId], upset.given(['concordat.agreement.closed.v1', { from: 'delivery' }]))))).toEqual([]);
  });
});

test('a representation is a word of the Provider Selection Regime alone', () => {
  const representation = { ...made, kind: 'representation' } as const;
  expect(refusals(published.on('2026-06-30').when('record-challenge', representation))).toEqual(['challenge.not-of-this-regime']);
  expect(refusals(published.on('2026-06-30').alongRoute(psr).when('record-challenge', representation))).toEqual([]);
});

test('a challenge is recorded once it came, and concluded once, after it came and not ahead of time', () => {
  expect(refusals(published.when('record-challenge', made))).toEqual(['challenge.not-received-yet']);
  expect(refusals(published.when('conclude-challenge', { ...concluded, on: '2026-06-01' }, 'outsider'))).toEqual(['challenge.unknown']);
  const open = published.on('2026-06-22').did('record-challenge', made);
  expect(refusals(open.when('record-challenge', made))).toEqual(['already-so']);
  expect(refusals(open.when('conclude-challenge', { ...concluded, on: '2026-06-04' }, 'outsider'))).toEqual(['challenge.not-concluded-then']);
  expect(refusals(open.when('conclude-challenge', { ...concluded, on: '2026-06-23' }, 'outsider'))).toEqual(['challenge.not-concluded-then']);
  expect(refusals(open.did('conclude-challenge', concluded, 'outsider').when('conclude-challenge', concluded, 'outsider'))).toEqual(['already-so']);
});

test('nobody who declared an interest says that an award stands', () => {
  const open = published.on('2026-06-22').did('record-challenge', made).did('declare-conflict', { person: people.outsider, role: 'senior-responsible-owner', interest: 'employer', about: { subject: people.outsider, sealed: 'x' } }, 'outsider');
  const concludes = (outcome: 'award-stands' | 'award-changes') => open.when('conclude-challenge', { ...concluded, outcome }, 'outsider');
  expect(concludes('award-stands')).toMatchObject({ refused: [{ code: 'challenge.own-award', missing: [{ what: 'someone other than the one who has an interest here' }] }] });
  expect(refusals(concludes('award-changes'))).toEqual([]);
});

describe('a challenge comes once there is something to challenge', () => {
  const standing = published.on('2026-06-30').alongRoute(psr);
  const received = (scene: Scene, kind: 'representation' | 'proceedings', receivedOn: string) => scene.when('record-challenge', { ...made, kind, receivedOn });

  test('a representation on the day of the notice or later', () => {
    const told = decided.on('2026-06-30').alongRoute(psr).did('publish-award-notice', { publishedOn: '2026-06-10', reference: 'UK6-2' });
    expect(received(told, 'representation', '2026-06-09')).toMatchObject({ refused: [{ code: 'challenge.before-its-subject', missing: [{ what: 'receivedOn: 2026-06-10 or later', suppliedBy: 'commissioner', by: 'record-challenge' }] }] });
    expect(refusals(received(told, 'representation', '2026-06-10'))).toEqual([]);
    // The documents of a sourcing may be gone to court over before anybody is chosen.
    expect(refusals(received(told, 'proceedings', '2026-06-09'))).toEqual([]);
  });

  test('a representation that came under the first notice also once another is published, or another award is proposed', () => {
    const anew = standing.did('publish-award-notice', { publishedOn: '2026-06-12', reference: 'UK6-2' });
    const another = standing.did('propose-award', { provider, value: { ...value, amount: '8000.00' } });
    for (const scene of [anew, another]) expect([refusals(received(scene, 'representation', '2026-06-03')), refusals(received(scene, 'representation', '2026-05-31'))]).toEqual([[], ['challenge.before-its-subject']]);
  });

  test('without a notice on the day of the decision or later, and without one on that of the proposal', () => {
    const proposed = inDesign.alongRoute(psr).on('2026-06-03').did('invite-provider', { provider }).did('propose-award', { provider, value }).on('2026-06-30');
    const scene = proposed.did('record-decision', {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: '2026-06-20', inForceFrom: '2026-06-20', weighed: 'x', versionRead: proposed.decisionVersion,
    }, 'decisionMaker');
    expect([refusals(received(proposed, 'representation', '2026-06-02')), refusals(received(proposed, 'representation', '2026-06-03'))]).toEqual([['challenge.before-its-subject'], []]);
    expect([refusals(received(scene, 'representation', '2026-06-19')), refusals(received(scene, 'representation', '2026-06-20'))]).toEqual([['challenge.before-its-subject'], []]);
  });

  test('any other on no day before the agreement', () => {
    expect([refusals(received(standing, 'proceedings', '2025-12-31')), refusals(received(standing, 'proceedings', '2026-01-01'))]).toEqual([['challenge.before-its-subject'], []]);
  });
});

describe('whoever proposed the award or took the decision does not close a challenge over which it stands', () => {
  const large = inDesign.did('amend-facts', { facts: { value: { amount: '90000.00', currency: 'GBP' } } }).did('invite-provider', { provider }).did('propose-award', { provider, value });
  const decidedOn = (scene: Scene) => scene.did('record-decision', {
    decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
    decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: scene.decisionVersion,
  }, 'colleague').on('2026-06-22').did('record-challenge', made);
  const open = decidedOn(large);

  test('under whichever id, and somebody else does', () => {
    const stands = (scene: Scene, who: 'commissioner' | 'colleague' | 'outsider') => scene.when('conclude-challenge', concluded, who);
    expect(stands(open, 'commissioner')).toMatchObject({ refused: [{ code: 'challenge.own-award', missing: [{ what: 'someone other than the one who proposed the award', suppliedBy: 'commissioner', by: 'conclude-challenge' }] }] });
    expect(stands(open, 'colleague')).toMatchObject({ refused: [{ code: 'challenge.own-award', missing: [{ what: 'someone other than the one who took the decision' }] }] });
    const twin = open.knowing('outsider', { identities: [{ person: people.commissioner, provider: null }] });
    expect(refusals(stands(twin, 'outsider'))).toEqual(['challenge.own-award']);
    expect(refusals(stands(open, 'outsider'))).toEqual([]);
  });

  test('nor says that it was withdrawn; but that the award changes or is given up harms nobody', () => {
    const by = (outcome: 'withdrawn' | 'award-changes' | 'award-abandoned') => refusals(open.when('conclude-challenge', { ...concluded, outcome }, 'commissioner'));
    expect([by('withdrawn'), by('award-changes'), by('award-abandoned')]).toEqual([['challenge.own-award'], [], []]);
  });

  test('of two people in a small agreement whoever decided does, and whoever proposed does not', () => {
    const small = decidedOn(inDesign.did('amend-facts', { facts: { value } }).did('invite-provider', { provider }).did('propose-award', { provider, value }));
    expect([refusals(small.when('conclude-challenge', concluded, 'colleague')), refusals(small.when('conclude-challenge', concluded, 'commissioner'))]).toEqual([[], ['challenge.own-award']]);
  });
});

describe('under the Procurement Act a standstill published on 1 June 2026 is over after 10 June', () => {
  const at = (scene: Scene, today: string) => refusals(gate(scene.on(today), 'standstill.over'));
  const challenged = (kind: 'proceedings' | 'complaint', receivedOn = '2026-06-05') => published.on('2026-06-12').did('record-challenge', { ...made, kind, receivedOn });

  test('unless proceedings were begun within it: these hold it open until they end (s.101)', () => {
    expect(gate(challenged('proceedings'), 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'standstill held open by the proceedings of Meals Ltd', by: 'conclude-challenge' }] }] });
    expect(at(challenged('proceedings').on('2026-06-22').did('conclude-challenge', concluded, 'outsider'), '2026-06-23')).toEqual([]);
  });

  test('and neither a complaint nor proceedings that came later hold it open', () => {
    expect(at(challenged('complaint'), '2026-06-11')).toEqual([]);
    expect(at(challenged('proceedings', '2026-06-11'), '2026-06-11')).toEqual([]);
  });
});

describe('under the Provider Selection Regime a standstill published on 1 June 2026 is over after 12 June', () => {
  const standing = published.alongRoute({ regime: psr.regime, standstill: psr.standstill });
  const missing = (scene: Scene, today: string) => {
    const decision = gate(scene.on(today), 'standstill.over');
    return 'refused' in decision ? decision.refused[0].missing.map(({ what }) => what) : [];
  };
  const represented = standing.on('2026-06-12').did('record-challenge', { ...made, kind: 'representation' });

  test('unless a representation was made: then it is answered, and 5 working days have passed since (reg 12(9), (10))', () => {
    expect(missing(standing, '2026-06-13')).toEqual([]);
    expect(missing(represented, '2026-06-15')).toEqual(['standstill held open by the representation of Meals Ltd']);
    const answered = represented.on('2026-06-16').did('conclude-challenge', { ...concluded, on: '2026-06-16' }, 'outsider');
    expect(missing(answered, '2026-06-23')).toEqual(['standstill until the end of 2026-06-23, after the representation of Meals Ltd']);
    expect(missing(answered, '2026-06-24')).toEqual([]);
  });

  test('and one that is answered so early that five working days are over before shortens nothing', () => {
    const early = standing.on('2026-06-02').did('record-challenge', { ...made, kind: 'representation', receivedOn: '2026-06-02' }).did('conclude-challenge', { ...concluded, on: '2026-06-02' }, 'outsider');
    expect(missing(early, '2026-06-08')).toEqual(['standstill until the end of 2026-06-12']);
    expect([missing(early, '2026-06-12'), missing(early, '2026-06-13')]).toEqual([['standstill until the end of 2026-06-12'], []]);
  });

  test('and one whose five working days reach into a year whose bank holidays are not known waits for them', () => {
    const late = standing.on('2026-06-12').did('record-challenge', { ...made, kind: 'representation' }).on('2026-12-28').did('conclude-challenge', { ...concluded, on: '2026-12-28' }, 'outsider');
    const unknown = 'the bank holidays of 2027, without which nobody can say when the standstill ends';
    expect(missing(late, '2027-01-04')).toEqual(['standstill until the end of 2027-01-04, after the representation of Meals Ltd', unknown]);
    expect(missing(late, '2027-02-01')).toEqual([unknown]);
  });

  test('and an answer that is put on record later counts from that day on', () => {
    const late = represented.on('2026-06-22').did('conclude-challenge', { ...concluded, on: '2026-06-15' }, 'outsider');
    expect(missing(late, '2026-06-29')).toEqual(['standstill until the end of 2026-06-29, after the representation of Meals Ltd']);
    expect(missing(late, '2026-06-30')).toEqual([]);
  });

  test('of several representations the last decision counts, and one that came when it was over holds nothing open', () => {
    const second = represented.did('record-challenge', { ...made, challenge: id(181), kind: 'representation', from: 'Suppers Ltd', receivedOn: '2026-06-12' });
    const first = second.on('2026-06-16').did('conclude-challenge', { ...concluded, on: '2026-06-16' }, 'outsider');
    expect(missing(first, '2026-06-24')).toEqual(['standstill held open by the representation of Suppers Ltd']);
    expect(missing(first.on('2026-06-18').did('conclude-challenge', { ...concluded, challenge: id(181), on: '2026-06-18' }, 'outsider'), '2026-06-25')).toEqual(['standstill until the end of 2026-06-25, after the representation of Suppers Ltd']);
    expect(missing(standing.on('2026-06-15').did('record-challenge', { ...made, kind: 'representation', receivedOn: '2026-06-13' }), '2026-06-15')).toEqual([]);
  });

  test('and proceedings hold nothing open', () => {
    expect(missing(standing.on('2026-06-12').did('record-challenge', made), '2026-06-15')).toEqual([]);
  });
});

describe('a voluntary standstill', () => {
  const light = decided.alongRoute({ standstill: routes.find('pa2023-light-touch')!.standstill });
  const offer = (voluntaryStandstill: number) => ({ publishedOn: '2026-06-01', reference: 'UK6-1', voluntaryStandstill });

  test('of 8 working days or more may be offered where the route asks for none (PA 2023 s.51(5)), and is kept', () => {
    const offered = light.did('publish-award-notice', offer(8));
    expect(gate(offered.on('2026-06-10'), 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'standstill until the end of 2026-06-10' }] }] });
    expect(refusals(gate(offered.on('2026-06-11'), 'standstill.over'))).toEqual([]);
  });

  test('is not taken back by another notice that offers none or fewer days, nor while it runs by that of another award', () => {
    const offered = light.did('publish-award-notice', offer(20));
    const fewer = (scene: Scene, publishedOn: string, more: object = {}) => refusals(scene.when('publish-award-notice', { publishedOn, reference: 'UK6-2', ...more }));
    for (const more of [{}, { voluntaryStandstill: 8 }]) expect(fewer(offered, '2026-06-01', more)).toEqual(['award.standstill-told']);
    expect(fewer(offered, '2026-06-01', { voluntaryStandstill: 21 })).toEqual([]);
    const other = (today: string) => decidedAnew(offered.on(today).did('amend-facts', { facts: { specification: { reference: 'S2', title: 'Specification' } } }));
    expect(gate(other('2026-06-29'), 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'the published award notice: of another award than stands now' }] }] });
    expect([fewer(other('2026-06-29'), '2026-06-29'), fewer(other('2026-06-30'), '2026-06-30')]).toEqual([['award.standstill-told'], []]);
  });

  test('is kept where another award was proposed in between, or the agreement went back behind its award and came forward again', () => {
    const offered = light.did('publish-award-notice', offer(8)).on('2026-06-05');
    const same = offered.did('propose-award', { provider, value: { ...value, amount: '8000.00' } }).did('propose-award', { provider, value });
    const forward = decidedAnew(offered.did('return-to-stage', { stage: 'mandate', reason: 'The marks were wrong.' }).did('request-gate', { stage: 'mandate' }).did('propose-award', { provider, value }));
    for (const again of [same, forward]) {
      const without = (today: string) => again.on(today).when('publish-award-notice', { publishedOn: today, reference: 'UK6-2' });
      expect(without('2026-06-10')).toMatchObject({ refused: [{ code: 'award.standstill-told', missing: [{ what: 'a standstill until the end of 2026-06-10 or later' }] }] });
      expect(refusals(without('2026-06-11'))).toEqual([]);
      expect(gate(again, 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'the published award notice', by: 'publish-award-notice' }] }] });
      const noticed = again.on('2026-06-11').did('publish-award-notice', { publishedOn: '2026-06-11', reference: 'UK6-2' });
      expect(refusals(gate(noticed, 'standstill.over'))).toEqual([]);
      // What it does not offer is entered again as it is.
      expect(refusals(noticed.when('publish-award-notice', { publishedOn: '2026-06-11', reference: 'UK6-3' }))).toEqual([]);
    }
  });

  test('is refused where it is shorter, or where the route asks for a standstill of its own', () => {
    expect(refusals(light.when('publish-award-notice', offer(7)))).toEqual(['award.no-such-standstill']);
    expect(refusals(decided.when('publish-award-notice', offer(8)))).toEqual(['award.no-such-standstill']);
  });
});
