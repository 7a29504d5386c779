import { type Actor, actingNow, initialPerson, type Right, type Scope, standingIn } from '@concordat/access/core';
import { disciplines } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import type { AgreementCommandBody, CommandName } from './command.js';
import { offeredTo, providerToSign } from './offered.js';
import { scopeOn } from './partner.js';
import { partiesStill, providersOfAward } from './party.js';
import type { States } from './topic.js';

/** The right each command asks, the same at the edge and in `decide`. */
export const rightOf: { readonly [C in CommandName]: Right } = {
  'open-agreement': 'agreement.open',
  'take-over-agreement': 'agreement.open',
  'record-notice': 'agreement.open',
  'ask-waiver': 'agreement.move',
  'seek-view-on-waiver': 'agreement.move',
  'give-view-on-waiver': 'statement.give',
  'waive-condition': 'waiver.answer',
  'refuse-waiver': 'waiver.answer',
  'review-waiver': 'waiver.review',
  'propose-condition': 'agreement.move',
  'agree-condition': 'decision.record',
  'agree-condition-for-discipline': 'sign-off.give',
  'refuse-condition': 'decision.record',
  'renew-condition': 'agreement.move',
  'choose-route': 'agreement.move',
  'record-urgency': 'agreement.move',
  'record-late-by-us': 'agreement.move',
  'migrate-pathway': 'pathway.manage',
  'record-published-notice': 'award.make',
  'amend-facts': 'agreement.edit',
  'raise-tier': 'agreement.edit',
  'request-gate': 'agreement.move',
  'refuse-gate': 'decision.record',
  'return-to-stage': 'agreement.move',
  hold: 'agreement.move',
  resume: 'agreement.move',
  cancel: 'agreement.cancel',
  'record-what-people-do': 'involvement.take-part',
  'take-off-record': 'involvement.take-part',
  'record-stages-that-matter': 'involvement.manage',
  'plan-involvement': 'involvement.manage',
  'plan-activity': 'involvement.manage',
  'void-activity': 'involvement.manage',
  'record-attendance': 'involvement.manage',
  'record-effort': 'involvement.manage',
  'record-joint-decision': 'involvement.manage',
  'record-could-it-change': 'involvement.take-part',
  'invite-participant': 'involvement.manage',
  'accept-invitation': 'involvement.take-part',
  'decline-invitation': 'involvement.take-part',
  'record-nobody-wished': 'involvement.manage',
  'choose-ask-budget': 'involvement.take-part',
  'record-asked-what-people-do': 'involvement.manage',
  'record-vote': 'involvement.manage',
  'choose-interests': 'involvement.take-part',
  'erase-participant': 'participant.erase',
  'carry-over': 'involvement.manage',
  'answer-carry-over': 'involvement.confirm',
  'issue-information': 'involvement.manage',
  'record-information-given': 'involvement.manage',
  'record-benefits-advice': 'involvement.manage',
  'offer-payment': 'involvement.manage',
  'answer-payment-offer': 'involvement.take-part',
  'record-dissent': 'dissent.record',
  'record-no-dissent': 'involvement.manage',
  'record-proxy-entry': 'involvement.manage',
  'record-contribution': 'involvement.contribute',
  'triage-contribution': 'involvement.manage',
  'pass-on-concern': 'involvement.manage',
  'choose-who-sees': 'involvement.take-part',
  'note-late-entries': 'decision.record',
  'create-theme': 'involvement.manage',
  'put-in-theme': 'involvement.manage',
  'answer-theme': 'involvement.manage',
  'ask-for-own-answer': 'involvement.take-part',
  'answer-contribution': 'involvement.manage',
  'rate-answer': 'involvement.take-part',
  'check-answer': 'involvement.manage',
  'record-feedback': 'involvement.manage',
  'tell-what-came-of-it': 'involvement.manage',
  'record-whether-heard': 'involvement.take-part',
  'make-commitment': 'involvement.manage',
  'keep-commitment': 'involvement.manage',
  'break-commitment': 'involvement.manage',
  'reverse-answer': 'involvement.manage',
  'tell-of-reversal': 'involvement.manage',
  'carry-on': 'involvement.manage',
  'raise-risk': 'risk.manage',
  'rescore-risk': 'risk.manage',
  'close-risk': 'risk.manage',
  'review-risk': 'risk.manage',
  'acknowledge-risk': 'risk.acknowledge',
  'raise-opportunity': 'risk.manage',
  'rescore-opportunity': 'risk.manage',
  'close-opportunity': 'risk.manage',
  'add-control': 'risk.manage',
  'record-control-proof': 'risk.manage',
  'end-control': 'risk.manage',
  'record-incident': 'risk.manage',
  'withdraw-incident': 'risk.manage',
  'answer-risk-prompt': 'risk.manage',
  'convene-risk-panel': 'risk.manage',
  'record-panel-advice': 'risk.advise',
  'answer-panel-advice': 'decision.record',
  'seek-statement': 'risk.manage',
  'record-statement': 'statement.give',
  'reply-to-objection': 'decision.record',
  'second-reply': 'second.give',
  'declare-conflict': 'conflict.declare',
  'declare-no-conflict': 'conflict.declare',
  'lift-conflict': 'second.give',
  'request-sign-off': 'sign-off.request',
  'sign-off': 'sign-off.give',
  'second-sign-off': 'second.give',
  'meet-sign-off-condition': 'sign-off.give',
  'renew-sign-off-condition': 'sign-off.give',
  'renew-sign-off': 'sign-off.give',
  'withdraw-sign-off': 'sign-off.request',
  'open-consultation': 'agreement.edit',
  'extend-consultation': 'agreement.edit',
  'withdraw-consultation': 'agreement.edit',
  'answer-for-consultation': 'agreement.edit',
  'consider-consultation': 'agreement.edit',
  'record-decision': 'decision.record',
  'second-decision': 'second.give',
  'call-in-decision': 'decision.call-in',
  'conclude-call-in': 'decision.record',
  'record-challenge': 'award.make',
  'conclude-challenge': 'award.make',
  'record-partner': 'award.make',
  'end-partner': 'award.make',
  'plan-publication': 'publication.manage',
  'withhold-publication': 'publication.manage',
  'lift-withholding': 'publication.manage',
  publish: 'publication.manage',
  'invite-provider': 'award.make',
  'uninvite-provider': 'award.make',
  'propose-award': 'award.make',
  'publish-award-notice': 'award.make',
  'accept-award': 'award.accept',
  'set-criterion': 'involvement.manage',
  'appoint-evaluator': 'involvement.manage',
  'record-evaluator-declaration': 'involvement.manage',
  'record-evaluator-training': 'involvement.manage',
  'record-assessment': 'involvement.manage',
  'stand-down-evaluator': 'involvement.manage',
  'consider-option': 'agreement.edit',
  'discuss-option': 'involvement.manage',
  'confirm-readiness': 'award.accept',
  'set-kpi': 'delivery.manage',
  'record-observation': 'delivery.report',
  'record-finding': 'delivery.manage',
  'discuss-difference': 'delivery.manage',
  'agree-obligation': 'delivery.manage',
  'withdraw-obligation': 'delivery.manage',
  'meet-obligation': 'delivery.report',
  'begin-cycle': 'delivery.manage',
  'end-cycle': 'delivery.manage',
  'hold-review-meeting': 'delivery.manage',
  'agree-action': 'delivery.manage',
  'complete-action': 'delivery.report',
  'raise-provider-concern': 'delivery.report',
  'answer-provider-concern': 'delivery.manage',
  'record-expiry': 'delivery.report',
  'record-quality-visit': 'delivery.manage',
  'show-improvement': 'delivery.report',
  'set-rate': 'delivery.manage',
  'commit-funding': 'delivery.manage',
  'record-spend': 'delivery.manage',
  'propose-variation': 'delivery.manage',
  'record-asked-again': 'involvement.manage',
  'record-not-asked-again': 'involvement.manage',
  'test-modification': 'delivery.manage',
  'decide-variation': 'decision.record',
  'second-variation': 'second.give',
  'accept-variation': 'award.accept',
  'carry-out-variation': 'delivery.manage',
  'plan-exit': 'delivery.manage',
  'record-transition': 'delivery.manage',
  'plan-staff-transfer': 'delivery.manage',
  'record-staff-information': 'delivery.report',
  'record-provider-engagement': 'award.make',
  'name-outcome': 'delivery.manage',
  'link-outcome': 'delivery.manage',
  'record-measurement': 'delivery.manage',
  'answer-plain-questions': 'delivery.report',
  'name-benefit': 'delivery.manage',
  'observe-benefit': 'delivery.manage',
  'record-cost': 'delivery.manage',
  'record-hours-wanted': 'involvement.manage',
  'propose-lots': 'award.make',
  split: 'agreement.move',
  'call-off': 'agreement.open',
  'place-people': 'agreement.open',
  'link-agreement': 'agreement.edit',
  'unlink-agreement': 'agreement.edit',
  'offer-transfer': 'agreement.cancel',
  'agree-transfer': 'agreement.cancel',
  'withdraw-transfer': 'agreement.cancel',
  'accept-transfer': 'agreement.open',
};

