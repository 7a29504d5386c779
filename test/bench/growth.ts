import { randomUUID } from 'node:crypto';
import { personFold, personStream } from '@concordat/access/core';
import { Agreements, contextOf, documentsFor } from '@concordat/agreement';
import { type Agreement, type AgreementCommandBody, type AgreementEvent, agreementFold, agreementStream, decide, everythingSaid, initialArrival, type States } from '@concordat/agreement/core';
import { Journal } from '@concordat/journal';
import { type Commissioner, newCommissioner, openAgreements, post } from './commissioner.js';
import { append, type Copy } from './copies.js';
import { figureOf, percentile, said, shown, tableOf } from './figures.js';
import type { Ground } from './ground.js';
import type { Load } from './load.js';
import { assertRemembered, Void } from './remembered.js';
import { type Acknowledged, moveOn, type Standing } from './transition.js';
import type { WebProcess } from './web-process.js';

const bars = { growth: 1.1, decideUs: 200 };
const today = () => new Date().toISOString().slice(0, 10);

export interface GrowthOrder {
  readonly rounds: number;
  readonly measureMs: number;
  /** How many of each there are where there are many. */
  readonly many: { readonly events: number; readonly contributions: number; readonly risks: number };
}

/** B9 in part: what a command costs on an agreement with a long history or many contributions, against one with few; and what deciding alone costs. */
export async function growth(ground: Ground, load: Load, web: WebProcess, { rounds, measureMs, many }: GrowthOrder): Promise<string> {
  const commissioner = await newCommissioner(ground.app);
  const { tenant, key } = commissioner;
  const [few, long, quiet, loud] = (await openAgreements(web.port, commissioner, 4)) as [Standing, Standing, Standing, Standing];
  await lengthen(ground, web.port, commissioner, long, many.events);
  await hear(ground, web.port, commissioner, quiet, 10);
  await hear(ground, web.port, commissioner, loud, many.contributions);
  const after = await ground.position(tenant);

  const subjects = [few, long, quiet, loud];
  const costs: number[][] = subjects.map(() => []);
  const latencies: number[][] = subjects.map(() => []);
  const acknowledged: Acknowledged[] = [];
  for (let round = -1; round < rounds; round += 1) {
    for (let turn = 0; turn < subjects.length; turn += 1) {
      const at = (turn + round + subjects.length) % subjects.length;
      const standing = subjects[at]!;
      const begun = await web.processorMs();
      const report = await load.run({ port: web.port, key, standings: [standing], warmUpMs: 100, measureMs });
      const ended = await web.processorMs();
      for (const one of report.acknowledged) moveOn(standing, one);
      acknowledged.push(...report.acknowledged);
      // The first round brings every agreement into the process, and is not counted.
      if (round < 0) continue;
      latencies[at]!.push(percentile(report.latencies, 0.5));
      if (begun !== undefined && ended !== undefined) costs[at]!.push(((ended - begun) * 1_000) / report.acknowledged.length);
    }
  }
  await assertRemembered(ground.reader, ground.database, { tenant, after, acknowledged });
  const compared = (what: string, one: number, other: number) => {
    // Where nobody tells processor time, a command sent alone takes as long as it costs.
    const [base, grown] = (costs[one]!.length > 0 ? [costs[one]!, costs[other]!] : [latencies[one]!, latencies[other]!]) as [number[], number[]];
    const ratio = figureOf(grown.map((cost, round) => cost / base[round]!));
    return [what, shown(figureOf(base)), shown(figureOf(grown)), ...[one, other].map((at) => figureOf(latencies[at]!).median.toFixed(2)), shown(ratio, 2), `bar ≤ ${bars.growth}: ${said(ratio.median <= bars.growth)}`];
  };
  return (
    'B9   what a command costs the web process as its agreement grows, in µs of processor, and its p50 in ms, sent alone\n' +
    tableOf([
      ['', 'few: µs', 'many: µs', 'few: ms', 'many: ms', 'ratio', ''],
      compared(`${many.events} events more, or none`, 0, 1),
      compared(`${many.contributions} contributions, or 10`, 2, 3),
    ]) +
    (await deciding(ground, web.port, commissioner, many))
  );
}

