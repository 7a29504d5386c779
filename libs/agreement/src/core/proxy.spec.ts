import { expect, test } from '@jest/globals';
import { everythingSaid, whoSees } from './contribution.js';
import { given, id, people, refusals } from './given.js';
import { ada, adopted, answered, ben, cat, dev, held, invited, panel, said, theme } from './given-involvement.js';
import { achieved } from './say-do.js';
import { ratingsOf, themeOf } from './answering.js';
import { effortWithoutResult } from './effort-without-result.js';

const entered = given(held(panel), said('c1', ada, panel), invited(panel, ben));
const proxy = { entry: 'c1', onBehalfOf: ada, confirmed: 'not-confirmed', on: '2026-06-01' } as const;

test('what was entered for someone says for whom, by whom, and how they confirmed it, the last confirmation first', () => {
  const scene = entered.did('record-proxy-entry', proxy, 'colleague').did('record-proxy-entry', { ...proxy, confirmed: 'read-back' }, 'colleague');
  expect(scene.agreement.proxies).toEqual({ [`c1/${ada}`]: { onBehalfOf: ada, by: people.colleague, confirmed: 'read-back', on: '2026-06-01' } });
  expect(refusals(scene.when('record-proxy-entry', { ...proxy, confirmed: 'read-back' }))).toEqual(['already-so']);
});

test('it was entered for the person whose it is, and stands on the agreement', () => {
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, onBehalfOf: ben }))).toEqual(['proxy.of-someone-else']);
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, entry: `${panel}/${ben}`, onBehalfOf: ben }))).toEqual([]);
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, entry: 'c9', on: '2026-06-02' }))).toEqual(['proxy.unknown-entry', 'proxy.not-yet']);
});

test('nobody confirms what was not said, done or asked yet', () => {
  const early = (entry: string, onBehalfOf: string, on: string) => refusals(entered.on('2026-06-09').when('record-proxy-entry', { entry, onBehalfOf, confirmed: 'read-back', on }));
  expect(entered.when('record-proxy-entry', { ...proxy, on: '1990-01-01' })).toMatchObject({
    refused: [{ code: 'proxy.before-entry', missing: [{ what: 'a day from 2026-06-01 on', suppliedBy: 'facilitator', by: 'record-proxy-entry' }] }],
  });
  expect([early('c1', ada, '2026-05-31'), early('c1', ada, '2026-06-01')]).toEqual([['proxy.before-entry'], []]);
  expect(early(`${panel}/${ben}`, ben, '2026-05-31')).toEqual(['proxy.before-entry']);

  const later = entered.on('2026-06-09');
  const answered = later.did('record-attendance', { activity: panel, participants: [cat], on: '2026-06-05' }).did('record-could-it-change', { activity: panel, participant: cat, answer: 'yes' });
  const ofCat = { entry: panel, onBehalfOf: cat, confirmed: 'read-back' } as const;
  expect(['2026-06-04', '2026-06-05'].map((on) => refusals(answered.when('record-proxy-entry', { ...ofCat, on })))).toEqual([['proxy.before-entry'], []]);

  const rated = later.given(...theme('travel', 'c1')).did('answer-theme', { theme: 'travel', response: adopted }).did('rate-answer', { answer: 'travel', participant: ada, rating: 2 }, 'colleague');
  expect(['2026-06-08', '2026-06-09'].map((on) => refusals(rated.when('record-proxy-entry', { entry: 'travel', onBehalfOf: ada, confirmed: 'signed', on })))).toEqual([['proxy.before-entry'], []]);

  const risk = { risk: id(60), title: 'One cook alone', bearers: ['service-users'], owner: people.commissioner, domain: 'service', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, levels: { inherent: null, current: null, target: null } } as const;
  const sought = later.did('raise-risk', risk).did('seek-statement', { statement: id(61), group: 'service-users', of: 'user-led-body', form: 'plain-language', advocacyOffered: true });
  expect(['2026-06-08', '2026-06-09'].map((on) => refusals(sought.when('record-proxy-entry', { entry: id(61), onBehalfOf: ada, confirmed: 'signed', on })))).toEqual([['proxy.before-entry'], []]);
});

