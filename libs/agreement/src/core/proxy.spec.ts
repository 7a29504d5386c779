import { expect, test } from '@jest/globals';
import { given, people, refusals } from './given.js';
import { ada, ben, held, invited, panel, said } from './given-involvement.js';

const entered = given(held(panel), said('c1', ada, panel), invited(panel, ben));
const proxy = { entry: 'c1', onBehalfOf: ada, confirmed: 'not-confirmed', on: '2026-06-01' } as const;

test('what was entered for someone says for whom, by whom, and how they confirmed it, the last confirmation first', () => {
  const scene = entered.did('record-proxy-entry', proxy, 'colleague').did('record-proxy-entry', { ...proxy, confirmed: 'read-back' }, 'colleague');
  expect(scene.agreement.proxies).toEqual({ c1: { onBehalfOf: ada, by: people.colleague, confirmed: 'read-back', on: '2026-06-01' } });
  expect(refusals(scene.when('record-proxy-entry', { ...proxy, confirmed: 'read-back' }))).toEqual(['already-so']);
});

test('it was entered for the person whose it is, and stands on the agreement', () => {
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, onBehalfOf: ben }))).toEqual(['proxy.of-someone-else']);
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, entry: `${panel}/${ben}`, onBehalfOf: ben }))).toEqual([]);
  expect(refusals(entered.when('record-proxy-entry', { ...proxy, entry: 'c9', on: '2026-06-02' }))).toEqual(['proxy.unknown-entry', 'proxy.not-yet']);
});
