import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { benefitStands, changeSince, costMovedSays, effortChange, hoursOpen, perUnit, potentialFor } from './benefit.js';
import { divergences, fewUsers, linkStands, plainQuestions, usersUnconfirmed, wayGone } from './outcome.js';

/** What comes of an agreement, outcome by outcome, as it stands on a day: nothing is summed over outcomes, and hours are never money. */
export function valueView(agreement: Agreement, today: CivilDate) {
  const { benefits, costs } = agreement.value;
  return agreement.outcomes.map((outcome) => ({
    ...outcome,
    links: outcome.links.map((link) => ({ ...link, stands: linkStands(link, today), measurements: link.measurements.map((measured) => ({ ...measured, wayGone: wayGone(link, measured.value) })) })),
    questions: divergences(outcome).map(({ question, ...of }) => ({ question, asks: plainQuestions[question], ...of })),
    /** So few users answered that it is something to talk about. */
    fewUsers: fewUsers(outcome),
    usersUnconfirmed: usersUnconfirmed(agreement, outcome),
    /** What those who give more hours than before leave open, from the period in which hours rose on. */
    hoursOpen: hoursOpen(agreement, outcome.outcome) ?? null,
    benefits: benefits.filter((benefit) => benefit.outcome === outcome.outcome).map((benefit) => ({ ...benefit, stands: benefitStands(agreement, benefit), potentialFor: potentialFor(agreement, benefit) ?? null })),
    costs: costs.filter((cost) => cost.outcome === outcome.outcome).map((cost) => ({ ...cost, perUnit: perUnit(cost), change: changeSince(agreement, cost), effort: effortChange(agreement, cost), says: costMovedSays(agreement, cost) ?? null })),
  }));
}
