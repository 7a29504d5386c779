import { actorName } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import {
  type ConditionAsked, type ConditionCode, type ConditionParameters, conditionsFor, conditionVocabulary, type Discipline, disciplines, disciplineTitles, type FactName, factsOfLaw, isEarlier, nextStage, stageOf,
} from '@concordat/pathway/core';
import { canonical, type CivilDate, type JsonObject } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { askedHere } from './asked-here.js';
import { challengedSince } from './challenge.js';
import { calledInSince } from './call-in.js';
import { calledInAbove } from './decision-above.js';
import { happened } from './event.js';
import { lastDayToDo, refuseTooFar } from './put-off.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { refuseInstead, refusersSince } from './refused-before.js';
import { everyIdOf, everyIdToday, ownWork, refuseOwnWork, type Work } from './separation.js';
import { overdueConditions, signOffsAsked } from './sign-off-conditions.js';
import { asksBeforeAnUrgentStart, pastAnUrgentStart, pastTheStart, startsService } from './service-start.js';
import type { Condition, Conditions, Context, Decide, Evolve, States } from './topic.js';

/** Whose word opens a gate on a condition: both, and neither is the other's. */
export const capacities = ['decision-maker', 'head-of-discipline'] as const;
export type Capacity = (typeof capacities)[number];

export interface GateConditionCommands {
  /** The gate may open although one discipline's part of `code` is not met yet: what will be done, by when, answered for by its head. */
  'propose-condition': { readonly condition: string; readonly code: ConditionCode; readonly discipline: Discipline; readonly what: string; readonly dueOn: CivilDate };
  /** By the decision-maker. */
  'agree-condition': { readonly condition: string };
  /** By whoever signs for the discipline by a role of their own, who is its head here (docs/adr/0018); nobody stands in for them. */
  'agree-condition-for-discipline': { readonly condition: string };
  'refuse-condition': { readonly condition: string; readonly reason: string };
  /** Once. It holds when both agreed again; a day that they did not agree to spends nothing. */
  'renew-condition': { readonly condition: string; readonly dueOn: CivilDate; readonly reason: string };
}

export interface GateConditionEvents {
  /** `parameters`: what the gate asked by this code of this discipline on that day, so that it is known for ever when it is met. */
  'concordat.agreement.condition-proposed.v1': {
    readonly condition: string;
    readonly code: ConditionCode;
    readonly parameters: JsonObject;
    readonly stage: string;
    readonly discipline: Discipline;
    readonly what: string;
    readonly dueOn: CivilDate;
  };
  'concordat.agreement.condition-agreed.v1': { readonly condition: string; readonly as: Capacity };
  'concordat.agreement.condition-refused.v1': { readonly condition: string; readonly reason: string };
  'concordat.agreement.condition-renewal-asked.v1': { readonly condition: string; readonly dueOn: CivilDate; readonly reason: string };
}

/** A due date with those who agreed to it. */
interface Terms {
  readonly dueOn: CivilDate;
  readonly askedBy: string;
  readonly agreedBy: Readonly<Partial<Record<Capacity, string>>>;
  readonly refusedBy: string | null;
}

/** Something a gate may open on. Whether it is met is computed from what the gate asked, never typed. */
export interface GateCondition {
  readonly id: string;
  readonly code: ConditionCode;
  readonly parameters: JsonObject;
  readonly stage: string;
  readonly discipline: Discipline;
  readonly what: string;
  /** The first, and each that was asked for since a gate opened on it: what both agreed to last holds. */
  readonly terms: readonly Terms[];
  /** The gate opened on it. */
  readonly opened: boolean;
  /** A later gate opened once it was met. */
  readonly kept: boolean;
}

/** In the order they were proposed. */
export type GateConditionState = readonly GateCondition[];
export const initialGateConditions: GateConditionState = [];

const isAgreed = ({ agreedBy, refusedBy }: Terms): boolean => refusedBy === null && capacities.every((capacity) => agreedBy[capacity] !== undefined);
const lastTerms = ({ terms }: GateCondition): Terms => terms.at(-1)!;
const isAwaited = (condition: GateCondition): boolean => lastTerms(condition).refusedBy === null && !isAgreed(lastTerms(condition));

