import { partnerLevels, roles } from '@concordat/access/core';
import { acceptingParties, agreementKinds, challengeKinds, type ConditionCode, conditionCodes, disciplines, subTypes, type TierRaise, tierRaises } from '@concordat/pathway/core';
import type { Sealed } from '@concordat/platform/core';
import { z } from 'zod';
import { changeAnswers, decisionRights, leaders } from './core/activity.js';
import { challengeOutcomes } from './core/challenge.js';
import { interests } from './core/conflict.js';
import { consultationRuleNames } from './core/consultation.js';
import type { CommandName, Commands } from './core/command.js';
import { contributionKinds, isConcern, seenByChoices } from './core/contribution.js';
import { carriedOverAnswers } from './core/carried-over.js';
import { dissentsFrom } from './core/dissent.js';
import { recordWishes, unrecordedAnswers } from './core/existing-activity.js';
import { heardAnswers } from './core/feedback.js';
import { linkKinds, ratePeriods } from './core/tree.js';
import { modes } from './core/involvement.js';
import { proxyConfirmations } from './core/confirmed.js';
import { controlFindings, controlKindNames } from './core/control.js';
import { harms } from './core/incident.js';
import { opportunityOutcomes } from './core/opportunity.js';
import { benefitKinds, benefitSources, gainers } from './core/benefit.js';
import { expiring } from './core/expiry.js';
import { evaluatorKinds, standDownReasons } from './core/evaluation.js';
import { optionOutcomes } from './core/option.js';
import { withheldGrounds } from './core/publication.js';
import { visitNotices, visitors } from './core/quality-visit.js';
import { kpiUnits } from './core/kpi.js';
import { outcomeSteps, plainAnswers, viewers } from './core/outcome.js';
import { bearerGroups, noLevels } from './core/risk.js';
import { adviceOutcomes, panelGroups } from './core/risk-panel.js';
import { riskPromptNames } from './core/risk-prompt.js';
import { accessibleForms, views } from './core/statement.js';
import { viewsOnWaiver } from './core/waiver.js';
import { civilDate, contentHash, documentReference, facts, hours, label, money, published, sentence, slug, stage, text, textOrNone, uuid, versionAsked, versionNamed, whole } from './fields.js';
import {
  action, afterCallIn, ask, awardedLot, benefitAmount, callIn, criterionOrigin, decidedBy, discussedWith, figure, financialYear, groups, identifier, key, kpiOrigin, kpiTarget, levels, notice, obligationDue, panel, participants, period, personAfterwards, providerAfterwards, publicationOf, releaseWhen, resources, response, say, score,
  scores, share, shortName, told, variationTo,
} from './shapes.js';

/** A command's body as it comes over the edge: plain text where the core sees `Sealed`. */
type Plain<Value> = Value extends Sealed ? string : Value extends readonly unknown[] ? Value : Value extends object ? { readonly [Field in keyof Value]: Plain<Value[Field]> } : Value;

const tierRaise = z.enum(Object.keys(tierRaises) as TierRaise[]);
const beginning = {
  title: label,
  kind: z.enum(agreementKinds),
  pathway: versionAsked,
  route: versionAsked,
  value: money.optional(),
  // Silence is no answer: whoever begins it says what holds, or that nothing does.
  raises: z
    .array(tierRaise, { error: ({ input }) => (input === undefined ? 'Say whether it ends a service, is for a closed setting or tries an untried model: an empty list says that none of these holds.' : undefined) })
    .max(10)
    .describe('What lifts it one tier. An empty list says that none of these holds.'),
};
/** How something begins that is called off. */
const beneath = { provider: uuid, value: money, pathway: versionAsked, route: versionAsked, raises: beginning.raises };
const nothing = z.strictObject({});
const code = z.enum(conditionCodes as ConditionCode[]);

/**
 * What each command carries besides its name and agreement, as the edge accepts it: unknown members are refused, days
 * exist, amounts are text, every text has a length, and what is near a person is plain text (`sealedTexts` says where).
 */
