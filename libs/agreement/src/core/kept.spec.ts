import { expect, test } from '@jest/globals';
import type { ConditionCode, ConditionParameters } from '@concordat/pathway/core';
import { draw } from './answer-check.js';
import { conditions } from './conditions.js';
import { type Contribution, everythingSaid, inLedger } from './contribution.js';
import { given, id, type Scene } from './given.js';
import { answered, came, held, panel, said, theme, told } from './given-involvement.js';
import { evolve } from './evolve.js';

// What a command costs on an agreement where a thousand things were said: counted, so that no clock has to tell.

const ids = Array.from({ length: 1_000 }, (_, n) => id(10_000 + n));
const authorOf = (n: number): string => id(20_000 + (n % 800));
/** A thousand things said by eight hundred people, of which nine hundred are answered; half of all are told, and a hundred have no place. */
const spoken: Scene = given(
  held(panel),
  came(panel, ...ids.slice(0, 50).map((_, n) => authorOf(n))),
  ...ids.map((one, n) => said(one, authorOf(n), panel)),
  ...theme('meals', ...ids.slice(0, 450)),
  ...theme('travel', ...ids.slice(450, 900)),
  answered('meals', { outcome: 'not-adopted', reasons: 'x' }),
  answered('travel', { outcome: 'not-adopted', reasons: 'x' }),
  told('delivered', ...ids.slice(0, 500)),
);
const oneMore = said(id(99), id(98), panel);

const gates = {
  'involvement.themes-answered': { stages: ['mandate', 'design'] },
  'involvement.feedback-delivered': { stages: ['design'] },
  'involvement.everyone-told': { stages: [], since: ['mandate', 'design'] },
  'involvement.late-entries-shown': {},
  'involvement.answers-checked': { stages: ['design'] },
  'involvement.reversals-told': {},
} satisfies { readonly [C in ConditionCode]?: ConditionParameters[C] };

test('after one more word a gate reads no more of what was said than the shelf it was put on', () => {
  const read = new Set<string>();
  const watched = (one: Contribution): Contribution => new Proxy(one, { get: (of, key) => (read.add(of.id), Reflect.get(of, key) as unknown) });
  const { contributions } = spoken.agreement.contributions;
  const before = inLedger(spoken.agreement, { contributions: { ...contributions, shelves: contributions.shelves.map((shelf) => shelf.map(watched)) } });
  const asked = (agreement: typeof before) => Object.entries(gates).map(([code, parameters]) => conditions[code as keyof typeof gates](agreement, parameters as never, spoken.context()));
  const first = asked(before);
  expect(read.size).toBe(1_000);
  expect(first.map((missing) => missing.length)).toEqual(asked(spoken.agreement).map((missing) => missing.length));
  const [type, data] = oneMore;
  const event = { type, data, stream: '', recordedAt: '', version: 1, meta: { actor: '', command: '', commandId: '', correlationId: '' } };
  const after = evolve(before, event as never);
  read.clear();
  asked(after);
  expect(read.size).toBeLessThanOrEqual(32);
});

test('whom a second person checks is drawn with the lots of a thousand answers, each of them hashed once', () => {
  let hashed = 0;
  const context = { ...spoken.context(), sha256: (text: string) => `${(hashed += 1)} ${text}` };
  draw(spoken.agreement, [], context);
  expect(hashed).toBe(1_000);
  draw(spoken.given(['concordat.agreement.theme-created.v1', { theme: 'evenings', title: 'x' }]).agreement, [], context);
  expect(hashed).toBe(1_000);
  draw(spoken.given(oneMore).agreement, everythingSaid(spoken.agreement).slice(-1), context);
  expect(hashed).toBeLessThan(1_100);
});
