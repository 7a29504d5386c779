import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { answeredBy, answeredThemes, ownAnswerAsked, themeOf, waits } from './answering.js';
import { at, placeOf, together, toldOnce } from './by-id.js';
import { type Contribution, contributionOf, contributionUnknown, inLedger, saidFor, withContributions } from './contribution.js';
import { happened } from './event.js';
import { kept } from './kept.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdToday, refuseSamePerson } from './separation.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';

export interface AnswerCheckCommands {
  /** By a second person: does the answer fit what this person said? Where it does not, they are answered themselves. */
  'check-answer': { readonly contribution: string; readonly finding: 'fits' | 'does-not-fit' };
}

export interface AnswerCheckEvents {
  'concordat.agreement.answer-checked.v1': { readonly contribution: string; readonly finding: 'fits' | 'does-not-fit'; readonly on: CivilDate };
}

/** `sampled`: drawn for a second person to check whether the answer fits what they said. */
export type Drawn = { readonly sampled: readonly string[] };

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

/** One in ten, rounded up. */
const oneIn = 10;

const lotsOf = toldOnce(({ id, recordedAt }: Contribution, agreement: string, sha256: Context['sha256']) => sha256(`${agreement}/${recordedAt}/${id}`));

/** Where on a shelf what has an answer stands. */
const answeredOn = kept((shelf: readonly Contribution[], themesAnswered: ReadonlySet<string>) => [...shelf.keys()].filter((place) => answeredBy(themesAnswered, shelf[place]!)));

/**
 * Whom a second person checks besides those drawn before, once these are answered too: of all who have an answer the tenth whose lot is
 * lowest. Nobody picks them: a lot is a hash of when it came in, which nobody chooses, and stays the same whoever draws, and when.
 */
export function draw(agreement: Agreement, now: readonly Contribution[], { sha256 }: Context): readonly string[] {
  const there = answeredThemes(agreement);
  const { contributions } = agreement.contributions;
  const lots = lotsOf(contributions, agreement.id, sha256);
  const nowToo = now.filter((said) => !answeredBy(there, said)).map(({ id }) => placeOf(contributions, id)!);
  const forEach = (told: (place: number, begins: number) => void): void => {
    const tell = (place: number): void => told(place, lots[place]!().charCodeAt(0));
    let from = 0;
    for (const shelf of contributions.shelves) {
      for (const place of answeredOn(shelf, there)) tell(from + place);
      from += shelf.length;
    }
    nowToo.forEach(tell);
  };
  // How many begin with each character: where few are looked for, few need to be put in order.
  const begin = new Uint32Array(128);
  forEach((_, begins) => (begin[begins]! += 1));
  const size = Math.ceil(begin.reduce((all, some) => all + some, 0) / oneIn);
  let last = 0;
  for (let low = begin[0]!; low < size; low += begin[last]!) last += 1;
  const lowest: number[] = [];
  forEach((place, begins) => begins <= last && lowest.push(place));
  return lowest
    .sort((one, other) => (lots[one]!() < lots[other]!() ? -1 : 1))
    .slice(0, size)
    .flatMap((place) => {
      const { id, checked } = at(contributions, place)!;
      return checked === 'not-drawn' ? id : [];
    });
}

/** Those of these who have an answer from the moment this theme has one. */
export function answeredWith(agreement: Agreement, ids: readonly string[], theme: string): readonly Contribution[] {
  const there = answeredThemes(agreement);
  const isNow = ({ themes, own }: Contribution) => !(own !== null && waits(own)) && themes.every((id) => id === theme || there.has(id));
  return ids
    .map((id) => contributionOf(agreement, id))
    .filter((said) => said !== undefined)
    .filter((said) => !answeredBy(there, said) && isNow(said));
}

/** Whoever has an answer from the moment they have their own. */
export function answeredAlone(agreement: Agreement, said: Contribution): readonly Contribution[] {
  const there = answeredThemes(agreement);
  return said.themes.every((id) => there.has(id)) ? [said] : [];
}

/** The agreement with these drawn. */
export const drawn = (agreement: Agreement, ids: readonly string[]) => withContributions(agreement, ids, () => ({ checked: 'due' }));

/** Who answered what this person said. */
const answerersOf = (agreement: Agreement, { themes, own }: Contribution): readonly string[] =>
  [own?.answeredBy, ...themes.map((theme) => themeOf(agreement, theme)?.answeredBy)].flatMap((by) => by ?? []);

/** Who checked answers. */
export const checkersOf = ({ contributions }: Pick<Agreement, 'contributions'>): readonly string[] => [...new Set(contributions.checks.map(({ by }) => by))];

/** The answers as they were checked once it is known who is no other: what whoever gave it found to fit waits for a second person. */
export function checkedToday(agreement: Agreement): Agreement {
  const own = agreement.contributions.checks.filter(({ contribution: id, by }) => {
    const contribution = agreement.knownAs[by] === undefined ? undefined : contributionOf(agreement, id);
    return contribution?.checked === 'fits' && answerersOf(agreement, contribution).some((answerer) => everyIdToday(agreement, by).includes(answerer));
  });
  return own.length === 0 ? agreement : drawn(agreement, own.map(({ contribution }) => contribution));
}

export const decide = {
  'check-answer': ({ agreement, persons }, { contribution: id, finding }, { actor, today }) => {
    const contribution = contributionOf(agreement, id);
    if (contribution === undefined) return refuse(contributionUnknown(id));
    const { checked } = contribution;
    return unless(
      [
        checked === 'not-drawn' && refusal('answer.not-drawn', 'A second person checks the answers that were drawn.', facilitator('a drawn one', 'check-answer')),
        checked !== 'not-drawn' && checked !== 'due' && alreadySo(`it is checked: ${checked}`),
        refuseSamePerson(persons, actor, answerersOf(agreement, contribution), { code: 'answer.own-work', asks: 'A second person checks it.', did: 'answered', suppliedBy: 'commissioner', by: 'check-answer' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.answer-checked.v1', { contribution: id, finding, on: today })],
    );
  },
} satisfies { [C in keyof AnswerCheckCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.answer-checked.v1': (agreement, { data: { contribution, finding, on }, meta }) => {
    const others = agreement.contributions.checks.filter((check) => check.contribution !== contribution);
    return withContributions(
      inLedger(agreement, { checks: [...others, { contribution, by: meta.actor }] }),
      [contribution],
      ({ own }) => ({ checked: finding, own: finding === 'does-not-fit' ? (own ?? ownAnswerAsked(on)) : own }),
    );
  },
} satisfies { [T in keyof AnswerCheckEvents]: Evolve<T> };

// What came late is drawn too, and blocks nothing.
const checksAwaited = kept((said: readonly Contribution[]) =>
  said.filter(({ late, checked }) => checked === 'due' && !late).map(({ id }) => commissioner(`${id}, by someone who did not answer it`, 'check-answer')),
);

export const conditions = {
  'involvement.answers-checked': (agreement, { stages }) => together(saidFor(agreement, stages).map((said) => checksAwaited(said))),
} satisfies Partial<Conditions>;
