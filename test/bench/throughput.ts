import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Journal } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { canonical } from '@concordat/platform/core';
import { newCommissioner, openAgreements } from './commissioner.js';
import { figureOf, percentile, shown, tableOf, verdictOn } from './figures.js';
import type { Ground } from './ground.js';
import { direct, directBy, type DirectBy } from './limits/direct.js';
import type { Sample } from './limits/sample.js';
import { answerOf, type Load, type LoadReport } from './load.js';
import { assertRemembered, assertLinked, Void } from './remembered.js';
import type { Standing } from './transition.js';
import { processorMs, type WebProcess } from './web-process.js';

const bars = { first: 0.45, aheadOfAll: 0.7 };

export interface ThroughputOrder {
  readonly rounds: number;
  readonly clients: readonly number[];
  /** Once, before the first round, for either server: what Node compiles on the way is no part of the figure. */
  readonly compileMs: number;
  /** Before every measurement. */
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Adds an open loop at half of what the closed loop came to. */
  readonly openLoop: boolean;
}

interface Measured {
  readonly perSecond: number;
  readonly latencies: readonly number[];
  /** Processor time of the server per command, µs, where it can be told. */
  readonly processorUs: number | undefined;
}

type Subject = 'B1' | 'L3' | 'L1';

/** B1 against its floors L3 and L1, alternately in one run, the order turned each round, a fresh tenant for every measurement. */
export async function throughput(ground: Ground, load: Load, web: WebProcess, order: ThroughputOrder): Promise<string> {
  const by = await directBy();
  const sample = await sampleOf(ground, load, web);
  const bare = await startBare(ground, sample);
  const measured = new Map<string, Measured[]>();
  const subjects: readonly Subject[] = ['B1', 'L3', 'L1'];
  try {
    const most = Math.max(...order.clients);
    // The product has twenty times the code of its floor, and takes as much longer to be compiled.
    const compiling = { B1: order.compileMs, L3: order.compileMs / 4 } as const;
    for (const subject of ['B1', 'L3'] as const) {
      await measure(subject, most, { ground, load, web, bare, by, sample, order: { ...order, warmUpMs: 0, measureMs: compiling[subject] } });
    }
    for (let round = 0; round < order.rounds; round += 1) {
      for (const clients of order.clients) {
        for (let turn = 0; turn < subjects.length; turn += 1) {
          const subject = subjects[(turn + round) % subjects.length]!;
          const one = await measure(subject, clients, { ground, load, web, bare, by, sample, order });
          measured.set(`${subject} ${clients}`, [...(measured.get(`${subject} ${clients}`) ?? []), one]);
          process.stderr.write(`round ${round + 1}/${order.rounds}  ${subject}  ${clients} clients: ${one.perSecond.toFixed(0)}/s\n`);
        }
      }
    }
    const of = (subject: Subject, clients: number) => measured.get(`${subject} ${clients}`)!;
    const open = order.openLoop ? await openLoops(order, { ground, load, web }, (clients) => figureOf(of('B1', clients).map(({ perSecond }) => perSecond)).median) : '';
    return report(order, by, of) + open;
  } finally {
    bare.child.kill();
  }
}

interface Parts {
  readonly ground: Ground;
  readonly load: Load;
  readonly web: WebProcess;
  readonly bare: { readonly child: ChildProcess; readonly port: number };
  readonly by: DirectBy;
  readonly sample: Sample;
  readonly order: ThroughputOrder;
}

async function measure(subject: Subject, clients: number, parts: Parts): Promise<Measured> {
  switch (subject) {
    case 'B1':
      return measureProduct(clients, parts);
    case 'L3':
      return measureBare(clients, parts);
    case 'L1':
      return measureDirect(clients, parts);
  }
}

async function measureProduct(clients: number, { ground, load, web, order }: Pick<Parts, 'ground' | 'load' | 'web'> & { order: Pick<ThroughputOrder, 'warmUpMs' | 'measureMs'> & { perSecond?: number } }): Promise<Measured> {
  const commissioner = await newCommissioner(ground.app);
  const { tenant, key } = commissioner;
  const standings = await openAgreements(web.port, commissioner, clients);
  const after = await ground.position(tenant);
  const begun = await web.processorMs();
  const { warmUpMs, measureMs, perSecond } = order;
  const report = await load.run({ port: web.port, key, standings, warmUpMs, measureMs, ...(perSecond !== undefined && { perSecond }) });
  const ended = await web.processorMs();
  await assertRemembered(ground.reader, ground.database, { tenant, after, acknowledged: report.acknowledged });
  return measuredOf(report, begun, ended);
}

async function measureBare(clients: number, { ground, load, bare, order: { warmUpMs, measureMs } }: Parts): Promise<Measured> {
  const tenant = newId();
  const standings = Array.from({ length: clients }, (): Standing => ({ agreement: randomUUID(), version: 0, turn: 'request-gate' }));
  const begun = await processorMs(bare.child.pid!);
  const report = await load.run({ port: bare.port, key: tenant, standings, warmUpMs, measureMs });
  const ended = await processorMs(bare.child.pid!);
  await assertRemembered(ground.reader, ground.database, { tenant, after: 0, acknowledged: report.acknowledged });
  return measuredOf(report, begun, ended);
}

