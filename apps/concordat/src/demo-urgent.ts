import { addDays } from '@concordat/platform/core';
import { approval, documentCalled, facts, noConflict, pounds, signedOff } from './demo-steps.js';
import type { Teller } from './teller.js';

/** What cannot wait for a commissioning: recorded before it starts, on a ground the law gives, and all that is owed even then; it waits for its decision. */
export async function tellOfUrgency(teller: Teller): Promise<void> {
  await teller.on(124);
  const startsOn = addDays(teller.today(), 14);
  await teller.did('commissioner', {
    name: 'open-agreement', title: 'Beds while the river is in flood', kind: 'contract', pathway: { id: 'urgent' }, route: { id: 'pa2023-direct-award' }, value: pounds('28000.00'), raises: [],
  });
  await facts(teller, { lead: teller.person('contract-manager'), place: 'The riverside', 'contract-period': { startsOn, endsOn: addDays(startsOn, 55) }, 'affected-groups': ['people whose homes are under water'] });
  await teller.did('commissioner', { name: 'record-urgency', ground: 'pa2023-extreme-urgency', why: 'The dam was declared unsafe on Sunday; nobody could have known.', startsOn });
  await teller.later(1);
  await facts(teller, { 'service-regulated': 'no', 'health-service': 'no', 'safeguarding-screen': documentCalled('Safeguarding screen'), 'insurance-check': documentCalled('Insurance check'), 'equality-note': documentCalled('Equality note'), 'data-screening': documentCalled('Data screening'), 'conflicts-assessment': documentCalled('Conflicts assessment') });
  await noConflict(teller, 'commissioner', 'decision-maker', 'contract-manager', 'approver:safeguarding');
  await signedOff(teller, approval('safeguarding'));
  await teller.did('commissioner', { name: 'invite-provider', provider: teller.provider(0) });
  await mistaken(teller, teller.provider(1));
  await teller.did('commissioner', { name: 'propose-award', provider: teller.provider(0), value: pounds('28000.00') });
}

/** Invited by a slip, and by the word of two invited no more. */
async function mistaken(teller: Teller, provider: string): Promise<void> {
  await teller.did('commissioner', { name: 'invite-provider', provider });
  for (const role of ['commissioner', 'senior-responsible-owner'] as const) await teller.did(role, { name: 'uninvite-provider', provider, reason: 'It has no beds: the other of the two was meant.' });
}
