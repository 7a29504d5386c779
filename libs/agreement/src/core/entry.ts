import type { Agreement } from './agreement.js';
import { oneById } from './by-id.js';

/** Is this the id of something that people confirm as theirs? What they confirm of one would be confirmed of everything that has its id. */
export function isEntry({ contributions, involvement, payments, dissents, statements, waivers, kpis, evaluation }: Agreement, id: string): boolean {
  const has = (all: readonly { readonly id: string }[]) => all.some((one) => one.id === id);
  return (
    oneById(contributions.contributions, id) !== undefined ||
    [contributions.themes, involvement.activities, involvement.invitations, payments, dissents.dissents, statements, waivers].some(has) ||
    isOfChoosing({ kpis, evaluation }, id)
  );
}

/** Is it that of a KPI or of a criterion, which people may have written or chosen? */
export function isOfChoosing({ kpis, evaluation }: Pick<Agreement, 'kpis' | 'evaluation'>, id: string): boolean {
  return kpis.kpis.some(({ kpi }) => kpi === id) || evaluation.criteria.some(({ criterion }) => criterion === id);
}
