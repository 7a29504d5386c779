import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { asksFigure } from './core/index.js';
import { InvalidDocument, pathwaySchema, pathways, readPathway, readRoute, routes, routeSchema } from './index.js';

const grant = pathways.find('grant');
const psr = routes.find('psr-most-suitable-provider');

/** A copy of a document with members set, or taken out, by JSON pointer: `-` at the end of a list adds to it. */
function spoilt(document: unknown, changes: Readonly<Record<string, unknown>>): unknown {
  const copy: unknown = structuredClone(document);
  for (const [pointer, value] of Object.entries(changes)) {
    const steps = pointer.slice(1).split('/');
    const last = steps.pop() ?? '';
    const at = steps.reduce((inner, step) => (inner as Record<string, unknown>)[step], copy) as Record<string, unknown>;
    if (value === undefined) delete at[last];
    else at[last === '-' && Array.isArray(at) ? at.length : last] = value;
  }
  return copy;
}

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
    const document = spoilt(grant, {
      '/stages/0/gate/conditions/0/tiers/small/facts/-': 'shoe-size',
      '/stages/1/id': 'mandate',
      '/stages/3/gate/conditions/0/code': 'sign-offs.grantd',
      '/stages/5/gate/conditions/1/tiers/major/stages/0': 'jury',
      '/colour': 'green',
    });
    expect(problemsOf(() => readPathway(document))).toEqual({
      '': expect.stringContaining('colour'),
      '/stages/0/gate/conditions/0/tiers/small/facts/3': expect.stringContaining('Invalid option'),
      '/stages/1/id': expect.stringContaining('a second time'),
      '/stages/3/gate/conditions/0/code': expect.stringContaining('sign-offs.granted'),
      '/stages/5/gate/conditions/1/tiers/major/stages/0': expect.stringContaining('no stage “jury”'),
    });
  });

  test('a gate may ask about its own stage, not about one that comes only after it', () => {
    const answered = '/stages/2/gate/conditions/4/tiers/small/stages/0';
    expect(problemsOf(() => readPathway(spoilt(grant, { [answered]: 'panel' })))).toEqual({});
    expect(problemsOf(() => readPathway(spoilt(grant, { [answered]: 'award' })))).toEqual({ [answered]: expect.stringContaining('comes only after this gate') });
  });

  test('a condition stands once in a gate, and is asked in some tier', () => {
    expect(problemsOf(() => readPathway(spoilt(grant, { '/stages/4/gate/conditions/-': { code: 'facts.present', tiers: {} } })))).toEqual({
      '/stages/4/gate/conditions/1/code': expect.stringContaining('a second time'),
      '/stages/4/gate/conditions/1/tiers': expect.stringContaining('in no tier'),
    });
  });

  test('the last gate closes the agreement, so it asks something in every tier', () => {
    const silent = { '/stages/5/gate/conditions/0/tiers/small': undefined, '/stages/5/gate/conditions/1/tiers/small': undefined };
    expect(problemsOf(() => readPathway(spoilt(grant, silent)))).toEqual({
      '/stages/5/gate/conditions': expect.stringContaining('asks nothing in tier small'),
    });
  });

  test('its tiers rise, and a preliminary gate says what is coming', () => {
    const document = spoilt(pathways.find('standard', 1), { '/tiers/standard/upTo': 9000, '/coming': [] });
    expect(Object.keys(problemsOf(() => readPathway(document)))).toEqual(['/tiers/standard/upTo', '/coming']);
  });

  test('every figure says where it comes from, and how far that was verified', () => {
    const standard = pathways.find('standard');
    const figures = standard!.stages.flatMap(({ gate }, stage) => gate.conditions.flatMap((use, at) => (asksFigure(use.code) ? [`/stages/${stage}/gate/conditions/${at}/source`] : [])));
    expect(figures.length).toBeGreaterThan(20);
    const unsaid = problemsOf(() => readPathway(spoilt(standard, Object.fromEntries([...figures, '/tiers/source'].map((pointer) => [pointer, undefined])))));
    expect(unsaid).toEqual(Object.fromEntries([...figures, '/tiers/source'].map((pointer) => [pointer, expect.stringContaining('Every figure says where it comes from')])));
    expect(problemsOf(() => readPathway(spoilt(standard, { '/tiers/source/mark': 'everybody knows' })))).toEqual({ '/tiers/source/mark': expect.stringContaining('Invalid option') });
  });

  test.each([null, [], 'grant', 7, {}, { stages: [null, 3] }, { stages: [{ gate: { conditions: [{ tiers: { small: { stages: 'x' } } }] } }] }])(
    '%j is no pathway, and says so without a fault',
    (json) => expect(Object.keys(problemsOf(() => readPathway(json))).length).toBeGreaterThan(0),
  );
});

describe('a route is refused', () => {
  test('when a figure that was not read in a text is not listed as unverified', () => {
    expect(problemsOf(() => readRoute(spoilt(psr, { '/unverified': psr?.unverified.slice(1) })))).toEqual({
      '/unverified': expect.stringContaining('PSR statutory guidance'),
    });
  });

  test('when it lists as unverified what it does not use', () => {
    expect(problemsOf(() => readRoute(spoilt(psr, { '/unverified/-': 'Magna Carta: not read.' })))).toEqual({
      '/unverified/5': expect.stringContaining('No source'),
    });
  });

  test('when a figure of it has no source', () => {
    const figures = ['/standstill/source', '/clocks/0/source', '/modification/grounds/0/source', '/conditions/0/source'];
    const unsaid = problemsOf(() => readRoute(spoilt(psr, Object.fromEntries(figures.map((pointer) => [pointer, undefined])))));
    for (const pointer of figures) expect([pointer, unsaid[pointer]]).toEqual([pointer, expect.stringContaining('Every figure says where it comes from')]);
  });

  test('when its standstill has no length or its clocks share a name', () => {
    const document = spoilt(psr, { '/standstill/days': undefined, '/clocks/1/id': 'intended-approach' });
    expect(Object.keys(problemsOf(() => readRoute(document)))).toEqual(['/standstill/days', '/clocks/1/id']);
  });
});

describe('the published JSON Schemas', () => {
  const ajv = new Ajv2020({ strict: true });
  const validPathway = ajv.compile(pathwaySchema());
  const validRoute = ajv.compile(routeSchema());

  test('are draft 2020-12 and hold for every published document', () => {
    expect(pathwaySchema().$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(pathways.all.filter((pathway) => !validPathway(pathway))).toEqual([]);
    expect(routes.all.filter((route) => !validRoute(route))).toEqual([]);
  });

  test.each([
    ['fact', { '/stages/0/gate/conditions/0/tiers/small/facts/-': 'shoe-size' }],
    ['member', { '/colour': 'green' }],
    ['condition', { '/stages/0/gate/conditions/0/code': 'facts.absent' }],
  ])('refuse an unknown %s', (_, change) => {
    expect(validPathway(spoilt(grant, change))).toBe(false);
  });
});
