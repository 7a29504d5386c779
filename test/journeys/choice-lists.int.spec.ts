import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { Visitor } from './visitor.js';

let here: TestInstallation;
let journey: Journey;
const [statement, criterion] = [newId(), newId()];
const scores = { 'co-produced': { likelihood: 2, impact: 2 }, 'professional-only': null, 'not-acting': null };

beforeAll(async () => {
  here = await openInstallation();
  journey = await Journey.opened(here, { title: 'Whom a form names', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } });
  // Two more who may sign for finance, and one of them leads it.
  for (const role of ['contract-manager', 'facilitator']) await here.as('administrator').post(`/api/v1/people/${idOf(role)}/roles`, { role: 'approver', discipline: 'finance' });
  await journey.facts({ lead: idOf('contract-manager') });
  await journey.did('risk-owner', 'raise-risk', { risk: newId(), title: 'Alone at night', bearers: ['service-users'], owner: idOf('risk-owner'), scores });
  await journey.did('risk-owner', 'seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  await journey.did('representative', 'record-statement', { statement, view: 'object', spokenBy: idOf('representative'), words: 'Nobody should be alone at night.' });
  await journey.did('facilitator', 'set-criterion', { criterion, title: 'They come when they say', chosenBy: { is: 'staff' } });
  // A chair who has left.
  await here.as('administrator').post(`/api/v1/people/${idOf('publisher')}/roles`, { role: 'panel-chair' });
  await here.as('administrator').post(`/api/v1/people/${idOf('publisher')}/disable`, { reason: 'left' });
}, 60_000);
afterAll(() => here.close());

const idOf = (role: string) => here.person(role).person;
const everybody = () => here.keys.filter(({ organisation }) => organisation === 'demo-council');

/** By role, whom the form offers in this field. */
async function offered(by: string, form: string, field: string): Promise<readonly string[]> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, by);
  const { html, status } = await visitor.get(`/agreements/${journey.id}/do/${form}`);
  expect(status).toBe(200);
  const inputs = [...html.matchAll(/<input[^>]*>|<select[^]*?<\/select>/g)].map(([input]) => input).filter((input) => input.includes(`name="${field}"`)).join('');
  return everybody().filter(({ person }) => inputs.includes(`value="${person}"`)).map(({ role }) => role);
}

/** By role, of whom the command says nothing that begins with one of these codes. */
async function taken(by: string, command: string, naming: (person: string) => object, codes: RegExp): Promise<readonly string[]> {
  const answers = await Promise.all(everybody().map(async ({ role, person }) => ({ role, person, told: (await here.as(by).command<{ errors?: { code: string }[] }>(journey.id, command, naming(person), { dryRun: true })).body })));
  return answers.filter(({ told }) => !(told.errors ?? []).some(({ code }) => codes.test(code))).map(({ role }) => role);
}

test('several people are asked for a sign-off of whom each may sign for the discipline, and whose own it is not', async () => {
  const panel = (person: string) => ({ signOff: newId(), kind: 'approval', discipline: 'finance', panel: { of: [person], quorum: { is: 'at-least', least: 1 }, veto: [] } });
  const list = await offered('commissioner', 'request-sign-off?discipline=finance', 'panel.of');
  expect(list).toEqual(['approver:finance', 'facilitator']);
  expect(list).toEqual(await taken('commissioner', 'request-sign-off', panel, /^(sign-off\.panel-may-not-sign|person\.unknown)$/));
  // While no discipline is chosen, whoever may sign for any.
  const any = await offered('commissioner', 'request-sign-off', 'panel.veto');
  expect(any).toEqual(expect.arrayContaining(['approver:finance', 'approver:equality', 'facilitator']));
  expect(any.filter((role) => ['auditor', 'administrator', 'participant', 'representative', 'contract-manager', 'commissioner'].includes(role))).toEqual([]);
});

test('an objection is read by a second person who may, and has no hand in what is objected to', async () => {
  const list = await offered('decision-maker', `reply-to-objection?about=${statement}`, 'secondPerson');
  expect(list).toEqual(await taken('decision-maker', 'reply-to-objection', (secondPerson) => ({ statement, reply: 'We will come at ten.', secondPerson }), /./));
  expect(list).toContain('senior-responsible-owner');
  expect(list.filter((role) => ['auditor', 'administrator', 'participant', 'elected-member', 'commissioner', 'contract-manager', 'risk-owner', 'decision-maker'].includes(role))).toEqual([]);
});

const members = (...named: readonly (readonly [of: string, role: string])[]) => named.map(([of, role]) => ({ of, member: idOf(role) }));
const panelOf = (chair: string, ...of: (readonly [of: string, role: string])[]) => ({ panel: newId(), chair, members: members(...of) });

