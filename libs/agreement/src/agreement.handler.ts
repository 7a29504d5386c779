import { CommandDesk, type CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { OwnPathways } from '@concordat/pathway';
import { Clock } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreementCommand } from './agreement-command.js';
import { contextOf, documentsFor, ownRulesFrom, ownRuleStreams } from './context.js';
import { type AgreementCommandBody, type AgreementEvent, agreementFold, agreementStream, decide, restsBesides, streamsOf } from './core/index.js';
import { ElectionTimes } from './election-times.js';
import { statesFrom } from './states.js';

/** Takes a command on an agreement to its decision, by the documents of its pathway. */
@CommandHandler(AgreementCommand)
export class AgreementHandler implements ICommandHandler<AgreementCommand, CommandOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly ownPathways: OwnPathways,
    private readonly elections: ElectionTimes,
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
    const { tenant, actor } = asked;
    const stream = agreementStream(command.agreement);
    const besides = [...streamsOf(command, command.agreement, actor), ...(await this.besides(tenant, command)), ...ownRuleStreams];
    const elections = command.name === 'publish' ? await this.elections.of(tenant) : [];
    const now = this.clock.now();
    return this.desk.take<AgreementEvent>({
      name: command.name,
      stream,
      besides,
      decide: (loaded) => {
        const states = statesFrom(loaded, command.agreement, besides);
        const documents = documentsFor(tenant, states.agreement, command);
        if ('refusals' in documents) return { refused: documents.refusals };
        return decide(states, command, contextOf(tenant, documents, ownRulesFrom(loaded), actor, now, elections));
      },
    }, asked, dryRun);
  }
}
