import { expect, test } from '@jest/globals';
import { type Agreement, agreementFold, initialAgreement } from '@concordat/agreement/core';
import { youSaidShown } from './you-said-shown.js';

const inNeeds: Agreement = { ...initialAgreement, id: 'one', lifecycle: 'open', pathway: { id: 'standard', version: 2 }, stage: 'needs', stages: { needs: { enteredAt: '2026-06-01T09:00:00Z', leftAt: null, gate: 'shut' } } };
const people = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => `person ${from + n}`);

/** What is said of whoever came in a stage that was left, where each group had an evening of its own. */
function cameInNeeds(groups: Readonly<Record<string, readonly string[]>>): string | undefined {
  const events = Object.entries(groups).flatMap(([group, participants]) => [
    { type: 'concordat.agreement.activity-planned.v1', data: { activity: group, stage: 'needs', title: 'An evening', groups: [group], right: 'advise', ledBy: 'staff', closesOn: '2026-06-30' } },
    { type: 'concordat.agreement.attendance-recorded.v1', data: { activity: group, participants, on: '2026-06-10' } },
  ]);
  const leaves = { type: 'concordat.agreement.gate-opened.v1', data: { stage: 'needs', tier: 'standard', decision: 'opened', conditions: [], waivers: [], onCondition: [] } };
  const agreement = [...events, leaves].reduce((state, event) => agreementFold.evolve(state, { ...event, recordedAt: '2026-06-10T09:00:00.000000Z', meta: { actor: 'facilitator' } } as never), inNeeds);
  return youSaidShown(agreement, '2026-07-01', new Set()).asked[0]?.people;
}

test('whoever came is counted together where no group shares anybody with another, and else by group, with the reason', () => {
  expect(cameInNeeds({ carers: people(1, 6), residents: people(7, 13) })).toBe('13 people');
  expect(cameInNeeds({ carers: people(1, 6), residents: people(2, 8) })).toBe('Carers: 6; residents: 7. Some belong to more than one of these, so they are not added up');
  expect(cameInNeeds({ carers: people(1, 6), residents: people(7, 9) })).toBe('Carers: 6; and others who are too few to be counted here');
});
