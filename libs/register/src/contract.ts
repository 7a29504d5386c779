import { type Tier, tiers } from '@concordat/pathway/core';
import { type CivilDate, isRecordableDate, type Json } from '@concordat/platform/core';
import * as z from 'zod';
import type { RenewalState } from './core/index.js';

/** What a register says of a contract. `null` where it says nothing, or nothing that could be read. */
export interface ContractFields {
  readonly reference: string | null;
  readonly title: string;
  readonly provider: string | null;
  readonly lead: string | null;
  /** Pounds, as a decimal with two places. */
  readonly value: string | null;
  readonly startsOn: CivilDate | null;
  readonly endsOn: CivilDate | null;
  /** In the register's own words. */
  readonly extension: string | null;
  /** Where the register says one; otherwise it follows from the value. */
  readonly tier: Tier | null;
  /** The id of a route. */
  readonly route: string | null;
}

const said = (most: number) => z.string().trim().min(1).max(most).nullable().default(null);
const day = z.iso.date().refine(isRecordableDate).nullable().default(null);

/** What a person says of a contract: everything but its title may be left out. */
export const contractFieldsShape = z
  .strictObject({
    reference: said(200),
    title: z.string().trim().min(1).max(500),
    provider: said(500),
    lead: said(500),
    value: z.string().regex(/^\d{1,13}\.\d{2}$/, 'must be pounds with two places, such as 1234.50').nullable().default(null),
    startsOn: day,
    endsOn: day,
    extension: said(500),
    tier: z.enum(tiers).nullable().default(null),
    route: z.string().regex(/^[a-z0-9-]{1,64}$/).nullable().default(null),
  })
  .refine(({ startsOn, endsOn }) => startsOn === null || endsOn === null || startsOn <= endsOn, { message: 'It ends before it starts.', path: ['endsOn'] }) satisfies z.ZodType<ContractFields>;

/** Something about a row that somebody should look at. */
export interface RowProblem {
  /** A wire name, such as `date.american`; it never changes. */
  readonly code: string;
  /** The heading of its column; null when it concerns the whole row. */
  readonly column: string | null;
  /** A sentence: what is there, and what to do. */
  readonly says: string;
}

/** Where a row stood: file, sheet (null in a CSV file) and row number as a spreadsheet counts them. */
export interface RowSource {
  readonly file: string;
  readonly sheet: string | null;
  readonly row: number;
}

/** The cells of a row by their headings, as they were read. */
export type RawRow = { readonly [heading: string]: Json };

/** A row that became a contract. `key` names the contract within its organisation, the same in every import. */
export interface RegisterRow {
  readonly key: string;
  /** Its key where its reference names one contract (`plain`), and where it names others too (`apart`); null of a row without a reference. */
  readonly byReference: { readonly plain: string; readonly apart: string } | null;
  readonly fields: ContractFields;
  readonly problems: readonly RowProblem[];
  readonly source: RowSource;
  readonly raw: RawRow;
}

/** A row that could not be used. Nothing of it is lost. */
export interface UnusableRow {
  /** The contract it would have been, where that can be told. */
  readonly key: string | null;
  readonly problems: readonly [RowProblem, ...RowProblem[]];
  readonly source: RowSource;
  readonly raw: RawRow;
}

/** One contract of the register, as a list shows it. Times are ISO 8601 in UTC. */
export interface Contract extends ContractFields {
  readonly id: string;
  /** Rises with every change of its content or plan. */
  readonly revision: number;
  /** The tier its plan is made for: the register's, or the one of its value (`standard` where neither is known). */
  readonly tierUsed: Tier;
  readonly latestSafeStart: CivilDate | null;
  readonly state: RenewalState;
  /** Its last day is past. */
  readonly ended: boolean;
  /** Days since the latest safe start; null unless `already-late`. */
  readonly lateByDays: number | null;
  /** The last day of any clash of its plan; null where there is none. */
  readonly clashUntil: CivilDate | null;
  readonly problems: readonly RowProblem[];
  readonly source: RowSource;
  /** The agreement it was taken over as; null while it is known from the register alone. */
  readonly agreement: string | null;
  readonly importedAt: string;
  readonly changedAt: string;
}

/** One contract in an exported file. */
export interface ExportedContract extends Contract {
  /** What its plan clashes with, a sentence each with days as ISO 8601: bank holidays, times before elections, days of closure. */
  readonly clashes: readonly string[];
}

/** One change of a contract, or its first import (`was` is null then): the members that differ. */
export interface ContractChange {
  readonly revision: number;
  readonly changedAt: string;
  /** A person's id, or `system:<name>`. */
  readonly changedBy: string;
  readonly file: string;
  readonly was: { readonly [member: string]: Json } | null;
  readonly isNow: { readonly [member: string]: Json };
}

/** A kept row, as a list shows it. */
export interface KeptRow {
  readonly id: string;
  readonly problems: readonly RowProblem[];
  readonly source: RowSource;
  readonly raw: RawRow;
  readonly keptAt: string;
}

/** Which part of the register is asked for. */
export const contractViews = ['already-late', 'next-90-days', 'later', 'no-end-date', 'clashes'] as const;
/** One of them: a renewal state, or contracts whose plan clashes with bank holidays, times before elections or days of closure from today on. */
export type ContractView = (typeof contractViews)[number];

/** Which contracts a list shows; an absent member filters nothing, `null` asks for those without. */
export interface ContractFilter {
  readonly view?: ContractView;
  readonly lead?: string | null;
  readonly provider?: string | null;
  /** Part of title, reference or provider. */
  readonly text?: string;
}

/** Where a page ended: the row after which the next page begins. `startsBy` is the latest safe start, 9999-12-31 without one. */
export interface ContractMark {
  readonly startsBy: CivilDate;
  readonly id: string;
}

/** What a lead or provider has in the register. */
export interface ContractGroup {
  /** null: contracts without one. */
  readonly name: string | null;
  readonly contracts: number;
  readonly alreadyLate: number;
  readonly nextNinetyDays: number;
  readonly noEndDate: number;
  /** Pounds, of those that say a value; null where none does. */
  readonly value: string | null;
}
