import { expect, test } from '@jest/globals';
import { type Agreement, agreementFold, type CommandName, initialAgreement } from '@concordat/agreement/core';
import { WordsAsked } from './words-asked.js';

const word = (at: number) => `c${at}`;
const all = Array.from({ length: 600 }, (_, at) => ({
  contribution: word(at), activity: 'panel', author: 'ada', text: `Word ${at}`, givenOn: '2026-06-01', kind: 'view', seenBy: 'public', stage: 'design', late: false, unreadSince: null, forThem: false,
}));
const erased = 'Word 2';
const notRead = 'the words stand on the page of involvement';
const spoken = all.reduce<Agreement>(
  (agreement, data) => agreementFold.evolve(agreement, { type: 'concordat.agreement.contribution-recorded.v1', data, recordedAt: '2026-06-01T09:00:00.000000Z', meta: { actor: 'staff' } } as never),
  initialAgreement,
);

/** What stands on the form of a command about 600 words, of which these are in one theme and drawn for a check. */
async function onForm(command: CommandName, ...chosen: readonly number[]): Promise<ReadonlyMap<string, string>> {
  const ids = chosen.map(word);
  const { contributions } = spoken.contributions;
  const shelves = contributions.shelves.map((shelf) => shelf.map((one) => ({ ...one, checked: ids.includes(one.id) ? ('due' as const) : one.checked })));
  const agreement = { ...spoken, contributions: { ...spoken.contributions, contributions: { ...contributions, shelves }, themes: [{ id: 'travel', title: 'Travel', contributions: ids }] as never } };
  const agreements = { said: async (_tenant: string, _id: string, readable: (one: string) => boolean, _after: number, limit: number) => all.filter(({ contribution }) => readable(contribution)).slice(0, limit).map((data) => ({ data })) };
  const vault = { unsealAll: async (_tenant: string, sealed: readonly string[]) => sealed.map((text) => (text === erased ? undefined : text)) };
  const words = new WordsAsked(agreements as never, vault as never, { of: async () => new Map() } as never);
  return words.of('tenant', command, agreement, { kind: 'person', person: 'colleague', grants: [], scopes: 'all' }, '2026-06-02');
}

test('whoever checks an answer reads what was drawn, however much was said before it, and that words were erased of those alone that were', async () => {
  expect([...(await onForm('check-answer', 2, 3, 599))]).toEqual([['c2', 'The words were erased'], ['c3', '“Word 3”'], ['c599', '“Word 599”']]);
});

test('whoever answers a theme reads what stands in it, however much was said before it, and how much more there is', async () => {
  expect((await onForm('answer-theme', 2, 599)).get('travel')).toBe('the words were erased; “Word 599”');
  const late = Array.from({ length: 22 }, (_, at) => 570 + at);
  expect((await onForm('answer-theme', ...late)).get('travel')).toBe(`${late.slice(0, 20).map((at) => `“Word ${at}”`).join('; ')}; and 2 more, on the page of involvement`);
});

test('of more words than a form reads it says where the others stand', async () => {
  const words = await onForm('put-in-theme');
  expect(['c2', 'c499', 'c500', 'c599'].map((one) => words.get(one))).toEqual(['the words were erased', '“Word 499”', notRead, notRead]);
  const drawn = await onForm('check-answer', ...all.map((_, at) => at));
  expect([drawn.get('c499'), drawn.get('c599')]).toEqual(['“Word 499”', 'The words stand on the page of involvement']);
});
