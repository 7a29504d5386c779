import { routes } from '@concordat/pathway';
import type { ConditionCode } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { isOffered } from './award.js';
import { check } from './check.js';
import { conditions } from './conditions.js';
import { id, inDesign, opened, otherProvider, provider, refusals, Scene, twins } from './given.js';

const asksFor = (code: ConditionCode) => ({ code, parameters: {} });
const gate = (scene: Scene, code: ConditionCode) => scene.asking(asksFor(code)).when('request-gate', { stage: 'design' });
const value = { amount: '9000.00', currency: 'GBP' };
const decision = {
  decision: id(60),
  decidedBy: { kind: 'body', body: 'Residents’ panel', noticeOn: '2026-05-25', minute: '2026/4' },
  scheme: 'Constitution 3.4',
  key: { is: 'not-key' },
  callIn: { is: 'not-open' },
  decidedOn: '2026-06-01',
  inForceFrom: '2026-06-01',
  weighed: 'Reach against price.',
} as const;

const invited = inDesign.did('invite-provider', { provider });
const proposed = invited.did('propose-award', { provider, value });
const decided = (scene: Scene, changes: Partial<typeof decision> | object = {}) =>
  scene.did('record-decision', { ...decision, ...changes, versionRead: scene.decisionVersion }, 'decisionMaker');
const published = (publishedOn: string) => decided(proposed).on('2026-06-30').did('publish-award-notice', { publishedOn, reference: 'UK6-1' });

test('an award goes to a provider who is registered and was invited', () => {
  expect(refusals(inDesign.when('invite-provider', { provider: id(99) }))).toEqual(['provider.unknown']);
  expect(refusals(invited.when('invite-provider', { provider }))).toEqual(['already-so']);
  expect(refusals(invited.when('propose-award', { provider: otherProvider, value }))).toEqual(['award.not-invited']);
  expect(refusals(proposed.when('propose-award', { provider, value }))).toEqual(['already-so']);
});

test('a company bids under one registration, and is in no team with itself under another', () => {
  const [company, again] = twins;
  const one = invited.did('invite-provider', { provider: company });
  expect(one.when('invite-provider', { provider: again })).toMatchObject({ refused: [{ code: 'provider.same-company', missing: [{ what: `another company than provider-${again}`, by: 'invite-provider' }] }] });
  const lot = { agreement: id(70), lot: 'All', title: 'Visits', value, lead: company, members: [], subcontractors: [again] };
  const estimated = one.did('amend-facts', { facts: { value } });
  expect(refusals(estimated.when('propose-lots', { lots: [lot] }))).toEqual(['provider.same-company']);
  expect(refusals(estimated.when('propose-lots', { lots: [{ ...lot, subcontractors: [otherProvider] }] }))).toEqual([]);
});

test('where the route of an earlier award is kept, nothing is awarded that was not: it goes on under the agreement that is renewed, with whoever provides it', () => {
  const earlier = id(70);
  const running = Scene.empty.did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider }, 'importer');
  const extending = inDesign.following({ ...inDesign.pathway, keepsRoute: true }).beside(earlier, { ...running.agreement, id: earlier });
  expect(extending.when('invite-provider', { provider })).toMatchObject({ refused: [{ code: 'award.nothing-varied', missing: [{ what: `the agreement that this one renews, provided by provider-${provider}`, by: 'link-agreement' }] }] });
  const linked = extending.did('link-agreement', { to: earlier, as: 'renews' });
  expect(refusals(linked.when('invite-provider', { provider: otherProvider }))).toEqual(['award.nothing-varied']);
  expect(refusals(linked.did('invite-provider', { provider }).when('propose-award', { provider, value }))).toEqual([]);
  // What it was once linked to as replaced, or what was never awarded, is nothing to go on with.
  expect(refusals(extending.did('link-agreement', { to: earlier, as: 'replaces' }).when('invite-provider', { provider }))).toEqual(['award.nothing-varied']);
  expect(refusals(extending.beside(earlier, { ...opened.agreement, id: earlier }).when('link-agreement', { to: earlier, as: 'renews' }))).toEqual(['link.nothing-varied']);
});

