import type { Missing } from '@concordat/journal/core';
import type { ConditionCode, Tier, TierRaise } from '@concordat/pathway/core';

/**
 * For what the gate of each stage is refused first, by pathway, in the tier standard, whatever the route: what the product's table
 * asks of people, approvals and facts there, less what came about in the stages before.
 */
const ofPathway: Readonly<Record<string, Readonly<Record<string, readonly ConditionCode[]>>>> = {
  standard: {
    mandate: ['facts.present', 'involvement.stages-that-matter-asked', 'involvement.what-people-do-asked', 'conflicts.declared', 'sign-offs.granted'],
    needs: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'facts.present', 'sign-offs.granted'],
    priorities: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'facts.present', 'sign-offs.granted', 'consultation.considered'],
    design: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'risk.three-way', 'kpi.written-by-people', 'facts.present', 'sign-offs.granted'],
    route: ['involvement.planned', 'involvement.achieved', 'providers.engaged', 'facts.present', 'sign-offs.granted'],
    sourcing: ['involvement.planned', 'involvement.achieved', 'evaluation.people-assess', 'dissent.asked', 'conflicts.declared', 'evaluation.interests-declared', 'evaluation.evaluators-trained', 'facts.present'],
    award: ['involvement.answers-checked', 'involvement.feedback-delivered', 'conflicts.declared', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    mobilisation: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.everyone-told', 'facts.present', 'people.all-arranged', 'provider.ready'],
    delivery: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'delivery.people-asked-each-cycle', 'facts.present'],
    review: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'facts.present', 'sign-offs.granted'],
    close: ['involvement.everyone-told', 'facts.present', 'people.all-arranged'],
  },
  grant: {
    mandate: ['facts.present', 'conflicts.declared'],
    offer: ['facts.present', 'risk.three-way'],
    panel: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'conflicts.declared'],
    award: ['sign-offs.granted', 'decision.in-force', 'provider.accepted'],
    delivery: ['facts.present'],
    close: ['facts.present', 'involvement.feedback-delivered', 'service.over', 'involvement.everyone-told', 'involvement.answers-checked'],
  },
  'call-off': {
    mandate: ['facts.present', 'conflicts.declared'],
    design: ['involvement.planned', 'involvement.achieved', 'facts.present'],
    award: ['conflicts.declared', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    mobilisation: ['facts.present', 'people.all-arranged', 'involvement.everyone-told'],
    delivery: ['facts.present'],
    close: ['facts.present', 'involvement.answers-checked', 'people.all-arranged'],
  },
  placement: {
    need: ['facts.present', 'conflicts.declared', 'involvement.planned', 'involvement.achieved'],
    award: ['facts.present', 'conflicts.declared', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    delivery: ['facts.present', 'people.all-arranged'],
    review: ['involvement.planned', 'involvement.achieved', 'facts.present'],
    close: ['facts.present', 'involvement.everyone-told', 'involvement.answers-checked'],
  },
  'extend-or-vary': {
    case: ['facts.present', 'varying.agreement-named', 'conflicts.declared'],
    people: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'facts.present', 'consultation.considered'],
    award: ['conflicts.declared', 'modification.permitted', 'decision.in-force', 'provider.accepted', 'sign-offs.granted'],
    close: ['facts.present', 'involvement.feedback-delivered', 'service.over', 'involvement.everyone-told', 'involvement.answers-checked'],
  },
  decommission: {
    dialogue: ['facts.present', 'ending.agreement-named', 'conflicts.declared', 'involvement.what-people-do-asked', 'involvement.stages-that-matter-asked'],
    options: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'options.considered', 'facts.present'],
    impact: ['risk.three-way', 'facts.present', 'sign-offs.granted', 'quality.where-health'],
    consultation: ['facts.present', 'consultation.considered'],
    decision: ['conflicts.declared', 'decision.in-force', 'involvement.feedback-delivered', 'sign-offs.granted'],
    notice: ['time.passed-since'],
    transition: ['facts.present', 'transition.every-group'],
    closure: ['facts.present', 'involvement.reversals-told'],
    review: ['time.passed-since', 'involvement.planned', 'involvement.achieved', 'facts.present', 'involvement.everyone-told', 'involvement.answers-checked'],
  },
  urgent: {
    award: ['urgent.grounded', 'registration.where-regulated', 'facts.present', 'conflicts.declared', 'sign-offs.granted', 'decision.in-force', 'provider.accepted'],
    delivery: ['facts.present', 'involvement.planned', 'involvement.achieved'],
    review: ['facts.present', 'sign-offs.granted'],
    close: ['facts.present', 'involvement.feedback-delivered', 'service.over', 'involvement.everyone-told', 'involvement.answers-checked'],
  },
};

