import { roles } from '@concordat/access/core';
import {
  acceptingParties, agreementKinds, type ConditionCode, conditionCodes, type ConditionUse, conditionVocabulary, disciplines, isEarlier, type Pathway, tierRaises, type TierRaise,
} from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventSchemas } from '../event-schemas.js';
import { changeAnswers, decisionRights, leaders } from './activity.js';
import { type Agreement, initialAgreement } from './agreement.js';
import { carriedOverAnswers } from './carried-over.js';
import { check } from './check.js';
import { challengeOutcomes } from './challenge.js';
import type { CommandName, Commands } from './command.js';
import { interests } from './conflict.js';
import { consultationRuleNames } from './consultation.js';
import { material, type Subject } from './content.js';
import { allById, oneById } from './by-id.js';
import { type Contribution, contributionKinds, seenByChoices } from './contribution.js';
import { type AgreementEvent, type AgreementEventType, agreementStream, type Events } from './event.js';
import { dissentsFrom } from './dissent.js';
import { evolve } from './evolve.js';
import { recordWishes, unrecordedAnswers } from './existing-activity.js';
import { feedbackOutcomes, heardAnswers } from './feedback.js';
import { agreementId, given, id, otherProvider, people, pathwayAsking, provider, route, Scene, type Who } from './given.js';
import { ada, came, held, panel } from './given-involvement.js';
import { modes } from './involvement.js';
import { differencesOpen } from './kpi.js';
import { proxyConfirmations } from './proxy.js';
import { commandNames } from './rights.js';
import { controlFindings, controlKindNames } from './control.js';
import { harms } from './incident.js';
import { opportunityOutcomes } from './opportunity.js';
import { bearerGroups } from './risk.js';
import { adviceOutcomes } from './risk-panel.js';
import { riskPromptNames } from './risk-prompt.js';
import { unseenRisks } from './escalation.js';
import { shippedRiskSettings } from './risk-matrix.js';
import { openConditions } from './sign-off.js';
import { accessibleForms, views } from './statement.js';
import { type Theme, waits } from './theme.js';
import { childrenOf } from './tree.js';
import { viewsOnWaiver } from './waiver.js';

// Histories that nobody thought of: any command, by anyone, in any order, on pathways that ask anything.

const pick = <const T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
const ids = (from: number, count = 3): fc.Arbitrary<string> => fc.integer({ min: from, max: from + count - 1 }).map(id);
/** The first nine times in ten, so that histories go on; the second often enough to be refused in every way. */
const mostly = <T, U>(usual: fc.Arbitrary<T>, otherwise: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ arbitrary: usual, weight: 9 }, { arbitrary: otherwise, weight: 1 });
const words = pick('x', 'The kitchen closed.');
const day = fc.integer({ min: -20, max: 20 }).map((days) => addDays('2026-06-01', days));
const someDay = fc.integer({ min: 0, max: 200 }).map((days) => addDays('2026-06-01', days));
const someone = pick(...Object.values(people).filter((person) => !person.startsWith('system:')));
const someProvider = mostly(fc.constant(provider), pick(otherProvider, id(99)));
const someStage = pick('mandate', 'design', 'award', 'delivery', 'moon');
const money = pick('9000.00', '90000.00', '900000.00').map((amount) => ({ amount, currency: 'GBP' }));
const document = pick('D1', 'D2').map((reference) => ({ reference, title: 'Document' }));
// Put in place of these when the command is tried: what stands then. Otherwise nearly every history would end at once.
const here = 'here';
const current = 'current';
const awaited = 'awaited';
// Codes there are not: what the gate lacks of each class, where it lacks something.
const lacking = 'lacking' as ConditionCode;
const lackingAssurance = 'lacking-assurance' as ConditionCode;
const codes = conditionCodes as readonly ConditionCode[];
const unread = 'unread';
const conditional = 'conditional';
const lasting = 'lasting';
/** Something that is there to be spoken of, or something that may not be. */
const known = (otherwise: fc.Arbitrary<string>) => mostly(fc.constant(here), otherwise);
/** Another agreement, in which something was adopted and something promised. */
const earlier = id(9);
const earlierAgreement = Scene.empty
  .did('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, raises: [] })
  .did('make-commitment', { commitment: id(179), what: 'x', by: '2026-12-01' });
const version = mostly(fc.constant(current), fc.constant('old'));

const elsewhere = id(900);
const happenedOn = mostly(pick('2026-06-01', '2026-06-01', '2026-06-03'), day);
const pseudonym = ids(80);
const bearer = mostly(pick('service-users', 'carers'), pick(...bearerGroups));
const score = mostly(fc.record({ likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) }), fc.constant(null));
const scores = fc.record({ 'co-produced': score, 'professional-only': score, 'not-acting': score });
const scoreGiven = mostly(fc.record({ likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) }), fc.constant({ likelihood: 0, impact: 5 }));
const levels = fc.record({ inherent: score, current: score, target: score });
const domain = mostly(pick('service', 'safety'), fc.constant('moon'));

const someFacts = fc.record(
  {
    title: words,
    place: words,
    theme: fc.constant('x'),
    value: money,
    'contract-period': day.map((startsOn) => ({ startsOn, endsOn: addDays(startsOn, 365) })),
    lead: mostly(someone, fc.constant(id(99))),
    sponsor: someone,
    'people-concerned': fc.nat({ max: 20 }),
    'affected-groups': fc.constant(['diners']),
    eqia: document,
    specification: document,
  },
  { requiredKeys: [] },
);

const beginning = {
  title: words,
  kind: mostly(fc.constant('contract' as const), pick(...agreementKinds)),
  pathway: fc.constant({ id: 'lunch-club' }),
  route: fc.constant({ id: route.id }),
  raises: fc.subarray(Object.keys(tierRaises) as TierRaise[], { maxLength: 1 }),
};

const beneath = {
  provider: someProvider,
  value: pick('100.00', '9000.00', '700000.00').map((amount) => ({ amount, currency: 'GBP' })),
  pathway: fc.constant({ id: 'lunch-club' }),
  route: fc.constant({ id: route.id }),
  raises: fc.constant([]),
};

/** Figures are told of a period that is over. */
const told = mostly(pick({ startsOn: '2026-04-01', endsOn: '2026-04-30' }, { startsOn: '2026-04-15', endsOn: '2026-05-15' }, { startsOn: '2026-05-01', endsOn: '2026-05-31' }), pick({ startsOn: '2026-05-31', endsOn: '2026-05-01' }, { startsOn: '2026-06-01', endsOn: '2027-05-31' }));
const amount = pick({ is: 'money' as const, amount: { amount: '100.00', currency: 'GBP' } }, { is: 'people' as const, people: 3 });

