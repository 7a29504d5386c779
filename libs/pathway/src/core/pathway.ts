import type { CivilDate } from '@concordat/platform/core';
import type { ConditionClass, ConditionCode, ConditionParameters } from './condition.js';

export const tiers = ['small', 'standard', 'major'] as const;
/** How much is asked, by value and impact. */
export type Tier = (typeof tiers)[number];

/** One condition of one gate. A tier that is absent is not asked. */
export type ConditionUse = {
  readonly [C in ConditionCode]: {
    readonly code: C;
    readonly class: ConditionClass;
    readonly tiers: Readonly<Partial<Record<Tier, ConditionParameters[C]>>>;
    /** Where the rule comes from (law, standard, practice), and whether it was read or must be checked. */
    readonly source?: Source;
  };
}[ConditionCode];

export interface Source {
  readonly cites: string;
  readonly mark: 'text' | 'practice' | 'check';
}

export interface Stage {
  readonly id: string;
  readonly title: string;
  /** The Co of co-production this stage is about. */
  readonly mode: 'co-commissioning' | 'co-design' | 'co-delivery' | 'co-assessment' | 'none';
  /** What is asked before the agreement leaves this stage. */
  readonly gate: {
    /** True where the gate asks less than the product means to ask in a later version. */
    readonly preliminary: boolean;
    readonly conditions: readonly ConditionUse[];
  };
}

/** Stages in order, and what each gate asks. Published versions never change. The last gate closes the agreement. */
export interface Pathway {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly kinds: readonly string[];
  readonly stages: readonly Stage[];
  /** What a later version will ask that this one does not, in plain words. */
  readonly coming: readonly string[];
}

export type Standstill =
  | { readonly kind: 'none'; readonly says: string; readonly source: Source }
  | {
      readonly kind: 'mandatory';
      readonly days: number;
      /** `publication`: the day of publication is the first day if it is a working day (PA 2023 s.51). `day-after`: PSR reg 12. */
      readonly begins: 'publication' | 'day-after';
      readonly calendar: 'any-uk' | 'england';
      readonly source: Source;
    };

/** A legal regime and procedure. `conditions` are lawful conditions that the pathway's gates by stage id ask besides. */
export interface Route {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly regime: 'PA 2023' | 'PSR 2023' | 'grant';
  readonly standstill: Standstill;
  readonly notices: readonly { readonly code: string; readonly title: string }[];
  readonly sources: readonly Source[];
  readonly unverified: readonly string[];
}

/** Bank holidays of the UK's three jurisdictions, with the last year they are known for. */
export interface HolidayCalendar {
  readonly source: string;
  readonly lastKnownYear: number;
  readonly holidays: Readonly<Record<'england-and-wales' | 'scotland' | 'northern-ireland', readonly CivilDate[]>>;
}

/** The standstill a route asks after publication: civil dates; `ends` is the last day of the standstill. */
export interface StandstillPeriod {
  readonly begins: CivilDate;
  readonly ends: CivilDate;
  readonly days: readonly CivilDate[];
  /** Sentences to show beside the figures, such as a year whose bank holidays are not known yet. */
  readonly warnings: readonly string[];
}
