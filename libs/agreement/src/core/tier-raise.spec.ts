import { expect, test } from '@jest/globals';
import { inDesign, opened, refusals, Scene } from './given.js';

const raise = { raises: ['ends-a-service'], reason: 'The old club closes with it.' } as const;
const worth = (amount: string) => ({ facts: { value: { amount, currency: 'GBP' } } });
const small = inDesign.did('amend-facts', worth('9000.00'));

test('what comes to light after it was opened asks more from then on: one tier up, for however many of them hold', () => {
  expect([small.agreement.tier, small.did('raise-tier', raise).agreement.tier]).toEqual(['small', 'standard']);
  const twice = small.did('raise-tier', raise).did('raise-tier', { raises: ['closed-setting', 'ends-a-service'], reason: 'x' });
  expect(twice.agreement).toMatchObject({ tier: 'standard', raises: ['ends-a-service', 'closed-setting'] });
  expect(inDesign.did('raise-tier', raise).agreement.tier).toBe('major');
});

test('it is as if it had been said at the opening, and a value mended later takes nothing of it back', () => {
  const said = Scene.empty.did('open-agreement', { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: ['ends-a-service'] });
  for (const amount of ['9000.00', '90000.00', '900000.00']) {
    expect(opened.did('raise-tier', raise).did('amend-facts', worth(amount)).agreement.tier).toBe(said.did('amend-facts', worth(amount)).agreement.tier);
  }
});

test('a gate asks what the tier now asks, and what was passed is not asked again', () => {
  const asked = { code: 'facts.present', parameters: { facts: ['eqia'] } } as const;
  const [mandate, design, delivery] = small.asking(asked).pathway.stages;
  const scene = small.following({ ...small.pathway, stages: [mandate!, { ...design!, gate: { preliminary: false, conditions: [{ code: 'facts.present', tiers: { standard: asked.parameters, major: asked.parameters } }] } }, delivery!] });
  expect(refusals(scene.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(refusals(scene.did('raise-tier', raise).when('request-gate', { stage: 'design' }))).toEqual(['facts.present']);
});

test('a service that is found to end is consulted on from then on', () => {
  const scene = small.asking({ code: 'consultation.considered', parameters: { whereServiceChanges: true, atLeastDays: 10 } });
  expect(refusals(scene.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(refusals(scene.did('raise-tier', raise).when('request-gate', { stage: 'design' }))).toEqual(['consultation.considered']);
});

test('it is said once, and by whoever edits the agreement', () => {
  const raised = small.did('raise-tier', raise);
  expect(refusals(raised.when('raise-tier', raise))).toEqual(['already-so']);
  expect(refusals(small.when('raise-tier', raise, 'approver'))).toEqual(['right.missing']);
});
