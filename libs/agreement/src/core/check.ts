import type { Missing } from '@concordat/journal/core';
import { type AskedAtGate, asks, type ConditionAsked, type ConditionClass, type ConditionCode, conditionsFor, nextStage, type SignOffAsked } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { askedHere } from './asked-here.js';
import { conditions } from './conditions.js';
import { askedOfTakenOver } from './deciding-stage.js';
import { type Due, duesOf } from './due.js';
import { agreementStream } from './event.js';
import { endsHere } from './exit.js';
import { notAskedAgain } from './extension.js';
import { conditionsAgreed, type GateCondition, hasToKeep, openConditions } from './gate-condition.js';
import { type NoticeDue, noticesDue } from './notice.js';
import { type Participant, participantStream } from './participant.js';
import { notOfferedPayment } from './payment.js';
import { signOffsAsked } from './sign-off-conditions.js';
import type { Condition, Context } from './topic.js';
import { routeOf } from './urgency.js';
import { waiverInForce } from './waiver.js';
import { readyToDecide } from './variation.js';

/** One condition of the gate an agreement stands before. `met`: nothing is missing, or the gate may open without what is. */
export interface ChecklistItem {
  readonly code: ConditionCode;
  readonly class: ConditionClass;
  /** The sentence the condition asks. */
  readonly asks: string;
  readonly parameters: ConditionAsked['parameters'];
  /** Why the route makes this condition moot; it then counts as met. */
  readonly doesNotApply: string | null;
  readonly missing: readonly Missing[];
  /** The waiver in force on which it counts as met (`involvement` alone). */
  readonly waived: string | null;
  /** The agreed conditions (`assurance` alone) whose part of what is missing follows by their day; it counts as met where that is all of it. */
  readonly onCondition: readonly string[];
  readonly met: boolean;
}
/** A gate, condition by condition. */
export type Checklist = readonly ChecklistItem[];

/** What an agreement owes by a day that only its documents and the calendar tell. */
export interface Owed {
  readonly notices: readonly NoticeDue[];
  /** What gates opened on, and is not there yet. */
  readonly conditions: readonly GateCondition[];
  /** To people. */
  readonly dues: readonly Due[];
  /** What the gate it stands before and those after it ask to be signed off. */
  readonly signOffs: readonly SignOffAsked[];
  /** Variations of which all that is asked before they are decided on is answered, by id. */
  readonly readyToDecide: readonly string[];
}

/** The streams of those of whom the gate before which an agreement stands asks something that nobody can do once they were erased. */
export function erasureMatters(agreement: Agreement, documents: Pick<Context, 'pathway' | 'route'>): readonly string[] {
  const asked = conditionsFor(documents.pathway, routeOf(agreement, documents), agreement.stage, agreement.tier);
  const asks = (of: ConditionCode): boolean => asked.some(({ code }) => code === of);
  const people = [
    ...(asks('involvement.payment-offered') ? notOfferedPayment(agreement).map(({ participant }) => participant) : []),
    ...(asks('varying.people-asked-again') ? notAskedAgain(agreement).flatMap(({ authors }) => authors) : []),
  ];
  return [...new Set(people)].map(participantStream);
}

/** The streams of those that end an agreement which stands before its last gate: what they carry on does not pass with it. */
export function endersMatter({ stage, tree: { links } }: Agreement, { pathway }: Pick<Context, 'pathway'>): readonly string[] {
  return nextStage(pathway, stage) === undefined ? links.flatMap(({ agreement, as }) => (as === 'ended-by' ? [agreementStream(agreement)] : [])) : [];
}

/** And of the one that it extends or varies: what is adopted there is asked of here, too. */
export const variedMatters = ({ tree: { links } }: Agreement, { pathway }: Pick<Context, 'pathway'>): readonly string[] =>
  pathway.keepsRoute === true ? links.flatMap(({ agreement, as }) => (as === 'renews' ? [agreementStream(agreement)] : [])) : [];

/** Who of them was erased. */
export const erasedOf = (participants: Readonly<Record<string, Participant>>): ReadonlySet<string> => new Set(Object.keys(participants).filter((id) => participants[id]?.erased));

