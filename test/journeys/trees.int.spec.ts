import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Consumers, Journal } from '@concordat/journal';
import { pathways, routes } from '@concordat/pathway';
import { FixedClock, newId } from '@concordat/platform';
import type { Player } from './cast.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';
import { Company, Walk } from './walk.js';

// One home care tender: four zones with two contracts each, one of them a consortium's, and thirty placements.

const on = '2026-06-01';
const clock = new FixedClock(`${on}T09:00:00Z`);
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const zones = ['North', 'East', 'South', 'West'] as const;
const [activity, contribution, theme, commitment] = [newId(), newId(), newId(), newId()];
const residents = Array.from({ length: 5 }, () => newId());
const [ada, ben] = residents as [string, string];

interface Written { readonly carriedOver: readonly { from: string; stage: string; answer: string }[]; readonly carried: readonly { id: string; from: string }[]; readonly risk: readonly object[]; readonly statements: readonly { readonly id: string; readonly view: string | null; readonly from: string | null }[]; readonly kpis: { readonly kpis: readonly object[] } }
interface Member { readonly id: string; readonly title: string; readonly stage: string; readonly lifecycle: string; readonly value: { amount: string }; readonly providers: readonly { provider: string; role: string }[]; readonly lot?: string; readonly as?: string; readonly people?: number }
interface Tree extends Member { readonly above: readonly Member[]; readonly beneath: readonly Member[]; readonly calledOff: { count: number; value: { amount: string }; left: { amount: string } }; readonly links: readonly Member[] }

let here: TestInstallation;
let tender: Journey;
let walk: Walk;
let tenant: string;
const providers: string[] = [];
const signatories: Player[] = [];
beforeAll(async () => {
  here = await openInstallation({ clock });
  const company = await Company.gathered(here, clock, residents);
  tenant = company.tenant;
  for (const name of ['Care North', 'Home First', 'Good Mornings', 'Night Owls']) {
    const { body } = succeeded('register-provider', await here.as('administrator').post<{ provider: string }>('/api/v1/providers', { name, identifiers: [] }));
    providers.push(body.provider);
    signatories.push(await company.cast.player({ role: 'provider-signatory', provider: body.provider }));
  }
  const [pathway, route] = [pathways.find('standard')!, routes.find('pa2023-light-touch')!];
  tender = await Journey.opened(here, { title: 'Home care', kind: 'contract', pathway: { id: pathway.id }, route: { id: route.id }, raises: [], value: gbp('800000.00') });
  await tender.facts({ place: 'Leith', theme: 'home care' });
  walk = new Walk(company, tender, pathway, route);
}, 60_000);
afterAll(() => here.close());

const treeOf = async (agreement: string) => succeeded('tree', await here.as('auditor').get<Tree>(`/api/v1/agreements/${agreement}/tree`)).body;
const beneath = (child: string, provider: string, amount: string) => ({ child, provider, value: gbp(amount), pathway: { id: 'placement' }, route: { id: 'pa2023-light-touch' }, raises: [] });
// West is provided by one alone, and by three together.
const lots = () =>
  zones.flatMap((lot, at) => [
    { agreement: newId(), lot, title: `${lot}: days`, value: gbp('100000.00'), lead: providers[0]!, members: [] as string[], subcontractors: [] as string[] },
    { agreement: newId(), lot, title: `${lot}: nights`, value: gbp('100000.00'), lead: providers[1]!, members: at === 3 ? [providers[2]!] : [], subcontractors: at === 3 ? [providers[3]!] : [] },
  ]);
let awarded: ReturnType<typeof lots>;
const contract = (title: string) => Journey.of(here, awarded.find((lot) => lot.title === title)!.agreement);

