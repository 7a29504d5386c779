import { Journal } from '@concordat/journal';
import { Injectable } from '@nestjs/common';
import type { Asked, CommandOutcome } from './asked.js';
import { CommandDesk } from './command-desk.js';
import { changeWording, type Wording, wordingFold, wordingStream } from './core/index.js';

/** How an organisation speaks on its pages. Each change is an event of its own stream. */
@Injectable()
export class Wordings {
  constructor(
    private readonly journal: Journal,
    private readonly desk: CommandDesk,
  ) {}

  /** As it stands now; what ships, while the organisation has said nothing. */
  async of(tenant: string): Promise<Wording> {
    return (await this.journal.load(tenant, [wordingStream])).of(wordingFold, wordingStream).state;
  }

  /** Changes it; every page speaks so from its next read on. */
  change(next: Wording, asked: Asked, dryRun = false): Promise<CommandOutcome> {
    return this.desk.take({
      name: 'change-wording',
      stream: wordingStream,
      decide: (loaded, by, today) => changeWording(loaded.of(wordingFold, wordingStream).state, next, asked.actor, by, today),
    }, asked, dryRun);
  }
}
