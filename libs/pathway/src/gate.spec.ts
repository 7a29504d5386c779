import { describe, expect, test } from '@jest/globals';
import { asks, askedOnwards, conditionsFor, routeFits, type Tier, tiers } from './core/index.js';
import { pathways, routes } from './published.js';

const every = pathways.all.flatMap((pathway) => tiers.map((tier) => [`${pathway.id} ${pathway.version}, ${tier}`, pathway, tier] as const));
const routeOf = (pathway: (typeof pathways.all)[number]) => routes.latest().find((route) => routeFits(pathway, route))!;

describe('what people say and what may happen to them goes on while an agreement does', () => {
  test.each(every)('%s: what one gate asks of it every later gate asks, too, down to the last', (_, pathway, tier: Tier) => {
    const gates = pathway.stages.map(({ id }) => conditionsFor(pathway, routeOf(pathway), id, tier).map(({ code }) => code));
    const asking = askedOnwards.filter((code) => gates.some((codes) => codes.includes(code)));
    for (const code of asking) {
      const first = gates.findIndex((codes) => codes.includes(code));
      expect(gates.slice(first).filter((codes) => codes.filter((one) => one === code).length === 1)).toHaveLength(gates.length - first);
    }
    expect(asking).toContain('involvement.themes-answered');
  });

  test.each(every)('%s: no stage is closed for good with something said in it that nobody answered', (_, pathway, tier: Tier) => {
    const last = conditionsFor(pathway, routeOf(pathway), pathway.stages.at(-1)!.id, tier);
    expect(last).toContainEqual(expect.objectContaining({ code: 'involvement.themes-answered', class: 'involvement', parameters: { stages: pathway.stages.map(({ id }) => id) } }));
  });

  test('a gate that asks it itself asks it as its document says', () => {
    const standard = pathways.find('standard', 2)!;
    const asked = (stage: string) => conditionsFor(standard, routeOf(standard), stage, 'standard').find(({ code }) => code === 'involvement.themes-answered')?.parameters;
    expect([asked('needs'), asked('priorities'), asked('design')]).toEqual([undefined, { stages: ['needs', 'priorities'] }, { stages: ['mandate', 'needs', 'priorities', 'design'] }]);
  });

  test('those who carry a risk are asked once, and again of what is new or grew', () => {
    const standard = pathways.find('standard', 2)!;
    const asked = (stage: string) => conditionsFor(standard, routeOf(standard), stage, 'small').find(({ code }) => code === 'risk.statements-sought')?.parameters;
    expect([asked('priorities'), asked('design'), asked('award'), asked('delivery')]).toEqual([undefined, { top: 3 }, { top: 3, inAnyStage: true }, { top: 3, inAnyStage: true }]);
    expect(asks('risk.statements-sought', { top: 3, inAnyStage: true })).toBe('Those who carry the top 3 risks were asked for a statement, and answered or were asked twice; in an earlier stage, where none is new or larger since.');
  });
});
