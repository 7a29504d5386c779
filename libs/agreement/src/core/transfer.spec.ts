import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import { above } from './above.js';
import { type Agreement, initialAgreement } from './agreement.js';
import type { Arrival } from './arrival.js';
import { asItHappened, begins, goes, treeAround } from './bringing-over.js';
import { agreementStream } from './event.js';
import { hasBarringInterest } from './conflict.js';
import { evolve } from './evolve.js';
import { agreementId, id, opened, otherProvider, people, provider, refusals, Scene, successor, type Who } from './given.js';
import { ada } from './given-involvement.js';
import { gbp, north, split } from './given-lots.js';
import { offeredHere } from './given-moves.js';
import { knownToday } from './known-today.js';
import { toldOfNoReversal } from './reversal.js';
import { afterwardsOf, asNamedNow, type BroughtOver, decide, handedOver, heldBy, isSameProvider, type Offered, renamed } from './transfer.js';
import { asksAs } from './tree.js';
import { whyNotItsRecord, type RecordLine } from './transfer-proof.js';

const sha256 = (text: string): string => `sha256(${text})`;
const northshire = { tenant: id(502), slug: 'northshire', name: 'Northshire' };
const offering = { to: successor.slug, basis: 'The Order', on: '2026-06-01' };
const agreed = opened.did('offer-transfer', offering).did('agree-transfer', {}, 'colleague');
const here = Scene.empty;
const theirs: Offered = {
  ...offeredHere,
  people: [{ id: id(601), name: 'Ada Byron' }, { id: id(602), name: 'Ben Okri' }],
  providers: [{ id: id(701), name: 'Meals on Time', identifiers: [] }],
};
const everybody = { providers: [{ from: id(701), to: provider }], people: [{ from: id(601), is: 'comes-along', to: people.colleague }, { from: id(602), is: 'stays' }] } as const;
const reasons = (scene: Scene, name: 'offer-transfer' | 'agree-transfer' | 'withdraw-transfer' | 'accept-transfer' | 'hold' | 'propose-award', body: object, who: Who = 'commissioner') => refusals(scene.when(name, body as never, who));

describe('the offer', () => {
  test('names another organisation and a day to come, is made once at a time, and is agreed to by somebody else, under whichever id', () => {
    expect(reasons(opened, 'offer-transfer', { ...offering, on: '2026-05-31' })).toEqual(['transfer.day-past']);
    expect(reasons(agreed, 'offer-transfer', offering)).toEqual(['transfer.offered']);
    expect(reasons(opened, 'agree-transfer', {})).toEqual(['transfer.not-offered']);
    const offered = opened.did('offer-transfer', offering);
    expect(reasons(offered, 'agree-transfer', {})).toEqual(['transfer.own']);
    expect(reasons(offered.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), 'agree-transfer', {}, 'colleague')).toEqual(['transfer.own']);
    expect(reasons(agreed, 'agree-transfer', {}, 'colleague')).toEqual(['already-so']);
    // Where they turn out to be one person it waits for another, and does not go before.
    const found = agreed.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
    expect([reasons(found, 'agree-transfer', {}, 'colleague'), reasons(found.knowing('stranger', { grants: [{ grant: id(901), role: 'commissioner' }] }), 'agree-transfer', {}, 'stranger')]).toEqual([['transfer.own'], []]);
    expect([agreed, found].map((scene) => knownToday(scene.agreement, scene.persons).transfer.offer?.agreedBy)).toEqual([people.colleague, null]);
    expect(reasons(opened, 'withdraw-transfer', { reason: 'x' })).toEqual(['already-so']);
    expect(agreed.did('withdraw-transfer', { reason: 'x' }).agreement.transfer.offer).toBeNull();
  });

  test('is not made to nobody, nor to the organisation itself', () => {
    const offeredTo = (to: 'itself' | undefined) => refusals(decide['offer-transfer']({ agreement: opened.agreement, arrival: { is: 'none' }, others: {}, persons: {}, participants: {}, providers: {} }, { ...offering, name: 'offer-transfer', agreement: agreementId }, { ...opened.context(), successor: to }));
    expect([offeredTo(undefined), offeredTo('itself')]).toEqual([['transfer.successor-unknown'], ['transfer.successor-unknown']]);
  });

  test('says to whom it was agreed, and why it was withdrawn', () => {
    const offered = opened.did('offer-transfer', offering);
    expect(offered.when('agree-transfer', {}, 'colleague')).toMatchObject({ accepted: [{ data: { to: successor } }] });
    expect(agreed.when('withdraw-transfer', { reason: 'The order was laid again.' })).toMatchObject({ accepted: [{ data: { reason: 'The order was laid again.' } }] });
  });

  test('may be of a process of the organisation’s own, which comes along', () => {
    const own = { ...opened.agreement, pathway: { id: 'demo-council.lunch-club', version: 1 } };
    expect(reasons(opened.beside(id(8), own).inside(id(8)), 'offer-transfer', offering)).toEqual([]);
  });

  test('is not made to an organisation that it came from: its record ended there', () => {
    const came = [{ from: successor, basis: 'x', on: '2026-05-01', acceptedBy: people.commissioner, position: 1, hash: '', renames: [], owners: [] }];
    const returning = opened.beside(id(8), { ...opened.agreement, transfer: { ...opened.agreement.transfer, came } }).inside(id(8));
    expect(reasons(returning, 'offer-transfer', offering)).toEqual(['transfer.was-there']);
  });

  test('is not made of what was split: it stays and tells people what it owes them, while its contracts go one by one', () => {
    const offered = split.when('offer-transfer', offering);
    expect('refused' in offered && offered.refused).toMatchObject([{ code: 'transfer.in-a-tree', missing: [{ what: expect.stringContaining(north), by: 'offer-transfer' }, { by: 'offer-transfer' }] }]);
    expect(reasons(split.inside(north), 'offer-transfer', offering)).toEqual([]);
  });
});

