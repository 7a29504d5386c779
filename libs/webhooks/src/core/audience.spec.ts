import { eventTypes, isReadBy, type PartToRead, partsToRead, type PartyRole } from '@concordat/agreement/core';
import { describe, expect, test } from '@jest/globals';
import { audience, audienceOf, endsSourcing, joining, publishedTypes, rolesThatHear, visible } from './index.js';

describe('who hears what', () => {
  test('every event of an agreement and its participants stands in the table, and nothing else does', () => {
    expect(Object.keys(audience).sort()).toEqual([...eventTypes].sort());
  });

  test('what is near a person or weighed before a decision stays inside', () => {
    const near = /participant|invitation-|attendance|effort|contribution|theme|feedback|conflict|risk|statement|objection|sign|decision|proposed/;
    expect(publishedTypes.filter((type) => near.test(type))).toEqual([]);
  });

  test('no member that leaves the house names a person or carries free text', () => {
    const members = publishedTypes.flatMap((type) => {
      const heard = audienceOf(type);
      return heard.to !== 'internal' && heard.form === 'full' ? [...heard.members] : [];
    });
    expect([...new Set(members)].sort()).toEqual([
      'action', 'closesOn', 'concern', 'consultation', 'cycle', 'due', 'dueOn', 'ends', 'endsOn', 'expiry', 'finding', 'from', 'improvement', 'kind', 'kpi', 'meeting', 'nextBy', 'notice', 'obligation', 'observation', 'of', 'on', 'opensOn', 'period', 'provider',
      'publishedOn', 'raisedOn', 'reference', 'stage', 'startsOn', 'target', 'to', 'unit', 'until', 'value', 'variation', 'visit',
    ]);
  });

  test('an invitation, an acceptance, a provider’s own concern, its figures and what it owes are told to the very provider they name, so that rivals stay unknown', () => {
    const named = publishedTypes.filter((type) => {
      const heard = audienceOf(type);
      return heard.to !== 'internal' && heard.only === 'named';
    });
    expect(named).toEqual([
      'concordat.agreement.provider-invited.v1', 'concordat.agreement.incumbent-recorded.v1', 'concordat.agreement.award-accepted.v1', 'concordat.agreement.called-off.v1', 'concordat.agreement.readiness-confirmed.v1',
      'concordat.agreement.observation-recorded.v1', 'concordat.agreement.difference-discussed.v1', 'concordat.agreement.obligation-agreed.v1', 'concordat.agreement.obligation-met.v1',
      'concordat.agreement.action-agreed.v1', 'concordat.agreement.action-completed.v1', 'concordat.agreement.provider-concern-raised.v1',
      'concordat.agreement.quality-visit-recorded.v1', 'concordat.agreement.improvement-shown.v1', 'concordat.agreement.expiry-recorded.v1', 'concordat.agreement.provider-concern-answered.v1',
    ]);
  });

  test('before the award nobody is provider, unless the agreement was taken over with one or split off an awarded one', () => {
    const makeProvider = Object.entries(joining).filter(([, role]) => role === 'provider');
    expect(makeProvider.map(([type]) => type)).toEqual([
      'concordat.agreement.taken-over.v1', 'concordat.agreement.awarded.v1', 'concordat.agreement.lots-awarded.v1', 'concordat.agreement.split-off.v1',
    ]);
    expect(endsSourcing).toEqual(['concordat.agreement.awarded.v1', 'concordat.agreement.lots-awarded.v1']);
  });

  test('of facts that are changed the provider hears, and whoever is invited only where they read one of them', () => {
    const hear = (facts: object) => rolesThatHear('concordat.agreement.facts-amended.v1', { facts });
    expect([hear({ specification: {} }), hear({ value: {} }), rolesThatHear('concordat.agreement.opened.v1', {}), rolesThatHear('nobody.knows.this', {})]).toEqual([['invited', 'provider'], ['provider'], [], []]);
  });

  test('what a party reads follows what it hears: each part is read by those who are told of it', () => {
    const toldOf: Readonly<Record<Exclude<PartToRead, 'contributions'>, RegExp>> = {
      specification: /provider-invited|facts-amended/,
      offer: /award-accepted/,
      delivery: /kpi|observation|finding|difference|obligation|cycle|review-meeting|action-|provider-concern|quality-visit|improvement|expiry|variation-carried|outcome-named|exit-planned|staff-/,
    };
    const roles: readonly PartyRole[] = ['incumbent', 'invited', 'provider'];
    const hears = (role: PartyRole, types: readonly string[]) => types.some((type) => (audienceOf(type).to as readonly string[]).includes(role));
    // What people said is read by whom they chose and told to nobody.
    expect(audienceOf('concordat.agreement.contribution-recorded.v1')).toEqual({ to: 'internal' });
    const parts = partsToRead.filter((part) => part !== 'contributions');
    expect(parts.map((part) => [part, roles.filter((role) => isReadBy(part, role))])).toEqual(
      parts.map((part) => [part, roles.filter((role) => hears(role, publishedTypes.filter((type) => toldOf[part].test(type))))]),
    );
  });

  test('a member that a type gains later stays inside', () => {
    expect(visible('concordat.agreement.held.v1', { until: null, reason: 'a named person is ill' })).toEqual({ until: null });
    expect(visible('concordat.agreement.cancelled.v1', { reason: 'no money' })).toBeNull();
  });

  test('a type this release does not know is told to nobody', () => {
    expect(audienceOf('concordat.agreement.something-new.v1')).toEqual({ to: 'internal' });
  });
});
