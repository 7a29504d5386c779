import type { Decision, Fold, NewEvent } from '@concordat/journal/core';
import { accept, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Actor } from './actor.js';
import { actingNow } from './actor.js';
import { may, rightMissing } from './may.js';
import type { Person } from './person.js';

/** An identifier of an organisation in a register, as in OCDS: `{ scheme: 'GB-COH', id: '09506232' }` (org-id.guide). */
export type OrganisationIdentifier = { readonly scheme: string; readonly id: string };

/** An organisation that provides services, registered in one tenant. State of a `provider-<uuid>` stream. */
export interface Provider {
  readonly registered: boolean;
  /** Not personal data, so it may stand in the record; empty before registration. */
  readonly name: string;
  /** None for a small group that stands in no register. */
  readonly identifiers: readonly OrganisationIdentifier[];
}

export type ProviderEvents = {
  'concordat.provider.registered.v1': { readonly name: string; readonly identifiers: readonly OrganisationIdentifier[] };
};
export type ProviderEvent = { [T in keyof ProviderEvents]: NewEvent<T, ProviderEvents[T]> }[keyof ProviderEvents];

export type RegisterProvider = {
  readonly name: 'register-provider';
  readonly provider: string;
  readonly title: string;
  readonly identifiers: readonly OrganisationIdentifier[];
};
export type ProviderCommandBody = RegisterProvider;

/** The stream of a provider. */
export const providerStream = (provider: string): string => `provider-${provider}`;

export const initialProvider: Provider = { registered: false, name: '', identifiers: [] };

export const providerFold: Fold<Provider, ProviderEvent> = {
  kind: 'provider',
  number: 1,
  initial: initialProvider,
  types: ['concordat.provider.registered.v1'],
  upcasts: {},
  evolve: (_, event) => ({ registered: true, name: event.data.name, identifiers: event.data.identifiers }),
};

/** `by` is the acting person as their stream stands now; a system actor has none and passes `initialPerson`. */
export function decideProvider(
  states: { readonly provider: Provider; readonly by: Person },
  command: ProviderCommandBody,
  context: { readonly actor: Actor; readonly today: CivilDate },
): Decision<ProviderEvent> {
  if (!may(actingNow(context.actor, states.by), 'provider.manage', {}, context.today)) return refuse(rightMissing('provider.manage'));
  if (states.provider.registered) {
    return refuse({ code: 'already-so', asks: 'The provider is not registered yet.', missing: [] });
  }
  if (command.title.trim() === '') {
    return refuse({
      code: 'provider.unnamed',
      asks: 'A provider has a name.',
      missing: [{ what: 'title', suppliedBy: 'commissioner', by: 'register-provider' }],
    });
  }
  return accept({
    stream: providerStream(command.provider),
    type: 'concordat.provider.registered.v1',
    data: { name: command.title.trim(), identifiers: command.identifiers },
  });
}
