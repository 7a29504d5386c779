import type { Actor, Person, Provider } from '@concordat/access/core';
import { actingNow, may, rightMissing } from '@concordat/access/core';
import type { Decision, Fold, NewEvent, Refusal } from '@concordat/journal/core';
import { accept, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { EndpointList } from './endpoint-list.js';
import { endpointListStream, mostEndpoints } from './endpoint-list.js';

/** Why an endpoint hears nothing: a person wished it so, or it answered 410 Gone. */
export type DisablingReason = 'by-request' | 'gone';

/** A provider's server that hears what happened. State of an `endpoint-<uuid>` stream; it holds no secret, only its key's id. */
export type Endpoint = {
  readonly registered: boolean;
  readonly provider: string;
  readonly url: string;
  /** True where the events of one agreement arrive strictly in order. */
  readonly ordered: boolean;
  readonly disabled: DisablingReason | null;
  /** The id of the newest signing key; the secret itself is sealed beside the journal. */
  readonly key: string;
};

/** Hours for which both keys sign after a rotation. */
export const overlap = { byDefault: 24, most: 168 } as const;

/** What may be asked of an endpoint, by name; ids of new things are in the command. */
export type EndpointCommands = {
  'register-endpoint': {
    readonly endpoint: string;
    readonly provider: string;
    readonly url: string;
    readonly ordered: boolean;
    readonly key: string;
  };
  'rotate-secret': { readonly endpoint: string; readonly key: string; readonly overlapHours: number };
  'disable-endpoint': { readonly endpoint: string; readonly reason: DisablingReason };
  'enable-endpoint': { readonly endpoint: string };
  'test-endpoint': { readonly endpoint: string };
};
export type EndpointCommandName = keyof EndpointCommands;
export type EndpointCommandOf<C extends EndpointCommandName> = { readonly name: C } & EndpointCommands[C];
export type EndpointCommandBody = { [C in EndpointCommandName]: EndpointCommandOf<C> }[EndpointCommandName];

/** What can have happened to an endpoint. */
export type EndpointEvents = {
  'concordat.endpoint.registered.v1': {
    readonly provider: string;
    readonly url: string;
    readonly ordered: boolean;
    readonly key: string;
  };
  'concordat.endpoint.secret-rotated.v1': { readonly key: string; readonly overlapHours: number };
  'concordat.endpoint.disabled.v1': { readonly reason: DisablingReason };
  'concordat.endpoint.enabled.v1': Readonly<Record<string, never>>;
  /** It is itself what the endpoint is sent, about no agreement and in nobody's feed. */
  'concordat.endpoint.tested.v1': Readonly<Record<string, never>>;
};
export type EndpointEventType = keyof EndpointEvents;
export type EndpointEvent = { [T in EndpointEventType]: NewEvent<T, EndpointEvents[T]> }[EndpointEventType];
/** What a decision about an endpoint may lead to: facts of the endpoint, and of its provider's list. */
export type EndpointDecisionEvent =
  | EndpointEvent
  | NewEvent<'concordat.endpoints.added.v1', { readonly endpoint: string; readonly url: string }>;

/** The streams a command was decided on. */
export interface EndpointStates {
  readonly endpoint: Endpoint;
  readonly list: EndpointList;
  readonly provider: Provider;
  /** The acting person as their stream stands now; `initialPerson` for a system actor. */
  readonly by: Person;
}

/** All a decision may know besides the streams. */
export interface EndpointContext {
  readonly actor: Actor;
  readonly today: CivilDate;
  /** Why this address may not be called, in words, where it may not; judged at the edge, which knows the deployment. */
  readonly urlRefused: string | null;
}

/** The stream of an endpoint. */
export const endpointStream = (endpoint: string): string => `endpoint-${endpoint}`;

/** Before registration. */
export const initialEndpoint: Endpoint = { registered: false, provider: '', url: '', ordered: false, disabled: null, key: '' };

type Decide<C extends EndpointCommandName> = (
  states: EndpointStates,
  command: EndpointCommandOf<C>,
  context: EndpointContext,
) => Decision<EndpointDecisionEvent>;

const unknownEndpoint: Refusal = {
  code: 'endpoint.unknown',
  asks: 'The endpoint is registered.',
  missing: [{ what: 'endpoint', suppliedBy: 'provider', by: 'register-endpoint' }],
};
const alreadySo = (asks: string): Refusal => ({ code: 'already-so', asks, missing: [] });
const rule = (code: string, asks: string, what: string, by: EndpointCommandName): Refusal => ({
  code,
  asks,
  missing: [{ what, suppliedBy: 'provider', by }],
});

const mayManage = (states: EndpointStates, provider: string, context: EndpointContext): boolean =>
  may(actingNow(context.actor, states.by), 'endpoint.manage', { provider }, context.today);

// Another provider's endpoint is as unknown as one that is missing.
const isTheirs = (states: EndpointStates, context: EndpointContext): boolean =>
  states.endpoint.registered && mayManage(states, states.endpoint.provider, context);

function decided(refusals: readonly Refusal[], first: EndpointDecisionEvent, ...more: EndpointDecisionEvent[]): Decision<EndpointDecisionEvent> {
  const [refusal, ...others] = refusals;
  return refusal === undefined ? accept(first, ...more) : refuse(refusal, ...others);
}

const decide = {
  'register-endpoint': (states, { name: _, endpoint, ...asked }, context) => {
    if (!mayManage(states, asked.provider, context)) return refuse(rightMissing('endpoint.manage'));
    if (states.endpoint.registered) return refuse(alreadySo('The endpoint is not registered yet.'));
    const refusals: Refusal[] = [];
    if (!states.provider.registered) {
      refusals.push({
        code: 'provider.unknown',
        asks: 'The provider is registered in this organisation.',
        missing: [{ what: 'provider', suppliedBy: 'commissioner', by: 'register-provider' }],
      });
    }
    if (context.urlRefused !== null) refusals.push(rule('endpoint.url-refused', context.urlRefused, 'url', 'register-endpoint'));
    if (states.list.endpoints.some(({ url }) => url === asked.url)) {
      refusals.push(rule('endpoint.url-taken', 'A provider registers an address once.', 'url', 'enable-endpoint'));
    }
    if (states.list.endpoints.length >= mostEndpoints) {
      refusals.push(rule('endpoint.too-many', `A provider has at most ${mostEndpoints} endpoints.`, 'endpoint', 'enable-endpoint'));
    }
    return decided(
      refusals,
      { stream: endpointStream(endpoint), type: 'concordat.endpoint.registered.v1', data: asked },
      { stream: endpointListStream(asked.provider), type: 'concordat.endpoints.added.v1', data: { endpoint, url: asked.url } },
    );
  },

  'rotate-secret': (states, { endpoint, key, overlapHours }, context) => {
    if (!isTheirs(states, context)) return refuse(unknownEndpoint);
    const fits = Number.isInteger(overlapHours) && overlapHours >= 0 && overlapHours <= overlap.most;
    return decided(
      fits ? [] : [rule('endpoint.overlap', `Both keys sign for 0 to ${overlap.most} whole hours.`, 'overlapHours', 'rotate-secret')],
      { stream: endpointStream(endpoint), type: 'concordat.endpoint.secret-rotated.v1', data: { key, overlapHours } },
    );
  },

  'disable-endpoint': (states, { endpoint, reason }, context) => {
    if (!isTheirs(states, context)) return refuse(unknownEndpoint);
    if (states.endpoint.disabled !== null) return refuse(alreadySo('The endpoint is not disabled yet.'));
    return accept({ stream: endpointStream(endpoint), type: 'concordat.endpoint.disabled.v1', data: { reason } });
  },

  'enable-endpoint': (states, { endpoint }, context) => {
    if (!isTheirs(states, context)) return refuse(unknownEndpoint);
    if (states.endpoint.disabled === null) return refuse(alreadySo('The endpoint is disabled.'));
    return accept({ stream: endpointStream(endpoint), type: 'concordat.endpoint.enabled.v1', data: {} });
  },

  'test-endpoint': (states, { endpoint }, context) => {
    if (!isTheirs(states, context)) return refuse(unknownEndpoint);
    return decided(
      states.endpoint.disabled === null ? [] : [rule('endpoint.disabled', 'The endpoint is enabled: a disabled one is sent nothing.', 'endpoint', 'enable-endpoint')],
      { stream: endpointStream(endpoint), type: 'concordat.endpoint.tested.v1', data: {} },
    );
  },
} satisfies { [C in EndpointCommandName]: Decide<C> };

/** Decides one command about an endpoint. Pure; every reason against it at once, and none of them after the right is missing. */
export function decideEndpoint(
  states: EndpointStates,
  command: EndpointCommandBody,
  context: EndpointContext,
): Decision<EndpointDecisionEvent> {
  return (decide[command.name] as Decide<EndpointCommandName>)(states, command as EndpointCommandOf<EndpointCommandName>, context);
}

const evolve = {
  'concordat.endpoint.registered.v1': (_, data) => ({ ...data, registered: true, disabled: null }),
  'concordat.endpoint.secret-rotated.v1': (endpoint, { key }) => ({ ...endpoint, key }),
  'concordat.endpoint.disabled.v1': (endpoint, { reason }) => ({ ...endpoint, disabled: reason }),
  'concordat.endpoint.enabled.v1': (endpoint) => ({ ...endpoint, disabled: null }),
  'concordat.endpoint.tested.v1': (endpoint) => endpoint,
} satisfies { [T in EndpointEventType]: (endpoint: Endpoint, data: EndpointEvents[T]) => Endpoint };

/** The facts of an `endpoint-` stream; none is forgotten, because the fold has a case for each. */
export const endpointEventTypes = Object.keys(evolve) as EndpointEventType[];

/** How an `endpoint-` stream becomes its state. */
export const endpointFold: Fold<Endpoint, EndpointEvent> = {
  kind: 'endpoint',
  number: 1,
  initial: initialEndpoint,
  types: endpointEventTypes,
  upcasts: {},
  evolve: (endpoint, event) =>
    (evolve[event.type] as (endpoint: Endpoint, data: EndpointEvent['data']) => Endpoint)(endpoint, event.data),
};
