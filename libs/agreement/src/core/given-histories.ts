import type { ConditionUse, Pathway } from '@concordat/pathway/core';
import fc from 'fast-check';
import type { CommandName } from './command.js';
import { id, otherProvider, people, pathwayAsking, provider, route } from './given.js';
import { current, doing, here, type Move, moveOf, pick, weights } from './given-moves.js';
import { commandNames } from './rights.js';

// For specs: histories that nobody thought of, drawn at random (given-running.ts runs them). Any command, by anyone, in any order, on pathways that ask anything.

const anyMove = fc.oneof(...commandNames.map((name) => ({ arbitrary: moveOf(name), weight: weights[name] ?? 20 })));
const beginningMove: fc.Arbitrary<Move> = fc.oneof(
  { arbitrary: moveOf('open-agreement').map((move) => ({ ...move, who: 'commissioner' as const })), weight: 4 },
  { arbitrary: moveOf('take-over-agreement').map((move) => ({ ...move, who: 'importer' as const })), weight: 1 },
);
const anyHistory = fc.tuple(beginningMove, fc.array(anyMove, { minLength: 40, maxLength: 150 })).map(([first, rest]) => [first, ...rest]);

// What people gave and what became of it: each step rests on several before it, which chance alone seldom brings together.
const ledger = [
  'plan-activity', 'record-attendance', 'record-contribution', 'record-contribution', 'triage-contribution', 'pass-on-concern', 'choose-who-sees', 'note-late-entries', 'create-theme', 'put-in-theme', 'put-in-theme',
  'answer-theme', 'answer-theme', 'ask-for-own-answer', 'answer-contribution', 'rate-answer', 'rate-answer', 'check-answer', 'record-feedback', 'tell-what-came-of-it', 'record-whether-heard',
  'make-commitment', 'keep-commitment', 'break-commitment', 'reverse-answer', 'tell-of-reversal', 'link-agreement', 'carry-on',
] as const satisfies CommandName[];
const anEvening = moveOf('plan-activity').map((move): Move => ({ ...move, who: 'commissioner', body: { ...move.body, stage: here, closesOn: '2026-06-01' } }));
const begunLedger = fc.tuple(beginningMove, anEvening, ...(['record-contribution', 'create-theme', 'put-in-theme', 'answer-theme'] as const).map(moveOf));
const historyOfTheLedger = fc
  .tuple(begunLedger, fc.array(fc.oneof(...ledger.map(moveOf)), { minLength: 40, maxLength: 120 }))
  .map(([first, rest]) => [...first, ...rest]);
export const history = fc.oneof({ arbitrary: anyHistory, weight: 3 }, { arbitrary: historyOfTheLedger, weight: 1 });

