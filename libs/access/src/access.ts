import type { Journal } from '@concordat/journal';
import type { Clock, Database, Doorbell, Sealing } from '@concordat/platform';
import { Bootstrap } from './bootstrap.js';
import { KeyRows } from './key.store.js';
import { Keys } from './keys.js';
import { Organisations } from './organisation.store.js';
import { People } from './people.js';
import { PersonHandler } from './person.handler.js';
import { PersonNames } from './person.store.js';
import { Principals } from './principal.js';
import { ProviderHandler } from './provider.handler.js';
import { Providers } from './provider.store.js';
import { SessionRows } from './session.store.js';
import { Sessions } from './sessions.js';
import { Vault } from './vault.js';
import { VaultRows } from './vault.store.js';

/** What access stands on. */
export interface AccessParts {
  readonly database: Database;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly doorbell: Doorbell;
  /** Under the installation's key. */
  readonly sealing: Sealing;
}

/** Access put together without Nest: for the command line, the seed and tests. The journal must know personFold and providerFold. */
export function accessOf({ database, journal, clock, doorbell, sealing }: AccessParts) {
  const keyRows = new KeyRows(database);
  const sessionRows = new SessionRows(database);
  const names = new PersonNames(database, clock);
  const providers = new Providers(database, clock);
  const organisations = new Organisations(database, clock);
  const principals = new Principals(keyRows, sessionRows, journal, clock);
  const personHandler = new PersonHandler(journal, clock, doorbell, names, principals);
  const keys = new Keys(keyRows, journal, clock, principals);
  return {
    organisations,
    people: new People(names, journal),
    personHandler,
    providers,
    providerHandler: new ProviderHandler(journal, clock, doorbell, providers),
    keys,
    sessions: new Sessions(sessionRows, journal, clock, principals),
    principals,
    vault: new Vault(new VaultRows(database), sealing, clock),
    bootstrap: new Bootstrap(organisations, personHandler, keys, clock),
  };
}

/** All of access, each thing by its name. */
export type Access = ReturnType<typeof accessOf>;
