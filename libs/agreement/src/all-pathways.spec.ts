import { roles, rolesWith } from '@concordat/access/core';
import { pathways, routes } from '@concordat/pathway';
import { type ConditionCode, isFoundedOn, type Pathway, type Route, routeFits, type Tier, tiers } from '@concordat/pathway/core';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { beginsIn, gatesAsked, supplierOf, suppliers } from '../../../test/harness/gates-asked.js';
import { group, nextMissing, stepsFor, type Troupe } from '../../../test/harness/pathway-steps.js';
import { type Trouble, troubles } from '../../../test/harness/pathway-troubles.js';
import type { Agreement } from './core/agreement.js';
import { themeOf } from './core/answering.js';
import { check } from './core/check.js';
import type { CommandName } from './core/command.js';
import { everythingSaid } from './core/contribution.js';
import { decisionVersion } from './core/decision-paper.js';
import { given, id, people, provider, refusals, Scene, type Who } from './core/given.js';
import { ada, answered, held, panel, said, theme } from './core/given-involvement.js';
import { rightOf } from './core/rights.js';

// Every pathway, route and tier that ships, from the first stage to the last: each gate is asked before anything of its stage is
// done and again after each thing that is, refuses at some time for each of what it asks and for nothing else, and opens once each
// missing thing is supplied as the refusal says.

const residents = Array.from({ length: 5 }, (_, at) => id(900 + at));
let made = 1_000;

// Few people hold every role here: one approver signs for every discipline but that of the sponsor, which a second person reads.
function whoIs(called: string): Who {
  if (called === 'approver:sponsor') return 'stranger';
  if (called.startsWith('approver:')) return 'approver';
  const known: Readonly<Record<string, Who>> = {
    'decision-maker': 'decisionMaker', 'provider-signatory': 'signatory', representative: 'representative', participant: 'representative', advocate: 'representative', colleague: 'colleague', 'panel-chair': 'colleague', 'elected-member': 'member', 'provider-operator': 'signatory',
  };
  return known[called] ?? 'commissioner';
}

// Of a major one the sponsor who approved accepts as the owner, too.
const troupeOf = (tier: Tier): Troupe => ({ person: (called) => people[whoIs(called)], sponsor: tier === 'major' ? 'approver:sponsor' : 'senior-responsible-owner', provider, residents, ends: id(850), varies: id(851), words: { subject: residents[0], sealed: 'x' }, version: (agreement) => decisionVersion(agreement, Scene.empty.context().sha256), next: () => id((made += 1)) });

/** An answer that is drawn is checked by somebody else than whoever gave it, or answered another theme of the same person. */
function checkerOf(agreement: Agreement): Who {
  const drawn = everythingSaid(agreement).filter(({ checked }) => checked === 'due');
  const answeredBy = drawn.flatMap(({ own, themes }) => [own?.answeredBy, ...themes.map((one) => themeOf(agreement, one)?.answeredBy)]);
  return (['colleague', 'commissioner', 'stranger'] as const).find((who) => !answeredBy.includes(people[who]))!;
}

/** For which conditions a gate was refused while it was shut, each with who supplies what is missing and by which command. */
type Refused = Map<ConditionCode, Set<string>>;

