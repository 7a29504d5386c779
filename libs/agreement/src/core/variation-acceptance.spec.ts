import { describe, expect, test } from '@jest/globals';
import type { Agreement } from './agreement.js';
import { id, otherProvider, provider, refusals, Scene } from './given.js';
import { decided, gbp, longer, period, psr, taking, test13, variation } from './given-variation.js';
import { deliveryView } from './delivery-view.js';
import { withinSight } from './sight.js';
import { stillToAccept } from './variation-acceptance.js';
import { variationVersion } from './variation-paper.js';
import type { VariationTo } from './variation-to.js';

const tested = (scene: Scene, to: VariationTo = longer.to) => scene.did('propose-variation', { ...longer, to }).did('test-modification', test13);
const now = { ...decided, inForceFrom: '2026-06-01' } as const;
/** Agreed to, and accepted by nobody yet. */
const agreed = (scene: Scene, to?: VariationTo) => tested(scene, to).agreedToVary(now, 'decisionMaker');
const offered = agreed(psr);
const offer = ({ agreement }: Scene) => agreement.variations[0]?.offer ?? null;
const accepting = (scene: Scene, who: 'signatory' | 'otherSignatory' | 'commissioner' = 'signatory', versionRead = offer(scene)?.version ?? '') => scene.when('accept-variation', { variation, versionRead }, who);
const carrying = (scene: Scene) => scene.when('carry-out-variation', { variation });
const asked = (...providers: readonly string[]) => ({ refused: [{ code: 'variation.not-accepted', missing: providers.map((one) => ({ what: `acceptance by provider-${one}`, suppliedBy: 'provider-signatory', by: 'accept-variation' })) }] });

