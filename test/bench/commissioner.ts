import { randomUUID } from 'node:crypto';
import { type CommandOutcome, Keys, Organisations, PersonCommand, type PersonRequest } from '@concordat/access';
import type { Role } from '@concordat/access/core';
import { londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Standing } from './transition.js';

/** A commissioner of an organisation of a measurement's own, and the key they ask with. */
export interface Commissioner {
  readonly tenant: string;
  readonly person: string;
  readonly key: string;
}

/** Makes an organisation with one commissioner, who may do more where a scenario needs it, by the commands an operator would send. */
export async function newCommissioner(app: INestApplicationContext, more: readonly Role[] = []): Promise<Commissioner> {
  const { tenant } = await app.get(Organisations).create({ slug: `bench-${randomUUID().slice(0, 18)}`, name: 'Bench Council' });
  const person = newId();
  const asked = () => ({ tenant, actor: { kind: 'system', name: 'operator' } as const, commandId: newId(), fingerprint: 'bench', correlationId: newId() });
  const requests: PersonRequest[] = [
    { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Bench Commissioner', email: null } },
    ...(['commissioner', ...more] as const).map((role) => ({ name: 'grant-role', person, grant: newId(), role }) as const),
  ];
  for (const request of requests) {
    const outcome = await app.get(CommandBus).execute<PersonCommand, CommandOutcome>(new PersonCommand(request, asked()));
    if (outcome.outcome !== 'recorded') throw new Error(`${request.name} was answered with ${JSON.stringify(outcome)}`);
  }
  const lastDay = addDays(londonDay(new Date()), 1);
  const issued = await app.get(Keys).issue({ person, label: 'bench', scopes: 'all', lastDay }, asked());
  if (issued.outcome !== 'issued') throw new Error(`The key was answered with ${JSON.stringify(issued)}`);
  return { tenant, person, key: issued.secret };
}

/** Opens agreements that can pass their first gate: small grants, whose facts stand and whose commissioner has no conflict. */
export function openAgreements(port: number, { key, person }: Commissioner, count: number): Promise<Standing[]> {
  return Promise.all(
    Array.from({ length: count }, async (): Promise<Standing> => {
      const { agreement } = await post(port, key, '/api/v1/agreements', {
        title: 'Lunch club',
        kind: 'grant',
        pathway: { id: 'grant' },
        route: { id: 'grant' },
        raises: [],
        value: { amount: '9000.00', currency: 'GBP' },
      });
      const commands = `/api/v1/agreements/${agreement}/commands`;
      await post(port, key, `${commands}/amend-facts`, { facts: { 'people-concerned': 12, 'affected-groups': ['diners'] } }, 1);
      const { version } = await post(port, key, `${commands}/declare-no-conflict`, { person, role: 'commissioner' });
      return { agreement, version, turn: 'request-gate' };
    }),
  );
}

/** @throws Error for any answer but a success. */
export async function post<A = { agreement: string; version: number }>(port: number, key: string, path: string, body: object, version?: number): Promise<A> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(version !== undefined && { 'if-match': `"${version}"` }) };
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as A;
}
