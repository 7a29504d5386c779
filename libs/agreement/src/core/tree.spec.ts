import { describe, expect, test } from '@jest/globals';
import { pathways } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import { agreementId, id, inEnding, opened, otherProvider, people, provider, refusals, Scene } from './given.js';
import { missingAt } from './given-involvement.js';
import { awarded, gbp, lot, tender, told } from './given-lots.js';

test('an agreement that is taken over with a provider is provided by it from its award on, and until then has it as the incumbent', () => {
  const standard = pathways.find('standard')!;
  const taken = (stage: string) => Scene.empty.following(standard)
    .did('take-over-agreement', { title: 'x', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], stage, from: { source: 'Contract register', reference: 'C-1' }, provider }, 'importer').agreement.award;
  expect(['needs', 'award', 'mobilisation', 'delivery'].map((stage) => [taken(stage).parties[provider], taken(stage).original === null])).toEqual([['incumbent', true], ['incumbent', true], ['provider', false], ['provider', false]]);
});

describe('a link', () => {
  const earlier = opened.beside(id(8), told.agreement).did('link-agreement', { to: id(8), as: 'renews' });

  test('stands in both agreements and moves neither', () => {
    expect(earlier.agreement.tree.links).toMatchObject([{ agreement: id(8), as: 'renews', by: people.commissioner }]);
    expect(earlier.others[id(8)]).toMatchObject({ stage: told.agreement.stage, tree: { links: [{ agreement: agreementId, as: 'renewed-by' }] } });
  });

  test('makes whoever provides the other so far the incumbent of this one, who bids for nothing until it is invited like any other', () => {
    expect(earlier.agreement.award.parties).toEqual({ [provider]: 'incumbent', [otherProvider]: 'incumbent' });
    expect(refusals(earlier.when('propose-award', { provider, value: gbp('9000.00') }))).toEqual(['award.not-invited']);
    expect(refusals(earlier.when('propose-lots', { lots: [lot(id(63), 'North', provider, '9000.00')] }))).toContain('award.not-invited');
    expect(earlier.did('invite-provider', { provider }).agreement.award.parties).toMatchObject({ [provider]: 'invited', [otherProvider]: 'incumbent' });
    const invited = opened.did('invite-provider', { provider }).beside(id(8), told.agreement).did('link-agreement', { to: id(8), as: 'replaces' });
    expect(invited.agreement.award.parties).toEqual({ [provider]: 'invited', [otherProvider]: 'incumbent' });
    // It may be the partner body that does it itself so far, and nobody is invited or provides it by a link.
    expect(refusals(earlier.when('record-partner', { partner: provider, title: 'x', identifier: null, may: 'see', basis: 'x', from: '2026-06-01', until: '2027-03-31', shares: [] }))).toEqual([]);
    expect(opened.beside(id(8), tender.agreement).did('link-agreement', { to: id(8), as: 'renews' }).agreement.award.parties).toEqual({});
    expect(awarded.beside(id(8), { ...told.agreement, award: { ...told.agreement.award, parties: { [id(4)]: 'provider' } } }).did('link-agreement', { to: id(8), as: 'renews' }).agreement.award.parties[id(4)]).toBeUndefined();
  });

  test('ends a service by a process for that alone', () => {
    const link = (pathway: Pathway) => opened.beside(id(8), told.agreement).following(pathway).when('link-agreement', { to: id(8), as: 'ends' });
    expect(pathways.all.filter((pathway) => !refusals(link(pathway)).includes('link.ends-nothing')).map((pathway) => pathway.id)).toEqual(['decommission', 'decommission']);
    expect(link(opened.pathway)).toMatchObject({ refused: [{ code: 'link.ends-nothing', missing: [{ what: 'an agreement on a process that ends services', suppliedBy: 'commissioner', by: 'open-agreement' }] }] });
  });

  test('says what ends before that is decided on: of what is named afterwards nobody decided', () => {
    const [club, kitchen] = [id(8), id(9)];
    const both = inEnding.beside(club, told.agreement).beside(kitchen, told.agreement).did('link-agreement', { to: club, as: 'ends' });
    const deciding = (scene: Scene, decision = id(60)) => scene.did(
      'record-decision',
      { decision, decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'Who goes where.', versionRead: scene.decisionVersion },
      'decisionMaker',
    );
    const decided = deciding(both);
    const gate = (scene: Scene) => missingAt(scene, 'decision.in-force', {}).map(({ what }) => what);
    const named = (scene: Scene) => scene.when('link-agreement', { to: kitchen, as: 'ends' });
    expect([gate(decided), gate(decided.did('link-agreement', { to: kitchen, as: 'ends' }))]).toEqual([[], ['the decision: stale, because what it rests on changed']]);
    const passed = decided.asking({ code: 'decision.in-force', parameters: {} }).did('request-gate', { stage: 'design' });
    // Also where that was decided on anew since.
    for (const one of [passed, deciding(passed, id(61)), deciding(deciding(passed, id(61)), id(62))]) {
      expect(named(one)).toMatchObject({ refused: [{ code: 'link.end-decided', missing: [{ what: 'the stage design or one before it', by: 'return-to-stage' }, { by: 'open-agreement' }] }] });
      expect(refusals(named(one.did('return-to-stage', { stage: 'design', reason: 'The kitchen, too.' })))).toEqual([]);
    }
  });

  test('leads to another agreement, once, in no circle, and renews what is of its kind and was not cancelled', () => {
    const link = (scene: Scene, to: string, as: 'renews' | 'replaces' | 'ends') => refusals(scene.when('link-agreement', { to, as }));
    expect([link(opened, agreementId, 'renews'), link(opened, id(97), 'renews')]).toEqual([['link.unknown'], ['link.unknown']]);
    expect(link(earlier, id(8), 'renews')).toEqual(['already-so']);
    expect(link(earlier.inside(id(8)), agreementId, 'replaces')).toEqual(['link.circle']);
    // However many stand between: this one renews the second, which replaced the third, which ended the fourth.
    const after = (one: number, as: 'renews' | 'replaces' | 'ends', to: string) => ({ ...opened.agreement, id: id(one), tree: { ...opened.agreement.tree, links: [{ agreement: id(99), as: 'renewed-by' as const, by: '', at: '' }, { agreement: to, as, by: '', at: '' }] } });
    const chain = opened.beside(id(8), after(8, 'replaces', id(9))).beside(id(9), after(9, 'ends', id(10))).beside(id(10), after(10, 'renews', agreementId));
    expect(chain.when('link-agreement', { to: id(8), as: 'renews' })).toMatchObject({ refused: [{ code: 'link.circle', missing: [{ what: `another agreement: this one is followed by it, through ${id(10)}, then ${id(9)}, then ${id(8)}` }] }] });
    expect(link(chain.beside(id(10), opened.agreement), id(8), 'renews')).toEqual([]);
    const grant = opened.beside(id(8), { ...opened.agreement, kind: 'grant', lifecycle: 'cancelled' });
    expect(link(grant, id(8), 'renews')).toEqual(['link.other-kind', 'link.cancelled']);
    expect(link(grant, id(8), 'replaces')).toEqual([]);
    expect(link(grant.following(inEnding.pathway), id(8), 'ends')).toEqual(['link.nothing-to-end']);
  });
});
