import { initialPerson, initialProvider, type OrganisationIdentifier, personStream, type Provider, providerStream } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate, JsonObject } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happenedOn, type Arrival } from './arrival.js';
import { happened } from './event.js';
import { type FactValues, peopleNamed } from './facts.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdToday, isOneOf } from './separation.js';
import type { Decide, Evolve } from './topic.js';
import { childrenOf } from './tree.js';

/*
 * An agreement goes to a successor. Two people of the organisation that has it offer it; whoever may accepts it where it goes; there its
 * record stops and here it goes on, event by event under the same id, so that whatever names it names it still.
 */

/** An organisation of this installation. */
export type OrganisationNamed = { readonly tenant: string; readonly slug: string; readonly name: string };

/** Somebody of the old organisation: is the same human being as one here, hands what they answer for to one here, or neither. */
export type PersonAfterwards =
  | { readonly from: string; readonly is: 'comes-along' | 'hands-over'; readonly to: string }
  | { readonly from: string; readonly is: 'stays' };
/** A provider as it was registered there, and as it is registered here. */
export type ProviderAfterwards = { readonly from: string; readonly to: string };

export interface TransferCommands {
  /** To the organisation of this short name, on this legal basis, from this day on. A second person agrees. */
  'offer-transfer': { readonly to: string; readonly basis: string; readonly on: CivilDate };
  'agree-transfer': Readonly<Record<string, never>>;
  /** Until the successor has accepted. */
  'withdraw-transfer': { readonly reason: string };
  /** In the successor: every provider and every person that the record names is said once. */
  'accept-transfer': { readonly providers: readonly ProviderAfterwards[]; readonly people: readonly PersonAfterwards[] };
}

export interface TransferEvents {
  'concordat.agreement.transfer-offered.v1': { readonly to: OrganisationNamed; readonly basis: string; readonly on: CivilDate };
  /** From here on the successor may read this record, and no other. */
  'concordat.agreement.transfer-agreed.v1': { readonly to: OrganisationNamed };
  'concordat.agreement.transfer-withdrawn.v1': { readonly reason: string };
  /** The last event of the old half. `position`, `hash`: of the one before, with which the new half goes on. */
  'concordat.agreement.transferred.v1': { readonly to: OrganisationNamed; readonly on: CivilDate; readonly position: number; readonly hash: string };
  /**
   * The first event of the new half. `version`, `position`, `hash`: of the last event that came along; `digest`: SHA-256 of the hashes of all
   * of them in their order, in lower-case hex, each with a line feed behind it.
   */
  'concordat.agreement.transferred-in.v1': {
    readonly from: OrganisationNamed;
    readonly basis: string;
    readonly on: CivilDate;
    readonly acceptedBy: string;
    readonly version: number;
    readonly position: number;
    readonly hash: string;
    readonly digest: string;
  };
  /** One event of the old half as it was exported, but for the words near a person, which are sealed anew. It tells nobody anything. */
  'concordat.agreement.brought-over.v1': BroughtOver;
  /**
   * All of it came. `renames`: what was known there by one id, or hash of what is signed, and is known here by another; `owners`: who
   * answers for what somebody answered for who did not come along; `parties`: its providers, by the ids they have here.
   */
  'concordat.agreement.gone-on.v1': {
    readonly from: OrganisationNamed;
    readonly stage: string;
    readonly renames: readonly Rename[];
    readonly owners: readonly Rename[];
    readonly parties: readonly { readonly provider: string; readonly role: Agreement['award']['parties'][string] }[];
  };
}

/** An id, or the hash of what was signed, and what stands for it in the successor. */
export type Rename = { readonly from: string; readonly to: string };

/** One event of a record as it stands where it was recorded: all that its hash covers there. */
export type BroughtOver = {
  readonly id: string;
  readonly type: string;
  readonly data: JsonObject;
  readonly meta: JsonObject;
  /** ISO 8601 in UTC, six digits of a second. */
  readonly recordedAt: string;
  readonly version: number;
  readonly position: number;
  /** Hex. */
  readonly hash: string;
};

