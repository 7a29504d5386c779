import type { CivilDate } from '@concordat/platform/core';
import { happenedTo } from './participant.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide } from './topic.js';

// Whoever took part may ask to be erased (UK GDPR, article 17). Their key is destroyed, and with it every word that was sealed near
// them, on all agreements; that somebody took part stays on record under a pseudonym, for gates and promises rest on it. It is done by
// whoever keeps the house in order, so that nobody who was contradicted takes what was said out of the way.

export interface ErasureCommands {
  /** For good, across all agreements. `wishedOn`: the day they asked for it. */
  'erase-participant': { readonly participant: string; readonly wishedOn: CivilDate };
}

export const decide = {
  'erase-participant': ({ participants }, { participant, wishedOn }, { today }) =>
    unless(
      [
        participants[participant]?.erased === true && alreadySo('they are erased'),
        wishedOn > today && refusal('erasure.not-yet', 'Somebody is erased who asked for it.', { what: wishedOn, suppliedBy: 'time', by: 'erase-participant' }),
      ],
      () => [happenedTo(participant, 'concordat.participant.erased.v1', { wishedOn })],
    ),
} satisfies { [C in keyof ErasureCommands]: Decide<C> };
