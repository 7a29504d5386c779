import type { CivilDate } from '@concordat/platform/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { closedAlready, type Risk, riskOf, riskOwner, riskUnknown } from './risk.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** What doing it with people may bring with it that professionals alone would not (Bovaird & Loeffler 2012; 1-product, section 2). */
export const riskPrompts = {
  burden: 'Does it ask more of people than they can give?',
  exploitation: 'Does it put unpaid people in the place of paid ones, or take more than it gives back?',
  capture: 'Could a few speak for all, or turn it to their own ends?',
  'lone-volunteers': 'Is anybody alone with someone who depends on them?',
  confidentiality: 'Could what people learn or say of each other get out?',
} as const;
export type RiskPrompt = keyof typeof riskPrompts;
export const riskPromptNames = Object.keys(riskPrompts) as readonly RiskPrompt[];

/** A risk named for it, or why it does not arise here. */
export type PromptAnswer = { readonly is: 'named'; readonly risk: string } | { readonly is: 'does-not-arise'; readonly because: string };

export interface RiskPromptCommands {
  /** The same prompt again takes the place of the earlier answer. */
  'answer-risk-prompt': { readonly prompt: RiskPrompt; readonly answer: PromptAnswer };
}

export interface RiskPromptEvents {
  'concordat.agreement.risk-prompt-answered.v1': RiskPromptCommands['answer-risk-prompt'] & { readonly on: CivilDate };
}

/** What was last answered to each prompt. */
export type RiskPromptState = Readonly<Partial<Record<RiskPrompt, { readonly answer: PromptAnswer; readonly by: string; readonly on: CivilDate }>>>;
export const initialRiskPrompts: RiskPromptState = {};

/** Whether people design or deliver it together with professionals, by what is planned for any stage. */
export function isDoneWithPeople({ involvement: { plans } }: Agreement): boolean {
  return Object.values(plans).some((plan) => plan?.mode === 'co-design' || plan?.mode === 'co-delivery');
}

/** The risk that is named for a prompt. */
export function namedFor(agreement: Agreement, prompt: RiskPrompt): Risk | undefined {
  const answer = agreement.riskPrompts[prompt]?.answer;
  return answer?.is === 'named' ? riskOf(agreement, answer.risk) : undefined;
}

export const decide = {
  'answer-risk-prompt': ({ agreement }, { prompt, answer }, { today }) => {
    const named = answer.is === 'named' ? riskOf(agreement, answer.risk) : undefined;
    const elsewhere = riskPromptNames.filter((other) => other !== prompt && named !== undefined && namedFor(agreement, other)?.id === named.id);
    return unless(
      [
        answer.is === 'named' && named === undefined && riskUnknown,
        named !== undefined && closedAlready(named),
        elsewhere.length > 0 &&
          refusal('risk-prompt.named-already', 'Each prompt has a risk of its own: one that answers two says of neither what may happen.', ...elsewhere.map((other) => riskOwner(`another risk: this one is named for ${other}`, 'raise-risk'))),
        answer.is === 'does-not-arise' && answer.because.trim() === '' &&
          refusal('risk-prompt.unexplained', 'Where a risk does not arise, it is said why.', riskOwner('because', 'answer-risk-prompt')),
        canonical(agreement.riskPrompts[prompt]?.answer ?? null) === canonical(answer) && alreadySo('the prompt has this answer'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.risk-prompt-answered.v1', { prompt, answer, on: today })],
    );
  },
} satisfies { [C in keyof RiskPromptCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.risk-prompt-answered.v1': (agreement, { data: { prompt, answer, on }, meta }) => agreementWith(agreement, {
    riskPrompts: { ...agreement.riskPrompts, [prompt]: { answer, by: meta.actor, on } },
  }),
} satisfies { [T in keyof RiskPromptEvents]: Evolve<T> };

/** The prompts that nobody has answered, or whose risk is closed, where they arise at all. */
export function promptsOpen(agreement: Agreement): readonly RiskPrompt[] {
  return isDoneWithPeople(agreement) ? riskPromptNames.filter((prompt) => agreement.riskPrompts[prompt] === undefined || namedFor(agreement, prompt)?.closed === true) : [];
}

export const conditions = {
  'risk.prompts-answered': (agreement) => promptsOpen(agreement).map((prompt) => riskOwner(`an answer to the prompt ${prompt}`, 'answer-risk-prompt')),
} satisfies Partial<Conditions>;