const moves: { readonly [C in CommandName]: fc.Arbitrary<Commands[C]> } = {
  'open-agreement': fc.record({ ...beginning, value: money }, { requiredKeys: ['title', 'kind', 'pathway', 'route', 'raises'] }),
  'take-over-agreement': fc.record(
    { ...beginning, value: money, stage: someStage, from: fc.constant({ source: 'register', reference: 'C-17' }), provider: someProvider },
    { requiredKeys: ['title', 'kind', 'pathway', 'route', 'raises', 'stage', 'from'] },
  ),
  'request-gate': fc.record({ stage: mostly(fc.constant(here), someStage) }),
  'refuse-gate': fc.record({ stage: mostly(fc.constant(here), someStage), reason: words }),
  'return-to-stage': fc.record({ stage: someStage, reason: words }),
  hold: fc.record({ reason: words, until: day }, { requiredKeys: ['reason'] }),
  resume: fc.constant({}),
  cancel: fc.record({ reason: words }),
  'record-notice': fc.record({
    notice: fc.record({ source: words, reference: words, tags: fc.constant(['award']), publishedOn: fc.constant(null), version: fc.constant('a'.repeat(64)), proves: someStage }),
  }),
  'amend-facts': fc.record({ facts: mostly(someFacts, fc.record({ 'contract-period': fc.record({ startsOn: day, endsOn: day }), 'award-notice-published': day })) }),
  'record-what-people-do': fc.record({
    activity: ids(100),
    group: words,
    does: words,
    people: fc.integer({ min: 0, max: 3 }),
    hoursAWeek: fc.nat({ max: 40 }),
    dependsOnIt: words,
    needs: words,
    onRecord: pick(...recordWishes),
  }),
  'take-off-record': fc.record({ activity: ids(100) }),
  'record-asked-what-people-do': fc.record({ group: mostly(fc.constant('diners'), words), answer: pick(...unrecordedAnswers), source: words }),
  'record-stages-that-matter': fc.record({ group: words, stages: fc.uniqueArray(mostly(pick('mandate', 'design', 'award'), someStage), { maxLength: 2 }) }),
  'plan-involvement': fc.record({
    stage: mostly(fc.constant(here), someStage),
    mode: pick(...modes),
    subTypes: mostly(fc.constant([]), pick('co-planning', 'co-managing').map((part) => [part])),
    say: pick(0, 1, 2, 3, 4),
    do: pick(0, 1, 2, 3),
    groups: mostly(fc.constant(['diners']), fc.constant([])),
    method: words,
    people: fc.nat({ max: 2 }),
    resources: pick({ is: 'budget', amount: { amount: '500.00', currency: 'GBP' } }, { is: 'nothing-needed', group: 'diners', because: 'x' }, { is: 'not-yet' }),
    accessCosts: pick({ is: 'budget', amount: { amount: '50.00', currency: 'GBP' } }, { is: 'nothing-needed', group: 'diners', because: 'x' }, { is: 'not-yet' }),
  }),
  'plan-activity': fc.record({
    activity: ids(110),
    stage: mostly(fc.constant(here), someStage),
    title: words,
    groups: fc.constant(['diners']),
    right: pick(...decisionRights),
    ledBy: pick(...leaders),
    closesOn: mostly(fc.constant('2026-09-01'), day),
  }),
  'void-activity': fc.record({ activity: known(ids(110)), reason: words }),
  'record-attendance': fc.record({ activity: known(ids(110)), participants: fc.uniqueArray(pseudonym, { minLength: 1, maxLength: 2 }), on: happenedOn }),
  'record-effort': fc.record({ activity: known(ids(110)), participant: pseudonym, hours: mostly(pick(1, 2.5), fc.constant(30)), on: happenedOn }),
  'record-joint-decision': fc.record({ activity: known(ids(110)), decided: words, on: happenedOn }),
  'record-could-it-change': fc.record({ activity: known(ids(110)), participant: known(pseudonym), answer: pick(...changeAnswers) }),
  'invite-participant': fc.record({ invitation: ids(120, 6), activity: known(ids(110)), participant: pseudonym, answerBy: mostly(fc.constant('2026-08-01'), day) }),
  'accept-invitation': fc.record({ invitation: known(ids(120, 6)), participant: known(pseudonym) }),
  'decline-invitation': fc.record({ invitation: known(ids(120, 6)), participant: known(pseudonym) }),
  'record-nobody-wished': fc.record({ stage: mostly(fc.constant(here), someStage), group: fc.constant('diners'), offered: pick(...decisionRights), source: words }),
  'choose-ask-budget': fc.record({ participant: pseudonym, asksPerYear: fc.nat({ max: 3 }) }),
  'choose-interests': fc.record({ participant: pseudonym, themes: fc.constant([]), modes: mostly(fc.constant([]), pick('co-design', 'co-delivery').map((mode) => [mode])) }),
  'record-vote': fc.record({
    activity: known(ids(110)),
    vote: ids(170),
    question: words,
    options: mostly(fc.constant([{ option: 'x', votes: 3 }, { option: 'y', votes: 2 }]), fc.constant([{ option: 'x', votes: 0 }])),
    on: happenedOn,
  }),
  'carry-over': fc.record({ carried: ids(180), from: mostly(fc.constant(elsewhere), fc.constant(id(99))), fromStage: mostly(fc.constant('design'), someStage), stage: mostly(fc.constant(here), someStage), why: words }),
  'answer-carry-over': fc.record({ carried: known(ids(180)), answer: pick(...carriedOverAnswers) }),
  'issue-information': fc.record({ pack: ids(190), activity: known(ids(110)), title: words, document, forms: mostly(fc.constant(['easy-read' as const]), fc.constant([])), changed: mostly(fc.constant('Page 3'), fc.constant('')) }),
  'record-information-given': fc.record({ pack: known(ids(190)), version: pick(1, 1, 2), participants: fc.uniqueArray(pseudonym, { minLength: 1, maxLength: 2 }), on: mostly(fc.constant(here), day) }),
  'record-benefits-advice': fc.record({ participant: known(pseudonym), on: happenedOn, source: words, taken: fc.boolean() }),
  'offer-payment': fc.record({ offer: ids(200, 6), activity: known(ids(110)), participant: known(pseudonym), amount: mostly(fc.constant('20.00'), fc.constant('0.00')).map((amount) => ({ amount, currency: 'GBP' })) }),
  'answer-payment-offer': fc.record({
    offer: known(ids(200, 6)),
    participant: known(pseudonym),
    answer: pick({ is: 'accepted' }, { is: 'declined' }, { is: 'to-a-charity', charity: 'x' }, { is: 'reduced', amount: { amount: '5.00', currency: 'GBP' } }, { is: 'reduced', amount: { amount: '50.00', currency: 'GBP' } }),
  }),
  'record-dissent': fc.record({ dissent: ids(210), dissenter: mostly(pseudonym, someone), from: pick(...dissentsFrom), words: pseudonym.map((subject) => ({ subject, sealed: 'x' })) }),
  'record-no-dissent': fc.record({ source: words }),
  'record-proxy-entry': fc.record({ entry: known(ids(130, 6)), onBehalfOf: known(pseudonym), confirmed: pick(...proxyConfirmations), on: happenedOn }),

  'record-contribution': fc.record({
    contribution: ids(130, 6),
    activity: known(ids(110)),
    author: pseudonym,
    text: pseudonym.map((subject) => ({ subject, sealed: 'x' })),
    givenOn: happenedOn,
    kind: mostly(pick('view', 'view', 'view', 'safeguarding-concern'), pick(...contributionKinds)),
    seenBy: pick(...seenByChoices),
  }),
  'triage-contribution': fc.record({ contribution: known(ids(130, 6)), kind: mostly(pick('complaint', 'view'), pick(...contributionKinds)) }),
  'pass-on-concern': fc.record({ concern: known(ids(130, 6)) }),
  'choose-who-sees': fc.record({ contribution: known(ids(130, 6)), author: known(pseudonym), seenBy: pick(...seenByChoices) }),
  'note-late-entries': fc.record({ contributions: known(ids(130, 6)).map((contribution) => [contribution]) }),
  'create-theme': fc.record({ theme: ids(140), title: words }),
  'put-in-theme': fc.record({ theme: known(ids(140)), contributions: known(ids(130, 6)).map((contribution) => [contribution]) }),
  'answer-theme': fc.record({
    theme: known(ids(140)),
    response: pick({ outcome: 'adopted', reasons: 'x', changed: 'x' }, { outcome: 'not-adopted', reasons: 'x' }, { outcome: 'deferred', reasons: 'x' }),
  }),
  'ask-for-own-answer': fc.record({ contribution: known(ids(130, 6)), author: known(pseudonym) }),
  'answer-contribution': fc.record({ contribution: known(ids(130, 6)), response: pick({ outcome: 'not-adopted', reasons: 'x' }, { outcome: 'deferred', reasons: 'x' }) }),
  'rate-answer': fc.record({ answer: known(ids(140)), participant: known(pseudonym), rating: mostly(pick(1, 2, 4, 5), fc.constant(6)) }),
  'check-answer': fc.record({ contribution: known(ids(130, 6)), finding: pick('fits', 'does-not-fit') }),
  'record-feedback': fc.record({ participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes) }),
  'tell-what-came-of-it': fc.record({ participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes) }),
  'record-whether-heard': fc.record({ activity: known(ids(110)), participant: known(pseudonym), heard: pick(...heardAnswers), askedBefore: fc.boolean() }),

  'make-commitment': fc.record({ commitment: ids(170, 6), what: words, by: mostly(fc.constant('2026-09-01'), day), theme: known(ids(140)) }, { requiredKeys: ['commitment', 'what', 'by'] }),
  'keep-commitment': fc.record({ commitment: known(ids(170)), how: words }),
  'break-commitment': fc.record({ commitment: known(ids(170)), reasons: words }),
  'reverse-answer': fc.record({ theme: known(ids(140)), reasons: words }),
  'tell-of-reversal': fc.record({ theme: known(ids(140)), participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes) }),
  'carry-on': fc.record({ from: mostly(fc.constant(earlier), fc.constant(id(99))) }),

  'raise-risk': fc.record({ risk: ids(150), title: words, bearers: fc.uniqueArray(bearer, { minLength: 1, maxLength: 2 }), owner: mostly(pick(people.approver, people.colleague), fc.constant(id(99))), domain, scores, levels, reviewOn: mostly(fc.constant('2027-06-01'), day) }, { requiredKeys: ['risk', 'title', 'bearers', 'owner', 'domain', 'scores', 'levels'] }),
  'rescore-risk': fc.record({ risk: known(ids(150)), scores, reason: words }),
  'review-risk': fc.record({ risk: known(ids(150)), levels, reviewOn: mostly(fc.constant('2027-06-01'), day), reason: words }),
  'close-risk': fc.record({ risk: known(ids(150)), reason: words }),
  'acknowledge-risk': fc.record({ risk: known(ids(150)), says: words }),
  'raise-opportunity': fc.record({ opportunity: ids(220), title: words, domain, gains: fc.uniqueArray(bearer, { maxLength: 2 }), owner: mostly(someone, fc.constant(id(99))), score: scoreGiven }),
  'rescore-opportunity': fc.record({ opportunity: known(ids(220)), score: scoreGiven, reason: words }),
  'close-opportunity': fc.record({ opportunity: known(ids(220)), outcome: pick(...opportunityOutcomes), reason: words }),
  'add-control': fc.record({ control: ids(230), risk: known(ids(150)), title: words, kind: pick(...controlKindNames), owner: mostly(someone, fc.constant(id(99))) }),
  'record-control-proof': fc.record({ control: known(ids(230)), on: happenedOn, finding: pick(...controlFindings), shows: words }),
  'end-control': fc.record({ control: known(ids(230)), reason: words }),
  'record-incident': fc.record({ incident: ids(240), risk: known(ids(150)), happened: words, on: happenedOn, harm: pick(...harms), done: words }, { requiredKeys: ['incident', 'happened', 'on', 'harm', 'done'] }),
  'answer-risk-prompt': fc.record({ prompt: pick(...riskPromptNames), answer: fc.oneof(fc.record({ is: fc.constant('named' as const), risk: ids(150) }), fc.record({ is: fc.constant('does-not-arise' as const), because: words })) }),
  'convene-risk-panel': fc.record({
    panel: ids(250),
    chair: mostly(pick(people.commissioner, people.colleague), fc.constant(id(99))),
    members: mostly(fc.constant([{ of: 'carers' as const, member: id(80) }, { of: 'provider' as const, member: id(81) }]), fc.constant([{ of: 'commissioner' as const, member: id(80) }])),
  }),
  'record-panel-advice': fc.record({
    advice: ids(260), panel: known(ids(250)), risks: known(ids(150)).map((risk) => [risk]), says: words, inFavour: mostly(fc.constant(1), fc.constant(9)), against: mostly(fc.constant(1), fc.constant(0)), dissent: mostly(fc.constant('x'), fc.constant('')), on: happenedOn,
  }),
  'answer-panel-advice': fc.record({ advice: known(ids(260)), outcome: pick(...adviceOutcomes), reasons: words }),
  'seek-statement': fc.record({ statement: ids(160), group: bearer, of: mostly(fc.constant('advocate' as const), fc.constant('staff' as const)), form: pick(...accessibleForms), because: words, advocacyOffered: mostly(fc.constant(true), fc.constant(false)) }),
  'record-statement': fc.record({ statement: known(ids(160)), view: mostly(fc.constant('object' as const), pick(...views)), spokenBy: pseudonym, words: fc.constant({ subject: id(80), sealed: 'x' }) }),
  'reply-to-objection': fc.record({ statement: known(ids(160)), reply: words, secondPerson: mostly(fc.constant(people.colleague), someone) }),

  'second-reply': fc.record({ statement: known(ids(160)) }),

  'declare-conflict': fc.record({ person: fc.constant(here), role: mostly(fc.constant('approver' as const), pick(...roles)), interest: mostly(fc.constant('other' as const), pick(...interests)), about: fc.constant({ subject: id(0), sealed: 'x' }) }),
  'declare-no-conflict': fc.record({ person: mostly(fc.constant(here), someone), role: pick('commissioner', 'approver', 'decision-maker') }),
  'request-sign-off': fc.record(
    {
      signOff: ids(50, 8),
      kind: mostly(fc.constant('approval' as const), fc.constant('acceptance' as const)),
      discipline: mostly(fc.constant('finance' as const), pick(...disciplines)),
      of: pick(...acceptingParties),
      panel: fc.record({ of: fc.uniqueArray(someone, { minLength: 1, maxLength: 3 }), quorum: pick({ is: 'at-least', least: 2 }, { is: 'percent', percent: 60 }, { is: 'in-order' }), veto: fc.uniqueArray(someone, { maxLength: 1 }) }),
    },
    { requiredKeys: ['signOff', 'kind', 'discipline'] },
  ).map(({ of, panel, ...rest }) => ({ ...rest, ...(rest.kind === 'acceptance' && of !== undefined && { of }), ...(rest.kind === 'approval' && panel !== undefined && panel.of.length > 2 && { panel }) })),
  'sign-off': fc.record(
    {
      signOff: mostly(fc.constant(awaited), ids(50, 8)),
      versionRead: version,
      outcome: mostly(
        fc.record({ is: fc.constant('granted' as const), conditions: fc.array(fc.record({ what: words, dueOn: mostly(someDay, day) }), { maxLength: 1 }), expiresOn: someDay }, { requiredKeys: ['is', 'conditions'] }),
        fc.record({ is: fc.constant('refused' as const), reason: words }),
      ),
    },
  ),
  'second-sign-off': fc.record({ signOff: mostly(fc.constant(unread), ids(50, 8)) }),
  'meet-sign-off-condition': fc.record({ signOff: mostly(fc.constant(conditional), ids(50, 8)), condition: mostly(fc.constant(1), fc.constant(9)), how: words }),
  'renew-sign-off': fc.record({ signOff: mostly(fc.constant(lasting), ids(50, 8)), versionRead: version, expiresOn: mostly(fc.constant('2027-01-01'), day), review: document }),
  'withdraw-sign-off': fc.record({ signOff: ids(50, 8), reason: words }),
  'record-decision': fc.record({
    decision: ids(60, 20),
    decidedBy: fc.constant({ kind: 'officer' as const, delegation: '3.4' }),
    scheme: words,
    key: mostly(fc.constant({ is: 'not-key' as const }), fc.record({ is: fc.constant('key' as const), announcedOn: day, notice: pick('full', 'general-exception', 'special-urgency') })),
    callIn: fc.oneof(fc.constant({ is: 'not-open' as const }), fc.constant({ is: 'open' as const, until: '2026-06-01' })),
    decidedOn: mostly(fc.constant('2026-06-01'), day),
    inForceFrom: mostly(fc.constant('2026-06-02'), day),
    weighed: words,
    versionRead: version,
  }),
  'call-in-decision': fc.record({ decision: known(ids(60, 20)), reason: words, on: happenedOn }),
  'conclude-call-in': fc.record({
    decision: known(ids(60, 20)),
    outcome: pick({ is: 'stands' as const, inForceFrom: '2026-06-20' }, { is: 'taken-anew' as const }),
    on: happenedOn,
    reasons: words,
  }),
  'open-consultation': fc.record({ consultation: ids(170), proposal: words, reasons: words, options: fc.constant(['x']), opensOn: mostly(fc.constant('2026-05-01'), day), closesOn: pick('2026-05-28', '2026-05-28', '2026-06-20') }),
  'extend-consultation': fc.record({ consultation: known(ids(170)), closesOn: mostly(fc.constant('2026-09-01'), day) }),
  'answer-for-consultation': fc.record({ consultation: known(ids(170)), rule: pick(...consultationRuleNames), words }),
  'consider-consultation': fc.record({ consultation: known(ids(170)), responses: fc.nat({ max: 3 }), summary: words, on: happenedOn }),
  'record-challenge': fc.record({ challenge: ids(180), kind: mostly(pick('proceedings', 'complaint'), fc.constant('representation' as const)), from: words, about: words, receivedOn: happenedOn }),
  'conclude-challenge': fc.record({ challenge: known(ids(180)), outcome: pick(...challengeOutcomes), reasons: words, on: happenedOn }),
  'set-kpi': fc.record({
    kpi: ids(300), title: words, definition: words, unit: mostly(fc.constant('percent' as const), fc.constant('number' as const)), target: pick({ is: 'at-least', value: 90 }, { is: 'at-least', value: 90 }, { is: 'at-most', value: 120 }),
    writtenBy: mostly(fc.constant({ is: 'staff' as const }), fc.constant({ is: 'theme' as const, theme: id(99) })), measures: mostly(fc.constant([]), fc.constant([id(99)])),
  }),
  'record-observation': fc.record({ observation: ids(310, 9), kpi: known(ids(300)), period: told, value: pick(96, 80, 130), source: words }),
  'record-finding': fc.record({ finding: ids(320, 9), kpi: known(ids(300)), period: told, question: words, method: words, answers: pick(34, 34, 4, 0), value: pick(71, 71, 95, null) }),
  'discuss-difference': fc.record({ finding: known(ids(320, 9)), on: mostly(fc.constant('2026-06-01'), day), by: words, follows: words }),
  'agree-obligation': fc.record({ obligation: ids(330), what: words, due: pick({ is: 'once', on: '2026-06-01' }, { is: 'each', months: 1, from: '2026-01-31' }), evidence: words }),
  'meet-obligation': fc.record({ obligation: known(ids(330)), on: happenedOn, evidence: document }),
  'begin-cycle': fc.record({ cycle: ids(340), period: told }),
  'end-cycle': fc.record({ cycle: known(ids(340)), on: happenedOn }),
  'hold-review-meeting': fc.record({ meeting: ids(350), on: happenedOn, present: words, minutes: document }),
  'agree-action': fc.record({ action: ids(360), meeting: known(ids(350)), what: words, owner: mostly(someone, fc.constant(id(99))), dueOn: mostly(fc.constant('2026-07-01'), day) }),
  'complete-action': fc.record({ action: known(ids(360)), how: words, on: happenedOn }),
  'raise-provider-concern': fc.record({ concern: ids(370), provider: someProvider, about: words, raisedOn: happenedOn }),
  'answer-provider-concern': fc.record({ concern: known(ids(370)), answer: words, on: mostly(pick('2026-06-01', '2026-06-03'), day) }),
  'propose-variation': fc.record({
    variation: ids(380, 6), what: words, why: words, touches: fc.oneof(fc.constant([here]), fc.constant([])),
    to: pick({ is: 'specification', specification: { reference: 'DMS/9', title: 'x' } }, { is: 'terms' }, { is: 'terms' }, { is: 'specification', specification: { reference: 'DMS/9', title: 'x' } }, { is: 'longer', endsOn: '2030-01-01' }, { is: 'period', startsOn: '2026-01-01', endsOn: '2026-12-31' }, { is: 'value', value: { amount: '9500.00', currency: 'GBP' } }),
  }),
  'record-asked-again': fc.record({ variation: known(ids(380)), theme: known(ids(140)), activity: known(ids(110)), said: words }),
  'record-not-asked-again': fc.record({ variation: known(ids(380)), themes: mostly(fc.constant([here]), fc.constant([id(140)])), why: words }),
  'test-modification': fc.record({ variation: known(ids(380)), ground: mostly(fc.constant('small'), fc.constant('none')), confirmed: mostly(fc.constant(true), fc.constant(false)), why: words }),
  'decide-variation': fc.record({ variation: known(ids(380)), outcome: pick('agreed', 'agreed', 'refused'), decidedBy: fc.constant({ kind: 'officer' as const, delegation: '3.4' }), decidedOn: happenedOn, inForceFrom: mostly(fc.constant('2026-06-03'), day), reasons: words }),
  'carry-out-variation': fc.record({ variation: known(ids(380)) }),
  'plan-exit': fc.record({ plan: document, lastDay: pick('2030-01-01', '2030-02-01'), people: pick(0, 10) }),
  'name-outcome': fc.record({ outcome: ids(390, 2), activity: words, change: words, title: words }),
  'link-outcome': fc.record({
    link: ids(400, 4), outcome: known(ids(390)), step: pick('activity-to-change', 'change-to-outcome'), indicator: words, unit: fc.constant('number' as const), holder: words, baseline: fc.constant(10),
    target: pick(5, 5, 20, 10), comparison: words, visibleFrom: pick('2026-05-01', '2027-12-01'),
  }),
  'record-measurement': fc.record({ measurement: ids(410, 9), link: known(ids(400)), on: happenedOn, value: fc.integer({ min: 0, max: 20 }), source: words }),
  'answer-plain-questions': fc.record({
    outcome: known(ids(390)), viewer: pick('users', 'provider', 'commissioner'), people: mostly(fc.constant(12), fc.constant(0)), on: happenedOn,
    better: pick('yes', 'partly', 'no', 'cannot-say'), becauseOfThis: pick('yes', 'no'), worthIt: pick('yes', 'no'),
  }),
  'name-benefit': fc.record({
    benefit: ids(420, 6), outcome: known(ids(390)), what: words, kind: pick('saving', 'better-lives', 'avoided-cost'), from: pick('agency-spending', 'staff-time', 'what-people-gain', 'hours-of-citizens'), whoGains: pick('carers', 'commissioner'),
    expected: amount, comparison: words,
  }),
  'observe-benefit': fc.record({ benefit: known(ids(420)), observed: amount, against: words, on: happenedOn, source: words }),
  'record-cost': fc.record({ cost: ids(430, 6), outcome: known(ids(390)), period: told, spent: money, units: fc.nat({ max: 3 }), hours: fc.nat({ max: 30 }) }),
  'record-hours-wanted': fc.record({ cost: known(ids(430, 6)), wanted: fc.nat({ max: 2 }), ratherNot: fc.nat({ max: 2 }), on: happenedOn }),
  'record-published-notice': fc.record({ notice: mostly(fc.constant('UK4'), words), publishedOn: happenedOn, reference: words }),
  'invite-provider': fc.record({ provider: someProvider }),
  'propose-award': fc.record({ provider: someProvider, value: money }),
  'propose-lots': fc.record({
    lots: mostly(
      fc.uniqueArray(fc.record({ agreement: ids(220, 4), lot: pick('North', 'South'), title: words, value: money, lead: someProvider, members: mostly(fc.constant([]), fc.constant([otherProvider])), subcontractors: mostly(fc.constant([]), fc.constant([id(99)])) }), { minLength: 1, maxLength: 3, selector: ({ agreement }) => agreement }),
      fc.constant([]),
    ),
  }),
  split: fc.record({ agreements: mostly(fc.constant([]), fc.constant([{ agreement: id(99), commitments: [] }])) }),
  'call-off': fc.record({ child: ids(230, 12), title: words, ...beneath }),
  'place-people': fc.record({ child: ids(230, 12), people: fc.integer({ min: 1, max: 9 }), rate: fc.constant({ amount: '21.50', currency: 'GBP' }), per: fc.constant('hour' as const), ...beneath }),
  'link-agreement': fc.record({ to: mostly(pick(earlier, elsewhere), fc.constant(id(99))), as: pick('renews', 'replaces') }),
  'publish-award-notice': fc.record({ publishedOn: mostly(fc.constant('2026-06-01'), day), reference: words }),
  'accept-award': fc.record({ versionRead: version }),

  'ask-waiver': fc.record({
    waiver: ids(170, 8), condition: mostly(fc.constant(lacking), pick(...codes)), planned: words, offered: words, whyNot: words, instead: words,
    insteadBy: mostly(fc.constant('2027-06-01'), day), expiresOn: mostly(fc.constant('2027-06-01'), day),
  }),
  'give-view-on-waiver': fc.record({ waiver: known(ids(170, 8)), view: pick(...viewsOnWaiver), spokenBy: pseudonym, words: fc.constant({ subject: id(80), sealed: 'x' }) }),
  'waive-condition': fc.record({ waiver: known(ids(170, 8)) }),
  'refuse-waiver': fc.record({ waiver: known(ids(170, 8)), reason: words }),
  'review-waiver': fc.record({ waiver: known(ids(170, 8)), says: words }),

  'propose-condition': fc.record({
    condition: ids(180, 8), code: mostly(fc.constant(lackingAssurance), pick(...codes)), discipline: mostly(pick('finance', 'sponsor'), pick(...disciplines)), what: words,
    dueOn: mostly(pick('2026-06-20', '2027-06-01'), day),
  }),
  'agree-condition': fc.record({ condition: known(ids(180, 8)) }),
  'agree-condition-for-discipline': fc.record({ condition: known(ids(180, 8)) }),
  'refuse-condition': fc.record({ condition: known(ids(180, 8)), reason: words }),
  'renew-condition': fc.record({ condition: known(ids(180, 8)), dueOn: mostly(fc.constant('2028-06-01'), day), reason: words }),

  'record-urgency': fc.record({ ground: mostly(fc.constant('danger'), fc.constant('haste')), why: words, startsOn: mostly(fc.constant('2027-06-01'), day), registration: fc.constant({ is: 'not-regulated' as const }) }),
  'record-late-by-us': fc.record({ reason: words, knownSince: day }),

  'migrate-pathway': fc.record(
    { pathway: fc.constantFrom(2, 2, 2, 1, 3).map((version) => ({ id: 'lunch-club', version })), stage: mostly(pick('plan', 'mandate'), someStage) },
    { requiredKeys: ['pathway'] },
  ),
};

