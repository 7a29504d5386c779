import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import { id, inDesign, refusals } from './given.js';

const variation = id(380);
const period = { startsOn: '2025-04-01', endsOn: '2027-03-31' };
const signed = inDesign.did('amend-facts', { facts: { value: { amount: '100000.00', currency: 'GBP' }, 'contract-period': period } });
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
    psr.did('propose-variation', { ...longer, to: { is: 'value', value: { amount, currency: 'GBP' } } }).did('test-modification', { ...test13, sameCharacter }).agreement.variations[0]?.test?.lacks.length;

  test('a change below one of them is permitted, one above both is not', () => {
    expect(lacks('599999.99')).toBe(0);
    expect(lacks('600000.00')).toBe(1);
  });

  test('changes add up: a second is held against what the contract was worth at first', () => {
    const [first, second] = [id(381), id(382)];
    const worth = (one: string, amount: string) => ({ ...longer, variation: one, to: { is: 'value', value: { amount, currency: 'GBP' } } }) as const;
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
