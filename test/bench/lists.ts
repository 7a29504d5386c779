import { randomUUID } from 'node:crypto';
import { Principals, Sessions } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Consumers, Journal } from '@concordat/journal';
import { pathways } from '@concordat/pathway';
import { londonDay } from '@concordat/platform';
import { AgreementList, WorkList } from '@concordat/register';
import { type Commissioner, newCommissioner, openAgreements, post } from './commissioner.js';
import { append } from './copies.js';
import { percentile, said, tableOf } from './figures.js';
import type { Ground } from './ground.js';
import { Void } from './remembered.js';
import type { WebProcess } from './web-process.js';

const bars = { databaseP50: 5, pageP95: 20 };
/** One agreement in so many waits for nothing but its commissioner to open the gate. */
const oneReadyIn = 20;

export interface ListsOrder {
  /** Agreements of an organisation; the bars are for the last. */
  readonly sizes: readonly number[];
  readonly times: number;
}

/** B6: lists at the database, by number of agreements; B14: pages, in server time, at the most of them. */
export async function lists(ground: Ground, web: WebProcess, { sizes, times }: ListsOrder): Promise<string> {
  const asked = [['agreements', 'work list', 'table', 'table of a stage', 'board', 'history', '']];
  let pages = '';
  for (const size of sizes) {
    const commissioner = await newCommissioner(ground.app);
    const agreement = await filled(ground, web.port, commissioner, size);
    const measured = await atTheDatabase(ground, commissioner, agreement, times);
    const last = size === sizes.at(-1);
    const held = measured.every((all) => percentile(all, 0.5) <= bars.databaseP50);
    asked.push([`${size}`, ...measured.map(halfAndMost), last ? `bar p50 ≤ ${bars.databaseP50}: ${said(held)}` : '']);
    if (last) pages = await rendered(ground, web, commissioner, agreement, { size, times });
  }
  return `B6   lists at the database, from the question to its rows, p50 / p95 in ms\n${tableOf(asked)}${pages}`;
}

const halfAndMost = (all: readonly number[]) => [0.5, 0.95].map((part) => percentile(all, part).toFixed(1)).join(' / ');

async function atTheDatabase({ app }: Ground, { tenant, key }: Commissioner, agreement: string, times: number): Promise<number[][]> {
  const [list, work, agreements] = [app.get(AgreementList), app.get(WorkList), app.get(Agreements)];
  const principal = await app.get(Principals).authenticate(key);
  if (principal === undefined) throw new Error('The key of the measurement opens nothing.');
  const today = londonDay(new Date());
  const questions: readonly (() => Promise<number>)[] = [
    async () => (await work.listed(tenant, principal, today, { limit: 50 })).waiting.length,
    async () => (await list.page(tenant, 'all', {}, { limit: 50 })).rows.length,
    async () => (await list.page(tenant, 'all', { stage: 'mandate' }, { limit: 50 })).rows.length,
    async () => (await list.board(tenant, 'all', {}, { each: 8 })).length,
    async () => (await agreements.history(tenant, agreement, 0, 50)).length,
  ];
  const measured: number[][] = questions.map(() => []);
  for (let time = -5; time < times; time += 1) {
    for (const [at, ask] of questions.entries()) {
      const begin = performance.now();
      if ((await ask()) === 0) throw new Void(`Question ${at + 1} of B6 was answered with nothing.`);
      if (time >= 0) measured[at]!.push(performance.now() - begin);
    }
  }
  return measured;
}

async function rendered({ app }: Ground, web: WebProcess, { tenant, person }: Commissioner, agreement: string, { size, times }: { size: number; times: number }): Promise<string> {
  const session = await app.get(Sessions).start(tenant, person);
  const paths = { 'my work': '/', table: '/agreements?view=table', board: '/agreements?view=board', agreement: `/agreements/${agreement}` };
  const rows = Object.entries(paths).map(([name, path]) => ({ name, path, measured: [] as number[] }));
  for (let time = -5; time < times; time += 1) {
    for (const { path, measured } of rows) {
      const { html, serverMs } = await web.page(path, `concordat=${session!.secret}`);
      if (!html.includes('Lunch club')) throw new Void(`The page ${path} shows no agreement.`);
      if (time >= 0) measured.push(serverMs);
    }
  }
  const held = rows.every(({ measured }) => percentile(measured, 0.95) <= bars.pageP95);
  return (
    `B14  pages with ${size} agreements, server time, p50 / p95 in ms; bar p95 ≤ ${bars.pageP95}: ${said(held)}\n` +
    tableOf([rows.map(({ name }) => name), rows.map(({ measured }) => halfAndMost(measured))])
  );
}

/**
 * Fills an organisation with agreements: two models are made by commands, one whose gate can open and one that lacks all facts, and
 * the rest are copies of their events, appended by the journal's own function, and of their rows in the views.
 * @returns the id of the one whose gate can open.
 */
async function filled({ app, reader, database }: Ground, port: number, commissioner: Commissioner, size: number): Promise<string> {
  const { tenant, key } = commissioner;
  const [opened] = await openAgreements(port, commissioner, 1);
  const ready = opened!.agreement;
  const { agreement: waiting } = await post(port, key, '/api/v1/agreements', { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
  for (const name of ['register.agreements', 'register.work']) await app.get(Consumers).catchUp(name, tenant);

  const events = new Map(await Promise.all([ready, waiting].map(async (id) => [id, await app.get(Journal).history(tenant, `agreement-${id}`, { limit: 100 })] as const)));
  // On every column of the board, and as many on each.
  const stages = pathways.find('grant')!.stages.map(({ id }) => id);
  const copies = Array.from({ length: size - 2 }, (_, at) => ({ id: randomUUID() as string, model: at % oneReadyIn === 0 ? ready : waiting }));
  await append(database, tenant, copies.map(({ id, model }) => ({ stream: `agreement-${id}`, version: 0, events: events.get(model)!, meta: events.get(model)![0]!.meta })));
  for (const [view, agreement] of [['register.agreement', 'id'], ['register.work', 'agreement']] as const) {
    await reader.query(
      `INSERT INTO ${view} SELECT (jsonb_populate_record(model, jsonb_build_object('${agreement}', copy.id) ||
         CASE WHEN to_jsonb(model) ? 'opened_at' THEN jsonb_build_object('title', to_jsonb(model)->>'title' || ' ' || copy.n, 'opened_at', now() - copy.n * interval '5 minutes', 'stage', ($4::text[])[(1 + copy.n % cardinality($4::text[]))::int])
         ELSE jsonb_build_object('since', now() - copy.n * interval '5 minutes') END)).*
       FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS copy(id, made_of, n) JOIN ${view} model ON model.tenant = $1 AND model.${agreement} = copy.made_of`,
      [tenant, copies.map(({ id }) => id), copies.map(({ model }) => model), stages],
    );
  }
  // What the filling leaves to be tidied up would be done beside the first measurements.
  await reader.query('VACUUM (ANALYZE)');
  await reader.query('CHECKPOINT');
  return ready;
}
