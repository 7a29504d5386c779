import { describe, expect, test } from '@jest/globals';
import { pathways, routes } from '@concordat/pathway';
import type { Agreement } from './agreement.js';
import { readyToDecide, toAskAgain } from './variation.js';
import type { VariationTo } from './variation-to.js';
import { id, inDesign, pathwayAsking, provider, refusals, Scene } from './given.js';
import { ada, answered, ben, came, held, panel, said, survey, theme, voided } from './given-involvement.js';
import { carriedOut, decided, gbp, longer, period, psr, signed, takenOver, taking, test13, variation } from './given-variation.js';

describe('under the Provider Selection Regime a value changes by under £500,000 or under 25 % (reg 13)', () => {
  const lacks = (amount: string, confirmed = true) =>
    psr.did('propose-variation', { ...longer, to: { is: 'value', value: gbp(amount) } }).did('test-modification', { ...test13, confirmed }).agreement.variations[0]?.test?.lacks.length;

  test('a change below one of them is permitted, one above both is not', () => {
    expect(lacks('599999.99')).toBe(0);
    expect(lacks('600000.00')).toBe(1);
  });

  test('changes add up: a second is held against the value that was awarded, not against what the first made of it', () => {
    const [first, second] = [id(381), id(382)];
    const worth = (one: string, amount: string) => ({ ...longer, variation: one, to: { is: 'value', value: gbp(amount) } }) as const;
    const once = psr.did('propose-variation', worth(first, '550000.00')).did('test-modification', { ...test13, variation: first })
      .decidedVariation({ ...decided, variation: first }, 'decisionMaker').on('2026-06-03').did('carry-out-variation', { variation: first });
    expect(once.agreement.facts.value?.value.amount).toBe('550000.00');
    const twice = once.did('propose-variation', worth(second, '650000.00')).did('test-modification', { ...test13, variation: second });
    expect(twice.agreement.variations[1]?.test?.lacks).toHaveLength(1);
  });

  test('nor do two go through together that were permitted each alone: the test is asked anew when one is decided, and when it is carried out', () => {
    const worth = { ...longer, to: { is: 'value', value: gbp('550000.00') } } as const;
    const both = psr.did('propose-variation', worth).did('test-modification', test13).did('propose-variation', { ...longer, variation: id(381) }).did('test-modification', { ...test13, variation: id(381) });
    const beyond = 'The value, at what a day cost so far, changes by no more than one of these allows: under £500,000; under 25 %.';
    expect(both.agreement.variations.map(({ test }) => test?.lacks)).toEqual([[], []]);
    const agreeing = (scene: Scene, one: string) => scene.decidedVariation({ ...decided, variation: one, inForceFrom: '2026-06-01' }, 'decisionMaker');
    const once = agreeing(both, variation).did('carry-out-variation', { variation });
    expect(once.whenDecidingVariation({ ...decided, variation: id(381) }, 'decisionMaker')).toMatchObject({ refused: [{ code: 'variation.questions-open', missing: [{ what: beyond, by: 'test-modification' }] }] });
    const agreed = agreeing(agreeing(both, variation), id(381));
    expect(refusals(agreed.when('carry-out-variation', { variation: id(381) }))).toEqual([]);
    expect(agreed.did('carry-out-variation', { variation }).when('carry-out-variation', { variation: id(381) })).toMatchObject({ refused: [{ code: 'variation.questions-open', missing: [{ what: beyond, by: 'propose-variation' }] }] });
  });

  test('nor on a ground that its route does not name any more', () => {
    const tested = psr.did('propose-variation', longer).did('test-modification', test13).alongRoute(routes.find('pa2023-competitive')!);
    expect(tested.whenDecidingVariation(decided, 'decisionMaker')).toMatchObject({ refused: [{ code: 'variation.questions-open', missing: [{ what: 'the PA 2023 test of a modification', by: 'test-modification' }] }] });
  });

  test('and nothing is permitted that makes it another contract', () => {
    expect(lacks('110000.00', false)).toBe(1);
  });
});

describe('a longer term is held against the limits of money, too: each day costs what it cost so far', () => {
  const million = Scene.empty.did('take-over-agreement', { ...taking, value: gbp('1000000.00'), facts: { 'contract-period': period } });
  const along = (route: string, scene = million) => scene.alongRoute(routes.find(route)!);
  const lacks = (scene: Scene, to: VariationTo, ground = 'not-different-in-character') =>
    scene.did('propose-variation', { ...longer, to, variation: id(390) }).did('test-modification', { ...test13, variation: id(390), ground }).agreement.variations.at(-1)?.test?.lacks;
  const until = (endsOn: string) => ({ is: 'longer', endsOn }) as const;
  const worth = (amount: string) => ({ is: 'value', value: gbp(amount) }) as const;
  const beyond = (says: string) => [`The value, at what a day cost so far, changes by no more than one of these allows: ${says}.`];

  test('under the Provider Selection Regime by under £500,000 or under 25 %: a year less a day on two', () => {
    expect([lacks(along('psr-direct-award-c'), until('2028-03-29')), lacks(along('psr-direct-award-c'), until('2028-03-30'))]).toEqual([[], beyond('under £500,000; under 25 %')]);
    expect(lacks(along('psr-direct-award-c'), { is: 'period', startsOn: '2024-03-31', endsOn: '2027-03-31' })).toEqual(beyond('under £500,000; under 25 %'));
  });

  test('under the Procurement Act by 10 % below the threshold, and by half where nobody foresaw it', () => {
    const pa = along('pa2023-competitive');
    const [small, half] = ['by at most 10 % (goods or services)', 'up by at most 50 % of what it was awarded at'].map(beyond);
    expect([until('2027-06-12'), until('2027-06-13')].map((to) => lacks(pa, to, 'below-threshold-goods-or-services'))).toEqual([[], small]);
    expect([until('2028-03-30'), until('2028-03-31')].map((to) => lacks(pa, to, 'unforeseeable'))).toEqual([[], half]);
    expect(lacks(pa, until('2040-03-31'), 'provided-for')).toEqual([]);
  });

  test('a second extension adds to the first, and a value that was varied since is what a day costs', () => {
    const once = carriedOut(along('psr-direct-award-c'), { ...longer, to: until('2027-09-30') }, 'not-different-in-character');
    expect([lacks(once, until('2028-03-29')), lacks(once, until('2028-03-30'))]).toEqual([[], beyond('under £500,000; under 25 %')]);
    const cheaper = carriedOut(once, { ...longer, variation: id(381), to: worth('800000.00') }, 'not-different-in-character');
    expect(lacks(cheaper, until('2028-03-30'))).toEqual([]);
    expect(lacks(cheaper, worth('1500000.00'))).toHaveLength(1);
  });

  test('and so is a shorter one', () => {
    const psr = along('psr-direct-award-c');
    const ending = (endsOn: string) => lacks(psr, { is: 'period', startsOn: period.startsOn, endsOn });
    expect([ending('2026-04-01'), ending('2026-03-31')]).toEqual([[], beyond('under £500,000; under 25 %')]);
  });

  test('moved as a whole it changes no value, and without what a day cost nobody can say', () => {
    const psr = along('psr-direct-award-c');
    expect(lacks(psr, { is: 'period', startsOn: '2025-05-01', endsOn: '2027-04-30' })).toEqual([]);
    const unknown = along('psr-direct-award-c', Scene.empty.did('take-over-agreement', { ...taking, facts: { 'contract-period': period } }));
    expect(lacks(unknown, longer.to)).toEqual(['The value and length it was awarded at is on record: a limit is held against it.']);
  });
});