test('an award keeps to the tier and the currency of the estimate that everything was asked by', () => {
  const estimated = invited.did('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' } } });
  const award = (amount: string, currency = 'GBP') => estimated.when('propose-award', { provider, value: { amount, currency } });
  expect(award('25000.00')).toMatchObject({ accepted: [{}] });
  expect(award('50000000.00')).toMatchObject({ refused: [{ code: 'award.tier-too-low', missing: [{ what: 'value', suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
  expect(refusals(award('9000.00', 'EUR'))).toEqual(['award.other-currency', 'award.tier-too-low']);
  const larger = estimated.did('amend-facts', { facts: { value: { amount: '50000000.00', currency: 'GBP' } } });
  expect(larger.did('propose-award', { provider, value: { amount: '49000000.00', currency: 'GBP' } }).agreement.tier).toBe('major');
  expect(refusals(invited.when('propose-award', { provider, value: { amount: '50000000.00', currency: 'GBP' } }))).toEqual(['award.tier-too-low']);
});

describe('a decision', () => {
  const record = (scene: Scene, changes: object = {}, who: 'decisionMaker' | 'commissioner' | 'colleague' = 'decisionMaker') =>
    refusals(scene.when('record-decision', { ...decision, versionRead: scene.decisionVersion, ...changes }, who));

  test('names the version that was read, and is refused when another stands', () => {
    expect(record(proposed)).toEqual([]);
    expect(record(proposed, { versionRead: invited.decisionVersion })).toEqual(['decision.other-version']);
  });

  test('is nobody’s own: not who opened the agreement, not who proposed the award', () => {
    expect(record(proposed, {}, 'commissioner')).toEqual(['sign-off.own-work']);
    expect(record(invited.did('propose-award', { provider, value }, 'colleague'), {}, 'colleague')).toEqual(['sign-off.own-work']);
  });

  test('is recorded once it is taken, comes into force then or later, and a key one was announced', () => {
    expect(record(proposed, { decidedOn: '2026-06-02', inForceFrom: '2026-05-31', key: { is: 'key', announcedOn: '2026-06-02', notice: 'special-urgency' } })).toEqual([
      'decision.not-taken-yet',
      'decision.in-force-too-early',
      'decision.not-announced',
    ]);
    expect(record(decided(proposed))).toEqual(['already-so']);
  });

  test('opens its gate from the day it is in force', () => {
    const calledIn = decided(proposed, { inForceFrom: '2026-06-08' });
    expect(gate(proposed, 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ suppliedBy: 'decision-maker', by: 'record-decision' }] }] });
    expect(gate(calledIn, 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ what: 'in force from 2026-06-08', suppliedBy: 'time' }] }] });
    expect(refusals(gate(calledIn.on('2026-06-08'), 'decision.in-force'))).toEqual([]);
  });

  test('is announced for as long as its way of notice asks: 28 clear days, 5 in a general exception', () => {
    const key = (announcedOn: string, notice: 'full' | 'general-exception') => record(proposed, { key: { is: 'key', announcedOn, notice } });
    expect(key('2026-05-03', 'full')).toEqual([]);
    expect(key('2026-05-04', 'full')).toEqual(['decision.not-announced']);
    expect(key('2026-05-26', 'general-exception')).toEqual([]);
    expect(key('2026-05-27', 'general-exception')).toEqual(['decision.not-announced']);
    // Nobody announces a decision on what there is not yet: the agreement was opened on 1 January.
    expect([key('2026-01-01', 'full'), key('2025-12-31', 'full')]).toEqual([[], ['decision.announced-before-agreement']]);
    expect(record(proposed, { decidedBy: { kind: 'body', body: 'Cabinet', noticeOn: '2026-06-02', minute: '1' } })).toEqual(['decision.meeting-without-notice']);
  });

  describe('that may be called in', () => {
    const open = { callIn: { is: 'open', until: '2026-06-08' }, inForceFrom: '2026-06-09' };
    const called = decided(proposed, open).on('2026-06-05').did('call-in-decision', { decision: id(60), reason: 'The hall was not looked at.', on: '2026-06-05' }, 'member');
    const conclude = (scene: Scene, outcome: { is: 'stands'; inForceFrom: string } | { is: 'taken-anew' }) =>
      scene.on('2026-06-15').did('conclude-call-in', { decision: id(60), outcome, on: '2026-06-15', reasons: 'Looked at.' }, 'outsider');

    test('comes into force after the last day for that', () => {
      expect(record(proposed, { ...open, inForceFrom: '2026-06-08' })).toEqual(['decision.in-force-before-call-in']);
      expect(record(proposed, open)).toEqual([]);
    });

    test('is called in while the agreement is on hold, for the days run on', () => {
      expect(refusals(decided(proposed, open).did('hold', { reason: 'The budget' }).when('call-in-decision', { decision: id(60), reason: 'x', on: '2026-06-01' }, 'member'))).toEqual([]);
    });

    test('is on record while that is open, so that members can', () => {
      const late = proposed.on('2026-06-09');
      expect(record(late, open)).toEqual(['decision.call-in-over']);
      expect(record(late, { callIn: { is: 'open', until: '2026-06-09' }, inForceFrom: '2026-06-10' })).toEqual([]);
    });

    test('is called in by a member while that is open, once, and by nobody else', () => {
      const callIn = (scene: Scene, on: string, who: 'member' | 'commissioner' = 'member') => refusals(scene.when('call-in-decision', { decision: id(60), reason: 'x', on }, who));
      const ahead = decided(proposed, open).on('2026-06-20');
      expect(callIn(ahead, '2026-06-08')).toEqual([]);
      expect(callIn(ahead, '2026-06-09')).toEqual(['decision.call-in-closed']);
      expect(callIn(ahead, '2026-06-08', 'commissioner')).toEqual(['right.missing']);
      expect(callIn(decided(proposed), '2026-06-01')).toEqual(['decision.call-in-closed']);
      expect(callIn(called, '2026-06-06')).toEqual(['already-so', 'decision.call-in-ahead']);
      expect(callIn(proposed, '2026-06-01')).toEqual(['decision.unknown']);
    });

    test('is called in with effect also where that reaches the record after its gate opened: later gates wait until it stands or is taken anew', () => {
      const passed = decided(proposed, open).on('2026-06-10').asking(asksFor('decision.in-force')).did('request-gate', { stage: 'design' });
      const late = passed.did('call-in-decision', { decision: id(60), reason: 'The hall was not looked at.', on: '2026-06-05' }, 'member');
      const next = (scene: Scene) => scene.when('request-gate', { stage: 'delivery' });
      expect(refusals(next(passed))).toEqual([]);
      expect(next(late)).toMatchObject({ refused: [{ code: 'gate.conditions-kept', missing: [{ what: 'the decision: called in on 2026-06-05', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }] });
      const anew = conclude(late, { is: 'taken-anew' });
      expect(next(anew)).toMatchObject({ refused: [{ code: 'gate.conditions-kept', missing: [{ what: 'the decision: to be taken anew after its call-in', by: 'record-decision' }] }] });
      expect(refusals(next(decided(anew, { decision: id(61), decidedOn: '2026-06-15', inForceFrom: '2026-06-15' })))).toEqual([]);
      expect(refusals(next(conclude(late, { is: 'stands', inForceFrom: '2026-06-15' })))).toEqual([]);
    });

    test('is called in from the day it is taken, which may be before today', () => {
      const later = decided(proposed.on('2026-06-03'), { ...open, decidedOn: '2026-06-03' }).on('2026-06-05');
      const callIn = (on: string) => refusals(later.when('call-in-decision', { decision: id(60), reason: 'x', on }, 'member'));
      expect([callIn('2026-06-02'), callIn('2026-06-03')]).toEqual([['decision.call-in-closed'], []]);
    });

    test('comes into force when its call-in is concluded at the earliest, which is recorded once it is', () => {
      const end = (on: string, outcome: { is: 'stands'; inForceFrom: string } | { is: 'taken-anew' }) =>
        refusals(called.on('2026-06-15').when('conclude-call-in', { decision: id(60), outcome, on, reasons: 'x' }, 'outsider'));
      expect([end('2026-06-15', { is: 'stands', inForceFrom: '2026-06-14' }), end('2026-06-15', { is: 'stands', inForceFrom: '2026-06-15' })]).toEqual([['decision.in-force-too-early'], []]);
      expect([end('2026-06-16', { is: 'taken-anew' }), end('2026-06-05', { is: 'taken-anew' })]).toEqual([['decision.call-in-not-concluded-then'], []]);
    });

    test('counts for nothing until that is concluded: then it stands from that day, or is taken anew', () => {
      expect(gate(called.on('2026-06-20'), 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ what: 'the decision: called in on 2026-06-05', by: 'conclude-call-in' }] }] });
      const stands = conclude(called, { is: 'stands', inForceFrom: '2026-06-16' });
      expect(gate(stands, 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ what: 'in force from 2026-06-16' }] }] });
      expect(refusals(gate(stands.on('2026-06-16'), 'decision.in-force'))).toEqual([]);
      const anew = conclude(called, { is: 'taken-anew' });
      expect(gate(anew, 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ what: 'the decision: to be taken anew after its call-in', by: 'record-decision' }] }] });
      expect(refusals(gate(decided(anew, { decision: id(61), decidedOn: '2026-06-15', inForceFrom: '2026-06-15' }), 'decision.in-force'))).toEqual([]);
    });

    test('is not passed by with another decision: what became of the call-in is said first', () => {
      expect(record(called, { ...open, decision: id(61), decidedOn: '2026-06-05' })).toEqual(['decision.called-in']);
    });

    test('stands by the word of nobody whose own it is; that it is taken anew anybody says who decides', () => {
      const by = (outcome: { is: 'stands'; inForceFrom: string } | { is: 'taken-anew' }) =>
        refusals(called.on('2026-06-15').when('conclude-call-in', { decision: id(60), outcome, on: '2026-06-15', reasons: 'Looked at.' }, 'commissioner'));
      expect(by({ is: 'stands', inForceFrom: '2026-06-16' })).toEqual(['sign-off.own-work']);
      expect(by({ is: 'taken-anew' })).toEqual([]);
    });

    test('is concluded once it was asked for, and not before', () => {
      const end = (scene: Scene, on: string) => refusals(scene.when('conclude-call-in', { decision: id(60), outcome: { is: 'stands', inForceFrom: '2026-06-15' }, on, reasons: 'x' }, 'outsider'));
      expect(end(decided(proposed, open), '2026-06-01')).toEqual(['decision.not-called-in']);
      expect(end(called, '2026-06-04')).toEqual(['decision.call-in-not-concluded-then']);
      expect(end(conclude(called, { is: 'taken-anew' }), '2026-06-15')).toEqual(['already-so']);
    });
  });

  test('is stale once what it rests on changed, and shuts its gate', () => {
    const dearer = decided(proposed).did('amend-facts', { facts: { value: { amount: '90000.00', currency: 'GBP' } } });
    expect(gate(dearer, 'decision.in-force')).toMatchObject({ refused: [{ missing: [{ what: 'the decision: stale, because what it rests on changed' }] }] });
  });
});

