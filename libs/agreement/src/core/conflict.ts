import { actorName, holdsRole, type Role } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { Sealed } from '@concordat/platform/core';
import { isHere } from './above.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { allById, noneById } from './by-id.js';
import { type AgreementEvent, happened } from './event.js';
import { scopeOn } from './partner.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Context, Decide, Evolve, States } from './topic.js';

/** Where an interest may lie. */
export const interests = ['own-proposal', 'money', 'relative', 'employer', 'bid', 'other'] as const;
/** One kind of interest that may be declared. */
export type Interest = (typeof interests)[number];

export interface ConflictCommands {
  /** `person` is whoever declares; `role` the one in which they act here. */
  'declare-conflict': { readonly person: string; readonly role: Role; readonly interest: Interest; readonly about: Sealed };
  'declare-no-conflict': { readonly person: string; readonly role: Role };
}

export interface ConflictEvents {
  'concordat.agreement.conflict-declared.v1': { readonly person: string; readonly role: Role; readonly interest: Interest; readonly about: Sealed };
  'concordat.agreement.no-conflict-declared.v1': { readonly person: string; readonly role: Role };
}

/** That an interest which bars is over: who agreed to it, and which it was. */
export type Lifted = { readonly by: string; readonly interest: Interest };

/** The last word of one person in one role; but an interest that bars stays until another person agreed that it is over. */
export type Declaration = {
  readonly person: string;
  readonly role: Role;
  readonly interest: Interest | 'none';
  readonly declaredAt: string;
  /** What its holder says since of an interest that bars; `null` while they stand by it, and of what bars nobody. */
  readonly instead: Interest | 'none' | null;
  /** Who agreed last that an interest that barred is over, and which that was; not there where nobody did, nor once its holder declares one that bars anew. */
  readonly lifted?: Lifted | undefined;
};

export type ConflictState = readonly Declaration[];
export const initialConflicts: ConflictState = [];

/** An interest that was declared in what an agreement was called off from, or that it is over there and who agreed to that. It is lifted there alone. */
export type InterestAbove = Pick<Declaration, 'person' | 'role' | 'interest' | 'lifted'>;

/** What goes along of it to whatever is called off: nothing of an interest that never barred, and is taken back. */
export function alongOf({ person, role, interest, lifted }: InterestAbove): readonly InterestAbove[] {
  return interest === 'none' && lifted === undefined ? [] : [{ person, role, interest, ...(lifted !== undefined && { lifted }) }];
}

/** All that was declared here or above it, as it goes along to what is called off. */
export function interestsAlong({ conflicts, tree: { parent } }: Agreement): readonly InterestAbove[] {
  return [...conflicts, ...(parent?.interests ?? [])].flatMap(alongOf);
}

/** Has this person an interest here, declared here or above it, in any role and not taken back since? */
export function hasInterest(agreement: Agreement, person: string): boolean {
  return interestsAlong(agreement).some((declared) => declared.person === person && declared.interest !== 'none');
}

// Own proposal, money, relative, employer, bid. What else may lie between someone and their work is read by a second person.
/** Does this interest bar whoever has it from approving, in any tier? */
export const isBarring = (interest: Interest | 'none'): boolean => interest !== 'other' && interest !== 'none';

/** Has this person one of the interests that bar from approving, in any tier? */
export function hasBarringInterest(agreement: Agreement, person: string): boolean {
  return interestsAlong(agreement).some((declared) => declared.person === person && isBarring(declared.interest));
}

/** What this person declared in this role. */
export const declarationOf = (agreement: Agreement, person: string, role: Role): Declaration | undefined =>
  agreement.conflicts.find((declaration) => declaration.person === person && declaration.role === role);

/**
 * People speak for themselves, in a role they hold: nobody fills in the declarations of others. What they declared stands when the role
 * is withdrawn, so they may say anew in it what became of that.
 */
function notTheirs(person: string, role: Role, states: States, context: Context): (Refusal | false)[] {
  return [
    actorName(context.actor) !== person &&
      refusal('conflict.not-yourself', 'People declare their own interests.', { what: `person-${person}`, suppliedBy: role, by: 'declare-conflict' }),
    !holdsRole(states.persons[person]?.grants ?? [], role, scopeOn(states.agreement, context.today), context.today) &&
      declarationOf(states.agreement, person, role) === undefined &&
      refusal('conflict.not-your-role', 'People declare in a role they hold here today, or declared in before.', { what: role, suppliedBy: role, by: 'declare-conflict' }),
  ];
}

