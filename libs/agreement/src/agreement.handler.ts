import { createHash } from 'node:crypto';
import { personFold } from '@concordat/access/core';
import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import { type Decision } from '@concordat/journal/core';
import { holidays, pathways, routes } from '@concordat/pathway';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreementCommand, type CommandOutcome } from './agreement-command.js';
import {
  type Agreement,
  type AgreementEvent,
  agreementFold,
  type Context,
  decide,
  participantFold,
  type States,
  streamsOf,
} from './core/index.js';

/** Takes a command to its decision and its decision to the journal, then rings the doorbell. */
@CommandHandler(AgreementCommand)
export class AgreementHandler implements ICommandHandler<AgreementCommand, CommandOutcome> {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  async execute({ agreement, command, asked, dryRun }: AgreementCommand): Promise<CommandOutcome> {
    const streams = streamsOf(command, agreement, asked.actor);
    const now = this.clock.now();
    const answer = (loaded: StreamStates): Decision<AgreementEvent> => {
      const states = statesFrom(loaded, agreement, streams);
      return decide(states, command, contextFor(states.agreement, command, asked.actor, now));
    };

    if (dryRun) return this.rehearse(asked.tenant, streams, `agreement-${agreement}`, answer);

    const outcome = await this.journal.record({
      tenant: asked.tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(asked.actor), command: command.name, correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && {
        expectedVersion: { stream: `agreement-${agreement}`, version: asked.expectedVersion },
      }),
      decide: answer,
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, asked.tenant);
    return outcome;
  }

  private async rehearse(
    tenant: string,
    streams: readonly string[],
    stream: string,
    answer: (loaded: StreamStates) => Decision<AgreementEvent>,
  ): Promise<CommandOutcome> {
    const loaded = await this.journal.load(tenant, streams);
    const decision = answer(loaded);
    if ('refused' in decision) return { outcome: 'refused', refusals: decision.refused };
    return { outcome: 'would-record', events: decision.accepted, version: loaded.of(agreementFold, stream).version };
  }
}
