import { adoptedIn, financialYearOf } from '@concordat/agreement/core';
import { addDays } from '@concordat/platform/core';
import { acceptedToVary, decidedToVary, facts, participant } from './demo-steps.js';
import type { Teller } from './teller.js';

/**
 * What managing a provider shows: a KPI that people wrote, on which the provider and they do not agree, an action of a meeting
 * that nobody did, a concern of the provider's that waits, an outcome that cannot be seen yet, and a benefit that is potential.
 * @param activity where people wrote the KPI
 */
export async function keepDelivery(teller: Teller, activity: string): Promise<void> {
  const today = teller.today();
  const [kpi, obligation, meeting, outcome] = [teller.id('kpi'), teller.id('obligation'), teller.id('meeting'), teller.id('outcome')];
  const period = { startsOn: addDays(today, -30), endsOn: addDays(today, -1) };
  await teller.did('contract-manager', {
    name: 'agree-obligation', obligation, what: 'A report on every month, with what people said in it', due: { is: 'each', months: 1, from: addDays(today, 20) }, evidence: 'The report',
  });
  await teller.did('contract-manager', {
    name: 'set-kpi', kpi, title: 'Visits begin when they were promised', definition: 'Visits begun within 15 minutes of the time that the person was told', unit: 'percent', target: { is: 'at-least', value: 90 },
    writtenBy: { is: 'activity', activity }, measures: [obligation],
  });
  await teller.did('facilitator', { name: 'record-proxy-entry', entry: kpi, onBehalfOf: participant(teller, 0), confirmed: 'read-back', on: today });
  await teller.did('provider-operator', { name: 'record-observation', observation: teller.id('observation'), kpi, period, value: 96, source: 'Call log' });
  await teller.did('contract-manager', {
    name: 'record-finding', finding: teller.id('finding'), kpi, period, question: 'Do they come when they said they would?', method: 'By telephone, asked by people who use the service', answers: 34, value: 71,
  });
  await teller.did('contract-manager', {
    name: 'hold-review-meeting', meeting, on: today, present: 'Contract manager, provider, two people who use the service', minutes: { reference: 'DMS/review-1', title: 'Minutes of the first review' },
  });
  await teller.did('contract-manager', { name: 'agree-action', action: teller.id('action'), meeting, what: 'Take the time at the door, not in the van', owner: teller.person('provider-operator'), dueOn: addDays(today, 14) });
  await teller.did('provider-operator', { name: 'raise-provider-concern', concern: teller.id('concern'), provider: teller.provider(0), about: 'Two visits in three are booked for the same hour.', raisedOn: today });
  await teller.did('provider-operator', {
    name: 'record-expiry', expiry: teller.id('insurance'), provider: teller.provider(0), of: 'insurance', document: { reference: 'DMS/insurance', title: 'Public liability, £10 million' }, endsOn: addDays(today, 40),
  });
  const [visit, improvement, rate, funding] = [teller.id('visit'), teller.id('improvement'), teller.id('rate'), teller.id('funding')];
  const year = financialYearOf(today);
  await teller.did('contract-manager', {
    name: 'record-quality-visit', visit, provider: teller.provider(0), on: today, visitors: 'both', notice: 'unannounced', spokeWith: 7, found: 'People know who comes. Two did not know whom to ring at night.', report: { reference: 'DMS/visit-1', title: 'Report of the first visit' },
    improvements: [{ improvement, what: 'Everybody has the number for the night in large print', dueOn: addDays(today, 10) }, { improvement: teller.id('second-improvement'), what: 'Those who begin are shown round by somebody who lives there', dueOn: addDays(today, 30) }], nextBy: addDays(today, 180),
  });
  await teller.did('provider-operator', { name: 'show-improvement', improvement, how: 'A card for every door, read with each person', on: today, evidence: { reference: 'DMS/cards', title: 'The card' } });
  await teller.did('contract-manager', { name: 'set-rate', rate, what: 'A visit by day', per: 'hour', year, amount: { amount: '24.10', currency: 'GBP' }, why: 'As tendered' });
  await teller.did('contract-manager', { name: 'set-rate', rate, what: 'A visit by day', per: 'hour', year: financialYearOf(addDays(today, 365)), amount: { amount: '25.30', currency: 'GBP' }, why: 'The real living wage' });
  await teller.did('contract-manager', { name: 'commit-funding', funding, funder: 'The council', year, amount: { amount: '180000.00', currency: 'GBP' }, basis: 'Budget of adult social care' });
  const paid = { name: 'record-spend', spend: teller.id('spend'), funding, on: today, amount: { amount: '14520.00', currency: 'GBP' }, source: 'Invoice of the first month' } as const;
  await teller.did('contract-manager', paid);
  await teller.did('contract-manager', { ...paid, amount: { amount: '14250.00', currency: 'GBP' }, why: 'Two figures were swapped.' });
  await teller.did('contract-manager', { name: 'name-outcome', outcome, activity: 'Visits by the same two people', change: 'Fewer falls at night', title: 'People stay in their own homes' });
  await teller.did('contract-manager', {
    name: 'link-outcome', link: teller.id('link'), outcome, step: 'change-to-outcome', indicator: 'Still at home after a year', unit: 'percent', holder: 'The council', baseline: 60, target: 75, comparison: 'The three years before',
    visibleFrom: addDays(today, 365),
  });
  await teller.did('contract-manager', {
    name: 'name-benefit', benefit: teller.id('benefit'), outcome, what: 'Twelve more people a year stay at home', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 12 }, comparison: 'The three years before',
  });
  await varyTerms(teller);
}

/** Whoever decides answers for a risk of it, so a second person reads the decision. */
async function varyTerms(teller: Teller): Promise<void> {
  const variation = teller.id('terms');
  await teller.did('contract-manager', { name: 'propose-variation', variation, what: 'The month ends on the last Friday', why: 'So that a report and its invoice come together.', to: { is: 'terms' }, touches: [] });
  await facts(teller, { 'service-may-change': 'no' });
  const themes = adoptedIn(await teller.seen()).map(({ theme }) => theme);
  await teller.did('facilitator', { name: 'record-not-asked-again', variation, themes, why: 'When an invoice comes was none of what people asked for.' });
  await teller.did('contract-manager', { name: 'test-modification', variation, ground: 'light-touch', confirmed: true, why: 'Visits are a light-touch service.' });
  await decidedToVary(teller, {
    variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Scheme 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: teller.today(), inForceFrom: teller.today(), reasons: 'It changes nothing of the service.', weighed: 'The hours it saves, and that nobody who uses the service is asked for more.', notAsked: themes,
  });
  await teller.did('panel-chair', { name: 'second-variation', variation });
  await acceptedToVary(teller, variation);
  await teller.did('contract-manager', { name: 'carry-out-variation', variation });
}
