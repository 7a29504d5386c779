import { Agreements } from '@concordat/agreement';
import { type Role, roles } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { pathways, routes } from '@concordat/pathway';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import { tiers } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { beginsIn, gatesAsked } from '../harness/gates-asked.js';
import { errands, noGateAsks, runTheirOwn } from './errands.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';
import { Company, Walk } from './walk.js';

// Each pathway that ships runs from its first stage to its last over HTTP, in the tier standard, and `standard` in each, by people of every role. Every
// gate is asked before anything of its stage is done: it refuses for all of what is missing, each with who supplies it, and the checklist
// says the same.

const routeOf = {
  standard: 'pa2023-competitive', grant: 'grant', 'call-off': 'framework-call-off', placement: 'psr-direct-award-b', 'extend-or-vary': 'pa2023-light-touch', decommission: 'pa2023-light-touch', urgent: 'psr-urgent',
} as const;
// Ending a service goes up one tier, and so none of that is small.
const ways = Object.entries(routeOf).flatMap(([pathway, route]) => tiers.filter((tier) => pathway !== 'decommission' || tier !== 'small').map((tier) => [pathway, route, tier] as const));

const clock = new FixedClock('2026-11-02T09:00:00Z');
const residents = Array.from({ length: 5 }, () => newId());
let here: TestInstallation;
let company: Company;
beforeAll(async () => {
  here = await openInstallation({ clock });
  company = await Company.gathered(here, clock, residents);
}, 60_000);
afterAll(() => here.close());

/** The agreement of one walk as it begins. What ends is the lunch club of a grant, in which the residents gave something. */
async function begun([pathwayId, routeId, tier]: (typeof ways)[number], grants: readonly Journey[]): Promise<Walk> {
  const [pathway, route] = [pathways.find(pathwayId)!, routes.find(routeId)!];
  const beginning = { title: pathway.id === 'placement' ? 'Placement 1' : pathway.title, pathway: { id: pathwayId }, route: { id: routeId }, ...beginsIn(tier, pathwayId, routeId) };
  const journey = route.restsOn?.is === 'framework' ? await calledOff(beginning) : await Journey.opened(here, { ...beginning, kind: pathway.kinds[0] });
  const varies = pathwayId === 'extend-or-vary' ? (await awardedBefore('contract')).id : '';
  // Of a major one the sponsor who approved accepts as the owner, too.
  const sponsor = tier === 'major' ? 'approver:sponsor' : 'senior-responsible-owner';
  return new Walk(company, journey, pathway, route, { varies, ends: grants[tiers.indexOf(tier)]?.id ?? '', sponsor });
}

/** One that was awarded to the provider before Concordat. */
function awardedBefore(kind: 'contract' | 'framework'): Promise<Journey> {
  return Journey.takenOver(here, {
    title: kind === 'contract' ? 'Lunch club' : 'Framework', kind, pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '5000000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: newId() }, provider: company.troupe.provider,
  });
}

/** What is called off comes from a framework; by itself it is refused. */
async function calledOff(beginning: object): Promise<Journey> {
  expectProblem(await here.as('commissioner').post('/api/v1/agreements', { ...beginning, kind: 'call-off' }), 422, 'route.no-framework');
  const [framework, child] = [await awardedBefore('framework'), newId()];
  await framework.did('commissioner', 'call-off', { ...beginning, child, provider: company.troupe.provider });
  return Journey.of(here, child);
}

interface Walking {
  readonly walk: Walk;
  readonly refused: Record<string, readonly string[]>;
  readonly way: (typeof ways)[number];
  /** Who did something that no gate waited for. */
  readonly besides: Set<Role>;
}

