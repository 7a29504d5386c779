import { expect, test } from '@jest/globals';
import { given, id, inDesign, people, refusals, type Scene } from './given.js';
import { ada, ben, came, cat, held, invited, panel, survey } from './given-involvement.js';

const choosing = (scene: Scene, participant: string) => scene.when('choose-ask-budget', { participant, asksPerYear: 2 });

test('whoever was asked, came, gave hours or said something is known; whoever did not is told of by the field that names them', () => {
  const scene = given(held(panel), came(panel, ada), invited(panel, ben));
  expect([ada, ben].map((one) => refusals(choosing(scene, one)))).toEqual([[], []]);
  const cats = scene.did('record-effort', { activity: panel, participant: cat, hours: 2, on: '2026-06-01' });
  expect([refusals(choosing(scene, cat)), refusals(choosing(cats, cat))]).toEqual([['participant.unknown'], []]);
  const said = scene.on('2099-01-01').did('record-contribution', { contribution: id(70), activity: panel, author: cat, text: { subject: cat, sealed: 'x' }, givenOn: '2099-01-01' });
  expect(refusals(choosing(said, cat))).toEqual([]);
  expect(choosing(scene, cat)).toMatchObject({ refused: [{ missing: [{ what: `participant: participant-${cat}`, suppliedBy: 'facilitator', by: 'invite-participant' }] }] });
});

test('whoever another agreement of the organisation asked is known in all of them', () => {
  expect(refusals(choosing(inDesign.asked(ada), ada))).toEqual([]);
  const elsewhere = given(held(panel)).did('invite-participant', { invitation: id(51), activity: panel, participant: ada, answerBy: '2026-06-02' });
  expect([elsewhere.participants[ada]?.known, elsewhere.did('decline-invitation', { invitation: id(51), participant: ada }).participants[ada]?.known]).toEqual([true, true]);
});

test('whoever took part in one agreement is known in all of them: they choose there how often they are asked', () => {
  const [two, three] = [id(902), id(903)];
  const elsewhere = given(held(panel)).beside(two, inDesign.agreement);
  const took = [
    elsewhere.did('record-attendance', { activity: panel, participants: [ada, ben], on: '2026-06-01' }),
    elsewhere.did('record-effort', { activity: panel, participant: ada, hours: 2, on: '2026-06-01' }),
    elsewhere.did('record-contribution', { contribution: id(70), activity: panel, author: ada, text: { subject: ada, sealed: 'x' }, givenOn: '2026-06-01' }),
  ];
  for (const scene of took) expect([refusals(choosing(scene.inside(two), ada)), refusals(choosing(scene.inside(two), cat))]).toEqual([[], ['participant.unknown']]);
  const chosen = took[0]!.inside(two).did('choose-ask-budget', { participant: ada, asksPerYear: 0 }).beside(three, given(held(survey)).agreement).inside(three);
  expect(refusals(chosen.when('invite-participant', { invitation: id(51), activity: survey, participant: ada, answerBy: '2026-06-02' }))).toEqual(['ask-budget.exceeded']);
});

test('they come in once, and a concern says of nobody that they were there', () => {
  const scene = given(held(panel));
  const saying = (contribution: string, kind: 'view' | 'safeguarding-concern', at: Scene = scene) => {
    const decision = at.when('record-contribution', { contribution, activity: panel, author: ada, text: { subject: kind === 'view' ? ada : contribution, sealed: 'x' }, kind, givenOn: '2026-06-01' });
    return 'accepted' in decision ? decision.accepted.map(({ stream }) => stream.split('-')[0]) : [];
  };
  expect([saying(id(70), 'view'), saying(id(71), 'safeguarding-concern')]).toEqual([['agreement', 'participant'], ['agreement']]);
  const came = scene.did('record-attendance', { activity: panel, participants: [ada], on: '2026-06-01' });
  expect(saying(id(72), 'view', came)).toEqual(['agreement']);
});

test('of many who have the information each one is told of whom nobody knows, with whatever else is wrong', () => {
  const decision = given(held(panel), came(panel, ada)).when('record-information-given', { pack: id(61), version: 1, participants: [ada, ben, cat], on: '2099-01-01' });
  expect(refusals(decision)).toEqual(['participant.unknown', 'information.unknown', 'information.not-yet']);
  expect(decision).toMatchObject({ refused: [{ missing: [ben, cat].map((one) => ({ what: `participants: participant-${one}` })) }, {}, {}] });
});

test('who signs in may be named too where somebody puts a view or a dissent into words', () => {
  const dissenting = (dissenter: string) => inDesign.when('record-dissent', { dissent: id(95), dissenter, from: 'award', words: { subject: dissenter, sealed: 'x' } }, 'colleague');
  expect(refusals(dissenting(people.colleague))).toEqual([]);
  expect(dissenting(ada)).toMatchObject({
    refused: [{ code: 'participant.unknown', missing: [{ what: `dissenter: participant-${ada}`, by: 'invite-participant' }, { what: `dissenter: person-${ada}`, by: 'register-person' }] }],
  });
});

test('whoever signs in takes part under a pseudonym: the id of an account is invited, counted, paid and given words to by nobody', () => {
  const scene = given(held(panel), came(panel, ada));
  for (const who of [people.commissioner, people.signatory, people.representative, people.member]) {
    expect(refusals(scene.when('invite-participant', { invitation: id(51), activity: panel, participant: who, answerBy: '2026-06-02' }))).toEqual(['participant.registered']);
    expect(refusals(scene.when('record-effort', { activity: panel, participant: who, hours: 2, on: '2026-06-01' }))).toEqual(['participant.registered']);
    expect(refusals(scene.when('record-contribution', { contribution: id(70), activity: panel, author: who, text: { subject: who, sealed: 'x' }, givenOn: '2026-06-01' }))).toEqual(['participant.registered']);
  }
  expect(scene.when('record-attendance', { activity: panel, participants: [ada, people.commissioner, ben, people.signatory], on: '2026-06-01' })).toMatchObject({
    refused: [{ code: 'participant.registered', missing: [people.commissioner, people.signatory].map((who) => ({ what: `a pseudonym in place of participants: person-${who}` })) }],
  });
  expect(refusals(scene.when('record-benefits-advice', { participant: people.commissioner, on: '2026-06-01', source: { subject: people.commissioner, sealed: 'x' }, taken: false }))).toEqual(['participant.unknown']);
});