test('what staff type of “Could what you said change it?” confirms nothing until those whose answer it is confirmed it', () => {
  const engaged = given(held(panel), ...[ada, ben, cat].map((one, n) => said(`c${n}`, one, panel)), ...theme('travel', 'c0'), answered('travel'));
  const typed = [ada, ben, cat].reduce((scene, participant) => scene.did('record-could-it-change', { activity: panel, participant, answer: 'yes' }), engaged);
  expect(achieved(typed.agreement, 'design')).toMatchObject({ say: 3, confirmed: false });
  expect(achieved(typed.agreement, 'design').missing).toContainEqual({ what: `that whoever answered in ${panel} on paper confirms it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' });
  const shown = (scene: typeof typed, confirmed: 'read-back' | 'not-confirmed') =>
    [ada, ben, cat].reduce((each, onBehalfOf) => each.did('record-proxy-entry', { entry: panel, onBehalfOf, confirmed, on: '2026-06-01' }), scene);
  expect(achieved(shown(typed, 'not-confirmed').agreement, 'design').confirmed).toBe(false);
  const confirmed = shown(typed, 'read-back');
  expect(achieved(confirmed.agreement, 'design').confirmed).toBe(true);
  expect(refusals(typed.when('record-proxy-entry', { entry: panel, onBehalfOf: dev, confirmed: 'signed', on: '2026-06-01' }))).toEqual(['proxy.of-someone-else']);
  // Another word of theirs is confirmed anew.
  const anew = confirmed.did('record-could-it-change', { activity: panel, participant: ada, answer: 'no' }).did('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' });
  expect(achieved(anew.agreement, 'design').confirmed).toBe(false);
  // Said by themselves, whether or not it was typed for them before.
  const own = [ada, ben, cat].reduce((scene, participant) => scene.did('record-could-it-change', { activity: panel, participant, answer: 'yes' }, 'representative'), typed);
  expect(achieved(own.agreement, 'design').confirmed).toBe(true);
});

test('an account that takes part is tied to no pseudonym: what it enters counts once it was confirmed, says no more than they said, and nobody but a representative or an advocate says it for them', () => {
  const engaged = given(held(panel), ...[ada, ben, cat].map((one, n) => said(`c${n}`, one, panel)), ...theme('travel', 'c0'), answered('travel')).knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] });
  const typed = [ada, ben, cat].reduce((scene, participant) => scene.did('record-could-it-change', { activity: panel, participant, answer: 'yes' }, 'stranger'), engaged);
  expect(achieved(typed.agreement, 'design')).toMatchObject({ say: 3, confirmed: false });
  const open = { contribution: 'c0', author: ada, seenBy: 'public' } as const;
  expect(engaged.when('choose-who-sees', open, 'stranger')).toMatchObject({ refused: [{ code: 'who-sees.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }] });
  expect(refusals(engaged.asked(ada).when('choose-ask-budget', { participant: ada, asksPerYear: 99 }, 'stranger'))).toEqual(['ask-budget.not-their-word']);
  expect(engaged.did('rate-answer', { answer: 'travel', participant: ada, rating: 5 }, 'stranger').agreement.contributions.themes).toMatchObject([{ ratings: [{ forThem: true }] }]);
  const told = { contribution: id(95), activity: panel, author: ada, text: { subject: ada, sealed: 'x' }, givenOn: '2026-06-01', seenBy: 'public' } as const;
  expect(whoSees(engaged.did('record-contribution', told, 'stranger').agreement, everythingSaid(engaged.did('record-contribution', told, 'stranger').agreement).at(-1)!)).toBe('those-who-answer');
  const advocate = engaged.knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }, { grant: id(901), role: 'advocate' }] });
  expect(refusals(advocate.when('choose-who-sees', open, 'stranger'))).toEqual([]);
});

test('nobody rates for somebody the answer they gave, nor higher than they rated it; what is on paper is entered, and says for whom', () => {
  const rated = { answer: 'travel', participant: ada } as const;
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'));
  expect(scene.when('rate-answer', { ...rated, rating: 5 })).toMatchObject({ refused: [{ code: 'rating.own-answer', missing: [{ suppliedBy: 'facilitator' }, { suppliedBy: 'participant', by: 'rate-answer' }] }] });
  const twin = scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
  expect(refusals(twin.when('rate-answer', { ...rated, rating: 5 }, 'colleague'))).toEqual(['rating.own-answer']);
  const low = scene.did('rate-answer', { ...rated, rating: 1 }, 'colleague').did('record-proxy-entry', { entry: 'travel', onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' }, 'colleague');
  expect(low.when('rate-answer', { ...rated, rating: 5 }, 'colleague')).toMatchObject({ refused: [{ code: 'rating.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate', by: 'rate-answer' }] }] });
  expect(refusals(low.when('rate-answer', { ...rated, rating: 5 }, 'representative'))).toEqual([]);
});

test('what staff type of “Were you heard?” is nobody’s view until those whose it is confirmed it; it is shown apart, and what led nowhere by it counts at once', () => {
  const none = { heard: 0, partly: 0, notHeard: 0 };
  const met = given(held(panel), ...[ada, ben].map((one, n) => said(`c${n}`, one, panel)), ...theme('travel', 'c0', 'c1'), answered('travel'));
  const sum = (scene: typeof met) => effortWithoutResult(scene.agreement, scene.context(), {});
  const confirm = (scene: typeof met, confirmed: 'read-back' | 'not-confirmed' = 'read-back') => scene.did('record-proxy-entry', { entry: panel, onBehalfOf: ada, confirmed, on: '2026-06-01' });
  const ofAda = { activity: panel, participant: ada, heard: 'yes', askedBefore: false } as const;
  const typed = met.did('record-whether-heard', ofAda).did('record-whether-heard', { ...ofAda, participant: ben, heard: 'no' }, 'colleague');
  expect(sum(typed)).toMatchObject({ inTheirView: { ...none, asked: 0, unconfirmed: { heard: 1, partly: 0, notHeard: 1 } }, byCause: { 'not-heard': { people: 1 } } });
  expect(sum(confirm(typed)).inTheirView).toEqual({ asked: 1, heard: 1, partly: 0, notHeard: 0, askedBefore: 0, unconfirmed: { ...none, notHeard: 1 } });
  expect([sum(confirm(typed, 'not-confirmed')), sum(confirm(confirm(typed), 'not-confirmed'))].map(({ inTheirView }) => inTheirView.asked)).toEqual([0, 0]);
  // Said by themselves it counts, also where it was typed before; what was confirmed of the same evening before they were asked says nothing of it.
  expect(sum(typed.did('record-whether-heard', ofAda, 'representative')).inTheirView.asked).toBe(1);
  const before = confirm(met.did('record-could-it-change', { activity: panel, participant: ada, answer: 'yes' })).did('record-whether-heard', ofAda);
  expect([sum(before), sum(confirm(before))].map(({ inTheirView }) => inTheirView.asked)).toEqual([0, 1]);
  expect(refusals(confirm(before).when('record-proxy-entry', { entry: panel, onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' }))).toEqual(['already-so']);
  expect(achieved(before.agreement, 'design').missing).toEqual(achieved(confirm(before).agreement, 'design').missing);
});

test('a worse word that staff type over people’s own counts at once: nobody makes it silent', () => {
  const own = given(held(panel), said('c1', ada, panel)).did('record-whether-heard', { activity: panel, participant: ada, heard: 'no', askedBefore: false }, 'representative');
  const typed = own.did('record-whether-heard', { activity: panel, participant: ada, heard: 'no', askedBefore: true });
  expect(effortWithoutResult(typed.agreement, typed.context(), {}).inTheirView).toMatchObject({ asked: 1, notHeard: 1, askedBefore: 1, unconfirmed: { notHeard: 0 } });
  const rated = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).did('rate-answer', { answer: 'travel', participant: ada, rating: 2 }, 'representative');
  const lower = rated.did('rate-answer', { answer: 'travel', participant: ada, rating: 1 }, 'colleague').agreement;
  expect(ratingsOf(lower, themeOf(lower, 'travel')!)).toEqual({ theirs: [1], unconfirmed: 0 });
});

test('a rating that staff type stands among people’s own once it is confirmed, and another one is confirmed anew', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel')).did('rate-answer', { answer: 'travel', participant: ben, rating: 3 }, 'representative');
  const ofTravel = ({ agreement }: typeof scene) => ratingsOf(agreement, themeOf(agreement, 'travel')!);
  const typed = scene.did('rate-answer', { answer: 'travel', participant: ada, rating: 5 }, 'colleague');
  const confirmed = typed.did('record-proxy-entry', { entry: 'travel', onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' });
  expect([typed, confirmed, confirmed.did('rate-answer', { answer: 'travel', participant: ada, rating: 4 }, 'colleague')].map(ofTravel)).toEqual([
    { theirs: [3], unconfirmed: 1 }, { theirs: [3, 5], unconfirmed: 0 }, { theirs: [3], unconfirmed: 1 },
  ]);
  expect(ofTravel(typed.did('rate-answer', { answer: 'travel', participant: ada, rating: 5 }, 'representative'))).toEqual({ theirs: [3, 5], unconfirmed: 0 });
});