/** Adds passages through the first gate and back until the agreement has so many events. */
async function lengthen({ app, database }: Ground, port: number, { tenant, key }: Commissioner, standing: Standing, events: number): Promise<void> {
  const commands = `/api/v1/agreements/${standing.agreement}/commands`;
  await post(port, key, `${commands}/request-gate`, { stage: 'mandate' });
  const { version } = await post(port, key, `${commands}/return-to-stage`, { stage: 'mandate', reason: 'Once more.' });
  const passage = (await app.get(Journal).history(tenant, agreementStream(standing.agreement), { after: standing.version, limit: 10 })).map(({ type, data, meta }) => ({ type, data, meta }));
  standing.version = version;
  const copies: Copy[] = [];
  while (standing.version < events) {
    copies.push({ stream: agreementStream(standing.agreement), version: standing.version, events: passage, meta: passage[0]!.meta });
    standing.version += passage.length;
  }
  await append(database, tenant, copies);
}

/** People say something, so many times: once by the command, and then as it was recorded. */
async function hear({ app, database }: Ground, port: number, { tenant, key }: Commissioner, standing: { agreement: string; version: number }, times: number, stage = 'mandate'): Promise<void> {
  const commands = `/api/v1/agreements/${standing.agreement}/commands`;
  const activity = randomUUID();
  await post(port, key, `${commands}/plan-activity`, { activity, stage, title: 'Kitchen table', groups: ['diners'], right: 'advise', ledBy: 'together', closesOn: today() });
  const { version } = await post(port, key, `${commands}/record-contribution`, { contribution: randomUUID(), activity, author: randomUUID(), text: 'Lunch at one.', givenOn: today() });
  const [heard] = await app.get(Journal).history(tenant, agreementStream(standing.agreement), { after: version - 1, limit: 1 });
  const copies = Array.from({ length: times - 1 }, (_, at): Copy => ({
    stream: agreementStream(standing.agreement),
    version: version + at,
    events: [{ type: heard!.type, data: { ...heard!.data, contribution: randomUUID(), author: randomUUID() } }],
    meta: heard!.meta,
  }));
  await append(database, tenant, copies);
  standing.version = version + copies.length;
}

