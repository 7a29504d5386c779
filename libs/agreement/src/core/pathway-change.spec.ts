import { describe, expect, test } from '@jest/globals';
import type { Pathway } from '@concordat/pathway/core';
import { given, id, inDesign, opened, people, refusals, type Scene } from './given.js';
import { aPlan } from './given-involvement.js';
import { simulate, stagesThere } from './pathway-change.js';

const first = inDesign.pathway;
const [mandate, design, delivery] = first.stages as [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
const asksPlace = { code: 'facts.present', tiers: { small: { facts: ['place'] }, standard: { facts: ['place'] }, major: { facts: ['place'] } } } as const;
/** Asks about needs before design, and something of design. */
const second: Pathway = { ...first, version: 2, stages: [mandate, { ...mandate, id: 'needs' }, { ...design, gate: { preliminary: false, conditions: [asksPlace] } }, delivery] };
/** Knows design no more. */
const third: Pathway = { ...first, version: 3, tiers: { ...first.tiers, standard: { upTo: 1_000_000 } }, stages: [mandate, { ...design, id: 'plan' }, { ...design, id: 'award' }, delivery] };
const fourth: Pathway = { ...first, version: 4, kinds: ['grant'], regimes: ['grant'] };

const here = inDesign.publishing(first, second, third, fourth);
const to = (version: number, stage?: string) => ['migrate-pathway', { pathway: { id: 'lunch-club', version }, ...(stage !== undefined && { stage }) }, 'outsider'] as const;

test('an agreement goes on standing where it stood, and its gate asks what the new version asks', () => {
  const moved = here.did(...to(2)).following(second);
  expect(moved.agreement).toMatchObject({ stage: 'design', pathway: { id: 'lunch-club', version: 2 }, stages: { mandate: { gate: 'opened' }, needs: { gate: 'not-asked' }, design: { gate: 'shut' } } });
  expect(refusals(moved.when('request-gate', { stage: 'design' }))).toEqual(['facts.present']);
});

test('a stage that the new version knows no more is mapped by name, and without a name nobody is moved', () => {
  expect(here.when(...to(3))).toMatchObject({ refused: [{ code: 'migration.stage-gone', missing: [{ what: 'plan' }, { what: 'award' }, { what: 'delivery' }] }] });
  const moved = here.did(...to(3, 'plan'));
  expect(moved.agreement.stage).toBe('plan');
  expect(Object.keys(moved.agreement.stages)).toEqual(['mandate', 'plan']);
});

test('no gate that both versions ask is jumped by a map', () => {
  const jump: Pathway = { ...first, version: 3, stages: [mandate, delivery, { ...design, id: 'review' }] };
  expect(refusals(inDesign.publishing(first, second, jump).when(...to(3, 'review')))).toEqual(['migration.skips-gates']);
  expect(refusals(here.when(...to(2, 'delivery')))).toEqual(['migration.stage-stays']);
  expect(refusals(here.when(...to(3, 'moon')))).toEqual(['stage.unknown']);
});

test('nor by a version that puts the stage it stands in behind gates that are ahead of it', () => {
  const behind: Pathway = { ...first, version: 3, stages: [mandate, delivery, design] };
  expect(inDesign.publishing(first, behind).when(...to(3))).toMatchObject({ refused: [{ code: 'migration.skips-gates', missing: [{ what: 'delivery' }] }] });
});

describe('no move puts an agreement back', () => {
  type Stage = Pathway['stages'][0];
  const asks = (...codes: readonly ('provider.accepted' | 'decision.in-force')[]) => inDesign.asking(...codes.map((code) => ({ code, parameters: {} }))).pathway.stages[1]!.gate;
  const stage = (stageId: string, more: Partial<Stage> = {}): Stage => ({ ...mandate, id: stageId, title: stageId, gate: asks(), ...more });
  const version = (number: number, ...stages: readonly Stage[]): Pathway => ({ ...first, version: number, stages: stages as unknown as Pathway['stages'] });
  const [award, mobilisation, runs, review] = [stage('award', { gate: asks('provider.accepted') }), stage('mobilisation'), stage('delivery', { startsService: true }), stage('review')];
  const full = version(1, mandate, design, award, mobilisation, runs, review);
  const entered = (into: string, from: string) => ['concordat.agreement.stage-entered.v1', { stage: into, from }] as const;
  const money = { amount: '90000.00', currency: 'GBP' } as const;
  const awarded = inDesign.following(full).given(entered('award', 'design'), ['concordat.agreement.awarded.v1', { provider: id(950), value: money }], entered('mobilisation', 'award'));
  const running = awarded.given(entered('delivery', 'mobilisation'));
  const reviewed = running.given(entered('review', 'delivery'));
  const moving = (scene: Scene, target: Pathway, at?: string) => scene.publishing(scene.pathway, target).when(...to(target.version, at));
  const allowed = (...stages: readonly string[]) => stages.map((what) => ({ what, suppliedBy: 'administrator', by: 'migrate-pathway' }));
  const another = allowed('pathway: a version in which it goes on from what it passed, and what was awarded, decided or started stays so');

  test('no map, to a stage that it passed: only those behind all that it passed are named, and the next that the version has is always one', () => {
    const lean = version(2, mandate, design, award, mobilisation, { ...review, startsService: true });
    expect(moving(running, lean)).toMatchObject({ refused: [{ code: 'migration.stage-gone', missing: allowed('review') }] });
    for (const passed of ['mandate', 'design', 'award', 'mobilisation']) expect(moving(running, lean, passed)).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: allowed('review') }] });
    expect(running.publishing(full, lean).did(...to(2, 'review')).agreement.stage).toBe('review');
    expect(stagesThere(running.agreement, lean, running.context())).toEqual(['review']);
  });

  test('where the version has nothing behind what it passed, it stays on its own', () => {
    const short = version(2, mandate, design, award, mobilisation, runs);
    expect(moving(reviewed, short)).toMatchObject({ refused: [{ code: 'migration.stage-gone', missing: another }] });
    expect(moving(reviewed, short, 'delivery')).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: another }] });
    expect(stagesThere(reviewed.agreement, short, reviewed.context())).toEqual([]);
  });

  test('no service that runs is one that has not started, also where it went back and the version lacks what it came from', () => {
    const renamed = version(2, mandate, design, award, mobilisation, stage('before'), stage('serves', { startsService: true }), stage('end'));
    expect(moving(running, renamed, 'before')).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: allowed('serves', 'end') }] });
    expect(refusals(moving(running, renamed, 'serves'))).toEqual([]);
    const back = reviewed.did('return-to-stage', { stage: 'mobilisation', reason: 'Keys are missing.' });
    const shorter = version(2, mandate, design, award, mobilisation, runs);
    expect(refusals(back.when('cancel', { reason: 'Not needed' }))).toEqual(['agreement.running']);
    expect(moving(back, shorter)).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: another }] });
    expect(refusals(moving(back.did('request-gate', { stage: 'mobilisation' }), shorter))).toEqual([]);
  });

  test('nothing is awarded a second time, be it that a stage is mapped or that the version awards later', () => {
    const procured = version(2, mandate, design, stage('procure', { gate: asks('provider.accepted') }), stage('set-up'), runs, review);
    expect(moving(awarded, procured)).toMatchObject({ refused: [{ code: 'migration.stage-gone', missing: allowed('set-up', 'delivery') }] });
    expect(moving(awarded, procured, 'procure')).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: allowed('set-up', 'delivery') }] });
    const later = version(2, mandate, design, stage('award'), { ...mobilisation, gate: asks('provider.accepted') }, runs, review);
    expect(moving(awarded, later)).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: another }] });
    // What was not awarded yet is awarded where the version does.
    expect(refusals(moving(inDesign.following(full).given(entered('award', 'design')), procured, 'procure'))).toEqual([]);
  });

  test('nor are people on the way elsewhere by an end that counts as undecided', () => {
    const decides = asks('decision.in-force');
    const ends = (number: number, ...stages: readonly Stage[]): Pathway => ({ ...version(number, ...stages), raises: ['ends-a-service'] });
    const ending = inDesign.following(ends(1, mandate, { ...design, gate: decides }, stage('transition'), delivery));
    const going = ending.given(entered('transition', 'design'), ['concordat.agreement.transition-recorded.v1', { group: 'diners', people: 40, goesTo: 'The hall', without: 38 }]);
    const target = ends(2, mandate, stage('plan', { gate: decides }), stage('move'), delivery);
    expect(refusals(going.when('cancel', { reason: 'Not needed' }))).toEqual(['exit.people-on-the-way']);
    expect(moving(going, target, 'plan')).toMatchObject({ refused: [{ code: 'migration.goes-back', missing: allowed('move', 'delivery') }] });
    expect(refusals(moving(going, target, 'move'))).toEqual([]);
  });
});