/** Do two words that are still awaited count for anything? Once its day passed they do not, and another is proposed. */
export const isAwaitedOn = (condition: GateCondition, today: CivilDate): boolean => isAwaited(condition) && lastTerms(condition).dueOn >= today;
const isRenewed = ({ terms }: GateCondition): boolean => terms.filter(isAgreed).length > 1;

/** A gate opened on it, and a later day may be asked for: both agreed to none yet, and none waits for their word. */
export const canBeRenewed = (condition: GateCondition, today: CivilDate): boolean => condition.opened && !isRenewed(condition) && !isAwaitedOn(condition, today);

/** Does what is proposed at this gate, or its renewal once it opened, wait on this day for the word of whoever has this capacity? */
export const waitsForWord = (condition: GateCondition, as: Capacity, stage: string, today: CivilDate): boolean => (condition.opened || condition.stage === stage) && isAwaitedOn(condition, today) && lastTerms(condition).agreedBy[as] === undefined;

/** Who refused that a gate opens on it, before one did. */
export const refuserOf = (condition: GateCondition): string | null => (condition.opened ? null : lastTerms(condition).refusedBy);

const renewalRefusersOf = ({ terms }: GateCondition): readonly string[] => refusersSince(terms, isAgreed, ({ refusedBy }) => refusedBy);

/** Everybody who refused that the gate the agreement stands before opens on something, or a later day for what one opened on. */
export const refusersOf = ({ gateConditions, stage }: Agreement): readonly string[] =>
  gateConditions.flatMap((one) => (one.opened ? renewalRefusersOf(one) : one.stage === stage ? refuserOf(one) ?? [] : []));

const ofTheSame = (one: GateCondition, other: Pick<GateCondition, 'code' | 'stage' | 'parameters'>): boolean =>
  one.code === other.code && one.stage === other.stage && canonical(one.parameters) === canonical(other.parameters);

/** Everybody who agreed to it, once both did. */
export const agreersOf = ({ terms }: GateCondition): readonly string[] => terms.filter(isAgreed).flatMap(({ agreedBy }) => Object.values(agreedBy));

/** What whoever agrees answers for. */
const answering = (as: Capacity, discipline: Discipline, { askedBy }: Terms): Work => ({ subject: as === 'decision-maker' ? 'decision' : discipline, requestedBy: askedBy });

/** Two people agreed, by the ids they have today, and to what is neither's own. */
const standsAgreed = (agreement: Agreement, condition: GateCondition): boolean => condition.terms.some(isAgreed) && whyAgreedNoMore(agreement, condition).length === 0;

/** What showed since of the two who agreed, so that no gate opens on it, as phrases that finish "one of the two who agreed …". */
export function whyAgreedNoMore(agreement: Agreement, { terms, discipline }: GateCondition): readonly string[] {
  const agreed = terms.findLast(isAgreed);
  if (agreed === undefined) return [];
  const heads = capacities.map((as) => ({ as, everyId: everyIdToday(agreement, agreed.agreedBy[as] ?? '') }));
  const isOther = heads.some(({ everyId }, at) => heads.slice(0, at).some((other) => other.everyId.some((id) => everyId.includes(id))));
  const own = heads.flatMap(({ as, everyId }) => ownWork(agreement, everyId, answering(as, discipline, agreed))).map((says) => (says === 'asked for this sign-off' ? 'proposed it' : says));
  return [...new Set([...own, ...(isOther ? ['turned out to be the other'] : [])])];
}

/** The day both agreed to last; undefined while they have not. */
export function dueOn({ terms }: GateCondition): CivilDate | undefined {
  return terms.findLast(isAgreed)?.dueOn;
}

/** The conditions on which what is missing of this one is excused at this gate today: each excuses what its own discipline answers for. */
export function conditionsAgreed(agreement: Agreement, code: ConditionCode, stage: string, today: CivilDate): readonly GateCondition[] {
  return agreement.gateConditions.filter((condition) => condition.code === code && condition.stage === stage && (dueOn(condition) ?? '') >= today && standsAgreed(agreement, condition));
}