/** Through one gate, which is asked again after each thing that was done. Whatever it was not refused for happens to be wanting too, once. */
function through(before: Scene, since: ReadonlySet<string>): { readonly after: Scene; readonly first: readonly string[]; readonly refused: Refused; readonly never: readonly string[] } {
  const { stage, tier } = before.agreement;
  const troupe = troupeOf(tier);
  const first = refusals(before.when('request-gate', { stage }));
  const refused: Refused = new Map();
  const tried = new Set<ConditionCode>();
  let scene = before;
  const look = () => {
    const checklist = check(scene.agreement, scene.context());
    for (const { code, met, missing } of checklist) {
      if (!met) refused.set(code, new Set([...(refused.get(code) ?? []), ...missing.map(supplierOf)]));
    }
    return checklist;
  };
  const take = (steps: readonly Trouble[]) => {
    for (const one of steps) {
      if (one === 'night') {
        scene = scene.on(addDays(scene.today, 1));
        continue;
      }
      const { by, name, body, mayBeDone } = one;
      const who = name === 'check-answer' ? checkerOf(scene.agreement) : whoIs(by);
      const asked = body(scene.agreement) as never;
      if (mayBeDone !== true || 'accepted' in scene.when(name, asked, who)) scene = scene.did(name, asked, who);
      look();
    }
  };
  for (let turn = 0; turn < 160; turn += 1) {
    const checklist = look();
    const missing = nextMissing(checklist);
    const { agreement, today, pathway, route } = scene;
    const standing = { agreement, today, pathway, route, checklist };
    if (missing === undefined) {
      const wanting = checklist.filter(({ code, doesNotApply }) => doesNotApply === null && !refused.has(code)).map(({ code }) => code);
      const next = wanting.find((code) => troubles[code] !== undefined && !tried.has(code));
      if (next === undefined) return { after: scene.did('request-gate', { stage }), first, refused, never: wanting.filter((code) => !since.has(code) && code !== 'kpi.set') };
      tried.add(next);
      take(troubles[next]!(standing, troupe));
      continue;
    }
    const steps = stepsFor(standing, missing, troupe);
    if (steps === 'time') scene = scene.on(addDays(today, 7));
    else take(steps);
  }
  throw new Error(`The gate of ${stage} does not open: ${JSON.stringify(check(scene.agreement, scene.context()).filter(({ met }) => !met))}`);
}

// What is ended is small, and adopted something that goes on nowhere else.
const ending = { ...given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).agreement, tier: 'small' } as const;

// What is called off comes from a framework that was awarded before Concordat.
const framework = Scene.empty
  .following(pathways.find('standard')!)
  .byRoute(routes.find('pa2023-light-touch')!)
  .did('take-over-agreement', {
    title: 'Framework', kind: 'framework', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '5000000.00', currency: 'GBP' }, stage: 'delivery',
    from: { source: 'Contract register', reference: 'F-1' }, provider, facts: { place: 'Leith', theme: 'home care' },
  }, 'importer');
const frameworkOfGroups = framework.did('amend-facts', { facts: { 'affected-groups': [group] } });

// What is extended or varied was awarded before Concordat, too.
const running = Scene.empty.following(pathways.find('standard')!).byRoute(routes.find('pa2023-light-touch')!).did('take-over-agreement', {
  title: 'Lunch club', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider,
  value: { amount: '50000000.00', currency: 'GBP' }, facts: { 'contract-period': { startsOn: '2006-06-01', endsOn: '2026-07-01' } },
}, 'importer').agreement;

function begun(pathway: Pathway, route: Route, tier: Tier): Scene {
  const beginning = { pathway: { id: pathway.id }, route: { id: route.id }, ...beginsIn(tier, pathway.id, route.id) };
  const calledOff = { ...beginning, child: id(800), provider };
  if (route.restsOn?.is !== 'framework' || pathway.keepsRoute === true) return Scene.empty.beside(id(850), ending).beside(id(851), { ...running, route: { id: route.id, version: route.version } }).following(pathway).byRoute(route).did('open-agreement', { title: 'Placement', kind: pathway.kinds[0]!, ...beginning });
  const along = (from: Scene) => from.following(pathway).byRoute(route);
  return (pathway.kinds.includes('call-off') ? along(framework).did('call-off', { ...calledOff, title: 'Nights' }) : along(frameworkOfGroups).did('place-people', { ...calledOff, people: 1, rate: { amount: '20.00', currency: 'GBP' }, per: 'hour' })).inside(id(800));
}

function walk(pathway: Pathway, route: Route, tier: Tier) {
  let scene = begun(pathway, route, tier).knowing('stranger', { grants: [{ grant: id(870), role: 'facilitator' }, { grant: id(871), role: 'approver', discipline: 'sponsor' }] });
  const first: Record<string, readonly string[]> = {};
  const refused: Record<string, Refused> = {};
  const never: Record<string, readonly string[]> = {};
  const since = new Set<string>();
  while (scene.agreement.lifecycle !== 'closed') {
    const { stage } = scene.agreement;
    const asked = check(scene.agreement, scene.context()).map(({ code }) => code);
    const gate = through(scene, since);
    expect(gate.first.filter((code) => !(asked as string[]).includes(code))).toEqual([]);
    first[stage] = [...new Set(gate.first)];
    refused[stage] = gate.refused;
    if (gate.never.length > 0) never[stage] = gate.never;
    for (const code of gate.refused.keys()) since.add(code);
    scene = gate.after;
  }
  return { scene, first, refused, never };
}

