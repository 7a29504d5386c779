import type { Pathway } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { id, inDesign, people, provider, refusals, route, Scene, type Who } from './given.js';
import { north, south, told, whole } from './given-lots.js';
import { simulate } from './pathway-change.js';

const opening = { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club', version: 1 }, route: { id: route.id, version: 1 }, raises: [] } as const;
const takenOver = { ...opening, stage: 'delivery', from: { source: 'contract register', reference: 'C-17' }, provider } as const;
const second = { version: 2, title: 'Lunch club', since: '2026-04-01' };
const secondRoute = { version: 2, title: 'Competitive', since: '2026-04-01' };
const since = (scene: Scene): Scene => scene.inUseOf('lunch-club', second).inUseOf(route.id, secondRoute);

test('what begins begins on the versions of its pathway and route in use that day, and is told which and since when', () => {
  const supplied = { suppliedBy: 'commissioner', by: 'open-agreement' };
  expect(since(Scene.empty).when('open-agreement', opening)).toMatchObject({
    refused: [
      { code: 'pathway.not-in-use', asks: 'What begins today begins on version 2 of “Lunch club”, in use since 2026-04-01.', missing: [{ ...supplied, what: 'pathway: lunch-club, version 2' }] },
      { code: 'route.not-in-use', asks: 'What begins today begins on version 2 of “Competitive”, in use since 2026-04-01.', missing: [{ ...supplied, what: `route: ${route.id}, version 2` }] },
    ],
  });
  expect(refusals(Scene.empty.when('open-agreement', opening))).toEqual([]);
});

test('nor does it begin on a version that is not in use yet', () => {
  const ahead = Scene.empty.following({ ...Scene.empty.pathway, version: 3 }).inUseOf('lunch-club', { version: 2, title: 'Lunch club' });
  expect(ahead.when('open-agreement', { ...opening, pathway: { id: 'lunch-club', version: 3 } })).toMatchObject({ refused: [{ code: 'pathway.not-in-use', asks: 'What begins today begins on version 2 of “Lunch club”.' }] });
});

test('what is taken over, called off or placed begins so, too', () => {
  const framework = Scene.empty.did('take-over-agreement', { ...takenOver, kind: 'framework', value: { amount: '90000.00', currency: 'GBP' } }, 'importer');
  const beneath = { child: id(230), provider, value: { amount: '100.00', currency: 'GBP' }, pathway: { id: 'lunch-club', version: 1 }, route: { id: route.id, version: 1 }, raises: [] } as const;
  const both = ['pathway.not-in-use', 'route.not-in-use'];
  expect(refusals(since(Scene.empty).when('take-over-agreement', takenOver, 'importer'))).toEqual(both);
  expect(refusals(since(framework).when('call-off', { ...beneath, title: 'Nights' }))).toEqual(both);
  expect(refusals(since(framework).when('place-people', { ...beneath, people: 5, rate: { amount: '20.00', currency: 'GBP' }, per: 'hour' }))).toEqual(both);
  expect(refusals(framework.when('call-off', { ...beneath, title: 'Nights' }))).toEqual([]);
});

describe('on a process that an organisation published itself', () => {
  const ships = inDesign.pathway;
  const own: Pathway = { ...ships, id: 'northshire.lunch', basedOn: { id: ships.id, version: ships.version } };
  const [mandate, ...others] = ships.stages as [Pathway['stages'][0], ...Pathway['stages']];
  const asking = { ...mandate, gate: { preliminary: false, conditions: [{ code: 'facts.present', tiers: { small: { facts: ['place'] } } }] } } as const;
  const strict: Pathway = { ...ships, stages: [asking, ...others] };
  const beginning = { ...opening, pathway: { id: own.id, version: 1 } } as const;
  const open = (scene: Scene, ...who: readonly Who[]) => who.map((one) => refusals(scene.publishedBy('colleague').when('open-agreement', beginning, one)));
  const lighter = Scene.empty.following(own).publishing(strict);

  test('that asks less than the one it is based on, whoever published it begins nothing: a second person does', () => {
    expect(lighter.publishedBy('colleague').when('open-agreement', beginning, 'colleague')).toMatchObject({
      refused: [{ code: 'pathway.own-hands', missing: [{ what: 'someone other than the one who published it', suppliedBy: 'commissioner', by: 'open-agreement' }] }],
    });
    expect(open(lighter, 'commissioner')).toEqual([[]]);
    expect(open(lighter.knowing('commissioner', { identities: [{ person: people.colleague, provider: null }] }), 'commissioner')).toEqual([['pathway.own-hands']]);
    expect(refusals(lighter.publishedBy('colleague').when('take-over-agreement', { ...takenOver, ...beginning, stage: 'mandate' }, 'colleague'))).toEqual(['pathway.own-hands']);
  });

  test('that asks as much or more they do', () => {
    expect(open(lighter.publishing(ships), 'colleague')).toEqual([[]]);
    expect(open(lighter.following({ ...own, stages: [asking, ...others] }), 'colleague')).toEqual([[]]);
  });
});

test('what runs on an earlier version runs on: its gates open, and a ground is chosen on the route it has', () => {
  const later = since(inDesign);
  expect(refusals(later.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(refusals(later.when('choose-route', { route: { id: route.id, version: 1 }, ground: 'single', why: 'x' }))).toEqual([]);
});

test('another route is chosen in the version in use', () => {
  const other = { ...route, id: 'pa2023-other' };
  const scene = inDesign.byRoute(other);
  const choice = { route: { id: other.id, version: 1 }, ground: 'single', why: 'x' } as const;
  expect(scene.inUseOf(other.id, secondRoute).when('choose-route', choice)).toMatchObject({ refused: [{ code: 'route.not-in-use', missing: [{ what: 'route: pa2023-other, version 2', by: 'choose-route' }] }] });
  expect(refusals(scene.when('choose-route', choice))).toEqual([]);
});

test('an agreement is migrated to the version in use or a later one, and comes by no other pathway to an earlier one', () => {
  const own: Pathway = { ...inDesign.pathway, id: 'northshire.lunch', basedOn: { id: 'lunch-club', version: 1 } };
  const versions = [1, 2, 3].map((version): Pathway => ({ ...inDesign.pathway, version }));
  const moved = inDesign.publishing(own).did('migrate-pathway', { pathway: { id: own.id, version: 1 } }, 'outsider').following(own).publishing(...versions).inUseOf('lunch-club', second);
  const back = (version: number) => moved.when('migrate-pathway', { pathway: { id: 'lunch-club', version } }, 'outsider');
  expect(back(1)).toMatchObject({
    refused: [{ code: 'pathway.not-in-use', asks: 'An agreement goes on to version 2 of “Lunch club”, in use since 2026-04-01, or to a later one.', missing: [{ what: 'pathway: lunch-club, version 2 or later', suppliedBy: 'administrator', by: 'migrate-pathway' }] }],
  });
  expect([refusals(back(2)), refusals(back(3))]).toEqual([[], []]);
  expect(simulate(moved.agreement, versions[0]!, undefined, moved.context())).toMatchObject({ is: 'stranded', refusals: [{ code: 'pathway.not-in-use' }] });
});

test('the contracts of a split go on by the version that the whole followed', () => {
  const split = since(told).did('split', whole);
  expect([north, south].map((contract) => [split.inside(contract).agreement.pathway, split.inside(contract).agreement.route])).toEqual(
    [told, told].map(({ agreement }) => [agreement.pathway, agreement.route]),
  );
});