describe('a variation makes no larger agreement of one that was asked less', () => {
  const finance = { signOffs: [{ kind: 'approval', discipline: 'finance' }] };
  const asksMore = pathwayAsking({ code: 'sign-offs.granted', parameters: finance });
  const small = { ...asksMore, stages: asksMore.stages.map((stage) => ({ ...stage, gate: { ...stage.gate, conditions: stage.gate.conditions.map((use) => ({ ...use, tiers: { standard: finance, major: finance } }) as typeof use) } })) };
  const awarded = inDesign.did('amend-facts', { facts: { value: gbp('20000.00') } }).following(small).did('request-gate', { stage: 'design' }).given(['concordat.agreement.awarded.v1', { provider, value: gbp('20000.00') }]);
  const to = (amount: string) => ({ ...longer, to: { is: 'value', value: gbp(amount) } }) as const;

  test('what is beyond is an agreement of its own', () => {
    expect(awarded.agreement.tier).toBe('small');
    expect(refusals(awarded.when('propose-variation', to('25000.00')))).toEqual([]);
    expect(awarded.when('propose-variation', to('20000000.00'))).toMatchObject({ refused: [{ code: 'variation.larger-tier', missing: [{ what: 'an agreement of its own for what is beyond', suppliedBy: 'commissioner', by: 'open-agreement' }] }] });
    expect(refusals(awarded.following(asksMore).when('propose-variation', to('20000000.00')))).toEqual([]);
  });

  test('also where its gates were passed before Concordat, for what it was worth when it was taken over', () => {
    const over = (value?: ReturnType<typeof gbp>) => Scene.empty.following(small).did('take-over-agreement', { ...taking, ...(value && { value }) });
    expect(Object.keys(over(gbp('20000.00')).agreement.stages)).toEqual(['mandate', 'design', 'delivery']);
    expect([refusals(over(gbp('20000.00')).when('propose-variation', to('25000.00'))), refusals(over(gbp('20000.00')).when('propose-variation', to('20000000.00')))]).toEqual([[], ['variation.larger-tier']]);
    // Whoever completes what nobody knew moves nothing.
    expect(refusals(over().when('amend-facts', { facts: { value: gbp('20000000.00') } }))).toEqual([]);
  });

  test('also where its gates came to ask more since it was proposed', () => {
    const agreed = awarded.following(asksMore).alongRoute(routes.find('pa2023-light-touch')!).did('propose-variation', to('20000000.00')).did('test-modification', { ...test13, ground: 'light-touch' }).decidedVariation({ ...decided, inForceFrom: '2026-06-01' }, 'decisionMaker');
    expect(refusals(agreed.when('carry-out-variation', { variation }))).toEqual([]);
    expect(refusals(agreed.following(small).when('carry-out-variation', { variation }))).toEqual(['variation.larger-tier']);
  });
});

