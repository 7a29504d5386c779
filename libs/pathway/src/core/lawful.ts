import { canonical } from '@concordat/platform/core';
import { conditionVocabulary } from './condition.js';
import { factsOfDuty, factsOfLaw, type FactName } from './fact.js';
import { classOf, routeFits, stageOf } from './gate.js';
import type { ConditionUse, Pathway, Stage } from './pathway.js';
import type { Route } from './route.js';
import { type Tier, tiers } from './tier.js';

/** One place where a pathway asks less than the law of the one it is based on: a JSON pointer, and what to change. */
export interface Weakened {
  readonly pointer: string;
  readonly detail: string;
}

const isLawful = ({ code }: { readonly code: ConditionUse['code'] }): boolean => conditionVocabulary[code].class === 'lawful';

/** What does something by being asked: its gate awards, or opens on a decision that nothing makes stale from then on, or is the one before an urgent start. */
const acting: readonly ConditionUse['code'][] = ['provider.accepted', 'decision.in-force', 'urgent.grounded'];

const lastingFacts: readonly FactName[] = [...factsOfLaw, ...factsOfDuty];

/** The facts that no own pathway leaves out, of those that this stage asks in this tier. */
const factsKept = ({ gate }: Stage, tier: Tier): readonly FactName[] =>
  gate.conditions.flatMap((condition) => (condition.code === 'facts.present' ? (condition.tiers[tier]?.facts ?? []) : [])).filter((fact) => lastingFacts.includes(fact));

/** From what a value must be, and up to what, for each tier: pounds. */
function span({ tiers: limits }: Pathway, tier: Tier): readonly [number, number] {
  const [small, standard] = [limits.small.upTo, limits.standard.upTo];
  return ({ small: [0, small], standard: [small, standard], major: [standard, Infinity] } as const)[tier];
}

/** The tiers of the other pathway in which an agreement could stand that stands in this tier of the one. */
function tiersMeant(own: Pathway, tier: Tier, base: Pathway): readonly Tier[] {
  const [above, upTo] = span(own, tier);
  return tiers.filter((one) => one === tier || (span(base, one)[0] < upTo && above < span(base, one)[1]));
}

/**
 * Where a pathway asks less than the law asks of the one it is based on. Kinds, regimes, routes and legal grounds may be
 * fewer, never more, and a tier reaches no higher; every stage that asks something lawful or a fact by which a duty of law is met, or starts the service, stays, in its
 * order and with what it asks, in every tier whose values it was asked of; what acts by being asked, the start of the service among it, is where it was and nowhere
 * else; and what a route asks by law has a stage to be asked at.
 */
export function kept(own: Pathway, base: Pathway, routes: readonly Route[]): readonly Weakened[] {
  return [...ofWhat(own, base), ...inOrder(own, base), ...base.stages.flatMap((stage) => ofStage(own, base, stage)), ...own.stages.flatMap((stage, at) => ofActing(base, stage, at)), ...ofRoutes(own, base, routes)];
}

function ofWhat(own: Pathway, base: Pathway): readonly Weakened[] {
  const beyond = <T>(member: string, mine: readonly T[] = [], theirs: readonly T[] | undefined): readonly Weakened[] =>
    theirs === undefined ? [] : mine.flatMap((one, at) => (theirs.some((other) => canonical(other) === canonical(one)) ? [] : [{ pointer: `/${member}/${at}`, detail: `${base.id} does not allow this: leave it out.` }]));
  return [
    ...beyond('kinds', own.kinds, base.kinds),
    ...beyond('regimes', own.regimes, base.regimes),
    ...beyond('routes', own.routes, base.routes),
    ...beyond('grounds', own.grounds, base.grounds ?? []),
    ...(['small', 'standard'] as const)
      .filter((tier) => own.tiers[tier].upTo > base.tiers[tier].upTo)
      .map((tier) => ({ pointer: `/tiers/${tier}/upTo`, detail: `An agreement of ${base.id} is in the tier ${tier} up to ${base.tiers[tier].upTo} pounds: of what is larger more is asked.` })),
    ...(base.routes !== undefined && own.routes === undefined ? [{ pointer: '/routes', detail: `${base.id} allows these routes alone: ${base.routes.join(', ')}. Name them, or some of them.` }] : []),
    ...(own.keepsRoute === true && base.keepsRoute !== true ? [{ pointer: '/keepsRoute', detail: `${base.id} has a route chosen, and asks what that rests on: leave it out.` }] : []),
    ...(base.raises ?? []).filter((raise) => !(own.raises ?? []).includes(raise)).map((raise) => ({ pointer: '/raises', detail: `Every agreement on ${base.id} is raised a tier: name ${raise}.` })),
  ];
}

