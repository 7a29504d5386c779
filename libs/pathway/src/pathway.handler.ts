import { CommandDesk, type CommandOutcome } from '@concordat/access';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { decidePathway, ownPathwaysFold, ownPathwaysStream } from './core/index.js';
import { OwnPathways } from './own-pathways.js';
import { PathwayCommand } from './pathway-command.js';

/** Publishes an organisation's own pathway, one version after the other. */
@CommandHandler(PathwayCommand)
export class PathwayHandler implements ICommandHandler<PathwayCommand, CommandOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly own: OwnPathways,
  ) {}

  async execute({ command, asked, dryRun }: PathwayCommand): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const stream = ownPathwaysStream(tenant);
    const published = await this.own.published(tenant);
    const outcome = await this.desk.take({
      name: command.name,
      stream,
      decide: (loaded, by, today) => decidePathway({ own: loaded.of(ownPathwaysFold, stream).state, by }, command, { ...published, tenant, actor, today }),
    }, asked, dryRun);
    if (outcome.outcome === 'recorded') await this.own.learn(tenant);
    return outcome;
  }
}