describe('the acceptance', () => {
  test('is of what is offered and agreed to, from the day that was named, and once', () => {
    expect(reasons(here, 'accept-transfer', everybody)).toEqual(['transfer.not-offered']);
    const unagreed = { ...theirs, agreement: { ...theirs.agreement, transfer: { ...theirs.agreement.transfer, offer: { ...theirs.agreement.transfer.offer!, agreedBy: null } } } };
    expect(reasons(here.offering(unagreed), 'accept-transfer', everybody)).toEqual(['transfer.not-offered']);
    expect(reasons(here.offering(theirs).on('2026-05-31'), 'accept-transfer', everybody)).toEqual(['transfer.not-yet']);
    expect(reasons(here.offering(theirs).did('accept-transfer', everybody), 'accept-transfer', everybody)).toEqual(['already-so']);
  });

  test('says of every provider and person once who they are here, and all that is not said is refused at once, by name', () => {
    const refused = here.offering(theirs).when('accept-transfer', { providers: [], people: [{ from: id(602), is: 'stays' }, { from: id(602), is: 'comes-along', to: id(99) }, { from: id(98), is: 'stays' }] });
    expect('refused' in refused && refused.refused.map(({ code, missing }) => [code, missing.map(({ what }) => what)])).toEqual([
      ['transfer.provider-not-said', [`provider-${id(701)}: Meals on Time`]],
      ['transfer.person-not-said', [`person-${id(601)}: Ada Byron`]],
      ['transfer.not-in-the-record', [`nobody by the id ${id(98)}`]],
      ['transfer.said-twice', [id(602)]],
      ['person.unknown', [`person-${id(99)}`]],
    ]);
    const two = { ...theirs, providers: [...theirs.providers, { id: id(702), name: 'Meals on Time', identifiers: [] }] };
    expect(reasons(here.offering(two), 'accept-transfer', { ...everybody, providers: [...everybody.providers, { from: id(702), to: provider }] })).toEqual(['transfer.one-for-two']);
  });

  test('whoever comes along is one person there and here: two people do not become one, unless they are known to be', () => {
    const both = { ...everybody, people: [{ from: id(601), is: 'comes-along', to: people.colleague }, { from: id(602), is: 'comes-along', to: people.colleague }] } as const;
    expect(here.offering(theirs).when('accept-transfer', both)).toMatchObject({ refused: [{ code: 'transfer.one-person-for-two', missing: [{ what: `person-${id(602)}: Ben Okri` }] }] });
    const known = { ...theirs, agreement: { ...theirs.agreement, knownAs: { [id(602)]: { others: [id(601)], ofProvider: false, grants: [], absences: [] } } } };
    expect(reasons(here.offering(known), 'accept-transfer', both)).toEqual([]);
    expect(reasons(here.offering(theirs), 'accept-transfer', { ...both, people: [both.people[0], { from: id(602), is: 'hands-over', to: people.colleague }] })).toEqual([]);
  });

  test('a provider is the same by an identifier, and by its name where it stands in no register', () => {
    const registered = { name: 'Meals', identifiers: [{ scheme: 'GB-COH', id: '1' }] };
    expect(isSameProvider(registered, { name: 'Other', identifiers: [{ scheme: 'GB-CHC', id: '1' }, { scheme: 'GB-COH', id: '1' }] })).toBe(true);
    expect(isSameProvider(registered, { name: 'Meals', identifiers: [{ scheme: 'GB-COH', id: '2' }] })).toBe(false);
    expect(isSameProvider(registered, { name: 'Meals', identifiers: [] })).toBe(false);
    expect(isSameProvider({ name: 'Lunch  Club', identifiers: [] }, { name: ' lunch club', identifiers: [] })).toBe(true);
    expect(reasons(here.offering({ ...theirs, providers: [{ id: id(701), name: 'Another', identifiers: [] }] }), 'accept-transfer', everybody)).toEqual(['transfer.other-provider']);
  });

  test('of a provider needs one identifier in common of its own register, whichever others either has', () => {
    const registered = { name: 'Meals', identifiers: [{ scheme: 'GB-CHC', id: '7' }, { scheme: 'GB-COH', id: '1' }] };
    const is = (scheme: string, number: string) => isSameProvider(registered, { name: 'Meals', identifiers: [{ scheme, id: number }] });
    expect([is('GB-COH', '1'), is('GB-CHC', '7'), is('GB-CHC', '1'), is('GB-COH', '7')]).toEqual([true, true, false, false]);
  });

  test('names the provider that is nowhere registered here, and by its identifiers the one that nothing was said of', () => {
    const charity = { ...theirs, people: [], providers: [{ id: id(701), name: 'Meals on Time', identifiers: [{ scheme: 'GB-CHC', id: '7' }, { scheme: 'GB-COH', id: '1' }] }, { id: id(702), name: 'Visits', identifiers: [] }] };
    const missingOf = (providers: readonly { from: string; to: string }[]) => {
      const refused = here.offering(charity).when('accept-transfer', { providers, people: [] });
      return 'refused' in refused ? refused.refused.map(({ code, missing }) => [code, ...missing.map(({ what, by }) => `${what} by ${by ?? ''}`)]) : [];
    };
    expect(missingOf([{ from: id(702), to: id(99) }])).toEqual([
      ['transfer.provider-not-said', `provider-${id(701)}: Meals on Time, GB-CHC 7, GB-COH 1 by accept-transfer`],
      ['provider.unknown', `provider-${id(99)} by register-provider`],
    ]);
    expect(missingOf([{ from: id(701), to: provider }, { from: id(702), to: provider }])).toEqual([
      ['transfer.one-for-two', `provider-${provider} by accept-transfer`],
      ['transfer.other-provider', 'another provider than Meals on Time for Meals on Time, GB-CHC 7, GB-COH 1 by accept-transfer', 'another provider than Meals on Time for Visits by accept-transfer'],
    ]);
  });

  test('says on record what was accepted: up to which event, on which basis, and who is who', () => {
    const { from, version, position, hash } = theirs;
    expect(here.offering(theirs).when('accept-transfer', everybody)).toMatchObject({ accepted: [{ type: 'concordat.arrival.transfer-accepted.v1', data: { from, basis: 'x', on: '2026-06-01', version, position, hash, ...everybody } }] });
  });

  test('leaves nobody with something open whom nobody took it over from', () => {
    const risky = opened.did('raise-risk', {
      risk: id(150), title: 'Stairs', domain: 'service', bearers: ['service-users'], owner: people.approver, scores: { 'co-produced': null, 'professional-only': null, 'not-acting': { likelihood: 1, impact: 1 } }, levels: { inherent: null, current: null, target: null },
    }).did('offer-transfer', offering).did('agree-transfer', {}, 'colleague');
    const offered = { ...theirs, agreement: risky.agreement, people: [{ id: people.approver, name: 'Cat Stone' }], providers: [] };
    const left = here.offering(offered).when('accept-transfer', { providers: [], people: [{ from: people.approver, is: 'stays' }] });
    expect('refused' in left && left.refused.map(({ code, missing }) => [code, missing[0]?.what])).toEqual([['transfer.left-to-nobody', `person-${people.approver}: Cat Stone, who has the risk “Stairs”`]]);
    expect(reasons(here.offering(offered), 'accept-transfer', { providers: [], people: [{ from: people.approver, is: 'hands-over', to: people.colleague }] })).toEqual([]);
  });
});

