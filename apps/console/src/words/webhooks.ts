import type { DeliveryRow, SendError } from '@concordat/webhooks';
import type { PartyRole } from '@concordat/agreement/core';
import type { DisablingReason } from '@concordat/webhooks/core';

/** How a delivery stands. */
export const deliveryStates: Readonly<Record<DeliveryRow['state'], string>> = {
  pending: 'On the way', leased: 'Being sent', delivered: 'Taken', retry: 'Failed, tried again', dead: 'Given up', held: 'Kept', skipped: 'Left out',
};

/** Why no answer came. */
export const attemptErrors: Readonly<Record<SendError, string>> = {
  'address-refused': 'this address may not be called',
  dns: 'the name of the server was not found',
  'connect-refused': 'nobody listens at this address',
  'connect-timeout': 'no connection within 5 seconds',
  unreachable: 'there is no way to this address',
  tls: 'the certificate does not hold',
  reset: 'the connection was broken off',
  timeout: 'no answer within 15 seconds',
  'unreadable-answer': 'the answer is no HTTP',
  other: 'no answer came',
};

/** Why an endpoint is disabled. */
export const disablings: Readonly<Record<DisablingReason, string>> = { 'by-request': 'somebody disabled it', gone: 'it answered 410 Gone' };

/** What a provider is to an agreement. */
export const partyRoles: Readonly<Record<PartyRole, string>> = { incumbent: 'who provides it so far', invited: 'those invited', provider: 'the provider' };

/** For how long the old secret signs beside the new one, in hours. */
export const overlaps: readonly { readonly hours: number; readonly text: string }[] = [
  { hours: 24, text: '24 hours' }, { hours: 72, text: '3 days' }, { hours: 168, text: '7 days' }, { hours: 0, text: 'Not at all: it is known to others' },
];
