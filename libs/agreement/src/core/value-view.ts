import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { benefitStands, costMovedSays, effortChange, perUnit, potentialFor } from './benefit.js';
import { divergences, fewUsers, linkStands, plainQuestions, usersUnconfirmed } from './outcome.js';

/** What comes of an agreement, outcome by outcome, as it stands on a day: nothing is summed over outcomes, and hours are never money. */
export function valueView(agreement: Agreement, today: CivilDate) {
  const { benefits, costs } = agreement.value;
  return agreement.outcomes.map((outcome) => ({
    ...outcome,
    links: outcome.links.map((link) => ({ ...link, stands: linkStands(link, today) })),
    questions: divergences(outcome).map(({ question, ...of }) => ({ question, asks: plainQuestions[question], ...of })),
    /** So few users answered that it is something to talk about. */
    fewUsers: fewUsers(outcome),
    usersUnconfirmed: usersUnconfirmed(agreement, outcome),
    benefits: benefits.filter((benefit) => benefit.outcome === outcome.outcome).map((benefit) => ({ ...benefit, stands: benefitStands(agreement, benefit), potentialFor: potentialFor(agreement, benefit) ?? null })),
    costs: costs.filter((cost) => cost.outcome === outcome.outcome).map((cost) => ({ ...cost, perUnit: perUnit(cost), effort: effortChange(agreement, cost), says: costMovedSays(agreement, cost) ?? null })),
  }));
}
