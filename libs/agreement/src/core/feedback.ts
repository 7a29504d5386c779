import type { Missing } from '@concordat/journal/core';
import { refuse } from '@concordat/journal/core';
import { isEarlier, type Pathway } from '@concordat/pathway/core';
import { type Activity, activityOf, activityUnknown } from './activity.js';
import type { Agreement } from './agreement.js';
import { asksForAnswer, type Contribution, contributionOf, everythingSaid, inLedger, withContributions } from './contribution.js';
import { beyondReach, cannotBeReached, isOwedWord, wishesNotToHear, withNotWished, withReached, withUnreached } from './owed-word.js';
import { allById, type ById } from './by-id.js';
import { happened } from './event.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { kept } from './kept.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isAnswered } from './answering.js';
import { peoplesViewIsOut } from './publication.js';
import { saidFor, whatTheyWaitFor } from './theme.js';
import { refuseUnpublished, toldToAll } from './told-to-all.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { newlyUnreached, refuseSameSayer, refuseUntried } from './unreached.js';
import { peopleIn, peopleOf } from './who-took-part.js';

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

/** Everyone who took part in these stages, or in the whole agreement, or said something there, late or where the activity was voided, too. Pseudonyms, each once. */
const everyoneIn = kept((stages, contributions: ById<Contribution>, activities: readonly Activity[]) => {
  const counts = ({ stage }: { readonly stage: string }) => stages === undefined || stages.includes(stage);
  const tookPart = peopleIn(activities.filter((activity) => !activity.voided && counts(activity)));
  return [...new Set([...tookPart, ...allById(contributions).filter(counts).map(({ author }) => author)])];
});

/** Who is told nothing more: who was, who confirmed that they do not wish to hear, and whom two people found no way to reach. */
function spared(agreement: Agreement, told: readonly string[]): ReadonlySet<string> {
  return new Set([...told, ...beyondReach(agreement), ...agreement.contributions.notWished.filter((person) => wishesNotToHear(agreement, person))]);
}

/** Everyone who took part in these stages, or in the whole agreement, and has not been told what came of it, but for who is told nothing more. Pseudonyms, each once. */
export function notTold(agreement: Agreement, told: readonly string[], stages?: readonly string[]): readonly string[] {
  const known = spared(agreement, told);
  return everyoneIn(stages, agreement.contributions.contributions, agreement.involvement.activities).filter((person) => !known.has(person));
}

/** All that asks for an answer, by the stage it was said for. */
const saidByStage = kept((_, contributions: ById<Contribution>) => {
  const by = new Map<string, Contribution[]>();
  for (const one of allById(contributions)) {
    if (!asksForAnswer(one)) continue;
    const there = by.get(one.stage);
    if (there === undefined) by.set(one.stage, [one]);
    else there.push(one);
  }
  return by;
});

/** Whom word came back to of all they said in this stage. Pseudonyms. */
function heardBack(agreement: Agreement, stage: string): readonly string[] {
  const said = saidByStage(undefined, agreement.contributions.contributions).get(stage) ?? [];
  const owed = new Set(said.filter((contribution) => isOwedWord(agreement, contribution)).map(({ author }) => author));
  return said.map(({ author }) => author).filter((author) => !owed.has(author));
}

// Whoever was told in a stage is the same list until somebody else is, and is asked for at each stage before it.
const among = kept((_, people: readonly string[]): ReadonlySet<string> => new Set(people));

/** Everyone who took part in one of these stages and was told nothing of it since: neither after it, or here, what came of it, nor what was done with all they said there. */
function notToldSince(agreement: Agreement, pathway: Pathway, stages: readonly string[]): readonly string[] {
  const { told, contributions } = agreement.contributions;
  const known = spared(agreement, []);
  const untold = stages.flatMap((stage) => {
    const later = Object.entries(told).flatMap(([other, people]) => (other === agreement.stage || isEarlier(pathway, stage, other) ? [among(undefined, people)] : []));
    const left = everyoneIn([stage], contributions, agreement.involvement.activities).filter((person) => !known.has(person) && !later.some((people) => people.has(person)));
    if (left.length === 0) return left;
    const back = new Set(heardBack(agreement, stage));
    return left.filter((person) => !back.has(person));
  });
  return [...new Set(untold)];
}

