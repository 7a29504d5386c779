import { describe, expect, test } from '@jest/globals';
import { id, inDesign, opened, refusals, Scene } from './given.js';
import { north, split } from './given-lots.js';

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
  const scene = small.did('amend-facts', { facts: { 'service-may-change': 'no' } }).asking({ code: 'consultation.considered', parameters: { whereServiceChanges: true, atLeastDays: 10 } });
  expect(refusals(scene.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(refusals(scene.did('raise-tier', raise).when('request-gate', { stage: 'design' }))).toEqual(['consultation.considered']);
});

test('it is said once, and by whoever edits the agreement', () => {
  const raised = small.did('raise-tier', raise);
  expect(refusals(raised.when('raise-tier', raise))).toEqual(['already-so']);
  expect(refusals(small.when('raise-tier', raise, 'approver'))).toEqual(['right.missing']);
});

test('no gate is passed by an estimate that is mended afterwards: where a larger agreement is asked more, it goes back to the gate it passed as a smaller one', () => {
  const asked = { code: 'facts.present', parameters: { facts: ['eqia'] } } as const;
  const [mandate, design, delivery] = small.asking(asked).pathway.stages;
  const large = inDesign.did('amend-facts', worth('900000.00')).following({
    ...small.pathway,
    stages: [mandate!, { ...design!, gate: { preliminary: false, conditions: [{ code: 'facts.present', tiers: { standard: asked.parameters, major: asked.parameters } }] } }, delivery!],
  });
  expect(refusals(large.when('request-gate', { stage: 'design' }))).toEqual(['facts.present']);
  const passed = large.did('amend-facts', worth('9000.00')).did('request-gate', { stage: 'design' });
  expect(passed.agreement.stage).toBe('delivery');
  expect(passed.when('amend-facts', worth('900000.00'))).toMatchObject({
    refused: [{ code: 'tier.gates-asked-less', missing: [{ what: 'design', suppliedBy: 'commissioner', by: 'return-to-stage' }] }],
  });
  const back = passed.did('return-to-stage', { stage: 'design', reason: 'It is worth more.' }).did('amend-facts', worth('900000.00'));
  expect([back.agreement.tier, refusals(back.when('request-gate', { stage: 'design' }))]).toEqual(['major', ['facts.present']]);
  // What asks nothing more of what was passed needs no way back.
  expect(refusals(small.did('request-gate', { stage: 'design' }).when('amend-facts', worth('900000.00')))).toEqual([]);
});

test('what is large stays so in its parts, whatever version of its pathway they follow', () => {
  const part = split.inside(north);
  const next = { ...part.pathway, version: part.pathway.version + 1, tiers: { ...part.pathway.tiers, small: { ...part.pathway.tiers.small, upTo: 70_000 } } };
  expect(part.agreement).toMatchObject({ tier: 'standard', facts: { value: { value: { amount: '60000.00' } } } });
  expect(part.publishing(part.pathway, next).when('migrate-pathway', { pathway: { id: next.id, version: next.version } }, 'outsider')).toMatchObject({ accepted: [{ data: { tier: 'standard' } }] });
});

