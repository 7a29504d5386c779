import { type Actor, may, personStream, type Right, rightMissing } from '@concordat/access/core';
import { admits, type Agreement, type CommandName, commandNames, rightOf, scopeOn, scopesOf, waitsForCallIn } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { Problem } from '@concordat/platform';
import { oneOf, roleOf } from './words/say.js';

/** 404, the same for an agreement that is missing, foreign, or not to be seen. */
export function noSuchAgreement(): Problem {
  return new Problem({ status: 404, code: 'agreement.unknown', title: 'There is no such agreement', detail: 'It is not here, or you may not see it.' });
}

/** What somebody may do in another's place. */
const inAnothersPlace: readonly CommandName[] = ['sign-off', 'renew-sign-off'];

/** Whoever takes part alone takes off no record what a group told; nobody knows whose word theirs would be. */
const rightsAsked = (name: CommandName): readonly Right[] => (name === 'take-off-record' ? ['involvement.manage', 'involvement.confirm'] : [rightOf[name]]);

/** Who can send it: what a page says to whoever cannot. */
export const rightsMissing = (name: CommandName) => rightsAsked(name).map(rightMissing);

/**
 * Could this command of this actor's be accepted as far as rights go? Deciding asks again, on what stands then. `places`: the actor
 * as they may act in the place of each for whom they stand in.
 */
export function mayCommand(actor: Actor, name: CommandName, agreement: Agreement, day: string, places: readonly Actor[] = []): boolean {
  if (inAnothersPlace.includes(name) && places.some((place) => mayCommand(place, name, agreement, day))) return true;
  const right = rightOf[name];
  // A sign-off is one discipline's, or one party's: whoever gives any is shown the form, and deciding looks at whose it is.
  if (name === 'sign-off' || name === 'renew-sign-off' || name === 'renew-sign-off-condition' || name === 'withdraw-sign-off') {
    const grants = actor.kind === 'person' ? actor.grants : [];
    return grants.some(({ discipline, provider }) =>
      may(actor, right, { ...scopeOn(agreement, day), ...(discipline !== undefined && { discipline }), ...(provider !== undefined && { provider }) }, day),
    );
  }
  return scopesOf(agreement, { name, agreement: agreement.id } as never, day).some((scope) => rightsAsked(name).some((asked) => may(actor, asked, scope, day)));
}

/** Interests are declared by each for themselves: in a role of theirs, or where they are asked in person. */
export const mayDeclareAs = (actor: Actor, name: CommandName, asked: string): boolean =>
  (name !== 'declare-conflict' && name !== 'declare-no-conflict') || (actor.kind === 'person' && (asked === personStream(actor.person) || actor.grants.some(({ role }) => role === asked)));

/** What an agreement admits where its life stands: the form for whoever may, and for whoever may not who can. */
export type Offers = { readonly [C in CommandName]?: { readonly href?: string; readonly who?: string } };

/** The form of a command about one thing, its member filled in; nothing where it is not offered, or not to whoever looks. */
export type Form = (name: CommandName, about: string, member?: string) => string | undefined;

export const formIn = (offers: Offers): Form => (name, about, member = 'about') => {
  const href = offers[name]?.href;
  return href && `${href}?${member}=${about}`;
};

/** A process that knows no ground of urgency is none for it, whatever the route. */
const isOfThisProcess = ({ pathway: { id, version } }: Agreement, name: CommandName): boolean => name !== 'record-urgency' || (pathways.find(id, version)?.grounds ?? []).length > 0;

/** What was split is decided on again only as far as its decision was called in. */
const onceSplit: { readonly [C in CommandName]?: (decision: NonNullable<Agreement['decision']>) => boolean } = {
  'call-in-decision': ({ callIn, calledIn }) => callIn.is === 'open' && calledIn === null,
  'conclude-call-in': waitsForCallIn,
  'record-decision': ({ calledIn }) => calledIn?.outcome?.is === 'taken-anew',
  'second-decision': ({ second }) => second.is === 'awaited',
};
const isOpenStill = ({ lifecycle, decision }: Agreement, name: CommandName): boolean => lifecycle !== 'split' || decision === null || (onceSplit[name]?.(decision) ?? true);

/** What this agreement offers the actor on this day. */
export function offersOf(actor: Actor, agreement: Agreement, day: string, places: readonly Actor[] = []): Offers {
  return Object.fromEntries(
    commandNames
      .filter((name) => admits(agreement.lifecycle, name) && isOfThisProcess(agreement, name) && isOpenStill(agreement, name))
      .map((name) => [name, mayCommand(actor, name, agreement, day, places) ? { href: `/agreements/${agreement.id}/do/${name}` } : { who: oneOf(rightsMissing(name).flatMap(({ missing }) => missing).map(({ suppliedBy }) => roleOf(suppliedBy))) }]),
  );
}
