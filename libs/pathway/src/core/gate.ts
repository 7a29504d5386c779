import { asks, type ConditionClass, type ConditionCode, type ConditionParameters, conditionVocabulary } from './condition.js';
import { factForms, type FactName, factsOfAward, factsOfLaw } from './fact.js';
import type { Pathway, Stage } from './pathway.js';
import type { Route, RouteCondition } from './route.js';
import { groundsToChoose } from './route-ground.js';
import type { Source } from './source.js';
import type { Tier } from './tier.js';

/** One condition as it is asked of one agreement, at one gate. */
export type ConditionAsked = {
  readonly [C in ConditionCode]: {
    readonly code: C;
    readonly parameters: ConditionParameters[C];
    readonly source?: Source;
    /** Why the route makes this condition moot. It then counts as met. */
    readonly doesNotApply?: string;
  };
}[ConditionCode];

/** The same with its class and the sentence it asks, in the words of its pathway. */
export type AskedAtGate = ConditionAsked & { readonly class: ConditionClass; readonly asks: string };

/** The class of a condition as it is asked here: facts that the law itself asks are lawful, whichever code asks them. */
export function classOf(asked: ConditionAsked): ConditionClass {
  return asked.code === 'facts.present' && asked.parameters.facts.every((fact) => factsOfLaw.includes(fact)) ? 'lawful' : conditionVocabulary[asked.code].class;
}

/** The stage with this id; undefined when the pathway has none. */
export function stageOf(pathway: Pathway, stage: string): Stage | undefined {
  return pathway.stages.find(({ id }) => id === stage);
}

/** The stage after this one; undefined after the last, whose gate closes the agreement. */
export function nextStage(pathway: Pathway, stage: string): Stage | undefined {
  const at = pathway.stages.findIndex(({ id }) => id === stage);
  return at < 0 ? undefined : pathway.stages[at + 1];
}

/** Whether `stage` comes before `other` on this pathway. */
export function isEarlier(pathway: Pathway, stage: string, other: string): boolean {
  const ids = pathway.stages.map(({ id }) => id);
  return ids.includes(stage) && ids.indexOf(stage) < ids.indexOf(other);
}

/** What is told in words alone; what an agreement is called, and what it says as the one above it does, a placement says, too. */
const metInWords: readonly ConditionCode[] = ['transition.every-group', 'risk.three-way', 'options.considered', 'kpi.written-by-people'];
const saidOfThePlaced: readonly FactName[] = ['title', 'place', 'theme'];

/** Does one of its gates ask what is told in words about a service or those who use it? Of whoever is placed no words are said. */
export const asksInWords = ({ stages }: Pathway): boolean =>
  stages.some(({ gate }) => gate.conditions.some((asked) => metInWords.includes(asked.code) || (asked.code === 'facts.present' && Object.values(asked.tiers).some(({ facts }) => facts.some((fact) => factForms[fact] === 'text' && !saidOfThePlaced.includes(fact))))));

/** Of what kinds agreements follow this pathway, whatever more its document names. */
export const kindsOn = (pathway: Pathway): Pathway['kinds'] => (asksInWords(pathway) ? pathway.kinds.filter((kind) => kind !== 'placement') : pathway.kinds);

/** Whether an agreement on this pathway may take this route: a contract cannot escape its regime by way of a grant. */
export function routeFits(pathway: Pathway, route: Route): boolean {
  return pathway.regimes.includes(route.regime) && (pathway.routes?.includes(route.id) ?? true);
}

/** Why this route makes a condition moot; undefined where it does not. */
export function mootBy({ standstill, moot = [] }: Route, code: ConditionCode): string | undefined {
  return code === 'standstill.over' && standstill.kind === 'none' ? standstill.says : moot.find((one) => one.code === code)?.says;
}

const awarding = 'award';

/** The facts that it asks for, as text. */
const factsOf = (asked: Pick<RouteCondition, 'code' | 'parameters'>): string | undefined => (asked.code === 'facts.present' ? (asked as Extract<RouteCondition, { code: 'facts.present' }>).parameters.facts.join() : undefined);

/** Was this asked when it was awarded, and is not asked again where the route is kept? */
function isOfAward({ code, parameters }: RouteCondition): boolean {
  return code === 'notices.published' || code === 'kpi.set' || (code === 'facts.present' && parameters.facts.every((fact) => factsOfAward.includes(fact)));
}

