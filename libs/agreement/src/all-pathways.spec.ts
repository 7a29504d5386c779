import { pathways, routes } from '@concordat/pathway';
import { type Pathway, type Route, routeFits, type Tier, tiers } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { nextMissing, stepsFor, type Troupe } from '../../../test/harness/pathway-steps.js';
import { check } from './core/check.js';
import { id, people, provider, refusals, Scene, type Who } from './core/given.js';

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

const troupe: Troupe = { person: (called) => people[whoIs(called)], provider, residents, words: { subject: residents[0], sealed: 'x' }, next: () => id((made += 1)) };

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

function walk(pathway: Pathway, route: Route, tier: Tier) {
  let scene = Scene.empty
    .following(pathway)
    .alongRoute(route)
    .did('open-agreement', { title: 'Placement', kind: pathway.kinds[0]!, pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: worth[tier], currency: 'GBP' }, raises: raised[tier] });
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
  routes.latest().filter((route) => routeFits(pathway, route)).flatMap((route, at) =>
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
    if (tier !== 'small') expect(Object.entries(reasons).filter(([, codes]) => codes.length === 0).map(([stage]) => stage)).toEqual([]);
  },
);
