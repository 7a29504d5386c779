import { type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { answeredIn, isAnswered, ownAnswerAsked, themeOf, unanswered, waits } from './answering.js';
import { toldOnce } from './by-id.js';
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

/** A lot, and the character it begins with: where few are looked for, few lots need to be put in order. */
const lots = toldOnce(({ id, recordedAt }: Contribution, agreement: string, sha256: Context['sha256']) => {
  const lot = sha256(`${agreement}/${recordedAt}/${id}`);
  return { id, lot, begins: lot.charCodeAt(0) };
});
type Lot = { readonly id: string; readonly lot: string };

/**
 * Whom a second person checks besides those drawn before, once these are answered too: of all who have an answer the tenth whose lot is
 * lowest. Nobody picks them: a lot is a hash of when it came in, which nobody chooses, and stays the same whoever draws, and when.
 */
export function draw(agreement: Agreement, now: readonly Contribution[], { sha256 }: Context): readonly string[] {
  const isNow = new Set(now.map(({ id }) => id));
  const isBefore = answeredIn(agreement);
  const answered: Lot[][] = [];
  lots(agreement.contributions.contributions, (said, lot) => (isBefore(said) || isNow.has(said.id)) && (answered[lot.begins] ??= []).push(lot), agreement.id, sha256);
  const size = Math.ceil(answered.reduce((all, { length }) => all + length, 0) / oneIn);
  const lowest: Lot[] = [];
  for (const some of answered) if (lowest.length < size) lowest.push(...(some ?? []));
  return lowest
    .sort((one, other) => (one.lot < other.lot ? -1 : 1))
    .slice(0, size)
    .flatMap(({ id }) => (contributionOf(agreement, id)?.checked === 'not-drawn' ? id : []));
}

/** Those of these who have an answer from the moment this theme has one. */
export function answeredWith(agreement: Agreement, ids: readonly string[], theme: string): readonly Contribution[] {
  const isNow = ({ themes, own }: Contribution) =>
    !(own !== null && waits(own)) && themes.every((id) => id === theme || !waits(themeOf(agreement, id) ?? unanswered));
  return ids
    .map((id) => contributionOf(agreement, id))
    .filter((said) => said !== undefined)
    .filter((said) => !isAnswered(agreement, said) && isNow(said));
}

/** Whoever has an answer from the moment they have their own. */
export function answeredAlone(agreement: Agreement, said: Contribution): readonly Contribution[] {
  return said.themes.some((id) => waits(themeOf(agreement, id) ?? unanswered)) ? [] : [said];
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
  'involvement.answers-checked': (agreement, { stages }) => saidFor(agreement, stages).flatMap((said) => checksAwaited(said)),
} satisfies Partial<Conditions>;
