import { addDays } from '@concordat/platform/core';
import { documentCalled, facts } from './demo-steps.js';
import type { Step, Teller } from './teller.js';

/**
 * How people sign: on a condition that was met and until a day that was put off, together, in another's place, under a second
 * pair of eyes, until a day that has passed, not at all; and a request that was taken back. Anyone asks for a sign-off.
 */
export async function sign(teller: Teller): Promise<void> {
  const today = () => teller.today();
  const asked = async (by: string, name: string, wish: Pick<Extract<Step, { name: 'request-sign-off' }>, 'discipline' | 'panel'>) => {
    const signOff = teller.id(name);
    await teller.did(by, { name: 'request-sign-off', signOff, kind: 'approval', ...wish });
    return { signOff, versionRead: (await teller.seen()).content[wish.discipline] };
  };
  await facts(teller, { sponsor: teller.person('approver:sponsor'), lead: teller.person('contract-manager'), place: 'The whole area', 'affected-groups': ['people in recovery'], description: 'A place to live in while one recovers, for a year at most.' });

  const sponsor = await asked('commissioner', 'sponsor', { discipline: 'sponsor' });
  await teller.did('approver:sponsor', { name: 'sign-off', ...sponsor, outcome: { is: 'granted', conditions: [{ what: 'What the second year costs is written down', dueOn: addDays(today(), 14) }], expiresOn: addDays(today(), 21) } });
  const safeguarding = await asked('commissioner', 'safeguarding', { discipline: 'safeguarding' });
  await teller.did('approver:safeguarding', { name: 'sign-off', ...safeguarding, outcome: { is: 'granted', conditions: [], expiresOn: addDays(today(), 10) } });
  const quality = await asked('representative', 'quality', { discipline: 'clinical-quality' });
  await teller.did('approver:clinical-quality', { name: 'sign-off', ...quality, outcome: { is: 'refused', reason: 'Nobody says who prescribes at night.' } });
  await asked('facilitator', 'data', { discipline: 'information-governance' });
  await teller.did('facilitator', { name: 'withdraw-sign-off', signOff: teller.id('data'), reason: 'No personal data are held before the design.' });

  // So much money is signed for by two from finance, and one of them has a veto.
  const [head, second] = [teller.person('approver:finance'), teller.person('finance')];
  await teller.arranged('administrator', { name: 'grant-role', person: second, grant: teller.id('finance for one agreement'), role: 'approver', discipline: 'finance', agreements: [teller.agreement] });
  const money = await asked('commissioner', 'money', { discipline: 'finance', panel: { of: [head, second], quorum: { is: 'at-least', least: 2 }, veto: [head] } });
  await teller.did('finance', { name: 'sign-off', ...money, outcome: { is: 'granted', conditions: [] } });
  await teller.later(1);
  await teller.did('approver:finance', { name: 'sign-off', ...money, outcome: { is: 'granted', conditions: [] } });

  // Away for a fortnight, and somebody signs in their place.
  const away = { from: today(), until: addDays(today(), 14) };
  await teller.arranged('approver:equality', { name: 'record-absence', person: teller.person('approver:equality'), absence: teller.id('fortnight'), ...away });
  await teller.arranged('approver:equality', {
    name: 'delegate', person: teller.person('approver:equality'), delegation: teller.id('stands in'), to: teller.person('approver:information-governance'), discipline: 'equality', ...away, agreements: null, upTo: null, when: 'absent',
  });
  const equality = await asked('commissioner', 'equality', { discipline: 'equality' });
  await teller.did('approver:information-governance', { name: 'sign-off', ...equality, outcome: { is: 'granted', conditions: [] }, onBehalfOf: teller.person('approver:equality') });

  // An interest that bars nobody, and that a second person looks at.
  const lawyer = teller.person('approver:legal-procurement');
  await teller.did('approver:legal-procurement', { name: 'declare-conflict', person: lawyer, role: 'approver', interest: 'other', about: 'Sings in the choir of one of the charities.' });
  const law = await asked('commissioner', 'law', { discipline: 'legal-procurement' });
  await teller.did('approver:legal-procurement', { name: 'sign-off', ...law, outcome: { is: 'granted', conditions: [] } });
  await teller.later(1);
  await teller.did('panel-chair', { name: 'second-sign-off', signOff: law.signOff });

  await teller.later(12);
  await teller.did('approver:sponsor', { name: 'renew-sign-off-condition', signOff: sponsor.signOff, condition: 1, dueOn: addDays(today(), 30), reason: 'The envelope is printed on Friday.' });
  await teller.did('approver:sponsor', { name: 'meet-sign-off-condition', signOff: sponsor.signOff, condition: 1, how: 'It stands in the envelope, on page 2.' });
  await teller.did('approver:sponsor', { name: 'renew-sign-off', ...sponsor, expiresOn: addDays(today(), 180), review: documentCalled('Review of the envelope') });
}
