import type { ConditionCode } from '@concordat/pathway/core';

/**
 * For what the gate of each stage is refused first, by pathway, in the tier standard: what the product's table asks of people,
 * approvals and facts there, less what came about in the stages before.
 */
export const gatesAsked: Readonly<Record<string, Readonly<Record<string, readonly ConditionCode[]>>>> = {
  standard: {
    mandate: ['facts.present', 'involvement.stages-that-matter-asked', 'involvement.what-people-do-asked', 'conflicts.declared', 'sign-offs.granted'],
    needs: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'facts.present', 'sign-offs.granted'],
    priorities: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'facts.present', 'sign-offs.granted'],
    design: ['involvement.planned', 'involvement.achieved', 'involvement.planned-as', 'involvement.people', 'risk.three-way', 'kpi.written-by-people', 'facts.present', 'sign-offs.granted'],
    route: ['involvement.planned', 'involvement.achieved', 'facts.present', 'sign-offs.granted'],
    sourcing: ['involvement.planned', 'involvement.achieved', 'evaluation.people-assess', 'dissent.asked', 'conflicts.declared', 'evaluation.interests-declared', 'facts.present', 'notices.published'],
    award: ['involvement.answers-checked', 'involvement.feedback-delivered', 'conflicts.declared', 'decision.in-force', 'standstill.over', 'provider.accepted'],
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
    dialogue: ['facts.present', 'conflicts.declared', 'involvement.what-people-do-asked', 'involvement.stages-that-matter-asked'],
    options: ['involvement.planned', 'involvement.achieved', 'involvement.people', 'options.considered', 'facts.present'],
    impact: ['risk.three-way', 'facts.present', 'sign-offs.granted'],
    consultation: ['facts.present', 'consultation.considered'],
    decision: ['conflicts.declared', 'decision.in-force', 'involvement.feedback-delivered', 'sign-offs.granted'],
    notice: ['time.passed-since'],
    transition: ['facts.present', 'people.all-arranged'],
    closure: ['facts.present'],
    review: ['time.passed-since', 'involvement.planned', 'involvement.achieved', 'facts.present'],
  },
  urgent: {
    award: ['urgent.grounded', 'facts.present', 'conflicts.declared', 'sign-offs.granted', 'decision.in-force', 'provider.accepted'],
    delivery: ['facts.present', 'involvement.planned', 'involvement.achieved'],
    review: ['facts.present', 'sign-offs.granted'],
    close: ['facts.present', 'involvement.feedback-delivered'],
  },
};
