import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import { id, inDesign, provider, refusals, Scene } from './given.js';
import { ada, answered, came, held, panel, said, survey, theme, voided } from './given-involvement.js';

const variation = id(380);
const period = { startsOn: '2025-04-01', endsOn: '2027-03-31' };
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const taking = { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider } as const;
const takenOver = Scene.empty.did('take-over-agreement', taking);
const signed = Scene.empty.did('take-over-agreement', { ...taking, value: gbp('100000.00'), facts: { 'contract-period': period } });
const longer = { variation, what: 'One more year', why: 'It works', to: { is: 'longer', endsOn: '2028-03-31' }, touches: [] } as const;
const test13 = { variation, ground: 'not-different-in-character', sameCharacter: true, why: 'The same visits' };
const decided = { variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-03', reasons: 'It works' } as const;
const psr = signed.alongRoute(routes.find('psr-most-suitable-provider')!);

describe('an extension is a decision and never happens by itself', () => {
  test('it is decided by another than who proposed it, once the regime’s test is answered', () => {
    expect(refusals(psr.did('propose-variation', longer).when('decide-variation', decided))).toEqual(['variation.own-proposal', 'variation.questions-open']);
  });

  test('and carried out once the decision is in force', () => {
    const agreed = psr.did('propose-variation', longer).did('test-modification', test13).did('decide-variation', decided, 'decisionMaker');
    expect(refusals(agreed.when('carry-out-variation', { variation }))).toEqual(['variation.not-in-force']);
    expect(agreed.on('2026-06-03').did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe('2028-03-31');
  });
});

describe('under the Provider Selection Regime a value changes by under £500,000 or under 25 % (reg 13)', () => {
  const lacks = (amount: string, sameCharacter = true) =>
    psr.did('propose-variation', { ...longer, to: { is: 'value', value: gbp(amount) } }).did('test-modification', { ...test13, sameCharacter }).agreement.variations[0]?.test?.lacks.length;

  test('a change below one of them is permitted, one above both is not', () => {
    expect(lacks('599999.99')).toBe(0);
    expect(lacks('600000.00')).toBe(1);
  });

  test('changes add up: a second is held against the value that was awarded, not against what the first made of it', () => {
    const [first, second] = [id(381), id(382)];
    const worth = (one: string, amount: string) => ({ ...longer, variation: one, to: { is: 'value', value: gbp(amount) } }) as const;
    const once = psr.did('propose-variation', worth(first, '550000.00')).did('test-modification', { ...test13, variation: first })
      .did('decide-variation', { ...decided, variation: first }, 'decisionMaker').on('2026-06-03').did('carry-out-variation', { variation: first });
    expect(once.agreement.facts.value?.value.amount).toBe('550000.00');
    const twice = once.did('propose-variation', worth(second, '650000.00')).did('test-modification', { ...test13, variation: second });
    expect(twice.agreement.variations[1]?.test?.lacks).toHaveLength(1);
  });

  test('and nothing is permitted that makes it another contract', () => {
    expect(lacks('110000.00', false)).toBe(1);
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
    const dearer = completed.alongRoute({ modification: undefined }).did('propose-variation', { ...worth('2400000.00'), variation: id(381) })
      .did('decide-variation', { ...decided, variation: id(381), inForceFrom: '2026-06-01' }, 'decisionMaker').did('carry-out-variation', { variation: id(381) });
    expect(dearer.alongRoute(routes.find('psr-most-suitable-provider')!).did('propose-variation', worth('2500000.00')).did('test-modification', test13).agreement.variations[1]?.test?.lacks).toHaveLength(1);
  });
});

describe('the first question, what people must be asked again', () => {
  const given = psr.given(held(panel), came(panel, ada), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), said('c2', ada, panel), ...theme('meals', 'c2'));
  const touching = { ...longer, touches: ['travel'] };
  const proposed = given.did('propose-variation', touching).did('test-modification', test13);
  const agreeing = (scene: Scene) => scene.when('decide-variation', decided, 'decisionMaker');
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

  test('is not asked of a variation that is refused', () => {
    expect(refusals(proposed.when('decide-variation', { ...decided, outcome: 'refused' }, 'decisionMaker'))).toEqual([]);
  });
});
