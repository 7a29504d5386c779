import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FixedClock, newId } from '@concordat/platform';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';

// "May involve greater risks than professionalised provision": a risk carried by users without their statement sought shuts
// the gate. And who signs while the approver is away.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const money = (amount: string) => ({ amount, currency: 'GBP' });
let here: TestInstallation;

beforeAll(async () => {
  here = await openInstallation({ clock });
}, 60_000);
afterAll(() => here.close());

const score = (likelihood: number, impact: number) => ({ likelihood, impact });
const personOf = (role: string) => here.person(role).person;
test('a risk carried by users is sought of them, objected to, replied to and read by a second person before anything is decided on it', async () => {
  const care = await takenOver('Night visits');
  const [risk, statement] = [newId(), newId()];
  const scores = { 'co-produced': score(4, 4), 'professional-only': score(2, 4), 'not-acting': score(5, 4) };
  await care.did('risk-owner', 'raise-risk', { risk, title: 'A volunteer is alone at night', bearers: ['service-users'], owner: personOf('risk-owner'), scores });
  expect((await care.gateRefused())['risk.statements-sought']).toEqual([`the statement of service-users on ${risk}`]);

  const ask = { statement, group: 'service-users', form: 'easy-read', advocacyOffered: true };
  expect(await care.refused('risk-owner', 'seek-statement', { ...ask, of: 'advocate' })).toEqual({ 'statement.fallback-unexplained': ['because'] });
  await care.did('risk-owner', 'seek-statement', { ...ask, of: 'advocate', because: 'No body led by users meets here.' });
  await care.did('advocate', 'record-statement', { statement, view: 'object', spokenBy: newId(), words: 'Nobody should be alone at night.' });

  const deciding = { decision: newId(), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'What was said.' };
  const decide = async () => care.refused('decision-maker', 'record-decision', { ...deciding, versionRead: (await care.seen()).content['decision'] });
  expect(await decide()).toEqual({ 'decision.objection-unanswered': [`a reply to the objection of service-users: ${statement}`] });
  await care.did('decision-maker', 'reply-to-objection', { statement, reply: 'Two at night, from the first day.', secondPerson: personOf('panel-chair') });
  expect((await care.gateRefused())['risk.statements-sought']).toEqual([`the second person to read the objection of service-users and the reply: ${statement}`]);
  expect(await care.refused('facilitator', 'second-reply', { statement })).toEqual({ 'statement.not-the-second-person': [`person-${personOf('panel-chair')}`] });
  await care.did('panel-chair', 'second-reply', { statement });
  expect((await care.gateRefused())['risk.statements-sought']).toBeUndefined();
  await care.did('decision-maker', 'record-decision', { ...deciding, versionRead: (await care.seen()).content['decision'] });
}, 60_000);

test('while the approver of finance is away a named colleague signs, as far as was delegated and not a day longer', async () => {
  const finance = here.as('approver:finance');
  const deputy = personOf('risk-owner');
  const delegated = await finance.post<{ delegation: string }>('/api/v1/me/delegations', { to: deputy, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', upTo: 100_000, when: 'absent' });
  expect(delegated.status).toBe(201);
  const care = await takenOver('Meals');
  const signOff = await care.askedFor('finance');
  const signing = async () => ({ signOff, versionRead: (await care.seen()).content['finance'], outcome: { is: 'granted', expiresOn: '2026-06-20' }, onBehalfOf: personOf('approver:finance') });

  expect(Object.keys(await care.refused('risk-owner', 'sign-off', await signing()))).toEqual(['right.missing']);
  expect((await finance.post('/api/v1/me/absences', { from: '2026-06-01', until: '2026-06-05' })).status).toBe(201);
  expect((await here.as('risk-owner').get<{ standsInFor: { discipline: string }[] }>('/api/v1/me/stand-ins')).body.standsInFor).toMatchObject([{ discipline: 'finance', upTo: 100_000 }]);
  // Not passed on: the deputy has no role of finance to give.
  const passedOn = await here.as('risk-owner').post<{ errors: { code: string }[] }>('/api/v1/me/delegations', { to: personOf('facilitator'), discipline: 'finance', from: '2026-06-01', until: '2026-06-30' });
  expect([passedOn.status, passedOn.body.errors.map(({ code }) => code)]).toEqual([422, ['delegation.not-yours']]);

  await care.facts({ value: money('100000.01') });
  expect(Object.keys(await care.refused('risk-owner', 'sign-off', await signing()))).toEqual(['sign-off.beyond-delegation']);
  await care.facts({ value: money('90000.00') });
  await care.did('risk-owner', 'sign-off', await signing());
  expect((await care.seen()).signOffs).toMatchObject([{ answer: { is: 'granted', by: deputy, expiresOn: '2026-06-20' }, voices: [{ member: personOf('approver:finance'), by: deputy }] }]);

  // The last day passes; the approver is back and renews it after a review.
  clock.set('2026-06-22T09:00:00Z');
  const renewal = { signOff, versionRead: (await care.seen()).content['finance'], expiresOn: '2026-12-31', review: documentCalled('Review') };
  expect(Object.keys(await care.refused('risk-owner', 'renew-sign-off', { ...renewal, onBehalfOf: personOf('approver:finance') }))).toEqual(['right.missing']);
  await care.did('approver:finance', 'renew-sign-off', renewal);
  expect((await finance.post(`/api/v1/me/delegations/${delegated.body.delegation}/withdraw`)).status).toBe(200);
}, 60_000);

/** In design, where the risks are asked about. */
const takenOver = (title: string): Promise<Journey> =>
  Journey.takenOver(here, {
    title, kind: 'contract', pathway: { id: 'standard', version: 1 }, route: { id: 'pa2023-light-touch' }, value: money('90000.00'), stage: 'design', from: { source: 'contracts register', reference: title },
  });
