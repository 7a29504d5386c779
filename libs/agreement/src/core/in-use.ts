import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import { type InUse, pathwayDifferences } from '@concordat/pathway/core';
import { refusal } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Context, States } from './topic.js';

/** The version in use as a sentence names it. */
export const namedInUse = ({ version, title, since }: InUse): string => `version ${version} of “${title}”${since === undefined ? '' : `, in use since ${since}`}`;

function refuseOther(of: 'pathway' | 'route', asked: { readonly id: string; readonly version: number }, { inUse }: Context, who: Omit<Missing, 'what'>): Refusal | false {
  const used = inUse[of](asked.id);
  return used !== undefined && used.version !== asked.version && refusal(`${of}.not-in-use`, `What begins today begins on ${namedInUse(used)}.`, { ...who, what: `${of}: ${asked.id}, version ${used.version}` });
}

/** The refusal of a route that another version followed, or that is not in use yet. */
export const refuseRouteNotInUse = (context: Context, by: string): Refusal | false => refuseOther('route', context.route, context, { suppliedBy: 'commissioner', by });

/** Does it ask less than the one that ships on which it is based? */
function asksLessThanItsBase({ pathway, published }: Context): boolean {
  const base = pathway.basedOn && published(pathway.basedOn.id, pathway.basedOn.version);
  return base === undefined || pathwayDifferences(base, pathway).some(({ asksNoMore }) => asksNoMore.length > 0);
}

/** What is asked less is asked so by two people: one who publishes that, and one who begins on it. */
function refusePublisher({ persons }: Pick<States, 'persons'>, context: Context, by: string): Refusal | false {
  const publisher = context.publisherOf(context.pathway);
  return (
    publisher !== undefined && everyIdOf(persons, actorName(context.actor)).includes(publisher) && asksLessThanItsBase(context) &&
    refusal('pathway.own-hands', 'Whoever published a process that asks less than the one it is based on begins nothing on it: a second person does.', { what: 'someone other than the one who published it', suppliedBy: 'commissioner', by })
  );
}

/** What begins is asked what is asked today: on the versions in use. What runs stays on its own. */
export const refuseNotInUse = (states: Pick<States, 'persons'>, context: Context, by: string): readonly (Refusal | false)[] => [
  refuseOther('pathway', context.pathway, context, { suppliedBy: 'commissioner', by }),
  refuseRouteNotInUse(context, by),
  refusePublisher(states, context, by),
];