test('it goes on by its own process alone: by a later version of it, or by one that is based on the same, and by none that keeps earlier law', () => {
  const own = (id: string, version: number, basedOn: Pathway['basedOn']): Pathway => ({ ...second, id, version, ...(basedOn && { basedOn }) });
  const ours = own('northshire.lunch', 1, { id: 'lunch-club', version: 2 });
  const theirs = own('northshire.supper', 1, { id: 'lunch-club', version: 2 });
  const weak = own('northshire.weak', 1, { id: 'lunch-club', version: 1 });
  const ending = own('decommission', 1, undefined);
  const all = [first, second, ours, theirs, weak, ending];
  const moving = (scene: Scene, { id, version }: Pathway) => refusals(scene.publishing(...all).when('migrate-pathway', { pathway: { id, version } }, 'outsider'));
  const follows = (pathway: Pathway) => inDesign.publishing(...all).did('migrate-pathway', { pathway: { id: pathway.id, version: pathway.version } }, 'outsider').following(pathway);
  expect(moving(inDesign, ours)).toEqual([]);
  expect(inDesign.publishing(...all).when('migrate-pathway', { pathway: { id: 'decommission', version: 1 } }, 'outsider')).toMatchObject({
    refused: [{ code: 'migration.other-pathway', missing: [{ what: 'lunch-club, or a pathway based on it', suppliedBy: 'administrator', by: 'migrate-pathway' }] }],
  });
  expect([moving(follows(ours), theirs), moving(follows(ours), second), moving(follows(ours), ending)]).toEqual([[], [], ['migration.other-pathway']]);
  expect([moving(follows(ours), first), moving(follows(second), weak)]).toEqual([['migration.earlier-version'], ['migration.earlier-version']]);
});

