import { expect, test } from '@jest/globals';
import { commitmentStands } from './commitment.js';
import { agreementId, given, id, inDesign, refusals } from './given.js';
import { ada, adopted, answered, ben, cat, held, missingAt, panel, said, theme, told } from './given-involvement.js';

const earlier = id(5);
const undone = { theme: 'travel', reasons: 'The bus was cut.' } as const;
const adoptedTravel = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel'));

test('whoever gave what was adopted hears when it is undone, each by name of their pseudonym', () => {
  const reversed = adoptedTravel.did('reverse-answer', undone);
  expect(missingAt(adoptedTravel, 'involvement.reversals-told', {})).toEqual([]);
  expect(missingAt(reversed, 'involvement.reversals-told', {})).toEqual([
    { what: `${ada}: travel was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' },
    { what: `${ben}: travel was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' },
  ]);
  const toldAda = reversed.did('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' });
  expect(missingAt(toldAda, 'involvement.reversals-told', {})).toHaveLength(1);
  expect(refusals(toldAda.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual(['already-so']);
  expect(refusals(toldAda.when('tell-of-reversal', { theme: 'travel', participants: [cat], outcome: 'delivered' }))).toEqual(['reversal.not-their-word']);
});

test('who wished to hear nothing is left in peace', () => {
  const reversed = adoptedTravel.given(told('declined', 'c2')).did('reverse-answer', undone);
  expect(missingAt(reversed, 'involvement.reversals-told', {})).toHaveLength(1);
});

test('only what was adopted is undone, once', () => {
  const no = given(...theme('travel'), answered('travel', { outcome: 'not-adopted', reasons: 'No.' }));
  expect(refusals(no.when('reverse-answer', undone))).toEqual(['answer.not-adopted']);
  expect(refusals(inDesign.when('reverse-answer', undone))).toEqual(['theme.unknown']);
  expect(refusals(adoptedTravel.did('reverse-answer', undone).when('reverse-answer', undone))).toEqual(['already-so']);
  expect(refusals(adoptedTravel.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual(['answer.not-reversed']);
});

test('the notice is owed to the end and beyond: after the close, and in the agreement that carries it on', () => {
  const closed = adoptedTravel.did('request-gate', { stage: 'design' }).did('request-gate', { stage: 'delivery' });
  expect(closed.agreement.lifecycle).toBe('closed');
  expect(refusals(closed.when('reverse-answer', undone))).toEqual([]);

  const renewal = inDesign.beside(earlier, closed.agreement).did('carry-on', { from: earlier }).did('reverse-answer', undone);
  expect(missingAt(renewal, 'involvement.reversals-told', {}).map(({ what }) => what)).toEqual([`${ada}: travel was undone`, `${ben}: travel was undone`]);
  const again = inDesign.beside(earlier, { ...renewal.agreement, id: earlier });
  expect(refusals(again.when('carry-on', { from: earlier }))).toEqual(['already-so']);
});

test('what is adopted and what is still promised is carried on once, and the earlier agreement no longer answers for the promise', () => {
  const promised = adoptedTravel.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01' });
  const renewal = inDesign.beside(earlier, promised.agreement).did('carry-on', { from: earlier });
  expect(renewal.agreement.carried).toMatchObject([{ id: 'travel', from: earlier, authors: [ada, ben], changed: 'changed' in adopted ? adopted.changed : '' }]);
  expect(renewal.agreement.commitments).toMatchObject([{ id: id(71), from: earlier, became: { is: 'open' } }]);
  expect(renewal.others[earlier]!.commitments.map((made) => commitmentStands(made, renewal.today))).toEqual(['carried-on']);
  expect(renewal.others[earlier]!.commitments).toMatchObject([{ became: { to: agreementId } }]);
  expect(refusals(renewal.when('carry-on', { from: earlier }))).toEqual(['already-so']);
});

test('another agreement that is there is carried on, and none carries on itself', () => {
  expect(refusals(inDesign.when('carry-on', { from: earlier }))).toEqual(['carry-on.unknown']);
  expect(refusals(inDesign.when('carry-on', { from: agreementId }))).toEqual(['carry-on.unknown']);
});
