import type { Missing, Refusal } from '@concordat/journal/core';
import { type Discipline, isEarlier, mootBy, nextStage, type Pathway, type Stage, stageOf } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { awardingStage } from './deciding-stage.js';
import type { GateCondition } from './gate-condition.js';
import { refusal } from './refusal.js';
import type { Context } from './topic.js';

type Supplier = Omit<Missing, 'what'>;

/** The stage in which the service starts; what an agreement extends or varies goes on, as soon as that is awarded. */
function startOf(pathway: Pathway): Stage | undefined {
  const awarding = pathway.keepsRoute === true ? awardingStage(pathway) : undefined;
  return awarding === undefined ? pathway.stages.find((one) => one.startsService) : nextStage(pathway, awarding);
}

/** Has the service started where the agreement stands in this stage? */
export function hasStarted({ pathway }: Context, stage: string): boolean {
  const start = startOf(pathway)?.id;
  return start !== undefined && stageOf(pathway, stage) !== undefined && !isEarlier(pathway, stage, start);
}

/** Has the service of this agreement started, in the stage it stands in or in one that it went back from? */
export function isRunning({ stage, cameBackFrom }: Agreement, context: Context): boolean {
  return [stage, ...cameBackFrom].some((one) => hasStarted(context, one));
}

/**
 * Is it settled what is provided: was it awarded or, where nobody outside is there to award it to, decided on at the gate that would have? From
 * then on it changes by a variation alone.
 */
export function isSettled(agreement: Agreement, context: Context): boolean {
  const { award, stage } = agreement;
  const awarding = awardingStage(context.pathway);
  const isBehind = awarding !== undefined && isEarlier(context.pathway, awarding, stage);
  return award.original !== null || (mootBy(context.route, 'provider.accepted') !== undefined && (isBehind || isRunning(agreement, context)));
}

/** Does the service start with the gate of this stage, or has it started? */
export function startsService(context: Context, stage: string): boolean {
  const next = nextStage(context.pathway, stage);
  return hasStarted(context, stage) || (next !== undefined && hasStarted(context, next.id));
}

/** Does a gate of an urgent service ask this before the start? What an urgency puts off is never made good afterwards. */
export function asksBeforeAnUrgentStart({ pathway }: Context, stage: string): boolean {
  const start = pathway.stages.find((one) => one.startsService)?.id;
  return pathway.grounds !== undefined && start !== undefined && isEarlier(pathway, stage, start);
}

/** Why this day would be past the start of service, where the agreement stands today. */
function pastIt(agreement: Agreement, owed: string, due: CivilDate, context: Context, who: Supplier): readonly Missing[] {
  const start = agreement.facts['contract-period']?.value.startsOn;
  return [
    ...(startsService(context, agreement.stage) ? [{ ...who, what: `${owed}, before this gate` }] : []),
    ...(start === undefined ? [{ what: 'contract-period', suppliedBy: 'commissioner', by: 'amend-facts' }] : due >= start ? [{ ...who, what: `a day before the service starts on ${start}` }] : []),
  ];
}

/** Safeguarding is owed before the start of service, whatever else may wait. */
export function pastTheStart(agreement: Agreement, discipline: Discipline, due: CivilDate, context: Context, who: Supplier): Refusal | false {
  const late = discipline === 'safeguarding' ? pastIt(agreement, 'what safeguarding is owed', due, context, who) : [];
  return late.length > 0 && refusal('condition.safeguarding-past-start', 'What safeguarding is owed is there before the service starts.', ...late);
}

/** Of an urgent service all that its gates before the start ask is there before it: nothing of it is retrospective. */
export function pastAnUrgentStart(agreement: Agreement, { code, discipline, stage }: Pick<GateCondition, 'code' | 'discipline' | 'stage'>, due: CivilDate, context: Context, who: Supplier): Refusal | false {
  const late = discipline !== 'safeguarding' && asksBeforeAnUrgentStart(context, stage) ? pastIt(agreement, `what ${code} asks`, due, context, who) : [];
  return late.length > 0 && refusal('condition.urgent-past-start', 'What an urgent service is asked before the start is there before it starts.', ...late);
}
