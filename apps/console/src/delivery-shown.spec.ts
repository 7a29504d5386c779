import { expect, test } from '@jest/globals';
import { type Agreement, type CommandName, initialAgreement } from '@concordat/agreement/core';
import { leadsBackTo, paperRead } from './command.page.js';
import { peopleUse, staffPass, testShown } from './delivery-shown.js';

test('the regime’s test of a variation is shown as things stand, until it is carried out or refused', () => {
  const gbp = (amount: string) => ({ amount, currency: 'GBP' });
  const [original, period] = [{ value: gbp('1000000.00'), period: null, stage: 'award', on: null }, { startsOn: '2025-04-01', endsOn: '2027-03-31' }];
  const worth = (amount: string) => ({
    ...initialAgreement, route: { id: 'psr-direct-award-c', version: 1 }, award: { ...initialAgreement.award, original: { ...original, period } },
    facts: { value: { value: gbp(amount) }, 'contract-period': { value: period } },
  }) as unknown as Agreement;
  const tested = { test: { ground: 'not-different-in-character', confirmed: true, why: 'x', lacks: [] }, to: { is: 'value', value: gbp('1400000.00') }, decided: null, carriedOut: false };
  const shown = (agreement: Agreement, change: object = {}) => testShown(agreement, { ...tested, ...change } as never);
  expect([shown(worth('1000000.00')), shown(worth('1000000.00'), { test: null })]).toEqual([expect.stringMatching(/^Permitted: /), 'Not tested yet.']);
  const beyond = { to: { is: 'value', value: gbp('1600000.00') } };
  expect(shown(worth('1000000.00'), beyond)).toMatch(/^It was permitted as things stood then, and is no more\. The value changes by no more than/);
  expect([shown(worth('1000000.00'), { ...beyond, carriedOut: true }), shown(worth('1000000.00'), { ...beyond, decided: { outcome: 'refused' } })]).toEqual([expect.stringMatching(/^Permitted: /), expect.stringMatching(/^Permitted: /)]);
  expect(shown(worth('1000000.00'), { ...beyond, test: { ...tested.test, lacks: ['Too much.'] } })).toMatch(/^The value changes/);
});

test('a provider who is not told how many use a service, or pass with it, is told that it is kept back, and not that they are few: of a whole they may be forty', () => {
  expect([peopleUse(null), staffPass(null)]).toEqual([expect.stringMatching(/^people use the service \(how many is not told here/), expect.stringMatching(/^Members of staff pass \(how many is not told here/)]);
  expect([peopleUse(40), peopleUse(1), staffPass(30)]).toEqual(['40 people use the service', '1 person uses the service', '30 members of staff pass']);
});

test('whoever calls in the decision on a variation, or says what became of that, is led back to where it is read', () => {
  const agreement = { ...initialAgreement, variations: [{ variation: 'longer' }] } as unknown as Agreement;
  const leads = (command: CommandName, fields: Readonly<Record<string, string>>) => leadsBackTo({ command, scene: { agreement, chosen: (name) => fields[name] } });
  for (const command of ['call-in-decision', 'conclude-call-in'] as const) {
    expect([leads(command, { decision: 'longer' }), leads(command, { about: 'longer' }), leads(command, { decision: 'award', about: 'longer' }), leads(command, {})]).toEqual(['/delivery', '/delivery', '/award', '/award']);
  }
  expect(leads('second-decision', { decision: 'longer' })).toBe('/award');
});

test('whoever decides on a variation, or reads that as the second person, is led to where all of it stands, as whoever decides on the award to the paper', () => {
  const read = (command: CommandName) => paperRead({ command, scene: { agreement: initialAgreement } });
  expect((['decide-variation', 'second-variation', 'record-decision', 'second-decision', 'accept-award'] as const).map(read)).toEqual([{ ofVariation: true }, { ofVariation: true }, { stale: false }, { stale: false }, undefined]);
});
