import { expect, test } from '@jest/globals';
import { Fingerprints, uuidv5 } from '@concordat/platform';
import { secretly } from './contribution-imports.js';

const [here, elsewhere] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)].map((key) => new Fingerprints(key)) as [Fingerprints, Fingerprints];
const [council, neighbour] = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'];
const author = 'decidim/decidim.example author 101';

test('who made an entry has the same pseudonym at every import, another in another organisation, and one that nobody computes of what is public', () => {
  expect(secretly(here, council, author)).toBe(secretly(here, council, author));
  const others = [secretly(elsewhere, council, author), secretly(here, neighbour, author), secretly(here, council, `${author}0`), uuidv5(council, author)];
  expect(new Set([secretly(here, council, author), ...others]).size).toBe(5);
});