/**
 * What a gate asked once every later one asks, too, that does not ask it itself, of what came since: people go on speaking and being asked, risks are
 * found and grow, and a service runs on for years after the gate of its delivery. `soFar`: the stages up to this one.
 */
const onwards: { readonly [C in ConditionCode]?: (asked: ConditionParameters[C], soFar: readonly string[]) => ConditionParameters[C] } = {
  'involvement.resourced': (asked) => asked,
  'involvement.access-costs-met': (asked) => asked,
  'involvement.themes-answered': (_, soFar) => ({ stages: soFar }),
  'involvement.reversals-told': (asked) => asked,
  'risk.escalated': (asked) => asked,
  'risk.statements-sought': ({ top }) => ({ top, inAnyStage: true }),
  'delivery.people-asked-each-cycle': (asked) => asked,
  'delivery.differences-discussed': (asked) => asked,
  'sign-offs.renewed': (asked) => asked,
};
/** The codes of what is asked onwards from the gate that asks it. */
export const askedOnwards = Object.keys(onwards) as readonly ConditionCode[];

/**
 * What every gate asks besides its document of what was planned for its stage, where neither the document nor an earlier gate asks it by the same
 * code: who was counted on came, and what it takes was there. Where nothing was planned it asks nothing, and of what is small only its document asks.
 */
const ofPlans: { readonly [C in ConditionCode]?: ConditionParameters[C] } = {
  'involvement.people': { asPlanned: true },
  'involvement.resourced': { ofThisStage: true },
  'involvement.access-costs-met': { ofThisStage: true },
};
/** What every gate asks of what was planned for its stage. */
export const askedOfPlans = Object.entries(ofPlans).map(([code, parameters]) => ({ code, parameters })) as readonly ConditionAsked[];

/** What every gate asks once an earlier one asked which agreement is extended or varied: of what people gave there. */
const askedAgain: ConditionAsked = { code: 'varying.people-asked-again', parameters: {} };

/** Is this asked of what was planned for the stage, beside the document? */
export const isOfPlan = ({ parameters }: ConditionAsked): boolean => askedOfPlans.some((one) => one.parameters === parameters);

/**
 * What the last gate of every pathway asks besides its document, for nobody sees to it once an agreement is closed. Of an agreement that owes
 * nothing it asks nothing. `own`: what it asks by the same code already, which this replaces; `all`: every stage.
 */
const atLast: { readonly [C in ConditionCode]?: (own: ConditionParameters[C] | undefined, all: readonly string[], tier: Tier) => ConditionParameters[C] | undefined } = {
  'involvement.answers-checked': (_, __, tier) => (tier === 'small' ? undefined : {}),
  'involvement.everyone-told': (own, all) => ({ stages: own?.stages ?? [], since: all.filter((stage) => own?.stages.includes(stage) !== true) }),
  'involvement.commitments-answered-for': (own) => (own?.ahead === 'not-left-behind' ? undefined : { ahead: 'not-left-behind' }),
  'involvement.reversals-told': (own) => (own === undefined ? {} : undefined),
  'sign-offs.conditions-met': (own) => (own !== undefined && own.discipline === undefined ? undefined : {}),
};
/** The codes of what every last gate asks. */
export const askedAtLast = Object.keys(atLast) as readonly ConditionCode[];

const ofStage = ({ gate }: Stage, tier: Tier): readonly ConditionAsked[] =>
  gate.conditions.flatMap(({ code, tiers, source }) => {
    const parameters = tiers[tier];
    return parameters === undefined ? [] : [{ code, parameters, ...(source && { source }) } as ConditionAsked];
  });

/** What people said is answered up to this gate: a document that names some stages asks it of every earlier one, too. */
const soFarToo = (asked: ConditionAsked, soFar: readonly string[]): ConditionAsked =>
  asked.code === 'involvement.themes-answered' ? { ...asked, parameters: { stages: [...new Set([...soFar, ...asked.parameters.stages])] } } : asked;