export const commandInputs = {
  'open-agreement': z.strictObject(beginning),
  'take-over-agreement': z.strictObject({
    ...beginning,
    stage,
    from: z.strictObject({ source: label, reference: label }),
    provider: uuid.optional(),
    facts: published.optional(),
  }),
  'raise-tier': z.strictObject({ raises: z.array(tierRaise).max(10), reason: sentence }),
  'request-gate': z.strictObject({ stage }),
  'refuse-gate': z.strictObject({ stage, reason: sentence }),
  'return-to-stage': z.strictObject({ stage, reason: sentence }),
  hold: z.strictObject({ reason: sentence, until: civilDate.optional() }),
  resume: nothing,
  cancel: z.strictObject({ reason: sentence }),

  'amend-facts': z.strictObject({ facts }),

  'record-what-people-do': z.strictObject({
    activity: uuid,
    group: label,
    does: sentence,
    people: whole(0, 10_000_000),
    hoursAWeek: hours,
    dependsOnIt: sentence,
    needs: textOrNone(2_000),
    onRecord: z.enum(recordWishes),
  }),
  'take-off-record': z.strictObject({ activity: uuid }),
  'record-asked-what-people-do': z.strictObject({ group: label, answer: z.enum(unrecordedAnswers), source: label }),

  'record-stages-that-matter': z.strictObject({
    group: label,
    stages: z.array(stage).max(50),
    source: sentence,
    activity: uuid.optional().describe('Where some of them took part and were asked. Without it, or `carried`, no gate rests on what they said'),
    carried: uuid.optional().describe('What they gave before, carried over here and confirmed'),
  }),
  'plan-involvement': z.strictObject({
    stage,
    mode: z.enum(modes),
    subTypes: z.array(z.enum(subTypes)).max(6).default([]),
    say,
    do: action,
    groups,
    method: sentence,
    people: whole(0, 10_000_000),
    resources,
    accessCosts: resources.default({ is: 'not-yet' }),
    why: sentence.optional(),
  }),
  'plan-activity': z.strictObject({ activity: uuid, stage, title: label, groups, right: z.enum(decisionRights), ledBy: z.enum(leaders), closesOn: civilDate }),
  'void-activity': z.strictObject({ activity: uuid, reason: sentence }),
  'record-attendance': z.strictObject({ activity: uuid, participants, on: civilDate }),
  'record-effort': z.strictObject({ activity: uuid, participant: uuid, hours, on: civilDate, why: sentence.optional() }),
  'record-joint-decision': z.strictObject({ activity: uuid, decided: sentence, on: civilDate }),
  'record-vote': z.strictObject({
    activity: uuid,
    vote: uuid,
    question: sentence,
    options: z.array(z.strictObject({ option: label, votes: whole(0, 10_000_000) })).min(1).max(100),
    on: civilDate,
  }),
  'record-could-it-change': z.strictObject({ activity: uuid, participant: uuid, answer: z.enum(changeAnswers) }),
  'invite-participant': z.strictObject({ invitation: uuid, activity: uuid, participant: uuid, answerBy: civilDate }),
  'accept-invitation': z.strictObject({ invitation: uuid, participant: uuid }),
  'decline-invitation': z.strictObject({ invitation: uuid, participant: uuid }),
  'record-nobody-wished': z.strictObject({ stage, group: label, offered: z.enum(decisionRights), source: sentence }),
  'choose-ask-budget': z.strictObject({ participant: uuid, asksPerYear: whole(0, 365) }),
  'erase-participant': z.strictObject({ participant: uuid, wishedOn: civilDate }),
  'choose-interests': z.strictObject({ participant: uuid, themes: z.array(label).max(50), modes: z.array(z.enum(modes)).max(4) }),
  'carry-over': z.strictObject({ carried: uuid, from: uuid, fromStage: stage, stage, why: sentence }),
  'answer-carry-over': z.strictObject({ carried: uuid, answer: z.enum(carriedOverAnswers) }),

  'issue-information': z.strictObject({
    pack: uuid,
    activity: uuid,
    title: label,
    document: documentReference,
    forms: z.array(z.enum(accessibleForms)).max(10),
    changed: textOrNone(2_000),
  }),
  'record-information-given': z.strictObject({ pack: uuid, version: whole(1, 10_000), participants, on: civilDate }),

  'record-benefits-advice': z.strictObject({ participant: uuid, on: civilDate, source: label, taken: z.boolean() }),
  'offer-payment': z.strictObject({ offer: uuid, activity: uuid, participant: uuid, amount: money }),
  'answer-payment-offer': z.strictObject({
    offer: uuid,
    participant: uuid,
    answer: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('accepted') }),
      z.strictObject({ is: z.literal('reduced'), amount: money }),
      z.strictObject({ is: z.literal('to-a-charity'), charity: label }),
      z.strictObject({ is: z.literal('declined') }),
    ]),
  }),

  'record-dissent': z.strictObject({ dissent: uuid, dissenter: uuid, from: z.enum(dissentsFrom), words: text(20_000) }),
  'record-no-dissent': z.strictObject({ source: label }),
  'record-proxy-entry': z.strictObject({ entry: uuid, onBehalfOf: uuid, confirmed: z.enum(proxyConfirmations), on: civilDate }),

  'record-contribution': z.strictObject({
    contribution: uuid,
    activity: uuid,
    author: uuid,
    text: text(20_000),
    givenOn: civilDate,
    kind: z.enum(contributionKinds).optional(),
    seenBy: z.enum(seenByChoices).optional(),
    unread: z.boolean().optional(),
  }),
  'triage-contribution': z.strictObject({ contribution: uuid, kind: z.enum(contributionKinds) }),
  'pass-on-concern': z.strictObject({ concern: uuid }),
  'choose-who-sees': z.strictObject({ contribution: uuid, author: uuid, seenBy: z.enum(seenByChoices) }),
  'note-late-entries': z.strictObject({ contributions: z.array(uuid).min(1).max(1_000) }),
  'create-theme': z.strictObject({ theme: uuid, title: label }),
  'put-in-theme': z.strictObject({ theme: uuid, contributions: z.array(uuid).min(1).max(1_000) }),
  'answer-theme': z.strictObject({ theme: uuid, response }),
  'ask-for-own-answer': z.strictObject({ contribution: uuid, author: uuid }),
  'answer-contribution': z.strictObject({ contribution: uuid, author: uuid, response }),
  'rate-answer': z.strictObject({ answer: uuid, participant: uuid, rating: whole(1, 5) }),
  'check-answer': z.strictObject({ contribution: uuid, finding: z.enum(['fits', 'does-not-fit']) }),
  'record-feedback': told,
  'tell-what-came-of-it': told,
  'record-whether-heard': z.strictObject({ activity: uuid, participant: uuid, heard: z.enum(heardAnswers), askedBefore: z.boolean() }),

  'make-commitment': z.strictObject({ commitment: uuid, what: sentence, by: civilDate, theme: uuid.optional() }),
  'keep-commitment': z.strictObject({ commitment: uuid, how: sentence }),
  'break-commitment': z.strictObject({ commitment: uuid, reasons: sentence }),
  'reverse-answer': z.strictObject({ theme: uuid, reasons: sentence }),
  'tell-of-reversal': told.extend({ theme: uuid }),
  'carry-on': z.strictObject({ from: uuid }),

  'raise-risk': z.strictObject({
    risk: uuid,
    title: label,
    domain: slug.default('service'),
    bearers: z.array(z.enum(bearerGroups)).max(20),
    owner: uuid,
    scores,
    levels: levels.default(noLevels),
    reviewOn: civilDate.optional(),
    incidents: z.array(uuid).max(20).optional(),
  }),
  'rescore-risk': z.strictObject({ risk: uuid, scores, reason: sentence }),
  'review-risk': z.strictObject({ risk: uuid, levels, reviewOn: civilDate, reason: sentence, owner: uuid.optional(), bearers: z.array(z.enum(bearerGroups)).max(20).optional() }),
  'close-risk': z.strictObject({ risk: uuid, reason: sentence }),
  'acknowledge-risk': z.strictObject({ risk: uuid, says: sentence }),
  'raise-opportunity': z.strictObject({ opportunity: uuid, title: label, domain: slug.default('service'), gains: z.array(z.enum(bearerGroups)).max(20), owner: uuid, score }),
  'rescore-opportunity': z.strictObject({ opportunity: uuid, score, reason: sentence }),
  'close-opportunity': z.strictObject({ opportunity: uuid, outcome: z.enum(opportunityOutcomes), reason: sentence }),
  'add-control': z.strictObject({ control: uuid, risk: uuid, title: label, kind: z.enum(controlKindNames), owner: uuid }),
  'record-control-proof': z.strictObject({ control: uuid, on: civilDate, finding: z.enum(controlFindings), shows: sentence, owner: uuid.optional() }),
  'end-control': z.strictObject({ control: uuid, reason: sentence }),
  'record-incident': z.strictObject({ incident: uuid, risk: uuid.optional(), happened: sentence, on: civilDate, harm: z.enum(harms), done: sentence }),
  'withdraw-incident': z.strictObject({ incident: uuid, reason: sentence }),
  'answer-risk-prompt': z.strictObject({
    prompt: z.enum(riskPromptNames),
    answer: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('named'), risk: uuid }), z.strictObject({ is: z.literal('does-not-arise'), because: sentence })]),
  }),
  'convene-risk-panel': z.strictObject({ panel: uuid, chair: uuid, members: z.array(z.strictObject({ of: z.enum(panelGroups), member: uuid })).min(2).max(30) }),
  'record-panel-advice': z.strictObject({
    advice: uuid,
    panel: uuid,
    risks: z.array(uuid).min(1).max(50),
    says: text(10_000),
    inFavour: whole(1, 30),
    against: whole(0, 30),
    dissent: textOrNone(10_000).default(''),
    on: civilDate,
  }),
  'answer-panel-advice': z.strictObject({ advice: uuid, outcome: z.enum(adviceOutcomes), reasons: sentence }),

  'seek-statement': z.strictObject({ statement: uuid, ...ask }),
  'record-statement': z.strictObject({ statement: uuid, view: z.enum(views), spokenBy: uuid, words: text(20_000) }),
  'reply-to-objection': z.strictObject({ statement: uuid, reply: text(10_000), secondPerson: uuid }),
  'second-reply': z.strictObject({ statement: uuid }),

  'declare-conflict': z.strictObject({ person: uuid, role: z.enum(roles), interest: z.enum(interests), about: text(4_000) }),
  'declare-no-conflict': z.strictObject({ person: uuid, role: z.enum(roles) }),
  'lift-conflict': z.strictObject({ person: uuid, role: z.enum(roles), reasons: text(4_000) }),

  'request-sign-off': z.strictObject({ signOff: uuid, kind: z.enum(['approval', 'acceptance']), discipline: z.enum(disciplines), of: z.enum(acceptingParties).optional(), panel: panel.optional() }),
  'sign-off': z.strictObject({
    signOff: uuid,
    versionRead: contentHash,
    outcome: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('granted'), conditions: z.array(z.strictObject({ what: sentence, dueOn: civilDate })).max(20).default([]), expiresOn: civilDate.optional() }),
      z.strictObject({ is: z.literal('refused'), reason: sentence }),
    ]),
    onBehalfOf: uuid.optional(),
  }),
  'second-sign-off': z.strictObject({ signOff: uuid }),
  'meet-sign-off-condition': z.strictObject({ signOff: uuid, condition: whole(1, 400), how: sentence }),
  'renew-sign-off-condition': z.strictObject({ signOff: uuid, condition: whole(1, 400), dueOn: civilDate, reason: sentence }),
  'renew-sign-off': z.strictObject({ signOff: uuid, versionRead: contentHash, expiresOn: civilDate, review: documentReference, onBehalfOf: uuid.optional() }),
  'withdraw-sign-off': z.strictObject({ signOff: uuid, reason: sentence }),

  'open-consultation': z.strictObject({
    consultation: uuid,
    proposal: sentence,
    reasons: text(10_000),
    options: z.array(sentence).max(20),
    opensOn: civilDate,
    closesOn: civilDate,
    onAnotherMatter: z.boolean().optional(),
  }),
  'extend-consultation': z.strictObject({ consultation: uuid, closesOn: civilDate }),
  'withdraw-consultation': z.strictObject({ consultation: uuid, reason: sentence }),
  'answer-for-consultation': z.strictObject({ consultation: uuid, rule: z.enum(consultationRuleNames), words: text(10_000) }),
  'consider-consultation': z.strictObject({ consultation: uuid, responses: whole(0, 10_000_000), summary: text(10_000), on: civilDate }),

  'record-decision': z.strictObject({
    decision: uuid,
    decidedBy,
    scheme: label,
    key,
    callIn,
    decidedOn: civilDate,
    inForceFrom: civilDate,
    weighed: text(10_000),
    versionRead: contentHash,
  }),

  'second-decision': z.strictObject({ decision: uuid }),
  'call-in-decision': z.strictObject({ decision: uuid, reason: sentence, on: civilDate }),
  'conclude-call-in': z.strictObject({ decision: uuid, outcome: afterCallIn, on: civilDate, reasons: sentence }),
  'record-challenge': z.strictObject({ challenge: uuid, kind: z.enum(challengeKinds), from: label, about: text(10_000), receivedOn: civilDate }),
  'conclude-challenge': z.strictObject({ challenge: uuid, outcome: z.enum(challengeOutcomes), reasons: text(10_000), on: civilDate }),

  'set-criterion': z.strictObject({ criterion: uuid, title: label, chosenBy: criterionOrigin }),
  'appoint-evaluator': z.strictObject({ evaluator: uuid, of: z.enum(evaluatorKinds), criteria: z.array(uuid).max(50) }),
  'record-evaluator-declaration': z.strictObject({ evaluator: uuid, interest: z.enum([...interests, 'none']) }),
  'record-evaluator-training': z.strictObject({ evaluators: z.array(uuid).min(1).max(100), on: civilDate, source: label }),
  'record-assessment': z.strictObject({ evaluator: uuid, criteria: z.array(uuid).min(1).max(50), on: civilDate, source: label, why: sentence.optional() }),
  'stand-down-evaluator': z.strictObject({ evaluator: uuid, reason: z.enum(standDownReasons) }),

  'consider-option': z.strictObject({ option: uuid, title: label, outcome: z.enum(optionOutcomes).default('undecided'), reasons: textOrNone(10_000).default('') }),
  'discuss-option': z.strictObject({ option: uuid, with: discussedWith, said: text(10_000), on: civilDate }),

  'confirm-readiness': z.strictObject({ startsOn: civilDate, says: sentence }),

  'set-kpi': z.strictObject({ kpi: uuid, title: label, definition: sentence, unit: z.enum(kpiUnits), target: kpiTarget, writtenBy: kpiOrigin, measures: z.array(uuid).max(50).default([]) }),
  'record-observation': z.strictObject({ observation: uuid, kpi: uuid, period, value: figure, source: label, provider: uuid.optional() }),
  'record-finding': z.strictObject({ finding: uuid, kpi: uuid, period, question: sentence, method: label, answers: whole(0, 1_000_000), value: figure.nullable(), why: sentence.optional() }),
  'discuss-difference': z.strictObject({ finding: uuid, on: civilDate, by: label, follows: sentence, provider: uuid.optional() }),
  'agree-obligation': z.strictObject({ obligation: uuid, what: sentence, due: obligationDue, evidence: sentence, provider: uuid.optional() }),
  'withdraw-obligation': z.strictObject({ obligation: uuid, reason: sentence }),
  'meet-obligation': z.strictObject({ obligation: uuid, on: civilDate, evidence: documentReference }),
  'begin-cycle': z.strictObject({ cycle: uuid, period }),
  'end-cycle': z.strictObject({ cycle: uuid, on: civilDate }),
  'hold-review-meeting': z.strictObject({ meeting: uuid, on: civilDate, present: sentence, minutes: documentReference }),
  'agree-action': z.strictObject({ action: uuid, meeting: uuid, what: sentence, owner: uuid, dueOn: civilDate }),
  'complete-action': z.strictObject({ action: uuid, how: sentence, on: civilDate }),
  'raise-provider-concern': z.strictObject({ concern: uuid, provider: uuid, about: text(10_000), raisedOn: civilDate }),
  'record-expiry': z.strictObject({ expiry: uuid, provider: uuid, of: z.enum(expiring), document: documentReference, endsOn: civilDate }),
  'record-quality-visit': z.strictObject({
    visit: uuid, provider: uuid, on: civilDate, visitors: z.enum(visitors), notice: z.enum(visitNotices), spokeWith: whole(0, 100_000), found: text(10_000), report: documentReference,
    improvements: z.array(z.strictObject({ improvement: uuid, what: sentence, dueOn: civilDate })).max(50).default([]), nextBy: civilDate.optional(),
  }),
  'show-improvement': z.strictObject({ improvement: uuid, how: sentence, on: civilDate, evidence: documentReference }),
  'set-rate': z.strictObject({ rate: uuid, what: label, per: z.enum(ratePeriods), year: financialYear, amount: money, why: sentence }),
  'commit-funding': z.strictObject({ funding: uuid, funder: label, year: financialYear, amount: money, basis: sentence }),
  'record-spend': z.strictObject({ spend: uuid, funding: uuid, on: civilDate, amount: money, source: label, why: sentence.optional() }),
  'answer-provider-concern': z.strictObject({ concern: uuid, answer: text(10_000), on: civilDate }),

  'propose-variation': z.strictObject({ variation: uuid, what: sentence, why: sentence, to: variationTo, touches: z.array(uuid).max(100).default([]) }),
  'record-asked-again': z.strictObject({ variation: uuid, theme: uuid, activity: uuid, said: sentence }),
  'record-not-asked-again': z.strictObject({ variation: uuid, themes: z.array(uuid).min(1).max(500), why: sentence }),
  'test-modification': z.strictObject({ variation: uuid.optional(), ground: slug, confirmed: z.boolean().default(false), why: sentence }),
  'decide-variation': z.strictObject({ variation: uuid, outcome: z.enum(['agreed', 'refused']), decidedBy, scheme: label, key, callIn, decidedOn: civilDate, inForceFrom: civilDate, reasons: sentence, weighed: text(10_000), versionRead: contentHash, notAsked: z.array(uuid).max(500).optional() }),
  'second-variation': z.strictObject({ variation: uuid }),
  'accept-variation': z.strictObject({ variation: uuid, versionRead: contentHash }),
  'carry-out-variation': z.strictObject({ variation: uuid }),
  'plan-exit': z.strictObject({ plan: documentReference, lastDay: civilDate, people: whole(0, 10_000_000), why: sentence.optional() }),
  'record-transition': z.strictObject({ group: label, people: whole(0, 10_000_000), goesTo: sentence, without: whole(0, 10_000_000) }),
  'plan-staff-transfer': z.strictObject({ transfersOn: civilDate, informationBy: civilDate, staff: whole(1, 100_000) }),
  'record-staff-information': z.strictObject({ on: civilDate, evidence: documentReference }),
  'record-provider-engagement': z.strictObject({
    engagement: uuid,
    outcome: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('held'), on: civilDate, how: sentence, providers: whole(1, 10_000), said: sentence, follows: sentence }),
      z.strictObject({ is: z.literal('not-useful'), because: sentence }),
    ]),
  }),

  'name-outcome': z.strictObject({ outcome: uuid, activity: sentence, change: sentence, title: label }),
  'link-outcome': z.strictObject({
    link: uuid, outcome: uuid, step: z.enum(outcomeSteps), indicator: label, unit: z.enum(kpiUnits), holder: label, baseline: figure, target: figure, comparison: sentence, visibleFrom: civilDate,
  }),
  'record-measurement': z.strictObject({ measurement: uuid, link: uuid, on: civilDate, value: figure, source: label }),
  'answer-plain-questions': z.strictObject({
    outcome: uuid, viewer: z.enum(viewers), people: whole(0, 1_000_000), on: civilDate, better: z.enum(plainAnswers), becauseOfThis: z.enum(plainAnswers), worthIt: z.enum(plainAnswers),
    provider: uuid.optional(),
    activity: uuid.optional().describe('Of the view of users, who are asked somewhere: where they took part and were asked'),
  }),
  'name-benefit': z.strictObject({
    benefit: uuid, outcome: uuid, what: sentence, kind: z.enum(benefitKinds), from: z.enum(benefitSources), whoGains: z.enum(gainers), expected: benefitAmount, comparison: sentence,
  }),
  'observe-benefit': z.strictObject({ benefit: uuid, observed: benefitAmount, against: sentence, on: civilDate, source: label }),
  'record-cost': z.strictObject({ cost: uuid, outcome: uuid, period, spent: money, units: whole(0, 10_000_000), hours, why: sentence.optional() }),
  'record-hours-wanted': z.strictObject({ cost: uuid, activity: uuid.describe('Where they took part and were asked'), wanted: whole(0, 1_000_000), ratherNot: whole(0, 1_000_000), on: civilDate }),

  'record-partner': z.strictObject({
    partner: uuid,
    title: label,
    identifier: identifier.nullable().default(null),
    may: z.enum(partnerLevels),
    basis: sentence,
    from: civilDate,
    until: civilDate,
    shares: z.array(share).max(50).default([]),
  }),
  'end-partner': z.strictObject({ partner: uuid, reason: sentence }),
  'offer-transfer': z.strictObject({ to: shortName, basis: sentence, on: civilDate }),
  'agree-transfer': nothing,
  'withdraw-transfer': z.strictObject({ reason: sentence }),
  'accept-transfer': z.strictObject({ providers: z.array(providerAfterwards).max(500).default([]), people: z.array(personAfterwards).max(2_000).default([]) }),
  'plan-publication': z.strictObject({ publication: uuid, of: publicationOf, releaseWhen }),
  'withhold-publication': z.strictObject({ publication: uuid, ground: z.enum(withheldGrounds), reason: sentence }),
  'lift-withholding': z.strictObject({ publication: uuid, reason: sentence, duty: sentence.optional() }),
  publish: z.strictObject({ publication: uuid, duty: sentence.optional() }),
  'invite-provider': z.strictObject({ provider: uuid }),
  'uninvite-provider': z.strictObject({ provider: uuid, reason: sentence }),
  'propose-award': z.strictObject({ provider: uuid, value: money }),
  'publish-award-notice': z.strictObject({ publishedOn: civilDate, reference: label, voluntaryStandstill: whole(1, 60).optional() }),
  'accept-award': z.strictObject({ versionRead: contentHash }),

  'record-notice': z.strictObject({ notice: notice.extend({ version: notice.shape.version.nullable().default(null) }) }),

  'ask-waiver': z.strictObject({
    waiver: uuid,
    condition: code,
    planned: sentence,
    offered: sentence,
    whyNot: sentence,
    instead: sentence,
    insteadBy: civilDate,
    commitment: uuid,
    expiresOn: civilDate,
  }),
  'seek-view-on-waiver': z.strictObject({ waiver: uuid, how: sentence }),
  'give-view-on-waiver': z.strictObject({ waiver: uuid, view: z.enum(viewsOnWaiver), spokenBy: uuid, words: text(20_000) }),
  'waive-condition': z.strictObject({ waiver: uuid }),
  'refuse-waiver': z.strictObject({ waiver: uuid, reason: sentence }),
  'review-waiver': z.strictObject({ waiver: uuid, says: sentence }),

  'propose-condition': z.strictObject({ condition: uuid, code, discipline: z.enum(disciplines), what: sentence, dueOn: civilDate }),
  'agree-condition': z.strictObject({ condition: uuid }),
  'agree-condition-for-discipline': z.strictObject({ condition: uuid }),
  'refuse-condition': z.strictObject({ condition: uuid, reason: sentence }),
  'renew-condition': z.strictObject({ condition: uuid, dueOn: civilDate, reason: sentence }),

  'choose-route': z.strictObject({ route: versionAsked, ground: slug.optional(), why: sentence }),
  'record-urgency': z.strictObject({ ground: slug, why: sentence, startsOn: civilDate }),
  'record-late-by-us': z.strictObject({ reason: sentence, knownSince: civilDate }),

  'propose-lots': z.strictObject({ lots: z.array(awardedLot).min(1).max(50) }),
  split: z.strictObject({ agreements: z.array(z.strictObject({ agreement: uuid, commitments: z.array(uuid).max(200).default([]), mostCallOffs: whole(0, 100_000_000).optional() })).min(1).max(50) }),
  'call-off': z.strictObject({ child: uuid, title: label, ...beneath }),
  'place-people': z.strictObject({ child: uuid, people: whole(1, 100_000), rate: money, per: z.enum(ratePeriods), ...beneath }),
  'link-agreement': z.strictObject({ to: uuid, as: z.enum(linkKinds) }),
  'unlink-agreement': z.strictObject({ to: uuid, as: z.enum(linkKinds), reason: sentence }),

  'migrate-pathway': z.strictObject({ pathway: versionNamed, stage: stage.optional(), reason: sentence.optional() }),
  'record-published-notice': z.strictObject({ notice: label, publishedOn: civilDate, reference: label }),
} satisfies { readonly [C in CommandName]: z.ZodType<Plain<Commands[C]>> };

