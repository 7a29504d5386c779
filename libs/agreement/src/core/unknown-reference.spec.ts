import { expect, test } from '@jest/globals';
import type { CommandName, Commands } from './command.js';
import { given, people, refusals } from './given.js';
import { noLevels } from './risk.js';

// A thing that is not there, and a fault that can be judged without it: whoever sent both hears of both at once.

const [past, today, ahead] = ['2026-05-01', '2026-06-01', '2026-07-01'] as const;
const offMatrix = { likelihood: 9, impact: 9 };
const pounds = (amount: string) => ({ amount, currency: 'GBP' });
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
  'answer-contribution': [{ contribution: 'x', response: { outcome: 'deferred', reasons: ' ' } }, ['contribution.unknown', 'answer.without-reasons']],
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
    { variation: 'x', outcome: 'agreed', decidedBy: { kind: 'officer', delegation: 'D1' }, decidedOn: ahead, inForceFrom: today, reasons: 'It helps.' },
    ['variation.unknown', 'sign-off.own-work', 'variation.not-decided-yet', 'variation.in-force-before'],
  ],
  'make-commitment': [{ commitment: 'c', what: 'A ramp', by: past, theme: 'x' }, ['commitment.too-late', 'theme.unknown']],
  'record-contribution': [{ contribution: 'c', activity: 'x', author: 'p', text: { subject: 'p', sealed: 's' }, givenOn: ahead }, ['activity.unknown', 'contribution.not-yet']],
  'answer-theme': [{ theme: 'x', response: { outcome: 'deferred', reasons: ' ' } }, ['theme.unknown', 'answer.without-reasons']],
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
