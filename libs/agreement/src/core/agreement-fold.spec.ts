import { createHash } from 'node:crypto';
import { canonical, type JsonObject } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { agreementFold, alsoBroughtOver } from './agreement-fold.js';
import { id, inDesign, people, provider } from './given.js';

// Snapshots are states of a fold by its number. Where the state changes and the number does not, a process goes on from
// snapshots that lack what it needs, and only on agreements that are long and old.
test('the same events give the state they have given since this number: who changes the state raises the number', () => {
  const { agreement } = inDesign
    .did('amend-facts', { facts: { place: 'Leith', value: { amount: '9000.00', currency: 'GBP' }, lead: people.colleague } }, 'colleague')
    .did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }, 'commissioner')
    .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague')
    .did('invite-provider', { provider })
    .did('hold', { reason: 'the budget is not set' });
  const fingerprint = createHash('sha256').update(canonical(agreement)).digest('hex').slice(0, 16);
  expect({ number: agreementFold.number, fingerprint }).toEqual({ number: 94, fingerprint: '96c8ea6e012020d6' });
});

test('old data are read as today’s also within what was brought over from another organisation, once or twice, and nothing else is touched', () => {
  const upcasts = alsoBroughtOver({ 'concordat.agreement.held.v1': ({ why, ...data }) => ({ ...data, reason: why ?? '' }) });
  const over = (type: string, data: JsonObject): JsonObject => ({ id: id(1), type, data, meta: {}, recordedAt: '2025-01-01', version: 1, position: 1, hash: '' });
  const today = (data: JsonObject) => upcasts['concordat.agreement.brought-over.v1']!(data);
  const [old, now] = [{ why: 'the budget', until: null }, { reason: 'the budget', until: null }];
  const held = 'concordat.agreement.held.v1';
  const envelope = 'concordat.agreement.brought-over.v1';
  expect(upcasts[held]!(old)).toEqual(now);
  expect(today(over(held, old))).toEqual(over(held, now));
  expect(today(over(envelope, over(held, old)))).toEqual(over(envelope, over(held, now)));
  const other = over('concordat.agreement.resumed.v1', {});
  expect(today(other)).toBe(other);
});

test('a contract that was split off before statements went along, who was asked what they do, which risk stays to be seen, and since when its clocks ran, is read as one with none', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.split-off.v1']!;
  expect(upcast({ lot: 'North', commitments: [], along: { risk: [] } })).toEqual({ lot: 'North', commitments: [], since: null, along: { risk: [], statements: [], groupsAsked: [], nobodyWished: [], incidents: [], agreedBy: {} } });
  const said = { lot: 'North', commitments: [], since: { openedAt: '2026-01-01' }, along: { incidents: [], agreedBy: {}, statements: [{ id: id(81), sizes: { burden: 9 } }], groupsAsked: [], risk: [], nobodyWished: [{ group: 'carers', saidBy: [id(83), id(84)] }] } };
  expect(upcast(said)).toEqual(said);
  expect(upcast({ lot: 'North', commitments: [], along: { nobodyWished: [{ group: 'carers' }] } })).toMatchObject({ along: { nobodyWished: [{ group: 'carers', saidBy: [] }] } });
  // How large a risk was when somebody was asked about it was not kept until later.
  expect(upcast({ lot: 'North', commitments: [], along: { statements: [{ id: id(81) }], groupsAsked: [], risk: [] } })).toMatchObject({ along: { statements: [{ id: id(81), sizes: {} }] } });
  expect(upcast({ lot: 'North', commitments: [], along: { risk: [{ id: id(82) }] } })).toMatchObject({ along: { risk: [{ id: id(82), escalated: null, hands: [] }] } });
});

test('a promise that went along or was broken before its record said what it answered is read as one that answers nothing in particular', () => {
  const promise = { commitment: id(71), what: 'We will ask again.', by: '2026-12-01' };
  const along = { commitments: [promise] };
  const carried = agreementFold.upcasts['concordat.agreement.carried-on.v1']!;
  expect(carried({ from: id(5), ...along })).toEqual({ from: id(5), commitments: [{ ...promise, theme: null }] });
  expect(carried({ commitments: [{ ...promise, theme: id(6) }] })).toEqual({ commitments: [{ ...promise, theme: id(6) }] });
  expect(agreementFold.upcasts['concordat.agreement.split-off.v1']!({ ...along, along: {} })).toMatchObject({ commitments: [{ ...promise, theme: null }] });
  const broken = agreementFold.upcasts['concordat.agreement.commitment-broken.v1']!;
  expect([broken({ commitment: id(71) }), broken({ commitment: id(71), theme: id(6) })]).toEqual([{ commitment: id(71), theme: null, toldIn: null }, { commitment: id(71), theme: id(6), toldIn: null }]);
});

test('what was undone or broken before its record said where people are told of it is told where it was', () => {
  for (const type of ['concordat.agreement.answer-reversed.v1', 'concordat.agreement.commitment-broken.v1'] as const) {
    const upcast = agreementFold.upcasts[type]!;
    expect([upcast({ theme: id(6) }), upcast({ theme: id(6), toldIn: id(5) })]).toEqual([{ theme: id(6), toldIn: null }, { theme: id(6), toldIn: id(5) }]);
  }
});

test('of what was called off before its record said from what, it is known that it came from a framework where its route says so', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.called-off.v1']!;
  const by = (route: string, said: JsonObject = {}) => upcast({ route: { id: route, version: 1 }, ...said })['fromKind'];
  expect([by('framework-call-off'), by('psr-most-suitable-provider'), by('framework-call-off', { fromKind: 'contract' })]).toEqual(['framework', null, 'contract']);
});