describe('a tender in lots', () => {
  test('goes from its case for change to its award as one, with the same five people in every stage that asks for some', async () => {
    await tender.facts({ 'service-may-change': 'no' });
    await walk.on({ halts: (stage) => stage === 'award' });
    const { stage, stages } = await tender.seen();
    expect([stage, Object.values(stages).filter(({ gate }) => gate === 'opened').length]).toEqual(['award', 6]);
  });

  test('asks people once, and answers them, before it is split', async () => {
    await tender.did('commissioner', 'plan-activity', { activity, stage: 'award', title: 'What matters in the contracts', groups: ['people who draw on care'], right: 'advise', ledBy: 'together', closesOn: on });
    await tender.did('commissioner', 'record-attendance', { activity, participants: [ada, ben], on });
    await tender.did('representative', 'record-contribution', { contribution, activity, author: ada, text: 'The same carer each week.', givenOn: on });
    await tender.did('facilitator', 'create-theme', { theme, title: 'The same carer' });
    await tender.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
    await tender.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'Everybody asked for it.', changed: 'A rota is part of every contract.' } });
    await tender.did('facilitator', 'record-feedback', { participants: [ada], outcome: 'delivered' });
    await tender.did('facilitator', 'record-what-people-do', { activity: newId(), group: 'Carers', does: 'Sit with them at night', people: 40, hoursAWeek: 300, dependsOnIt: 'Nobody would.', needs: '', onRecord: 'internal' });
    await tender.did('commissioner', 'make-commitment', { commitment, what: 'A night line by the winter', by: '2026-11-30' });
  });

  test('is proposed as a whole, and refused with every reason at once where it does not fit', async () => {
    awarded = lots();
    for (const provider of providers.slice(0, 3)) await tender.did('commissioner', 'invite-provider', { provider });
    const [first, second, ...rest] = awarded;
    const wrong = [{ ...first!, value: gbp('200000.01') }, { ...second!, lead: first!.lead }, ...rest];
    expect(Object.keys(await tender.refused('commissioner', 'propose-lots', { lots: wrong }))).toEqual(['lots.same-lead', 'tree.over-value']);
    await tender.did('commissioner', 'propose-lots', { lots: awarded });
  });

  test('is accepted by everyone who leads and by the member of the consortium, each seeing its own part alone', async () => {
    // All but the providers' own word is supplied as the gate asks.
    await walk.on({ halts: (_, missing) => missing?.by === 'accept-award' });
    for (const signatory of signatories.slice(0, 3)) {
      const { body } = await signatory.api.get<{ proposedAward: { version: string; lots: { lot: string; role: string }[] } }>(`/api/v1/agreements/${tender.id}`);
      expect(body.proposedAward.lots.map(({ lot, role }) => `${lot} ${role}`)).toEqual(signatory === signatories[2] ? ['West member'] : zones.map((zone) => `${zone} lead`));
      await signatory.api.done(tender.id, 'accept-award', { versionRead: body.proposedAward.version });
    }
    // The subcontractor is asked for nothing, and is no party before the award.
    expect((await signatories[3]!.api.get(`/api/v1/agreements/${tender.id}`)).status).toBe(404);
    expect(await tender.throughGate()).toBe('mobilisation');
    // Whoever has no server of its own is mailed that it was awarded something, the subcontractor too.
    await here.app.get(Consumers).runAll(tenant);
    for (const { api } of signatories) {
      const { body } = await api.get<{ items: { says: string; type: string }[] }>('/api/v1/notifications');
      expect(body.items[0]).toMatchObject({ type: 'concordat.agreement.lots-awarded.v1#provider', says: expect.stringContaining('An award was made to you') });
    }
  });

  test('is split once everyone who took part was told and every promise has its place', async () => {
    const agreements = awarded.map(({ agreement }) => ({ agreement, commitments: [] as string[] }));
    expect(await tender.refused('commissioner', 'split', { agreements })).toEqual({ 'split.commitment-left': [commitment], 'split.people-not-told': residents });
    await tender.did('facilitator', 'tell-what-came-of-it', { participants: residents, outcome: 'delivered' });
    const west = awarded.findIndex(({ title }) => title === 'West: nights');
    await tender.did('commissioner', 'split', { agreements: agreements.map((one, at) => (at === west ? { ...one, commitments: [commitment] } : one)) });
  });

  test('ends in eight contracts that stand where it stood, beside its own promise and nobody asked again', async () => {
    const tree = await treeOf(tender.id);
    expect(tree).toMatchObject({ lifecycle: 'split', stage: 'mobilisation' });
    expect(tree.beneath.map(({ title, stage, lifecycle, value, providers: team }) => [title, stage, lifecycle, value.amount, team.length])).toEqual(
      awarded.map(({ title }) => [title, 'mobilisation', 'open', '100000.00', title === 'West: nights' ? 3 : 1]),
    );
    expect(tree.beneath.at(-1)?.providers.map(({ provider, role }) => [providers.indexOf(provider), role])).toEqual([[1, 'lead'], [2, 'member'], [3, 'subcontractor']]);
    const { tree: { children } } = (await here.as('commissioner').get<{ tree: { children: Member[] } }>(`/api/v1/agreements/${tender.id}`)).body;
    expect(children.map(({ title }) => title)).toEqual(awarded.map(({ title }) => title));
    const { stages, facts, signOffs } = await contract('North: days').seen();
    expect([stages['award'], facts]).toMatchObject([{ gate: 'by-reference' }, { place: { value: 'Leith' }, value: { value: gbp('100000.00') } }]);
    const ofTheWhole = (await tender.seen()).signOffs;
    expect(signOffs).toEqual(ofTheWhole.map(({ discipline, stage }) => expect.objectContaining({ discipline, stage, fromAgreement: tender.id })));
    expect(ofTheWhole.length).toBeGreaterThan(8);
    const contractSeen = await here.as('commissioner').get<Written>(`/api/v1/agreements/${contract('North: days').id}`);
    const wholeSeen = await here.as('commissioner').get<Written>(`/api/v1/agreements/${tender.id}`);
    // What people gave in each stage counts by reference, and what was set and weighed there is not written a second time.
    expect(contractSeen.body.carriedOver.map(({ from, answer }) => [from, answer])).toEqual(contractSeen.body.carriedOver.map(() => [tender.id, 'confirmed']));
    expect(contractSeen.body.carriedOver.map((one) => one.stage)).toEqual(expect.arrayContaining(['needs', 'design', 'award']));
    expect([contractSeen.body.risk, contractSeen.body.kpis.kpis, contractSeen.body.carried.map(({ id, from }) => [id, from])]).toEqual([wholeSeen.body.risk, wholeSeen.body.kpis.kpis, expect.arrayContaining([[theme, tender.id]])]);
    expect([contractSeen.body.risk.length, contractSeen.body.kpis.kpis.length].every((n) => n > 0)).toBe(true);
    // Whoever carries a risk was asked once; the words are read where they were said, and so is what people already do.
    expect(contractSeen.body.statements).toEqual(wholeSeen.body.statements.map((one) => ({ ...one, from: tender.id })));
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const [risk, involvement] = [await visitor.get(`/agreements/${contract('North: days').id}/risk`), await visitor.get(`/agreements/${contract('North: days').id}/involvement`)];
    expect([faultsOf(risk), faultsOf(involvement)]).toEqual([[], []]);
    for (const { id } of wholeSeen.body.statements) expect(risk.html).toContain(`/agreements/${tender.id}/statements/${id}`);
    expect(wholeSeen.body.statements.length).toBeGreaterThan(0);
    expect(involvement.html).toContain('which this was split from');
    // What the whole asks of people at this gate was done in the whole; each contract lacks its own readiness alone.
    const missing = await contract('North: days').gateRefused();
    expect(Object.keys(missing).filter((code) => code.startsWith('involvement.') && code !== 'involvement.planned' && code !== 'involvement.achieved' && code !== 'involvement.planned-as')).toEqual([]);
    expect(await tender.refused('commissioner', 'request-gate', { stage: 'mobilisation' })).toEqual({ 'agreement.split': [] });
  });

  test('asks nobody in one contract what they are asked in another', async () => {
    const evening = { stage: 'delivery', title: 'Rota evening', groups: ['people who draw on care'], right: 'advise', ledBy: 'together', closesOn: '2026-09-01' };
    const [asked, elsewhere] = [newId(), newId()];
    await contract('North: days').did('commissioner', 'plan-activity', { activity: asked, ...evening });
    await contract('North: days').did('facilitator', 'invite-participant', { invitation: newId(), activity: asked, participant: ben, answerBy: '2026-08-01' });
    await contract('East: days').did('commissioner', 'plan-activity', { activity: elsewhere, ...evening });
    const again = await contract('East: days').refused('facilitator', 'invite-participant', { invitation: newId(), activity: elsewhere, participant: ben, answerBy: '2026-08-01' });
    expect(again).toEqual({ 'invitation.asked-elsewhere': [`what they give in agreement-${contract('North: days').id} in this stage`] });
  });

  test('shows each provider its own contracts and no other', async () => {
    const own = async (at: number) => {
      const seen = await Promise.all(awarded.map(async ({ agreement }) => (await signatories[at]!.api.get(`/api/v1/agreements/${agreement}`)).status));
      return awarded.filter((_, n) => seen[n] === 200).map(({ title }) => title);
    };
    expect(await own(0)).toEqual(zones.map((zone) => `${zone}: days`));
    expect(await own(1)).toEqual(zones.map((zone) => `${zone}: nights`));
    expect([await own(2), await own(3)]).toEqual([['West: nights'], ['West: nights']]);
  });

  test('tells people once, where they were asked, when contracts undo what they gave', async () => {
    for (const title of ['North: days', 'East: days']) await contract(title).did('commissioner', 'reverse-answer', { theme, reasons: 'There are too few carers.' });
    const due = async (id: string) => succeeded('involvement', await here.as('commissioner').get<{ due: { kind: string; about: string }[] }>(`/api/v1/agreements/${id}/involvement`)).body.due.map(({ kind, about }) => `${kind} ${about}`);
    expect([await due(tender.id), await due(contract('North: days').id)]).toEqual([[`reversal-notice ${theme}`], []]);
    await tender.did('facilitator', 'tell-of-reversal', { theme, participants: [ada], outcome: 'delivered' });
    expect(await due(tender.id)).toEqual([]);
  });

  test('keeps a promise in the contract it went to, once', async () => {
    const west = contract('West: nights');
    await west.did('commissioner', 'keep-commitment', { commitment, how: 'The line is open.' });
    expect(await tender.refused('commissioner', 'keep-commitment', { commitment, how: 'x' })).toHaveProperty('already-so');
    expect(Object.keys(await contract('North: days').refused('commissioner', 'keep-commitment', { commitment, how: 'x' }))).toEqual(['commitment.unknown']);
  });
});

