import { agreementFold, partiesStill, type PartyRole } from '@concordat/agreement/core';
import { folds } from '@concordat/assembly';
import { Journal, verifyChain } from '@concordat/journal';
import type { RecordedEvent } from '@concordat/journal/core';
import { Database, SystemClock } from '@concordat/platform';
import { audienceOf, endsSourcing, joining, rolesThatHear } from '@concordat/webhooks/core';
import type { Asked } from './client.js';
import type { KeptRows } from './kept-rows.js';
import type { Arrival } from './receiver.js';

/** One promise, how often it was put to the test, and every time it was broken. */
export interface Invariant {
  readonly promise: string;
  readonly checked: number;
  readonly broken: readonly string[];
}

/** Both sides of the story: what clients and receiver were told, and what stands in the tables. */
export interface Evidence {
  readonly history: readonly Asked[];
  readonly rows: KeptRows;
  /** The journal's last position in each tenant before the clients began. */
  readonly before: ReadonlyMap<string, number>;
  readonly endpoints: readonly { readonly endpoint: string; readonly provider: string; readonly ordered: boolean; readonly arrivals: readonly Arrival[] }[];
  /** A provider's feed as the API serves it, body by body. */
  readonly feeds: ReadonlyMap<string, readonly string[]>;
}

/** Compares what clients were told with journal, chain, views and receiver. */
export async function compare(evidence: Evidence, appUrl: string): Promise<Invariant[]> {
  return [...commandsAndJournal(evidence), ...operations(evidence), ...(await chainAndViews(evidence, appUrl)), ...told(evidence)];
}

class Check {
  checked = 0;
  readonly broken: string[] = [];

  constructor(readonly promise: string) {}

  hold(is: boolean, otherwise: () => string): void {
    this.checked += 1;
    if (!is) this.broken.push(otherwise());
  }
}

const marksIn = (data: unknown): string[] => [...new Set(JSON.stringify(data).match(/mark [\w.-]+\./g))];

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function commandsAndJournal({ history, rows, before }: Evidence): Invariant[] {
  const lost = new Check('what a client was told is done stands in the journal once, as it was told');
  const twice = new Check('what nobody knows the outcome of was done once or not at all');
  const undone = new Check('what was refused or never arrived was not done');
  const strays = new Check('nothing stands in the journal that nobody asked for');
  const gaps = new Check("positions of every organisation run from 1 without gap, and receipts cover them");

  const byCommand = grouped(rows.events, ({ meta }) => meta.commandId);
  const receipts = grouped(rows.receipts, ({ commandId }) => commandId);
  const marks = new Map<string, number>();
  for (const { data } of rows.events) for (const mark of marksIn(data)) marks.set(mark, (marks.get(mark) ?? 0) + 1);

  const wished = new Set<string>();
  for (const asked of history) {
    for (const { commandId, mark } of asked.wishes) {
      wished.add(commandId);
      const events = byCommand.get(commandId) ?? [];
      const effects = mark === undefined ? undefined : (marks.get(mark) ?? 0);
      const receipt = receipts.get(commandId) ?? [];
      const found = () => `${asked.name} ${commandId}: ${events.length} events, ${receipt.length} receipts, ${effects ?? '?'} effects, told ${JSON.stringify(asked.told)}, answers ${JSON.stringify(asked.answers)}`;
      const whole = receipt.length === (events.length > 0 ? 1 : 0) && (events.length === 0 || receipt[0]!.last - receipt[0]!.first + 1 === events.length);
      const atMostOnce = whole && (effects === undefined || effects === (events.length > 0 ? 1 : 0));
      if (asked.operation !== undefined) twice.hold(atMostOnce, found);
      else if (asked.outcome === 'ok') {
        const tell = (list: readonly { id: string; position: number; version: number }[]) => JSON.stringify(list.map(({ id, position, version }) => [id, position, version]));
        lost.hold(atMostOnce && events.length > 0 && tell(events) === tell(asked.told?.events ?? []), found);
      } else if (asked.outcome === 'unknown') twice.hold(atMostOnce, found);
      else undone.hold(events.length === 0 && receipt.length === 0 && (effects ?? 0) === 0, found);
    }
  }
  for (const { tenant, position, meta, type } of rows.events) {
    if (position > (before.get(tenant) ?? 0)) strays.hold(wished.has(meta.commandId), () => `${tenant} ${position}: ${type} of ${meta.commandId}`);
  }
  for (const [tenant, events] of grouped(rows.events, (event) => event.tenant)) {
    events.forEach(({ position }, at) => gaps.hold(position === at + 1, () => `${tenant}: ${position} stands at ${at + 1}`));
    const covered = rows.receipts.filter((receipt) => receipt.tenant === tenant).reduce((sum, { first, last }) => sum + last - first + 1, 0);
    gaps.hold(covered === events.length, () => `${tenant}: receipts cover ${covered} of ${events.length} events`);
  }
  return [lost, twice, undone, strays, gaps];
}