test('what was called off before its record said what came along of what people gave began with nothing of it', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.called-off.v1']!;
  const along = { root: id(5), themes: [], evidence: [{ stage: 'design' }] };
  const route = { id: 'framework-call-off', version: 1 };
  expect([upcast({ route }), upcast({ route, ...along })]).toEqual([{ route, fromKind: 'framework', root: null, themes: [], evidence: [] }, { route, fromKind: 'framework', ...along }]);
});

test('whoever said no to an invitation, or answered an offer of payment, before its record said whose word it was said it themselves', () => {
  for (const type of ['concordat.agreement.invitation-declined.v1', 'concordat.agreement.payment-offer-answered.v1'] as const) {
    const upcast = agreementFold.upcasts[type]!;
    const said = { participant: id(21), answer: { is: 'declined' }, charity: null };
    expect([upcast(said), upcast({ ...said, forThem: true })]).toEqual([{ ...said, forThem: false }, { ...said, forThem: true }]);
  }
});

test('a charity that stood in an answer in clear, before it was sealed, is read by nobody; a sealed one stays', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.payment-offer-answered.v1']!;
  const [answer, charity] = [{ is: 'to-a-charity' }, { subject: id(21), sealed: 'x' }];
  expect(upcast({ answer: { ...answer, charity: 'The food bank' }, forThem: true })).toEqual({ answer, charity: null, forThem: true });
  expect(upcast({ answer, charity, forThem: true })).toEqual({ answer, charity, forThem: true });
  expect(upcast({ answer: { is: 'reduced', amount: { amount: '5.00', currency: 'GBP' } }, forThem: true })).toMatchObject({ answer: { is: 'reduced', amount: { amount: '5.00' } }, charity: null });
});

test('why hours or an assessment of somebody were wrong, which stood there in clear before it was sealed, is read by nobody; sealed words stay', () => {
  for (const type of ['concordat.agreement.effort-recorded.v1', 'concordat.agreement.assessment-recorded.v1'] as const) {
    const upcast = agreementFold.upcasts[type]!;
    const [data, why] = [{ participant: id(21), on: '2026-06-01' }, { subject: id(21), sealed: 'x' }];
    expect([upcast(data), upcast({ ...data, why: 'Ada was in hospital.' }), upcast({ ...data, why })]).toEqual([data, data, { ...data, why }]);
  }
});

test('what was said to one person alone in clear, before it was sealed, is read by nobody, and its outcome stays; sealed words stay', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.contribution-answered.v1']!;
  const links = [{ to: 'fact', which: 'description' }];
  const response = { outcome: 'adopted', links };
  const [reasons, changed] = [{ subject: id(21), sealed: 'x' }, { subject: id(21), sealed: 'y' }];
  expect(upcast({ contribution: id(31), response: { ...response, reasons: 'Your son hits you.', changed: 'A lock.' } })).toEqual({ contribution: id(31), response, reasons: null, changed: null });
  expect(upcast({ contribution: id(31), response, reasons, changed })).toEqual({ contribution: id(31), response, reasons, changed });
});

test('a move to another version of its pathway before it was compared what both ask names nothing that is asked no more', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.pathway-migrated.v1']!;
  expect(upcast({ stage: 'design' })).toEqual({ stage: 'design', asksNoMore: [], reason: null });
  const said = { stage: 'design', asksNoMore: [{ stage: 'design', code: 'facts.present', asks: 'On record: place.' }], reason: 'It has no place.' };
  expect(upcast(said)).toEqual(said);
});

test('a variation that was decided before it was asked says neither what gave the power nor what was read and weighed', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.variation-decided.v1']!;
  expect(upcast({ reasons: 'x' })).toEqual({ reasons: 'x', scheme: '', key: { is: 'not-key' }, callIn: { is: 'not-open' }, version: null, weighed: null });
  const said = { scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, version: 'v', weighed: 'The price.' };
  expect(upcast(said)).toEqual(said);
});

test('an urgency that was recorded before anybody signed for its ground leaves what was signed as it was', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.urgency-recorded.v1']!;
  const urgency = { ground: 'danger', why: 'x', startsOn: '2026-06-03' };
  expect(upcast(urgency)).toEqual({ ...urgency, content: null, material: [] });
  expect(upcast({ ...urgency, content: 'c', material: ['decision'] })).toEqual({ ...urgency, content: 'c', material: ['decision'] });
});

test('whom one person alone found no way to reach, before it was said what was tried, was tried in no way that is known', () => {
  for (const type of ['concordat.agreement.feedback-recorded.v1', 'concordat.agreement.what-came-of-it-told.v1', 'concordat.agreement.reversal-told.v1'] as const) {
    const upcast = agreementFold.upcasts[type]!;
    expect([upcast({ outcome: 'undeliverable' }), upcast({ outcome: 'undeliverable', tried: ['by-letter'] })]).toEqual([{ outcome: 'undeliverable', tried: [] }, { outcome: 'undeliverable', tried: ['by-letter'] }]);
  }
});

test('what was taken over before its record said whether anybody said what raises its tier is read as said', () => {
  const upcast = agreementFold.upcasts['concordat.agreement.taken-over.v1']!;
  expect([upcast({ raises: [] }), upcast({ raises: [], raisesSaid: false })]).toEqual([{ raises: [], raisesSaid: true }, { raises: [], raisesSaid: false }]);
});

test('every upcast of an agreement is done within what was brought over, too', () => {
  expect(Object.keys(agreementFold.upcasts)).toContain('concordat.agreement.brought-over.v1');
});
