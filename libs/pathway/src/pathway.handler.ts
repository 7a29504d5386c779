import type { CommandOutcome } from '@concordat/access';
import { actorName, initialPerson, personFold, personStream } from '@concordat/access/core';
import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import type { Decision } from '@concordat/journal/core';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decidePathway, type OwnPathwayEvent, ownPathwaysFold, ownPathwaysStream } from './core/index.js';
import { OwnPathways } from './own-pathways.js';
import { PathwayCommand } from './pathway-command.js';

/** Publishes an organisation's own pathway, one version after the other. */
@CommandHandler(PathwayCommand)
export class PathwayHandler implements ICommandHandler<PathwayCommand, CommandOutcome> {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly own: OwnPathways,
  ) {}

  async execute({ command, asked, dryRun }: PathwayCommand): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const target = ownPathwaysStream(tenant);
    const acting = actor.kind === 'person' ? personStream(actor.person) : undefined;
    const streams = [target, ...(acting ? [acting] : [])];
    const context = { ...(await this.own.published(tenant)), tenant, actor, today: londonDay(this.clock.now()) };
    const decide = (loaded: StreamStates): Decision<OwnPathwayEvent> =>
      decidePathway({ own: loaded.of(ownPathwaysFold, target).state, by: acting ? loaded.of(personFold, acting).state : initialPerson }, command, context);

    if (dryRun) {
      const loaded = await this.journal.load(tenant, streams);
      const decision = decide(loaded);
      return 'refused' in decision
        ? { outcome: 'refused', refusals: decision.refused }
        : { outcome: 'would-record', events: decision.accepted, version: loaded.of(ownPathwaysFold, target).version };
    }
    const outcome = await this.journal.record({
      tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(actor), command: command.name, correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream: target, version: asked.expectedVersion } }),
      decide,
    });
    if (outcome.outcome === 'recorded') {
      await this.own.learn(tenant);
      if (!outcome.repeated) this.doorbell.ring(journalBell, tenant);
    }
    return outcome;
  }
}