/** Another agreement of the same place and theme, in which somebody took part. */
const thereBefore = given(held(panel), came(panel, ada)).did('amend-facts', { facts: { place: 'x', theme: 'x' } }).agreement;

interface Move {
  readonly name: CommandName;
  readonly body: object;
  readonly who: Who;
  /** Days that pass before it. */
  readonly days: number;
}

const passing = mostly(fc.constant(0), fc.integer({ min: 1, max: 12 }));
const anyone = pick(...(Object.keys(people) as Who[]));
/** Who usually does what the commissioner does not. */
const usually: { readonly [C in CommandName]?: readonly Who[] } = {
  'take-over-agreement': ['importer'],
  cancel: ['commissioner', 'colleague', 'approver'],
  'declare-conflict': ['approver'],
  'note-late-entries': ['decisionMaker'],
  'check-answer': ['colleague', 'colleague', 'commissioner'],
  'sign-off': ['approver', 'approver', 'colleague', 'commissioner'],
  'second-reply': ['colleague'],
  'second-sign-off': ['decisionMaker', 'decisionMaker', 'approver', 'colleague'],
  'renew-sign-off': ['approver', 'approver', 'colleague'],
  'withdraw-sign-off': ['commissioner', 'approver'],
  'record-decision': ['decisionMaker', 'decisionMaker', 'colleague', 'commissioner'],
  'reply-to-objection': ['decisionMaker'],
  'acknowledge-risk': ['decisionMaker', 'outsider'],
  'answer-panel-advice': ['decisionMaker'],
  'answer-carry-over': ['representative'],
  'call-in-decision': ['member'],
  'conclude-call-in': ['decisionMaker'],
  'accept-award': ['signatory', 'signatory', 'otherSignatory'],
  'refuse-gate': ['decisionMaker', 'outsider'],
  'give-view-on-waiver': ['outsider', 'outsider', 'commissioner'],
  'waive-condition': ['outsider', 'outsider', 'decisionMaker', 'colleague'],
  'refuse-waiver': ['outsider'],
  'review-waiver': ['outsider'],
  'decide-variation': ['decisionMaker', 'decisionMaker', 'commissioner'],
  'raise-provider-concern': ['signatory', 'signatory', 'commissioner'],
  'agree-condition': ['decisionMaker', 'decisionMaker', 'colleague', 'approver'],
  'agree-condition-for-discipline': ['approver', 'approver', 'colleague'],
  'refuse-condition': ['decisionMaker'],
  'migrate-pathway': ['outsider'],
};
const moveOf = (name: CommandName): fc.Arbitrary<Move> =>
  fc.record({
    name: fc.constant(name),
    body: moves[name] as fc.Arbitrary<object>,
    who: mostly(pick(...(usually[name] ?? (['commissioner', 'commissioner', 'colleague'] as const))), anyone),
    days: passing,
  });
