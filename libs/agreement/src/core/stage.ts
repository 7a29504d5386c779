import { refuse } from '@concordat/journal/core';
import { type AgreementKind, type ConditionCode, isEarlier, nextStage, stageOf, type Tier, type TierRaise } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import type { AwardState } from './award.js';
import { entered, stageUnknown, type TakenOverFrom, type Version } from './beginning.js';
import { check, keptConditions } from './check.js';
import { keptByItsEnd } from './challenge.js';
import { type Content, contentAfter } from './content.js';
import { calledInOpenly } from './call-in.js';
import { openedOn } from './deciding-stage.js';
import { hasEnded } from './ending.js';
import { type AgreementEvent, happened } from './event.js';
import { onTheWay } from './exit.js';
import { providersIn } from './lots.js';
import * as gateCondition from './gate-condition.js';
import { goBack } from './going-back.js';
import { countedOnLeaving } from './reach.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { goesBack, refuseToCancel } from './carry-on.js';
import type { Decide, Evolve } from './topic.js';
import { hasStarted, isRunning } from './service-start.js';
import { givenBack } from './tree.js';
import * as waiver from './waiver.js';

export interface StageCommands {
  /** `stage` is the one to be left, so that the same request sent twice cannot pass two gates. */
  'request-gate': { readonly stage: string };
  /** By the decision-maker: the gate stays shut as things are, and what was asked to be excused at it is refused. */
  'refuse-gate': { readonly stage: string; readonly reason: string };
  'return-to-stage': { readonly stage: string; readonly reason: string };
  hold: { readonly reason: string; readonly until?: CivilDate };
  resume: Readonly<Record<string, never>>;
  cancel: { readonly reason: string };
}

export interface StageEvents {
  /**
   * `conditions`: what the gate asked, all of it met but what these waivers and conditions (ids) stand for. `kept`: conditions that earlier gates
   * opened on and that are met by now, for good.
   */
  'concordat.agreement.gate-opened.v1': {
    readonly stage: string;
    readonly tier: Tier;
    readonly decision: GateDecision;
    readonly conditions: readonly ConditionCode[];
    readonly waivers: readonly string[];
    readonly onCondition: readonly string[];
    readonly kept?: readonly string[];
  };
  'concordat.agreement.gate-refused.v1': { readonly stage: string; readonly reason: string; readonly unmet: readonly ConditionCode[] };
  'concordat.agreement.stage-entered.v1': { readonly stage: string; readonly from: string };
  'concordat.agreement.closed.v1': { readonly from: string };
  /** `undone`: the stages whose sign-offs, decision and award fall (going-back.ts). */
  'concordat.agreement.returned.v1': { readonly from: string; readonly stage: string; readonly reason: string; readonly undone: readonly string[]; readonly content: Content };
  'concordat.agreement.held.v1': { readonly reason: string; readonly until: CivilDate | null };
  'concordat.agreement.resumed.v1': Readonly<Record<string, never>>;
  'concordat.agreement.cancelled.v1': { readonly reason: string };
}

/** Where an agreement's life stands; what each admits is in decide.ts. */
export type Lifecycle = 'none' | 'open' | 'held' | 'cancelled' | 'closed' | 'split' | 'transferred';

/** How a gate was decided, besides `refused`. */
export type GateDecision = 'opened' | 'opened-with-conditions';

/**
 * How one stage was entered and left, as ISO 8601 times; `not-evidenced`: it was passed before Concordat took over; `not-asked`:
 * it stands before the stage the agreement was in when it came to this version of its pathway; `by-reference`: it was passed in
 * the agreement it was split from.
 */
export interface StagePassage {
  readonly enteredAt: string | null;
  readonly leftAt: string | null;
  readonly gate: 'shut' | 'refused' | GateDecision | 'not-evidenced' | 'not-asked' | 'by-reference';
  /** What tier its gate was opened for. */
  readonly tier?: Tier;
}