describe('a version that asks less than the agreement was asked', () => {
  type Use = Pathway['stages'][0]['gate']['conditions'][0];
  const approval = (discipline: string) => ({ kind: 'approval', discipline }) as const;
  const full = inDesign.asking({ code: 'facts.present', parameters: { facts: ['place', 'specification'] } }, { code: 'sign-offs.granted', parameters: { signOffs: [approval('finance'), approval('equality')] } }, { code: 'dissent.asked', parameters: {} }).pathway;
  const [, asked, last] = full.stages as typeof first.stages & [Pathway['stages'][0], Pathway['stages'][0], Pathway['stages'][0]];
  const gate = (...conditions: readonly Use[]) => ({ preliminary: false, conditions });
  const [facts, signOffs, dissent] = asked.gate.conditions as [Use, Use, Use];
  const asking = (use: Use, parameters: object) => ({ ...use, tiers: { small: parameters, standard: parameters, major: parameters } }) as unknown as Use;
  const next = (...stages: Pathway['stages']): Pathway => ({ ...full, version: 2, stages });
  const moving = (target: Pathway, more: object = {}) => inDesign.following(full).publishing(full, target).when('migrate-pathway', { pathway: { id: 'lunch-club', version: 2 }, ...more }, 'outsider');

  test('names each approval, fact or question that is asked no more, and takes a reason for it', () => {
    const less = next(mandate, { ...asked, gate: gate(asking(facts, { facts: ['place'] }), asking(signOffs, { signOffs: [approval('finance')] })) }, last);
    expect(moving(less)).toMatchObject({
      refused: [{ code: 'migration.asks-less', missing: [{ what: expect.stringMatching(/^reason: design would ask no more: .*specification/) }, { what: expect.stringMatching(/equality/) }, { what: expect.stringMatching(/dissent/i) }] }],
    });
    const noMore = [{ stage: 'design', code: 'facts.present', asks: 'On record: specification.' }, { stage: 'design', code: 'sign-offs.granted' }, { stage: 'design', code: 'dissent.asked' }];
    expect(moving(less, { reason: 'It is small.' })).toMatchObject({ accepted: [{ data: { reason: 'It is small.', asksNoMore: noMore } }] });
    const scene = inDesign.following(full);
    expect(simulate(scene.agreement, less, undefined, scene.context())).toMatchObject({ is: 'possible', asksNoMore: noMore });
  });

  test('asks for none where the same is asked one by one, sooner among the gates ahead, or under another name of the stage', () => {
    const each = next(mandate, { ...asked, gate: gate(...['place', 'specification'].map((fact) => asking(facts, { facts: [fact] })), signOffs, dissent) }, last);
    const named = next(mandate, { ...asked, id: 'plan' }, last);
    for (const decision of [moving(each), moving(named, { stage: 'plan' })]) expect(decision).toMatchObject({ accepted: [{ data: { asksNoMore: [], reason: null } }] });
    const later = { ...full, stages: [mandate, { ...asked, gate: gate() }, { ...last, gate: gate(dissent) }] };
    const sooner = { ...full, version: 2, stages: [mandate, { ...asked, gate: gate(dissent) }, last] };
    expect(inDesign.following(later).publishing(later, sooner).when('migrate-pathway', { pathway: { id: 'lunch-club', version: 2 } }, 'outsider')).toMatchObject({ accepted: [{ data: { asksNoMore: [] } }] });
  });

  test('asks for one where it is asked later than it was, or at a gate that the agreement passed', () => {
    const later = next(mandate, { ...asked, gate: gate(facts, signOffs) }, { ...last, gate: gate(dissent) });
    const passed = next({ ...mandate, gate: gate(dissent) }, { ...asked, gate: gate(facts, signOffs) }, last);
    for (const target of [later, passed]) expect(moving(target)).toMatchObject({ refused: [{ code: 'migration.asks-less', missing: [{ what: expect.stringMatching(/dissent/i) }] }] });
  });

  test('keeps no reason where nothing is asked less, and asks for none of a move that cannot be made', () => {
    expect(moving(next(...full.stages), { reason: 'x' })).toMatchObject({ accepted: [{ data: { reason: null } }] });
    expect(refusals(moving(next(mandate, { ...asked, id: 'plan', gate: gate() }, last)))).toEqual(['migration.stage-gone']);
  });
});

