import { describe, expect, test } from '@jest/globals';
import { pathways } from '@concordat/pathway';
import type { Pathway } from '@concordat/pathway/core';
import { admits } from './decide.js';
import { given, id, inDesign, opened, pathwayAsking, people, provider, refusals, route, Scene, type Who } from './given.js';
import { ada, held as planned, invited, missingAt, panel } from './given-involvement.js';
import { rightOf } from './rights.js';
import { noLevels } from './risk.js';
import { pastTheStart } from './service-start.js';
import type { SignOffOutcome } from './sign-off.js';

const opening = { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: route.id }, raises: [] } as const;
const noConflict = { code: 'conflicts.declared', parameters: { roles: ['commissioner', 'decision-maker'] } } as const;
const finance = { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } } as const;

test('an agreement begins in the first stage, on the versions that are published, in the tier of its value', () => {
  const { agreement } = Scene.empty.did('open-agreement', { ...opening, value: { amount: '9000.00', currency: 'GBP' } });
  expect(agreement).toMatchObject({
    stage: 'mandate',
    lifecycle: 'open',
    tier: 'small',
    title: 'Lunch club',
    pathway: { id: 'lunch-club', version: 1 },
    openedBy: people.commissioner,
    openedAt: '2026-06-01T09:00:00.000000Z',
  });
});

test('ending a service, a closed setting or an untried model goes up one tier', () => {
  const raised = Scene.empty.did('open-agreement', { ...opening, value: { amount: '9000.00', currency: 'GBP' }, raises: ['untried-model'] });
  expect(raised.agreement.tier).toBe('standard');
});

test('a kind the pathway is not for and a route of another regime are both refused', () => {
  expect(refusals(Scene.empty.alongRoute({ regime: 'grant' }).when('open-agreement', { ...opening, kind: 'project' }))).toEqual([
    'pathway.other-kind',
    'route.other-regime',
  ]);
});

test('an agreement is opened once', () => {
  expect(refusals(opened.when('open-agreement', opening))).toEqual(['already-so']);
});

test('nothing but a beginning is admitted before there is an agreement', () => {
  expect(refusals(Scene.empty.when('cancel', { reason: 'x' }))).toEqual(['agreement.unknown']);
});

test('an agreement taken over stands where it stood, and no gate before it is evidenced', () => {
  const { agreement } = Scene.empty.did(
    'take-over-agreement',
    { ...opening, stage: 'delivery', from: { source: 'contract register', reference: 'C-17' }, provider },
    'importer',
  );
  expect(agreement.stage).toBe('delivery');
  expect(agreement.stages).toMatchObject({ mandate: { gate: 'not-evidenced' }, design: { gate: 'not-evidenced' }, delivery: { gate: 'shut' } });
  expect(agreement.award.parties).toEqual({ [provider]: 'provider' });
});

test('what somebody takes over with its service under way has started; before the start its period may be ahead', () => {
  const [mandate, design, delivery] = Scene.empty.pathway.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
  const world = Scene.empty.following({ ...Scene.empty.pathway, stages: [mandate, design, { ...delivery, startsService: true }] });
  const taken = (stage: string, startsOn: string, who: 'commissioner' | 'importer' = 'commissioner') =>
    world.when('take-over-agreement', { ...opening, stage, from: { source: 'contract register', reference: 'C-17' }, facts: { 'contract-period': { startsOn, endsOn: '2027-05-31' } } }, who);
  expect(taken('delivery', '2026-06-02')).toMatchObject({
    refused: [{ code: 'take-over.not-started', missing: [{ what: 'contract-period: startsOn 2026-06-01 or earlier, or a stage before the start', suppliedBy: 'commissioner', by: 'take-over-agreement' }] }],
  });
  expect([refusals(taken('delivery', '2026-06-01')), refusals(taken('design', '2026-06-02'))]).toEqual([[], []]);
  // Since when it runs is said, and until when.
  const said = (stage: string, who: 'commissioner' | 'importer') => world.when('take-over-agreement', { ...opening, stage, from: { source: 'contract register', reference: 'C-17' } }, who);
  expect(said('delivery', 'commissioner')).toMatchObject({ refused: [{ code: 'take-over.period-unknown', missing: [{ what: 'contract-period, or a stage before the start', suppliedBy: 'commissioner', by: 'take-over-agreement' }] }] });
  expect([refusals(said('design', 'commissioner')), refusals(said('delivery', 'importer'))]).toEqual([[], []]);
  // A notice that says of itself that it runs is taken at its word.
  expect(refusals(taken('delivery', '2026-06-02', 'importer'))).toEqual([]);
});