describe('under the Procurement Act a modification is permitted, not substantial, or below the threshold (s.74, Schedule 8)', () => {
  const pa = signed.alongRoute(routes.find('pa2023-competitive')!);
  const lacks = (to: VariationTo, ground: string, scene = pa) =>
    scene.did('propose-variation', { ...longer, to }).did('test-modification', { ...test13, ground }).agreement.variations.at(-1)?.test?.lacks;
  const worth = (amount: string) => ({ is: 'value', value: gbp(amount) }) as const;
  const until = (endsOn: string) => ({ is: 'longer', endsOn }) as const;

  test('two years may be made longer or shorter by 10 %, which is 73 days, and not by one day more', () => {
    expect([lacks(until('2027-06-12'), 'not-substantial'), lacks({ is: 'period', startsOn: period.startsOn, endsOn: '2027-01-17' }, 'not-substantial')]).toEqual([[], []]);
    const beyond = ['The length changes by no more than one of these allows: by at most 10 % of the longest term it was awarded for.'];
    expect([lacks(until('2027-06-13'), 'not-substantial'), lacks({ is: 'period', startsOn: period.startsOn, endsOn: '2027-01-16' }, 'not-substantial')]).toEqual([beyond, beyond]);
  });

  test('moving both days alike changes no term', () => {
    expect(lacks({ is: 'period', startsOn: '2025-05-01', endsOn: '2027-04-30' }, 'not-substantial')).toEqual([]);
  });

  test('below the threshold a value changes by 10 % for services and by 15 % for works, each change by itself', () => {
    expect([lacks(worth('110000.00'), 'below-threshold-goods-or-services'), lacks(worth('90000.00'), 'below-threshold-goods-or-services'), lacks(worth('115000.00'), 'below-threshold-works')]).toEqual([[], [], []]);
    expect([lacks(worth('110000.01'), 'below-threshold-goods-or-services'), lacks(worth('84999.99'), 'below-threshold-works')]).toEqual([[expect.any(String)], [expect.any(String)]]);
    const first = carriedOut(pa, { ...longer, variation: id(381), to: worth('110000.00') }, 'below-threshold-goods-or-services');
    expect(lacks(worth('120000.00'), 'below-threshold-goods-or-services', first)).toEqual([]);
  });

  test('what nobody foresaw raises a value by 50 % at most, and lowers it by any', () => {
    expect([lacks(worth('150000.00'), 'unforeseeable'), lacks(worth('1.00'), 'unforeseeable')]).toEqual([[], []]);
    expect(lacks(worth('150000.01'), 'unforeseeable')).toHaveLength(1);
  });

  test('a figure that is not on record is asked for, where a limit is held against it', () => {
    const unknown = takenOver.alongRoute(routes.find('pa2023-competitive')!);
    expect(lacks(worth('9.00'), 'below-threshold-works', unknown)).toEqual(['The value it was awarded at is on record: a limit is held against it.']);
    expect(lacks(worth('9.00'), 'provided-for', unknown)).toEqual([]);
  });
});

describe('every route says how what it awarded is modified, and the test answers for it', () => {
  test.each(routes.all.map((route) => [`${route.id} ${route.version}`, route] as const))('%s', (_, route) => {
    const proposed = signed.alongRoute(route).did('propose-variation', longer);
    for (const { id: ground } of route.modification.grounds) {
      expect(proposed.did('test-modification', { ...test13, ground }).agreement.variations[0]?.test?.ground).toBe(ground);
    }
    expect(refusals(proposed.whenDecidingVariation(decided, 'decisionMaker'))).toEqual(['variation.questions-open']);
    expect(proposed.when('test-modification', { ...test13, ground: 'nowhere' })).toMatchObject({ refused: [{ code: 'variation.no-such-ground', asks: expect.stringContaining(route.modification.says) }] });
  });

  test('of a grant no statute tests it: the funder’s terms do', () => {
    const grant = routes.find('grant')!.modification;
    expect([grant.says, grant.grounds.map(({ id: ground }) => ground)]).toEqual(['No statute tests the modification of a grant. What the funder’s terms ask is asked.', ['within-the-terms', 'funder-agrees']]);
  });

  test('what a ground asks beside its figures is confirmed, each sentence of it', () => {
    const unconfirmed = signed.alongRoute(routes.find('pa2023-competitive')!).did('propose-variation', { ...longer, to: { is: 'longer', endsOn: '2028-03-30' } }).did('test-modification', { ...test13, ground: 'known-risk', confirmed: false });
    expect(unconfirmed.agreement.variations[0]?.test?.lacks).toEqual([
      'The notice named the risk and that it may lead to a change.', 'The contract cannot be carried out to satisfaction without the change.', 'Another procurement would not be in the public interest.',
    ]);
  });
});