/** The core alone, on an agreement of the largest pathway with so many risks and contributions: each of its checklists, commands that add to it, and those that answer. */
async function deciding(ground: Ground, port: number, commissioner: Commissioner, { contributions, risks }: GrowthOrder['many']): Promise<string> {
  const { app, database } = ground;
  const { tenant, key, person } = commissioner;
  const beginning = { title: 'Home care', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '120000.00', currency: 'GBP' } };
  const standing = await post(port, key, '/api/v1/agreements', beginning);
  const stream = agreementStream(standing.agreement);
  await hear(ground, port, commissioner, standing, contributions, 'design');
  const commands = `/api/v1/agreements/${standing.agreement}/commands`;
  const score = { likelihood: 3, impact: 4 };
  const raised = { title: 'Alone at night', domain: 'service', bearers: ['service-users'], owner: person, scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } };
  const { version } = await post(port, key, `${commands}/raise-risk`, { risk: randomUUID(), ...raised });
  const [risk] = await app.get(Journal).history(tenant, stream, { after: version - 1, limit: 1 });
  const copies = Array.from({ length: risks - 1 }, (_, at): Copy => ({ stream, version: version + at, events: [{ type: risk!.type, data: { ...risk!.data, risk: randomUUID() } }], meta: risk!.meta }));
  const entered = { type: 'concordat.agreement.stage-entered.v1', data: { stage: 'design', from: 'mandate' } };
  await append(database, tenant, [...copies, { stream, version: version + copies.length, events: [entered], meta: risk!.meta }]);

  const { agreement, ...own } = (await app.get(Agreements).find(tenant, standing.agreement))!;
  const persons = { [person]: (await app.get(Journal).load(tenant, [personStream(person)])).of(personFold, personStream(person)).state };
  const documents = documentsFor(tenant, agreement);
  if ('refusals' in documents) throw new Error('The bench asks for a pathway that is not published.');
  const states: States = { agreement, arrival: initialArrival, others: {}, participants: {}, persons, providers: {} };
  const context = contextOf(tenant, documents, own, { kind: 'person', person, grants: [], scopes: 'all' }, new Date());
  const activity = agreement.involvement.activities[0]!.id;
  const decided = (standing: Agreement, name: string, body: object) => decide({ ...states, agreement: standing }, { name, agreement: agreement.id, ...body } as unknown as AgreementCommandBody, context);
  const folded = (standing: Agreement, events: readonly AgreementEvent[]) =>
    events.reduce((one, event) => (event.stream === stream ? agreementFold.evolve(one, { ...event, recordedAt: context.at, version, meta: risk!.meta } as Parameters<typeof agreementFold.evolve>[1]) : one), standing);
  const after = (standing: Agreement, name: string, body: object): Agreement => {
    const decision = decided(standing, name, body);
    if ('refused' in decision) throw new Void(`${name} was refused: ${JSON.stringify(decision)}`);
    return folded(standing, decision.accepted);
  };
  const word = () => ({ contribution: randomUUID(), activity, author: randomUUID(), text: { subject: randomUUID(), sealed: '' }, givenOn: today() });
  // Something was said before each decision: what is remembered of how the agreement stood is not all of how it stands.
  const measured = (name: string, body: (standing: Agreement) => object, refused: boolean, standing: Agreement) => {
    const prepare = () => after(standing, 'record-contribution', word());
    const work = (one: Agreement) => decided(one, name, body(one));
    const decision = work(prepare());
    if ('refused' in decision !== refused) throw new Void(`${name} was decided otherwise than the bench means: ${JSON.stringify(decision)}`);
    return { name, us: processorUs(prepare, work) };
  };
  const added = {
    'record-contribution': word(),
    'raise-risk': { risk: randomUUID(), levels: { inherent: null, current: null, target: null }, ...raised },
    'create-theme': { theme: randomUUID(), title: 'When lunch is' },
  };
  // Late in its life: what was said stands in themes, of which all but the last have an answer, and everybody had word; one asks for an answer of their own.
  const response = { outcome: 'not-adopted', reasons: 'The kitchen closes at one.' };
  const heard = everythingSaid(agreement);
  const themes = Array.from({ length: 20 }, (_, nth) => ({ theme: randomUUID(), contributions: heard.filter((__, at) => at % 20 === nth).map(({ id }) => id) }));
  const [waiting, alone] = [themes.at(-1)!.theme, { contribution: heard[0]!.id, author: heard[0]!.author }];
  const inThemes = themes.reduce((one, { theme, contributions }) => after(after(one, 'create-theme', { theme, title: 'When lunch is' }), 'put-in-theme', { theme, contributions }), agreement);
  const answered = themes.slice(0, -1).reduce((one, { theme }) => after(one, 'answer-theme', { theme, response }), inThemes);
  const told = ['record-feedback', 'tell-what-came-of-it'].reduce((one, name) => after(one, name, { participants: heard.filter((_, at) => at % 20 < 19).map(({ author }) => author), outcome: 'delivered' }), answered);
  const late = after(told, 'ask-for-own-answer', alone);
  const answers = {
    'answer-theme': () => ({ theme: waiting, response }),
    'put-in-theme': (one: Agreement) => ({ theme: themes[0]!.theme, contributions: [everythingSaid(one).at(-1)!.id] }),
    'answer-contribution': () => ({ ...alone, response: { ...response, reasons: word().text } }),
  };
  // Before each gate: as it stands while nothing of what people said is answered, so that each names all it can miss, and late.
  const gates = Object.entries({ early: agreement, late }).flatMap(([when, standing]) =>
    documents.pathway.stages.map(({ id: stage }) => ({
      ...measured('request-gate', () => ({ stage }), true, { ...standing, stage, stages: { ...standing.stages, [stage]: standing.stages['design']! } }),
      name: `request-gate (${stage}, ${when}: the dearest)`,
    })),
  );
  const costs = [
    gates.reduce((one, other) => (one.us > other.us ? one : other)),
    ...Object.entries(added).map(([name, body]) => measured(name, () => body, false, agreement)),
    ...Object.entries(answers).map(([name, body]) => measured(name, body, false, late)),
  ];
  const held = costs.every(({ us }) => us <= bars.decideUs);
  return (
    `B9   deciding alone, µs of processor at ${risks} risks and ${contributions} contributions: ` +
    `${costs.map(({ name, us }) => `${name} ${us.toFixed(0)}`).join(', ')}; bar ${bars.decideUs}: ${said(held)}\n`
  );
}

/** Processor time of this process for one call on what is prepared for it, which is not counted, µs, once it is compiled. */
function processorUs<T>(prepare: () => T, work: (prepared: T) => unknown): number {
  const [batches, size] = [20, 50];
  let us = 0;
  for (let batch = -batches; batch < batches; batch += 1) {
    const prepared = Array.from({ length: size }, prepare);
    const before = process.cpuUsage();
    for (const one of prepared) work(one);
    const { user, system } = process.cpuUsage(before);
    if (batch >= 0) us += user + system;
  }
  return us / (batches * size);
}