describe('a change of a contract binds nobody who did not accept it', () => {
  test('what was agreed to is carried out once whoever provides accepted it', () => {
    expect(carrying(offered)).toMatchObject(asked(provider));
    expect(offered.agreement.facts['contract-period']?.value.endsOn).toBe(period.endsOn);
    const accepted = offered.acceptedVariation(variation);
    expect(offer(accepted)?.accepted).toEqual([{ provider, by: expect.any(String) }]);
    expect(accepted.did('carry-out-variation', { variation }).agreement.facts['contract-period']?.value.endsOn).toBe(longer.to.endsOn);
    expect(refusals(accepting(accepted))).toEqual(['already-so']);
  });

  test('nor is anybody bound who never answers: whoever decides gives up what is not accepted, and what is superseded waits for nobody', () => {
    const again = (outcome: 'agreed' | 'refused', scene = offered) => scene.when('decide-variation', { ...now, variation, outcome, versionRead: variationVersion(scene.agreement, scene.agreement.variations[0]!, scene.context().sha256) } as never, 'decisionMaker');
    expect([refusals(again('agreed')), refusals(again('refused')), refusals(again('refused', offered.acceptedVariation(variation)))]).toEqual([['already-so'], [], ['already-so']]);
    const changed = { ...offered.agreement, facts: { ...offered.agreement.facts, 'contract-period': { ...offered.agreement.facts['contract-period']!, value: { ...period, endsOn: '2027-12-31' } } } } as Agreement;
    expect([stillToAccept(offered.agreement, offered.agreement.variations[0]!), stillToAccept(changed, changed.variations[0]!)]).toEqual([[provider], []]);
  });

  test('who reads what it changes, and no more of it', () => {
    const seen = (scene: Scene, party?: string) => deliveryView(scene.agreement, '2026-06-01', party).offered;
    const read = [{ variation, what: longer.what, to: longer.to, version: offer(offered)?.version }];
    expect([seen(offered, provider), seen(offered), seen(offered, otherProvider), seen(tested(psr), provider), seen(offered.acceptedVariation(variation), provider)]).toEqual([read, read, [], [], []]);
  });

  test('who chooses among what is offered to them, and sees nothing of how it came about', () => {
    const within = (scene: Scene, party: string) => withinSight(scene.agreement, { sees: 'party', provider: party, role: 'provider', until: null } as never, { kind: 'person', person: 'x', grants: [], scopes: 'all' }).variations;
    expect(within(offered, provider)).toMatchObject([{ variation, what: longer.what, to: longer.to, why: '', proposedBy: '', test: null, decided: null, offer: { accepted: [] } }]);
    expect([within(tested(psr), provider), within(offered, otherProvider), within(offered.acceptedVariation(variation), provider)]).toEqual([[], [], []]);
  });

  test('by a signatory of the very provider, who read what was offered', () => {
    expect(refusals(accepting(offered, 'commissioner'))).toEqual(['right.missing']);
    expect(refusals(accepting(offered, 'otherSignatory'))).toEqual(['right.missing']);
    expect(accepting(offered, 'signatory', 'f'.repeat(64))).toMatchObject({ refused: [{ code: 'variation.other-version', missing: [{ what: `version ${offer(offered)?.version}` }] }] });
    expect(offer(agreed(psr, { is: 'terms' }))?.version).not.toBe(offer(offered)?.version);
  });

  test('once it is offered: of what is proposed, or was refused, no provider finds out by trying', () => {
    const refused = tested(psr).agreedToVary({ ...now, outcome: 'refused' }, 'decisionMaker');
    for (const scene of [psr, tested(psr), refused]) expect(refusals(accepting(scene, 'signatory', 'f'.repeat(64)))).toEqual(['variation.not-offered']);
  });

  test('each of those who are parties to it, and no subcontractor of theirs', () => {
    const lot = { agreement: id(1), lot: 'A', title: 'A', lead: provider, members: [otherProvider], subcontractors: [id(99)], value: gbp('100000.00') };
    const together = offered.given(
      ['concordat.agreement.lots-proposed.v1', { lots: [lot], value: lot.value, stage: 'award', content: offered.agreement.content }],
      ['concordat.agreement.lots-awarded.v1', { lots: [lot], stage: 'award', providers: [provider, otherProvider, id(99)] }],
    );
    expect(carrying(together)).toMatchObject(asked(provider, otherProvider));
    const half = together.did('accept-variation', { variation, versionRead: offer(together)?.version ?? '' }, 'otherSignatory');
    expect(carrying(half)).toMatchObject(asked(provider));
    expect(refusals(carrying(half.acceptedVariation(variation)))).toEqual([]);
  });

  test('a second person reads it before it is offered', () => {
    const awaited = tested(psr).given(['concordat.agreement.variation-decided.v1', { ...now, weighed: 'x', version: null, identities: [], overlaps: ['approved it'], needsSecond: true }]);
    expect([offer(awaited), refusals(accepting(awaited, 'signatory', 'f'.repeat(64)))]).toEqual([null, ['variation.not-offered']]);
    expect(offer(awaited.did('second-variation', { variation }, 'outsider'))?.accepted).toEqual([]);
  });

  test('what is to be taken anew is offered anew', () => {
    const callIn = { is: 'open', until: '2026-06-08' } as const;
    const called = tested(psr).decidedVariation({ ...decided, callIn, inForceFrom: '2026-06-09' }, 'decisionMaker').did('call-in-decision', { decision: variation, reason: 'x', on: '2026-06-01' }, 'member')
      .did('conclude-call-in', { decision: variation, outcome: { is: 'taken-anew' }, on: '2026-06-01', reasons: 'x' }, 'outsider');
    expect(offer(called)).toBeNull();
    const anew = called.agreedToVary({ ...decided, callIn, inForceFrom: '2026-06-09' }, 'decisionMaker').on('2026-06-09');
    expect(carrying(anew)).toMatchObject(asked(provider));
  });

  test('what was agreed to before that was asked is carried out as it was agreed', () => {
    const before = tested(psr).given(['concordat.agreement.variation-decided.v1', { ...now, weighed: 'x', version: null, identities: [], overlaps: [], needsSecond: false }, 'decisionMaker']);
    expect(refusals(carrying(before))).toEqual([]);
  });

  test('nobody is asked where nobody provides it, nor of an end of which notice was given', () => {
    const { provider: _, ...alone } = taking;
    const nobody = Scene.empty.did('take-over-agreement', alone).byRoute(psr.route);
    expect(offer(agreed(nobody, { is: 'terms' }))).toBeNull();
    const dated = { amendedBy: 'x', amendedAt: '2026-03-30T09:00:00.000000Z', writtenBy: [], value: '2026-03-30' };
    const ended = psr.given(['concordat.agreement.linked-from.v1', { from: id(75), as: 'ends' }]).beside(id(75), { ...psr.agreement, id: id(75), decision: { inForceFrom: '2026-03-01', calledIn: null } as Agreement['decision'], facts: { 'notice-given': dated } });
    const sooner = { is: 'period', startsOn: period.startsOn, endsOn: '2026-12-31' } as const;
    expect([offer(agreed(ended, sooner)), offer(agreed(ended)) === null, offer(agreed(psr, sooner)) === null]).toEqual([null, false, false]);
    // Another start is no end.
    expect(offer(agreed(ended, { ...sooner, startsOn: '2025-05-01' }))).not.toBeNull();
  });

  test('once it is carried out nobody is asked any more', () => {
    const done = offered.acceptedVariation(variation).did('carry-out-variation', { variation });
    expect(stillToAccept(done.agreement, { ...done.agreement.variations[0]!, offer: { version: '', accepted: [] } })).toEqual([]);
  });
});
