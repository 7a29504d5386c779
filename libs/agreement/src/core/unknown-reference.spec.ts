import { expect, test } from '@jest/globals';
import type { CommandName, Commands } from './command.js';
import { given, people, refusals } from './given.js';
import { ada } from './given-involvement.js';
import { noLevels } from './risk.js';

// A thing that is not there, and a fault that can be judged without it: whoever sent both hears of both at once.

const [past, today, ahead] = ['2026-05-01', '2026-06-01', '2026-07-01'] as const;
const offMatrix = { likelihood: 9, impact: 9 };
const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const sealed = { subject: ada, sealed: 'x' };
const document = { title: 'The plan', reference: 'doc-1' };
const scores = { 'co-produced': offMatrix, 'professional-only': null, 'not-acting': null };

/** Every command on something that exists already whose other words can be wrong by themselves. */
const both: { readonly [C in CommandName]?: readonly [Commands[C], readonly string[]] } = {
  'record-attendance': [{ activity: 'x', participants: ['p'], on: ahead }, ['activity.unknown', 'activity.not-yet']],
  'record-effort': [{ activity: 'x', participant: 'p', hours: 30, on: ahead }, ['activity.unknown', 'effort.hours', 'activity.not-yet']],
  'record-joint-decision': [{ activity: 'x', decided: 'Both days', on: ahead }, ['activity.unknown', 'activity.not-yet']],
  'record-vote': [{ activity: 'x', vote: 'v', question: 'Which?', options: [{ option: 'A', votes: 0 }], on: ahead }, ['activity.unknown', 'vote.no-choice', 'vote.nobody-voted', 'activity.not-yet']],
  'invite-participant': [{ invitation: 'i', activity: 'x', participant: 'p', answerBy: past }, ['activity.unknown', 'invitation.no-time']],
  'offer-payment': [{ offer: 'o', activity: 'x', participant: 'p', amount: pounds('0.00') }, ['activity.unknown', 'payment.nothing', 'payment.before-benefits-advice']],
  'issue-information': [{ pack: 'i', activity: 'x', title: 'The plan', document, forms: [], changed: '' }, ['activity.unknown', 'information.in-no-form']],
  'record-information-given': [{ pack: 'x', version: 1, participants: ['p'], on: ahead }, ['participant.unknown', 'information.unknown', 'information.not-yet']],
  'carry-over': [{ carried: 'c', from: 'x', fromStage: 'design', stage: 'mandate', why: 'They said it.' }, ['carry-over.unknown', 'stage.left']],
  'answer-contribution': [{ contribution: 'x', author: ada, response: { outcome: 'adopted', reasons: sealed, changed: sealed, links: [{ to: 'risk', which: 'x' }] } }, ['contribution.unknown', 'answer.dead-link']],
  'rate-answer': [{ answer: 'x', participant: 'p', rating: 9 }, ['answer.unknown', 'rating.not-a-rating']],
  'rescore-risk': [{ risk: 'x', scores, reason: 'Looked at again.' }, ['risk.unknown', 'risk.score-out-of-range']],
  'review-risk': [{ risk: 'x', levels: { ...noLevels, target: offMatrix }, reviewOn: today, reason: 'As planned.' }, ['risk.unknown', 'risk.not-scored', 'risk.score-out-of-range', 'risk.review-not-ahead']],
  'rescore-opportunity': [{ opportunity: 'x', score: offMatrix, reason: 'Looked at again.' }, ['opportunity.unknown', 'risk.score-out-of-range']],
  'add-control': [{ control: 'c', risk: 'x', title: 'Visits', kind: 'supervision', owner: 'nobody' }, ['risk.unknown', 'person.unknown']],
  'record-control-proof': [{ control: 'x', on: ahead, finding: 'works', shows: 'They came.' }, ['control.unknown', 'control.proof-ahead']],
  'record-panel-advice': [
    { advice: 'a', panel: 'x', risks: ['x'], says: 'Two people at night.', inFavour: 1, against: 1, dissent: '', on: ahead },
    ['risk-panel.unknown', 'risk.unknown', 'risk-panel.dissent-unsaid', 'risk-panel.ahead'],
  ],
  'reply-to-objection': [{ statement: 'x', reply: ' ', secondPerson: people.commissioner }, ['statement.unknown', 'statement.empty-reply', 'statement.no-second-person']],
  'sign-off': [
    { signOff: 'x', versionRead: 'v', outcome: { is: 'granted', conditions: [{ what: 'A rota', dueOn: past }], expiresOn: past } },
    ['sign-off.unknown', 'sign-off.due-date-past', 'sign-off.expired-already'],
  ],
  'renew-sign-off': [{ signOff: 'x', versionRead: 'v', expiresOn: past, review: document }, ['sign-off.unknown', 'sign-off.expired-already']],
  'renew-sign-off-condition': [{ signOff: 'x', condition: 1, dueOn: today, reason: 'Late.' }, ['sign-off.unknown', 'sign-off.due-date-past']],
  'renew-condition': [{ condition: 'x', dueOn: today, reason: 'Late.' }, ['condition.unknown', 'condition.due-past']],
  'decide-variation': [
    { variation: 'x', outcome: 'agreed', decidedBy: { kind: 'officer', delegation: 'D1' }, scheme: 'D1', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: ahead, inForceFrom: today, reasons: 'It helps.', weighed: 'x', versionRead: 'v' },
    ['variation.unknown', 'sign-off.own-work', 'variation.not-decided-yet', 'variation.in-force-before'],
  ],
  'set-kpi': [
    { kpi: 'k', title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 140 }, writtenBy: { is: 'activity', activity: 'x' }, measures: ['x'] },
    ['kpi.no-percentage', 'kpi.not-written-there', 'obligation.unknown'],
  ],
  'record-observation': [
    { observation: 'o', kpi: 'x', period: { startsOn: ahead, endsOn: '2026-06-30' }, value: 96, source: 'Call log', provider: 'x' },
    ['kpi.unknown', 'delivery.whose', 'delivery.period-reversed', 'kpi.period-not-over'],
  ],
  'record-finding': [
    { finding: 'f', kpi: 'x', period: { startsOn: '2025-12-01', endsOn: ahead }, question: 'On time?', method: 'By telephone', answers: 0, value: 71 },
    ['kpi.unknown', 'delivery.before-agreement', 'kpi.period-not-over', 'kpi.answers-and-value'],
  ],
  'discuss-difference': [{ finding: 'x', on: ahead, by: 'Both', follows: 'A count at the door' }, ['kpi.finding-unknown', 'kpi.not-discussed-then']],
  'agree-obligation': [{ obligation: 'o', what: 'A report', due: { is: 'once', on: '2025-12-01' }, evidence: 'The report', provider: 'x' }, ['delivery.before-agreement', 'obligation.not-the-provider']],
  'meet-obligation': [{ obligation: 'x', on: ahead, evidence: document }, ['obligation.unknown', 'obligation.not-met-yet']],
  'end-cycle': [{ cycle: 'x', on: ahead }, ['cycle.unknown', 'cycle.not-ended-then']],
  'agree-action': [{ action: 'a', meeting: 'x', what: 'A count', owner: 'nobody', dueOn: ahead }, ['review-meeting.unknown', 'person.unknown']],
  'complete-action': [{ action: 'x', how: 'Counted', on: ahead }, ['review-meeting.action-unknown', 'review-meeting.action-not-done-yet']],
  'raise-provider-concern': [{ concern: 'c', provider: 'x', about: 'Travel is not paid.', raisedOn: ahead }, ['provider-concern.not-the-provider', 'provider-concern.not-raised-yet']],
  'answer-provider-concern': [{ concern: 'x', answer: 'It is from June.', on: ahead }, ['provider-concern.unknown', 'provider-concern.not-answered-then']],
  'record-incident': [{ incident: 'i', risk: 'x', happened: 'Nobody came.', on: ahead, harm: 'low-harm', done: 'A second name' }, ['risk.unknown', 'incident.ahead']],
  'record-quality-visit': [
    { visit: 'v', provider: 'x', on: ahead, visitors: 'both', notice: 'unannounced', spokeWith: 6, found: 'All well', report: document, improvements: [{ improvement: 'i', what: 'A card', dueOn: today }], nextBy: today },
    ['quality-visit.not-the-provider', 'quality-visit.not-made-yet', 'quality-visit.improvement-past', 'quality-visit.next-past'],
  ],
  'show-improvement': [{ improvement: 'x', how: 'A card', on: ahead, evidence: document }, ['quality-visit.improvement-unknown', 'quality-visit.not-shown-then']],
  'record-asked-again': [{ variation: 'x', theme: 'x', activity: 'x', said: 'They agree.' }, ['variation.unknown', 'variation.nobody-asked']],
  'test-modification': [{ variation: 'x', ground: 'x', confirmed: true, why: 'The same' }, ['variation.unknown', 'variation.no-such-ground']],
  'record-transition': [{ group: 'nobody', people: 3, goesTo: 'Another club', without: 4 }, ['exit.group-not-affected', 'exit.more-without-than-people']],
  'plan-staff-transfer': [{ transfersOn: '2025-12-01', informationBy: past, staff: 12 }, ['delivery.before-agreement', 'exit.staff-information-too-late']],
  'record-staff-information': [{ on: ahead, evidence: document }, ['exit.no-staff-transfer', 'exit.staff-information-ahead']],
  'link-outcome': [
    { link: 'l', outcome: 'x', step: 'change-to-outcome', indicator: 'Falls', unit: 'percent', holder: 'Public health', baseline: 140, target: 140, comparison: 'The next ward', visibleFrom: ahead },
    ['outcome.unknown', 'kpi.no-percentage', 'kpi.no-percentage', 'outcome.no-way-to-go'],
  ],
  'record-measurement': [{ measurement: 'm', link: 'x', on: ahead, value: 42, source: 'Ward figures' }, ['outcome.link-unknown', 'outcome.not-measured-yet']],
  'answer-plain-questions': [
    { outcome: 'x', viewer: 'users', activity: 'x', people: 0, on: ahead, better: 'yes', becauseOfThis: 'yes', worthIt: 'yes' },
    ['outcome.unknown', 'activity.unknown', 'outcome.nobody-answered', 'outcome.not-answered-yet'],
  ],
  'name-benefit': [
    { benefit: 'b', outcome: 'x', what: 'Fewer nights', kind: 'saving', from: 'hours-of-citizens', whoGains: 'commissioner', expected: { is: 'people', people: 3 }, comparison: 'The next ward' },
    ['outcome.unknown', 'benefit.hours-are-no-saving', 'benefit.saved-is-money'],
  ],
  'observe-benefit': [{ benefit: 'x', observed: { is: 'money', amount: { amount: '5.00', currency: 'EUR' } }, against: 'The next ward', on: ahead, source: 'Ward figures' }, ['benefit.unknown', 'value.not-in-pounds', 'benefit.not-observed-yet']],
  'record-cost': [
    { cost: 'c', outcome: 'x', period: { startsOn: ahead, endsOn: '2026-06-30' }, spent: { amount: '5.00', currency: 'EUR' }, units: 1, hours: 1 },
    ['outcome.unknown', 'delivery.period-reversed', 'value.not-in-pounds', 'value.period-not-over'],
  ],
  'record-hours-wanted': [{ cost: 'x', activity: 'x', wanted: 0, ratherNot: 0, on: ahead }, ['value.cost-unknown', 'activity.unknown', 'value.nobody-asked', 'value.not-asked-yet']],
  'make-commitment': [{ commitment: 'c', what: 'A ramp', by: past, theme: 'x' }, ['commitment.too-late', 'theme.unknown']],
  'record-contribution': [{ contribution: 'c', activity: 'x', author: 'p', text: { subject: 'p', sealed: 's' }, givenOn: ahead }, ['activity.unknown', 'contribution.not-yet']],
  'answer-theme': [{ theme: 'x', response: { outcome: 'deferred', reasons: ' ' } }, ['theme.unknown', 'answer.without-reasons', 'answer.until-no-day']],
};

test.each(Object.entries(both))('%s on what is not there tells, too, what is wrong besides', (name, [command, told]) => {
  expect(refusals(given().when(name as CommandName, command as Commands[CommandName])).toSorted()).toEqual([...told].toSorted());
});

test('an interest of one’s own is told together with there being nothing to lift', () => {
  const scene = given(['concordat.agreement.conflict-declared.v1', { person: people.commissioner, role: 'commissioner', interest: 'money', about: { subject: 'p', sealed: 's' } }]);
  const lifting = { person: people.colleague, role: 'commissioner', reasons: { subject: 'p', sealed: 's' } } as const;
  expect(refusals(scene.when('lift-conflict', lifting))).toEqual(['conflict.nothing-to-lift', 'conflict.not-theirs-to-lift']);
});

test('an urgency where no law knows grounds for it tells, too, that its start is past', () => {
  const urgent = { ground: 'flood', why: 'The hall is under water.', startsOn: past } as const;
  expect(refusals(given().when('record-urgency', urgent))).toEqual(['urgent.no-grounds', 'urgent.retrospective']);
});
