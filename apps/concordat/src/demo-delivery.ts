import { addDays } from '@concordat/platform/core';
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
  await teller.did('contract-manager', { name: 'name-outcome', outcome, activity: 'Visits by the same two people', change: 'Fewer falls at night', title: 'People stay in their own homes' });
  await teller.did('contract-manager', {
    name: 'link-outcome', link: teller.id('link'), outcome, step: 'change-to-outcome', indicator: 'Still at home after a year', unit: 'percent', holder: 'The council', baseline: 60, target: 75, comparison: 'The three years before',
    visibleFrom: addDays(today, 365),
  });
  await teller.did('contract-manager', {
    name: 'name-benefit', benefit: teller.id('benefit'), outcome, what: 'Twelve more people a year stay at home', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 12 }, comparison: 'The three years before',
  });
}
