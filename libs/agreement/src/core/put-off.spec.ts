import { describe, expect, test } from '@jest/globals';
import { id, inDesign, provider, refusals, type Scene } from './given.js';

const planned = { code: 'involvement.planned', parameters: { say: 3 } } as const;
const specification = { code: 'facts.present', parameters: { facts: ['specification'] } } as const;
const until = (endsOn: string) => inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-09-01', endsOn } } });
const tooFar = (what: string, suppliedBy: string, by: string) => ({ refused: [{ code: 'day.too-far', missing: [{ what, suppliedBy, by }] }] });
/** The day that the test's today, 1 June 2026, has a year later, and the day after. */
const [last, beyond] = ['2027-06-01', '2027-06-02'];

describe('a decision is put off by a year at most, so that a slip of the year locks nobody out', () => {
  const proposed = inDesign.did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } });
  const decision = {
    decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: proposed.decisionVersion,
  } as const;
  const record = (changes: object) => proposed.when('record-decision', { ...decision, ...changes }, 'decisionMaker');

  test('until members may call it in, and until it is in force', () => {
    expect(record({ inForceFrom: beyond })).toMatchObject(tooFar('inForceFrom: 2027-06-01 or earlier', 'decision-maker', 'record-decision'));
    expect(record({ callIn: { is: 'open', until: '2206-06-05' }, inForceFrom: '2206-06-06' })).toMatchObject({ refused: [{ missing: [{ what: 'callIn.until: 2027-06-01 or earlier' }] }, { missing: [{ what: 'inForceFrom: 2027-06-01 or earlier' }] }] });
    expect(refusals(record({ callIn: { is: 'open', until: '2027-05-31' }, inForceFrom: last }))).toEqual([]);
  });

  test('also once a call-in is concluded', () => {
    const called = proposed.did('record-decision', { ...decision, callIn: { is: 'open', until: '2026-06-08' }, inForceFrom: '2026-06-09' }, 'decisionMaker').did('call-in-decision', { decision: id(60), reason: 'x', on: '2026-06-01' }, 'member');
    const stands = (inForceFrom: string) => called.when('conclude-call-in', { decision: id(60), outcome: { is: 'stands', inForceFrom }, on: '2026-06-01', reasons: 'x' }, 'outsider');
    expect(stands(beyond)).toMatchObject(tooFar('inForceFrom: 2027-06-01 or earlier', 'decision-maker', 'conclude-call-in'));
    expect(refusals(stands(last))).toEqual([]);
  });
});

describe('what is owed after a gate is due within a year, or while the contract runs', () => {
  const waiver = { waiver: id(170), condition: 'involvement.planned', planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: last, commitment: id(420), expiresOn: last } as const;
  const ask = (scene: Scene, changes: object) => scene.asking(planned).when('ask-waiver', { ...waiver, ...changes });

  test('what comes instead of what is waived; the waiver itself expires within a year', () => {
    expect(refusals(ask(inDesign, {}))).toEqual([]);
    expect(ask(inDesign, { insteadBy: beyond })).toMatchObject(tooFar('insteadBy: 2027-06-01 or earlier', 'commissioner', 'ask-waiver'));
    expect(ask(until('2029-08-31'), { insteadBy: '2029-09-01', expiresOn: beyond })).toMatchObject({ refused: [{ missing: [{ what: 'insteadBy: 2029-08-31 or earlier' }] }, { missing: [{ what: 'expiresOn: 2027-06-01 or earlier' }] }] });
    expect(refusals(ask(until('2029-08-31'), { insteadBy: '2029-08-31' }))).toEqual([]);
    // A contract that ends sooner shortens nothing: what comes instead may come to people after it.
    expect(refusals(ask(until('2026-12-31'), {}))).toEqual([]);
  });

  test('what a gate opens on, and its renewal', () => {
    const condition = { condition: id(180), code: 'facts.present', discipline: 'legal-procurement', what: 'x', dueOn: last } as const;
    const propose = (scene: Scene, dueOn: string) => scene.asking(specification).when('propose-condition', { ...condition, dueOn });
    expect(propose(inDesign, beyond)).toMatchObject(tooFar('dueOn: 2027-06-01 or earlier', 'commissioner', 'propose-condition'));
    expect([refusals(propose(inDesign, last)), refusals(propose(until('2029-08-31'), '2029-08-31')), refusals(propose(until('2029-08-31'), '2029-09-01'))]).toEqual([[], [], ['day.too-far']]);
    const opened = inDesign.asking(specification).did('propose-condition', { ...condition, dueOn: '2026-06-20' }).did('agree-condition', { condition: id(180) }, 'decisionMaker').did('agree-condition-for-discipline', { condition: id(180) }, 'approver').did('request-gate', { stage: 'design' });
    const renew = (dueOn: string) => opened.when('renew-condition', { condition: id(180), dueOn, reason: 'x' });
    expect(renew(beyond)).toMatchObject(tooFar('dueOn: 2027-06-01 or earlier', 'commissioner', 'renew-condition'));
    expect(refusals(renew(last))).toEqual([]);
  });

  test('what a sign-off is granted on, and more time for it', () => {
    const asked = inDesign.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague');
    const grant = (dueOn: string) => ({ signOff: id(50), versionRead: asked.agreement.content.finance, outcome: { is: 'granted', conditions: [{ what: 'x', dueOn: '2026-06-20' }, { what: 'A guarantee', dueOn }] } }) as const;
    expect(asked.when('sign-off', grant(beyond), 'approver')).toMatchObject(tooFar('dueOn: 2027-06-01 or earlier', 'approver:finance', 'sign-off'));
    const more = (dueOn: string) => asked.did('sign-off', grant(last), 'approver').on('2026-06-02').when('renew-sign-off-condition', { signOff: id(50), condition: 2, dueOn, reason: 'x' }, 'approver');
    expect(more('2027-06-03')).toMatchObject(tooFar('dueOn: 2027-06-02 or earlier', 'approver:finance', 'renew-sign-off-condition'));
    expect(refusals(more(beyond))).toEqual([]);
  });
});