type Accepted = Extract<Arrival, { is: 'accepted' }>;
const acceptedAt = (version: number, more: Partial<Accepted> = {}): Accepted => ({ is: 'accepted', from: northshire, basis: 'x', on: '2026-06-02', version, position: version * 10, hash: 'a'.repeat(64), providers: [], people: [], ...more });

describe('what somebody answers for', () => {
  const [hers, his] = [people.approver, people.colleague];
  const of = (owner: string, more: object) => ({ owner, ...more });
  const held = {
    ...opened.did('amend-facts', { facts: { lead: hers, sponsor: his, place: 'Leith' } }).agreement,
    risk: [of(hers, { title: 'Stairs', closed: false }), of(hers, { title: 'Heat', closed: true })],
    opportunities: [of(hers, { title: 'A garden', became: 'open' }), of(hers, { title: 'A van', became: 'taken' })],
    controls: [of(hers, { title: 'A rota', ended: false }), of(hers, { title: 'A bell', ended: true })],
    reviews: { meetings: [], actions: [of(hers, { what: 'Paint it', done: null }), of(hers, { what: 'Mend it', done: { on: '2026-05-01' } })] },
  } as unknown as Agreement;

  test('is what they lead, and every risk, opportunity, control and action that is open; nothing that is over', () => {
    expect(heldBy(held)).toEqual(new Map([
      [hers, ['lead on record', 'the risk “Stairs”', 'the opportunity “A garden”', 'the control “A rota”', 'the action “Paint it”']],
      [his, ['sponsor on record']],
    ]));
  });

  test('passes to whoever takes it over, and to nobody else; what is over stays theirs who did it', () => {
    const nurse = id(802);
    const after = handedOver(held, [{ from: hers, to: nurse }]);
    expect([...heldBy(after).keys()]).toEqual([nurse, his]);
    const owners = (list: readonly { readonly owner: string }[]) => list.map(({ owner }) => owner);
    expect([after.risk, after.opportunities, after.controls, after.reviews.actions].map(owners)).toEqual(Array.from({ length: 4 }, () => [nurse, hers]));
    expect([after.risk[0]?.title, after.facts.place?.value, after.reviews.meetings]).toEqual(['Stairs', 'Leith', []]);
  });
});

