import { describe, expect, test } from '@jest/globals';
import { pathways } from '@concordat/pathway';
import { given, inDesign, opened, people, provider, refusals, Scene } from './given.js';

const value = (amount: string) => ({ amount, currency: 'GBP' });
const amended = { tier: 'standard', content: inDesign.agreement.content, material: [] } as const;

test('a fact that is amended is held with who wrote it', () => {
  const { agreement } = inDesign.did('amend-facts', { facts: { place: 'Leith', value: value('9000.00') } }, 'colleague');
  expect(agreement.facts.place).toMatchObject({ value: 'Leith', amendedBy: people.colleague });
});

test('only what changed is recorded', () => {
  const decision = given(['concordat.agreement.facts-amended.v1', { ...amended, facts: { place: 'Leith' } }]).when('amend-facts', {
    facts: { place: 'Leith', theme: 'food' },
  });
  expect(decision).toMatchObject({ accepted: [{ data: { facts: { theme: 'food' } } }] });
  expect(JSON.stringify(decision)).not.toContain('Leith');
});

test('facts that are held already are not amended', () => {
  const decision = given(['concordat.agreement.facts-amended.v1', { ...amended, facts: { value: value('1.00') } }]).when('amend-facts', {
    facts: { value: { currency: 'GBP', amount: '1.00' } },
  });
  expect(refusals(decision)).toEqual(['already-so']);
});

test('a material change names all that rests on it, a minor one names nothing', () => {
  expect(inDesign.when('amend-facts', { facts: { 'financial-envelope': { reference: 'E1', title: 'Envelope' } } })).toMatchObject({
    accepted: [{ data: { material: ['finance'] } }],
  });
  expect(inDesign.when('amend-facts', { facts: { title: 'Lunch clubs', description: 'Hot meals' } })).toMatchObject({ accepted: [{ data: { material: [] } }] });
});

test('a value mended after opening lifts the agreement into the tier that asks more', () => {
  const small = opened.did('amend-facts', { facts: { value: value('9000.00') } });
  expect(small.agreement.tier).toBe('small');
  expect(small.did('amend-facts', { facts: { value: value('900000.00') } }).agreement.tier).toBe('major');
});

describe('of a service that runs and that nobody is known to provide', () => {
  const period = { startsOn: '2025-04-01', endsOn: '2027-03-31' };
  const running = Scene.empty.following(pathways.find('standard')!).did('take-over-agreement', {
    title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, value: value('9000000.00'), facts: { 'contract-period': period },
  });
  const amending = (changes: Partial<typeof period>) => running.when('amend-facts', { facts: { 'contract-period': { ...period, ...changes } } });
  const needs = (code: string, what: string) => ({ refused: [{ code, missing: expect.arrayContaining([{ what: `contract-period: ${what}`, suppliedBy: 'commissioner', by: 'amend-facts' }]) }] });

  test('a slip in its period is mended, and nobody ends it from one day to the next or begins it anew', () => {
    expect(amending({ endsOn: '2026-08-31' })).toMatchObject(needs('facts.ends-service', 'endsOn: 2026-09-01 or later'));
    expect(amending({ startsOn: '2026-06-02' })).toMatchObject(needs('facts.moves-start', 'startsOn: 2026-06-01 or earlier'));
    for (const slip of [{ endsOn: '2026-09-01' }, { startsOn: '2026-06-01' }, { startsOn: '2024-04-01', endsOn: '2028-03-31' }]) expect([slip, refusals(amending(slip))]).toEqual([slip, []]);
  });

  test('a smaller value leaves what is asked of it, and what nobody knew is completed as it is', () => {
    expect(running.did('amend-facts', { facts: { value: value('9000.00') } }).agreement.tier).toBe('major');
    const unknown = Scene.empty.following(pathways.find('standard')!).did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, facts: { 'contract-period': period } });
    expect(unknown.did('amend-facts', { facts: { value: value('9000.00') } }).agreement.tier).toBe('small');
  });
});

test('every broken rule is named at once: who is not registered, a period reversed, a fact that a clock runs on', () => {
  const decision = inDesign.when('amend-facts', {
    facts: { lead: 'nobody', 'contract-period': { startsOn: '2027-01-01', endsOn: '2026-01-01' }, 'award-notice-published': '2026-06-01' },
  });
  expect(refusals(decision)).toEqual(['facts.recorded-elsewhere', 'person.unknown', 'facts.period-reversed']);
  expect(decision).toMatchObject({ refused: [{ missing: [{ by: 'publish-award-notice' }] }, { missing: [{ by: 'register-person' }] }, {}] });
});

test('a gate names every fact that is missing, and who supplies it by which command', () => {
  const decision = inDesign
    .asking({ code: 'facts.present', parameters: { facts: ['title', 'place', 'eqia', 'award-notice-published'] } })
    .when('request-gate', { stage: 'design' });
  expect(decision).toMatchObject({
    refused: [
      {
        code: 'facts.present',
        missing: [
          { what: 'place', suppliedBy: 'commissioner', by: 'amend-facts' },
          { what: 'eqia', by: 'amend-facts' },
          { what: 'award-notice-published', by: 'publish-award-notice' },
        ],
      },
    ],
  });
});

test('whoever leads it, gives its money or answers for its data is one of the house: nobody of a provider, under any id, and nobody who left', () => {
  for (const role of ['lead', 'sponsor', 'controller'] as const) {
    const naming = (scene: typeof inDesign, who: 'signatory' | 'colleague') => scene.when('amend-facts', { facts: { [role]: people[who] } });
    expect(naming(inDesign, 'signatory')).toMatchObject({ refused: [{ code: 'facts.not-of-the-house', missing: [{ what: role, suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
    expect(refusals(naming(inDesign.knowing('colleague', { identities: [{ person: people.signatory, provider }] }), 'colleague'))).toEqual(['facts.not-of-the-house']);
    expect(refusals(naming(inDesign.knowing('colleague', { disabled: true }), 'colleague'))).toEqual(['facts.not-of-the-house']);
    expect(refusals(naming(inDesign, 'colleague'))).toEqual([]);
  }
});