describe('the standstill', () => {
  const open = (publishedOn: string, today: string) => refusals(gate(published(publishedOn).on(today), 'standstill.over'));

  // The two cases of the product: Monday 1 June 2026, and Monday 8 June with Scotland's holiday on 15 June.
  test.each([
    ['2026-06-01', '2026-06-10', '2026-06-11'],
    ['2026-06-08', '2026-06-18', '2026-06-19'],
  ])('of a notice published on %s lasts to the end of %s', (publishedOn, last, after) => {
    expect(open(publishedOn, last)).toEqual(['standstill.over']);
    expect(open(publishedOn, after)).toEqual([]);
  });

  test('waits for a notice where the route has one, and for nothing where it has none', () => {
    expect(gate(proposed, 'standstill.over')).toMatchObject({ refused: [{ missing: [{ by: 'publish-award-notice' }] }] });
    const none = { kind: 'none', says: 'No standstill.', source: { cites: 's.51(3)', mark: 'text' } } as const;
    expect(refusals(gate(proposed.alongRoute({ standstill: none }), 'standstill.over'))).toEqual([]);
  });

  test('that runs beyond the years whose bank holidays are known is kept with a warning, not with a guess', () => {
    const scene = decided(proposed).on('2027-01-04').did('publish-award-notice', { publishedOn: '2027-01-04', reference: 'UK6-1' });
    expect(scene.agreement.award.notice?.warnings).toHaveLength(1);
    expect(published('2026-06-01').agreement.award.notice?.warnings).toEqual([]);
  });

  test('is over on no day that nobody can tell: where it reaches into a year whose bank holidays are not known it waits for them', () => {
    const unknown = { what: 'the bank holidays of 2027, without which nobody can say when the standstill ends', suppliedBy: 'administrator', by: 'change-calendar' };
    const over = (scene: Scene) => gate(scene, 'standstill.over');
    const late = decided(proposed).on('2026-12-21').did('publish-award-notice', { publishedOn: '2026-12-21', reference: 'UK6-1' });
    expect(over(late)).toMatchObject({ refused: [{ missing: [{ what: 'standstill until the end of 2026-12-30', suppliedBy: 'time' }] }] });
    expect(refusals(over(late.on('2026-12-31')))).toEqual([]);
    const later = decided(proposed).on('2026-12-28').did('publish-award-notice', { publishedOn: '2026-12-28', reference: 'UK6-1' });
    expect(over(later)).toMatchObject({ refused: [{ missing: [{ what: 'standstill until the end of 2027-01-06' }, unknown] }] });
    expect(over(later.on('2027-02-01'))).toMatchObject({ refused: [{ missing: [unknown] }] });
    const { holidays, ...context } = later.on('2027-02-01').context();
    expect(conditions['standstill.over'](later.agreement, {}, { ...context, holidays: { ...holidays, lastKnownYear: 2027 } })).toEqual([]);
  });

  test('begins with a notice that was published, of an award that was decided', () => {
    expect(refusals(proposed.when('publish-award-notice', { publishedOn: '2026-06-02', reference: 'x' }))).toEqual(['award.not-decided', 'award.notice-not-published-yet']);
    expect(refusals(inDesign.when('publish-award-notice', { publishedOn: '2026-06-01', reference: 'x' }))).toEqual(['award.not-proposed', 'award.not-decided']);
    expect(refusals(published('2026-06-01').when('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' }))).toEqual(['already-so']);
  });

  test('begins on no day before the decision that the notice tells of, and no decision is older than what it is about', () => {
    const back = { publishedOn: '2026-05-29', reference: 'UK6-1' };
    const missing = [{ what: 'publishedOn: 2026-06-01 or later', by: 'publish-award-notice' }];
    expect(decided(proposed).when('publish-award-notice', back)).toMatchObject({ refused: [{ code: 'award.notice-before-decision', missing }, { code: 'award.notice-before-proposal', missing }] });
    expect(refusals(published('2026-06-08').when('publish-award-notice', back))).toEqual(['award.notice-before-decision', 'award.notice-before-proposal', 'award.standstill-told']);
    const dated = (decidedOn: string) => proposed.when('record-decision', { ...decision, decidedOn, inForceFrom: decidedOn, versionRead: proposed.decisionVersion }, 'decisionMaker');
    expect(dated('2026-05-31')).toMatchObject({ refused: [{ code: 'decision.before-its-subject', missing: [{ what: 'decidedOn: 2026-06-01 or later', suppliedBy: 'decision-maker' }] }] });
    const unproposed = inDesign.on('2026-06-03');
    expect(refusals(unproposed.when('record-decision', { ...decision, decidedOn: '0001-01-01', inForceFrom: '2026-06-03', versionRead: unproposed.decisionVersion }, 'decisionMaker'))).toEqual(['decision.before-its-subject', 'decision.meeting-without-notice']);
  });

  test('may begin before its notice was put on record, and the record says on which day that was', () => {
    expect(published('2026-06-01').agreement.award.notice).toMatchObject({ publishedOn: '2026-06-01', recordedOn: '2026-06-30' });
  });

  test('a notice that was entered wrongly is entered again, and the standstill follows it', () => {
    const mended = published('2026-06-01').did('publish-award-notice', { publishedOn: '2026-06-08', reference: 'UK6-12' });
    expect(mended.agreement.award.notice).toMatchObject({ publishedOn: '2026-06-08', reference: 'UK6-12' });
    expect(refusals(published('2026-06-01').when('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-12' }))).toEqual([]);
    expect(refusals(gate(mended.on('2026-06-18'), 'standstill.over'))).toEqual(['standstill.over']);
  });

  test('that providers were told of is not taken back: no later notice ends it sooner', () => {
    const sooner = { publishedOn: '2026-06-01', reference: 'UK6-2' };
    for (const today of ['2026-06-08', '2026-06-30']) {
      expect(published('2026-06-08').on(today).when('publish-award-notice', sooner)).toMatchObject({
        refused: [{ code: 'award.standstill-told', missing: [{ what: 'a standstill until the end of 2026-06-18 or later', suppliedBy: 'commissioner', by: 'publish-award-notice' }] }],
      });
    }
    expect(refusals(published('2026-06-08').when('publish-award-notice', { ...sooner, publishedOn: '2026-06-08' }))).toEqual([]);
  });

  test('nor is it taken back by proposing another award and then the same again, of which a notice tells on no day before', () => {
    const told = decided(proposed).on('2026-06-08').did('publish-award-notice', { publishedOn: '2026-06-08', reference: 'UK6-1' }).on('2026-06-09');
    const lot = { agreement: id(70), lot: 'All', title: 'Visits', value, lead: provider, members: [], subcontractors: [] };
    const others = [
      told.did('propose-award', { provider, value: { ...value, amount: '8999.99' } }),
      told.given(['concordat.agreement.lots-proposed.v1', { lots: [lot], value, stage: 'design', content: { ...told.agreement.content, award: 'of lots' } }]),
    ];
    for (const again of others.map((other) => other.did('propose-award', { provider, value }))) {
      const notice = (publishedOn: string, today = publishedOn) => again.on(today).when('publish-award-notice', { publishedOn, reference: 'UK6-2' });
      expect(again.agreement.content).toEqual(told.agreement.content);
      expect(notice('2026-06-01', '2026-06-09')).toMatchObject({
        refused: [
          { code: 'award.notice-before-proposal', missing: [{ what: 'publishedOn: 2026-06-09 or later', suppliedBy: 'commissioner', by: 'publish-award-notice' }] },
          { code: 'award.standstill-told', missing: [{ what: 'a standstill until the end of 2026-06-18 or later' }] },
        ],
      });
      expect(refusals(notice('2026-06-08', '2026-06-30'))).toEqual(['award.notice-before-proposal']);
      expect(refusals(notice('2026-06-09'))).toEqual([]);
    }
  });

  describe('is that of the award its notice told of', () => {
    const period = { startsOn: '2026-07-01', endsOn: '2027-06-30' };
    const told = decided(proposed.did('amend-facts', { facts: { 'contract-period': period } })).did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
    const longer = told.on('2026-06-15').did('amend-facts', { facts: { 'contract-period': { ...period, endsOn: '2040-06-30' } } });
    const anew = { decidedOn: '2026-06-15', inForceFrom: '2026-06-15', decision: id(61) };
    const over = (scene: Scene) => gate(scene, 'standstill.over');

    test('and no other: one whose value, period or specification changed since is told of anew, and waits for days of its own', () => {
      expect(refusals(over(told.on('2026-06-15')))).toEqual([]);
      expect(over(decided(longer, anew))).toMatchObject({ refused: [{ missing: [{ what: 'the published award notice: of another award than stands now', suppliedBy: 'commissioner', by: 'publish-award-notice' }] }] });
      const again = decided(longer, anew).did('publish-award-notice', { publishedOn: '2026-06-15', reference: 'UK6-2' });
      expect(over(again.on('2026-06-25'))).toMatchObject({ refused: [{ missing: [{ what: 'standstill until the end of 2026-06-25', suppliedBy: 'time' }] }] });
      expect(refusals(over(again.on('2026-06-26')))).toEqual([]);
    });

    test('so that the fact of a published notice is there, and the provider hears of the award, with the notice of that one', () => {
      const asking = (scene: Scene) => scene.asking({ code: 'facts.present', parameters: { facts: ['award-notice-published'] } }).when('request-gate', { stage: 'design' });
      expect([refusals(asking(told)), refusals(asking(longer))]).toEqual([[], ['facts.present']]);
      const both = decided(longer.did('invite-provider', { provider: otherProvider }), anew);
      expect([both, both.did('publish-award-notice', { publishedOn: '2026-06-15', reference: 'UK6-2' })].map(({ agreement }) => isOffered(agreement, provider))).toEqual([false, true]);
    });

    test('what is varied once it is awarded keeps the notice of its award', () => {
      const varied = told.given(['concordat.agreement.awarded.v1', { provider, value }], ['concordat.agreement.facts-amended.v1', { facts: { value: { amount: '9500.00', currency: 'GBP' } }, tier: 'small', content: { ...told.agreement.content, award: 'another' }, material: ['award'] }]);
      expect(refusals(over(varied.on('2026-06-15')))).toEqual([]);
    });
  });

  test('begins in the stage that awards, where the award is accepted too, and in none before it', () => {
    const asks = asksFor('provider.accepted');
    const early = decided(opened.asking(asks).did('invite-provider', { provider }).did('propose-award', { provider, value }));
    const notice = (scene: Scene) => scene.when('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
    const accept = (scene: Scene) => scene.when('accept-award', { versionRead: scene.agreement.content.award }, 'signatory');
    const tooEarly = { refused: [{ code: 'award.too-early', missing: [{ what: 'the stage design', suppliedBy: 'commissioner', by: 'request-gate' }] }] };
    expect([notice(early), accept(early)]).toMatchObject([tooEarly, tooEarly]);
    const there = early.did('request-gate', { stage: 'mandate' });
    expect([refusals(notice(there)), refusals(accept(there))]).toEqual([[], []]);
  });
});

