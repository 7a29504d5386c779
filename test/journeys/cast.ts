import { type Asked, Keys, PersonCommand, type PersonRequest } from '@concordat/access';
import { type Actor, isProviderRole, type Right, type Role } from '@concordat/access/core';
import { Clock, londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { CommandBus } from '@nestjs/cqrs';
import { ApiClient } from './client.js';
import type { TestInstallation } from './installation.js';

const operator: Actor = { kind: 'system', name: 'operator' };

/** Whom somebody of the cast is made as. */
export interface Part {
  readonly role: Role;
  /** Of an approver; legal where nothing is said. */
  readonly discipline?: string;
  readonly provider?: string;
  readonly partner?: string;
  readonly agreements?: readonly string[];
  readonly from?: string;
  readonly until?: string;
}

/** Somebody with a role and keys of their own, beside the demo's people. */
export interface Player {
  readonly person: string;
  readonly role: Role;
  readonly provider?: string;
  readonly api: ApiClient;
}

/** Makes people of an organisation as its operator would, each with a key. */
export class Cast {
  constructor(
    private readonly here: TestInstallation,
    private readonly tenant: string,
  ) {}

  /** A person with these roles, the first of which they are called by; a provider's people belong to the provider of that one. */
  async player(first: Part, ...more: readonly Part[]): Promise<Player> {
    const person = newId();
    const { role, provider } = first;
    await this.do({ name: 'register-person', person, memberOf: provider === undefined ? { kind: 'organisation' } : { kind: 'provider', provider }, naming: { name: `The ${role}`, email: null } });
    for (const part of [first, ...more]) {
      const discipline = part.role === 'approver' ? { discipline: 'legal' } : {};
      await this.do({ name: 'grant-role', person, grant: newId(), ...discipline, ...part });
    }
    return { person, role, ...(provider !== undefined && { provider }), api: await this.key(person, 'all') };
  }

  /** A player of every role; those of a provider belong to this one. */
  async everyRole(roles: readonly Role[], provider: string): Promise<Player[]> {
    const players: Player[] = [];
    for (const role of roles) players.push(await this.player(isProviderRole(role) ? { role, provider } : { role }));
    return players;
  }

  /** One more key of a person, limited to these rights. */
  async key(person: string, scopes: readonly Right[] | 'all'): Promise<ApiClient> {
    const lastDay = addDays(londonDay(this.here.app.get(Clock).now()), 30);
    const issued = await this.here.app.get(Keys).issue({ person, label: newId(), scopes, lastDay }, this.asked());
    if (issued.outcome !== 'issued') throw new Error(`No key was made: ${JSON.stringify(issued)}`);
    return new ApiClient(this.here.origin, issued.secret);
  }

  private async do(request: PersonRequest): Promise<void> {
    const outcome: { readonly outcome: string } = await this.here.app.get(CommandBus).execute(new PersonCommand(request, this.asked()));
    if (outcome.outcome !== 'recorded') throw new Error(`${request.name} was answered ${JSON.stringify(outcome)}`);
  }

  private asked(): Asked {
    const commandId = newId();
    return { tenant: this.tenant, actor: operator, commandId, fingerprint: commandId, correlationId: commandId };
  }
}
