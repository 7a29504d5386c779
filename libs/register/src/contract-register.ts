import { createHash } from 'node:crypto';
import { OwnCalendars, pathways } from '@concordat/pathway';
import { type HolidayCalendar, type Tier, tierFor } from '@concordat/pathway/core';
import { canonical, type CivilDate, daysBetween, type Json } from '@concordat/platform/core';
import { Clock, concordatNamespace, Database, londonDay, Problem, type Tx, uuidv5 } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Contract, ContractChange, ContractFields, ContractFilter, ContractGroup, ContractMark, ContractView, ExportedContract, KeptRow, RawRow, RegisterRow, UnusableRow } from './contract.js';
import * as store from './contract.store.js';
import { planRenewal, type RenewalPlan, type RenewalSettings, renewalState } from './core/index.js';
import { readRenewalSettings, shippedRenewalSettings } from './renewal-settings.js';

/** What one register brings. */
export interface RegisterBatch {
  /** Who brings it: a person's id, or `system:<name>`. */
  readonly by: string;
  readonly file: string;
  readonly contracts: readonly RegisterRow[];
  readonly kept: readonly UnusableRow[];
  /** The mapping to remember for registers with the same headings. */
  readonly mapping: { readonly shape: string; readonly mapping: Json };
}

/** What became of it. `settled`: rows kept by an earlier import that are contracts now. */
export interface RegisterImported {
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows kept by this import, and those that an import kept already. */
  readonly kept: number;
  readonly keptBefore: number;
  readonly settled: number;
}

/** A contract with its plan, history and the row it came from. */
export interface ContractFound {
  readonly contract: Contract;
  /** null without an end date. */
  readonly plan: RenewalPlan | null;
  readonly history: readonly ContractChange[];
  readonly raw: RawRow;
}

/** The most contracts an export holds. */
export const mostExported = 50_000;

/**
 * The contract register and its renewals pipeline. Contracts known from a register alone are rows, not agreements, until
 * they are taken over; the rows of a register that cannot be used are kept beside them.
 */
