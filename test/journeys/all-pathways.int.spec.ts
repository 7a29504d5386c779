import { roles } from '@concordat/access/core';
import { pathways, routes } from '@concordat/pathway';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gatesAsked } from '../harness/gates-asked.js';
import { errands } from './errands.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';
import { Company, Walk } from './walk.js';

// Each pathway that ships runs from its first stage to its last over HTTP, in the tier standard, by people of every role. Every
// gate is asked before anything of its stage is done: it refuses for all of what is missing, each with who supplies it, and the checklist
// says the same.

const ways = [
  ['standard', 'pa2023-competitive'], ['grant', 'grant'], ['call-off', 'framework-call-off'], ['placement', 'psr-direct-award-b'],
  ['extend-or-vary', 'pa2023-light-touch'], ['decommission', 'pa2023-light-touch'], ['urgent', 'psr-urgent'],
] as const;

const clock = new FixedClock('2026-03-02T09:00:00Z');
const residents = Array.from({ length: 5 }, () => newId());
let here: TestInstallation;
let company: Company;
beforeAll(async () => {
  here = await openInstallation({ clock });
  company = await Company.gathered(here, clock, residents);
}, 60_000);
afterAll(() => here.close());

/** The agreement of one walk as it begins. */
async function begun([pathwayId, routeId]: (typeof ways)[number]): Promise<Walk> {
  const [pathway, route] = [pathways.find(pathwayId)!, routes.find(routeId)!];
  const beginning = { title: pathway.id === 'placement' ? 'Placement 1' : pathway.title, pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: '9000.00', currency: 'GBP' }, raises: ['untried-model'] };
  const journey = route.restsOn?.is === 'framework' ? await calledOff(beginning) : await Journey.opened(here, { ...beginning, kind: pathway.kinds[0] });
  return new Walk(company, journey, pathway, route);
}

/** What is called off comes from a framework that was awarded before Concordat; by itself it is refused. */
async function calledOff(beginning: object): Promise<Journey> {
  const { provider } = company.troupe;
  expectProblem(await here.as('commissioner').post('/api/v1/agreements', { ...beginning, kind: 'call-off' }), 422, 'route.no-framework');
  const framework = await Journey.takenOver(here, {
    title: 'Framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'F-1' }, provider,
  });
  const child = newId();
  await framework.did('commissioner', 'call-off', { ...beginning, child, provider });
  return Journey.of(here, child);
}

/** One week of it. @returns whether it is closed. */
function on(walk: Walk, refused: Record<string, readonly string[]>): Promise<boolean> {
  const { journey, pathway } = walk;
  return walk.on({
    // Its gate is asked over HTTP first, and the checklist of the API says the same, item by item.
    entering: async (stage) => {
      if (refused[stage] !== undefined) return;
      refused[stage] = Object.keys(await journey.gateRefused()).sort();
      if (pathway.id !== 'standard') return;
      for (const { role, does, run } of errands.filter((errand) => errand.stage === stage)) {
        await run({ here, journey, provider: company.troupe.provider, tenant: company.tenant, today: londonDay(clock.now()) });
        walk.noted(role, does);
      }
    },
  });
}

test('every pathway that ships runs from its first stage to its last, each gate refused first for all that it asks', async () => {
  const walks: { readonly walk: Walk; readonly refused: Record<string, readonly string[]> }[] = [];
  for (const way of ways) walks.push({ walk: await begun(way), refused: {} });
  expect(walks.map(({ walk }) => walk.pathway.id).sort()).toEqual(pathways.latest().map(({ id }) => id).sort());
  // What ends is the lunch club of the grant, in which the residents gave something by then.
  company.troupe = { ...company.troupe, ends: walks.find(({ walk }) => walk.pathway.id === 'grant')!.walk.journey.id };
  // All go on together: whoever waits for time waits for the same days.
  let waiting = walks;
  for (let week = 0; week < 60 && waiting.length > 0; week += 1) {
    const still: typeof walks = [];
    for (const one of waiting) if (!(await on(one.walk, one.refused))) still.push(one);
    waiting = still;
    clock.set(`${addDays(londonDay(clock.now()), 7)}T09:00:00Z`);
    if (week % 4 === 3 && waiting.length > 0) await company.renewKeys();
  }
  expect(waiting.map(({ walk }) => walk.pathway.id)).toEqual([]);

  for (const { walk: { pathway, route, journey }, refused } of walks) {
    expect({ pathway: pathway.id, refused }).toEqual({ pathway: pathway.id, refused: gatesAsked(pathway.id, route.id) });
    const { lifecycle, stage } = await journey.seen('auditor');
    expect([pathway.id, lifecycle, stage]).toEqual([pathway.id, 'closed', pathway.stages.at(-1)!.id]);
  }
  const roleOf = (by: string) => (by === 'colleague' ? 'senior-responsible-owner' : by.split(':')[0]);
  const acted = (role: string) => [...new Set(walks.flatMap(({ walk }) => [...walk.acted].filter(([by]) => roleOf(by) === role).flatMap(([, did]) => did)))];
  console.log(roles.map((role) => `${role}: ${acted(role).join(', ')}`).join('\n'));
  expect(roles.filter((role) => acted(role).length === 0)).toEqual([]);
  for (const discipline of ['safeguarding', 'finance', 'legal-procurement', 'sponsor', 'equality', 'information-governance']) {
    expect([discipline, walks.some(({ walk }) => walk.acted.has(`approver:${discipline}`))]).toEqual([discipline, true]);
  }
  console.log(walks.map(({ walk, refused }) => `${walk.pathway.id}: ${Object.values(refused).map((codes) => codes.length).join(' ')} conditions refused for, gate by gate`).join('\n'));
}, 240_000);
