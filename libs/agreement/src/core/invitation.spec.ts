import { expect, test } from '@jest/globals';
import { given, id, inDesign, refusals } from './given.js';
import { accepted, ada, ben, declined, held, invited, panel, survey, voided } from './given-involvement.js';

const invitation = { invitation: id(51), activity: panel, participant: ada, answerBy: '2026-06-15' } as const;

test('an invitation is a fact of the agreement and an ask of the person, in one decision', () => {
  const decision = given(held(panel)).when('invite-participant', invitation);
  expect(decision).toMatchObject({
    accepted: [
      { stream: `agreement-${id(1)}`, type: 'concordat.agreement.participant-invited.v1' },
      { stream: `participant-${ada}`, type: 'concordat.participant.asked.v1', data: { agreement: id(1), answerBy: '2026-06-15' } },
    ],
  });
});

test('asking beyond the budget is refused, with the day on which one more ask fits', () => {
  const scene = given(held(panel), held(survey)).did('choose-ask-budget', { participant: ada, asksPerYear: 1 }).did('invite-participant', invitation);
  expect(scene.when('invite-participant', { ...invitation, invitation: id(52), activity: survey })).toMatchObject({
    refused: [{ code: 'ask-budget.exceeded', missing: [{ by: 'invite-participant' }, { what: expect.stringContaining('2026-06-16'), suppliedBy: 'time' }] }],
  });
});

test('an ask that is declined is released, and the same is not asked again', () => {
  const scene = given(held(panel), held(survey))
    .did('choose-ask-budget', { participant: ada, asksPerYear: 1 })
    .did('invite-participant', invitation)
    .did('decline-invitation', { invitation: id(51), participant: ada });
  expect(refusals(scene.when('invite-participant', { ...invitation, invitation: id(52), activity: survey }))).toEqual([]);
  expect(refusals(scene.when('invite-participant', { ...invitation, invitation: id(52) }))).toEqual(['invitation.declined-before']);
});

test('whoever said yes may still say no, and is released', () => {
  const scene = given(held(panel)).did('invite-participant', invitation).did('accept-invitation', { invitation: id(51), participant: ada });
  expect(refusals(scene.when('accept-invitation', { invitation: id(51), participant: ada }))).toEqual(['already-so']);
  const left = scene.did('decline-invitation', { invitation: id(51), participant: ada });
  expect(left.participants[ada]?.asks).toEqual([]);
  expect(refusals(left.when('accept-invitation', { invitation: id(51), participant: ada }))).toEqual(['already-so']);
});

test('an invitation that nobody answered lapses and can be sent again', () => {
  const scene = given(held(panel)).did('invite-participant', invitation);
  expect(refusals(scene.on('2026-06-15').when('accept-invitation', { invitation: id(51), participant: ada }))).toEqual([]);
  expect(refusals(scene.on('2026-06-16').when('accept-invitation', { invitation: id(51), participant: ada }))).toEqual(['invitation.lapsed']);
  expect(refusals(scene.on('2026-06-15').when('invite-participant', { ...invitation, invitation: id(52) }))).toEqual(['already-so']);
  expect(refusals(scene.on('2026-06-16').when('invite-participant', { ...invitation, invitation: id(52), answerBy: '2026-06-20' }))).toEqual([]);
});

test('an invitation says every rule it breaks: voided, no time to answer', () => {
  const scene = given(held(panel), voided(panel));
  expect(refusals(scene.when('invite-participant', { ...invitation, answerBy: '2026-05-01' }))).toEqual(['activity.voided', 'invitation.no-time']);
  expect(refusals(given(held(panel)).when('invite-participant', { ...invitation, answerBy: '2026-07-01' }))).toEqual(['invitation.answer-too-late']);
  expect(refusals(inDesign.when('invite-participant', invitation))).toEqual(['activity.unknown']);
});

test('nobody answers an invitation that was sent to someone else', () => {
  const scene = given(held(panel), invited(panel, ada), accepted(panel, ada), invited(panel, ben), declined(panel, ben));
  for (const command of ['accept-invitation', 'decline-invitation'] as const) {
    expect(refusals(scene.when(command, { invitation: `${panel}/${ada}`, participant: ben }))).toEqual(['invitation.unknown']);
  }
});

test('an invitation beside what someone wants to be asked about is refused, whichever agreement asks', () => {
  const lunch = given(held(panel)).did('amend-facts', { facts: { theme: 'Food' } });
  const wanting = (themes: string[], modes: ('co-design' | 'co-delivery')[] = []) => lunch.did('choose-interests', { participant: ada, themes, modes });
  expect(wanting(['Transport']).when('invite-participant', invitation)).toMatchObject({
    refused: [{ code: 'invitation.beside-interests', missing: [{ by: 'invite-participant' }, { suppliedBy: 'participant', by: 'choose-interests' }] }],
  });
  expect(refusals(wanting([], ['co-delivery']).when('invite-participant', invitation))).toEqual(['invitation.beside-interests']);
  for (const fitting of [wanting([' food ']), wanting([], ['co-design']), lunch]) {
    expect(refusals(fitting.when('invite-participant', invitation))).toEqual([]);
  }
});

test('that nobody wished to is recorded once, with how it is known', () => {
  const nobody = { stage: 'design', group: 'residents', offered: 'advise', source: 'Tenants’ meeting, 3 June' } as const;
  expect(refusals(inDesign.when('record-nobody-wished', { ...nobody, source: ' ', stage: 'mandate' }))).toEqual(['stage.left', 'nobody-wished.no-source']);
  expect(refusals(inDesign.did('record-nobody-wished', nobody).when('record-nobody-wished', nobody))).toEqual(['already-so']);
});

test('an ask budget is a whole number that the person chose', () => {
  for (const asksPerYear of [-1, 1.5]) expect(refusals(inDesign.when('choose-ask-budget', { participant: ada, asksPerYear }))).toEqual(['ask-budget.not-a-number']);
  expect(refusals(inDesign.when('choose-ask-budget', { participant: ada, asksPerYear: 6 }))).toEqual(['already-so']);
});
