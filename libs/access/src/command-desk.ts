import { Journal, journalBell, type Outcome, type StreamStates } from '@concordat/journal';
import type { Decision, NewEvent, Refusal } from '@concordat/journal/core';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Asked, CommandOutcome } from './asked.js';
import { actorName, initialPerson, type Person, personFold, personStream } from './core/index.js';

/** A command on its way to the journal: what it rests on, and the decision that leads to. */
export interface Commanded<Event extends NewEvent> {
  /** As the record names it. */
  readonly name: string;
  /** The stream it is about: `If-Match` names a version of it. */
  readonly stream: string;
  /** Every other stream it reads or writes. That of whoever asks is always read. */
  readonly besides?: readonly string[];
  /** Pure; asked again on newer states. `today` is London's civil day, `by` whoever asks (nobody, for the system). */
  readonly decide: (loaded: StreamStates, by: Person, today: string) => Decision<Event>;
  /** Kept in the receipt. */
  readonly created?: Readonly<Record<string, string>>;
}

/** What would come of a command now. */
export type Rehearsed<Event extends NewEvent> =
  | { readonly outcome: 'would-record'; readonly events: readonly [Event, ...Event[]]; readonly version: number }
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]] };

/** The one way of a command, whoever it is about: streams loaded, decided, recorded, and the bell rung for those who wait. */
@Injectable()
export class CommandDesk {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** Records it, or with `dryRun` tells what would be recorded. */
  take<Event extends NewEvent>(commanded: Commanded<Event>, asked: Asked, dryRun: boolean): Promise<CommandOutcome> {
    return dryRun ? this.rehearse(commanded, asked) : this.record(commanded, asked);
  }

  /** Decides and writes nothing. */
  async rehearse<Event extends NewEvent>(commanded: Commanded<Event>, asked: Asked): Promise<Rehearsed<Event>> {
    const loaded = await this.journal.load(asked.tenant, streamsOf(commanded, asked));
    const decision = this.decided(commanded, asked, loaded);
    return 'refused' in decision
      ? { outcome: 'refused', refusals: decision.refused }
      : { outcome: 'would-record', events: decision.accepted, version: loaded.versionOf(commanded.stream) };
  }

  /**
   * What refuses it now; nothing where it would be recorded, or was already. Asked before anything is kept beside the record, so
   * that what is refused leaves nothing behind.
   */
  async refused<Event extends NewEvent>(commanded: Commanded<Event>, asked: Asked): Promise<Extract<Rehearsed<Event>, { outcome: 'refused' }> | undefined> {
    if ((await this.journal.receipt(asked.tenant, asked.commandId)) !== undefined) return undefined;
    const rehearsed = await this.rehearse(commanded, asked);
    return rehearsed.outcome === 'refused' ? rehearsed : undefined;
  }

  async record<Event extends NewEvent>(commanded: Commanded<Event>, asked: Asked): Promise<Outcome> {
    const { tenant, commandId, fingerprint, correlationId, expectedVersion } = asked;
    const { name, stream, created } = commanded;
    const outcome = await this.journal.record({
      tenant,
      commandId,
      fingerprint,
      meta: { actor: actorName(asked.actor), command: name, correlationId },
      streams: streamsOf(commanded, asked),
      ...(expectedVersion !== undefined && { expectedVersion: { stream, version: expectedVersion } }),
      decide: (loaded) => this.decided(commanded, asked, loaded),
      ...(created && { created }),
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, tenant);
    return outcome;
  }

  private decided<Event extends NewEvent>({ decide }: Commanded<Event>, { actor }: Asked, loaded: StreamStates): Decision<Event> {
    const by = actor.kind === 'person' ? loaded.of(personFold, personStream(actor.person)).state : initialPerson;
    return decide(loaded, by, londonDay(this.clock.now()));
  }
}

const streamsOf = ({ stream, besides = [] }: Commanded<NewEvent>, { actor }: Asked): readonly string[] => [
  ...new Set([stream, ...besides, ...(actor.kind === 'person' ? [personStream(actor.person)] : [])]),
];
