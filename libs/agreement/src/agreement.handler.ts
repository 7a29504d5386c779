import { CommandDesk, type CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import type { Refusal } from '@concordat/journal/core';
import { OwnPathways } from '@concordat/pathway';
import { Clock, londonDay } from '@concordat/platform';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AgreementCommand } from './agreement-command.js';
import { type Besides, contextOf, documentsFor, ownRulesFrom, ownRuleStreams } from './context.js';
import { type AgreementCommandBody, type AgreementEvent, agreementFold, agreementStream, decide, erasedOf, erasureMatters, initialAgreement, restsBesides, streamsOf } from './core/index.js';
import { ElectionTimes } from './election-times.js';
import { statesFrom } from './states.js';
import { Transfers } from './transfers.js';

/** Nobody is told so: the command is taken again, on all that it rests on. */
const restsOnMore: Refusal = { code: 'rests-on-more', asks: 'All that it rests on is read.', missing: [] };

const looksAtGate = ({ name }: AgreementCommandBody): boolean => name === 'request-gate' || name === 'refuse-gate';

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
    if ('pathway' in command) await this.ownPathways.knowInUse(tenant, command.pathway);
    const outcome = await this.decided(message);
    // An own pathway that another process published: this one asks once, and holds it from then on.
    const unknown = outcome.outcome === 'refused' && outcome.refusals.some(({ code }) => code === 'pathway.unknown');
    return unknown && (await this.ownPathways.learn(tenant)) ? this.decided(message) : outcome;
  }

  /** What only this command is decided on. */
  private async known(tenant: string, command: AgreementCommandBody): Promise<Partial<Besides>> {
    if (command.name === 'publish' || command.name === 'lift-withholding') return { elections: await this.elections.of(tenant) };
    if (command.name === 'offer-transfer') return { successor: await this.transfers.successor(tenant, command.to) };
    return command.name === 'accept-transfer' ? { offered: await this.transfers.offered(tenant, command.agreement) } : {};
  }

  private async decided({ command, asked, dryRun }: AgreementCommand): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const stream = agreementStream(command.agreement);
    const known = await this.known(tenant, command);
    const now = this.clock.now();
    // The few commands that rest on streams which only their agreement names begin with those it named when it was last seen here.
    const rests = restsBesides(command) ?? (() => []);
    const besides = new Set([...streamsOf(command, command.agreement, actor), ...ownRuleStreams, ...rests(this.journal.lastSeen(agreementFold, tenant, stream) ?? initialAgreement, {}, {})]);
    for (;;) {
      let lacking: readonly string[] = [];
      const outcome = await this.desk.take<AgreementEvent>({
        name: command.name,
        stream,
        besides: [...besides],
        decide: (loaded) => {
          const states = statesFrom(loaded, command.agreement, [...besides]);
          const documents = documentsFor(tenant, states.agreement, { command, today: londonDay(now), offered: known.offered });
          const people = looksAtGate(command) && !('refusals' in documents) ? erasureMatters(states.agreement, documents) : [];
          lacking = [...rests(states.agreement, states.persons, states.others), ...people].filter((other) => !besides.has(other));
          if (lacking.length > 0) return { refused: [restsOnMore] };
          if ('refusals' in documents) return { refused: documents.refusals };
          return decide(states, command, contextOf(tenant, documents, ownRulesFrom(loaded), actor, now, { ...known, erased: erasedOf(states.participants), enders: states.others }));
        },
      }, asked, dryRun);
      if (lacking.length === 0) return outcome;
      for (const other of lacking) besides.add(other);
    }
  }
}
