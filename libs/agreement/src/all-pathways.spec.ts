import { pathways, routes } from '@concordat/pathway';
import { isFoundedOn, type Pathway, type Route, routeFits, type Tier, tiers } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { gatesAsked } from '../../../test/harness/gates-asked.js';
import { nextMissing, stepsFor, type Troupe } from '../../../test/harness/pathway-steps.js';
import { check } from './core/check.js';
import { decisionVersion } from './core/decision-paper.js';
import { given, id, people, provider, refusals, Scene, type Who } from './core/given.js';
import { ada, answered, held, panel, said, theme } from './core/given-involvement.js';

// Every pathway and route that ships, from its first stage to its last: each gate is asked before anything of its stage is
// done, refuses for all of what it asks and nothing else, and opens once each missing thing is supplied as the refusal says.

const residents = Array.from({ length: 5 }, (_, at) => id(900 + at));
let made = 1_000;

// Few people hold every role here: one approver signs for every discipline, which a second person reads.
function whoIs(called: string): Who {
  if (called.startsWith('approver:')) return 'approver';
  const known: Readonly<Record<string, Who>> = {
    'decision-maker': 'decisionMaker', 'provider-signatory': 'signatory', representative: 'representative', advocate: 'representative', colleague: 'colleague', 'elected-member': 'member', 'provider-operator': 'signatory',
  };
  return known[called] ?? 'commissioner';
}

const troupe: Troupe = { person: (called) => people[whoIs(called)], provider, residents, ends: id(850), words: { subject: residents[0], sealed: 'x' }, version: (agreement) => decisionVersion(agreement, Scene.empty.context().sha256), next: () => id((made += 1)) };

/** Through one gate. @returns the world behind it, and the codes for which it was first refused. */
function through(before: Scene): { readonly after: Scene; readonly refused: readonly string[] } {
  const { stage } = before.agreement;
  const refused = refusals(before.when('request-gate', { stage }));
  let scene = before;
  for (let turn = 0; turn < 120; turn += 1) {
    const checklist = check(scene.agreement, scene.context());
    const missing = nextMissing(checklist);
    if (missing === undefined) return { after: scene.did('request-gate', { stage }), refused };
    const { agreement, today, pathway, route } = scene;
    const steps = stepsFor({ agreement, today, pathway, route, checklist }, missing, troupe);
    if (steps === 'time') {
      scene = scene.on(addDays(today, 7));
      continue;
    }
    for (const { by, name, body, mayBeDone } of steps) {
      // An answer is checked by somebody else than whoever gave it.
      const who = name === 'check-answer' ? 'colleague' : whoIs(by);
      const asked = body(scene.agreement) as never;
      if (mayBeDone !== true || 'accepted' in scene.when(name, asked, who)) scene = scene.did(name, asked, who);
    }
  }
  throw new Error(`The gate of ${stage} does not open: ${JSON.stringify(check(scene.agreement, scene.context()).filter(({ met }) => !met))}`);
}

const raised = { small: [], standard: ['untried-model'], major: ['untried-model'] } as const;
const worth: Readonly<Record<Tier, string>> = { small: '9000.00', standard: '9000.00', major: '900000.00' };

// What is ended adopted something that goes on nowhere else.
const ending = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).agreement;

// What is called off comes from a framework that was awarded before Concordat.
const framework = Scene.empty
  .following(pathways.find('standard')!)
  .byRoute(routes.find('pa2023-light-touch')!)
  .did('take-over-agreement', {
    title: 'Framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '5000000.00', currency: 'GBP' }, stage: 'delivery',
    from: { source: 'Contract register', reference: 'F-1' }, provider, facts: { place: 'Leith', theme: 'home care' },
  }, 'importer');

function begun(pathway: Pathway, route: Route, tier: Tier): Scene {
  const beginning = { pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: worth[tier], currency: 'GBP' }, raises: raised[tier] };
  const calledOff = { ...beginning, child: id(800), provider };
  if (route.restsOn?.is !== 'framework' || pathway.keepsRoute === true) return Scene.empty.beside(id(850), ending).following(pathway).byRoute(route).did('open-agreement', { title: 'Placement', kind: pathway.kinds[0]!, ...beginning });
  const from = framework.following(pathway).byRoute(route);
  return (pathway.kinds.includes('call-off') ? from.did('call-off', { ...calledOff, title: 'Nights' }) : from.did('place-people', { ...calledOff, people: 1, rate: { amount: '20.00', currency: 'GBP' }, per: 'hour' })).inside(id(800));
}

function walk(pathway: Pathway, route: Route, tier: Tier) {
  let scene = begun(pathway, route, tier);
  const reasons: Record<string, readonly string[]> = {};
  while (scene.agreement.lifecycle !== 'closed') {
    const { stage } = scene.agreement;
    const asked = check(scene.agreement, scene.context()).map(({ code }) => code);
    const { after, refused } = through(scene);
    reasons[stage] = [...new Set(refused)];
    expect(refused.filter((code) => !(asked as string[]).includes(code))).toEqual([]);
    scene = after;
  }
  return { scene, reasons };
}

// Every route in the tier standard, and every tier by one of them.
const ways = pathways.all.flatMap((pathway) =>
  routes.latest().filter((route) => routeFits(pathway, route) && isFoundedOn(pathway, route)).flatMap((route, at) =>
    tiers.filter((tier) => at === 0 || tier === 'standard').map((tier) => [`${pathway.id} ${pathway.version}`, route.id, tier, pathway, route] as const),
  ),
);

test('every route that ships is walked', () => {
  expect([...new Set(ways.map(([, route]) => route))].sort()).toEqual(routes.latest().map(({ id: route }) => route).sort());
});

test.each(ways)(
  '%s by %s in the tier %s runs from its first stage to its last, refused at each gate for what it asks',
  (_, __, tier, pathway, route) => {
    const { scene, reasons } = walk(pathway, route, tier);
    expect(scene.agreement).toMatchObject({ lifecycle: 'closed', stage: pathway.stages.at(-1)!.id });
    expect(Object.keys(reasons)).toEqual(pathway.stages.map(({ id: stage }) => stage));
    if (tier === 'standard' && pathways.latest().includes(pathway)) {
      expect(Object.fromEntries(Object.entries(reasons).map(([stage, codes]) => [stage, [...codes].sort()]))).toEqual(gatesAsked(pathway.id, route.id));
    }
    if (tier !== 'small') expect(Object.entries(reasons).filter(([, codes]) => codes.length === 0).map(([stage]) => stage)).toEqual([]);
  },
);
