import { Client } from './client.js';
import { Dice } from './dice.js';
import type { Installation } from './installation.js';
import type { Receiver } from './receiver.js';

/** A provider's endpoint at the receiver, and a key of the provider's administrator. */
export interface Endpoint {
  readonly endpoint: string;
  readonly provider: string;
  readonly ordered: boolean;
  readonly path: string;
  readonly admin: Client;
}

/** The id of a demo organisation. */
export async function tenantOf(installation: Installation, organisation: string): Promise<string> {
  const { organisation: own } = await me<{ organisation: { id: string } }>(visitor(installation, organisation, 'commissioner', ''));
  return own.id;
}

/** Somebody who sets things up before a storm, or reads after it; their commands are in no history of it. */
export function visitor(installation: Installation, organisation: string, role: string, tenant: string): Client {
  return new Client(installation.origin, tenant, installation.key(organisation, role), new Dice(`${organisation} ${role}`));
}

/** Registers an endpoint of a demo provider at the receiver. */
export async function registerEndpoint(installation: Installation, receiver: Receiver, tenant: string, role: string, ordered: boolean): Promise<Endpoint> {
  const admin = visitor(installation, 'demo-council', role, tenant);
  const path = `/${role.replace(':', '-')}`;
  const endpoints = `${installation.origin}/api/v1/webhook-endpoints`;
  const post = (url: string, key: string, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${admin.who.key}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
  // Those of the demo lead to nobody here.
  const { items } = await asked<{ items: { endpoint: string }[] }>(admin, '/api/v1/webhook-endpoints');
  for (const { endpoint } of items) await post(`${endpoints}/${endpoint}/disable`, `disable-${endpoint}`, {});
  const answer = await post(endpoints, `register${path}`, { url: receiver.url(path), ordered });
  const { endpoint, secret } = (await answer.json()) as { endpoint: string; secret: string };
  receiver.expect(path, secret);
  const { roles } = await me<{ roles: { provider: string }[] }>(admin);
  return { endpoint, provider: roles[0]!.provider, ordered, path, admin };
}

/** An agreement in delivery, of which the first provider is the provider and the others are invited. */
export async function agreementOf(commissioner: Client, id: string, [first, ...others]: readonly Endpoint[]): Promise<void> {
  const beginning = { title: 'Worked on by all', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'delivery' };
  await must(commissioner, id, 'take-over-agreement', { ...beginning, from: { source: 'the old register', reference: '1' }, provider: first!.provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2049-03-31' } } });
  for (const { provider } of others) await must(commissioner, id, 'invite-provider', { provider });
}

/** Sends a command that has no reason to be refused. */
export async function must(client: Client, agreement: string, name: string, body: object): Promise<void> {
  const told = await client.send({ name, path: `/api/v1/agreements/${agreement}/commands/${name}`, key: `${name}-${agreement}-${client.history.length}`, body, marks: [] });
  if (told === undefined) throw new Error(`${name} was answered with ${JSON.stringify(client.history.at(-1)?.answers)} ${client.strange.join(' ')}`);
}

async function me<T>(client: Client): Promise<T> {
  return asked(client, '/api/v1/me');
}

async function asked<T>(client: Client, path: string): Promise<T> {
  const answer = await client.read(path);
  if (answer === undefined) throw new Error(`Nobody answered ${path}.`);
  return JSON.parse(answer.text) as T;
}
