import type { Asked, CommandOutcome } from '@concordat/access';
import { actorName, initialPerson, personFold, personStream } from '@concordat/access/core';
import { Journal, journalBell, type StreamStates } from '@concordat/journal';
import { Clock, Doorbell, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { changeOwnCalendar, type HolidayCalendar, type OwnCalendar, ownCalendarFold, ownCalendarStream, withOwnHolidays } from './core/index.js';
import { holidays } from './published.js';

/** Which days an organisation says are no working days, besides the bank holidays that ship. Each change is an event of its own stream. */
@Injectable()
export class OwnCalendars {
  constructor(
    private readonly journal: Journal,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
  ) {}

  /** The days it added itself. */
  async own(tenant: string): Promise<OwnCalendar> {
    return (await this.journal.load(tenant, [ownCalendarStream])).of(ownCalendarFold, ownCalendarStream).state;
  }

  /** All bank holidays its clocks go by. */
  async of(tenant: string): Promise<HolidayCalendar> {
    return withOwnHolidays(holidays, await this.own(tenant));
  }

  /** Changes them; every clock goes by them from its next command, page or read on. */
  async change(next: OwnCalendar, asked: Asked, dryRun = false): Promise<CommandOutcome> {
    const { tenant, actor } = asked;
    const acting = actor.kind === 'person' ? personStream(actor.person) : undefined;
    const streams = [ownCalendarStream, ...(acting ? [acting] : [])];
    const decide = (loaded: StreamStates) =>
      changeOwnCalendar(loaded.of(ownCalendarFold, ownCalendarStream).state, next, actor, acting ? loaded.of(personFold, acting).state : initialPerson, londonDay(this.clock.now()));
    if (dryRun) {
      const loaded = await this.journal.load(tenant, streams);
      const decision = decide(loaded);
      return 'refused' in decision
        ? { outcome: 'refused', refusals: decision.refused }
        : { outcome: 'would-record', events: decision.accepted, version: loaded.of(ownCalendarFold, ownCalendarStream).version };
    }
    const outcome = await this.journal.record({
      tenant,
      commandId: asked.commandId,
      fingerprint: asked.fingerprint,
      meta: { actor: actorName(actor), command: 'change-calendar', correlationId: asked.correlationId },
      streams,
      ...(asked.expectedVersion !== undefined && { expectedVersion: { stream: ownCalendarStream, version: asked.expectedVersion } }),
      decide,
    });
    if (outcome.outcome === 'recorded' && !outcome.repeated) this.doorbell.ring(journalBell, tenant);
    return outcome;
  }
}