/** Conditions a gate opened on whose matter is not there yet. */
export function openConditions(agreement: Agreement, context: Context, conditions: Omit<Conditions, 'gate.conditions-kept'>): readonly GateCondition[] {
  const table = conditions as unknown as Readonly<Record<string, Condition<ConditionCode>>>;
  return agreement.gateConditions.filter(
    ({ opened, kept, code, parameters, stage }) =>
      opened && !kept && (table[code]?.(agreementWith(agreement, { stage }), parameters as unknown as ConditionParameters[ConditionCode] as never, context) ?? []).length > 0,
  );
}

/** Which discipline answers for a fact; the sponsor answers for what nobody else does. */
const disciplineOfFact: { readonly [N in FactName]?: Discipline } = {
  'safeguarding-screen': 'safeguarding',
  'people-without-arrangement': 'safeguarding',
  'financial-envelope': 'finance',
  eqia: 'equality',
  'equality-note': 'equality',
  dpia: 'information-governance',
  'data-screening': 'information-governance',
  qia: 'clinical-quality',
  'health-service': 'clinical-quality',
  specification: 'legal-procurement',
  'conflicts-assessment': 'legal-procurement',
  evaluation: 'legal-procurement',
};

const answersForFact = (fact: FactName): Discipline => disciplineOfFact[fact] ?? 'sponsor';

/** No head excuses what the law asks. */
const mayFollow = (fact: FactName): boolean => !factsOfLaw.includes(fact);

/** Whose heads may agree that this is done later: nobody excuses what another discipline answers for. */
function disciplinesOf(asked: ConditionAsked): readonly Discipline[] {
  switch (asked.code) {
    case 'sign-offs.granted':
      return asked.parameters.signOffs.map(({ discipline }) => discipline);
    case 'facts.present':
      return asked.parameters.facts.filter(mayFollow).map(answersForFact);
    // Each for what its own sign-offs were granted on, or until.
    case 'sign-offs.conditions-met':
    case 'sign-offs.renewed':
      return asked.parameters.discipline === undefined ? disciplines : [asked.parameters.discipline];
    case 'quality.where-health':
      return ['clinical-quality'];
    case 'people.all-arranged':
    case 'transition.every-group':
      return ['safeguarding'];
    default:
      return ['sponsor'];
  }
}

/** What one discipline answers for, of all that a gate asks by one code: no head excuses another's part. */
function partOf(asked: readonly ConditionAsked[], discipline: Discipline): JsonObject {
  const signOffs = asked.flatMap((one) => (one.code === 'sign-offs.granted' ? one.parameters.signOffs : []));
  const facts = asked.flatMap((one) => (one.code === 'facts.present' ? one.parameters.facts : []));
  switch (asked[0]?.code) {
    case 'sign-offs.granted':
      return { signOffs: signOffs.filter((one) => one.discipline === discipline) } as unknown as JsonObject;
    case 'facts.present':
      return { facts: facts.filter((fact) => mayFollow(fact) && answersForFact(fact) === discipline) };
    case 'sign-offs.conditions-met':
    case 'sign-offs.renewed':
      return { discipline };
    default:
      return (asked[0]?.parameters ?? {}) as unknown as JsonObject;
  }
}

const missing = (what: string, by = 'propose-condition'): Missing => ({ what, suppliedBy: 'commissioner', by });
const proposing = { suppliedBy: 'commissioner', by: 'propose-condition' };
const renewal = { suppliedBy: 'commissioner', by: 'renew-condition' };

const find = (agreement: Agreement, id: string): GateCondition | undefined => agreement.gateConditions.find((condition) => condition.id === id);
const unknown = refusal('condition.unknown', 'The condition was proposed in this agreement.', missing('condition'));
const notAwaited = (condition: GateCondition) => !isAwaited(condition) && alreadySo(lastTerms(condition).refusedBy !== null ? 'the condition is refused' : 'both agreed to the condition');