function inOrder(own: Pathway, base: Pathway): readonly Weakened[] {
  const places = own.stages.map(({ id }) => base.stages.findIndex((stage) => stage.id === id));
  return places.flatMap((place, at) =>
    place >= 0 && places.slice(0, at).some((before) => before > place) ? [{ pointer: `/stages/${at}/id`, detail: `In ${base.id} this stage comes earlier: what it asks by law is asked in that order.` }] : [],
  );
}

function ofStage(own: Pathway, base: Pathway, stage: Stage): readonly Weakened[] {
  const lawful = stage.gate.conditions.filter(isLawful);
  const facts = [...new Set(tiers.flatMap((tier) => factsKept(stage, tier)))];
  if (lawful.length === 0 && facts.length === 0 && stage.startsService === undefined) return [];
  const at = own.stages.findIndex(({ id }) => id === stage.id);
  const mine = own.stages[at];
  if (mine === undefined) {
    const asked = [...lawful.map(({ code }) => code), ...facts];
    const reason = asked.length === 0 ? 'the service starts there' : `its gate asks ${asked.join(', ')}`;
    return [{ pointer: '/stages', detail: `Keep the stage ${stage.id}: ${reason}.` }];
  }
  return [
    ...(stage.startsService !== undefined && mine.startsService === undefined ? [{ pointer: `/stages/${at}/startsService`, detail: 'The service starts here: nothing that safeguarding is owed stays open beyond it.' }] : []),
    ...lawful.flatMap((condition) => ofCondition(own, base, condition, mine, at)),
    ...ofFacts(own, base, stage, mine, at),
  ];
}

function ofActing(base: Pathway, { id, gate, startsService }: Stage, at: number): readonly Weakened[] {
  const there = stageOf(base, id);
  const elsewhere = gate.conditions.filter(({ code }) => acting.includes(code) && !there?.gate.conditions.some((asked) => asked.code === code));
  return [
    ...elsewhere.map(({ code }) => ({ pointer: `/stages/${at}/gate/conditions`, detail: `${code} acts by being asked: leave it to the stages in which ${base.id} asks it.` })),
    ...(startsService !== undefined && there?.startsService === undefined ? [{ pointer: `/stages/${at}/startsService`, detail: `In ${base.id} the service does not start here: leave it out.` }] : []),
  ];
}

function ofCondition(own: Pathway, base: Pathway, condition: ConditionUse, mine: Stage, at: number): readonly Weakened[] {
  const asked = mine.gate.conditions.find(({ code }) => code === condition.code);
  return tiers.flatMap((tier) => {
    const strictest = tiersMeant(own, tier, base).map((one) => condition.tiers[one]).findLast((parameters) => parameters !== undefined);
    if (strictest === undefined || (asked?.tiers[tier] !== undefined && canonical(asked.tiers[tier]) === canonical(strictest))) return [];
    return [{ pointer: `/stages/${at}/gate/conditions`, detail: `Ask ${condition.code} in the tier ${tier} as ${base.id} does: ${JSON.stringify(strictest)}.` }];
  });
}

function ofFacts(own: Pathway, base: Pathway, stage: Stage, mine: Stage, at: number): readonly Weakened[] {
  return tiers.flatMap((tier) => {
    const asked = factsKept(mine, tier);
    const left = [...new Set(tiersMeant(own, tier, base).flatMap((one) => factsKept(stage, one)))].filter((fact) => !asked.includes(fact));
    return left.length === 0 ? [] : [{ pointer: `/stages/${at}/gate/conditions`, detail: `Ask facts.present in the tier ${tier} for ${left.join(', ')}, as ${base.id} does.` }];
  });
}

/** Where a route asks something of the base it asks it of this one: at its stage, or at the award. One by which nothing is awarded is asked none of it. */
function ofRoutes(own: Pathway, base: Pathway, routes: readonly Route[]): readonly Weakened[] {
  const hasPlace = (pathway: Pathway, stage: string): boolean => stageOf(pathway, stage) !== undefined || stageOf(pathway, 'award') !== undefined;
  return routes
    .filter((route) => routeFits(own, route))
    .flatMap((route) => route.conditions.filter((asked) => classOf(asked) === 'lawful' && hasPlace(base, asked.stage) && !hasPlace(own, asked.stage)).map(({ stage, code }) => ({ pointer: '/stages', detail: `The route ${route.id} asks ${code} at ${stage} or at an award, and there is neither.` })));
}
