/** The door of access: organisations, people, providers, keys, sessions, principals, the vault, and how an organisation speaks. */
import { Access1763900000200 } from './access.migration.js';
import { Bootstrap } from './bootstrap.js';
import { CommandDesk } from './command-desk.js';
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
import { Wordings } from './wordings.js';

export type { Asked, CommandOutcome } from './asked.js';
export { Bootstrap } from './bootstrap.js';
export { CommandDesk, type Commanded } from './command-desk.js';
export type { ApiKey } from './key.store.js';
export { eventSchemas, wordingShape } from './event-schemas.js';
export { Keys, type KeyOutcome } from './keys.js';
export { type Organisation, Organisations } from './organisation.store.js';
export { type InPlaceOf, People, type PersonEntry } from './people.js';
export { type Naming, PersonCommand, type PersonRequest } from './person-command.js';
export { PersonHandler } from './person.handler.js';
export { type PersonName, PersonNames } from './person.store.js';
export { idleLimit, type Principal, Principals, sessionLimit } from './principal.js';
export { ProviderCommand } from './provider-command.js';
export { ProviderHandler } from './provider.handler.js';
export { type ProviderEntry, Providers } from './provider.store.js';
export { Sessions } from './sessions.js';
export { type SubjectText, Vault } from './vault.js';
export { Wordings } from './wordings.js';

/** Everything of access that Nest builds: spread into a module's `providers`. Needs Database, Clock, Journal, Doorbell and Sealing there. */
export const accessProviders = [
  Bootstrap, CommandDesk, KeyRows, Keys, Organisations, People, PersonHandler, PersonNames, Principals, ProviderHandler, Providers,
  SessionRows, Sessions, Vault, VaultRows, Wordings,
] as const;

/** Schema `access`, in order. */
export const migrations = [Access1763900000200];
