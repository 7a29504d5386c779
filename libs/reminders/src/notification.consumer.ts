import type { People } from '@concordat/access';
import { type Agreement, agreementFold, type Events, type EventType } from '@concordat/agreement/core';
import type { Consumer, Journal } from '@concordat/journal';
import { type Clock, londonDay } from '@concordat/platform';
import { thirdWaivers, waiversGiven, writeWaivers } from '@concordat/register';
import { type Happened, notifiedTypes, partiesTold, type Somebody, tellsParties, tellsTheInvited, thirdWaiver, toldOf, toldOfThirdWaiver, usualPreference, wordsOf } from './core/index.js';
import { mailingOf } from './mail-time.js';
import { writeNotifications } from './notification.store.js';
import { readPreferences } from './preference.store.js';

/** The name of the consumer's cursor. */
export const notificationsName = 'reminders.notifications';

const prefix = 'agreement-';
const peopleAPage = 200;
// What was read so late helps nobody by mail: after a long outage, or when mail is set up in an old installation.
const tooLateMs = 3 * 86_400_000;

/**
 * Writes down who is told of what happened, one row a person and event, and when it is mailed. Rights and wishes are those of
 * the moment it is read; an event read again tells nobody twice.
 * @param mails whether there is a mail server. Without one the rows are kept for the outbox.
 */
export function notificationsConsumer(journal: Journal, people: People, clock: Clock, mails: boolean): Consumer {
  return {
    name: notificationsName,
    types: notifiedTypes,
    async handle(tx, tenant, events) {
      const now = clock.now();
      const everybody = await everybodyOf(people, tenant);
      const states = await journal.load(tenant, [...new Set(events.map(({ stream }) => stream))]);
      const bid = events.filter(({ type, data, stream }) => tellsTheInvited(type as EventType, data as never) && Object.keys(states.of(agreementFold, stream).state.award.parties).length > 0);
      const then = new Map<string, Agreement>();
      for (const { id, stream, version } of bid) then.set(id, (await journal.loadAtVersion(tenant, stream, version)).of(agreementFold));
      // What happens to parties may end what they are: they are told as what they were.
      const before = new Map<string, Agreement>();
      for (const { id, stream, version } of events.filter((event) => tellsParties(event.type as EventType, event.data as never))) {
        if (Object.keys(states.of(agreementFold, stream).state.award.parties).length > 0) before.set(id, (await journal.loadAtVersion(tenant, stream, version - 1)).of(agreementFold));
      }
      // Written here too, whichever consumer reads the event first: the count must know it.
      const given = waiversGiven(events);
      await writeWaivers(tx, tenant, given);
      const third = await thirdWaivers(tx, tenant, given.map(({ waiver }) => waiver));
      const told = events.flatMap((event): readonly { event: typeof event; type: string; person: string }[] => {
        const agreement = then.get(event.id) ?? states.of(agreementFold, event.stream).state;
        const happened = { type: event.type as EventType, data: event.data as unknown as Events[EventType], by: event.meta.actor, agreement };
        const toReview = happened.type === 'concordat.agreement.condition-waived.v1' && third.has(String(event.data['waiver']));
        const reviewers = toReview ? toldOfThirdWaiver(happened as Happened<'concordat.agreement.condition-waived.v1'>, everybody, londonDay(now)) : [];
        // Whoever reviews it is told that, and not the same thing twice.
        const others = toldOf(happened, everybody, londonDay(now)).filter((person) => !reviewers.includes(person));
        const was = before.get(event.id);
        // Whoever is told by their own right is not told again as a party.
        const parties = was === undefined ? [] : partiesTold({ ...happened, agreement: was }, everybody).filter(({ person }) => !others.includes(person));
        return [...reviewers.map((person) => ({ event, type: thirdWaiver, person })), ...others.map((person) => ({ event, type: event.type, person })), ...parties.map((one) => ({ event, ...one }))];
      });
      if (told.length === 0) return;
      const wishes = await readPreferences(tx, tenant, [...new Set(told.map(({ person }) => person))]);
      const rows = told.map(({ event: { id, stream, position, recordedAt }, type, person }) => {
        const late = now.getTime() - Date.parse(recordedAt) > tooLateMs;
        const mailing = mails && !late ? mailingOf(wordsOf(type)!.kind, wishes.get(person) ?? usualPreference, now) : null;
        return {
          event: id,
          person,
          agreement: stream.slice(prefix.length),
          type,
          position,
          happenedAt: recordedAt,
          state: mailing === null ? ('kept' as const) : ('due' as const),
          digest: mailing?.digest ?? false,
          nextAt: (mailing?.at ?? now).toISOString(),
        };
      });
      await writeNotifications(tx, tenant, rows);
    },
  };
}

/** Everybody of an organisation, with what they may do. */
export async function everybodyOf(people: People, tenant: string): Promise<readonly Somebody[]> {
  const everybody: Somebody[] = [];
  for (let after: string | undefined; ; ) {
    const page = await people.list(tenant, { limit: peopleAPage, ...(after !== undefined && { after }) });
    everybody.push(...page);
    after = page.at(-1)?.id;
    if (page.length < peopleAPage) return everybody;
  }
}
