import { expect, test } from '@jest/globals';
import { type Agreement, initialAgreement, type StagePassage } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { Named } from './names.js';
import { pathwayMap } from './pathway-map.js';

const standard = pathways.find('standard', 2)!;
const stages = standard.stages.map(({ id }) => id);

const asShipped = new Named(undefined, new Map());

/** An agreement past its first stages, whose gates came to this. */
function past(...gates: readonly StagePassage['gate'][]): Agreement {
  const passages = Object.fromEntries([...gates, 'shut' as const].map((gate, at) => [stages[at]!, { enteredAt: '2026-06-01T09:00:00.000000Z', leftAt: null, gate }]));
  return { ...initialAgreement, lifecycle: 'open', pathway: { id: 'standard', version: 2 }, route: { id: 'pa2023-light-touch', version: 1 }, tier: 'standard', stage: stages[gates.length]!, stages: passages };
}

test('every way a gate was passed, or never asked, is told from one that waits', () => {
  const { headline, stages: shown } = pathwayMap(past('opened', 'opened-with-conditions', 'by-reference', 'not-evidenced', 'not-asked'), undefined, asShipped);
  expect(shown.slice(0, 6).map(({ sign, says }) => `${sign} ${says}`)).toEqual([
    '✓ passed', '✓ passed with conditions', '✓ passed before the split', '? before Concordat: not evidenced', '? not asked: it came with a later version', '· waiting',
  ]);
  expect(headline).toMatch(/^3 of 11 gates are passed; /);
});

test('the gate that is asked now is blocked by what it lacks, or can open', () => {
  const asked = (...met: readonly boolean[]) => pathwayMap(past('opened'), { checklist: met.map((one) => ({ met: one })) } as never, asShipped).stages[1];
  expect([asked(true, false, false), asked(true, true)].map((stage) => `${stage?.sign} ${stage?.says}`)).toEqual(['✕ blocked: 2 of 3 not met', '→ can open']);
});

test('what a gate asks calls those who use the service as the organisation does', () => {
  const sourcing = stages.indexOf('sourcing');
  const { stages: shown } = pathwayMap({ ...past('opened'), route: { id: 'pa2023-competitive', version: 1 } }, undefined, new Named(undefined, new Map(), undefined, { serviceUsers: 'tenants' }));
  const says = shown[sourcing]!.asks.map((one) => one.says);
  expect([says.some((sentence) => sentence.includes('tenants assessed them')), says.filter((sentence) => /use the service/i.test(sentence))]).toEqual([true, []]);
});
