import { actingNow, initialPerson, may } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { CommandName } from './command.js';
import { refusal } from './refusal.js';
import { scopeOn } from './partner.js';
import type { Context, States } from './topic.js';

/**
 * Does somebody of staff type this for whoever it is of? Whoever looks after involvement enters what people answered on paper, and
 * speaks for nobody: people speak for themselves, or through their representative or advocate.
 */
export function isTypedForThem({ agreement, persons }: States, { actor, today }: Pick<Context, 'actor' | 'today'>): boolean {
  if (actor.kind === 'system') return true;
  // With a key that is limited to what people say, too: whose it is makes the difference, and not what they hold in hand.
  const acting = actingNow({ ...actor, scopes: 'all' }, persons[actor.person] ?? initialPerson);
  return may(acting, 'involvement.manage', { ...scopeOn(agreement, today), agreement: agreement.id }, today);
}

type NotTheirWord = `${'ask-budget' | 'interests' | 'who-sees' | 'rating' | 'heard'}.not-their-word`;

/** The refusal of a word of theirs that nobody of staff says for them. */
export function refuseNotTheirs(code: NotTheirWord, asks: string, what: string, by: CommandName): Refusal {
  return refusal(code, asks, ...['participant', 'representative', 'advocate'].map((suppliedBy): Missing => ({ what, suppliedBy, by })));
}
