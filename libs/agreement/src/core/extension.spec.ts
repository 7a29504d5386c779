import { describe, expect, test } from '@jest/globals';
import { pathways, routes } from '@concordat/pathway';
import { conditionsFor } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { conditions } from './conditions.js';
import { agreementId, id, otherProvider, provider, refusals, Scene } from './given.js';
import { ada, answered, ben, came, held, invited, panel, said, survey, theme } from './given-involvement.js';
import { toldOfNoReversal } from './reversal.js';
import type { VariationTo } from './variation-to.js';

const variation = id(380);
const period = { startsOn: '2025-04-01', endsOn: '2027-03-31' };
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const longer = { variation, what: 'One more year', why: 'It works', to: { is: 'longer', endsOn: '2028-03-31' }, touches: [] } as const;
const test13 = { variation, ground: 'not-different-in-character', confirmed: true, why: 'The same visits' };
const decided = { variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-03', reasons: 'It works' } as const;

describe('an agreement that extends or varies another', () => {
  const [earlier, other, third] = [id(70), id(71), id(72)];
  const extending = pathways.find('extend-or-vary')!;
  const route = routes.find('psr-direct-award-c')!;
  /** A million over two years, to the end of March 2027. */
  const runs = Scene.empty.following(pathways.find('standard')!).byRoute(route).did('take-over-agreement', {
    title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: route.id }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider,
    value: gbp('1000000.00'), facts: { 'contract-period': period },
  });
  const running = runs.agreement;
  const next = { startsOn: '2027-04-01', endsOn: '2028-03-31' };
  const begun = (facts: object = { value: gbp('240000.00'), 'contract-period': next }, beside: Agreement = running) =>
    Scene.empty.following(extending).byRoute(route).beside(earlier, { ...beside, id: earlier }).publishing(extending)
      .did('open-agreement', { title: 'One more year', kind: 'contract', pathway: { id: extending.id }, route: { id: route.id }, raises: [] })
      .did('amend-facts', { facts });
  const linked = (scene = begun()) => scene.did('link-agreement', { to: earlier, as: 'renews' });
  const asked = { ground: 'not-different-in-character', confirmed: true, why: 'The same visits' };
  const tested = (scene = linked(), changes: object = {}) => scene.did('test-modification', { ...asked, ...changes });
  const missing = (scene: Scene, code: 'varying.agreement-named' | 'modification.permitted') => conditions[code](scene.agreement, {}, scene.context()).map(({ what }) => what);
  const beyond = 'The value, together with what comes before, changes by no more than one of these allows: under £500,000; under 25 %.';

  test('names that one at its first gate, and answers the regime’s test of it before it is decided', () => {
    const gates = Object.fromEntries(extending.stages.map(({ id: stage, gate }) => [stage, gate.conditions.map(({ code }) => code)]));
    expect([gates['case']!.includes('varying.agreement-named'), gates['award']!.includes('modification.permitted')]).toEqual([true, true]);
    expect(missing(begun(), 'varying.agreement-named')).toEqual(['the agreement that is extended or varied']);
    expect(missing(linked(), 'varying.agreement-named')).toEqual([]);
    expect(missing(linked(), 'modification.permitted')).toEqual(['the PSR 2023 test of a modification']);
    expect(missing(tested(), 'modification.permitted')).toEqual([]);
    expect(begun().when('test-modification', asked)).toMatchObject({ refused: [{ code: 'variation.nothing-varied', missing: [{ by: 'link-agreement' }] }] });
    expect(refusals(linked().when('test-modification', { ...asked, ground: 'because' }))).toEqual(['variation.no-such-ground']);
  });

  test('is held against what that one was awarded at, with all that comes of it before this one begins', () => {
    const lacks = (value: string, contractPeriod: object = next) => missing(tested(linked(begun({ value: gbp(value), 'contract-period': contractPeriod }))), 'modification.permitted');
    expect([lacks('499999.99'), lacks('500000.00')]).toEqual([[], [beyond]]);
    // Begun a year before the other ends, it takes the place of the half of it, at what a day costs there.
    expect([lacks('999000.00', { startsOn: '2026-04-01', endsOn: '2028-03-31' }), lacks('1000000.00', { startsOn: '2026-04-01', endsOn: '2028-03-31' })]).toEqual([[], [beyond]]);
    const euros = tested(linked(begun({ value: { amount: '1.00', currency: 'EUR' }, 'contract-period': next })));
    expect(missing(euros, 'modification.permitted')).toEqual(['The value and length it was awarded at is on record: a limit is held against it.']);
  });

  test('and so is one that goes on from it, and a variation of either: all of it counts together', () => {
    const awarded = (scene: Scene) => scene.given(['concordat.agreement.provider-invited.v1', { provider }], ['concordat.agreement.awarded.v1', { provider, value: scene.agreement.facts.value!.value }]);
    const once = awarded(tested());
    const again = (value: string) => missing(tested(linked(begun({ value: gbp(value), 'contract-period': { startsOn: '2028-04-01', endsOn: '2029-03-31' } }, once.agreement))), 'modification.permitted');
    expect([again('259000.00'), again('260000.00')]).toEqual([[], [beyond]]);
    const varied = (amount: string) => once.did('propose-variation', { ...longer, to: { is: 'value', value: gbp(amount) } }).did('test-modification', test13).agreement.variations[0]?.test?.lacks;
    expect([varied('499000.00'), varied('500000.00')]).toEqual([[], ['The value changes by no more than one of these allows: under £500,000; under 25 %.']]);
  });

  test('is asked anew of what stands: a value that grew since is beyond, and what rested on the test is stale', () => {
    expect(missing(tested().did('amend-facts', { facts: { value: gbp('500000.00') } }), 'modification.permitted')).toEqual([beyond]);
    const before = tested();
    const after = before.did('test-modification', { ...asked, ground: 'provided-for', why: 'The option of the contract' });
    const changed = (['legal-procurement', 'decision', 'finance', 'award'] as const).map((subject) => before.agreement.content[subject] !== after.agreement.content[subject]);
    expect(changed).toEqual([true, true, false, false]);
    expect(missing(tested(linked(), { confirmed: false }), 'modification.permitted')).toEqual(route.modification.grounds[0]!.confirms);
  });

  test('leaves that one its value and period, also once it is awarded: they change here, and are counted together', () => {
    const one = (changes: Partial<Agreement> = {}) => runs.publishing(extending).given(['concordat.agreement.linked-from.v1', { from: third, as: 'renews' }]).beside(third, { ...linked().agreement, id: third, ...changes });
    const varying = (scene: Scene, to: VariationTo) => scene.when('propose-variation', { ...longer, to });
    const dearer = { is: 'value', value: gbp('1100000.00') } as const;
    expect(varying(one(), dearer)).toMatchObject({ refused: [{ code: 'variation.extended', missing: [{ what: `${third}, which goes on from it`, suppliedBy: 'contract-manager', by: 'propose-variation' }] }] });
    const others: readonly VariationTo[] = [longer.to, { is: 'period', startsOn: period.startsOn, endsOn: '2027-05-01' }, { is: 'terms' }, { is: 'specification', specification: { reference: 'DMS/2', title: 'x' } }];
    expect(others.map((to) => refusals(varying(one(), to)))).toEqual([['variation.extended'], ['variation.extended'], [], []]);
    expect(refusals(varying(one({ award: { ...linked().agreement.award, original: running.award.original } }), dearer))).toEqual(['variation.extended']);
    expect([refusals(varying(one({ lifecycle: 'cancelled' }), dearer)), refusals(varying(one({ pathway: { id: 'standard', version: 2 } }), dearer))]).toEqual([[], []]);
    const agreed = runs.did('propose-variation', { ...longer, to: dearer }).did('test-modification', test13).decidedVariation({ ...decided, inForceFrom: '2026-06-01' }, 'decisionMaker');
    expect(refusals(agreed.when('carry-out-variation', { variation }))).toEqual([]);
    const since = agreed.publishing(extending).given(['concordat.agreement.linked-from.v1', { from: third, as: 'renews' }]).beside(third, { ...linked().agreement, id: third });
    expect(refusals(since.when('carry-out-variation', { variation }))).toEqual(['variation.extended']);
  });

  test('is followed by another of that one once it is closed, which counts it too, and so does a change of value or period', () => {
    const awarded = tested().given(['concordat.agreement.provider-invited.v1', { provider }], ['concordat.agreement.awarded.v1', { provider, value: gbp('240000.00') }]).agreement;
    const first = (changes: Partial<Agreement>): Agreement => ({ ...awarded, id: third, ...changes });
    const extended: Agreement = { ...running, tree: { ...running.tree, links: [{ agreement: third, as: 'renewed-by', by: '', at: '' }] } };
    const again = (value: string, one: Agreement) => begun({ value: gbp(value), 'contract-period': { startsOn: '2028-04-01', endsOn: '2029-03-31' } }, extended).beside(third, one);
    const closed = first({ lifecycle: 'closed' });
    expect([refusals(again('1.00', first({})).when('link-agreement', { to: earlier, as: 'renews' })), refusals(again('1.00', closed).when('link-agreement', { to: earlier, as: 'renews' }))]).toEqual([['link.varied-already'], []]);
    const lacks = (value: string, one: Agreement) => missing(tested(linked(again(value, one))), 'modification.permitted');
    expect([lacks('259000.00', closed), lacks('260000.00', closed)]).toEqual([[], [beyond]]);
    // One that another extends in its turn is closed, and that one is not.
    const inTurn: Agreement = { ...closed, tree: { ...closed.tree, links: [...closed.tree.links, { agreement: other, as: 'renewed-by', by: '', at: '' }] } };
    expect(again('1.00', inTurn).beside(other, { ...awarded, id: other }).when('link-agreement', { to: earlier, as: 'renews' })).toMatchObject({ refused: [{ code: 'link.varied-already', missing: [{ what: other }] }] });
    const dearer = (one: Agreement) => runs.publishing(extending).given(['concordat.agreement.linked-from.v1', { from: third, as: 'renews' }]).beside(third, one).when('propose-variation', { ...longer, to: { is: 'value', value: gbp('1100000.00') } });
    expect(dearer(closed)).toMatchObject({ refused: [{ code: 'variation.extended', missing: [{ what: `another agreement that extends or varies this one, since ${third} is closed`, suppliedBy: 'commissioner', by: 'link-agreement' }] }] });
    expect(refusals(dearer({ ...closed, award: linked().agreement.award }))).toEqual([]);
  });

  test('goes on with whoever provides that one, whoever else is a party here', () => {
    const replaced = linked().given(['concordat.agreement.incumbent-recorded.v1', { provider: otherProvider }]);
    expect(refusals(replaced.when('invite-provider', { provider: otherProvider }))).toEqual(['award.nothing-varied']);
    const proposed = tested().given(['concordat.agreement.provider-invited.v1', { provider: otherProvider }]).did('propose-award', { provider: otherProvider, value: gbp('240000.00') });
    expect(missing(proposed, 'modification.permitted')).toEqual([`an award to whoever provides what is extended or varied, and not to provider-${otherProvider}`]);
  });

  test('extends one agreement, which was awarded by the same route and is under way, and which no other extends beside it', () => {
    const codes = (scene: Scene, to = earlier, as: 'renews' | 'replaces' | 'ends' = 'renews') => refusals(scene.when('link-agreement', { to, as }));
    const opened = Scene.empty.following(pathways.find('standard')!).byRoute(route).did('open-agreement', { title: 'New', kind: 'contract', pathway: { id: 'standard' }, route: { id: route.id }, raises: [] }).agreement;
    expect(codes(begun(undefined, opened))).toEqual(['link.nothing-varied']);
    for (const lifecycle of ['closed', 'split', 'transferred'] as const) expect([lifecycle, codes(begun(undefined, { ...running, lifecycle }))]).toEqual([lifecycle, ['link.nothing-varied']]);
    expect(codes(begun(undefined, { ...running, lifecycle: 'held' }))).toEqual([]);
    expect(codes(begun(undefined, { ...running, route: { id: 'psr-competitive', version: 1 } }))).toEqual(['link.other-route']);
    const two = linked().beside(other, { ...running, id: other });
    expect([codes(two, other), codes(two, other, 'replaces'), codes(begun().beside(other, { ...running, id: other }).did('link-agreement', { to: other, as: 'replaces' }))]).toEqual([['link.one-varied'], ['link.one-varied'], ['link.one-varied']]);
    const beside = (lifecycle: Agreement['lifecycle'], pathway: { id: string; version: number }) =>
      begun(undefined, { ...running, tree: { ...running.tree, links: [{ agreement: third, as: 'renewed-by', by: '', at: '' }] } }).beside(third, { ...opened, id: third, lifecycle, pathway });
    const on = { id: extending.id, version: extending.version };
    expect([codes(beside('open', on)), codes(beside('cancelled', on)), codes(beside('open', { id: 'standard', version: 2 }))]).toEqual([['link.varied-already'], [], []]);
  });

  describe('asks those again who gave what was adopted in that one', () => {
    const gave = runs.given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).agreement;
    const varied = linked(begun(undefined, gave));
    const toAsk = (scene: Scene) => conditions['varying.people-asked-again'](scene.agreement, {}, scene.context()).map(({ what, suppliedBy, by }) => `${what}: ${suppliedBy} by ${by}`);
    const owed = [`those who gave “${gave.contributions.themes[0]!.title}”, asked again, or that it is undone: facilitator by invite-participant`];
    const here = held(survey, { stage: 'people' });

    test('at every gate after the one that names it', () => {
      const asked = extending.stages.filter(({ id: stage }) => conditionsFor(extending, route, stage, 'small').some(({ code }) => code === 'varying.people-asked-again'));
      expect(asked.map(({ id: stage }) => stage)).toEqual(['people', 'award', 'close']);
      expect([varied.agreement.carried.map(({ id: one }) => one), varied.others[earlier]!.contributions.themes.map(({ goesOnIn }) => goesOnIn)]).toEqual([['travel'], [null]]);
      expect([toAsk(varied), toAsk(linked()), missing(varied, 'varying.agreement-named')]).toEqual([owed, [], []]);
    });

    test('who come or are invited since, themselves and nobody in their place', () => {
      expect(toAsk(varied.given(here, came(survey, ben)))).toEqual(owed);
      expect(toAsk(varied.given(here, ['concordat.agreement.attendance-recorded.v1', { activity: survey, participants: [ada], on: '2026-05-31' }]))).toEqual(owed);
      expect([toAsk(varied.given(here, came(survey, ada))), toAsk(varied.given(here, invited(survey, ada)))]).toEqual([[], []]);
    });

    test('or hear that it is undone; whoever was erased is asked nothing, and once it is awarded nobody is', () => {
      expect(toAsk(varied.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' }))).toEqual([]);
      expect(toAsk(varied.did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator'))).toEqual([]);
      expect(toAsk(varied.given(['concordat.agreement.provider-invited.v1', { provider }], ['concordat.agreement.awarded.v1', { provider, value: gbp('240000.00') }]))).toEqual([]);
    });

    test('of what is adopted there since, too, once it is carried on here; it stays there, with all that is promised', () => {
      const since = varied.inside(earlier).given(said('c2', ben, panel), ...theme('meals', 'c2'), answered('meals')).did('make-commitment', { commitment: id(95), what: 'A hot meal', by: '2026-12-01' }).inside(agreementId);
      const [meals] = since.others[earlier]!.contributions.themes.slice(-1);
      expect(toAsk(since)).toEqual([`“${meals!.title}”, adopted in what is extended or varied, to be asked of here, too: commissioner by carry-on`, ...owed]);
      const along = since.did('carry-on', { from: earlier });
      expect(toAsk(along)).toEqual([...owed, `those who gave “${meals!.title}”, asked again, or that it is undone: facilitator by invite-participant`]);
      expect([along.agreement.commitments, along.others[earlier]!.contributions.themes.map(({ goesOnIn }) => goesOnIn)]).toEqual([[], [null, null]]);
      expect(refusals(along.when('carry-on', { from: earlier }))).toEqual(['already-so']);
      // Once it is awarded it goes on in that one's place, with what is promised there.
      const awarded = along.given(['concordat.agreement.awarded.v1', { provider, value: gbp('240000.00') }]);
      expect([toAsk(awarded), awarded.did('carry-on', { from: earlier }).agreement.commitments.map(({ id: one }) => one)]).toEqual([[], [id(95)]]);
    });

    test('what is undone in either is undone in both, for it is the same service: who gave it is told once', () => {
      const undo = { theme: 'travel', reasons: 'The bus was cut.' };
      const reversed = ({ contributions: { themes }, carried }: Agreement) => [...themes, ...carried].map((one) => one.reversed?.toldIn);
      const untold = (...agreements: readonly Agreement[]) => agreements.map((one) => toldOfNoReversal(one).map(({ author }) => author));
      const here = varied.did('reverse-answer', undo);
      expect([reversed(here.agreement), reversed(here.others[earlier]!)]).toEqual([[null], [agreementId]]);
      expect(untold(here.agreement, here.others[earlier]!)).toEqual([[ada], []]);
      // Also in what varies that in turn.
      const inTurn = varied.beside(third, { ...varied.agreement, id: third, carried: varied.agreement.carried.map((one) => ({ ...one, from: agreementId })), tree: { ...varied.agreement.tree, links: [{ agreement: agreementId, as: 'renews', by: 'x', at: '' }] } })
        .given(['concordat.agreement.linked-from.v1', { from: third, as: 'renews' }]);
      const there = inTurn.inside(earlier).did('reverse-answer', undo);
      expect([there.agreement, there.others[agreementId]!, there.others[third]!].map(reversed)).toEqual([[null], [earlier], [earlier]]);
      expect(untold(there.agreement, there.others[agreementId]!, there.others[third]!)).toEqual([[ada], [], []]);
      expect(toAsk(there.inside(agreementId))).toEqual([]);
      // One that was given up, or took it along for good, keeps what it has.
      const given = (changes: Partial<Agreement>) => reversed(varied.inside(earlier).beside(agreementId, { ...varied.agreement, ...changes }).did('reverse-answer', undo).others[agreementId]!);
      expect([given({ lifecycle: 'cancelled' }), given({ carried: varied.agreement.carried.map((one) => ({ ...one, goesOnIn: earlier })) })]).toEqual([[undefined], [undefined]]);
    });

    test('what was carried on here before stays here where the link is undone: it stands in one of the two', () => {
      const took = begun(undefined, gave).given(['concordat.agreement.carried-on.v1', { from: earlier, themes: [{ theme: 'travel', title: 'Travel', changed: null, authors: [ada] }], commitments: [] }] as never);
      const left = took.beside(earlier, { ...gave, contributions: { ...gave.contributions, themes: gave.contributions.themes.map((one) => ({ ...one, goesOnIn: agreementId })) } });
      const undone = linked(left).did('unlink-agreement', { to: earlier, as: 'renews', reason: 'The wrong visits.' }, 'colleague');
      expect(undone.agreement.carried).toMatchObject([{ id: 'travel', goesOnIn: null }]);
    });

    test('and of nobody where the two were linked by mistake, until they are linked anew', () => {
      const undone = varied.did('unlink-agreement', { to: earlier, as: 'renews', reason: 'The wrong visits.' }, 'colleague');
      expect(undone.agreement.carried).toMatchObject([{ id: 'travel', goesOnIn: earlier }]);
      expect(toAsk(linked(undone))).toEqual(owed);
    });
  });

  test('keeps the route of its award until it is tested', () => {
    const elsewhere = linked().beside(earlier, { ...running, id: earlier, route: { id: 'psr-competitive', version: 1 } });
    expect(elsewhere.when('test-modification', asked)).toMatchObject({ refused: [{ code: 'variation.other-route', missing: [{ what: 'the route psr-competitive', by: 'choose-route' }] }] });
  });
});
