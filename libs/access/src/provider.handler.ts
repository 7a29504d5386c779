import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandOutcome } from './asked.js';
import { CommandDesk, type Commanded } from './command-desk.js';
import { decideProvider, type ProviderEvent, providerFold, providerStream } from './core/index.js';
import { ProviderCommand } from './provider-command.js';
import { Providers } from './provider.store.js';

/** Registers providers. */
@CommandHandler(ProviderCommand)
export class ProviderHandler implements ICommandHandler<ProviderCommand, CommandOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly providers: Providers,
  ) {}

  async execute({ command, asked, dryRun }: ProviderCommand): Promise<CommandOutcome> {
    const stream = providerStream(command.provider);
    const commanded: Commanded<ProviderEvent> = {
      name: command.name,
      stream,
      decide: (loaded, by, today) => decideProvider({ provider: loaded.of(providerFold, stream).state, by }, command, { actor: asked.actor, today }),
      created: { provider: command.provider },
    };
    const rehearsed = await this.desk.rehearse(commanded, asked);
    if (dryRun) return rehearsed;
    // The row stands before the event, so that a list never misses a provider; and no row for what is refused.
    if (rehearsed.outcome === 'would-record') {
      const { name, identifiers } = rehearsed.events[0].data;
      await this.providers.write(asked.tenant, { id: command.provider, name, identifiers });
    }
    return this.desk.record(commanded, asked);
  }
}