type Asks = Readonly<Record<string, readonly ConditionCode[]>>;
const grounded: Asks = { route: ['route.grounded'] };
// Of health the quality assessment and whoever signs it.
const ofHealth: Asks = { design: ['facts.present', 'sign-offs.granted'] };
const whereHealth: Asks = { design: ['quality.where-health'] };
const tendered: Asks = { sourcing: ['notices.published'], award: ['standstill.over'] };

/** The same by route, at the stages of the standard pathway; what a pathway has no stage for is asked at its award. */
const ofRoute: Readonly<Record<string, Asks>> = {
  'framework-call-off': whereHealth,
  grant: {},
  'in-house': whereHealth,
  'pa2023-below-threshold': { ...whereHealth, ...grounded },
  'pa2023-competitive': { ...whereHealth, ...tendered, route: ['facts.present'] },
  'pa2023-direct-award': { ...whereHealth, route: ['route.grounded', 'facts.present'], ...tendered, award: ['standstill.over', 'facts.present'] },
  'pa2023-dynamic-market': { ...whereHealth, sourcing: ['notices.published'], route: ['facts.present'], award: ['facts.present'] },
  'pa2023-light-touch': { ...whereHealth, award: ['facts.present'] },
  'psr-competitive': { ...ofHealth, ...tendered },
  'psr-direct-award-a': { ...ofHealth, ...grounded },
  'psr-direct-award-b': { ...ofHealth, ...grounded },
  'psr-direct-award-c': { ...ofHealth, ...grounded, award: ['standstill.over'] },
  'psr-most-suitable-provider': { ...ofHealth, ...tendered },
  'psr-urgent': ofHealth,
};

// On these nothing is chosen: the ground is that of the urgency, or the route that of what was awarded.
const choosesNoRoute: readonly string[] = ['urgent', 'extend-or-vary', 'decommission'];
// Their route was taken when what they change or end was awarded, with what is asked once before an award.
const keepsRoute: readonly string[] = ['extend-or-vary', 'decommission'];
const ofAward: readonly ConditionCode[] = ['notices.published', 'standstill.over'];
const factsOfAward = ['route', 'award'];
const awarding = 'award';
// There is nobody outside to accept, or to be ready.
const mootInHouse: readonly ConditionCode[] = ['provider.accepted', 'provider.ready', 'providers.engaged'];

interface Differs {
  readonly less?: readonly ConditionCode[];
  readonly more?: readonly ConditionCode[];
}

// Of a small one less is asked; what a larger one was asked for in a stage before, it is asked for later.
const ofSmall: Readonly<Record<string, Readonly<Record<string, Differs>>>> = {
  standard: {
    mandate: { less: ['involvement.stages-that-matter-asked', 'involvement.what-people-do-asked'] },
    needs: { less: ['involvement.planned-as', 'sign-offs.granted'] },
    priorities: { less: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'sign-offs.granted'] },
    design: { less: ['involvement.planned-as', 'kpi.written-by-people'] },
    route: { less: ['involvement.planned', 'involvement.achieved', 'providers.engaged'] },
    sourcing: { less: ['evaluation.people-assess', 'dissent.asked', 'conflicts.declared', 'evaluation.interests-declared', 'evaluation.evaluators-trained'] },
    award: { less: ['involvement.answers-checked', 'involvement.feedback-delivered'] },
    mobilisation: { less: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.everyone-told', 'provider.ready'] },
    delivery: { less: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'delivery.people-asked-each-cycle'] },
    review: { less: ['involvement.planned-as', 'sign-offs.granted'] },
  },
  grant: { offer: { less: ['risk.three-way'] }, panel: { less: ['conflicts.declared'] }, close: { less: ['involvement.answers-checked', 'service.over'] } },
  'call-off': { design: { less: ['involvement.planned', 'involvement.achieved'] }, mobilisation: { less: ['involvement.everyone-told'] }, close: { less: ['involvement.answers-checked'] } },
  placement: { close: { less: ['involvement.answers-checked'] } },
  'extend-or-vary': { people: { less: ['consultation.considered'] }, close: { less: ['involvement.answers-checked'] } },
  // Ending a service goes up one tier.
  decommission: {},
  urgent: { review: { less: ['sign-offs.granted'] }, close: { less: ['involvement.answers-checked'] } },
};
// Of a major one, more of the same is asked: who decides on a sourcing declared their interests in it, where it is asked of them first.
const ofMajor: Readonly<Record<string, Readonly<Record<string, Differs>>>> = {
  // Finance approved what was evaluated, before it was awarded.
  standard: { award: { less: ['conflicts.declared', 'sign-offs.granted'] } },
  grant: { offer: { more: ['sign-offs.granted'] } },
};
const ofTier: Readonly<Record<Tier, Readonly<Record<string, Readonly<Record<string, Differs>>>>>> = { small: ofSmall, standard: {}, major: ofMajor };
// Worth more than £5 million is what is tendered in the tier major here, alone.
const largest = (pathway: string, route: string, tier: Tier) => pathway === 'standard' && route === 'pa2023-competitive' && tier === 'major';

