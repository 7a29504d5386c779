import { newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { eventually } from '../harness/index.js';
import type { TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';

const group = 'People who draw on home care';
/** As long as an address of a document often is: on no page does it push anything aside. */
const longAddress = `https://council.sharepoint.example/sites/${'commissioning'.repeat(10)}/Specification-7.docx`;

/** What is there to be looked at: by its id, whatever a page's address names. */
export interface PageScene {
  /** A day that is not today, so that pages show how it stands at its end. */
  readonly anotherDay: string;
  readonly agreement: string;
  readonly activity: string;
  /** One that was granted, and one that is awaited of the equality approver. */
  readonly signOffs: readonly string[];
  /** One that was given, and one that is awaited. */
  readonly statements: readonly string[];
  readonly endpoint: string;
  /** Where anybody reads what people said in the agreement. */
  readonly published: string;
  readonly notices: string;
  /** One whose headings are confirmed, and one that waits for that. */
  readonly registers: readonly string[];
  readonly contract: string;
  readonly keptRow: string;
  /** A piece of work that the commissioner began. */
  readonly operation: string;
}

/** An agreement in which something of each kind happened, an import of each kind, a provider's server that nobody answers at. */
export async function everythingHappened(here: TestInstallation): Promise<PageScene> {
  const journey = await Journey.opened(here, { title: 'Everything happened here', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } });
  const { id } = journey;
  const [activity, contribution, theme, risk, statement] = [newId(), newId(), newId(), newId(), newId()];
  const author = newId();
  const on = new Date().toISOString().slice(0, 10);
  const { body: signatory } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  await journey.facts({ 'affected-groups': [group], specification: documentCalled('Specification'), 'people-concerned': 40, 'contract-period': { startsOn: '2026-01-01', endsOn: '2036-12-31' } });
  await journey.did('facilitator', 'record-what-people-do', { activity: newId(), group: 'Family carers', does: 'They sit up at night.', people: 40, hoursAWeek: 300, dependsOnIt: 'The nights.', needs: '', onRecord: 'public' });
  await journey.did('commissioner', 'plan-involvement', { stage: 'mandate', mode: 'co-commissioning', say: 3, do: 1, groups: [group], method: 'Evenings', people: 5, resources: { is: 'budget', amount: { amount: '500.00', currency: 'GBP' } } });
  await journey.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'An evening', groups: [group], right: 'advise', ledBy: 'together', closesOn: on });
  await journey.did('facilitator', 'record-attendance', { activity, participants: [author, newId()], on });
  await journey.did('representative', 'record-contribution', { contribution, activity, author, text: 'Come earlier in the morning.', givenOn: on });
  await journey.did('facilitator', 'create-theme', { theme, title: 'Mornings' });
  await journey.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
  const [evenings, evening, publication] = [newId(), newId(), newId()];
  await journey.did('representative', 'record-contribution', { contribution: evening, activity, author, text: 'Stay until ten.', givenOn: on, seenBy: 'public' });
  await journey.did('facilitator', 'create-theme', { theme: evenings, title: 'Evenings' });
  await journey.did('facilitator', 'put-in-theme', { theme: evenings, contributions: [evening] });
  await journey.did('commissioner', 'answer-theme', { theme: evenings, response: { outcome: 'adopted', reasons: 'Most wish it.', changed: 'Visits until ten', links: [{ to: 'fact', which: 'specification' }, { to: 'document', which: longAddress }] } });
  await journey.did('publisher', 'plan-publication', { publication, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on } });
  await journey.did('publisher', 'publish', { publication });
  const { organisation } = (await here.as('auditor').get<{ organisation: { id: string } }>('/api/v1/me')).body;
  const score = (likelihood: number, impact: number) => ({ likelihood, impact });
  await journey.did('risk-owner', 'raise-risk', { risk, title: 'Alone at night', bearers: ['service-users'], owner: here.person('risk-owner').person, scores: { 'co-produced': score(3, 4), 'professional-only': score(2, 5), 'not-acting': null } });
  await journey.did('risk-owner', 'seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  await journey.did('representative', 'record-statement', { statement, view: 'object', spokenBy: author, words: 'Nobody should be alone at night.' });
  const open = newId();
  await journey.did('risk-owner', 'raise-risk', { risk: newId(), title: 'Carers are worn out', bearers: ['carers'], owner: here.person('risk-owner').person, scores: { 'co-produced': score(2, 2), 'professional-only': score(4, 4), 'not-acting': score(5, 5) } });
  await journey.did('risk-owner', 'seek-statement', { statement: open, group: 'carers', of: 'carer-led-body', form: 'spoken', advocacyOffered: true });
  const granted = await journey.askedFor('information-governance');
  await journey.did('approver:information-governance', 'sign-off', { signOff: granted, versionRead: (await journey.seen()).content['information-governance'], outcome: { is: 'granted', conditions: [{ what: 'A rota', dueOn: '2030-01-01' }] } });
  const awaited = await journey.askedFor('equality');
  // Nobody listens there, so that its deliveries have attempts that failed.
  const { endpoint } = (await here.as('provider-admin').post<{ endpoint: string }>('/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' })).body;
  await journey.did('commissioner', 'invite-provider', { provider: signatory.roles[0]?.provider });
  await eventually(async () => {
    const { items } = (await here.as('provider-admin').get<{ items: { attempts: object[] }[] }>(`/api/v1/webhook-endpoints/${endpoint}/deliveries`)).body;
    return items.some(({ attempts }) => attempts.length > 0) ? true : undefined;
  }, 25_000);
  await journey.did('commissioner', 'propose-award', { provider: signatory.roles[0]?.provider, value: { amount: '440000.00', currency: 'GBP' } });
  await deliveredAndValued(journey);
  const { id: operation } = (await here.as('commissioner').command<{ id: string }>((await Journey.opened(here, { title: 'Held by many', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] })).id, 'hold', { reason: 'Snow' }, { headers: { prefer: 'respond-async' } })).body;
  return { anotherDay: addDays(on, 1), agreement: id, activity, signOffs: [granted, awaited], statements: [statement, open], endpoint, operation, published: `/published/${organisation.id}/${id}`, ...(await everythingBrought(here)) };
}