export interface StageState {
  /** Empty before the agreement exists. */
  readonly id: string;
  readonly title: string;
  readonly kind: AgreementKind;
  readonly tier: Tier;
  readonly raises: readonly TierRaise[];
  /** False while nobody said what raises it, or that nothing does. */
  readonly raisesSaid: boolean;
  readonly pathway: Version;
  readonly route: Version;
  readonly lifecycle: Lifecycle;
  /** The stage it stands in; the last one once it is closed. */
  readonly stage: string;
  /** By stage id, for every stage it has been in or was taken over beyond. */
  readonly stages: Readonly<Record<string, StagePassage>>;
  /** The stages it went back from: whatever started there went on. */
  readonly cameBackFrom: readonly string[];
  readonly openedBy: string;
  readonly openedAt: string;
  readonly takenOver: TakenOverFrom | null;
  /** It was taken over, and nothing came on record of it since. */
  readonly asTakenOver: boolean;
  readonly held: { readonly reason: string; readonly until: CivilDate | null } | null;
  readonly cancelled: { readonly reason: string; readonly at: string } | null;
}

export const initialStage: StageState = {
  id: '',
  title: '',
  kind: 'contract',
  tier: 'standard',
  raises: [],
  raisesSaid: true,
  pathway: { id: '', version: 0 },
  route: { id: '', version: 0 },
  lifecycle: 'none',
  stage: '',
  stages: {},
  cameBackFrom: [],
  openedBy: '',
  openedAt: '',
  takenOver: null,
  asTakenOver: false,
  held: null,
  cancelled: null,
};

const commissioner = (what: string, by: string) => ({ what, suppliedBy: 'commissioner', by });
const notHere = (stage: string, by: string) => refusal('stage.not-here', `The agreement stands in the stage ${stage}.`, commissioner(stage, by));

function awardOf(agreement: string, { provider, value, lots }: NonNullable<AwardState['proposed']>, stage: string) {
  return lots.length === 0
    ? happened(agreement, 'concordat.agreement.awarded.v1', { provider, value })
    : happened(agreement, 'concordat.agreement.lots-awarded.v1', { lots, stage, providers: providersIn(lots) });
}

const running = refusal(
  'agreement.running',
  'A service that has started ends for those who use it: through its own last gates, or by an agreement that ended it.',
  { what: 'the gate of its last stage', suppliedBy: 'commissioner', by: 'request-gate' },
  { what: 'an agreement that ends it, decided on and closed once everybody has an arrangement', suppliedBy: 'commissioner', by: 'link-agreement' },
);
const awardInUse = refusal(
  'agreement.running',
  'A service that has started goes on with whoever it was awarded to: nobody goes back behind that award.',
  { what: 'a variation', suppliedBy: 'contract-manager', by: 'propose-variation' },
  { what: 'an agreement that ends it', suppliedBy: 'commissioner', by: 'link-agreement' },
);

const decidedInUse = refusal(
  'agreement.running',
  'A service that has started rests on the decision that it started by: nobody goes back over that decision.',
  { what: 'an agreement that ends it', suppliedBy: 'commissioner', by: 'link-agreement' },
);

