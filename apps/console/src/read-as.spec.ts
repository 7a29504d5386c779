import { describe, expect, test } from '@jest/globals';
import type { Sight } from '@concordat/agreement/core';
import { readsAs } from './agreement.page.js';

describe('what people said is read on the page of an agreement', () => {
  const whole: Sight = { sees: 'all' };

  test('by the house as far as the provider may read it, and by a partner body or a panel’s member only what was said to everybody, as by the API', () => {
    expect([readsAs(whole, 'those-who-answer'), readsAs(whole, 'organisation'), readsAs(whole, 'public')]).toEqual(['provider', 'provider', 'public']);
  });

  test('by whoever takes part as it was said to everybody, by whoever provides what was let to the provider, and by a rival not at all', () => {
    const party = (role: 'invited' | 'provider'): Sight => ({ sees: 'party', provider: 'p', role, until: null });
    expect([readsAs({ sees: 'people', person: 'p', forOthers: false }, 'public'), readsAs(party('provider'), 'public'), readsAs(party('invited'), 'public')]).toEqual(['public', 'provider', undefined]);
  });
});
