import type { Missing } from '@concordat/journal/core';
import { refuse } from '@concordat/journal/core';
import { isEarlier, type Pathway } from '@concordat/pathway/core';
import { type Activity, activityOf, activityUnknown } from './activity.js';
import type { Agreement } from './agreement.js';
import { together } from './by-id.js';
import { asksForAnswer, type Contribution, contributionOf, everythingSaid, inLedger, isForGates, saidFor, withContributions } from './contribution.js';
import { allWhoWishNotToHear, beyondReach, isOwedWord, withNotWished, withReached, withUnreached } from './owed-word.js';
import { happened } from './event.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { kept } from './kept.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isAnswered } from './answering.js';
import { peoplesViewIsOut } from './publication.js';
import { whatTheyWaitFor } from './theme.js';
import { refuseUnpublished, toldToAll, wouldBeTold } from './told-to-all.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';
import { newlyUnreached, refuseSameSayer, refuseUntried } from './unreached.js';
import { peopleOf } from './who-took-part.js';

/** How word came back to people: to them, to everyone by what is published, not wished for, or there was no way to reach them. */
export const feedbackOutcomes = ['delivered', 'published', 'declined', 'undeliverable'] as const;
export type FeedbackOutcome = (typeof feedbackOutcomes)[number];

/** In which ways somebody was tried to be reached. */
export const triedWays = ['by-letter', 'by-e-mail', 'by-telephone', 'where-they-are', 'through-others', 'no-way-known'] as const;

/** Answers to "Were you heard?", the best first. */
export const heardAnswers = ['yes', 'partly', 'no'] as const;
/** What somebody who gave something says of it afterwards. `askedBefore`: they had answered the same before. */
export type WhetherHeard = {
  readonly activity: string;
  readonly participant: string;
  readonly heard: (typeof heardAnswers)[number];
  readonly askedBefore: boolean;
};
/** `forThem`: staff typed it for them, and no word of their own stands behind it. `confirmed`: they confirmed it since. */
export type Heard = WhetherHeard & { readonly forThem: boolean; readonly confirmed: boolean };
/** `tried`: of whoever could not be reached. Two people say that of somebody before nothing is owed to them. */
export type Told = { readonly participants: readonly string[]; readonly outcome: FeedbackOutcome; readonly tried?: readonly (typeof triedWays)[number][] | undefined };
/** What was tried, empty but for whoever could not be reached. */
export type Tried = { readonly tried: readonly (typeof triedWays)[number][] };

export interface FeedbackCommands {
  /** These people were told what was done with all they said that has an answer by now. */
  'record-feedback': Told;
  /** These people who took part, with or without words, were told in this stage what came of it. */
  'tell-what-came-of-it': Told;
  /** Of somebody who took part; their last word counts. */
  'record-whether-heard': WhetherHeard;
}

export interface FeedbackEvents {
  'concordat.agreement.feedback-recorded.v1': { readonly contributions: readonly string[]; readonly outcome: FeedbackOutcome } & Tried;
  'concordat.agreement.what-came-of-it-told.v1': Omit<Told, 'tried'> & Tried & { readonly stage: string };
  /** `forThem`: typed by staff for whoever says so. */
  'concordat.agreement.whether-heard-recorded.v1': WhetherHeard & { readonly forThem: boolean };
}

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

type People = ReadonlySet<string>;
const nobody: readonly string[] = [];
const isIn = (known: readonly People[], person: string): boolean => known.some((people) => people.has(person));
const authorsOf = (said: readonly Contribution[]): readonly string[] => [...new Set(said.map(({ author }) => author))];

/** Whoever came or gave effort, and whoever said something, each once, but for those known. */
const cameBut = kept(({ attended, effort }: Activity, ...known: readonly People[]) => [...new Set([...attended, ...effort].map(({ participant }) => participant))].filter((person) => !isIn(known, person)));
const saidBut = kept((said: readonly Contribution[], ...known: readonly People[]) => authorsOf(said).filter((person) => !isIn(known, person)));

const heldIn = ({ involvement }: Agreement, stages?: readonly string[]): readonly Activity[] => involvement.activities.filter(({ voided, stage }) => !voided && stages?.includes(stage) !== false);

