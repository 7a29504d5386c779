import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import type { Decision } from '@concordat/journal/core';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandOutcome } from './asked.js';
import {
  actorName,
  decidePerson,
  identitiesOf,
  initialPerson,
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
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly names: PersonNames,
    private readonly principals: Principals,
  ) {}

  async execute({ request, asked, dryRun }: PersonCommand): Promise<CommandOutcome> {
    const command = withoutName(request);
    const target = personStream(command.person);
    const acting = asked.actor.kind === 'person' ? personStream(asked.actor.person) : undefined;
    const provider = providerOf(command);
    const others = await this.others(asked.tenant, command);
    const streams = [...new Set([target, ...(acting ? [acting] : []), ...(provider ? [providerStream(provider)] : []), ...others.map(personStream)])];
    const today = londonDay(this.clock.now());

    const decide = (loaded: StreamStates): Decision<PersonEvent> =>
      decidePerson(
        {
          person: loaded.of(personFold, target).state,
          by: acting ? loaded.of(personFold, acting).state : initialPerson,
          provider: provider ? loaded.of(providerFold, providerStream(provider)).state : initialProvider,
          others: Object.fromEntries(others.map((id) => [id, loaded.of(personFold, personStream(id)).state])),
        },
        command,
        { actor: asked.actor, today },
      );

    if (dryRun || request.name === 'register-person') {
      const loaded = await this.journal.load(asked.tenant, streams);
      const decision = decide(loaded);
      if (dryRun) {
        return 'refused' in decision
          ? { outcome: 'refused', refusals: decision.refused }
          : { outcome: 'would-record', events: decision.accepted, version: loaded.of(personFold, target).version };
      }
      // The row stands before the event, so that nobody in the record is without a name; and no row for what is refused.
      if ('accepted' in decision && request.name === 'register-person') {
        await this.names.write(asked.tenant, { id: request.person, ...request.naming });
      }
    }

    const outcome = await this.journal.record({
      tenant: asked.tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(asked.actor), command: command.name, correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream: target, version: asked.expectedVersion } }),
      decide,
      created: { person: command.person },
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) {
      this.principals.forget();
      this.doorbell.ring(journalBell, asked.tenant);
    }
    return outcome;
  }

  // Whoever is linked with one of the two is linked with both. Somebody linked meanwhile is unknown to `decide`, which refuses.
  private async others(tenant: string, command: PersonCommandBody): Promise<readonly string[]> {
    if (command.name === 'delegate') return [command.to];
    if (command.name !== 'link-identities') return [];
    const two = [command.person, command.with];
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
