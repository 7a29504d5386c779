import type { Pathway } from './pathway.js';
import type { Regime, Route, RouteGround } from './route.js';

const knowsUrgency = ({ grounds = [] }: Pathway, regime: Regime): boolean => grounds.some((ground) => ground.regime === regime);

/**
 * On which grounds an agreement on this pathway chooses this route: one of them is named. None where the route gives none, where the
 * pathway keeps the route of what it changes or ends, and where it is one for urgency, whose ground is recorded with the urgency.
 */
export function groundsToChoose(pathway: Pathway, { grounds = [], regime }: Route): readonly RouteGround[] {
  return pathway.keepsRoute === true || knowsUrgency(pathway, regime) ? [] : grounds;
}

/** Whether a pathway has what this route rests on, as far as a pathway can have it: an urgent award is made on one that knows urgency. */
export function isFoundedOn(pathway: Pathway, { restsOn, regime }: Route): boolean {
  return restsOn?.is !== 'urgency' || pathway.keepsRoute === true || knowsUrgency(pathway, regime);
}

/** Whether so much stays under the figure of a ground. What is not in pounds is not known to. */
export function isUnder({ under }: RouteGround, value: { readonly amount: string; readonly currency: string }): boolean {
  return under === undefined || (value.currency === 'GBP' && Number(value.amount) < under);
}
