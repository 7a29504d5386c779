import { describe, expect, test } from '@jest/globals';
import { askedAtLast, askedOfPlans, askedOnwards, asks, conditionsFor, routeFits, type Tier, tiers } from './core/index.js';
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

  test('a gate that asks it itself asks it as its document says, and of every earlier stage', () => {
    const standard = pathways.find('standard', 2)!;
    const asked = (stage: string) => conditionsFor(standard, routeOf(standard), stage, 'standard').find(({ code }) => code === 'involvement.themes-answered')?.parameters;
    expect([asked('needs'), asked('priorities'), asked('design')]).toEqual([undefined, { stages: ['mandate', 'needs', 'priorities'] }, { stages: ['mandate', 'needs', 'priorities', 'design'] }]);
  });

  test('what was adopted in a service that ends does not pass after the gate that asks for it either: it may come back', () => {
    const ending = pathways.find('decommission', 1)!;
    const asked = (stage: string) => conditionsFor(ending, routeOf(ending), stage, 'small').filter(({ code }) => code === 'involvement.reversals-told').map(({ parameters }) => parameters);
    expect([asked('transition'), asked('closure'), asked('review')]).toEqual([[], [{ ofWhatEnds: true }], [{ ofWhatEnds: true }]]);
  });

  test('a service that runs for years after the gate of its delivery is asked there what people say of it, what differs and what lapsed', () => {
    const standard = pathways.find('standard', 2)!;
    const ofDelivery = ['delivery.people-asked-each-cycle', 'delivery.differences-discussed', 'sign-offs.renewed'];
    const asked = (stage: string) => conditionsFor(standard, routeOf(standard), stage, 'standard').map(({ code }) => code).filter((code) => ofDelivery.includes(code)).sort();
    expect(['mobilisation', 'delivery', 'review', 'close'].map(asked)).toEqual([[], ...Array(3).fill([...ofDelivery].sort())]);
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
    const everyone = atLast(pathway, tier).flatMap((one) => (one.code === 'involvement.everyone-told' ? [...one.parameters.stages, ...(one.parameters.since ?? [])] : []));
    expect([...everyone].sort()).toEqual(pathway.stages.map(({ id }) => id).sort());
  });

  test('what the document asks there it asks as it says, and of the other stages, as one thing that is met or explained as a whole', () => {
    const standard = pathways.find('standard', 2)!;
    const told = atLast(standard, 'small').filter(({ code }) => code === 'involvement.everyone-told');
    expect(told).toMatchObject([{
      parameters: { stages: ['review'], since: standard.stages.map(({ id }) => id).filter((id) => id !== 'review') },
      asks: 'Everyone who took part in “Review” was told in this stage what came of it, or does not wish to hear. Everyone who took part in any other stage was told since what came of it, or what was done with all they said, or does not wish to hear.',
    }]);
    expect(asks('involvement.everyone-told', { stages: [], since: ['review'] })).toMatch(/^Everyone who took part was told since /);
  });

  test.each(every)('%s: no gate asks by one code twice what a person may waive, for a waiver is of a code', (_, pathway, tier: Tier) => {
    for (const { id } of pathway.stages) {
      const codes = conditionsFor(pathway, routeOf(pathway), id, tier).filter((one) => one.class === 'involvement').map(({ code }) => code);
      expect([id, codes]).toEqual([id, [...new Set(codes)]]);
    }
  });
});

describe('who was counted on came, and what it takes was there', () => {
  const at = (pathway: (typeof pathways.all)[number], stage: string, tier: Tier, code: string) => conditionsFor(pathway, routeOf(pathway), stage, tier).filter((one) => one.code === code).map(({ parameters }) => parameters);

  test.each(every)('%s: every gate asks once that those came who were planned for its stage, as its document does or beside it; of what is small its document alone', (_, pathway, tier: Tier) => {
    for (const { id, gate } of pathway.stages) {
      const own = gate.conditions.flatMap((one) => (one.code === 'involvement.people' ? one.tiers[tier] ?? [] : []));
      expect([id, at(pathway, id, tier, 'involvement.people')]).toEqual([id, own.length > 0 || tier === 'small' ? own : [{ asPlanned: true }]]);
    }
  });

  test.each(every)('%s: every gate asks what it costs people to take part and what it lives on, but of what is small', (_, pathway, tier: Tier) => {
    for (const code of ['involvement.access-costs-met', 'involvement.resourced'] as const) {
      const first = pathway.stages.findIndex(({ gate }) => gate.conditions.some((one) => one.code === code && one.tiers[tier] !== undefined));
      const asked = pathway.stages.map(({ id }) => at(pathway, id, tier, code));
      expect(asked).toEqual(pathway.stages.map((_one, n) => (first >= 0 && n >= first ? [{}] : tier === 'small' ? [] : [{ ofThisStage: true }])));
    }
  });

  test('what is asked beside a document says that it is of this stage', () => {
    expect(askedOfPlans.map(({ code, parameters }) => asks(code, parameters as never))).toEqual([
      'As many people took part in this stage as were planned, where they are to be consulted or more.',
      'The planned involvement of this stage, where people are engaged or decide with others, has a budget, or the group itself said that it needs none and why.',
      'What it costs people to take part in this stage (travel, someone to stand in at home, interpreters) is met at every level of involvement, or the group itself said that it costs nothing and why.',
    ]);
  });
});
