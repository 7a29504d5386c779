import type { Actor, Person } from '@concordat/access/core';
import { initialPerson } from '@concordat/access/core';
import { expect, test } from '@jest/globals';
import { changeRiskSettings, riskSettingsFold } from './risk-settings.js';
import { type RiskSettings, shippedRiskSettings, weigh } from './risk-matrix.js';

const person = (role: 'administrator' | 'commissioner'): Person => ({ ...initialPerson, registered: true, memberOf: { kind: 'organisation' }, grants: [{ grant: 'g', role }] });
const actor: Actor = { kind: 'person', person: 'p', grants: [], scopes: 'all' };
const change = (next: RiskSettings, role: 'administrator' | 'commissioner' = 'administrator') => {
  const decision = changeRiskSettings(shippedRiskSettings, next, actor, person(role), '2026-06-01');
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : decision.accepted.map(({ type }) => type);
};
const [service, ...others] = shippedRiskSettings.domains;

test('an administrator changes matrix, domains and appetites, and nobody else does', () => {
  const next = { ...shippedRiskSettings, bands: { moderate: 5, high: 10, extreme: 20 } };
  expect(change(next)).toEqual(['concordat.settings.risk-changed.v1']);
  expect(change(next, 'commissioner')).toEqual(['right.missing']);
  expect(weigh({ likelihood: 3, impact: 3 }, next).band).toBe('moderate');
  expect(riskSettingsFold.evolve(shippedRiskSettings, { stream: 'settings-risk', type: 'concordat.settings.risk-changed.v1', data: next, recordedAt: '' } as never)).toEqual(next);
});

test('bands that overlap, a domain twice, one left out and no change at all are refused', () => {
  for (const bands of [{ moderate: 8, high: 8, extreme: 15 }, { moderate: 4, high: 15, extreme: 15 }, { moderate: 4, high: 8, extreme: 26 }]) expect([bands, change({ ...shippedRiskSettings, bands })]).toEqual([bands, ['risk-settings.bands-overlap']]);
  expect(change({ ...shippedRiskSettings, domains: [...shippedRiskSettings.domains, service!] })).toEqual(['risk-settings.domain-twice']);
  expect(change({ ...shippedRiskSettings, domains: others })).toEqual(['risk-settings.domain-left-out']);
  expect(change(shippedRiskSettings)).toEqual(['already-so']);
});

test('no risk is seen from less far up than a smaller one', () => {
  const to = (escalation: RiskSettings['escalation']) => change({ ...shippedRiskSettings, escalation });
  const [owner, decider] = ['senior-responsible-owner', 'decision-maker'] as const;
  expect(to({ low: owner, moderate: 'nobody', high: owner, extreme: decider })).toEqual(['risk-settings.escalation-falls']);
  expect(to({ low: 'nobody', moderate: decider, high: owner, extreme: decider })).toEqual(['risk-settings.escalation-falls']);
  expect(to({ low: 'nobody', moderate: 'nobody', high: decider, extreme: owner })).toEqual(['risk-settings.escalation-falls']);
  expect(to({ low: 'nobody', moderate: owner, high: owner, extreme: decider })).toEqual(['concordat.settings.risk-changed.v1']);
});