test('a stage that is not of the pathway and a provider that is not registered are both refused', () => {
  const decision = Scene.empty.when('take-over-agreement', { ...opening, stage: 'moon', from: { source: 's', reference: 'r' }, provider: id(99) });
  expect(refusals(decision)).toEqual(['stage.unknown', 'provider.unknown']);
});

test('a gate that is met opens, says what it asked, and the next stage is entered', () => {
  expect(opened.when('request-gate', { stage: 'mandate' })).toMatchObject({
    accepted: [
      { type: 'concordat.agreement.gate-opened.v1', data: { stage: 'mandate', conditions: [] } },
      { type: 'concordat.agreement.stage-entered.v1', data: { stage: 'design', from: 'mandate' } },
    ],
  });
});

test('a gate names every condition that is not met, not only the first', () => {
  const decision = inDesign.asking(noConflict, finance).when('request-gate', { stage: 'design' });
  expect(decision).toMatchObject({
    refused: [
      { code: 'conflicts.declared', missing: [{ suppliedBy: 'commissioner', by: 'declare-conflict' }, { suppliedBy: 'decision-maker' }, { suppliedBy: `person-${people.commissioner}` }] },
      { code: 'sign-offs.granted', missing: [{ suppliedBy: 'commissioner', by: 'request-sign-off' }] },
    ],
  });
});

test('the same request sent twice does not pass two gates', () => {
  const scene = opened.did('request-gate', { stage: 'mandate' });
  expect(refusals(scene.when('request-gate', { stage: 'mandate' }))).toEqual(['stage.not-here']);
});

test('the last gate closes the agreement, and nothing is admitted after', () => {
  const closed = inDesign.did('request-gate', { stage: 'design' }).did('request-gate', { stage: 'delivery' });
  expect(closed.agreement.lifecycle).toBe('closed');
  expect(refusals(closed.when('amend-facts', { facts: { place: 'Leith' } }))).toEqual(['agreement.closed']);
});

describe('going back', () => {
  const inDelivery = inDesign
    .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' })
    .did('request-gate', { stage: 'design' })
    .did('amend-facts', { facts: { place: 'Leith' } })
    .did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'equality' });

  test('what was asked and granted in later stages falls, what was of the stage itself stays, and what is known stays', () => {
    const { agreement } = inDelivery.did('return-to-stage', { stage: 'design', reason: 'The kitchen closed.' });
    expect(agreement.stage).toBe('design');
    expect(agreement.signOffs.map((signOff) => signOff.id)).toEqual([id(50)]);
    expect(agreement.facts.place?.value).toBe('Leith');
    expect(agreement.stages).toEqual({ mandate: expect.objectContaining({ gate: 'opened' }), design: expect.objectContaining({ gate: 'shut' }) });
  });

  test('what was refused is not forgotten by going back over it: asked anew, somebody else grants it as it stands beside a second person', () => {
    const asking = (scene: Scene, signOff: string) => scene.did('request-sign-off', { signOff, kind: 'approval', discipline: 'finance' }, 'colleague');
    const heads = inDesign.knowing('stranger', { grants: [{ grant: id(900), role: 'approver', discipline: 'finance' }] });
    const signing = (scene: Scene, signOff: string, outcome: SignOffOutcome, who: Who) => scene.did('sign-off', { signOff, versionRead: scene.agreement.content.finance, outcome }, who);
    const refused = signing(asking(heads, id(51)), id(51), { is: 'refused', reason: 'It is too dear.' }, 'approver');
    const again = refused.did('return-to-stage', { stage: 'mandate', reason: 'Another look' }).did('request-gate', { stage: 'mandate' });
    const missing = (scene: Scene) => missingAt(scene, finance.code, finance.parameters).map(({ what }) => what);
    expect(missing(again)).toEqual(['approval of finance: refused']);
    const shopped = signing(asking(again, id(52)), id(52), { is: 'granted', conditions: [] }, 'stranger');
    expect(missing(shopped)).toEqual(['approval of finance: waits for a second person, because it was granted by the one who answers what somebody else refused as it stands']);
  });

  test('an agreement never returns forward, to where it is, or to a stage that is not of its pathway', () => {
    expect(refusals(inDesign.when('return-to-stage', { stage: 'delivery', reason: 'x' }))).toEqual(['stage.not-earlier']);
    expect(refusals(inDesign.when('return-to-stage', { stage: 'design', reason: 'x' }))).toEqual(['already-so']);
    expect(refusals(inDesign.when('return-to-stage', { stage: 'moon', reason: 'x' }))).toEqual(['stage.unknown']);
  });
});

