import { pathways, routes } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import { newId } from '@concordat/platform';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../harness/index.js';
import { Cast } from './cast.js';
import { type ApiClient, succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

// An organisation publishes its own version of a process, looks at what its live agreements would be asked, moves those it
// picks, and leaves the rest where they are.

const standard = pathways.find('standard', 2)!;
const id = 'demo-council.home-care';
const mine = (changes: Partial<Pathway> = {}): Pathway => ({ ...standard, id, version: 1, title: 'Home care', basedOn: { id: 'standard', version: 2 }, ...changes });
const lighter = mine({ stages: standard.stages.map((stage) => (stage.id === 'mandate' ? { ...stage, gate: { ...stage.gate, conditions: stage.gate.conditions.filter(({ code }) => code !== 'facts.present') } } : stage)) });

let here: TestInstallation;
let administrator: ApiClient;
let commissioner: ApiClient;
let keeper: Visitor;
beforeAll(async () => {
  here = await openInstallation({ worker: true });
  [administrator, commissioner] = [here.as('administrator'), here.as('commissioner')];
  keeper = new Visitor(here.origin);
  await keeper.signIn(here, 'administrator');
}, 60_000);
afterAll(() => here.close());

const opened = async (title: string, pathway: object) =>
  commissioner.post<{ agreement: string }>('/api/v1/agreements', { title, kind: 'contract', pathway, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' } });
const tenantOf = async () => (await here.as('auditor').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
const followed = async (agreement: string) => (await commissioner.get<{ pathway: { id: string; version: number } }>(`/api/v1/agreements/${agreement}`)).body.pathway;
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').replaceAll('&#39;', "'").replaceAll('&quot;', '"');
async function brought(visitor: Visitor, document: object | string): Promise<Page> {
  const form = new FormData();
  form.set('file', new Blob([typeof document === 'string' ? document : JSON.stringify(document)]), 'own.json');
  return visitor.send('/pathways', { method: 'POST', body: form });
}

describe('over the API', () => {
  test('a document is refused with everything that is wrong in it, and nothing of it is published', async () => {
    const broken = { ...mine(), colour: 'green', stages: [...standard.stages, standard.stages[0]] };
    expect(expectProblem(await administrator.post('/api/v1/pathways', broken), 422, 'pathway.invalid').errors?.length).toBeGreaterThanOrEqual(2);
    const weak = mine({ id: 'other-council.home-care', version: 3, stages: standard.stages.filter((stage) => stage.id !== 'award') });
    const refused = expectProblem(await administrator.post('/api/v1/pathways', weak), 422, 'command.refused');
    expect(refused.errors?.map(({ code }) => code)).toEqual(['pathway.not-own', 'pathway.version-not-next', 'pathway.weakens-law']);
    expectProblem(await commissioner.post('/api/v1/pathways', mine()), 403, 'right.missing');
    expectProblem(await opened('Care', { id }), 422, 'pathway.unknown');
    expect((await administrator.get<{ items: { own: boolean }[] }>('/api/v1/pathways')).body.items.filter(({ own }) => own)).toEqual([]);
  });

  test('it is published once, never changes, and is known to its organisation alone', async () => {
    expect((await administrator.post('/api/v1/pathways?dryRun=true', mine())).status).toBe(200);
    const key = { headers: { 'idempotency-key': newId() } };
    const first = await administrator.post<{ repeated: boolean }>('/api/v1/pathways', mine(), key);
    expect([first.status, first.headers.get('location')]).toEqual([201, `/api/v1/pathways/${id}/1`]);
    expect((await administrator.post<{ repeated: boolean }>('/api/v1/pathways', mine(), key)).body.repeated).toBe(true);
    expectProblem(await administrator.post('/api/v1/pathways', mine()), 422, 'already-so');
    expectProblem(await administrator.post('/api/v1/pathways', mine({ title: 'Another' })), 422, 'pathway.version-not-next');
    expect((await commissioner.get<Pathway>(`/api/v1/pathways/${id}/1`)).body).toEqual(JSON.parse(JSON.stringify(mine())));
    const elsewhere = here.as('commissioner', here.keys.find(({ organisation }) => organisation !== 'demo-council')!.organisation);
    expectProblem(await elsewhere.get(`/api/v1/pathways/${id}/1`), 404, 'pathway.unknown');
    expectProblem(await elsewhere.post('/api/v1/agreements', { title: 'Theirs', kind: 'contract', pathway: { id }, route: { id: 'pa2023-light-touch' }, raises: [] }), 422, 'pathway.unknown');
  });

  test('the next version says what it asks anew and no more', async () => {
    expect((await administrator.post('/api/v1/pathways', { ...lighter, version: 2 })).status).toBe(201);
    const { body } = await commissioner.get<{ from: object; items: { stage: string; asksAnew: object[]; asksNoMore: object[] }[] }>(`/api/v1/pathways/${id}/2/differences`);
    expect(body).toMatchObject({ from: { id, version: 1 }, items: [{ stage: 'mandate', asksAnew: [], asksNoMore: [{ tiers: ['small'] }, { tiers: ['standard'] }, { tiers: ['major'] }] }] });
    expect((await commissioner.get<{ items: object[] }>(`/api/v1/pathways/${id}/1/differences`)).body).toMatchObject({ from: { id: 'standard', version: 2 }, items: [] });
  });

  test('agreements are opened on its latest version, and their gates ask what it says', async () => {
    const { body: { agreement } } = await opened('Care at home', { id });
    expect(await followed(agreement)).toEqual({ id, version: 2 });
    expectProblem(await opened('Care at night', { id, version: 1 }), 422, 'pathway.not-in-use');
    const { items } = (await commissioner.get<{ items: { id: string; version: number; inUse: boolean }[] }>('/api/v1/pathways')).body;
    expect(items.filter((one) => one.id === id || one.id === 'standard').map((one) => [one.id, one.version, one.inUse])).toEqual([['standard', 1, false], ['standard', 2, true], [id, 1, false], [id, 2, true]]);
    const gate = await commissioner.get<{ checklist: { code: string }[] }>(`/api/v1/agreements/${agreement}/gate`);
    expect(gate.body.checklist.map(({ code }) => code)).not.toContain('facts.present');
  });
});

describe('simulated over live agreements, over the API', () => {
  const visits = 'demo-council.visits';
  const first = mine({ id: visits, title: 'Home visits' });
  // Its second version asks for less at the case for change, and knows what it called “needs” by another name.
  const renamed = JSON.parse(JSON.stringify({ ...first, version: 2, stages: lighter.stages }).replaceAll('"needs"', '"assets"')) as Pathway;
  interface Simulated { readonly agreement: string; readonly outcome: string; readonly stood: string; readonly stage?: string; readonly asksNoMore?: { stage: string; code: string; asks: string }[]; readonly refusals?: { code: string }[] }
  const simulated = async (query = '') => succeeded('simulation', await administrator.get<{ items: Simulated[] }>(`/api/v1/pathways/${visits}/2/simulation${query}`)).body.items;
  const standing = async (agreement: string) => {
    const { body } = await commissioner.get<{ stage: string; lifecycle: string; version: number; pathway: object }>(`/api/v1/agreements/${agreement}`);
    return [body.pathway, body.stage, body.lifecycle];
  };
  let [atMandate, atNeeds, left]: string[] = [];

  test('it says of each live agreement what the new version would ask of it and which it would strand, and records nothing', async () => {
    const published = async (document: Pathway) => expect((await administrator.post('/api/v1/pathways', document)).status).toBe(201);
    await published(first);
    [atMandate, left] = [(await opened('Visits in the north', { id: visits })).body.agreement, (await opened('Visits in the south', { id: visits })).body.agreement];
    atNeeds = newId();
    await commissioner.done(atNeeds, 'take-over-agreement', {
      title: 'Visits in the east', kind: 'contract', pathway: { id: visits }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '450000.00', currency: 'GBP' }, stage: 'needs', from: { source: 'Contract register', reference: 'V-1' },
    });
    await published(renamed);
    const live = [atMandate!, left!, atNeeds!];
    const head = async () => (await here.as('auditor').get<{ position: number }>('/api/v1/journal/head')).body.position;
    const before = await head();
    const found = await eventually(async () => {
      const items = await simulated();
      return live.every((id) => items.some(({ agreement }) => agreement === id)) ? items : undefined;
    });
    const of = (agreement: string, items = found): Simulated | undefined => items.find((one) => one.agreement === agreement);
    for (const agreement of [atMandate!, left!]) expect(of(agreement)).toMatchObject({ outcome: 'possible', stood: 'mandate', stage: 'mandate', asksNoMore: ['sponsor', 'lead', 'value', 'place', 'how many people are concerned', 'who is affected', 'who is not in the room'].map((fact) => ({ stage: 'mandate', code: 'facts.present', asks: `On record: ${fact}.` })), asksAnew: [] });
    expect(of(atNeeds!)).toMatchObject({ outcome: 'stranded', stood: 'needs', refusals: [{ code: 'migration.stage-gone' }] });
    expect(of(atNeeds!, await simulated('?stages=needs:assets'))).toMatchObject({ outcome: 'possible', stage: 'assets' });
    expect(of(atNeeds!, await simulated('?stages=needs:award'))).toMatchObject({ outcome: 'stranded', refusals: [{ code: 'migration.skips-gates' }] });
    expect(of(atNeeds!, await simulated('?stages=needs:mandate'))).toMatchObject({ outcome: 'stranded', refusals: [{ code: 'migration.goes-back' }] });
    // The page offers no stage that would be refused.
    const [, where] = (await keeper.get(`/pathways/${visits}/2/simulation`)).html.split('name="gone.needs"');
    expect([...where!.split('</select>')[0]!.matchAll(/value="([^"]*)"/g)].map(([, value]) => value)).toEqual(['', 'assets', 'priorities']);
    // A grant is none of what this process is for.
    const grants = found.filter(({ agreement }) => !live.includes(agreement) && of(agreement)?.refusals?.some(({ code }) => code === 'pathway.other-kind'));
    expect(grants.length).toBeGreaterThan(0);
    expect(await head()).toBe(before);
    expectProblem(await commissioner.get(`/api/v1/pathways/${visits}/2/simulation`), 403, 'right.missing');
  });

  test('those that are picked are migrated, each with its own result; the rest stay pinned, and every one goes on', async () => {
    const to = { pathway: { id: visits, version: 2 } };
    // Whoever moves one to what asks it less says why.
    const second = (await new Cast(here, await tenantOf()).player({ role: 'administrator' })).api;
    expectProblem(await second.post(`/api/v1/agreements/${atMandate}/commands/migrate-pathway`, to), 422, 'migration.asks-less');
    // And is another than whoever published that.
    expectProblem(await administrator.post(`/api/v1/agreements/${atMandate}/commands/migrate-pathway`, { ...to, reason: 'x' }), 422, 'migration.own-hands');
    const moving = [{ agreement: atMandate, body: { ...to, reason: 'Who is affected is on record elsewhere.' } }, { agreement: atNeeds, body: to }, { agreement: atNeeds, body: { ...to, stage: 'assets' } }].map((line) => JSON.stringify({ command: 'migrate-pathway', ...line })).join('\n');
    const sent = await second.post('/api/v1/operations', moving, { headers: { 'content-type': 'application/x-ndjson' } });
    expect(sent.status).toBe(202);
    const results = await eventually(async () => {
      const { items } = (await second.get<{ items: { result: { outcome: string; errors?: { code: string }[] } }[] }>(`${sent.headers.get('location')}/results`)).body;
      return items.length === 3 ? items.map(({ result }) => result) : undefined;
    });
    expect(results).toMatchObject([{ outcome: 'recorded' }, { outcome: 'refused' }, { outcome: 'recorded' }]);
    expect(JSON.stringify(results[1])).toContain('migration.stage-gone');
    expect(await standing(atMandate!)).toEqual([{ id: visits, version: 2 }, 'mandate', 'open']);
    expect(await standing(atNeeds!)).toEqual([{ id: visits, version: 2 }, 'assets', 'open']);
    expect(await standing(left!)).toEqual([{ id: visits, version: 1 }, 'mandate', 'open']);
    // Each gate asks what the version asks that its agreement follows, and says who supplies it: none of them is stuck.
    const asked = async (agreement: string) => (await commissioner.get<{ checklist: { code: string; met: boolean; missing: { suppliedBy: string }[] }[] }>(`/api/v1/agreements/${agreement}/gate`)).body.checklist;
    const codes = (stage: string, { stages }: Pathway) => stages.find(({ id: each }) => each === stage)!.gate.conditions.filter(({ tiers }) => tiers.standard !== undefined).map(({ code }) => code as string);
    for (const [agreement, stage, pathway] of [[atMandate!, 'mandate', renamed], [atNeeds!, 'assets', renamed], [left!, 'mandate', first]] as const) {
      const checklist = await asked(agreement);
      expect(checklist.map(({ code }) => code)).toEqual(codes(stage, pathway));
      expect(checklist.filter(({ met, missing }) => !met && missing.length === 0)).toEqual([]);
    }
    const { body } = await here.as('auditor').get<{ items: { type: string; data: object }[] }>(`/api/v1/agreements/${atNeeds}/history?limit=50`);
    expect(body.items.filter(({ type }) => type === 'concordat.agreement.pathway-migrated.v1').map(({ data }) => data)).toMatchObject([{ from: { id: visits, version: 1 }, pathway: { id: visits, version: 2 }, stood: 'needs', stage: 'assets' }]);
  });
});

describe('on the pages', () => {
  test('everybody of the organisation reads what each gate asks of whom, and takes the document', async () => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    for (const path of ['/pathways', '/pathways/standard/2', `/pathways/${id}/2`]) {
      const page = await visitor.get(path);
      expect([path, page.status, faultsOf(page)]).toEqual([path, 200, []]);
    }
    expect(text(await visitor.get(`/pathways/${id}/2`))).toContain('Asked no more (small): On record: sponsor, value and who is affected.');
    // Every figure says beside it who says so, and how far that was verified.
    const route = text(await visitor.get('/routes/psr-most-suitable-provider/2'));
    for (const says of [
      'Not all of this was verified. Ask before you rely on it.',
      'At least 14 days pass between the notice of the intended approach and assessing providers. PSR statutory guidance: most suitable provider To be verified',
      'The notice of the award is published within 30 days. PSR Regulations 2023: award notice Read in the law',
    ]) expect(route).toContain(says);
    expect(text(await visitor.get('/pathways/standard/1'))).toContain('Begin on version 2 since 1 January 2026. What follows this version goes on by it until it is moved');
    expect(text(await visitor.get(`/pathways/${id}/2`))).toContain('Begin on this version');
    expect(text(await visitor.get('/pathways/decommission/1'))).toContain('Notice of at least three months before a service ends Not verified');
    expect((await visitor.get(`/pathways/${id}/2/drawing`)).headers.get('content-type')).toContain('image/svg+xml');
    expect(JSON.parse((await visitor.get('/pathways/standard/2/document')).html)).toEqual(JSON.parse(JSON.stringify(standard)));
    expect((await visitor.get(`/pathways/${id}/9`)).status).toBe(404);
    const refused = await brought(visitor, mine());
    expect([refused.status, faultsOf(refused)]).toEqual([403, []]);
    for (const says of ['You may not do this', 'This can be done by an administrator, about the whole organisation.']) expect(text(refused)).toContain(says);
  });

  test('whatever ships says beside every figure who says so, and how far that was verified', async () => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'auditor');
    const words = { text: 'Read in the law', practice: 'Not verified', check: 'To be verified', own: 'A proposal: change it' };
    const holdsFigure = (value: unknown): boolean => typeof value === 'number' || (value !== null && typeof value === 'object' && Object.values(value).some(holdsFigure));
    const sources = (value: unknown): readonly { readonly cites: string; readonly mark: keyof typeof words }[] => {
      if (value === null || typeof value !== 'object') return [];
      const { source, ...rest } = value as { source?: { cites: string; mark: keyof typeof words } };
      return [...(source !== undefined && holdsFigure(rest) ? [source] : []), ...Object.values(rest).flatMap(sources)];
    };
    const documents = [...pathways.latest().map((one) => [`/pathways/${one.id}/${one.version}`, one] as const), ...routes.latest().map((one) => [`/routes/${one.id}/${one.version}`, one] as const)];
    const marked = new Set<string>();
    for (const [path, document] of documents) {
      const page = text(await visitor.get(path));
      const said = sources(document).map(({ cites, mark }) => `${cites} ${words[mark]}`);
      expect([path, said.filter((one) => !page.includes(one))]).toEqual([path, []]);
      for (const one of said) marked.add(Object.values(words).find((word) => one.endsWith(word))!);
    }
    expect([...marked]).toEqual(expect.arrayContaining(['Read in the law', 'Not verified', 'To be verified']));
  });

  test('a document is looked at first: what is wrong with it, or what it would change; then it is published', async () => {
    for (const [document, says] of [
      ['{"a":', 'This file is not JSON'],
      [{ ...mine({ version: 3 }), id: 'home-care' }, 'begins with the short name of your organisation'],
      [{ ...mine({ version: 3 }), kinds: ['spaceship'] }, 'cannot be published as it stands'],
    ] as const) {
      const page = await brought(keeper, document);
      expect([says, page.status, faultsOf(page)]).toEqual([says, 422, []]);
      expect(text(page)).toContain(says);
    }
    const third = mine({ version: 3 });
    const preview = await brought(keeper, third);
    expect([preview.status, faultsOf(preview)]).toEqual([200, []]);
    expect(text(preview)).toContain('What changes against Home care, version 2');
    const form = { document: JSON.stringify(third), key: newId() };
    for (let sent = 0; sent < 2; sent += 1) expect((await keeper.post('/pathways/publish', form)).headers.get('location')).toBe(`/pathways/${id}/3`);
    expect((await keeper.get(`/pathways/${id}/3`)).status).toBe(200);
  });

  test('live agreements are looked at on it, the picked ones are moved with a result each, and the rest stay', async () => {
    const [one, two, rest] = [await opened('Meals', { id: 'standard' }), await opened('Visits', { id: 'standard' }), await opened('Nights', { id: 'standard' })].map(({ body: { agreement } }) => agreement);
    const at = `/pathways/${id}/3/simulation`;
    const page = await eventually(async () => {
      const found = await keeper.get(at);
      return found.html.includes(`pick-${rest}`) ? found : undefined;
    });
    expect([page.status, faultsOf(page)]).toEqual([200, []]);
    // Of one that keeps to its own process nobody asks where it should stand on this one.
    const ending = (await opened('The end of the day centre', { id: 'decommission' })).body.agreement;
    const listed = await eventually(async () => {
      const found = await keeper.get(at);
      return found.html.includes(`/agreements/${ending}`) ? found : undefined;
    });
    expect(text(listed)).toContain('An agreement goes on by the process that it began');
    expect(listed.html).not.toContain('name="gone.dialogue"');
    expect((await keeper.post(at, { key: newId() })).status).toBe(422);
    // Meanwhile one of the two is cancelled: its own result says so, and the other is moved all the same.
    await commissioner.done(two!, 'cancel', { reason: 'Not needed any more' });
    const body = new URLSearchParams({ key: newId() });
    for (const agreement of [one!, two!]) body.append('picked', agreement);
    const moved = await keeper.send(at, { method: 'POST', body });
    expect(moved.status).toBe(303);
    const told = await eventually(async () => {
      const found = text(await keeper.get(moved.headers.get('location')!));
      return found.includes('2 of 2 items') ? found : undefined;
    });
    expect(told).toContain('1 done, 1 refused');
    expect([await followed(one!), await followed(two!), await followed(rest!)]).toEqual([{ id, version: 3 }, { id: 'standard', version: 2 }, { id: 'standard', version: 2 }]);
    const other = new Visitor(here.origin);
    await other.signIn(here, 'commissioner');
    expect((await other.get(moved.headers.get('location')!)).status).toBe(404);
  }, 30_000);
});