describe('an agreement is moved to what asks it less by a second person', () => {
  const full = inDesign.asking({ code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } }).pathway;
  const [less, more] = [{ ...inDesign.asking().pathway, version: 2 }, { ...full, version: 3 }];
  const administrator = { grants: [{ grant: id(900), role: 'administrator' as const }] };
  const moves = (scene: Scene, who: 'colleague' | 'commissioner', version = 2) =>
    scene.following(full).publishing(full, less, more).knowing(who, administrator).when('migrate-pathway', { pathway: { id: 'lunch-club', version }, reason: 'It is small.' }, who);
  const small = inDesign.given(['concordat.agreement.facts-amended.v1', { facts: { value: { amount: '9000.00', currency: 'GBP' } }, tier: 'small', content: inDesign.agreement.content, material: [] }, 'outsider']);

  test('and not by whoever opened it, leads it, planned its involvement or has another hand in it, administrator or not, under no id of theirs', () => {
    const refused = (reason: string) => ({ refused: [{ code: 'migration.own-hands', missing: [{ what: `someone other than the one who ${reason}`, suppliedBy: 'administrator', by: 'migrate-pathway' }] }] });
    expect(refusals(moves(inDesign, 'colleague'))).toEqual([]);
    expect(moves(inDesign, 'commissioner')).toMatchObject(refused('opened the agreement'));
    expect(moves(inDesign.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }), 'colleague')).toMatchObject(refused('opened the agreement'));
    expect(moves(inDesign.did('amend-facts', { facts: { lead: people.colleague } }), 'colleague')).toMatchObject(refused('leads the agreement'));
    expect(moves(inDesign.did('plan-involvement', aPlan, 'colleague'), 'colleague')).toMatchObject(refused('planned the involvement'));
    expect(moves(inDesign.did('create-theme', { theme: id(140), title: 'Travel' }, 'colleague'), 'colleague')).toMatchObject(refused('carried out the involvement'));
  });

  test('and not by whoever published what asks it less, under any id of theirs', () => {
    const published = inDesign.publishedBy('colleague');
    expect(moves(published, 'colleague')).toMatchObject({ refused: [{ code: 'migration.own-hands', missing: [{ what: 'someone other than the one who published the process' }] }] });
    expect(refusals(moves(published, 'colleague', 3))).toEqual([]);
    expect(refusals(moves(inDesign.publishedBy('commissioner'), 'colleague'))).toEqual([]);
  });

  test('and to what asks it no less by any administrator, as before', () => {
    expect(refusals(moves(inDesign, 'commissioner', 3))).toEqual([]);
  });

  test('of a small one two people are enough: whoever plans it is the second', () => {
    expect(small.agreement.tier).toBe('small');
    expect(refusals(moves(small.did('plan-involvement', aPlan, 'colleague'), 'colleague'))).toEqual([]);
    expect(refusals(moves(small, 'commissioner'))).toEqual(['migration.own-hands']);
  });
});