export interface TransferState {
  readonly offer: { readonly to: OrganisationNamed; readonly basis: string; readonly on: CivilDate; readonly offeredBy: string; readonly agreedBy: string | null } | null;
  readonly went: { readonly to: OrganisationNamed; readonly on: CivilDate; readonly position: number; readonly hash: string } | null;
  /** Where it was before, the first organisation first. */
  readonly came: readonly { readonly from: OrganisationNamed; readonly basis: string; readonly on: CivilDate; readonly acceptedBy: string; readonly position: number; readonly hash: string; readonly renames: readonly Rename[]; readonly owners: readonly Rename[] }[];
}
export const initialTransfer: TransferState = { offer: null, went: null, came: [] };

/** What another organisation offers, as its record says now. */
export interface Offered {
  readonly from: OrganisationNamed;
  readonly agreement: Agreement;
  readonly version: number;
  readonly position: number;
  readonly hash: string;
  /** Everybody whom the record names and who signs in there. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly providers: readonly { readonly id: string; readonly name: string; readonly identifiers: readonly OrganisationIdentifier[] }[];
}

const commissioner = (what: string, by: 'offer-transfer' | 'agree-transfer' | 'accept-transfer' | 'withdraw-transfer'): Missing => ({ what, suppliedBy: 'commissioner', by });

/** The refusal where nothing is offered, or something to somebody else: whoever asks learns nothing of what there is. */
export const notOffered = refusal('transfer.not-offered', 'Another organisation offers this agreement to this one, and a second person there agreed.', commissioner('an offer', 'offer-transfer'));

/** The refusal of whatever is asked of an agreement that went elsewhere. */
export const refuseGone = ({ transfer: { went } }: Agreement) =>
  refusal('agreement.transferred', `The agreement is kept here. Since ${went?.on ?? ''} it goes on in ${went?.to.name ?? ''}, where its record came along.`);

/** Who offered it to a successor, and who agreed. */
export const offerersOf = ({ transfer: { offer } }: Pick<Agreement, 'transfer'>): readonly string[] => (offer === null ? [] : [offer.offeredBy, offer.agreedBy].flatMap((by) => by ?? []));

/** The offer as it stands once it is known who is no other: what whoever offered it agreed to waits for a second person. */
export function offeredToday(agreement: Agreement): TransferState {
  const { transfer } = agreement;
  const { offer } = transfer;
  const isNoOther = offer !== null && offer.agreedBy !== null && everyIdToday(agreement, offer.agreedBy).includes(offer.offeredBy);
  return isNoOther ? { ...transfer, offer: { ...offer, agreedBy: null } } : transfer;
}

/** What somebody leads or answers for while it is open, in words, by their id. */
export function heldBy({ facts, risk, opportunities, controls, reviews }: Pick<Agreement, 'facts' | 'risk' | 'opportunities' | 'controls' | 'reviews'>): ReadonlyMap<string, readonly string[]> {
  const values = Object.fromEntries(Object.entries(facts).flatMap(([name, fact]) => (fact === undefined ? [] : [[name, fact.value] as const])));
  const held = [
    ...Object.keys(values).flatMap((name) => peopleNamed({ [name]: values[name] } as FactValues).map((person) => [person, `${name} on record`] as const)),
    ...risk.filter(({ closed }) => !closed).map(({ owner, title }) => [owner, `the risk “${title}”`] as const),
    ...opportunities.filter(({ became }) => became === 'open').map(({ owner, title }) => [owner, `the opportunity “${title}”`] as const),
    ...controls.filter(({ ended }) => !ended).map(({ owner, title }) => [owner, `the control “${title}”`] as const),
    ...reviews.actions.filter(({ done }) => done === null).map(({ owner, what }) => [owner, `the action “${what}”`] as const),
  ];
  const by = new Map<string, readonly string[]>();
  for (const [person, what] of held) by.set(person, [...(by.get(person) ?? []), what]);
  return by;
}

const plain = (name: string): string => name.trim().replaceAll(/\s+/g, ' ').toLowerCase();

/** Whether these are one provider in two organisations: an identifier in common or, for one that stands in no register, the name. */
export function isSameProvider(one: Pick<Provider, 'name' | 'identifiers'>, other: Pick<Provider, 'name' | 'identifiers'>): boolean {
  if (one.identifiers.length === 0) return plain(one.name) === plain(other.name);
  return one.identifiers.some(({ scheme, id }) => other.identifiers.some((identifier) => identifier.scheme === scheme && identifier.id === id));
}

const twiceOf = (ids: readonly string[]): readonly string[] => [...new Set(ids.filter((id, at) => ids.indexOf(id) < at))];

export const decide = {
  'offer-transfer': ({ agreement }, { basis, on }, { successor, today }) => {
    const { transfer: { offer, came }, lifecycle } = agreement;
    if (successor === undefined || successor === 'itself') {
      return refuse(refusal('transfer.successor-unknown', 'The successor is another organisation of this installation.', commissioner('the short name of the successor', 'offer-transfer')));
    }
    return unless(
      [
        offer !== null && refusal('transfer.offered', 'It is offered to one successor at a time.', commissioner(`the withdrawal of the offer to ${offer.to.name}`, 'withdraw-transfer')),
        on < today && refusal('transfer.day-past', 'It goes to a successor today or later.', commissioner('on', 'offer-transfer')),
        came.some(({ from }) => from.tenant === successor.tenant) &&
          refusal('transfer.was-there', 'It goes to an organisation in which it was not before: its record ended there, and is not written on.', commissioner('another successor', 'offer-transfer')),
        // Its contracts that stay tell people through it, and no command writes in two organisations.
        lifecycle === 'split' &&
          refusal('transfer.in-a-tree', 'What was split stays, and tells people what it owes them; its contracts go one by one.', ...childrenOf(agreement).map(({ id, title }) => commissioner(`the offer of ${title}, ${id}`, 'offer-transfer'))),
      ],
      () => [happened(agreement.id, 'concordat.agreement.transfer-offered.v1', { to: successor, basis, on })],
    );
  },

  'agree-transfer': ({ agreement, persons }, _, { actor }) => {
    const { offer } = agreement.transfer;
    if (offer === null) return refuse(refusal('transfer.not-offered', 'It is offered to a successor.', commissioner('an offer', 'offer-transfer')));
    return unless(
      [
        offer.agreedBy !== null && alreadySo('a second person agreed'),
        isOneOf(persons, actor, [offer.offeredBy]) && refusal('transfer.own', 'Somebody else agrees than whoever offered it.', commissioner('someone who did not offer it', 'agree-transfer')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.transfer-agreed.v1', { to: offer.to })],
    );
  },

  'withdraw-transfer': ({ agreement }, { reason }) =>
    unless([agreement.transfer.offer === null && alreadySo('it is offered to nobody')], () => [happened(agreement.id, 'concordat.agreement.transfer-withdrawn.v1', { reason })]),

  'accept-transfer': ({ arrival, persons, providers: registered }, { agreement: id, providers, people }, { offered, today }) => {
    const offer = offered?.agreement.transfer.offer ?? null;
    if (offered === undefined || offer === null || offer.agreedBy === null) return refuse(notOffered);
    const { from, agreement, version, position, hash } = offered;
    const { basis, on } = offer;
    const by = 'accept-transfer';
    const held = heldBy(agreement);
    const said = [...providers, ...people].map((one) => one.from);
    const named = (stream: string, name: string, more = '') => commissioner(`${stream}: ${name}${more}`, by);
    const unplaced = offered.providers.filter((one) => !providers.some((each) => each.from === one.id));
    const unsaid = offered.people.filter((one) => !people.some((each) => each.from === one.id));
    const strange = said.filter((one) => ![...offered.providers, ...offered.people].some((each) => each.id === one));
    const left = people.flatMap((one) => (one.is === 'stays' && held.has(one.from) ? [one.from] : []));
    const others = providers.flatMap(({ from: old, to }) => {
      const there = offered.providers.find((one) => one.id === old);
      const now = registered[to] ?? initialProvider;
      return there !== undefined && now.registered && !isSameProvider(there, now) ? [{ there, now }] : [];
    });
    const along = people.flatMap((one) => (one.is === 'comes-along' ? [one] : []));
    // Two ids of one human being may be one here; what two people did is not what one did.
    const merged = along.filter(({ from: old, to }, at) => along.slice(0, at).some((other) => other.to === to && !everyIdToday(agreement, old).includes(other.from)));
    const nameOf = (person: string) => offered.people.find((one) => one.id === person)?.name ?? '';
    const notHere = providers.filter(({ to }) => registered[to]?.registered !== true);
    const nobody = people.flatMap((one) => (one.is === 'stays' || isHere(persons[one.to] ?? initialPerson) ? [] : [one.to]));
    return unless(
      [
        arrival.is === 'accepted' && alreadySo('it was accepted, and is being brought over'),
        on > today && refusal('transfer.not-yet', 'It goes to a successor from the day that was agreed on.', { what: `from ${on}`, suppliedBy: 'time' }),
        unplaced.length > 0 && refusal('transfer.provider-not-said', 'Of every provider that the record names it is said which one it is here.', ...unplaced.map((one) => named(providerStream(one.id), one.name, identifiersOf(one)))),
        unsaid.length > 0 &&
          refusal('transfer.person-not-said', 'Of everybody whom the record names it is said whether they come along, hand over or stay.', ...unsaid.map((one) => named(personStream(one.id), one.name, holding(held.get(one.id))))),
        left.length > 0 && refusal('transfer.left-to-nobody', 'Whoever leads it or answers for something open comes along, or hands it over to somebody here.', ...left.map((person) => named(personStream(person), nameOf(person), holding(held.get(person))))),
        strange.length > 0 && refusal('transfer.not-in-the-record', 'Only whom the record names is said to be somebody here.', ...strange.map((one) => commissioner(`nobody by the id ${one}`, by))),
        twiceOf(said).length > 0 && refusal('transfer.said-twice', 'Everybody is said once.', ...twiceOf(said).map((one) => commissioner(one, by))),
        twiceOf(providers.map(({ to }) => to)).length > 0 && refusal('transfer.one-for-two', 'Two providers do not become one.', ...twiceOf(providers.map(({ to }) => to)).map((one) => commissioner(providerStream(one), by))),
        merged.length > 0 && refusal('transfer.one-person-for-two', 'Whoever comes along is one person there and here: two people do not become one.', ...merged.map((one) => named(personStream(one.from), nameOf(one.from)))),
        notHere.length > 0 && refusal('provider.unknown', 'The provider is registered in this organisation.', ...notHere.map(({ to }) => ({ what: providerStream(to), suppliedBy: 'commissioner', by: 'register-provider' }))),
        others.length > 0 && refusal('transfer.other-provider', 'The same provider has the same identifier in both organisations.', ...others.map(({ there, now }) => commissioner(`another provider than ${now.name} for ${there.name}${identifiersOf(there)}`, by))),
        nobody.length > 0 && refusal('person.unknown', 'Everyone named is registered in this organisation, and still here.', ...nobody.map((one) => ({ what: personStream(one), suppliedBy: 'administrator', by: 'register-person' }))),
      ],
      () => [happenedOn(id, 'concordat.arrival.transfer-accepted.v1', { from, basis, on: today, version, position, hash, providers, people })],
    );
  },
} satisfies { [C in keyof TransferCommands]: Decide<C> };

const isHere = ({ registered, disabled }: { readonly registered: boolean; readonly disabled: boolean }): boolean => registered && !disabled;
const identifiersOf = ({ identifiers }: Offered['providers'][number]): string => identifiers.map(({ scheme, id }) => `, ${scheme} ${id}`).join('');
const holding = (held: readonly string[] | undefined): string => (held === undefined ? '' : `, who has ${held.join(', ')}`);

/** A value with every id and hash in it by its new name, members' names too. */
export function renamed<T>(value: T, renames: readonly Rename[]): T {
  const names = new Map(renames.map(({ from, to }) => [from, to]));
  if (names.size === 0) return value;
  const text = (said: string): string => said.replaceAll(/[0-9a-f]{64}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => names.get(id) ?? id);
  const walk = (one: unknown): unknown => {
    if (typeof one === 'string') return text(one);
    if (Array.isArray(one)) return one.map(walk);
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, member]) => [text(name), walk(member)]));
  };
  return walk(value) as T;
}

