import { initialPerson } from '@concordat/access/core';
import { type EventType, eventTypes, initialAgreement, isReadBy, type PartToRead, partsToRead, type PartyRole } from '@concordat/agreement/core';
import { partiesTold, toldOf } from '@concordat/reminders/core';
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
      'action', 'becomes', 'closesOn', 'concern', 'consultation', 'cycle', 'due', 'dueOn', 'ends', 'endsOn', 'expiry', 'finding', 'from', 'improvement', 'kind', 'kpi', 'meeting', 'nextBy', 'notice', 'obligation', 'observation', 'of', 'on', 'opensOn', 'period', 'provider',
      'publishedOn', 'raisedOn', 'reference', 'stage', 'startsOn', 'target', 'to', 'unit', 'until', 'value', 'variation', 'version', 'visit',
    ]);
  });

  test('an invitation, an acceptance, a provider’s own concern, its figures and what it owes are told to the very provider they name, so that rivals stay unknown', () => {
    const named = publishedTypes.filter((type) => {
      const heard = audienceOf(type);
      return heard.to !== 'internal' && heard.only === 'named';
    });
    expect(named).toEqual([
      'concordat.agreement.provider-invited.v1', 'concordat.agreement.provider-uninvited.v1', 'concordat.agreement.incumbent-recorded.v1', 'concordat.agreement.incumbent-taken-back.v1', 'concordat.agreement.award-accepted.v1', 'concordat.agreement.called-off.v1', 'concordat.agreement.readiness-confirmed.v1',
      'concordat.agreement.observation-recorded.v1', 'concordat.agreement.difference-discussed.v1', 'concordat.agreement.obligation-agreed.v1', 'concordat.agreement.obligation-withdrawn.v1', 'concordat.agreement.obligation-met.v1',
      'concordat.agreement.action-agreed.v1', 'concordat.agreement.action-completed.v1', 'concordat.agreement.provider-concern-raised.v1',
      'concordat.agreement.quality-visit-recorded.v1', 'concordat.agreement.improvement-shown.v1', 'concordat.agreement.expiry-recorded.v1', 'concordat.agreement.provider-concern-answered.v1', 'concordat.agreement.variation-offered.v1', 'concordat.agreement.variation-accepted.v1',
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
      delivery: /kpi|observation|finding|difference|obligation|cycle|review-meeting|action-|provider-concern|quality-visit|improvement|expiry|variation-|outcome-named|exit-planned|staff-/,
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

  test('what a server is told a provider without one is told by e-mail, in the same role, but for what they did themselves and what comes with something that is told', () => {
    const [provider, rival] = ['ours', 'theirs'];
    const signatory = { id: 'signatory', person: { ...initialPerson, registered: true, memberOf: { kind: 'provider', provider } as const, grants: [{ grant: 'g', role: 'provider-signatory', provider }] as const } };
    const mailed = (type: EventType, role: PartyRole, isNamed: boolean) => {
      const of = isNamed || role === 'provider' ? provider : rival;
      const data = { provider: of, providers: [of], parties: [{ provider, role }], facts: { specification: {} }, becomes: null } as never;
      const happened = { type, data, by: 'nobody of these', agreement: { ...initialAgreement, id: 'a', award: { ...initialAgreement.award, parties: { [provider]: role } } } };
      return toldOf(happened, [signatory], '2026-06-01').length + partiesTold(happened, [signatory]).length > 0;
    };
    const untold = (publishedTypes as readonly EventType[]).flatMap((type) => {
      const heard = audienceOf(type);
      if (heard.to === 'internal') return [];
      return heard.to.filter((role) => !mailed(type, role, heard.only === 'named')).map((role) => `${role}: ${type.split('.')[2]}`);
    });
    const didThemselves = ['award-accepted', 'variation-accepted', 'readiness-confirmed', 'observation-recorded', 'obligation-met', 'action-completed', 'provider-concern-raised', 'improvement-shown', 'expiry-recorded', 'staff-information-given'];
    // A stage comes with what it means to a party, an award after its notice, what changes in a contract with its variation; an action is told to whoever answers for it.
    const comesWithAnother = ['gate-opened', 'stage-entered', 'award-notice-published', 'facts-amended', 'action-agreed'];
    // Where people meet is between them and the house, until something is asked of the provider.
    const notForThem = ['involvement-planned', 'activity-planned', 'activity-voided'];
    const exceptions = [...didThemselves, ...comesWithAnother, ...notForThem].map((type) => `provider: ${type}`);
    expect(untold.toSorted()).toEqual([...exceptions, 'invited: award-accepted', 'invited: stage-entered', 'incumbent: stage-entered'].toSorted());
  });

  test('whatever leaves the house is heard by somebody', () => {
    const touchingAll = { facts: { specification: {} } };
    expect(publishedTypes.filter((type) => rolesThatHear(type, touchingAll).length === 0)).toEqual([]);
  });

  test('what is told in full says what it is about, and whoever alone hears it is told that it is theirs; that an agreement goes on again says all by itself', () => {
    const whole = new Proxy({}, { get: () => 'said' });
    const said = publishedTypes.flatMap((type) => {
      const members = visible(type, whole);
      return members === null ? [] : [{ type, members: Object.keys(members) }];
    });
    expect(said.filter(({ members }) => members.length === 0).map(({ type }) => type)).toEqual(['concordat.agreement.resumed.v1']);
    const named = (type: string) => { const heard = audienceOf(type); return heard.to !== 'internal' && heard.only === 'named'; };
    expect(said.filter(({ type, members }) => named(type) && !members.includes('provider'))).toEqual([]);
  });

  test('whoever bids or provides it so far hears of the way of the agreement, of what is public and of their own, and of nothing that the provider delivers', () => {
    const hears = (role: PartyRole) => publishedTypes.filter((type) => rolesThatHear(type, { facts: { specification: {} } }).includes(role)).map((type) => type.slice('concordat.agreement.'.length, -'.v1'.length));
    const way = ['stage-entered', 'closed', 'returned', 'held', 'resumed', 'cancelled', 'award-notice-published', 'awarded', 'lots-awarded', 'consultation-opened', 'consultation-extended', 'consultation-withdrawn', 'notice-published', 'transferred', 'gone-on'];
    expect(hears('incumbent').sort()).toEqual([...way, 'incumbent-recorded', 'incumbent-taken-back'].sort());
    expect(hears('invited').sort()).toEqual([...way, 'facts-amended', 'provider-invited', 'provider-uninvited', 'award-accepted', 'called-off'].sort());
    // That one was asked to bid is told before there is a provider.
    expect(['incumbent-recorded', 'provider-invited', 'called-off'].filter((fact) => hears('provider').includes(fact))).toEqual([]);
    expect(way.filter((fact) => !hears('provider').includes(fact))).toEqual([]);
  });

  test('what one event does not hold is not told of it', () => {
    expect(Object.keys(visible('concordat.agreement.stage-entered.v1', { stage: 'award' })!)).toEqual(['stage']);
    expect(visible('concordat.agreement.stage-entered.v1', { stage: 'award', from: null })).toEqual({ stage: 'award', from: null });
  });

  test('a member that a type gains later stays inside', () => {
    expect(visible('concordat.agreement.held.v1', { until: null, reason: 'a named person is ill' })).toEqual({ until: null });
    expect(visible('concordat.agreement.cancelled.v1', { reason: 'no money' })).toBeNull();
  });

  test('whoever is invited no more is told whether they go on as whoever provides it so far, and never why they are out', () => {
    expect(visible('concordat.agreement.provider-uninvited.v1', { provider: 'p', reason: 'x', becomes: 'incumbent' })).toEqual({ provider: 'p', becomes: 'incumbent' });
  });

  test('a type this release does not know is told to nobody', () => {
    expect(audienceOf('concordat.agreement.something-new.v1')).toEqual({ to: 'internal' });
  });
});
