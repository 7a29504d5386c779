import { describe, expect, test } from '@jest/globals';
import type { AgreementCommandBody } from './command.js';
import { answerStands, themeOf } from './answering.js';
import { contributionOf } from './contribution.js';
import { given, id, people, refusals, type Scene } from './given.js';
import { ada, adopted, answered, ben, came, cat, held, invited, missingAt, panel, said, sealedFor, survey, theme } from './given-involvement.js';
import { invitationStands } from './invitation.js';
import { restsBesides } from './streams.js';

const inThis = { stages: ['design'] };
const confirm = (scene: Scene, entry: string, onBehalfOf: string, how: 'read-back' | 'not-confirmed' = 'read-back') => scene.did('record-proxy-entry', { entry, onBehalfOf, confirmed: how, on: '2026-06-01' });

describe('a no to an invitation', () => {
  const ask = { invitation: id(51), activity: panel, participant: ada, answerBy: '2026-06-15' } as const;
  const no = { invitation: id(51), participant: ada } as const;
  const asked = given(held(panel), held(survey)).asked(ada).did('choose-ask-budget', { participant: ada, asksPerYear: 1 }).did('invite-participant', ask);
  const more = (scene: Scene) => refusals(scene.when('invite-participant', { ...ask, invitation: id(52), activity: survey }));
  const stands = ({ agreement }: Scene) => agreement.involvement.invitations.map((sent) => invitationStands(agreement, sent, '2026-06-01'));

  test('that staff type releases no ask until whoever was asked confirms it, and whoever declined by it is not asked the same again', () => {
    const typed = asked.did('accept-invitation', no).did('decline-invitation', no);
    expect([more(typed), stands(typed)]).toEqual([['ask-budget.exceeded'], ['declined-unconfirmed']]);
    expect(more(confirm(typed, id(51), ada, 'not-confirmed'))).toEqual(['ask-budget.exceeded']);
    const theirs = confirm(typed, id(51), ada);
    expect([more(theirs), stands(theirs)]).toEqual([[], ['declined']]);
    expect(refusals(typed.when('invite-participant', { ...ask, invitation: id(52) }))).toContain('invitation.declined-before');
    expect([more(asked.did('decline-invitation', no, 'representative')), more(typed.did('decline-invitation', no, 'representative'))]).toEqual([[], []]);
    expect(refusals(typed.when('decline-invitation', no))).toEqual(['already-so']);
  });

  test('that staff type keeps nobody from saying yes in time', () => {
    const typed = asked.did('decline-invitation', no);
    expect(stands(typed.did('accept-invitation', no, 'representative'))).toEqual(['accepted']);
    expect(refusals(typed.on('2026-06-16').when('accept-invitation', no))).toEqual(['invitation.lapsed']);
    expect(refusals(confirm(typed, id(51), ada).when('accept-invitation', no))).toEqual(['already-so']);
  });

  test('is said by nobody who came, and confirmed by nobody who came since', () => {
    const come = asked.did('decline-invitation', no).given(came(panel, ada));
    expect(refusals(asked.given(came(panel, ada)).when('decline-invitation', no, 'representative'))).toEqual(['invitation.took-part']);
    expect(more(confirm(come, id(51), ada))).toEqual(['ask-budget.exceeded']);
  });

  test('that staff type of somebody opens no gate until they confirm it, and the gate names them', () => {
    const offered = given(held(panel), invited(panel, ada)).did('decline-invitation', { invitation: `${panel}/${ada}`, participant: ada });
    const lacking = (scene: Scene) => missingAt(scene, 'involvement.achieved', { say: 3 });
    expect(lacking(offered)).toContainEqual({ what: `that ${ada} declined, as they confirm it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' });
    expect(missingAt(offered, 'involvement.people', { floor: 1 })).toContainEqual({ what: `that ${ada} declined, as they confirm it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' });
    expect(lacking(confirm(offered, `${panel}/${ada}`, ada))).toEqual([]);
    expect(lacking(confirm(confirm(offered, `${panel}/${ada}`, ada), `${panel}/${ada}`, ada, 'not-confirmed'))).not.toEqual([]);
    // Nor does it close what others may still answer.
    const two = offered.given(invited(panel, ben), invited(panel, cat)).did('decline-invitation', { invitation: `${panel}/${cat}`, participant: cat }, 'representative');
    const waiting = confirm(two, `${panel}/${ada}`, ada).did('decline-invitation', { invitation: `${panel}/${ben}`, participant: ben });
    expect([lacking(waiting).length > 0, lacking(waiting.on('2026-06-21')).length]).toEqual([true, 0]);
  });
});

describe('an answer to an offer of payment', () => {
  const met = given(held(panel), came(panel, ada)).did('record-benefits-advice', { participant: ada, on: '2026-05-20', source: { subject: ada, sealed: 'x' }, taken: true });
  const offered = met.did('offer-payment', { offer: id(91), activity: panel, participant: ada, amount: { amount: '40.00', currency: 'GBP' } });
  const answer = (is: 'accepted' | 'declined') => ({ offer: id(91), participant: ada, answer: { is } }) as const;

  test('of their own is changed by them alone; what is typed for them stands as that until they say it or confirm it', () => {
    const own = offered.did('answer-payment-offer', answer('accepted'), 'representative');
    expect(own.when('answer-payment-offer', answer('declined'))).toMatchObject({ refused: [{ code: 'payment.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
    expect(refusals(own.when('answer-payment-offer', answer('accepted')))).toEqual(['already-so']);
    const typed = offered.did('answer-payment-offer', answer('accepted'));
    expect(typed.agreement.payments).toMatchObject([{ answer: { is: 'accepted' }, answeredForThem: true }]);
    expect(typed.did('answer-payment-offer', answer('accepted'), 'representative').agreement.payments).toMatchObject([{ answeredForThem: false }]);
    // Another one that is typed is confirmed anew.
    expect(confirm(typed, id(91), ada).did('answer-payment-offer', answer('declined')).agreement.proxies).toEqual({});
  });
});

describe('that somebody wishes to hear nothing more', () => {
  const spoken = given(held(panel), came(panel, ben), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'));
  const wish = { participants: [ada], outcome: 'declined' } as const;
  const owed = (scene: Scene) => missingAt(scene, 'involvement.feedback-delivered', inThis);
  const unheard = (scene: Scene) => missingAt(scene, 'involvement.everyone-told', inThis).map(({ what }) => what);

  test('is theirs once they confirmed it; until then word of what was done is owed, and may be brought', () => {
    const typed = spoken.did('record-feedback', wish);
    expect(owed(typed)).toEqual([{ what: `that ${ada} does not wish to hear, as they confirm it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' }]);
    expect([unheard(typed), refusals(typed.when('record-feedback', wish))]).toEqual([[ben, ada], ['already-so']]);
    const theirs = confirm(typed, ada, ada);
    expect([owed(theirs), unheard(theirs), refusals(theirs.when('record-feedback', { ...wish, outcome: 'delivered' }))]).toEqual([[], [ben], ['already-so']]);
    expect(owed(typed.did('record-feedback', { ...wish, outcome: 'delivered' }))).toEqual([]);
    // Whoever wishes to hear again does.
    const again = confirm(theirs, ada, ada, 'not-confirmed');
    expect([owed(again).length, refusals(again.when('record-feedback', { ...wish, outcome: 'delivered' }))]).toEqual([1, []]);
    // What was read back of what they said is another word.
    expect(owed(confirm(typed, 'c1', ada))).toHaveLength(1);
    expect(refusals(typed.when('record-proxy-entry', { entry: ada, onBehalfOf: ben, confirmed: 'read-back', on: '2026-06-01' }))).toEqual(['proxy.of-someone-else']);
    expect(refusals(spoken.when('record-proxy-entry', { entry: ada, onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }))).toEqual(['proxy.unknown-entry']);
  });

  test('is confirmed anew where it is typed anew', () => {
    const later = confirm(spoken.did('record-feedback', wish), ada, ada).given(said('c2', ada, panel), ...theme('meals', 'c2'), answered('meals')).did('record-feedback', wish);
    expect([owed(later).length, owed(confirm(later, ada, ada))]).toEqual([1, []]);
  });

  test('tells nobody who took part without words what came of it', () => {
    const typed = spoken.did('tell-what-came-of-it', { participants: [ben], outcome: 'declined' });
    expect([unheard(typed), refusals(typed.when('tell-what-came-of-it', { participants: [ben], outcome: 'declined' }))]).toEqual([[ben, ada], ['already-so']]);
    expect([unheard(confirm(typed, ben, ben)), unheard(typed.did('tell-what-came-of-it', { participants: [ben], outcome: 'delivered' }))]).toEqual([[ada], [ada]]);
  });

  test('keeps no word of what was undone from whoever gave it', () => {
    const undone = { theme: 'travel', reasons: 'The bus was cut.' };
    const reversed = spoken.did('reverse-answer', undone);
    const lacking = (scene: Scene) => missingAt(scene, 'involvement.reversals-told', {}).length;
    const tell = { theme: 'travel', participants: [ada], outcome: 'delivered' } as const;
    const typed = reversed.did('tell-of-reversal', { ...tell, outcome: 'declined' });
    expect([lacking(spoken.did('record-feedback', wish).did('reverse-answer', undone)), lacking(typed), lacking(confirm(typed, ada, ada)), lacking(typed.did('tell-of-reversal', tell))]).toEqual([1, 1, 0, 0]);
    expect(refusals(confirm(typed, ada, ada).when('tell-of-reversal', tell))).toEqual([]);
    expect(refusals(typed.when('tell-of-reversal', { ...tell, outcome: 'declined' }))).toEqual(['already-so']);
  });
});

describe('the one reopening', () => {
  const spoken = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel'));
  const low = { answer: 'travel', participant: ada, rating: 1 } as const;
  const again = (scene: Scene) => scene.did('answer-theme', { theme: 'travel', response: adopted }, scene.agreement.contributions.themes[0]?.answeredBy === people.colleague ? 'commissioner' : 'colleague');
  const stands = ({ agreement }: Scene) => answerStands(themeOf(agreement, 'travel')!);

  test('is used up by nobody who types a low rating for somebody', () => {
    const typed = spoken.did('rate-answer', low, 'colleague');
    const own = again(typed).did('rate-answer', low, 'representative');
    expect([typed, again(typed), own, again(own), again(own).did('rate-answer', low, 'representative')].map(stands)).toEqual(['reopened', 'answered', 'reopened', 'answered', 'answered-contributor-not-satisfied']);
    // Nor does typing open it twice.
    expect(stands(again(typed).did('rate-answer', low))).toBe('answered-contributor-not-satisfied');
  });

  test('is theirs where they say so themselves, or confirm it, before the second answer', () => {
    const typed = spoken.did('rate-answer', low, 'colleague');
    for (const theirs of [confirm(typed, 'travel', ada), typed.did('rate-answer', low, 'representative'), typed.did('rate-answer', { ...low, participant: ben }, 'representative')]) {
      expect(stands(again(theirs).did('rate-answer', low, 'representative'))).toBe('answered-contributor-not-satisfied');
    }
    for (const nobodys of [confirm(typed, 'travel', ada, 'not-confirmed'), typed.did('rate-answer', { ...low, participant: ben, rating: 5 }, 'representative')]) {
      expect(stands(again(nobodys).did('rate-answer', low, 'representative'))).toBe('reopened');
    }
  });

  test('of an answer of one’s own is theirs in the same way, though what they said, which has its id, was confirmed before', () => {
    const ofTheirs = { ...low, answer: 'c1' };
    const answer = { contribution: 'c1', author: ada, response: sealedFor(ada, adopted) };
    const asked = confirm(spoken.did('ask-for-own-answer', { contribution: 'c1', author: ada }), 'c1', ada).on('2026-06-02');
    const typed = asked.did('answer-contribution', answer).did('rate-answer', ofTheirs, 'colleague');
    const rated = (scene: Scene) => {
      const second = scene.did('answer-contribution', answer, 'colleague').did('rate-answer', ofTheirs, 'representative');
      return answerStands(contributionOf(second.agreement, 'c1')!.own!);
    };
    const entered = (scene: Scene, on: string, confirmed: 'read-back' | 'not-confirmed' = 'read-back') => scene.did('record-proxy-entry', { entry: 'c1', onBehalfOf: ada, confirmed, on });
    // What was confirmed before there was an answer to rate says nothing of the rating, nor does that they could not be asked.
    expect([typed, entered(typed, '2026-06-01', 'not-confirmed'), entered(typed, '2026-06-02', 'not-confirmed')].map(rated)).toEqual(['reopened', 'reopened', 'reopened']);
    expect(refusals(typed.when('record-proxy-entry', { entry: 'c1', onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }))).toEqual(['already-so']);
    const theirs = entered(typed, '2026-06-02');
    const onOneDay = entered(entered(asked, '2026-06-02').did('answer-contribution', answer).did('rate-answer', ofTheirs, 'colleague'), '2026-06-02');
    expect([theirs, onOneDay].map(rated)).toEqual(['answered-contributor-not-satisfied', 'answered-contributor-not-satisfied']);
    expect(refusals(onOneDay.when('record-proxy-entry', { entry: 'c1', onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-02' }))).toEqual(['already-so']);
  });
});

test('nobody types another answer to “Could what you said change it?” over what people said themselves', () => {
  const own = given(held(panel), said('c1', ada, panel)).did('record-could-it-change', { activity: panel, participant: ada, answer: 'no' }, 'representative');
  expect(refusals(own.when('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' }))).toEqual(['could-it-change.not-their-word']);
  expect(refusals(own.when('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' }, 'representative'))).toEqual([]);
});

test('what was entered for people is confirmed whatever became of the agreement', () => {
  const cancelled = given(held(panel), said('c1', ada, panel)).did('record-whether-heard', { activity: panel, participant: ada, heard: 'yes', askedBefore: false }).did('cancel', { reason: 'No money.' });
  expect(refusals(cancelled.when('record-proxy-entry', { entry: panel, onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }))).toEqual([]);
});

test('whoever is staff under another id types it for them, too: every command that asks whose word it is reads all ids', () => {
  const twin = given(held(panel), said('c1', ada, panel)).knowing('stranger', { grants: [{ grant: id(901), role: 'advocate' }], identities: [{ person: people.commissioner, provider: null }] });
  expect(refusals(twin.when('choose-who-sees', { contribution: 'c1', author: ada, seenBy: 'public' }, 'stranger'))).toEqual(['who-sees.not-their-word']);
  const asks = ['record-contribution', 'choose-who-sees', 'choose-interests', 'choose-ask-budget', 'decline-invitation', 'answer-payment-offer', 'rate-answer', 'record-whether-heard', 'record-could-it-change', 'answer-carry-over'] as const;
  for (const name of asks) expect([name, restsBesides({ name } as unknown as AgreementCommandBody)?.(twin.agreement, twin.persons, {})]).toEqual([name, [`person-${people.commissioner}`]]);
});