const uses: readonly ConditionUse[] = [
  ...pathwayAsking(
    { code: 'facts.present', parameters: { facts: ['place', 'value'] } },
    { code: 'conflicts.declared', parameters: { roles: ['commissioner'] } },
    { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } },
    { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'acceptance', discipline: 'sponsor' }] } },
    { code: 'sign-offs.conditions-met', parameters: {} },
    { code: 'sign-offs.renewed', parameters: {} },
    { code: 'decision.in-force', parameters: {} },
    { code: 'standstill.over', parameters: {} },
    { code: 'challenges.closed', parameters: {} },
    { code: 'kpi.written-by-people', parameters: {} },
    { code: 'kpi.set', parameters: { atLeast: 1, above: 1 } },
    { code: 'delivery.differences-discussed', parameters: {} },
    { code: 'delivery.people-asked-each-cycle', parameters: {} },
    { code: 'notices.published', parameters: { notice: 'UK4', clock: 'look' } },
    { code: 'consultation.considered', parameters: { whereServiceChanges: false, atLeastDays: 10 } },
    { code: 'provider.accepted', parameters: {} },
    { code: 'involvement.planned', parameters: { say: 1 } },
    { code: 'involvement.resourced', parameters: {} },
    { code: 'involvement.access-costs-met', parameters: {} },
    { code: 'involvement.planned-as', parameters: { subTypes: ['co-planning'] } },
    { code: 'involvement.what-people-do-asked', parameters: {} },
    { code: 'involvement.stages-that-matter-asked', parameters: {} },
    { code: 'involvement.informed', parameters: {} },
    { code: 'involvement.payment-offered', parameters: {} },
    { code: 'dissent.asked', parameters: {} },
    { code: 'involvement.achieved', parameters: { say: 1 } },
    { code: 'involvement.people', parameters: { floor: 1 } },
    { code: 'involvement.themes-answered', parameters: { stages: ['mandate', 'design'] } },
    { code: 'involvement.feedback-delivered', parameters: { stages: ['mandate', 'design'] } },
    { code: 'involvement.everyone-told', parameters: { stages: ['mandate', 'design'] } },
    { code: 'involvement.late-entries-shown', parameters: {} },
    { code: 'involvement.answers-checked', parameters: { stages: ['mandate', 'design'] } },
    { code: 'involvement.commitments-answered-for', parameters: { ahead: 'not-left-behind' } },
    { code: 'involvement.reversals-told', parameters: { ofWhatEnds: true } },
    { code: 'ending.agreement-named', parameters: {} },
    { code: 'varying.agreement-named', parameters: {} },
    { code: 'varying.people-asked-again', parameters: {} },
    { code: 'modification.permitted', parameters: {} },
    { code: 'risk.three-way', parameters: { top: 2 } },
    { code: 'risk.statements-sought', parameters: { top: 2 } },
    { code: 'risk.prompts-answered', parameters: {} },
    { code: 'risk.escalated', parameters: {} },
    { code: 'risk.advice-answered', parameters: {} },
    { code: 'urgent.grounded', parameters: {} },
    { code: 'registration.where-regulated', parameters: {} },
    { code: 'quality.where-health', parameters: {} },
    { code: 'route.grounded', parameters: {} },
    { code: 'risk.objections-answered', parameters: {} },
    { code: 'people.all-arranged', parameters: {} },
    { code: 'transition.every-group', parameters: {} },
    { code: 'tier.impact-said', parameters: {} },
    { code: 'service.over', parameters: {} },
    { code: 'ending.adopted-goes-on', parameters: {} },
    { code: 'providers.engaged', parameters: {} },
    { code: 'evaluation.people-assess', parameters: {} },
    { code: 'evaluation.interests-declared', parameters: {} },
    { code: 'evaluation.evaluators-trained', parameters: {} },
    { code: 'provider.ready', parameters: {} },
    { code: 'options.considered', parameters: { atLeast: 1, with: ['people'] } },
    { code: 'time.passed-since', parameters: { fact: 'notice-given', months: 1 } },
  ).stages.flatMap(({ gate }) => gate.conditions),
];
const gateAsking = fc.subarray([...uses], { maxLength: 2 }).map((conditions) => ({ preliminary: false, conditions }));
export const pathway: fc.Arbitrary<Pathway> = fc
  .tuple(fc.boolean(), gateAsking, gateAsking, gateAsking, gateAsking)
  .map(([ends, ...gates]) => ({
    ...pathwayAsking(),
    ...(ends && { raises: ['ends-a-service' as const] }),
    grounds: [{ id: 'danger', regime: 'PA 2023' as const, says: 'People are in danger.', source: { cites: 'spec', mark: 'practice' as const } }],
    stages: (['mandate', 'design', 'award', 'delivery'] as const).map((stage, n) => ({ id: stage, title: stage, mode: 'none' as const, gate: gates[n]! })),
  }));

/** The same stages, each asking everything: what a gate might have asked of an agreement that stands there. */
export function askingEverything(first: Pathway): Pathway {
  return { ...first, stages: first.stages.map((stage) => ({ ...stage, gate: { preliminary: false, conditions: uses } })) };
}

// The same, of nothing but what may make an approval somebody's own, by those who hold every role.
const touchesOwnWork = [
  'amend-facts', 'declare-conflict', 'declare-no-conflict', 'lift-conflict', 'request-sign-off', 'sign-off', 'renew-sign-off', 'withdraw-sign-off', 'choose-route', 'invite-provider', 'propose-award', 'record-decision', 'propose-variation', 'test-modification',
  'decide-variation', 'second-variation',
] as const satisfies CommandName[];
const dutiesMove = fc
  .oneof(...touchesOwnWork.map((name) => ({ arbitrary: moveOf(name), weight: name === 'sign-off' ? 4 : name === 'declare-conflict' ? 1 : 2 })))
  .chain((move) => pick('colleague', 'colleague', 'approver', 'commissioner', 'decisionMaker').map((who): Move => ({ ...move, who })));