function agree({ agreement, persons }: Pick<States, 'agreement' | 'persons'>, condition: GateCondition, as: Capacity, { actor, today }: Context) {
  const person = actorName(actor);
  const terms = lastTerms(condition);
  const other = capacities.find((capacity) => capacity !== as)!;
  const whoElse = as === 'decision-maker' ? { suppliedBy: 'decision-maker', by: 'agree-condition' } : { suppliedBy: `approver:${condition.discipline}`, by: 'agree-condition-for-discipline' };
  // Nobody but the decision-maker refuses: a head who does not agree has said enough.
  const refusers = condition.opened ? renewalRefusersOf(condition) : refusersSince(agreement.gateConditions.filter((one) => ofTheSame(one, condition)), (one) => one.terms.some(isAgreed), refuserOf);
  const isBarred = (refuser: string) => ownWork(agreement, everyIdOf(persons, refuser), answering(as, condition.discipline, terms)).length > 0;
  return unless(
    [
      notAwaited(condition),
      isAwaited(condition) && terms.agreedBy[as] !== undefined && alreadySo(`the ${as} agreed`),
      isAwaited(condition) && terms.dueOn < today && refusal('condition.due-past', 'What is agreed to is due today or later.', missing('a later day', condition.opened ? 'renew-condition' : 'propose-condition')),
      everyIdOf(persons, person).some((id) => terms.agreedBy[other] === id) &&
        refusal('condition.same-person', 'The decision-maker and the head of the discipline are two people.', { ...whoElse, what: `someone other than the ${other} who agreed` }),
      refuseOwnWork(agreement, [person], persons, answering(as, condition.discipline, terms), whoElse),
      as === 'decision-maker' && refuseInstead({ agreement, persons }, refusers, { person, today, right: 'decision.record', isBarred, code: 'condition.refused-before', by: 'agree-condition' }),
    ],
    () => [happened(agreement.id, 'concordat.agreement.condition-agreed.v1', { condition: condition.id, as })],
  );
}

export const decide = {
  'propose-condition': ({ agreement }, { condition: id, code, discipline, what, dueOn: due }, context) => {
    const { stage } = agreement;
    const asked = askedHere(agreement, context);
    const here = asked.filter((one) => one.code === code);
    const answering = [...new Set(here.flatMap(disciplinesOf))];
    const part = partOf(here, discipline);
    const assures = here.some((one) => one.class === 'assurance');
    const open = agreement.gateConditions.some(
      (other) => ofTheSame(other, { code, stage, parameters: part }) && (isAwaitedOn(other, context.today) || conditionsAgreed(agreement, code, stage, context.today).includes(other)),
    );
    return unless(
      [
        find(agreement, id) !== undefined && alreadySo('this condition was proposed'),
        find(agreement, id) === undefined && open && alreadySo(`a condition for ${code} is proposed, or agreed, at this gate`),
        here.length === 0 && refusal('condition.not-asked', `This gate asks for: ${asked.map((one) => one.code).join(', ')}.`, missing('code')),
        !(here.length === 0 ? conditionVocabulary[code].class === 'assurance' : assures) &&
          refusal('condition.other-class', 'What the law asks is there before the gate opens, and involvement is comply or explain: only what assures a service may follow by a day.', missing('code')),
        assures &&
          !answering.includes(discipline) &&
          refusal('condition.other-discipline', `Those who answer for it: ${answering.map((one) => disciplineTitles[one]).join(', ')}.`, missing('discipline')),
        due <= context.today && refusal('condition.due-past', 'A condition is due after today.', missing('dueOn')),
        refuseTooFar('dueOn', due, lastDayToDo(agreement, context.today), proposing),
        nextStage(context.pathway, stage) === undefined &&
          refusal('condition.nothing-after', 'What follows by a day is asked for by a later gate, and after the last one there is none.', missing(`what ${code} asks, before this gate`)),
        pastTheStart(agreement, discipline, due, context, proposing),
        assures && pastAnUrgentStart(agreement, { code, discipline, stage }, due, context, proposing),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.condition-proposed.v1', {
          condition: id, code, parameters: part, stage, discipline, what, dueOn: due,
        }),
      ],
    );
  },

  'agree-condition': (states, { condition: id }, context) => {
    const condition = find(states.agreement, id);
    return condition === undefined ? refuse(unknown) : agree(states, condition, 'decision-maker', context);
  },

  'agree-condition-for-discipline': (states, { condition: id }, context) => {
    const condition = find(states.agreement, id);
    return condition === undefined ? refuse(unknown) : agree(states, condition, 'head-of-discipline', context);
  },

  'refuse-condition': ({ agreement }, { condition: id, reason }) => {
    const condition = find(agreement, id);
    if (condition === undefined) return refuse(unknown);
    return unless([notAwaited(condition)], () => [happened(agreement.id, 'concordat.agreement.condition-refused.v1', { condition: id, reason })]);
  },
} satisfies { [C in Exclude<keyof GateConditionCommands, 'renew-condition'>]: Decide<C> };