describe('a service that has started ends by no variation from one day to the next', () => {
  const under = Scene.empty.following(pathways.find('standard')!).byRoute(routes.find('pa2023-light-touch')!)
    .did('take-over-agreement', { ...taking, pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: gbp('100000.00'), facts: { 'contract-period': period } });
  const ending = (endsOn: string) => ({ ...longer, to: { is: 'period', startsOn: period.startsOn, endsOn } }) as const;
  const undecided = 'variation.end-undecided';
  const sudden = (earliest: string) => ({ refused: [{ code: 'variation.ends-service', missing: [{ what: `to.endsOn: ${earliest} or later`, suppliedBy: 'contract-manager', by: 'propose-variation' }, { what: 'an agreement that ends it, by which notice was given', suppliedBy: 'commissioner', by: 'link-agreement' }] }] });
  const [ends, after] = [id(75), id(76)];
  /** Another, which was awarded, goes on from it. */
  const followed = (changes: Partial<Agreement> = {}, as: 'renews' | 'replaces' = 'renews', on = '2026-01-05') =>
    under.on(on).given(['concordat.agreement.linked-from.v1', { from: after, as }]).on('2026-06-01').beside(after, { ...under.agreement, id: after, stages: passed('award'), ...changes });
  const dated = (value: string, recordedOn = value) => ({ value, amendedBy: 'x', amendedAt: `${recordedOn}T09:00:00.000000Z`, writtenBy: [] });
  const passed = (decision: string) => ({ [decision]: { enteredAt: '2026-01-06T09:00:00.000000Z', leftAt: '2026-02-01T09:00:00.000000Z', gate: 'opened', tier: 'standard' } }) as unknown as Agreement['stages'];
  /** An agreement ends it, at whose gate that was decided, and notice was given. */
  const by = (notice: string, changes: Partial<Agreement> = {}) => under.publishing(pathways.find('decommission', 1)!).given(['concordat.agreement.linked-from.v1', { from: ends, as: 'ends' }]).beside(ends, {
    ...under.agreement, id: ends, pathway: { id: 'decommission', version: 1 }, stages: passed('decision'), facts: { 'notice-given': dated(notice) }, decision: { inForceFrom: '2026-03-01', calledIn: null } as Agreement['decision'], ...changes,
  });
  const tested = (endsOn: string, scene = followed()) => scene.did('propose-variation', ending(endsOn)).did('test-modification', { ...test13, ground: 'light-touch' });
  const agreed = (scene: Scene) => scene.decidedVariation({ ...decided, inForceFrom: '2026-06-01' }, 'decisionMaker');

  test('people have three months of notice from the day it is decided', () => {
    expect(followed().when('propose-variation', ending('2026-08-31'))).toMatchObject(sudden('2026-09-01'));
    expect(followed().did('propose-variation', ending('2026-09-01')).agreement.variations.length).toBe(1);
    expect(tested('2026-09-01').on('2026-06-02').whenDecidingVariation({ ...decided, decidedOn: '2026-06-02' }, 'decisionMaker')).toMatchObject(sudden('2026-09-02'));
    expect(refusals(tested('2026-09-01').on('2026-06-02').whenDecidingVariation({ ...decided, decidedOn: '2026-06-02', outcome: 'refused' }, 'decisionMaker'))).toEqual([]);
    expect(agreed(tested('2026-09-01')).on('2026-06-20').did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe('2026-09-01');
  });

  test('also where it started since it was decided', () => {
    const before = agreed(tested('2026-08-31', followed().following(pathwayAsking())));
    expect(refusals(before.when('carry-out-variation', { variation }))).toEqual([]);
    expect(before.following(pathways.find('standard')!).when('carry-out-variation', { variation })).toMatchObject(sudden('2026-09-01'));
  });

  test('or from the day on which it was given by the agreement that ends it, on a decision in force', () => {
    const proposing = (scene: Scene) => refusals(scene.when('propose-variation', ending('2026-06-30')));
    expect([proposing(by('2026-03-30')), proposing(by('2026-04-01'))]).toEqual([[], ['variation.ends-service']]);
    const unfounded = [by('2026-03-30', { decision: null }), by('2026-02-27'), by('2026-03-30', { lifecycle: 'cancelled' }), by('2026-03-30', { facts: {} }), by('', { takenOver: null, facts: { 'notice-given': dated('2026-03-30', '2026-04-01') } })];
    const late = ['variation.ends-service'];
    expect(unfounded.map(proposing)).toEqual([[...late, undecided], [...late, undecided], [...late, undecided], [...late, undecided], late]);
  });

  test('whenever it ends, that was decided where those who use it are asked: by an agreement that ends it, or one that was awarded and goes on from it', () => {
    const proposing = (scene: Scene) => scene.when('propose-variation', ending('2026-12-31'));
    expect(proposing(under)).toMatchObject({
      refused: [{ code: undecided, missing: [{ what: 'an agreement that ends it, on whose decision notice was given; or one that renews or replaces it, named so before its award, which begins on 2027-01-01 or sooner', suppliedBy: 'commissioner', by: 'link-agreement' }] }],
    });
    const none = { award: { ...under.agreement.award, original: null } };
    // What the organisation goes on with itself is decided on, and awarded to nobody.
    const itself = followed({ ...none, stages: passed('award') }).publishing(pathways.find('standard')!);
    for (const scene of [by('2026-03-30'), followed(), followed({}, 'replaces'), followed({ lifecycle: 'closed' }), itself]) expect(refusals(proposing(scene))).toEqual([]);
    // A decision is on record before any gate asked what it rests on.
    for (const scene of [by('2026-03-30', { stages: {} }), by('', { facts: {} }), followed(none), followed({ lifecycle: 'cancelled' })]) expect(refusals(proposing(scene))).toEqual([undecided]);
  });

  test('what goes on from it said so before it was awarded, and begins no later than this ends', () => {
    const proposing = (scene: Scene) => refusals(scene.when('propose-variation', ending('2026-12-31')));
    const itself = { award: { ...under.agreement.award, original: null } };
    // Linked once it was awarded, or decided on, it is of something else, as what was taken over with its provider is.
    for (const as of ['renews', 'replaces'] as const) expect([as, ...['2026-02-01', '2026-02-02'].map((on) => proposing(followed({}, as, on)))]).toEqual([as, [], [undecided]]);
    expect(proposing(followed(itself, 'replaces', '2026-02-02').publishing(pathways.find('standard')!))).toEqual([undecided]);
    expect(proposing(followed({ stages: under.agreement.stages }))).toEqual([undecided]);
    const begins = (startsOn: string) => followed({ facts: { 'contract-period': { ...dated(''), value: { ...period, startsOn } } } });
    expect([...['2026-12-31', '2027-01-01', '2027-01-02'].map(begins), followed({ facts: {} })].map(proposing)).toEqual([[], [], [undecided], [undecided]]);
  });

  test('that is asked when it is decided and carried out, too', () => {
    const cancelled = (scene: Scene) => scene.beside(after, { ...under.agreement, id: after, lifecycle: 'cancelled' });
    const proposed = tested('2026-09-01');
    expect(refusals(cancelled(proposed).whenDecidingVariation(decided, 'decisionMaker'))).toEqual([undecided]);
    // Also of what was agreed to before it was asked.
    expect(refusals(cancelled(agreed(proposed)).when('carry-out-variation', { variation }))).toEqual([undecided]);
  });

  test('nothing of it is asked of one person’s placement, nor of a longer term that is taken back once it was refused', () => {
    const placed = Scene.empty.following(pathways.find('placement')!).byRoute(routes.find('pa2023-light-touch')!)
      .did('take-over-agreement', { ...taking, title: 'Placement 1', kind: 'placement', pathway: { id: 'placement' }, route: { id: 'pa2023-light-touch' }, facts: { 'contract-period': period } });
    expect([ending('2026-08-31'), ending('2026-09-01')].map((sooner) => refusals(placed.when('propose-variation', sooner)))).toEqual([['variation.ends-service'], []]);
    const callIn = { is: 'open', until: '2026-06-08' } as const;
    const refused = under.did('propose-variation', longer).did('test-modification', { ...test13, ground: 'light-touch' }).decidedVariation({ ...decided, callIn, inForceFrom: '2026-06-09' }, 'decisionMaker').on('2026-06-09').did('carry-out-variation', { variation })
      .did('call-in-decision', { decision: variation, reason: 'The year is long.', on: '2026-06-08' }, 'member')
      .did('conclude-call-in', { decision: variation, outcome: { is: 'taken-anew' }, on: '2026-06-09', reasons: 'Looked at.' }, 'outsider')
      .decidedVariation({ ...decided, outcome: 'refused', decidedOn: '2026-06-09', inForceFrom: '2026-06-09' }, 'decisionMaker');
    expect(refused.agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
    const back = (endsOn: string) => refusals(refused.when('propose-variation', { ...ending(endsOn), variation: id(381) }));
    expect([back(period.endsOn), back('2027-03-30')]).toEqual([[], [undecided]]);
    // Once another term is on record, there is nothing to take back.
    const since = refused.did('propose-variation', { ...longer, variation: id(381), to: { is: 'longer', endsOn: '2029-03-31' } }).did('test-modification', { ...test13, variation: id(381), ground: 'light-touch' })
      .decidedVariation({ ...decided, variation: id(381), decidedOn: '2026-06-09', inForceFrom: '2026-06-09' }, 'decisionMaker').did('carry-out-variation', { variation: id(381) });
    expect(refusals(since.when('propose-variation', { ...ending(period.endsOn), variation: id(382) }))).toEqual([undecided]);
  });

  test('what does not end it sooner, or is not under way, is not asked it', () => {
    expect([{ is: 'terms' }, { is: 'longer', endsOn: '2027-04-01' }].map((to) => refusals(under.when('propose-variation', { ...longer, to: to as VariationTo })))).toEqual([[], []]);
    expect(refusals(under.following(pathwayAsking()).when('propose-variation', ending('2026-06-02')))).toEqual([]);
  });

  test('nor is it begun anew: it goes on from the day on which it started, and days that are gone make no later end', () => {
    const begins = (startsOn: string, endsOn: string) => ({ ...longer, to: { is: 'period', startsOn, endsOn } }) as const;
    const stays = { refused: [{ code: 'variation.moves-start', missing: [{ what: 'to.startsOn: 2025-04-01', suppliedBy: 'contract-manager', by: 'propose-variation' }] }] };
    for (const moved of [begins('2027-01-01', '2028-12-31'), begins('2025-10-01', '2027-09-30'), begins('2025-03-31', period.endsOn)]) expect(under.when('propose-variation', moved)).toMatchObject(stays);
    const before = agreed(under.following(pathwayAsking()).did('propose-variation', begins('2025-10-01', '2027-09-30')).did('test-modification', { ...test13, ground: 'light-touch' }));
    expect(before.following(pathways.find('standard')!).when('carry-out-variation', { variation })).toMatchObject(stays);
    expect(refusals(under.on('2025-03-31').when('propose-variation', begins('2025-05-01', period.endsOn)))).toEqual([]);
  });
});

describe('a service that has started becomes less, or another, once it was said whether that changes it for people', () => {
  const light = routes.find('pa2023-light-touch')!;
  const under = Scene.empty.following(pathways.find('standard')!).byRoute(light)
    .did('take-over-agreement', { ...taking, pathway: { id: 'standard' }, route: { id: light.id }, value: gbp('90000.00'), facts: { 'contract-period': period } });
  const less = { is: 'value', value: gbp('80000.00') } as const;
  const tested = (to: VariationTo, scene = under) => scene.did('propose-variation', { ...longer, to }).did('test-modification', { ...test13, ground: 'light-touch' });
  const saying = (scene: Scene, word: 'yes' | 'no') => scene.did('amend-facts', { facts: { 'service-may-change': word } });
  const asked = (scene: Scene) => scene.whenDecidingVariation({ ...decided, decidedOn: scene.today, inForceFrom: scene.today }, 'decisionMaker');
  const open = (...missing: readonly { what: string; by: string }[]) => ({ refused: [{ code: 'variation.questions-open', missing: missing.map((one) => ({ ...one, suppliedBy: 'commissioner' })) }] });

  test.each<[string, VariationTo]>([
    ['less money', less],
    ['other terms', { is: 'terms' }],
    ['another specification', { is: 'specification', specification: { reference: 'DMS/2', title: 'One warden' } }],
  ])('%s', (_, to) => {
    expect(asked(tested(to))).toMatchObject(open({ what: 'service-may-change, said since it was proposed on 2026-06-01', by: 'amend-facts' }));
    expect(refusals(asked(saying(tested(to), 'no')))).toEqual([]);
    // Nor does it wait for whoever decides before that.
    expect([tested(to), saying(tested(to), 'no'), saying(tested(to), 'yes')].map((scene) => readyToDecide(scene.agreement, scene.context()))).toEqual([[], [variation], []]);
  });

  test('of that change, and not of what was awarded before: the same word is said again', () => {
    const later = tested(less, saying(under, 'no').on('2026-06-02'));
    expect(asked(later)).toMatchObject(open({ what: 'service-may-change, said since it was proposed on 2026-06-02', by: 'amend-facts' }));
    const again = saying(later, 'no');
    expect(refusals(asked(again))).toEqual([]);
    expect(refusals(again.when('amend-facts', { facts: { 'service-may-change': 'no' } }))).toEqual(['already-so']);
    // Also of one that was agreed to before that was asked, and is to be decided anew.
    const before = later.following(pathwayAsking()).decidedVariation({ ...decided, decidedOn: later.today, inForceFrom: later.today }, 'decisionMaker');
    expect(refusals(before.when('amend-facts', { facts: { 'service-may-change': 'no' } }))).toEqual([]);
  });

  test('where it may, people were consulted on it since it was proposed, for as long as its process asks', () => {
    const consulting = (scene: Scene, closesOn: string) => scene.did('open-consultation', { consultation: id(510), proposal: 'Fewer evenings', reasons: 'Money', options: ['Fewer mornings'], opensOn: scene.today, closesOn });
    const heard = (scene: Scene, on: string) => (['formative', 'reasons', 'time', 'considered'] as const)
      .reduce((one, rule) => one.did('answer-for-consultation', { consultation: id(510), rule, words: 'x' }), scene.on(on))
      .did('consider-consultation', { consultation: id(510), responses: 40, summary: 'x', on });
    const may = saying(tested(less), 'yes');
    expect(asked(may)).toMatchObject(open({ what: 'a consultation', by: 'open-consultation' }));
    expect(asked(heard(consulting(may, '2026-06-10'), '2026-06-11'))).toMatchObject(open({ what: expect.stringContaining('a consultation of 28 days or more') as unknown as string, by: 'open-consultation' }));
    expect(refusals(asked(heard(consulting(may, '2026-06-28'), '2026-06-29')))).toEqual([]);
    const before = heard(consulting(under, '2026-06-28'), '2026-06-29');
    expect(asked(saying(tested(less, before), 'yes'))).toMatchObject(open({ what: 'a consultation', by: 'open-consultation' }));
  });

  test('it is not asked of more money or time, of what is refused or has not started, nor of one person’s placement', () => {
    for (const to of [{ is: 'value', value: gbp('95000.00') }, longer.to] as const) expect(refusals(asked(tested(to)))).toEqual([]);
    expect(refusals(tested(less).whenDecidingVariation({ ...decided, outcome: 'refused' }, 'decisionMaker'))).toEqual([]);
    expect(refusals(asked(tested(less).following(pathwayAsking())))).toEqual([]);
    const placed = Scene.empty.following(pathways.find('placement')!).byRoute(light)
      .did('take-over-agreement', { ...taking, title: 'Placement 1', kind: 'placement', pathway: { id: 'placement' }, route: { id: light.id }, facts: { 'contract-period': period } });
    expect(refusals(asked(tested({ is: 'terms' }, placed)))).toEqual([]);
  });
});

describe('a variation', () => {
  const another = (startsOn: string, endsOn: string) => ({ ...longer, to: { is: 'period', startsOn, endsOn } }) as const;

  test('moves the start, or ends what was awarded sooner; a correction does neither', () => {
    const later = carriedOut(signed.alongRoute(routes.find('pa2023-light-touch')!), another('2025-06-01', '2026-09-30'), 'light-touch');
    expect(later.agreement.facts['contract-period']?.value).toEqual({ startsOn: '2025-06-01', endsOn: '2026-09-30' });
    expect(refusals(signed.when('amend-facts', { facts: { 'contract-period': { startsOn: '2025-06-01', endsOn: '2026-09-30' } } }))).toEqual(['facts.fixed-by-award']);
  });

  test('is of another period, which ends after it starts, and of a value in the same currency', () => {
    expect(refusals(signed.when('propose-variation', another(period.startsOn, period.endsOn)))).toEqual(['variation.same-period']);
    expect(refusals(signed.when('propose-variation', another('2026-01-01', '2025-01-01')))).toEqual(['delivery.period-reversed']);
    expect(refusals(signed.when('propose-variation', { ...longer, to: { is: 'value', value: { amount: '100000.00', currency: 'EUR' } } }))).toEqual(['variation.other-currency']);
  });

  test('moves what was awarded: before that the fact is amended', () => {
    expect(refusals(inDesign.when('propose-variation', { ...longer, to: { is: 'value', value: gbp('1.00') } }))).toEqual(['variation.not-awarded']);
  });

  test('of a value in another currency than pounds keeps no limit in pounds', () => {
    const euros = Scene.empty.did('take-over-agreement', { ...taking, value: { amount: '100000.00', currency: 'EUR' } }).alongRoute(routes.find('psr-most-suitable-provider')!);
    const to = (amount: string) => ({ ...longer, to: { is: 'value', value: { amount, currency: 'EUR' } } }) as const;
    expect([to('124999.99'), to('125000.00')].map((body) => euros.did('propose-variation', body).did('test-modification', test13).agreement.variations[0]?.test?.lacks.length)).toEqual([0, 1]);
  });
});

describe('what was awarded', () => {
  const worth = (amount: string) => ({ ...longer, to: { is: 'value', value: gbp(amount) } }) as const;
  const lacks = (scene: Scene, amount: string) => scene.alongRoute(routes.find('psr-most-suitable-provider')!).did('propose-variation', worth(amount)).did('test-modification', test13).agreement.variations[0]?.test?.lacks.length;

  test('keeps its value and its period: a correction names the command that changes them', () => {
    expect(signed.when('amend-facts', { facts: { value: gbp('900000.00'), 'contract-period': { ...period, endsOn: '2030-03-31' }, place: 'Leith' } })).toMatchObject({
      refused: [{ code: 'facts.fixed-by-award', missing: [{ what: 'value', by: 'propose-variation' }, { what: 'contract-period', by: 'propose-variation' }] }],
    });
    expect(refusals(signed.when('amend-facts', { facts: { value: gbp('100000.00'), place: 'Leith' } }))).toEqual([]);
  });

  test('is what was awarded, and not what it was thought to cost before', () => {
    const awarded = inDesign.did('amend-facts', { facts: { value: gbp('4000000.00') } }).given(['concordat.agreement.awarded.v1', { provider, value: gbp('2000000.00') }]);
    expect([lacks(awarded, '2499999.99'), lacks(awarded, '2500000.00')]).toEqual([0, 1]);
    expect(refusals(awarded.when('amend-facts', { facts: { value: gbp('9.00') } }))).toEqual(['facts.fixed-by-award']);
    const again = awarded.did('return-to-stage', { stage: 'mandate', reason: 'The notice was wrong.' });
    expect(refusals(again.when('amend-facts', { facts: { value: gbp('9.00') } }))).toEqual([]);
  });

  test('of an agreement that is taken over is completed once, and then keeps', () => {
    const completed = takenOver.did('amend-facts', { facts: { value: gbp('2000000.00'), 'contract-period': period } });
    expect(refusals(completed.when('amend-facts', { facts: { value: gbp('2100000.00') } }))).toEqual(['facts.fixed-by-award']);
    expect([lacks(completed, '2499999.99'), lacks(completed, '2500000.00')]).toEqual([0, 1]);
    const dearer = completed.alongRoute(routes.find('pa2023-light-touch')!).did('propose-variation', { ...worth('2400000.00'), variation: id(381) }).did('test-modification', { ...test13, variation: id(381), ground: 'light-touch' })
      .decidedVariation({ ...decided, variation: id(381), inForceFrom: '2026-06-01' }, 'decisionMaker').did('carry-out-variation', { variation: id(381) });
    expect(dearer.alongRoute(routes.find('psr-most-suitable-provider')!).did('propose-variation', worth('2500000.00')).did('test-modification', test13).agreement.variations[1]?.test?.lacks).toHaveLength(1);
  });
});

describe('what the organisation provides itself', () => {
  const standard = pathways.find('standard')!;
  const own = (stage: string) => Scene.empty.following(standard).byRoute(routes.find('in-house')!)
    .did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'in-house' }, raises: [], stage, from: taking.from, value: gbp('9000000.00'), facts: { 'contract-period': period } });
  const amending = (scene: Scene) => refusals(scene.when('amend-facts', { facts: { value: gbp('9000.00'), 'contract-period': { ...period, endsOn: '2026-06-02' } } }));
  const cheaper = { ...longer, to: { is: 'value', value: gbp('9000.00') } } as const;

  test('changes by a variation alone once it was decided on, as what is awarded does', () => {
    for (const stage of ['mobilisation', 'delivery']) expect([stage, amending(own(stage))]).toEqual([stage, ['facts.fixed-by-award']]);
    for (const stage of ['sourcing', 'award']) expect([stage, amending(own(stage))]).toEqual([stage, []]);
    expect(refusals(own('award').when('propose-variation', cheaper))).toEqual(['variation.not-awarded']);
    expect(refusals(own('delivery').when('propose-variation', { ...longer, to: { is: 'period', ...period, endsOn: '2026-06-02' } }))).toEqual(['variation.ends-service', 'variation.end-undecided']);
  });

  test('keeps that also where it went back while it ran', () => {
    expect(amending(own('delivery').did('return-to-stage', { stage: 'sourcing', reason: 'Look again' }))).toEqual(['facts.fixed-by-award']);
  });

  test('is asked no less once it runs, however little it is worth by then', () => {
    const less = carriedOut(own('delivery').did('amend-facts', { facts: { 'service-may-change': 'no' } }), cheaper, 'own-service').agreement;
    expect([less.facts.value?.value, less.tier]).toEqual([gbp('9000.00'), 'major']);
  });
});

