import type { Missing } from '@concordat/journal/core';
import { asks, type ConditionAsked, type ConditionClass, type ConditionCode, conditionsFor, conditionVocabulary } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { conditions } from './conditions.js';
import type { Condition, Context } from './topic.js';

/** One condition of the gate an agreement stands before. `met` exactly when nothing is missing. */
export interface ChecklistItem {
  readonly code: ConditionCode;
  readonly class: ConditionClass;
  /** The sentence the condition asks. */
  readonly asks: string;
  readonly parameters: ConditionAsked['parameters'];
  /** Why the route makes this condition moot; it then counts as met. */
  readonly doesNotApply: string | null;
  readonly missing: readonly Missing[];
  readonly met: boolean;
}
/** A gate, condition by condition. */
export type Checklist = readonly ChecklistItem[];

/**
 * Everything the gate of the current stage asks of this agreement, in the order of the pathway, met or not. The one
 * answer that request-gate, the API and the page give. Empty for an agreement that stands in no stage.
 */
export function check(agreement: Agreement, context: Context): Checklist {
  return conditionsFor(context.pathway, context.route, agreement.stage, agreement.tier).map((asked) => {
    // A union of code and parameters cannot be matched with a table by the compiler; conditionsFor keeps them together.
    const condition = conditions[asked.code] as Condition<ConditionCode>;
    const parameters = asked.parameters as never;
    const doesNotApply = asked.doesNotApply ?? null;
    const missing = doesNotApply === null ? condition(agreement, parameters, context) : [];
    return {
      code: asked.code,
      class: conditionVocabulary[asked.code].class,
      asks: asks(asked.code, parameters),
      parameters: asked.parameters,
      doesNotApply,
      missing,
      met: missing.length === 0,
    };
  });
}
