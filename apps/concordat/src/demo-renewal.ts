import { addDays } from '@concordat/platform/core';
import { participant, pounds } from './demo-steps.js';
import type { Teller } from './teller.js';

/** A promise that is still open when its agreement ends: another carries it on before it closes. */
export async function leavePromise(teller: Teller): Promise<void> {
  await teller.did('commissioner', { name: 'make-commitment', commitment: teller.id('letters'), what: 'We will write to every child on their birthday.', by: addDays(teller.today(), 150) });
}

/**
 * What comes after an agreement that ends: it is renewed, with all that was adopted and all that is promised; something of it
 * is undone once it is closed, and whoever gave it is told; and they say how often, and about what, they wish to be asked.
 * @param earlier the story of the agreement that ended
 */
export async function renew(earlier: string, teller: Teller): Promise<void> {
  const { agreement: from, id } = teller.elsewhere(earlier);
  const author = participant({ id }, 0);
  const undone = id('theme priorities');
  await teller.on(84);
  await teller.did('commissioner', {
    name: 'open-agreement', title: 'Domestic Abuse Support Services - Children, second term', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: pounds('66000.00'), raises: [],
  });
  await teller.did('commissioner', { name: 'amend-facts', facts: { place: 'The whole area', theme: 'domestic abuse', 'affected-groups': ['children who lived with abuse'], description: 'What comes after the first term, which ends in March.' } });
  // It is the same service: that it takes its place was said by a slip.
  await teller.did('commissioner', { name: 'link-agreement', to: from, as: 'replaces' });
  await teller.did('senior-responsible-owner', { name: 'unlink-agreement', to: from, as: 'replaces', reason: 'It is the same service for another term.' });
  await teller.did('commissioner', { name: 'link-agreement', to: from, as: 'renews' });
  await teller.did('commissioner', { name: 'carry-on', from });
  await teller.did('participant', { name: 'choose-ask-budget', participant: author, asksPerYear: 3 });
  await teller.did('participant', { name: 'choose-interests', participant: author, themes: ['domestic abuse'], modes: ['co-design', 'co-assessment'] });
  await teller.later(6);
  await teller.did('commissioner', { name: 'reverse-answer', theme: undone, reasons: 'The worker for weekends left, and the post is not filled.' });
  await teller.did('facilitator', { name: 'tell-of-reversal', theme: undone, participants: [author], outcome: 'delivered' });
}
