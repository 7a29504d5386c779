import type { Missing, Refusal } from '@concordat/journal/core';
import type { InUse } from '@concordat/pathway/core';
import { refusal } from './refusal.js';
import type { Context } from './topic.js';

/** The version in use as a sentence names it. */
export const namedInUse = ({ version, title, since }: InUse): string => `version ${version} of “${title}”${since === undefined ? '' : `, in use since ${since}`}`;

function refuseOther(of: 'pathway' | 'route', asked: { readonly id: string; readonly version: number }, { inUse }: Context, who: Omit<Missing, 'what'>): Refusal | false {
  const used = inUse[of](asked.id);
  return used !== undefined && used.version !== asked.version && refusal(`${of}.not-in-use`, `What begins today begins on ${namedInUse(used)}.`, { ...who, what: `${of}: ${asked.id}, version ${used.version}` });
}

/** The refusal of a route that another version followed, or that is not in use yet. */
export const refuseRouteNotInUse = (context: Context, by: string): Refusal | false => refuseOther('route', context.route, context, { suppliedBy: 'commissioner', by });

/** What begins is asked what is asked today: on the versions in use. What runs stays on its own. */
export const refuseNotInUse = (context: Context, by: string): readonly (Refusal | false)[] => [
  refuseOther('pathway', context.pathway, context, { suppliedBy: 'commissioner', by }),
  refuseRouteNotInUse(context, by),
];
