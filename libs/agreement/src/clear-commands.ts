import type { Asked, CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { AgreementCommand } from './agreement-command.js';
import { CommandSeal } from './command-seal.js';
import type { AgreementCommandInput } from './schemas.js';

/** Commands whose words are in the clear, as people send them. */
@Injectable()
export class ClearCommands {
  constructor(
    private readonly commands: CommandBus,
    private readonly journal: Journal,
    private readonly seal: CommandSeal,
  ) {}

  /**
   * Seals the words and records the command. Sealing makes a key where a person has none, so it is decided first whether the
   * command would be refused, which then leaves nothing behind; and what was recorded before is answered by its receipt,
   * whoever was erased since.
   * @throws Problem 422 `vault.erased`.
   */
  async record(input: AgreementCommandInput, asked: Asked): Promise<CommandOutcome> {
    const pretended = this.seal.pretend(input);
    if (!this.seal.hasWords(input) || (await this.journal.receipt(asked.tenant, asked.commandId)) !== undefined) return this.commands.execute(new AgreementCommand(pretended, asked));
    const rehearsed: CommandOutcome = await this.commands.execute(new AgreementCommand(pretended, asked, true));
    if (rehearsed.outcome === 'refused') return rehearsed;
    return this.commands.execute(new AgreementCommand(await this.seal.seal(asked.tenant, input), asked));
  }

  /** What would come of it; nothing is sealed, because nothing is kept. */
  rehearse(input: AgreementCommandInput, asked: Asked): Promise<CommandOutcome> {
    return this.commands.execute(new AgreementCommand(this.seal.pretend(input), asked, true));
  }
}