// What ends a history is rare, what carries it on is common.
const weights: { readonly [C in CommandName]?: number } = {
  cancel: 2,
  'open-consultation': 6,
  'extend-consultation': 30,
  'consider-consultation': 40,
  'call-in-decision': 40,
  'conclude-call-in': 40,
  hold: 3,
  'open-agreement': 3,
  'take-over-agreement': 3,
  'declare-conflict': 10,
  resume: 40,
  'withdraw-sign-off': 40,
  'accept-invitation': 40,
  'plan-activity': 80,
  'record-attendance': 60,
  'carry-over': 60,
  'answer-payment-offer': 200,
  'offer-payment': 80,
  'record-benefits-advice': 60,
  'record-feedback': 40,
  'request-gate': 60,
  'sign-off': 60,
  'second-sign-off': 120,
  'second-reply': 120,
  'meet-sign-off-condition': 60,
  'renew-sign-off': 40,
  'answer-carry-over': 100,
  'record-statement': 60,
  'reply-to-objection': 90,
  'acknowledge-risk': 60,
  'record-panel-advice': 60,
  'answer-panel-advice': 60,
  'seek-statement': 40,
  'publish-award-notice': 60,
  'refuse-gate': 5,
  'refuse-waiver': 4,
  'refuse-condition': 4,
  'migrate-pathway': 4,
  'record-late-by-us': 4,
  'accept-award': 120,
  'propose-award': 40,
  'record-decision': 40,
};
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
  'make-commitment', 'keep-commitment', 'break-commitment', 'reverse-answer', 'tell-of-reversal', 'carry-on',
] as const satisfies CommandName[];
const anEvening = moveOf('plan-activity').map((move): Move => ({ ...move, who: 'commissioner', body: { ...move.body, stage: here, closesOn: '2026-06-01' } }));
const begunLedger = fc.tuple(beginningMove, anEvening, ...(['record-contribution', 'create-theme', 'put-in-theme', 'answer-theme'] as const).map(moveOf));
const historyOfTheLedger = fc
  .tuple(begunLedger, fc.array(fc.oneof(...ledger.map(moveOf)), { minLength: 40, maxLength: 120 }))
  .map(([first, rest]) => [...first, ...rest]);