describe('the provider', () => {
  const accept = (scene: Scene, who: 'signatory' | 'otherSignatory' | 'commissioner' = 'signatory') =>
    scene.when('accept-award', { versionRead: scene.agreement.content.award }, who);
  const accepted = decided(proposed).did('accept-award', { versionRead: proposed.agreement.content.award }, 'signatory');

  test('accepts by a signatory of its own, and no other', () => {
    expect(refusals(accept(decided(proposed)))).toEqual([]);
    expect(refusals(accept(decided(proposed), 'otherSignatory'))).toEqual(['right.missing']);
    expect(refusals(accept(decided(proposed), 'commissioner'))).toEqual(['right.missing']);
  });

  test('is offered the award once it is decided, and not while it is only proposed', () => {
    const dearer = decided(proposed).did('amend-facts', { facts: { value: { amount: '90000.00', currency: 'GBP' } } });
    expect([proposed, decided(proposed), dearer, accepted].map(({ agreement }) => isOffered(agreement, provider))).toEqual([false, true, false, true]);
    expect(isOffered(accepted.agreement, otherProvider)).toBe(false);
  });

  test('hears of its award no sooner than whoever else was invited: by the notice, which reaches all at one instant', () => {
    const both = decided(invited.did('invite-provider', { provider: otherProvider }).did('propose-award', { provider, value }));
    const noticed = both.did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
    expect([both, noticed].map(({ agreement }) => isOffered(agreement, provider))).toEqual([false, true]);
    const missing = (scene: Scene) => conditions['provider.accepted'](scene.agreement).map(({ by }) => by);
    expect([missing(both), missing(noticed)]).toEqual([['publish-award-notice', 'accept-award'], ['accept-award']]);
    // Whoever merely provides it so far was not invited, and hears of nothing.
    expect(isOffered(decided(proposed).given(['concordat.agreement.incumbent-recorded.v1', { provider: otherProvider }]).agreement, provider)).toBe(true);
  });

  test('finds out no sooner by trying: until the notice, whoever is proposed is refused in all as a rival is, who is not', () => {
    const bidding = invited.did('invite-provider', { provider: otherProvider });
    const toOne = bidding.did('propose-award', { provider, value }).did('request-sign-off', { signOff: id(50), kind: 'acceptance', discipline: 'safeguarding', of: 'provider' });
    const tries = (scene: Scene, who: 'signatory' | 'otherSignatory') => [
      scene.when('accept-award', { versionRead: 'x' }, who), scene.when('accept-award', { versionRead: scene.agreement.content.award }, who),
      ...[id(50), id(59)].flatMap((signOff) => [
        scene.when('sign-off', { signOff, versionRead: 'x', outcome: { is: 'granted', conditions: [] } }, who), scene.when('renew-sign-off', { signOff, versionRead: 'x', expiresOn: '2026-12-01', review: { title: 'x', reference: 'x' } }, who),
        scene.when('meet-sign-off-condition', { signOff, condition: 0, how: 'x' }, who),
      ]),
    ];
    for (const scene of [bidding, toOne, decided(toOne)]) {
      expect(tries(scene, 'signatory')).toEqual(tries(scene, 'otherSignatory'));
      expect([...new Set(tries(scene, 'signatory').flatMap(refusals))]).toEqual(['right.missing']);
    }
    const noticed = decided(toOne).did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
    expect(refusals(accept(noticed))).toEqual([]);
    expect(refusals(noticed.when('sign-off', { signOff: id(50), versionRead: noticed.agreement.content.safeguarding, outcome: { is: 'granted', conditions: [] } }, 'signatory'))).toEqual([]);
  });

  test('accepts what was decided, as it stands, once', () => {
    expect(refusals(accept(proposed))).toEqual(['right.missing']);
    expect(refusals(decided(proposed).when('accept-award', { versionRead: 'old' }, 'signatory'))).toEqual(['award.other-version']);
    expect(refusals(accept(accepted))).toEqual(['already-so']);
  });

  test('keeps what it accepted while the decision is taken anew on it, and is offered what stands now alone', () => {
    const unlike = accepted.did('amend-facts', { facts: { description: 'Hot meals' } });
    const stale = accepted.did('amend-facts', { facts: { specification: { reference: 'S2', title: 'Specification' } } });
    expect([accepted, unlike, stale].map(({ agreement }) => isOffered({ ...agreement, decision: null }, provider))).toEqual([true, true, false]);
    const again = decided(stale, { decision: id(61) }).did('accept-award', { versionRead: stale.agreement.content.award }, 'signatory');
    expect(again.agreement.award.acceptances).toMatchObject([{ provider, version: stale.agreement.content.award }]);
    expect(refusals(inDesign.when('accept-award', { versionRead: inDesign.agreement.content.award }, 'importer'))).toContain('right.missing');
  });

  test('opens the gate, and is the agreement’s provider from then on', () => {
    const awarded = accepted.asking(asksFor('provider.accepted')).did('request-gate', { stage: 'design' });
    expect(accepted.agreement.award.parties[provider]).toBe('invited');
    expect(awarded.agreement).toMatchObject({ stage: 'delivery', award: { parties: { [provider]: 'provider' } } });
  });

  test('is asked of nobody where the organisation’s own staff provide the service, and nobody is proposed there', () => {
    const own = inDesign.asking(asksFor('provider.accepted')).did('amend-facts', { facts: { 'health-service': 'no' } }).alongRoute(routes.find('in-house')!);
    expect(check(own.agreement, own.context()).filter(({ code }) => code === 'provider.accepted')).toMatchObject([{ code: 'provider.accepted', met: true, doesNotApply: expect.stringContaining('own staff') }]);
    expect(refusals(own.when('request-gate', { stage: 'design' }))).toEqual([]);
    expect(refusals(own.did('invite-provider', { provider }).when('propose-award', { provider, value }))).toEqual(['award.nobody-outside']);
  });

  test('is asked again when what it accepted changed, or another is proposed', () => {
    const changed = accepted.did('amend-facts', { facts: { specification: { reference: 'S2', title: 'Specification' } } });
    expect(gate(changed, 'provider.accepted')).toMatchObject({ refused: [{ missing: [{ suppliedBy: 'provider-signatory', by: 'accept-award' }] }] });
    const other = accepted.did('invite-provider', { provider: otherProvider }).did('propose-award', { provider: otherProvider, value });
    expect(other.agreement.award).toMatchObject({ acceptances: [], notice: null });
    expect(refusals(gate(other, 'provider.accepted'))).toEqual(['provider.accepted']);
    expect(gate(inDesign, 'provider.accepted')).toMatchObject({ refused: [{ missing: [{ by: 'propose-award' }] }] });
  });
});

