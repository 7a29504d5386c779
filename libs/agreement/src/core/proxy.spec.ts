import { expect, test } from '@jest/globals';
import { given, people, refusals } from './given.js';
import { ada, answered, ben, cat, dev, held, invited, panel, said, theme } from './given-involvement.js';
import { achieved } from './say-do.js';

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

test('nobody rates for somebody the answer they gave, nor higher than they rated it; what is on paper is entered, and says for whom', () => {
  const rated = { answer: 'travel', participant: ada } as const;
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'));
  expect(scene.when('rate-answer', { ...rated, rating: 5 })).toMatchObject({ refused: [{ code: 'rating.own-answer', missing: [{ suppliedBy: 'facilitator' }, { suppliedBy: 'participant', by: 'rate-answer' }] }] });
  const twin = scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
  expect(refusals(twin.when('rate-answer', { ...rated, rating: 5 }, 'colleague'))).toEqual(['rating.own-answer']);
  const low = scene.did('rate-answer', { ...rated, rating: 1 }, 'colleague').did('record-proxy-entry', { entry: 'travel', onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' }, 'colleague');
  expect(low.when('rate-answer', { ...rated, rating: 5 }, 'colleague')).toMatchObject({ refused: [{ code: 'rating.not-their-word', missing: [{ suppliedBy: 'participant' }, { suppliedBy: 'representative' }, { suppliedBy: 'advocate', by: 'rate-answer' }] }] });
  expect(refusals(low.when('rate-answer', { ...rated, rating: 5 }, 'representative'))).toEqual([]);
});
