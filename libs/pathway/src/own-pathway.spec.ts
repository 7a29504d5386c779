import { initialPerson } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { askedAtLast, askedOfPlans, conditionsFor, type ConditionUse, conditionVocabulary, decidePathway, factsOfDuty, factsOfLaw, groundsToChoose, kept, type OwnPathways, ownPathwaysFold, type Pathway, pathwayDifferences, problemsOfOwn, type Route, routeFits, type Stage, stageOf, type Tier, tiers } from './core/index.js';
import { pathways, PathwayShelf, routes } from './index.js';

const standard = pathways.find('standard', 2)!;
const published = { slug: 'northshire', shipped: (id: string, version: number) => pathways.find(id, version), inUse: (id: string) => pathways.inUse(id, '2026-06-01'), routes: routes.latest() };
const mine = (changes: Partial<Pathway> = {}): Pathway => ({ ...standard, id: 'northshire.home-care', version: 1, basedOn: { id: 'standard', version: 2 }, ...changes });
const stagesWith = (id: string, change: (stage: Stage) => Stage): readonly Stage[] => standard.stages.map((stage) => (stage.id === id ? change(stage) : stage));
const without = (code: string) => (stage: Stage): Stage => ({ ...stage, gate: { ...stage.gate, conditions: stage.gate.conditions.filter((one) => one.code !== code) } });
const wrong = (pathway: Pathway, own: Pick<OwnPathways, 'versions'> = { versions: [] }) => problemsOfOwn(pathway, own, published).map(({ code, pointer }) => `${code} ${pointer}`);
const atEveryTier = <P>(asked: P): Readonly<Record<Tier, P>> => ({ small: asked, standard: asked, major: asked });
const context = { ...published, tenant: 't', actor: { kind: 'system', name: 'operator' } as const, today: '2026-06-01' };