/** What an agreement is worth and what raises it, so that it begins in this tier. */
export function beginsIn(tier: Tier, pathway: string, route: string): { readonly value: { readonly amount: string; readonly currency: 'GBP' }; readonly raises: readonly TierRaise[] } {
  const amount = largest(pathway, route, tier) ? '6000000.00' : tier === 'major' ? '500000.00' : '9000.00';
  return { value: { amount, currency: 'GBP' }, raises: tier === 'small' ? [] : ['untried-model'] };
}

/** For what each gate of this pathway is refused first by this route, in this tier: codes by stage, in the order of the alphabet. */
export function gatesAsked(pathway: string, route: string, tier: Tier): Asks {
  const stages = Object.keys(ofPathway[pathway]!);
  const besides = Object.entries(ofRoute[route]!).flatMap(([stage, codes]) => codes.flatMap((code) => (code === 'facts.present' && factsOfAward.includes(stage) && keepsRoute.includes(pathway) ? [] : [{ code, at: stages.includes(stage) ? stage : awarding }])));
  return Object.fromEntries(
    stages.map((stage) => {
      const { less = [], more = [] } = ofTier[tier][pathway]?.[stage] ?? {};
      const codes = [...ofPathway[pathway]![stage]!.filter((code) => !less.includes(code)), ...more, ...besides.filter(({ at }) => at === stage).map(({ code }) => code)];
      if (stage === awarding && largest(pathway, route, tier)) codes.push('kpi.set');
      const asked = codes.filter((code) => !(mootInHouse.includes(code) && route === 'in-house') && !(code === 'route.grounded' && choosesNoRoute.includes(pathway)) && !(ofAward.includes(code) && keepsRoute.includes(pathway)));
      return [stage, [...new Set(asked)].sort()];
    }),
  );
}