describe('thirty placements', () => {
  test('are made under the contracts at once, and none beyond what a contract is worth', async () => {
    const under = contract('East: days');
    const places = Array.from({ length: 30 }, (_, n) => ({ at: n < 20 ? under : contract('South: days'), body: { ...beneath(newId(), providers[0]!, n < 20 ? '5000.00' : '1000.00'), people: 1 + (n % 3), rate: gbp('21.50'), per: 'hour' } }));
    await Promise.all(places.map(({ at, body }) => at.did('commissioner', 'place-people', body)));
    const tree = await treeOf(under.id);
    expect([tree.calledOff, tree.above.map(({ title }) => title)]).toEqual([{ count: 20, value: gbp('100000.00'), left: gbp('0.00') }, ['Home care']]);
    expect(tree.beneath.every(({ stage, kind, people }: Member & { kind?: string }) => stage === 'need' && kind === 'placement' && (people ?? 0) > 0)).toBe(true);
    expect(Object.keys(await under.refused('commissioner', 'place-people', { ...beneath(newId(), providers[0]!, '21.50'), people: 1, rate: gbp('21.50'), per: 'hour' }))).toEqual(['tree.over-value']);
    expect(Object.keys(await under.refused('commissioner', 'place-people', { ...beneath(newId(), providers[1]!, '21.50'), people: 1, rate: gbp('21.50'), per: 'hour' }))).toEqual(['call-off.other-provider', 'tree.over-value']);
  });

  test('hold counts and rates and have no field for a name, nor words about a person', async () => {
    const named = await here.as('commissioner').command(contract('South: days').id, 'place-people', { ...beneath(newId(), providers[0]!, '21.50'), people: 1, rate: gbp('21.50'), per: 'hour', title: 'Mrs Smith' });
    expect(named.status).toBe(400);
    const [first] = (await treeOf(contract('South: days').id)).beneath;
    const { tree } = (await here.as('commissioner').get<{ tree: { parent: { placement: object } } }>(`/api/v1/agreements/${first!.id}`)).body;
    expect([tree.parent.placement, first!.title]).toEqual([{ people: expect.any(Number), rate: gbp('21.50'), per: 'hour' }, expect.stringMatching(/^Placement \d+$/)]);
    const words = await here.as('commissioner').command<{ errors: { code: string }[] }>(first!.id, 'amend-facts', { facts: { description: 'Lives alone' } }, { headers: { 'if-match': '"1"' } });
    expect([words.status, words.body.errors.map(({ code }) => code)]).toEqual([422, ['placement.no-words']]);
  });

  test('have what was adopted and still stands in the contract they are made under, with whose word it was and without its words', async () => {
    const carriedBy = async (title: string) => {
      const [first] = (await treeOf(contract(title).id)).beneath;
      return (await here.as('commissioner').get<{ carried: { id: string; from: string; title: string; changed: string | null; authors: string[] }[] }>(`/api/v1/agreements/${first!.id}`)).body.carried;
    };
    const [south, east] = [await carriedBy('South: days'), await carriedBy('East: days')];
    expect(south.find(({ id }) => id === theme)).toMatchObject({ from: contract('South: days').id, authors: [ada] });
    expect(south.filter(({ title, changed }) => !/^Theme \d+$/.test(title) || changed !== null)).toEqual([]);
    expect(east.map(({ id }) => id)).toEqual(south.map(({ id }) => id).filter((id) => id !== theme));
  });

  test('bar whom the contract bars that they are made under', async () => {
    const under = contract('South: days');
    const owner = here.person('senior-responsible-owner').person;
    await under.did('senior-responsible-owner', 'declare-conflict', { person: owner, role: 'senior-responsible-owner', interest: 'relative', about: 'A cousin works there.' });
    const [first] = (await treeOf(under.id)).beneath;
    expect(await Journey.of(here, first!.id).seen()).toMatchObject({ tree: { parent: { interests: [{ person: owner, role: 'senior-responsible-owner', interest: 'relative' }] } } });
  });

  test('end one by one: ending one, or the contract, moves no other', async () => {
    const under = contract('South: days');
    const [first, ...others] = (await treeOf(under.id)).beneath;
    await Journey.of(here, first!.id).did('senior-responsible-owner', 'cancel', { reason: 'They moved.' });
    await under.did('senior-responsible-owner', 'cancel', { reason: 'The provider closed.' });
    const after = await treeOf(under.id);
    expect([after.lifecycle, after.beneath.map(({ lifecycle }) => lifecycle)]).toEqual(['cancelled', ['cancelled', ...others.map(() => 'open')]]);
    const contracts = (await treeOf(tender.id)).beneath;
    expect(contracts.filter(({ lifecycle }) => lifecycle !== 'open').map(({ title }) => title)).toEqual(['South: days']);
    expect(Object.keys(await under.refused('commissioner', 'place-people', { ...beneath(newId(), providers[0]!, '21.50'), people: 1, rate: gbp('21.50'), per: 'hour' }))).toEqual(['agreement.cancelled']);
  });
});

