import { partnerLevels, roles } from '@concordat/access/core';
import { acceptingParties, agreementKinds, type ConditionCode, conditionCodes, disciplines, tierRaises, type TierRaise } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import fc from 'fast-check';
import { changeAnswers, decisionRights, leaders } from './activity.js';
import { carriedOverAnswers } from './carried-over.js';
import { challengeOutcomes } from './challenge.js';
import type { CommandName, Commands } from './command.js';
import type { Offered } from './transfer.js';
import { interests } from './conflict.js';
import { consultationRuleNames } from './consultation.js';
import { contributionKinds, seenByChoices } from './contribution.js';
import { dissentsFrom } from './dissent.js';
import { recordWishes, unrecordedAnswers } from './existing-activity.js';
import { feedbackOutcomes, heardAnswers, triedWays } from './feedback.js';
import { given, id, otherProvider, people, provider, route, Scene, successor, type Who } from './given.js';
import { ada, answered, came, held, panel, said, theme } from './given-involvement.js';
import { evaluatorKinds, standDownReasons } from './evaluation.js';
import { optionOutcomes } from './option.js';
import { modes } from './involvement.js';
import { proxyConfirmations } from './confirmed.js';
import { controlFindings, controlKindNames } from './control.js';
import { harms } from './incident.js';
import { opportunityOutcomes } from './opportunity.js';
import { bearerGroups } from './risk.js';
import { adviceOutcomes } from './risk-panel.js';
import { riskPromptNames } from './risk-prompt.js';
import { accessibleForms, views } from './statement.js';
import { viewsOnWaiver } from './waiver.js';

// For specs: how each command is drawn at random, by whom it usually comes and how often. What it leaves open is put in place
// from what stands when it is tried.

