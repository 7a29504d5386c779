import { expect, test } from '@jest/globals';
import { Named } from './names.js';

const provider = '5f1c2d3e-0000-4000-8000-000000000001';
const named = new Named(undefined, new Map([[provider, 'First Demo Provider']]));

test('an id is called by its name, and one that nothing names by its end', () => {
  expect(named.in(`acceptance by provider-${provider}`)).toBe('acceptance by First Demo Provider');
  expect(named.in(`${provider}, 5f1c2d3e-0000-4000-8000-00000000abcd`)).toBe('First Demo Provider, person abcd');
});

test('the number of an OCDS process stands as it is, whatever it ends with', () => {
  for (const number of [`ocds-b5fd17-${provider}`, `ocds-b5fd17-cc96f1ca-ddd8-4256-acad-f5b5c41cf369`]) expect(named.said(`Taken from ${number}.`, 'facts.description')).toBe(`Taken from ${number}.`);
});