@Injectable()
export class ContractRegister {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly calendars: OwnCalendars,
  ) {}

  /**
   * Brings registers in, one after the other: all of them, or nothing if anything fails. The same content changes nothing;
   * other content updates the contract and adds to its history.
   * @param alongside is done in the same transaction, first.
   * @returns what became of each, in their order.
   * @throws RangeError when two rows of one register name one contract: whoever read the file tells duplicates apart.
   */
  async importRows(tenant: string, batches: readonly RegisterBatch[], alongside: (tx: Tx) => Promise<void> = async () => undefined): Promise<readonly RegisterImported[]> {
    const at = this.clock.now();
    return this.planned(tenant, async (tx, basis) => {
      await alongside(tx);
      await store.lockRegister(tx, tenant);
      const done: RegisterImported[] = [];
      for (const batch of batches) done.push(await this.importBatch(tx, tenant, batch, basis, at));
      return done;
    });
  }

  private async importBatch(tx: Tx, tenant: string, batch: RegisterBatch, basis: PlanBasis, at: Date): Promise<RegisterImported> {
    const { ids, ...written } = await this.writeRows(tx, tenant, await this.toldApart(tx, tenant, batch.contracts), basis, { at, who: batch.by, file: batch.file });
    const kept = keptWithIds(tenant, batch.kept);
    const keptIds: string[] = [];
    for (const part of inParts(kept)) keptIds.push(...(await store.writeKeptRows(tx, tenant, part, at)));
    const settled = await store.settleKeptRows(tx, tenant, ids, kept.map(({ id }) => id), at, batch.by);
    await store.writeMapping(tx, tenant, batch.mapping.shape, batch.mapping.mapping, at);
    return { ...written, kept: keptIds.length, keptBefore: kept.length - keptIds.length, settled };
  }

  /**
   * Makes a kept row the contract a person says it is, and settles it. The row itself stays as it was read.
   * @param mended.key names the contract, as `importRows` is told; a contract of that name is changed.
   * @returns the contract's id, or undefined where no such row is open.
   */
  async mendKeptRow(tenant: string, mended: { readonly id: string; readonly key: string; readonly fields: ContractFields; readonly by: string }): Promise<string | undefined> {
    const at = this.clock.now();
    return this.planned(tenant, async (tx, basis) => {
      await store.lockRegister(tx, tenant);
      const row = await store.readKeptRow(tx, tenant, mended.id);
      if (row === undefined) return undefined;
      const contract: RegisterRow = { key: mended.key, byReference: null, fields: mended.fields, problems: [], source: row.source, raw: row.raw };
      const { ids } = await this.writeRows(tx, tenant, [contract], basis, { at, who: mended.by, file: row.source.file });
      await store.settleKeptRow(tx, tenant, mended.id, at, mended.by);
      return ids[0];
    });
  }

  /**
   * Rows whose reference names a contract that the register has: that one keeps its key, whatever else a register has under its reference, and
   * what has another title and another provider is another contract. Two registers may both count from 1.
   */
  private async toldApart(tx: Tx, tenant: string, contracts: readonly RegisterRow[]): Promise<readonly RegisterRow[]> {
    const named = contracts.flatMap(({ byReference }) => (byReference === null ? [] : [contractId(tenant, byReference.plain)]));
    const known = new Map((await store.readContractsById(tx, tenant, [...new Set(named)])).map((contract) => [contract.id, contract]));
    const there = ({ byReference }: RegisterRow) => (byReference === null ? undefined : known.get(contractId(tenant, byReference.plain)));
    const its = (row: RegisterRow, ...names: readonly ('title' | 'provider')[]) => names.every((name) => sameName(there(row)?.[name] ?? null, row.fields[name]));
    const kept = new Set(contracts.flatMap((row) => (there(row) !== undefined && its(row, 'title', 'provider') ? [row.byReference!.plain] : [])));
    return contracts.map((row) => {
      const before = there(row);
      if (before === undefined || row.byReference === null) return row;
      const { plain, apart } = row.byReference;
      if (its(row, 'title', 'provider')) return { ...row, key: plain };
      if (!kept.has(plain) && (row.key === apart || its(row, 'title') || its(row, 'provider'))) return row;
      const says = `The register has another contract under this reference: “${before.title}”${before.provider === null ? '' : `, ${before.provider}`}. This row was taken as a contract of its own.`;
      return { ...row, key: apart, problems: row.key === apart ? row.problems : [...row.problems, { code: 'reference.repeated', column: null, says }] };
    });
  }

  // The caller holds the register's lock.
  private async writeRows(tx: Tx, tenant: string, contracts: readonly RegisterRow[], basis: PlanBasis, by: { readonly at: Date; readonly who: string; readonly file: string }) {
    const rows = contracts.map((row) => ({ ...row, id: contractId(tenant, row.key) }));
    const ids = rows.map(({ id }) => id);
    if (new Set(ids).size < ids.length) throw new RangeError('Two rows of one import name the same contract.');
    const known = new Map((await store.readContractsById(tx, tenant, ids)).map((contract) => [contract.id, contract]));
    const differing = rows.flatMap((row) => {
      const before = known.get(row.id);
      const was = before && contentOf(before, before.raw);
      const isNow = contentOf(row.fields, row.raw);
      return was !== undefined && canonical(was) === canonical(isNow) ? [] : [{ row, before, was, isNow }];
    });
    const planOf = planner(basis);
    const toWrite = differing.map(({ row: { id, fields, problems, source, raw }, before }) => ({
      ...fields, id, problems, source, raw, revision: (before?.revision ?? 0) + 1, ...storedOf(planOf(fields)),
    }));
    for (const part of inParts(toWrite)) await store.writeContracts(tx, tenant, part, by.at);
    const changes = differing.map(({ row, was, isNow }, index) => ({ contract: row.id, revision: toWrite[index]!.revision, ...difference(was, isNow) }));
    for (const part of inParts(changes)) await store.writeChanges(tx, tenant, part, by);
    const imported = differing.filter(({ before }) => before === undefined).length;
    return { ids, imported, updated: differing.length - imported, unchanged: rows.length - differing.length };
  }

  /** One page by latest safe start, the most urgent first, those without an end date last. */
  async page(
    tenant: string,
    filter: ContractFilter,
    paging: { readonly limit: number; readonly after?: ContractMark },
  ): Promise<{ rows: Contract[]; next?: ContractMark }> {
    const today = this.today();
    const rows = await this.planned(tenant, (tx) => store.readContracts(tx, tenant, filter, today, paging.limit + 1, paging.after));
    const page = rows.slice(0, paging.limit).map((row) => asOf(row, today));
    const last = page.at(-1);
    if (rows.length <= paging.limit || last === undefined) return { rows: page };
    return { rows: page, next: { startsBy: last.latestSafeStart ?? '9999-12-31', id: last.id } };
  }

  /**
   * All that match, for an export, in the order of `page`, with what their plans clash with.
   * @throws Problem 422 `contracts.too-many` beyond 50,000.
   */
  async all(tenant: string, filter: ContractFilter): Promise<ExportedContract[]> {
    const { rows, next } = await this.page(tenant, filter, { limit: mostExported });
    if (next === undefined) {
      return this.planned(tenant, async (_, basis) => {
        const planOf = planner(basis);
        return rows.map((row) => ({ ...row, clashes: planOf(row)?.clashes.map(({ says }) => says) ?? [] }));
      });
    }
    throw new Problem({
      status: 422,
      code: 'contracts.too-many',
      title: 'Too many contracts for one file',
      detail: `More than ${mostExported} contracts match. Narrow it by view, lead or provider.`,
    });
  }

  /** What each lead or provider has, the most urgent first. */
  groups(tenant: string, by: 'lead' | 'provider'): Promise<ContractGroup[]> {
    return this.planned(tenant, (tx) => store.readGroups(tx, tenant, by, this.today()));
  }

  /** How many contracts stand in each view today. */
  async counts(tenant: string): Promise<Readonly<Record<ContractView, number>>> {
    return (await this.planned(tenant, (tx) => store.countViews(tx, tenant, this.today()))) as Record<ContractView, number>;
  }

  /** One contract, or undefined. */
  find(tenant: string, id: string): Promise<ContractFound | undefined> {
    return this.planned(tenant, async (tx, basis) => {
      const [found] = await store.readContractsById(tx, tenant, [id]);
      if (found === undefined) return undefined;
      const { raw, ...stored } = found;
      const contract = asOf(stored, this.today());
      return { contract, plan: planner(basis)(contract), raw, history: await store.readChanges(tx, tenant, id) };
    });
  }

  /** Rows that could not be used and that nobody settled, first kept first. */
  keptRows(tenant: string, paging: { readonly limit: number; readonly after?: { readonly keptAt: string; readonly id: string } }): Promise<KeptRow[]> {
    return this.database.inTenant(tenant, (tx) => store.readKeptRows(tx, tenant, paging.limit, paging.after));
  }

  /** One row that could not be used, or undefined where no such row is open. */
  keptRow(tenant: string, id: string): Promise<KeptRow | undefined> {
    return this.database.inTenant(tenant, (tx) => store.readKeptRow(tx, tenant, id));
  }

  /** How many rows wait to be mended or settled. */
  keptCount(tenant: string): Promise<number> {
    return this.database.inTenant(tenant, (tx) => store.countKeptRows(tx, tenant));
  }

  /** A person says that a kept row needs nothing more. False when there is no such open row. */
  settleKeptRow(tenant: string, id: string, by: string): Promise<boolean> {
    return this.database.inTenant(tenant, (tx) => store.settleKeptRow(tx, tenant, id, this.clock.now(), by));
  }

  /** Notes the agreement that a contract was taken over as. False when there is no such contract. */
  takenOver(tenant: string, id: string, agreement: string): Promise<boolean> {
    return this.database.inTenant(tenant, (tx) => store.writeAgreement(tx, tenant, id, agreement));
  }

  /** The mapping remembered last for any of these sets of headings, as it was given; undefined when there is none. */
  rememberedMapping(tenant: string, shapes: readonly string[]): Promise<{ readonly shape: string; readonly mapping: unknown } | undefined> {
    return this.database.inTenant(tenant, (tx) => store.readMapping(tx, tenant, shapes));
  }

  /** All remembered mappings, the last remembered first. */
  rememberedMappings(tenant: string): Promise<readonly unknown[]> {
    return this.database.inTenant(tenant, (tx) => store.readMappings(tx, tenant));
  }

  /** The organisation's settings of the pipeline; those that ship until it has its own. */
  async settings(tenant: string): Promise<RenewalSettings> {
    return settingsOf((await this.database.inTenant(tenant, (tx) => store.readSettings(tx, tenant))).document);
  }

  /**
   * Gives the organisation settings of its own; every plan follows at once.
   * @throws Problem 400 `renewal-settings.invalid`.
   */
  async changeSettings(tenant: string, document: unknown, by: string): Promise<void> {
    const settings = readRenewalSettings(document);
    await this.database.inTenant(tenant, (tx) => store.writeSettings(tx, tenant, settings as unknown as Json, this.clock.now(), by));
    await this.planned(tenant, async () => undefined);
  }

  // Plans are kept in the table so that lists can be paged by them. Other settings, or a release that knows other bank
  // holidays or figures, are another basis: whoever comes first then makes all plans of the organisation anew.
  private async planned<T>(tenant: string, work: (tx: Tx, basis: PlanBasis) => Promise<T>): Promise<T> {
    const holidays = await this.calendars.of(tenant);
    return this.database.inTenant(tenant, async (tx) => {
      let { document, basis } = await store.readSettings(tx, tenant);
      if (basis !== digestOf({ settings: settingsOf(document), holidays })) {
        await store.lockRegister(tx, tenant);
        ({ document, basis } = await store.readSettings(tx, tenant));
        const now = { settings: settingsOf(document), holidays };
        if (basis !== digestOf(now)) {
          const planOf = planner(now);
          const plans = (await store.readPlanned(tx, tenant)).map((row) => ({ id: row.id, ...storedOf(planOf(row)) }));
          for (const part of inParts(plans)) await store.writePlans(tx, tenant, part);
          await store.writeBasis(tx, tenant, digestOf(now));
        }
      }
      return work(tx, { settings: settingsOf(document), holidays });
    });
  }

  private today(): CivilDate {
    return londonDay(this.clock.now());
  }
}

