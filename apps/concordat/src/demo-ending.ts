import { addDays } from '@concordat/platform/core';
import { facts, noConflict, participant, pounds } from './demo-steps.js';
import type { Teller } from './teller.js';

const group = 'people who live alone';

/**
 * A service that ends: said which, talked about with those who use it, and waiting for the options that they and the provider find.
 * @param ending the story of the framework, and what was called off from it that ends
 * @param takeIn what people wrote on a platform, as said at this activity
 */
export async function tellOfEnding(ending: { readonly story: string; readonly name: string }, teller: Teller, takeIn: (activity: string) => Promise<void>): Promise<void> {
  await teller.on(112);
  await teller.did('commissioner', { name: 'open-agreement', title: 'The end of the winter visits', kind: 'contract', pathway: { id: 'decommission' }, route: { id: 'pa2023-light-touch' }, value: pounds('45000.00'), raises: ['ends-a-service'] });
  await teller.did('commissioner', { name: 'link-agreement', to: teller.elsewhere(ending.story).id(ending.name), as: 'ends' });
  await facts(teller, { lead: teller.person('contract-manager'), sponsor: teller.person('approver:sponsor'), 'affected-groups': [group], 'not-in-the-room': ['people without a phone'], 'people-concerned': 40, description: 'From next winter rounds are part of the framework itself.' });
  await noConflict(teller, 'commissioner', 'senior-responsible-owner', 'contract-manager', 'approver:sponsor');
  await teller.did('facilitator', { name: 'record-asked-what-people-do', group, answer: 'nothing', source: 'Asked on the rounds' });
  await teller.did('facilitator', { name: 'plan-activity', activity: teller.id('online'), stage: 'options', title: 'Written on the platform', groups: [group], right: 'consult', ledBy: 'staff', closesOn: addDays(teller.today(), 60) });
  const rounds = teller.id('rounds');
  await teller.did('facilitator', { name: 'plan-activity', activity: rounds, stage: 'dialogue', title: 'Asked on the rounds', groups: [group], right: 'consult', ledBy: 'staff', closesOn: teller.today() });
  await teller.did('facilitator', { name: 'record-attendance', activity: rounds, participants: [0, 1, 2].map((at) => participant(teller, at)), on: teller.today() });
  await teller.did('facilitator', { name: 'record-stages-that-matter', group, stages: ['options', 'transition'], source: 'Asked on the rounds', activity: rounds });
  await teller.later(3);
  await teller.did('commissioner', { name: 'request-gate', stage: 'dialogue' });
  await takeIn(teller.id('online'));
}

/** A contract (`running`) that is to be made longer by a decision of its own: what is to change is on record, whom it touches, and that its regime allows it. */
export async function tellOfExtension(running: Teller, teller: Teller): Promise<void> {
  await teller.on(116);
  const ends = addDays(teller.today(), 59);
  await running.imported({
    title: 'Alarms at home', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: pounds('144000.00'),
    stage: 'delivery', provider: running.provider(0), from: { source: 'Contract register', reference: 'TC-1' }, facts: { reference: 'TC-1', 'contract-period': { startsOn: addDays(ends, -3 * 365), endsOn: ends } },
  });
  await running.did('commissioner', { name: 'raise-tier', raises: [], reason: 'People have had such alarms for years, in their own homes.' });
  await teller.did('commissioner', { name: 'open-agreement', title: 'Telecare, two more years', kind: 'contract', pathway: { id: 'extend-or-vary' }, route: { id: 'pa2023-light-touch' }, value: pounds('96000.00'), raises: [] });
  await facts(teller, { 'contract-period': { startsOn: addDays(teller.today(), 60), endsOn: addDays(teller.today(), 790) }, 'affected-groups': ['people with an alarm at home'], description: 'The option of two years that the contract names.', 'service-may-change': 'no' });
  await teller.did('commissioner', { name: 'link-agreement', to: running.agreement, as: 'renews' });
  await teller.did('contract-manager', { name: 'test-modification', ground: 'light-touch', why: 'The alarms, and who answers them, stay as they are.', confirmed: false });
}