describe('the record comes along', () => {
  test('it goes as it stood when it was accepted, once, and not at all after one more event or without the offer', () => {
    const to = successor;
    expect(refusals(goes(agreed.agreement, 3, to, acceptedAt(3)))).toEqual([]);
    expect(refusals(goes(agreed.agreement, 4, to, acceptedAt(3)))).toEqual(['transfer.changed']);
    const found = agreed.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
    expect(refusals(goes(knownToday(found.agreement, found.persons), 3, to, acceptedAt(3)))).toEqual(['transfer.changed']);
    expect(refusals(goes(agreed.agreement, 3, northshire, acceptedAt(3)))).toEqual(['transfer.changed']);
    expect(refusals(goes(opened.agreement, 1, to, acceptedAt(1)))).toEqual(['transfer.changed']);
    const gone = agreed.given(['concordat.agreement.transferred.v1', { to, on: '2026-06-02', position: 30, hash: 'a'.repeat(64) }]);
    expect(refusals(goes(gone.agreement, 4, to, acceptedAt(4)))).toEqual(['agreement.transferred']);
    const refused = gone.when('hold', { reason: 'x' });
    expect('refused' in refused && [refused.refused[0].code, refused.refused[0].asks]).toEqual(['agreement.transferred', 'The agreement is kept here. Since 2026-06-02 it goes on in Southshire, where its record came along.']);
    // Nor is anything written in it from another agreement.
    const beside = opened.beside(id(9), gone.agreement);
    expect(refusals(beside.when('link-agreement', { to: id(9), as: 'renews' }))).toEqual(['agreement.transferred']);
  });

  test('whoever is another id here is so everywhere: in what was done, decided, signed and agreed with them', () => {
    const there = opened.did('amend-facts', { facts: { sponsor: people.colleague, lead: people.approver } }, 'colleague').did('invite-provider', { provider: otherProvider }).did('propose-award', { provider: otherProvider, value: { amount: '9000.00', currency: 'GBP' } }, 'colleague');
    const [moved, nurse, meals] = [id(801), id(802), id(803)];
    const accepted = acceptedAt(4, { providers: [{ from: otherProvider, to: meals }], people: [{ from: people.colleague, is: 'comes-along', to: moved }, { from: people.approver, is: 'hands-over', to: nurse }, { from: people.commissioner, is: 'stays' }] });
    const record: BroughtOver[] = [];
    const events = begins(accepted, people.member, { agreement: there.agreement, record, digest: '', participants: {} }, {}, sha256);
    const gone = events.find(({ type }) => type === 'concordat.agreement.gone-on.v1')!;
    const after = evolve(there.agreement, { ...gone, recordedAt: '', version: 9, meta: { actor: '', command: '', commandId: '', correlationId: '' } } as never);
    expect([after.facts.sponsor?.value, after.facts.sponsor?.writtenBy, after.facts.lead?.value, after.award.parties, after.award.proposed]).toMatchObject([moved, [moved], nurse, { [meals]: 'invited' }, { provider: meals, proposedBy: moved }]);
    expect([after.openedBy, gone.data]).toMatchObject([people.commissioner, { parties: [{ provider: meals, role: 'invited' }] }]);
    expect(JSON.stringify(after)).not.toContain(otherProvider);
  });

  test('as at a day before it came it is shown under the names of today, each exchanged once, however many organisations it came through', () => {
    const westshire = { tenant: id(503), slug: 'westshire', name: 'Westshire' };
    const [old, middle, now] = [people.colleague, id(811), id(812)];
    const came = (from: typeof westshire, renames: readonly { from: string; to: string }[]) => ({ from, basis: 'x', on: '2026-06-01', acceptedBy: people.member, position: 1, hash: '', renames, owners: [] });
    const written = opened.did('amend-facts', { facts: { lead: old } }).agreement;
    const led = (lead: string, ...through: readonly ReturnType<typeof came>[]): Agreement => ({ ...renamed(written, [{ from: old, to: lead }]), transfer: { ...written.transfer, came: through } });
    const [first, second] = [came(westshire, [{ from: old, to: middle }]), came(northshire, [{ from: middle, to: now }])];
    const today = led(now, first, second);
    const leads = (then: Agreement) => asNamedNow(then, today).facts.lead?.value;
    expect([leads(led(old)), leads(led(old, came(westshire, []))), leads(led(middle, first)), leads(led(middle, first, came(northshire, []))), leads(today)]).toEqual([now, now, now, now, now]);
    // Who is known by it today was somebody else by the same name then: nothing is exchanged twice.
    expect(leads(led(old, first, second))).toBe(old);
  });

  test('what it came through before stays on record as it was, and who became whom is told of the last alone', () => {
    const westshire = { tenant: id(503), slug: 'westshire', name: 'Westshire' };
    const arrives = (from: typeof westshire) => ['concordat.agreement.transferred-in.v1', { from, basis: 'x', on: '2026-06-01', acceptedBy: people.member, version: 1, position: 1, hash: '', digest: '' }] as const;
    const twice = opened
      .given(arrives(westshire), ['concordat.agreement.gone-on.v1', { from: westshire, stage: 'mandate', renames: [{ from: id(811), to: id(812) }], owners: [], parties: [] }])
      .given(arrives(northshire));
    expect(twice.agreement.transfer.came.map(({ from, renames, owners }) => [from.slug, renames, owners])).toEqual([['westshire', [{ from: id(811), to: id(812) }], []], ['northshire', [], []]]);
    const gone = twice.given(['concordat.agreement.gone-on.v1', { from: northshire, stage: 'mandate', renames: [], owners: [{ from: id(813), to: id(814) }], parties: [] }]);
    expect(gone.agreement.transfer).toMatchObject({ offer: null, went: null, came: [{ from: westshire, renames: [{ from: id(811) }], owners: [] }, { from: northshire, renames: [], owners: [{ from: id(813), to: id(814) }] }] });
  });

  test('who comes along is one with somebody here, who hands over gives what they answer for to somebody here, and who stays is neither', () => {
    const accepted = acceptedAt(1, { providers: [{ from: id(701), to: provider }], people: [{ from: id(601), is: 'comes-along', to: id(611) }, { from: id(602), is: 'hands-over', to: id(612) }, { from: id(603), is: 'stays' }] });
    expect(afterwardsOf(accepted)).toEqual({ renames: [{ from: id(701), to: provider }, { from: id(601), to: id(611) }], owners: [{ from: id(602), to: id(612) }] });
  });

  describe('a contract of a split goes alone', () => {
    const gone = (scene: Scene) => scene.given(
      ['concordat.agreement.transferred-in.v1', { from: northshire, basis: 'x', on: '2026-06-01', acceptedBy: people.member, version: 1, position: 1, hash: '', digest: '' }],
      ['concordat.agreement.gone-on.v1', { from: northshire, stage: 'delivery', renames: [], owners: [], parties: [] }],
    );
    const here = gone(split.inside(north));

    test('and tells people itself, for what it was split from is not there, and asks nobody what another of them asked that went there too', () => {
      const undone = here.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' });
      expect(toldOfNoReversal(undone.agreement).map(({ author }) => author)).toEqual([ada]);
      expect(refusals(undone.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual([]);
      expect([asksAs(here.agreement), above(split.inside(north).agreement)?.agreement, above(here.agreement)]).toEqual([agreementId, agreementId, null]);
    });

    test('and is what it was: whoever split it off or took the decision on it is barred as before, and it is neither small nor worth more than its lot', () => {
      const asked = here.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'clinical-quality' }, 'colleague');
      const signing = (who: Who) => asked.when('sign-off', { signOff: id(50), versionRead: asked.agreement.content['clinical-quality'], outcome: { is: 'granted', conditions: [] } }, who);
      expect(signing('commissioner')).toMatchObject({ refused: [{ missing: expect.arrayContaining([expect.objectContaining({ what: 'someone other than the one who split it off' })]) }] });
      const back = here.did('return-to-stage', { stage: 'mandate', reason: 'The rota must be planned anew.' });
      expect(reasons(back, 'propose-award', { provider, value: gbp('60000.01') })).toContain('tree.over-lot');
      expect(back.did('amend-facts', { facts: { value: gbp('9000.00') } }).agreement.tier).toBe('standard');
      expect(here.agreement.tree.parent).toMatchObject({ decisionRecordedBy: people.decisionMaker });
    });
  });

  describe('a framework and what is called off from it go one by one', () => {
    const under = { child: id(230), title: 'x', provider, value: gbp('4000.00'), pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] };
    const calledOffFrom = (kind: 'framework' | 'contract') => Scene.empty
      .did('take-over-agreement', { title: 'x', kind, pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, value: gbp('9000.00'), raises: [], stage: 'delivery', from: { source: 'x', reference: 'x' }, provider }, 'importer')
      .did('call-off', under);
    const framework = calledOffFrom('framework');
    const callOff = framework.inside(id(230));
    const arrived = (scene: Scene) => scene.given(
      ['concordat.agreement.transferred-in.v1', { from: northshire, basis: 'x', on: '2026-06-01', acceptedBy: people.member, version: 1, position: 1, hash: '', digest: '' }],
      ['concordat.agreement.gone-on.v1', { from: northshire, stage: 'mandate', renames: [], owners: [], parties: [] }],
    );
    const gone = (scene: Scene) => scene.given(['concordat.agreement.transferred.v1', { to: successor, on: '2026-06-01', position: 1, hash: 'a'.repeat(64) }]);
    const written = (decision: ReturnType<Scene['when']>) => ('accepted' in decision ? decision.accepted.map(({ stream, type }) => [stream, type]) : decision.refused.map(({ code }) => code));
    const cancelled = [agreementStream(id(230)), 'concordat.agreement.cancelled.v1'];
    const declared = [agreementStream(agreementId), 'concordat.agreement.conflict-declared.v1'];
    const interest = { person: people.commissioner, role: 'commissioner', interest: 'employer', about: { subject: people.commissioner, sealed: 'AAA' } } as const;

    test('each may be offered', () => {
      expect([reasons(framework, 'offer-transfer', offering), reasons(callOff, 'offer-transfer', offering)]).toEqual([[], []]);
    });

    test('while one is here and the other is not, neither writes in the other’s record: nothing is given back, and nothing comes along', () => {
      // The framework went before its call-off, and the call-off before its framework, each seen from both organisations.
      expect(written(gone(framework).inside(id(230)).when('cancel', { reason: 'x' }))).toEqual([cancelled]);
      expect(written(arrived(callOff.without(agreementId)).when('cancel', { reason: 'x' }))).toEqual([cancelled]);
      expect(written(gone(callOff).inside(agreementId).when('declare-conflict', interest))).toEqual([declared]);
      expect(written(arrived(framework).beside(id(230), initialAgreement).when('declare-conflict', interest))).toEqual([declared]);
    });

    test('what was declared in the framework while they were apart bars in the call-off from when both are there, whichever comes last, and once', () => {
      const barred = framework.did('declare-conflict', interest);
      const begin = (agreement: Agreement, others: Readonly<Record<string, Agreement>>) =>
        begins(acceptedAt(1), people.member, { agreement, record: [], digest: '', participants: {} }, others, sha256).filter(({ type }) => type === 'concordat.agreement.interest-came-along.v1');
      const came = [{ stream: agreementStream(id(230)), data: { from: agreementId, person: people.commissioner, role: 'commissioner', interest: 'employer' } }];
      const alone = callOff.agreement;
      expect(begin(alone, { [agreementId]: barred.agreement })).toMatchObject(came);
      expect(begin(barred.agreement, { [id(230)]: alone })).toMatchObject(came);
      for (const others of [{ [id(230)]: initialAgreement }, { [id(230)]: gone(callOff).agreement }, { [id(230)]: barred.inside(id(230)).agreement }]) expect(begin(barred.agreement, others)).toEqual([]);
      expect(treeAround(barred.agreement, {})).toEqual([id(230)]);
      expect(treeAround(alone, {})).toEqual([agreementId]);
    });

    test('an interest that was lifted in the framework while they were apart bars in the call-off no more once both are there, whichever comes last', () => {
      const barred = framework.did('declare-conflict', interest);
      const early = barred.inside(id(230)).agreement;
      const over = barred.did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' });
      const lifted = over.did('lift-conflict', { person: people.commissioner, role: 'commissioner', reasons: interest.about }, 'colleague').agreement;
      const begin = (agreement: Agreement, beside: Agreement) => begins(acceptedAt(1), people.member, { agreement, record: [], digest: '', participants: {} }, { [beside.id]: beside }, sha256);
      expect(hasBarringInterest(early, people.commissioner)).toBe(true);
      for (const events of [begin(early, lifted), begin(lifted, early)]) {
        const came = events.find(({ stream, type }) => stream === agreementStream(id(230)) && type === 'concordat.agreement.interest-came-along.v1')!;
        const after = evolve(early, { ...came, recordedAt: '', version: 9, meta: { actor: '', command: '', commandId: '', correlationId: '' } } as never);
        expect(hasBarringInterest(after, people.commissioner)).toBe(false);
      }
      // That its holder says it is over lifts nothing, neither there nor here.
      expect(begin(early, over.agreement).map(({ type }) => type)).not.toContain('concordat.agreement.interest-came-along.v1');
    });

    test('another route is chosen for a call-off as before, also by which something is called off from a framework, though that is elsewhere', () => {
      const chosen = (scene: Scene) => refusals(scene.byRoute(routes.find('framework-call-off')!).when('choose-route', { route: { id: 'framework-call-off' }, why: 'x' }));
      const alone = (scene: Scene) => arrived(scene.inside(id(230)).beside(agreementId, initialAgreement));
      expect([chosen(callOff), chosen(alone(framework)), chosen(alone(calledOffFrom('contract')))]).toEqual([[], [], ['route.no-framework']]);
    });

    test('once both are there they are what they were to each other', () => {
      const both = arrived(arrived(callOff).inside(agreementId));
      const freed = both.inside(id(230)).did('cancel', { reason: 'x' }).inside(agreementId);
      expect(freed.agreement.tree.calledOff).toEqual({ count: 0, amount: '0.00' });
      expect(written(both.when('declare-conflict', interest))).toEqual([declared, [agreementStream(id(230)), 'concordat.agreement.interest-came-along.v1']]);
      expect([above(both.inside(id(230)).agreement)?.agreement, reasons(both.inside(id(230)), 'offer-transfer', { ...offering, to: successor.slug })]).toEqual([agreementId, []]);
    });
  });

  test('a name is exchanged in every member and value, alone or within a text, and once', () => {
    const [one, other] = [id(1), id(2)];
    expect(renamed({ [one]: [`agreement-${one}`, { by: other }], n: 1, no: null }, [{ from: one, to: other }, { from: other, to: one }])).toEqual({ [other]: [`agreement-${other}`, { by: one }], n: 1, no: null });
  });

  test('what was signed is exchanged by its hash as people are by their ids', () => {
    const [then, now] = ['a1'.repeat(32), 'b2'.repeat(32)];
    expect(renamed({ content: { finance: then }, said: `version ${then}.` }, [{ from: then, to: now }])).toEqual({ content: { finance: now }, said: `version ${now}.` });
  });

  test('an event that came over twice is shown as it happened first', () => {
    const first = { type: 'concordat.agreement.held.v1', data: { reason: 'x', until: null }, recordedAt: '2025-01-01', meta: { actor: 'a', command: 'hold', commandId: 'c', correlationId: 'd' } };
    const over = (event: typeof first) => ({ type: 'concordat.agreement.brought-over.v1', data: event, recordedAt: '2026-01-01', meta: { ...event.meta, actor: 'system:transfer' } });
    expect(asItHappened(over(over(first) as never))).toEqual(first);
    expect(asItHappened(first)).toBe(first);
  });
});