/** What all plans of an organisation follow from. */
interface PlanBasis {
  readonly settings: RenewalSettings;
  readonly holidays: HolidayCalendar;
}

type Planned = Pick<ContractFields, 'endsOn' | 'tier' | 'value' | 'route'>;

// Contracts end together (31 March), so most of many plans are made already.
function planner({ settings, holidays }: PlanBasis): (fields: Planned) => RenewalPlan | null {
  const made = new Map<string, RenewalPlan>();
  return (fields) => {
    if (fields.endsOn === null) return null;
    const input = planInput(fields, fields.endsOn);
    const key = `${input.endsOn} ${input.tier} ${fields.route ?? ''}`;
    const known = made.get(key);
    if (known !== undefined) return known;
    const plan = planRenewal(input, settings, holidays);
    made.set(key, plan);
    return plan;
  };
}

/** What is stored of a plan, so that lists can be paged by it. */
const storedOf = (plan: RenewalPlan | null): { latestSafeStart: CivilDate | null; clashUntil: CivilDate | null } => ({
  latestSafeStart: plan?.latestSafeStart ?? null,
  clashUntil: plan?.clashes.map(({ ends }) => ends).sort().at(-1) ?? null,
});

function planInput(fields: Pick<ContractFields, 'tier' | 'value' | 'route'>, endsOn: CivilDate) {
  return { endsOn, tier: tierUsed(fields), ...(fields.route !== null && { route: fields.route }) };
}

