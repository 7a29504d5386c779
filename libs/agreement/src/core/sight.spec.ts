import type { Actor } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { initialAgreement as nothing } from './agreement.js';
import { id, inDesign, otherProvider, people, provider, refusals } from './given.js';
import { isReadBy, partsToRead, readsAnyOf, sightOf, stagesForParties, withinSight } from './sight.js';

const today = '2026-06-01';
const acting = (...of: readonly string[]): Actor => ({ kind: 'person', person: people.signatory, scopes: 'all', grants: of.map((provider) => ({ role: 'provider-signatory', provider })) });
const value = { amount: '9000.00', currency: 'GBP' };

const invited = inDesign.did('invite-provider', { provider }).did('invite-provider', { provider: otherProvider });
const awarded = invited.given(['concordat.agreement.awarded.v1', { provider, value }]).did('request-gate', { stage: 'design' });
const seen = (scene: typeof invited, ...of: readonly string[]) => sightOf(acting(...of), scene.agreement, today);

describe('what a party sees of an agreement', () => {
  test('is where it stands, for each that is one; what is another’s is not there', () => {
    expect(seen(inDesign, provider)).toBeUndefined();
    expect(seen(invited, otherProvider)).toEqual({ sees: 'party', provider: otherProvider, role: 'invited', until: null });
    expect(sightOf({ kind: 'person', person: people.commissioner, scopes: 'all', grants: [{ role: 'commissioner' }] }, invited.agreement, today)).toEqual({ sees: 'all' });
  });

  test('ends with the award for whoever did not get it, an incumbent as whoever bid, and not for whoever did', () => {
    const version = awarded.agreement.award.left[otherProvider];
    expect(seen(awarded, otherProvider)).toEqual({ sees: 'party', provider: otherProvider, role: 'invited', until: version });
    expect(seen(awarded, provider)).toEqual({ sees: 'party', provider, role: 'provider', until: null });
    const soFar = inDesign.did('invite-provider', { provider }).given(['concordat.agreement.incumbent-recorded.v1', { provider: otherProvider }], ['concordat.agreement.awarded.v1', { provider, value }]);
    expect(seen(soFar, otherProvider)).toMatchObject({ role: 'incumbent', until: soFar.agreement.award.left[otherProvider] });
    const lots = invited.given(['concordat.agreement.lots-awarded.v1', { lots: [], stage: 'design', providers: [otherProvider] }]);
    expect(lots.agreement.award.left).toEqual({ [provider]: expect.any(Number) });
  });

  test('is that of the party that sees most, where somebody acts for several', () => {
    expect(seen(awarded, otherProvider, provider)).toMatchObject({ provider, until: null });
    const other = invited.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value }]).did('request-gate', { stage: 'design' });
    expect(seen(other, otherProvider, provider)).toMatchObject({ provider: otherProvider, until: null });
  });

  test('goes on where the award falls and they are invited again', () => {
    const back = awarded.did('return-to-stage', { stage: 'mandate', reason: 'The marks were wrong.' });
    expect([back.agreement.award.left, seen(back, otherProvider)]).toEqual([{}, { sees: 'party', provider: otherProvider, role: 'invited', until: null }]);
  });

  test('is by its role: an incumbent reads neither drafts of the specification nor an offer, and whoever delivers alone what is delivered', () => {
    const read = (role: 'incumbent' | 'invited' | 'provider') => partsToRead.filter((part) => isReadBy(part, role));
    expect([read('incumbent'), read('invited'), read('provider')]).toEqual([[], ['specification', 'offer'], partsToRead]);
  });
});

test('of the facts a party reads what it is called and where and when it is, whoever bids or provides the specification too, and nobody the organisation’s own', () => {
  for (const fact of ['title', 'reference', 'place', 'contract-period']) expect([fact, readsAnyOf({ [fact]: 'x' }, 'incumbent')]).toEqual([fact, true]);
  expect([readsAnyOf({ specification: { reference: 'x', title: 'x' } }, 'incumbent'), readsAnyOf({ specification: { reference: 'x', title: 'x' } }, 'invited')]).toEqual([false, true]);
  expect([readsAnyOf({ value }, 'provider'), readsAnyOf({ value, title: 'x' }, 'provider')]).toEqual([false, true]);
});