export const pick = <const T>(...of: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...of);
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
const tried = mostly(fc.constant([triedWays[0]]), fc.constant([]));
const money = pick('9000.00', '90000.00', '900000.00').map((amount) => ({ amount, currency: 'GBP' }));
const document = pick('D1', 'D2').map((reference) => ({ reference, title: 'Document' }));
// Put in place of these when the command is tried: what stands then. Otherwise nearly every history would end at once.
export const here = 'here';
export const current = 'current';
export const awaited = 'awaited';
// Codes there are not: what the gate lacks of each class, where it lacks something.
export const lacking = 'lacking' as ConditionCode;
export const lackingAssurance = 'lacking-assurance' as ConditionCode;
const codes = conditionCodes as readonly ConditionCode[];
export const unread = 'unread';
export const conditional = 'conditional';
export const lasting = 'lasting';
/** Something that is there to be spoken of, or something that may not be. */
const known = (otherwise: fc.Arbitrary<string>) => mostly(fc.constant(here), otherwise);
/** Another agreement, in which something was adopted and something promised. */
export const earlier = id(9);
export const earlierAgreement = Scene.empty
  .did('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, raises: [] })
  .did('make-commitment', { commitment: id(179), what: 'x', by: '2026-12-01' });
/** One that was awarded, for another to extend, in which something was adopted. */
export const running = id(902);
export const runningAgreement = Scene.empty.did('take-over-agreement', {
  title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, value: { amount: '90000.00', currency: 'GBP' }, raises: [], stage: 'delivery', from: { source: 'x', reference: 'x' }, provider,
  facts: { 'contract-period': { startsOn: '2026-01-01', endsOn: '2026-12-31' } },
}, 'importer').given(held(panel), said('there', ada, panel), ...theme('adopted there', 'there'), answered('adopted there'));
const version = mostly(fc.constant(current), fc.constant('old'));

export const elsewhere = id(900);
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
    'people-without-arrangement': pick(0, 3),
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
export const told = mostly(pick({ startsOn: '2026-06-01', endsOn: '2026-06-01' }, { startsOn: '2026-06-01', endsOn: '2026-06-01' }, { startsOn: '2026-06-02', endsOn: '2026-06-02' }, { startsOn: '2026-04-01', endsOn: '2026-04-30' }, { startsOn: '2026-04-15', endsOn: '2026-05-15' }, { startsOn: '2026-05-01', endsOn: '2026-05-31' }), pick({ startsOn: '2026-05-31', endsOn: '2026-05-01' }, { startsOn: '2026-06-01', endsOn: '2027-05-31' }));
const amount = pick({ is: 'money' as const, amount: { amount: '100.00', currency: 'GBP' } }, { is: 'people' as const, people: 3 });

/** What another organisation offers to this one, and a second person there agreed to. */
export const offeredHere: Offered = (() => {
  const { agreement } = Scene.empty
    .did('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, raises: [] })
    .did('offer-transfer', { to: successor.slug, basis: 'x', on: '2026-06-01' })
    .did('agree-transfer', {}, 'colleague');
  return { from: { tenant: id(502), slug: 'northshire', name: 'Northshire' }, agreement, version: 3, position: 30, hash: 'a'.repeat(64), people: [], providers: [] };
})();

export const moves: { readonly [C in CommandName]: fc.Arbitrary<Commands[C]> } = {
  'open-agreement': fc.record({ ...beginning, value: money }, { requiredKeys: ['title', 'kind', 'pathway', 'route', 'raises'] }),
  'take-over-agreement': fc.record(
    { ...beginning, raises: mostly(beginning.raises, fc.constant(null)), value: money, stage: someStage, from: fc.constant({ source: 'register', reference: 'C-17' }), provider: someProvider },
    { requiredKeys: ['title', 'kind', 'pathway', 'route', 'raises', 'stage', 'from'] },
  ),
  'request-gate': fc.record({ stage: mostly(fc.constant(here), someStage) }),
  'refuse-gate': fc.record({ stage: mostly(fc.constant(here), someStage), reason: words }),
  'return-to-stage': fc.record({ stage: someStage, reason: words }),
  hold: fc.record({ reason: words, until: day }, { requiredKeys: ['reason'] }),
  resume: fc.constant({}),
  cancel: fc.record({ reason: words }),
  'record-notice': fc.record({
    notice: fc.record({ source: words, reference: words, tags: fc.constant(['award']), publishedOn: fc.constant(null), version: fc.constantFrom(null, 'a'.repeat(64)), proves: someStage }),
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
  'take-off-record': fc.record({ activity: known(ids(100)) }),
  'record-asked-what-people-do': fc.record({ group: mostly(fc.constant('diners'), words), answer: pick(...unrecordedAnswers), source: words }),
  'record-stages-that-matter': fc.record({ group: pick('diners', 'x'), stages: fc.uniqueArray(mostly(pick('mandate', 'design', 'award'), someStage), { maxLength: 2 }), source: words, activity: mostly(known(ids(110)), fc.constant(undefined)) }),
  'plan-involvement': fc.record({
    stage: mostly(fc.constant(here), someStage),
    mode: fc.oneof(pick('co-commissioning'), pick(...modes)),
    subTypes: fc.oneof(fc.constant([]), pick('co-planning', 'co-managing').map((part) => [part])),
    say: pick(0, 1, 2, 3, 4),
    do: pick(0, 1, 2, 3),
    groups: mostly(fc.constant(['diners']), fc.constant([])),
    method: words,
    people: fc.nat({ max: 2 }),
    resources: pick({ is: 'budget', amount: { amount: '500.00', currency: 'GBP' } }, { is: 'nothing-needed', group: 'diners', because: 'x' }, { is: 'not-yet' }),
    accessCosts: pick({ is: 'budget', amount: { amount: '50.00', currency: 'GBP' } }, { is: 'nothing-needed', group: 'diners', because: 'x' }, { is: 'not-yet' }),
    why: mostly(words, fc.constant(undefined)),
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
  'record-effort': fc.record({ activity: known(ids(110)), participant: pseudonym, hours: mostly(pick(1, 2.5), fc.constant(30)), on: happenedOn, why: mostly(fc.constant(undefined), fc.constant({ subject: ada, sealed: 'x' })) }),
  'record-joint-decision': fc.record({ activity: known(ids(110)), decided: words, on: happenedOn }),
  'record-could-it-change': fc.record({ activity: known(ids(110)), participant: known(pseudonym), answer: pick(...changeAnswers) }),
  'invite-participant': fc.record({ invitation: ids(120, 6), activity: known(ids(110)), participant: pseudonym, answerBy: mostly(fc.constant('2026-08-01'), day) }),
  'accept-invitation': fc.record({ invitation: known(ids(120, 6)), participant: known(pseudonym) }),
  'decline-invitation': fc.record({ invitation: known(ids(120, 6)), participant: known(pseudonym) }),
  'record-nobody-wished': fc.record({ stage: mostly(fc.constant(here), someStage), group: fc.constant('diners'), offered: pick(...decisionRights), source: words }),
  'choose-ask-budget': fc.record({ participant: pseudonym, asksPerYear: fc.nat({ max: 3 }) }),
  'erase-participant': fc.record({ participant: pseudonym, wishedOn: happenedOn }),
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
  'record-benefits-advice': fc.record({ participant: known(pseudonym), on: happenedOn, source: pseudonym.map((subject) => ({ subject, sealed: 'x' })), taken: fc.boolean() }),
  'offer-payment': fc.record({ offer: ids(200, 6), activity: known(ids(110)), participant: known(pseudonym), amount: mostly(fc.constant('20.00'), fc.constant('0.00')).map((amount) => ({ amount, currency: 'GBP' })) }),
  'answer-payment-offer': fc.record({
    offer: known(ids(200, 6)),
    participant: known(pseudonym),
    answer: pick({ is: 'accepted' }, { is: 'declined' }, { is: 'to-a-charity', charity: { subject: id(80), sealed: 'x' } }, { is: 'reduced', amount: { amount: '5.00', currency: 'GBP' } }, { is: 'reduced', amount: { amount: '50.00', currency: 'GBP' } }),
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
    unread: fc.boolean(),
  }),
  'triage-contribution': fc.record({ contribution: known(ids(130, 6)), kind: mostly(pick('complaint', 'view'), pick(...contributionKinds)) }),
  'pass-on-concern': fc.record({ concern: known(ids(130, 6)) }),
  'choose-who-sees': fc.record({ contribution: known(ids(130, 6)), author: known(pseudonym), seenBy: pick(...seenByChoices) }),
  'note-late-entries': fc.record({ contributions: known(ids(130, 6)).map((contribution) => [contribution]) }),
  'create-theme': fc.record({ theme: ids(140), title: words }),
  'put-in-theme': fc.record({ theme: known(ids(140)), contributions: known(ids(130, 6)).map((contribution) => [contribution]) }),
  'answer-theme': fc.record({
    theme: known(ids(140)),
    response: pick({ outcome: 'adopted', reasons: 'x', changed: 'x' }, { outcome: 'not-adopted', reasons: 'x' }, { outcome: 'deferred', reasons: 'x', until: '2026-12-01' }),
  }),
  'ask-for-own-answer': fc.record({ contribution: known(ids(130, 6)), author: known(pseudonym) }),
  'answer-contribution': fc.record({
    contribution: known(ids(130, 6)),
    author: known(pseudonym),
    response: pick({ outcome: 'not-adopted', reasons: { subject: id(80), sealed: 'x' } }, { outcome: 'deferred', reasons: { subject: id(80), sealed: 'x' }, until: '2026-12-01' }),
  }),
  'rate-answer': fc.record({ answer: known(ids(140)), participant: known(pseudonym), rating: mostly(pick(1, 2, 4, 5), fc.constant(6)) }),
  'check-answer': fc.record({ contribution: known(ids(130, 6)), finding: pick('fits', 'does-not-fit') }),
  'record-feedback': fc.record({ participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes), tried }),
  'tell-what-came-of-it': fc.record({ participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes), tried }),
  'record-whether-heard': fc.record({ activity: known(ids(110)), participant: known(pseudonym), heard: pick(...heardAnswers), askedBefore: fc.boolean() }),

  'make-commitment': fc.record({ commitment: ids(170, 6), what: words, by: mostly(fc.constant('2026-09-01'), day), theme: known(ids(140)) }, { requiredKeys: ['commitment', 'what', 'by'] }),
  'keep-commitment': fc.record({ commitment: known(ids(170)), how: words }),
  'break-commitment': fc.record({ commitment: known(ids(170)), reasons: words }),
  'reverse-answer': fc.record({ theme: known(ids(140)), reasons: words }),
  'tell-of-reversal': fc.record({ theme: known(ids(140)), participants: known(pseudonym).map((participant) => [participant]), outcome: pick(...feedbackOutcomes), tried }),
  'carry-on': fc.record({ from: mostly(fc.constant(earlier), fc.constant(id(99))) }),

  'raise-risk': fc.record({ risk: ids(150), title: words, bearers: fc.uniqueArray(bearer, { minLength: 1, maxLength: 2 }), owner: mostly(pick(people.approver, people.colleague), fc.constant(id(99))), domain, scores, levels, reviewOn: mostly(fc.constant('2027-06-01'), day), incidents: mostly(fc.constant([]), fc.uniqueArray(known(ids(240)), { minLength: 1, maxLength: 2 })) }, { requiredKeys: ['risk', 'title', 'bearers', 'owner', 'domain', 'scores', 'levels'] }),
  'rescore-risk': fc.record({ risk: known(ids(150)), scores, reason: words }),
  'review-risk': fc.record({ risk: known(ids(150)), levels, reviewOn: mostly(fc.constant('2027-06-01'), day), reason: words, owner: mostly(pick(people.approver, people.colleague), fc.constant(id(99))), bearers: fc.uniqueArray(bearer, { maxLength: 2 }) }, { requiredKeys: ['risk', 'levels', 'reviewOn', 'reason'] }),
  'close-risk': fc.record({ risk: known(ids(150)), reason: words }),
  'acknowledge-risk': fc.record({ risk: known(ids(150)), says: words }),
  'raise-opportunity': fc.record({ opportunity: ids(220), title: words, domain, gains: fc.uniqueArray(bearer, { maxLength: 2 }), owner: mostly(someone, fc.constant(id(99))), score: scoreGiven }),
  'rescore-opportunity': fc.record({ opportunity: known(ids(220)), score: scoreGiven, reason: words }),
  'close-opportunity': fc.record({ opportunity: known(ids(220)), outcome: pick(...opportunityOutcomes), reason: words }),
  'add-control': fc.record({ control: ids(230), risk: known(ids(150)), title: words, kind: pick(...controlKindNames), owner: mostly(someone, fc.constant(id(99))) }),
  'record-control-proof': fc.record({ control: known(ids(230)), on: mostly(fc.constant(here), happenedOn), finding: pick(...controlFindings), shows: words, owner: mostly(someone, fc.constant(id(99))) }, { requiredKeys: ['control', 'on', 'finding', 'shows'] }),
  'end-control': fc.record({ control: known(ids(230)), reason: words }),
  'withdraw-incident': fc.record({ incident: known(ids(240)), reason: words }),
  'record-incident': fc.record({ incident: ids(240), risk: known(ids(150)), happened: words, on: happenedOn, harm: pick(...harms), done: words }, { requiredKeys: ['incident', 'happened', 'on', 'harm', 'done'] }),
  'answer-risk-prompt': fc.record({ prompt: pick(...riskPromptNames), answer: fc.oneof(fc.record({ is: fc.constant('named' as const), risk: ids(150) }), fc.record({ is: fc.constant('does-not-arise' as const), because: words })) }),
  'convene-risk-panel': fc.record({
    panel: ids(250),
    chair: mostly(pick(people.commissioner, people.colleague), fc.constant(id(99))),
    members: mostly(fc.constant([{ of: 'carers' as const, member: people.representative }, { of: 'provider' as const, member: people.signatory }]), fc.constant([{ of: 'commissioner' as const, member: id(80) }])),
  }),
  'record-panel-advice': fc.record({
    advice: ids(260), panel: known(ids(250)), risks: known(ids(150)).map((risk) => [risk]), says: words, inFavour: mostly(fc.constant(1), fc.constant(9)), against: mostly(fc.constant(1), fc.constant(0)), dissent: mostly(fc.constant('x'), fc.constant('')), on: happenedOn,
  }),
  'answer-panel-advice': fc.record({ advice: known(ids(260)), outcome: pick(...adviceOutcomes), reasons: words }),
  'seek-statement': fc.record({ statement: ids(160), group: bearer, of: mostly(fc.constant('advocate' as const), fc.constant('staff' as const)), form: pick(...accessibleForms), because: words, advocacyOffered: mostly(fc.constant(true), fc.constant(false)) }),
  'record-statement': fc.record({ statement: known(ids(160)), view: mostly(fc.constant('object' as const), pick(...views)), spokenBy: pseudonym, words: fc.constant({ subject: id(80), sealed: 'x' }) }),
  'reply-to-objection': fc.record({ statement: known(ids(160)), reply: words, secondPerson: mostly(fc.constant(people.colleague), someone) }),

  'second-reply': fc.record({ statement: known(ids(160)) }),

  'raise-tier': fc.record({ raises: fc.subarray(Object.keys(tierRaises) as TierRaise[], { maxLength: 1 }), reason: words }),
  'declare-conflict': fc.record({ person: fc.constant(here), role: mostly(fc.constant('approver' as const), pick(...roles)), interest: mostly(fc.constant('other' as const), pick(...interests)), about: fc.constant({ subject: id(0), sealed: 'x' }) }),
  'lift-conflict': fc.record({ person: mostly(fc.constant(people.approver), someone), role: mostly(fc.constant('approver' as const), pick('commissioner', 'decision-maker')), reasons: fc.constant({ subject: people.approver, sealed: 'x' }) }),
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
  'second-decision': fc.record({ decision: known(ids(60)) }),
  'second-sign-off': fc.record({ signOff: mostly(fc.constant(unread), ids(50, 8)) }),
  'meet-sign-off-condition': fc.record({ signOff: mostly(fc.constant(conditional), ids(50, 8)), condition: mostly(fc.constant(1), fc.constant(9)), how: words }),
  'renew-sign-off-condition': fc.record({ signOff: mostly(fc.constant(conditional), ids(50, 8)), condition: mostly(fc.constant(1), fc.constant(9)), dueOn: mostly(fc.constant('2027-06-01'), day), reason: words }),
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
  'open-consultation': fc.record({ consultation: ids(170), proposal: words, reasons: words, options: fc.constant(['x']), opensOn: mostly(fc.constant('2026-06-01'), day), closesOn: pick('2026-06-01', '2026-06-10', '2026-06-20') }),
  'extend-consultation': fc.record({ consultation: known(ids(170)), closesOn: mostly(fc.constant('2026-09-01'), day) }),
  'withdraw-consultation': fc.record({ consultation: known(ids(170)), reason: words }),
  'answer-for-consultation': fc.record({ consultation: known(ids(170)), rule: pick(...consultationRuleNames), words }),
  'consider-consultation': fc.record({ consultation: known(ids(170)), responses: fc.nat({ max: 3 }), summary: words, on: happenedOn }),
  'record-challenge': fc.record({ challenge: ids(180), kind: mostly(pick('proceedings', 'complaint'), fc.constant('representation' as const)), from: words, about: words, receivedOn: happenedOn }),
  'conclude-challenge': fc.record({ challenge: known(ids(180)), outcome: pick(...challengeOutcomes), reasons: words, on: happenedOn }),
  'set-criterion': fc.record({ criterion: ids(430, 2), title: words, chosenBy: mostly(ids(110).map((activity) => ({ is: 'activity' as const, activity })), fc.constant({ is: 'staff' as const })) }),
  'appoint-evaluator': fc.record({ evaluator: mostly(fc.constant(here), someone), of: mostly(fc.constant('people' as const), pick(...evaluatorKinds)), criteria: mostly(fc.constant([here]), fc.constant([])) }),
  'record-evaluator-declaration': fc.record({ evaluator: known(pseudonym), interest: mostly(fc.constant('none' as const), pick(...interests)) }),
  'record-evaluator-training': fc.record({ evaluators: known(pseudonym).map((evaluator) => [evaluator]), on: happenedOn, source: words }),
  'record-assessment': fc.record({ evaluator: known(pseudonym), criteria: fc.constant([here]), on: happenedOn, source: words, why: mostly(fc.constant(undefined), fc.constant({ subject: ada, sealed: 'x' })) }),
  'stand-down-evaluator': fc.record({ evaluator: known(pseudonym), reason: pick(...standDownReasons) }),
  'consider-option': fc.record({ option: ids(440, 2), title: words, outcome: mostly(fc.constant('preferred' as const), pick(...optionOutcomes)), reasons: mostly(fc.constant('x'), fc.constant('')) }),
  'discuss-option': fc.record({ option: known(ids(440, 2)), with: mostly(ids(110).map((activity) => ({ is: 'people' as const, activity })), someProvider.map((one) => ({ is: 'provider' as const, provider: one }))), said: words, on: happenedOn }),
  'confirm-readiness': fc.record({ startsOn: mostly(fc.constant('2026-09-01'), day), says: words }),
  'record-partner': fc.record({
    partner: ids(430, 2), title: mostly(pick('Trust', 'Health board'), fc.constant('Meals on Time')), identifier: pick(null, { scheme: 'GB-NHS', id: 'RXX' }), may: pick(...partnerLevels), basis: words,
    from: mostly(fc.constant('2026-06-01'), day), until: mostly(pick('2026-07-31', '2027-03-31'), day), shares: mostly(fc.constant([]), pick([{ year: '2026-27', amount: { amount: '500.00', currency: 'GBP' } }], [{ year: '2026-28', amount: { amount: '500.00', currency: 'GBP' } }])),
  }),
  'plan-publication': fc.record({
    publication: ids(470, 2), of: fc.oneof(fc.constant({ is: 'you-said-we-did' as const }), mostly(pick('UK4', 'award-notice'), fc.constant('UK99')).map((notice) => ({ is: 'release' as const, notice, ocid: 'ocds-h6vhtk-1' }))),
    releaseWhen: fc.oneof(day.map((on) => ({ is: 'day' as const, on })), pick({ is: 'decision-in-force' as const }, { is: 'notice' as const, notice: 'UK4' })),
  }),
  'withhold-publication': fc.record({ publication: known(ids(470, 2)), ground: pick('personal-data', 'other-law'), reason: words }),
  'lift-withholding': fc.record({ publication: known(ids(470, 2)), reason: words }),
  publish: fc.record({ publication: known(ids(470, 2)) }),
  'end-partner': fc.record({ partner: known(ids(430, 2)), reason: words }),
  'set-kpi': fc.record({
    kpi: ids(300), title: words, definition: words, unit: mostly(fc.constant('percent' as const), fc.constant('number' as const)), target: pick({ is: 'at-least', value: 90 }, { is: 'at-least', value: 90 }, { is: 'at-most', value: 120 }),
    writtenBy: fc.oneof(fc.constant({ is: 'staff' as const }), fc.constant({ is: 'activity' as const, activity: id(110) }), fc.constant({ is: 'theme' as const, theme: id(99) })), measures: mostly(fc.constant([]), fc.constant([id(99)])),
  }),
  'record-observation': fc.tuple(fc.record({ observation: ids(310, 9), kpi: known(ids(300)), period: told, value: pick(96, 80, 130), source: words }), pick({}, {}, {}, { provider }, { provider: otherProvider })).map(([one, of]) => ({ ...one, ...of })),
  'record-finding': fc.record({ finding: ids(320, 9), kpi: known(ids(300)), period: told, question: words, method: words, answers: pick(34, 34, 4, 0), value: pick(71, 71, 95, null), why: pick(undefined, 'x') }),
  'discuss-difference': fc.record({ finding: known(ids(320, 9)), on: mostly(fc.constant('2026-06-01'), day), by: words, follows: words }),
  'withdraw-obligation': fc.record({ obligation: known(ids(330)), reason: words }),
  'agree-obligation': fc.tuple(fc.record({ obligation: ids(330), what: words, due: pick({ is: 'once', on: '2026-06-01' }, { is: 'each', months: 1, from: '2026-01-31' }), evidence: words }), pick({}, { provider }, { provider: otherProvider })).map(([one, owed]) => ({ ...one, ...owed })),
  'meet-obligation': fc.record({ obligation: known(ids(330)), on: happenedOn, evidence: document }),
  'begin-cycle': fc.record({ cycle: ids(340), period: told }),
  'end-cycle': fc.record({ cycle: known(ids(340)), on: happenedOn }),
  'hold-review-meeting': fc.record({ meeting: ids(350), on: happenedOn, present: words, minutes: document }),
  'agree-action': fc.record({ action: ids(360), meeting: known(ids(350)), what: words, owner: mostly(someone, fc.constant(id(99))), dueOn: mostly(fc.constant('2026-07-01'), day) }),
  'complete-action': fc.record({ action: known(ids(360)), how: words, on: happenedOn }),
  'raise-provider-concern': fc.record({ concern: ids(370), provider: someProvider, about: words, raisedOn: happenedOn }),
  'record-expiry': fc.record({ expiry: ids(420, 3), provider: someProvider, of: pick('registration', 'insurance', 'continuity-plan'), document, endsOn: pick('2026-05-01', '2027-01-01', '2027-02-01') }),
  'record-quality-visit': fc.record({
    visit: ids(430, 3), provider: someProvider, on: happenedOn, visitors: pick('officers', 'people-from-outside', 'both'), notice: pick('announced', 'unannounced'), spokeWith: pick(0, 3, 8), found: words, report: document,
    improvements: fc.oneof(fc.constant([]), fc.record({ improvement: ids(435, 3), what: words, dueOn: mostly(fc.constant('2026-07-01'), fc.constant('2020-01-01')) }).map((one) => [one])), nextBy: pick('2026-12-01', '2020-01-01'),
  }),
  'show-improvement': fc.record({ improvement: known(ids(435, 3)), how: words, on: mostly(fc.constant('2026-06-01'), day), evidence: document }),
  'set-rate': fc.record({ rate: ids(440, 2), what: words, per: mostly(fc.constant('hour' as const), fc.constant('visit' as const)), year: pick('2025-26', '2026-27', '2026-28'), amount: pick({ amount: '20.00', currency: 'GBP' }, { amount: '21.00', currency: 'GBP' }), why: words }),
  'commit-funding': fc.record({ funding: ids(445, 2), funder: mostly(fc.constant('The council'), words), year: mostly(fc.constant('2026-27'), fc.constant('2026')), amount: pick({ amount: '900.00', currency: 'GBP' }, { amount: '900.00', currency: 'EUR' }), basis: words }),
  'record-spend': fc.record({ spend: ids(450, 3), funding: known(ids(445, 2)), on: happenedOn, amount: pick({ amount: '500.00', currency: 'GBP' }, { amount: '500.00', currency: 'GBP' }, { amount: '5.00', currency: 'EUR' }), source: words, why: pick(undefined, 'x') }),
  'answer-provider-concern': fc.record({ concern: known(ids(370)), answer: words, on: mostly(pick('2026-06-01', '2026-06-03'), day) }),
  'propose-variation': fc.record({
    variation: ids(380, 6), what: words, why: words, touches: fc.oneof(fc.constant([here]), fc.constant([])),
    to: pick({ is: 'specification', specification: { reference: 'DMS/9', title: 'x' } }, { is: 'terms' }, { is: 'terms' }, { is: 'specification', specification: { reference: 'DMS/9', title: 'x' } }, { is: 'longer', endsOn: '2030-01-01' }, { is: 'period', startsOn: '2026-01-01', endsOn: '2026-12-31' }, { is: 'value', value: { amount: '9500.00', currency: 'GBP' } }),
  }),
  'record-asked-again': fc.record({ variation: known(ids(380)), theme: known(ids(140)), activity: known(ids(110)), said: words }),
  'record-not-asked-again': fc.record({ variation: known(ids(380)), themes: mostly(fc.constant([here]), fc.constant([id(140)])), why: words }),
  'test-modification': fc.record({ variation: mostly(known(ids(380)), fc.constant(undefined)), ground: mostly(fc.constant('small'), fc.constant('none')), confirmed: mostly(fc.constant(true), fc.constant(false)), why: words }),
  'decide-variation': fc.record({ variation: known(ids(380)), outcome: pick('agreed', 'agreed', 'refused'), decidedBy: fc.constant({ kind: 'officer' as const, delegation: '3.4' }), scheme: words, key: mostly(fc.constant({ is: 'not-key' as const }), fc.constant({ is: 'key' as const, announcedOn: '2026-06-01', notice: 'special-urgency' as const })), callIn: mostly(fc.constant({ is: 'not-open' as const }), fc.constant({ is: 'open' as const, until: '2026-06-02' })), decidedOn: happenedOn, inForceFrom: mostly(fc.constant('2026-06-03'), day), reasons: words, weighed: words, versionRead: version }),
  'second-variation': fc.record({ variation: known(ids(380)) }),
  'accept-variation': fc.record({ variation: known(ids(380)), versionRead: version }),
  'carry-out-variation': fc.record({ variation: known(ids(380)) }),
  'plan-exit': fc.record({ plan: document, lastDay: pick('2030-01-01', '2030-02-01'), people: pick(0, 10), why: pick(undefined, 'x') }),
  'record-transition': fc.record({ group: mostly(fc.constant('diners'), words), people: pick(10, 12), goesTo: words, without: mostly(pick(0, 2), fc.constant(20)) }),
  'plan-staff-transfer': fc.record({ transfersOn: pick('2026-09-30', '2026-10-31'), informationBy: mostly(pick('2026-08-31', '2026-09-01'), fc.constant('2026-12-01')), staff: pick(3, 8) }),
  'record-staff-information': fc.record({ on: mostly(fc.constant('2026-06-01'), day), evidence: document }),
  'record-provider-engagement': fc.record({ engagement: ids(460, 3), outcome: mostly(pick({ is: 'not-useful', because: 'x' }, { is: 'held', on: '2026-06-01', how: 'x', providers: 3, said: 'x', follows: 'x' }), fc.constant({ is: 'held' as const, on: '2030-01-01', how: 'x', providers: 3, said: 'x', follows: 'x' })) }),
  'name-outcome': fc.record({ outcome: ids(390, 2), activity: words, change: words, title: words }),
  'link-outcome': fc.record({
    link: ids(400, 4), outcome: known(ids(390)), step: pick('activity-to-change', 'change-to-outcome'), indicator: words, unit: fc.constant('number' as const), holder: words, baseline: fc.constant(10),
    target: pick(5, 5, 20, 10), comparison: words, visibleFrom: pick('2026-05-01', '2027-12-01'),
  }),
  'record-measurement': fc.record({ measurement: ids(410, 9), link: known(ids(400)), on: happenedOn, value: fc.integer({ min: 0, max: 20 }), source: words }),
  'answer-plain-questions': fc.tuple(
    fc.record({
      outcome: known(ids(390)), viewer: pick('users', 'provider', 'commissioner'), people: mostly(pick(1, 2, 12), fc.constant(0)), on: happenedOn,
      better: pick('yes', 'partly', 'no', 'cannot-say'), becauseOfThis: pick('yes', 'no'), worthIt: pick('yes', 'no'),
    }),
    pick({}, {}, {}, { provider }, { provider: otherProvider }),
    mostly(known(ids(110)), fc.constant(undefined)),
    fc.integer({ min: 0, max: 9 }),
  ).map(([one, of, activity, often]) => ({ ...one, ...of, ...((one.viewer === 'users') === (often > 0) && activity !== undefined && { activity }) })),
  'name-benefit': fc.record({
    benefit: ids(420, 6), outcome: known(ids(390)), what: words, kind: pick('saving', 'better-lives', 'avoided-cost'), from: pick('agency-spending', 'staff-time', 'what-people-gain', 'hours-of-citizens'), whoGains: pick('carers', 'commissioner'),
    expected: amount, comparison: words,
  }),
  'observe-benefit': fc.record({ benefit: known(ids(420)), observed: amount, against: mostly(fc.constant(here), words), on: happenedOn, source: words }),
  'record-cost': fc.record({ cost: ids(430, 6), outcome: known(ids(390)), period: told, spent: money, units: fc.nat({ max: 3 }), hours: fc.nat({ max: 30 }), why: pick(undefined, 'x') }),
  'record-hours-wanted': fc.record({ cost: known(ids(430, 6)), activity: known(ids(110)), wanted: fc.nat({ max: 2 }), ratherNot: fc.nat({ max: 2 }), on: happenedOn }),
  'record-published-notice': fc.record({ notice: mostly(fc.constant('UK4'), words), publishedOn: happenedOn, reference: words }),
  'offer-transfer': fc.record({ to: fc.constant(successor.slug), basis: words, on: pick('2030-06-01', '2026-06-01') }),
  'agree-transfer': fc.constant({}),
  'withdraw-transfer': fc.record({ reason: words }),
  'accept-transfer': fc.record({ providers: fc.constant([]), people: fc.constant([]) }),
  'uninvite-provider': fc.record({ provider: mostly(pick(provider, otherProvider), fc.constant(id(99))), reason: words }),
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
  'unlink-agreement': fc.record({ to: mostly(pick(earlier, running), pick(elsewhere, id(99))), as: pick('renews', 'replaces', 'ends'), reason: words }),
  'link-agreement': fc.record({ to: mostly(pick(earlier, elsewhere), fc.constant(id(99))), as: pick('renews', 'replaces', 'ends') }),
  'publish-award-notice': fc.record({ publishedOn: mostly(fc.constant('2026-06-01'), day), reference: words }),
  'accept-award': fc.record({ versionRead: version }),

  'ask-waiver': fc.record({
    waiver: ids(170, 8), commitment: ids(420, 8), condition: mostly(fc.constant(lacking), pick(...codes)), planned: words, offered: words, whyNot: words, instead: words,
    insteadBy: mostly(fc.constant('2027-06-01'), day), expiresOn: mostly(fc.constant('2027-06-01'), day),
  }),
  'seek-view-on-waiver': fc.record({ waiver: known(ids(170, 8)), how: words }),
  'give-view-on-waiver': fc.record({ waiver: known(ids(170, 8)), view: pick(...viewsOnWaiver), spokenBy: pseudonym, words: fc.constant({ subject: id(80), sealed: 'x' }) }),
  'waive-condition': fc.record({ waiver: known(ids(170, 8)) }),
  'refuse-waiver': fc.record({ waiver: known(ids(170, 8)), reason: words }),
  'review-waiver': fc.record({ waiver: known(ids(170, 8)), says: words }),

  'propose-condition': fc.record({
    condition: ids(180, 8), code: mostly(fc.constant(lackingAssurance), pick(...codes)), discipline: mostly(pick('finance', 'sponsor'), pick(...disciplines)), what: words,
    dueOn: mostly(pick('2026-06-20', '2027-05-01'), day),
  }),
  'agree-condition': fc.record({ condition: known(ids(180, 8)) }),
  'agree-condition-for-discipline': fc.record({ condition: known(ids(180, 8)) }),
  'refuse-condition': fc.record({ condition: known(ids(180, 8)), reason: words }),
  'renew-condition': fc.record({ condition: known(ids(180, 8)), dueOn: mostly(fc.constant('2027-06-01'), day), reason: words }),

  'choose-route': fc.record({ route: fc.constant({ id: route.id }), ground: mostly(pick('small-value', 'single'), words), why: words }, { requiredKeys: ['route', 'why'] }),
  'record-urgency': fc.record({ ground: mostly(fc.constant('danger'), fc.constant('haste')), why: words, startsOn: mostly(fc.constant('2027-06-01'), day) }),
  'record-late-by-us': fc.record({ reason: words, knownSince: day }),

  'migrate-pathway': fc.record(
    { pathway: fc.constantFrom(2, 2, 2, 1, 3).map((version) => ({ id: 'lunch-club', version })), stage: mostly(pick('plan', 'route'), someStage), reason: words },
    { requiredKeys: ['pathway'] },
  ),
};

/** Another agreement of the same place and theme, in which somebody took part. */
export const thereBefore = given(held(panel), came(panel, ada)).did('amend-facts', { facts: { place: 'x', theme: 'x' } }).agreement;

export interface Move {
  readonly name: CommandName;
  readonly body: object;
  readonly who: Who;
  /** Days that pass before it. */
  readonly days: number;
  /** The agreement it is about, where it is another than the history's own. */
  readonly at?: string;
}

/** A move in which nothing is left to chance. */
export const doing = <C extends CommandName>(name: C, body: Commands[C], who: Who = 'commissioner', days = 0): Move => ({ name, body, who, days });

const passing = mostly(fc.constant(0), fc.integer({ min: 1, max: 12 }));
const anyone = pick(...(Object.keys(people) as Who[]));
/** Who usually does what the commissioner does not. */
const usually: { readonly [C in CommandName]?: readonly Who[] } = {
  'take-over-agreement': ['importer'],
  cancel: ['commissioner', 'colleague', 'approver'],
  'declare-conflict': ['approver'],
  'declare-no-conflict': ['approver', 'commissioner', 'colleague'],
  'lift-conflict': ['colleague', 'decisionMaker', 'approver'],
  'note-late-entries': ['decisionMaker'],
  'check-answer': ['colleague', 'colleague', 'commissioner'],
  'rate-answer': ['representative', 'representative', 'colleague'],
  'choose-ask-budget': ['representative', 'representative', 'commissioner'],
  'sign-off': ['approver', 'approver', 'colleague', 'commissioner'],
  'second-reply': ['colleague'],
  'second-decision': ['outsider', 'outsider', 'approver', 'colleague'],
  'second-sign-off': ['decisionMaker', 'decisionMaker', 'approver', 'colleague'],
  'renew-sign-off': ['approver', 'approver', 'colleague'],
  'meet-sign-off-condition': ['approver', 'approver', 'colleague'],
  'renew-sign-off-condition': ['approver', 'approver', 'colleague'],
  'withdraw-sign-off': ['commissioner', 'approver'],
  'record-decision': ['decisionMaker', 'decisionMaker', 'colleague', 'commissioner'],
  'reply-to-objection': ['decisionMaker'],
  'acknowledge-risk': ['decisionMaker', 'outsider'],
  'answer-panel-advice': ['decisionMaker'],
  'answer-carry-over': ['representative'],
  'call-in-decision': ['member'],
  'conclude-call-in': ['outsider', 'outsider', 'colleague', 'decisionMaker'],
  'conclude-challenge': ['outsider', 'outsider', 'colleague', 'commissioner'],
  'accept-award': ['signatory', 'signatory', 'otherSignatory'],
  'accept-variation': ['signatory', 'signatory', 'otherSignatory'],
  'confirm-readiness': ['signatory', 'signatory', 'otherSignatory'],
  'refuse-gate': ['decisionMaker', 'outsider'],
  'give-view-on-waiver': ['colleague', 'colleague', 'commissioner'],
  'waive-condition': ['outsider', 'decisionMaker', 'decisionMaker', 'colleague'],
  'refuse-waiver': ['outsider'],
  'review-waiver': ['outsider'],
  'decide-variation': ['decisionMaker', 'decisionMaker', 'commissioner'],
  'second-variation': ['outsider', 'outsider', 'approver', 'colleague'],
  'raise-provider-concern': ['signatory', 'signatory', 'commissioner'],
  'show-improvement': ['signatory', 'signatory', 'commissioner'],
  'agree-transfer': ['colleague'],
  'agree-condition': ['decisionMaker', 'decisionMaker', 'colleague', 'approver'],
  'agree-condition-for-discipline': ['approver', 'approver', 'colleague'],
  'refuse-condition': ['decisionMaker'],
  'migrate-pathway': ['outsider'],
  'erase-participant': ['administrator', 'administrator', 'outsider'],
};
export const moveOf = (name: CommandName): fc.Arbitrary<Move> =>
  fc.record({
    name: fc.constant(name),
    body: moves[name] as fc.Arbitrary<object>,
    who: mostly(pick(...(usually[name] ?? (['commissioner', 'commissioner', 'colleague'] as const))), anyone),
    days: passing,
  });
// What ends a history is rare, what carries it on is common.
export const weights: { readonly [C in CommandName]?: number } = {
  cancel: 2,
  'erase-participant': 2,
  'open-consultation': 6,
  'extend-consultation': 30,
  'consider-consultation': 40,
  'call-in-decision': 40,
  'conclude-call-in': 40,
  hold: 3,
  'open-agreement': 3,
  'take-over-agreement': 3,
  'declare-conflict': 10,
  'raise-tier': 4,
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
  'second-decision': 120,
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
  'set-criterion': 2,
  'appoint-evaluator': 2,
  'record-evaluator-declaration': 2,
  'record-evaluator-training': 2,
  'record-assessment': 2,
  'stand-down-evaluator': 2,
  'consider-option': 2,
  'discuss-option': 2,
  'confirm-readiness': 2,
  'propose-award': 40,
  'record-what-people-do': 40,
  'take-off-record': 60,
  'record-decision': 40,
};
