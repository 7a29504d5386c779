import type { Agreement } from './agreement.js';
import { oneById } from './by-id.js';

/** Is this the id of something that people confirm as theirs? What they confirm of one would be confirmed of everything that has its id. */
export const isEntry = (agreement: Agreement, id: string): boolean => isOfTakingPart(agreement, id) || isOfChoosing(agreement, id);

/** Is it that of a KPI or criterion and of something else, so that nobody can tell which of them is confirmed? */
export const isOfTwo = (agreement: Agreement, id: string): boolean => isOfTakingPart(agreement, id) && isOfChoosing(agreement, id);

function isOfTakingPart({ contributions, involvement, payments, dissents, statements, waivers }: Agreement, id: string): boolean {
  const has = (all: readonly { readonly id: string }[]) => all.some((one) => one.id === id);
  return oneById(contributions.contributions, id) !== undefined || [contributions.themes, involvement.activities, involvement.invitations, payments, dissents.dissents, statements, waivers].some(has);
}

/** Is it that of a KPI or of a criterion, which people may have written or chosen? */
export function isOfChoosing({ kpis, evaluation }: Pick<Agreement, 'kpis' | 'evaluation'>, id: string): boolean {
  return kpis.kpis.some(({ kpi }) => kpi === id) || evaluation.criteria.some(({ criterion }) => criterion === id);
}