/** What was called off from this agreement, with the contracts that was split into, however far beneath. */
export function calledOffFrom({ tree }: Agreement, others: States['others']): readonly string[] {
  const beneath = allById(tree.children).flatMap(({ id, as }) => (as === 'called-off' ? [id] : []));
  // It grows while it is walked: what stands beneath one that was read comes after it.
  for (const id of beneath) beneath.push(...allById(others[id]?.tree.children ?? noneById).map((child) => child.id));
  return beneath;
}

/** What bars somebody here bars them in whatever was called off from it and is in this organisation; as soon as that changes here it does there. */
export function changedBeneath({ agreement, others }: Pick<States, 'agreement' | 'others'>, after: Agreement, person: string, role: Role): readonly AgreementEvent[] {
  const [before, now] = [agreement, after].map((one) => declarationOf(one, person, role));
  const interest = now?.interest ?? 'none';
  if (interest === (before?.interest ?? 'none') && now?.lifted?.by === before?.lifted?.by) return [];
  const along = { from: agreement.id, person, role, interest, ...(now?.lifted !== undefined && { lifted: now.lifted }) };
  return calledOffFrom(agreement, others).filter((id) => others[id] === undefined || isHere(others[id])).map((id) => happened(id, 'concordat.agreement.interest-came-along.v1', along));
}

/** Whatever is called off while somebody declares an interest is not passed over: they say it once more. */
export function refuseCalledOffMeanwhile({ agreement, others }: States, changes: readonly AgreementEvent[], suppliedBy: string, by: string): Refusal | false {
  const unread = changes.length > 0 && calledOffFrom(agreement, others).some((id) => others[id] === undefined);
  return unread && refusal('conflict.called-off-meanwhile', 'Nothing was called off from it at the same moment.', { what: 'the same once more', suppliedBy, by });
}

const saysNone = (declaration: Declaration | undefined): boolean => (declaration?.instead ?? declaration?.interest) === 'none';

export const decide = {
  // Never `already-so`: what was said about an interest is sealed, so a second saying cannot be compared with the first.
  'declare-conflict': (states, { person, role, interest, about }, context) => {
    const { agreement } = states;
    const beneath = changedBeneath(states, saying(agreement, person, role, interest, context.at), person, role);
    return unless([...notTheirs(person, role, states, context), refuseCalledOffMeanwhile(states, beneath, role, 'declare-conflict')], () => [
      happened(agreement.id, 'concordat.agreement.conflict-declared.v1', { person, role, interest, about }),
      ...beneath,
    ]);
  },

  'declare-no-conflict': (states, { person, role }, context) => {
    const { agreement } = states;
    const beneath = changedBeneath(states, saying(agreement, person, role, 'none', context.at), person, role);
    return unless(
      [
        ...notTheirs(person, role, states, context),
        saysNone(declarationOf(agreement, person, role)) && alreadySo('you declared that you have no interest here'),
        refuseCalledOffMeanwhile(states, beneath, role, 'declare-no-conflict'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.no-conflict-declared.v1', { person, role }), ...beneath],
    );
  },
} satisfies { [C in keyof ConflictCommands]: Decide<C> };

/** The agreement with this in place of what the person declared in the role before. */
export function withDeclaration(agreement: Agreement, declaration: Declaration): Agreement {
  const others = agreement.conflicts.filter(({ person, role }) => person !== declaration.person || role !== declaration.role);
  return agreementWith(agreement, { conflicts: [...others, declaration] });
}

/** After a new word of a person in a role: nobody lifts by themselves what bars them. */
function saying(agreement: Agreement, person: string, role: Role, interest: Interest | 'none', declaredAt: string): Agreement {
  const before = declarationOf(agreement, person, role);
  const barsOn = before !== undefined && isBarring(before.interest) && !isBarring(interest);
  return withDeclaration(agreement, barsOn ? { ...before, instead: interest } : { person, role, interest, declaredAt, instead: null, ...(before?.lifted !== undefined && !isBarring(interest) && { lifted: before.lifted }) });
}

export const evolve = {
  'concordat.agreement.conflict-declared.v1': (agreement, { data, recordedAt }) =>
    saying(agreement, data.person, data.role, data.interest, recordedAt),
  'concordat.agreement.no-conflict-declared.v1': (agreement, { data, recordedAt }) =>
    saying(agreement, data.person, data.role, 'none', recordedAt),
} satisfies { [T in keyof ConflictEvents]: Evolve<T> };
