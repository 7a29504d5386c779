import { pounds } from './demo-steps.js';
import type { Step, Teller } from './teller.js';

const answers: readonly Extract<Step, { name: 'answer-payment-offer' }>['answer'][] = [{ is: 'accepted' }, { is: 'reduced', amount: pounds('10.00') }, { is: 'to-a-charity', charity: 'The food bank' }, { is: 'declined' }];

/**
 * How people took part in sourcing: what they had to go on, in two versions; payment that each of four answered otherwise; a
 * vote; a voice entered for someone and read back; dissent; and what others gave elsewhere, carried over instead of asking them
 * again. `carriesOver`: the story of that other agreement.
 */
export async function takePart(carriesOver: string, teller: Teller): Promise<void> {
  const [activity, pack, today] = [teller.id('activity sourcing'), teller.id('pack'), teller.today()];
  const participant = (at: number) => teller.id(`participant ${at}`);
  const issued = { name: 'issue-information', pack, activity, title: 'What providers were asked' } as const;
  await teller.did('facilitator', { ...issued, document: { reference: 'DMS/questions-1', title: 'The questions' }, forms: ['easy-read', 'large-print'], changed: '' });
  await teller.did('facilitator', { name: 'record-information-given', pack, version: 1, participants: [0, 1, 2].map(participant), on: today });
  await teller.did('facilitator', { ...issued, document: { reference: 'DMS/questions-2', title: 'The questions' }, forms: ['easy-read', 'large-print'], changed: 'One question about nights was added.' });
  await teller.did('facilitator', { name: 'record-information-given', pack, version: 2, participants: [0, 1].map(participant), on: today });
  for (const [at, answer] of answers.entries()) {
    const offer = teller.id(`offer ${at}`);
    await teller.did('facilitator', { name: 'record-benefits-advice', participant: participant(at), on: today, source: 'Citizens Advice', taken: at % 2 === 0 });
    await teller.did('facilitator', { name: 'offer-payment', offer, activity, participant: participant(at), amount: pounds('20.00') });
    await teller.did('representative', { name: 'answer-payment-offer', offer, participant: participant(at), answer });
  }
  await teller.did('facilitator', { name: 'record-vote', activity, vote: teller.id('vote'), question: 'Which matters most?', options: [{ option: 'The same faces', votes: 4 }, { option: 'Longer visits', votes: 1 }], on: today });
  await teller.did('facilitator', { name: 'record-proxy-entry', entry: teller.id('contribution sourcing'), onBehalfOf: participant(0), confirmed: 'read-back', on: today });
  await teller.did('representative', { name: 'record-dissent', dissent: teller.id('dissent'), dissenter: participant(3), from: 'evaluation', words: 'The price counted for too much.' });
  const { agreement: from, id } = teller.elsewhere(carriesOver);
  const carried = teller.id('carried over');
  await teller.did('facilitator', { name: 'record-attendance', activity, participants: [id('participant 4')], on: today });
  await teller.did('facilitator', { name: 'carry-over', carried, from, fromStage: 'needs', stage: 'sourcing', why: 'They were asked the same a month ago.' });
  await teller.did('representative', { name: 'answer-carry-over', carried, answer: 'confirmed' });
}