describe('a service that has started', () => {
  const starting = { ...Scene.empty.pathway, stages: Scene.empty.pathway.stages.map((stage) => (stage.id === 'delivery' ? { ...stage, startsService: true as const } : stage)) };
  const before = inDesign.following(starting);
  const running = before.did('request-gate', { stage: 'design' });
  const cancel = (scene: Scene) => refusals(scene.when('cancel', { reason: 'No money.' }));

  test('is not cancelled by whoever leads it: it ends by its last gates, or by an agreement that ended it', () => {
    expect(cancel(before)).toEqual([]);
    expect(running.when('cancel', { reason: 'No money.' })).toMatchObject({
      refused: [{ code: 'agreement.running', missing: [{ what: 'the gate of its last stage', by: 'request-gate' }, { what: 'an agreement that ends it, decided on and closed once everybody has an arrangement', by: 'link-agreement' }] }],
    });
    expect(cancel(running.did('hold', { reason: 'Snow.' }))).toEqual(['agreement.running']);
    expect(refusals(running.when('request-gate', { stage: 'delivery' }))).toEqual([]);
  });

  test.each(pathways.all.filter(({ keepsRoute }) => keepsRoute !== true).map((pathway) => [`${pathway.id} ${pathway.version}`, pathway] as const))('is cancelled in no stage of %s from its delivery on', (_, pathway) => {
    const stages = pathway.stages.map(({ id: stage }) => stage);
    const standing = (stage: string) => inDesign.following(pathway).given(['concordat.agreement.stage-entered.v1', { stage, from: 'design' }]);
    expect(stages.filter((stage) => cancel(standing(stage)).includes('agreement.running'))).toEqual(stages.slice(stages.indexOf('delivery')));
  });

  test('is taken out again where it was taken over by mistake and nobody did anything on it since', () => {
    const from = { source: 'Contract register', reference: 'C-1' };
    const taken = Scene.empty.following(starting).did('take-over-agreement', { ...opening, stage: 'delivery', from, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } } });
    expect(cancel(taken)).toEqual([]);
    expect(cancel(taken.did('hold', { reason: 'Is it ours?' }))).toEqual([]);
    expect(cancel(taken.did('hold', { reason: 'Is it ours?' }).did('resume', {}))).toEqual([]);
    expect(taken.did('cancel', { reason: 'Another row.' }).agreement).toMatchObject({ lifecycle: 'cancelled', cancelled: { reason: 'Another row.' } });
    expect(cancel(taken.did('amend-facts', { facts: { place: 'Leith' } }))).toEqual(['agreement.running']);
    const withoutProvider = Scene.empty.following(starting).did('take-over-agreement', { ...opening, stage: 'delivery', from, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } } });
    expect(cancel(withoutProvider.did('return-to-stage', { stage: 'design', reason: 'x' }))).toEqual(['agreement.running']);
  });

  test('goes on when its agreement goes back before the start', () => {
    const back = running.did('return-to-stage', { stage: 'design', reason: 'The kitchen closed.' });
    expect(cancel(back)).toEqual(['agreement.running']);
    expect(cancel(back.did('return-to-stage', { stage: 'mandate', reason: 'All of it.' }))).toEqual(['agreement.running']);
    expect(cancel(before.did('return-to-stage', { stage: 'mandate', reason: 'All of it.' }))).toEqual([]);
  });

  test('goes on with whoever it was awarded to: nobody goes back behind its award, or to the stage whose gate made it', () => {
    const value = { amount: '9000.00', currency: 'GBP' } as const;
    const awarded = before.did('invite-provider', { provider }).given(['concordat.agreement.awarded.v1', { provider, value }]);
    const provided = awarded.did('request-gate', { stage: 'design' });
    for (const stage of ['mandate', 'design']) {
      expect(provided.when('return-to-stage', { stage, reason: 'Look again.' })).toMatchObject({
        refused: [{ code: 'agreement.running', missing: [{ what: 'a variation', by: 'propose-variation' }, { what: 'an agreement that ends it', by: 'link-agreement' }] }],
      });
    }
    expect(provided.when('propose-award', { provider, value })).toMatchObject({ refused: [{ code: 'award.made', missing: [{ by: 'propose-variation' }] }] });
    expect(refusals(provided.when('return-to-stage', { stage: 'moon', reason: 'x' }))).toEqual(['stage.unknown']);
    expect(awarded.did('return-to-stage', { stage: 'mandate', reason: 'Look again.' }).agreement.award).toMatchObject({ original: null });
    // So does what was taken over with its provider.
    const taken = Scene.empty.following(starting).did('take-over-agreement', { ...opening, stage: 'delivery', from: { source: 'contract register', reference: 'C-17' }, provider }, 'importer');
    expect(refusals(taken.when('return-to-stage', { stage: 'design', reason: 'Look again.' }))).toEqual(['agreement.running']);
  });

  test('of the house’s own rests on its decision: nobody goes back over that, nor to the stage whose gate opened on it, and everybody to what lies behind it', () => {
    const [mandate, design, delivery] = starting.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
    const asking = inDesign.asking({ code: 'decision.in-force', parameters: {} });
    const own = asking.following({ ...asking.pathway, stages: [mandate, asking.pathway.stages[1]!, { ...design, id: 'mobilisation' }, delivery] });
    const deciding = { decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: own.today, inForceFrom: own.today, weighed: 'x', versionRead: own.decisionVersion } as const;
    const ready = own.did('record-decision', deciding, 'decisionMaker').did('request-gate', { stage: 'design' });
    const started = ready.did('request-gate', { stage: 'mobilisation' });
    const back = (scene: Scene, stage: string) => scene.when('return-to-stage', { stage, reason: 'Look again.' });
    for (const stage of ['mandate', 'design']) expect(back(started, stage)).toMatchObject({ refused: [{ code: 'agreement.running', missing: [{ by: 'link-agreement' }] }] });
    expect(refusals(back(started, 'mobilisation'))).toEqual([]);
    // Also where another took its place since, and fell.
    const anew = started.did('record-decision', { ...deciding, decision: id(61), versionRead: started.decisionVersion }, 'decisionMaker');
    expect(refusals(back(anew, 'design'))).toEqual(['agreement.running']);
    for (const one of [started, anew]) expect(refusals(back(one.did('return-to-stage', { stage: 'mobilisation', reason: 'x' }), 'mandate'))).toEqual(['agreement.running']);
    expect(refusals(back(ready, 'mandate'))).toEqual([]);
  });

  test('goes back to its delivery where it was taken over at its review, and not behind the award that was made before', () => {
    const standard = pathways.find('standard', 2)!;
    const taken = Scene.empty.following(standard).did('take-over-agreement', { ...opening, pathway: { id: 'standard' }, stage: 'review', from: { source: 'contract register', reference: 'C-18' }, provider }, 'importer');
    const back = (stage: string) => taken.when('return-to-stage', { stage, reason: 'The review came too early.' });
    expect(refusals(back('delivery'))).toEqual([]);
    expect(taken.did('return-to-stage', { stage: 'delivery', reason: 'x' }).agreement.award).toEqual(taken.agreement.award);
    for (const stage of ['award', 'sourcing']) expect(refusals(back(stage))).toEqual(['agreement.running']);
  });

  test('goes back to what lies behind its award with that award', () => {
    const [mandate, design, delivery] = starting.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
    const withMobilisation = before.following({ ...starting, stages: [mandate, design, { ...design, id: 'mobilisation' }, delivery] });
    const awarded = withMobilisation.did('invite-provider', { provider }).given(['concordat.agreement.awarded.v1', { provider, value: { amount: '9000.00', currency: 'GBP' } }]);
    const provided = awarded.did('request-gate', { stage: 'design' }).did('request-gate', { stage: 'mobilisation' });
    const back = provided.did('return-to-stage', { stage: 'mobilisation', reason: 'The hall was not ready.' });
    expect(back.agreement.award).toEqual(provided.agreement.award);
    expect(refusals(back.when('return-to-stage', { stage: 'design', reason: 'x' }))).toEqual(['agreement.running']);
  });

  describe.each(pathways.all.filter(({ id: of }) => of === 'extend-or-vary').map((pathway) => [pathway.version, pathway] as const))('that goes on by an extension (version %i)', (_, pathway) => {
    const value = { amount: '9000.00', currency: 'GBP' } as const;
    const going = inDesign.following(pathway).given(['concordat.agreement.stage-entered.v1', { stage: 'award', from: 'people' }], ['concordat.agreement.provider-invited.v1', { provider }]);
    const goesOn = going.given(['concordat.agreement.awarded.v1', { provider, value }], ['concordat.agreement.stage-entered.v1', { stage: 'close', from: 'award' }]);

    test('goes on from its award: nobody cancels it or goes back behind that award', () => {
      expect([cancel(going), cancel(goesOn)]).toEqual([[], ['agreement.running']]);
      expect(goesOn.when('return-to-stage', { stage: 'people', reason: 'Look again.' })).toMatchObject({ refused: [{ code: 'agreement.running', missing: [{ by: 'propose-variation' }, { by: 'link-agreement' }] }] });
      expect(goesOn.when('propose-award', { provider, value })).toMatchObject({ refused: [{ code: 'award.made', missing: [{ by: 'propose-variation' }] }] });
    });

    test('is taken over behind its award by nobody before it started', () => {
      const taken = (startsOn: string, stage: string) =>
        refusals(Scene.empty.following(pathway).when('take-over-agreement', { ...opening, pathway: { id: pathway.id }, stage, from: { source: 'x', reference: 'x' }, provider, facts: { 'contract-period': { startsOn, endsOn: '2027-12-31' } } }));
      expect([taken('2026-06-01', 'close'), taken('2026-06-02', 'close')]).toEqual([[], ['take-over.not-started']]);
    });

    test('has what safeguarding is owed before its award', () => {
      const owed = going.did('amend-facts', { facts: { 'contract-period': { startsOn: '2027-01-01', endsOn: '2027-12-31' } } });
      const due = { discipline: 'safeguarding', dueOn: '2026-12-31' } as const;
      const late = (scene: Scene) => pastTheStart(scene.agreement, due.discipline, due.dueOn, scene.context(), { suppliedBy: 'commissioner' });
      expect(late(owed)).toMatchObject({ code: 'condition.safeguarding-past-start', missing: [{ what: 'what safeguarding is owed, before this gate' }] });
      expect(late(owed.did('return-to-stage', { stage: 'people', reason: 'x' }))).toBe(false);
    });
  });

  test('is over once what ended it is closed, behind a decision and an arrangement for everybody, and not while that is under way', () => {
    const earlier = id(60);
    const asks = (...codes: readonly ('decision.in-force' | 'transition.every-group')[]) => pathwayAsking(...codes.map((code) => ({ code, parameters: {} })));
    const closedOn = (follows: Pathway, begins: Scene) =>
      begins.following({ ...follows, raises: ['ends-a-service'] }).beside(earlier, running.agreement).did('link-agreement', { to: earlier, as: 'ends' }).given(
        ['concordat.agreement.gate-opened.v1', { stage: 'design', tier: 'standard', decision: 'opened', conditions: [], waivers: [], onCondition: [] }],
        ['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' }],
      );
    const left = (ending: Scene, follows: Pathway) => cancel(ending.inside(earlier).following(starting).publishing(follows));
    const both = asks('decision.in-force', 'transition.every-group');
    const ending = closedOn(both, inDesign);
    expect(left(ending, both)).toEqual(['agreement.running']);
    const ended = (follows: Pathway, begins = inDesign) => closedOn(follows, begins).given(['concordat.agreement.closed.v1', { from: 'delivery' }]);
    expect(left(ended(both), both)).toEqual([]);
    for (const less of [asks(), asks('decision.in-force'), asks('transition.every-group')]) expect(left(ended(less), less)).toEqual(['agreement.running']);
    // Nor by what was taken over behind these gates, of which nobody here knows how they were passed.
    const takenOver = Scene.empty.did('take-over-agreement', { ...opening, stage: 'delivery', from: { source: 'x', reference: 'x' } }, 'importer').following({ ...both, raises: ['ends-a-service'] });
    const closed = takenOver.beside(earlier, running.agreement).did('link-agreement', { to: earlier, as: 'ends' }).did('request-gate', { stage: 'delivery' });
    expect([closed.agreement.lifecycle, left(closed, both)]).toEqual(['closed', ['agreement.running']]);
  });
});

