import { describe, expect, test } from '@jest/globals';
import { agreementId, id, inEnding, opened, otherProvider, people, provider, refusals, type Scene } from './given.js';
import { gbp, told } from './given-lots.js';
import { twins } from './given-statements.js';

const earlier = id(8);
const undo = (as: 'renews' | 'replaces' | 'ends', to = earlier) => ({ to, as, reason: 'It was meant for the club in Leith.' });
const linked = opened.beside(earlier, told.agreement).did('link-agreement', { to: earlier, as: 'renews' });
const ending = inEnding.beside(earlier, told.agreement).did('link-agreement', { to: earlier, as: 'ends' });
const here = (scene: Scene) => scene.agreement.tree.links;
const there = (scene: Scene) => scene.others[earlier]!.tree.links;

describe('a link that was made by mistake', () => {
  test('is undone in both agreements by somebody else, with a reason, and leaves nothing but its history', () => {
    const undone = linked.did('unlink-agreement', undo('renews'), 'colleague');
    expect([here(undone), there(undone)]).toEqual([[], []]);
    expect(undone.agreement).toEqual({ ...opened.agreement, ...(({ id: _, ...rest }) => rest)({ id: '', award: undone.agreement.award }) });
    expect(undone.agreement.award.parties).toEqual({});
    expect(linked.when('unlink-agreement', undo('renews'), 'colleague')).toMatchObject({ accepted: [{ data: undo('renews') }, { data: { from: agreementId, as: 'renews', reason: undo('renews').reason } }, { data: { provider, becomes: null } }, { data: { provider: otherProvider } }] });
  });

  test('is undone by whoever made it while nothing came of it', () => {
    const barren = opened.beside(earlier, { ...told.agreement, award: opened.agreement.award }).did('link-agreement', { to: earlier, as: 'renews' });
    expect(refusals(barren.when('unlink-agreement', undo('renews')))).toEqual([]);
    expect(linked.when('unlink-agreement', undo('renews'))).toMatchObject({ refused: [{ code: 'link.own-undone', missing: [{ what: 'someone other than the one who linked it' }] }] });
    expect(refusals(ending.when('unlink-agreement', undo('ends')))).toEqual(['link.own-undone']);
    // Another may have ended sooner because what was awarded goes on from it.
    expect(refusals(barren.given(['concordat.agreement.awarded.v1', { provider, value: gbp('9000.00') }]).when('unlink-agreement', undo('renews')))).toEqual(['link.own-undone']);
    const along = barren.given(['concordat.agreement.carried-on.v1', { from: earlier, themes: [{ theme: id(98), title: 'Evenings', changed: null, authors: [] }], commitments: [] }]);
    expect(refusals(along.when('unlink-agreement', undo('renews')))).toEqual(['link.own-undone']);
    // Under another id it is still whoever made it.
    expect(refusals(twins(linked, 'commissioner', 'colleague').when('unlink-agreement', undo('renews'), 'colleague'))).toEqual(['link.own-undone']);
    expect(here(linked)).toMatchObject([{ by: people.commissioner }]);
  });

  test('is one that this agreement has', () => {
    expect(refusals(linked.when('unlink-agreement', undo('replaces'), 'colleague'))).toEqual(['link.not-there']);
    expect(refusals(linked.when('unlink-agreement', undo('renews', id(97)), 'colleague'))).toEqual(['link.unknown']);
    expect(refusals(linked.inside(earlier).when('unlink-agreement', undo('renews', agreementId), 'colleague'))).toEqual(['link.not-there']);
    const two = linked.did('link-agreement', { to: earlier, as: 'replaces' }).did('unlink-agreement', undo('replaces'), 'colleague');
    expect([here(two).map(({ as }) => as), there(two).map(({ as }) => as)]).toEqual([['renews'], ['renewed-by']]);
    // Whoever provides so far by the other link stays what they are.
    expect(two.agreement.award.parties).toEqual({ [provider]: 'incumbent', [otherProvider]: 'incumbent' });
  });

  test('leaves whoever was invited since, and whoever provided it before Concordat, what they are', () => {
    const invited = linked.did('invite-provider', { provider }).did('unlink-agreement', undo('renews'), 'colleague');
    expect(linked.did('invite-provider', { provider }).when('unlink-agreement', undo('renews'), 'colleague')).toMatchObject({ accepted: [{}, {}, { data: { provider, becomes: 'invited' } }, {}] });
    expect([invited.agreement.award.parties, invited.agreement.award.soFar]).toEqual([{ [provider]: 'invited' }, {}]);
    const before = opened.given(['concordat.agreement.incumbent-recorded.v1', { provider }]).beside(earlier, told.agreement).did('link-agreement', { to: earlier, as: 'replaces' });
    expect(before.did('unlink-agreement', undo('replaces'), 'colleague').agreement.award.parties).toEqual({ [provider]: 'incumbent' });
  });

  test('gives back what came with it to a service that does not end after all, and asks no more than without it', () => {
    const [theme] = told.agreement.contributions.themes;
    const { content } = inEnding.agreement;
    const ours = inEnding.given(
      ['concordat.agreement.tier-raised.v1', { raises: ['ends-a-service'], reason: 'It ends a service.', tier: 'standard' }],
      ['concordat.agreement.facts-amended.v1', { facts: { value: gbp('9000.00') }, tier: 'standard', content, material: [] }],
    );
    const raised = ours.beside(earlier, { ...told.agreement, tier: 'standard' }).did('link-agreement', { to: earlier, as: 'ends' });
    expect([raised.agreement.tier, raised.agreement.carried.map(({ id: one }) => one), raised.others[earlier]!.contributions.themes[0]!.goesOnIn]).toEqual(['major', [theme!.id], agreementId]);
    const undone = raised.did('unlink-agreement', undo('ends'), 'colleague');
    expect([undone.agreement.tier, undone.others[earlier]!.contributions.themes[0]!.goesOnIn]).toEqual(['standard', null]);
    expect(undone.others[earlier]!.commitments).toEqual(told.agreement.commitments);
  });

  test('stands while something rests on it: a gate that was passed on it, a notice, or what was undone because of it', () => {
    const asking = ending.asking({ code: 'ending.agreement-named', parameters: {} });
    const passed = asking.did('request-gate', { stage: 'design' });
    expect(passed.when('unlink-agreement', undo('ends'), 'colleague')).toMatchObject({ refused: [{ code: 'link.gate-passed', missing: [{ what: 'design', by: 'return-to-stage' }] }] });
    expect(refusals(passed.did('return-to-stage', { stage: 'design', reason: 'The wrong club.' }).when('unlink-agreement', undo('ends'), 'colleague'))).toEqual([]);
    // A gate that asks nothing of it was not passed on it.
    expect(refusals(ending.asking().did('request-gate', { stage: 'design' }).when('unlink-agreement', undo('ends'), 'colleague'))).toEqual([]);
    expect(refusals(ending.given(['concordat.agreement.facts-amended.v1', { facts: { 'notice-given': '2026-06-01' }, tier: ending.agreement.tier, content: ending.agreement.content, material: [] }]).when('unlink-agreement', undo('ends'), 'colleague'))).toEqual(['link.notice-given']);
    const [theme] = ending.agreement.carried;
    const reversed = ending.did('reverse-answer', { theme: theme!.id, reasons: 'It ends.' });
    expect(reversed.when('unlink-agreement', undo('ends'), 'colleague')).toMatchObject({ refused: [{ code: 'link.undone-since', missing: [{ what: `“${theme!.title}”, which was undone here`, by: 'cancel' }] }] });
    const [promise] = ending.agreement.commitments;
    expect(refusals(ending.did('break-commitment', { commitment: promise!.id, reasons: 'It ends.' }).when('unlink-agreement', undo('ends'), 'colleague'))).toEqual(['link.undone-since']);
  });
});
