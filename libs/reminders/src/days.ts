import type { People } from '@concordat/access';
import { agreementFold, agreementStream, scopeOn } from '@concordat/agreement/core';
import type { OnAgreement } from '@concordat/access/core';
import { type Consumers, type Journal, tenantsOf } from '@concordat/journal';
import { type Clock, concordatNamespace, type Database, log, londonDay, uuidv5 } from '@concordat/platform';
import { addDays, type CivilDate } from '@concordat/platform/core';
import { type DayCome, daysCome, isTheirs, workName } from '@concordat/register';
import { dayType, type Somebody, usualPreference, wordsOf } from './core/index.js';
import { mailingOf, morningOf } from './mail-time.js';
import { everybodyOf } from './notification.consumer.js';
import { takeDays, writeNotifications } from './notification.store.js';
import { readPreferences } from './preference.store.js';

// What came longer ago helps nobody by mail: after a long outage, or in an installation that is new to it. My work shows it.
const mostDaysBack = 3;

/**
 * Tells people of days that come without that anything happens: a notice whose clock runs out, an obligation that is due. Once
 * a day for each organisation, of that day and of the one before: what was recorded yesterday as due yesterday was not there in the morning.
 */
export class Days {
  /** Up to which day every organisation was looked at by this process. */
  private lookedAt: CivilDate = '';

  /** @param mails whether there is a mail server. Without one the rows are kept for the outbox. */
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly consumers: Consumers,
    private readonly people: People,
    private readonly mails: boolean,
  ) {}

  /** What the worker calls at every tick: does nothing more on a day on which all were told. */
  async look(): Promise<void> {
    const today = londonDay(this.clock.now());
    if (today <= this.lookedAt) return;
    let toldAll = true;
    for (const tenant of await tenantsOf(this.database)) {
      await this.tell(tenant, today).catch((fault: unknown) => {
        toldAll = false;
        log.error('nobody could be told of days that come; it is tried again at the next tick', { tenant, fault });
      });
    }
    if (toldAll) this.lookedAt = today;
  }

  private async tell(tenant: string, today: CivilDate): Promise<void> {
    await this.consumers.catchUp(workName, tenant);
    const { position } = await this.journal.head(tenant);
    const now = this.clock.now();
    await this.database.inTenant(tenant, async (tx) => {
      const before = await takeDays(tx, tenant, today);
      if (before === undefined) return;
      const days = await daysCome(tx, tenant, { after: [addDays(before, -1), addDays(today, -mostDaysBack)].sort().at(-1)!, until: today });
      const everybody = days.length === 0 ? [] : await everybodyOf(this.people, tenant);
      const states = await this.journal.load(tenant, [...new Set(days.map(({ agreement }) => agreementStream(agreement)))]);
      // Of a day up to the one on which it came over from another organisation people were told there.
      const come = days.filter(({ agreement, on }) => on > (states.of(agreementFold, agreementStream(agreement)).state.transfer.came.at(-1)?.on ?? ''));
      const told = come.flatMap((one) => toldOf(one, scopeOn(states.of(agreementFold, agreementStream(one.agreement)).state, today), everybody, today));
      const wishes = await readPreferences(tx, tenant, [...new Set(told.map(({ person }) => person))]);
      const rows = told.map(({ come: { agreement, subject, on }, type, person }) => {
        const mailing = this.mails ? mailingOf('asked', wishes.get(person) ?? usualPreference, morningOf(now)) : null;
        return {
          event: uuidv5(concordatNamespace, `${agreement}/${subject}/${type}/${on}`),
          person,
          agreement,
          type,
          position,
          happenedAt: now.toISOString(),
          state: mailing === null ? ('kept' as const) : ('due' as const),
          digest: mailing?.digest ?? false,
          nextAt: (mailing?.at ?? now).toISOString(),
        };
      });
      await writeNotifications(tx, tenant, rows);
    });
  }
}

/** Those who may see to it, of these people. */
function toldOf(come: DayCome, here: OnAgreement, everybody: readonly Somebody[], day: CivilDate): readonly { readonly come: DayCome; readonly type: string; readonly person: string }[] {
  const type = dayType(come.kind, come.came);
  if (wordsOf(type) === undefined) return [];
  const [of = '', limit] = come.key.split(':');
  const theirs = ({ id, person: { registered, disabled, grants } }: Somebody): boolean =>
    registered && !disabled && (of === 'person' ? limit === id : isTheirs(come, { kind: 'person', person: id, grants, scopes: 'all' }, here, day));
  return everybody.filter(theirs).map(({ id }) => ({ come, type, person: id }));
}