function tierUsed({ tier, value }: Pick<ContractFields, 'tier' | 'value'>): Tier {
  const standard = pathways.find('standard');
  if (tier !== null || standard === undefined) return tier ?? 'standard';
  return tierFor(standard, value === null ? undefined : { amount: value, currency: 'GBP' }, []);
}

function asOf(stored: store.StoredContract, today: CivilDate): Contract {
  const state = renewalState(stored.latestSafeStart ?? undefined, today);
  return {
    ...stored,
    tierUsed: tierUsed(stored),
    state,
    ended: stored.endsOn !== null && stored.endsOn < today,
    lateByDays: state === 'already-late' && stored.latestSafeStart !== null ? daysBetween(stored.latestSafeStart, today) : null,
  };
}

function settingsOf(document: unknown): RenewalSettings {
  return document === undefined ? shippedRenewalSettings : readRenewalSettings(document);
}

// Most organisations go by what ships, which is one object each.
const digests = new WeakMap<RenewalSettings, WeakMap<HolidayCalendar, string>>();
function digestOf({ settings, holidays }: PlanBasis): string {
  const ofSettings = digests.get(settings) ?? new WeakMap<HolidayCalendar, string>();
  const digest = ofSettings.get(holidays) ?? createHash('sha256').update(canonical([1, settings, holidays, pathways.find('standard')?.tiers])).digest('hex');
  digests.set(settings, ofSettings.set(holidays, digest));
  return digest;
}