/** Whom of these what went out in this stage tells nothing of theirs: all of them where nothing did, else whoever spoke and finds nothing of it there. */
function toldNothing(agreement: Agreement, people: readonly string[]): readonly string[] {
  if (!peoplesViewIsOut(agreement)) return people;
  const isTold = toldToAll(agreement);
  return people.filter((person) => {
    const theirs = everythingSaid(agreement).filter((contribution) => contribution.author === person && asksForAnswer(contribution));
    return theirs.length > 0 && !theirs.some(isTold);
  });
}

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
    const isTold = outcome === 'published' ? toldToAll(agreement) : () => true;
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
        refuseUnpublished(told, answerable.filter((contribution) => !isTold(contribution)).map(({ author }) => author), 'record-feedback'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.feedback-recorded.v1', { contributions: answerable.map(({ id }) => id), outcome, tried })],
    );
  },

  'tell-what-came-of-it': (states, telling, context) => {
    const { agreement } = states;
    const { participants, outcome, tried = [] } = telling;
    const { stage } = agreement;
    const took = new Set([...peopleIn(agreement.involvement.activities), ...everythingSaid(agreement).map(({ author }) => author)]);
    const strangers = participants.filter((participant) => !took.has(participant));
    const known = new Set([...(agreement.contributions.told[stage] ?? []), ...(outcome === 'declined' ? agreement.contributions.notWished : [])]);
    const untold = [...new Set(participants)].filter((participant) => !known.has(participant));
    const told = outcome === 'undeliverable' ? newlyUnreached(states, context, untold) : untold;
    return unless(
      [
        refuseUntried(telling, 'tell-what-came-of-it'),
        strangers.length > 0 &&
          refusal('feedback.did-not-take-part', 'Those are told who took part.', ...strangers.map((what) => facilitator(what, 'record-attendance'))),
        refuseUnpublished(telling, toldNothing(agreement, told), 'tell-what-came-of-it'),
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

const word = (participant: string): Missing => facilitator(participant, 'tell-what-came-of-it');
const wordForAll = kept((stages, contributions: ById<Contribution>, activities: readonly Activity[]) => everyoneIn(stages, contributions, activities).map(word));

/** Of whoever said something for these stages in time, each once: who was told nothing, who did not wish to hear, who could not be reached. */
const wordsOwed = kept((stages, contributions: ById<Contribution>) => {
  const said = saidFor(stages, contributions);
  const whose = (outcome: FeedbackOutcome | null) => [...new Set(said.filter(({ feedback }) => feedback === outcome).map(({ author }) => author))];
  return { untold: whose(null).map((author) => facilitator(author, 'record-feedback')), declined: whose('declined'), undeliverable: whose('undeliverable') };
});

export const conditions = {
  // Told what came of it, or confirmed that they do not wish to hear, or cannot be reached.
  'involvement.feedback-delivered': (agreement, { stages }) => {
    const { untold, declined, undeliverable } = wordsOwed(stages, agreement.contributions.contributions);
    return [
      ...untold,
      ...declined.filter((author) => !wishesNotToHear(agreement, author)).map((author) => facilitator(`that ${author} does not wish to hear, as they confirm it`, 'record-proxy-entry')),
      ...undeliverable.filter((author) => !cannotBeReached(agreement, author)).map((author) => saidAgain(author, 'record-feedback')),
    ];
  },

  // In this stage, because what came of it is known only now; who does not wish to hear is not told.
  'involvement.everyone-told': (agreement, { stages, since = [] }, { pathway }) => {
    const { contributions, unreached, told } = agreement.contributions;
    const [known, saidOnce] = [spared(agreement, told[agreement.stage] ?? []), new Set(Object.keys(unreached))];
    const here = stages.length === 0 ? [] : wordForAll(stages, contributions, agreement.involvement.activities).filter(({ what }) => !known.has(what));
    const named = new Set(here.map(({ what }) => what));
    const untold = [...here, ...notToldSince(agreement, pathway, since).filter((person) => !named.has(person)).map(word)];
    return untold.map((owed) => (saidOnce.has(owed.what) ? saidAgain(owed.what, 'tell-what-came-of-it') : owed));
  },
} satisfies Partial<Conditions>;
