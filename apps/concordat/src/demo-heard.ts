import { addDays } from '@concordat/platform/core';
import { facts, participant } from './demo-steps.js';
import type { Teller } from './teller.js';

const group = 'people without a home';

/**
 * What a ledger of contributions shows besides themes and their answers: what people do and wish off the record, a decision that
 * they took with the council, an evening that was called off, a group that wished not to, something that came late and something
 * that wanted an answer of its own, and an allegation that left the ledger.
 */
export async function hearEverything(teller: Teller): Promise<void> {
  const [breakfast, walk, laundry, needs] = [teller.id('activity breakfast'), teller.id('activity walk'), teller.id('laundry'), teller.id('activity needs')];
  const [allegation, late, own] = [teller.id('allegation'), teller.id('late'), teller.id('contribution needs')];
  const today = teller.today();
  const people = [0, 1, 2].map((at) => participant(teller, at));
  await teller.did('facilitator', { name: 'record-what-people-do', activity: laundry, group, does: 'Two who have a flat wash for those who have none.', people: 2, hoursAWeek: 4, dependsOnIt: 'Clean clothes.', needs: '', onRecord: 'internal' });
  await teller.did('facilitator', { name: 'record-asked-what-people-do', group: 'people without a phone', answer: 'nothing', source: 'Asked at the night café' });
  await teller.did('facilitator', { name: 'plan-activity', activity: breakfast, stage: 'needs', title: 'Breakfast at the night café', groups: [group], right: 'decide-jointly', ledBy: 'people', closesOn: today });
  await teller.did('facilitator', { name: 'record-attendance', activity: breakfast, participants: people, on: today });
  await teller.did('facilitator', { name: 'record-joint-decision', activity: breakfast, decided: 'The door opens at eight in the evening, and dogs are let in.', on: today });
  for (const [at, answer] of (['yes', 'yes', 'not-sure'] as const).entries()) {
    await teller.did('representative', { name: 'record-could-it-change', activity: breakfast, participant: participant(teller, at), answer });
  }
  await teller.did('facilitator', { name: 'plan-activity', activity: walk, stage: 'needs', title: 'A walk to the empty houses', groups: [group], right: 'consult', ledBy: 'together', closesOn: today });
  await teller.did('facilitator', { name: 'record-attendance', activity: walk, participants: [participant(teller, 3), participant(teller, 4)], on: today });
  await teller.did('facilitator', { name: 'void-activity', activity: walk, reason: 'Nobody had the keys. Two people had come for nothing.' });
  await teller.did('facilitator', { name: 'record-nobody-wished', stage: 'route', group: 'people without a phone', offered: 'advise', source: 'Said at the night café' });
  await teller.did('representative', { name: 'record-contribution', contribution: allegation, activity: breakfast, author: people[1]!, text: 'The man on the door takes money for a bed.', givenOn: today, kind: 'allegation-about-staff' });
  await teller.did('representative', { name: 'ask-for-own-answer', contribution: own, author: people[0]! });
  await teller.later(1);
  await teller.did('commissioner', { name: 'triage-contribution', contribution: allegation, kind: 'allegation-about-staff' });
  await teller.did('facilitator', { name: 'pass-on-concern', concern: allegation });
  await teller.did('facilitator', { name: 'take-off-record', activity: laundry });
  await teller.did('representative', { name: 'record-contribution', contribution: late, activity: needs, author: participant(teller, 2), text: 'Somewhere to keep a bag through the day.', givenOn: teller.today() });
  await teller.did('decision-maker', { name: 'note-late-entries', contributions: [late] });
  await teller.did('commissioner', { name: 'answer-contribution', contribution: late, author: participant(teller, 2), response: { outcome: 'deferred', reasons: 'The hall has no room for lockers before it is rebuilt.', until: addDays(teller.today(), 180) } });
  await teller.did('commissioner', { name: 'answer-contribution', contribution: own, author: people[0]!, response: { outcome: 'adopted-in-part', reasons: 'Nobody waits a week; at weekends it may be two days.', changed: 'The specification says it on page 3.' } });
}

/** A promise that will not be kept, and is said not to be. */
export async function breakPromise(teller: Teller): Promise<void> {
  await teller.did('commissioner', { name: 'make-commitment', commitment: teller.id('lockers'), what: 'We will put ten lockers into the hall.', by: teller.today() });
  await teller.did('commissioner', { name: 'break-commitment', commitment: teller.id('lockers'), reasons: 'The landlord does not allow it. A bag can be left at the library instead.' });
}

/** It was asked whether anyone dissents, and nobody does. */
export async function askForDissent(teller: Teller): Promise<void> {
  await teller.did('facilitator', { name: 'record-no-dissent', source: 'Asked at the end of the evening on sourcing' });
}

/** Nobody is without an arrangement, and everybody who took part hears what came of it. */
export async function tellEverybodyAtStart(teller: Teller): Promise<void> {
  await facts(teller, { 'people-without-arrangement': 0 });
  await tellEverybody(teller);
}

/** Everybody who took part hears what came of it, with words or without. */
export async function tellEverybody(teller: Teller): Promise<void> {
  await teller.did('facilitator', { name: 'tell-what-came-of-it', participants: [0, 1, 2, 3, 4].map((at) => participant(teller, at)), outcome: 'delivered' });
}
