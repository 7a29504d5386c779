import type { ConditionCode } from '@concordat/pathway/core';

/**
 * For what the gate of each stage is refused first, by pathway, in the tier standard, whatever the route: what the product's table
 * asks of people, approvals and facts there, less what came about in the stages before.
 */
const ofPathway: Readonly<Record<string, Readonly<Record<string, readonly ConditionCode[]>>>> = {
  standard: {
    mandate: ['facts.present', 'involvement.stages-that-matter-asked', 'involvement.what-people-do-asked', 'conflicts.declared', 'sign-offs.granted'],
    needs: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'facts.present', 'sign-offs.granted'],
    priorities: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'facts.present', 'sign-offs.granted'],
    design: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'risk.three-way', 'kpi.written-by-people', 'facts.present', 'sign-offs.granted'],
    route: ['involvement.planned', 'involvement.achieved', 'providers.engaged', 'facts.present', 'sign-offs.granted'],
    sourcing: ['involvement.planned', 'involvement.achieved', 'evaluation.people-assess', 'dissent.asked', 'conflicts.declared', 'evaluation.interests-declared', 'evaluation.evaluators-trained', 'facts.present'],
    award: ['involvement.answers-checked', 'involvement.feedback-delivered', 'conflicts.declared', 'decision.in-force', 'provider.accepted'],
    mobilisation: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.everyone-told', 'facts.present', 'people.all-arranged', 'provider.ready'],
    delivery: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'delivery.people-asked-each-cycle', 'facts.present'],
    review: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'facts.present', 'sign-offs.granted'],
    close: ['involvement.everyone-told', 'facts.present'],
  },
  grant: {
    mandate: ['facts.present', 'conflicts.declared'],
    offer: ['facts.present', 'risk.three-way'],
    panel: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'conflicts.declared'],
    award: ['sign-offs.granted', 'decision.in-force', 'provider.accepted'],
    delivery: ['facts.present'],
    close: ['facts.present', 'involvement.feedback-delivered'],
  },
  'call-off': {
    mandate: ['facts.present', 'conflicts.declared'],
    design: ['involvement.planned', 'involvement.achieved', 'facts.present'],
    award: ['conflicts.declared', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    mobilisation: ['facts.present', 'people.all-arranged', 'involvement.everyone-told'],
    delivery: ['facts.present'],
    close: ['facts.present'],
  },
  placement: {
    need: ['facts.present', 'conflicts.declared', 'involvement.planned', 'involvement.achieved'],
    award: ['facts.present', 'conflicts.declared', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    delivery: ['facts.present', 'people.all-arranged'],
    review: ['involvement.planned', 'involvement.achieved', 'facts.present'],
    close: ['facts.present', 'involvement.everyone-told'],
  },
  'extend-or-vary': {
    case: ['facts.present', 'conflicts.declared'],
    people: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'facts.present'],
    award: ['conflicts.declared', 'facts.present', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    close: ['facts.present', 'involvement.feedback-delivered'],
  },
  decommission: {
    dialogue: ['facts.present', 'ending.agreement-named', 'conflicts.declared', 'involvement.what-people-do-asked', 'involvement.stages-that-matter-asked'],
    options: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'options.considered', 'facts.present'],
    impact: ['risk.three-way', 'facts.present', 'sign-offs.granted'],
    consultation: ['facts.present', 'consultation.considered'],
    decision: ['conflicts.declared', 'decision.in-force', 'involvement.feedback-delivered', 'sign-offs.granted'],
    notice: ['time.passed-since'],
    transition: ['facts.present', 'transition.every-group'],
    closure: ['facts.present', 'involvement.reversals-told'],
    review: ['time.passed-since', 'involvement.planned', 'involvement.achieved', 'facts.present'],
  },
  urgent: {
    award: ['urgent.grounded', 'facts.present', 'conflicts.declared', 'sign-offs.granted', 'decision.in-force', 'provider.accepted'],
    delivery: ['facts.present', 'involvement.planned', 'involvement.achieved'],
    review: ['facts.present', 'sign-offs.granted'],
    close: ['facts.present', 'involvement.feedback-delivered'],
  },
};

type Asks = Readonly<Record<string, readonly ConditionCode[]>>;
const grounded: Asks = { route: ['route.grounded'] };
const tendered: Asks = { sourcing: ['notices.published'], award: ['standstill.over'] };

/** The same by route, at the stages of the standard pathway; what a pathway has no stage for is asked at its award. */
const ofRoute: Readonly<Record<string, Asks>> = {
  'framework-call-off': {},
  grant: {},
  'in-house': {},
  'pa2023-below-threshold': grounded,
  'pa2023-competitive': tendered,
  'pa2023-direct-award': { ...grounded, ...tendered, award: ['standstill.over', 'facts.present'] },
  'pa2023-light-touch': { award: ['facts.present'] },
  'psr-competitive': tendered,
  'psr-direct-award-a': grounded,
  'psr-direct-award-b': grounded,
  'psr-direct-award-c': { ...grounded, award: ['standstill.over'] },
  'psr-most-suitable-provider': tendered,
  'psr-urgent': {},
};

// On these nothing is chosen: the ground is that of the urgency, or the route that of what was awarded.
const choosesNoRoute: readonly string[] = ['urgent', 'extend-or-vary', 'decommission'];
const awarding = 'award';
// There is nobody outside to accept, or to be ready.
const mootInHouse: readonly ConditionCode[] = ['provider.accepted', 'provider.ready', 'providers.engaged'];

/** For what each gate of this pathway is refused first by this route, in the tier standard: codes by stage, in the order of the alphabet. */
export function gatesAsked(pathway: string, route: string): Asks {
  const stages = Object.keys(ofPathway[pathway]!);
  const besides = Object.entries(ofRoute[route]!).flatMap(([stage, codes]) => codes.map((code) => ({ code, at: stages.includes(stage) ? stage : awarding })));
  return Object.fromEntries(
    stages.map((stage) => {
      const codes = [...ofPathway[pathway]![stage]!, ...besides.filter(({ at }) => at === stage).map(({ code }) => code)];
      const asked = codes.filter((code) => !(mootInHouse.includes(code) && route === 'in-house') && !(code === 'route.grounded' && choosesNoRoute.includes(pathway)));
      return [stage, [...new Set(asked)].sort()];
    }),
  );
}
