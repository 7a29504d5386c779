import { actorName } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { CommandName } from './command.js';
import type { Told } from './feedback.js';
import { cannotBeReached } from './owed-word.js';
import { refusal } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Context, States } from './topic.js';

/** Whom among these whoever acts has not said yet that they cannot be reached. */
export function newlyUnreached({ agreement, persons }: Pick<States, 'agreement' | 'persons'>, { actor }: Pick<Context, 'actor'>, participants: readonly string[]): readonly string[] {
  const everyId = everyIdOf(persons, actorName(actor));
  return participants.filter((one) => !cannotBeReached(agreement, one) && !(agreement.contributions.unreached[one] ?? []).some((by) => everyId.includes(by)));
}

/** That somebody cannot be reached frees from a duty to them: it is said what was tried. */
export const refuseUntried = ({ outcome, tried = [] }: Told, by: CommandName): Refusal | false =>
  outcome === 'undeliverable' && tried.length === 0 && refusal('feedback.nothing-tried', 'Of whoever could not be reached it is said what was tried.', { what: 'tried', suppliedBy: 'facilitator', by });

/** The refusal of whoever says it of these for the second time: it counts once somebody else does. */
export function refuseSameSayer(agreement: States['agreement'], { outcome, participants }: Told, by: CommandName): Refusal | false {
  const waiting = participants.filter((one) => agreement.contributions.unreached[one] !== undefined && !cannotBeReached(agreement, one));
  return (
    outcome === 'undeliverable' && waiting.length > 0 &&
    refusal('second.same-person', 'That somebody cannot be reached is said by two people, for nothing is owed to them then.', ...waiting.map((one) => ({ what: `${one}, by someone other than the one who said so`, suppliedBy: 'someone else', by })))
  );
}