/** The one decision that asks what is missing: of what is met nothing is owed, so that no later day is agreed for it. */
export const renewing = (conditions: Omit<Conditions, 'gate.conditions-kept'>): { 'renew-condition': Decide<'renew-condition'> } => ({
  'renew-condition': ({ agreement }, { condition: id, dueOn: due, reason }, context) => {
    const condition = find(agreement, id);
    const before = (condition && dueOn(condition)) ?? '';
    const past = (due <= context.today || due <= before) && refusal('condition.due-past', 'A renewed condition is due after today and later than before.', missing('dueOn', 'renew-condition'));
    if (condition === undefined) return refuseUnknown(unknown, [past]);
    return unless(
      [
        !condition.opened && refusal('condition.not-opened-on', 'A gate opened on the condition.', missing('condition', 'request-gate')),
        condition.opened && !openConditions(agreement, context, conditions).includes(condition) && alreadySo('what the gate opened on is there'),
        condition.opened && isAwaitedOn(condition, context.today) && alreadySo('a later day waits for the word of both'),
        isRenewed(condition) && refusal('condition.renewed', 'A condition is renewed once.', { what: condition.what, suppliedBy: `approver:${condition.discipline}` }),
        past,
        refuseTooFar('dueOn', due, lastDayToDo(agreement, context.today), renewal),
        pastTheStart(agreement, condition.discipline, due, context, renewal),
        pastAnUrgentStart(agreement, condition, due, context, renewal),
      ],
      () => [happened(agreement.id, 'concordat.agreement.condition-renewal-asked.v1', { condition: id, dueOn: due, reason })],
    );
  },
});

function withTerms(agreement: Agreement, id: string, change: (terms: readonly Terms[]) => readonly Terms[]): Agreement {
  return agreementWith(agreement, { gateConditions: agreement.gateConditions.map((condition) => (condition.id === id ? { ...condition, terms: change(condition.terms) } : condition)) });
}
const lastOnly = (change: (terms: Terms) => Terms) => (terms: readonly Terms[]) => terms.map((one, at) => (at === terms.length - 1 ? change(one) : one));

/** What was proposed at this gate and not agreed, once the gate was refused. */
export function refusedWith(conditions: GateConditionState, stage: string, refusedBy: string): GateConditionState {
  return conditions.map((condition) =>
    condition.stage === stage && !condition.opened && isAwaited(condition) ? { ...condition, terms: lastOnly((terms) => ({ ...terms, refusedBy }))(condition.terms) } : condition,
  );
}

/** What this gate was to open on waits for both words again. */
export function agreedAnew(conditions: GateConditionState, stage: string): GateConditionState {
  return conditions.map((condition) =>
    condition.stage === stage && !condition.opened && refuserOf(condition) === null ? { ...condition, terms: lastOnly((terms) => ({ ...terms, agreedBy: {} }))(condition.terms) } : condition,
  );
}

/** The gate of this stage opened on these, once those that earlier gates opened on were met. */
export function openedOn(conditions: GateConditionState, ids: readonly string[], kept: readonly string[]): GateConditionState {
  return conditions.map((condition) => (ids.includes(condition.id) ? { ...condition, opened: true } : kept.includes(condition.id) ? { ...condition, kept: true } : condition));
}

export const evolve = {
  'concordat.agreement.condition-proposed.v1': (agreement, { data: { condition: id, code, parameters, stage, discipline, what, dueOn: due }, meta }) => agreementWith(agreement, {
    gateConditions: [
      ...agreement.gateConditions,
      { id, code, parameters, stage, discipline, what, terms: [{ dueOn: due, askedBy: meta.actor, agreedBy: {}, refusedBy: null }], opened: false, kept: false },
    ],
  }),
  'concordat.agreement.condition-agreed.v1': (agreement, { data: { condition, as }, meta }) =>
    withTerms(agreement, condition, lastOnly((terms) => ({ ...terms, agreedBy: { ...terms.agreedBy, [as]: meta.actor } }))),
  'concordat.agreement.condition-refused.v1': (agreement, { data: { condition }, meta }) =>
    withTerms(agreement, condition, lastOnly((terms) => ({ ...terms, refusedBy: meta.actor }))),
  'concordat.agreement.condition-renewal-asked.v1': (agreement, { data: { condition, dueOn: due }, meta }) =>
    withTerms(agreement, condition, (terms) => [...terms, { dueOn: due, askedBy: meta.actor, agreedBy: {}, refusedBy: null }]),
} satisfies { [T in keyof GateConditionEvents]: Evolve<T> };

