import { createHash } from 'node:crypto';
import { canonical } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import type { ConditionAsked, Pathway, Route, Tier } from './core/index.js';
import { asks, conditionsFor, isEarlier, nextStage, routeFits, stageOf, tiers } from './core/index.js';
import { holidays, pathways, publishedPathways, routes } from './index.js';

const grant = pathways.find('grant', 1)!;
const standard = pathways.find('standard', 1)!;
const route = (id: string): Route => routes.find(id)!;

function askedOnTheWay(pathway: Pathway, by: Route, tier: Tier): readonly ConditionAsked[] {
  return pathway.stages.flatMap(({ id }) => conditionsFor(pathway, by, id, tier));
}

function signOffs(asked: readonly ConditionAsked[]): number {
  return asked.reduce((sum, one) => sum + (one.code === 'sign-offs.granted' ? one.parameters.signOffs.length : 0), 0);
}

test('a published version never changes: publish the next number instead', () => {
  const digest = (document: Pathway | Route) => createHash('sha256').update(canonical(document)).digest('hex');
  const digests = Object.fromEntries([
    ...pathways.all.map((pathway) => [`pathway ${pathway.id} ${pathway.version}`, digest(pathway)]),
    ...routes.all.map((one) => [`route ${one.id} ${one.version}`, digest(one)]),
  ]);
  expect(digests).toEqual({
    'pathway call-off 1': '51acd8f607da71534ae1cdb422bec546ee0f1144d42f91ab6645d373028f53c5',
    'pathway decommission 1': 'ab2dd2f86c60a54748d556ce773f6d69eb39d18d93c0dee4179d5cf9d704e7da',
    'pathway extend-or-vary 1': '8d16db451251d27f99539fe11253f6bd57b23782dd35e193ac7e21ce18bcaedc',
    'pathway grant 1': 'b245c6d8de17effb2756baf807ff74b6790eada3e29b01d970c5d7d8f583992b',
    'pathway placement 1': '09a4fdde58d4ef7e37d3f9d680315cf1bdc4dbaf9083ad67bb42d48034e4a488',
    'pathway standard 1': '6a55b7a10522697fb8eca0801676c51b7d2308156002a92b4d84be5c70086792',
    'pathway standard 2': '68c9e8f829fbf0d1864673da6fc6e0f8be3f78851fd52f2a7d1cf1ba97269d87',
    'pathway urgent 1': 'c9e8a7e862182f91ea63127c91f932f196daae8371d25ec79908af4814517cfb',
    'route framework-call-off 1': '2487c154cd39f42d601a3161322330e61a22fea10cb21cef35391eaab2c36040',
    'route grant 1': '13fc8e2895673a137fe44c103a42073c1317dfffe4ea932da7810821640ee3ff',
    'route in-house 1': 'cb483690af7382481f3935056cf30081e75c7905fcdccc94a561d3638ec9d7fc',
    'route pa2023-below-threshold 1': '5da067f7b913a36ad83d75d7c3892b35b101dbd9e6aa4aa420e0a30c00ff49d4',
    'route pa2023-competitive 1': '0410bcd4df63acd16fc2577819f0080704861411ca424fae238b8907aa09f637',
    'route pa2023-competitive 2': 'b0361a29fe2f0379214b988d62977c1f7e6dd47e0f6c5b98098fcec0ccbf856b',
    'route pa2023-direct-award 1': '88352ad26badf107f73503a8897d123026f652992df847f846f6b19d9b1a584c',
    'route pa2023-light-touch 1': 'dbc39a765ce0625e8fe1bd2f2e9f62bc1d58393a8a2c997f96cb146e2feabe68',
    'route pa2023-light-touch 2': 'd662339d1f7a66047e0e9aef2746ea5bddfd35a6e197c0786ac3ca641c6c7c38',
    'route psr-competitive 1': '0bd38942bf7f11f3579d526eba0540a3d4b2b12536580604539a95daede43bd5',
    'route psr-direct-award-a 1': '699ae80e344b408a008aa80ffa15be980785835df139c099eedbe7d924b6bd11',
    'route psr-direct-award-b 1': 'e02b90e7c123eee7319a0efd5a8b06648fc0d7ecff5f85858ead23264472b8ec',
    'route psr-direct-award-c 1': 'b9148f1dd881097f2ff53b8f731065fdb31bf902a439005d5412a80916cd8d0e',
    'route psr-most-suitable-provider 1': 'b298e972578c43a8ac40ba768a9479f548553f34b3eb15280d677a7e3d1a1b81',
    'route psr-most-suitable-provider 2': 'f61b12f83ff7baa53aee90104588c8a6af8de317eba05b6d31ca43946103263c',
    'route psr-urgent 1': 'fc29fa1aad8425e3850937f6ec8d62b2e6a02c6c1df28be78a76df20fb4b898a',
  });
});

