import { actorName, isProviderRole, may, type Person, personStream, rolesWith } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { hasInterest } from './conflict.js';
import { happened } from './event.js';
import { scopeOn } from './partner.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { deciding, everyIdOf, ownWork, worksForAProvider } from './separation.js';
import { type Statement, type StatementState, statementOf, statementUnknown, withStatement } from './statement.js';
import type { Context, Decide, Evolve, States } from './topic.js';

export interface ObjectionCommands {
  /**
   * By the decision-maker, read by a second person (an id). An objection blocks nothing and is not left without a word:
   * until the second person has read it, another may be named.
   */
  'reply-to-objection': { readonly statement: string; readonly reply: string; readonly secondPerson: string };
  /** By the very second person whom the decision-maker named: "I have read the objection and the reply." */
  'second-reply': { readonly statement: string };
}

export interface ObjectionEvents {
  'concordat.agreement.objection-replied-to.v1': { readonly statement: string; readonly reply: string; readonly secondPerson: string };
  'concordat.agreement.reply-seconded.v1': { readonly statement: string };
}

/** Can this person read an objection and its reply today? Whoever cannot would leave it open for ever. */
const canSecond = (agreement: Agreement, id: string, { disabled, grants, ...person }: Person, today: CivilDate): boolean =>
  !disabled && !worksForAProvider(person) && may({ kind: 'person', person: id, grants, scopes: 'all' }, 'second.give', scopeOn(agreement, today), today);

/**
 * Whose hand is in what is objected to, as phrases that finish “someone other than the one who …”: such a second person is none, as with what is signed
 * or decided. A small agreement has two people, and whoever does not reply reads.
 */
const handsIn = (agreement: Agreement, { asks }: Statement, everyId: readonly string[]): readonly string[] =>
  agreement.tier === 'small'
    ? []
    : [
        ...new Set([
          ...ownWork(agreement, everyId, deciding),
          ...(asks.some(({ by }) => everyId.includes(by)) ? ['asked for the view'] : []),
          ...(everyId.some((id) => hasInterest(agreement, id)) ? ['declared an interest'] : []),
        ]),
      ];