describe('what people must be asked again follows from what changes', () => {
  const given = signed.alongRoute(routes.find('pa2023-light-touch')!).did('amend-facts', { facts: { specification: { reference: 'DMS/1', title: 'Specification' } } })
    .given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), said('c2', ada, panel), ...theme('meals', 'c2'), answered('meals'));
  const evenings = { is: 'specification', specification: { reference: 'DMS/2', title: 'Specification without evenings' } } as const;
  const proposing = (to: VariationTo, touches: readonly string[] = []) => given.did('propose-variation', { ...longer, to, touches }).did('test-modification', { ...test13, ground: 'light-touch' });
  const agreeing = (scene: Scene) => scene.whenDecidingVariation(decided, 'decisionMaker');
  const asked = (scene: Scene) => { const decision = agreeing(scene); return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : []; };
  const both = ['those who gave “travel”, asked again or told', 'those who gave “meals”, asked again or told'];

  test.each<[string, VariationTo]>([
    ['another specification', evenings],
    ['less money', { is: 'value', value: gbp('90000.00') }],
    ['an earlier end', { is: 'period', startsOn: period.startsOn, endsOn: '2026-12-31' }],
    ['other terms', { is: 'terms' }],
    ['a later start', { is: 'period', startsOn: '2025-05-01', endsOn: period.endsOn }],
  ])('%s touches all that was adopted', (_, to) => {
    expect(asked(proposing(to))).toEqual(both);
  });

  test.each<[string, VariationTo]>([
    ['more time', longer.to],
    ['more money', { is: 'value', value: gbp('110000.00') }],
    ['an earlier start', { is: 'period', startsOn: '2025-03-01', endsOn: period.endsOn }],
  ])('%s takes nothing from anybody, and touches what is named', (_, to) => {
    expect(asked(proposing(to))).toEqual([]);
    expect(asked(proposing(to, ['meals']))).toEqual(both.slice(1));
  });

  test('it is answered by asking them, or by saying why not; of what was named as touched nobody says that', () => {
    const proposed = proposing(evenings, ['meals']);
    const notAsked = (themes: readonly string[]) => ({ variation, themes, why: 'The bus is not in the specification.' });
    expect(refusals(proposed.when('record-not-asked-again', notAsked(['travel', 'meals'])))).toEqual(['variation.touches-it']);
    expect(refusals(proposed.when('record-not-asked-again', notAsked(['visits'])))).toEqual(['variation.does-not-touch']);
    const said = proposed.did('record-not-asked-again', notAsked(['travel']));
    const stillAsked = (scene: Scene) => toAskAgain(scene.agreement, scene.agreement.variations.at(-1)!);
    expect(stillAsked(said)).toEqual(['meals']);
    expect(refusals(said.when('record-not-asked-again', notAsked(['travel'])))).toEqual(['already-so']);
    expect(stillAsked(said.did('record-asked-again', { variation, theme: 'meals', activity: panel, said: 'Twice a week is enough.' }))).toEqual([]);
  });

  test('it is answered before anything changes: what is adopted after the decision is asked of, too', () => {
    const agreed = proposing(evenings).did('record-not-asked-again', { variation, themes: ['travel', 'meals'], why: 'Neither is in it.' }).decidedVariation({ ...decided, inForceFrom: '2026-06-01', notAsked: ['travel', 'meals'] }, 'decisionMaker');
    const later = agreed.given(said('c3', ada, panel), ...theme('visits', 'c3'), answered('visits'));
    expect(later.when('carry-out-variation', { variation })).toMatchObject({ refused: [{ code: 'variation.questions-open', missing: [{ what: 'those who gave “visits”, asked again or told', by: 'record-asked-again' }] }] });
    expect(agreed.did('carry-out-variation', { variation }).agreement.facts.specification?.value.title).toBe('Specification without evenings');
  });

  test('of what nobody is asked again whoever agrees to it has read why: they name each, and nothing is added after them', () => {
    const waived = proposing(evenings).did('record-not-asked-again', { variation, themes: ['travel', 'meals'], why: 'Neither is in it.' });
    const naming = (notAsked: readonly string[], outcome: 'agreed' | 'refused' = 'agreed') => waived.whenDecidingVariation({ ...decided, inForceFrom: '2026-06-01', outcome, notAsked }, 'decisionMaker');
    expect(naming(['travel'])).toMatchObject({ refused: [{ code: 'variation.not-asked-unread', missing: [{ what: 'notAsked: “meals” (meals), because: Neither is in it.', suppliedBy: 'decision-maker', by: 'decide-variation' }] }] });
    expect([refusals(naming([])), refusals(naming([], 'refused'))]).toEqual([['variation.not-asked-unread'], []]);
    expect(naming(['meals', 'travel'])).toMatchObject({ accepted: [{ data: { notAsked: ['meals', 'travel'] } }, {}] });
    const later = waived.decidedVariation({ ...decided, inForceFrom: '2026-06-01', notAsked: ['meals', 'travel'] }, 'decisionMaker').given(said('c3', ada, panel), ...theme('visits', 'c3'), answered('visits'));
    expect(later.when('record-not-asked-again', { variation, themes: ['visits'], why: 'x' })).toMatchObject({ refused: [{ code: 'variation.decided-without', missing: [{ what: 'visits', by: 'record-asked-again' }] }] });
    expect(refusals(later.when('record-asked-again', { variation, theme: 'visits', activity: panel, said: 'x' }))).toEqual([]);
  });

  test('no correction goes around it: what people were told of changes by a variation once it is awarded', () => {
    expect(given.when('amend-facts', { facts: { specification: { reference: 'DMS/2', title: 'Another' } } })).toMatchObject({ refused: [{ code: 'facts.fixed-by-award', missing: [{ what: 'specification', by: 'propose-variation' }] }] });
  });
});

