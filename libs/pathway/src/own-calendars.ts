import { type Asked, CommandDesk, type CommandOutcome } from '@concordat/access';
import { Journal } from '@concordat/journal';
import { Injectable } from '@nestjs/common';
import { changeOwnCalendar, type HolidayCalendar, type OwnCalendar, ownCalendarFold, ownCalendarStream, withOwnHolidays } from './core/index.js';
import { holidays } from './published.js';

/** Which days an organisation says are no working days, besides the bank holidays that ship. Each change is an event of its own stream. */
@Injectable()
export class OwnCalendars {
  constructor(
    private readonly journal: Journal,
    private readonly desk: CommandDesk,
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
  change(next: OwnCalendar, asked: Asked, dryRun = false): Promise<CommandOutcome> {
    return this.desk.take({
      name: 'change-calendar',
      stream: ownCalendarStream,
      decide: (loaded, by, today) => changeOwnCalendar(loaded.of(ownCalendarFold, ownCalendarStream).state, next, holidays, asked.actor, by, today),
    }, asked, dryRun);
  }
}
