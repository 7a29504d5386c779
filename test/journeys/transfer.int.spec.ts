import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Vault } from '@concordat/access';
import { Consumers, Journal } from '@concordat/journal';
import { pathways } from '@concordat/pathway';
import { FixedClock, newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { Cast, type Player } from './cast.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey, type Reasons } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// An agreement goes to a successor with its record intact: offered by two, accepted by one, ended here and going on there, event by event.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const board = 'demo-health-board';
const [activity, meals, sunday, monday, ada, ben, signOff, risk, promise, invitation] = [newId(), newId(), newId(), newId(), newId(), newId(), newId(), newId(), newId(), newId()];
const identifiers = [{ scheme: 'GB-COH', id: '09506232' }];

let here: TestInstallation;
let [council, healthBoard] = ['', ''];
let club: Journey;
let [old, next] = ['', ''];
let moved: Player;
let nurse: Player;
let operator: Player;
let formerOperator: Player;

interface Seen {
  readonly version: number;
  readonly lifecycle: string;
  readonly stage: string;
  readonly award: { readonly parties: Readonly<Record<string, string>> };
  readonly signOffs: readonly { readonly id: string; readonly requestedBy: string; readonly voices: readonly { readonly version: string }[] }[];
  readonly content: Readonly<Record<string, string>>;
  readonly facts: Readonly<Record<string, { readonly value: unknown; readonly amendedAt: string }>>;
  readonly risk: readonly { readonly owner: string }[];
  readonly transfer: { readonly went: object | null; readonly came: readonly { readonly from: { readonly slug: string } }[] };
}
interface Happened {
  readonly type: string;
  readonly recordedAt: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly meta: { readonly actor: string };
}

const tenantOf = async (organisation: string) => (await here.as('auditor', organisation).get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
const agreementOf = async (organisation?: string) => succeeded('reading', await here.as('commissioner', organisation).get<Seen>(`/api/v1/agreements/${club.id}`)).body;
const historyOf = async (organisation?: string) => succeeded('history', await here.as('commissioner', organisation).get<{ items: Happened[] }>(`/api/v1/agreements/${club.id}/history?limit=200`)).body.items;
const consumed = async () => {
  for (const tenant of [healthBoard, council, healthBoard]) await here.app.get(Consumers).runAll(tenant);
};
const accepting = (body: object, dryRun = false) => here.as('commissioner', board).command<{ errors?: { code: string; missing: { what: string }[] }[] }>(club.id, 'accept-transfer', body, { dryRun });
const reasonsIn = ({ status, body: { errors = [] } }: Awaited<ReturnType<typeof accepting>>): readonly [number, Reasons] => [status, Object.fromEntries(errors.map(({ code, missing }) => [code, missing.map(({ what }) => what)]))];
const person = (role: string) => here.person(role).person;
const everybody = () => ({
  providers: [{ from: old, to: next }],
  people: [
    { from: person('commissioner'), is: 'comes-along', to: moved.person },
    { from: person('risk-owner'), is: 'hands-over', to: nurse.person },
    ...['senior-responsible-owner', 'approver:sponsor', 'representative', 'facilitator'].map((role) => ({ from: person(role), is: 'stays' })),
    { from: formerOperator.person, is: 'stays' },
  ],
});

beforeAll(async () => {
  here = await openInstallation({ clock });
  [council, healthBoard] = [await tenantOf('demo-council'), await tenantOf(board)];
  const registered = async (organisation: string, name: string) => (await here.as('commissioner', organisation).post<{ provider: string }>('/api/v1/providers', { name, identifiers })).body.provider;
  [old, next] = [await registered('demo-council', 'Meals on Time'), await registered(board, 'Meals on Time Ltd')];
  const [there, ours] = [new Cast(here, healthBoard), new Cast(here, council)] as const;
  moved = await there.player({ role: 'commissioner' }, { role: 'approver', discipline: 'sponsor' });
  nurse = await there.player({ role: 'risk-owner' });
  operator = await there.player({ role: 'provider-operator', provider: next });
  formerOperator = await ours.player({ role: 'provider-operator', provider: old });

  club = await Journey.takenOver(here, {
    title: 'Lunch club', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery',
    from: { source: 'Contract register', reference: 'C-17' }, provider: old, facts: {},
  });
  const today = '2026-06-01';
  await club.facts({ sponsor: person('commissioner'), lead: person('commissioner'), 'affected-groups': ['diners'], description: 'A weekly lunch', eqia: documentCalled('Equality') });
  await club.did('facilitator', 'plan-activity', { activity, stage: 'delivery', title: 'A lunch together', groups: ['diners'], right: 'advise', ledBy: 'together', closesOn: today });
  await club.did('facilitator', 'record-attendance', { activity, participants: [ada, ben], on: today });
  await club.did('facilitator', 'invite-participant', { invitation, activity, participant: ada, answerBy: today });
  await club.did('representative', 'record-contribution', { contribution: sunday, activity, author: ada, text: 'Sundays are the loneliest.', givenOn: today });
  await club.did('representative', 'record-contribution', { contribution: monday, activity, author: ben, text: 'I live above the hall.', givenOn: today });
  await club.did('facilitator', 'create-theme', { theme: meals, title: 'Sundays' });
  await club.did('facilitator', 'put-in-theme', { theme: meals, contributions: [sunday, monday] });
  await club.did('commissioner', 'answer-theme', { theme: meals, response: { outcome: 'adopted', reasons: 'There is money.', changed: 'Open on Sundays' } });
  await club.did('commissioner', 'make-commitment', { commitment: promise, what: 'Open every second Sunday', by: '2026-09-01', theme: meals });
  await club.did('risk-owner', 'raise-risk', { risk, title: 'Alone on the stairs', bearers: ['service-users'], owner: person('risk-owner'), scores: { 'co-produced': { likelihood: 2, impact: 2 }, 'professional-only': null, 'not-acting': null } });
  await club.did('senior-responsible-owner', 'request-sign-off', { signOff, kind: 'approval', discipline: 'sponsor' });
  await club.did('approver:sponsor', 'sign-off', { signOff, versionRead: (await club.seen()).content['sponsor'] ?? '', outcome: { is: 'granted' } });
  await formerOperator.api.done(club.id, 'raise-provider-concern', { concern: newId(), provider: old, about: 'The oven', raisedOn: today });
  // At his wish nothing is left of what Ben said.
  await here.app.get(Vault).destroyKey(council, ben);
}, 60_000);
afterAll(() => here.close());

test('an agreement is offered by one and agreed to by another, and until then the successor sees nothing of it', async () => {
  const offer = { to: board, basis: 'The Lunch Clubs (Transfer of Functions) Order 2026', on: '2026-07-01' };
  expect(Object.keys(await club.refused('facilitator', 'offer-transfer', offer))).toEqual(['right.missing']);
  expect(await club.refused('commissioner', 'offer-transfer', { ...offer, to: 'nowhere' })).toEqual({ 'transfer.successor-unknown': ['the short name of the successor'] });
  expect(Object.keys(await club.refused('commissioner', 'offer-transfer', { ...offer, to: 'demo-council' }))).toEqual(['transfer.successor-unknown']);
  expect(Object.keys(await club.refused('commissioner', 'offer-transfer', { ...offer, on: '2026-05-01' }))).toEqual(['transfer.day-past']);
  const offered = async () => (await here.as('commissioner', board).get<{ items: { title: string; people: { name: string; answersFor: string[] }[] }[] }>('/api/v1/transfers')).body.items;
  await club.did('commissioner', 'offer-transfer', offer);
  expect(Object.keys(await club.refused('commissioner', 'agree-transfer'))).toEqual(['transfer.own']);
  expect(await offered()).toEqual([]);
  expect(reasonsIn(await accepting(everybody()))).toMatchObject([422, { 'transfer.not-offered': ['an offer'] }]);
  await club.did('senior-responsible-owner', 'agree-transfer');
  expect(await offered()).toMatchObject([{ title: 'Lunch club', basis: offer.basis, on: offer.on, providers: [{ id: old, name: 'Meals on Time', identifiers }] }]);

  await club.did('commissioner', 'withdraw-transfer', { reason: 'The order was laid again.' });
  expect([await offered(), reasonsIn(await accepting(everybody()))[0]]).toEqual([[], 422]);
  await club.did('commissioner', 'offer-transfer', offer);
  await club.did('senior-responsible-owner', 'agree-transfer');
  expect((await here.as('commissioner', board).get(`/api/v1/agreements/${club.id}`)).status).toBe(404);
}, 60_000);

test('whoever accepts is told everything that keeps it from being accepted at once, by name', async () => {
  const [status, reasons] = reasonsIn(await accepting({ providers: [{ from: newId(), to: newId() }] }));
  expect(status).toBe(422);
  expect(Object.keys(reasons).sort()).toEqual(['provider.unknown', 'transfer.not-in-the-record', 'transfer.not-yet', 'transfer.person-not-said', 'transfer.provider-not-said']);
  expect(reasons['transfer.provider-not-said']).toEqual([`provider-${old}: Meals on Time, GB-COH 09506232`]);
  expect(reasons['transfer.person-not-said']).toContainEqual(expect.stringMatching(new RegExp(`^person-${person('risk-owner')}: .+, who has the risk “Alone on the stairs”$`)));
  expect(reasons['transfer.person-not-said']).toHaveLength(7);

  clock.set('2026-07-01T09:00:00Z');
  const { people, providers } = everybody();
  const left = people.map((one) => (one.from === person('risk-owner') ? { from: one.from, is: 'stays' } : one));
  expect(reasonsIn(await accepting({ providers, people: left }))[1]).toEqual({ 'transfer.left-to-nobody': [expect.stringContaining('the risk “Alone on the stairs”')] });
  const other = (await here.as('commissioner', board).post<{ provider: string }>('/api/v1/providers', { name: 'Meals on Time', identifiers: [] })).body.provider;
  expect(Object.keys(reasonsIn(await accepting({ people, providers: [{ from: old, to: other }] }))[1])).toEqual(['transfer.other-provider']);
  expect((await accepting(everybody(), true)).status).toBe(200);

  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'commissioner', board);
  const [list, form] = [await visitor.get('/agreements/transfers'), await visitor.get(`/agreements/transfers/${club.id}`)];
  expect([list.status, faultsOf(list), list.html.includes('1 agreement is offered to your organisation.'), form.status, faultsOf(form)]).toEqual([200, [], true, 200, []]);
  const sent = await visitor.post(`/agreements/transfers/${club.id}`, { [`provider.${old}`]: next, [`is.${person('commissioner')}`]: 'stays' });
  expect([sent.status, faultsOf(sent), ...['This cannot be done yet', 'Meals on Time', 'who has the risk “Alone on the stairs”'].map((says) => sent.html.includes(says))]).toEqual([422, [], true, true, true]);
}, 60_000);

test('what went on after it was accepted is not left behind: the acceptance lapses, and it is accepted anew', async () => {
  expect((await accepting(everybody())).status).toBe(200);
  await club.did('commissioner', 'keep-commitment', { commitment: promise, how: 'It is open on Sundays.' });
  await consumed();
  expect([(await agreementOf()).lifecycle, (await here.as('commissioner', board).get(`/api/v1/agreements/${club.id}`)).status]).toEqual(['open', 404]);
}, 60_000);

test('whoever is killed between the end here and the beginning there, it ends once and begins once, all of it', async () => {
  const before = await agreementOf();
  const superuser = new Client({ connectionString: here.fresh!.superuserUrl });
  await superuser.connect();
  try {
    const lending = 'EXECUTE ON FUNCTION agreement.lent_participants(uuid, uuid)';
    expect((await accepting(everybody())).status).toBe(200);
    expect(Object.keys(reasonsIn(await accepting(everybody()))[1])).toEqual(['already-so']);
    await superuser.query(`REVOKE ${lending} FROM concordat_app`);
    await consumed();
    expect([(await agreementOf()).lifecycle, (await here.as('commissioner', board).get(`/api/v1/agreements/${club.id}`)).status]).toEqual(['transferred', 404]);
    await superuser.query(`GRANT ${lending} TO concordat_app`);
    await consumed();
    const arrived = await agreementOf(board);
    // The worker may die after its work and before it says so: it does it again, and nothing happens.
    await superuser.query(`UPDATE journal.cursor SET position = 0 WHERE consumer = 'agreement.transfers'`);
    await consumed();
    expect((await agreementOf(board)).version).toBe(arrived.version);
    expect(arrived.version).toBe(before.version + 2);
    expect([arrived.lifecycle, arrived.stage, arrived.award.parties]).toEqual(['open', 'delivery', { [next]: 'provider' }]);
  } finally {
    await superuser.end();
  }
}, 60_000);

test('where it was it is read, admits nothing more, and says where it went; its provider hears it there, and here that it goes on', async () => {
  expect((await agreementOf()).transfer.went).toMatchObject({ to: { slug: board, name: 'Demo Health Board' }, on: '2026-07-01' });
  for (const [role, name, body] of [['commissioner', 'hold', { reason: 'x' }], ['facilitator', 'create-theme', { theme: newId(), title: 'x' }], ['commissioner', 'withdraw-transfer', { reason: 'x' }]] as const) {
    expect([name, await club.refused(role, name, body)]).toEqual([name, { 'agreement.transferred': [] }]);
  }
  const heard = async (player: Player) => {
    const { items } = succeeded('feed', await player.api.get<{ items: { type: string; data: Readonly<Record<string, unknown>> }[] }>('/api/v1/events?limit=200')).body;
    return items;
  };
  expect((await heard(formerOperator)).at(-1)).toMatchObject({ type: 'concordat.agreement.transferred.v1', data: { on: '2026-07-01', to: { slug: board } } });
  // What was told before is not told again.
  expect(await heard(operator)).toMatchObject([{ type: 'concordat.agreement.gone-on.v1', data: { stage: 'delivery', from: { slug: 'demo-council' } } }]);
  await here.as('commissioner', board).done(club.id, 'hold', { reason: 'A new kitchen' });
  await consumed();
  expect((await heard(operator)).map(({ type }) => type)).toEqual(['concordat.agreement.gone-on.v1', 'concordat.agreement.held.v1']);
  await here.as('commissioner', board).done(club.id, 'resume', {});
}, 60_000);

test('it goes on with all that was said, signed and promised, at its old moments, and whoever was erased stays erased', async () => {
  const [then, now] = [await historyOf(), await historyOf(board)];
  expect(now.slice(1, 1 + then.length - 1).map(({ data }) => [data['type'], data['recordedAt']])).toEqual(then.slice(0, -1).map(({ type, recordedAt }) => [type, recordedAt]));
  const here2 = await agreementOf(board);
  expect([here2.risk[0]?.owner, here2.facts['lead']?.value, here2.facts['lead']?.amendedAt, here2.transfer.came.map(({ from }) => from.slug)]).toEqual([nurse.person, moved.person, then[1]?.recordedAt, ['demo-council']]);

  const { body: said } = await here.as('commissioner', board).get<{ items: { contribution: string; text: string | null; author: string | null }[] }>(`/api/v1/agreements/${club.id}/contributions`);
  expect(said.items.map(({ contribution, text }) => [contribution, text])).toEqual([[sunday, 'Sundays are the loneliest.'], [monday, null]]);
  const involvement = (await here.as('commissioner', board).get<{ answers: { theme: string; stands: string }[]; commitments: { commitment: string; stands: string }[] }>(`/api/v1/agreements/${club.id}/involvement`)).body;
  expect(involvement).toMatchObject({ commitments: [{ commitment: promise, stands: 'kept' }] });
  // An invitation that was sent there is answered here.
  expect((await here.app.get(Journal).history(healthBoard, `participant-${ada}`, { limit: 9 })).map(({ type }) => type)).toEqual(['concordat.participant.brought-over.v1']);

  // The sponsor is another id here, so what was signed has another hash: what stood when it was signed stands still.
  expect(here2.signOffs[0]?.voices[0]?.version).toBe(here2.content['sponsor']);
  expect(here2.content['sponsor']).not.toBe((await agreementOf()).content['sponsor']);
  await here.as('commissioner', board).done(club.id, 'amend-facts', { facts: { place: 'The north' } }, { headers: { 'if-match': `"${here2.version}"` } });
  expect((await agreementOf(board)).content['sponsor']).toBe(here2.content['sponsor']);
}, 60_000);

test('whoever proposed it there and comes along approves it no more here: it is one person', async () => {
  const again = newId();
  await here.as('commissioner', board).done(club.id, 'request-sign-off', { signOff: again, kind: 'approval', discipline: 'sponsor' });
  const { status, body } = await moved.api.command<{ errors: { code: string }[] }>(club.id, 'sign-off', { signOff: again, versionRead: (await agreementOf(board)).content['sponsor'], outcome: { is: 'granted' } });
  expect([status, body.errors.map(({ code }) => code)]).toEqual([422, ['sign-off.own-work']]);
}, 60_000);

test('both halves are verified without either organisation, and that the one is the record the other goes on from', async () => {
  const pack = async (organisation?: string) => succeeded('pack', await here.as('auditor', organisation).get(`/api/v1/agreements/${club.id}/assurance-pack`)).text;
  const [before, after] = [await pack(), await pack(board)];
  const folder = await mkdtemp(join(tmpdir(), 'concordat-transfer-'));
  const verified = async (first: string, second: string) => {
    const files = [join(folder, 'before.ndjson'), join(folder, 'after.ndjson')] as const;
    await writeFile(files[0], first);
    await writeFile(files[1], second);
    return new Promise<readonly [number, string]>((done) => {
      execFile(process.execPath, ['bin/concordat.mjs', 'verify', ...files], { env: { ...process.env, NODE_OPTIONS: '' } }, (failed, out) => done([Number(failed?.code ?? 0), out]));
    });
  };
  try {
    const [code, says] = await verified(before, after);
    expect([code, says]).toEqual([0, expect.stringContaining('The first file is the record that the agreement of the second was transferred from.')]);
    expect(says.match(/the chain holds/g)).toHaveLength(2);
    expect(await verified(before.replace('A weekly lunch', 'A yearly lunch'), after)).toEqual([1, expect.stringMatching(/the chain is broken at position \d+.*\n.*the chain holds.*\nThe first file is not the record/s)]);
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);

test('a framework on a process of the organisation’s own takes it along, and what was called off from it follows and gives back to it', async () => {
  const own = 'demo-council.meals';
  const standard = pathways.find('standard', 2)!;
  succeeded('publishing', await here.as('administrator').post('/api/v1/pathways', { ...standard, id: own, version: 1, title: 'Meals', basedOn: { id: 'standard', version: 2 } }));
  const framework = await Journey.takenOver(here, {
    title: 'Meals', kind: 'framework', pathway: { id: own }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'C-18' }, provider: old, facts: {},
  });
  const child = newId();
  await framework.did('commissioner', 'call-off', { child, title: 'Winter meals', provider: old, value: { amount: '40000.00', currency: 'GBP' }, pathway: { id: 'call-off' }, route: { id: 'framework-call-off' }, raises: [] });
  const goes = async (agreement: string) => {
    const there = Journey.of(here, agreement);
    await there.did('commissioner', 'offer-transfer', { to: board, basis: 'The same Order', on: '2026-07-01' });
    await there.did('senior-responsible-owner', 'agree-transfer');
    if (agreement === framework.id) {
      const visitor = new Visitor(here.origin);
      await visitor.signIn(here, 'commissioner', board);
      const form = await visitor.get(`/agreements/transfers/${agreement}`);
      expect([form.status, faultsOf(form), form.html.includes('Meals, which comes along from Demo Council')]).toEqual([200, [], true]);
    }
    const { items } = (await here.as('commissioner', board).get<{ items: { agreement: string; providers: { id: string }[]; people: { id: string }[] }[] }>('/api/v1/transfers')).body;
    const offered = items.find((one) => one.agreement === agreement)!;
    const people = offered.people.map(({ id }) => (id === person('commissioner') ? { from: id, is: 'comes-along', to: moved.person } : { from: id, is: 'stays' }));
    await here.as('commissioner', board).done(agreement, 'accept-transfer', { providers: offered.providers.map(({ id }) => ({ from: id, to: next })), people });
    await consumed();
  };
  const ours = here.as('commissioner', board);
  const treeOf = async (agreement: string) => succeeded('tree', await ours.get<{ above: { id: string }[]; beneath: { id: string }[]; calledOff: { count: number } }>(`/api/v1/agreements/${agreement}/tree`)).body;
  expect((await ours.get(`/api/v1/pathways/${own}/1`)).status).toBe(404);

  await goes(framework.id);
  expect([(await ours.get(`/api/v1/pathways/${own}/1`)).status, (await ours.get(`/api/v1/agreements/${framework.id}/gate`)).status]).toEqual([200, 200]);
  expect(await treeOf(framework.id)).toMatchObject({ beneath: [], calledOff: { count: 1 } });

  // Its next version is the old organisation's to publish; here it is gone on with under a name of the successor's own.
  const [administrator, document] = [here.as('administrator', board), { ...standard, basedOn: { id: 'standard', version: 2 } }];
  const refused = await administrator.post<{ errors: { code: string; missing: { what: string }[] }[] }>('/api/v1/pathways', { ...document, id: own, version: 2 });
  expect([refused.status, refused.body.errors]).toMatchObject([422, [{ code: 'pathway.not-own', missing: [{ what: expect.stringContaining(`Publish yours as “${board}.meals”`) }] }]]);
  succeeded('publishing', await administrator.post('/api/v1/pathways', { ...document, id: `${board}.meals`, version: 1 }));
  await administrator.done(framework.id, 'migrate-pathway', { pathway: { id: `${board}.meals`, version: 1 } });
  expect((await ours.get(`/api/v1/agreements/${framework.id}`)).body).toMatchObject({ pathway: { id: `${board}.meals`, version: 1 }, stage: 'delivery' });

  await goes(child);
  expect([(await treeOf(framework.id)).beneath.map(({ id }) => id), (await treeOf(child)).above.map(({ id }) => id)]).toEqual([[child], [framework.id]]);
  await ours.done(child, 'cancel', { reason: 'Nobody needs it.' });
  expect(await treeOf(framework.id)).toMatchObject({ calledOff: { count: 0 } });
}, 60_000);
