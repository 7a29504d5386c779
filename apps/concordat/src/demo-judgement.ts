import { addDays } from '@concordat/platform/core';
import type { Teller } from './teller.js';

/**
 * An agreement in its first stage in which people judged: a condition of involvement waived with the representatives' view beside
 * it, another kept open on a day that was agreed, an interest declared, a consultation, somebody who wished not to come, a concern
 * that left the ledger, and lateness of one's own, said as such.
 */
export async function tellOfJudgement(teller: Teller): Promise<void> {
  const [waiver, condition, consultation, activity] = [teller.id('waiver'), teller.id('condition'), teller.id('consultation'), teller.id('activity')];
  const [comes, stays] = [teller.id('participant 0'), teller.id('participant 1')];
  await teller.on(85);
  await teller.did('commissioner', {
    name: 'open-agreement', title: 'Community transport', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: { amount: '140000.00', currency: 'GBP' }, raises: [],
  });
  await teller.did('commissioner', { name: 'amend-facts', facts: { place: 'The valleys', theme: 'transport', description: 'Lifts to appointments for people without a car or a bus.', 'affected-groups': ['people without a car'] } });
  await teller.did('commissioner', { name: 'record-late-by-us', reason: 'The case for change was written two months later than planned.', knownSince: teller.today() });
  await teller.did('commissioner', {
    name: 'open-consultation', consultation, proposal: 'Lifts are booked a day ahead.', reasons: 'Drivers are few.', options: ['Booked on the day', 'Fixed rounds'], opensOn: teller.today(), closesOn: addDays(teller.today(), 21),
  });
  await teller.did('facilitator', { name: 'plan-activity', activity, stage: 'mandate', title: 'Tea at the depot', groups: ['people without a car'], right: 'consult', ledBy: 'together', closesOn: addDays(teller.today(), 21) });
  for (const [invitation, participant] of [['coming', comes], ['staying away', stays]] as const) {
    await teller.did('facilitator', { name: 'invite-participant', invitation: teller.id(invitation), activity, participant, answerBy: addDays(teller.today(), 10) });
  }
  await teller.did('representative', { name: 'accept-invitation', invitation: teller.id('coming'), participant: comes });
  await teller.did('representative', { name: 'decline-invitation', invitation: teller.id('staying away'), participant: stays });
  await teller.on(90);
  await teller.did('facilitator', { name: 'record-attendance', activity, participants: [comes], on: teller.today() });
  for (const [said, text] of [['contribution', 'Nobody books a blood test a day ahead.'], ['worry', 'A neighbour has been alone since the bus stopped, and eats nothing.']] as const) {
    await teller.did('representative', { name: 'record-contribution', contribution: teller.id(said), activity, author: comes, text, givenOn: teller.today() });
  }
  await teller.did('facilitator', { name: 'triage-contribution', contribution: teller.id('worry'), kind: 'safeguarding-concern' });
  await teller.did('commissioner', {
    name: 'ask-waiver', waiver, condition: 'involvement.what-people-do-asked', planned: 'An evening on who drives whom today.', offered: 'Two dates in May.', whyNot: 'Both fell into a flood.',
    instead: 'The drivers are asked at the depot.', insteadBy: addDays(teller.today(), 60), expiresOn: addDays(teller.today(), 120),
  });
  await teller.did('representative', { name: 'give-view-on-waiver', waiver, view: 'content-if', spokenBy: comes, words: 'If they are really asked.' });
  await teller.did('decision-maker', { name: 'waive-condition', waiver });
  await teller.did('commissioner', { name: 'propose-condition', condition, code: 'sign-offs.granted', discipline: 'sponsor', what: 'The sponsor signs when the floods are over.', dueOn: addDays(teller.today(), 90) });
  await teller.did('decision-maker', { name: 'agree-condition', condition });
  await teller.did('decision-maker', { name: 'declare-conflict', person: teller.person('decision-maker'), role: 'decision-maker', interest: 'other', about: 'A cousin drives for one of the clubs.' });
}