/** A command as it is asked: checked, its text not sealed yet. */
export type AgreementCommandInput = {
  [C in CommandName]: { readonly name: C; readonly agreement: string } & z.output<(typeof commandInputs)[C]>;
}[CommandName];

type InputOf<C extends CommandName> = Extract<AgreementCommandInput, { readonly name: C }>;
/** The way to everything sealed within a value: the names of members, with a dot between. */
type SealedIn<Value, Way extends string> = Value extends Sealed ? Way : Value extends readonly unknown[] ? never : Value extends object ? { [Field in keyof Value & string]-?: SealedIn<Value[Field], `${Way}.${Field}`> }[keyof Value & string] : never;
type SealedField<C extends CommandName> = { [Field in keyof Commands[C] & string]-?: SealedIn<Commands[C][Field], Field> }[keyof Commands[C] & string];

/** Whose key seals each free text: every member that the core sees as `Sealed`, or this does not compile. */
const subjects: { readonly [C in CommandName]: { readonly [Field in SealedField<C>]: (input: InputOf<C>) => string } } = {
  'open-agreement': {},
  'take-over-agreement': {},
  'raise-tier': {},
  'request-gate': {},
  'refuse-gate': {},
  'return-to-stage': {},
  hold: {},
  resume: {},
  cancel: {},
  'amend-facts': {},
  'record-what-people-do': {},
  'take-off-record': {},
  'record-stages-that-matter': {},
  'plan-involvement': {},
  'plan-activity': {},
  'void-activity': {},
  'record-attendance': {},
  'record-effort': { why: ({ participant }) => participant },
  'record-joint-decision': {},
  'record-could-it-change': {},
  'invite-participant': {},
  'accept-invitation': {},
  'decline-invitation': {},
  'record-nobody-wished': {},
  'choose-ask-budget': {},
  'record-asked-what-people-do': {},
  'record-vote': {},
  'choose-interests': {},
  'erase-participant': {},
  'carry-over': {},
  'answer-carry-over': {},
  'issue-information': {},
  'record-information-given': {},
  'record-benefits-advice': { source: ({ participant }) => participant },
  'offer-payment': {},
  'answer-payment-offer': { 'answer.charity': ({ participant }) => participant },
  'record-dissent': { words: ({ dissenter }) => dissenter },
  'record-no-dissent': {},
  'record-proxy-entry': {},
  // What must leave the ledger has a key of its own, so that it can be destroyed and nothing else with it.
  'record-contribution': { text: ({ contribution, author, kind = 'view' }) => (isConcern(kind) ? contribution : author) },
  'triage-contribution': {},
  'pass-on-concern': {},
  'choose-who-sees': {},
  'note-late-entries': {},
  'create-theme': {},
  'put-in-theme': {},
  'answer-theme': {},
  'ask-for-own-answer': {},
  'answer-contribution': { 'response.reasons': ({ author }) => author, 'response.changed': ({ author }) => author },
  'rate-answer': {},
  'check-answer': {},
  'record-feedback': {},
  'tell-what-came-of-it': {},
  'record-whether-heard': {},
  'make-commitment': {},
  'keep-commitment': {},
  'break-commitment': {},
  'reverse-answer': {},
  'tell-of-reversal': {},
  'carry-on': {},
  'raise-risk': {},
  'rescore-risk': {},
  'close-risk': {},
  'review-risk': {},
  'acknowledge-risk': {},
  'raise-opportunity': {},
  'rescore-opportunity': {},
  'close-opportunity': {},
  'add-control': {},
  'record-control-proof': {},
  'end-control': {},
  'record-incident': {},
  'withdraw-incident': {},
  'answer-risk-prompt': {},
  'convene-risk-panel': {},
  'record-panel-advice': {},
  'answer-panel-advice': {},
  'seek-statement': {},
  'record-statement': { words: ({ spokenBy }) => spokenBy },
  'reply-to-objection': {},
  'second-reply': {},
  'declare-conflict': { about: ({ person }) => person },
  'declare-no-conflict': {},
  'lift-conflict': { reasons: ({ person }) => person },
  'request-sign-off': {},
  'sign-off': {},
  'second-sign-off': {},
  'meet-sign-off-condition': {},
  'renew-sign-off-condition': {},
  'renew-sign-off': {},
  'withdraw-sign-off': {},
  'open-consultation': {},
  'extend-consultation': {},
  'withdraw-consultation': {},
  'answer-for-consultation': {},
  'consider-consultation': {},
  'record-decision': {},
  'second-decision': {},
  'call-in-decision': {},
  'conclude-call-in': {},
  'record-challenge': {},
  'conclude-challenge': {},
  'set-criterion': {},
  'appoint-evaluator': {},
  'record-evaluator-declaration': {},
  'record-evaluator-training': {},
  'record-assessment': { why: ({ evaluator }) => evaluator },
  'stand-down-evaluator': {},
  'consider-option': {},
  'discuss-option': {},
  'confirm-readiness': {},
  'set-kpi': {},
  'record-observation': {},
  'record-finding': {},
  'discuss-difference': {},
  'agree-obligation': {},
  'withdraw-obligation': {},
  'meet-obligation': {},
  'begin-cycle': {},
  'end-cycle': {},
  'hold-review-meeting': {},
  'agree-action': {},
  'complete-action': {},
  'raise-provider-concern': {},
  'answer-provider-concern': {},
  'record-expiry': {},
  'record-quality-visit': {},
  'show-improvement': {},
  'set-rate': {},
  'commit-funding': {},
  'record-spend': {},
  'propose-variation': {},
  'record-asked-again': {},
  'record-not-asked-again': {},
  'test-modification': {},
  'decide-variation': {},
  'second-variation': {},
  'accept-variation': {},
  'carry-out-variation': {},
  'plan-exit': {},
  'record-transition': {},
  'plan-staff-transfer': {},
  'record-staff-information': {},
  'record-provider-engagement': {},
  'name-outcome': {},
  'link-outcome': {},
  'record-measurement': {},
  'answer-plain-questions': {},
  'name-benefit': {},
  'observe-benefit': {},
  'record-cost': {},
  'record-hours-wanted': {},
  'record-partner': {},
  'end-partner': {},
  'offer-transfer': {},
  'agree-transfer': {},
  'withdraw-transfer': {},
  'accept-transfer': {},
  'plan-publication': {},
  'withhold-publication': {},
  'lift-withholding': {},
  publish: {},
  'invite-provider': {},
  'uninvite-provider': {},
  'propose-award': {},
  'publish-award-notice': {},
  'accept-award': {},
  'propose-lots': {},
  split: {},
  'call-off': {},
  'place-people': {},
  'link-agreement': {},
  'unlink-agreement': {},
  'record-notice': {},
  'ask-waiver': {},
  'seek-view-on-waiver': {},
  'give-view-on-waiver': { words: ({ spokenBy }) => spokenBy },
  'waive-condition': {},
  'refuse-waiver': {},
  'review-waiver': {},
  'propose-condition': {},
  'agree-condition': {},
  'agree-condition-for-discipline': {},
  'refuse-condition': {},
  'renew-condition': {},
  'choose-route': {},
  'record-urgency': {},
  'record-late-by-us': {},
  'migrate-pathway': {},
  'record-published-notice': {},
};

/** One free text of a command: the member that holds it (the way to it, with a dot between names), and the person or participant whose key seals it. */
export interface SealedText {
  readonly field: string;
  /** Of an input of this very command. */
  readonly subject: (input: AgreementCommandInput) => string;
}

/** Where each command carries free text near a person, which must be sealed before the core or any row sees it. */
export const sealedTexts = Object.fromEntries(
  Object.entries(subjects).map(([name, fields]) => [name, Object.entries(fields).map(([field, subject]) => ({ field, subject }))]),
) as unknown as Readonly<Record<CommandName, readonly SealedText[]>>;
