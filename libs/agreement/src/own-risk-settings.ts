import { type Asked, CommandDesk, type CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Injectable } from '@nestjs/common';
import { changeRiskSettings, type RiskSettings, riskSettingsFold, riskSettingsStream } from './core/index.js';

/** What an organisation says of its risks: matrix, domains, appetites, and who must see what. Each change is an event of its own stream. */
@Injectable()
export class OwnRiskSettings {
  constructor(
    private readonly journal: Journal,
    private readonly desk: CommandDesk,
  ) {}

  /** As they stand now; what ships, while the organisation has said nothing. */
  async of(tenant: string): Promise<RiskSettings> {
    return (await this.journal.load(tenant, [riskSettingsStream])).of(riskSettingsFold, riskSettingsStream).state;
  }

  /** Changes them; every agreement is measured by them from its next command, page or read on. */
  change(next: RiskSettings, asked: Asked, dryRun = false): Promise<CommandOutcome> {
    return this.desk.take({
      name: 'change-risk-settings',
      stream: riskSettingsStream,
      decide: (loaded, by, today) => changeRiskSettings(loaded.of(riskSettingsFold, riskSettingsStream).state, next, asked.actor, by, today),
    }, asked, dryRun);
  }
}
