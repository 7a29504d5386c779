import { type Actor, type RoleGrant, takingPartRoles } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { initialAgreement as nothing } from './agreement.js';
import { everythingSaid } from './contribution.js';
import { deliverySeen } from './delivery-view.js';
import { type Happening, id, inDesign, otherProvider, people, provider, refusals, type Scene, type Who } from './given.js';
import { ada, answered, ben, came, held, panel as evenings, said, theme } from './given-involvement.js';
import { type BearerGroup, noLevels } from './risk.js';
import { seenByPeople } from './seen-by-people.js';
import { isReadBy, partsToRead, readsAnyOf, type Sight, sightOf, stagesForParties, withinSight } from './sight.js';
import type { Voice } from './statement.js';

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

test('to a party a gate is open or shut, however it was judged and whatever the agreement was thought to be worth', () => {
  const gates = ['opened', 'opened-with-conditions', 'refused', 'shut'] as const;
  const stages = Object.fromEntries(gates.map((gate) => [gate, { ...inDesign.agreement.stages['design']!, gate }]));
  expect(Object.values(stagesForParties(stages)).map(({ gate }) => gate)).toEqual(['opened', 'opened', 'shut', 'shut']);
  expect(inDesign.agreement.stages['mandate']?.tier).toBe('standard');
  expect(Object.values(stagesForParties(inDesign.agreement.stages)).map((passage) => 'tier' in passage)).toEqual([false, false]);
});

test('whoever was not awarded it acts in it no more', () => {
  const declaring = (scene: typeof invited) => refusals(scene.when('declare-no-conflict', { person: people.otherSignatory, role: 'provider-signatory' }, 'otherSignatory'));
  expect(declaring(invited)).toEqual([]);
  expect(declaring(awarded)).toEqual(['right.missing']);
});