/** The id of the contract that a row of an organisation's register names. */
function contractId(tenant: string, key: string): string {
  return uuidv5(concordatNamespace, `contract/${tenant}/${key}`);
}

// The same unusable row again is the same kept row, wherever it stands by now; two equal ones in one file are two.
function keptWithIds(tenant: string, rows: readonly UnusableRow[]) {
  const seen = new Map<string, number>();
  return rows.map(({ key, problems, source, raw }) => {
    const content = canonical([raw, problems.map(({ code }) => code)]);
    const nth = (seen.get(content) ?? 0) + 1;
    seen.set(content, nth);
    return { id: uuidv5(concordatNamespace, `kept-row/${tenant}/${nth}/${content}`), problems, source, raw, contract: key === null ? null : contractId(tenant, key) };
  });
}

type Content = Readonly<Record<string, Json>>;

function contentOf(fields: ContractFields, raw: RawRow): Content {
  const { reference, title, provider, lead, value, startsOn, endsOn, extension, tier, route } = fields;
  return { reference, title, provider, lead, value, startsOn, endsOn, extension, tier, route, row: raw };
}

// Of an update only the members that differ, and of the row only the cells.
function difference(was: Content | undefined, isNow: Content): { was: Content | null; isNow: Content } {
  if (was === undefined) return { was: null, isNow };
  const differs = (name: string) => canonical(was[name] ?? null) !== canonical(isNow[name] ?? null);
  const names = Object.keys(isNow).filter((name) => name !== 'row' && differs(name));
  const cells = (row: Json | undefined) => row as RawRow;
  const [before, after] = [cells(was['row']), cells(isNow['row'])];
  const headings = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((heading) => canonical(before[heading] ?? null) !== canonical(after[heading] ?? null));
  const pick = (content: Content, row: RawRow): Content => ({
    ...Object.fromEntries(names.map((name) => [name, content[name] ?? null])),
    ...(headings.length > 0 && { row: Object.fromEntries(headings.map((heading) => [heading, row[heading] ?? null])) }),
  });
  return { was: pick(was, before), isNow: pick(isNow, after) };
}

/** Pieces that one statement takes well. */
const sameName = (one: string | null, other: string | null): boolean => (one ?? '').trim().toLowerCase() === (other ?? '').trim().toLowerCase();

function inParts<T>(rows: readonly T[], size = 1000): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, part) => rows.slice(part * size, (part + 1) * size));
}