/** A state of before under the names that what is in it has now: the agreement may have come here since. */
export function asNamedNow(then: Agreement, now: Agreement): Agreement {
  const before = now.transfer.came.filter(({ from }) => (then.transfer.came.find((one) => one.from.tenant === from.tenant)?.renames ?? []).length === 0);
  return before.reduce((state, { renames }) => renamed(state, renames), then);
}

/** The agreement with others answering for what these answered for. */
export function handedOver(agreement: Agreement, owners: readonly Rename[]): Agreement {
  const next = (person: string): string => owners.find(({ from }) => from === person)?.to ?? person;
  const to = <O extends { readonly owner: string }>(one: O): O => ({ ...one, owner: next(one.owner) });
  const facts = Object.fromEntries(
    Object.entries(agreement.facts).map(([name, fact]) => [name, fact !== undefined && peopleNamed({ [name]: fact.value } as FactValues).length > 0 ? { ...fact, value: next(fact.value as string) } : fact]),
  ) as Agreement['facts'];
  return agreementWith(agreement, {
    facts,
    risk: agreement.risk.map((risk) => (risk.closed ? risk : to(risk))),
    opportunities: agreement.opportunities.map((opportunity) => (opportunity.became === 'open' ? to(opportunity) : opportunity)),
    controls: agreement.controls.map((control) => (control.ended ? control : to(control))),
    reviews: { ...agreement.reviews, actions: agreement.reviews.actions.map((action) => (action.done === null ? to(action) : action)) },
  });
}

