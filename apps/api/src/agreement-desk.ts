import { type Asked, type CommandOutcome, type Principal } from '@concordat/access';
import { type Actor, may, mayAtAll } from '@concordat/access/core';
import { type AgreementCommandInput, Agreements, ClearCommands, commandInputs, CommandSeal, type OperationLine, Operations } from '@concordat/agreement';
import { agreementStream, type CommandName, commandNames, rightOf, sightOf } from '@concordat/agreement/core';
import type { Receipt } from '@concordat/journal';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { BeforeAsking } from '@concordat/register';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Ask, askOf } from './ask.js';
import { keyReused, settle } from './command-answer.js';
import { missingRight } from './key.guard.js';
import { meter } from './metrics.js';
import { noSuchAgreement } from './read-agreement.js';
import { progressShown } from './shapes.js';
import { validate } from './validate.js';

/** A lost update of these would hurt: whoever sends one says which version they saw. */
const needVersion: readonly CommandName[] = ['amend-facts'];

/** These make the agreement they name. */
const begins: readonly CommandName[] = ['open-agreement', 'take-over-agreement', 'accept-transfer'];

const shown = ({ id, type, version, position }: Receipt['events'][number]) => ({ id, type, version, position });

/** Takes a command off a request, in whichever way it is to be answered: now, as a dry run, or later as an operation. */
@Injectable()
export class AgreementDesk {
  constructor(
    private readonly commands: ClearCommands,
    private readonly agreements: Agreements,
    private readonly operations: Operations,
    private readonly seal: CommandSeal,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
    private readonly beforeAsking: BeforeAsking,
  ) {}

  /** The whole of POST …/commands/{name}; sends the answer itself, because it may be 200, 201 or 202. */
  async answer(
    asked: { readonly name: CommandName; readonly agreement: string; readonly body: unknown; readonly dryRun: boolean; readonly made?: true },
    who: Principal,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    this.mayAsk(asked.name, who, asked.body);
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const input = this.read(asked.name, asked.agreement, asked.body);
    await this.mustSee(input, who);
    if (!asked.dryRun) this.mustSayVersion(asked.name, ask.expectedVersion ?? null, 'If-Match');

    if (asked.dryRun) return this.rehearse(input, ask, reply);
    if (prefersLater(request)) {
      await this.mustBeThere(input, who);
      const { commandId, expectedVersion = null } = ask;
      return this.acceptForLater(ask, who, [{ line: 1, command: input, commandId, expectedVersion }], reply);
    }

    const outcome = await this.run(input, ask);
    const told = settle(outcome);
    if (told.outcome !== 'recorded') throw new Error('A command that was no dry run was only rehearsed.');
    const stream = agreementStream(input.agreement);
    const version = told.receipt.versions[stream] ?? 0;
    if (asked.made) reply.status(201).header('location', `/api/v1/agreements/${input.agreement}`);
    await reply
      .header('etag', `"${version}"`)
      .header('concordat-position', String(told.receipt.position))
      .send({
        agreement: input.agreement,
        version,
        position: told.receipt.position,
        recordedAt: told.receipt.recordedAt,
        repeated: told.repeated,
        events: told.receipt.events.filter((event) => event.stream === stream).map(shown),
      });
  }

  /** The command as it is asked, its text not sealed yet. @throws Problem 400 naming every fault. */
  read(name: CommandName, agreement: string, body: unknown): AgreementCommandInput {
    return { ...validate<object>(commandInputs[name], body ?? {}), name, agreement } as AgreementCommandInput;
  }

  /** @throws Problem 403 where neither role nor key gives the right about anything at all. */
  mayAsk(name: CommandName, who: Principal, body: unknown): void {
    // In another's place it is their role that counts, and their stream is asked only when it is decided.
    if (isInPlaceOfAnother(body)) return;
    const right = rightOf[name];
    if (!mayAtAll(who.actor, right, londonDay(this.clock.now()))) throw missingRight(right);
  }