test('what renews another is linked to it, and lists and pages show what came from what', async () => {
  const renewal = await Journey.opened(here, { title: 'Home care, again', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [] });
  await renewal.did('commissioner', 'link-agreement', { to: contract('North: days').id, as: 'renews' });
  expect((await treeOf(contract('North: days').id)).links.map(({ as, title }) => [as, title])).toEqual([['renewed-by', 'Home care, again']]);
  const third = await Journey.opened(here, { title: 'Home care, a third time', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [] });
  await third.did('commissioner', 'link-agreement', { to: renewal.id, as: 'replaces' });
  const circle = await contract('North: days').refused('commissioner', 'link-agreement', { to: third.id, as: 'renews' });
  expect(Object.keys(circle)).toEqual(['link.circle']);
  expect(JSON.stringify(circle)).toContain(`${renewal.id}, then ${third.id}`);

  await here.app.get(Consumers).runAll(tenant);
  const { body } = await here.as('commissioner').get<{ items: { kind: string; parent: string; parentTitle: string }[] }>('/api/v1/agreements?text=nights');
  expect(body.items.map(({ kind, parent, parentTitle }) => [kind, parent, parentTitle])).toEqual(zones.map(() => ['contract', tender.id, 'Home care']));

  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'commissioner');
  for (const [path, says] of [
    [`/agreements/${tender.id}/tree`, 'It was split into 8 contracts'],
    [`/agreements/${contract('East: days').id}/tree`, '20 agreements were called off from it'],
    [`/agreements/${contract('West: nights').id}/award`, 'subcontractors: Night Owls'],
    [`/agreements/${contract('West: nights').id}/sign-offs`, 'the whole that this contract was split from'],
    [`/agreements/${(await treeOf(contract('South: days').id)).beneath[0]!.id}/sign-offs`, 'declared in the agreement that this one came from'],
    [`/agreements/${contract('North: days').id}/do/place-people`, 'there is no field for it'],
    ['/agreements?text=nights', 'from “Home care”'],
  ] as const) {
    const page = await visitor.get(path);
    expect([path, page.status, page.html.includes(says) ? says : page.html]).toEqual([path, 200, says]);
    expect(faultsOf(page)).toEqual([]);
  }
});

