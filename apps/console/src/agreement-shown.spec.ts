import { describe, expect, test } from '@jest/globals';
import type { Actor, RoleGrant } from '@concordat/access/core';
import { type Agreement, agreementFold, commandNames, initialAgreement, rightOf } from '@concordat/agreement/core';
import { holidays } from '@concordat/pathway';
import { disciplines } from '@concordat/pathway/core';
import { actionsShown, checklistShown, factsShown, endShown, partyShown, stagesShown } from './agreement-shown.js';
import { Named } from './names.js';
import { offersOf } from './sight.js';

const [id, north, south] = ['0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2b', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2c'];
const open: Agreement = { ...initialAgreement, id, lifecycle: 'open', pathway: { id: 'standard', version: 2 }, route: { id: 'grant', version: 1 }, stage: 'needs', stages: { mandate: { enteredAt: null, leftAt: null, gate: 'by-reference' } } };
const after = (type: string, data: object) => agreementFold.evolve(open, { type, data, recordedAt: '2026-06-01T23:30:00.000000Z' } as never);
const cancelled = after('concordat.agreement.cancelled.v1', { reason: 'The hall was sold.' });
const lotOf = (agreement: string, lot: string) => ({ agreement, lot, title: `Care in the ${lot}`, lead: id, value: { amount: '1.00', currency: 'GBP' }, commitments: [] });
const split = after('concordat.agreement.split.v1', { agreements: [lotOf(north, 'north'), lotOf(south, 'south')] });
const commissioner: Actor = { kind: 'person', person: id, grants: [{ role: 'commissioner' }], scopes: 'all' };
const offers = (agreement: Agreement) => offersOf(commissioner, agreement, '2026-06-02');
const whereItIs = (agreement: Agreement) => stagesShown(agreement, { sees: 'all' }).slice(0, 2);

describe('an agreement that came to an end before its time', () => {
  test('says on which day it was cancelled and why, and to a party only on which day', () => {
    expect(endShown(cancelled, false)).toMatchObject({ title: 'Cancelled', says: 'It was cancelled on 2 June 2026.', reason: 'The hall was sold.' });
    expect(endShown(cancelled, true)).toMatchObject({ says: 'It was cancelled on 2 June 2026.', reason: undefined });
    expect(endShown(open, false)).toBeUndefined();
  });

  test('leads to the contracts it was split into, which a party does not see', () => {
    expect(endShown(split, false)).toMatchObject({
      says: 'It was split on 2 June 2026 into 2 contracts, and goes on there.',
      contracts: [{ href: `/agreements/${north}`, title: 'north: Care in the north' }, { href: `/agreements/${south}`, title: 'south: Care in the south' }],
    });
    expect(endShown(split, true)).toBeUndefined();
  });

  test('is no longer anywhere, and a stage that was passed before a split says so in a few words', () => {
    expect(whereItIs(open)).toMatchObject([{ where: 'behind', says: 'passed before the split' }, { where: 'here', says: 'is here' }]);
    expect(whereItIs(cancelled)).toMatchObject([{ where: 'behind' }, { where: 'ahead', says: 'was here when it was cancelled' }]);
    expect(whereItIs(split)).toMatchObject([{ where: 'behind' }, { where: 'ahead', says: 'was here when it was split' }]);
  });

  test('offers what is owed to people and nothing that would move it', () => {
    const offered = (agreement: Agreement) => actionsShown(offers(agreement)).flatMap(({ actions }) => actions.map(({ title }) => title));
    for (const over of [cancelled, split]) {
      expect(offered(over)).toContain('Answer a theme');
      for (const title of ['Move to the next stage', 'Put on hold', 'Resume', 'Cancel the agreement', 'Record facts']) expect([title, offered(over).includes(title)]).toEqual([title, false]);
    }
    expect(offered(open)).toContain('Cancel the agreement');
    expect(offered(open)).not.toContain('Resume');
  });
});

test('a form is offered to whoever may send it, and everybody else is told who can', () => {
  expect(offers(open)['request-gate']).toEqual({ href: `/agreements/${id}/do/request-gate` });
  expect(offers(open)['accept-award']).toEqual({ who: 'a provider’s signatory' });
  // Urgency belongs to a process that knows grounds for it.
  expect(['standard', 'grant', 'urgent'].map((of) => offers({ ...open, pathway: { id: of, version: 1 } })['record-urgency'] !== undefined)).toEqual([false, false, true]);
  expect(offers(open)['confirm-readiness']).toEqual({ who: 'a provider’s signatory' });
  // Whatever waits for the word of a discipline is offered to those who give it, and what nobody but they may give to nobody else.
  const offeredTo = (grant: RoleGrant) => commandNames.filter((name) => rightOf[name] === 'sign-off.give' && offersOf({ kind: 'person', person: id, grants: [grant], scopes: 'all' }, open, '2026-06-02')[name]?.href !== undefined);
  const all = ['agree-condition-for-discipline', 'sign-off', 'meet-sign-off-condition', 'renew-sign-off-condition', 'renew-sign-off'];
  expect(disciplines.map((discipline) => offeredTo({ role: 'approver', discipline }))).toEqual(disciplines.map(() => all));
  expect(offeredTo({ role: 'senior-responsible-owner' })).toEqual(all.filter((name) => name !== 'agree-condition-for-discipline'));
});

test('what a group told is taken off the record by whoever speaks for it or looks after involvement, and is offered to nobody who takes part alone', () => {
  const offeredTo = (role: RoleGrant['role']) => offersOf({ kind: 'person', person: id, grants: [{ role }], scopes: 'all' }, open, '2026-06-02');
  expect((['participant', 'representative', 'advocate', 'facilitator', 'risk-owner'] as const).map((role) => offeredTo(role)['take-off-record']?.href !== undefined)).toEqual([false, true, true, true, false]);
  expect(offeredTo('participant')).toMatchObject({ 'record-what-people-do': { href: `/agreements/${id}/do/record-what-people-do` }, 'take-off-record': { who: 'a commissioner, a facilitator, the chair of a panel or one of 2 other roles' } });
});

test('a document that says people’s view is published is the word of whoever named it, unless it went out here since', () => {
  const fact = { value: { reference: 'https://council.example/view', title: 'What people say' }, amendedBy: id, amendedAt: '2026-06-02T09:00:00Z', writtenBy: [id] };
  const reviewed: Agreement = { ...open, stage: 'review', stages: { review: { enteredAt: '2026-06-01T09:00:00Z', leftAt: null, gate: 'shut' } }, facts: { 'people-view-published': fact } };
  const published = (at: string): Agreement => ({
    ...reviewed,
    publications: [{ publication: id, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: '2026-06-01' }, withheld: [], published: { on: at.slice(0, 10), at, version: 1, number: null, duty: null, election: null } }],
  });
  const isTheirWord = (agreement: Agreement) => factsShown(agreement, new Named(agreement, new Map()), offers(agreement)).map(({ by }) => by.includes('As they say: it was not published here'));
  expect([reviewed, published('2026-05-01T09:00:00Z'), published('2026-06-02T09:00:00Z')].map(isTheirWord)).toEqual([[true], [true], [false]]);
  // Behind the gate that asked for it, it is still told as it was seen there.
  const closing = (one: Agreement): Agreement => ({ ...one, stage: 'close', stages: { ...one.stages, close: { enteredAt: '2026-06-03T09:00:00Z', leftAt: null, gate: 'shut' } } });
  expect([reviewed, published('2026-05-01T09:00:00Z'), published('2026-06-02T09:00:00Z')].map((one) => isTheirWord(closing(one)))).toEqual([[true], [true], [false]]);
});

