import type { Fold, NewEvent } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { OrganisationNamed, PersonAfterwards, ProviderAfterwards } from './transfer.js';

/** What became of the wish to take an agreement over whole: state of an `arrival-<uuid>` stream of the successor, by the agreement's id. */
export type Arrival = { readonly is: 'none' | 'lapsed' } | ({ readonly is: 'accepted' } & Accepted);

/** What was accepted: the record as it ended with this event, and who of it is who here. */
type Accepted = {
  readonly from: OrganisationNamed;
  readonly basis: string;
  readonly on: CivilDate;
  readonly version: number;
  readonly position: number;
  readonly hash: string;
  readonly providers: readonly ProviderAfterwards[];
  readonly people: readonly PersonAfterwards[];
};

export type ArrivalEvents = {
  'concordat.arrival.transfer-accepted.v1': Accepted;
  /** Meanwhile the record went on, or the offer was withdrawn: nothing was brought over, and it may be accepted anew. */
  'concordat.arrival.transfer-lapsed.v1': { readonly accepted: string };
};
type ArrivalEvent = { [T in keyof ArrivalEvents]: NewEvent<T, ArrivalEvents[T]> }[keyof ArrivalEvents];

export const initialArrival: Arrival = { is: 'none' };

/** The stream in which the successor accepts an agreement. */
export const arrivalStream = (agreement: string): string => `arrival-${agreement}`;

/** A fact about the arrival of this agreement (its id), ready to be appended. */
export const happenedOn = <T extends keyof ArrivalEvents>(agreement: string, type: T, data: ArrivalEvents[T]): NewEvent<T, ArrivalEvents[T]> => ({ stream: arrivalStream(agreement), type, data });

/** How an `arrival-` stream becomes an arrival. */
export const arrivalFold: Fold<Arrival, ArrivalEvent> = {
  kind: 'arrival',
  number: 1,
  initial: initialArrival,
  types: ['concordat.arrival.transfer-accepted.v1', 'concordat.arrival.transfer-lapsed.v1'],
  upcasts: {},
  evolve: (_, event) => (event.type === 'concordat.arrival.transfer-accepted.v1' ? { is: 'accepted', ...event.data } : { is: 'lapsed' }),
};