/** What the people of the record become, of what was accepted. */
export function afterwardsOf({ providers, people }: Extract<Arrival, { is: 'accepted' }>): { readonly renames: readonly Rename[]; readonly owners: readonly Rename[] } {
  return {
    renames: [...providers, ...people.flatMap((one) => (one.is === 'comes-along' ? [{ from: one.from, to: one.to }] : []))].map(({ from, to }) => ({ from, to })),
    owners: people.flatMap((one) => (one.is === 'hands-over' ? [{ from: one.from, to: one.to }] : [])),
  };
}

export const evolve = {
  'concordat.agreement.transfer-offered.v1': (agreement, { data, meta }) => agreementWith(agreement, { transfer: { ...agreement.transfer, offer: { ...data, offeredBy: meta.actor, agreedBy: null } } }),
  'concordat.agreement.transfer-agreed.v1': (agreement, { meta }) => {
    const { offer } = agreement.transfer;
    return offer === null ? agreement : agreementWith(agreement, { transfer: { ...agreement.transfer, offer: { ...offer, agreedBy: meta.actor } } });
  },
  'concordat.agreement.transfer-withdrawn.v1': (agreement) => agreementWith(agreement, { transfer: { ...agreement.transfer, offer: null } }),
  'concordat.agreement.transferred.v1': (agreement, { data }) => agreementWith(agreement, { lifecycle: 'transferred', transfer: { ...agreement.transfer, offer: null, went: data } }),
  'concordat.agreement.transferred-in.v1': (agreement, { data: { version: _, digest: __, ...from } }) => agreementWith(agreement, {
    transfer: { ...agreement.transfer, came: [...agreement.transfer.came, { ...from, renames: [], owners: [] }] },
  }),
  'concordat.agreement.gone-on.v1': (agreement, { data: { from, renames, owners } }) => {
    const here = handedOver(renamed(agreement, renames), owners);
    const { came } = agreement.transfer;
    const last = came.filter((one) => one.from.tenant === from.tenant).map((one) => ({ ...one, renames, owners }));
    return agreementWith(here, { transfer: { offer: null, went: null, came: [...came.filter((one) => one.from.tenant !== from.tenant), ...last] } });
  },
} satisfies { [T in Exclude<keyof TransferEvents, 'concordat.agreement.brought-over.v1'>]: Evolve<T> };
