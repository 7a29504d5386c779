import type { Asked, CommandOutcome } from '@concordat/access';
import { actorName, initialPerson, personFold, personStream } from '@concordat/access/core';
import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { changeRiskSettings, type RiskSettings, riskSettingsFold, riskSettingsStream } from './core/index.js';

/** What an organisation says of its risks: matrix, domains, appetites, and who must see what. Each change is an event of its own stream. */
@Injectable()
export class OwnRiskSettings {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** As they stand now; what ships, while the organisation has said nothing. */
  async of(tenant: string): Promise<RiskSettings> {
    return (await this.journal.load(tenant, [riskSettingsStream])).of(riskSettingsFold, riskSettingsStream).state;
  }

  /** Changes them; every agreement is measured by them from its next command, page or read on. */
  async change(next: RiskSettings, asked: Asked, dryRun = false): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const acting = actor.kind === 'person' ? personStream(actor.person) : undefined;
    const streams = [riskSettingsStream, ...(acting ? [acting] : [])];
    const decide = (loaded: StreamStates) =>
      changeRiskSettings(loaded.of(riskSettingsFold, riskSettingsStream).state, next, actor, acting ? loaded.of(personFold, acting).state : initialPerson, londonDay(this.clock.now()));
    if (dryRun) {
      const loaded = await this.journal.load(tenant, streams);
      const decision = decide(loaded);
      return 'refused' in decision
        ? { outcome: 'refused', refusals: decision.refused }
        : { outcome: 'would-record', events: decision.accepted, version: loaded.of(riskSettingsFold, riskSettingsStream).version };
    }
    const outcome = await this.journal.record({
      tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(actor), command: 'change-risk-settings', correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream: riskSettingsStream, version: asked.expectedVersion } }),
      decide,
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, tenant);
    return outcome;
  }
}
