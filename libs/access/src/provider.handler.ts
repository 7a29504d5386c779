import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import type { Decision } from '@concordat/journal/core';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandOutcome } from './asked.js';
import {
  actorName,
  decideProvider,
  initialPerson,
  personFold,
  personStream,
  type ProviderEvent,
  providerFold,
  providerStream,
} from './core/index.js';
import { ProviderCommand } from './provider-command.js';
import { Providers } from './provider.store.js';

/** Registers providers. */
@CommandHandler(ProviderCommand)
export class ProviderHandler implements ICommandHandler<ProviderCommand, CommandOutcome> {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly providers: Providers,
  ) {}

  async execute({ command, asked, dryRun }: ProviderCommand): Promise<CommandOutcome> {
    const target = providerStream(command.provider);
    const acting = asked.actor.kind === 'person' ? personStream(asked.actor.person) : undefined;
    const streams = [target, ...(acting ? [acting] : [])];
    const today = londonDay(this.clock.now());

    const decide = (loaded: StreamStates): Decision<ProviderEvent> =>
      decideProvider(
        { provider: loaded.of(providerFold, target).state, by: acting ? loaded.of(personFold, acting).state : initialPerson },
        command,
        { actor: asked.actor, today },
      );

    const loaded = await this.journal.load(asked.tenant, streams);
    const rehearsed = decide(loaded);
    if (dryRun) {
      return 'refused' in rehearsed
        ? { outcome: 'refused', refusals: rehearsed.refused }
        : { outcome: 'would-record', events: rehearsed.accepted, version: loaded.of(providerFold, target).version };
    }
    // The row stands before the event, so that a list never misses a provider; and no row for what is refused.
    if ('accepted' in rehearsed) {
      const { name, identifiers } = rehearsed.accepted[0].data;
      await this.providers.write(asked.tenant, { id: command.provider, name, identifiers });
    }

    const outcome = await this.journal.record({
      tenant: asked.tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(asked.actor), command: command.name, correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream: target, version: asked.expectedVersion } }),
      decide,
      created: { provider: command.provider },
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, asked.tenant);
    return outcome;
  }
}
