import { createHash } from 'node:crypto';
import { Clock, concordatNamespace, correlationId, londonDay, uuidv5 } from '@concordat/platform';
import { addDays, canonical } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import type { Asked } from './asked.js';
import type { Actor } from './core/index.js';
import { Keys, type KeyOutcome } from './keys.js';
import { type Organisation, Organisations } from './organisation.store.js';
import { type Naming, PersonCommand, type PersonRequest } from './person-command.js';
import { PersonHandler } from './person.handler.js';

const bootstrap: Actor = { kind: 'system', name: 'bootstrap' };
// Long enough to set an organisation up, short enough to be forgotten safely.
const firstKeyDays = 90;

/** The first organisation and its first administrator: for the command line and the seed, never behind a route. */
@Injectable()
export class Bootstrap {
  constructor(
    private readonly organisations: Organisations,
    private readonly people: PersonHandler,
    private readonly keys: Keys,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates the organisation, its administrator and a key for them, valid 90 days. Run again for the same slug, whatever
   * is missing after a crash is added and the rest stays; the key is then `already-shown`.
   * @throws Problem 422 for a slug that cannot be used.
   */
  async run(wish: { readonly slug: string; readonly name: string; readonly administrator: Naming }): Promise<{
    readonly organisation: Organisation;
    readonly administrator: string;
    readonly key: KeyOutcome;
  }> {
    const organisation =
      (await this.organisations.bySlug(wish.slug)) ?? (await this.organisations.create({ slug: wish.slug, name: wish.name }));
    const { tenant } = organisation;
    const id = (what: string): string => uuidv5(concordatNamespace, `${tenant}/bootstrap/${what}`);
    const administrator = id('administrator');

    await this.#record(tenant, id('registered'), {
      name: 'register-person', person: administrator, memberOf: { kind: 'organisation' }, naming: wish.administrator,
    });
    await this.#record(tenant, id('granted'), {
      name: 'grant-role', person: administrator, grant: id('grant'), role: 'administrator',
    });
    const lastDay = addDays(londonDay(this.clock.now()), firstKeyDays);
    const key = await this.keys.issue(
      { person: administrator, label: 'first administrator', scopes: 'all', lastDay },
      asked(tenant, id('key'), 'issue-key'),
    );
    return { organisation, administrator, key };
  }

  async #record(tenant: string, commandId: string, request: PersonRequest): Promise<void> {
    const { name, person } = request;
    const outcome = await this.people.execute(new PersonCommand(request, asked(tenant, commandId, canonical([name, person]))));
    if (outcome.outcome !== 'recorded') {
      throw new Error(`The first administrator could not be set up: ${name} was answered with ${JSON.stringify(outcome)}. Run the same command again.`);
    }
  }
}

function asked(tenant: string, commandId: string, request: string): Asked {
  const fingerprint = createHash('sha256').update(request, 'utf8').digest('hex');
  return { tenant, actor: bootstrap, commandId, fingerprint, correlationId: correlationId() };
}