const history = fc.oneof({ arbitrary: anyHistory, weight: 3 }, { arbitrary: historyOfTheLedger, weight: 1 });

const uses: readonly ConditionUse[] = [
  ...pathwayAsking(
    { code: 'facts.present', parameters: { facts: ['place', 'value'] } },
    { code: 'conflicts.declared', parameters: { roles: ['commissioner'] } },
    { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } },
    { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'acceptance', discipline: 'sponsor' }] } },
    { code: 'sign-offs.conditions-met', parameters: {} },
    { code: 'decision.in-force', parameters: {} },
    { code: 'standstill.over', parameters: {} },
    { code: 'challenges.closed', parameters: {} },
    { code: 'kpi.written-by-people', parameters: {} },
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
    { code: 'involvement.reversals-told', parameters: {} },
    { code: 'risk.three-way', parameters: { top: 2 } },
    { code: 'risk.statements-sought', parameters: { top: 2 } },
    { code: 'risk.prompts-answered', parameters: {} },
    { code: 'risk.escalated', parameters: {} },
    { code: 'risk.advice-answered', parameters: {} },
    { code: 'urgent.grounded', parameters: {} },
    { code: 'risk.objections-answered', parameters: {} },
  ).stages.flatMap(({ gate }) => gate.conditions),
];
const gateAsking = fc.subarray([...uses], { maxLength: 2 }).map((conditions) => ({ preliminary: false, conditions }));
const pathway: fc.Arbitrary<Pathway> = fc
  .tuple(gateAsking, gateAsking, gateAsking, gateAsking)
  .map((gates) => ({
    ...pathwayAsking(),
    grounds: [{ id: 'danger', regime: 'PA 2023' as const, says: 'People are in danger.', source: { cites: 'spec', mark: 'practice' as const } }],
    stages: (['mandate', 'design', 'award', 'delivery'] as const).map((stage, n) => ({ id: stage, title: stage, mode: 'none' as const, gate: gates[n]! })),
  }));

/** Version 2 of it knows `design` no more, and asks something between the case for change and the award. */
function secondVersion(first: Pathway): Pathway {
  const [mandate, design, award, delivery] = first.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
  return { ...first, version: 2, stages: [mandate, { ...design, id: 'plan' }, { ...design, id: 'route' }, award, delivery] };
}

// The same, of nothing but what may make an approval somebody's own, by those who hold every role.
const touchesOwnWork = ['amend-facts', 'declare-conflict', 'declare-no-conflict', 'request-sign-off', 'sign-off', 'invite-provider', 'propose-award', 'record-decision'] as const satisfies CommandName[];
const dutiesMove = fc
  .oneof(...touchesOwnWork.map((name) => ({ arbitrary: moveOf(name), weight: name === 'sign-off' ? 4 : name === 'declare-conflict' ? 1 : 2 })))
  .chain((move) => pick('colleague', 'colleague', 'approver', 'commissioner', 'decisionMaker').map((who): Move => ({ ...move, who })));