export const decide = {
  'request-gate': ({ agreement }, { stage }, context) => {
    if (stage !== agreement.stage) {
      return refuse(notHere(agreement.stage, 'request-gate'));
    }
    const checklist = check(agreement, context);
    const { proposed } = agreement.award;
    const next = nextStage(context.pathway, stage);
    const conditions = checklist.map(({ code }) => code);
    const waivers = checklist.flatMap(({ waived }) => waived ?? []);
    const onCondition = [...new Set(checklist.flatMap((item) => item.onCondition))];
    const kept = keptConditions(agreement, context);

    return unless(
      checklist.filter(({ met }) => !met).map(({ code, asks, missing }) => ({ code, asks, missing })),
      () => [
        happened(agreement.id, 'concordat.agreement.gate-opened.v1', {
          stage, tier: agreement.tier, decision: onCondition.length > 0 ? 'opened-with-conditions' : 'opened', conditions, waivers, onCondition, ...(kept.length > 0 && { kept }),
        }),
        ...(conditions.includes('provider.accepted') && proposed !== null ? [awardOf(agreement.id, proposed, stage)] : []),
        next === undefined
          ? happened(agreement.id, 'concordat.agreement.closed.v1', { from: stage })
          : happened(agreement.id, 'concordat.agreement.stage-entered.v1', { stage: next.id, from: stage }),
      ],
    );
  },

  'refuse-gate': ({ agreement }, { stage, reason }, context) => {
    if (stage !== agreement.stage) return refuse(notHere(agreement.stage, 'refuse-gate'));
    const unmet = check(agreement, context).filter(({ missing }) => missing.length > 0).map(({ code }) => code);
    return unless(
      [
        agreement.stages[stage]?.gate === 'refused' && alreadySo('the gate is refused'),
        // A gate opens on evidence: what is all there is nobody's to refuse.
        unmet.length === 0 && refusal('gate.everything-there', 'Something that the gate asks is missing.', { what: 'what the gate asks is all there', suppliedBy: 'decision-maker' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.gate-refused.v1', { stage, reason, unmet })],
    );
  },

  'return-to-stage': ({ agreement }, { stage, reason }, context) => {
    const { pathway, sha256 } = context;
    const undone = pathway.stages.map(({ id }) => id).filter((id) => isEarlier(pathway, stage, id));
    const left = goBack(agreement, stage, undone);
    const falls = agreement.award.original !== null && left.award.original === null;
    const startedBy = openedOn(agreement);
    // Where nothing is awarded, a service of the house's own starts by its decision alone.
    const undecided = agreement.award.original === null && startedBy !== null && !hasStarted(context, startedBy) && openedOn(left) === null;
    return unless(
      [
        stageOf(pathway, stage) === undefined && stageUnknown('return-to-stage'),
        stage === agreement.stage && alreadySo(`the agreement stands in the stage ${stage}`),
        isEarlier(pathway, agreement.stage, stage) &&
          refusal('stage.not-earlier', 'An agreement moves forward through its gates alone.', commissioner(agreement.stage, 'request-gate')),
        calledInOpenly(agreement) &&
          left.decision === null &&
          refusal('decision.called-in', 'What was called in is looked at again before the agreement goes back over it.', { what: 'what became of the call-in', suppliedBy: 'decision-maker', by: 'conclude-call-in' }),
        falls && isEarlier(pathway, stage, agreement.stage) && isRunning(agreement, context) && awardInUse,
        undecided && isEarlier(pathway, stage, agreement.stage) && isRunning(agreement, context) && decidedInUse,
      ],
      () => {
        const content = contentAfter(agreement, left, sha256);
        const returned = happened(agreement.id, 'concordat.agreement.returned.v1', { from: agreement.stage, stage, reason, undone, content });
        const [first, ...others] = falls ? partiesAnew(agreement) : [];
        return first === undefined ? [returned] : [first, ...others, returned];
      },
    );
  },

  hold: ({ agreement }, { reason, until }, { today }) =>
    unless(
      [until !== undefined && until <= today && refusal('hold.until-past', 'A hold ends after today.', commissioner('until', 'hold'))],
      () => [happened(agreement.id, 'concordat.agreement.held.v1', { reason, until: until ?? null })],
    ),
  resume: ({ agreement }) => unless([], () => [happened(agreement.id, 'concordat.agreement.resumed.v1', {})]),
  cancel: (states, { reason }, context) => {
    const { agreement, others } = states;
    const ended = agreement.tree.links.flatMap((link) => (link.as === 'ended-by' ? (others[link.agreement] ?? []) : [])).some((one) => hasEnded(one, context.published));
    // What was taken over by mistake is taken out again, as long as nobody did anything on it.
    const started = !agreement.asTakenOver && isRunning(agreement, context);
    const unarranged = onTheWay(agreement, context);
    const kept = keptByItsEnd(states, context);
    const rules = [
      started && !ended && running,
      unarranged.length > 0 && refusal('exit.people-on-the-way', 'An end is given up once everybody who is on the way elsewhere has an arrangement, be it where they are.', ...unarranged),
      kept.length > 0 &&
        refusal('link.ends-what-was-given-up', 'A service whose award was given up goes on to its end: that end is given up once another agreement ends it.', ...kept.map(({ id }) => commissioner(`another agreement that ends ${id}`, 'link-agreement'))),
      refuseToCancel(states, context),
    ];
    return unless(rules, () => [happened(agreement.id, 'concordat.agreement.cancelled.v1', { reason }), ...goesBack(states), ...(agreement.award.original === null && !agreement.award.fell ? givenBack(states, null) : [])]);
  },
} satisfies { [C in keyof StageCommands]: Decide<C> };

/**
 * Before award nobody is a provider: where one falls whoever bid is invited again, and whoever provided before Concordat took over provides
 * it so far. All of them hear of it together, and of what follows, so that none knows more of the sourcing than a rival.
 */
function partiesAnew({ id, award: { parties, original } }: Agreement): readonly AgreementEvent[] {
  if (original === null) return [];
  const providesSoFar = (role: string): boolean => role === 'incumbent' || (role === 'provider' && original.on === null);
  return Object.entries(parties).map(([provider, role]) =>
    providesSoFar(role) ? happened(id, 'concordat.agreement.incumbent-recorded.v1', { provider }) : happened(id, 'concordat.agreement.provider-invited.v1', { provider }),
  );
}

// What a notice says of it nobody here did, on hold nothing is done, and where it goes on it is what it was.
const leavesAsTakenOver: readonly string[] = ['concordat.agreement.incumbent-recorded.v1', 'concordat.agreement.notice-recorded.v1', 'concordat.agreement.held.v1', 'concordat.agreement.resumed.v1', 'concordat.agreement.gone-on.v1'] satisfies readonly AgreementEvent['type'][];

/** The agreement after an event of this type: is it still what was taken over, and no more? */
export function withWhatCame(before: Agreement, after: Agreement, type: string): Agreement {
  return before.asTakenOver && !leavesAsTakenOver.includes(type) ? agreementWith(after, { asTakenOver: false }) : after;
}

export const evolve = {
  'concordat.agreement.gate-opened.v1': (agreement, { data: { stage, tier, decision, conditions, onCondition, kept = [] }, recordedAt }) => agreementWith(agreement, {
    decision: agreement.decision && conditions.includes('decision.in-force') ? { ...agreement.decision, opened: stage } : agreement.decision,
    gateConditions: gateCondition.openedOn(agreement.gateConditions, onCondition, kept),
    involvement: { ...agreement.involvement, counted: countedOnLeaving(agreement, stage) },
    stages: { ...agreement.stages, [stage]: { ...(agreement.stages[stage] ?? entered(recordedAt)), leftAt: recordedAt, gate: decision, tier } },
  }),
  'concordat.agreement.gate-refused.v1': (agreement, { data: { stage }, meta, recordedAt }) => agreementWith(agreement, {
    waivers: waiver.refusedWith(agreement.waivers, stage, meta.actor, recordedAt),
    gateConditions: gateCondition.refusedWith(agreement.gateConditions, stage, meta.actor),
    stages: { ...agreement.stages, [stage]: { ...(agreement.stages[stage] ?? entered(recordedAt)), gate: 'refused' } },
  }),
  'concordat.agreement.stage-entered.v1': (agreement, { data: { stage }, recordedAt }) => agreementWith(agreement, {
    stage,
    stages: { ...agreement.stages, [stage]: entered(recordedAt) },
  }),
  'concordat.agreement.closed.v1': (agreement) => agreementWith(agreement, { lifecycle: 'closed' }),
  'concordat.agreement.returned.v1': (agreement, { data: { from, stage, undone, content }, recordedAt }) => agreementWith(goBack(agreement, stage, undone), {
    content,
    stage,
    stages: { ...Object.fromEntries(Object.entries(agreement.stages).filter(([id]) => !undone.includes(id))), [stage]: entered(recordedAt) },
    cameBackFrom: [...new Set([...agreement.cameBackFrom, from])],
  }),
  'concordat.agreement.held.v1': (agreement, { data }) => agreementWith(agreement, { lifecycle: 'held', held: data }),
  'concordat.agreement.resumed.v1': (agreement) => agreementWith(agreement, { lifecycle: 'open', held: null }),
  'concordat.agreement.cancelled.v1': (agreement, { data: { reason }, recordedAt }) => agreementWith(agreement, { lifecycle: 'cancelled', held: null, cancelled: { reason, at: recordedAt } }),
} satisfies { [T in keyof StageEvents]: Evolve<T> };
