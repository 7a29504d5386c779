import { actingNow, actorName, holdsRole, initialPerson, may, personStream, type Role } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { CommandName } from './command.js';
import { isConfirmed } from './confirmed.js';
import { refusal } from './refusal.js';
import { scopeOn } from './partner.js';
import { everyIdOf } from './separation.js';
import type { Context, States } from './topic.js';

/**
 * Is this person of staff here under any of their ids: may they look after involvement? Whoever is speaks for nobody, whichever role
 * they hold besides.
 */
export function isOfStaff({ agreement, persons }: Pick<States, 'agreement' | 'persons'>, person: string, today: CivilDate): boolean {
  // With a key that is limited to what people say, too: whose it is makes the difference, and not what they hold in hand.
  return everyIdOf(persons, person).some((id) =>
    may(actingNow({ kind: 'person', person: id, grants: [], scopes: 'all' }, persons[id] ?? initialPerson), 'involvement.manage', { ...scopeOn(agreement, today), agreement: agreement.id }, today),
  );
}

/** The roles in which somebody says for others what is those others' own to say. */
export const speakingForOthers = ['representative', 'advocate'] as const satisfies readonly Role[];

/**
 * Does somebody type this for whoever it is of, who speaks for nobody? Whoever looks after involvement enters what people answered on
 * paper. And nothing ties the account of somebody who takes part to the pseudonym they take part under: what they enter may be anybody's,
 * and counts once it was confirmed. People speak through their representative or advocate.
 */
export function isTypedForThem(states: States, { actor, today }: Pick<Context, 'actor' | 'today'>): boolean {
  if (actor.kind === 'system' || isOfStaff(states, actor.person, today)) return true;
  const { agreement, persons } = states;
  return !everyIdOf(persons, actor.person).some((id) => speakingForOthers.some((role) => holdsRole(persons[id]?.grants ?? [], role, scopeOn(agreement, today), today)));
}

/** Is this account, which signs in, one of those a service is for, or does it speak for them, and is of staff under none of its ids? */
export function isOfThePeople(here: Pick<States, 'agreement' | 'persons'>, person: string, today: CivilDate): boolean {
  const grants = here.persons[person]?.grants ?? [];
  return (['participant', ...speakingForOthers] as const).some((role) => holdsRole(grants, role, scopeOn(here.agreement, today), today)) && !isOfStaff(here, person, today);
}

type NotTheirWord = `${'ask-budget' | 'carry-over' | 'existing-activity' | 'could-it-change' | 'interests' | 'payment' | 'who-sees' | 'rating' | 'heard'}.not-their-word`;

/** The refusal of a word of theirs that nobody says for them who does not speak for them. */
export function refuseNotTheirs(code: NotTheirWord, asks: string, what: string, by: CommandName): Refusal {
  return refusal(code, asks, ...speakingForOthers.map((suppliedBy): Missing => ({ what, suppliedBy, by })));
}

/**
 * The refusal of what staff write down as the word of somebody without an account, which counts for us: whose word it is confirmed it first.
 * What a representative or an advocate says for them needs none of that.
 */
export function refuseUnconfirmed(states: States, context: Pick<Context, 'actor' | 'today'>, speaker: string, entry: string, code: `${'statement' | 'waiver'}.not-confirmed`, by: CommandName): Refusal | false {
  return (
    states.persons[speaker]?.registered !== true &&
    isTypedForThem(states, context) &&
    !isConfirmed(states.agreement, entry, speaker) &&
    refusal(
      code,
      'What staff write down for somebody who has no account is confirmed by whose word it is, or said by who speaks for them.',
      { what: `that ${speaker} confirms it: ${entry}`, suppliedBy: 'facilitator', by: 'record-proxy-entry' },
      ...speakingForOthers.map((suppliedBy): Missing => ({ what: 'their word', suppliedBy, by })),
    )
  );
}

/** The refusal of what another enters as the word of somebody who signs in: they say it themselves, under any of their ids; whoever has no account may be written down. */
export function refuseInTheirPlace(
  { persons }: Pick<States, 'persons'>,
  { actor }: Pick<Context, 'actor'>,
  speaker: string,
  code: `${'statement' | 'waiver'}.not-your-own`,
  by: CommandName,
  ...toAct: readonly Missing[]
): Refusal | false {
  return (
    persons[speaker]?.registered === true &&
    !everyIdOf(persons, actorName(actor)).includes(speaker) &&
    refusal(code, 'Whoever is registered here speaks for themselves.', { what: 'their own word', suppliedBy: personStream(speaker), by }, ...toAct)
  );
}
