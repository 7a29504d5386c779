import { type Decision, type Missing, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { isHere, toldIn } from './above.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type AgreementEvent, happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { themeOf } from './answering.js';
import { lastDayToDo, refuseTooFar } from './put-off.js';
import { themeUnknown } from './theme.js';
import type { Conditions, Decide, Evolve, States } from './topic.js';

type Promised = {
  readonly commitment: string;
  /** "We will …" */
  readonly what: string;
  /** "… by": the last day on which it is kept in time. */
  readonly by: CivilDate;
  /** The theme it answers, where it answers one. */
  readonly theme?: string | undefined;
};

export interface CommitmentCommands {
  /** "We will, by." */
  'make-commitment': Promised;
  /** Also after its day: then it was kept late. */
  'keep-commitment': { readonly commitment: string; readonly how: string };
  /** It will not be kept, and that is said, with reasons. */
  'break-commitment': { readonly commitment: string; readonly reasons: string };
}

export interface CommitmentEvents {
  'concordat.agreement.commitment-made.v1': Omit<Promised, 'theme'> & { readonly theme: string | null };
  'concordat.agreement.commitment-kept.v1': { readonly commitment: string; readonly how: string; readonly on: CivilDate };
  /** `theme`: the one it answered; whoever gave what was adopted there hears of it. `toldIn`: in which agreement, where it was broken in one that carries it on; null: in this one. */
  'concordat.agreement.commitment-broken.v1': { readonly commitment: string; readonly theme: string | null; readonly reasons: string; readonly on: CivilDate; readonly toldIn: string | null };
}

/** What was promised to people, and what became of it. */
export interface Commitment {
  readonly id: string;
  readonly what: string;
  readonly by: CivilDate;
  readonly theme: string | null;
  /** The agreement it was made in, where that is an earlier one. */
  readonly from: string | null;
  readonly became:
    | { readonly is: 'open' }
    | { readonly is: 'kept'; readonly on: CivilDate; readonly how: string }
    /** `told`: those who know, of whose word it answered; `toldIn`: the agreement that tells them, where that is another. */
    | { readonly is: 'broken'; readonly on: CivilDate; readonly reasons: string; readonly told: readonly string[]; readonly toldIn: string | null }
    /** A later agreement answers for it from now on. */
    | { readonly is: 'carried-on'; readonly to: string };
}

/** In the order they were made. */
export type CommitmentState = readonly Commitment[];
export const initialCommitments: CommitmentState = [];

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const commitmentUnknown = refusal('commitment.unknown', 'The commitment was made on this agreement.', commissioner('commitment', 'make-commitment'));

export const commitmentOf = ({ commitments }: Agreement, id: string): Commitment | undefined => commitments.find((made) => made.id === id);

/** How a commitment stands today. Overdue is told by the day, and never recorded. */
export function commitmentStands({ by, became }: Pick<Commitment, 'by' | 'became'>, today: CivilDate): 'open' | 'overdue' | 'kept' | 'kept-late' | 'broken' | 'carried-on' {
  if (became.is === 'open') return by < today ? 'overdue' : 'open';
  return became.is === 'kept' && by < became.on ? 'kept-late' : became.is;
}

/** The agreements that carry on what was promised in this one. */
export const promisesGoOnIn = ({ commitments }: Agreement): readonly string[] => [...new Set(commitments.flatMap(({ became }) => (became.is === 'carried-on' ? [became.to] : [])))];

/** How a commitment stands where it went, through all that carries it on in turn, as far as that was read and is here. */
export function commitmentStandsThere(made: Commitment, others: States['others'], today: CivilDate): ReturnType<typeof commitmentStands> {
  const { [made.became.is === 'carried-on' ? made.became.to : '']: next, ...further } = others;
  const there = next !== undefined && isHere(next) ? commitmentOf(next, made.id) : undefined;
  return there === undefined ? commitmentStands(made, today) : commitmentStandsThere(there, further, today);
}

/** Decides on a commitment that is still open, or refuses. */
function onOpen({ agreement }: States, id: string, became: (made: Commitment) => readonly [AgreementEvent, ...AgreementEvent[]]): Decision<AgreementEvent> {
  const commitment = commitmentOf(agreement, id);
  if (commitment === undefined) return refuse(commitmentUnknown);
  const { is } = commitment.became;
  return unless([is !== 'open' && alreadySo(`the commitment is ${is}`)], () => became(commitment));
}

/** The agreements that this promise came from, each from the next: people gave there what it answered. Those that are with a successor are left as they are. */
function madeIn({ agreement, others }: States, commitment: string): readonly string[] {
  const before = (one: Agreement, met: readonly string[]): readonly string[] => {
    const from = commitmentOf(one, commitment)?.from ?? '';
    const earlier = met.includes(from) ? undefined : others[from];
    const became = earlier && commitmentOf(earlier, commitment)?.became;
    return earlier !== undefined && isHere(earlier) && became?.is === 'carried-on' && became.to === one.id ? [from, ...before(earlier, [...met, from])] : [];
  };
  return before(agreement, [agreement.id]);
}

export const decide = {
  'make-commitment': ({ agreement }, { commitment, what, by, theme }, { today }) =>
    unless(
      [
        commitmentOf(agreement, commitment) !== undefined && alreadySo('the commitment is made'),
        by < today && refusal('commitment.too-late', 'What is promised can still be kept in time.', commissioner('by', 'make-commitment')),
        refuseTooFar('by', by, lastDayToDo(agreement, today), { suppliedBy: 'commissioner', by: 'make-commitment' }),
        theme !== undefined && themeOf(agreement, theme) === undefined && themeUnknown,
      ],
      () => [happened(agreement.id, 'concordat.agreement.commitment-made.v1', { commitment, what, by, theme: theme ?? null })],
    ),

  'keep-commitment': (states, { commitment, how }, { today }) =>
    onOpen(states, commitment, () => [happened(states.agreement.id, 'concordat.agreement.commitment-kept.v1', { commitment, how, on: today })]),

  'break-commitment': (states, { commitment, reasons }, { today }) =>
    onOpen(states, commitment, ({ theme }) => {
      const { agreement } = states;
      const telling = theme === null ? null : (toldIn(agreement, theme) ?? agreement.id);
      const broken = (id: string, told: string | null) => happened(id, 'concordat.agreement.commitment-broken.v1', { commitment, theme, reasons, on: today, toldIn: told });
      return [broken(agreement.id, null), ...(telling === null ? [] : madeIn(states, commitment).map((id) => broken(id, id === telling ? null : telling)))];
    }),
} satisfies { [C in keyof CommitmentCommands]: Decide<C> };

/** The agreement in which these commitments became this. */
export function becoming(agreement: Agreement, ids: readonly string[], became: Commitment['became']): Agreement {
  return agreementWith(agreement, { commitments: agreement.commitments.map((made) => (ids.includes(made.id) ? { ...made, became } : made)) });
}

export const evolve = {
  'concordat.agreement.commitment-made.v1': (agreement, { data: { commitment: id, what, by, theme } }) => agreementWith(agreement, {
    commitments: [...agreement.commitments, { id, what, by, theme, from: null, became: { is: 'open' } }],
  }),
  'concordat.agreement.commitment-kept.v1': (agreement, { data: { commitment, how, on } }) => becoming(agreement, [commitment], { is: 'kept', how, on }),
  'concordat.agreement.commitment-broken.v1': (agreement, { data: { commitment, reasons, on, toldIn: elsewhere } }) =>
    becoming(agreement, [commitment], { is: 'broken', reasons, on, told: [], toldIn: elsewhere }),
} satisfies { [T in keyof CommitmentEvents]: Evolve<T> };

export const conditions = {
  // Kept late is kept, and broken is said: what no gate passes over is a promise about which nothing is said.
  'involvement.commitments-answered-for': ({ commitments }, { ahead }, { today }) =>
    commitments.flatMap((commitment) => {
      const stands = commitmentStands(commitment, today);
      const { id, by } = commitment;
      if (stands === 'overdue') return [commissioner(`${id}: overdue since ${by}`, 'keep-commitment')];
      return stands === 'open' && ahead === 'not-left-behind' ? [commissioner(`${id}: due by ${by}, to be kept, broken or carried on`, 'keep-commitment')] : [];
    }),
} satisfies Partial<Conditions>;