test('what was recorded by an earlier release is said in its history as today’s, and stands in the feed and in the assurance pack as it was recorded', async () => {
  const journal = here.app.get(Journal);
  const [first] = (await treeOf(contract('East: days').id)).beneath;
  const [now] = await journal.history(tenant, `agreement-${first!.id}`, { limit: 1 });
  const { fromKind: _, ...before } = now!.data as Readonly<Record<string, string>>;
  const early = newId();
  const recorded = await journal.record({
    tenant, commandId: newId(), fingerprint: early, streams: [`agreement-${early}`],
    decide: () => ({ accepted: [{ stream: `agreement-${early}`, type: now!.type, data: before }] }),
    meta: { actor: now!.meta.actor, command: 'place-people', correlationId: newId() },
  });
  expect(recorded.outcome).toBe('recorded');

  const auditor = here.as('auditor');
  const [said] = (await auditor.get<{ items: { data: object }[] }>(`/api/v1/agreements/${early}/history`)).body.items;
  const [told] = (await auditor.get<{ items: { data: object }[] }>(`/api/v1/events?agreement=${early}`)).body.items;
  const { text } = succeeded('pack', await auditor.get(`/api/v1/agreements/${early}/assurance-pack`));
  const kept = text.split('\n').find((line) => line.includes(now!.type) && line.includes(`agreement-${early}`))!;
  expect([said!.data, told!.data, (JSON.parse(kept) as { data: object }).data]).toEqual([{ fromKind: null, ...before }, before, before]);
});
