import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { isHere, toldIn } from './above.js';
import { activityOf } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
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
import type { Carried } from './carry-on.js';
import type { Conditions, Decide, Evolve, States } from './topic.js';

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

export interface ReversalCommands {
  /** What an answer changed holds no more. `theme`: one of this agreement, what was said and had an answer of its own, or what it carries on of these. */
  'reverse-answer': { readonly theme: string; readonly reasons: string };
  /** These authors were told that what they gave was undone. */
  'tell-of-reversal': { readonly theme: string } & Told;
}

export interface ReversalEvents {
  /** `toldIn`: the agreement that tells people of it, where it was undone in one that carries it on; null: this one. */
  'concordat.agreement.answer-reversed.v1': { readonly theme: string; readonly reasons: string; readonly on: CivilDate; readonly toldIn: string | null };
  'concordat.agreement.reversal-told.v1': { readonly theme: string } & Omit<Told, 'tried'> & Tried;
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

/** Whose word a theme holds. */
function authorsOf(agreement: Agreement, contributions: readonly string[]): readonly string[] {
  const said = contributions.flatMap((id) => contributionOf(agreement, id) ?? []);
  return [...new Set(said.map(({ author }) => author))];
}

/** Something that was adopted, here or in an agreement this one carries on. `theme`: also what was said and had an answer of its own. */
export interface Adopted {
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

/** The agreements to which it is linked so. */
export const linkedAs = ({ tree: { links } }: Agreement, kind: Agreement['tree']['links'][number]['as']): readonly string[] => links.flatMap(({ agreement, as }) => (as === kind ? [agreement] : []));

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
        !undone.every(({ on }) => isTold(theme, on)) && refuseUnpublished(agreement, telling, untold, () => tellable(agreement, context.erased, agreement).has(theme), 'tell-of-reversal'),
        undone.length > 0 && strangers.length === 0 && untold.length === 0 && (refuseSameSayer(agreement, { ...telling, participants: ignorant }, 'tell-of-reversal') || alreadySo('they were told')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.reversal-told.v1', { theme, participants: untold, outcome, tried })],
    );
  },

} satisfies { [C in keyof ReversalCommands]: Decide<C> };

/** The agreement with these answers changed, of a theme or of one person alone. */
export function answering(agreement: Agreement, ids: readonly string[], change: (answer: Answering) => Partial<Pick<Answering, 'reversed' | 'goesOnIn'>>): Agreement {
  const themes = agreement.contributions.themes.map((theme) => (ids.includes(theme.id) ? { ...theme, ...change(theme) } : theme));
  return withContributions(inLedger(agreement, { themes }), ids, ({ own }) => (own === null ? {} : { own: { ...own, ...change(own) } }));
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
} satisfies { [T in keyof ReversalEvents]: Evolve<T> };

/** What was adopted in the agreements that this one ends, of which nobody said yet what becomes of it. */
function endedWith({ carried, tree }: Agreement): readonly Carried[] {
  return carried.filter(({ from, reversed, goesOnIn }) => reversed === null && goesOnIn === null && tree.links.some((link) => link.as === 'ends' && link.agreement === from));
}

export const conditions = {
  // What was adopted in a service does not pass with it in silence: it goes on in another agreement, or whoever gave it hears that it does not.
  'involvement.reversals-told': (agreement, { ofWhatEnds = false }) => [
    ...(ofWhatEnds ? endedWith(agreement).map(({ id, title }) => facilitator(`${id}: “${title}” was adopted in what ends; it is undone, or another agreement carries it on`, 'reverse-answer')) : []),
    ...toldOfNoReversal(agreement).map(({ theme, author, reversed }) => facilitator(reversed ? `${author}: ${theme} was undone` : `${author}: a promise that answered ${theme} was broken`, 'tell-of-reversal')),
  ],
} satisfies Partial<Conditions>;
