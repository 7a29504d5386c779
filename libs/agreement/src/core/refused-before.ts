import { may, personStream, type Right } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { CommandName } from './command.js';
import { scopeOn } from './partner.js';
import { refusal } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Context, States } from './topic.js';

/** Of what was asked before, in order: who refused it since it was last given. */
export function refusersSince<A>(asked: readonly A[], wasGiven: (one: A) => boolean, refusedBy: (one: A) => string | null): readonly string[] {
  return asked.slice(asked.findLastIndex(wasGiven) + 1).flatMap((one) => refusedBy(one) ?? []);
}

/**
 * A refusal is not passed over by asking somebody else of the same: whoever refused it first answers, for as long as they may. Of whoever
 * left, has the right no more or is barred, another answers.
 */
export function refuseInstead(
  { agreement, persons }: Pick<States, 'agreement' | 'persons'>,
  refusers: readonly string[],
  { person, today, right, isBarred, code, by }: { readonly person: string; readonly right: Right; readonly isBarred: (person: string) => boolean; readonly code: string; readonly by: CommandName } & Pick<Context, 'today'>,
): Refusal | false {
  const scope = scopeOn(agreement, today);
  const stillAnswers = (refuser: string): boolean => {
    const { disabled = true, grants = [] } = persons[refuser] ?? {};
    return !disabled && may({ kind: 'person', person: refuser, grants, scopes: 'all' }, right, scope, today) && !isBarred(refuser);
  };
  const first = refusers.find(stillAnswers);
  return (
    first !== undefined &&
    !everyIdOf(persons, person).includes(first) &&
    refusal(code, 'What somebody refused is not asked of somebody else instead: whoever refused it answers.', { what: 'whoever refused it before', suppliedBy: personStream(first), by })
  );
}
