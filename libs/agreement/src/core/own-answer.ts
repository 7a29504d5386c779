import { actorName } from '@concordat/access/core';
import { refuse } from '@concordat/journal/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import { answeredAlone, draw, drawn, type Drawn } from './answer-check.js';
import { answered, type Answered, ownAnswerAsked, type Outcome, refuseAdoptedTooLate, refuseDeadLinks, refuseNoDay, refuseSecondAnswer, type Response } from './answering.js';
import { contributionOf, contributionUnknown, withContributions, withNewAnswer } from './contribution.js';
import { happened } from './event.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Decide, Evolve } from './topic.js';

export interface OwnAnswerCommands {
  /** Anyone may ask for an answer of their own. */
  'ask-for-own-answer': { readonly contribution: string; readonly author: string };
  /** To what came late, or to someone who asked for it. */
  'answer-contribution': { readonly contribution: string; readonly author: string; readonly response: Response<Sealed> };
}

export interface OwnAnswerEvents {
  'concordat.agreement.own-answer-asked.v1': { readonly contribution: string; readonly on: CivilDate };
  /** What is said to one person alone is sealed for them; `null` where they were erased before, so that nobody can be told, and `changed` where nothing was adopted. */
  'concordat.agreement.contribution-answered.v1': { readonly contribution: string; readonly reasons: Sealed | null; readonly changed: Sealed | null } & Answered<Outcome> & Drawn;
}

/** An answer, and what it says. */
function apart(response: Response<Sealed>): { readonly outcome: Outcome; readonly reasons: Sealed; readonly changed: Sealed | null } {
  if ('changed' in response) {
    const { reasons, changed, ...outcome } = response;
    return { outcome, reasons, changed };
  }
  const { reasons, ...outcome } = response;
  return { outcome, reasons, changed: null };
}

export const decide = {
  'ask-for-own-answer': ({ agreement }, { contribution: id, author }, { today }) => {
    const contribution = contributionOf(agreement, id);
    if (contribution?.author !== author) return refuse(contributionUnknown(id));
    return unless([contribution.own !== null && alreadySo('an answer of their own is asked for')], () => [
      happened(agreement.id, 'concordat.agreement.own-answer-asked.v1', { contribution: id, on: today }),
    ]);
  },

  'answer-contribution': (states, { contribution: id, author, response }, context) => {
    const { agreement, persons, participants } = states;
    const contribution = contributionOf(agreement, id);
    const { outcome, reasons, changed } = apart(response);
    const thin = [refuseAdoptedTooLate(states, outcome, 'answer-contribution'), refuseDeadLinks(agreement, outcome, 'answer-contribution'), refuseNoDay(outcome, context.today, 'answer-contribution')];
    if (contribution?.author !== author) return refuseUnknown(contributionUnknown(id), thin);
    const { own, late } = contribution;
    return unless(
      [
        own === null &&
          !late &&
          refusal('answer.not-asked-for', 'What was said in time is answered through its themes, unless its author asks for more.', {
            what: 'that its author asks for an answer of their own',
            suppliedBy: 'participant',
            by: 'ask-for-own-answer',
          }),
        ...(own === null ? [] : refuseSecondAnswer(own, response, everyIdOf(persons, actorName(context.actor)), 'answer-contribution')),
        ...thin,
      ],
      () => {
        const again = own !== null && own.reopenedOn !== null;
        const words = participants[author]?.erased === true ? { reasons: null, changed: null } : { reasons, changed };
        const sampled = draw(agreement, answeredAlone(agreement, contribution), context);
        return [happened(agreement.id, 'concordat.agreement.contribution-answered.v1', { contribution: id, response: outcome, ...words, on: context.today, again, sampled })];
      },
    );
  },
} satisfies { [C in keyof OwnAnswerCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.own-answer-asked.v1': (agreement, { data: { contribution, on } }) =>
    withContributions(agreement, [contribution], () => ({ own: ownAnswerAsked(on) })),
  'concordat.agreement.contribution-answered.v1': (agreement, { data, meta }) =>
    drawn(
      withContributions(withNewAnswer(agreement, [data.contribution]), [data.contribution], ({ own }) => {
        const before = own ?? ownAnswerAsked(null);
        return { unreadSince: null, own: { ...before, ...answered(agreement, data, meta.actor, before) } };
      }),
      data.sampled,
    ),
} satisfies { [T in keyof OwnAnswerEvents]: Evolve<T> };
