import { addDays } from '@concordat/platform/core';
import { participant } from './demo-steps.js';
import type { Teller } from './teller.js';

/** Two ways it could go on, talked about with people and with the provider, and what became of each. */
export async function weighOptions(teller: Teller): Promise<void> {
  const [activity, on] = [teller.id('activity priorities'), teller.today()];
  const options = [
    { option: teller.id('one hall'), title: 'Everybody comes to one hall', people: 'It is an hour away for half of us.', provider: 'One hall is what we can staff.', outcome: 'not-preferred', reasons: 'An hour on a bus is not a break.' },
    { option: teller.id('near home'), title: 'Evenings near home', people: 'Then brothers and sisters can come, too.', provider: 'We would need two more who drive.', outcome: 'preferred', reasons: 'It is what families chose, and costs less than the buses.' },
  ] as const;
  for (const { option, title, people, provider } of options) {
    await teller.did('commissioner', { name: 'consider-option', option, title, outcome: 'undecided', reasons: '' });
    await teller.did('commissioner', { name: 'discuss-option', option, with: { is: 'people', activity }, said: people, on });
    await teller.did('commissioner', { name: 'discuss-option', option, with: { is: 'provider', provider: teller.provider(0) }, said: provider, on });
  }
  await Promise.all(options.map(({ option, title, outcome, reasons }) => teller.did('commissioner', { name: 'consider-option', option, title, outcome, reasons })));
}

/** People choose what providers are asked, and assess it: declared, trained, one of them in the end not there, and the other there on the day. */
export async function chooseEvaluators(teller: Teller): Promise<void> {
  const criterion = teller.id('how they train');
  const [one, other] = [participant(teller, 0), participant(teller, 1)];
  await teller.did('facilitator', { name: 'set-criterion', criterion, title: 'How they train people for nights', chosenBy: { is: 'activity', activity: teller.id('activity sourcing') } });
  await teller.did('facilitator', { name: 'record-proxy-entry', entry: criterion, onBehalfOf: one, confirmed: 'read-back', on: teller.today() });
  for (const evaluator of [one, other]) {
    await teller.did('facilitator', { name: 'appoint-evaluator', evaluator, of: 'people', criteria: [criterion] });
    await teller.did('facilitator', { name: 'record-evaluator-declaration', evaluator, interest: 'none' });
  }
  await teller.did('facilitator', { name: 'record-evaluator-training', evaluators: [one, other], on: teller.today(), source: 'An afternoon with the evaluation lead' });
  await teller.did('facilitator', { name: 'stand-down-evaluator', evaluator: other, reason: 'not-available' });
  await teller.did('facilitator', { name: 'record-assessment', evaluator: one, criteria: [criterion], on: teller.today(), source: 'The minute of the panel' });
}

/** The provider says itself that it is ready to start. */
export async function confirmReady(teller: Teller): Promise<void> {
  await teller.did('provider-signatory', { name: 'confirm-readiness', startsOn: addDays(teller.today(), 5), says: 'Forty beds, three wardens, and the heating is on.' });
}
