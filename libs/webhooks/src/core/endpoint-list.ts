import type { Fold, NewEvent } from '@concordat/journal/core';

/** One provider's endpoints, so that two registered at the same moment cannot pass a limit together. State of `endpoints-<provider>`. */
export type EndpointList = {
  readonly endpoints: readonly { readonly endpoint: string; readonly url: string }[];
};

/** The most endpoints of one provider, disabled ones counted. */
export const mostEndpoints = 20;

/** The stream of a provider's list of endpoints. */
export const endpointListStream = (provider: string): string => `endpoints-${provider}`;

/** Before the first endpoint. */
export const initialEndpointList: EndpointList = { endpoints: [] };

/** How an `endpoints-` stream becomes its state. */
export const endpointListFold: Fold<
  EndpointList,
  NewEvent<'concordat.endpoints.added.v1', { readonly endpoint: string; readonly url: string }>
> = {
  kind: 'endpoints',
  number: 1,
  initial: initialEndpointList,
  types: ['concordat.endpoints.added.v1'],
  upcasts: {},
  evolve: (list, event) => ({ endpoints: [...list.endpoints, event.data] }),
};
