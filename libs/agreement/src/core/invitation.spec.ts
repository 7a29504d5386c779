import { expect, test } from '@jest/globals';
import { given, id, inDesign, people, refusals } from './given.js';
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
  const scene = given(held(panel), held(survey)).asked(ada).did('choose-ask-budget', { participant: ada, asksPerYear: 1 }).did('invite-participant', invitation);
  expect(scene.when('invite-participant', { ...invitation, invitation: id(52), activity: survey })).toMatchObject({
    refused: [{ code: 'ask-budget.exceeded', missing: [{ by: 'invite-participant' }, { what: expect.stringContaining('2027-06-01'), suppliedBy: 'time' }] }],
  });
});

test('an ask that is declined is released, and the same is not asked again', () => {
  const scene = given(held(panel), held(survey)).asked(ada)
    .did('choose-ask-budget', { participant: ada, asksPerYear: 1 })
    .did('invite-participant', invitation)
    .did('decline-invitation', { invitation: id(51), participant: ada }, 'representative');
  expect(refusals(scene.when('invite-participant', { ...invitation, invitation: id(52), activity: survey }))).toEqual([]);
  expect(refusals(scene.when('invite-participant', { ...invitation, invitation: id(52) }))).toEqual(['invitation.declined-before']);
});

test('whoever said yes may still say no, and is released', () => {
  const scene = given(held(panel)).did('invite-participant', invitation).did('accept-invitation', { invitation: id(51), participant: ada });
  expect(refusals(scene.when('accept-invitation', { invitation: id(51), participant: ada }))).toEqual(['already-so']);
  const left = scene.did('decline-invitation', { invitation: id(51), participant: ada }, 'representative');
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
  const lunch = given(held(panel)).asked(ada).did('amend-facts', { facts: { theme: 'Food' } });
  const wanting = (themes: string[], modes: ('co-design' | 'co-delivery')[] = []) => lunch.did('choose-interests', { participant: ada, themes, modes });
  expect(wanting(['Transport']).when('invite-participant', invitation)).toMatchObject({
    refused: [{ code: 'invitation.beside-interests', missing: [{ by: 'invite-participant' }, { suppliedBy: 'participant', by: 'choose-interests' }] }],
  });
  expect(refusals(wanting([], ['co-delivery']).when('invite-participant', invitation))).toEqual(['invitation.beside-interests']);
  for (const fitting of [wanting([' food ']), wanting([], ['co-design']), lunch]) {
    expect(refusals(fitting.when('invite-participant', invitation))).toEqual([]);
  }
});

test('that nobody wished to is recorded with how it is known, by two people and by nobody twice', () => {
  const nobody = { stage: 'design', group: 'residents', offered: 'advise', source: 'Tenants’ meeting, 3 June' } as const;
  expect(refusals(inDesign.when('record-nobody-wished', { ...nobody, source: ' ', stage: 'mandate' }))).toEqual(['stage.left', 'nobody-wished.no-source']);
  const one = inDesign.did('record-nobody-wished', nobody);
  expect(one.when('record-nobody-wished', nobody)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'record-nobody-wished' }] }] });
  expect(refusals(one.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('record-nobody-wished', nobody, 'colleague'))).toEqual(['second.same-person']);
  expect(refusals(one.did('record-nobody-wished', nobody, 'colleague').when('record-nobody-wished', nobody))).toEqual(['already-so']);
});

test('an ask budget is a whole number that the person chose', () => {
  for (const asksPerYear of [-1, 1.5]) expect(refusals(inDesign.asked(ada).when('choose-ask-budget', { participant: ada, asksPerYear }))).toEqual(['ask-budget.not-a-number']);
  expect(refusals(inDesign.asked(ada).when('choose-ask-budget', { participant: ada, asksPerYear: 6 }))).toEqual(['already-so']);
});

test('who said yes has answered, however late it is; who said no has said it once', () => {
  const answer = { invitation: id(51), participant: ada };
  const yes = given(held(panel)).did('invite-participant', invitation).did('accept-invitation', answer);
  expect(yes.participants[ada]?.asks).toMatchObject([{ invitation: id(51) }]);
  expect(refusals(yes.on('2026-06-20').when('accept-invitation', answer))).toEqual(['already-so']);
  expect(refusals(yes.did('decline-invitation', answer, 'representative').when('decline-invitation', answer))).toEqual(['already-so']);
});

test('an invitation may be answered until the day the activity closes; its id is of one person, and a no is of one person too', () => {
  const scene = given(held(panel));
  expect(refusals(scene.when('invite-participant', { ...invitation, answerBy: '2026-06-30' }))).toEqual([]);
  const no = scene.did('invite-participant', invitation).did('decline-invitation', { invitation: id(51), participant: ada }, 'representative');
  expect(refusals(no.when('invite-participant', { ...invitation, participant: ben }))).toEqual(['already-so']);
  expect(refusals(no.when('invite-participant', { ...invitation, invitation: id(52), participant: ben }))).toEqual([]);
});