/** All of these in one, each once: a list that stands alone is as it is. */
function eachOnce(lists: readonly (readonly string[])[]): readonly string[] {
  const some = lists.filter(({ length }) => length > 0);
  return some.length === 1 ? some[0]! : [...new Set(together(some))];
}

/** Everyone who took part in these stages, or in the whole agreement, or said something there, late or where the activity was voided, too, but for those known. Pseudonyms, each once. */
function everyoneBut(agreement: Agreement, known: People, stages?: readonly string[]): readonly string[] {
  return eachOnce([...heldIn(agreement, stages).map((activity) => cameBut(activity, known)), ...saidFor(agreement, stages).map((said) => saidBut(said, known))]);
}

/** Who is told nothing more: who confirmed that they do not wish to hear, and whom two people found no way to reach. */
const spared = (agreement: Agreement): People => new Set([...allWhoWishNotToHear(agreement), ...beyondReach(agreement)]);

/** Everyone who took part in the agreement and is not among those told, but for who is told nothing more. Pseudonyms, each once. */
export function notTold(agreement: Agreement, told: readonly string[]): readonly string[] {
  return everyoneBut(agreement, new Set([...told, ...spared(agreement)]));
}

/** Of those who said something: to whom word is owed of what asks for an answer, who has had it of all of that, and who of all the others is not known. */
const wordOf = kept((said: readonly Contribution[], ...known: readonly People[]) => {
  const asking = said.filter(asksForAnswer);
  const owed = new Set(authorsOf(asking.filter(({ feedback }) => feedback !== 'delivered' && feedback !== 'published')));
  const heard = authorsOf(asking).filter((author) => !owed.has(author));
  return { owed, heard, left: authorsOf(said).filter((author) => !heard.includes(author) && !isIn(known, author)) };
});

// Whoever was told in a stage is the same list until somebody else is, and is asked for at each stage before it.
const among = kept((people: readonly string[]): People => new Set(people));

/** By stage everyone who took part in one of these and was told nothing of it since: neither after it, or here, what came of it, nor what was done with all they said there. */
function notToldSince(agreement: Agreement, pathway: Pathway, stages: readonly string[]): readonly (readonly string[])[] {
  const told = Object.entries(agreement.contributions.told);
  return stages.map((stage) => {
    const later = told.flatMap(([other, people]) => (other === agreement.stage || isEarlier(pathway, stage, other) ? [among(people)] : []));
    const words = saidFor(agreement, [stage]).map((said) => wordOf(said, ...later));
    const left = eachOnce([...heldIn(agreement, [stage]).map((activity) => cameBut(activity, ...later)), ...words.map((word) => word.left)]);
    if (left.length === 0 || words.every(({ heard }) => heard.length === 0)) return left;
    const owed = (person: string): boolean => words.some((word) => word.owed.has(person));
    const still = new Set(left);
    for (const { heard } of words) for (const person of heard) if (still.has(person) && !owed(person)) still.delete(person);
    return [...still];
  });
}

const askedOf = (agreement: Agreement, person: string): readonly Contribution[] =>
  everythingSaid(agreement).filter((contribution) => contribution.author === person && asksForAnswer(contribution));

/** Whom of these what went out in this stage tells nothing of theirs: all of them where nothing did, else whoever spoke and finds nothing of it there. */
function toldNothing(agreement: Agreement, people: readonly string[], context: Context): readonly string[] {
  if (!peoplesViewIsOut(agreement)) return people;
  return people.filter(notAmong(agreement, toldToAll(agreement, context)));
}

/** Whoever spoke, and none of whose words are among these. */
const notAmong = (agreement: Agreement, isAmong: (said: Contribution) => boolean) => (person: string): boolean => {
  const theirs = askedOf(agreement, person);
  return theirs.length > 0 && !theirs.some(isAmong);
};