// Every route in every tier; of a version that another followed, in the tier standard, and every tier by one of them.
const seen: Refused = new Map();
const ways = pathways.all.flatMap((pathway) =>
  routes.latest().filter((route) => routeFits(pathway, route) && isFoundedOn(pathway, route)).flatMap((route, at) =>
    tiers.filter((tier) => at === 0 || tier === 'standard' || pathways.latest().includes(pathway)).map((tier) => [`${pathway.id} ${pathway.version}`, route.id, tier, pathway, route] as const),
  ),
);

test('every route that ships is walked', () => {
  expect([...new Set(ways.map(([, route]) => route))].sort()).toEqual(routes.latest().map(({ id: route }) => route).sort());
});

test.each(ways)(
  '%s by %s in the tier %s runs from its first stage to its last, refused at each gate for what it asks',
  (_, __, tier, pathway, route) => {
    const { scene, first: reasons, refused, never } = walk(pathway, route, tier);
    for (const codes of Object.values(refused)) for (const [code, who] of codes) seen.set(code, new Set([...(seen.get(code) ?? []), ...who]));
    // No gate asks for anything that it is refused for nowhere, but KPIs of what is worth less. Whoever was asked which stages matter came to what is planned here, too, and in a placement nobody can be promised anything.
    // Of what is extended nothing was adopted here.
    const [came, again] = [['involvement.people'], ['varying.people-asked-again']];
    const nowhere: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = { standard: pathway.version === 1 && tier !== 'small' ? { needs: came } : {}, 'call-off': tier === 'small' ? {} : { design: came }, placement: { ...(tier !== 'small' && { need: came }), close: ['involvement.commitments-answered-for'] }, 'extend-or-vary': pathway.version === 1 ? {} : { people: again, award: again, close: again } };
    expect(never).toEqual(nowhere[pathway.id] ?? {});
    // Ending a service goes up one tier.
    expect(scene.agreement.tier).toBe(pathway.id === 'decommission' && tier === 'small' ? 'standard' : tier);
    expect(scene.agreement).toMatchObject({ lifecycle: 'closed', stage: pathway.stages.at(-1)!.id });
    expect(Object.keys(reasons)).toEqual(pathway.stages.map(({ id: stage }) => stage));
    // Since everybody was told, people spoke again here.
    const closing = (asks: Readonly<Record<string, readonly ConditionCode[]>>) => (pathway.id === 'call-off' ? { close: [...asks['close']!, 'involvement.everyone-told' as const].sort() } : {});
    // Which of all answers is drawn is a lot: after the award of a standard one it may be none.
    const isByLot = (stage: string, code: string): boolean => pathway.id === 'standard' && stage === 'close' && code === 'involvement.answers-checked';
    const asked = Object.fromEntries(Object.entries(reasons).map(([stage, codes]) => [stage, codes.filter((code) => !isByLot(stage, code)).sort()]));
    if (pathways.latest().includes(pathway)) {
      const asks = gatesAsked(pathway.id, route.id, scene.agreement.tier);
      // Whoever decides read here, as a second person, what was signed before the sourcing, and declared their interests then.
      const reading = pathway.id === 'standard' && tier !== 'small' ? { award: asks['award']!.filter((code) => code !== 'conflicts.declared') } : {};
      expect(asked).toEqual({ ...asks, ...closing(asks), ...reading });
    }
    if (tier !== 'small') expect(Object.entries(reasons).filter(([, codes]) => codes.length === 0).map(([stage]) => stage)).toEqual([]);
  },
);

test('each condition names who supplies what it misses and by which command, and whoever holds the role it names may send it', () => {
  expect({ 'gate.conditions-kept': [], 'tier.impact-said': [], 'ending.adopted-goes-on': [], 'varying.people-asked-again': [], ...Object.fromEntries([...seen].map(([code, who]) => [code, [...who].sort()])) }).toEqual(suppliers);
  const mayNot = Object.values(suppliers).flat().filter((supplier) => {
    const [who, command] = supplier.split(' by ') as [string, CommandName];
    const role = roles.find((one) => one === who.split(':')[0]);
    return role !== undefined && !rolesWith(rightOf[command]).includes(role);
  });
  expect(mayNot).toEqual([]);
});
