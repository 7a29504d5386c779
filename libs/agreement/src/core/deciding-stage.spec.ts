import { pathways, routes } from '@concordat/pathway';
import type { Pathway, Route } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { decidingStage } from './deciding-stage.js';
import { inDesign, provider, refusals, Scene, type Who } from './given.js';

const routeFor = ({ regimes }: Pathway): Route => routes.latest().find(({ regime }) => regimes.includes(regime))!;
const taking = (pathway: Pathway, stage: string, startsOn: string | null, who: Who = 'commissioner') => {
  const route = routeFor(pathway);
  const kind = pathway.kinds.find((one) => one === 'contract') ?? pathway.kinds[0]!;
  const facts = startsOn === null ? {} : { facts: { 'contract-period': { startsOn, endsOn: '2027-05-31' } } };
  return Scene.empty.following(pathway).byRoute(route).when('take-over-agreement', {
    title: 'Visits', kind, pathway: { id: pathway.id }, route: { id: route.id }, raises: [], stage, from: { source: 'My word', reference: 'none' }, provider, ...facts,
  }, who);
};
const why = (...of: Parameters<typeof taking>) => refusals(taking(...of)).filter((code) => code.startsWith('take-over.'));

describe.each(pathways.all.map((pathway) => [`${pathway.id} ${pathway.version}`, pathway] as const))('of %s', (_, pathway) => {
  const stages = pathway.stages.map(({ id }) => id);
  const decides = decidingStage(pathway)!;
  const behind = stages.slice(stages.indexOf(decides) + 1);
  const awards = pathway.stages.some(({ gate }) => gate.conditions.some(({ code }) => code === 'provider.accepted'));

  test('nobody takes over behind its award what has not begun, and behind a decision that awards nothing nobody takes over anything', () => {
    expect(behind.length).toBeGreaterThan(0);
    for (const stage of behind) {
      expect([stage, why(pathway, stage, '2026-06-02'), why(pathway, stage, null), why(pathway, stage, '2026-06-01')]).toEqual(
        awards ? [stage, ['take-over.not-started'], ['take-over.period-unknown'], []] : [stage, ['take-over.not-decided'], ['take-over.not-decided'], ['take-over.not-decided']],
      );
    }
    expect(taking(pathway, behind[0]!, '2026-06-02')).toMatchObject({ refused: expect.arrayContaining([expect.objectContaining({ missing: [expect.objectContaining({ what: expect.stringContaining(`the stage ${decides} or one before it`), by: 'take-over-agreement' })] })]) });
  });

  test('it is taken over where that is put on record or before, and what a notice says of it is taken as it says it', () => {
    for (const stage of stages.slice(0, stages.indexOf(decides) + 1)) expect([stage, why(pathway, stage, '2026-06-02'), why(pathway, stage, null)]).toEqual([stage, [], []]);
    for (const stage of behind) expect([stage, why(pathway, stage, '2026-06-02', 'importer')]).toEqual([stage, []]);
  });
});

describe('what law asks at gates that were passed before Concordat took it over', () => {
  const standard = pathways.find('standard', 2)!;
  const asked = (scene: Scene) => check(scene.agreement, scene.context()).map(({ code, parameters }) => ({ code, parameters }));
  const taken = (stage: string) => Scene.empty.following(standard).byRoute(routes.find('pa2023-competitive', 2)!).did('take-over-agreement', {
    title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], value: { amount: '900000.00', currency: 'GBP' }, stage, from: { source: 'My word', reference: 'none' },
  });
  const notice = { code: 'notices.published', parameters: { notice: 'UK4' } };
  const lawful = [notice, { code: 'facts.present', parameters: { facts: ['conflicts-assessment'] } }, { code: 'facts.present', parameters: { facts: ['evaluation'] } }, { code: 'evaluation.interests-declared', parameters: {} }];

  test('is asked where it is awarded, once, and what is for the organisation itself to ask is not', () => {
    const atAward = asked(taken('award'));
    for (const one of lawful) expect([one, atAward.filter((other) => JSON.stringify(other) === JSON.stringify(one))]).toEqual([one, [one]]);
    expect(atAward.filter(({ code }) => code === 'consultation.considered')).toHaveLength(1);
    expect(atAward.map(({ code }) => code)).not.toContain('risk.three-way');
    const gate = taken('award').when('request-gate', { stage: 'award' });
    expect(gate).toMatchObject({ refused: expect.arrayContaining([expect.objectContaining({ code: 'notices.published', missing: [expect.objectContaining({ by: 'record-published-notice' })] })]) });
  });

  test('is asked at no other gate, and not where its gates were passed here', () => {
    expect(asked(taken('design'))).not.toContainEqual(notice);
    const reached = taken('design').given(['concordat.agreement.stage-entered.v1', { stage: 'award', from: 'sourcing' }]);
    expect(asked(reached)).not.toContainEqual(notice);
    const opened = inDesign.following(standard).byRoute(routes.find('pa2023-competitive', 2)!).given(['concordat.agreement.stage-entered.v1', { stage: 'award', from: 'design' }]);
    expect(asked(opened)).not.toContainEqual(notice);
  });

  test('is asked of the end of a service where that is decided', () => {
    const ending = pathways.find('decommission', 1)!;
    const atDecision = Scene.empty.following(ending).byRoute(routeFor(ending)).did('take-over-agreement', { title: 'The end', kind: 'contract', pathway: { id: 'decommission' }, route: { id: routeFor(ending).id }, raises: [], stage: 'decision', from: { source: 'My word', reference: 'none' } });
    expect(asked(atDecision).map(({ code }) => code)).toEqual(expect.arrayContaining(['consultation.considered', 'decision.in-force']));
  });
});
