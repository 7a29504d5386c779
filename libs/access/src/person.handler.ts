import { Journal } from '@concordat/journal';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandOutcome } from './asked.js';
import { CommandDesk, type Commanded } from './command-desk.js';
import {
  decidePerson,
  identitiesOf,
  initialProvider,
  type PersonCommandBody,
  type PersonEvent,
  personFold,
  personStream,
  providerFold,
  providerStream,
} from './core/index.js';
import { PersonCommand, type PersonRequest } from './person-command.js';
import { PersonNames } from './person.store.js';
import { Principals } from './principal.js';

/** Registers people, gives and withdraws roles, disables and enables. */
@CommandHandler(PersonCommand)
export class PersonHandler implements ICommandHandler<PersonCommand, CommandOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly journal: Journal,
    private readonly names: PersonNames,
    private readonly principals: Principals,
  ) {}

  async execute({ request, asked, dryRun }: PersonCommand): Promise<CommandOutcome> {
    const command = withoutName(request);
    const stream = personStream(command.person);
    const provider = providerOf(command);
    const others = await this.others(asked.tenant, command);
    const commanded: Commanded<PersonEvent> = {
      name: command.name,
      stream,
      besides: [...(provider ? [providerStream(provider)] : []), ...others.map(personStream)],
      decide: (loaded, by, today) =>
        decidePerson(
          {
            person: loaded.of(personFold, stream).state,
            by,
            provider: provider ? loaded.of(providerFold, providerStream(provider)).state : initialProvider,
            others: Object.fromEntries(others.map((id) => [id, loaded.of(personFold, personStream(id)).state])),
          },
          command,
          { actor: asked.actor, today },
        ),
      created: { person: command.person },
    };
    if (dryRun) return this.desk.rehearse(commanded, asked);
    // The row stands before the event, so that nobody in the record is without a name; and no row for what is refused.
    if (request.name === 'register-person' && (await this.desk.rehearse(commanded, asked)).outcome === 'would-record') {
      await this.names.write(asked.tenant, { id: request.person, ...request.naming });
    }
    const outcome = await this.desk.record(commanded, asked);
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.principals.forget();
    return outcome;
  }

  // Whoever is linked with one of the two is linked with both. Somebody linked meanwhile is unknown to `decide`, which refuses.
  private async others(tenant: string, command: PersonCommandBody): Promise<readonly string[]> {
    if (command.name === 'delegate') return [command.to];
    if (command.name !== 'link-identities' && command.name !== 'unlink-identities') return [];
    const two = command.name === 'link-identities' ? [command.person, command.with] : [command.person];
    const loaded = await this.journal.load(tenant, two.map(personStream));
    return [...new Set(two.flatMap((id) => identitiesOf(id, loaded.of(personFold, personStream(id)).state)))].filter((id) => id !== command.person);
  }
}

function withoutName(request: PersonRequest): PersonCommandBody {
  if (request.name !== 'register-person') return request;
  return { name: request.name, person: request.person, memberOf: request.memberOf };
}

function providerOf(command: PersonCommandBody): string | undefined {
  if (command.name === 'grant-role') return command.provider;
  return command.name === 'register-person' && command.memberOf.kind === 'provider' ? command.memberOf.provider : undefined;
}
