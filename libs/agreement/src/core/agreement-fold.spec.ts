import { createHash } from 'node:crypto';
import { canonical } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { agreementFold } from './agreement-fold.js';
import { id, inDesign, people, provider } from './given.js';

// Snapshots are states of a fold by its number. Where the state changes and the number does not, a process goes on from
// snapshots that lack what it needs, and only on agreements that are long and old.
test('the same events give the state they have given since this number: who changes the state raises the number', () => {
  const { agreement } = inDesign
    .did('amend-facts', { facts: { place: 'Leith', value: { amount: '9000.00', currency: 'GBP' }, lead: people.colleague } }, 'colleague')
    .did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }, 'commissioner')
    .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague')
    .did('invite-provider', { provider })
    .did('hold', { reason: 'the budget is not set' });
  const fingerprint = createHash('sha256').update(canonical(agreement)).digest('hex').slice(0, 16);
  expect({ number: agreementFold.number, fingerprint }).toEqual({ number: 55, fingerprint: '31b04411e825844b' });
});

test('nothing is upcast: whoever writes the first upcast has it done within what was brought over from another organisation, too', () => {
  expect(Object.keys(agreementFold.upcasts)).toEqual([]);
});
