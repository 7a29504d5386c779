import { Consumers, Journal } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { migrations } from '@concordat/register';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { Cast, type Player } from './cast.js';
import { type Answer, type ApiClient, succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Visitor } from './visitor.js';

// No one approves or decides what is their own, in any tier and whatever roles they hold: asked with keys and in a browser, in
// another's place, by whoever stands in for them, and under a second id.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const value = { amount: '9000.00', currency: 'GBP' };
const granted = { outcome: { is: 'granted' } };
let here: TestInstallation;
let cast: Cast;
let head: Player;
let tenant: string;
let bidder: string;

beforeAll(async () => {
  here = await openInstallation({ clock });
  const { body } = await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me');
  tenant = body.organisation.id;
  cast = new Cast(here, tenant);
  head = await cast.player({ role: 'approver', discipline: 'finance' });
  bidder = (await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!.provider;
}, 60_000);
afterAll(() => here.close());

/** Where somebody stands to one small agreement, with an approval of finance asked of it. */
interface Case {
  readonly who: Player;
  readonly id: string;
  readonly signOff: string;
}
const commissioner = () => here.as('commissioner');
const writes = async (api: ApiClient, id: string, facts: object) => {
  const { version } = (await api.get<{ version: number }>(`/api/v1/agreements/${id}`)).body;
  return api.done(id, 'amend-facts', { facts }, { headers: { 'if-match': `"${version}"` } });
};
const proposes = async (api: ApiClient, id: string) => {
  await commissioner().done(id, 'invite-provider', { provider: bidder });
  await api.done(id, 'propose-award', { provider: bidder, value });
};
const declares = (interest: string) => ({ who, id }: Case) => who.api.done(id, 'declare-conflict', { person: who.person, role: 'approver', interest, about: 'A matter of the family.' });
const bars: readonly (readonly [of: string, why: string, makesItTheirs: (one: Case) => Promise<unknown>])[] = [
  ['their own proposal, declared', 'declared an interest', declares('own-proposal')],
  ['money', 'declared an interest', declares('money')],
  ['a relative', 'declared an interest', declares('relative')],
  ['their employer', 'declared an interest', declares('employer')],
  ['a bid', 'declared an interest', declares('bid')],
  ['an award they proposed', 'proposed the award it rests on', ({ who, id }) => proposes(who.api, id)],
  ['a figure they wrote', 'wrote what it rests on', ({ who, id }) => writes(who.api, id, { value: { ...value, amount: '9100.00' } })],
  ['what they lead', 'leads the agreement', ({ who, id }) => writes(commissioner(), id, { lead: who.person })],
  ['what they pay for', 'gives the money', ({ who, id }) => writes(commissioner(), id, { sponsor: who.person })],
  ['what they asked for', 'asked for this sign-off', async ({ who, id, signOff }) => {
    await commissioner().done(id, 'withdraw-sign-off', { signOff, reason: 'Asked by somebody else.' });
    await who.api.done(id, 'request-sign-off', { signOff: newId(), kind: 'approval', discipline: 'finance' });
  }],
  ['a bidder they work for under another id', 'works for a provider', async ({ who }) => {
    const theirs = await cast.player({ role: 'provider-operator', provider: bidder });
    await link(who, theirs);
  }],
];
const link = async (one: Player, other: Player) => succeeded('linking', await here.as('administrator').post(`/api/v1/people/${one.person}/link`, { with: other.person }));
const standsIn = async (by: Player, to: Player) =>
  succeeded('delegating', await by.api.post('/api/v1/me/delegations', { to: to.person, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', when: 'always' }));

/** Why it was not let be: what of each refusal is missing. Nothing where it was. */
const why = ({ body }: Answer<unknown>): readonly string[] => ((body as { errors?: { code: string; missing: { what: string }[] }[] }).errors ?? []).flatMap(({ code, missing }) => missing.map(({ what }) => `${code}: ${what}`));

test.each(bars)('nobody approves or decides on %s: by themselves, for another, through another or under another id', async (_, reason, makesItTheirs) => {
  // Nobody asks for a decision as one asks for a sign-off.
  const barsDeciding = reason !== 'asked for this sign-off';
  const everything = [{ role: 'approver', discipline: 'finance' }, { role: 'commissioner' }, { role: 'decision-maker' }, { role: 'administrator' }] as const;
  const [who, standIn, twin] = [await cast.player(...everything), await cast.player({ role: 'facilitator' }), await cast.player(...everything)];
  const signOff = newId();
  const { body: { agreement: id } } = succeeded('opening', await commissioner().post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
  await commissioner().done(id, 'request-sign-off', { signOff, kind: 'approval', discipline: 'finance' });
  await standsIn(who, standIn);
  await standsIn(head, who);
  await makesItTheirs({ who, id, signOff });

  const { content, signOffs, version: before } = (await here.as('auditor').get<{ version: number; content: Record<string, string>; signOffs: { id: string; answer: { is: string } }[] }>(`/api/v1/agreements/${id}`)).body;
  const asked = { signOff: signOffs.find(({ answer }) => answer.is === 'awaited')!.id, versionRead: content['finance'], ...granted };
  const deciding = { decision: newId(), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: content['decision'] };
  const barred = [`sign-off.own-work: someone other than the one who ${reason}`];
  const onceLinked = reason === 'works for a provider' ? barred : expect.arrayContaining(barred);

  expect(why(await who.api.command(id, 'sign-off', asked))).toEqual(barred);
  expect(why(await who.api.command(id, 'sign-off', { ...asked, onBehalfOf: head.person }))).toEqual(barred);
  expect(why(await standIn.api.command(id, 'sign-off', { ...asked, onBehalfOf: who.person }))).toEqual(barred);
  if (barsDeciding) expect(why(await who.api.command(id, 'record-decision', deciding))).toEqual(barred);
  await link(who, twin);
  expect(why(await twin.api.command(id, 'sign-off', asked))).toEqual(onceLinked);
  if (barsDeciding) expect(why(await twin.api.command(id, 'record-decision', deciding))).toEqual(onceLinked);
  expect((await here.as('auditor').get<{ version: number }>(`/api/v1/agreements/${id}`)).body.version).toBe(before);
}, 30_000);

test('an approver with an interest is told so in the browser too, and it bars until somebody else agrees that it is over', async () => {
  const [approver, signOff] = ['approver:finance', newId()];
  const { person } = here.person(approver);
  const declared = { person, role: 'approver' };
  const { body: { agreement: id } } = succeeded('opening', await commissioner().post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
  await commissioner().done(id, 'request-sign-off', { signOff, kind: 'approval', discipline: 'finance' });
  await here.as(approver).done(id, 'declare-conflict', { ...declared, interest: 'money', about: 'Shares in a caterer.' });
  await here.as(approver).done(id, 'declare-no-conflict', declared);
  const versionRead = (await here.as('auditor').get<{ content: Record<string, string> }>(`/api/v1/agreements/${id}`)).body.content['finance']!;

  const browser = new Visitor(here.origin);
  await browser.signIn(here, approver);
  const sign = () => browser.post(`/agreements/${id}/do/sign-off`, { signOff, versionRead, 'outcome.is': 'granted', key: newId(), version: '1', act: 'confirm' });
  const refused = await sign();
  expect([refused.status, refused.html.includes('No one approves what is their own.')]).toEqual([422, true]);

  const over = { ...declared, reasons: 'The shares were sold in May; the contract note was seen.' };
  expect(why(await here.as(approver).command(id, 'lift-conflict', over))).toEqual(['declared it', 'has an interest here'].map((reason) => `conflict.not-theirs-to-lift: someone other than the one who ${reason}`));
  await here.as('decision-maker').done(id, 'lift-conflict', over);
  expect((await sign()).status).toBe(303);
  const history = new Visitor(here.origin);
  await history.signIn(here, 'auditor');
  expect((await history.get(`/agreements/${id}/history`)).html).toContain('Another person agreed that an interest is over');
}, 30_000);

test('a decision by somebody who is found to be the one who proposed the award, after they took it, lets nothing be published', async () => {
  const [proposer, decider] = [await cast.player({ role: 'commissioner' }), await cast.player({ role: 'decision-maker' })];
  const { body: { agreement: id } } = succeeded('opening', await commissioner().post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
  await proposes(proposer.api, id);
  const { content } = (await here.as('auditor').get<{ content: Record<string, string> }>(`/api/v1/agreements/${id}`)).body;
  const decided = { decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x' };
  await decider.api.done(id, 'record-decision', { decision: newId(), ...decided, versionRead: content['decision'] });
  await link(proposer, decider);
  expect(why(await commissioner().command(id, 'publish-award-notice', { publishedOn: '2026-06-01', reference: 'N-1' }))).toContain(
    'award.not-decided: the decision: recorded by the one who proposed the award it rests on',
  );
}, 30_000);

test('what waits for whom is looked at again once two ids are found to be one person: what they made undone waits for others, and not for themselves', async () => {
  const [holder, lifter, other] = [await cast.player({ role: 'approver', discipline: 'finance' }), await cast.player({ role: 'decision-maker' }), await cast.player({ role: 'decision-maker' })];
  const { body: { agreement: id } } = succeeded('opening', await commissioner().post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
  const declared = { person: holder.person, role: 'approver' };
  await holder.api.done(id, 'declare-conflict', { ...declared, interest: 'money', about: 'Shares in a caterer.' });
  await holder.api.done(id, 'declare-no-conflict', declared);
  const waits = async ({ api }: Player) => {
    await here.app.get(Consumers).runAll(tenant);
    const { body } = await api.get<{ items: { kind: string; agreement: string; waitsFor: string }[] }>('/api/v1/work?limit=100');
    return body.items.filter(({ kind, agreement }) => kind === 'interest' && agreement === id).map(({ waitsFor }) => waitsFor);
  };
  expect([await waits(holder), await waits(lifter), await waits(other)]).toEqual([['others'], ['you'], ['you']]);
  await lifter.api.done(id, 'lift-conflict', { ...declared, reasons: 'The shares were sold in May.' });
  expect([await waits(holder), await waits(lifter), await waits(other)]).toEqual([[], [], []]);
  await link(holder, lifter);
  expect([await waits(holder), await waits(lifter), await waits(other)]).toEqual([['others'], [], ['you']]);
  await other.api.done(id, 'lift-conflict', { ...declared, reasons: 'The sale was seen.' });
  expect([await waits(holder), await waits(lifter), await waits(other)]).toEqual([[], [], []]);
}, 30_000);

test('what was lifted before it was kept on whom that rests is looked at again, too, once two ids are found to be one person: an upgrade reads it anew', async () => {
  const [holder, lifter, other] = [await cast.player({ role: 'approver', discipline: 'finance' }), await cast.player({ role: 'decision-maker' }), await cast.player({ role: 'decision-maker' })];
  const { body: { agreement: id } } = succeeded('opening', await commissioner().post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
  const declared = { person: holder.person, role: 'approver' };
  await holder.api.done(id, 'declare-conflict', { ...declared, interest: 'money', about: 'Shares in a caterer.' });
  await holder.api.done(id, 'declare-no-conflict', declared);
  await lifter.api.done(id, 'lift-conflict', { ...declared, reasons: 'The shares were sold in May.' });
  const consumers = here.app.get(Consumers);
  await consumers.runAll(tenant);
  const superuser = new Client({ connectionString: here.fresh!.superuserUrl });
  await superuser.connect();
  const rows = async () => (await superuser.query<Readonly<Record<string, unknown>>>('SELECT * FROM register.work WHERE tenant = $1 ORDER BY agreement, kind, subject', [tenant])).rows;
  try {
    const before = await rows();
    await superuser.query('DELETE FROM register.work_person');
    await superuser.query('SET ROLE concordat_owner');
    const Anew = migrations.find(({ name }) => name.startsWith('RegisterReadAnew'))!;
    await new Anew().up({ query: (sql: string) => superuser.query(sql) } as never);
    await superuser.query('RESET ROLE');
    await consumers.runAll(tenant);
    expect(await rows()).toEqual(before);
  } finally {
    await superuser.end();
  }
  await link(holder, lifter);
  await consumers.runAll(tenant);
  const { items } = (await other.api.get<{ items: { kind: string; agreement: string }[] }>('/api/v1/work?limit=100')).body;
  expect(items.filter(({ kind, agreement }) => kind === 'interest' && agreement === id)).toHaveLength(1);
}, 30_000);

test('a grant at the very moment its giver is found to be who opened the agreement stands before that on record, or is refused', async () => {
  const journal = here.app.get(Journal);
  const positionOf = async (stream: string, type: string) => (await journal.feed(tenant, 0, 10, { stream, types: [type] })).at(-1)?.position;
  const tries = Array.from({ length: 12 }, async (_, at) => {
    const [opener, approver, signOff] = [await cast.player({ role: 'commissioner' }), await cast.player({ role: 'approver', discipline: 'finance' }), newId()];
    const { body: { agreement: id } } = succeeded('opening', await opener.api.post<{ agreement: string }>('/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value }));
    await commissioner().done(id, 'request-sign-off', { signOff, kind: 'approval', discipline: 'finance' });
    const versionRead = (await here.as('auditor').get<{ content: Record<string, string> }>(`/api/v1/agreements/${id}`)).body.content['finance']!;
    const grant = () => approver.api.command(id, 'sign-off', { signOff, versionRead, ...granted });
    const racing = at % 2 === 0 ? { answered: grant(), linked: link(opener, approver) } : { linked: link(opener, approver), answered: grant() };
    const [answer] = await Promise.all([racing.answered, racing.linked]);
    const [given, found] = [await positionOf(`agreement-${id}`, 'concordat.agreement.signed-off.v1'), await positionOf(`person-${approver.person}`, 'concordat.person.identities-linked.v1')];
    expect(found).toBeGreaterThan(0);
    return { refused: why(answer), inOrder: given === undefined || given < found! };
  });
  for (const { refused, inOrder } of await Promise.all(tries)) {
    expect(inOrder).toBe(true);
    if (refused.length > 0) expect(refused).toContain('sign-off.own-work: someone other than the one who opened the agreement');
  }
}, 60_000);