/** Two figures that differ, and everything that is shown beside them. */
async function deliveredAndValued(journey: Journey): Promise<void> {
  const did = (name: string, body: object) => journey.did('contract-manager', name, body);
  const [kpi, obligation, meeting, outcome, cost, asked] = [newId(), newId(), newId(), newId(), newId(), newId()];
  const period = (month: string) => ({ startsOn: `2026-${month}-01`, endsOn: `2026-${month}-28` });
  await did('agree-obligation', { obligation, what: `A report ${'x'.repeat(150)}`, due: { is: 'once', on: '2026-03-01' }, evidence: 'The report' });
  await did('set-kpi', { kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [obligation] });
  await did('record-observation', { observation: newId(), kpi, period: period('01'), value: 96, source: 'Call log' });
  await did('record-finding', { finding: newId(), kpi, period: period('01'), question: 'Do they come on time?', method: 'By telephone', answers: 34, value: 71 });
  await did('hold-review-meeting', { meeting, on: '2026-02-02', present: 'Both', minutes: documentCalled('Minutes') });
  await did('agree-action', { action: newId(), meeting, what: 'Take the time at the door', owner: journey.here.person('contract-manager').person, dueOn: '2026-02-09' });
  await did('propose-variation', { variation: newId(), what: 'Evenings, too', why: 'People asked for them.', to: { is: 'terms' }, touches: [] });
  await did('name-outcome', { outcome, activity: 'Visits', change: 'Fewer falls', title: 'People stay at home' });
  await did('link-outcome', { link: newId(), outcome, step: 'change-to-outcome', indicator: 'Stays at home', unit: 'percent', holder: 'The council', baseline: 60, target: 80, comparison: 'The year before', visibleFrom: '2036-01-01' });
  const on = new Date().toISOString().slice(0, 10);
  await journey.did('facilitator', 'plan-activity', { activity: asked, stage: 'mandate', title: 'Tea in the hall', groups: [group], right: 'advise', ledBy: 'together', closesOn: on });
  await journey.did('facilitator', 'record-attendance', { activity: asked, participants: Array.from({ length: 7 }, newId), on });
  for (const [viewer, better, at] of [['users', 'no', { activity: asked }], ['commissioner', 'yes', {}]] as const) await did('answer-plain-questions', { outcome, viewer, people: 3, on: '2026-02-02', better, becauseOfThis: 'partly', worthIt: 'yes', ...at });
  await did('name-benefit', { benefit: newId(), outcome, what: 'More people at home', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 12 }, comparison: 'The year before' });
  await did('record-cost', { cost: newId(), outcome, period: period('01'), spent: { amount: '1200.00', currency: 'GBP' }, units: 10, hours: 40 });
  await did('record-cost', { cost, outcome, period: period('02'), spent: { amount: '900.00', currency: 'GBP' }, units: 10, hours: 70 });
  await journey.did('facilitator', 'record-hours-wanted', { cost, activity: asked, wanted: 2, ratherNot: 5, on: '2026-03-02' });
}

/** Notices taken over, a register imported and one that waits, a row kept: and what they are called. */
async function everythingBrought(here: TestInstallation) {
  const api = here.as('commissioner');
  const sent = async (path: string, body: string) => (await api.send<{ id: string }>('POST', path, { body, headers: { 'content-type': 'application/octet-stream' } })).body.id;
  const register = 'Ref,Title,Provider,Lead,Value,End date\nC-1,Home care,Harbour Ltd,Adults,£12m,31/03/2030\nC-2,Lunch club,Harbour Ltd,,,rolling\nC-3,Night shelter,North Trust,Housing,5000,12/31/2030\n';
  const [imported, waiting] = [await sent('/api/v1/contracts/imports', register), await sent('/api/v1/contracts/imports', register)];
  await api.post(`/api/v1/contracts/imports/${imported}/confirm`, { columns: { Ref: 'reference', Title: 'title', Provider: 'provider', Lead: 'lead', Value: 'value', 'End date': 'endsOn' } });
  const notices = await sent('/api/v1/imports', JSON.stringify([{ ocid: 'ocds-c-1', tender: { title: 'Refurbishment of the lunch club' } }, 'nothing']));
  const first = async (path: string) => (await api.get<{ items: { id: string }[] }>(path)).body.items[0]!.id;
  return { notices, registers: [imported, waiting], contract: await first('/api/v1/contracts'), keptRow: await first('/api/v1/contracts/kept-rows') };
}