test('a document is found by id and version, and by id alone in its latest version', () => {
  expect(pathways.find('standard', 1)).toBe(standard);
  expect(pathways.find('standard')?.version).toBe(2);
  expect(pathways.find('standard', 99)).toBeUndefined();
  expect(routes.find('nowhere')).toBeUndefined();
  expect(publishedPathways().map(({ id, version }) => `${id} ${version}`)).toEqual([
    'call-off 1', 'decommission 1', 'extend-or-vary 1', 'grant 1', 'placement 1', 'standard 2', 'urgent 1',
  ]);
});

describe('the standard pathway', () => {
  test('has all eleven stages, and each leads to the next until the last', () => {
    const walked = ['mandate'];
    for (let stage = nextStage(standard, 'mandate'); stage !== undefined; stage = nextStage(standard, stage.id)) walked.push(stage.id);
    expect(walked).toEqual([
      'mandate', 'needs', 'priorities', 'design', 'route', 'sourcing', 'award', 'mobilisation', 'delivery', 'review', 'close',
    ]);
    expect(nextStage(standard, 'nowhere')).toBeUndefined();
  });

  test('knows what comes before what', () => {
    expect(isEarlier(standard, 'needs', 'award')).toBe(true);
    expect(isEarlier(standard, 'award', 'award')).toBe(false);
    expect(isEarlier(standard, 'close', 'award')).toBe(false);
    expect(isEarlier(standard, 'nowhere', 'award')).toBe(false);
  });

  test('asks for facts alone from mobilisation to close, and says that this is preliminary', () => {
    const later = ['mobilisation', 'delivery', 'review', 'close'].map((id) => stageOf(standard, id)!);
    expect(standard.stages.filter(({ gate }) => gate.preliminary)).toEqual(later);
    expect(later.flatMap(({ gate }) => gate.conditions.map(({ code }) => code))).toEqual(Array(4).fill('facts.present'));
  });

  test('names what comes with version 2', () => {
    for (const word of ['onsultation', 'KPI that people wrote', 'issent', 'challenge']) expect(standard.coming.join('\n')).toContain(word);
  });

  test('asks for a quality impact assessment where the route is one of health, and only there', () => {
    const facts = (by: string) =>
      conditionsFor(standard, route(by), 'design', 'standard').flatMap((asked) => (asked.code === 'facts.present' ? asked.parameters.facts : []));
    expect(facts('psr-most-suitable-provider')).toContain('qia');
    expect(facts('pa2023-competitive')).not.toContain('qia');
  });

  test('says why no standstill is asked where the route has none, and still asks for the award notice', () => {
    const asked = conditionsFor(standard, route('pa2023-light-touch'), 'award', 'small');
    expect(asked.find(({ code }) => code === 'standstill.over')?.doesNotApply).toMatch(/^No standstill is mandatory/);
    expect(asked).toContainEqual(expect.objectContaining({ code: 'facts.present', parameters: { facts: ['award-notice-published'] } }));
    expect(conditionsFor(standard, route('pa2023-competitive'), 'award', 'small').filter(({ doesNotApply }) => doesNotApply !== undefined)).toEqual([]);
  });
});

describe('the routes', () => {
  test('are those of the product, each once in its latest version', () => {
    expect(routes.latest().map(({ id }) => id).sort()).toEqual([
      'framework-call-off', 'grant', 'in-house', 'pa2023-below-threshold', 'pa2023-competitive', 'pa2023-direct-award', 'pa2023-light-touch',
      'psr-competitive', 'psr-direct-award-a', 'psr-direct-award-b', 'psr-direct-award-c', 'psr-most-suitable-provider', 'psr-urgent',
    ]);
  });

  test('ask for a standstill where the law does, and say why not where it does not', () => {
    const mandatory = routes.latest().filter(({ standstill }) => standstill.kind === 'mandatory').map(({ id }) => id);
    expect(mandatory).toEqual(['pa2023-competitive', 'pa2023-direct-award', 'psr-competitive', 'psr-direct-award-c', 'psr-most-suitable-provider']);
  });

  test('hold it open by proceedings under the Procurement Act, and by representations under the Provider Selection Regime', () => {
    const held = (id: string) => {
      const { standstill } = route(id);
      return standstill.kind === 'none' ? [] : standstill.heldOpen.map(({ challenge, workingDays }) => [challenge, workingDays]);
    };
    expect(held('pa2023-competitive')).toEqual([['proceedings', 0]]);
    expect(held('psr-most-suitable-provider')).toEqual([['representation', 5]]);
  });
});