describe('an agreement on hold', () => {
  const held = given(['concordat.agreement.held.v1', { reason: 'Election', until: null }]);

  test('admits that it is resumed or cancelled, and nothing that would move it', () => {
    expect(refusals(held.when('request-gate', { stage: 'design' }))).toEqual(['agreement.held']);
    expect(held.did('resume', {}).agreement.lifecycle).toBe('open');
    expect(held.did('cancel', { reason: 'No money' }).agreement).toMatchObject({ lifecycle: 'cancelled', held: null, cancelled: { reason: 'No money', at: expect.stringMatching(/^2026-06-01T/) } });
  });

  test('says with it whatever else is wrong, so that nobody resumes to be refused again; one that is over says that alone', () => {
    const nothing = { 'co-produced': null, 'professional-only': null, 'not-acting': null };
    const risk = { risk: id(71), title: 'x', domain: 'moon', bearers: [], owner: id(99), scores: nothing, levels: noLevels, reviewOn: '2020-01-01' } as const;
    expect(refusals(held.when('raise-risk', risk))).toEqual(['agreement.held', 'risk.nobody-carries-it', 'person.unknown', 'risk.domain-unknown', 'risk.review-not-ahead']);
    expect(refusals(held.asking({ code: 'risk.three-way', parameters: { top: 10 } }).when('request-gate', { stage: 'design' }))).toEqual(['agreement.held', 'risk.three-way']);
    expect(refusals(held.did('cancel', { reason: 'x' }).when('raise-risk', risk))).toEqual(['agreement.cancelled']);
  });

  test('hears what others say all the same: a hold stops no standstill, lets no invitation lapse and keeps no concern out', () => {
    const on = held.given(planned(panel), invited(panel, ada), ['concordat.agreement.statement-sought.v1', {
      statement: id(81), group: 'carers', of: 'carer-led-body', form: 'easy-read', advocacyOffered: true, stage: 'design', risks: ['burden'], askedOn: '2026-05-01',
    }]);
    const words = { subject: ada, sealed: 'x' };
    const challenge = { challenge: id(180), kind: 'proceedings', from: 'Meals Ltd', about: 'Price', receivedOn: '2026-06-01' } as const;
    expect(refusals(on.when('record-challenge', challenge))).toEqual([]);
    expect(refusals(on.did('record-challenge', challenge).when('conclude-challenge', { challenge: id(180), outcome: 'withdrawn', reasons: 'x', on: '2026-06-01' }))).toEqual([]);
    expect(refusals(on.when('accept-invitation', { invitation: `${panel}/${ada}`, participant: ada }))).toEqual([]);
    expect(refusals(on.asked(ada).when('record-contribution', { contribution: id(90), activity: panel, author: ada, text: words, givenOn: '2026-06-01', kind: 'safeguarding-concern' }))).toEqual([]);
    expect(refusals(on.asked(ada).when('record-statement', { statement: id(81), view: 'content', spokenBy: ada, words }, 'representative'))).toEqual([]);
    expect(refusals(on.when('record-proxy-entry', { entry: id(81), onBehalfOf: ada, confirmed: 'signed', on: '2026-05-01' }))).toEqual([]);
  });

  test('hears what members ask and what anybody declares: no right by which others say something waits until it is resumed', () => {
    const { today, decisionVersion } = inDesign;
    const decided = inDesign.did('record-decision', {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'open', until: '2026-06-05' }, decidedOn: today, inForceFrom: '2026-06-06', weighed: 'x', versionRead: decisionVersion,
    }, 'decisionMaker').did('hold', { reason: 'A pause.' });
    expect(refusals(decided.when('call-in-decision', { decision: id(60), reason: 'The hall was not looked at.', on: today }, 'member'))).toEqual([]);
    expect(refusals(decided.when('declare-conflict', { person: people.colleague, role: 'decision-maker', interest: 'money', about: { subject: people.colleague, sealed: 'x' } }, 'colleague'))).toEqual([]);
    expect(refusals(decided.when('declare-no-conflict', { person: people.colleague, role: 'decision-maker' }, 'colleague'))).toEqual([]);
    const said = (Object.keys(rightOf) as (keyof typeof rightOf)[]).filter((command) => ['decision.call-in', 'statement.give', 'dissent.record', 'conflict.declare'].includes(rightOf[command]));
    expect(said.filter((command) => !admits('held', command))).toEqual([]);
  });

  test('is not one that was never held, and does not end before it began', () => {
    expect(inDesign.when('resume', {})).toMatchObject({ refused: [{ code: 'already-so', asks: 'Nothing to resume: the agreement is open.' }] });
    expect(refusals(inDesign.when('hold', { reason: 'x', until: '2026-06-01' }))).toEqual(['hold.until-past']);
  });
});

test('who has no right is told so, and learns nothing else about the agreement', () => {
  expect(refusals(inDesign.asking(noConflict).when('request-gate', { stage: 'design' }, 'stranger'))).toEqual(['right.missing']);
  expect(refusals(Scene.empty.when('cancel', { reason: 'x' }, 'stranger'))).toEqual(['right.missing']);
});
