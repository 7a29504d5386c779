import { addDays } from '@concordat/platform/core';
import { decided, pounds, saidByUsers, score } from './demo-steps.js';
import type { Teller } from './teller.js';

/** A risk for which nobody but the decision-maker can answer; so a second person will read what they decide. */
export async function answerForRisk(teller: Teller): Promise<void> {
  await teller.did('risk-owner', {
    name: 'raise-risk', risk: teller.id('not heard'), title: 'The body speaks, and nobody acts on it', domain: 'trust', bearers: ['commissioner', 'service-users'], owner: teller.person('decision-maker'),
    scores: { 'co-produced': score(2, 3), 'professional-only': score(4, 3), 'not-acting': score(5, 3) }, levels: { inherent: score(4, 3), current: null, target: score(1, 3) },
  });
  await saidByUsers(teller, 'statement on the body', 'content-if', 'If we read what came of what we said.');
  const statement = teller.id('statement of the council');
  await teller.did('risk-owner', { name: 'seek-statement', statement, group: 'commissioner', of: 'senior-responsible-owner', form: 'plain-language', advocacyOffered: true });
  await teller.did('senior-responsible-owner', { name: 'record-statement', statement, view: 'content', spokenBy: teller.person('senior-responsible-owner'), words: 'Cabinet answers the body at each of its meetings.' });
}

/** The provider who did not win asks why, and members call the decision in: it is taken anew, and a standstill is offered and waited for. */
export async function decideAndWait(teller: Teller): Promise<void> {
  const [decision, anew, challenge] = [teller.id('decision'), teller.id('decision anew'), teller.id('challenge')];
  const key = { is: 'key', announcedOn: addDays(teller.today(), -30), notice: 'full' } as const;
  await decided(teller, { key, callIn: { is: 'open', until: addDays(teller.today(), 5) }, inForceFrom: addDays(teller.today(), 6) });
  await teller.later(1);
  await teller.did('panel-chair', { name: 'second-decision', decision });
  await teller.later(1);
  await teller.did('elected-member', { name: 'call-in-decision', decision, reason: 'Members were not told who would speak for people at home.', on: teller.today() });
  await teller.later(5);
  await teller.did('decision-maker', { name: 'conclude-call-in', decision, outcome: { is: 'taken-anew' }, on: teller.today(), reasons: 'The committee heard three people who will be represented, and asks that Cabinet hears them too.' });
  await decided(teller, { key, callIn: { is: 'not-open' }, inForceFrom: teller.today() }, 'decision anew');
  await teller.did('panel-chair', { name: 'second-decision', decision: anew });
  await teller.did('commissioner', { name: 'end-partner', partner: teller.id('health board'), reason: 'Its board agreed to pay a share and to sign.' });
  await partner(teller, 'sign');
  await teller.did('commissioner', { name: 'publish-award-notice', publishedOn: teller.today(), reference: 'Demo notice UK6-1', voluntaryStandstill: 8 });
  await publishData(teller);
  await teller.later(3);
  await teller.did('commissioner', { name: 'record-challenge', challenge, kind: 'complaint', from: 'Second Demo Provider', about: 'How the answers on advocacy were weighed.', receivedOn: teller.today() });
  await teller.later(3);
  await teller.did('senior-responsible-owner', { name: 'conclude-challenge', challenge, outcome: 'award-stands', reasons: 'Both answers were read again by two who had not read them before, and came to the same.', on: teller.today() });
  // Eight working days, and as many more as Christmas or Easter may take.
  await teller.later(14);
  await teller.did('provider-signatory', { name: 'accept-award', versionRead: (await teller.seen()).content.award });
}

/** The data of the award waits for its notice, and for a price by the hour that was not to be told; then it goes out under the number of the notice. */
async function publishData(teller: Teller): Promise<void> {
  const publication = teller.id('data of the award');
  await teller.did('publisher', { name: 'plan-publication', publication, of: { is: 'release', notice: 'award-notice', ocid: 'ocds-h6vhtk-demo01' }, releaseWhen: { is: 'notice', notice: 'award-notice' } });
  await teller.did('publisher', { name: 'withhold-publication', publication, ground: 'sensitive-commercial-information', reason: 'It is being looked at whether the price by the hour would show in it.' });
  await teller.later(1);
  await teller.did('publisher', { name: 'lift-withholding', publication, reason: 'It tells the price of all hours together, as the notice does.' });
  await teller.did('publisher', { name: 'publish', publication });
}