function operations({ history, rows }: Evidence): Invariant[] {
  const finished = new Check('every operation that was accepted is finished, and its results say what is in the journal');
  const byCommand = grouped(rows.events, ({ meta }) => meta.commandId);
  const lines = grouped(rows.lines, ({ operation }) => operation);
  const kept = new Map(rows.operations.map((operation) => [operation.id, operation]));
  for (const { operation, outcome, wishes, answers } of history) {
    if (operation === undefined) continue;
    const row = kept.get(operation);
    const results = lines.get(operation) ?? [];
    const said = () => `operation ${operation}: ${JSON.stringify(row)}, ${JSON.stringify(results)}, answers ${JSON.stringify(answers)}`;
    if (outcome === 'ok') finished.hold(row !== undefined, said);
    if (outcome === 'refused' || outcome === 'failed') finished.hold(row === undefined, said);
    if (row === undefined) continue;
    finished.hold(row.finished && row.done === row.lines && results.length === row.lines && wishes.length === row.lines, said);
    for (const { commandId, result } of results) {
      const events = (byCommand.get(commandId) ?? []).map(({ id, type }) => ({ id, type }));
      const agrees = result?.outcome === 'recorded' ? events.length > 0 && JSON.stringify(result.events?.map(({ id, type }) => ({ id, type }))) === JSON.stringify(events) : result !== null && events.length === 0;
      finished.hold(agrees, said);
    }
  }
  return [finished];
}

async function chainAndViews({ rows }: Evidence, appUrl: string): Promise<Invariant[]> {
  const chain = new Check('the hash chain of every organisation holds');
  const snapshots = new Check('a process that knows nothing reads every stream as its events say');
  const register = new Check('every row of the register is what its events come to');
  const database = await Database.open({ url: appUrl, applicationName: 'storm' });
  try {
    const { tenants } = await verifyChain(database);
    for (const verdict of tenants) {
      const events = rows.events.filter(({ tenant }) => tenant === verdict.tenant).length;
      chain.hold(verdict.ok && verdict.events === events, () => JSON.stringify(verdict));
    }
    const journal = new Journal(database, new SystemClock(), folds);
    const kept = new Map(rows.register.map((row) => [`${row.tenant} ${row.id}`, row]));
    const agreements = grouped(rows.events.filter(({ stream }) => stream.startsWith('agreement-')), ({ tenant, stream }) => `${tenant} ${stream}`);
    for (const events of agreements.values()) {
      const { tenant, stream } = events[0]!;
      events.forEach(({ version }, at) => snapshots.hold(version === at + 1, () => `${stream}: version ${version} stands at ${at + 1}`));
      const state = events.reduce((folded, event) => agreementFold.evolve(folded, event as never), agreementFold.initial);
      const loaded = (await journal.load(tenant, [stream])).of(agreementFold, stream);
      snapshots.hold(loaded.version === events.length && JSON.stringify(sorted(loaded.state)) === JSON.stringify(sorted(state)), () => `${stream} at version ${loaded.version}`);
      const { version, title, tier, stage, lifecycle, parties } = kept.get(`${tenant} ${state.id}`) ?? {};
      const should = [events.length, state.title, state.tier, state.stage, state.lifecycle, [...partiesStill(state.award)].sort()];
      register.hold(JSON.stringify([version, title, tier, stage, lifecycle, parties?.toSorted()]) === JSON.stringify(should), () => `${stream}: ${JSON.stringify(kept.get(`${tenant} ${state.id}`))} instead of ${JSON.stringify(should)}`);
    }
    register.hold(kept.size === agreements.size, () => `${kept.size} rows for ${agreements.size} agreements`);
  } finally {
    await database.close();
  }
  return [chain, snapshots, register];
}

