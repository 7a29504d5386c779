import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { InvalidDocument, pathwaySchema, pathways, readHolidays, readPathway, readRoute, routes, routeSchema } from './index.js';

// Documents as anyone may send them: plain JSON to spoil.
type Spoilt = any;
const grant = (): Spoilt => structuredClone(pathways.find('grant'));
const psr = (): Spoilt => structuredClone(routes.find('psr-most-suitable-provider'));

function problemsOf(read: () => unknown): Record<string, string> {
  try {
    read();
  } catch (fault) {
    if (fault instanceof InvalidDocument) return Object.fromEntries(fault.problems.map(({ pointer, detail }) => [pointer, detail]));
    throw fault;
  }
  return {};
}

describe('a pathway is refused with everything that is wrong in it', () => {
  test('problems of shape and of sense are named together, each where it stands', () => {
    const spoilt = grant();
    spoilt.stages[0].gate.conditions[0].tiers.small.facts.push('shoe-size');
    spoilt.stages[1].id = 'mandate';
    spoilt.stages[3].gate.conditions[0].code = 'sign-offs.grantd';
    spoilt.stages[5].gate.conditions[1].tiers.major.stages = ['jury'];
    spoilt.colour = 'green';
    const problems = problemsOf(() => readPathway(spoilt));
    expect(problems).toEqual({
      '': expect.stringContaining('colour'),
      '/stages/0/gate/conditions/0/tiers/small/facts/3': expect.stringContaining('Invalid option'),
      '/stages/1/id': expect.stringContaining('a second time'),
      '/stages/3/gate/conditions/0/code': expect.stringContaining('sign-offs.granted'),
      '/stages/5/gate/conditions/1/tiers/major/stages/0': expect.stringContaining('no stage “jury”'),
    });
  });

  test('a gate cannot ask about a stage that comes only after it', () => {
    const spoilt = grant();
    spoilt.stages[5].gate.conditions[1].tiers.small.stages = ['close'];
    spoilt.stages[2].gate.conditions.find(({ code }: Spoilt) => code === 'involvement.themes-answered').tiers.small.stages = ['award'];
    expect(Object.values(problemsOf(() => readPathway(spoilt)))).toEqual([expect.stringContaining('comes only after this gate')]);
  });

  test('a condition stands once in a gate, and is asked in some tier', () => {
    const spoilt = grant();
    const conditions = spoilt.stages[4].gate.conditions;
    conditions.push({ ...conditions[0], tiers: {} });
    expect(problemsOf(() => readPathway(spoilt))).toEqual({
      '/stages/4/gate/conditions/1/code': expect.stringContaining('a second time'),
      '/stages/4/gate/conditions/1/tiers': expect.stringContaining('in no tier'),
    });
  });

  test('the last gate closes the agreement, so it asks something in every tier', () => {
    const spoilt = grant();
    for (const condition of spoilt.stages[5].gate.conditions) delete condition.tiers.small;
    expect(Object.values(problemsOf(() => readPathway(spoilt)))).toEqual([expect.stringContaining('asks nothing in tier small')]);
  });

  test.each([null, [], 'grant', 7, {}, { stages: [null, 3] }, { stages: [{ gate: { conditions: [{ tiers: { small: { stages: 'x' } } }] } }] }])(
    '%j is no pathway, and says so without a fault',
    (json) => expect(Object.keys(problemsOf(() => readPathway(json))).length).toBeGreaterThan(0),
  );
});

describe('a route is refused', () => {
  test('when a figure that was not read in a text is not listed as unverified', () => {
    const spoilt = psr();
    spoilt.unverified = spoilt.unverified.slice(1);
    expect(problemsOf(() => readRoute(spoilt))).toEqual({ '/unverified': expect.stringContaining('PSR statutory guidance') });
  });

  test('when it lists as unverified what it does not use', () => {
    const spoilt = psr();
    spoilt.unverified.push('Magna Carta: not read.');
    expect(problemsOf(() => readRoute(spoilt))).toEqual({ '/unverified/3': expect.stringContaining('No source') });
  });

  test('when its standstill has no length or its clocks share a name', () => {
    const spoilt = psr();
    delete spoilt.standstill.days;
    spoilt.clocks[1].id = spoilt.clocks[0].id;
    expect(Object.keys(problemsOf(() => readRoute(spoilt)))).toEqual(['/standstill/days', '/clocks/1/id']);
  });
});

describe('the published JSON Schemas', () => {
  const ajv = new Ajv2020({ strict: true });
  const validPathway = ajv.compile(pathwaySchema);
  const validRoute = ajv.compile(routeSchema);

  test('are draft 2020-12 and hold for every published document', () => {
    expect(pathwaySchema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(pathways.all.filter((pathway) => !validPathway(pathway))).toEqual([]);
    expect(routes.all.filter((route) => !validRoute(route))).toEqual([]);
  });

  test('refuse an unknown fact, an unknown member and an unknown condition', () => {
    for (const spoil of [
      (spoilt: Spoilt) => spoilt.stages[0].gate.conditions[0].tiers.small.facts.push('shoe-size'),
      (spoilt: Spoilt) => (spoilt.colour = 'green'),
      (spoilt: Spoilt) => (spoilt.stages[0].gate.conditions[0].code = 'facts.absent'),
    ]) {
      const spoilt = grant();
      spoil(spoilt);
      expect(validPathway(spoilt)).toBe(false);
    }
  });
});

test('a proclaimed day an administrator added is a bank holiday like the others', () => {
  const file = Object.fromEntries(['england-and-wales', 'scotland', 'northern-ireland'].map((name) => [name, { events: [{ date: '2026-12-25' }] }]));
  expect(readHolidays(file, 'here', { scotland: ['2026-06-15'] })).toEqual({
    source: 'here',
    firstKnownYear: 2026,
    lastKnownYear: 2026,
    holidays: { 'england-and-wales': ['2026-12-25'], scotland: ['2026-06-15', '2026-12-25'], 'northern-ireland': ['2026-12-25'] },
  });
});
