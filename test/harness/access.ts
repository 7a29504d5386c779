import { randomBytes } from 'node:crypto';
import {
  accessProviders, type Asked, Bootstrap, Keys, Organisations, People, PersonCommand, type PersonRequest, Principals, ProviderCommand,
  Providers, Sessions, Vault, Wordings,
} from '@concordat/access';
import { type Actor, type OrganisationIdentifier, personFold, providerFold, type RoleGrant, wordingFold } from '@concordat/access/core';
import type { CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Clock, Database, Doorbell, FixedClock, newId, Sealing } from '@concordat/platform';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Client } from 'pg';
import { type FreshDatabase, freshTenant } from './database.js';

@Module({})
class Parts {}

/** One process with access in it, put together by Nest as the product does. */
export interface AccessProcess {
  readonly organisations: Organisations;
  readonly people: People;
  readonly providers: Providers;
  readonly keys: Keys;
  readonly sessions: Sessions;
  readonly principals: Principals;
  readonly vault: Vault;
  readonly bootstrap: Bootstrap;
  readonly wordings: Wordings;
  readonly journal: Journal;
  execute(command: PersonCommand | ProviderCommand): Promise<CommandOutcome>;
}

/** Who sets things up in these tests. */
export const operator: Actor = { kind: 'system', name: 'operator' };

/** An organisation of a test's own on a real database, seen by two processes that share nothing but it and a clock. */
export class AccessScene {
  readonly clock = new FixedClock('2026-03-16T09:00:00Z');
  readonly #key = randomBytes(32);
  readonly #applications: INestApplicationContext[] = [];
  access!: AccessProcess;
  /** Another process: nothing that `access` has cached is known there. */
  elsewhere!: AccessProcess;

  private constructor(
    readonly fresh: FreshDatabase,
    public tenant: string,
  ) {}

  static async open(fresh: FreshDatabase): Promise<AccessScene> {
    const scene = new AccessScene(fresh, freshTenant(fresh.database));
    scene.access = await scene.another();
    scene.elsewhere = await scene.another();
    return scene;
  }

  async close(): Promise<void> {
    for (const application of this.#applications) await application.close();
  }

  /** One more process. */
  async another(): Promise<AccessProcess> {
    const application = await NestFactory.createApplicationContext(
      {
        module: Parts,
        imports: [CqrsModule.forRoot()],
        providers: [
          { provide: Database, useValue: this.fresh.database },
          { provide: Journal, useValue: new Journal(this.fresh.database, this.clock, [personFold, providerFold, wordingFold]) },
          { provide: Clock, useValue: this.clock },
          { provide: Doorbell, useValue: new Doorbell(async () => undefined) },
          { provide: Sealing, useValue: new Sealing(this.#key) },
          ...accessProviders,
        ],
      },
      { logger: false, abortOnError: false },
    );
    this.#applications.push(application);
    const bus = application.get(CommandBus);
    return {
      organisations: application.get(Organisations),
      people: application.get(People),
      providers: application.get(Providers),
      keys: application.get(Keys),
      sessions: application.get(Sessions),
      principals: application.get(Principals),
      vault: application.get(Vault),
      bootstrap: application.get(Bootstrap),
      wordings: application.get(Wordings),
      journal: application.get(Journal),
      execute: (command) => bus.execute(command),
    };
  }

  asked(actor: Actor = operator, more: Partial<Asked> = {}): Asked {
    return { tenant: this.tenant, actor, commandId: newId(), fingerprint: 'f', correlationId: 'c', ...more };
  }

  /** Does it, or fails the test with what it was answered. */
  async done(request: PersonRequest, by?: string): Promise<void> {
    const actor: Actor = by === undefined ? operator : { kind: 'person', person: by, grants: [], scopes: 'all' };
    const outcome = await this.access.execute(new PersonCommand(request, this.asked(actor)));
    if (outcome.outcome !== 'recorded') throw new Error(`${request.name} was answered with ${JSON.stringify(outcome)}`);
  }

  /** A registered person of the organisation with these roles. */
  async someone(...held: RoleGrant[]): Promise<string> {
    const person = newId();
    await this.done({ name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'First administrator', email: 'staff@example.org' } });
    for (const grant of held) await this.done({ name: 'grant-role', person, grant: newId(), ...grant });
    return person;
  }

  async provider(identifiers: readonly OrganisationIdentifier[] = []): Promise<string> {
    const provider = newId();
    await this.access.execute(new ProviderCommand({ name: 'register-provider', provider, title: 'Harbour Care', identifiers }, this.asked()));
    return provider;
  }

  /** A new key of a person, unlimited. */
  async keyOf(person: string, lastDay = '2026-06-30'): Promise<{ readonly id: string; readonly secret: string }> {
    const outcome = await this.access.keys.issue({ person, label: 'works', scopes: 'all', lastDay }, this.asked());
    if (outcome.outcome !== 'issued') throw new Error(`no key: ${JSON.stringify(outcome)}`);
    return { id: outcome.key.id, secret: outcome.secret };
  }

  /** What someone finds who reads the tables themselves. */
  async superuser<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
    const client = new Client({ connectionString: this.fresh.superuserUrl });
    await client.connect();
    try {
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
}