test('whoever wants one of several themes is asked about it, once the agreement says which its own is; a part is asked for where the stage has one', () => {
  const wanting = (themes: string[], modes: ('co-design' | 'co-delivery')[] = []) => given(held(panel, { stage: 'mandate' }), held(survey)).asked(ada).did('choose-interests', { participant: ada, themes, modes });
  const asked = { ...invitation, activity: survey };
  expect(refusals(wanting(['Transport', 'Food']).did('amend-facts', { facts: { theme: 'Food' } }).when('invite-participant', asked))).toEqual([]);
  expect(wanting(['Transport']).when('invite-participant', asked)).toMatchObject({ refused: [{ code: 'invitation.beside-interests', missing: [{ what: 'theme', suppliedBy: 'commissioner', by: 'amend-facts' }, { by: 'invite-participant' }, { by: 'choose-interests' }] }] });
  expect(refusals(wanting([], ['co-design']).when('invite-participant', asked))).toEqual([]);
  expect(refusals(wanting([], ['co-delivery']).when('invite-participant', invitation))).toEqual([]);
  expect(refusals(wanting(['Food']).when('choose-interests', { participant: ada, themes: ['Food', 'Food'], modes: [] }))).toEqual(['already-so']);
});

test('somebody who wants no asks at all is not asked, and no day is told on which they would be', () => {
  const scene = given(held(panel)).asked(ada).did('choose-ask-budget', { participant: ada, asksPerYear: 0 });
  expect(scene.when('invite-participant', invitation)).toMatchObject({ refused: [{ code: 'ask-budget.exceeded', missing: [{ what: 'someone who has been asked less', by: 'invite-participant' }] }] });
  expect(inDesign.asked(ada).when('choose-ask-budget', { participant: ada, asksPerYear: -1 })).toMatchObject({ refused: [{ missing: [{ what: 'asksPerYear', suppliedBy: 'participant', by: 'choose-ask-budget' }] }] });
});

test('that nobody wished to is of one group, one stage and one offer', () => {
  const nobody = { stage: 'design', group: 'residents', offered: 'advise', source: 'Tenants’ meeting, 3 June' } as const;
  const scene = inDesign.did('record-nobody-wished', nobody);
  for (const other of [{ ...nobody, stage: 'delivery' }, { ...nobody, group: 'diners' }, { ...nobody, offered: 'consult' }] as const) expect(refusals(scene.when('record-nobody-wished', other))).toEqual([]);
});

test('nobody of staff widens what somebody wants to be asked about; less they enter for them, in whatever spelling', () => {
  const wanting = given(held(panel, { stage: 'mandate' })).asked(ada).did('choose-interests', { participant: ada, themes: ['Food', 'Transport'], modes: ['co-design'] });
  for (const other of [{ themes: [], modes: ['co-design'] }, { themes: ['Food', 'Meals'], modes: ['co-design'] }, { themes: ['Food'], modes: [] }, { themes: ['Food'], modes: ['co-design', 'co-delivery'] }] as const) {
    const chosen = { participant: ada, ...other };
    expect(wanting.when('choose-interests', chosen, 'colleague')).toMatchObject({
      refused: [{ code: 'interests.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }],
    });
    expect(refusals(wanting.when('choose-interests', chosen, 'representative'))).toEqual([]);
  }
  expect(refusals(wanting.when('choose-interests', { participant: ada, themes: ['food '], modes: ['co-design'] }))).toEqual([]);
});

test('nobody of staff raises how often somebody wishes to be asked: that is their own word, or of whoever speaks for them', () => {
  const scene = given(held(panel)).asked(ada).did('choose-ask-budget', { participant: ada, asksPerYear: 0 });
  for (const who of ['commissioner', 'colleague'] as const) {
    expect(scene.when('choose-ask-budget', { participant: ada, asksPerYear: 99 }, who)).toMatchObject({
      refused: [{ code: 'ask-budget.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }],
    });
  }
  // Nor under a second id by which they speak for people.
  const twice = scene.knowing('representative', { identities: [{ person: people.colleague, provider: null }] });
  expect(refusals(twice.when('choose-ask-budget', { participant: ada, asksPerYear: 99 }, 'representative'))).toEqual(['ask-budget.not-their-word']);
  expect(refusals(scene.when('invite-participant', invitation))).toEqual(['ask-budget.exceeded']);
  expect(refusals(scene.did('choose-ask-budget', { participant: ada, asksPerYear: 4 }, 'representative').when('invite-participant', invitation))).toEqual([]);
});
