import { holdsRole, type Role, rolesWith } from '@concordat/access/core';
import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { scopeOn } from './partner.js';
import { everyIdToday } from './separation.js';
import { isStale } from './sign-off.js';
import type { Conditions } from './topic.js';

// Whoever influences what is decided says where their own interest lies (Procurement Act 2023 s.81): those who act here, each from the gate after
// they did, and not somebody else who holds the same role.

/**
 * What somebody does here, as a phrase that finishes “the one who …”, and when a small agreement asks their declaration too: always, where its gate asks it of a role, or never.
 * `another`: how somebody else does it instead, from when on nobody waits for them; null where what was done stays theirs.
 */
type Act = { readonly person: string; readonly as: string; readonly small: 'always' | Role | 'never'; readonly another: string | null };

/** The approvals that were given here and stand, the last of each discipline: what somebody else answered anew rests on them alone. What came along from a whole was declared there. */
const approvals = (agreement: Agreement): Agreement['signOffs'] =>
  agreement.signOffs.filter(
    (signOff, at, all) =>
      signOff.kind === 'approval' && signOff.fromAgreement === null && signOff.answer.is === 'granted' && !isStale(agreement, signOff) &&
      !all.slice(at + 1).some((later) => later.kind === 'approval' && later.discipline === signOff.discipline && later.answer.is === 'granted'),
  );

/** All that people do here. Who was replaced acts no more; who opened it does where nobody is named to lead it. */
function actsOf(agreement: Agreement): readonly Act[] {
  const { facts: { lead, sponsor }, openedBy, award, decision, evaluation } = agreement;
  const acts: readonly Act[] = [
    { person: lead?.value ?? openedBy, as: lead === undefined ? 'opened it' : 'leads it', small: 'always', another: 'another leads it (amend-facts)' },
    ...(sponsor === undefined ? [] : [{ person: sponsor.value, as: 'gives the money', small: 'never', another: 'another gives the money (amend-facts)' } as const]),
    ...approvals(agreement).flatMap(({ discipline, voices }) =>
      voices.flatMap(({ is, by, second }): readonly Act[] => [
        ...(is === 'granted' ? [{ person: by, as: `gave the approval of ${discipline}`, small: 'never', another: 'another approves it anew (request-sign-off)' } as const] : []),
        ...(is === 'granted' && second.is === 'given' ? [{ person: second.by, as: `read the approval of ${discipline}`, small: 'never', another: 'another approves it anew (request-sign-off)' } as const] : []),
      ]),
    ),
    // Whoever signs in declares among all others; of whom it was recorded before they did it is known.
    ...evaluation.evaluators.flatMap(({ evaluator, registered, interest, stoodDown }) => (registered && interest === null && !stoodDown ? [{ person: evaluator, as: 'evaluates', small: 'never', another: 'another evaluates (stand-down-evaluator)' } as const] : [])),
    ...(award.proposed?.proposers ?? []).map((person) => ({ person, as: 'proposed the award', small: 'commissioner', another: null }) as const),
    ...(decision === null ? [] : [{ person: decision.recordedBy, as: 'decided', small: 'decision-maker', another: null } as const]),
    ...(decision?.second.is === 'given' ? [{ person: decision.second.by, as: 'read the decision', small: 'never', another: null } as const] : []),
  ];
  return acts.filter(({ person }) => person !== '' && !person.startsWith('system:'));
}

/** Everybody who acts here and of whom, under this id, no declaration is on record: whether a gate waits for them rests on who they are today. What is over has no gate. */
export const actingIn = (agreement: Agreement): readonly string[] =>
  agreement.lifecycle === 'open' || agreement.lifecycle === 'held' ? actsOf(agreement).flatMap(({ person }) => (agreement.conflicts.some((declaration) => declaration.person === person) ? [] : [person])) : [];

const declaring = rolesWith('conflict.declare');

/** The id under which this person may declare today; undefined of somebody who left or holds no role any more, for whom no gate waits. */
function speaksAs(agreement: Agreement, person: string, today: CivilDate): string | undefined {
  const scope = scopeOn(agreement, today);
  return everyIdToday(agreement, person).find((id) => {
    const known = agreement.knownAs[id];
    return known === undefined || declaring.some((role) => holdsRole(known.grants, role, scope, today));
  });
}

/** That whoever is awaited is away, until when, and what is done instead where nobody waits for them: nobody declares for somebody else. */
function whileAway({ knownAs }: Agreement, id: string, acts: readonly Act[], today: CivilDate): string {
  const away = (knownAs[id]?.absences ?? []).filter(({ from, until }) => from <= today && today <= until).map(({ until }) => until).sort();
  const instead = acts.every(({ another }) => another !== null) ? `, unless ${[...new Set(acts.map(({ another }) => another))].join(', and ')}` : '';
  return away.length === 0 ? '' : `; away until ${away.at(-1)}${instead}`;
}

/** Whose own declaration is missing of those who act here. `roles`: those of whom the gate asks one. */
export function undeclared(agreement: Agreement, roles: readonly Role[], today: CivilDate): readonly Missing[] {
  const asked = actsOf(agreement).filter(({ person, small }) => (agreement.tier !== 'small' || small === 'always' || (small !== 'never' && roles.includes(small))) && !hasDeclared(agreement, person));
  const awaited = new Map<string, Act[]>();
  for (const act of asked) {
    const id = speaksAs(agreement, act.person, today);
    if (id !== undefined) awaited.set(id, [...(awaited.get(id) ?? []), act]);
  }
  return [...awaited].map(([id, acts]) => ({ what: `declaration of person-${id}, who ${[...new Set(acts.map(({ as }) => as))].join(' and ')}${whileAway(agreement, id, acts, today)}`, suppliedBy: `person-${id}`, by: 'declare-conflict' }));
}

const hasDeclared = (agreement: Agreement, person: string): boolean => everyIdToday(agreement, person).some((id) => agreement.conflicts.some((declaration) => declaration.person === id));

export const conditions = {
  // Declared, not absent: an interest shuts no gate, it bars the person from approving (separation.ts).
  'conflicts.declared': (agreement, { roles }, { today }) => [
    ...roles.flatMap((role) => (agreement.conflicts.some((declaration) => declaration.role === role) ? [] : [{ what: `declaration of the ${role}`, suppliedBy: role, by: 'declare-conflict' }])),
    ...undeclared(agreement, roles, today),
  ],
} satisfies Partial<Conditions>;
