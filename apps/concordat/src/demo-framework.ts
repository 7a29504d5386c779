import { addDays } from '@concordat/platform/core';
import { pounds } from './demo-steps.js';
import type { Teller } from './teller.js';

/** A framework that was taken over while it runs, with what is called off and who is placed under it since; one call-off came to nothing and gave back what it took. */
export async function tellOfFramework(teller: Teller): Promise<void> {
  const provider = teller.provider(1);
  const beneath = { provider, raises: [] };
  await teller.on(90);
  await teller.did('commissioner', {
    name: 'take-over-agreement', title: 'Home care framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: pounds('600000.00'), raises: [],
    stage: 'delivery', provider, from: { source: 'Contract register', reference: 'HC-F-2' },
    facts: { reference: 'HC-F-2', theme: 'home care', 'contract-period': { startsOn: addDays(teller.today(), -200), endsOn: addDays(teller.today(), 3 * 365) } },
  });
  await teller.did('commissioner', { name: 'amend-facts', facts: { 'most-call-offs': 40 } });
  await teller.on(95);
  await teller.did('commissioner', {
    name: 'call-off', child: teller.id('winter visits'), title: 'Winter visits', value: pounds('45000.00'), pathway: { id: 'call-off' }, route: { id: 'framework-call-off' }, ...beneath,
  });
  for (const [name, people, rate] of [['first placement', 3, '22.40'], ['second placement', 1, '24.10']] as const) {
    await teller.on(100);
    await teller.did('commissioner', {
      name: 'place-people', child: teller.id(name), people, rate: pounds(rate), per: 'hour', value: pounds('18000.00'), pathway: { id: 'placement' }, route: { id: 'pa2023-light-touch' }, ...beneath,
    });
  }
  await teller.did('commissioner', {
    name: 'call-off', child: teller.id('summer visits'), title: 'Summer visits', value: pounds('30000.00'), pathway: { id: 'call-off' }, route: { id: 'framework-call-off' }, ...beneath,
  });
  // What bars somebody in the framework bars them in all that was called off from it.
  await teller.did('decision-maker', { name: 'declare-conflict', person: teller.person('decision-maker'), role: 'decision-maker', interest: 'relative', about: 'A sister drives for one of the providers.' });
  await teller.later(5);
  await teller.child('summer visits').did('commissioner', { name: 'cancel', reason: 'Families wish to keep the visits they have.' });
}