test('what does not apply is not tagged as if somebody had met it', () => {
  const item = (met: boolean, doesNotApply: string | null) => ({ code: 'provider.accepted', asks: 'It is accepted.', met, missing: [], doesNotApply });
  const gate = { agreement: open, stage: 'needs', preliminary: false, checklist: [item(true, 'Nobody outside provides it.'), item(true, null), item(false, null)] };
  expect(checklistShown(gate as never, new Named(open, new Map()), offers(open), commissioner).items.map(({ tag }) => tag.text)).toEqual(['Does not apply', 'Met', 'Not met']);
});

test('a provider is told what its part is, and that nothing is asked of it where nothing is', () => {
  const shown = (agreement: Agreement) => partyShown(agreement, { sees: 'party', provider: north, role: agreement.award.parties[north] ?? 'invited', until: null }, new Named(agreement, new Map()), offers(agreement), holidays);
  const invited = { ...open, award: { ...open.award, parties: { [north]: 'invited' as const } } };
  const providing = { ...open, route: { id: 'pa2023-light-touch', version: 2 }, stage: 'mobilisation', award: { ...open.award, parties: { [north]: 'provider' as const } } };
  expect(shown(invited)).toMatchObject({ role: 'It is invited to take part in the sourcing', nothing: true });
  expect(shown(providing)).toMatchObject({ role: 'It provides the service', nothing: false, sayReady: { who: 'a provider’s signatory' } });
  // Past the gate that asks for it nobody says any more that they are ready.
  expect(shown({ ...providing, stage: 'delivery' })).toMatchObject({ sayReady: undefined, nothing: true });
  expect(shown({ ...invited, lifecycle: 'cancelled' })).toMatchObject({ nothing: false });
});

