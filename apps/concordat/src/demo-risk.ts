import type { Asked } from '@concordat/access';
import { OwnRiskSettings } from '@concordat/agreement';
import { shippedRiskSettings } from '@concordat/agreement/core';
import { addDays } from '@concordat/platform/core';
import type { INestApplicationContext } from '@nestjs/common';
import { saidByUsers, score } from './demo-steps.js';
import type { Teller } from './teller.js';

/** What the organisation says of its risks: one domain more than ships, of what befalls those who give their time. */
export async function settleRisks(parts: INestApplicationContext, asked: Asked): Promise<void> {
  const domains = [...shippedRiskSettings.domains, { id: 'volunteers', title: 'Those who give their time', appetite: 'moderate' as const }];
  const outcome = await parts.get(OwnRiskSettings).change({ ...shippedRiskSettings, domains }, asked);
  if (outcome.outcome !== 'recorded') throw new Error(`The demo’s risk settings could not be made: ${JSON.stringify(outcome)}`);
}

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
  const elsewhere = teller.id('an incident elsewhere');
  await teller.did('risk-owner', { name: 'record-incident', incident: elsewhere, happened: 'A window was broken at the hall.', on: addDays(today, -2), harm: 'no-harm', done: 'It was boarded up.' });
  await teller.did('commissioner', { name: 'withdraw-incident', incident: elsewhere, reason: 'The hall is of another agreement, where it is on record.' });
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

/**
 * What becomes of risks: scored anew, reviewed and seen from above; one that is over, with its control; a control that was proved;
 * and an opportunity that was taken.
 */
export async function lookAtRisks(teller: Teller): Promise<void> {
  const [owner, today] = [teller.person('risk-owner'), teller.today()];
  const [known, tired, supervision, rota, opportunity] = [teller.id('risk'), teller.id('tired volunteers'), teller.id('supervision'), teller.id('rota'), teller.id('siblings')];
  await teller.did('risk-owner', { name: 'rescore-risk', risk: known, scores: { 'co-produced': score(3, 4), 'professional-only': score(3, 3), 'not-acting': score(4, 4) }, reason: 'Two vans are to be sold before the autumn.' });
  await teller.did('senior-responsible-owner', { name: 'acknowledge-risk', risk: known, says: 'I know of it. Nobody is to be left waiting at a school gate.' });
  await teller.did('risk-owner', { name: 'add-control', control: supervision, risk: known, title: 'The rota is read through every Monday', kind: 'supervision', owner });
  await teller.did('risk-owner', {
    name: 'raise-risk', risk: tired, title: 'The same four parents give every weekend', domain: 'volunteers', bearers: ['carers', 'community'], owner,
    scores: { 'co-produced': score(4, 2), 'professional-only': score(1, 2), 'not-acting': score(3, 2) }, levels: { inherent: score(4, 2), current: null, target: score(1, 2) }, reviewOn: addDays(today, 90),
  });
  await teller.did('risk-owner', { name: 'add-control', control: rota, risk: tired, title: 'Nobody gives two weekends running', kind: 'procedure', owner });
  await teller.did('risk-owner', { name: 'raise-opportunity', opportunity, title: 'Brothers and sisters come along', domain: 'service', gains: ['service-users', 'carers'], owner, score: score(3, 2) });
  await teller.later(2);
  await teller.did('risk-owner', { name: 'record-control-proof', control: supervision, on: teller.today(), finding: 'works-in-part', shows: 'Read through on three Mondays of four.' });
  await teller.did('risk-owner', { name: 'review-risk', risk: known, levels: { inherent: score(4, 4), current: score(2, 4), target: score(1, 3) }, reviewOn: addDays(today, 60), reason: 'A third van is on loan until Easter.' });
  await teller.did('risk-owner', { name: 'rescore-opportunity', opportunity, score: score(5, 2), reason: 'Nine of them came on the first day.' });
  await teller.did('risk-owner', { name: 'close-opportunity', opportunity, outcome: 'taken', reason: 'The specification has a place for them.' });
  await teller.did('risk-owner', { name: 'end-control', control: rota, reason: 'Two workers are paid for the weekends now.' });
  await teller.did('senior-responsible-owner', { name: 'acknowledge-risk', risk: tired, says: 'Nobody gives every weekend: we pay for it.' });
  await teller.did('commissioner', { name: 'close-risk', risk: tired, reason: 'Weekends are paid for.' });
  // It is larger than when those who carry it were asked.
  await saidByUsers(teller, 'statement anew', 'content-if', 'If the van on loan is there until both new ones are.');
}