/** What any sign-off was granted on and is overdue, where this gate does not ask for the sign-off itself. */
const overdueHere = (agreement: Agreement, { pathway, route, today }: Context): readonly Missing[] =>
  overdueConditions(agreement, conditionsFor(pathway, route, agreement.stage, agreement.tier).flatMap((asked) => signOffsAsked(agreement, asked)), today);

/** Is there anything that a later gate asks to be kept: what a gate opened on, a decision of that, or on what was varied, called in since, a challenge to an award, what safeguarding was granted on, or what another was and is overdue? */
export function hasToKeep(agreement: Agreement, context: Context): boolean {
  const { gateConditions, signOffs } = agreement;
  return calledInSince(agreement, context.today).length > 0 || calledInAbove(agreement, context.today).length > 0 || challengedSince(agreement, context).length > 0 || overdueHere(agreement, context).length > 0 || gateConditions.some(({ opened }) => opened) || signOffs.some(({ discipline, answer }) => discipline === 'safeguarding' && answer.is === 'granted' && answer.conditions.length > 0);
}

/** What sign-offs were granted on and is overdue, and all of it that safeguarding is owed where the service starts. The last gate asks for all of it by itself. */
function signOffsKept(agreement: Agreement, context: Context, conditions: Omit<Conditions, 'gate.conditions-kept'>): readonly Missing[] {
  if (nextStage(context.pathway, agreement.stage) === undefined) return [];
  const owed = startsService(context, agreement.stage) ? conditions['sign-offs.conditions-met'](agreement, { discipline: 'safeguarding' }, context) : [];
  return [...owed, ...overdueHere(agreement, context).filter(({ what }) => !owed.some((one) => one.what === what))];
}

/**
 * What earlier gates opened on, as later gates ask for it: overdue conditions shut every gate after theirs until they are
 * met or renewed; at the start of service those of safeguarding, and all of an urgent one, shut it before they are due, and at the last gate all of them.
 * What safeguarding was granted on shuts the start in the same way, and what any sign-off was granted on every gate once it is overdue. A decision that an earlier gate opened on, or a variation was carried out
 * on, and that was called in shuts every gate until it stands or is taken anew, and is in force, also of what was split off on it; so do a challenge to the award that came in time and was put on record late, and an award that one upset.
 */
export const conditionsKept =
  (conditions: Omit<Conditions, 'gate.conditions-kept'>): Condition<'gate.conditions-kept'> =>
  (agreement, _, context) => [
    ...calledInSince(agreement, context.today),
    ...calledInAbove(agreement, context.today),
    ...challengedSince(agreement, context),
    ...signOffsKept(agreement, context, conditions),
    ...openConditions(agreement, context, conditions)
      .filter(({ stage }) => stageOf(context.pathway, stage) === undefined || isEarlier(context.pathway, stage, agreement.stage))
      .flatMap((condition) => {
        const due = dueOn(condition) ?? '';
        const atStart = (condition.discipline === 'safeguarding' || asksBeforeAnUrgentStart(context, condition.stage)) && startsService(context, agreement.stage);
        const atLast = nextStage(context.pathway, agreement.stage) === undefined;
        if (due >= context.today && !atStart && !atLast) return [];
        const from = { suppliedBy: `approver:${condition.discipline}` };
        const owed = due < context.today ? `due on ${due}` : atStart ? 'owed before the service starts' : 'owed before the agreement closes';
        return [{ ...from, what: `the condition ${condition.id}: ${condition.what}, ${owed}`, ...(canBeRenewed(condition, context.today) && !atStart && !atLast && { by: 'renew-condition' }) }];
      }),
  ];
