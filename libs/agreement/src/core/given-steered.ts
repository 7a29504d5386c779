import type { Pathway } from '@concordat/pathway/core';
import { consultationRuleNames } from './consultation.js';
import { agreementId, id, pathwayAsking, people, provider, route, type Who } from './given.js';
import { ada } from './given-involvement.js';
import { awaited, current, doing, earlier, here, type Move, running } from './given-moves.js';

// For specs: short histories in which nothing is left to chance, each to what chance brings together in none of a thousand
// or in one. A command or condition that is new and seldom drawn gets a row, so that no seed decides whether it is reached.

/** What is done, and on which pathway. */
interface Steered {
  readonly follows: Pathway;
  readonly moves: readonly Move[];
}

const opening = doing('open-agreement', { title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, value: { amount: '90000.00', currency: 'GBP' }, raises: [] });
/** One that is delivered, and worth the tier `standard`. */
const takingOver = doing('take-over-agreement', {
  title: 'x', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, value: { amount: '90000.00', currency: 'GBP' }, raises: [], stage: 'delivery', from: { source: 'x', reference: 'x' }, provider,
  facts: { 'contract-period': { startsOn: '2026-01-01', endsOn: '2026-12-31' } },
}, 'importer');
const gate = (who: Who = 'commissioner', days = 0) => doing('request-gate', { stage: here }, who, days);
/** In the stage `design`, whose gate asks for an equality assessment. */
const inDesign = (...moves: readonly Move[]): Steered => {
  const asking = pathwayAsking({ code: 'facts.present', parameters: { facts: ['eqia'] } });
  return { follows: { ...asking, stages: [...asking.stages, { ...asking.stages.at(-1)!, id: 'close' }] }, moves: [opening, gate(), ...moves] };
};
const inDelivery = (...moves: readonly Move[]): Steered => ({ follows: pathwayAsking(), moves: [takingOver, ...moves] });
const approvedBy = (who: Who, more: object = {}) => [
  doing('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }),
  doing('sign-off', { signOff: awaited, versionRead: current, outcome: { is: 'granted', conditions: [], ...more } }, who),
];

const consultation = id(170);
const [refused, agreed] = [id(181), id(180)];
const proposing = (condition: string, dueOn: string) => doing('propose-condition', { condition, code: 'facts.present', discipline: 'equality', what: 'x', dueOn });
const small = { likelihood: 1, impact: 2 };
const month = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const deciding = doing('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: 'x', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: current }, 'decisionMaker');
const adopting = [
  doing('plan-activity', { activity: id(110), stage: here, title: 'x', groups: ['diners'], right: 'consult', ledBy: 'staff', closesOn: '2026-06-01' }),
  doing('record-attendance', { activity: id(110), participants: [ada], on: '2026-06-01' }),
  doing('record-contribution', { contribution: id(130), activity: id(110), author: ada, text: { subject: ada, sealed: 'x' }, kind: 'view', givenOn: '2026-06-01' }),
  doing('create-theme', { theme: id(140), title: 'x' }),
  doing('put-in-theme', { theme: id(140), contributions: [id(130)] }),
  doing('answer-theme', { theme: id(140), response: { outcome: 'adopted', reasons: 'x', changed: 'x' } }),
];

const waiver = id(170);

export const steered: Readonly<Record<string, Steered>> = {
  'a gate that opened on a waiver, which was reviewed after the agreement went back behind it': {
    follows: pathwayAsking({ code: 'involvement.planned', parameters: { say: 3 } }),
    moves: [
      opening, gate(),
      doing('ask-waiver', { waiver, condition: 'involvement.planned', planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: '2026-09-01', commitment: id(420), expiresOn: '2026-09-01' }),
      doing('give-view-on-waiver', { waiver, view: 'content', spokenBy: people.representative, words: { subject: people.representative, sealed: 'x' } }, 'representative'),
      doing('waive-condition', { waiver }, 'decisionMaker'),
      gate(),
      doing('return-to-stage', { stage: 'design', reason: 'x' }),
      doing('review-waiver', { waiver, says: 'x' }, 'colleague'),
    ],
  },
  'a plan without resources': inDesign(
    doing('plan-involvement', { stage: here, mode: 'co-commissioning', subTypes: [], say: 2, do: 0, groups: ['diners'], method: 'x', people: 1, resources: { is: 'not-yet' }, accessCosts: { is: 'not-yet' } }),
    doing('hold', { reason: 'x' }),
  ),
  'a group that said where it met which stages matter to it': inDesign(
    doing('amend-facts', { facts: { 'affected-groups': ['diners'] } }),
    ...adopting.slice(0, 2),
    doing('record-stages-that-matter', { group: 'diners', stages: [], source: 'x', activity: id(110) }),
    doing('record-stages-that-matter', { group: 'diners', stages: [], source: 'x', activity: id(110) }, 'colleague'),
    doing('hold', { reason: 'x' }),
  ),
  'a risk that is closed': inDesign(
    doing('raise-risk', { risk: id(150), title: 'x', bearers: ['service-users'], owner: people.approver, domain: 'service', scores: { 'co-produced': small, 'professional-only': small, 'not-acting': small }, levels: { inherent: small, current: small, target: small } }),
    doing('close-risk', { risk: id(150), reason: 'x' }, 'colleague'),
  ),
  'notice of an end that was decided': inDesign(
    deciding,
    doing('amend-facts', { facts: { 'notice-given': '2026-06-01' } }),
    doing('hold', { reason: 'x' }, 'commissioner', 60),
  ),
  'a consultation that somebody answers for in every word': inDesign(
    doing('open-consultation', { consultation, proposal: 'x', reasons: 'x', options: ['x'], opensOn: '2026-06-01', closesOn: '2026-06-10' }),
    doing('consider-consultation', { consultation, responses: 3, summary: 'x', on: '2026-06-11' }, 'commissioner', 10),
    ...consultationRuleNames.map((rule) => doing('answer-for-consultation', { consultation, rule, words: 'x' })),
    doing('hold', { reason: 'x' }),
  ),
  'a standstill that is over, after a consultation that was withdrawn': {
    follows: pathwayAsking({ code: 'standstill.over', parameters: {} }),
    moves: [
      opening, gate(),
      doing('open-consultation', { consultation, proposal: 'x', reasons: 'x', options: ['x'], opensOn: '2026-06-01', closesOn: '2027-05-01' }),
      doing('withdraw-consultation', { consultation, reason: 'x' }),
      doing('invite-provider', { provider }),
      doing('propose-award', { provider, value: { amount: '90000.00', currency: 'GBP' } }),
      deciding,
      doing('publish-award-notice', { publishedOn: '2026-06-01', reference: 'x' }),
      gate('commissioner', 15),
    ],
  },
  'a gate that opened on a condition which is owed when its day is past, after another was refused, and a sign-off whose last day is over': inDesign(
    ...approvedBy('approver', { expiresOn: '2026-06-20' }),
    proposing(refused, '2026-07-20'),
    doing('refuse-condition', { condition: refused, reason: 'x' }, 'decisionMaker'),
    proposing(agreed, '2026-06-20'),
    doing('agree-condition', { condition: agreed }, 'decisionMaker'),
    doing('agree-condition-for-discipline', { condition: agreed }, 'approver'),
    gate(),
    doing('amend-facts', { facts: { place: 'x' } }),
    gate('commissioner', 30),
    doing('renew-condition', { condition: agreed, dueOn: '2026-08-01', reason: 'x' }),
  ),
  'a tier that is raised, said twice': inDesign(...[1, 2].map(() => doing('raise-tier', { raises: ['untried-model'], reason: 'x' })), doing('hold', { reason: 'x' })),
  'a registration where what is done is regulated': inDesign(
    doing('amend-facts', { facts: { 'service-regulated': 'yes', registration: { reference: 'x', title: 'x' }, 'health-service': 'no' } }),
    doing('hold', { reason: 'x' }),
  ),
  'somebody who chose what they wish to be asked about': inDesign(doing('choose-interests', { participant: ada, themes: [], modes: ['co-design'] })),
  'something that was withheld and went out after its notice': inDesign(
    doing('plan-publication', { publication: id(470), of: { is: 'release', notice: 'UK4', ocid: 'ocds-h6vhtk-1' }, releaseWhen: { is: 'notice', notice: 'UK4' } }),
    doing('publish', { publication: id(470) }),
    doing('withhold-publication', { publication: id(470), ground: 'personal-data', reason: 'x' }),
    doing('record-published-notice', { notice: 'UK4', publishedOn: '2026-06-01', reference: 'x' }),
    doing('lift-withholding', { publication: id(470), reason: 'x' }),
    doing('publish', { publication: id(470) }),
  ),
  'lateness of one’s own, said twice': inDesign(...[1, 2].map(() => doing('record-late-by-us', { reason: 'x', knownSince: '2026-05-01' })), doing('hold', { reason: 'x' })),
  'a partner body that leaves': inDesign(
    doing('record-partner', { partner: id(430), title: 'x', identifier: null, may: 'see', basis: 'x', from: '2026-06-01', until: '2027-03-31', shares: [] }),
    doing('end-partner', { partner: id(430), reason: 'x' }),
  ),
  'what asks for the next tier, said twice': inDesign(...[1, 2].map(() => doing('raise-tier', { raises: ['untried-model'], reason: 'x' })), doing('hold', { reason: 'x' })),
  'one that is offered to a successor, agreed to by another, and kept after all': inDesign(
    doing('offer-transfer', { to: 'southshire', basis: 'x', on: '2026-06-01' }),
    doing('agree-transfer', {}, 'colleague'),
    doing('withdraw-transfer', { reason: 'x' }),
  ),
  'an obligation and an incident that were put on record by mistake': inDelivery(
    doing('agree-obligation', { obligation: id(330), what: 'x', due: { is: 'once', on: '2026-06-01' }, evidence: 'x' }),
    doing('withdraw-obligation', { obligation: id(330), reason: 'x' }, 'colleague'),
    doing('record-incident', { incident: id(240), happened: 'x', on: '2026-06-01', harm: 'no-harm', done: 'x' }),
    doing('withdraw-incident', { incident: id(240), reason: 'x' }, 'colleague'),
  ),
  'one that another organisation offers, accepted': { follows: pathwayAsking(), moves: [doing('accept-transfer', { providers: [], people: [] })] },
  'what was adopted, undone, and those who gave it told': inDesign(
    ...adopting,
    doing('reverse-answer', { theme: id(140), reasons: 'x' }),
    doing('tell-of-reversal', { theme: id(140), participants: [ada], outcome: 'delivered' }),
  ),
  'a KPI that people wrote, as one of them confirms': {
    follows: pathwayAsking({ code: 'kpi.written-by-people', parameters: {} }),
    moves: [
      opening, gate(),
      ...adopting.slice(0, 2),
      doing('set-kpi', { kpi: id(300), title: 'x', definition: 'x', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'activity', activity: id(110) }, measures: [] }),
      doing('record-proxy-entry', { entry: id(300), onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }),
      gate(),
    ],
  },
  'a criterion that people chose, as one of them confirms, and assess': {
    follows: pathwayAsking({ code: 'evaluation.people-assess', parameters: {} }),
    moves: [
      opening, gate(),
      ...adopting.slice(0, 2),
      doing('set-criterion', { criterion: id(430), title: 'x', chosenBy: { is: 'activity', activity: id(110) } }),
      doing('record-proxy-entry', { entry: id(430), onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }),
      doing('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [id(430)] }),
      doing('record-evaluator-declaration', { evaluator: ada, interest: 'none' }),
      doing('record-evaluator-training', { evaluators: [ada], on: '2026-06-01', source: 'x' }),
      doing('record-assessment', { evaluator: ada, criteria: [id(430)], on: '2026-06-01', source: 'x' }),
      gate(),
    ],
  },
  'somebody who asked to be erased, and is, once': inDesign(...[1, 2].map(() => doing('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator')), doing('hold', { reason: 'x' })),
  'what was imported, of which nobody said what raises its tier, until somebody says that nothing does': { follows: pathwayAsking(), moves: [{ ...takingOver, body: { ...takingOver.body, raises: null } }, gate(), doing('raise-tier', { raises: [], reason: 'x' }), gate()] },
  'two figures that differ, discussed, and the end of their cycle': inDelivery(
    doing('set-kpi', { kpi: id(300), title: 'x', definition: 'x', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] }),
    doing('begin-cycle', { cycle: id(340), period: month }),
    doing('record-observation', { observation: id(310), kpi: id(300), period: month, value: 96, source: 'x' }),
    doing('record-finding', { finding: id(320), kpi: id(300), period: month, question: 'x', method: 'x', answers: 34, value: 71 }),
    doing('discuss-difference', { finding: id(320), on: '2026-06-01', by: 'x', follows: 'x' }),
    doing('end-cycle', { cycle: id(340), on: '2026-06-01' }),
    doing('hold', { reason: 'x' }),
  ),
  'a benefit that people have, observed': inDelivery(
    doing('name-outcome', { outcome: id(390), activity: 'x', change: 'x', title: 'x' }),
    doing('name-benefit', { benefit: id(420), outcome: id(390), what: 'x', kind: 'better-lives', from: 'what-people-gain', whoGains: 'carers', expected: { is: 'people', people: 3 }, comparison: 'x' }),
    doing('observe-benefit', { benefit: id(420), observed: { is: 'people', people: 3 }, against: 'x', on: '2026-06-01', source: 'x' }),
  ),
  'what every group goes to, where nobody is left without': inDesign(
    doing('amend-facts', { facts: { 'affected-groups': ['diners'] } }),
    doing('plan-exit', { plan: { reference: 'x', title: 'x' }, lastDay: '2030-01-01', people: 12 }),
    doing('record-transition', { group: 'diners', people: 12, goesTo: 'x', without: 2 }),
    doing('record-transition', { group: 'diners', people: 12, goesTo: 'x', without: 0 }),
    doing('hold', { reason: 'x' }),
  ),
  'word of staff who pass to another employer': inDelivery(
    doing('plan-staff-transfer', { transfersOn: '2026-09-30', informationBy: '2026-09-03', staff: 3 }),
    doing('plan-staff-transfer', { transfersOn: '2026-09-30', informationBy: '2026-09-02', staff: 3 }),
    doing('record-staff-information', { on: '2026-06-01', evidence: { reference: 'x', title: 'x' } }, 'signatory'),
  ),
  'what providers say before anything is bought': inDesign(
    doing('record-provider-engagement', { engagement: id(460), outcome: { is: 'held', on: '2026-06-01', how: 'x', providers: 3, said: 'x', follows: 'x' } }),
    doing('hold', { reason: 'x' }),
  ),
  'what a sign-off waits for, given more time': inDesign(
    ...approvedBy('approver', { conditions: [{ what: 'x', dueOn: '2026-06-10' }] }),
    doing('renew-sign-off-condition', { signOff: id(50), condition: 1, dueOn: '2026-06-20', reason: 'x' }, 'approver'),
  ),
  'those who gave what a variation touches, asked again': inDelivery(
    ...adopting,
    doing('propose-variation', { variation: id(380), what: 'x', why: 'x', to: { is: 'terms' }, touches: [id(140)] }),
    doing('record-asked-again', { variation: id(380), theme: id(140), activity: id(110), said: 'x' }),
  ),
  'a variation that whoever approved decides, and another reads': inDelivery(
    doing('propose-variation', { variation: id(380), what: 'x', why: 'x', to: { is: 'terms' }, touches: [] }),
    ...approvedBy('colleague'),
    doing('test-modification', { variation: id(380), ground: 'small', confirmed: true, why: 'x' }),
    doing('decide-variation', { variation: id(380), outcome: 'agreed', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'x', weighed: 'x', versionRead: current }, 'colleague'),
    doing('second-variation', { variation: id(380) }, 'colleague'),
    doing('second-variation', { variation: id(380) }, 'approver'),
    doing('accept-variation', { variation: id(380), versionRead: current }, 'signatory'),
    doing('carry-out-variation', { variation: id(380) }),
  ),
  'a decision that whoever approved takes and another reads, of which a notice tells': inDesign(
    doing('invite-provider', { provider }),
    doing('propose-award', { provider, value: { amount: '90000.00', currency: 'GBP' } }),
    ...approvedBy('colleague'),
    doing('record-decision', { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: 'x', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: current }, 'colleague'),
    doing('second-decision', { decision: id(60) }, 'colleague'),
    doing('second-decision', { decision: id(60) }, 'approver'),
    doing('publish-award-notice', { publishedOn: '2026-06-01', reference: 'x' }),
    doing('hold', { reason: 'x' }, 'commissioner', 60),
  ),
  'a link that is undone, and an invitation that two withdraw': inDesign(
    doing('link-agreement', { to: earlier, as: 'replaces' }),
    doing('unlink-agreement', { to: earlier, as: 'replaces', reason: 'x' }),
    doing('invite-provider', { provider }),
    doing('uninvite-provider', { provider, reason: 'x' }),
    doing('uninvite-provider', { provider, reason: 'x' }, 'colleague'),
    doing('hold', { reason: 'x' }),
  ),
  'somebody who took part and is erased at their wish, once': inDesign(
    ...adopting.slice(0, 2),
    doing('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator'),
    doing('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator'),
    doing('hold', { reason: 'x' }),
  ),
  'an objection that is replied to beside a second person': inDesign(
    doing('raise-risk', { risk: id(150), title: 'x', bearers: ['service-users'], owner: people.approver, domain: 'service', scores: { 'co-produced': small, 'professional-only': small, 'not-acting': small }, levels: { inherent: small, current: small, target: small } }),
    doing('seek-statement', { statement: id(160), group: 'service-users', form: 'easy-read', of: 'user-led-body', advocacyOffered: true }),
    doing('record-statement', { statement: id(160), view: 'object', spokenBy: people.representative, words: { subject: people.representative, sealed: 'x' } }, 'representative'),
    doing('reply-to-objection', { statement: id(160), reply: 'x', secondPerson: people.colleague }, 'decisionMaker'),
    doing('second-reply', { statement: id(160) }, 'colleague'),
  ),
  'what extends another, tested as a modification of that one': {
    follows: { ...pathwayAsking({ code: 'facts.present', parameters: { facts: ['eqia'] } }), keepsRoute: true },
    moves: [
      opening, gate(),
      doing('amend-facts', { facts: { value: { amount: '900.00', currency: 'GBP' }, 'contract-period': { startsOn: '2027-01-01', endsOn: '2027-01-31' } } }),
      doing('link-agreement', { to: running, as: 'renews' }),
      doing('test-modification', { ground: 'small', confirmed: true, why: 'x' }),
      doing('hold', { reason: 'x' }),
    ],
  },
  'what was adopted in what another agreement ends, after that one was told, and undone': {
    follows: { ...pathwayAsking(), raises: ['ends-a-service'] },
    moves: [
      takingOver,
      { ...doing('link-agreement', { to: agreementId, as: 'ends' }), at: earlier },
      ...adopting,
      gate('commissioner', 365),
      doing('reverse-answer', { theme: id(140), reasons: 'x' }),
      doing('hold', { reason: 'x' }),
    ],
  },
};
