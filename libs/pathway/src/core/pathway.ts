import type { ConditionCode, ConditionParameters, FigureCode } from './condition.js';
import type { Mode } from './mode.js';
import type { Regime } from './route.js';
import type { Source } from './source.js';
import type { Tier, TierLimits, TierRaise } from './tier.js';

/** What one gate asks by one code. A tier that is absent is not asked. */
export type ConditionUse = {
  readonly [C in ConditionCode]: {
    readonly code: C;
    readonly tiers: Readonly<Partial<Record<Tier, ConditionParameters[C]>>>;
    /** Where the rule comes from; absent only where the rule is Concordat's own and asks for no figure. */
  } & (C extends FigureCode ? { readonly source: Source } : { readonly source?: Source });
}[ConditionCode];

/** One step of a pathway, and the gate at its end. `id` is unique in the pathway. */
export interface Stage {
  readonly id: string;
  readonly title: string;
  readonly mode: Mode;
  /**
   * The service starts when this stage is entered; nothing that safeguarding is owed stays open beyond it. No stage of a pathway
   * that changes or ends what was awarded starts one: that started in another agreement.
   */
  readonly startsService?: true;
  /** What is asked before the agreement leaves this stage. */
  readonly gate: {
    /** True where the gate asks less than the product means to ask in a later version. */
    readonly preliminary: boolean;
    readonly conditions: readonly ConditionUse[];
  };
}

/** What an agreement can be. */
export const agreementKinds = ['contract', 'grant', 'framework', 'call-off', 'placement', 'project'] as const;
export type AgreementKind = (typeof agreementKinds)[number];

/** A ground on which the law lets an organisation act before it asks, under the routes of one regime. */
export interface UrgencyGround {
  readonly id: string;
  readonly regime: Regime;
  readonly says: string;
  readonly source: Source;
}

/** Stages in order, and what each gate asks. Published versions never change. The last gate closes the agreement. */
export interface Pathway {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Of an organisation's own pathway: the one that ships whose lawful conditions it keeps. */
  readonly basedOn?: { readonly id: string; readonly version: number };
  readonly kinds: readonly AgreementKind[];
  /** The regimes whose routes an agreement on this pathway may take. */
  readonly regimes: readonly Regime[];
  /** What every agreement on it is raised for, whatever else it is. */
  readonly raises?: readonly TierRaise[];
  /** The only routes it may take, by id; any of its regimes where none is named. */
  readonly routes?: readonly string[];
  /** True where it changes or ends what was awarded: its route is that of the award, and nothing is chosen by it. */
  readonly keepsRoute?: true;
  readonly tiers: TierLimits;
  readonly stages: readonly Stage[];
  /** The legal grounds of an urgency, where the pathway is one for urgency. */
  readonly grounds?: readonly UrgencyGround[];
  /** What a later version will ask that this one does not, in plain words. */
  readonly coming: readonly string[];
}