test('an award proposed in a stage the agreement goes back over falls, with its decision, notice and acceptance', () => {
  const inDelivery = inDesign.did('request-gate', { stage: 'design' }).did('invite-provider', { provider }).did('propose-award', { provider, value });
  const back = decided(inDelivery).did('return-to-stage', { stage: 'design', reason: 'The kitchen closed.' }).agreement;
  expect(back).toMatchObject({ decision: null, award: { proposed: null, parties: { [provider]: 'invited' } } });
  expect(back.content).toEqual(inDesign.agreement.content);
});

describe('where the award itself falls', () => {
  const awarded = invited.did('invite-provider', { provider: otherProvider }).given(['concordat.agreement.awarded.v1', { provider, value }]).did('request-gate', { stage: 'design' });
  const back = (scene: Scene, stage: string) => scene.did('return-to-stage', { stage, reason: 'The marks were wrong.' }).agreement.award;

  test('nobody provides any more, and all who bid are invited again, in one breath', () => {
    expect(awarded.agreement.award.parties).toEqual({ [provider]: 'provider', [otherProvider]: 'invited' });
    expect(awarded.when('return-to-stage', { stage: 'mandate', reason: 'x' })).toMatchObject({
      accepted: [
        { type: 'concordat.agreement.provider-invited.v1', data: { provider } }, { type: 'concordat.agreement.provider-invited.v1', data: { provider: otherProvider } }, { type: 'concordat.agreement.returned.v1' },
      ],
    });
    expect(back(awarded, 'mandate')).toMatchObject({ original: null, parties: { [provider]: 'invited', [otherProvider]: 'invited' } });
  });

  test('it falls as well where the agreement goes back to the very stage whose gate made it: that is passed anew, and whoever lost may win', () => {
    expect(awarded.agreement.award.left).toEqual({ [otherProvider]: expect.any(Number) });
    const again = awarded.did('return-to-stage', { stage: 'design', reason: 'The marks were wrong.' });
    expect(again.agreement.award).toMatchObject({ original: null, fell: true, parties: { [provider]: 'invited', [otherProvider]: 'invited' }, left: {} });
    const won = decided(again.did('propose-award', { provider: otherProvider, value })).asking(asksFor('provider.accepted'));
    const other = won.did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-2' }).did('accept-award', { versionRead: won.agreement.content.award }, 'otherSignatory').did('request-gate', { stage: 'design' });
    expect(other.agreement.award).toMatchObject({ parties: { [provider]: 'invited', [otherProvider]: 'provider' }, left: { [provider]: expect.any(Number) } });
  });

  test('an award that was made in a stage the agreement does not go back over stands', () => {
    const later = awarded.following({ ...awarded.pathway, stages: [...awarded.pathway.stages, { ...awarded.pathway.stages[2]!, id: 'review' }] }).did('request-gate', { stage: 'delivery' });
    expect(back(later, 'delivery')).toEqual(later.agreement.award);
  });

  test('and until then nobody is proposed beside whoever was awarded it', () => {
    const anew = (scene: Scene) => scene.when('propose-award', { provider: otherProvider, value: { amount: '1.00', currency: 'GBP' } });
    expect(anew(awarded)).toMatchObject({ refused: [{ code: 'award.made', missing: [{ what: 'a variation', by: 'propose-variation' }, { what: 'the award, gone back to', by: 'return-to-stage' }] }] });
    for (const stage of ['mandate', 'design']) expect([stage, refusals(anew(awarded.did('return-to-stage', { stage, reason: 'The marks were wrong.' })))]).toEqual([stage, []]);
  });

  test('whoever provided before Concordat took over provides it so far', () => {
    const taken = Scene.empty.did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider }, 'importer');
    expect(taken.agreement.award.parties).toEqual({ [provider]: 'provider' });
    expect(back(taken, 'design')).toMatchObject({ original: null, parties: { [provider]: 'incumbent' } });
    // It was taken over in this stage, and no gate of it made the award.
    const later = taken.following({ ...taken.pathway, stages: [...taken.pathway.stages, { ...taken.pathway.stages[2]!, id: 'review' }] }).did('request-gate', { stage: 'delivery' });
    expect(back(later, 'delivery')).toEqual(later.agreement.award);
  });
});
