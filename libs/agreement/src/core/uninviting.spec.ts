import { describe, expect, test } from '@jest/globals';
import { inDesign, opened, otherProvider, people, provider, refusals, type Scene } from './given.js';
import { awarded, decided, gbp, proposed } from './given-lots.js';
import { twins } from './given-statements.js';

const because = { provider: otherProvider, reason: 'Another company of that name was meant.' };
const invite = (scene: Scene) => scene.did('invite-provider', { provider }).did('invite-provider', { provider: otherProvider });
const parties = (scene: Scene) => scene.agreement.award.parties;
/** Its third stage awards, so that the sourcing is under way from the second on. */
const late = (scene: Scene): Scene => scene.following({ ...scene.pathway, stages: scene.pathway.stages.map((stage, at) => (at === 2 ? { ...stage, gate: { preliminary: false, conditions: [{ code: 'provider.accepted' as const, tiers: { small: {}, standard: {}, major: {} } }] } } : stage)) });
const early = invite(late(opened));
const underWay = invite(late(inDesign));

describe('a provider who was invited by mistake', () => {
  test('is invited no more by one person before the sourcing is under way, and may be invited again', () => {
    const out = early.did('uninvite-provider', because);
    expect(parties(out)).toEqual({ [provider]: 'invited' });
    expect(parties(out.did('invite-provider', { provider: otherProvider }))).toEqual({ [provider]: 'invited', [otherProvider]: 'invited' });
  });

  test('is thrown out of a sourcing that is under way by nobody alone', () => {
    const asked = underWay.did('uninvite-provider', because);
    expect([parties(asked)[otherProvider], asked.agreement.award.uninviting]).toEqual(['invited', { [otherProvider]: { reason: because.reason, everyId: [people.commissioner] } }]);
    expect(asked.when('uninvite-provider', because)).toMatchObject({ refused: [{ code: 'uninvite.one-word', missing: [{ what: 'someone other than the one who asked for it' }] }] });
    // Nor by one person under two ids.
    expect(refusals(twins(asked, 'commissioner', 'colleague').when('uninvite-provider', because, 'colleague'))).toEqual(['uninvite.one-word']);
    const out = asked.did('uninvite-provider', because, 'colleague');
    expect([parties(out), out.agreement.award.uninviting]).toEqual([{ [provider]: 'invited' }, {}]);
    // Of another bidder nothing was asked.
    expect(parties(asked.did('uninvite-provider', { ...because, provider }, 'colleague'))).toMatchObject({ [provider]: 'invited' });
    // Nor is it where the agreement went back to before it.
    expect(parties(underWay.did('return-to-stage', { stage: 'mandate', reason: 'x' }).did('uninvite-provider', because))[otherProvider]).toBe('invited');
  });

  test('provides it so far as before, where they did', () => {
    const soFar = late(opened).given(['concordat.agreement.incumbent-recorded.v1', { provider: otherProvider }]).did('invite-provider', { provider: otherProvider });
    const out = soFar.did('uninvite-provider', because);
    expect(parties(out)).toEqual({ [otherProvider]: 'incumbent' });
    expect(refusals(out.when('uninvite-provider', because))).toEqual(['uninvite.not-invited']);
  });

  test('is one who is invited, and is neither proposed nor decided on', () => {
    expect(refusals(early.did('uninvite-provider', because).when('uninvite-provider', because))).toEqual(['uninvite.not-invited']);
    expect(refusals(awarded.when('uninvite-provider', { ...because, provider }))).toEqual(['uninvite.not-invited']);
    expect(proposed.when('uninvite-provider', because)).toMatchObject({ refused: [{ code: 'uninvite.proposed', missing: [{ by: 'propose-lots' }] }] });
    const one = underWay.did('propose-award', { provider, value: gbp('9000.00') });
    expect(one.when('uninvite-provider', { ...because, provider })).toMatchObject({ refused: [{ code: 'uninvite.proposed', missing: [{ by: 'propose-award' }] }] });
    expect(refusals(one.when('uninvite-provider', because))).toEqual([]);
    // Whoever bid in vain hears of it, and may challenge it.
    expect(decided(one).when('uninvite-provider', because)).toMatchObject({ refused: [{ code: 'uninvite.decided', missing: [{ by: 'return-to-stage' }] }] });
  });
});
