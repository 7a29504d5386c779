import { expect, test } from '@jest/globals';
import { missingShown, roleOf } from './say.js';

const naming = (text: (text: string) => string) => ({ in: text, role: roleOf });

test('what is missing calls a prompt and an objection as people do, and the form about it is opened on it', () => {
  const statement = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
  const shown = (what: string, by: string) => missingShown('a', { what, suppliedBy: 'risk-owner', by }, naming((text) => text.replace(statement, 'the view of carers')), () => true);
  expect(shown('an answer to the prompt lone-volunteers', 'answer-risk-prompt').what).toBe('An answer to “Is anybody alone with someone who depends on them?”');
  expect(shown(`a reply to the objection of carers: ${statement}`, 'reply-to-objection')).toMatchObject({ what: 'A reply to the objection in the view of carers', href: `/agreements/a/do/reply-to-objection?about=${statement}` });
  expect(shown(`the second person to read the objection of service-users and the reply: ${statement}`, 'second-reply').what).toBe('The second person to read the objection and the reply in the view of carers');
});

test('what is missing leads to its form whoever may send it, and tells anybody else who can', () => {
  const shown = (may: boolean) => missingShown('a', { what: 'acceptance by the provider', suppliedBy: 'provider-signatory', by: 'accept-award' }, naming((text) => text), () => may);
  expect(shown(true)).toMatchObject({ from: 'a provider’s signatory', href: '/agreements/a/do/accept-award' });
  expect(shown(false)).toEqual({ what: 'Acceptance by the provider', from: 'a provider’s signatory' });
});

test('a member of a form that is missing is called as its form calls it, and a code by what it says', () => {
  const shown = (what: string, by: string) => missingShown('a', { what, suppliedBy: 'commissioner', by }, naming((text) => text), () => true).what;
  expect(shown('dueOn', 'sign-off')).toBe('By when');
  expect(shown('insteadBy', 'ask-waiver')).toBe('By when');
  expect(shown('expiresOn', 'ask-waiver')).toBe('Last day on which the gate may open on it');
  expect(shown('carer-led-body', 'seek-statement')).toBe('A body led by carers');
  expect(shown('closesOn', 'invite-participant')).toBe('Last day');
  expect(shown('needs', 'request-gate')).toBe('Needs');
  expect(shown('2027-05-01', 'erase-participant')).toBe('1 May 2027');
});