/** All that the pathway asks at this gate for the tier: by its document, onwards from earlier gates, of what was planned for the stage, and as every last gate does. */
function ofPathwayAt({ stages }: Pathway, stage: string, tier: Tier): readonly ConditionAsked[] {
  const at = stages.findIndex(({ id }) => id === stage);
  if (at < 0) return [];
  const soFar = stages.slice(0, at + 1).map(({ id }) => id);
  const own = ofStage(stages[at]!, tier).map((asked) => soFarToo(asked, soFar));
  const before = stages.slice(0, at).flatMap((earlier) => ofStage(earlier, tier));
  const goesOn = askedOnwards.filter((code) => !own.some((asked) => asked.code === code)).flatMap((code) => before.findLast((asked) => asked.code === code) ?? []);
  // The tables keep the parameters to their code, which the compiler does not follow through a union.
  const named = [...own, ...goesOn.map((one) => ({ ...one, parameters: (onwards[one.code] as (asked: unknown, soFar: readonly string[]) => unknown)(one.parameters, soFar) }) as ConditionAsked)];
  const planned = tier === 'small' ? [] : askedOfPlans.filter((one) => !named.some(({ code }) => code === one.code));
  const asked = [...named, ...planned, ...(before.some(({ code }) => code === 'varying.agreement-named') && !named.some(({ code }) => code === askedAgain.code) ? [askedAgain] : [])];
  if (at < stages.length - 1) return asked;
  const besides = askedAtLast.flatMap((code) => {
    const parameters = (atLast[code] as (own: unknown, all: readonly string[], tier: Tier) => unknown)(asked.find((one) => one.code === code)?.parameters, soFar, tier);
    return parameters === undefined ? [] : [{ code, parameters } as ConditionAsked];
  });
  // Each code once: whoever is asked to waive it, or to agree to it, is shown all of it.
  const inPlace = asked.map((one) => ({ ...one, ...besides.find(({ code }) => code === one.code) }) as ConditionAsked);
  return [...inPlace, ...besides.filter(({ code }) => !asked.some((one) => one.code === code))];
}

function askedBy(pathway: Pathway, route: Route, stage: string, tier: Tier): readonly AskedAtGate[] {
  const ofPathway = ofPathwayAt(pathway, stage, tier);
  const chosenOn = groundsToChoose(pathway, route);
  const asksAt = (code: ConditionCode, at: string) => route.conditions.some((other) => other.code === code && other.stage === at);
  const ofRoute = route.conditions
    .filter(({ stage: at, code }) => at === stage || (stage === awarding && stageOf(pathway, at) === undefined && !(code === 'route.grounded' && asksAt(code, stage))))
    .filter((asked) => (asked.code !== 'route.grounded' || chosenOn.length > 0) && (pathway.keepsRoute !== true || !isOfAward(asked)))
    .filter((asked) => factsOf(asked) === undefined || !ofPathway.some((other) => factsOf(other) === factsOf(asked)))
    .map(({ code, parameters, source }) => ({ code, parameters, source }) as ConditionAsked);
  return [...ofPathway, ...ofRoute].map((asked) => {
    const doesNotApply = mootBy(route, asked.code) ?? (asked.code === 'standstill.over' && pathway.keepsRoute === true ? route.modification.standstill?.says : undefined);
    return { ...asked, ...(doesNotApply !== undefined && { doesNotApply }), class: classOf(asked), asks: asks(asked.code, asked.parameters as never, pathway.stages) };
  });
}

// Documents never change, and every checklist asks for this: it is told once for as long as both are held.
const told = new WeakMap<Pathway, WeakMap<Route, Map<string, readonly AskedAtGate[]>>>();

/**
 * All that the gate of this stage asks: the pathway's conditions for the tier, what earlier gates ask onwards, every gate asks of plans and every last gate asks, then the route's, as far as the
 * pathway does not ask the very same. What a route asks at a stage that the pathway lacks is asked at its award. Where the route is kept, what is asked once before an
 * award was asked when the route was taken: its notices, its conflicts assessment, its standstill.
 * Empty for an unknown stage.
 */
export function conditionsFor(pathway: Pathway, route: Route, stage: string, tier: Tier): readonly AskedAtGate[] {
  const ofPathway = told.get(pathway) ?? new WeakMap<Route, Map<string, readonly AskedAtGate[]>>();
  const gates = ofPathway.get(route) ?? new Map<string, readonly AskedAtGate[]>();
  const asked = gates.get(`${tier} ${stage}`) ?? askedBy(pathway, route, stage, tier);
  told.set(pathway, ofPathway.set(route, gates.set(`${tier} ${stage}`, asked)));
  return asked;
}
