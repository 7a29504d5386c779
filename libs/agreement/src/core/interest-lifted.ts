import { actorName, personStream, type Role } from '@concordat/access/core';
import type { Sealed } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { changedBeneath, type Declaration, declarationOf, hasInterest, type Interest, type InterestAbove, isBarring, type Lifted, refuseCalledOffMeanwhile, withDeclaration } from './conflict.js';
import { happened } from './event.js';
import { refusal, refuseUnknown, unless } from './refusal.js';
import { everyIdOf, worksForAProvider } from './separation.js';
import type { Decide, Evolve } from './topic.js';

export interface LiftingCommands {
  /** By another person, once whoever declared an interest that bars has said that it is over. Their key seals the reasons. */
  'lift-conflict': { readonly person: string; readonly role: Role; readonly reasons: Sealed };
}

export interface LiftingEvents {
  /** `interest`: what barred; `instead`: what its holder says since. */
  'concordat.agreement.conflict-lifted.v1': LiftingCommands['lift-conflict'] & { readonly interest: Interest; readonly instead: Interest | 'none' };
}

/** An interest that its holder says is over, and that bars until another person agrees. */
export const waitsForAnother = (declaration: Declaration): declaration is Declaration & { readonly interest: Interest; readonly instead: Interest | 'none' } =>
  isBarring(declaration.interest) && declaration.instead !== null;

export const decide = {
  'lift-conflict': (states, { person, role, reasons }, { actor, at }) => {
    const { agreement, persons } = states;
    const declaration = declarationOf(agreement, person, role);
    const everyId = everyIdOf(persons, actorName(actor));
    const whoElse = (who: string) => ({ what: `someone other than the one who ${who}`, suppliedBy: 'someone else', by: 'lift-conflict' });
    const reasonsAgainst = [
      ...(everyIdOf(persons, person).some((id) => everyId.includes(id)) ? ['declared it'] : []),
      ...(everyId.some((id) => hasInterest(agreement, id)) ? ['has an interest here'] : []),
      ...(worksForAProvider(persons[actorName(actor)]) ? ['works for a provider'] : []),
    ];
    const notTheirs = reasonsAgainst.length > 0 && refusal('conflict.not-theirs-to-lift', 'An interest that bars is lifted by another person, who has none here.', ...reasonsAgainst.map(whoElse));
    if (declaration === undefined || !waitsForAnother(declaration)) {
      return refuseUnknown(
        refusal('conflict.nothing-to-lift', 'Whoever declared an interest that bars has said in that role that it is over.', { what: personStream(person), suppliedBy: role, by: 'declare-no-conflict' }),
        [notTheirs],
      );
    }
    const beneath = changedBeneath(states, lifted(agreement, person, role, declaration.instead, at, { by: actorName(actor), interest: declaration.interest }), person, role);
    return unless(
      [notTheirs, refuseCalledOffMeanwhile(states, beneath, 'someone else', 'lift-conflict')],
      () => [happened(agreement.id, 'concordat.agreement.conflict-lifted.v1', { person, role, reasons, interest: declaration.interest, instead: declaration.instead }), ...beneath],
    );
  },
} satisfies { [C in keyof LiftingCommands]: Decide<C> };

const lifted = (agreement: Agreement, person: string, role: Role, instead: Interest | 'none', declaredAt: string, by: Lifted): Agreement =>
  withDeclaration(agreement, { person, role, interest: instead, declaredAt, instead: null, lifted: by });

/**
 * Whether a lifting counts no more, among all that was declared where it was lifted and above: whoever agreed to it turns out to be the same
 * person, to have or have had an interest there under another id, to work for a provider, or to have one that bars again itself.
 */
function countsNoMore(all: readonly InterestAbove[], knownAs: Agreement['knownAs']): (declared: InterestAbove) => boolean {
  const interested = new Set(all.flatMap(({ person, interest, lifted: over }) => (interest === 'none' && over === undefined ? [] : [person])));
  const barredAgain = new Set<string>();
  const isVoid = ({ person, lifted: over }: InterestAbove): boolean => {
    const by = over && knownAs[over.by];
    return over !== undefined && (barredAgain.has(over.by) || by?.ofProvider === true || by?.others.some((id) => id === person || interested.has(id)) === true);
  };
  for (let before = -1; before < barredAgain.size; ) {
    before = barredAgain.size;
    for (const declared of all) if (isVoid(declared)) barredAgain.add(declared.person);
  }
  return isVoid;
}

/** Every interest whose lifting counts no more, declared here or above it, bars again until another lifts it where it was declared. */
export function liftedToday({ conflicts, tree, knownAs }: Agreement): Pick<Agreement, 'conflicts' | 'tree'> {
  const { parent } = tree;
  const above = parent?.interests ?? [];
  const [isVoid, isVoidAbove] = [countsNoMore([...conflicts, ...above], knownAs), countsNoMore(above, knownAs)];
  return {
    conflicts: conflicts.map((declaration) => {
      const { lifted: over, ...stands } = declaration;
      return over !== undefined && isVoid(declaration) ? { ...stands, interest: over.interest, instead: stands.interest } : declaration;
    }),
    tree: {
      ...tree,
      parent: parent && {
        ...parent,
        interests: above.map((one) => (one.lifted !== undefined && isVoidAbove(one) ? { person: one.person, role: one.role, interest: one.lifted.interest } : one)),
      },
    },
  };
}

export const evolve = {
  'concordat.agreement.conflict-lifted.v1': (agreement, { data: { person, role, interest, instead }, recordedAt, meta }) =>
    lifted(agreement, person, role, instead, recordedAt, { by: meta.actor, interest }),
} satisfies { [T in keyof LiftingEvents]: Evolve<T> };
