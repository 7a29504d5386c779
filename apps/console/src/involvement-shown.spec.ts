import { expect, test } from '@jest/globals';
import { type Agreement, initialAgreement } from '@concordat/agreement/core';
import { ladderOf } from './involvement-shown.js';
import { Named } from './names.js';

const entered = { enteredAt: '2026-06-01T09:00:00Z', leftAt: null, gate: 'shut' } as const;
const plan = { mode: 'co-delivery', subTypes: ['co-managing', 'co-performing'], say: 3, do: 1, groups: ['carers'], method: 'Evenings', people: 3, resources: { is: 'not-yet' }, accessCosts: { is: 'not-yet' } } as unknown as Agreement['involvement']['plans'][string];
const planned = (stages: Agreement['stages'], ...plans: readonly string[]): Agreement => ({
  ...initialAgreement, id: 'a', pathway: { id: 'standard', version: 2 }, stage: 'needs', stages,
  involvement: { ...initialAgreement.involvement, plans: Object.fromEntries(plans.map((stage) => [stage, plan])) },
});
const ladder = (agreement: Agreement) => ladderOf(agreement, new Named(agreement, new Map()), {} as never);

test('a stage that is still ahead is not short of its plan', () => {
  expect(ladder(planned({ needs: entered }, 'design', 'delivery')).headline).toBe('Involvement is planned for 2 stages, all of them still ahead.');
  expect(ladder(planned({ needs: entered }, 'needs', 'design')).headline).toBe('1 of 1 stage with a plan so far has not reached what was planned, among them Needs and assets, where the agreement stands.');
  expect(ladder(planned({ mandate: entered, needs: entered }, 'mandate', 'design')).headline).toBe('1 of 1 stage with a plan so far has not reached what was planned.');
});

test('a plan says in which way people take part, and in which parts of it', () => {
  expect(ladder(planned({ needs: entered }, 'needs')).stages.find(({ title }) => title === 'Needs and assets')?.plan?.mode).toBe('Co-delivery, Co-managing, Co-performing');
});