async function measureDirect(clients: number, { ground, by, sample, order }: Parts): Promise<Measured> {
  const tenant = newId();
  // Connecting counts in pgbench's time.
  const seconds = Math.max(1, Math.round(order.measureMs / 1000)) + (clients > 32 ? 2 : 0);
  const { perSecond, done } = await direct(by, { databaseUrl: ground.environment.databaseUrl, tenant, sample, clients, seconds, folder: ground.folder });
  const receipts = await assertLinked(ground.reader, tenant);
  if (receipts !== done) throw new Void(`L1 claims ${done} transitions and left ${receipts} receipts.`);
  return { perSecond, latencies: [], processorUs: undefined };
}

function measuredOf({ perSecond, latencies, acknowledged }: LoadReport, begun: number | undefined, ended: number | undefined): Measured {
  const processorUs = begun === undefined || ended === undefined ? undefined : ((ended - begun) * 1000) / acknowledged.length;
  return { perSecond, latencies, processorUs };
}

/** What the product writes for the two commands: the floors write the same. */
async function sampleOf(ground: Ground, load: Load, web: WebProcess): Promise<Sample> {
  const commissioner = await newCommissioner(ground.app);
  const [standing] = await openAgreements(web.port, commissioner, 1);
  const after = await ground.position(commissioner.tenant);
  await load.run({ port: web.port, key: commissioner.key, standings: [standing!], warmUpMs: 0, measureMs: 100, perSecond: 20 }); // two commands: there and back
  const events = await ground.app.get(Journal).feed(commissioner.tenant, after, 100);
  const writtenFor = (command: string) => {
    const first = events.find(({ meta }) => meta.command === command)?.meta.commandId;
    return events.filter(({ meta }) => meta.commandId === first).map(({ type, data }) => ({ type, data: canonical(data) }));
  };
  return { 'request-gate': writtenFor('request-gate'), 'return-to-stage': writtenFor('return-to-stage') };
}

async function startBare(ground: Ground, sample: Sample): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(join(import.meta.dirname, 'limits/bare-server.js'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.send({ databaseUrl: ground.environment.databaseUrl, sample });
  const { port } = await answerOf<{ port: number }>(child);
  return { child, port };
}

function report({ clients, rounds }: ThroughputOrder, by: DirectBy, of: (subject: Subject, clients: number) => readonly Measured[]): string {
  const rates = (subject: Subject, count: number) => of(subject, count).map(({ perSecond }) => perSecond);
  const ratios = (subject: Subject, count: number) => rates('B1', count).map((rate, round) => rate / rates(subject, count)[round]!).filter(Number.isFinite);
  const latency = (subject: Subject, count: number) => {
    const all = of(subject, count).flatMap(({ latencies }) => latencies);
    return [0.5, 0.95, 0.99].map((part) => percentile(all, part).toFixed(1)).join(' / ');
  };
  const processor = (subject: Subject, count: number) => {
    const known = of(subject, count).flatMap(({ processorUs }) => processorUs ?? []);
    return known.length === 0 ? '–' : figureOf(known).median.toFixed(0);
  };
  const head = ['clients', 'B1 /s', 'L3 /s', `L1 /s`, 'B1 ÷ L3', 'B1 ÷ L1', 'verdict'];
  const rows = clients.map((count) => [
    `${count}`,
    ...(['B1', 'L3', 'L1'] as const).map((subject) => shown(figureOf(rates(subject, count)))),
    shown(figureOf(ratios('L3', count)), 2),
    ratios('L1', count).length > 0 ? shown(figureOf(ratios('L1', count)), 2) : '–',
    verdictOn(ratios('L3', count), rates('L3', count), bars),
  ]);
  const times = clients.map((count) => [`${count}`, latency('B1', count), latency('L3', count), processor('B1', count), processor('L3', count)]);
  return (
    `B1   command throughput, closed loop, ${rounds} rounds, median [range]; L1 by ${by}; first bar ${bars.first}, ahead of all ${bars.aheadOfAll}\n` +
    tableOf([head, ...rows]) +
    `B1   latency p50 / p95 / p99 in ms, and processor time of the server per command in µs\n` +
    tableOf([['clients', 'B1', 'L3', 'B1 µs', 'L3 µs'], ...times])
  );
}

async function openLoops({ clients, measureMs }: ThroughputOrder, parts: Pick<Parts, 'ground' | 'load' | 'web'>, capacity: (clients: number) => number): Promise<string> {
  const rows = [['clients', 'asked /s', 'done /s', 'p50 / p95 / p99 ms']];
  for (const count of clients) {
    const perSecond = capacity(count) / 2;
    const one = await measureProduct(count, { ...parts, order: { warmUpMs: 0, measureMs, perSecond } });
    const latency = [0.5, 0.95, 0.99].map((part) => percentile(one.latencies, part).toFixed(1)).join(' / ');
    rows.push([`${count}`, perSecond.toFixed(0), one.perSecond.toFixed(0), latency]);
  }
  return `B1   open loop at half load, latency from the moment a command fell due\n${tableOf(rows)}`;
}
