import type { Missing } from '@concordat/journal/core';
import { refuse } from '@concordat/journal/core';
import { activityOf, activityUnknown } from './activity.js';
import type { Agreement } from './agreement.js';
import { asksForAnswer, contributionOf, everythingSaid, inLedger, isOwedWord, wishesNotToHear, withContributions, withNotWished } from './contribution.js';
import { happened } from './event.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isAnswered } from './answering.js';
import { saidFor, whatTheyWaitFor } from './theme.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleIn, peopleOf } from './who-took-part.js';

/** How word came back to people: to them, to everyone, not wished for, or there was no way to reach them. */
export const feedbackOutcomes = ['delivered', 'published', 'declined', 'undeliverable'] as const;
export type FeedbackOutcome = (typeof feedbackOutcomes)[number];

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
type Told = { readonly participants: readonly string[]; readonly outcome: FeedbackOutcome };

export interface FeedbackCommands {
  /** These people were told what was done with all they said that has an answer by now. */
  'record-feedback': Told;
  /** These people who took part, with or without words, were told in this stage what came of it. */
  'tell-what-came-of-it': Told;
  /** Of somebody who took part; their last word counts. */
  'record-whether-heard': WhetherHeard;
}

export interface FeedbackEvents {
  'concordat.agreement.feedback-recorded.v1': { readonly contributions: readonly string[]; readonly outcome: FeedbackOutcome };
  'concordat.agreement.what-came-of-it-told.v1': Told & { readonly stage: string };
  /** `forThem`: typed by staff for whoever says so. */
  'concordat.agreement.whether-heard-recorded.v1': WhetherHeard & { readonly forThem: boolean };
}

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

/**
 * Everyone who took part in these stages, or in the whole agreement, and has not been told what came of it. Whoever said something took part
 * in time or late, and where the activity was voided. Who confirmed that they do not wish to hear is left in peace. Pseudonyms, each once.
 */
export function notTold(agreement: Agreement, told: readonly string[], stages?: readonly string[]): readonly string[] {
  const counts = ({ stage }: { readonly stage: string }) => stages === undefined || stages.includes(stage);
  const tookPart = peopleIn(agreement.involvement.activities.filter((activity) => !activity.voided && counts(activity)));
  const onlySpoke = new Set(everythingSaid(agreement).filter((said) => counts(said) && !tookPart.has(said.author)).map(({ author }) => author));
  const spared = new Set(told);
  return [...tookPart, ...onlySpoke].filter((person) => !spared.has(person) && !wishesNotToHear(agreement, person));
}

export const decide = {
  'record-feedback': ({ agreement }, { participants, outcome }) => {
    const named = new Set(participants);
    const said = everythingSaid(agreement).filter((contribution) => named.has(contribution.author) && asksForAnswer(contribution));
    // Who could not be reached may be met later.
    const reachedSince = ({ feedback }: { readonly feedback: FeedbackOutcome | null }) => feedback === 'undeliverable' && (outcome === 'delivered' || outcome === 'published');
    const untold = said.filter((contribution) => (outcome === 'declined' ? contribution.feedback === null : isOwedWord(agreement, contribution) || reachedSince(contribution)));
    const spoke = new Set(said.map(({ author }) => author));
    const silent = participants.filter((participant) => !spoke.has(participant));
    // Only the wish not to hear needs no answer before it.
    const told = untold.filter((contribution) => outcome === 'declined' || isAnswered(agreement, contribution));
    return unless(
      [
        silent.length > 0 &&
          refusal(
            'feedback.nothing-said',
            'Feedback goes to those who said something.',
            ...silent.map((what) => facilitator(what, 'record-contribution')),
          ),
        silent.length === 0 && untold.length === 0 && alreadySo('they were told'),
        untold.length > 0 &&
          told.length === 0 &&
          refusal(
            'feedback.nothing-answered',
            'People are told what was done with what they said.',
            ...whatTheyWaitFor(agreement, untold),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.feedback-recorded.v1', { contributions: told.map(({ id }) => id), outcome })],
    );
  },

  'tell-what-came-of-it': ({ agreement }, { participants, outcome }) => {
    const { stage } = agreement;
    const took = new Set([...peopleIn(agreement.involvement.activities), ...everythingSaid(agreement).map(({ author }) => author)]);
    const strangers = participants.filter((participant) => !took.has(participant));
    const known = new Set([...(agreement.contributions.told[stage] ?? []), ...(outcome === 'declined' ? agreement.contributions.notWished : [])]);
    const told = [...new Set(participants)].filter((participant) => !known.has(participant));
    return unless(
      [
        strangers.length > 0 &&
          refusal('feedback.did-not-take-part', 'Those are told who took part.', ...strangers.map((what) => facilitator(what, 'record-attendance'))),
        told.length === 0 && alreadySo('they were told in this stage'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.what-came-of-it-told.v1', { participants: told, outcome, stage })],
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

export const evolve = {
  'concordat.agreement.feedback-recorded.v1': (before, { data: { contributions, outcome } }) => {
    const agreement = withContributions(before, contributions, () => ({ feedback: outcome }));
    return outcome === 'declined' ? withNotWished(agreement, contributions.flatMap((id) => contributionOf(agreement, id)?.author ?? [])) : agreement;
  },
  'concordat.agreement.what-came-of-it-told.v1': (agreement, { data: { participants, outcome, stage } }) => {
    if (outcome === 'declined') return withNotWished(agreement, participants);
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

/** Added to them just now. */
const isNew = (known: Set<string>, one: string): boolean => known.size < known.add(one).size;

export const conditions = {
  // Told what came of it, or confirmed that they do not wish to hear, or cannot be reached.
  'involvement.feedback-delivered': (agreement, { stages }) => {
    const owed: Missing[] = [];
    const [untold, unconfirmed] = [new Set<string>(), new Set<string>()];
    for (const said of saidFor(agreement, stages)) {
      const { author, feedback } = said;
      if (feedback === null && isNew(untold, author)) owed.push(facilitator(author, 'record-feedback'));
      if (feedback === 'declined' && isNew(unconfirmed, author) && !wishesNotToHear(agreement, author)) owed.push(facilitator(`that ${author} does not wish to hear, as they confirm it`, 'record-proxy-entry'));
    }
    return owed;
  },

  // In this stage, because what came of it is known only now; who does not wish to hear is not told.
  'involvement.everyone-told': (agreement, { stages }) =>
    notTold(agreement, agreement.contributions.told[agreement.stage] ?? [], stages).map((participant) => facilitator(participant, 'tell-what-came-of-it')),
} satisfies Partial<Conditions>;
