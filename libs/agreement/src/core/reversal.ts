import { actingNow, initialPerson, may, rightMissing } from '@concordat/access/core';
import { type Missing, type Refusal, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { isHere, toldIn } from './above.js';
import { activityOf } from './activity.js';
import { sameFact } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { becoming, commitmentOf, commitmentStands } from './commitment.js';
import { type Contribution, contributionOf, inLedger, saidFor, withContributions } from './contribution.js';
import { cannotBeReached, wishesNotToHear } from './owed-word.js';
import { type AgreementEvent, happened } from './event.js';
import { kept } from './kept.js';
import { hearing, type Told, type Tried } from './feedback.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { adopts, type Answering, themeOf } from './answering.js';
import { themeUnknown } from './theme.js';
import { refuseUnpublished, themesToldToAll } from './told-to-all.js';
import { tellable } from './you-said-we-did.js';
import { newlyUnreached, refuseSameSayer, refuseUntried } from './unreached.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/*
 * What was adopted can be undone years later. Whoever gave it hears of it, to the end of the agreement and beyond: after
 * its close, and from the agreement that carries it on.
 */

/** An adopted answer that was undone, and which of its authors know. */
export interface Reversal {
  readonly on: CivilDate;
  readonly reasons: string;
  readonly told: readonly string[];
  /** The agreement that tells them, where it was undone in one that carries it on. */
  readonly toldIn: string | null;
}

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

export interface ReversalCommands {
  /** What an answer changed holds no more. `theme`: one of this agreement, what was said and had an answer of its own, or what it carries on of these. */
  'reverse-answer': { readonly theme: string; readonly reasons: string };
  /** These authors were told that what they gave was undone. */
  'tell-of-reversal': { readonly theme: string } & Told;
  /** This agreement renews or follows that one (`from`): it goes on with all that was adopted there and all that is still promised. */
  'carry-on': { readonly from: string };
}

export interface ReversalEvents {
  /** `toldIn`: the agreement that tells people of it, where it was undone in one that carries it on; null: this one. */
  'concordat.agreement.answer-reversed.v1': { readonly theme: string; readonly reasons: string; readonly on: CivilDate; readonly toldIn: string | null };
  'concordat.agreement.reversal-told.v1': { readonly theme: string } & Omit<Told, 'tried'> & Tried;
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

/** Whose word a theme holds. */
function authorsOf(agreement: Agreement, contributions: readonly string[]): readonly string[] {
  const said = contributions.flatMap((id) => contributionOf(agreement, id) ?? []);
  return [...new Set(said.map(({ author }) => author))];
}

/** Something that was adopted, here or in an agreement this one carries on. `theme`: also what was said and had an answer of its own. */
interface Adopted {
  readonly theme: string;
  readonly title: string;
  readonly changed: string | null;
  readonly authors: readonly string[];
  readonly reversed: Reversal | null;
  readonly goesOnIn: string | null;
}

const adoptedAlone = kept((said: readonly Contribution[]) => said.filter(({ own }) => own !== null && own.response !== null && adopts(own.response)));

/** All that was adopted here and all that is carried on. */
export function adoptedIn(agreement: Agreement): readonly Adopted[] {
  const inThemes = agreement.contributions.themes.flatMap(({ id: theme, title, response, contributions, reversed, goesOnIn }): readonly Adopted[] =>
    response !== null && 'changed' in response ? [{ theme, title, changed: response.changed, get authors() { return authorsOf(agreement, contributions); }, reversed, goesOnIn }] : [],
  );
  // What one of them was answered alone is theirs: it is called by where they said what was adopted.
  const alone = saidFor(agreement).flatMap((said) => adoptedAlone(said)).flatMap(({ id: theme, author, activity, own }): readonly Adopted[] =>
    own !== null ? [{ theme, title: activityOf(agreement, activity)?.title ?? activity, changed: null, authors: [author], reversed: own.reversed, goesOnIn: own.goesOnIn }] : [],
  );
  return [...inThemes, ...alone, ...agreement.carried.map(({ id, ...carried }) => ({ theme: id, ...carried }))];
}

/** All that was adopted and stands, with those of its authors who wish to hear of it: what another agreement can go on with. */
export function standingIn(agreement: Agreement): readonly Adopted[] {
  return adoptedIn(agreement)
    .filter(({ reversed }) => reversed === null)
    .map((adopted) => ({ ...adopted, authors: adopted.authors.filter((author) => !wishesNotToHear(agreement, author)) }));
}

/** When what was adopted was undone, and when a promise was broken that answered the same: of each its authors are told. */
function undoneOf({ commitments }: Agreement, { theme, reversed }: Adopted): readonly Pick<Reversal, 'on' | 'told' | 'toldIn'>[] {
  const broken = commitments.flatMap((made) => (made.theme === theme && made.became.is === 'broken' ? [made.became] : []));
  return [...broken, ...(reversed === null ? [] : [reversed])];
}
/** What of it is told in this agreement, and in no other that carries it on. */
const toldHere = (undone: readonly Pick<Reversal, 'on' | 'told' | 'toldIn'>[]) => undone.filter((one) => one.toldIn === null);

/**
 * Those who gave what was undone, or what a promise was made for that was broken, and do not know it yet, each once with the first day of it.
 * Who wishes to hear nothing is left in peace, and who cannot be reached is told nothing.
 */
export function toldOfNoReversal(agreement: Agreement): readonly { readonly theme: string; readonly on: CivilDate; readonly author: string; readonly reversed: boolean }[] {
  return adoptedIn(agreement).flatMap((adopted) => {
    const { theme, reversed } = adopted;
    const undone = toldHere(undoneOf(agreement, adopted)).map(({ on, told }) => ({ on, told: new Set(told) }));
    if (undone.length === 0 || toldIn(agreement, theme) !== undefined) return [];
    // Whose it was is looked up of what was undone alone.
    return adopted.authors.filter((author) => !wishesNotToHear(agreement, author) && !cannotBeReached(agreement, author)).flatMap((author) => {
      const [on] = undone.filter(({ told }) => !told.has(author)).map((one) => one.on).sort();
      return on === undefined ? [] : [{ theme, on, author, reversed: reversed !== null }];
    });
  });
}

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

const linkedAs = ({ tree: { links } }: Agreement, kind: Agreement['tree']['links'][number]['as']): readonly string[] => links.flatMap(({ agreement, as }) => (as === kind ? [agreement] : []));
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

/** Does the one extend or vary the other, in which this stays as well? It is the same service: what is undone in either is undone in both. */
const varies = (one: Agreement, other: Agreement, theme: string): boolean =>
  linkedAs(one, 'renews').includes(other.id) &&
  one.carried.some(({ id, from, goesOnIn }) => id === theme && from === other.id && goesOnIn === null) &&
  adoptedIn(other).some((adopted) => adopted.theme === theme && adopted.goesOnIn === null);

/** Those that extend or vary these, each after the one that it does, and hold this as well. */
function variedBy(bases: readonly Agreement[], others: States['others'], theme: string): readonly Agreement[] {
  const next = bases.flatMap((base) => linkedAs(base, 'renewed-by').map((id) => others[id]).filter((one) => one !== undefined && isHere(one) && one.lifecycle !== 'cancelled' && varies(one, base, theme)));
  return next.length === 0 ? [] : [...(next as readonly Agreement[]), ...variedBy(next as readonly Agreement[], others, theme)];
}

/**
 * The agreements that this theme came from, each from the next, as far as it goes on in none but the one before, or in one that varies it: what people gave there came to nothing
 * when it is undone here. Those that are with a successor are left as they are.
 */
function cameFrom({ agreement, others }: States, theme: string): readonly Agreement[] {
  const before = (one: Agreement, met: readonly string[]): readonly Agreement[] => {
    const from = one.carried.find(({ id }) => id === theme)?.from ?? '';
    const earlier = met.includes(from) ? undefined : others[from];
    const left = earlier && adoptedIn(earlier).find((adopted) => adopted.theme === theme);
    if (earlier === undefined || left === undefined || !isHere(earlier)) return [];
    return left.goesOnIn === one.id || toldIn(one, theme) === from || varies(one, earlier, theme) ? [earlier, ...before(earlier, [...met, from])] : [];
  };
  return before(agreement, [agreement.id]);
}

/** Whoever spoke to what this agreement undoes, in one of those that it came from and stays in, since it came: they hear of it, too. */
function spokeSince({ others }: States, agreement: Agreement, theme: string): readonly AgreementEvent[] {
  const carried = agreement.carried.find(({ id }) => id === theme);
  if (carried === undefined) return [];
  const there = (id: string, met: readonly string[]): readonly string[] => {
    const one = met.includes(id) ? undefined : others[id];
    const authors = one === undefined ? [] : standingIn(one).flatMap((adopted) => (adopted.theme === theme ? adopted.authors : []));
    const from = one?.carried.find((it) => it.id === theme)?.from;
    return [...authors, ...(from === undefined ? [] : there(from, [...met, id]))];
  };
  const { from, title, changed, authors } = carried;
  const more = [...new Set(there(from, [agreement.id]))].filter((author) => !authors.includes(author));
  return more.length === 0 ? [] : [happened(agreement.id, 'concordat.agreement.carried-on.v1', { from, themes: [{ theme, title, changed, authors: more }], commitments: [] })];
}

/** Whoever carries on another agreement may work on that one too. */
export function refuseUnlessTheirs({ persons }: States, { actor, today }: Context, from: string): Refusal | false {
  const now = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
  return !may(now, 'involvement.manage', { agreement: from }, today) && rightMissing('involvement.manage');
}

export const decide = {
  'reverse-answer': (states, { theme, reasons }, { today }) => {
    const { agreement, others } = states;
    const adopted = adoptedIn(agreement).find((one) => one.theme === theme);
    const answered = themeOf(agreement, theme) ?? contributionOf(agreement, theme)?.own ?? undefined;
    return unless(
      [
        adopted === undefined && answered === undefined && themeUnknown,
        adopted === undefined &&
          answered !== undefined &&
          refusal('answer.not-adopted', 'What is undone was adopted.', commissioner('an answer that adopts', 'answer-theme')),
        adopted !== undefined && adopted.reversed !== null && alreadySo('it is undone'),
      ],
      () => {
        const bases = cameFrom(states, theme);
        const alsoIn = [...bases, ...variedBy([agreement, ...bases], others, theme).filter(({ id }) => id !== agreement.id)];
        const stoodThere = alsoIn.filter((one) => adoptedIn(one).some((there) => there.theme === theme && there.reversed === null));
        const telling = toldIn(agreement, theme) ?? agreement.id;
        const reversedIn = (id: string, told: string | null) => happened(id, 'concordat.agreement.answer-reversed.v1', { theme, reasons, on: today, toldIn: told });
        const teller = telling === agreement.id ? agreement : others[telling];
        return [reversedIn(agreement.id, null), ...stoodThere.map(({ id }) => reversedIn(id, id === telling ? null : telling)), ...(teller === undefined ? [] : spokeSince(states, teller, theme))];
      },
    );
  },

  'tell-of-reversal': (states, { theme, ...telling }, context) => {
    const { agreement } = states;
    const { participants, outcome, tried = [] } = telling;
    const adopted = adoptedIn(agreement).find((one) => one.theme === theme);
    const came = adopted === undefined ? [] : undoneOf(agreement, adopted);
    const undone = toldHere(came);
    const [elsewhere] = undone.length > 0 ? [] : came.flatMap((one) => one.toldIn ?? []);
    const strangers = participants.filter((participant) => adopted?.authors.includes(participant) === false);
    const knows = (participant: string) => undone.every(({ told }) => told.includes(participant)) || (outcome === 'declined' && agreement.contributions.notWished.includes(participant));
    const ignorant = [...new Set(participants)].filter((participant) => !knows(participant));
    const untold = outcome === 'undeliverable' ? newlyUnreached(states, context, ignorant) : ignorant;
    const isTold = outcome === 'published' ? themesToldToAll(agreement, context) : () => true;
    return unless(
      [
        refuseUntried(telling, 'tell-of-reversal'),
        undone.length > 0 && toldIn(agreement, theme) !== undefined && refusal('reversal.told-in-the-whole', 'People are told once, in the agreement that this one was split from.', facilitator(`agreement-${toldIn(agreement, theme)}`, 'tell-of-reversal')),
        elsewhere !== undefined && refusal('reversal.told-where-it-goes-on', 'People are told once, in the agreement that undid what it carries on.', facilitator(`agreement-${elsewhere}`, 'tell-of-reversal')),
        came.length === 0 && refusal('answer.not-reversed', 'What they are told of was undone, or a promise was broken that answered it.', commissioner(theme, 'reverse-answer')),
        strangers.length > 0 &&
          refusal('reversal.not-their-word', 'Those are told whose word it was.', ...strangers.map((what) => facilitator(what, 'put-in-theme'))),
        !undone.every(({ on }) => isTold(theme, on)) && refuseUnpublished(agreement, telling, untold, tellable(agreement, context.erased, agreement).has(theme), 'tell-of-reversal'),
        undone.length > 0 && strangers.length === 0 && untold.length === 0 && (refuseSameSayer(agreement, { ...telling, participants: ignorant }, 'tell-of-reversal') || alreadySo('they were told')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.reversal-told.v1', { theme, participants: untold, outcome, tried })],
    );
  },

  'carry-on': (states, { from }, context) => {
    const { agreement, others } = states;
    const earlier = others[from];
    if (from === agreement.id || earlier === undefined || earlier.lifecycle === 'none') {
      return refuse(refusal('carry-on.unknown', 'Another agreement of this organisation is carried on.', commissioner('from', 'carry-on')));
    }
    const going = goingOn(agreement, earlier, context.today);
    return unless(
      [
        refuseUnlessTheirs(states, context, from),
        !goesWith(agreement, earlier) &&
          refusal('carry-on.not-linked', 'What is carried on comes from an agreement that this one renews, replaces or ends, that it came from or that came from it, or that is of the same place and theme.', commissioner('a link between the two', 'link-agreement')),
        refuseIdsTaken(agreement, from, going, 'carry-on'),
        going.themes.length === 0 && going.open.length === 0 && alreadySo('all that was adopted or promised there is carried on'),
      ],
      () => carriedOn(agreement, from, going, isCalledOffFrom(agreement, earlier)),
    );
  },
} satisfies { [C in keyof ReversalCommands]: Decide<C> };

/** The agreement with these answers changed, of a theme or of one person alone. */
function answering(agreement: Agreement, ids: readonly string[], change: (answer: Answering) => Partial<Pick<Answering, 'reversed' | 'goesOnIn'>>): Agreement {
  const themes = agreement.contributions.themes.map((theme) => (ids.includes(theme.id) ? { ...theme, ...change(theme) } : theme));
  return withContributions(inLedger(agreement, { themes }), ids, ({ own }) => (own === null ? {} : { own: { ...own, ...change(own) } }));
}

/** The agreement where what was adopted so goes on in that one; `null`: here. */
function goingOnIn(agreement: Agreement, themes: readonly string[], goesOnIn: string | null): Agreement {
  const answered = answering(agreement, themes, () => ({ goesOnIn }));
  return agreementWith(answered, { carried: answered.carried.map((one) => (themes.includes(one.id) ? { ...one, goesOnIn } : one)) });
}

/** The agreement with this reversal at an answer of its own and wherever it is carried on. */
function reversing(agreement: Agreement, theme: string, change: (reversed: Reversal | null) => Reversal | null): Agreement {
  const turned = answering(agreement, [theme], ({ reversed }) => ({ reversed: change(reversed) }));
  return agreementWith(turned, { carried: agreement.carried.map((one) => (one.id === theme ? { ...one, reversed: change(one.reversed) } : one)) });
}

export const evolve = {
  'concordat.agreement.answer-reversed.v1': (agreement, { data: { theme, reasons, on, toldIn: elsewhere } }) => reversing(agreement, theme, () => ({ on, reasons, told: [], toldIn: elsewhere })),
  'concordat.agreement.reversal-told.v1': (before, { data: { theme, participants, outcome }, meta }) => {
    const agreement = hearing(before, participants, outcome, meta.actor);
    if (outcome === 'declined' || outcome === 'undeliverable') return agreement;
    const knowing = <Undone extends { readonly told: readonly string[] }>(undone: Undone): Undone => ({ ...undone, told: [...new Set([...undone.told, ...participants])] });
    const commitments = agreement.commitments.map((made) => (made.theme === theme && made.became.is === 'broken' ? { ...made, became: knowing(made.became) } : made));
    return agreementWith(reversing(agreement, theme, (reversed) => reversed && knowing(reversed)), { commitments });
  },
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
} satisfies { [T in keyof ReversalEvents]: Evolve<T> };

/** What was adopted in the agreements that this one ends, of which nobody said yet what becomes of it. */
function endedWith({ carried, tree }: Agreement): readonly Carried[] {
  return carried.filter(({ from, reversed, goesOnIn }) => reversed === null && goesOnIn === null && tree.links.some((link) => link.as === 'ends' && link.agreement === from));
}

export const conditions = {
  // Of what is promised every last gate asks by itself.
  'ending.adopted-goes-on': (agreement, _, { enders, today }) => stillAdopted(passesWithItsEnd({ agreement, others: enders }, today)),

  // What was adopted in a service does not pass with it in silence: it goes on in another agreement, or whoever gave it hears that it does not.
  'involvement.reversals-told': (agreement, { ofWhatEnds = false }) => [
    ...(ofWhatEnds ? endedWith(agreement).map(({ id, title }) => facilitator(`${id}: “${title}” was adopted in what ends; it is undone, or another agreement carries it on`, 'reverse-answer')) : []),
    ...toldOfNoReversal(agreement).map(({ theme, author, reversed }) => facilitator(reversed ? `${author}: ${theme} was undone` : `${author}: a promise that answered ${theme} was broken`, 'tell-of-reversal')),
  ],
} satisfies Partial<Conditions>;