/** The health board reads along until its board agreed to pay for a part of it; from then on its people may sign. */
async function partner(teller: Teller, may: 'see' | 'sign'): Promise<void> {
  const [from, until] = [teller.today(), addDays(teller.today(), 1_095)];
  const begins = Number(from.slice(0, 4)) - (from.slice(5) < '04-01' ? 1 : 0);
  const shares = may === 'see' ? [] : [begins, begins + 1].map((year) => ({ year: `${year}-${String((year + 1) % 100).padStart(2, '0')}`, amount: pounds('6000.00') }));
  await teller.did('commissioner', {
    name: 'record-partner', partner: teller.id('health board'), title: 'Demo Health Board', identifier: { scheme: 'GB-NHS', id: 'DEMO1' }, may, basis: 'Section 75 of the National Health Service Act 2006', from, until, shares,
  });
}

/** The notices that came before it, published by the council itself, and the body that reads along. */
export async function publishNotices(teller: Teller): Promise<void> {
  await partner(teller, 'see');
  for (const [notice, reference] of [['UK2', 'Demo notice UK2-1'], ['UK4', 'Demo notice UK4-1']] as const) {
    await teller.did('commissioner', { name: 'record-published-notice', notice, publishedOn: teller.today(), reference });
  }
}

/** Two lots go to two providers; one of them is led by the smaller, with the other beside them. */
export async function proposeLots(teller: Teller): Promise<void> {
  const [first, second] = [teller.provider(0), teller.provider(1)];
  await teller.did('commissioner', {
    name: 'propose-lots',
    lots: [
      { agreement: teller.id('evenings'), lot: 'Evenings', title: 'Evenings with disabled children', value: pounds('330000.00'), lead: first, members: [], subcontractors: [second] },
      { agreement: teller.id('weekends'), lot: 'Weekends', title: 'Weekends with disabled children', value: pounds('200000.00'), lead: second, members: [first], subcontractors: [] },
    ],
  });
}

export async function decideLots(teller: Teller): Promise<void> {
  await decided(teller, { key: { is: 'not-key' }, callIn: { is: 'open', until: addDays(teller.today(), 1) }, inForceFrom: addDays(teller.today(), 2) });
  await teller.did('commissioner', { name: 'publish-award-notice', publishedOn: teller.today(), reference: 'Demo notice UK6-2' });
  const versionRead = (await teller.seen()).content.award;
  // In a small provider the same person keeps its people and signs for it.
  await teller.arranged('administrator', { name: 'grant-role', person: teller.person('provider-admin:second'), grant: teller.id('signs for the second'), role: 'provider-signatory', provider: teller.provider(1) });
  for (const signatory of ['provider-signatory', 'provider-admin:second']) await teller.did(signatory, { name: 'accept-award', versionRead });
  await teller.later(2);
}

/** Each lot becomes a contract, once everybody who took part knows; what was promised is kept in one of them. */
export async function splitIntoLots(teller: Teller): Promise<void> {
  const [evenings, weekends, promise] = [teller.id('evenings'), teller.id('weekends'), teller.id('siblings promised')];
  await teller.did('commissioner', { name: 'make-commitment', commitment: promise, what: 'We will pay the fare of a brother or sister who comes along.', by: addDays(teller.today(), 60) });
  await teller.did('facilitator', { name: 'tell-what-came-of-it', participants: [0, 1, 2, 3, 4].map((at) => teller.id(`participant ${at}`)), outcome: 'delivered' });
  await teller.later(2);
  await teller.did('commissioner', { name: 'split', agreements: [{ agreement: evenings, commitments: [promise] }, { agreement: weekends, commitments: [] }] });
  await calledInLate(teller);
}

/** A call-in that was made in time and lay in another tray: until the decision is taken anew neither contract goes on. */
async function calledInLate(teller: Teller): Promise<void> {
  const { decision, decidedOn } = (await teller.seen()).decision!;
  await teller.did('elected-member', { name: 'call-in-decision', decision, reason: 'Two providers for one family are two to ring at night.', on: addDays(decidedOn, 1) });
  await teller.did('decision-maker', { name: 'conclude-call-in', decision, outcome: { is: 'taken-anew' }, on: teller.today(), reasons: 'Cabinet hears the families on that before it decides again.' });
  await decided(teller, { key: { is: 'not-key' }, callIn: { is: 'not-open' }, inForceFrom: teller.today() }, 'decision on the lots anew');
}
