import { CommandDesk, type CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { OwnPathways } from '@concordat/pathway';
import { Clock } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreementCommand } from './agreement-command.js';
import { type Besides, contextOf, documentsFor, ownRulesFrom, ownRuleStreams } from './context.js';
import { type AgreementCommandBody, type AgreementEvent, agreementFold, agreementStream, decide, restsBesides, streamsOf } from './core/index.js';
import { ElectionTimes } from './election-times.js';
import { statesFrom } from './states.js';
import { Transfers } from './transfers.js';

/** Takes a command on an agreement to its decision, by the documents of its pathway. */
@CommandHandler(AgreementCommand)
export class AgreementHandler implements ICommandHandler<AgreementCommand, CommandOutcome> {
  constructor(
    private readonly desk: CommandDesk,
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly ownPathways: OwnPathways,
    private readonly elections: ElectionTimes,
    private readonly transfers: Transfers,
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

  /** What only this command is decided on. */
  private async known(tenant: string, command: AgreementCommandBody): Promise<Partial<Besides>> {
    if (command.name === 'publish') return { elections: await this.elections.of(tenant) };
    if (command.name === 'offer-transfer') return { successor: await this.transfers.successor(tenant, command.to) };
    return command.name === 'accept-transfer' ? { offered: await this.transfers.offered(tenant, command.agreement) } : {};
  }

  private async decided({ command, asked, dryRun }: AgreementCommand): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const stream = agreementStream(command.agreement);
    const besides = [...streamsOf(command, command.agreement, actor), ...(await this.besides(tenant, command)), ...ownRuleStreams];
    const known = await this.known(tenant, command);
    const now = this.clock.now();
    return this.desk.take<AgreementEvent>({
      name: command.name,
      stream,
      besides,
      decide: (loaded) => {
        const states = statesFrom(loaded, command.agreement, besides);
        const documents = documentsFor(tenant, states.agreement, command, known.offered);
        if ('refusals' in documents) return { refused: documents.refusals };
        return decide(states, command, contextOf(tenant, documents, ownRulesFrom(loaded), actor, now, known));
      },
    }, asked, dryRun);
  }
}
