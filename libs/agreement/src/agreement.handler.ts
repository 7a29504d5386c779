import type { CommandOutcome } from '@concordat/access';
import { actorName } from '@concordat/access/core';
import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import type { Decision } from '@concordat/journal/core';
import { OwnPathways } from '@concordat/pathway';
import { Clock, Doorbell } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreementCommand } from './agreement-command.js';
import { contextOf, documentsFor, ownRulesFrom, ownRuleStreams } from './context.js';
import { type AgreementCommandBody, type AgreementEvent, agreementFold, agreementStream, decide, restsBesides, streamsOf } from './core/index.js';
import { statesFrom } from './states.js';

/** Takes a command to its decision and its decision to the journal, then rings the doorbell. */
@CommandHandler(AgreementCommand)
export class AgreementHandler implements ICommandHandler<AgreementCommand, CommandOutcome> {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly ownPathways: OwnPathways,
  ) {}

  async execute(message: AgreementCommand): Promise<CommandOutcome> {
    const { command, asked: { tenant } } = message;
    if ('pathway' in command) await this.ownPathways.know(tenant, command.pathway);
    const outcome = await this.decided(message);
    // An own pathway that another process published: this one asks once, and holds it from then on.
    const unknown = outcome.outcome === 'refused' && outcome.refusals.some(({ code }) => code === 'pathway.unknown');
    return unknown && (await this.ownPathways.learn(tenant)) ? this.decided(message) : outcome;
  }

  /** For the few commands that rest on streams which only their agreement names. */
  private async besides(tenant: string, command: AgreementCommandBody): Promise<readonly string[]> {
    const rests = restsBesides(command);
    if (rests === undefined) return [];
    const stream = agreementStream(command.agreement);
    return rests((await this.journal.load(tenant, [stream])).of(agreementFold, stream).state);
  }

  private async decided({ command, asked, dryRun }: AgreementCommand): Promise<CommandOutcome> {
    const stream = agreementStream(command.agreement);
    const streams = [...new Set([...streamsOf(command, command.agreement, asked.actor), ...(await this.besides(asked.tenant, command)), ...ownRuleStreams])];
    const now = this.clock.now();

    const answer = (loaded: StreamStates): Decision<AgreementEvent> => {
      const states = statesFrom(loaded, command.agreement, streams);
      const documents = documentsFor(asked.tenant, states.agreement, command);
      if ('refusals' in documents) return { refused: documents.refusals };
      return decide(states, command, contextOf(asked.tenant, documents, ownRulesFrom(loaded), asked.actor, now));
    };

    if (dryRun) {
      const loaded = await this.journal.load(asked.tenant, streams);
      const decision = answer(loaded);
      return 'refused' in decision
        ? { outcome: 'refused', refusals: decision.refused }
        : { outcome: 'would-record', events: decision.accepted, version: loaded.of(agreementFold, stream).version };
    }

    const outcome = await this.journal.record({
      tenant: asked.tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(asked.actor), command: command.name, correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream, version: asked.expectedVersion } }),
      decide: answer,
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, asked.tenant);
    return outcome;
  }
}