/** One week of it. @returns whether it is closed. */
function on({ walk, refused, besides, way: [id, , tier] }: Walking): Promise<boolean> {
  const { journey } = walk;
  return walk.on({
    // Its gate is asked over HTTP first, and the checklist of the API says the same, item by item.
    entering: async (stage) => {
      if (refused[stage] !== undefined) return;
      // Which of all answers is drawn is a lot: after the award of a standard one it may be none.
      const isByLot = (code: string): boolean => id === 'standard' && stage === 'close' && code === 'involvement.answers-checked';
      refused[stage] = Object.keys(await journey.gateRefused()).filter((code) => !isByLot(code)).sort();
      if (id === 'decommission') await expectDecisionToWait(journey, stage === 'decision');
      if (tier !== 'standard') return;
      const around = { here, journey, provider: company.troupe.provider, tenant: company.tenant, today: londonDay(clock.now()) };
      for (const { role, run } of errands.filter((errand) => id === 'standard' && errand.stage === stage)) {
        await run(around);
        besides.add(role);
      }
      if (stage === walk.pathway.stages.at(-1)!.id) for (const role of await runTheirOwn(id, around)) besides.add(role);
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
  const walks: Walking[] = [];
  for (const way of ways) walks.push({ walk: await begun(way, walks.filter(({ way: [pathway] }) => pathway === 'grant').map(({ walk }) => walk.journey)), refused: {}, besides: new Set(), way });
  expect([...new Set(walks.map(({ walk }) => walk.pathway.id))].sort()).toEqual(pathways.latest().map(({ id }) => id).sort());
  // All go on together: whoever waits for time waits for the same days.
  let waiting = walks;
  for (let week = 0; week < 60 && waiting.length > 0; week += 1) {
    // What ends another goes on after it.
    for (const ends of [false, true]) {
      const these = waiting.filter(({ way: [pathway] }) => (pathway === 'decommission') === ends);
      const closed = await Promise.all(these.map(on));
      waiting = waiting.filter((one) => closed[these.indexOf(one)] !== true);
    }
    clock.set(`${addDays(londonDay(clock.now()), 7)}T09:00:00Z`);
    if (week % 4 === 3 && waiting.length > 0) await company.renewKeys();
  }
  expect(waiting.map(({ walk }) => walk.pathway.id)).toEqual([]);

  for (const { walk: { pathway, route, journey }, refused, way: [, , tier] } of walks) {
    const asks = gatesAsked(pathway.id, route.id, tier);
    // What is small goes from its mobilisation to its close in one moment of this clock: what was said in it of who is without an arrangement is said of now.
    const atOnce = tier === 'small' && asks['close'] !== undefined ? { ...asks, close: asks['close'].filter((code) => code !== 'people.all-arranged') } : asks;
    expect({ pathway: pathway.id, tier, refused }).toEqual({ pathway: pathway.id, tier, refused: atOnce });
    const { lifecycle, stage, tier: followed } = await journey.seen('auditor');
    expect([pathway.id, lifecycle, stage, followed]).toEqual([pathway.id, 'closed', pathway.stages.at(-1)!.id, tier]);
  }
  const roleOf = (by: string) => (by === 'colleague' ? 'senior-responsible-owner' : by.split(':')[0]);
  const standard = walks.filter(({ way }) => way[2] === 'standard');
  const acted = ({ walk }: Walking) => [...walk.acted.keys()].map(roleOf);
  expect(Object.fromEntries(standard.map((one) => [one.way[0], roles.filter((role) => !acted(one).includes(role))]))).toEqual(noGateAsks);
  expect(standard.flatMap((one) => roles.filter((role) => !acted(one).includes(role) && !one.besides.has(role)).map((role) => [one.way[0], role]))).toEqual([]);
  // Whoever approved the case as sponsor approved the award, too, and accepted what came of it as the owner: one party, and the gate of the review opened.
  const { agreement: major } = (await here.app.get(Agreements).find(company.tenant, walks.find(({ way: [pathway, , tier] }) => pathway === 'standard' && tier === 'major')!.walk.journey.id))!;
  const granted = major.signOffs.filter(({ discipline, answer }) => discipline === 'sponsor' && answer.is === 'granted').map(({ kind, stage, voices }) => [kind, stage, voices.flatMap(({ everyId }) => everyId)]);
  expect(granted).toEqual([['approval', 'mandate'], ['approval', 'award'], ['acceptance', 'review']].map((one) => [...one, [here.person('approver:sponsor').person]]));
  for (const discipline of ['safeguarding', 'finance', 'legal-procurement', 'sponsor', 'equality', 'information-governance']) {
    expect([discipline, walks.some(({ walk }) => walk.acted.has(`approver:${discipline}`))]).toEqual([discipline, true]);
  }
  console.log(walks.map(({ walk, refused, way: [, , tier] }) => `${walk.pathway.id}, ${tier}: ${Object.values(refused).map((codes) => codes.length).join(' ')} conditions refused for, gate by gate`).join('\n'));
}, 240_000);
