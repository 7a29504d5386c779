import { createHash } from 'node:crypto';
import { canonical } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import type { ConditionAsked, Pathway, Route, Tier } from './core/index.js';
import { asks, conditionsFor, isEarlier, kindsOn, nextStage, routeFits, stageOf, tiers } from './core/index.js';
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
    'pathway call-off 1': 'a1b83375b10d4fd13512ab13835490d7ac262d942ca7877d68c782159dfddf7b',
    'pathway decommission 1': '0ba9d75ba72ad757c3975175f21fb6593f7956b83771f09da94eb285351660dd',
    'pathway decommission 2': '3664f7cbc233961c730215bf7a2ff3f400293db4ad2e83ec9464d852f4abb4df',
    'pathway extend-or-vary 1': 'aa77c60bafa9b80f5648d5d2f3277bfd72231c61713d7f79636bdefd0e9791eb',
    'pathway extend-or-vary 2': '14932347e97495428641e6e89b6c0748ce987cd35d411a0d31d2dbffe21a081b',
    'pathway grant 1': 'a1293306c8f762c27d819f11e25dcda8fc6edf5fe8e1eb817cbdf071fcbe1e7b',
    'pathway placement 1': 'fbb6d4e0198d5424c0f6793b0eef68c928155faf2681c64ccaf3dd532b0bc0c8',
    'pathway standard 1': '6b3de541484efe9312704c7abaa20a4febb0caf36d6ae7d9aa9fe8871d9df082',
    'pathway standard 2': 'd9f751989980993c512608d175cfe6adb5de4dded7e66cccccd8262f9157619d',
    'pathway urgent 1': 'b6e642df2bd409f58f55ccc9e316813d29f6f001f5a6632516c01a5b02fe3bfb',
    'route framework-call-off 1': 'de2b747c9b907def860078c83a00aca6af55e41c7421ca842288bc5f4acd8eef',
    'route framework-call-off 2': 'd24619759621ee6fb64b5c0e153e0dfa2e607ab6000ba5ab26166631e30d1582',
    'route grant 1': 'c597dc81c5b9e73d9615dbe57a1138f6f26243ebf38eec75bc1885add2b0df61',
    'route in-house 1': 'bf7c8d471457f3b966e12b3af2dd8acb03b5eadf82f81de8fe7354b6c1def483',
    'route in-house 2': 'ce2aa7c8041061566eb839b84029b9ee180decd62b7811e1fbd4b6640f79e8ba',
    'route pa2023-below-threshold 1': '55e7e43b86bf9fcbd81b0c01aa595b0aa827fc418de8134ad1316a275db9b870',
    'route pa2023-below-threshold 2': '8cf152299c79c7e8386cf255f4be2545a2b9a5cc58d68e103876f5c275770c7b',
    'route pa2023-competitive 1': 'dcb340a6472fe124864d5c09a2dc31291201118549af27daf30f6d64585c3111',
    'route pa2023-competitive 2': '42db15d6dfda9dd7a4db370f304a6661ca5f775b467e95d8bc0e33f057e1c3a6',
    'route pa2023-competitive 3': 'e688cf8b87b22ff527fb5e55a22ace0d420b6d65d483e5e4b5d3e79c3620306c',
    'route pa2023-direct-award 1': '1d92c642b716044c8164b9ccc249fc90dfaaf54a6d7def479d39a05dfa31de1c',
    'route pa2023-direct-award 2': '9f4d8c5aa80d4592629bfa28c5b53a512b7bbdb5523c452904c75164687c9f40',
    'route pa2023-dynamic-market 1': 'f84c2ff0b49cb6329adb79e9bb044ccae732cfcc810fb7b1d353650f50ef0f79',
    'route pa2023-light-touch 1': 'ffaa95aa9e53e9d8ea3051d9d8c7c6da9f3dedd3545aa737467c5548cbe5d955',
    'route pa2023-light-touch 2': 'f212e998c39856c5e69f40895cb5bb9a813fbad86653e3f2f6f48af3ead81ddb',
    'route pa2023-light-touch 3': '76ce4745a41bfed1c569ff768f7bf70923b707921e609e00059c3fec396b685f',
    'route psr-competitive 1': '540c459b02a2edf20e572656ef155b54cf399ab53489cd771d5928af7c64c12d',
    'route psr-direct-award-a 1': 'e4f12a5a6353a5c2f58f112dc8225fe22dfbf53561fd8f73c9484db019fbb6ae',
    'route psr-direct-award-b 1': '99cef1357d555c84842284ae3ad458419099d486304e0b8739822af5a5bd6c2b',
    'route psr-direct-award-c 1': '7c53a00f22c3f9916fcdeab817dc36d4b73cb0a64bf0f6c6a04a694998ea5248',
    'route psr-most-suitable-provider 1': '8cb4aa4e74bcc1120f6cab11ea12d862361ae9f1912488a5222d1eed361fd929',
    'route psr-most-suitable-provider 2': '5d82c7f29343402080753d0e074fa1cc58f0629dccba851b26b6301d3cea78bf',
    'route psr-urgent 1': '2dde384e64fedb1a1f41dac41ae57292a4e7afb926240ecf453ebeb9e886f89c',
  });
});

