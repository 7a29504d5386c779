import { type CommandOutcome, PersonCommand, type PersonRequest } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Fingerprints } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { askOf, type Call } from './ask.js';
import { refusalProblem, settle } from './command-answer.js';
import type { WriteQuery } from './shapes.js';

/** A request that changes something about a person, with the reply that it is answered by. */
export interface PersonAsked extends Call {
  readonly dryRun: WriteQuery['dryRun'];
}

/** Takes a command about a person off a request and answers it, or rehearses it. */
@Injectable()
export class PersonDesk {
  constructor(
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly agreements: Agreements,
  ) {}

  async execute(command: PersonRequest, { who, request, reply, dryRun }: PersonAsked) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const unknown = await this.agreements.refuseUnknown(who.tenant, command);
    const outcome = await this.commands.execute<PersonCommand, CommandOutcome>(new PersonCommand(command, ask, dryRun === 'true' || unknown.length > 0));
    if (unknown.length > 0) throw refusalProblem([...(outcome.outcome === 'refused' ? outcome.refusals : []), ...unknown]);
    const told = settle(outcome);
    if (told.outcome === 'would-record') {
      reply.status(200);
      return { person: command.person, dryRun: true, version: told.version, events: told.events };
    }
    const version = told.receipt.versions[`person-${command.person}`] ?? 0;
    reply.header('etag', `"${version}"`).header('concordat-position', String(told.receipt.position));
    return { person: command.person, version, repeated: told.repeated };
  }
}
