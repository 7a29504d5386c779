import type { FactName } from './fact.js';

/** What gates may ask. A code is a wire name: it never changes and is never used again for something else. */
export interface ConditionParameters {
  'facts.present': { readonly facts: readonly FactName[] };
  'conflicts.declared': { readonly roles: readonly string[] };
  /** `whenWanted`: only where people said that this stage matters to them. */
  'involvement.planned': { readonly say: number; readonly do?: number; readonly whenWanted?: boolean };
  'involvement.resourced': Record<string, never>;
  'involvement.achieved': { readonly say: number; readonly do?: number; readonly whenWanted?: boolean };
  /** `everyoneAsked`: the floor is that everyone concerned was asked, not a number. */
  'involvement.people': { readonly floor: number; readonly everyoneAsked?: boolean };
  'involvement.themes-answered': { readonly stages: readonly string[] };
  'involvement.feedback-delivered': { readonly stages: readonly string[] };
  'risk.three-way': { readonly top: number };
  'risk.statements-sought': { readonly top: number };
  'sign-offs.granted': { readonly signOffs: readonly SignOffAsked[] };
  'decision.in-force': Record<string, never>;
  'standstill.over': Record<string, never>;
  'provider.accepted': Record<string, never>;
}

export interface SignOffAsked {
  readonly kind: 'approval' | 'acceptance';
  readonly discipline: Discipline;
}

export type ConditionCode = keyof ConditionParameters;

/** `lawful` is never waived; `assurance` may open with a condition; `involvement` is comply or explain. */
export type ConditionClass = 'lawful' | 'assurance' | 'involvement';

export const disciplines = [
  'sponsor', 'safeguarding', 'finance', 'legal-procurement', 'clinical-quality', 'information-governance', 'equality',
] as const;
export type Discipline = (typeof disciplines)[number];