test('a document is found by id and version, and by id alone in its latest version', () => {
  expect(pathways.find('standard', 1)).toBe(standard);
  expect(pathways.find('standard')?.version).toBe(2);
  expect(pathways.find('standard', 99)).toBeUndefined();
  expect(routes.find('nowhere')).toBeUndefined();
  expect(publishedPathways().map(({ id, version }) => `${id} ${version}`)).toEqual([
    'call-off 1', 'decommission 2', 'extend-or-vary 2', 'grant 1', 'placement 1', 'standard 2', 'urgent 1',
  ]);
});

describe('the version in use', () => {
  test('is that which came into use last by that day', () => {
    expect([pathways.inUse('standard', '2025-12-31')?.version, pathways.inUse('standard', '2026-01-01')?.version, pathways.inUse('nowhere', '2026-01-01')]).toEqual([1, 2, undefined]);
    expect([routes.inUse('pa2023-light-touch', '2025-12-31')?.version, routes.inUse('pa2023-light-touch', '2026-01-01')?.version]).toEqual([1, 2]);
    expect(pathways.allInUse('2025-12-31').map(({ id, version }) => `${id} ${version}`)).toEqual(['call-off 1', 'decommission 1', 'extend-or-vary 1', 'grant 1', 'placement 1', 'standard 1', 'urgent 1']);
    expect(pathways.inUseAs(pathways.find('standard', 2))).toEqual({ version: 2, title: 'Standard commissioning', since: '2026-01-01' });
    expect(pathways.inUseAs(pathways.find('grant'))).toEqual({ version: 1, title: 'Grant decided by a residents\' panel' });
  });

  test.each([
    ...pathways.all.map(({ id, version }) => [`the pathway ${id} ${version}`, version, pathways.inUseAs(pathways.find(id, version)), pathways.inUseAs(pathways.find(id, version - 1))] as const),
    ...routes.all.map(({ id, version }) => [`the route ${id} ${version}`, version, routes.inUseAs(routes.find(id, version)), routes.inUseAs(routes.find(id, version - 1))] as const),
  ])('of %s has a day where it followed another, after that of the one before', (_, version, document, before) => {
    if (version === 1) expect(document?.since).toBeUndefined();
    else expect(document!.since! > (before!.since ?? '')).toBe(true);
  });
});

test('a service starts with its delivery on every pathway, in every version, but those that end or change what started in another agreement', () => {
  const starts = pathways.all.map(({ id, version, stages }) => [`${id} ${version}`, stages.filter(({ startsService }) => startsService).map((stage) => stage.id)]);
  expect(Object.fromEntries(starts)).toEqual({
    'call-off 1': ['delivery'], 'grant 1': ['delivery'], 'placement 1': ['delivery'], 'standard 1': ['delivery'], 'standard 2': ['delivery'], 'urgent 1': ['delivery'],
    'decommission 1': [], 'decommission 2': [], 'extend-or-vary 1': [], 'extend-or-vary 2': [],
  });
  const elsewhere = pathways.all.filter(({ stages }) => !stages.some(({ startsService }) => startsService));
  expect(elsewhere.map(({ keepsRoute }) => keepsRoute)).toEqual([true, true, true, true]);
});