/** Who supplies what each condition misses, and by which command (`time by itself` where it passes); nothing of a condition that no gate here asks, because none opened with a condition. */
export const suppliers: { readonly [C in ConditionCode]: readonly string[] } = {
  'gate.conditions-kept': [],
  'facts.present': ['commissioner by amend-facts', 'commissioner by publish-award-notice', 'that person by declare-conflict'],
  'conflicts.declared': ['commissioner by declare-conflict', 'decision-maker by declare-conflict', 'panel-chair by declare-conflict', 'senior-responsible-owner by declare-conflict', 'that person by declare-conflict'],
  'involvement.planned': ['commissioner by plan-involvement', 'commissioner by record-stages-that-matter'],
  'involvement.planned-as': ['commissioner by plan-involvement'],
  'involvement.resourced': ['commissioner by plan-involvement'],
  'involvement.access-costs-met': ['commissioner by plan-involvement'],
  'involvement.what-people-do-asked': ['commissioner by amend-facts', 'facilitator by record-what-people-do'],
  'involvement.stages-that-matter-asked': ['commissioner by amend-facts', 'facilitator by record-stages-that-matter'],
  'involvement.informed': ['facilitator by issue-information', 'facilitator by record-information-given'],
  'involvement.payment-offered': ['facilitator by offer-payment'],
  'involvement.achieved': [
    'commissioner by answer-theme', 'commissioner by record-stages-that-matter', 'facilitator by plan-activity', 'facilitator by record-attendance', 'facilitator by record-contribution', 'facilitator by record-joint-decision',
  ],
  'involvement.people': ['commissioner by record-stages-that-matter', 'commissioner by request-sign-off', 'facilitator by record-attendance'],
  'involvement.themes-answered': ['commissioner by answer-theme', 'facilitator by put-in-theme'],
  'involvement.feedback-delivered': ['facilitator by record-feedback'],
  'involvement.everyone-told': ['facilitator by tell-what-came-of-it'],
  'involvement.late-entries-shown': ['decision-maker by note-late-entries'],
  'involvement.answers-checked': ['commissioner by check-answer'],
  'involvement.commitments-answered-for': ['commissioner by keep-commitment'],
  'involvement.reversals-told': ['facilitator by reverse-answer', 'facilitator by tell-of-reversal'],
  'dissent.asked': ['facilitator by record-no-dissent'],
  'risk.three-way': ['risk-owner by raise-risk'],
  'risk.statements-sought': ['commissioner by seek-statement', 'decision-maker by reply-to-objection', 'service-users by record-statement', 'that person by second-reply'],
  'risk.prompts-answered': ['risk-owner by answer-risk-prompt'],
  'risk.escalated': ['decision-maker by acknowledge-risk'],
  'risk.advice-answered': ['decision-maker by answer-panel-advice'],
  'risk.objections-answered': ['decision-maker by reply-to-objection', 'that person by second-reply'],
  'sign-offs.granted': [
    'approver:clinical-quality by sign-off', 'approver:equality by sign-off', 'approver:finance by renew-sign-off', 'approver:finance by sign-off', 'approver:information-governance by sign-off', 'approver:legal-procurement by sign-off',
    'approver:safeguarding by sign-off', 'approver:sponsor by sign-off', 'commissioner by request-sign-off', 'controller by sign-off', 'owner by sign-off', 'someone else by second-sign-off',
  ],
  'sign-offs.conditions-met': ['approver:finance by meet-sign-off-condition'],
  'sign-offs.renewed': ['approver:finance by renew-sign-off'],
  'evaluation.people-assess': ['facilitator by appoint-evaluator', 'facilitator by record-assessment', 'facilitator by record-proxy-entry', 'facilitator by set-criterion'],
  'evaluation.interests-declared': ['facilitator by appoint-evaluator', 'facilitator by record-evaluator-declaration', 'that person by declare-conflict'],
  'evaluation.evaluators-trained': ['facilitator by appoint-evaluator', 'facilitator by record-evaluator-training'],
  'decision.in-force': ['decision-maker by record-decision'],
  'standstill.over': ['commissioner by publish-award-notice', 'time by itself'],
  'challenges.closed': ['commissioner by conclude-challenge'],
  'notices.published': ['commissioner by amend-facts', 'commissioner by record-published-notice', 'time by itself'],
  'options.considered': ['commissioner by consider-option', 'commissioner by discuss-option'],
  'consultation.considered': ['commissioner by amend-facts', 'commissioner by answer-for-consultation', 'commissioner by consider-consultation', 'commissioner by open-consultation', 'time by answer-for-consultation', 'time by itself'],
  'provider.accepted': ['commissioner by propose-award', 'provider-signatory by accept-award'],
  'provider.ready': ['provider-signatory by confirm-readiness'],
  'urgent.grounded': ['commissioner by record-urgency'],
  'registration.where-regulated': ['commissioner by amend-facts'],
  'quality.where-health': ['commissioner by amend-facts'],
  'route.grounded': ['commissioner by choose-route'],
  'ending.agreement-named': ['commissioner by link-agreement'],
  'varying.agreement-named': ['commissioner by link-agreement'],
  'varying.people-asked-again': [],
  'modification.permitted': ['contract-manager by test-modification'],
  'people.all-arranged': ['commissioner by amend-facts', 'contract-manager by plan-exit', 'contract-manager by record-transition'],
  'transition.every-group': ['contract-manager by plan-exit', 'contract-manager by record-transition'],
  'providers.engaged': ['commissioner by record-provider-engagement'],
  'kpi.written-by-people': ['contract-manager by set-kpi', 'facilitator by record-proxy-entry'],
  'kpi.set': ['contract-manager by set-kpi'],
  'delivery.differences-discussed': ['contract-manager by discuss-difference'],
  'delivery.people-asked-each-cycle': ['contract-manager by begin-cycle', 'contract-manager by end-cycle', 'contract-manager by record-finding'],
  'time.passed-since': ['commissioner by amend-facts', 'time by itself'],
  'tier.impact-said': [],
  'ending.adopted-goes-on': [],
  'service.over': ['time by itself'],
};

/** Who supplies this and by which command, as `suppliers` says it: of somebody who is named, that it is they. */
export function supplierOf({ suppliedBy, by }: Missing): string {
  return by === undefined ? 'time by itself' : `${suppliedBy.replace(/^person-.*/, 'that person')} by ${by}`;
}