  /** @throws Problem 428 where it overwrites what others may have written, and `where` says no version. */
  mustSayVersion(name: CommandName, version: number | null, where: 'If-Match' | 'expectedVersion'): void {
    if (version === null && needVersion.includes(name)) throw versionNeeded(name, where);
  }

  /**
   * Whoever does not see all agreements sees this one, or it is not there: neither a refusal nor a version may tell them
   * that it exists. What a key is limited to plays no part, for it is the person who sees.
   * @throws Problem 404.
   */
  async mustSee({ name, agreement }: AgreementCommandInput, who: Principal): Promise<void> {
    const today = londonDay(this.clock.now());
    const person: Actor = who.actor.kind === 'person' ? { ...who.actor, scopes: 'all' } : who.actor;
    if (begins.includes(name) || may(person, 'agreement.read', {}, today)) return;
    const found = await this.agreements.find(who.tenant, agreement);
    if (found === undefined || sightOf(person, found.agreement, today) === undefined) throw noSuchAgreement();
  }

  /** Nobody is to wait for what can be told at once. @throws Problem 404. */
  private async mustBeThere({ name, agreement }: AgreementCommandInput, { tenant }: Principal): Promise<void> {
    if (!begins.includes(name) && (await this.agreements.find(tenant, agreement)) === undefined) throw noSuchAgreement();
  }

  /** Commits the lines as one operation and answers 202 with where to look. */
  async acceptForLater(ask: Ask, who: Principal, lines: readonly OperationLine[], reply: FastifyReply): Promise<void> {
    const { tenant, actor, commandId: id, fingerprint, correlationId } = ask;
    const accepted = await this.operations.accept({ tenant, id, fingerprint, actor, principal: who.id, correlationId }, lines);
    if (accepted === 'key-reused') throw keyReused();
    await reply
      .status(202)
      .header('location', `/api/v1/operations/${id}`)
      .header('preference-applied', 'respond-async')
      .send(progressShown((await this.operations.progress(tenant, id))!));
  }

  private async rehearse(input: AgreementCommandInput, asked: Asked, reply: FastifyReply): Promise<void> {
    const told = settle(await this.commands.rehearse(input, asked));
    if (told.outcome !== 'would-record') throw new Error('A dry run was recorded.');
    await reply.status(200).send({
      agreement: input.agreement,
      dryRun: true,
      version: told.version,
      events: told.events.map(({ type, data }) => ({ type, data })),
      warnings: await this.beforeAsking.warnings(asked.tenant, await this.agreements.reach(asked.tenant, asked.actor, 'agreement.read', londonDay(this.clock.now())), this.seal.pretend(input)),
    });
  }

  private async run(input: AgreementCommandInput, asked: Asked): Promise<CommandOutcome> {
    const outcome = await this.commands.record(input, asked);
    meter(({ commandsTold }) => commandsTold.inc({ command: input.name, outcome: outcome.outcome }));
    return outcome;
  }
}

const isInPlaceOfAnother = (body: unknown): boolean => typeof body === 'object' && body !== null && 'onBehalfOf' in body && typeof body.onBehalfOf === 'string';

/** @throws Problem 404 for a name that is no command, with all that are. */
export function knownCommand(name: string): CommandName {
  const known = commandNames.find((command) => command === name);
  if (known !== undefined) return known;
  throw new Problem({
    status: 404,
    code: 'command.unknown',
    title: 'There is no such command',
    detail: `Agreements know these commands: ${commandNames.join(', ')}.`,
  });
}

function versionNeeded(name: CommandName, where: 'If-Match' | 'expectedVersion'): Problem {
  return new Problem({
    status: 428,
    code: 'version.needed',
    title: 'Say which version you saw',
    detail: `${name} overwrites what others may have written. Read the agreement and send ${where === 'If-Match' ? 'its ETag as If-Match, such as If-Match: "7"' : 'its version as expectedVersion'}.`,
  });
}

// RFC 7240: preferences are a list with commas between them.
function prefersLater(request: FastifyRequest): boolean {
  return String(request.headers.prefer ?? '').split(',').some((preference) => preference.trim().toLowerCase() === 'respond-async');
}