const historyOfDuties = fc.tuple(beginningMove, fc.array(dutiesMove, { minLength: 20, maxLength: 60 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what a gate may be passed by where it lacks something.
const excusing = [
  'request-gate', 'ask-waiver', 'give-view-on-waiver', 'waive-condition', 'refuse-waiver', 'review-waiver', 'propose-condition', 'agree-condition', 'agree-condition-for-discipline', 'refuse-condition',
  'renew-condition', 'refuse-gate', 'return-to-stage', 'migrate-pathway',
] as const satisfies CommandName[];
const excusingMove = fc.oneof(...excusing.map((name) => ({ arbitrary: moveOf(name), weight: /refuse|return|migrate/.test(name) ? 1 : 5 })));
const historyOfGates = fc.tuple(beginningMove, fc.array(excusingMove, { minLength: 30, maxLength: 80 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what a decision and an award come from, and what holds them up.
const deciding = [
  'invite-provider', 'propose-award', 'record-decision', 'call-in-decision', 'conclude-call-in', 'publish-award-notice', 'accept-award', 'open-consultation', 'extend-consultation',
  'answer-for-consultation', 'consider-consultation', 'record-challenge', 'conclude-challenge', 'record-published-notice',
] as const satisfies CommandName[];
const decidingMove = fc.oneof(...deciding.map((name) => ({ arbitrary: moveOf(name), weight: name === 'open-consultation' ? 1 : 5 })));
const historyOfDecisions = fc.tuple(beginningMove, fc.array(decidingMove, { minLength: 30, maxLength: 80 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what is delivered, varied and worth it, in an agreement that has a provider and adopted something.
const delivering = [
  'set-kpi', 'record-observation', 'record-finding', 'discuss-difference', 'agree-obligation', 'meet-obligation', 'begin-cycle',
  'end-cycle', 'hold-review-meeting', 'agree-action', 'complete-action', 'raise-provider-concern', 'answer-provider-concern', 'propose-variation',
  'record-asked-again', 'record-not-asked-again', 'test-modification', 'decide-variation', 'carry-out-variation', 'plan-exit', 'name-outcome', 'link-outcome',
  'record-measurement', 'answer-plain-questions', 'name-benefit', 'observe-benefit', 'record-cost', 'record-hours-wanted',
] as const satisfies CommandName[];
const withProvider = moveOf('take-over-agreement').map((move): Move => ({ ...move, who: 'importer', body: { ...move.body, stage: 'delivery', provider, kind: 'contract' } }));
const historyOfDelivery = fc
  .tuple(withProvider, begunLedger, moveOf('record-attendance'), fc.array(fc.oneof(...delivering.map(moveOf)), { minLength: 60, maxLength: 120 }))
  .map(([first, [, ...ledgerOfIt], attendance, rest]) => [first, ...ledgerOfIt, attendance, ...rest]);

// And of nothing but risks, what a panel advises on them, and what those who carry them say.
const speaking = [
  'raise-risk', 'rescore-risk', 'review-risk', 'acknowledge-risk', 'convene-risk-panel', 'record-panel-advice', 'answer-panel-advice', 'seek-statement', 'record-statement', 'reply-to-objection', 'second-reply',
] as const satisfies CommandName[];
const historyOfRisks = fc.tuple(beginningMove, fc.array(fc.oneof(...speaking.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but what keeps a risk down, what went wrong, and what may turn out better.
const keepingDown = [
  'raise-risk', 'review-risk', 'add-control', 'record-control-proof', 'end-control', 'record-incident', 'answer-risk-prompt', 'raise-opportunity', 'rescore-opportunity', 'close-opportunity',
] as const satisfies CommandName[];
const historyOfControls = fc.tuple(beginningMove, fc.array(fc.oneof(...keepingDown.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but whoever came, what they are offered for it, and who wrote for them.
const offering = ['record-attendance', 'record-could-it-change', 'record-joint-decision', 'record-benefits-advice', 'offer-payment', 'answer-payment-offer', 'record-contribution', 'record-proxy-entry'] as const satisfies CommandName[];
const historyOfOffers = fc.tuple(beginningMove, anEvening, fc.array(fc.oneof(...offering.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, evening, rest]) => [first, evening, ...rest]);

// And of nothing but sign-offs, what may put a second hat on whoever signs, and what follows.
const signing = [
  'raise-risk', 'declare-conflict', 'request-sign-off', 'sign-off', 'sign-off', 'sign-off', 'second-sign-off', 'meet-sign-off-condition', 'renew-sign-off', 'withdraw-sign-off',
] as const satisfies CommandName[];
const historyOfSignOffs = fc.tuple(beginningMove, fc.array(fc.oneof(...signing.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, rest]) => [first, ...rest]);

// And of nothing but how people are asked, told, and not asked twice.
const asking = ['plan-activity', 'invite-participant', 'accept-invitation', 'decline-invitation', 'issue-information', 'record-attendance', 'record-information-given', 'carry-over', 'answer-carry-over'] as const satisfies CommandName[];
const historyOfAsking = fc.tuple(beginningMove, anEvening, fc.array(fc.oneof(...asking.map(moveOf)), { minLength: 20, maxLength: 50 })).map(([first, evening, rest]) => [first, evening, ...rest]);

// And of nothing but what one agreement may come from another by, on a pathway whose third gate awards.
const trees = ['propose-lots', 'split', 'split', 'call-off', 'call-off', 'place-people', 'link-agreement', 'amend-facts', 'request-gate', 'record-decision', 'accept-award', 'hold', 'resume', 'return-to-stage', 'cancel'] as const satisfies CommandName[];
const treeMove = fc.oneof(...trees.map((name) => ({ arbitrary: moveOf(name), weight: /cancel|hold|return|amend/.test(name) ? 1 : 6 })));
const doing = (name: CommandName, body: object, who: Who = 'commissioner'): Move => ({ name, body, who, days: 0 });
const aLot = (n: number, lead: string) => ({ agreement: id(220 + n), lot: 'North', title: 'x', value: { amount: '300000.00', currency: 'GBP' }, lead, members: [], subcontractors: [] });
const toAward: readonly Move[] = [
  doing('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, value: { amount: '900000.00', currency: 'GBP' }, raises: [] }),
  doing('request-gate', { stage: here }),
  doing('request-gate', { stage: here }),
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
const historyOfTrees = fc.tuple(fc.boolean(), fc.array(treeMove, { minLength: 10, maxLength: 40 })).map(([through, rest]) => [...toAward, ...(through ? throughAward : []), ...rest]);
const treePathway: Pathway = (() => {
  const [asksNothing, accepts] = pathwayAsking({ code: 'provider.accepted', parameters: {} }).stages.map(({ gate }) => gate);
  return {
    ...pathwayAsking(),
    stages: (['mandate', 'design', 'award', 'delivery'] as const).map((stage) => ({ id: stage, title: stage, mode: 'none' as const, gate: (stage === 'award' ? accepts : asksNothing)! })),
  };
})();

/** One event with the world before and after it, and the person whose command it was. */
interface Step {
  readonly before: Scene;
  readonly event: AgreementEvent;
  readonly after: Scene;
  readonly who: Who;
}

/** Which of what was said a command is most likely about. */
const ledgerOf: { readonly [C in CommandName]?: (agreement: Agreement) => Contribution | undefined } = {
  'check-answer': ({ contributions }) => allById(contributions.contributions).find(({ checked }) => checked === 'due'),
  'answer-contribution': ({ contributions }) => allById(contributions.contributions).find(({ late, own }) => (own === null ? late : waits(own))),
  'note-late-entries': ({ contributions }) => allById(contributions.contributions).find(({ late, noted }) => late && !noted),
};

function themeFor(name: CommandName, { contributions: { themes } }: Agreement): Theme | undefined {
  if (name === 'tell-of-reversal') return themes.find(({ reversed }) => reversed !== null);
  if (name === 'rate-answer') return themes.findLast(({ response, contributions }) => response !== null && contributions.length > 0);
  if (name === 'reverse-answer') return themes.find(({ response }) => response?.outcome === 'adopted');
  return themes.find((theme) => waits(theme)) ?? themes.at(-1);
}

const authorIn = ({ contributions }: Agreement, theme: Theme | undefined) => oneById(contributions.contributions, theme?.contributions[0] ?? '')?.author;

/** The move with what stands now in place of what it leaves open. */
function standingNow(scene: Scene, { name, body, who }: Move): object {
  const { agreement, today } = scene;
  const unmet = (ofClass: string) => check(agreement, scene.context()).find((item) => item.class === ofClass && !item.met)?.code;
  const asked = (body as { signOff?: string }).signOff;
  const signOff = agreement.signOffs.find((each) => {
    switch (asked) {
      case awaited:
        return each.answer.is === awaited;
      case unread:
        return each.voices.some(({ second }) => second.is === awaited);
      case conditional:
        return openConditions(each).length > 0;
      case lasting:
        return each.answer.is === 'granted' && each.answer.expiresOn !== null;
      default:
        return each.id === asked;
    }
  });
  const subject: Subject = name === 'record-decision' ? 'decision' : name === 'accept-award' ? 'award' : (signOff?.discipline ?? 'finance');
  const { involvement, contributions, risk, statements } = agreement;
  const open = involvement.activities.filter(({ voided }) => !voided);
  const activity = (name === 'offer-payment' || name === 'record-benefits-advice' ? open.findLast(({ attended }) => attended.length > 0) : undefined) ?? open.at(-1);
  const invitation = involvement.invitations.find(({ answer }) => answer === 'awaited');
  const said = allById(contributions.contributions);
  const contribution = ledgerOf[name]?.(agreement) ?? said.at(-1);
  const theme = themeFor(name, agreement);
  const standing: Readonly<Record<string, string | undefined>> = {
    stage: agreement.stage,
    person: people[who],
    versionRead: agreement.content[subject],
    signOff: signOff?.id,
    activity: activity?.id,
    on: today,
    carried: agreement.carriedOver.find(({ answer, proposedBy }) => answer === 'awaited' && proposedBy !== people[who])?.id,
    pack: agreement.information[0]?.id,
    offer: agreement.payments[0]?.id,
    entry: contribution?.id,
    onBehalfOf: contribution?.author,
    invitation: invitation?.id,
    participant:
      name === 'rate-answer'
        ? authorIn(agreement, theme)
        : name === 'answer-payment-offer'
          ? agreement.payments[0]?.participant
          : name.startsWith('record-') || name === 'offer-payment' ? activity?.attended[0]?.participant : invitation?.participant,
    participants: name === 'tell-of-reversal' ? authorIn(agreement, theme) : name === 'tell-what-came-of-it' ? activity?.attended[0]?.participant : contribution?.author,
    contribution: contribution?.id,
    author: contribution?.author,
    concern: name === 'answer-provider-concern' ? agreement.providerConcerns.find(({ answered }) => answered === null)?.concern : contributions.concerns.find(({ passedOn }) => passedOn === null)?.id,
    answer: theme?.id,
    commitment: agreement.commitments.find(({ became }) => became.is === 'open')?.id,
    contributions: contribution?.id,
    theme: name === 'record-asked-again' ? contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id : theme?.id,
    decision: agreement.decision?.decision,
    consultation: agreement.consultations.find(({ considered }) => considered === null)?.consultation,
    kpi: agreement.kpis.kpis[0]?.kpi,
    finding: differencesOpen(agreement)[0]?.finding ?? agreement.kpis.findings[0]?.finding,
    obligation: agreement.delivery.obligations[0]?.obligation,
    cycle: agreement.delivery.cycles.find(({ endedOn }) => endedOn === null)?.cycle,
    meeting: agreement.reviews.meetings[0]?.meeting,
    action: agreement.reviews.actions.find(({ done }) => done === null)?.action,
    variation: agreement.variations.find(({ decided, carriedOut, test, touches, to }) => (name === 'carry-out-variation' ? decided?.outcome === 'agreed' && !carriedOut : decided === null && (name !== 'decide-variation' || test !== null) && (name !== 'record-asked-again' || touches.length > 0) && (name !== 'record-not-asked-again' || (to.is === 'specification' && touches.length === 0))))?.variation,
    themes: contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id,
    touches: contributions.themes.find(({ response }) => response?.outcome === 'adopted')?.id,
    outcome: agreement.outcomes[0]?.outcome,
    link: agreement.outcomes[0]?.links[0]?.link,
    benefit: agreement.value.benefits.find(({ seen }) => seen === null)?.benefit,
    cost: agreement.value.costs[0]?.cost,
    challenge: agreement.challenges.find(({ concluded }) => concluded === null)?.challenge,
    risk: (name === 'acknowledge-risk' ? unseenRisks(agreement, shippedRiskSettings)[0]?.risk : risk.find(({ closed }) => !closed))?.id,
    risks: risk[0]?.id,
    control: agreement.controls.find(({ ended }) => !ended)?.id,
    opportunity: agreement.opportunities.find(({ became }) => became === 'open')?.id,
    panel: agreement.riskPanels.panels.find(({ chair }) => chair === people[who])?.id,
    advice: agreement.riskPanels.advice.find(({ answer }) => answer === null)?.id,
    waiver: agreement.waivers.find(({ answer, review, view }) => (name === 'review-waiver' ? answer.is === 'waived' && review === null : answer.is === 'awaited' && (name !== 'waive-condition' || view !== null)))?.id,
    condition: name === 'ask-waiver' ? (unmet('involvement') ?? 'involvement.planned') : agreement.gateConditions.find(({ opened, terms }) => (name === 'renew-condition' ? opened && terms.length === 1 : terms.every(({ agreedBy, refused }) => !refused && Object.keys(agreedBy).length < 2) || (terms.length === 2 && Object.keys(terms[1]!.agreedBy).length < 2)))?.id,
    code: unmet('assurance') ?? 'facts.present',
    statement: statements.find(({ view, repliedTo, reply }) => (name === 'reply-to-objection' ? view === 'object' && reply === null : name === 'second-reply' ? reply !== null && !repliedTo : view === null))?.id,
  };
  const leftOpen: readonly unknown[] = [here, current, awaited, lacking, lackingAssurance, unread, conditional, lasting];
  if (name === 'split' && (body as Commands['split']).agreements.length === 0) {
    const promised = agreement.commitments.filter(({ became }) => became.is === 'open').map(({ id: commitment }) => commitment);
    return { agreements: (agreement.award.awarded?.lots ?? [{ agreement: id(99) }]).map((lot, at) => ({ agreement: lot.agreement, commitments: at === 0 ? promised : [] })) };
  }
  const settle = (field: string, value: unknown): unknown =>
    Array.isArray(value) ? value.map((each) => settle(field, each)) : leftOpen.includes(value) ? (standing[field] ?? id(99)) : value;
  return Object.fromEntries(Object.entries(body).map(([field, value]) => [field, settle(field, value)]));
}

function live(follows: Pathway, moves: readonly Move[], told?: (name: CommandName, answer: 'accepted' | 'refused') => void): readonly Step[] {
  const steps: Step[] = [];
  const versions = [follows, secondVersion(follows)];
  let scene = Scene.empty.following(follows).publishing(...versions).beside(earlier, earlierAgreement.agreement).beside(elsewhere, thereBefore);
  for (const move of moves) {
    scene = scene.on(addDays(scene.today, move.days));
    const decision = scene.when(move.name, standingNow(scene, move) as never, move.who);
    told?.(move.name, 'accepted' in decision ? 'accepted' : 'refused');
    for (const event of 'accepted' in decision ? decision.accepted : []) {
      const moved = event.type === 'concordat.agreement.pathway-migrated.v1' ? versions[event.data.pathway.version - 1]! : scene.pathway;
      const after = scene.after(event, move.who).following(moved);
      steps.push({ before: scene, event, after, who: move.who });
      scene = after;
    }
  }
  return steps;
}

const runs = { numRuns: 150 };

/** Why a gate may open without this, told from the events alone: a waiver somebody else gave, or a condition two others agreed to. */
function excused(past: readonly Step[], code: ConditionCode, stage: string): boolean {
  const since = past.findLastIndex(({ event }) => event.type === 'concordat.agreement.returned.v1' && event.data.undone.includes(stage));
  const standing = past.slice(since + 1);
  const by = (of: Step | undefined) => of && people[of.who];
  if (conditionVocabulary[code].class === 'involvement') {
    return standing.some(({ event, who }) => {
      if (event.type !== 'concordat.agreement.condition-waived.v1' || event.data.condition !== code || event.data.stage !== stage) return false;
      const asked = past.find((step) => step.event.type === 'concordat.agreement.waiver-asked.v1' && step.event.data.waiver === event.data.waiver);
      const viewed = past.some((step) => step.event.type === 'concordat.agreement.waiver-view-given.v1' && step.event.data.waiver === event.data.waiver);
      return viewed && by(asked) !== people[who];
    });
  }
  if (conditionVocabulary[code].class !== 'assurance') return false;
  return standing.some(({ event: proposed, who: proposer }) => {
    if (proposed.type !== 'concordat.agreement.condition-proposed.v1' || proposed.data.code !== code || proposed.data.stage !== stage) return false;
    const agreed = standing.flatMap(({ event, who }) => (event.type === 'concordat.agreement.condition-agreed.v1' && event.data.condition === proposed.data.condition ? [{ as: event.data.as, by: people[who] }] : []));
    const [maker, head] = [agreed.find(({ as }) => as === 'decision-maker')?.by, agreed.find(({ as }) => as === 'head-of-discipline')?.by];
    return maker !== undefined && head !== undefined && new Set([maker, head, people[proposer]]).size === 3;
  });
}

test('no history reaches a stage whose gate was shut: it opened on evidence, on a waiver, or on a condition that others agreed to', () => {
  fc.assert(
    fc.property(pathway, fc.oneof(history, historyOfGates), (follows, moves) => {
      // Between two events of one command the stage has not changed yet, so the gate is asked of the world before the first.
      const past: Step[] = [];
      for (const step of live(follows, moves)) {
        const { before, event, after } = step;
        const order = after.pathway.stages.map(({ id: stage }) => stage);
        const [from, to] = [order.indexOf(before.agreement.stage), order.indexOf(after.agreement.stage)];
        const begins = event.type === 'concordat.agreement.opened.v1' || event.type === 'concordat.agreement.taken-over.v1';
        const migrates = event.type === 'concordat.agreement.pathway-migrated.v1';
        const moved = to > from && !begins && !migrates;
        if (moved || event.type === 'concordat.agreement.closed.v1') {
          expect(moved ? to - from : 1).toBe(1);
          const asked = check(before.agreement, before.context());
          expect(asked.filter(({ met }) => !met)).toEqual([]);
          const lacking = asked.filter(({ missing }) => missing.length > 0);
          expect(lacking.filter(({ code }) => !excused(past, code, before.agreement.stage)).map(({ code }) => code)).toEqual([]);
        }
        if (migrates) {
          // It stands where it stood, or before everything of the old version that the new one kept and it had not passed.
          const kept = before.pathway.stages.filter(({ id: stage }) => !isEarlier(before.pathway, stage, before.agreement.stage) && order.includes(stage))[0]?.id;
          expect(order[to] === kept || kept === undefined || isEarlier(after.pathway, order[to]!, kept)).toBe(true);
        }
        const passed = order.slice(0, to).map((stage) => after.agreement.stages[stage]?.gate);
        const migrated = migrates || past.some(({ event: { type } }) => type === 'concordat.agreement.pathway-migrated.v1');
        const evidenced = ['opened', 'opened-with-conditions', 'not-evidenced', ...(migrated ? ['not-asked'] : [])];
        expect(passed.filter((gate) => !evidenced.includes(gate!))).toEqual([]);
        past.push(step);
      }
    }),
    { ...runs, numRuns: 200 },
  );
});

test('the parts of an agreement are never worth more than the whole, and what ends one part moves no other', () => {
  fc.assert(
    fc.property(historyOfTrees, (moves) => {
      const steps = live(treePathway, moves);
      for (const { after: { agreement, others } } of steps) {
        const whole = Number(agreement.facts.value?.value.amount ?? 0);
        const parts = childrenOf(agreement);
        const worth = parts.reduce((sum, { value }) => sum + Number(value.amount), 0);
        if (parts.length > 0) expect(worth).toBeLessThanOrEqual(whole);
        // A unit is all or nothing; between its events a part that is named may not have begun.
        const begun = parts.flatMap(({ id: child }) => others[child]?.tree.parent?.agreement ?? []);
        expect(begun.every((parent) => parent === agreement.id)).toBe(true);
      }
      const last = steps.at(-1)!.after;
      for (const { id: child } of childrenOf(last.agreement)) {
        const ended = last.inside(child).when('cancel', { reason: 'x' });
        // The whole may have what the part does not take again; no other part hears of it.
        expect('accepted' in ended ? ended.accepted.map(({ stream }) => stream).filter((stream) => stream !== agreementStream(agreementId)) : 'refused').toEqual([agreementStream(child)]);
      }
    }),
    { ...runs, numRuns: 100 },
  );
});

test('the state is the fold of its events, from the beginning and from any snapshot, and no replay throws', () => {
  fc.assert(
    fc.property(pathway, history, fc.nat(), (follows, moves, cut) => {
      const steps = live(follows, moves).filter(({ event }) => event.stream === agreementStream(agreementId));
      const fold = (from: Scene, some: readonly Step[]) => some.reduce((scene, { event, who, before }) => scene.on(before.today).after(event, who), from);
      const whole = fold(Scene.empty, steps).agreement;
      expect(whole).toEqual(steps.at(-1)?.after.agreement ?? initialAgreement);
      // A snapshot goes through JSON on its way to the database and back.
      const at = cut % (steps.length + 1);
      const snapshot = JSON.parse(JSON.stringify(fold(Scene.empty, steps.slice(0, at)).agreement)) as Agreement;
      const resumed = steps.slice(at).reduce(
        (agreement, { event, who, before }, n) =>
          evolve(agreement, { ...event, recordedAt: `${before.today}T09:00:00.000000Z`, version: at + n + 1, meta: { actor: people[who], command: 'spec', commandId: id(0), correlationId: id(0) } } as never),
        snapshot,
      );
      expect(resumed).toEqual(whole);
    }),
    runs,
  );
});

test('any events in any order fold without a fault', () => {
  fc.assert(
    fc.property(
      pathway,
      history,
      fc.infiniteStream(fc.nat({ max: 1_000 })),
      (follows, moves, chance) => {
        const shuffled = live(follows, moves).map((step) => ({ step, at: chance.next().value as number })).sort((a, b) => a.at - b.at);
        shuffled.reduce((scene, { step }) => scene.after(step.event, step.who), Scene.empty);
      },
    ),
    runs,
  );
});

test('no one approves or decides what is their own', () => {
  fc.assert(
    fc.property(pathway, fc.oneof(historyOfDuties, history), (follows, moves) => {
      const past: { readonly type: AgreementEventType; readonly data: never; readonly by: string }[] = [];
      // Told from the events alone, so that a fault in the state cannot hide a fault in the bars.
      const ofType = <T extends AgreementEventType>(type: T) => past.filter((event) => event.type === type) as unknown as { data: Events[T]; by: string }[];
      const lastAuthors = (): Map<string, { by: string; value: unknown }> => {
        const authors = new Map<string, { by: string; value: unknown }>();
        for (const { type, data, by } of past) {
          if (type !== 'concordat.agreement.facts-amended.v1' && type !== 'concordat.agreement.opened.v1' && type !== 'concordat.agreement.taken-over.v1') continue;
          for (const [fact, value] of Object.entries((data as Events['concordat.agreement.facts-amended.v1']).facts)) authors.set(fact, { by, value });
        }
        return authors;
      };
      const barred = (subject: Subject, requestedBy?: string): ReadonlySet<string | undefined> => {
        const facts = lastAuthors();
        const lastWords = new Map<string, boolean>();
        for (const { type, data } of past) {
          const { person, role, interest } = data as { person?: string; role?: string; interest?: string };
          if (type === 'concordat.agreement.conflict-declared.v1') lastWords.set(`${person} ${role}`, interest !== 'other' || subject === 'decision');
          if (type === 'concordat.agreement.no-conflict-declared.v1') lastWords.set(`${person} ${role}`, false);
        }
        const interested = [...lastWords].filter(([, interest]) => interest).map(([who]) => who.split(' ')[0]);
        const opener = [...ofType('concordat.agreement.opened.v1'), ...ofType('concordat.agreement.taken-over.v1')].map(({ by }) => by);
        const authors = material[subject].facts.map((fact) => facts.get(fact)?.by);
        const proposer = material[subject].award ? [ofType('concordat.agreement.award-proposed.v1').at(-1)?.by] : [];
        const giver = subject === 'sponsor' ? [] : [facts.get('sponsor')?.value as string | undefined];
        return new Set([...opener, requestedBy, ...authors, ...proposer, facts.get('lead')?.value as string | undefined, ...giver, ...interested]);
      };

      for (const { event, who } of live(follows, moves)) {
        const by = people[who];
        if (event.type === 'concordat.agreement.signed-off.v1' && event.data.outcome.is === 'granted') {
          const { signOff } = event.data;
          const asked = ofType('concordat.agreement.sign-off-requested.v1').filter(({ data }) => data.signOff === signOff).at(-1)!;
          if (asked.data.kind === 'approval') expect(barred(asked.data.discipline, asked.by).has(by)).toBe(false);
          expect(by.startsWith('system:')).toBe(false);
        }
        if (event.type === 'concordat.agreement.decision-recorded.v1') expect(barred('decision').has(by)).toBe(false);
        if (event.stream.startsWith('agreement-')) past.push({ type: event.type as AgreementEventType, data: event.data as never, by });
      }
    }),
    runs,
  );
});

test('every event fits the schema its type is published under', () => {
  // The spec's hash is readable text; a real one is 64 digits.
  const asStored = (data: unknown): unknown => JSON.parse(JSON.stringify(data, (_, value) => (typeof value === 'string' && value.startsWith('sha256(') ? 'a'.repeat(64) : value)));
  fc.assert(
    fc.property(pathway, history, (follows, moves) => {
      for (const { event } of live(follows, moves)) {
        const misfits = eventSchemas[event.type].safeParse(asStored(event.data)).error?.issues;
        expect([event.type, misfits]).toEqual([event.type, undefined]);
      }
    }),
    { numRuns: 80 },
  );
});

// A fixed seed, so that this says the same in every run; the properties above roam.
test('every command is accepted in some history and refused in another', () => {
  const passed = { 'on evidence': 0, 'on a waiver': 0, 'on a condition': 0, migrated: 0 };
  const told = new Map(commandNames.map((name) => [name, { accepted: 0, refused: 0 }]));
  for (const [follows, moves] of [...fc.sample(fc.tuple(pathway, fc.oneof({ arbitrary: history, weight: 3 }, { arbitrary: historyOfGates, weight: 1 }, { arbitrary: historyOfDecisions, weight: 1 }, { arbitrary: historyOfRisks, weight: 1 }, { arbitrary: historyOfDelivery, weight: 1 }, { arbitrary: historyOfControls, weight: 1 }, { arbitrary: historyOfOffers, weight: 1 }, { arbitrary: historyOfAsking, weight: 1 }, { arbitrary: historyOfSignOffs, weight: 1 })), { seed: 2026, numRuns: 1000 }), ...fc.sample(fc.tuple(fc.constant(treePathway), historyOfTrees), { seed: 2026, numRuns: 100 })]) {
    const steps = live(follows, moves, (name, answer) => (told.get(name)![answer] += 1));
    for (const { event } of steps) {
      if (event.type === 'concordat.agreement.pathway-migrated.v1') passed.migrated += 1;
      if (event.type !== 'concordat.agreement.gate-opened.v1') continue;
      const { waivers, onCondition } = event.data;
      if (waivers.length > 0) passed['on a waiver'] += 1;
      if (onCondition.length > 0) passed['on a condition'] += 1;
      if (waivers.length + onCondition.length === 0) passed['on evidence'] += 1;
    }
  }
  const rows = [...told].map(([name, { accepted, refused }]) => `  ${name.padEnd(26)} accepted ${String(accepted).padStart(5)}  refused ${String(refused).padStart(5)}`);
  process.stdout.write(`Commands in 1,100 histories of the model:\n${rows.join('\n')}\nGates passed in them: ${JSON.stringify(passed)}\n`);
  expect(Math.min(...Object.values(passed))).toBeGreaterThan(0);
  expect([...told].filter(([, { accepted, refused }]) => accepted === 0 || refused === 0).map(([name]) => name)).toEqual([]);
});
