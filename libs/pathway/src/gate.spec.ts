import { describe, expect, test } from '@jest/globals';
import { askedAtLast, askedOnwards, asks, conditionsFor, routeFits, type Tier, tiers } from './core/index.js';
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

  test('what was adopted in a service that ends does not pass after the gate that asks for it either: it may come back', () => {
    const ending = pathways.find('decommission', 1)!;
    const asked = (stage: string) => conditionsFor(ending, routeOf(ending), stage, 'small').filter(({ code }) => code === 'involvement.reversals-told').map(({ parameters }) => parameters);
    expect([asked('transition'), asked('closure'), asked('review')]).toEqual([[], [{ ofWhatEnds: true }], [{ ofWhatEnds: true }]]);
  });

  test('those who carry a risk are asked once, and again of what is new or grew', () => {
    const standard = pathways.find('standard', 2)!;
    const asked = (stage: string) => conditionsFor(standard, routeOf(standard), stage, 'small').find(({ code }) => code === 'risk.statements-sought')?.parameters;
    expect([asked('priorities'), asked('design'), asked('award'), asked('delivery')]).toEqual([undefined, { top: 3 }, { top: 3, inAnyStage: true }, { top: 3, inAnyStage: true }]);
    expect(asks('risk.statements-sought', { top: 3, inAnyStage: true })).toBe('Those who carry the top 3 risks were asked for a statement, and answered or were asked twice; in an earlier stage, where none is new or larger since.');
  });
});

describe('nobody sees to what is owed once an agreement is closed', () => {
  const atLast = (pathway: (typeof pathways.all)[number], tier: Tier) => conditionsFor(pathway, routeOf(pathway), pathway.stages.at(-1)!.id, tier);

  test.each(every)('%s: the last gate asks for promises, what was undone, answers that were drawn, and what sign-offs were granted on', (_, pathway, tier: Tier) => {
    const asked = atLast(pathway, tier);
    const ends = pathway.id === 'decommission';
    for (const [code, parameters] of [
      ['involvement.commitments-answered-for', { ahead: 'not-left-behind' }], ['involvement.reversals-told', ends ? { ofWhatEnds: true } : {}], ['sign-offs.conditions-met', {}],
    ] as const) expect(asked.filter((one) => one.code === code).map((one) => one.parameters)).toEqual([parameters]);
    // Of what is small no answer is read by a second person.
    expect(asked.filter(({ code }) => code === 'involvement.answers-checked').map((one) => one.parameters)).toEqual(tier === 'small' ? [] : [{}]);
    const before = pathway.stages.slice(0, -1).flatMap(({ id, gate }) => conditionsFor(pathway, routeOf(pathway), id, tier).filter(({ code }) => !gate.conditions.some((one) => one.code === code)));
    expect(before.filter(({ code }) => askedAtLast.includes(code))).toEqual([]);
  });

  test.each(every)('%s: at the last gate everyone who took part in any stage was told', (_, pathway, tier: Tier) => {
    const everyone = atLast(pathway, tier).flatMap((one) => (one.code === 'involvement.everyone-told' ? one.parameters.stages : []));
    expect([...everyone].sort()).toEqual(pathway.stages.map(({ id }) => id).sort());
  });

  test('what the document asks there it asks as it says, and of the other stages once', () => {
    const standard = pathways.find('standard', 2)!;
    const told = atLast(standard, 'small').flatMap((one) => (one.code === 'involvement.everyone-told' ? one.parameters : []));
    expect(told).toEqual([{ stages: ['review'] }, { stages: standard.stages.map(({ id }) => id).filter((id) => id !== 'review'), since: true }]);
  });
});
