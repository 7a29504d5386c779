import { addDays } from '@concordat/platform/core';
import { facts, participant, score } from './demo-steps.js';
import type { Teller } from './teller.js';

const group = 'people who live alone';

/**
 * A small project that people lead themselves: planned in each of the four ways of doing it together, decided by them, with hours
 * of theirs; and what became of what they said where nobody adopted it. It follows a process of the organisation's own.
 */
export async function tellOfTogether(process: string, teller: Teller): Promise<void> {
  await teller.on(86);
  await teller.did('commissioner', { name: 'open-agreement', title: 'A garden for the health centre', kind: 'project', pathway: { id: process, version: 1 }, route: { id: 'in-house' }, value: { amount: '12000.00', currency: 'GBP' }, raises: [] });
  await facts(teller, { sponsor: teller.person('approver:sponsor'), lead: teller.person('contract-manager'), place: 'The health centre', 'affected-groups': [group, 'carers'], 'people-concerned': 30, description: 'Beds to dig, and a bench on the way to the pharmacy.' });
  await plan(teller);
  await digTogether(teller);
  await say(teller);
  await answerTwice(teller);
  await weighBurden(teller);
}

async function plan(teller: Teller): Promise<void> {
  const nothing = (because: string) => ({ is: 'nothing-needed', group, because }) as const;
  const shared = { people: 3, resources: nothing('the spades are in the shed'), accessCosts: nothing('everybody comes on foot') };
  await teller.did('commissioner', { name: 'plan-involvement', ...shared, groups: [group], stage: 'mandate', mode: 'co-commissioning', subTypes: ['co-financing'], say: 4, do: 2, method: 'Saturdays in the yard' });
  await teller.did('commissioner', { name: 'plan-involvement', ...shared, groups: [group], stage: 'design', mode: 'co-design', subTypes: [], say: 4, do: 2, method: 'A plan in chalk on the yard' });
  await teller.did('commissioner', { name: 'plan-involvement', ...shared, groups: [group], stage: 'delivery', mode: 'co-delivery', subTypes: ['co-managing', 'co-performing'], say: 4, do: 3, method: 'A rota of their own' });
  await teller.did('commissioner', { name: 'plan-involvement', ...shared, groups: [group], stage: 'review', mode: 'co-assessment', subTypes: ['co-monitoring', 'co-evaluation'], say: 3, do: 2, method: 'A walk through the beds in autumn' });
}

async function digTogether(teller: Teller): Promise<void> {
  const [dig, letter, people] = [teller.id('dig'), teller.id('letter'), [0, 1, 2, 3].map((at) => participant(teller, at))];
  await teller.did('facilitator', { name: 'plan-activity', stage: 'mandate', groups: [group], activity: letter, title: 'A letter to every house', right: 'inform', ledBy: 'staff', closesOn: addDays(teller.today(), 7) });
  await teller.did('facilitator', { name: 'plan-activity', stage: 'mandate', groups: [group], activity: dig, title: 'Two Saturdays with spades', right: 'decide', ledBy: 'people', closesOn: addDays(teller.today(), 7) });
  for (const hours of [3, 2]) {
    await teller.did('facilitator', { name: 'record-attendance', activity: dig, participants: people, on: teller.today() });
    await Promise.all(people.map((one) => teller.did('facilitator', { name: 'record-effort', activity: dig, participant: one, hours, on: teller.today() })));
    await teller.later(7);
  }
  await teller.did('facilitator', { name: 'record-joint-decision', activity: dig, decided: 'Beans and a bench, and no lawn.', on: addDays(teller.today(), -7) });
  await Promise.all(people.slice(0, 3).map((one) => teller.did('representative', { name: 'record-could-it-change', activity: dig, participant: one, answer: 'yes' })));
}

