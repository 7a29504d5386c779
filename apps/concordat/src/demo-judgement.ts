import { consultationRuleNames } from '@concordat/agreement/core';
import { addDays } from '@concordat/platform/core';
import { facts, noConflict, participant, pounds } from './demo-steps.js';
import type { Teller } from './teller.js';

/**
 * Where people judged. In its first stage: a condition of involvement waived with the representatives' view beside it, another kept
 * open on a day that was agreed, on both of which the gate opened; somebody who wished not to come, a concern that left the ledger,
 * and lateness of one's own, said as such. In its second: what was refused, and what ran out.
 */
export async function tellOfJudgement(teller: Teller): Promise<void> {
  await teller.on(85);
  await begin(teller);
  await consult(teller);
  await teller.on(90);
  await hear(teller);
  await excuse(teller);
  await teller.on(93);
  await teller.did('commissioner', { name: 'request-gate', stage: 'mandate' });
  await refuse(teller);
  await teller.on(112);
  await renew(teller);
  await teller.on(124);
  await teller.did('commissioner', { name: 'raise-tier', raises: ['untried-model'], reason: 'Nobody here has run lifts by volunteers with an app before.' });
  await silence(teller);
  await teller.on(128);
  await considered(teller);
  await teller.did('decision-maker', { name: 'declare-conflict', person: teller.person('decision-maker'), role: 'decision-maker', interest: 'other', about: 'A cousin drives for one of the clubs.' });
  const conflicted = { person: teller.person('approver:equality'), role: 'approver' } as const;
  await teller.did('approver:equality', { name: 'declare-conflict', ...conflicted, interest: 'relative', about: 'Her brother kept the books of a club.' });
  await teller.did('approver:equality', { name: 'declare-no-conflict', ...conflicted });
  await teller.did('panel-chair', { name: 'lift-conflict', ...conflicted, reasons: 'He left the club in spring; its new treasurer says so.' });
}

const group = 'people without a car';

async function begin(teller: Teller): Promise<void> {
  const today = teller.today();
  const [activity, comes, stays] = [teller.id('activity'), participant(teller, 0), participant(teller, 1)];
  await teller.did('commissioner', {
    name: 'open-agreement', title: 'Community transport', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: pounds('140000.00'), raises: [],
  });
  await facts(teller, {
    place: 'The valleys', theme: 'transport', description: 'Lifts to appointments for people without a car or a bus.', 'affected-groups': [group], 'not-in-the-room': ['people in the care homes'],
    'people-concerned': 300, sponsor: teller.person('approver:sponsor'), lead: teller.person('contract-manager'),
  });
  await teller.did('commissioner', { name: 'record-late-by-us', reason: 'The case for change was written two months later than planned.', knownSince: today });
  await teller.did('commissioner', { name: 'choose-route', route: { id: 'pa2023-below-threshold' }, ground: 'light-touch-services', why: 'Lifts to the doctor are a social service, and two years of them stay far under the threshold.' });
  await teller.did('facilitator', { name: 'plan-activity', activity, stage: 'mandate', title: 'Tea at the depot', groups: [group], right: 'consult', ledBy: 'together', closesOn: addDays(today, 21) });
  for (const [invitation, one] of [['coming', comes], ['staying away', stays]] as const) {
    await teller.did('facilitator', { name: 'invite-participant', invitation: teller.id(invitation), activity, participant: one, answerBy: addDays(today, 10) });
  }
  await teller.did('representative', { name: 'accept-invitation', invitation: teller.id('coming'), participant: comes });
  await teller.did('representative', { name: 'decline-invitation', invitation: teller.id('staying away'), participant: stays });
}

async function hear(teller: Teller): Promise<void> {
  const [activity, comes, today] = [teller.id('activity'), participant(teller, 0), teller.today()];
  await teller.did('facilitator', { name: 'record-attendance', activity, participants: [comes], on: today });
  await teller.did('facilitator', { name: 'record-stages-that-matter', group, stages: ['needs', 'design'], source: 'Asked over tea', activity });
  for (const [said, text] of [['contribution', 'Nobody books a blood test a day ahead.'], ['worry', 'A neighbour has been alone since the bus stopped, and eats nothing.']] as const) {
    await teller.did('representative', { name: 'record-contribution', contribution: teller.id(said), activity, author: comes, text, givenOn: today });
  }
  await teller.did('facilitator', { name: 'triage-contribution', contribution: teller.id('worry'), kind: 'safeguarding-concern' });
}

/** What the first gate is to open on: a waiver, and a condition that both agreed to. */
async function excuse(teller: Teller): Promise<void> {
  const [waiver, condition, today] = [teller.id('waiver'), teller.id('condition'), teller.today()];
  await teller.did('commissioner', {
    name: 'ask-waiver', waiver, condition: 'involvement.what-people-do-asked', planned: 'An evening on who drives whom today.', offered: 'Two dates in May.', whyNot: 'Both fell into a flood.',
    instead: 'The drivers are asked at the depot.', insteadBy: addDays(today, 60), commitment: teller.id('drivers asked'), expiresOn: addDays(today, 120),
  });
  await teller.did('representative', { name: 'give-view-on-waiver', waiver, view: 'content-if', spokenBy: participant(teller, 0), words: 'If they are really asked.' });
  await teller.did('decision-maker', { name: 'waive-condition', waiver });
  await teller.did('senior-responsible-owner', { name: 'review-waiver', waiver, says: 'Twice a flood is bad luck. The third time it is a plan without a roof.' });
  await teller.did('commissioner', { name: 'propose-condition', condition, code: 'sign-offs.granted', discipline: 'sponsor', what: 'The sponsor signs when the floods are over.', dueOn: addDays(today, 20) });
  await teller.did('decision-maker', { name: 'agree-condition', condition });
  await teller.did('approver:sponsor', { name: 'agree-condition-for-discipline', condition });
  await noConflict(teller, 'commissioner', 'senior-responsible-owner', 'contract-manager', 'approver:sponsor');
}

