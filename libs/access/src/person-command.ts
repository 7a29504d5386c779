import type { Asked } from './asked.js';
import type { PersonCommandName, PersonCommandOf } from './core/index.js';

/** How a new person is called and reached; it goes to `access.person` and nowhere else. */
export interface Naming {
  readonly name: string;
  readonly email: string | null;
}

/** A command about a person as it is asked: registering carries the name, which never reaches the core. */
export type PersonRequest =
  | (PersonCommandOf<'register-person'> & { readonly naming: Naming })
  | { [C in Exclude<PersonCommandName, 'register-person'>]: PersonCommandOf<C> }[Exclude<PersonCommandName, 'register-person'>];

/** The one message of the person aggregate on the CommandBus. */
export class PersonCommand {
  constructor(
    readonly request: PersonRequest,
    readonly asked: Asked,
    readonly dryRun = false,
  ) {}
}
