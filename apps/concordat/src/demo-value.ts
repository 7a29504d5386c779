import { addDays } from '@concordat/platform/core';
import { participant, pounds } from './demo-steps.js';
import type { Teller } from './teller.js';

/**
 * What it was worth: an outcome with both its links measured, three who see it differently, a benefit that was observed beside one
 * that is not, and hours that rose while the money fell, which most of those who give them would rather not.
 */
export async function weighValue(teller: Teller): Promise<void> {
  const [outcome, nights, homes, indoors, police] = ['outcome', 'nights', 'homes', 'indoors', 'police'].map((name) => teller.id(name)) as [string, string, string, string, string];
  const today = teller.today();
  const before = { startsOn: addDays(today, -60), endsOn: addDays(today, -31) };
  const now = { startsOn: addDays(today, -30), endsOn: addDays(today, -1) };
  await teller.did('contract-manager', { name: 'name-outcome', outcome, activity: 'Beds that open at eight, and somebody who asks how it went', change: 'Nights indoors, one after the other', title: 'Nobody sleeps outside' });
  const link = { outcome, holder: 'The night café', comparison: 'The winter before', visibleFrom: before.startsOn } as const;
  await teller.did('contract-manager', { name: 'link-outcome', link: nights, step: 'activity-to-change', indicator: 'Nights indoors in a week', unit: 'number', baseline: 2, target: 6, ...link });
  await teller.did('contract-manager', { name: 'link-outcome', link: homes, step: 'change-to-outcome', indicator: 'People found outside at the count', unit: 'number', baseline: 38, target: 5, ...link });
  await teller.did('contract-manager', { name: 'record-measurement', measurement: teller.id('count 1'), link: nights, on: before.endsOn, value: 4, source: 'Night book' });
  await teller.did('contract-manager', { name: 'record-measurement', measurement: teller.id('count 2'), link: nights, on: now.endsOn, value: 6, source: 'Night book' });
  await teller.did('contract-manager', { name: 'record-measurement', measurement: teller.id('count 3'), link: homes, on: now.endsOn, value: 14, source: 'Count of the night café' });
  const asked = teller.id('asked of the value');
  await teller.did('facilitator', { name: 'plan-activity', activity: asked, stage: (await teller.seen()).stage, title: 'Breakfast at the end of the month', groups: ['people without a home'], right: 'consult', ledBy: 'together', closesOn: today });
  await teller.did('facilitator', { name: 'record-attendance', activity: asked, participants: Array.from({ length: 17 }, (_, at) => participant(teller, at)), on: today });
  await teller.did('contract-manager', { name: 'answer-plain-questions', outcome, viewer: 'users', activity: asked, people: 17, on: today, better: 'partly', becauseOfThis: 'yes', worthIt: 'no' });
  await teller.did('provider-operator', { name: 'answer-plain-questions', outcome, viewer: 'provider', people: 4, on: today, better: 'yes', becauseOfThis: 'yes', worthIt: 'yes' });
  await teller.did('commissioner', { name: 'answer-plain-questions', outcome, viewer: 'commissioner', people: 2, on: today, better: 'yes', becauseOfThis: 'cannot-say', worthIt: 'yes' });
  const benefit = { outcome, comparison: 'The winter before' } as const;
  await teller.did('contract-manager', { name: 'name-benefit', benefit: indoors, what: 'Twenty more people sleep indoors', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 20 }, ...benefit });
  await teller.did('contract-manager', { name: 'observe-benefit', benefit: indoors, observed: { is: 'people', people: 24 }, against: 'The winter before', on: now.endsOn, source: 'Count of the night café' });
  await teller.did('contract-manager', { name: 'name-benefit', benefit: police, what: 'Fewer calls to the police at night', kind: 'avoided-cost', from: 'agency-spending', whoGains: 'another-body', expected: { is: 'money', amount: pounds('9000.00') }, ...benefit });
  await teller.did('contract-manager', { name: 'record-cost', cost: teller.id('first month'), outcome, period: before, spent: pounds('9200.00'), units: 20, hours: 60 });
  await teller.did('contract-manager', { name: 'record-cost', cost: teller.id('second month'), outcome, period: now, spent: pounds('8100.00'), units: 24, hours: 210 });
  await teller.did('facilitator', { name: 'record-hours-wanted', cost: teller.id('second month'), activity: asked, wanted: 4, ratherNot: 9, on: today });
}