describe('the proof', () => {
  const [north, south] = [northshire.tenant, successor.tenant];
  const line = (tenant: string, at: number, type: string, data: object): RecordLine => ({ tenant, stream: agreementStream(agreementId), id: id(at), type, data: data as never, meta: {}, recordedAt: '2026-06-01', version: at, position: at * 10, hash: `h${at}` });
  const words = (sealed: string) => ({ text: { subject: id(80), sealed } });
  const half = [line(north, 1, 'opened', { title: 'x' }), line(north, 2, 'said', words('AAA'))];
  const went = line(north, 3, 'concordat.agreement.transferred.v1', { to: { tenant: south } });
  const arrival = { from: { tenant: north }, version: 2, position: 20, hash: 'h2', digest: sha256('h1\nh2\n') };
  const over = ({ tenant: _, stream: __, ...event }: RecordLine) => event;
  const after = (brought: readonly object[], said: object = arrival) => [line(south, 1, 'concordat.agreement.transferred-in.v1', said), ...brought.map((data, at) => line(south, at + 2, 'concordat.agreement.brought-over.v1', data))];
  const came = [over(half[0]!), { ...over(half[1]!), data: words('BBB') }];

  test('one half is the record of the other where every event of it came over as it was, but for the seals', () => {
    expect(whyNotItsRecord([...half, went], after(came), sha256)).toBeUndefined();
  });

  test.each([
    ['of another organisation', [line(id(9), 1, 'x', {})], after(came), 'came from the organisation of the first'],
    ['that ended elsewhere', [...half, went], after(came, { ...arrival, hash: 'h9' }), 'the record ended at event 20'],
    ['that holds other hashes', [{ ...half[0]!, hash: 'h0' }, half[1]!, went], after(came), 'another digest'],
    ['that went to nobody', half, after(came), 'does not say that it went'],
    ['that went to another', [...half, { ...went, data: { to: { tenant: id(9) } } as never }], after(came), 'does not say that it went'],
    ['of which an event says something else', [...half, went], after([{ ...came[0], data: { title: 'y' } }, came[1]!]), 'event 10 of the first file'],
    ['of which words are of another person', [...half, went], after([came[0]!, { ...came[1], data: { text: { subject: id(81), sealed: 'BBB' } } }]), 'event 20 of the first file'],
    ['of which an event was left out', [...half, went], after(came.slice(0, 1)), 'event 20 of the first file'],
    ['to which an event was added', [...half, went], after([...came, over(half[0]!)]), 'more was brought over'],
  ])('a record %s is not', (_, before, next, why) => {
    expect(whyNotItsRecord(before, next, sha256)).toContain(why);
  });
});
