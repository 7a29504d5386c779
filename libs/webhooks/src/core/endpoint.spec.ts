import { initialPerson, type Actor, type Person, type Provider } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { describe, expect, test } from '@jest/globals';
import {
  decideEndpoint,
  type Endpoint,
  type EndpointCommandBody,
  endpointFold,
  type EndpointEvent,
  endpointListFold,
  type EndpointStates,
  initialEndpoint,
  initialEndpointList,
} from './index.js';

const registered: Provider = { registered: true, name: 'Lunch Club', identifiers: [] };
const admin = (provider: string): { actor: Actor; by: Person } => ({
  actor: { kind: 'person', person: 'p', grants: [], scopes: 'all' },
  by: {
    ...initialPerson,
    registered: true,
    memberOf: { kind: 'provider', provider },
    grants: [{ grant: 'g', role: 'provider-admin', provider }],
  },
});
const endpointOf = (more: Partial<Endpoint> = {}): Endpoint => ({
  registered: true, provider: 'ours', url: 'https://a.example/', ordered: false, disabled: null, key: 'k1', ...more,
});

function decided(command: EndpointCommandBody, more: Partial<EndpointStates> = {}, urlRefused: string | null = null, who = admin('ours')) {
  const states = { endpoint: initialEndpoint, list: initialEndpointList, provider: registered, by: who.by, ...more };
  return decideEndpoint(states, command, { actor: who.actor, today: '2026-06-01', urlRefused });
}
const codes = (decision: ReturnType<typeof decided>) => ('refused' in decision ? decision.refused.map(({ code }: Refusal) => code) : 'accepted');

const register = { name: 'register-endpoint', endpoint: 'e', provider: 'ours', url: 'https://a.example/', ordered: true, key: 'k1' } as const;

describe('registering an endpoint', () => {
  test('is a fact of the endpoint and of its provider’s list, and names the key but holds no secret', () => {
    expect(decided(register)).toEqual({
      accepted: [
        {
          stream: 'endpoint-e',
          type: 'concordat.endpoint.registered.v1',
          data: { provider: 'ours', url: 'https://a.example/', ordered: true, key: 'k1' },
        },
        { stream: 'endpoints-ours', type: 'concordat.endpoints.added.v1', data: { endpoint: 'e', url: 'https://a.example/' } },
      ],
    });
  });

  test('every reason against it is named at once', () => {
    const full = { endpoints: Array.from({ length: 20 }, (_, i) => ({ endpoint: String(i), url: i === 0 ? register.url : `https://${i}.example/` })) };
    const provider = { ...registered, registered: false };
    expect(codes(decided(register, { list: full, provider }, 'The address begins with https://.'))).toEqual([
      'provider.unknown',
      'endpoint.url-refused',
      'endpoint.url-taken',
      'endpoint.too-many',
    ]);
  });

  test('is for the provider’s own people', () => {
    expect(codes(decided(register, {}, null, admin('theirs')))).toEqual(['right.missing']);
  });
});

describe('an endpoint that is there', () => {
  test('is disabled and enabled once each', () => {
    const disable = { name: 'disable-endpoint', endpoint: 'e', reason: 'by-request' } as const;
    const enable = { name: 'enable-endpoint', endpoint: 'e' } as const;
    expect(decided(disable, { endpoint: endpointOf() })).toEqual({ accepted: [{ stream: 'endpoint-e', type: 'concordat.endpoint.disabled.v1', data: { reason: 'by-request' } }] });
    expect(codes(decided(disable, { endpoint: endpointOf({ disabled: 'gone' }) }))).toEqual(['already-so']);
    expect(codes(decided(enable, { endpoint: endpointOf({ disabled: 'gone' }) }))).toBe('accepted');
    expect(codes(decided(enable, { endpoint: endpointOf() }))).toEqual(['already-so']);
  });

  test.each([
    [0, 'accepted'],
    [24, 'accepted'],
    [168, 'accepted'],
    [169, ['endpoint.overlap']],
    [-1, ['endpoint.overlap']],
    [1.5, ['endpoint.overlap']],
  ])('keeps its old key for %p hours after a rotation: %p', (overlapHours, outcome) => {
    expect(codes(decided({ name: 'rotate-secret', endpoint: 'e', key: 'k2', overlapHours }, { endpoint: endpointOf() }))).toEqual(outcome);
  });

  test('is as unknown to another provider as one that is missing', () => {
    const disable = { name: 'disable-endpoint', endpoint: 'e', reason: 'by-request' } as const;
    expect(codes(decided(disable, { endpoint: endpointOf() }, null, admin('theirs')))).toEqual(['endpoint.unknown']);
    expect(codes(decided(disable))).toEqual(['endpoint.unknown']);
  });
});

test('the state is the fold of the facts', () => {
  const meta = { actor: 'p', command: 'c', commandId: 'i', correlationId: 'r' };
  const facts: EndpointEvent[] = [
    { stream: 'endpoint-e', type: 'concordat.endpoint.registered.v1', data: { provider: 'ours', url: 'https://a.example/', ordered: false, key: 'k1' } },
    { stream: 'endpoint-e', type: 'concordat.endpoint.secret-rotated.v1', data: { key: 'k2', overlapHours: 24 } },
    { stream: 'endpoint-e', type: 'concordat.endpoint.disabled.v1', data: { reason: 'gone' } },
    { stream: 'endpoint-e', type: 'concordat.endpoint.enabled.v1', data: {} },
    { stream: 'endpoint-e', type: 'concordat.endpoint.disabled.v1', data: { reason: 'by-request' } },
  ];
  const state = facts.reduce(
    (endpoint, fact, i) => endpointFold.evolve(endpoint, { ...fact, recordedAt: '2026-06-01T00:00:00Z', version: i + 1, meta }),
    endpointFold.initial,
  );
  expect(state).toEqual(endpointOf({ key: 'k2', disabled: 'by-request' }));
  const added = { stream: 'endpoints-ours', type: 'concordat.endpoints.added.v1', data: { endpoint: 'e', url: 'u' } } as const;
  expect(endpointListFold.evolve(endpointListFold.initial, { ...added, recordedAt: '', version: 1, meta })).toEqual({ endpoints: [{ endpoint: 'e', url: 'u' }] });
});