describe('the grant pathway', () => {
  test('lets a residents’ panel decide: shared decisions, answered, and told before it closes', () => {
    for (const tier of tiers) {
      const asked = askedOnTheWay(grant, route('grant'), tier);
      expect(asked).toContainEqual(expect.objectContaining({ code: 'involvement.achieved', parameters: { say: 4 } }));
      expect(asked.map(({ code }) => code)).toEqual(expect.arrayContaining(['involvement.themes-answered', 'involvement.feedback-delivered', 'decision.in-force', 'provider.accepted']));
    }
  });

  test('asks for at most three sign-offs, and for one in the small tier', () => {
    expect(tiers.map((tier) => signOffs(askedOnTheWay(grant, route('grant'), tier)))).toEqual([1, 2, 3]);
  });

  test('asks little of a £9,000 lunch club: no risk table, one panel, four short facts and a screen before the award', () => {
    const before = ['mandate', 'offer', 'panel', 'award'].flatMap((stage) => conditionsFor(grant, route('grant'), stage, 'small'));
    expect(before.map(({ code }) => code).filter((code) => code.startsWith('risk.'))).toEqual([]);
    expect(before.flatMap((asked) => (asked.code === 'facts.present' ? asked.parameters.facts : []))).toEqual([
      'value', 'people-concerned', 'affected-groups', 'description', 'safeguarding-screen',
    ]);
  });
});

describe('every published document', () => {
  const ways = pathways.all.flatMap((pathway) => routes.all.filter((one) => routeFits(pathway, one)).map((one) => ({ pathway, by: one })));

  test('has a route that fits it; a grant takes no route of procurement', () => {
    expect(ways.filter(({ pathway }) => pathway.id === 'grant').map(({ by }) => by.id)).toEqual(['grant']);
    expect(ways.filter(({ pathway, by }) => pathway.id !== 'grant' && by.id === 'grant').map(({ pathway }) => pathway.id)).toEqual(['decommission', 'extend-or-vary']);
  });

  test('asks no less of a larger agreement, gate by gate', () => {
    const weight = (asked: readonly ConditionAsked[]) =>
      asked.reduce((sum, { parameters }) => sum + 1 + Object.values(parameters).flat().reduce<number>((more, one) => more + (typeof one === 'number' ? one : 1), 0), 0);
    for (const { pathway, by } of ways) {
      for (const { id } of pathway.stages) {
        const [small, standardTier, major] = tiers.map((tier) => weight(conditionsFor(pathway, by, id, tier)));
        expect({ pathway: pathway.id, stage: id, grows: small! <= standardTier! && standardTier! <= major! }).toEqual({ pathway: pathway.id, stage: id, grows: true });
      }
    }
  });

  test('asks at stages that exist wherever a route asks something besides', () => {
    // What a route asks at a stage the pathway lacks is asked at its award, and nothing is where nothing is awarded.
    const strays = ways.flatMap(({ pathway, by }) => by.conditions.filter(({ stage }) => stageOf(pathway, stage) === undefined && stageOf(pathway, 'award') === undefined).map(() => pathway.id));
    expect([...new Set(strays)].filter((id) => id !== 'decommission')).toEqual([]);
  });

  test('asks in whole sentences', () => {
    const sentences = ways.flatMap(({ pathway, by }) =>
      tiers.flatMap((tier) => askedOnTheWay(pathway, by, tier).map(({ code, parameters }) => asks(code, parameters as never))),
    );
    expect(sentences.filter((sentence) => !/^[A-Z].*\.$/.test(sentence) || /undefined|\[object/.test(sentence))).toEqual([]);
  });
});

test('the bank holidays know 2019 to 2027, Scotland’s proclaimed day of 2026 among them, and name their source', () => {
  expect(holidays).toMatchObject({ firstKnownYear: 2019, lastKnownYear: 2027, source: expect.stringContaining('Open Government Licence v3.0') });
  expect(holidays.holidays.scotland).toContain('2026-06-15');
});
