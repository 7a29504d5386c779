/** One thing that is missing, who can supply it, and by which command where there is one. */
export interface Missing {
  /** What is missing, as an id or a phrase a person can act on. */
  readonly what: string;
  /** A role of the product (`commissioner`, `provider`, `approver:finance`, …) or `time`. */
  readonly suppliedBy: string;
  /** The command that supplies it. */
  readonly by?: string;
}

/** Why a command may not happen. A refusal is an answer, never an exception; `code` is a wire name and never changes. */
export interface Refusal {
  readonly code: string;
  /** The sentence the rule asks, in plain words. */
  readonly asks: string;
  readonly missing: readonly Missing[];
}

/** What a command leads to: events, or every refusal at once. Never both, never an empty list of either. */
export type Decision<E> =
  | { readonly accepted: readonly [E, ...E[]] }
  | { readonly refused: readonly [Refusal, ...Refusal[]] };

/** The command happens, with these facts. */
export function accept<E>(first: E, ...more: E[]): Decision<E> {
  return { accepted: [first, ...more] };
}

/** The command does not happen; every reason is named. */
export function refuse(first: Refusal, ...more: Refusal[]): Decision<never> {
  return { refused: [first, ...more] };
}