describe('the first question, what people must be asked again', () => {
  const given = psr.given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), said('c2', ada, panel), ...theme('meals', 'c2'));
  const touching = { ...longer, touches: ['travel'] };
  const proposed = given.did('propose-variation', touching).did('test-modification', test13);
  const agreeing = (scene: Scene) => scene.whenDecidingVariation(decided, 'decisionMaker');
  const again = { variation, theme: 'travel', activity: panel, said: 'They still want the same carer.' };

  test('is of what was adopted: a variation touches nothing that was not', () => {
    expect(given.when('propose-variation', { ...longer, touches: ['travel', 'meals'] })).toMatchObject({ refused: [{ code: 'variation.nothing-adopted', missing: [{ what: 'meals' }] }] });
  });

  test('is open until those who gave it are asked again, and the regime’s test stands beside it', () => {
    const neither = given.did('propose-variation', touching);
    expect(agreeing(neither)).toMatchObject({ refused: [{ code: 'variation.questions-open', missing: [{ what: 'those who gave “travel”, asked again or told', by: 'record-asked-again' }, { by: 'test-modification' }] }] });
    expect(agreeing(proposed)).toMatchObject({ refused: [{ missing: [{ by: 'record-asked-again' }] }] });
    expect(refusals(agreeing(proposed.did('record-asked-again', again)))).toEqual([]);
    expect(refusals(proposed.did('record-asked-again', again).when('record-asked-again', again))).toEqual(['already-so']);
  });

  test('or until it is undone, which its authors are told of', () => {
    expect(refusals(agreeing(proposed.did('reverse-answer', { theme: 'travel', reasons: 'The new terms leave no room for it.' })))).toEqual([]);
  });

  test('is answered by people who came, about what it touches', () => {
    const empty = proposed.given(held(survey));
    expect(refusals(empty.when('record-asked-again', { ...again, theme: 'meals', activity: survey }))).toEqual(['variation.does-not-touch', 'variation.nobody-asked']);
    expect(refusals(proposed.given(voided(panel)).when('record-asked-again', again))).toEqual(['variation.nobody-asked']);
  });

  test('is answered by those who gave it: some of them came, or were invited', () => {
    const others = proposed.given(held(survey), came(survey, ben));
    const elsewhere = { ...again, activity: survey };
    expect(others.when('record-asked-again', elsewhere)).toMatchObject({
      refused: [{ code: 'variation.others-asked', missing: [{ what: 'some of those who gave “travel”', suppliedBy: 'facilitator', by: 'invite-participant' }] }],
    });
    expect(refusals(others.given(came(survey, ada)).when('record-asked-again', elsewhere))).toEqual([]);
    expect(refusals(others.given(['concordat.agreement.participant-invited.v1', { invitation: id(120), activity: survey, participant: ada, askedOn: '2026-06-01', answerBy: '2026-06-30' }]).when('record-asked-again', elsewhere))).toEqual([]);
  });

  test('is not answered by an activity that was over before there was anything to ask', () => {
    const later = given.on('2026-06-10').did('propose-variation', touching);
    expect(later.when('record-asked-again', again)).toMatchObject({
      refused: [{ code: 'variation.asked-before', missing: [{ what: 'an activity in which people took part on 2026-06-10 or later', suppliedBy: 'facilitator', by: 'record-attendance' }] }],
    });
    expect(refusals(later.did('record-attendance', { activity: panel, participants: [ada], on: '2026-06-10' }).when('record-asked-again', again))).toEqual([]);
  });

  test('is not asked of a variation that is refused', () => {
    expect(refusals(proposed.whenDecidingVariation({ ...decided, outcome: 'refused' }, 'decisionMaker'))).toEqual([]);
  });
});