/** All of it, as of today. */
export function owedBy(agreement: Agreement, context: Context): Owed {
  return { notices: noticesDue(agreement, context.route), conditions: openConditions(agreement, context, conditions), dues: duesOf(agreement, context), signOffs: signOffsAhead(agreement, context), readyToDecide: readyToDecide(agreement, context) };
}

function signOffsAhead(agreement: Agreement, context: Context): readonly SignOffAsked[] {
  const { pathway } = context;
  const ahead = pathway.stages.slice(pathway.stages.findIndex(({ id }) => id === agreement.stage));
  return ahead.flatMap(({ id }) => conditionsFor(pathway, routeOf(agreement, context), id, agreement.tier)).flatMap((asked) => signOffsAsked(agreement, asked));
}

const conditionsKept: AskedAtGate = { code: 'gate.conditions-kept', parameters: {}, class: 'lawful', asks: asks('gate.conditions-kept', {}) };
const impactSaid: AskedAtGate = { code: 'tier.impact-said', parameters: {}, class: 'lawful', asks: asks('tier.impact-said', {}) };
const adoptedGoesOn: AskedAtGate = { code: 'ending.adopted-goes-on', parameters: {}, class: 'lawful', asks: asks('ending.adopted-goes-on', {}) };
const serviceOver: AskedAtGate = { code: 'service.over', parameters: {}, class: 'lawful', asks: asks('service.over', {}) };

/** The conditions that earlier gates opened on and that are met today: what comes later makes none of them overdue again. */
export function keptConditions(agreement: Agreement, context: Context): readonly string[] {
  const open = openConditions(agreement, context, conditions);
  return agreement.gateConditions.flatMap((condition) => (condition.opened && !condition.kept && !open.includes(condition) ? [condition.id] : []));
}

/**
 * Everything the gate of the current stage asks of this agreement, in the order of the pathway, met or not. The one
 * answer that request-gate, the API and the page give. Empty for an agreement that stands in no stage.
 */
export function check(agreement: Agreement, context: Context): Checklist {
  const asked = askedHere(agreement, { pathway: context.pathway, route: routeOf(agreement, context) });
  return [...(agreement.raisesSaid ? [] : [impactSaid]), ...asked, ...askedOfTakenOver(agreement, context), ...(hasToKeep(agreement, context) ? [conditionsKept] : []), ...(endsHere(agreement, context) ? [serviceOver] : []), ...(endersMatter(agreement, context).length > 0 ? [adoptedGoesOn] : [])].map((asked) => {
    // A union of code and parameters cannot be matched with a table by the compiler; conditionsFor keeps them together.
    const condition = conditions[asked.code] as Condition<ConditionCode>;
    const parameters = asked.parameters as never;
    // A voluntary standstill that was offered is kept, although the route asks for none.
    const offered = asked.code === 'standstill.over' && typeof agreement.award.told?.voluntaryStandstill === 'number';
    const doesNotApply = offered ? null : (asked.doesNotApply ?? null);
    const missing = doesNotApply === null ? condition(agreement, parameters, context) : [];
    const lacks = missing.length > 0;
    const waived = (lacks && asked.class === 'involvement' && waiverInForce(agreement, asked.code, agreement.stage, context.today)?.id) || null;
    const agreed = asked.class === 'assurance' ? conditionsAgreed(agreement, asked.code, agreement.stage, context.today) : [];
    const follows = agreed.map(({ id, parameters: part }) => ({ id, what: condition(agreement, part as never, context).map(({ what }) => what) }));
    const onCondition = follows.filter((one) => missing.some(({ what }) => one.what.includes(what))).map(({ id }) => id);
    const excused = lacks && missing.every(({ what }) => follows.some((one) => one.what.includes(what)));
    return {
      code: asked.code,
      class: asked.class,
      asks: asked.asks,
      parameters: asked.parameters,
      doesNotApply,
      missing,
      waived,
      onCondition,
      met: !lacks || waived !== null || excused,
    };
  });
}