describe('what ends another counts as that one does, one tier up, whatever value is written on it', () => {
  const ended = id(8);
  const of = (scene: Scene) => ({ ...scene.agreement, id: ended });
  const worthOf = (amount: string) => opened.did('amend-facts', worth(amount));
  const tierOf = (scene: Scene) => scene.agreement.tier;
  const onAnEnding = (scene: Scene) => scene.following({ ...scene.pathway, raises: ['ends-a-service'] });
  const ending = (scene: Scene, what: Scene) => onAnEnding(scene).beside(ended, of(what)).did('link-agreement', { to: ended, as: 'ends' });

  test('from the day it is named on', () => {
    const large = ending(small, worthOf('20000000.00'));
    expect(large.agreement).toMatchObject({ tier: 'major', raises: ['ends-a-service'] });
    expect([ending(small, worthOf('90000.00')), ending(small, worthOf('9000.00')), ending(small, small.did('raise-tier', raise))].map(tierOf)).toEqual(['major', 'standard', 'standard']);
    expect(ending(small.did('raise-tier', raise), worthOf('90000.00')).agreement).toMatchObject({ tier: 'major', raises: ['ends-a-service'] });
    expect(ending(worthOf('20000000.00'), worthOf('9000.00')).agreement).toMatchObject({ tier: 'major', raises: [] });
    expect(tierOf(small.beside(ended, of(worthOf('90000.00'))).did('link-agreement', { to: ended, as: 'replaces' }))).toBe('small');
  });

  test('and a value mended later takes nothing of it back', () => {
    const large = ending(small, worthOf('90000.00'));
    expect(['1.00', '90000.00', '20000000.00'].map((amount) => tierOf(large.did('amend-facts', worth(amount))))).toEqual(['major', 'major', 'major']);
    const more = ending(small, worthOf('9000.00'));
    expect(tierOf(more.did('amend-facts', worth('20000000.00')).did('amend-facts', worth('1.00')))).toBe('standard');
    // What it ends came to count as more since: nothing that was passed is asked again for that.
    expect(tierOf(more.beside(ended, of(worthOf('20000000.00'))).did('amend-facts', worth('1.00')))).toBe('standard');
  });

  const asked = { facts: ['eqia'] } as const;
  const [mandate, ...later] = small.pathway.stages;
  const passed = opened.did('amend-facts', worth('9000.00')).following({ ...small.pathway, stages: [{ ...mandate!, gate: { preliminary: false, conditions: [{ code: 'facts.present', tiers: { major: asked } }] } }, ...later] }).did('request-gate', { stage: 'mandate' });

  test('and is named before gates that ask more of that', () => {
    const naming = (what: Scene) => onAnEnding(passed).beside(ended, of(what)).when('link-agreement', { to: ended, as: 'ends' });
    expect(naming(worthOf('90000.00'))).toMatchObject({ refused: [{ code: 'tier.gates-asked-less', missing: [{ what: 'mandate', by: 'return-to-stage' }] }] });
    expect(refusals(naming(worthOf('9000.00')))).toEqual([]);
  });

  test('what came to light of it later keeps no fact from being mended', () => {
    const twice = passed.did('amend-facts', worth('90000.00')).did('raise-tier', raise);
    expect([tierOf(twice), refusals(twice.when('amend-facts', { facts: { title: 'Another' } }))]).toEqual(['major', []]);
  });
});

describe('what was imported says nothing of what raises it', () => {
  const taking = (raises: readonly 'closed-setting'[] | null, pathway = opened.pathway) =>
    Scene.empty.following(pathway).did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, value: { amount: '9000.00', currency: 'GBP' }, raises, stage: 'design', from: { source: 'Find a Tender', reference: 'F-1' } }, 'importer');
  const imported = taking(null);
  const passes = (scene: Scene) => refusals(scene.when('request-gate', { stage: 'design' }));

  test('so its next gate asks, and whoever takes one over says it there', () => {
    expect(imported.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'tier.impact-said', missing: [{ suppliedBy: 'commissioner', by: 'raise-tier' }] }] });
    expect([passes(taking([])), passes(taking(['closed-setting'])), passes(small)]).toEqual([[], [], []]);
  });

  test('until somebody says that it goes up one tier, or that nothing raises it', () => {
    const none = imported.did('raise-tier', { raises: [], reason: 'The team knows it.' });
    expect([passes(none), none.agreement.tier, none.agreement.raises]).toEqual([[], 'small', []]);
    const up = imported.did('raise-tier', raise);
    expect([passes(up), up.agreement.tier, up.agreement.raises]).toEqual([[], 'standard', ['ends-a-service']]);
    expect([none, up, small].map((scene) => refusals(scene.when('raise-tier', { raises: [], reason: 'x' })))).toEqual([['already-so'], ['already-so'], ['already-so']]);
    expect(none.did('raise-tier', raise).agreement.tier).toBe('standard');
  });

  test('and on a process that raises it nothing is left to say', () => {
    expect(passes(taking(null, { ...opened.pathway, raises: ['ends-a-service'] }))).toEqual([]);
  });
});