test('to a party a gate is open or shut, however it was judged', () => {
  const gates = ['opened', 'opened-with-conditions', 'refused', 'shut'] as const;
  const stages = Object.fromEntries(gates.map((gate) => [gate, { ...inDesign.agreement.stages['design']!, gate }]));
  expect(Object.values(stagesForParties(stages)).map(({ gate }) => gate)).toEqual(['opened', 'opened', 'shut', 'shut']);
  expect(stagesForParties(inDesign.agreement.stages)).toEqual(inDesign.agreement.stages);
});

test('whoever was not awarded it acts in it no more', () => {
  const asking = (scene: typeof invited) => refusals(scene.when('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'otherSignatory'));
  expect(asking(invited)).toEqual([]);
  expect(asking(awarded)).toEqual(['right.missing']);
});

describe('what whoever acts for a party chooses from', () => {
  const { agreement } = awarded;
  const delivering = {
    ...agreement,
    award: { ...agreement.award, parties: { [provider]: 'provider', [otherProvider]: 'provider' } },
    delivery: { obligations: [{ obligation: 'a', provider }, { obligation: 'b', provider: otherProvider }], cycles: [] },
    qualityVisits: [{ visit: 'a', provider }, { visit: 'b', provider: otherProvider }],
    reviews: { meetings: [{ meeting: 'm' }], actions: [{ action: 'a', provider }, { action: 'b', provider: null }] },
    outcomes: [{ outcome: 'o', title: 'Fewer falls', links: [{ link: 'l' }], views: { users: { people: 12 }, provider: { people: 3 } } }],
    variations: [{ variation: 'v' }],
    waivers: [{ id: 'w' }],
    signOffs: [{ id: 's', of: null }, { id: 't', of: 'provider' }],
    statements: [{ id: 'x', group: 'service-users' }, { id: 'y', group: 'provider-staff' }],
    conflicts: [{ person: people.commissioner }, { person: people.signatory }],
  } as unknown as typeof agreement;
  const within = (party: string) => withinSight(delivering, { sees: 'party', provider: party, role: 'provider', until: null }, acting(party));

  test('is its own: what it owes, was asked and said, and no other party beside it', () => {
    expect(within(otherProvider)).toMatchObject({
      award: { parties: { [otherProvider]: 'provider' } }, delivery: { obligations: [{ obligation: 'b' }] }, qualityVisits: [{ visit: 'b' }], reviews: { meetings: [], actions: [] }, signOffs: [], conflicts: [{ person: people.signatory }],
    });
    expect(within(provider)).toMatchObject({ reviews: { meetings: [], actions: [{ action: 'a' }] }, signOffs: [{ id: 't' }], statements: [{ id: 'y' }], outcomes: [{ title: 'Fewer falls', links: [], views: { provider: { people: 3 } } }] });
  });

  test('and nothing of what the organisation keeps to itself, nor of what is delivered where it was only invited', () => {
    const { involvement, contributions, risk, waivers, variations, dissents } = within(provider);
    expect({ involvement, contributions, risk, waivers, variations, dissents }).toEqual({ involvement: nothing.involvement, contributions: nothing.contributions, risk: nothing.risk, waivers: [], variations: [], dissents: nothing.dissents });
    const bidding = withinSight(delivering, { sees: 'party', provider, role: 'invited', until: null }, acting(provider));
    expect([bidding.delivery.obligations, bidding.qualityVisits, bidding.outcomes, bidding.title]).toEqual([[], [], [], agreement.title]);
  });

  test('is all of it for the organisation’s own people', () => {
    expect(withinSight(delivering, { sees: 'all' }, acting(provider))).toBe(delivering);
  });
});