export const historyOfDuties = fc.tuple(beginningMove, fc.array(dutiesMove, { minLength: 20, maxLength: 60 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what a gate may be passed by where it lacks something.
const excusing = [
  'request-gate', 'ask-waiver', 'seek-view-on-waiver', 'give-view-on-waiver', 'waive-condition', 'refuse-waiver', 'review-waiver', 'propose-condition', 'agree-condition', 'agree-condition-for-discipline', 'refuse-condition',
  'renew-condition', 'refuse-gate', 'return-to-stage', 'migrate-pathway',
] as const satisfies CommandName[];
const excusingMove = fc.oneof(...excusing.map((name) => ({ arbitrary: moveOf(name), weight: /refuse|return|migrate/.test(name) ? 1 : 5 })));
export const historyOfGates = fc.tuple(beginningMove, fc.array(excusingMove, { minLength: 30, maxLength: 80 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what a decision and an award come from, and what holds them up.
const deciding = [
  'invite-provider', 'uninvite-provider', 'propose-award', 'record-decision', 'second-decision', 'call-in-decision', 'conclude-call-in', 'publish-award-notice', 'accept-award', 'open-consultation', 'extend-consultation', 'withdraw-consultation',
  'answer-for-consultation', 'consider-consultation', 'record-challenge', 'conclude-challenge', 'record-published-notice',
] as const satisfies CommandName[];
const decidingMove = fc.oneof(...deciding.map((name) => ({ arbitrary: moveOf(name), weight: name === 'open-consultation' ? 1 : 5 })));
// Whoever decides answers for a risk here, so that a second person reads what they decide.
const riskOfTheDecider = moveOf('raise-risk').map((move): Move => ({ ...move, who: 'commissioner', body: { ...move.body, owner: people.decisionMaker } }));
export const historyOfDecisions = fc.tuple(beginningMove, riskOfTheDecider, fc.array(decidingMove, { minLength: 30, maxLength: 80 })).map(([first, risk, rest]) => [first, risk, ...rest]);

// And of nothing but what is delivered, varied and worth it, in an agreement that has a provider and adopted something.
const delivering = [
  'set-kpi', 'record-observation', 'record-finding', 'discuss-difference', 'agree-obligation', 'meet-obligation', 'begin-cycle',
  'end-cycle', 'hold-review-meeting', 'agree-action', 'complete-action', 'raise-provider-concern', 'answer-provider-concern', 'record-expiry', 'record-quality-visit', 'show-improvement', 'set-rate', 'commit-funding', 'record-spend', 'propose-variation',
  'record-asked-again', 'record-not-asked-again', 'test-modification', 'decide-variation', 'second-variation', 'accept-variation', 'carry-out-variation', 'plan-exit', 'record-transition', 'plan-staff-transfer', 'record-staff-information', 'record-provider-engagement', 'name-outcome', 'link-outcome',
  'record-measurement', 'answer-plain-questions', 'name-benefit', 'observe-benefit', 'record-cost', 'record-hours-wanted',
] as const satisfies CommandName[];
const withProvider = moveOf('take-over-agreement').map((move): Move => ({ ...move, who: 'importer', body: { ...move.body, stage: 'delivery', provider, kind: 'contract', facts: { 'contract-period': { startsOn: '2026-01-01', endsOn: '2026-12-31' } } } }));
// People are asked of what was proposed once it was: whoever comes, comes after that.
const askedAnew = fc.tuple(moveOf('propose-variation'), moveOf('record-attendance'), moveOf('record-asked-again'));
export const historyOfDelivery = fc
  .tuple(withProvider, begunLedger, moveOf('record-attendance'), askedAnew, fc.array(fc.oneof(...delivering.map(moveOf)), { minLength: 60, maxLength: 120 }))
  .map(([first, [, ...ledgerOfIt], attendance, asked, rest]) => [first, ...ledgerOfIt, attendance, ...asked, ...rest]);

// And of nothing but risks, what a panel advises on them, and what those who carry them say.
const speaking = [
  'raise-risk', 'rescore-risk', 'review-risk', 'acknowledge-risk', 'convene-risk-panel', 'record-panel-advice', 'answer-panel-advice', 'seek-statement', 'record-statement', 'reply-to-objection', 'second-reply',
] as const satisfies CommandName[];
export const historyOfRisks = fc.tuple(beginningMove, fc.array(fc.oneof(...speaking.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what keeps a risk down, what went wrong, and what may turn out better.
const keepingDown = [
  'raise-risk', 'review-risk', 'add-control', 'record-control-proof', 'end-control', 'record-incident', 'answer-risk-prompt', 'raise-opportunity', 'rescore-opportunity', 'close-opportunity',
] as const satisfies CommandName[];
export const historyOfControls = fc.tuple(beginningMove, fc.array(fc.oneof(...keepingDown.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but whoever came, what they are offered for it, and who wrote for them.
const offering = ['record-attendance', 'record-could-it-change', 'record-joint-decision', 'record-benefits-advice', 'offer-payment', 'answer-payment-offer', 'record-contribution', 'record-proxy-entry'] as const satisfies CommandName[];
export const historyOfOffers = fc.tuple(beginningMove, anEvening, fc.array(fc.oneof(...offering.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, evening, rest]) => [first, evening, ...rest]);

// And of nothing but what people choose and assess before it is awarded, what is said of options, and that a provider is ready.
const assessing = [
  'record-attendance', 'set-criterion', 'appoint-evaluator', 'appoint-evaluator', 'record-evaluator-declaration', 'record-evaluator-training', 'record-assessment', 'stand-down-evaluator', 'consider-option', 'discuss-option', 'confirm-readiness',
] as const satisfies CommandName[];
export const historyOfAssessing = fc.tuple(fc.oneof(beginningMove, withProvider), anEvening, fc.array(fc.oneof(...assessing.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, evening, rest]) => [first, evening, ...rest]);

// And of nothing but sign-offs, what may put a second hat on whoever signs, and what follows.
const signing = [
  'raise-risk', 'declare-conflict', 'declare-no-conflict', 'lift-conflict', 'request-sign-off', 'sign-off', 'sign-off', 'sign-off', 'second-sign-off', 'meet-sign-off-condition', 'renew-sign-off-condition', 'renew-sign-off', 'withdraw-sign-off',
] as const satisfies CommandName[];
const asApprover = { person: people.approver, role: 'approver' } as const;
const interestSaidOver = [doing('declare-conflict', { ...asApprover, interest: 'money', about: { subject: people.approver, sealed: 'x' } }, 'approver'), doing('declare-no-conflict', asApprover, 'approver')];
export const historyOfSignOffs = fc
  .tuple(beginningMove, pick([], [], [], [], interestSaidOver), fc.array(fc.oneof(...signing.map(moveOf)), { minLength: 20, maxLength: 50 }))
  .map(([first, interest, rest]) => [first, ...interest, ...rest]);

// And of nothing but how people are asked, told, and not asked twice, where others of the same place and theme were asked before.
const asBefore = doing('amend-facts', { facts: { place: 'x', theme: 'x' } });
const asking = ['plan-activity', 'invite-participant', 'accept-invitation', 'decline-invitation', 'issue-information', 'record-attendance', 'record-information-given', 'carry-over', 'answer-carry-over'] as const satisfies CommandName[];
export const historyOfAsking = fc.tuple(beginningMove, anEvening, fc.array(fc.oneof(...asking.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, evening, rest]) => [first, asBefore, evening, ...rest]);

// And of nothing but what one agreement may come from another by, on a pathway whose third gate awards.
const trees = ['propose-lots', 'split', 'split', 'call-off', 'call-off', 'place-people', 'link-agreement', 'unlink-agreement', 'amend-facts', 'request-gate', 'record-decision', 'accept-award', 'hold', 'resume', 'return-to-stage', 'cancel'] as const satisfies CommandName[];
const treeMove = fc.oneof(...trees.map((name) => ({ arbitrary: moveOf(name), weight: /cancel|hold|return|amend/.test(name) ? 1 : 6 })));
const aLot = (n: number, lead: string) => ({ agreement: id(220 + n), lot: 'North', title: 'x', value: { amount: '300000.00', currency: 'GBP' }, lead, members: [], subcontractors: [] });
const toAward: readonly Move[] = [
  doing('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, value: { amount: '900000.00', currency: 'GBP' }, raises: [] }),
  doing('request-gate', { stage: here }),
  doing('request-gate', { stage: here }),
  doing('choose-route', { route: { id: route.id }, ground: 'small-value', why: 'x' }),
  doing('invite-provider', { provider }),
  doing('invite-provider', { provider: otherProvider }),
  doing('propose-lots', { lots: [aLot(0, provider), aLot(1, otherProvider)] }),
];
const throughAward: readonly Move[] = [
  doing('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: 'x', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: current }, 'decisionMaker'),
  doing('accept-award', { versionRead: current }, 'signatory'),
  doing('accept-award', { versionRead: current }, 'otherSignatory'),
  doing('request-gate', { stage: here }),
];
export const historyOfTrees = fc.tuple(fc.boolean(), fc.array(treeMove, { minLength: 10, maxLength: 40 })).map(([through, rest]) => [...toAward, ...(through ? throughAward : []), ...rest]);
export const treePathway: Pathway = (() => {
  const [asksNothing, accepts] = pathwayAsking({ code: 'provider.accepted', parameters: {} }).stages.map(({ gate }) => gate);
  return {
    ...pathwayAsking(),
    stages: (['mandate', 'design', 'award', 'delivery'] as const).map((stage) => ({ id: stage, title: stage, mode: 'none' as const, gate: (stage === 'award' ? accepts : asksNothing)! })),
  };
})();