const refuseHandsIn = (hands: readonly string[]) =>
  hands.length > 0 &&
  refusal('statement.second-own-work', 'A second person has no hand in what is objected to.', ...hands.map((hand): Missing => ({ what: `someone other than the one who ${hand}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' })));

/** Could this person be named today as the second who reads the objection and the reply, by whoever acts? */
export const canBeSecond = ({ agreement, persons }: Pick<States, 'agreement' | 'persons'>, statement: Statement, person: string, { actor, today }: Pick<Context, 'actor' | 'today'>): boolean =>
  persons[person]?.registered === true && canSecond(agreement, person, persons[person], today) && !everyIdOf(persons, actorName(actor)).includes(person) && handsIn(agreement, statement, everyIdOf(persons, person)).length === 0;

const whoCanSecond = rolesWith('second.give').filter((role) => !isProviderRole(role));

// Whoever was named may have left, or lost the role: only another can be named then.
const anotherSecond = ({ group, id }: Statement): Missing => ({ what: `or another second person for the objection of ${group}: ${id}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' });

/** What an objection still waits for: it blocks nothing, and is not left without a word. */
export function whatTheObjectionWaitsFor(statement: Statement): readonly Missing[] {
  const { id, group, reply, repliedTo } = statement;
  if (repliedTo) return [];
  if (reply === null) return [{ what: `a reply to the objection of ${group}: ${id}`, suppliedBy: 'decision-maker', by: 'reply-to-objection' }];
  return [{ what: `the second person to read the objection of ${group} and the reply: ${id}`, suppliedBy: personStream(reply.secondPerson), by: 'second-reply' }, anotherSecond(statement)];
}

/** Every objection that was raised, as it stands: the first page of the decision paper. */
export function objections(agreement: Agreement): readonly Statement[] {
  return agreement.statements.filter(({ view }) => view === 'object');
}

/** What objections wait for, in any stage. */
export function objectionsOpen(agreement: Agreement): readonly Missing[] {
  return objections(agreement).flatMap(whatTheObjectionWaitsFor);
}

/** The statements as they stand once it is known who is no other: whom the decision-maker named to read an objection read none for whom they are. */
export function readToday(agreement: Agreement): StatementState {
  return agreement.statements.map((statement) => {
    const { reply, repliedTo } = statement;
    const others = agreement.knownAs[reply?.secondPerson ?? '']?.others ?? [];
    const isNoOther = reply !== null && (others.includes(reply.by) || agreement.knownAs[reply.secondPerson]?.ofProvider === true || handsIn(agreement, statement, others).length > 0);
    return repliedTo && isNoOther ? { ...statement, repliedTo: false, reply: { ...reply, readAt: null } } : statement;
  });
}

export const decide = {
  'reply-to-objection': ({ agreement, persons }, { statement: id, reply, secondPerson }, { actor, today }) => {
    const sought = statementOf(agreement, id);
    const second = persons[secondPerson];
    const missing = (what: string): Missing => ({ what, suppliedBy: 'decision-maker', by: 'reply-to-objection' });
    const besides = [
      reply.trim() === '' && refusal('statement.empty-reply', 'A reply says something.', missing('reply')),
      everyIdOf(persons, actorName(actor)).includes(secondPerson) &&
        refusal('statement.no-second-person', 'A second person reads the objection and the reply.', missing('someone else')),
      second?.registered !== true &&
        refusal('person.unknown', 'The second person is registered in this organisation.', { what: personStream(secondPerson), suppliedBy: 'administrator', by: 'register-person' }),
      second?.registered === true && !canSecond(agreement, secondPerson, second, today) &&
        refusal(
          'statement.cannot-second',
          'The second person is one of the organisation, not disabled, with a role here in which one reads for a second time.',
          ...whoCanSecond.map((role) => missing(`someone who is ${role}`)),
        ),
    ];
    if (sought === undefined) return refuseUnknown(statementUnknown, besides);
    return unless(
      [
        refuseHandsIn(handsIn(agreement, sought, everyIdOf(persons, secondPerson))),
        sought.view !== 'object' &&
          refusal('statement.no-objection', 'The group objects.', { what: 'an objection', suppliedBy: sought.group, by: 'record-statement' }),
        sought.repliedTo && alreadySo('the second person has read it'),
        !sought.repliedTo && sought.reply?.secondPerson === secondPerson && alreadySo('the objection has a reply, and this second person is asked to read it'),
        ...besides,
      ],
      () => [happened(agreement.id, 'concordat.agreement.objection-replied-to.v1', { statement: id, reply, secondPerson })],
    );
  },

  'second-reply': ({ agreement, persons }, { statement: id }, { actor }) => {
    const sought = statementOf(agreement, id);
    if (sought === undefined) return refuse(statementUnknown);
    const { reply, repliedTo } = sought;
    const person = actorName(actor);
    return unless(
      [
        reply === null && refusal('statement.no-reply', 'The decision-maker replied in writing.', { what: 'a reply', suppliedBy: 'decision-maker', by: 'reply-to-objection' }),
        reply !== null && (reply.secondPerson !== person || everyIdOf(persons, person).includes(reply.by) || worksForAProvider(persons[person])) &&
          refusal('statement.not-the-second-person', 'Whom the decision-maker named reads the objection and the reply.', { what: personStream(reply.secondPerson), suppliedBy: personStream(reply.secondPerson), by: 'second-reply' }, anotherSecond(sought)),
        reply !== null && refuseHandsIn(handsIn(agreement, sought, everyIdOf(persons, person))),
        repliedTo && alreadySo('the second person has read it'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.reply-seconded.v1', { statement: id })],
    );
  },
} satisfies { [C in keyof ObjectionCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.objection-replied-to.v1': (agreement, { data: { statement, reply, secondPerson }, meta, recordedAt }) =>
    withStatement(agreement, statement, { reply: { says: reply, by: meta.actor, at: recordedAt, secondPerson, readAt: null }, repliedTo: false }),
  'concordat.agreement.reply-seconded.v1': (agreement, { data: { statement }, recordedAt }) => {
    const reply = statementOf(agreement, statement)?.reply ?? null;
    return withStatement(agreement, statement, { repliedTo: true, reply: reply && { ...reply, readAt: recordedAt } });
  },
} satisfies { [T in keyof ObjectionEvents]: Evolve<T> };
