import type { RoleGrant } from '@concordat/access/core';
import { expect, test } from '@jest/globals';
import type { CommandName } from './command.js';
import { given, id, inDesign, people, refusals } from './given.js';
import { ada, answered, ben, came, held, panel, said, theme } from './given-involvement.js';
import { participantFold } from './participant.js';

const known = given(held(panel), came(panel, ada)).asked(ada);
const erased = known.did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator');

test('who asks to be erased is, by whoever keeps the house in order: no right to move, approve or speak gives the right to it', () => {
  expect(known.when('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator')).toMatchObject({
    accepted: [{ stream: `participant-${ada}`, type: 'concordat.participant.erased.v1', data: { wishedOn: '2026-06-01' } }],
  });
  for (const who of ['decisionMaker', 'approver', 'signatory', 'member', 'stranger'] as const) {
    expect(refusals(known.when('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, who))).toEqual(['right.missing']);
  }
});

test('nobody who commissions, looks after involvement or decides erases anybody, on whichever agreement and under whichever id: another administrator does', () => {
  const administrator = { grant: id(900), role: 'administrator' as const };
  const erasing = (scene: typeof known, who: 'stranger' | 'administrator' = 'stranger') => scene.when('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, who);
  const holding = (grant: Omit<RoleGrant, 'grant'>) => known.knowing('stranger', { grants: [administrator, { grant: id(901), ...grant }] });
  for (const role of ['commissioner', 'senior-responsible-owner', 'decision-maker', 'facilitator', 'panel-chair', 'contract-manager'] as const) {
    expect([role, erasing(holding({ role }))]).toMatchObject([role, { refused: [{ code: 'erasure.has-a-part', missing: [{ suppliedBy: 'administrator', by: 'erase-participant' }, { suppliedBy: 'administrator', by: 'grant-role' }] }] }]);
  }
  expect(refusals(erasing(holding({ role: 'commissioner', agreements: [id(902)] })))).toEqual(['erasure.has-a-part']);
  expect([holding({ role: 'commissioner', until: '2026-05-31' }), holding({ role: 'elected-member' })].map((scene) => refusals(erasing(scene)))).toEqual([[], []]);
  const twin = known.knowing('administrator', { identities: [{ person: people.commissioner, provider: null }] });
  expect([refusals(erasing(twin, 'administrator')), refusals(erasing(known, 'administrator'))]).toEqual([['erasure.has-a-part'], []]);
});

test('an erasure names somebody who is known here, and a day on which they asked for it', () => {
  expect(refusals(known.when('erase-participant', { participant: id(99), wishedOn: '2030-01-01' }, 'administrator'))).toEqual(['participant.unknown', 'erasure.not-yet']);
  expect(refusals(erased.when('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator'))).toEqual(['already-so']);
});

test('nobody who signs in is erased as one who took part, though their id was once taken for a pseudonym: their dissent stays readable', () => {
  const dissent = known.did('record-dissent', { dissent: id(95), dissenter: people.member, from: 'award', words: { subject: people.member, sealed: 'x' } }, 'member');
  const taken = dissent.given(came(panel, people.member)).asked(people.member);
  expect(refusals(taken.when('erase-participant', { participant: people.member, wishedOn: '2026-06-01' }, 'administrator'))).toEqual(['participant.registered']);
});

test('that they took part stays on record; nothing more is asked of them, and nothing kept that they chose', () => {
  expect(erased.agreement).toEqual(known.agreement);
  expect(erased.participants[ada]).toEqual({ ...participantFold.initial, known: true, erased: true, asksPerYear: 0 });
  for (const [name, body] of [
    ['invite-participant', { invitation: id(91), activity: panel, participant: ada, answerBy: '2026-12-01' }],
    ['choose-ask-budget', { participant: ada, asksPerYear: 2 }],
    ['choose-interests', { participant: ada, themes: ['Food'], modes: [] }],
    ['record-benefits-advice', { participant: ada, on: '2026-06-01', source: { subject: ada, sealed: 'x' }, taken: false }],
  ] as const) {
    expect(erased.when(name, body as never)).toMatchObject({ refused: expect.arrayContaining([expect.objectContaining({ code: 'participant.erased', missing: [{ what: `participant: participant-${ada}`, suppliedBy: 'facilitator', by: 'invite-participant' }] })]) });
  }
  expect(refusals(erased.when('invite-participant', { invitation: id(91), activity: panel, participant: ben, answerBy: '2026-12-01' }))).not.toContain('participant.erased');
});

test('an erasure waits for no agreement: also one that is on hold, cancelled or closed owes it', () => {
  expect(inDesign.asked(ada).did('cancel', { reason: 'x' }).when('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator')).toHaveProperty('accepted');
});

test('nobody who was erased confirms, answers or chooses anything afterwards: what staff typed for them stays as typed', () => {
  const typed = given(held(panel), came(panel, ada, ben), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).asked(ada);
  const gone = typed.did('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' }).did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator');
  const named = (name: CommandName, body: object) => {
    const decision = gone.when(name, body as never);
    return 'refused' in decision ? decision.refused.flatMap(({ code, missing }) => (code === 'participant.erased' ? missing.map(({ what }) => what) : [])) : [];
  };
  expect(named('record-proxy-entry', { entry: panel, onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' })).toEqual([`onBehalfOf: participant-${ada}`]);
  for (const [name, body] of [
    ['record-could-it-change', { activity: panel, participant: ada, answer: 'no' }],
    ['record-whether-heard', { activity: panel, participant: ada, heard: 'yes', askedBefore: false }],
    ['rate-answer', { answer: 'travel', participant: ada, rating: 5 }],
    ['answer-payment-offer', { offer: id(91), participant: ada, answer: { is: 'accepted' } }],
  ] as const) expect([name, named(name, body)]).toEqual([name, [`participant: participant-${ada}`]]);
  expect(named('choose-who-sees', { contribution: 'c1', author: ada, seenBy: 'public' })).toEqual([`author: participant-${ada}`]);
  expect(refusals(gone.did('record-could-it-change', { activity: panel, participant: ben, answer: 'yes' }).when('record-proxy-entry', { entry: panel, onBehalfOf: ben, confirmed: 'signed', on: '2026-06-01' }))).toEqual([]);
});

test('nobody tells something to somebody who was erased; that they can no longer be reached, or that everyone was told, is recorded of them too', () => {
  const gave = given(held(panel), came(panel, ada, ben), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel')).asked(ada);
  const undone = gave.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' }).did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator');
  for (const [name, besides] of [['record-feedback', {}], ['tell-what-came-of-it', {}], ['tell-of-reversal', { theme: 'travel' }]] as const) {
    const tell = (outcome: 'delivered' | 'undeliverable' | 'published', ...participants: readonly string[]) => undone.when(name, { ...besides, participants, outcome, tried: ['no-way-known'] } as never);
    expect(tell('delivered', ada, ben)).toMatchObject({ refused: [{ code: 'participant.erased', missing: [{ what: `participants: participant-${ada}`, suppliedBy: 'facilitator', by: name }] }] });
    expect([refusals(tell('delivered', ben)), refusals(tell('undeliverable', ada)), refusals(tell('published', ada, ben))]).toEqual([[], [], ['feedback.not-published']]);
  }
});
