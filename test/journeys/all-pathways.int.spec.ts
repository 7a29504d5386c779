import { roles } from '@concordat/access/core';
import { Agreements, versionOfDecision } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';
import { pathways, routes } from '@concordat/pathway';
import type { Pathway, Route } from '@concordat/pathway/core';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gatesAsked, supplierOf, suppliers } from '../harness/gates-asked.js';
import { nextMissing, stepsFor, type Troupe } from '../harness/pathway-steps.js';
import { Cast, type Player } from './cast.js';
import { succeeded } from './client.js';
import { errands } from './errands.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';

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
let agreements: Agreements;
let tenant: string;
let troupe: Troupe;
let cast: Cast;
let colleague: Player;
beforeAll(async () => {
  here = await openInstallation({ clock });
  agreements = here.app.get(Agreements);
  tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
  cast = new Cast(here, tenant);
  // The controller of the data, beside the senior responsible owner who answers for the agreement.
  colleague = await cast.player({ role: 'senior-responsible-owner' });
  const { provider } = (await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!;
  troupe = { person: (called) => (called === 'colleague' ? colleague.person : here.person(called).person), provider, residents, ends: '', words: 'Hot food, please.', version: versionOfDecision, next: newId };
}, 60_000);
afterAll(() => here.close());

/** One agreement on its way, and what its gates were refused for. */
class Walk {
  readonly refused: Record<string, readonly string[]> = {};
  /** By whom it was walked, and with which commands. */
  readonly acted = new Map<string, readonly string[]>();
  commands = 0;

  private constructor(
    readonly journey: Journey,
    readonly pathway: Pathway,
    readonly route: Route,
  ) {}

  static async begun(pathwayId: string, routeId: string): Promise<Walk> {
    const [pathway, route] = [pathways.find(pathwayId)!, routes.find(routeId)!];
    const beginning = { title: pathway.id === 'placement' ? 'Placement 1' : pathway.title, pathway: { id: pathway.id }, route: { id: route.id }, value: { amount: '9000.00', currency: 'GBP' }, raises: ['untried-model'] };
    const journey = route.restsOn?.is === 'framework' ? await Walk.calledOff(beginning) : await Journey.opened(here, { ...beginning, kind: pathway.kinds[0] });
    return new Walk(journey, pathway, route);
  }

  /** What is called off comes from a framework that was awarded before Concordat; by itself it is refused. */
  private static async calledOff(beginning: object): Promise<Journey> {
    expectProblem(await here.as('commissioner').post('/api/v1/agreements', { ...beginning, kind: 'call-off' }), 422, 'route.no-framework');
    const framework = await Journey.takenOver(here, {
      title: 'Framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery',
      from: { source: 'Contract register', reference: 'F-1' }, provider: troupe.provider,
    });
    const child = newId();
    await framework.did('commissioner', 'call-off', { ...beginning, child, provider: troupe.provider });
    return Journey.of(here, child);
  }

  private async stands(): Promise<{ agreement: Agreement; version: number }> {
    return (await agreements.find(tenant, this.journey.id))!;
  }

  /** As far as people alone can take it. @returns whether it is closed; else it waits for time. */
  async on(): Promise<boolean> {
    for (;;) {
      const { agreement } = await this.stands();
      if (agreement.lifecycle === 'closed') return true;
      const { stage } = agreement;
      if (this.refused[stage] === undefined) {
        this.refused[stage] = Object.keys(await this.gateAsked());
        await this.errandsIn(stage);
      }
      const { checklist } = (await agreements.gate(tenant, this.journey.id, { kind: 'system', name: 'import' }))!;
      const notSaid = checklist.filter(({ met }) => !met).flatMap(({ code, missing }) => missing.map(supplierOf).filter((who) => !suppliers[code].includes(who)).map((who) => [code, who]));
      expect(notSaid).toEqual([]);
      const missing = nextMissing(checklist);
      if (missing === undefined) {
        await this.journey.did('commissioner', 'request-gate', { stage });
        continue;
      }
      const { pathway, route } = this;
      const steps = stepsFor({ agreement, today: londonDay(clock.now()), pathway, route, checklist }, missing, troupe);
      if (steps === 'time') return false;
      for (const { by, name, body, mayBeDone } of steps) {
        const now = await this.stands();
        const answer = await (by === 'colleague' ? colleague.api : here.as(by)).command(this.journey.id, name, body(now.agreement), name === 'amend-facts' ? { headers: { 'if-match': `"${now.version}"` } } : {});
        if (mayBeDone !== true || answer.status !== 422) succeeded(`${name} by ${by} in ${stage} of ${pathway.id}`, answer);
        if (answer.status === 200) this.acted.set(by, [...new Set([...(this.acted.get(by) ?? []), name])]);
      }
    }
  }

  /** What those do in this stage for whom no gate waits. */
  private async errandsIn(stage: string): Promise<void> {
    if (this.pathway.id !== 'standard') return;
    for (const { role, does, run } of errands.filter((errand) => errand.stage === stage)) {
      await run({ here, journey: this.journey, provider: troupe.provider, tenant, today: londonDay(clock.now()) });
      this.acted.set(role, [...(this.acted.get(role) ?? []), does]);
    }
  }

  /** Why its gate is shut, over HTTP; the checklist of the API says the same, item by item. */
  private gateAsked() {
    return this.journey.gateRefused();
  }
}

test('every pathway that ships runs from its first stage to its last, each gate refused first for all that it asks', async () => {
  const walks: Walk[] = [];
  for (const [pathway, route] of ways) walks.push(await Walk.begun(pathway, route));
  expect(walks.map(({ pathway }) => pathway.id).sort()).toEqual(pathways.latest().map(({ id }) => id).sort());
  // What ends is the lunch club of the grant, in which the residents gave something by then.
  troupe = { ...troupe, ends: walks.find(({ pathway }) => pathway.id === 'grant')!.journey.id };
  // All go on together: whoever waits for time waits for the same days.
  let waiting = walks;
  for (let week = 0; week < 60 && waiting.length > 0; week += 1) {
    const still: Walk[] = [];
    for (const walk of waiting) if (!(await walk.on())) still.push(walk);
    waiting = still;
    clock.set(`${addDays(londonDay(clock.now()), 7)}T09:00:00Z`);
    if (week % 4 !== 3 || waiting.length === 0) continue;
    await here.renewKeys((person) => cast.key(person, 'all'));
    colleague = { ...colleague, api: await cast.key(colleague.person, 'all') };
  }
  expect(waiting.map(({ pathway }) => pathway.id)).toEqual([]);

  for (const { pathway, route, refused, journey } of walks) {
    const sorted = Object.fromEntries(Object.entries(refused).map(([stage, codes]) => [stage, [...codes].sort()]));
    expect({ pathway: pathway.id, refused: sorted }).toEqual({ pathway: pathway.id, refused: gatesAsked(pathway.id, route.id) });
    const { lifecycle, stage } = await journey.seen('auditor');
    expect([pathway.id, lifecycle, stage]).toEqual([pathway.id, 'closed', pathway.stages.at(-1)!.id]);
  }
  const acted = (role: string) => [...new Set(walks.flatMap((walk) => [...walk.acted].filter(([by]) => (by === 'colleague' ? 'senior-responsible-owner' : by.split(':')[0]) === role).flatMap(([, names]) => names)))];
  console.log(roles.map((role) => `${role}: ${acted(role).join(', ')}`).join('\n'));
  expect(roles.filter((role) => acted(role).length === 0)).toEqual([]);
  for (const discipline of ['safeguarding', 'finance', 'legal-procurement', 'sponsor', 'equality', 'information-governance']) {
    expect([discipline, walks.some((walk) => walk.acted.has(`approver:${discipline}`))]).toEqual([discipline, true]);
  }
  console.log(walks.map(({ pathway, refused }) => `${pathway.id}: ${Object.values(refused).map((codes) => codes.length).join(' ')} conditions refused for, gate by gate`).join('\n'));
}, 240_000);
