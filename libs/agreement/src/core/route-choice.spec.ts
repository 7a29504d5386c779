import { pathways, routes } from '@concordat/pathway';
import type { Route } from '@concordat/pathway/core';
import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { id, inDesign, provider, refusals, Scene } from './given.js';
import { ada, came, held, panel } from './given-involvement.js';

const route = (name: string): Route => routes.find(name)!;
const worth = (amount: string, currency = 'GBP') => ({ facts: { value: { amount, currency } } });
const grounded = { code: 'route.grounded', parameters: {} } as const;
const noHealth = { facts: { 'health-service': 'no' } } as const;
const by = (name: string) => inDesign.did('amend-facts', noHealth).asking(grounded).byRoute(route(name));
const choosing = (name: string, ground?: string) => ['choose-route', { route: { id: name }, ...(ground !== undefined && { ground }), why: 'Nobody else can do it.' }] as const;
const gate = ['request-gate', { stage: 'design' }] as const;
const signed = (discipline: 'legal-procurement' | 'finance', at: number) => (scene: Scene) =>
  scene
    .did('request-sign-off', { signOff: id(at), kind: 'approval', discipline })
    .did('sign-off', { signOff: id(at), versionRead: scene.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, 'approver');

describe('a direct award', () => {
  test('names one of the grounds of its own route, recorded with the choice and why', () => {
    const asked = by('pa2023-direct-award');
    expect(asked.when(...gate)).toMatchObject({ refused: [{ code: 'route.grounded', missing: [{ what: expect.stringContaining('single-supplier'), suppliedBy: 'commissioner', by: 'choose-route' }] }] });
    const chosen = asked.did(...choosing('pa2023-direct-award', 'single-supplier'));
    expect(chosen.agreement).toMatchObject({ route: { id: 'pa2023-direct-award', version: 2 }, routeChoice: { ground: 'single-supplier', why: 'Nobody else can do it.' } });
    expect(refusals(chosen.when(...gate))).toEqual([]);
    expect(refusals(chosen.when(...choosing('pa2023-direct-award', 'single-supplier')))).toEqual(['already-so']);
  });

  test('on no ground, or on one of another route, is refused with every ground there is', () => {
    for (const ground of [undefined, 'only-capable-provider']) {
      const refused = by('pa2023-direct-award').when(...choosing('pa2023-direct-award', ground));
      expect(refused).toMatchObject({ refused: [{ code: 'route.no-such-ground', missing: route('pa2023-direct-award').grounds!.map(({ id: one, says }) => ({ what: `${one}: ${says}`, by: 'choose-route' })) }] });
    }
    expect(by('pa2023-competitive').when(...choosing('pa2023-competitive', 'single-supplier'))).toMatchObject({ refused: [{ code: 'route.no-such-ground', missing: [{ what: 'no ground' }] }] });
  });

  test('every route of a direct award ships its grounds, each with who says so', () => {
    const direct = routes.latest().filter(({ id: name }) => name.includes('direct-award'));
    expect(direct.map(({ id: name, grounds = [] }) => [name, grounds.length > 0, grounds.every(({ source }) => source.cites.length > 0)])).toEqual(direct.map(({ id: name }) => [name, true, true]));
  });

  test('in urgency rests on the ground of the urgency, and on no second one', () => {
    const urgent = Scene.empty.following(pathways.find('urgent')!).byRoute(route('pa2023-direct-award')).did('open-agreement', { title: 'Tonight', kind: 'contract', pathway: { id: 'urgent' }, route: { id: 'pa2023-direct-award' }, raises: [] });
    expect(check(urgent.agreement, urgent.context()).map(({ code }) => code)).toEqual(expect.arrayContaining(['urgent.grounded']));
    expect(check(urgent.agreement, urgent.context()).map(({ code }) => code)).not.toContain('route.grounded');
  });
});

describe('a contract below the threshold', () => {
  const below = by('pa2023-below-threshold');
  const care = choosing('pa2023-below-threshold', 'light-touch-services');

  test('stays under the figure for its kind, and is refused from it on with the figure and who says so', () => {
    expect(refusals(below.did('amend-facts', worth('663539.99')).when(...care))).toEqual([]);
    expect(below.did('amend-facts', worth('663540.00')).when(...care)).toMatchObject({
      refused: [{ code: 'route.over-value', missing: [{ what: expect.stringMatching(/663540\.00 GBP is not under £663,540 with VAT \(Procurement Act 2023 Sch 1/), by: 'choose-route' }, { what: 'value', by: 'amend-facts' }] }],
    });
    expect(refusals(below.did('amend-facts', worth('300000.00')).when(...choosing('pa2023-below-threshold', 'goods-or-services')))).toEqual(['route.over-value']);
  });

  test('that is not in pounds is under no figure', () => {
    expect(refusals(below.did('amend-facts', worth('9000.00', 'EUR')).when(...care))).toEqual(['route.over-value']);
  });

  test('that grew beyond it afterwards passes no gate and is proposed for no award', () => {
    const chosen = below.did('amend-facts', worth('600000.00')).did(...care);
    const grown = chosen.did('amend-facts', worth('700000.00'));
    expect(grown.when(...gate)).toMatchObject({ refused: [{ code: 'route.grounded', missing: [{ by: 'choose-route' }, { by: 'amend-facts' }] }] });
    expect(refusals(grown.did('invite-provider', { provider }).when('propose-award', { provider, value: { amount: '663540.00', currency: 'GBP' } }))).toEqual(['route.over-value']);
    expect(chosen.did('invite-provider', { provider }).when('propose-award', { provider, value: { amount: '650000.00', currency: 'GBP' } })).toHaveProperty('accepted');
  });

  test.each(['route', 'award'])('that grew beyond it since is refused at the gate of the shipped process’s stage %s, with the figure and who says so', (stage) => {
    const standard = pathways.find('standard')!;
    const chosen = Scene.empty.following(standard).byRoute(route('pa2023-below-threshold'))
      .did('open-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-below-threshold' }, value: { amount: '600000.00', currency: 'GBP' }, raises: [] })
      .did(...care)
      .given(['concordat.agreement.stage-entered.v1', { stage, from: 'mandate' }]);
    const asked = (scene: Scene) => check(scene.agreement, scene.context()).find(({ code }) => code === 'route.grounded')!;
    expect(asked(chosen)).toMatchObject({ met: true, missing: [] });
    const grown = chosen.did('amend-facts', worth('700000.00'));
    expect(asked(grown)).toMatchObject({ met: false, missing: [{ what: expect.stringMatching(/700000\.00 GBP is not under £663,540 with VAT \(Procurement Act 2023 Sch 1/), by: 'choose-route' }, { what: 'value', by: 'amend-facts' }] });
    expect(refusals(grown.when('request-gate', { stage }))).toContain('route.grounded');
    expect(refusals(chosen.when('request-gate', { stage }))).not.toContain('route.grounded');
  });

  test('says what it is worth before its gate opens', () => {
    expect(below.did(...care).when(...gate)).toMatchObject({ refused: [{ code: 'route.grounded', missing: [{ what: 'value', by: 'amend-facts' }] }] });
  });
});

describe('what a route rests on', () => {
  const opening = (pathway: string, name: string) => ({ title: 'Beds', kind: pathways.find(pathway)!.kinds[0]!, pathway: { id: pathway }, route: { id: name }, raises: [] });
  const empty = (pathway: string, name: string) => Scene.empty.following(pathways.find(pathway)!).byRoute(route(name));

  test('an urgent award is made on a pathway that knows the ground of an urgency, and on no other', () => {
    expect(empty('standard', 'psr-urgent').when('open-agreement', opening('standard', 'psr-urgent'))).toMatchObject({ refused: [{ code: 'route.no-urgency', missing: [{ what: 'an agreement on a pathway for urgency', by: 'open-agreement' }] }] });
    expect(refusals(empty('urgent', 'psr-urgent').when('open-agreement', opening('urgent', 'psr-urgent')))).toEqual([]);
  });

  const framework = (kind: 'framework' | 'contract') =>
    empty('standard', 'pa2023-light-touch').did('take-over-agreement', { ...opening('standard', 'pa2023-light-touch'), kind, value: { amount: '600000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'F-1' }, provider }, 'importer');
  const calledOff = { child: id(700), title: 'Nights', provider, value: { amount: '9000.00', currency: 'GBP' }, pathway: { id: 'call-off' }, route: { id: 'framework-call-off' }, raises: [] };
  const beneath = (scene: Scene) => scene.following(pathways.find('call-off')!).byRoute(route('framework-call-off'));

  test('a call-off is made from a framework: it is neither opened by itself nor called off from a contract', () => {
    for (const pathway of ['call-off', 'standard']) {
      expect(empty(pathway, 'framework-call-off').when('open-agreement', opening(pathway, 'framework-call-off'))).toMatchObject({ refused: [{ code: 'route.no-framework', missing: [{ by: 'call-off' }] }] });
    }
    expect(refusals(beneath(framework('framework')).when('call-off', calledOff))).toEqual([]);
    expect(refusals(beneath(framework('contract')).when('call-off', calledOff))).toEqual(['route.no-framework']);
  });

  test('what was awarded before Concordat rests on what it rested on then; what is still to be awarded does not', () => {
    const taking = (stage: string) => empty('standard', 'framework-call-off').when('take-over-agreement', { ...opening('standard', 'framework-call-off'), stage, from: { source: 'Contract register', reference: 'C-1' } }, 'importer');
    expect(refusals(taking('delivery'))).toEqual([]);
    expect(refusals(taking('sourcing'))).toEqual(['route.no-framework']);
  });

  test('what is varied or ended goes on by the route it was awarded by, and no ground is asked anew', () => {
    for (const pathway of ['extend-or-vary', 'decommission']) {
      for (const { id: name } of routes.latest().filter(({ restsOn }) => restsOn !== undefined)) expect(refusals(empty(pathway, name).when('open-agreement', opening(pathway, name)))).toEqual([]);
    }
    const varied = empty('extend-or-vary', 'pa2023-direct-award').did('open-agreement', opening('extend-or-vary', 'pa2023-direct-award'));
    expect(check({ ...varied.agreement, stage: 'award' }, varied.context()).map(({ code }) => code)).not.toContain('route.grounded');
    expect(refusals(varied.when(...choosing('pa2023-direct-award', 'single-supplier')))).toEqual(['route.no-such-ground']);
  });

  test('nobody comes to it by choosing another route afterwards', () => {
    const chosen = (name: string) => refusals(by(name).when(...choosing(name)));
    expect([chosen('framework-call-off'), chosen('psr-urgent')]).toEqual([['route.no-framework'], ['route.other-regime', 'route.no-urgency']]);
  });
});

describe('another route', () => {
  const standard = pathways.find('standard')!;
  const unasked = Scene.empty.following(standard).byRoute(route('pa2023-competitive'))
    .did('open-agreement', { title: 'Beds', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, value: { amount: '90000.00', currency: 'GBP' }, raises: [] });
  const opened = unasked.did('amend-facts', noHealth);
  const at = (stage: string, name: string) => opened.given(['concordat.agreement.stage-entered.v1', { stage, from: 'mandate' }]).byRoute(route(name));

  test('is chosen while it is open, and what rests on the route is signed and decided anew', () => {
    const both = signed('finance', 51)(signed('legal-procurement', 50)(at('route', 'pa2023-light-touch')));
    const chosen = both.did(...choosing('pa2023-light-touch'));
    expect(chosen.agreement).toMatchObject({ route: { id: 'pa2023-light-touch' }, routeChoice: { ground: null } });
    const stale = (discipline: 'legal-procurement' | 'finance') => chosen.agreement.content[discipline] !== both.agreement.content[discipline];
    expect([stale('legal-procurement'), stale('finance'), chosen.agreement.content.decision === both.agreement.content.decision]).toEqual([true, false, false]);
  });

  test('is approved by nobody who chose it', () => {
    const chosen = at('route', 'pa2023-light-touch').did(...choosing('pa2023-light-touch'), 'colleague').did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'legal-procurement' });
    const sign = { signOff: id(50), versionRead: chosen.agreement.content['legal-procurement'], outcome: { is: 'granted', conditions: [] } } as const;
    expect(chosen.when('sign-off', sign, 'colleague')).toMatchObject({ refused: [{ missing: [{ what: 'someone other than the one who chose the route it rests on' }] }] });
    expect(refusals(chosen.when('sign-off', sign, 'approver'))).toEqual([]);
  });

  test('asks at once for what it would have asked at gates that were passed', () => {
    const health = at('sourcing', 'psr-direct-award-a');
    expect(health.when(...choosing('psr-direct-award-a', 'only-capable-provider'))).toMatchObject({ refused: [{ code: 'route.asks-more', missing: [{ what: 'qia', by: 'amend-facts' }, { what: expect.stringContaining('clinical-quality') }] }] });
    expect(refusals(at('needs', 'psr-direct-award-a').when(...choosing('psr-direct-award-a', 'only-capable-provider')))).toEqual([]);
    const sourcing = unasked.given(['concordat.agreement.stage-entered.v1', { stage: 'sourcing', from: 'mandate' }]).byRoute(route('pa2023-light-touch'));
    expect(sourcing.when(...choosing('pa2023-light-touch'))).toMatchObject({ refused: [{ code: 'route.asks-more', missing: [{ what: 'health-service', by: 'amend-facts' }] }] });
  });

  test('asks nothing that only the last gate asks, as whether everyone was told and every promise kept', () => {
    const cameBefore = at('route', 'pa2023-light-touch').given(held(panel), came(panel, ada)).did('make-commitment', { commitment: id(30), what: 'The same carer each week', by: '2027-05-01' });
    expect(refusals(cameBefore.when(...choosing('pa2023-light-touch')))).toEqual([]);
  });

  test('asks for the word of providers that an in-house service was not asked for, unless that was waived', () => {
    const inHouse = at('sourcing', 'in-house').did('amend-facts', worth('900000.00')).did(...choosing('in-house')).byRoute(route('pa2023-light-touch'));
    const choose = (scene: Scene) => scene.when(...choosing('pa2023-light-touch'));
    expect(choose(inHouse)).toMatchObject({ refused: [{ code: 'route.asks-more', missing: [{ suppliedBy: 'commissioner', by: 'record-provider-engagement' }] }] });
    expect(refusals(choose(inHouse.did('record-provider-engagement', { engagement: id(300), outcome: { is: 'not-useful', because: 'All of them wrote last spring.' } })))).toEqual([]);
    const waiver = { waiver: id(170), condition: 'providers.engaged', stage: 'route', team: 'x' } as const;
    const waived = inHouse.given(
      ['concordat.agreement.waiver-asked.v1', { ...waiver, planned: 'x', offered: 'x', whyNot: 'x', instead: 'x', insteadBy: '2026-09-01', commitment: id(420), expiresOn: '2026-09-01' }],
      ['concordat.agreement.condition-waived.v1', { ...waiver, countsWith: [] }],
    );
    expect(refusals(choose(waived))).toEqual([]);
    expect(refusals(choose(at('needs', 'in-house').byRoute(route('pa2023-light-touch'))))).toEqual([]);
  });

  test('comes before anybody is proposed for an award by the first', () => {
    const proposed = at('route', 'pa2023-light-touch').did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } });
    expect(proposed.when(...choosing('pa2023-light-touch'))).toMatchObject({ refused: [{ code: 'route.award-proposed', missing: [{ by: 'return-to-stage' }] }] });
  });

  test('comes before the gate of the award, at which the first may have asked for no notice, no standstill and no acceptance', () => {
    const inHouse = opened.byRoute(route('in-house')).did(...choosing('in-house'));
    const passed = (stage: string) => inHouse.given(['concordat.agreement.stage-entered.v1', { stage, from: 'award' }]).byRoute(route('pa2023-light-touch'));
    const before = { code: 'route.award-passed', missing: [{ what: 'the stage award or one before it', suppliedBy: 'commissioner', by: 'return-to-stage' }] } as const;
    for (const stage of ['mobilisation', 'delivery']) expect([stage, passed(stage).when(...choosing('pa2023-light-touch'))]).toMatchObject([stage, { refused: expect.arrayContaining([expect.objectContaining(before)]) }]);
    expect(refusals(passed('mobilisation').did('return-to-stage', { stage: 'award', reason: 'It goes out.' }).when(...choosing('pa2023-light-touch')))).not.toContain('route.award-passed');
    // How it was awarded before Concordat nobody here knows: its route is put right.
    const taken = Scene.empty.following(standard).byRoute(route('in-house')).did('take-over-agreement', { title: 'Beds', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'in-house' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' } }, 'importer');
    expect(refusals(taken.byRoute(route('pa2023-light-touch')).when(...choosing('pa2023-light-touch')))).not.toContain('route.award-passed');
  });

  test('is of a regime the pathway knows', () => {
    expect(refusals(at('route', 'grant').when(...choosing('grant')))).toEqual(['route.other-regime']);
  });
});
