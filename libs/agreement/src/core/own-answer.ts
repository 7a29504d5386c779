import { actorName } from '@concordat/access/core';
import { refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { answeredAlone, draw, drawn, type Drawn } from './answer-check.js';
import { answered, type Answered, ownAnswerAsked, refuseSecondAnswer, refuseThinAnswer, type Response } from './answering.js';
import { contributionOf, contributionUnknown, withContributions, withNewAnswer } from './contribution.js';
import { happened } from './event.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { everyIdOf } from './separation.js';
import type { Decide, Evolve } from './topic.js';

export interface OwnAnswerCommands {
  /** Anyone may ask for an answer of their own. */
  'ask-for-own-answer': { readonly contribution: string; readonly author: string };
  /** To what came late, or to someone who asked for it. */
  'answer-contribution': { readonly contribution: string; readonly response: Response };
}

export interface OwnAnswerEvents {
  'concordat.agreement.own-answer-asked.v1': { readonly contribution: string; readonly on: CivilDate };
  'concordat.agreement.contribution-answered.v1': { readonly contribution: string } & Answered & Drawn;
}

export const decide = {
  'ask-for-own-answer': ({ agreement }, { contribution: id, author }, { today }) => {
    const contribution = contributionOf(agreement, id);
    if (contribution?.author !== author) return refuse(contributionUnknown(id));
    return unless([contribution.own !== null && alreadySo('an answer of their own is asked for')], () => [
      happened(agreement.id, 'concordat.agreement.own-answer-asked.v1', { contribution: id, on: today }),
    ]);
  },

  'answer-contribution': ({ agreement, persons }, { contribution: id, response }, context) => {
    const contribution = contributionOf(agreement, id);
    const thin = refuseThinAnswer(agreement, response, 'answer-contribution');
    if (contribution === undefined) return refuseUnknown(contributionUnknown(id), thin);
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
        return [happened(agreement.id, 'concordat.agreement.contribution-answered.v1', { contribution: id, response, on: context.today, again, sampled: draw(agreement, answeredAlone(agreement, contribution), context) })];
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
        return { unreadSince: null, own: { ...before, ...answered(data, meta.actor, before) } };
      }),
      data.sampled,
    ),
} satisfies { [T in keyof OwnAnswerEvents]: Evolve<T> };
