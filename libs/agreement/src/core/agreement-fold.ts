import type { Fold } from '@concordat/journal/core';
import { type Agreement, initialAgreement } from './agreement.js';
import type { AgreementEvent, AgreementEventType, EventOf } from './event.js';
import { agreementEventTypes, evolve } from './evolve.js';

type EventOfAgreement = Extract<AgreementEvent, { readonly type: AgreementEventType }>;

/** How an `agreement-` stream becomes an agreement. */
export const agreementFold: Fold<Agreement, EventOfAgreement> = {
  kind: 'agreement',
  number: 55,
  initial: initialAgreement,
  types: agreementEventTypes,
  upcasts: {},
  evolve: (agreement, event) => evolve(agreement, event as { [T in AgreementEventType]: EventOf<T> }[AgreementEventType]),
};
