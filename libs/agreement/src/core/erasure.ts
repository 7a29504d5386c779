import { actingNow, actorName, initialPerson, mayAtAll, type Right } from '@concordat/access/core';
import type { CivilDate } from '@concordat/platform/core';
import { happenedTo } from './participant.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Context, Decide, States } from './topic.js';

// Whoever took part may ask to be erased (UK GDPR, article 17). Their key is destroyed, and with it every word that was sealed near
// them, on all agreements; that somebody took part stays on record under a pseudonym, for gates and promises rest on it. It is done by
// whoever keeps the house in order, so that nobody who was contradicted takes what was said out of the way: an administrator who also
// commissions, looks after involvement or decides, under any of their ids and on any agreement, leaves it to another.

export interface ErasureCommands {
  /** For good, across all agreements. `wishedOn`: the day they asked for it. */
  'erase-participant': { readonly participant: string; readonly wishedOn: CivilDate };
}

/** What gives somebody a part in what people say, and in what comes of it. An erasure takes words out of every agreement, so that it is asked of all of them. */
const havingAPart: readonly Right[] = ['agreement.move', 'involvement.manage', 'decision.record'];

const hasAPart = (persons: States['persons'], { actor, today }: Pick<Context, 'actor' | 'today'>): boolean =>
  everyIdOf(persons, actorName(actor)).some((person) => {
    const now = actingNow({ kind: 'person', person, grants: [], scopes: 'all' }, persons[person] ?? initialPerson);
    return havingAPart.some((right) => mayAtAll(now, right, today));
  });

export const decide = {
  'erase-participant': ({ participants, persons }, { participant, wishedOn }, context) => {
    const { today } = context;
    return unless(
      [
        hasAPart(persons, context) &&
          refusal('erasure.has-a-part', 'Whoever erases neither commissions, nor looks after involvement, nor decides: what was said against them is not theirs to take away.', {
            what: 'another administrator, who does none of it', suppliedBy: 'administrator', by: 'erase-participant',
          }, { what: 'the role of administrator for somebody who does none of it, where there is nobody', suppliedBy: 'administrator', by: 'grant-role' }),
        participants[participant]?.erased === true && alreadySo('they are erased'),
        wishedOn > today && refusal('erasure.not-yet', 'Somebody is erased who asked for it.', { what: wishedOn, suppliedBy: 'time', by: 'erase-participant' }),
      ],
      () => [happenedTo(participant, 'concordat.participant.erased.v1', { wishedOn })],
    );
  },
} satisfies { [C in keyof ErasureCommands]: Decide<C> };
