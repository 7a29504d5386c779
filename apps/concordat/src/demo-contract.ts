import { addDays } from '@concordat/platform/core';
import { acceptedToVary, decidedToVary, documentCalled, facts, participant } from './demo-steps.js';
import type { Teller } from './teller.js';

const theBody = (teller: Teller) => ({ decidedBy: { kind: 'body', body: 'Cabinet', noticeOn: addDays(teller.today(), -7), minute: `${teller.today()}/3` } as const, scheme: 'Constitution 4.1', key: { is: 'not-key' } as const, callIn: { is: 'not-open' } as const, decidedOn: teller.today(), inForceFrom: teller.today() });

/**
 * A contract that is managed from one cycle to the next: what is owed was done, a difference was talked about, an action done and
 * a concern answered; it was made longer by a decision, and another change waits for what people say to it.
 */
export async function manageContract(teller: Teller): Promise<void> {
  const [kpi, finding, obligation, meeting, action, concern, cycle] = ['kpi', 'finding', 'obligation', 'meeting', 'action', 'concern', 'cycle'].map((name) => teller.id(name)) as [string, string, string, string, string, string, string];
  const [today, provider] = [teller.today(), teller.provider(0)];
  const period = { startsOn: addDays(today, -28), endsOn: addDays(today, -1) };
  await teller.did('contract-manager', { name: 'agree-obligation', obligation, what: 'Forty beds are ready', due: { is: 'once', on: addDays(today, 2) }, evidence: 'A visit' });
  const mistaken = teller.id('mistaken obligation');
  await teller.did('contract-manager', { name: 'agree-obligation', obligation: mistaken, what: 'Forty beds are ready in the south', due: { is: 'once', on: addDays(today, 2) }, evidence: 'A visit' });
  await teller.did('commissioner', { name: 'withdraw-obligation', obligation: mistaken, reason: 'Those in the south are of another contract.' });
  await teller.did('contract-manager', {
    name: 'set-kpi', kpi, title: 'A bed on the night it is asked for', definition: 'Of those who ask before midnight, how many sleep in a bed that night', unit: 'percent', target: { is: 'at-least', value: 95 },
    writtenBy: { is: 'theme', theme: teller.id('theme needs') }, measures: [obligation],
  });
  await teller.did('facilitator', { name: 'record-proxy-entry', entry: kpi, onBehalfOf: participant(teller, 0), confirmed: 'read-back', on: today });
  await teller.did('contract-manager', { name: 'begin-cycle', cycle, period });
  await teller.did('provider-operator', { name: 'record-observation', observation: teller.id('observation'), kpi, period, value: 98, source: 'Night book' });
  await teller.did('contract-manager', { name: 'record-finding', finding, kpi, period, question: 'Did you get a bed on the night you asked?', method: 'At breakfast, asked by people who slept here before', answers: 22, value: 77 });
  await teller.did('provider-operator', { name: 'raise-provider-concern', concern, provider, about: 'The heating fails on two nights in ten, and the landlord does not answer.', raisedOn: today });
  await teller.later(1);
  await teller.did('provider-operator', { name: 'meet-obligation', obligation, on: teller.today(), evidence: documentCalled('Visit of forty beds') });
  await teller.did('contract-manager', { name: 'answer-provider-concern', concern, answer: 'The council wrote to the landlord, and lends four heaters until it is mended.', on: teller.today() });
  await teller.did('contract-manager', { name: 'hold-review-meeting', meeting, on: teller.today(), present: 'Contract manager, provider, three people who slept there', minutes: documentCalled('Minutes of the winter review') });
  await teller.did('contract-manager', { name: 'agree-action', action, meeting, what: 'Write into the night book who was turned away, too', owner: teller.person('provider-operator'), dueOn: addDays(teller.today(), 7) });
  await teller.did('contract-manager', { name: 'discuss-difference', finding, on: teller.today(), by: 'Provider, contract manager, three people who slept there', follows: 'Who comes after ten is not in the night book. From now on everybody is.' });
  await teller.did('provider-operator', { name: 'complete-action', action, how: 'The book has a column for it since Monday.', on: teller.today() });
  await teller.did('contract-manager', { name: 'end-cycle', cycle, on: teller.today() });
}