test('a pathway that asks for words about a service or those who use it is for no placement, whatever its document names: it could never leave that gate', () => {
  const less = pathways.all.filter((one) => kindsOn(one).length < one.kinds.length);
  expect(less.map((one) => [`${one.id} ${one.version}`, one.kinds.filter((kind) => !kindsOn(one).includes(kind))])).toEqual(
    ['decommission 1', 'decommission 2', 'extend-or-vary 1', 'extend-or-vary 2', 'standard 1', 'standard 2'].map((one) => [one, ['placement']]),
  );
  expect(pathways.all.filter((one) => kindsOn(one).includes('placement')).map(({ id }) => id)).toEqual(['placement', 'urgent']);
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

  test('names what comes with version 2, which asks it and announces nothing more', () => {
    const [consultation, kpi, dissent, challenge, ...more] = standard.coming;
    expect([consultation, kpi, dissent, challenge]).toEqual([/consultation/, /KPI that people wrote/, /dissent/, /challenge/].map((word) => expect.stringMatching(word)));
    expect([...more, ...pathways.find('standard', 2)!.coming]).toEqual([]);
    const asked = (version: number) => askedOnTheWay(pathways.find('standard', version)!, routes.find('pa2023-competitive', version)!, 'standard').map(({ code }) => code as string);
    for (const code of ['consultation.considered', 'kpi.written-by-people', 'dissent.asked', 'challenges.closed']) expect([code, asked(1).includes(code), asked(2).includes(code)]).toEqual([code, false, true]);
  });

  test('asks for a quality impact assessment where the route is one of health, and by every other whether it is health', () => {
    const asksIt = (by: Route) => conditionsFor(standard, by, 'design', 'small').flatMap((asked) => (asked.code === 'quality.where-health' ? 'whether' : asked.code === 'facts.present' && asked.parameters.facts.includes('qia') ? 'always' : []));
    const fitting = routes.latest().filter((by) => routeFits(standard, by));
    expect(Object.fromEntries(fitting.map((by) => [by.id, asksIt(by)]))).toEqual(Object.fromEntries(fitting.map(({ id, regime }) => [id, [regime === 'PSR 2023' ? 'always' : 'whether']])));
    expect(fitting.length).toBe(12);
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
      'framework-call-off', 'grant', 'in-house', 'pa2023-below-threshold', 'pa2023-competitive', 'pa2023-direct-award', 'pa2023-dynamic-market', 'pa2023-light-touch',
      'psr-competitive', 'psr-direct-award-a', 'psr-direct-award-b', 'psr-direct-award-c', 'psr-most-suitable-provider', 'psr-urgent',
    ]);
  });

  test('ask for a standstill where the law does, and say why not where it does not', () => {
    const mandatory = routes.latest().filter(({ standstill }) => standstill.kind === 'mandatory').map(({ id }) => id);
    expect(mandatory).toEqual(['pa2023-competitive', 'pa2023-direct-award', 'psr-competitive', 'psr-direct-award-c', 'psr-most-suitable-provider']);
    expect(route('pa2023-dynamic-market').standstill).toMatchObject({ kind: 'none', says: expect.stringContaining('dynamic market'), voluntary: { days: 8, begins: 'publication' } });
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

describe('every route says how what it awards is modified', () => {
  const limits = (id: string) =>
    route(id).modification.grounds.flatMap((ground) => ground.limits.map((limit) => `${ground.id}: ${limit.of} ${limit.bound} ${limit.percent === undefined ? `£${limit.pounds}` : `${limit.percent} %`}, ${limit.counts}, ${limit.change}`));

  test('under the Procurement Act: a term by 10 %, a value by 10 % or for works 15 %, and by 50 % more on grounds of Schedule 8', () => {
    const act = [
      'not-substantial: term at-most 10 %, together, either',
      'below-threshold-goods-or-services: value at-most 10 %, each, either',
      'below-threshold-works: value at-most 15 %, each, either',
      'unforeseeable: value at-most 50 %, each, increase',
      'known-risk: value at-most 50 %, each, increase',
      'additional: value at-most 50 %, each, increase',
    ];
    for (const id of ['pa2023-competitive', 'pa2023-direct-award', 'pa2023-dynamic-market', 'pa2023-below-threshold', 'framework-call-off']) expect({ id, limits: limits(id) }).toEqual({ id, limits: act });
  });

  test('light touch freely; under the Provider Selection Regime by under £500,000 or under 25 %, all changes together', () => {
    expect(limits('pa2023-light-touch')).toEqual([]);
    for (const { id } of routes.latest().filter(({ regime }) => regime === 'PSR 2023')) {
      expect({ id, limits: limits(id) }).toEqual({ id, limits: ['not-different-in-character: value under £500000, together, either', 'not-different-in-character: value under 25 %, together, either'] });
    }
  });

  test('a grant and a service of one’s own say that no statute tests it, and what is asked instead', () => {
    for (const id of ['grant', 'in-house']) {
      expect(route(id).modification).toMatchObject({ says: expect.stringMatching(/o statute tests/), grounds: expect.arrayContaining([expect.objectContaining({ limits: [], source: expect.objectContaining({ mark: 'practice' }) })]) });
    }
  });

  test('figures that were not read in a text are marked so', () => {
    const marks = routes.all.flatMap(({ regime, modification }) => modification.grounds.filter((ground) => ground.limits.length > 0).map(({ source }) => `${regime}: ${source.mark}`));
    expect([...new Set(marks)].sort()).toEqual(['PA 2023: check', 'PSR 2023: text']);
  });
});

describe('the grant pathway', () => {
  test('is complete from the mandate to the close: no gate is preliminary, and nothing is left for a later version', () => {
    expect(grant.stages.map(({ id, gate }) => [id, gate.preliminary])).toEqual(['mandate', 'offer', 'panel', 'award', 'delivery', 'close'].map((id) => [id, false]));
    expect(grant.coming).toEqual([]);
  });

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
    expect(ways.filter(({ pathway, by }) => pathway.id !== 'grant' && by.id === 'grant').map(({ pathway }) => pathway.id)).toEqual(['decommission', 'decommission', 'extend-or-vary', 'extend-or-vary']);
  });

  test('shows whoever decides what people said after the closing day, at the very gate that asks for the decision', () => {
    for (const { id, stages } of pathways.latest().filter((one) => one.id !== 'urgent')) {
      const deciding = stages.filter(({ gate }) => gate.conditions.some(({ code }) => code === 'decision.in-force'));
      expect([id, deciding.map(({ gate }) => gate.conditions.some(({ code }) => code === 'involvement.late-entries-shown'))]).toEqual([id, [true]]);
    }
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

  test('loses nothing in its latest version of what a route asks besides, at whichever stage, but what is of an award that is none', () => {
    const codes = (conditions: readonly Pick<ConditionAsked, 'code'>[]) => conditions.map(({ code }) => code);
    const lost = ways.filter(({ pathway }) => pathways.find(pathway.id) === pathway).map(({ pathway, by }) => {
      const asked = codes(askedOnTheWay(pathway, by, 'standard'));
      return [pathway.id, codes(by.conditions).filter((code) => !asked.includes(code))] as const;
    });
    const ofPathway = (id: string) => [...new Set(lost.flatMap(([pathway, missing]) => (pathway === id ? missing : [])))].sort();
    // What is not asked is of an award, where nothing is awarded, or of the ground of a route that was chosen before.
    expect(Object.fromEntries(publishedPathways().map(({ id }) => [id, ofPathway(id)]))).toEqual({
      'call-off': [], decommission: ['challenges.closed', 'kpi.set', 'notices.published', 'route.grounded'], 'extend-or-vary': ['kpi.set', 'notices.published', 'route.grounded'], grant: [], placement: [], standard: [], urgent: ['route.grounded'],
    });
  });

  test('names the source of every figure in it, beside the figure', () => {
    const unsaid = (at: string, value: unknown): readonly string[] => {
      if (typeof value === 'number') return [at];
      return value === null || typeof value !== 'object' || 'source' in value ? [] : Object.entries(value).flatMap(([member, inner]) => unsaid(`${at}/${member}`, inner));
    };
    const documents = [...pathways.all.map(({ version: _, ...one }) => one), ...routes.all.map(({ version: _, ...one }) => one)];
    expect(documents.flatMap((one) => unsaid(one.id, one))).toEqual([]);
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

test('an extension keeps the route of its award, whose notices were published when it was awarded and are not asked again', () => {
  const extend = pathways.find('extend-or-vary')!;
  const fits = routes.latest().filter((one) => routeFits(extend, one));
  const askingNotices = (pathway: Pathway) => fits.filter((one) => tiers.some((tier) => askedOnTheWay(pathway, one, tier).some(({ code }) => code === 'notices.published'))).map(({ id }) => id);
  expect(askingNotices(extend)).toEqual([]);
  expect(askingNotices({ ...extend, keepsRoute: undefined as never })).toEqual(['pa2023-competitive', 'pa2023-direct-award', 'pa2023-dynamic-market', 'psr-competitive', 'psr-most-suitable-provider']);
});

test('nor is what is asked once before an award: its conflicts assessment, its notice, its standstill, of which the route says why', () => {
  const extend = pathways.find('extend-or-vary')!;
  for (const by of routes.latest().filter((one) => routeFits(extend, one))) {
    const asked = askedOnTheWay(extend, by, 'major');
    const facts = asked.flatMap((one) => (one.code === 'facts.present' ? one.parameters.facts : []));
    expect([by.id, facts.filter((fact) => fact === 'conflicts-assessment' || fact === 'award-notice-published')]).toEqual([by.id, []]);
    expect([by.id, asked.filter(({ code }) => code === 'standstill.over').map(({ doesNotApply }) => doesNotApply)]).toEqual([by.id, [expect.stringMatching(/modified|No standstill|no standstill/)]]);
  }
});

test('a conflicts assessment is asked, once, wherever a tender or transparency notice is', () => {
  const assessments = (pathway: Pathway, by: Route) => askedOnTheWay(pathway, by, 'small').filter((one) => one.code === 'facts.present' && one.parameters.facts.includes('conflicts-assessment')).length;
  const noticed = routes.latest().filter(({ conditions }) => conditions.some((one) => one.code === 'notices.published' && ['UK4', 'UK5'].includes(one.parameters.notice)));
  expect(noticed.map(({ id }) => id)).toEqual(['pa2023-competitive', 'pa2023-direct-award', 'pa2023-dynamic-market']);
  for (const by of noticed) {
    for (const id of ['standard', 'placement', 'urgent']) expect([id, by.id, assessments(pathways.find(id)!, by)]).toEqual([id, by.id, 1]);
  }
});
