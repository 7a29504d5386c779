import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { schemaOfEvent, eventCatalogue } from './event-catalogue.js';
import { eventsDocument } from './events-document.js';

test('docs/events.md is what the schemas and the audience table say today', () => {
  // If this fails: npm run build && node libs/webhooks/write-documents.mjs
  expect(readFileSync(new URL('../../../docs/events.md', import.meta.url), 'utf8')).toBe(eventsDocument());
});

const stageEntered = 'concordat.agreement.stage-entered.v1';
const awarded = 'concordat.agreement.awarded.v1';
const provider = '0197a000-0000-7000-8000-00000000000a';

test.each([
  ['all of it', awarded, { provider, value: { amount: '9000.00', currency: 'GBP' } }, true],
  ['what a party sees of it', awarded, { provider }, true],
  ['a thin event', awarded, { agreement: provider }, true],
  ['something else', awarded, { price: 1 }, false],
  ['sealed words as a feed shows them', 'concordat.agreement.conflict-declared.v1', { person: provider, role: 'commissioner', interest: 'other', about: { subject: provider, sealed: true } }, true],
  ['the charity somebody named, sealed', 'concordat.agreement.payment-offer-answered.v1', { offer: provider, participant: provider, answer: { is: 'to-a-charity' }, charity: { subject: provider, sealed: true }, forThem: false }, true],
  ['no charity where somebody takes the payment', 'concordat.agreement.payment-offer-answered.v1', { offer: provider, participant: provider, answer: { is: 'accepted' }, charity: null, forThem: false }, true],
  ['half of what every reader sees whole', stageEntered, { stage: 'award' }, false],
])('the schema that is served holds for %s', (_, type, data, holds) => {
  expect(schemaOfEvent(type)!.safeParse(data).success).toBe(holds);
});

test('what a party sees never holds a person, a participant or sealed words', () => {
  const near = ['person', 'participant', 'participants', 'author', 'text', 'words', 'spokenBy', 'reason', 'reasons', 'charity'];
  const told = eventCatalogue.flatMap(({ type, published }) => Object.keys(published?.shape ?? {}).map((member) => ({ type, member })));
  expect(told.filter(({ member }) => near.includes(member))).toEqual([]);
});
