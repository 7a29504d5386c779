import type { Person, Role } from '@concordat/access/core';
import type { Sealed } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';

/** Where an interest may lie. */
export const interests = ['own-proposal', 'money', 'relative', 'employer', 'bid', 'other'] as const;
export type Interest = (typeof interests)[number];

export interface ConflictCommands {
  /** `role`: the role in which the person who declares acts. */
  'declare-conflict': { readonly role: Role; readonly interest: Interest; readonly about: Sealed };
  'declare-no-conflict': { readonly role: Role };
}

export interface ConflictEvents {
  'concordat.agreement.conflict-declared.v1': { readonly person: string; readonly role: Role; readonly interest: Interest; readonly about: Sealed };
  'concordat.agreement.no-conflict-declared.v1': { readonly person: string; readonly role: Role };
}

/** The last word of one person in one role. */
export interface Declaration {
  readonly person: string;
  readonly role: Role;
  readonly interest: Interest | 'none';
  readonly declaredAt: string;
}

export type ConflictState = readonly Declaration[];
export const initialConflicts: ConflictState = [];

/** Has this person an interest here, declared in any role and not taken back since? */
export function hasInterest(agreement: Agreement, person: string): boolean {
  return agreement.conflicts.some((declaration) => declaration.person === person && declaration.interest !== 'none');
}

function actsAs(role: Role, person: Person | undefined): boolean {
  return person?.grants.some((grant) => grant.role === role) ?? false;
}

/** The person who declares; a system has no interests to declare. */
function declarant(context: Context): string {
  return context.actor.kind === 'person' ? context.actor.person : '';
}

const lastWord = (agreement: Agreement, person: string, role: Role): Declaration | undefined =>
  agreement.conflicts.find((declaration) => declaration.person === person && declaration.role === role);

const notYourRole = (role: Role) =>
  refusal('conflict.not-your-role', 'People declare for themselves, in a role they have.', { what: role, suppliedBy: role, by: 'declare-conflict' });

export const decide = {
  // Never `already-so`: what was said about an interest is sealed, so a second saying cannot be compared with the first.
  'declare-conflict': ({ agreement, persons }, { role, interest, about }, context) => {
    const person = declarant(context);
    return unless([!actsAs(role, persons[person]) && notYourRole(role)], () => [
      happened(agreement.id, 'concordat.agreement.conflict-declared.v1', { person, role, interest, about }),
    ]);
  },

  'declare-no-conflict': ({ agreement, persons }, { role }, context) => {
    const person = declarant(context);
    return unless(
      [
        !actsAs(role, persons[person]) && notYourRole(role),
        lastWord(agreement, person, role)?.interest === 'none' && alreadySo('you declared that you have no interest here'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.no-conflict-declared.v1', { person, role })],
    );
  },
} satisfies { [C in keyof ConflictCommands]: Decide<C> };

function withDeclaration(agreement: Agreement, declaration: Declaration): Agreement {
  const others = agreement.conflicts.filter(({ person, role }) => person !== declaration.person || role !== declaration.role);
  return { ...agreement, conflicts: [...others, declaration] };
}

export const evolve = {
  'concordat.agreement.conflict-declared.v1': (agreement, { data, recordedAt }) =>
    withDeclaration(agreement, { person: data.person, role: data.role, interest: data.interest, declaredAt: recordedAt }),
  'concordat.agreement.no-conflict-declared.v1': (agreement, { data, recordedAt }) =>
    withDeclaration(agreement, { person: data.person, role: data.role, interest: 'none', declaredAt: recordedAt }),
} satisfies { [T in keyof ConflictEvents]: Evolve<T> };

export const conditions = {
  // Declared, not absent: an interest shuts no gate, it bars the person from approving (separation.ts).
  'conflicts.declared': (agreement, { roles }) =>
    roles
      .filter((role) => !agreement.conflicts.some((declaration) => declaration.role === role))
      .map((role) => ({ what: `declaration of the ${role}`, suppliedBy: role, by: 'declare-conflict' })),
} satisfies Partial<Conditions>;