describe('an own pathway', () => {
  test('keeps every stage whose gate the law asks something of, and that in which the service starts', () => {
    const without = (id: string) => mine({ stages: standard.stages.filter((stage) => stage.id !== id) });
    const told = (id: string, base = standard) => kept(without(id), base, []).map(({ detail }) => detail).filter((detail) => detail.startsWith('Keep'));
    const starts = standard.stages.find(({ startsService }) => startsService === true)!.id;
    const lawless = { ...standard, stages: standard.stages.map((stage) => ({ ...stage, gate: { ...stage.gate, conditions: [] } })) };
    expect(told('award')).toEqual([expect.stringMatching(/^Keep the stage award: its gate asks .*decision\.in-force/)]);
    expect([told(starts, lawless), told('award', lawless)]).toEqual([[`Keep the stage ${starts}: the service starts there.`], []]);
  });

  test('may ask more than the one it is based on, and less of what no law asks', () => {
    const gentle = stagesWith('needs', (stage) => ({ ...stage, title: 'What people need', gate: { ...stage.gate, conditions: [] } }));
    expect(wrong(mine())).toEqual([]);
    expect(wrong(mine({ stages: gentle, kinds: ['contract'] }))).toEqual([]);
  });

  test('keeps every lawful condition at its gate, in every tier, and every stage that has one', () => {
    expect(wrong(mine({ stages: stagesWith('award', without('decision.in-force')) }))).toEqual(Array(3).fill(`pathway.weakens-law /stages/${standard.stages.findIndex(({ id }) => id === 'award')}/gate/conditions`));
    expect(wrong(mine({ stages: standard.stages.filter(({ id }) => id !== 'award') }))).toContain('pathway.weakens-law /stages');
    expect(wrong(mine({ stages: standard.stages.map((stage) => ({ ...stage, startsService: undefined }) as never) }))).toContainEqual(expect.stringContaining('/startsService'));
  });

  test('awards, decides and starts where the one it is based on does, and at no stage before what the law asks', () => {
    const before = (conditions: readonly ConditionUse[], starts = {}) => mine({ stages: [{ id: 'quick', title: 'Quick', mode: 'none', gate: { preliminary: false, conditions }, ...starts }, ...standard.stages] });
    for (const code of ['provider.accepted', 'decision.in-force', 'urgent.grounded'] as const) {
      expect(wrong(before([{ code, tiers: atEveryTier({}) }]))).toEqual(['pathway.weakens-law /stages/0/gate/conditions']);
    }
    expect(wrong(before([], { startsService: true }))).toEqual(['pathway.weakens-law /stages/0/startsService']);
    expect(wrong(before([]))).toEqual([]);
  });

  test('cannot evade what is asked of larger agreements by calling them small', () => {
    const strict = { ...standard, stages: stagesWith('award', (stage) => ({ ...stage, gate: { ...stage.gate, conditions: [{ code: 'challenges.closed', tiers: { major: {} } }] } })) } as Pathway;
    const renamed = { ...strict, id: 'northshire.large' };
    expect(kept(renamed, strict, [])).toEqual([]);
    const larger = { ...renamed, tiers: { ...strict.tiers, small: { upTo: 9_000_000 }, standard: { upTo: 10_000_000 } } };
    expect(kept(larger, strict, []).flatMap(({ detail }) => /Ask challenges.closed in the tier (\w+)/.exec(detail)?.[1] ?? [])).toEqual(['small', 'standard']);
  });

  test('calls nothing small that the one it is based on calls larger, whatever it asks there', () => {
    const tiersOf = (small: number, upTo: number) => mine({ tiers: { ...standard.tiers, small: { upTo: small }, standard: { upTo } } });
    const { small, standard: middle } = standard.tiers;
    expect(wrong(tiersOf(small.upTo + 1, middle.upTo))).toContain('pathway.weakens-law /tiers/small/upTo');
    expect(wrong(tiersOf(small.upTo, middle.upTo + 1))).toContain('pathway.weakens-law /tiers/standard/upTo');
    expect(wrong(tiersOf(small.upTo - 1, middle.upTo - 1)).filter((one) => one.includes('/tiers'))).toEqual([]);
  });

  test('takes no kind, regime or legal ground beyond those of the one it is based on, and lowers no tier', () => {
    const urgent = pathways.find('urgent')!;
    const grounds = [...urgent.grounds!, { ...urgent.grounds![0]!, id: 'we-were-late' }];
    expect(kept({ ...urgent, grounds }, urgent, []).map(({ pointer }) => pointer)).toEqual([`/grounds/${grounds.length - 1}`]);
    const narrow: Pathway = { ...standard, kinds: ['contract'], regimes: ['PSR 2023'], routes: ['psr-competitive'], raises: ['closed-setting'] };
    const wide: Pathway = { ...narrow, kinds: ['contract', 'grant'], regimes: ['PSR 2023', 'grant'], routes: ['psr-competitive', 'psr-urgent'], raises: ['untried-model'] };
    expect(kept(wide, narrow, []).map(({ pointer }) => pointer)).toEqual(['/kinds/1', '/regimes/1', '/routes/1', '/raises']);
    expect(kept({ ...standard, raises: ['closed-setting'] }, narrow, []).map(({ pointer }) => pointer)).toContain('/routes');
  });

  test('leaves its stages in their order', () => {
    const reversed = [...standard.stages].reverse();
    expect(wrong(mine({ stages: reversed })).filter((one) => one.endsWith('/id')).length).toBe(standard.stages.length - 1);
  });

  test('is named after its organisation, based on one that ships, and published in the order of its versions: all that is wrong at once', () => {
    const { basedOn: _, ...unbased } = mine({ id: 'southshire.home-care', version: 7 });
    expect(wrong(unbased)).toEqual(['pathway.not-own /id', 'pathway.version-not-next /version', 'pathway.unbased /basedOn']);
    expect(decidePathway({ own: { versions: [] }, by: initialPerson }, { name: 'publish-pathway', pathway: unbased }, { ...context, actor: { kind: 'person', person: 'p', grants: [], scopes: 'all' } })).toMatchObject({ refused: [{ code: 'right.missing' }] });
  });

  test('keeps the law of the version in use: one that another followed may ask less', () => {
    const first = pathways.find('standard', 1)!;
    const stale: Pathway = { ...first, id: 'northshire.home-care', basedOn: { id: 'standard', version: 1 } };
    expect(problemsOfOwn(stale, { versions: [] }, published)).toEqual([
      { code: 'pathway.unbased', pointer: '/basedOn/version', detail: 'Version 1 of standard is followed by version 2, which may ask more by law: base this one on that.' },
    ]);
    expect(problemsOfOwn(stale, { versions: [] }, { ...published, inUse: (id) => pathways.inUse(id, '2025-12-31') })).toEqual([]);
  });

  test('that came along from another organisation is gone on with under a name of one’s own, for that one may publish its next version', () => {
    const came = mine({ id: 'southshire.home-care' });
    const next = { ...came, version: 2 };
    expect(problemsOfOwn(next, { versions: [came] }, context)).toEqual([
      { code: 'pathway.not-own', pointer: '/id', detail: expect.stringMatching(/Publish yours as “northshire\.home-care”, and move the agreements that follow southshire\.home-care to it with migrate-pathway/) },
    ]);
    expect(problemsOfOwn({ ...came, id: 'northshire.home-care' }, { versions: [came] }, context)).toEqual([]);
  });

  test('is published once, and its next version after it', () => {
    const by = { ...initialPerson, registered: true, grants: [{ id: 'g', role: 'administrator' }] } as never;
    const actor = { kind: 'person', person: 'p', grants: [], scopes: 'all' } as const;
    const decide = (own: Pick<OwnPathways, 'versions'>, pathway: Pathway) => decidePathway({ own, by }, { name: 'publish-pathway', pathway }, { ...context, actor });
    const first = decide({ versions: [] }, mine());
    expect(first).toMatchObject({ accepted: [{ stream: 'pathway-t', type: 'concordat.pathway.published.v1' }] });
    if ('refused' in first) throw new Error('The first version was refused.');
    const own = ownPathwaysFold.evolve(ownPathwaysFold.initial, { ...first.accepted[0], meta: { actor: 'p' } } as never);
    expect(own.publishedBy).toEqual({ 'northshire.home-care.v1': 'p' });
    expect(decide(own, mine())).toMatchObject({ refused: [{ code: 'already-so' }] });
    expect(decide(own, mine({ title: 'Another' }))).toMatchObject({ refused: [{ code: 'pathway.version-not-next' }] });
    expect(decide(own, mine({ title: 'Another', version: 2 }))).toMatchObject({ accepted: [{ data: { pathway: { version: 2 } } }] });
    expect(decide({ versions: [] }, mine({ version: 2, stages: stagesWith('award', without('decision.in-force')) }))).toMatchObject({
      refused: [{ code: 'pathway.version-not-next' }, { code: 'pathway.weakens-law', missing: [{ by: 'publish-pathway' }, {}, {}] }],
    });
  });

  test('is followed by the agreements of its organisation alone', () => {
    const shelf = new PathwayShelf(() => [standard]);
    expect(shelf.hold('t', { versions: [mine()], publishedBy: { 'northshire.home-care.v1': 'p' } })).toBe(true);
    expect(shelf.hold('t', { versions: [mine()], publishedBy: { 'northshire.home-care.v1': 'p' } })).toBe(false);
    expect([shelf.findFor('t', 'northshire.home-care'), shelf.findFor('other', 'northshire.home-care'), shelf.latest()]).toEqual([mine(), undefined, [standard]]);
    expect([shelf.publisherOf('t', mine()), shelf.publisherOf('t', standard), shelf.publisherOf('other', mine())]).toEqual(['p', undefined, undefined]);
    shelf.hold('t', { versions: [mine(), mine({ version: 2 })], publishedBy: {} });
    expect(shelf.allInUseFor('t', '2026-06-01').map(({ id, version }) => `${id} ${version}`)).toEqual(['standard 2', 'northshire.home-care 2']);
    expect([shelf.inUseFor('t', 'northshire.home-care', '2026-06-01')?.version, shelf.inUseFor('other', 'northshire.home-care', '2026-06-01')]).toEqual([2, undefined]);
  });
});

