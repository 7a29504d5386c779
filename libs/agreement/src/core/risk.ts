import { personStream } from '@concordat/access/core';
import { refuse, type Refusal } from '@concordat/journal/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** Who may carry a risk. */
export const bearerGroups = ['service-users', 'carers', 'community', 'provider-staff', 'provider', 'commissioner', 'public'] as const;
export type BearerGroup = (typeof bearerGroups)[number];

/** The three ways one risk is looked at: as planned with people, by professionals alone, and if nothing is done. */
export const ways = ['co-produced', 'professional-only', 'not-acting'] as const;
/** One of the three ways. */
export type Way = (typeof ways)[number];

/** Likelihood and impact, each 1 to 5. */
export type Score = { readonly likelihood: number; readonly impact: number };
/** A way without a score is not looked at yet. */
export type Scores = Readonly<Record<Way, Score | null>>;

type RaisedRisk = {
  readonly risk: string;
  readonly title: string;
  readonly bearers: readonly BearerGroup[];
  readonly owner: string;
  readonly scores: Scores;
};

export interface RiskCommands {
  /** `owner`: the id of the person who answers for it. */
  'raise-risk': RaisedRisk;
  /** All three ways; a way that is not looked at any more is `null`. */
  'rescore-risk': { readonly risk: string; readonly scores: Scores; readonly reason: string };
  'close-risk': { readonly risk: string; readonly reason: string };
}

export interface RiskEvents {
  'concordat.agreement.risk-raised.v1': RaisedRisk;
  'concordat.agreement.risk-rescored.v1': { readonly risk: string; readonly scores: Scores; readonly reason: string };
  'concordat.agreement.risk-closed.v1': { readonly risk: string; readonly reason: string };
}

/** One risk as it stands; `owner` is the id of the person who answers for it. */
export interface Risk {
  readonly id: string;
  readonly title: string;
  readonly bearers: readonly BearerGroup[];
  readonly owner: string;
  readonly scores: Scores;
  readonly closed: boolean;
}

/** In the order they were raised. */
export type RiskState = readonly Risk[];
export const initialRisk: RiskState = [];

/** How large likelihood × impact is. */
export type Band = 'low' | 'moderate' | 'high' | 'extreme';

/** Likelihood × impact and its band, 1–3, 4–6, 8–12, 15–25: NPSA, "A risk matrix for risk managers" (2008). */
export function weigh({ likelihood, impact }: Score): { readonly product: number; readonly band: Band } {
  const product = likelihood * impact;
  return { product, band: product <= 3 ? 'low' : product <= 6 ? 'moderate' : product <= 12 ? 'high' : 'extreme' };
}

/**
 * The `top` open risks by their co-produced score, highest first; equal ones as they were raised. One that nobody has
 * looked at in that way comes first: what is unknown is not small.
 */
export function topRisks(agreement: Agreement, top: number): readonly Risk[] {
  const size = ({ scores }: Risk) => (scores['co-produced'] === null ? Infinity : weigh(scores['co-produced']).product);
  const open = agreement.risk.filter(({ closed }) => !closed);
  return open.toSorted((a, b) => (size(a) === size(b) ? 0 : size(b) - size(a))).slice(0, top);
}

const riskOwner = (what: string, by: string) => ({ what, suppliedBy: 'risk-owner', by });
const riskUnknown = refusal('risk.unknown', 'The risk was raised on this agreement.', riskOwner('risk', 'raise-risk'));

const isOneToFive = (value: number) => Number.isInteger(value) && value >= 1 && value <= 5;

function refuseImpossibleScores(scores: Scores, by: string): Refusal | false {
  const impossible = ways.filter((way) => {
    const score = scores[way];
    return score !== null && !(isOneToFive(score.likelihood) && isOneToFive(score.impact));
  });
  return (
    impossible.length > 0 &&
    refusal(
      'risk.score-out-of-range',
      'Likelihood and impact are whole numbers from 1 to 5.',
      ...impossible.map((way) => riskOwner(`the ${way} score`, by)),
    )
  );
}

const closedAlready = (risk: Risk) =>
  risk.closed && refusal('risk.closed', 'The risk is open; one that comes back is raised anew.', riskOwner('risk', 'raise-risk'));

export const decide = {
  'raise-risk': ({ agreement, persons }, { risk, title, bearers, owner, scores }) =>
    unless(
      [
        agreement.risk.some(({ id }) => id === risk) && alreadySo('the risk is raised'),
        bearers.length === 0 && refusal('risk.nobody-carries-it', 'Somebody carries the risk.', riskOwner('bearers', 'raise-risk')),
        persons[owner]?.registered !== true &&
          refusal('person.unknown', 'Whoever owns the risk is registered in this organisation.', {
            what: personStream(owner),
            suppliedBy: 'administrator',
            by: 'register-person',
          }),
        refuseImpossibleScores(scores, 'raise-risk'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.risk-raised.v1', { risk, title, bearers: [...new Set(bearers)], owner, scores })],
    ),

  'rescore-risk': ({ agreement }, { risk: id, scores, reason }) => {
    const risk = agreement.risk.find((raised) => raised.id === id);
    if (risk === undefined) return refuse(riskUnknown);
    return unless(
      [
        closedAlready(risk),
        canonical(risk.scores) === canonical(scores) && alreadySo('the risk has these scores'),
        refuseImpossibleScores(scores, 'rescore-risk'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.risk-rescored.v1', { risk: id, scores, reason })],
    );
  },

  'close-risk': ({ agreement }, { risk: id, reason }) => {
    const risk = agreement.risk.find((raised) => raised.id === id);
    if (risk === undefined) return refuse(riskUnknown);
    return unless([risk.closed && alreadySo('the risk is closed')], () => [
      happened(agreement.id, 'concordat.agreement.risk-closed.v1', { risk: id, reason }),
    ]);
  },
} satisfies { [C in keyof RiskCommands]: Decide<C> };

function withRisk(agreement: Agreement, id: string, change: Partial<Risk>): Agreement {
  return { ...agreement, risk: agreement.risk.map((risk) => (risk.id === id ? { ...risk, ...change } : risk)) };
}

export const evolve = {
  'concordat.agreement.risk-raised.v1': (agreement, { data: { risk: id, title, bearers, owner, scores } }) => ({
    ...agreement,
    risk: [...agreement.risk, { id, title, bearers, owner, scores, closed: false }],
  }),
  'concordat.agreement.risk-rescored.v1': (agreement, { data: { risk, scores } }) => withRisk(agreement, risk, { scores }),
  'concordat.agreement.risk-closed.v1': (agreement, { data: { risk } }) => withRisk(agreement, risk, { closed: true }),
} satisfies { [T in keyof RiskEvents]: Evolve<T> };

export const conditions = {
  // Doing it with people may involve greater risks than leaving it to professionals, and so may doing nothing: all three are said.
  'risk.three-way': (agreement, { top }) => {
    if (agreement.risk.length === 0) return [riskOwner('the risks: none is raised yet', 'raise-risk')];
    return topRisks(agreement, top).flatMap(({ id, scores }) =>
      ways.filter((way) => scores[way] === null).map((way) => riskOwner(`the ${way} score of ${id}`, 'rescore-risk')),
    );
  },
} satisfies Partial<Conditions>;