test('whoever bids reads on the page until when the standstill runs, and what may be done until then', () => {
  const notice = { publishedOn: '2026-06-01', recordedOn: '2026-06-01', reference: '2026/S 000-1', stage: 'award', version: open.content.award, voluntaryStandstill: null, warnings: [] };
  const bidding = (route: string) => ({ ...open, route: { id: route, version: 1 }, award: { ...open.award, parties: { [north]: 'invited' as const }, notice } });
  const says = (agreement: Agreement) => partyShown(agreement, { sees: 'party', provider: north, role: 'invited', until: null }, new Named(agreement, new Map()), offers(agreement), holidays).notice;
  expect(says(bidding('pa2023-competitive'))).toBe('The award notice 2026/S 000-1 was published on 1 June 2026. The standstill runs until the end of 10 June 2026: ask for the reasons, or challenge the award, before that.');
  expect(says(bidding('pa2023-light-touch'))).toBe('The award notice 2026/S 000-1 was published on 1 June 2026.');
  // Of other terms than these providers were told nothing.
  expect(says({ ...bidding('pa2023-competitive'), content: { ...open.content, award: 'another' } })).toBe('The award notice 2026/S 000-1 was published on 1 June 2026.');
  const late = bidding('pa2023-light-touch');
  expect(says({ ...late, award: { ...late.award, notice: { ...notice, recordedOn: '2026-06-20' } } })).toBe('The award notice 2026/S 000-1 was published on 1 June 2026 (recorded on 20 June 2026).');
});

test('an interest is declared by each in a role of theirs', () => {
  const missing = ['commissioner', 'senior-responsible-owner'].map((suppliedBy) => ({ what: `declaration of the ${suppliedBy}`, suppliedBy, by: 'declare-conflict' }));
  const gate = { agreement: open, stage: 'needs', preliminary: false, checklist: [{ code: 'conflicts.declared', asks: 'Conflicts are declared.', met: false, missing, doesNotApply: null }] };
  const [item] = checklistShown(gate as never, new Named(open, new Map()), offers(open), commissioner).items;
  expect(item?.missing.map(({ what, href }) => [what, href === undefined])).toEqual([['Declaration of a commissioner', false], ['Declaration of the senior responsible owner', true]]);
});

test('whoever is asked for a declaration in person is named, and finds the form for it there alone', () => {
  const [own, other] = [id, north].map((person) => ({ what: `declaration of person-${person}, who leads it and gave the approval of legal-procurement`, suppliedBy: `person-${person}`, by: 'declare-conflict' }));
  const gate = { agreement: open, stage: 'needs', preliminary: false, checklist: [{ code: 'conflicts.declared', asks: 'Conflicts are declared.', met: false, missing: [own, other], doesNotApply: null }] };
  const [item] = checklistShown(gate as never, new Named(open, new Map([[id, 'Ada Poole'], [north, 'Ben Okoro']])), offers(open), commissioner).items;
  expect(item?.missing).toEqual([
    { what: 'Declaration of Ada Poole, who leads it and gave the approval of legal and procurement', from: 'Ada Poole', link: 'Declare an interest', href: `/agreements/${id}/do/declare-conflict`, also: { link: 'Declare that you have no interest', href: `/agreements/${id}/do/declare-no-conflict` } },
    { what: 'Declaration of Ben Okoro, who leads it and gave the approval of legal and procurement', from: 'Ben Okoro' },
  ]);
});
