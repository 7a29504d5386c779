import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FixedClock, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';

// A £9,000 lunch club must be passable in an afternoon by two people. The residents decide and the provider signs for itself.

const group = 'older people who live alone';
const value = { amount: '9000.00', currency: 'GBP' };
const colleague = 'decision-maker';
const mostCommands = 25;
/** To its close: whoever only came is told, too. */
const mostToClose = 26;
const on = '2026-06-01';

let here: TestInstallation;
beforeAll(async () => {
  here = await openInstallation({ clock: new FixedClock(`${on}T13:00:00Z`) });
  // Of the two, one proposes; the other decides, and approves the money too.
  const { person } = here.person(colleague);
  succeeded('grant-role', await here.as('administrator').post(`/api/v1/people/${person}/roles`, { role: 'approver', discipline: 'finance' }));
}, 60_000);
afterAll(() => here.close());

test(`a small grant goes from its case to its award with two people and at most ${mostCommands} commands, and to its close once who came was told`, async () => {
  const [activity, contribution, theme] = [newId(), newId(), newId()];
  const residents = [newId(), newId(), newId()];
  const { body: signatory } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  const { provider } = signatory.roles[0]!;

  const grant = await Journey.opened(here, { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
  expect((await grant.seen()).tier).toBe('small');
  await grant.facts({
    'people-concerned': 12,
    'affected-groups': [group],
    description: 'A weekly lunch, cooked and eaten together',
    'safeguarding-screen': documentCalled('Safeguarding screen'),
  });
  await grant.declaredNoConflict('commissioner');
  expect(await grant.throughGate()).toBe('offer');
  expect(await grant.throughGate()).toBe('panel');

  await grant.did('commissioner', 'plan-involvement', {
    stage: 'panel', mode: 'co-commissioning', say: 4, do: 0, groups: [group], method: 'A panel of residents', people: 3,
    resources: { is: 'nothing-needed', group, because: 'we meet there anyway' },
  });
  await grant.did('commissioner', 'plan-activity', { activity, stage: 'panel', title: 'Panel evening', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: on });
  await grant.did('commissioner', 'record-attendance', { activity, participants: residents, on });
  await grant.did('commissioner', 'record-joint-decision', { activity, decided: 'Fund it', on });
  await grant.did('commissioner', 'record-contribution', { contribution, activity, author: residents[0], text: 'Sundays are the loneliest.', givenOn: on });
  await grant.did('commissioner', 'create-theme', { theme, title: 'Sundays' });
  await grant.did('commissioner', 'put-in-theme', { theme, contributions: [contribution] });
  await grant.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'The hall is free.', changed: 'Lunch is on Sundays.' } });
  expect(await grant.throughGate()).toBe('award');

  await grant.did('commissioner', 'invite-provider', { provider });
  await grant.did('commissioner', 'propose-award', { provider, value });
  await grant.signedOff('finance', { by: colleague });
  await grant.did(colleague, 'record-decision', {
    decision: newId(),
    decidedBy: { kind: 'officer', delegation: 'Scheme 4.2' },
    scheme: 'Scheme 4.2',
    key: { is: 'not-key' },
    callIn: { is: 'not-open' },
    decidedOn: on,
    inForceFrom: on,
    weighed: 'The panel decided.',
    versionRead: (await grant.seen(colleague)).content['decision'],
  });
  await grant.did('provider-signatory', 'accept-award', { versionRead: (await grant.seen('provider-signatory')).proposedAward?.version });
  expect(await grant.throughGate()).toBe('delivery');
  console.log(`a small grant took ${grant.commands} commands`);
  expect(grant.commands).toBeLessThanOrEqual(mostCommands);

  await grant.facts({ 'delivery-report': documentCalled('Delivery report'), 'closing-report': documentCalled('Closing report') });
  expect(await grant.throughGate()).toBe('close');
  expect(await grant.gateRefused()).toEqual({ 'involvement.feedback-delivered': [residents[0]], 'involvement.everyone-told': residents });
  await grant.did('commissioner', 'record-feedback', { participants: [residents[0]], outcome: 'delivered' });
  await grant.did('commissioner', 'tell-what-came-of-it', { participants: residents.slice(1), outcome: 'delivered' });
  await grant.throughGate();
  expect(grant.commands).toBeLessThanOrEqual(mostToClose);

  expect((await grant.seen()).lifecycle).toBe('closed');
  const { body: history } = await here.as('auditor').get<{ items: { meta: { actor: string } }[] }>(`/api/v1/agreements/${grant.id}/history?limit=200`);
  const acted = new Set(history.items.map(({ meta }) => meta.actor));
  expect([...acted].sort()).toEqual(['commissioner', colleague, 'provider-signatory'].map((role) => here.person(role).person).sort());
}, 60_000);

test('neither of the two passes it alone: who proposes cannot approve, and who decides cannot propose', async () => {
  const alone = await Journey.opened(here, { title: 'Another lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
  const signOff = await alone.askedFor('finance');
  const granting = { signOff, versionRead: (await alone.seen()).content['finance'], outcome: { is: 'granted' } };
  expect(Object.keys(await alone.refused('commissioner', 'sign-off', granting))).toEqual(['right.missing']);
  expect(Object.keys(await alone.refused(colleague, 'propose-award', { provider: newId(), value }))).toEqual(['right.missing']);
});