/** Every command there is, by name. */
export const commandNames = Object.keys(rightOf) as readonly CommandName[];

/** Rights by which a person puts their own name to something: no timer and no import ever does. */
export const personalRights: readonly Right[] = ['sign-off.give', 'second.give', 'decision.record', 'waiver.answer', 'waiver.review', 'award.accept', 'conflict.declare', 'risk.acknowledge', 'risk.advise'];

/** In whose place a command is asked, where it is in another's: only what they delegated counts then. */
export const inPlaceOf = (command: AgreementCommandBody): string | undefined =>
  command.name === 'sign-off' || command.name === 'renew-sign-off' ? command.onBehalfOf : undefined;

/** Whoever acts, with the grants that their stream, or in another's place that other's stream, gives them now. */
export function actingIn({ persons }: States, command: AgreementCommandBody, actor: Actor, today: CivilDate): Actor {
  const own = (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson;
  const other = inPlaceOf(command);
  return other === undefined ? actingNow(actor, own) : standingIn(actor, own, persons[other] ?? initialPerson, today);
}

/**
 * What the right is asked about; it is had when any of these is covered. An approver signs for a discipline; a party
 * accepts in none. A partner body's people act while its record is in force, a provider's people act on an agreement their provider is a party of, and only those of a provider to
 * whom it is offered accept the award: nobody finds out what is proposed by trying.
 */
export function scopesOf(agreement: Agreement, command: AgreementCommandBody, today: CivilDate): readonly Scope[] {
  const about: Scope = { ...scopeOn(agreement, today), agreement: command.agreement };
  if (command.name === 'sign-off' || command.name === 'renew-sign-off' || command.name === 'meet-sign-off-condition' || command.name === 'renew-sign-off-condition') {
    const signOff = agreement.signOffs.find(({ id }) => id === command.signOff);
    const provider = providerToSign(agreement);
    const accepting = [about, ...(provider === undefined ? [] : [{ ...about, provider }])];
    // Whoever may sign anything here hears that there is no such sign-off.
    if (signOff === undefined) return [...disciplines.map((discipline) => ({ ...about, discipline })), ...accepting];
    const approving = { ...about, discipline: signOff.discipline };
    return signOff.kind === 'approval' ? [approving] : [approving, ...accepting];
  }
  if (command.name === 'agree-condition-for-discipline') {
    const condition = agreement.gateConditions.find(({ id }) => id === command.condition);
    // Whoever signs for any discipline hears that there is no such condition.
    return (condition === undefined ? disciplines : [condition.discipline]).map((discipline) => ({ ...about, discipline }));
  }
  if (command.name === 'accept-award') {
    const offered = offeredTo(agreement);
    return offered.length === 0 ? [about] : offered.map((provider) => ({ ...about, provider }));
  }
  // How the house stands with itself is no bidder's to ask about; whoever provides may ask for a sign-off like anybody who has to do with the agreement.
  const isAsking = command.name === 'request-sign-off' || command.name === 'withdraw-sign-off';
  return [about, ...(isAsking ? providersOfAward(agreement.award) : partiesStill(agreement.award)).map((provider) => ({ ...about, provider }))];
}