/** It was made longer, once those whose answer that touches were asked again; a change of what is done waits for its decision. */
export async function varyContract(teller: Teller): Promise<void> {
  const [longer, warden] = [teller.id('longer'), teller.id('warden')];
  const [needs, design] = [teller.id('theme needs'), teller.id('theme design')];
  await teller.did('contract-manager', { name: 'propose-variation', variation: longer, what: 'One more winter', why: 'The new hostel opens a year late.', to: { is: 'longer', endsOn: '2027-03-31' }, touches: [needs] });
  const [asked, { stage }] = [teller.id('asked again'), await teller.seen()];
  await teller.did('facilitator', { name: 'plan-activity', activity: asked, stage, title: 'Tea, and one more winter', groups: ['people without a home'], right: 'consult', ledBy: 'together', closesOn: teller.today() });
  await teller.did('facilitator', { name: 'record-attendance', activity: asked, participants: [0, 1, 2, 3, 4].map((at) => participant(teller, at)), on: teller.today() });
  await teller.did('facilitator', { name: 'record-asked-again', variation: longer, theme: needs, activity: asked, said: 'One more winter, if the door opens at eight as it was agreed.' });
  await teller.did('contract-manager', { name: 'test-modification', variation: longer, ground: 'light-touch', confirmed: true, why: 'Homelessness support is a light-touch service.' });
  await teller.later(1);
  await decidedToVary(teller, { variation: longer, outcome: 'agreed', ...theBody(teller), reasons: 'Nobody is to be on the street because a building is late.', weighed: 'What those who sleep there say of one more winter, and what another tender would cost.' });
  await acceptedToVary(teller, longer);
  await teller.did('contract-manager', { name: 'carry-out-variation', variation: longer });
  await teller.did('contract-manager', {
    name: 'propose-variation', variation: warden, what: 'One warden at night in place of two', why: 'The second post was never filled.', to: { is: 'specification', specification: documentCalled('Specification with one warden') }, touches: [design],
  });
  await teller.did('facilitator', { name: 'record-not-asked-again', variation: warden, themes: [needs, teller.id('theme priorities'), teller.id('theme sourcing')], why: 'How many wardens there are changes nothing of when the door opens, of weekends or of training.' });
  await teller.did('contract-manager', { name: 'test-modification', variation: warden, ground: 'light-touch', confirmed: true, why: 'Homelessness support is a light-touch service.' });
  await teller.did('contract-manager', { name: 'plan-exit', plan: documentCalled('Where people go in spring'), lastDay: '2027-03-31', people: 31 });
  await teller.did('contract-manager', { name: 'record-transition', group: 'people without a home', people: 31, goesTo: 'Rooms of their own, and six beds in the new hostel', without: 4 });
  await teller.did('contract-manager', { name: 'plan-staff-transfer', transfersOn: '2027-04-01', informationBy: '2027-03-01', staff: 9 });
  await teller.did('provider-operator', { name: 'record-staff-information', on: teller.today(), evidence: documentCalled('Employee liability information') });
}

/** Reviewed too early: it went back to its delivery, and came again with the whole winter. */
export async function returnOnce(teller: Teller): Promise<void> {
  await teller.later(3);
  await teller.did('commissioner', { name: 'return-to-stage', stage: 'delivery', reason: 'The report leaves out March, when it was fullest.' });
  await teller.later(4);
  await facts(teller, { 'delivery-report': documentCalled('Delivery report with March'), 'people-without-arrangement': 2 });
  await teller.did('commissioner', { name: 'request-gate', stage: 'delivery' });
}