test('what is large stays so, whatever another document calls it', () => {
  const small: Pathway = { ...second, tiers: { ...first.tiers, small: { upTo: 5_000_000 }, standard: { upTo: 9_000_000 } } };
  const facts = { facts: { value: { amount: '90000.00', currency: 'GBP' } }, tier: 'standard', content: inDesign.agreement.content, material: [] } as const;
  expect(inDesign.given(['concordat.agreement.facts-amended.v1', facts]).publishing(first, small).did(...to(2)).agreement.tier).toBe('standard');
});

test('a version that is not there, that is for other kinds, or that it follows already is refused', () => {
  expect(refusals(here.when(...to(9)))).toEqual(['pathway.unknown']);
  expect(refusals(here.when(...to(1)))).toEqual(['already-so']);
  expect(refusals(here.when(...to(4)))).toEqual(['pathway.other-kind', 'route.other-regime']);
});

test('nothing goes back to an earlier version, which may ask less', () => {
  const moved = here.did(...to(2)).following(second);
  expect(moved.when(...to(1))).toMatchObject({ refused: [{ code: 'migration.earlier-version', missing: [{ what: 'a version after 2', suppliedBy: 'administrator', by: 'migrate-pathway' }] }] });
  expect(simulate(moved.agreement, first, undefined, moved.context())).toMatchObject({ is: 'stranded', refusals: [{ code: 'migration.earlier-version' }] });
});

test('an administrator migrates and moves nothing: whoever moves agreements does not migrate them', () => {
  expect(refusals(here.when('migrate-pathway', { pathway: { id: 'lunch-club', version: 2 } }, 'colleague'))).toEqual(['right.missing']);
});

test('an agreement on hold can be migrated, a closed one stays as it was', () => {
  const on = (scene: Scene) => refusals(scene.publishing(first, second).when(...to(2)));
  expect(on(given(['concordat.agreement.held.v1', { reason: 'Election', until: null }]))).toEqual([]);
  expect(on(given(['concordat.agreement.closed.v1', { from: 'design' }]))).toEqual(['agreement.closed']);
});

test('a simulation says what the migration would lead to, and records nothing', () => {
  const facts = { facts: { value: { amount: '900000.00', currency: 'GBP' } }, tier: 'major', content: inDesign.agreement.content, material: [] } as const;
  const large = here.given(['concordat.agreement.facts-amended.v1', facts]);
  expect(simulate(large.agreement, second, undefined, large.context())).toMatchObject({
    is: 'possible', stage: 'design', tier: 'major', notAsked: ['needs'], checklist: [{ code: 'facts.present', met: false, missing: [{ what: 'place' }] }],
  });
  expect(simulate(large.agreement, third, undefined, large.context())).toMatchObject({ is: 'stranded', refusals: [{ code: 'migration.stage-gone' }] });
  expect(simulate(large.agreement, third, 'plan', large.context())).toMatchObject({ is: 'possible', stage: 'plan', tier: 'major' });
  // Where one map serves many agreements, it is asked only of those that need it.
  expect(simulate(opened.agreement, third, 'plan', opened.context())).toMatchObject({ is: 'possible', stage: 'mandate' });
  for (const [target, stage] of [[second, undefined], [third, 'plan']] as const) {
    const simulated = simulate(large.agreement, target, stage, large.context());
    const moved = large.did(...to(target.version, stage)).following(target);
    expect(simulated).toMatchObject({ stage: moved.agreement.stage, tier: moved.agreement.tier });
  }
});
