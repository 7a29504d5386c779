import { personStream } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { AgreementCommandBody, CommandName, Commands } from './command.js';
import { everythingSaid } from './contribution.js';
import type { AgreementEvent, Events, EventType } from './event.js';
import { happenedTo, participantStream } from './participant.js';
import { refusal } from './refusal.js';
import type { States } from './topic.js';

const fields = ['participant', 'participants', 'author', 'spokenBy', 'dissenter'] as const;
type Field = (typeof fields)[number];
type NamesPeople = { [C in CommandName]: Extract<keyof Commands[C], Field> extends never ? never : C }[CommandName];

/**
 * Who a command may name by a pseudonym. One begins with whoever is invited, comes, gives hours or says something (`comes-in`), and is no account's id; each
 * organisation makes its own, and they say nothing in any other. Everything else is about somebody who is `known` here, or signs in
 * (`known-or-registered`), or its own topic asks more of them (`theirs`): that they took part, that they said it, that it was offered to them.
 */
const named: { readonly [C in NamesPeople]: 'comes-in' | 'known' | 'known-or-registered' | 'theirs' } = {
  'invite-participant': 'comes-in',
  'record-attendance': 'comes-in',
  'record-effort': 'comes-in',
  'record-contribution': 'comes-in',
  'choose-ask-budget': 'known',
  'choose-interests': 'known',
  'erase-participant': 'known',
  'record-information-given': 'known',
  'record-benefits-advice': 'known',
  'record-dissent': 'known-or-registered',
  'record-statement': 'known-or-registered',
  'give-view-on-waiver': 'known-or-registered',
  'record-could-it-change': 'theirs',
  'accept-invitation': 'theirs',
  'decline-invitation': 'theirs',
  'offer-payment': 'theirs',
  'answer-payment-offer': 'theirs',
  'choose-who-sees': 'theirs',
  'ask-for-own-answer': 'theirs',
  'answer-contribution': 'theirs',
  'rate-answer': 'theirs',
  'record-feedback': 'theirs',
  'tell-what-came-of-it': 'theirs',
  'record-whether-heard': 'theirs',
  'tell-of-reversal': 'theirs',
};

/** Was this person (a pseudonym) ever asked in this organisation or took part, or did they come, give hours or say something on this agreement, or on one whose word it carries on? */
export function isKnown({ agreement, participants }: Pick<States, 'agreement' | 'participants'>, person: string): boolean {
  const { activities, invitations } = agreement.involvement;
  return (
    participants[person]?.known === true ||
    invitations.some(({ participant }) => participant === person) ||
    activities.some(({ attended, effort, spoke }) => spoke.includes(person) || [...attended, ...effort].some(({ participant }) => participant === person)) ||
    everythingSaid(agreement).some(({ author }) => author === person) ||
    agreement.carried.some(({ authors }) => authors.includes(person))
  );
}

/** Who takes part by an event. A concern names nobody: it leaves no trace on whoever raised it. */
const takingPart: { readonly [T in EventType]?: (data: Events[T]) => readonly string[] } = {
  'concordat.agreement.attendance-recorded.v1': ({ participants }) => participants,
  'concordat.agreement.effort-recorded.v1': ({ participant }) => [participant],
  'concordat.agreement.contribution-recorded.v1': ({ author }) => [author],
};

/** Whoever takes part by these events for the first time is known from then on in every agreement of the organisation. */
export function comingIn({ participants }: Pick<States, 'participants'>, events: readonly AgreementEvent[]): readonly AgreementEvent[] {
  const there = events.flatMap(({ type, data }) => (takingPart[type] as ((data: unknown) => readonly string[]) | undefined)?.(data) ?? []);
  return [...new Set(there)].filter((person) => participants[person]?.known !== true).map((person) => happenedTo(person, 'concordat.participant.came-in.v1', {}));
}

const namedBy = (command: AgreementCommandBody) =>
  fields.flatMap((field) => [(command as unknown as Partial<Record<Field, string | readonly string[]>>)[field] ?? []].flat().map((person) => ({ field, person })));

/** Nobody new is named by these: who was erased is erased, or what they were owed is settled without a word that would be kept near them. */
export const takenOfErased: readonly CommandName[] = ['erase-participant', 'answer-contribution'];

/** Whom a command names that asks something of them, or puts something down as theirs. Of whoever was erased nothing is confirmed either: what staff typed for them stays as typed. */
const meantBy = (command: AgreementCommandBody) => [...namedBy(command), ...(command.name === 'record-proxy-entry' ? [{ field: 'onBehalfOf', person: command.onBehalfOf }] : [])];

/** The refusal of whoever a command names and was erased; false where nobody was. */
export function refuseErased({ participants }: Pick<States, 'participants'>, command: AgreementCommandBody): Refusal | false {
  if (takenOfErased.includes(command.name)) return false;
  const tells = 'outcome' in command;
  const erased = meantBy(command).filter(({ person }) => participants[person]?.erased === true);
  return (
    erased.length > 0 &&
    refusal(
      'participant.erased',
      tells
        ? 'Whoever is told themselves was not erased at their wish; of whoever was it is recorded that they can no longer be reached.'
        : 'Whoever is named was not erased at their wish; who comes again comes under another pseudonym.',
      ...erased.map(({ field, person }) => ({ what: `${field}: ${participantStream(person)}`, suppliedBy: 'facilitator', by: tells ? command.name : 'invite-participant' })),
    )
  );
}

/**
 * The refusal of whoever signs in and is named as one who takes part, or asked to be erased; false where nobody is. Whoever has an
 * account takes part under a pseudonym like all others: their account's id says who it was, is counted as one of those who were asked,
 * and what they sign, or say against what is done, is not erased with what they said at an activity.
 */
export function refuseRegistered({ persons }: Pick<States, 'persons'>, command: AgreementCommandBody): Refusal | false {
  const how = (named as Readonly<Partial<Record<CommandName, (typeof named)[NamesPeople]>>>)[command.name];
  if (how !== 'comes-in' && command.name !== 'erase-participant') return false;
  const registered = namedBy(command).filter(({ person }) => persons[person]?.registered === true);
  return (
    registered.length > 0 &&
    refusal(
      'participant.registered',
      'Whoever is named takes part under a pseudonym, not under the id they sign in by.',
      ...registered.map(({ field, person }) => ({ what: `a pseudonym in place of ${field}: ${personStream(person)}`, suppliedBy: 'facilitator', by: 'invite-participant' })),
    )
  );
}

/** The refusal of whoever a command names and nobody knows here, by the field that names them; false where all are known. */
export function refuseStrangers(states: States, command: AgreementCommandBody): Refusal | false {
  const how = (named as Readonly<Partial<Record<CommandName, (typeof named)[NamesPeople]>>>)[command.name];
  if (how !== 'known' && how !== 'known-or-registered') return false;
  const isThere = (person: string) => isKnown(states, person) || (how === 'known-or-registered' && states.persons[person]?.registered === true);
  const strangers = namedBy(command).filter(({ person }) => !isThere(person));
  return (
    strangers.length > 0 &&
    refusal(
      'participant.unknown',
      how === 'known' ? 'Whoever is named was asked to take part here, or took part.' : 'Whoever is named was asked to take part here, or took part, or is registered in this organisation.',
      ...strangers.map(({ field, person }) => ({ what: `${field}: ${participantStream(person)}`, suppliedBy: 'facilitator', by: 'invite-participant' })),
      ...(how === 'known' ? [] : strangers.map(({ field, person }) => ({ what: `${field}: ${personStream(person)}`, suppliedBy: 'administrator', by: 'register-person' }))),
    )
  );
}