/** Two things that nobody adopts, and one that is. */
async function say(teller: Teller): Promise<void> {
  const said = [
    ['pond', 'A pond for the children.', { outcome: 'not-adopted', reasons: 'Nobody can be there to watch it.' }],
    ['bus', 'The bus should stop at the gate.', { outcome: 'out-of-scope', reasons: 'The county decides on buses; it was told.' }],
    ['bench', 'A bench half way up.', { outcome: 'adopted', reasons: 'It is steep there.', changed: 'It stands by the second bed.' }],
  ] as const;
  for (const [at, [name, text]] of said.entries()) {
    await teller.did('representative', { name: 'record-contribution', contribution: teller.id(name), activity: teller.id('dig'), author: participant(teller, at), text, givenOn: addDays(teller.today(), -7) });
    await teller.did('facilitator', { name: 'create-theme', theme: teller.id(`theme ${name}`), title: text.replace(/\.$/, '') });
    await teller.did('facilitator', { name: 'put-in-theme', theme: teller.id(`theme ${name}`), contributions: [teller.id(name)] });
  }
  await Promise.all(said.map(([name, , response]) => teller.did('commissioner', { name: 'answer-theme', theme: teller.id(`theme ${name}`), response })));
  // What one alone said is told in public where they let everybody see it.
  await teller.did('representative', { name: 'choose-who-sees', contribution: teller.id('bench'), author: participant(teller, 2), seenBy: 'public' });
  await teller.did('publisher', { name: 'plan-publication', publication: teller.id('you said'), of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: teller.today() } });
  await teller.did('publisher', { name: 'publish', publication: teller.id('you said') });
  for (const [at, outcome] of (['declined', 'undeliverable', 'published'] as const).entries()) await teller.did('facilitator', { name: 'record-feedback', participants: [participant(teller, at)], outcome, ...(outcome === 'undeliverable' && { tried: ['by-letter', 'by-telephone'] }) });
  await teller.did('commissioner', { name: 'record-feedback', participants: [participant(teller, 1)], outcome: 'undeliverable', tried: ['where-they-are'] });
  await teller.did('facilitator', { name: 'record-proxy-entry', entry: participant(teller, 0), onBehalfOf: participant(teller, 0), confirmed: 'read-back', on: teller.today() });
}

/** Rated low, answered once more by somebody else, and rated low again: so it stands. */
async function answerTwice(teller: Teller): Promise<void> {
  const rated = { name: 'rate-answer', answer: teller.id('theme pond'), participant: participant(teller, 0) } as const;
  await teller.did('representative', { ...rated, rating: 1 });
  await teller.later(3);
  await teller.did('facilitator', { name: 'answer-theme', theme: teller.id('theme pond'), response: { outcome: 'not-adopted', reasons: 'We asked the nursery, too: nobody can be there after four. A basin for birds is what can be.' } });
  await teller.did('representative', { ...rated, rating: 2 });
}

/** Those who carry its risk answer in each of the other ways, or not at all. */
async function weighBurden(teller: Teller): Promise<void> {
  const statement = (of: string) => teller.id(`statement ${of}`);
  await teller.did('risk-owner', {
    name: 'raise-risk', risk: teller.id('burden'), title: 'The same three water the beds all summer', domain: 'volunteers', bearers: ['carers', 'community', 'public'], owner: teller.person('risk-owner'),
    scores: { 'co-produced': score(3, 2), 'professional-only': score(1, 2), 'not-acting': null }, levels: { inherent: score(3, 2), current: score(3, 2), target: score(1, 2) },
  });
  const sought = { name: 'seek-statement', advocacyOffered: true } as const;
  await teller.did('risk-owner', { ...sought, statement: statement('carers'), group: 'carers', of: 'advocate', because: 'The carers’ centre is shut in summer.', form: 'spoken' });
  await teller.did('risk-owner', { ...sought, statement: statement('community'), group: 'community', of: 'community-body', form: 'plain-language' });
  await teller.did('risk-owner', { ...sought, statement: statement('public'), group: 'public', of: 'elected-member', form: 'plain-language' });
  await teller.did('advocate', { name: 'record-statement', statement: statement('carers'), view: 'content-if', spokenBy: teller.person('advocate'), words: 'If there is a second rota for August.' });
  await teller.did('representative', { name: 'record-statement', statement: statement('community'), view: 'cannot-say', spokenBy: participant(teller, 3), words: 'Nobody of us was there in a dry year.' });
  await teller.later(3);
  await teller.did('risk-owner', { ...sought, statement: statement('public'), group: 'public', of: 'elected-member', form: 'plain-language' });
}