/** At the second gate: a waiver that nobody used in time, one that was refused, a condition that was refused, and the gate itself. */
async function refuse(teller: Teller): Promise<void> {
  const [expired, refused, condition, today] = [teller.id('plan waived'), teller.id('evening waived'), teller.id('assets later'), teller.today()];
  const explained = { planned: 'Three evenings in the villages.', offered: 'One, in the town.', instead: 'The drivers ask whom they drive.', insteadBy: addDays(today, 60) } as const;
  await teller.did('commissioner', { name: 'ask-waiver', waiver: refused, commitment: teller.id('town asked'), condition: 'involvement.achieved', ...explained, whyNot: 'Nobody came to the town.', expiresOn: addDays(today, 60) });
  await teller.did('representative', { name: 'give-view-on-waiver', waiver: refused, view: 'object', spokenBy: participant(teller, 0), words: 'There is no bus to the town. That is what this is about.' });
  await teller.did('senior-responsible-owner', { name: 'refuse-waiver', waiver: refused, reason: 'Go to the villages.' });
  await teller.did('commissioner', { name: 'propose-condition', condition, code: 'facts.present', discipline: 'sponsor', what: 'Who drives already is written down by the spring.', dueOn: addDays(today, 90) });
  await teller.did('decision-maker', { name: 'refuse-condition', condition, reason: 'It is the one thing that is needed before anything else.' });
  await teller.did('decision-maker', { name: 'refuse-gate', stage: 'needs', reason: 'Nobody from the villages was heard.' });
  await teller.did('commissioner', { name: 'ask-waiver', waiver: expired, commitment: teller.id('villages asked'), condition: 'involvement.planned-as', ...explained, whyNot: 'The villages are cut off.', expiresOn: addDays(today, 33) });
  await teller.did('commissioner', { name: 'seek-view-on-waiver', waiver: expired, how: 'By letter to every house.' });
  await teller.later(1);
  await teller.did('commissioner', { name: 'seek-view-on-waiver', waiver: expired, how: 'By telephone, house by house.' });
}

/** Nobody answered in time; the waiver that rests on that ran out before anybody used it. */
async function silence(teller: Teller): Promise<void> {
  const waiver = teller.id('plan waived');
  await teller.did('representative', { name: 'give-view-on-waiver', waiver, view: 'asked-no-answer', spokenBy: participant(teller, 0), words: 'Asked by letter and by telephone.' });
  await teller.did('senior-responsible-owner', { name: 'waive-condition', waiver });
}

/** The sponsor could not sign in time: one renewal, and both agree again. */
async function renew(teller: Teller): Promise<void> {
  const condition = teller.id('condition');
  await teller.did('commissioner', { name: 'renew-condition', condition, dueOn: addDays(teller.today(), 40), reason: 'The water came back in the last week.' });
  await teller.did('decision-maker', { name: 'agree-condition', condition });
  await teller.did('approver:sponsor', { name: 'agree-condition-for-discipline', condition });
}

/** One that is withdrawn at once, one that is too short at first and mended in time, and another that is open, too short, and can still be mended. */
async function consult(teller: Teller): Promise<void> {
  const today = teller.today();
  const mistaken = teller.id('mistaken consultation');
  await teller.did('commissioner', {
    name: 'open-consultation', consultation: mistaken, proposal: 'Lifts are booked a day ahead.', reasons: 'Drivers are few.', options: ['Booked on the day'], opensOn: today, closesOn: addDays(today, 210),
  });
  await teller.did('commissioner', { name: 'withdraw-consultation', consultation: mistaken, reason: 'The month was wrong, and the fixed rounds were left out.' });
  await teller.did('commissioner', {
    name: 'open-consultation', consultation: teller.id('consultation'), proposal: 'Lifts are booked a day ahead.', reasons: 'Drivers are few.', options: ['Booked on the day', 'Fixed rounds'], opensOn: today, closesOn: addDays(today, 21),
  });
  await teller.later(4);
  await teller.did('commissioner', { name: 'extend-consultation', consultation: teller.id('consultation'), closesOn: addDays(today, 41) });
}

async function considered(teller: Teller): Promise<void> {
  const [consultation, today] = [teller.id('consultation'), teller.today()];
  const words = {
    formative: 'Whether one books at all, and who takes the calls.', reasons: 'A bus every hour: no operator offered one.', time: 'Six weeks, because the post goes once a week in the upper valley.', considered: 'Blood tests and funerals can be booked on the day.',
  } as const;
  await Promise.all(consultationRuleNames.map((rule) => teller.did('commissioner', { name: 'answer-for-consultation', consultation, rule, words: words[rule] })));
  await teller.did('commissioner', { name: 'consider-consultation', consultation, responses: 64, summary: 'Fifty-one would book a day ahead if they need not for a doctor.', on: today });
  await teller.did('commissioner', {
    name: 'open-consultation', consultation: teller.id('second consultation'), proposal: 'A lift costs two pounds.', reasons: 'Fuel is dear.', options: ['Nothing for those with a pass'], opensOn: today, closesOn: addDays(today, 20),
  });
}
