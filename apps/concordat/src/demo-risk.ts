import { addDays } from '@concordat/platform/core';
import type { Teller } from './teller.js';

const score = (likelihood: number, impact: number) => ({ likelihood, impact });

/**
 * What a register of risks shows: one that lies above the appetite and waits to be seen, a control that nobody has proved for
 * three months, an incident, an opportunity, what doing it with people may bring with it, and a panel's advice with its dissent.
 * @param member somebody who took part
 */
export async function keepRisks(teller: Teller, member: string): Promise<void> {
  const owner = teller.person('risk-owner');
  const [known, risk, control, panel, advice] = [teller.id('risk'), teller.id('keys'), teller.id('visitors'), teller.id('panel'), teller.id('advice')];
  await teller.did('risk-owner', { name: 'add-control', control, risk: known, title: 'Neighbours from the parish come in and ask', kind: 'people-from-outside', owner });
  await teller.did('risk-owner', { name: 'record-control-proof', control, on: teller.today(), finding: 'works', shows: 'Three came and spoke with everybody who wished to.' });
  await teller.on(95);
  const today = teller.today();
  await teller.did('risk-owner', {
    name: 'raise-risk', risk, title: 'One volunteer holds the keys of everybody', domain: 'safety', bearers: ['service-users', 'community'], owner,
    scores: { 'co-produced': score(3, 4), 'professional-only': score(1, 4), 'not-acting': score(2, 4) }, levels: { inherent: score(4, 4), current: score(3, 4), target: score(1, 4) }, reviewOn: addDays(today, 180),
  });
  await teller.did('risk-owner', { name: 'record-incident', incident: teller.id('incident'), risk: known, happened: 'Nobody answered the bell on a Sunday evening.', on: addDays(today, -2), harm: 'low-harm', done: 'A second name stands on every list.' });
  await teller.did('risk-owner', { name: 'raise-opportunity', opportunity: teller.id('opportunity'), title: 'Whoever visits stays for tea', domain: 'service', gains: ['service-users', 'community'], owner, score: score(4, 3) });
  await teller.did('risk-owner', { name: 'answer-risk-prompt', prompt: 'lone-volunteers', answer: { is: 'named', risk } });
  await teller.did('risk-owner', { name: 'answer-risk-prompt', prompt: 'exploitation', answer: { is: 'does-not-arise', because: 'Whoever gives more than an hour a week is paid.' } });
  await teller.did('risk-owner', {
    name: 'convene-risk-panel', panel, chair: teller.person('panel-chair'),
    members: [{ of: 'service-users', member }, { of: 'carers', member: teller.person('advocate') }, { of: 'provider', member: teller.person('provider-operator') }, { of: 'commissioner', member: teller.person('commissioner') }],
  });
  await teller.did('panel-chair', {
    name: 'record-panel-advice', advice, panel, risks: [known, risk], says: 'Two people to every round until the spring, and the keys in a safe at the hall.', inFavour: 3, against: 1, dissent: 'It costs the day visits.', on: today,
  });
  await teller.did('decision-maker', { name: 'answer-panel-advice', advice, outcome: 'followed-in-part', reasons: 'The safe at once; two to a round where people asked for it.' });
}