export const decide = {
  'record-feedback': (states, told, context) => {
    const { agreement } = states;
    const { participants, outcome, tried = [] } = told;
    const named = new Set(participants);
    const said = everythingSaid(agreement).filter((contribution) => named.has(contribution.author) && asksForAnswer(contribution));
    const unreached = new Set(newlyUnreached(states, context, participants));
    const isUntold = (contribution: Contribution): boolean => {
      const { feedback, author } = contribution;
      if (outcome === 'declined') return feedback === null;
      // Who could not be reached may be met later; that they cannot is said once by each.
      if (feedback === 'undeliverable') return outcome !== 'undeliverable' || unreached.has(author);
      return isOwedWord(agreement, contribution);
    };
    const untold = said.filter(isUntold);
    const spoke = new Set(said.map(({ author }) => author));
    const silent = participants.filter((participant) => !spoke.has(participant));
    // Only the wish not to hear needs no answer before it.
    const answerable = untold.filter((contribution) => outcome === 'declined' || isAnswered(agreement, contribution));
    const isTold = outcome === 'published' ? toldToAll(agreement, context) : () => true;
    const notOut = answerable.filter((contribution) => !isTold(contribution));
    return unless(
      [
        refuseUntried(told, 'record-feedback'),
        silent.length > 0 &&
          refusal(
            'feedback.nothing-said',
            'Feedback goes to those who said something.',
            ...silent.map((what) => facilitator(what, 'record-contribution')),
          ),
        silent.length === 0 && untold.length === 0 && (refuseSameSayer(agreement, told, 'record-feedback') || alreadySo('they were told')),
        untold.length > 0 &&
          answerable.length === 0 &&
          refusal(
            'feedback.nothing-answered',
            'People are told what was done with what they said.',
            ...whatTheyWaitFor(agreement, untold),
          ),
        refuseUnpublished(agreement, told, notOut.map(({ author }) => author), () => notOut.some(wouldBeTold(agreement, context)), 'record-feedback'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.feedback-recorded.v1', { contributions: answerable.map(({ id }) => id), outcome, tried })],
    );
  },

  'tell-what-came-of-it': (states, telling, context) => {
    const { agreement } = states;
    const { participants, outcome, tried = [] } = telling;
    const { stage } = agreement;
    const others = new Set(participants);
    for (const { attended, effort } of agreement.involvement.activities) for (const { participant } of [...attended, ...effort]) others.delete(participant);
    for (const said of saidFor(agreement)) for (const { author } of said) others.delete(author);
    const strangers = participants.filter((participant) => others.has(participant));
    const known = new Set([...(agreement.contributions.told[stage] ?? []), ...(outcome === 'declined' ? agreement.contributions.notWished : [])]);
    const untold = [...new Set(participants)].filter((participant) => !known.has(participant));
    const told = outcome === 'undeliverable' ? newlyUnreached(states, context, untold) : untold;
    const notOut = outcome === 'published' ? toldNothing(agreement, told, context) : [];
    return unless(
      [
        refuseUntried(telling, 'tell-what-came-of-it'),
        strangers.length > 0 &&
          refusal('feedback.did-not-take-part', 'Those are told who took part.', ...strangers.map((what) => facilitator(what, 'record-attendance'))),
        refuseUnpublished(agreement, telling, notOut, () => !notOut.every(notAmong(agreement, wouldBeTold(agreement, context))), 'tell-what-came-of-it'),
        told.length === 0 && (refuseSameSayer(agreement, { ...telling, participants: untold }, 'tell-what-came-of-it') || alreadySo('they were told in this stage')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.what-came-of-it-told.v1', { participants: told, outcome, tried, stage })],
    );
  },

  'record-whether-heard': (states, { activity: id, participant, heard, askedBefore }, context) => {
    const { agreement } = states;
    const activity = activityOf(agreement, id);
    if (activity === undefined) return refuse(activityUnknown);
    const said = agreement.contributions.heard.find((before) => before.activity === id && before.participant === participant);
    const forThem = isTypedForThem(states, context);
    const better = said !== undefined && (heardAnswers.indexOf(heard) < heardAnswers.indexOf(said.heard) || (said.askedBefore && !askedBefore));
    return unless(
      [
        !peopleOf(activity).includes(participant) &&
          !everythingSaid(agreement).some((late) => late.activity === id && late.author === participant) &&
          refusal('activity.did-not-take-part', 'Those who took part say whether they were heard.', facilitator('who took part', 'record-attendance')),
        said?.heard === heard && said.askedBefore === askedBefore && (forThem || !said.forThem) && alreadySo('this is what they say'),
        better && forThem &&
          refuseNotTheirs('heard.not-their-word', 'They said what they think of it; anything better is their own word, or that of whoever speaks for them.', 'heard', 'record-whether-heard'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.whether-heard-recorded.v1', { activity: id, participant, heard, askedBefore, forThem })],
    );
  },
} satisfies { [C in keyof FeedbackCommands]: Decide<C> };

/** The agreement in which these wish to hear nothing, could not be reached, or were. */
export function hearing(agreement: Agreement, people: readonly string[], outcome: FeedbackOutcome, by: string): Agreement {
  if (outcome === 'declined') return withNotWished(agreement, people);
  return outcome === 'undeliverable' ? withUnreached(agreement, people, by) : outcome === 'delivered' ? withReached(agreement, people) : agreement;
}

export const evolve = {
  'concordat.agreement.feedback-recorded.v1': (before, { data: { contributions, outcome }, meta }) => {
    const agreement = withContributions(before, contributions, () => ({ feedback: outcome }));
    return hearing(agreement, contributions.flatMap((id) => contributionOf(agreement, id)?.author ?? []), outcome, meta.actor);
  },
  'concordat.agreement.what-came-of-it-told.v1': (before, { data: { participants, outcome, stage }, meta }) => {
    const agreement = hearing(before, participants, outcome, meta.actor);
    if (outcome === 'declined' || outcome === 'undeliverable') return agreement;
    const { told } = agreement.contributions;
    return inLedger(agreement, { told: { ...told, [stage]: [...(told[stage] ?? []), ...participants] } });
  },
  'concordat.agreement.whether-heard-recorded.v1': (agreement, { data }) => {
    const { heard } = agreement.contributions;
    const before = heard.find(({ activity, participant }) => activity === data.activity && participant === data.participant);
    // Staff make it no better than people said themselves: their own word stands behind a worse one.
    return inLedger(agreement, { heard: [...heard.filter((one) => one !== before), { ...data, forThem: data.forThem && (before?.forThem ?? true), confirmed: false }] });
  },
} satisfies { [T in keyof FeedbackEvents]: Evolve<T> };

const saidAgain = (participant: string, by: string): Missing => ({ what: `that ${participant} cannot be reached, as a second person says it`, suppliedBy: 'someone else', by });

/** Of whoever said what gates wait for, each once: who was told nothing of some of it, who did not wish to hear, who could not be reached. */
const wordForGates = kept((said: readonly Contribution[]) => {
  const whose = (outcome: FeedbackOutcome | null) => authorsOf(said.filter((one) => isForGates(one) && one.feedback === outcome));
  return { untold: whose(null), declined: whose('declined'), undeliverable: whose('undeliverable') };
});

export const conditions = {
  // Told what came of it, or confirmed that they do not wish to hear, or cannot be reached.
  'involvement.feedback-delivered': (agreement, { stages }) => {
    const words = saidFor(agreement, stages).map((said) => wordForGates(said));
    const [wished, beyond] = [allWhoWishNotToHear(agreement), beyondReach(agreement)];
    const whose = (of: 'untold' | 'declined' | 'undeliverable') => eachOnce(words.map((word) => word[of]));
    return together([
      whose('untold').map((author) => facilitator(author, 'record-feedback')),
      whose('declined').filter((author) => !wished.has(author)).map((author) => facilitator(`that ${author} does not wish to hear, as they confirm it`, 'record-proxy-entry')),
      whose('undeliverable').filter((author) => !beyond.has(author)).map((author) => saidAgain(author, 'record-feedback')),
    ]);
  },

  // In this stage, because what came of it is known only now; who does not wish to hear is not told.
  'involvement.everyone-told': (agreement, { stages, since = [] }, { pathway }) => {
    const { unreached, told } = agreement.contributions;
    const [toHearNoMore, saidOnce] = [spared(agreement), new Set(Object.keys(unreached))];
    const here = stages.length === 0 ? [] : everyoneBut(agreement, among(told[agreement.stage] ?? nobody), stages);
    const untold = eachOnce([here, ...notToldSince(agreement, pathway, since)]);
    return (toHearNoMore.size === 0 ? untold : untold.filter((person) => !toHearNoMore.has(person))).map((person) => (saidOnce.has(person) ? saidAgain(person, 'tell-what-came-of-it') : facilitator(person, 'tell-what-came-of-it')));
  },
} satisfies Partial<Conditions>;