function told({ rows, endpoints, feeds }: Evidence): Invariant[] {
  const due = new Check('every party is published exactly what it is to hear, in order, numbered without gap');
  const missing = new Check('every published event reached its receiver, and the delivery says so');
  const bytes = new Check('what reached the receiver is what was published, byte for byte');
  const invented = new Check('nothing reached the receiver that was not published');
  const order = new Check('an ordered endpoint is told the events of an agreement in their order');
  const feed = new Check("the feed serves the webhooks' bodies, byte for byte, in order");

  const published = grouped(rows.published, ({ party }) => party);
  const heard = hearings(rows.events);
  for (const { party, agreement, event } of rows.published) {
    due.hold(heard.get(party)?.get(agreement)?.includes(event) === true, () => `${party} was published ${event} of ${agreement}, which is not for it`);
  }
  for (const [party, should] of heard) {
    for (const [agreement, events] of should) {
      const rowsOf = (published.get(party) ?? []).filter((row) => row.agreement === agreement);
      const got = rowsOf.sort((a, b) => a.sequence - b.sequence);
      due.hold(got.length === events.length, () => `${party} was published ${got.length} of ${events.length} events of ${agreement}`);
      got.forEach(({ event, sequence }, at) => due.hold(sequence === at + 1 && event === events[at], () => `${party} ${agreement}: ${event} has number ${sequence} and stands at ${at + 1}`));
    }
  }
  for (const { endpoint, provider, ordered, arrivals } of endpoints) {
    const first = new Map<string, Arrival>();
    for (const arrival of arrivals) if (!first.has(arrival.event)) first.set(arrival.event, arrival);
    const mine = published.get(provider) ?? [];
    const bodies = new Map(mine.map(({ event, body }) => [event, body]));
    const states = new Map(rows.deliveries.filter((delivery) => delivery.endpoint === endpoint).map(({ event, state }) => [event, state]));
    const registered = rows.endpoints.find((one) => one.endpoint === endpoint)?.registered ?? 0;
    for (const { event } of mine.filter(({ position }) => position > registered)) missing.hold(first.has(event) && states.get(event) === 'delivered', () => `${event} for ${provider}: ${states.get(event) ?? 'no delivery'}, ${first.has(event) ? 'arrived' : 'never arrived'}`);
    for (const { event, body } of arrivals) {
      invented.hold(bodies.has(event), () => `${event} for ${provider}`);
      bytes.hold(bodies.get(event) === body, () => `${event} for ${provider}`);
    }
    if (ordered) {
      for (const [agreement, taken] of grouped([...first.values()], (arrival) => arrival.agreement)) {
        taken.forEach(({ sequence }, at) => order.hold(at === 0 || sequence === taken[at - 1]!.sequence + 1, () => `${agreement}: ${sequence} came after ${taken[at - 1]?.sequence}`));
      }
    }
    const served = feeds.get(provider) ?? [];
    feed.hold(served.length === mine.length, () => `the feed of ${provider} has ${served.length} events, published were ${mine.length}`);
    [...mine].sort((a, b) => a.place - b.place).forEach(({ body, place }, at) => feed.hold(served[at] === body, () => `${provider} place ${place}`));
  }
  return [due, missing, bytes, invented, order, feed];
}

/** What each party is to hear of each agreement, by the table of audiences and the journal alone. */
function hearings(events: readonly (RecordedEvent & { readonly tenant: string })[]): Map<string, Map<string, string[]>> {
  const roles = new Map<string, Map<string, Set<PartyRole>>>();
  const heard = new Map<string, Map<string, string[]>>();
  for (const { stream, type, data, id } of events) {
    if (!stream.startsWith('agreement-')) continue;
    const agreement = stream.slice('agreement-'.length);
    const named = typeof data.provider === 'string' ? data.provider : undefined;
    const parties = roles.get(agreement) ?? new Map<string, Set<PartyRole>>();
    roles.set(agreement, parties);
    const role = (joining as Readonly<Record<string, PartyRole | undefined>>)[type];
    // An award in lots names all who get one.
    const joined = named === undefined ? ((data.providers ?? []) as readonly string[]) : [named];
    if (role !== undefined) for (const party of joined) parties.set(party, (parties.get(party) ?? new Set()).add(role));
    const audience = audienceOf(type);
    for (const [party, held] of parties) {
      if (audience.to === 'internal' || !rolesThatHear(type, data).some((one) => held.has(one)) || (audience.only === 'named' && party !== named)) continue;
      const ofParty = heard.get(party) ?? new Map<string, string[]>();
      heard.set(party, ofParty);
      ofParty.set(agreement, [...(ofParty.get(agreement) ?? []), id]);
    }
    if ((endsSourcing as readonly string[]).includes(type)) for (const held of parties.values()) held.delete('invited');
  }
  return heard;
}

// Members come in the order a fold wrote them or in that of jsonb; what they say is the same.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, sorted(member)]));
}
