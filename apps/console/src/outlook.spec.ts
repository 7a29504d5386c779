import { expect, test } from '@jest/globals';
import { type Agreement, initialAgreement } from '@concordat/agreement/core';
import { Named } from './names.js';
import { happeningShown } from './outlook.js';

test('what was recorded is read in the order it was asked in, whatever order the database keeps, down to its parts', () => {
  const cost = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
  const asKept = { cost, hours: 40, spent: { amount: '1200.00', currency: 'GBP' }, units: 10, period: { endsOn: '2026-01-28', startsOn: '2026-01-01' }, outcome: cost };
  const { rows } = happeningShown({ type: 'concordat.agreement.cost-recorded.v1', data: asKept, stream: 'agreement-one' } as never, new Named(undefined, new Map([[cost, 'Fewer falls']])));
  expect(rows.map(({ label }) => label)).toEqual(['Outcome', 'Period', 'What was spent', 'How often it was reached', 'Hours']);
  const inWords = happeningShown({ type: 'concordat.agreement.provider-invited.v1', data: { provider: cost, unknown: 'Whatever' }, stream: 'agreement-one' } as never, new Named(undefined, new Map([[cost, 'First Provider']])));
  expect(inWords.rows.map(({ value }) => value)).toEqual(['First Provider', 'Whatever']);
});

test('what a gate asked is told in words, in its stage, and so is the ground of an urgency', () => {
  const [standard, urgent] = [{ id: 'standard', version: 2 }, { id: 'urgent', version: 1 }].map((pathway) => ({ ...initialAgreement, pathway, route: { id: 'pa2023-direct-award', version: 1 }, tier: 'standard' as const }));
  const said = (agreement: Agreement | undefined, data: object) => happeningShown({ type: 'concordat.agreement.gate-opened.v1', data } as never, new Named(agreement, new Map())).rows.map(({ value }) => value);
  expect(said(standard, { conditions: ['conflicts.declared'], stage: 'mandate' })[0]).toMatch(/^Conflicts of interest, or that there are none, are declared by: /);
  expect(said(standard, { conditions: ['involvement.achieved', 'facts.present'], stage: 'nowhere' })[0]).toBe('Involvement achieved. Facts present.');
  expect(said(urgent, { ground: 'pa2023-extreme-urgency' })[0]).toMatch(/^[A-Z][a-z]+ .*\w/);
  expect(said(urgent, { ground: 'pa2023-extreme-urgency' })[0]).not.toContain('pa2023');
});

test('what is asked no more after a move to another version of the process is told, gate by gate', () => {
  const standard = { ...initialAgreement, pathway: { id: 'standard', version: 2 } };
  const asksNoMore = [{ stage: 'needs', code: 'facts.present', asks: 'On record: place.' }, { stage: 'award', code: 'dissent.asked', asks: 'Dissent is asked.' }];
  const { rows } = happeningShown({ type: 'concordat.agreement.pathway-migrated.v1', data: { asksNoMore }, stream: 'agreement-one' } as never, new Named(standard, new Map()));
  expect(rows).toEqual([{ label: 'Asked no more', value: 'Needs and assets: On record: place. Award: Dissent is asked.' }]);
});

test('the id of another agreement is called no person, and an id that the words beside it name stands once', () => {
  const other = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
  const rows = (data: object, known = new Map<string, string>()) => happeningShown({ type: 'concordat.agreement.linked.v1', data } as never, new Named(undefined, known)).rows.map(({ label, value }) => `${label}: ${value}`);
  expect(rows({ root: other, author: other, engagement: other })).toEqual(['Who said it: Person 1b2a']);
  expect(rows({ improvements: [{ improvement: other, what: 'A card', dueOn: '2026-03-01' }] }, new Map([[other, '“A card”']]))).toEqual(['Improvements: What: A card; Due on: 1 March 2026']);
});

test('history calls what has no name elsewhere as the form that recorded it does', () => {
  const { rows } = happeningShown({ type: 'concordat.agreement.transition-recorded.v1', data: { goesTo: 'Rooms of their own', without: 4 } } as never, new Named(undefined, new Map()), 'record-transition');
  expect(rows.map(({ label }) => label)).toEqual(['What they go to', 'How many of them are without an arrangement']);
  const entered = happeningShown({ type: 'concordat.agreement.stage-entered.v1', data: { stage: 'needs' } } as never, new Named(undefined, new Map()), 'request-gate');
  expect(entered.rows.map(({ label }) => label)).toEqual(['Stage']);
});

test('a sign-off without conditions was granted, whatever else could have been', () => {
  const { rows } = happeningShown({ type: 'concordat.agreement.signed-off.v1', data: { outcome: { is: 'granted', conditions: [] } } } as never, new Named(undefined, new Map()));
  expect(rows.map(({ label, value }) => `${label}: ${value}`)).toEqual(['Answer: Granted']);
});

test('what happens to one of those who take part says to whom, though nothing but its stream names them', () => {
  const person = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
  const { title, rows } = happeningShown({ type: 'concordat.participant.erased.v1', data: { wishedOn: '2026-11-01' }, stream: `participant-${person}` }, new Named(undefined, new Map()));
  expect([title.startsWith('They were erased at their wish'), rows]).toEqual([true, [{ label: 'Person who took part', value: 'Person 1b2a' }, { label: expect.any(String), value: '1 November 2026' }]]);
});

test('which waivers count together is for machines', () => {
  const { rows } = happeningShown({ type: 'concordat.agreement.condition-waived.v1', data: { stage: 'needs', team: 'The team', countsWith: ['person-one'] } } as never, new Named(undefined, new Map()));
  expect(rows.map(({ label }) => label)).toEqual(['Stage', 'Team']);
});
