import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import type { DecisionState } from './decision.js';
import { refuserOf } from './gate-condition.js';
import type { StageState } from './stage.js';
import { undone as undoneWaivers } from './waiver.js';

/** Drops from one slice what was made in the undone stages; `passedAnew`: these, and the stage it comes back to; `before`: as all was. */
type Undo<S> = (slice: S, undone: readonly string[], passedAnew: readonly string[], before: Agreement) => S;
const stays = <S>(slice: S): S => slice;

const unlessIn = <R extends { readonly stage: string }>(record: R | null, undone: readonly string[]): R | null =>
  record !== null && undone.includes(record.stage) ? null : record;

/** The decision without the gates among these that opened on it, or on one whose place it took. */
function openedNo(decision: DecisionState, passedAnew: readonly string[]): DecisionState {
  const unlessPassed = (gate: string | null) => (gate !== null && passedAnew.includes(gate) ? null : gate);
  return decision && { ...decision, opened: unlessPassed(decision.opened), behind: unlessPassed(decision.behind) };
}

/**
 * What falls when an agreement goes back: all that was agreed, decided or awarded in the stages it goes back over,
 * because it rested on them. What is known and what people gave stays: nobody is asked twice. The journal keeps it all.
 */
const dependsOnStage: { readonly [S in Exclude<keyof Agreement, keyof StageState>]: Undo<Agreement[S]> } = {
  facts: stays,
  activitiesOfPeople: stays,
  groupsAsked: stays,
  involvement: stays,
  carriedOver: stays,
  dissents: stays,
  information: stays,
  payments: stays,
  proxies: stays,
  contributions: stays,
  commitments: stays,
  carried: stays,
  tree: stays,
  risk: stays,
  opportunities: stays,
  controls: stays,
  incidents: stays,
  riskPrompts: stays,
  riskPanels: stays,
  statements: stays,
  conflicts: stays,
  // A refusal rests on nothing that falls, and is not passed over by going back over it.
  signOffs: (signOffs, undone) => signOffs.filter(({ stage, answer }) => answer.is === 'refused' || !undone.includes(stage)),
  // What several people were asked of is asked of no fewer because the agreement went back over it.
  panelsHeard: stays,
  knownAs: stays,
  decision: (decision, undone, passedAnew) => openedNo(unlessIn(decision, undone), passedAnew),
  // The one that takes its place may be called in for as long as this one.
  decisionFell: (fell, undone, passedAnew, { decision }) => (unlessIn(decision, undone) === null ? openedNo(decision ?? fell, passedAnew) : fell),
  award: ({ parties, soFar, uninviting, left, proposed, notice, told, firstToldOn, acceptances, awarded, original, fell }, undone, passedAnew) => {
    // The gate of its stage made an award, here or before it was taken over; where the pathway has no such gate none did.
    const stands = unlessIn(original, original?.on === null && original.stage !== 'award' ? undone : passedAnew);
    return {
      parties,
      soFar,
      uninviting,
      left,
      proposed: unlessIn(proposed, undone),
      notice: unlessIn(notice, undone),
      told,
      firstToldOn,
      acceptances: acceptances.filter(({ stage }) => !undone.includes(stage)),
      awarded: unlessIn(awarded, passedAnew),
      original: stands,
      fell: fell || (original !== null && stands === null),
    };
  },
  notices: stays,
  // Shown for ever, and in force no more at a gate that is passed anew.
  waivers: (waivers, _, passedAnew) => undoneWaivers(waivers, passedAnew),
  formerTeams: stays,
  // As of a sign-off: what was refused stays so.
  gateConditions: (conditions, _, passedAnew) => conditions.filter((condition) => refuserOf(condition) !== null || !passedAnew.includes(condition.stage)),
  urgency: stays,
  routeChoice: stays,
  publishedNotices: stays,
  options: stays,
  consultations: stays,
  challenges: stays,
  evaluation: stays,
  readiness: (readiness, undone) => readiness.filter(({ stage }) => !undone.includes(stage)),
  partners: stays,
  publications: stays,
  kpis: stays,
  delivery: stays,
  reviews: stays,
  providerConcerns: stays,
  expiries: stays,
  qualityVisits: stays,
  funding: stays,
  variations: stays,
  modification: stays,
  exit: stays,
  transitions: stays,
  staffTransfer: stays,
  countsTold: stays,
  providerEngagement: stays,
  outcomes: stays,
  value: stays,
  hands: stays,
  transfer: stays,
  // Recorded anew by the event, from what is left.
  content: stays,
};

const slices = (Object.entries(dependsOnStage) as [keyof typeof dependsOnStage, Undo<unknown>][]).filter(([, undo]) => undo !== stays);

/** The agreement without what was agreed, decided or awarded in these stages, nor what the gate of `stage` once opened on: it is passed anew, too. */
export function goBack(agreement: Agreement, stage: string, undone: readonly string[]): Agreement {
  const passedAnew = [stage, ...undone];
  const left: Partial<Record<keyof Agreement, unknown>> = {};
  for (const [slice, undo] of slices) left[slice] = undo(agreement[slice], undone, passedAnew, agreement);
  return agreementWith(agreement, left as Partial<Agreement>);
}
