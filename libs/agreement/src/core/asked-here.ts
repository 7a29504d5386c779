import { type AskedAtGate, conditionsFor, isOfPlan, type Pathway, type Route } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { asksForNothing, heldAgainst } from './involvement.js';

/** Was enough planned for the stage it stands in that its gate asks this of the plan? */
function isPlanned(agreement: Agreement, { code }: AskedAtGate): boolean {
  const plan = heldAgainst(agreement, agreement.stage);
  if (plan === undefined) return false;
  return code === 'involvement.people' ? plan.say >= 2 : code === 'involvement.resourced' ? plan.say >= 3 : !asksForNothing(plan);
}

/** What the gate that an agreement stands before asks of it: of what was planned for the stage only where something was. */
export function askedHere(agreement: Agreement, { pathway, route }: { readonly pathway: Pathway; readonly route: Route }): readonly AskedAtGate[] {
  return conditionsFor(pathway, route, agreement.stage, agreement.tier).filter((asked) => !isOfPlan(asked) || isPlanned(agreement, asked));
}
