import { roles } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { pathways, routes } from '@concordat/pathway';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import type { Tier } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gatesAsked, standardAsks } from '../harness/gates-asked.js';
import { errands } from './errands.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';
import { Company, Walk } from './walk.js';

// Each pathway that ships runs from its first stage to its last over HTTP, in the tier standard, and `standard` in each, by people of every role. Every
// gate is asked before anything of its stage is done: it refuses for all of what is missing, each with who supplies it, and the checklist
// says the same.

const ways = [
  ['standard', 'pa2023-competitive', 'standard'], ['standard', 'pa2023-competitive', 'small'], ['standard', 'pa2023-competitive', 'major'],
  ['grant', 'grant', 'standard'], ['call-off', 'framework-call-off', 'standard'], ['placement', 'psr-direct-award-b', 'standard'],
  ['extend-or-vary', 'pa2023-light-touch', 'standard'], ['decommission', 'pa2023-light-touch', 'standard'], ['urgent', 'psr-urgent', 'standard'],
] as const satisfies readonly (readonly [string, string, Tier])[];
const raises: Readonly<Record<Tier, readonly string[]>> = { small: [], standard: ['untried-model'], major: ['untried-model'] };
const worth: Readonly<Record<Tier, string>> = { small: '9000.00', standard: '9000.00', major: '6000000.00' };

const clock = new FixedClock('2026-11-02T09:00:00Z');
const residents = Array.from({ length: 5 }, () => newId());
let here: TestInstallation;
let company: Company;
beforeAll(async () => {
  here = await openInstallation({ clock });
  company = await Company.gathered(here, clock, residents);
}, 60_000);
afterAll(() => here.close());

/** The agreement of one walk as it begins. */
async function begun([pathwayId, routeId, tier]: (typeof ways)[number]): Promise<Walk> {
  const [pathway, route] = [pathways.find(pathwayId)!, routes.find(routeId)!];
  const beginning = { title: pathway.id === 'placement' ? 'Placement 1' : pathway.title, pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: worth[tier], currency: 'GBP' }, raises: raises[tier] };
  const journey = route.restsOn?.is === 'framework' ? await calledOff(beginning) : await Journey.opened(here, { ...beginning, kind: pathway.kinds[0] });
  return new Walk(company, journey, pathway, route);
}

/** What is called off comes from a framework that was awarded before Concordat; by itself it is refused. */
async function calledOff(beginning: object): Promise<Journey> {
  const { provider } = company.troupe;
  expectProblem(await here.as('commissioner').post('/api/v1/agreements', { ...beginning, kind: 'call-off' }), 422, 'route.no-framework');
  const framework = await Journey.takenOver(here, {
    title: 'Framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'F-1' }, provider,
  });
  const child = newId();
  await framework.did('commissioner', 'call-off', { ...beginning, child, provider });
  return Journey.of(here, child);
}

/** One week of it. @returns whether it is closed. */
function on({ walk, refused, way: [id, , tier] }: { readonly walk: Walk; readonly refused: Record<string, readonly string[]>; readonly way: (typeof ways)[number] }): Promise<boolean> {
  const { journey } = walk;
  return walk.on({
    // Its gate is asked over HTTP first, and the checklist of the API says the same, item by item.
    entering: async (stage) => {
      if (refused[stage] !== undefined) return;
      // Which of all answers is drawn is a lot: after the award of a standard one it may be none.
      const isByLot = (code: string): boolean => id === 'standard' && stage === 'close' && code === 'involvement.answers-checked';
      refused[stage] = Object.keys(await journey.gateRefused()).filter((code) => !isByLot(code)).sort();
      if (id === 'decommission') await expectDecisionToWait(journey, stage === 'decision');
      if (id !== 'standard' || tier !== 'standard') return;
      for (const { role, does, run } of errands.filter((errand) => errand.stage === stage)) {
        await run({ here, journey, provider: company.troupe.provider, tenant: company.tenant, today: londonDay(clock.now()) });
        walk.noted(role, does);
      }
    },
  });
}

/** The decision on the end of a service waits for whoever takes it, in no stage but the one whose gate asks for it. */
async function expectDecisionToWait(journey: Journey, waits: boolean): Promise<void> {
  await here.app.get(Consumers).runAll(company.tenant);
  const { items } = (await here.as('decision-maker').get<{ items: { kind: string; agreement: string; waitsFor: string }[] }>('/api/v1/work?limit=100')).body;
  expect(items.filter(({ kind, agreement }) => kind === 'decision' && agreement === journey.id).map(({ waitsFor }) => waitsFor)).toEqual(waits ? ['you'] : []);
}

test('every pathway that ships runs from its first stage to its last, each gate refused first for all that it asks', async () => {
  const walks: { readonly walk: Walk; readonly refused: Record<string, readonly string[]>; readonly way: (typeof ways)[number] }[] = [];
  for (const way of ways) walks.push({ walk: await begun(way), refused: {}, way });
  expect([...new Set(walks.map(({ walk }) => walk.pathway.id))].sort()).toEqual(pathways.latest().map(({ id }) => id).sort());
  // What ends is the lunch club of the grant, in which the residents gave something by then.
  const varied = await Journey.takenOver(here, {
    title: 'Lunch club', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider: company.troupe.provider,
  });
  company.troupe = { ...company.troupe, varies: varied.id, ends: walks.find(({ walk }) => walk.pathway.id === 'grant')!.walk.journey.id };
  // All go on together: whoever waits for time waits for the same days.
  let waiting = walks;
  for (let week = 0; week < 60 && waiting.length > 0; week += 1) {
    const still: typeof walks = [];
    for (const one of waiting) if (!(await on(one))) still.push(one);
    waiting = still;
    clock.set(`${addDays(londonDay(clock.now()), 7)}T09:00:00Z`);
    if (week % 4 === 3 && waiting.length > 0) await company.renewKeys();
  }
  expect(waiting.map(({ walk }) => walk.pathway.id)).toEqual([]);

  for (const { walk: { pathway, route, journey }, refused, way: [, , tier] } of walks) {
    expect({ pathway: pathway.id, tier, refused }).toEqual({ pathway: pathway.id, tier, refused: tier === 'standard' ? gatesAsked(pathway.id, route.id) : standardAsks[tier] });
    const { lifecycle, stage, tier: followed } = await journey.seen('auditor');
    expect([pathway.id, lifecycle, stage, followed]).toEqual([pathway.id, 'closed', pathway.stages.at(-1)!.id, tier]);
  }
  const roleOf = (by: string) => (by === 'colleague' ? 'senior-responsible-owner' : by.split(':')[0]);
  const acted = (role: string) => [...new Set(walks.flatMap(({ walk }) => [...walk.acted].filter(([by]) => roleOf(by) === role).flatMap(([, did]) => did)))];
  console.log(roles.map((role) => `${role}: ${acted(role).join(', ')}`).join('\n'));
  expect(roles.filter((role) => acted(role).length === 0)).toEqual([]);
  for (const discipline of ['safeguarding', 'finance', 'legal-procurement', 'sponsor', 'equality', 'information-governance']) {
    expect([discipline, walks.some(({ walk }) => walk.acted.has(`approver:${discipline}`))]).toEqual([discipline, true]);
  }
  console.log(walks.map(({ walk, refused, way: [, , tier] }) => `${walk.pathway.id}, ${tier}: ${Object.values(refused).map((codes) => codes.length).join(' ')} conditions refused for, gate by gate`).join('\n'));
}, 240_000);