test('a bidder asks for no sign-off and withdraws none, nor learns how those of the house stand; whoever provides may', () => {
  const asked = (scene: typeof invited, who: 'signatory' | 'otherSignatory') => refusals(scene.when('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'finance' }, who));
  const waits = invited.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' });
  expect([asked(invited, 'otherSignatory'), asked(waits, 'otherSignatory'), refusals(waits.when('withdraw-sign-off', { signOff: id(50), reason: 'x' }, 'otherSignatory'))]).toEqual([['right.missing'], ['right.missing'], ['right.missing']]);
  expect([asked(awarded, 'signatory'), asked(awarded, 'otherSignatory')]).toEqual([[], ['right.missing']]);
});

describe('what whoever acts for a party chooses from', () => {
  const { agreement } = awarded;
  const delivering = {
    ...agreement,
    award: { ...agreement.award, parties: { [provider]: 'provider', [otherProvider]: 'provider' } },
    delivery: { obligations: [{ obligation: 'a', provider }, { obligation: 'b', provider: otherProvider }], agreedBy: { a: people.commissioner }, withdrawn: [], cycles: [] },
    qualityVisits: [{ visit: 'a', provider }, { visit: 'b', provider: otherProvider }],
    reviews: { meetings: [{ meeting: 'm' }], actions: [{ action: 'a', provider }, { action: 'b', provider: null }] },
    outcomes: [{ outcome: 'o', title: 'Fewer falls', links: [{ link: 'l' }], views: { users: { people: 12 }, provider: [{ provider, people: 3 }, { provider: otherProvider, people: 4 }] } }],
    variations: [{ variation: 'v', offer: null }],
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
    expect(within(provider)).toMatchObject({ reviews: { meetings: [], actions: [{ action: 'a' }] }, signOffs: [{ id: 't' }], statements: [{ id: 'y' }], outcomes: [{ title: 'Fewer falls', links: [], views: { provider: [{ provider, people: 3 }] } }] });
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

describe('what people who take part see of an agreement', () => {
  const byRole = (...grants: readonly RoleGrant[]): Actor => ({ kind: 'person', person: people.representative, scopes: 'all', grants });
  const sees = (scene: Scene, ...grants: readonly RoleGrant[]) => sightOf(byRole(...grants), scene.agreement, today);
  const asPeople = (forOthers: boolean) => ({ sees: 'people', person: people.representative, forOthers });
  const carried = (risk: string, bearer: BearerGroup): Happening => [
    'concordat.agreement.risk-raised.v1',
    { risk, title: risk, domain: 'service', bearers: [bearer], owner: people.commissioner, levels: noLevels, reviewOn: null, on: today, scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } },
  ];
  const sought = (statement: string, group: BearerGroup, of: Voice, ...risks: string[]): Happening => [
    'concordat.agreement.statement-sought.v1', { statement, group, of, form: 'easy-read', advocacyOffered: true, stage: 'design', risks, askedOn: today },
  ];
  const spoke = (statement: string, spokenBy: string, by: Who): Happening => ['concordat.agreement.statement-recorded.v1', { statement, view: 'content', spokenBy, words: { subject: spokenBy, sealed: 'b64' } }, by];
  const convened: Happening = ['concordat.agreement.risk-panel-convened.v1', { panel: 'p', chair: people.colleague, members: [{ of: 'service-users', member: people.representative }], on: today }];
  const busy = invited
    .given(held(evenings), came(evenings, ada, ben), said('c1', ada, evenings), ...theme('travel', 'c1'), answered('travel'))
    .given(carried('burden', 'carers'), carried('money', 'provider'), carried('alone', 'service-users'))
    .given(sought(id(81), 'carers', 'carer-led-body', 'burden'), sought(id(82), 'provider', 'provider', 'money'), sought(id(83), 'service-users', 'user-led-body', 'alone'))
    .given(['concordat.agreement.award-proposed.v1', { provider, value, stage: 'design', content: inDesign.agreement.content }])
    .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' })
    .did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'equality' }, 'representative');
  const within = (forOthers: boolean, scene: Scene = busy) => withinSight(scene.agreement, { sees: 'people', person: people.representative, forOthers }, byRole());

  test('is less than all with these roles alone, and all with a role of the house beside', () => {
    expect(takingPartRoles.map((role) => sees(busy, { role }))).toEqual([asPeople(false), asPeople(true), asPeople(true)]);
    expect([sees(busy, { role: 'participant' }, { role: 'facilitator' }), sees(busy, { role: 'participant' }, { role: 'elected-member' })]).toEqual([{ sees: 'all' }, { sees: 'all' }]);
    expect([sees(busy, { role: 'participant', agreements: [id(9)] }), sees(busy, { role: 'participant', until: '2026-05-31' })]).toEqual([undefined, undefined]);
  });

  test('is that of the party for whoever acts for one too, while it is not over for it', () => {
    const both = [{ role: 'advocate' }, { role: 'provider-signatory', provider: otherProvider }] as const;
    expect([sees(busy, ...both), sees(awarded, ...both)]).toEqual([{ sees: 'party', provider: otherProvider, role: 'invited', until: null }, asPeople(true)]);
  });

  test('is all of it for whoever sits in a shared-risk panel, until the panel has advised or the agreement is over', () => {
    const advised: Happening = ['concordat.agreement.panel-advice-recorded.v1', { advice: 'a', panel: 'p', risks: ['alone'], says: 'Two at night.', inFavour: 1, against: 0, dissent: '', on: today }];
    const sitting = busy.given(convened);
    expect([sees(sitting, { role: 'representative' }), sees(sitting.given(advised), { role: 'representative' }), sees(sitting.given(['concordat.agreement.cancelled.v1', { reason: 'No money' }]), { role: 'representative' })]).toEqual([{ sees: 'all' }, asPeople(true), asPeople(true)]);
  });

  test('is what was asked and what was excused, the statements asked of people and those they gave, and no other', () => {
    const told = seenByPeople(busy.agreement, people.representative);
    expect(told.asked.activities).toMatchObject([{ activity: evenings, right: 'advise', closesOn: '2026-06-30' }]);
    expect(told.statements).toMatchObject([{ statement: id(81), risks: [{ risk: 'burden' }] }, { statement: id(83), risks: [{ risk: 'alone' }] }]);
    const answers = busy.given(spoke(id(81), people.representative, 'representative'), spoke(id(83), ada, 'commissioner'));
    expect(seenByPeople(answers.agreement, people.representative).statements).toMatchObject([{ statement: id(81), view: 'content' }]);
    expect(told.signOffs).toEqual([{ signOff: id(51), kind: 'approval', discipline: 'equality', answer: 'awaited' }]);
  });

  test('and names nobody: no pseudonym, nobody of the staff, no provider who bids, and nothing of what is proposed', () => {
    const told = JSON.stringify(seenByPeople(busy.agreement, people.representative));
    expect([ada, ben, people.commissioner, people.colleague, provider, otherProvider, value.amount, id(50), 'money'].filter((one) => told.includes(one))).toEqual([]);
  });

  test('is what they choose from: a risk they speak on, their own request, and no award, party, delivery or fact of the organisation’s own', () => {
    const { risk, statements, signOffs, award, decision, evaluation, kpis, facts, conflicts, dissents } = within(true);
    expect([risk.map((one) => one.id), statements.map((one) => one.id), signOffs.map((one) => one.id)]).toEqual([['burden', 'alone'], [id(81), id(83)], [id(51)]]);
    expect({ award, decision, evaluation, kpis, conflicts, dissents }).toEqual({ award: nothing.award, decision: nothing.decision, evaluation: nothing.evaluation, kpis: nothing.kpis, conflicts: [], dissents: nothing.dissents });
    expect(Object.keys(facts).filter((name) => !['title', 'reference', 'place', 'contract-period', 'affected-groups'].includes(name))).toEqual([]);
  });

  test('and only whoever speaks for those who take part chooses them, and what they said, by pseudonym', () => {
    const known = (scene: ReturnType<typeof within>) => [scene.involvement.activities.flatMap(({ attended }) => attended).length, everythingSaid(scene).length, scene.contributions.themes.length, scene.contributions.concerns.length];
    expect([known(within(true)), known(within(false))]).toEqual([[2, 1, 1, 0], [0, 0, 0, 0]]);
    expect(JSON.stringify(within(false))).not.toContain(ada);
  });
});

test('of what is delivered whoever delivers it sees its own, the house all, and people who take part nothing', () => {
  const delivering = { ...awarded.agreement, delivery: { ...awarded.agreement.delivery, obligations: [], cycles: [] } };
  const seenBy = (sight: Sight) => deliverySeen(delivering, today, sight)?.managed;
  expect([seenBy({ sees: 'people', person: people.representative, forOthers: true }), seenBy({ sees: 'party', provider, role: 'provider', until: null }), typeof seenBy({ sees: 'all' })]).toEqual([undefined, null, 'object']);
});