test('two versions differ by what their gates ask, in the tiers they ask it in, and by stages', () => {
  const lighter = mine({ stages: stagesWith('award', without('decision.in-force')).filter(({ id }) => id !== 'needs') });
  const differences = pathwayDifferences(standard, lighter);
  expect(differences.map(({ stage, is }) => [stage, is])).toEqual([['award', 'changed'], ['needs', 'gone']]);
  expect(differences[0]).toMatchObject({ asksAnew: [], asksNoMore: [{ asks: expect.stringContaining('decision'), tiers: ['small', 'standard', 'major'] }] });
  expect(pathwayDifferences(lighter, standard).map(({ stage, is }) => [stage, is])).toEqual([['needs', 'new'], ['award', 'changed']]);
  expect(pathwayDifferences(standard, standard)).toEqual([]);
});

describe('what no organisation can write out of its own pathway', () => {
  const lasting = [...factsOfLaw, ...factsOfDuty];
  /** This pathway with all that it may leave out left out. */
  const thinnest = (base: Pathway): Pathway => {
    const stages = base.stages.flatMap((stage): Stage[] => {
      const conditions = stage.gate.conditions.flatMap((one): ConditionUse[] => {
        if (one.code !== 'facts.present') return conditionVocabulary[one.code].class === 'lawful' ? [one] : [];
        const facts = Object.entries(one.tiers).map(([tier, asked]) => [tier, { facts: asked.facts.filter((fact) => lasting.includes(fact)) }] as const).filter(([, asked]) => asked.facts.length > 0);
        return facts.length === 0 ? [] : [{ ...one, tiers: Object.fromEntries(facts) }];
      });
      return conditions.length === 0 && stage.startsService === undefined ? [] : [{ ...stage, gate: { ...stage.gate, conditions } }];
    });
    return { ...base, id: 'northshire.thin', stages };
  };
  const asked = (pathway: Pathway, route: Route, tier: Tier) =>
    [...new Set(pathway.stages.flatMap(({ id }) => conditionsFor(pathway, route, id, tier)).filter((one) => one.doesNotApply === undefined).flatMap((one): readonly string[] => (one.code === 'facts.present' ? one.parameters.facts : [one.code === 'notices.published' ? one.parameters.notice : one.code])))].sort();

  const award = ['conflicts.declared', 'decision.in-force', 'provider.accepted'];
  const ofPathway: Readonly<Record<string, Readonly<Record<Tier, readonly string[]>>>> = {
    'call-off': { small: award, standard: [...award, 'dpia'], major: [...award, 'dpia'] },
    decommission: atEveryTier(['conflicts.declared', 'eqia', 'consultation.considered', 'decision.in-force', 'time.passed-since']),
    'extend-or-vary': { small: [...award, 'varying.agreement-named', 'varying.people-asked-again', 'modification.permitted'], standard: [...award, 'varying.agreement-named', 'varying.people-asked-again', 'modification.permitted', 'eqia', 'consultation.considered'], major: [...award, 'varying.agreement-named', 'varying.people-asked-again', 'modification.permitted', 'eqia', 'consultation.considered'] },
    grant: { small: award, standard: award, major: [...award, 'eqia'] },
    placement: { small: award, standard: [...award, 'dpia'], major: [...award, 'dpia'] },
    standard: {
      small: [...award, 'consultation.considered', 'conflicts-assessment', 'evaluation'],
      standard: [...award, 'consultation.considered', 'conflicts-assessment', 'evaluation', 'eqia', 'dpia', 'evaluation.interests-declared'],
      major: [...award, 'consultation.considered', 'conflicts-assessment', 'evaluation', 'eqia', 'dpia', 'evaluation.interests-declared'],
    },
    urgent: {
      small: [...award, 'urgent.grounded', 'registration.where-regulated', 'equality-note', 'data-screening'],
      standard: [...award, 'urgent.grounded', 'registration.where-regulated', 'equality-note', 'data-screening', 'eqia'],
      major: [...award, 'urgent.grounded', 'registration.where-regulated', 'equality-note', 'data-screening', 'eqia'],
    },
  };
  // Whatever its document asks, every gate asks this of plans, and every last gate the rest (gate.ts).
  const besides = (tier: Tier) => [...askedAtLast.filter((code) => tier !== 'small' || code !== 'involvement.answers-checked'), ...(tier === 'small' ? [] : askedOfPlans.map(({ code }) => code))];
  // Asked once, before what is awarded.
  const ofAward = ['conflicts-assessment', 'award-notice-published', 'kpi.set', 'standstill.over'];
  const health = ['qia', 'sign-offs.granted'];
  const whether = 'quality.where-health';
  const ofRoute: Readonly<Record<string, readonly string[]>> = {
    'framework-call-off': [whether, 'challenges.closed'],
    grant: [],
    'in-house': [whether],
    'pa2023-below-threshold': [whether, 'challenges.closed', 'route.grounded'],
    'pa2023-competitive': [whether, 'conflicts-assessment', 'UK4', 'kpi.set', 'standstill.over', 'challenges.closed'],
    'pa2023-direct-award': [whether, 'conflicts-assessment', 'UK5', 'kpi.set', 'award-notice-published', 'standstill.over', 'challenges.closed', 'route.grounded'],
    'pa2023-dynamic-market': [whether, 'conflicts-assessment', 'UK4', 'kpi.set', 'award-notice-published', 'challenges.closed'],
    'pa2023-light-touch': [whether, 'award-notice-published', 'challenges.closed'],
    'psr-competitive': [...health, 'psr-competition', 'standstill.over', 'challenges.closed'],
    'psr-direct-award-a': [...health, 'challenges.closed', 'route.grounded'],
    'psr-direct-award-b': [...health, 'challenges.closed', 'route.grounded'],
    'psr-direct-award-c': [...health, 'standstill.over', 'challenges.closed', 'route.grounded'],
    'psr-most-suitable-provider': [...health, 'psr-intended-approach', 'standstill.over', 'challenges.closed'],
    'psr-urgent': health,
  };

  test.each(pathways.latest().map((base) => [base.id, base] as const))('%s: what the law asks is asked by every route, in every tier', (id, base) => {
    const thin = thinnest(base);
    expect(kept(thin, base, routes.latest())).toEqual([]);
    for (const route of routes.latest().filter((one) => routeFits(base, one))) {
      for (const tier of tiers) {
        const byRoute = stageOf(base, 'award') === undefined ? [] : (ofRoute[route.id] ?? ['a route that nobody thought of'])
          .filter((code) => (code !== 'route.grounded' || groundsToChoose(base, route).length > 0) && !(base.keepsRoute === true && (ofAward.includes(code) || route.notices.some((notice) => notice.code === code))));
        const law = [...new Set([...(ofPathway[id]?.[tier] ?? ['a pathway that nobody thought of']), ...besides(tier), ...byRoute])].filter((code) => !(route.moot ?? []).some((one) => one.code === code));
        expect([route.id, tier, asked(thin, route, tier)]).toEqual([route.id, tier, [...law].sort()]);
      }
    }
  });

  test.each(pathways.latest().map((base) => [base.id, base] as const))('%s: and nothing of it can be left out, one condition or fact as little as another', (_, base) => {
    const thin = thinnest(base);
    const less = thin.stages.flatMap((stage, at) => stage.gate.conditions.flatMap((condition, n): Pathway[] => {
      const having = (conditions: readonly ConditionUse[]): Pathway => ({ ...thin, stages: thin.stages.with(at, { ...stage, gate: { ...stage.gate, conditions } }) });
      const without = having(stage.gate.conditions.toSpliced(n, 1));
      if (condition.code !== 'facts.present') return [without];
      return [without, ...tiers.flatMap((tier) => (condition.tiers[tier]?.facts ?? []).map((fact) => having(stage.gate.conditions.with(n, { ...condition, tiers: { ...condition.tiers, [tier]: { facts: condition.tiers[tier]!.facts.filter((one) => one !== fact) } } }))))];
    }));
    expect(less.length).toBeGreaterThan(3);
    for (const pathway of less) expect(kept(pathway, base, routes.latest())).not.toEqual([]);
    for (const { id } of thin.stages) expect(kept({ ...thin, stages: thin.stages.filter((stage) => stage.id !== id) }, base, routes.latest())).not.toEqual([]);
  });

  test('a fact is kept in the tier in which it was asked, whatever else is asked with it', () => {
    const at = standard.stages.findIndex(({ id }) => id === 'design');
    const lighter = mine({ stages: standard.stages.with(at, { ...standard.stages[at]!, gate: { ...standard.stages[at]!.gate, conditions: standard.stages[at]!.gate.conditions.map((one) => (one.code === 'facts.present' ? { ...one, tiers: { standard: { facts: ['dpia'] }, major: { facts: ['dpia', 'eqia', 'description'] } } } : one)) } }) });
    expect(problemsOfOwn(lighter, { versions: [] }, published)).toEqual([
      { code: 'pathway.weakens-law', pointer: `/stages/${at}/gate/conditions`, detail: 'Ask facts.present in the tier standard for eqia, as standard does.' },
    ]);
  });
});

test('a process by which a service ends awards nothing, and an organisation may have its own', () => {
  const decommission = pathways.find('decommission')!;
  expect(problemsOfOwn({ ...decommission, id: 'northshire.ending', version: 1, basedOn: { id: 'decommission', version: 2 } }, { versions: [] }, published)).toEqual([]);
});
