import { actingNow, initialPerson, may, rightMissing } from '@concordat/access/core';
import { type Missing, type Refusal, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { sameFact } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { becoming, commitmentOf, commitmentStands } from './commitment.js';
import { contributionOf } from './contribution.js';
import { type AgreementEvent, happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { themeOf } from './answering.js';
import { type Adopted, adoptedIn, answering, linkedAs, type Reversal, standingIn } from './reversal.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/*
 * What was adopted and promised in one agreement goes on in another: carried on by a command, with a link that ends or varies, and back where that is given up.
 */

/** What an earlier agreement adopted and this one goes on with: by reference, with whose word it was. */
export interface Carried {
  /** The theme it was adopted in, or what was said and had an answer of its own. */
  readonly id: string;
  readonly from: string;
  readonly title: string;
  /** `null` where one person was answered alone: what was said to them is read in the agreement it was said in. */
  readonly changed: string | null;
  /** Pseudonyms. */
  readonly authors: readonly string[];
  readonly reversed: Reversal | null;
  /** Another agreement that carries it on in turn. */
  readonly goesOnIn: string | null;
}
export type CarriedTheme = { readonly theme: string; readonly title: string; readonly changed: string | null; readonly authors: readonly string[] };
/** What came along with a split or a call-off, as it begins there. */
export const carriedFrom = (from: string, themes: readonly CarriedTheme[]): CarriedState =>
  themes.map(({ theme: id, title, changed, authors }) => ({ id, from, title, changed, authors, reversed: null, goesOnIn: null }));
export type CarriedCommitment = { readonly commitment: string; readonly what: string; readonly by: CivilDate; readonly theme: string | null };

export interface CarryOnCommands {
  /** This agreement renews or follows that one (`from`): it goes on with all that was adopted there and all that is still promised. */
  'carry-on': { readonly from: string };
}

export interface CarryOnEvents {
  'concordat.agreement.carried-on.v1': {
    readonly from: string;
    readonly themes: readonly CarriedTheme[];
    readonly commitments: readonly CarriedCommitment[];
  };
  /** In the stream of the agreement that is carried on. */
  'concordat.agreement.carried-to.v1': { readonly to: string; readonly themes: readonly string[]; readonly commitments: readonly string[] };
}

/** In the order they were carried on. */
export type CarriedState = readonly Carried[];
export const initialCarried: CarriedState = [];

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

const promisedIn = ({ commitments }: Agreement, today: CivilDate) => commitments.filter((made) => ['open', 'overdue'].includes(commitmentStands(made, today)));

/** What is carried on of an earlier agreement: what was adopted there and stands, and what is still promised. */
function goingOn(agreement: Agreement, earlier: Agreement, today: CivilDate) {
  const known = new Map(agreement.carried.map((one) => [one.id, one]));
  // What is carried on already comes with whoever spoke to it since, and what went back comes again.
  const isNew = ({ theme, authors }: Adopted): boolean => {
    const one = known.get(theme);
    // What was called off from here had it from here, where it stayed.
    if (isCalledOffFrom(earlier, agreement) && earlier.carried.some(({ id, from }) => id === theme && from === agreement.id)) return false;
    return one === undefined || (one.from === earlier.id && (one.goesOnIn === earlier.id || (one.goesOnIn === null && authors.some((author) => !one.authors.includes(author)))));
  };
  return {
    themes: standingIn(earlier).filter(isNew),
    open: promisedIn(earlier, today),
  };
}

type GoingOn = ReturnType<typeof goingOn>;

/** A placement holds no words of what comes along: it has the ids, and whose word it was. */
export const titledFor = ({ kind, carried }: Pick<Agreement, 'kind' | 'carried'>, themes: readonly CarriedTheme[]): readonly CarriedTheme[] =>
  kind === 'placement' ? themes.map((one, at) => ({ ...one, title: `Theme ${carried.length + at + 1}`, changed: null })) : themes;

/** `staysThere`: what was adopted in that agreement is carried on here and in others beside it, as by all that is called off from one. */
function carriedOn(into: Agreement, from: string, { themes, open }: GoingOn, staysThere = false): readonly [AgreementEvent, ...AgreementEvent[]] {
  const taken = staysThere ? [] : themes;
  return [
    happened(into.id, 'concordat.agreement.carried-on.v1', {
      from,
      themes: titledFor(into, themes.map(({ theme, title, changed, authors }) => ({ theme, title, changed, authors }))),
      commitments: open.map(({ id, what, by, theme }, at) => ({ commitment: id, what: into.kind === 'placement' ? `Promise ${into.commitments.length + at + 1}` : what, by, theme })),
    }),
    ...(taken.length === 0 && open.length === 0 ? [] : [happened(from, 'concordat.agreement.carried-to.v1', { to: into.id, themes: taken.map(({ theme }) => theme), commitments: open.map(({ id }) => id) })]),
  ];
}

/** What comes with an agreement to the one that ends it: all that was adopted there and goes on nowhere else, and all that is still promised. */
export function comesWithEnding(agreement: Agreement, ended: Agreement, today: CivilDate): readonly AgreementEvent[] {
  const going = endingWith(agreement, ended, today);
  return going.themes.length === 0 && going.open.length === 0 ? [] : carriedOn(agreement, ended.id, going);
}

/** What was adopted in an agreement that this one extends or varies, stands and goes on nowhere else: whoever gave it is asked again here. It stays there, with all that is promised. */
export const varyingWith = (agreement: Agreement, varied: Agreement, today: CivilDate): GoingOn => ({ themes: goingOn(agreement, varied, today).themes.filter(({ goesOnIn }) => goesOnIn === null), open: [] });
export const comesWithVarying = (agreement: Agreement, varied: string, going: GoingOn): readonly AgreementEvent[] => (going.themes.length === 0 ? [] : carriedOn(agreement, varied, going, true));
/** And what came so is of that one alone, where this one does not vary it after all. What was carried on here besides, and left there, is no such thing. */
export function leavesWithVarying({ id, carried }: Agreement, varied: Agreement): readonly AgreementEvent[] {
  const stayed = adoptedIn(varied).flatMap(({ theme, goesOnIn }) => (goesOnIn === id ? [] : [theme]));
  const themes = carried.flatMap((one) => (one.from === varied.id && one.goesOnIn === null && stayed.includes(one.id) ? [one.id] : []));
  return themes.length === 0 ? [] : [happened(id, 'concordat.agreement.carried-to.v1', { to: varied.id, themes, commitments: [] })];
}

/** Was the one called off from the other? */
const isCalledOffFrom = ({ tree: { parent } }: Agreement, other: Agreement): boolean => parent?.as === 'called-off-from' && parent.agreement === other.id;

/** Has the one to do with the other: linked, one come from the other or both from one, carried on before, or of the same place and theme? */
function goesWith(agreement: Agreement, other: Agreement): boolean {
  const isLinked = agreement.tree.links.some((link) => link.agreement === other.id);
  const families = [agreement, other].map(({ id, tree: { parent } }) => [id, ...(parent === null ? [] : [parent.agreement, parent.root])]);
  const isOfOneFamily = families[0]?.some((id) => families[1]?.includes(id)) === true;
  const wasCarriedOn = carriedOnFrom(agreement).includes(other.id) || carriedOnFrom(other).includes(agreement.id);
  return isLinked || isOfOneFamily || wasCarriedOn || (sameFact(agreement, other, 'place') && sameFact(agreement, other, 'theme'));
}

/** The agreements that this one carries on, of what was adopted or promised there. */
export const carriedOnFrom = ({ carried, commitments }: Agreement): readonly string[] => [...new Set([...carried, ...commitments].flatMap(({ from }) => from ?? []))];

/** What this agreement carries on of that one and that one gave to no other since, as far as it still stands or is promised. */
function heldFor(agreement: Agreement, earlier: Agreement): GoingOn {
  const left = adoptedIn(earlier).flatMap(({ theme, goesOnIn }) => (goesOnIn === agreement.id ? [theme] : []));
  return {
    themes: standingIn(agreement).filter(({ theme, goesOnIn }) => goesOnIn === null && left.includes(theme)),
    open: agreement.commitments.filter(({ id, became }) => {
      const there = commitmentOf(earlier, id)?.became;
      return became.is === 'open' && there?.is === 'carried-on' && there.to === agreement.id;
    }),
  };
}

/** What goes back with an agreement that is cancelled to those that go on without it: what it carried on of them, as far as it still stood or was promised. */
export const goesBack = (states: Pick<States, 'agreement' | 'others'>): readonly AgreementEvent[] => carriedOnFrom(states.agreement).flatMap((from) => goesBackTo(states, from));

/** The same, of what came from that one. */
export function goesBackTo({ agreement, others }: Pick<States, 'agreement' | 'others'>, from: string): readonly AgreementEvent[] {
  const earlier = others[from];
  if (earlier?.lifecycle !== 'open' && earlier?.lifecycle !== 'held') return [];
  const going = heldFor(agreement, earlier);
  return going.themes.length === 0 && going.open.length === 0 ? [] : carriedOn(earlier, agreement.id, going);
}

/** Did it come to an end as a service does, by its last gate or by the agreement that ended it? */
const isOver = (agreement: Agreement): boolean => agreement.lifecycle === 'closed' || (agreement.lifecycle === 'cancelled' && linkedAs(agreement, 'ended-by').length > 0);

/** What would pass with an agreement that another ends: that one was told of what there was on the day it was named. */
function passesWithItsEnd({ agreement, others }: Pick<States, 'agreement' | 'others'>, today: CivilDate): readonly GoingOn[] {
  const enders = linkedAs(agreement, 'ended-by').map((by) => others[by]).filter((one) => one?.lifecycle !== 'cancelled');
  // Several may have had it from one: what ends them all carries it on from the first.
  const isThere = (theme: string) => enders.some((one) => one?.carried.some(({ id, from, goesOnIn }) => id === theme && goesOnIn !== from) === true);
  return enders.length > 0 ? [{ themes: standingIn(agreement).filter(({ theme, goesOnIn }) => goesOnIn === null && !isThere(theme)), open: promisedIn(agreement, today) }] : [];
}

/** What would pass with what this agreement carries on of those that are over, to which it cannot go back. */
const passesWithCarried = ({ agreement, others }: States): readonly GoingOn[] =>
  carriedOnFrom(agreement).flatMap((from) => (others[from] !== undefined && isOver(others[from]) ? [heldFor(agreement, others[from])] : []));

const stillAdopted = (going: readonly GoingOn[]): readonly Missing[] =>
  going.flatMap(({ themes }) => themes.map(({ theme, title }) => facilitator(`${theme}: “${title}” was adopted and stands; it is undone, or another agreement carries it on`, 'reverse-answer')));
const stillPromised = (going: readonly GoingOn[]): readonly Missing[] =>
  going.flatMap(({ open }) => open.map(({ id, by }) => commissioner(`${id}: due by ${by}, to be kept, broken or carried on`, 'keep-commitment')));
const inSilence = (...missing: readonly Missing[]): Refusal | false =>
  missing.length > 0 && refusal('reversal.in-silence', 'What was adopted or promised does not pass with a service in silence.', ...missing);

/** The refusal to cancel an agreement while something adopted or promised would pass with it. */
export function refuseToCancel(states: States, { today }: Context): Refusal | false {
  const ended = passesWithItsEnd(states, today);
  // An ended one lets go of all that it holds.
  const going = ended.length > 0 ? ended : passesWithCarried(states);
  return inSilence(...stillAdopted(going), ...stillPromised(going));
}

/**
 * What is carried on keeps its id. Where something else has that id here, what was adopted or promised there would be lost behind it: whoever
 * chose the id knew of the other.
 */
export function refuseIdsTaken(agreement: Agreement, from: string, { themes, open }: GoingOn, by: 'carry-on' | 'link-agreement'): Refusal | false {
  const adopted = new Map(adoptedIn(agreement).map((one) => [one.theme, one]));
  const isOther = (id: string, title: string, changed: string | null) => {
    // A placement calls it by a number.
    if (agreement.kind === 'placement' && agreement.carried.some((one) => one.id === id)) return false;
    const here = adopted.get(id);
    // What went there from here is the same, whatever it is called there.
    if (here?.goesOnIn === from) return false;
    return here === undefined ? themeOf(agreement, id) !== undefined || contributionOf(agreement, id) !== undefined : here.title !== title || here.changed !== changed;
  };
  const taken = [
    ...themes.filter(({ theme, title, changed }) => isOther(theme, title, changed)).map(({ theme }) => theme),
    ...open.flatMap(({ id, what, by: until }) => {
      const here = commitmentOf(agreement, id);
      const isSame = here?.what === what || (agreement.kind === 'placement' && here?.from !== null) || (here?.became.is === 'carried-on' && here.became.to === from);
      return here === undefined || (isSame && here.by === until) ? [] : [id];
    }),
  ];
  return taken.length > 0 && refusal('carry-on.id-taken', 'What is carried on keeps its id, which nothing else has here.', ...taken.map((id) => commissioner(`an agreement in which nothing else has the id ${id}`, by)));
}

/** What would come with that one to this agreement, which ends it. */
export function endingWith(agreement: Agreement, ended: Agreement, today: CivilDate): GoingOn {
  const { themes, open } = goingOn(agreement, ended, today);
  return { themes: themes.filter(({ goesOnIn }) => goesOnIn === null), open };
}

/** Whoever carries on another agreement may work on that one too. */
export function refuseUnlessTheirs({ persons }: States, { actor, today }: Context, from: string): Refusal | false {
  const now = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
  return !may(now, 'involvement.manage', { agreement: from }, today) && rightMissing('involvement.manage');
}

export const decide = {
  'carry-on': (states, { from }, context) => {
    const { agreement, others } = states;
    const earlier = others[from];
    if (from === agreement.id || earlier === undefined || earlier.lifecycle === 'none') {
      return refuse(refusal('carry-on.unknown', 'Another agreement of this organisation is carried on.', commissioner('from', 'carry-on')));
    }
    // Until it is awarded, what varies another asks of what was adopted there, which stays there with all that is promised.
    const isVarying = context.pathway.keepsRoute === true && agreement.award.original === null && linkedAs(agreement, 'renews').includes(from);
    const going = isVarying ? varyingWith(agreement, earlier, context.today) : goingOn(agreement, earlier, context.today);
    return unless(
      [
        refuseUnlessTheirs(states, context, from),
        !goesWith(agreement, earlier) &&
          refusal('carry-on.not-linked', 'What is carried on comes from an agreement that this one renews, replaces or ends, that it came from or that came from it, or that is of the same place and theme.', commissioner('a link between the two', 'link-agreement')),
        refuseIdsTaken(agreement, from, going, 'carry-on'),
        going.themes.length === 0 && going.open.length === 0 && alreadySo('all that was adopted or promised there is carried on'),
      ],
      () => carriedOn(agreement, from, going, isVarying || isCalledOffFrom(agreement, earlier)),
    );
  },
} satisfies { [C in keyof CarryOnCommands]: Decide<C> };

/** The agreement where what was adopted so goes on in that one; `null`: here. */
function goingOnIn(agreement: Agreement, themes: readonly string[], goesOnIn: string | null): Agreement {
  const answered = answering(agreement, themes, () => ({ goesOnIn }));
  return agreementWith(answered, { carried: answered.carried.map((one) => (themes.includes(one.id) ? { ...one, goesOnIn } : one)) });
}

export const evolve = {
  'concordat.agreement.carried-on.v1': (before, { data: { from, themes, commitments } }) => {
    const here = adoptedIn(before).map(({ theme }) => theme);
    // Of what is carried on from there already it is told who else spoke to it; what comes back stands as it did before it left.
    const alsoOf = (one: Carried) => (one.from === from && one.goesOnIn !== from ? (themes.find(({ theme }) => theme === one.id)?.authors ?? []) : []);
    const known = before.carried.map((one) => ({ ...one, authors: [...new Set([...one.authors, ...alsoOf(one)])] }));
    const returned = themes.map(({ theme }) => theme).filter((theme) => !before.carried.some((one) => one.id === theme && one.from === from && one.goesOnIn !== from));
    const back = becoming(goingOnIn(agreementWith(before, { carried: known }), returned, null), commitments.map(({ commitment }) => commitment), { is: 'open' });
    return agreementWith(back, {
      carried: [...back.carried, ...themes.filter(({ theme }) => !here.includes(theme)).map(({ theme: id, title, changed, authors }) => ({ id, from, title, changed, authors, reversed: null, goesOnIn: null }))],
      commitments: [...back.commitments, ...commitments.filter(({ commitment }) => commitmentOf(before, commitment) === undefined).map(({ commitment: id, ...made }) => ({ id, ...made, from, became: { is: 'open' } as const }))],
    });
  },
  'concordat.agreement.carried-to.v1': (agreement, { data: { to, themes, commitments } }) => goingOnIn(becoming(agreement, commitments, { is: 'carried-on', to }), themes, to),
} satisfies { [T in keyof CarryOnEvents]: Evolve<T> };

export const conditions = {
  // Of what is promised every last gate asks by itself.
  'ending.adopted-goes-on': (agreement, _, { enders, today }) => stillAdopted(passesWithItsEnd({ agreement, others: enders }, today)),
} satisfies Partial<Conditions>;
