import type { Teller } from './teller.js';

const process = { pathway: { id: 'standard' }, route: { id: 'psr-most-suitable-provider' } } as const;

/** One side of a transfer. */
interface Side {
  readonly teller: Teller;
  readonly slug: string;
}

/** Opened, offered by one and agreed to by another. `first`: what else happens before. */
async function offered({ teller }: Side, to: Side, title: string, first: () => Promise<void> = () => Promise.resolve()): Promise<void> {
  await teller.did('commissioner', { name: 'open-agreement', title, kind: 'contract', ...process, value: { amount: '18000.00', currency: 'GBP' }, raises: [] });
  await first();
  await offer(teller, to);
}

async function offer(teller: Teller, to: Side): Promise<void> {
  await teller.did('commissioner', { name: 'offer-transfer', to: to.slug, basis: 'The Demo Boundaries Order', on: teller.today() });
  await teller.later(1);
  await teller.did('senior-responsible-owner', { name: 'agree-transfer' });
}

/** Those who had to do with it stay where they are. */
const accept = (from: Side, to: Side): Promise<void> =>
  to.teller.did('commissioner', { name: 'accept-transfer', providers: [], people: ['commissioner', 'senior-responsible-owner'].map((called) => ({ from: from.teller.person(called), is: 'stays' })) });

/** It goes: the offer was made twice, for the first was too early. */
export async function tellOfGoing(from: Side, to: Side, arrive: () => Promise<unknown>): Promise<void> {
  const { teller } = from;
  await teller.on(100);
  await offered(from, to, 'Walking football');
  await teller.later(1);
  await teller.did('commissioner', { name: 'withdraw-transfer', reason: 'The order was not made yet.' });
  await teller.later(6);
  await offer(teller, to);
  await accept(from, to);
  await arrive();
}

/** It comes, and so does whoever was asked there, and wishes to be erased. It was accepted twice, because meanwhile it was put on hold. */
export async function tellOfComing(from: Side, to: Side, arrive: () => Promise<unknown>): Promise<void> {
  const { teller } = from;
  await teller.on(101);
  await offered(from, to, 'Falls prevention at home', async () => {
    const activity = teller.id('a cup of tea');
    await teller.did('commissioner', { name: 'plan-activity', activity, stage: 'mandate', title: 'A cup of tea', groups: ['people who fell'], right: 'consult', ledBy: 'staff', closesOn: teller.today() });
    await teller.did('commissioner', { name: 'invite-participant', invitation: teller.id('to tea'), activity, participant: teller.id('who fell'), answerBy: teller.today() });
  });
  await accept(from, to);
  await teller.did('commissioner', { name: 'hold', reason: 'The rooms are painted.' });
  await arrive();
  await teller.did('commissioner', { name: 'resume' });
  await accept(from, to);
  await arrive();
  await to.teller.did('administrator', { name: 'erase-participant', participant: teller.id('who fell'), wishedOn: teller.today() });
}