test.each([
  ['the owner of a risk', 'risk-owner', 'raise-risk', 'owner', (owner: string) => ({ risk: newId(), title: 'Worn out', domain: 'service', bearers: ['carers'], owner, scores })],
  ['the chair of a shared-risk panel', 'risk-owner', 'convene-risk-panel', 'chair', (chair: string) => panelOf(chair, ['commissioner', 'commissioner'], ['service-users', 'representative'])],
  ['whoever sits in it for people', 'risk-owner', 'convene-risk-panel?members.0.of=service-users', 'members.0.member', (member: string) => ({ panel: newId(), chair: idOf('panel-chair'), members: [{ of: 'service-users', member }, ...members(['commissioner', 'commissioner'])] })],
] as const)('%s is somebody who is accepted, and everybody of the house who is can be chosen', async (_, by, form, field, naming) => {
  const list = await offered(by, form, field);
  expect(list).toEqual(await taken(by, form.replace(/\?.*/, ''), naming, /./));
  expect([list.length > 0, list.includes('publisher')]).toEqual([true, false]);
});

test('whoever an interest bars is not offered to assess what is offered', async () => {
  expect(await offered('facilitator', 'appoint-evaluator', 'evaluator')).toContain('finance');
  await journey.did('finance', 'declare-conflict', { person: idOf('finance'), role: 'finance', interest: 'employer', about: 'Keeps the books of one of them.' });
  const appoint = { evaluator: idOf('finance'), of: 'professionals', criteria: [criterion] };
  expect([(await offered('facilitator', 'appoint-evaluator', 'evaluator')).includes('finance'), Object.keys(await journey.refused('facilitator', 'appoint-evaluator', appoint))]).toEqual([false, ['evaluation.barred']]);
});

test('what a gate may open on waits for the head whose discipline answers for it, who agrees to it on a page, and nobody else is offered it', async () => {
  const condition = newId();
  await journey.did('commissioner', 'propose-condition', { condition, code: 'sign-offs.granted', discipline: 'sponsor', what: 'The sponsor’s word', dueOn: addDays(londonDay(new Date()), 20) });
  const form = `/agreements/${journey.id}/do/agree-condition-for-discipline`;
  const readers = await Promise.all(everybody().map(async ({ role }) => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, role);
    return { role, visitor, offers: (await visitor.get(form)).html.includes(condition) };
  }));
  expect(readers.flatMap(({ role, offers }) => (offers ? [role] : []))).toEqual(['approver:sponsor']);
  const { visitor } = readers.find(({ role }) => role === 'approver:sponsor')!;
  expect((await visitor.get(`/agreements/${journey.id}`)).html).toContain(form);
  const [preview, confirmed] = [await visitor.post(form, { condition, act: 'preview' }), await visitor.post(form, { condition, act: 'confirm', key: newId() })];
  expect([preview.status, preview.html.includes('value="confirm"'), confirmed.status]).toEqual([200, true, 303]);
});

test('a view is offered to be given by whoever speaks for the group, and to nobody as theirs who does not', async () => {
  const [asked, office, waiver, day] = [newId(), newId(), newId(), addDays(londonDay(new Date()), 20)];
  const ask = { form: 'easy-read', advocacyOffered: true };
  await journey.did('risk-owner', 'raise-risk', { risk: newId(), title: 'The square is dark', bearers: ['carers', 'public'], owner: idOf('risk-owner'), scores });
  await journey.did('commissioner', 'seek-statement', { ...ask, statement: asked, group: 'carers', of: 'carer-led-body' });
  await journey.did('risk-owner', 'seek-statement', { ...ask, statement: office, group: 'public', of: 'elected-member' });
  await journey.did('commissioner', 'ask-waiver', { waiver, condition: 'involvement.what-people-do-asked', planned: 'A plan', offered: 'Tea', whyNot: 'Snow', instead: 'In May', insteadBy: day, commitment: newId(), expiresOn: day });
  const views = [
    [`record-statement?statement=${asked}`, 'record-statement', { statement: asked, view: 'object' }],
    [`record-statement?statement=${office}`, 'record-statement', { statement: office, view: 'object' }],
    [`give-view-on-waiver?waiver=${waiver}`, 'give-view-on-waiver', { waiver, view: 'object' }],
  ] as const;
  /** Which of the three can be chosen on the form, or is meant by it. */
  const listed = async (role: string, form: string) => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, role);
    const { html } = await visitor.get(`/agreements/${journey.id}/do/${form}`);
    return [asked, office, waiver].filter((id) => html.includes(`value="${id}"`));
  };
  const own: Record<string, readonly (readonly [offered: boolean, taken: boolean])[]> = {};
  for (const role of ['representative', 'advocate', 'elected-member', 'facilitator', 'participant']) {
    own[role] = await Promise.all(
      views.map(async ([form, command, view]) => {
        const said = await here.as(role).command(journey.id, command, { ...view, spokenBy: idOf(role), words: 'It is dark.' }, { dryRun: true });
        return [(await listed(role, form)).includes(form.split('=')[1]!) && (await offered(role, form, 'spokenBy')).includes(role), said.status === 200] as const;
      }),
    );
  }
  const [yes, no] = [[true, true], [false, false]];
  expect(own).toEqual({ representative: [yes, no, yes], advocate: [yes, no, yes], 'elected-member': [no, yes, no], facilitator: [no, no, no], participant: [yes, no, yes] });
  // What is offered without a word which is meant: to each what they could give.
  const lists = await Promise.all(['representative', 'elected-member', 'facilitator'].map((role) => listed(role, 'record-statement')));
  expect(lists).toEqual([[asked], [office], []]);
});
