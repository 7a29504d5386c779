import type { CivilDate } from '@concordat/platform/core';
import type { ConditionCode, ConditionParameters } from './condition.js';
import type { Source } from './source.js';

/** Whose bank holidays are no working days: of any part of the UK (PA 2023 s.123), or of England (PSR). */
export type WorkingDayCalendar = 'any-uk' | 'england';

/** How the working days of a standstill are counted. */
export interface StandstillDays {
  /** Working days counted. */
  readonly days: number;
  /** The day the standstill begins: that of publication (PA 2023 s.51), or the one after (PSR reg 12(2)). */
  readonly begins: 'publication' | 'day-after';
  /** Whether the day it begins is counted, if it is a working day (PA), or only those after it (PSR). */
  readonly counts: 'from-that-day' | 'after-that-day';
  readonly calendar: WorkingDayCalendar;
}

/** How a provider may challenge an award. `representation` is a word of the PSR alone; `proceedings` are before a court. */
export const challengeKinds = ['representation', 'proceedings', 'complaint'] as const;
/** One of them. */
export type ChallengeKind = (typeof challengeKinds)[number];

/**
 * A challenge of this kind, made in time, holds a standstill open until so many working days after it was last decided on.
 * First versions of routes tell it in words alone and name no kind: then any challenge does.
 */
export interface HeldOpen {
  readonly challenge?: ChallengeKind;
  readonly says: string;
  /** 0: until it is concluded, and no longer. */
  readonly workingDays: number;
  readonly source: Source;
}

/** What a route asks to pass between the publication of its award notice and the contract. */
export type Standstill =
  | {
      readonly kind: 'none';
      /** The sentence that says so, and what may be offered instead. */
      readonly says: string;
      readonly source: Source;
      /** The standstill that may be offered all the same, with the least days it lasts; absent where the document names none. */
      readonly voluntary?: StandstillDays & { readonly source: Source };
    }
  | ({
      readonly kind: 'mandatory';
      /** What keeps it open beyond its last day. */
      readonly heldOpen: readonly HeldOpen[];
      /** The grounds of an urgency, by the id a pathway gives them, on which the law asks none. */
      readonly liftedOn?: readonly { readonly ground: string; readonly says: string; readonly source: Source }[];
      readonly source: Source;
    } & StandstillDays);

/** One more figure of a route: so many days from one event, at least or at most, to another. */
export interface RouteClock {
  readonly id: string;
  readonly says: string;
  readonly bound: 'at-least' | 'within';
  readonly days: number;
  readonly unit: 'days' | 'working-days';
  readonly source: Source;
  /** Of one that runs from the contract: the notice that stops it, by its code, published `within` so many days. */
  readonly notice?: string | undefined;
  /** It runs for contracts worth more than so many pounds alone. */
  readonly above?: number | undefined;
  /** It runs anew from each time its notice is published, until the agreement is over. */
  readonly again?: true | undefined;
}

/** A notice the regime knows, by its official number where there is one. */
export interface RouteNotice {
  readonly code: string;
  readonly title: string;
  readonly source: Source;
}

/** What a route asks besides the pathway, at the gate of the stage with this id; of every tier. */
export type RouteCondition = {
  readonly [C in ConditionCode]: {
    readonly stage: string;
    readonly code: C;
    readonly parameters: ConditionParameters[C];
    readonly source: Source;
  };
}[ConditionCode];

/** What a pathway may ask and this route makes moot: it then counts as met. */
export interface Moot {
  readonly code: ConditionCode;
  /** The sentence that says why. */
  readonly says: string;
  readonly source: Source;
}

/** A ground on which a route is chosen: what justifies an award without competition, or the kind of contract it is for. */
export interface RouteGround {
  readonly id: string;
  readonly says: string;
  /** What the agreement is worth stays under so many pounds, VAT included. */
  readonly under?: number;
  readonly source: Source;
}

/** What an award by a route rests on: the ground of an urgency (a pathway that knows one), or the framework it is called off from. */
export interface RestsOn {
  readonly is: 'urgency' | 'framework';
  readonly says: string;
  readonly source: Source;
}

/** Every regime there is a route for. */
export const regimes = ['PA 2023', 'PSR 2023', 'grant', 'in-house'] as const;
/** The body of law an award is made under. */
export type Regime = (typeof regimes)[number];

/** By how much the value or the term (the length of the contract) may change on a ground: `percent` of what was awarded, or `pounds`. */
export interface ModificationLimit {
  readonly says: string;
  readonly of: 'value' | 'term';
  /** Whether each change is held against it by itself, or what all of them together made of the award. */
  readonly counts: 'each' | 'together';
  /** Whether making it less is limited, too. */
  readonly change: 'either' | 'increase';
  readonly bound: 'under' | 'at-most';
  readonly percent?: number | undefined;
  readonly pounds?: number | undefined;
}

/** One thing on which an agreement may be modified. Of its limits of the value one is kept, and one of those of the term, where it has any. */
export interface ModificationGround {
  readonly id: string;
  readonly says: string;
  /** What no figure shows, and whoever tests the change confirms. */
  readonly confirms: readonly string[];
  readonly limits: readonly ModificationLimit[];
  readonly source: Source;
}

/** The regime's test of a modification; where no statute has one, it says so and names what is asked instead. */
export interface ModificationTest {
  readonly says: string;
  /** Of a route that asks for a standstill before the contract: why none is asked before it is modified. */
  readonly standstill?: { readonly says: string; readonly source: Source } | undefined;
  readonly grounds: readonly ModificationGround[];
  readonly source: Source;
}

/** A legal regime and procedure: notices, clocks and what it asks besides. Published versions never change. */
export interface Route {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly regime: Regime;
  readonly standstill: Standstill;
  readonly moot?: readonly Moot[];
  /** Whoever chooses it names one of them; absent where it is chosen without. */
  readonly grounds?: readonly RouteGround[];
  readonly restsOn?: RestsOn;
  readonly clocks: readonly RouteClock[];
  readonly notices: readonly RouteNotice[];
  readonly modification: ModificationTest;
  readonly conditions: readonly RouteCondition[];
  /** What else was consulted for this document. */
  readonly sources: readonly Source[];
  /** Everything here that was not read in a text, in plain words; each begins with what its source cites. */
  readonly unverified: readonly string[];
}

/** Bank holidays of the UK's three jurisdictions, with the years they are known for. */
export interface HolidayCalendar {
  readonly source: string;
  readonly firstKnownYear: number;
  readonly lastKnownYear: number;
  readonly holidays: Readonly<Record<Jurisdiction, readonly CivilDate[]>>;
}

/** The UK's jurisdictions of bank holidays, by gov.uk's names. */
export const jurisdictions = ['england-and-wales', 'scotland', 'northern-ireland'] as const;
/** One of them. */
export type Jurisdiction = (typeof jurisdictions)[number];

/** The standstill a route asks after publication: civil dates; `ends` is the last day of the standstill. */
export interface StandstillPeriod {
  readonly begins: CivilDate;
  readonly ends: CivilDate;
  /** The working days counted. */
  readonly days: readonly CivilDate[];
  /** Sentences to show beside the figures. Where there is one, `ends` is the earliest possible day, and may be later. */
  readonly warnings: readonly string[];
}
