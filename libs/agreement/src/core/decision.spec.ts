import { describe, expect, test } from '@jest/globals';
import { isCurrent } from './decision.js';
import { id, inDesign, people, provider, refusals, Scene, type Who } from './given.js';
import { ada, answered, decidedTogether, held, missingAt, panel, said, theme, voided, voted } from './given-involvement.js';
import { noLevels } from './risk.js';

// Deciding and approving by one head: it shows, and from the tier on where the table says so a second person reads the decision.

const decision = id(60);
const deciding = (scene: Scene) => ({
  decision, decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: scene.today, inForceFrom: scene.today, weighed: 'Reach against price.',
  versionRead: scene.decisionVersion,
}) as const;
const decided = (scene: Scene, who: Who = 'colleague') => scene.did('record-decision', deciding(scene), who);
const gate = (scene: Scene) => missingAt(scene, 'decision.in-force', {});
const approved = (scene: Scene, who: Who, discipline: 'finance' | 'equality' = 'finance') =>
  scene
    .did('request-sign-off', { signOff: id(50), kind: 'approval', discipline }, 'commissioner')
    .did('sign-off', { signOff: id(50), versionRead: scene.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, who);
const worth = (amount: string): Scene => inDesign.did('amend-facts', { facts: { value: { amount, currency: 'GBP' } } });
const proposed = worth('90000.00').did('invite-provider', { provider }).did('propose-award', { provider, value: { amount: '90000.00', currency: 'GBP' } });
const awaited = 'the decision: waits for a second person, because it was taken by the one who approved for another discipline here';

test('no sign-off discharges a duty that is the decision-maker’s own: whatever equality approved, whoever decides reads the assessment, and reads it again once it changed', () => {
  const assessed = (title: string) => ({ facts: { eqia: { reference: 'DMS/eqia', title } } });
  const before = proposed.did('amend-facts', assessed('Who would travel further'));
  const equal = approved(before, 'approver', 'equality');
  expect(gate(equal)).toMatchObject([{ what: 'the decision', suppliedBy: 'decision-maker', by: 'record-decision' }]);
  // Whoever decides names the version with the assessment in it, and not one from before it.
  expect(refusals(equal.when('record-decision', { ...deciding(equal), versionRead: proposed.decisionVersion }, 'decisionMaker'))).toEqual(['decision.other-version']);
  const taken = decided(equal, 'decisionMaker');
  expect(gate(taken)).toEqual([]);
  const again = taken.did('amend-facts', assessed('Who would travel further, and who could not'));
  const approvedAgain = again
    .did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'equality' }, 'commissioner')
    .did('sign-off', { signOff: id(51), versionRead: again.agreement.content.equality, outcome: { is: 'granted', conditions: [] } }, 'approver');
  expect(approvedAgain.agreement.signOffs.at(-1)?.answer).toMatchObject({ is: 'granted', version: again.agreement.content.equality });
  expect(gate(approvedAgain)).toMatchObject([{ what: 'the decision: stale, because what it rests on changed', by: 'record-decision' }]);
});

describe('a decision by whoever approved', () => {
  const both = decided(approved(proposed, 'colleague'));

  test('shows that, and opens nothing until a second person has read it', () => {
    expect(both.agreement.decision).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'awaited' } });
    expect(gate(both)).toEqual([{ what: awaited, suppliedBy: 'someone else', by: 'second-decision' }]);
    expect(refusals(both.when('accept-award', { versionRead: both.agreement.content.award }, 'signatory'))).toEqual(['right.missing']);
    const read = both.did('second-decision', { decision }, 'approver');
    expect(read.agreement.decision?.second).toEqual({ is: 'given', by: people.approver, everyId: [people.approver] });
    expect(gate(read)).toEqual([]);
    expect(refusals(read.when('second-decision', { decision }, 'approver'))).toEqual(['already-so']);
  });

  test('is read by somebody else, whose own work it is not, while it stands', () => {
    expect(refusals(both.when('second-decision', { decision }, 'colleague'))).toEqual(['second.same-person']);
    const twin = both.knowing('approver', { identities: [{ person: people.colleague, provider: null }] });
    expect(refusals(twin.when('second-decision', { decision }, 'approver'))).toEqual(['second.same-person']);
    expect(refusals(both.when('second-decision', { decision }, 'commissioner'))).toEqual(['sign-off.own-work']);
    expect(refusals(both.when('second-decision', { decision: id(61) }, 'approver'))).toEqual(['decision.unknown']);
    const changed = both.did('propose-award', { provider, value: { amount: '80000.00', currency: 'GBP' } });
    expect(refusals(changed.when('second-decision', { decision }, 'approver'))).toEqual(['decision.other-version']);
  });

  test('is found under a second id as under the first', () => {
    const twin = approved(proposed, 'approver').knowing('decisionMaker', { identities: [{ person: people.approver, provider: null }] });
    expect(decided(twin, 'decisionMaker').agreement.decision).toMatchObject({ everyId: [people.decisionMaker, people.approver], second: { is: 'awaited' } });
  });

  test('is read under every id of whoever reads it, and not before it is taken', () => {
    const twin = both.knowing('approver', { identities: [{ person: people.stranger, provider: null }] });
    expect(twin.did('second-decision', { decision }, 'approver').agreement.decision?.second).toEqual({ is: 'given', by: people.approver, everyId: [people.approver, people.stranger] });
    expect(isCurrent(proposed.agreement)).toBe(false);
    expect(proposed.when('second-decision', { decision }, 'approver')).toMatchObject({ refused: [{ code: 'decision.unknown', missing: [{ what: 'the decision', suppliedBy: 'decision-maker', by: 'second-decision' }] }] });
  });

  test('of two heads waits for nobody', () => {
    const two = decided(approved(proposed, 'approver'), 'decisionMaker');
    expect(two.agreement.decision).toMatchObject({ overlaps: [], second: { is: 'not-needed' } });
    expect(gate(two)).toEqual([]);
    expect(refusals(two.when('second-decision', { decision }, 'approver'))).toEqual(['already-so']);
  });

  test('shows in a small agreement, which two people can pass, and waits for nobody', () => {
    const small = decided(approved(worth('9000.00'), 'colleague'));
    expect(small.agreement.decision).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'not-needed' } });
    expect(gate(small)).toEqual([]);
  });

  test('waits as well where they answer for one of its risks', () => {
    const owned = proposed.did('raise-risk', { risk: id(70), title: 'Alone at night', domain: 'safety', bearers: ['carers'], owner: people.decisionMaker, levels: noLevels, scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null } });
    expect(decided(owned, 'decisionMaker').agreement.decision).toMatchObject({ overlaps: ['answers for one of its risks'], second: { is: 'awaited' } });
  });
});

test('an approval by whoever decided shows that, and waits for a second person but in a small agreement', () => {
  const voice = (scene: Scene) => approved(decided(scene), 'colleague', 'equality').agreement.signOffs[0]?.voices[0];
  expect(voice(worth('90000.00'))).toMatchObject({ overlaps: ['took the decision here'], second: { is: 'awaited' } });
  expect(voice(worth('9000.00'))).toMatchObject({ overlaps: ['took the decision here'], second: { is: 'not-needed' } });
});

describe('whoever decides has read all that the paper shows', () => {
  const score = (likelihood: 1 | 2 | 3 | 4 | 5, impact: 1 | 2 | 3 | 4 | 5) => ({ likelihood, impact });
  const allWays = (one: ReturnType<typeof score>) => ({ 'co-produced': one, 'professional-only': one, 'not-acting': one });
  const raised = (scene: Scene, risk: string, likelihood: 1 | 2, impact: 2 | 3) =>
    scene.did('raise-risk', { risk, title: 'Alone at night', domain: 'service', bearers: ['carers'], owner: people.approver, scores: allWays(score(likelihood, impact)), levels: noLevels });
  const before = raised(proposed, id(40), 2, 2).given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'));
  const standing = decided(before);
  const stale = [{ what: 'the decision: stale, because what it rests on changed', suppliedBy: 'decision-maker', by: 'record-decision' }];
  const changes: readonly (readonly [string, (scene: Scene) => Scene])[] = [
    ['a risk that is extreme by now', (scene) => scene.did('rescore-risk', { risk: id(40), scores: allWays(score(5, 5)), reason: 'Two falls.' })],
    ['a risk that nobody knew of', (scene) => raised(scene, id(41), 1, 3)],
    ['what those who carry a risk say', (scene) =>
      scene
        .did('seek-statement', { statement: id(45), group: 'carers', form: 'easy-read', of: 'carer-led-body', advocacyOffered: true })
        .did('record-statement', { statement: id(45), view: 'content', spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'representative')],
    ['a consultation', (scene) => scene.did('open-consultation', { consultation: id(46), proposal: 'Close it', reasons: 'x', options: ['Move it'], opensOn: '2026-06-02', closesOn: '2026-06-30' })],
    ['an answer to what people gave', (scene) => scene.given(answered('travel'))],
    ['what a shared-risk panel advises', (scene) =>
      scene.given(['concordat.agreement.panel-advice-recorded.v1', { advice: id(48), panel: id(49), risks: [id(40)], says: 'Two at night.', inFavour: 3, against: 0, dissent: '', on: '2026-06-01' }])],
    ['what people decided', (scene) => scene.given(decidedTogether(panel))],
    ['a vote of theirs', (scene) => scene.given(voted(panel))],
    ['a dissent', (scene) => scene.did('record-dissent', { dissent: id(47), dissenter: ada, from: 'award', words: { subject: ada, sealed: 'x' } })],
  ];

  test.each(changes)('%s is another version, and the decision is asked for again', (_, change) => {
    const changed = change(standing);
    expect(gate(standing)).toEqual([]);
    expect(gate(changed)).toEqual(stale);
    expect(refusals(changed.when('record-decision', { ...deciding(before), decision: id(61) }, 'colleague'))).toEqual(expect.arrayContaining(['decision.other-version']));
    expect(change(before).decisionVersion).not.toBe(before.decisionVersion);
  });

  test('so is one in which people decided, once that is void', () => {
    const together = before.given(decidedTogether(panel));
    expect(gate(decided(together).given(voided(panel)))).toEqual(stale);
    expect(together.given(voided(panel)).decisionVersion).toBe(before.decisionVersion);
  });

  test('and may be taken anew on what stands then', () => {
    const changed = changes[0]![1](standing);
    expect(gate(changed.did('record-decision', { ...deciding(changed), decision: id(61) }, 'colleague'))).toEqual([]);
  });

  test('what comes to light once a gate opened on it is no longer decided on, until that gate is passed anew', () => {
    const opened = standing.asking({ code: 'decision.in-force', parameters: {} }).did('request-gate', { stage: 'design' }).did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' });
    const later = changes[0]![1](opened);
    expect(gate(later)).toEqual([]);
    expect(gate(later.did('return-to-stage', { stage: 'design', reason: 'Two falls.' }))).toEqual(stale);
  });

  test('a word that is mended or a risk beneath the first ten changes nothing of it', () => {
    expect(gate(standing.did('amend-facts', { facts: { description: 'Hot meals' } }))).toEqual([]);
    const many = Array.from({ length: 10 }, (_, at) => id(400 + at)).reduce((scene, risk) => raised(scene, risk, 2, 3), proposed);
    expect(gate(raised(decided(many), id(420), 1, 2))).toEqual([]);
  });
});

describe('a decision’s day is not before the day on which what was read came to be as it is', () => {
  const dated = (scene: Scene, decidedOn: string) => scene.when('record-decision', { ...deciding(scene), decidedOn, inForceFrom: scene.today }, 'decisionMaker');
  const later = proposed.on('2026-06-10');

  test('a material fact that is mended is decided on from that day on', () => {
    const mended = later.did('amend-facts', { facts: { 'equality-note': { reference: 'DMS/1', title: 'Equality note' } } }).on('2026-06-12');
    expect(dated(mended, '2026-06-09')).toMatchObject({
      refused: [{ code: 'decision.before-what-was-read', missing: [{ what: 'decidedOn: 2026-06-10 or later, the day on which what was read came to be as it is', suppliedBy: 'decision-maker', by: 'record-decision' }] }],
    });
    expect(refusals(dated(mended, '2026-06-10'))).toEqual([]);
  });

  test('a route that is chosen is, and another award', () => {
    const dearer = later.did('propose-award', { provider, value: { amount: '80000.00', currency: 'GBP' } });
    expect(refusals(dated(dearer, '2026-06-09'))).toEqual(['decision.before-its-subject']);
    const chosen = inDesign.on('2026-06-10').did('choose-route', { route: { id: inDesign.route.id }, ground: 'small-value', why: 'It is small.' });
    expect(refusals(dated(chosen, '2026-06-09'))).toEqual(['decision.before-what-was-read']);
  });

  test('what nothing rests on leaves the day as it was', () => {
    expect(refusals(dated(later.did('amend-facts', { facts: { description: 'Hot meals' } }), '2026-06-01'))).toEqual([]);
  });

  test('what was taken over as it stood is older than its record', () => {
    const facts = { 'contract-period': { startsOn: '2026-05-01', endsOn: '2027-04-30' } } as const;
    const old = Scene.empty.on('2026-06-10').did('take-over-agreement', { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'design', from: { source: 'register', reference: 'C-1' }, facts });
    expect(refusals(dated(old, '2026-05-20'))).toEqual([]);
  });
});

test('a decision that is recorded on a later day than it was taken says on which', () => {
  const late = proposed.on('2026-06-10');
  expect(late.did('record-decision', { ...deciding(late), decidedOn: '2026-06-02' }, 'decisionMaker').agreement.decision).toMatchObject({ decidedOn: '2026-06-02', recordedOn: '2026-06-10' });
});

describe('what members may ask is not taken from them by another decision, nor by going back over the one that stands', () => {
  const open = { callIn: { is: 'open', until: '2026-06-08' }, inForceFrom: '2026-06-09' } as const;
  const standing = proposed.did('record-decision', { ...deciding(proposed), ...open }, 'decisionMaker');
  const another = (scene: Scene, changes: object) => scene.when('record-decision', { ...deciding(scene), decision: id(61), ...changes }, 'decisionMaker');
  const called = standing.on('2026-06-05').did('call-in-decision', { decision, reason: 'The hall was not looked at.', on: '2026-06-05' }, 'member');
  const toBeTakenAnew = called.on('2026-06-07').did('conclude-call-in', { decision, outcome: { is: 'taken-anew' }, on: '2026-06-06', reasons: 'Rightly.' }, 'decisionMaker');

  test('while one may be called in, so may the one that takes its place, for as long', () => {
    expect(another(standing, {})).toMatchObject({ refused: [{ code: 'decision.call-in-open', missing: [{ what: 'callIn: open until 2026-06-08 or later', suppliedBy: 'decision-maker', by: 'record-decision' }] }] });
    expect(refusals(another(standing, { callIn: { is: 'open', until: '2026-06-07' }, inForceFrom: '2026-06-09' }))).toEqual(['decision.call-in-open']);
    expect(refusals(another(standing, open))).toEqual([]);
    expect(refusals(another(standing.on('2026-06-08'), {}))).toEqual(['decision.call-in-open']);
    expect(refusals(another(standing.on('2026-06-09'), {}))).toEqual([]);
  });

  test('also where what it rests on changed meanwhile', () => {
    expect(refusals(another(standing.did('propose-award', { provider, value: { amount: '80000.00', currency: 'GBP' } }), {}))).toEqual(['decision.call-in-open']);
  });

  test('a decision that fell is still one that members might have called in: so may be the one that takes its place', () => {
    const back = standing.did('return-to-stage', { stage: 'mandate', reason: 'Look again.' });
    for (const name of ['call-in-decision', 'conclude-call-in', 'second-decision'] as const) {
      const body = { decision, on: back.today, reason: 'x', reasons: 'x', outcome: { is: 'taken-anew' as const } };
      expect(back.when(name, body, name === 'call-in-decision' ? 'member' : 'decisionMaker')).toMatchObject({ refused: [{ code: 'decision.fell', missing: [{ by: 'record-decision' }] }] });
    }
    expect(back.agreement.decision).toBeNull();
    for (const there of [back, back.did('request-gate', { stage: 'mandate' }).did('return-to-stage', { stage: 'mandate', reason: 'Once more.' })]) {
      expect(refusals(another(there, {}))).toEqual(['decision.call-in-open']);
      expect(refusals(another(there, open))).toEqual([]);
      expect(refusals(another(there.on('2026-06-09'), {}))).toEqual([]);
    }
    const taken = back.did('record-decision', { ...deciding(back), decision: id(61), callIn: { is: 'open', until: '2026-06-20' }, inForceFrom: '2026-06-21' }, 'decisionMaker');
    expect(another(taken, { decision: id(62), ...open })).toMatchObject({ refused: [{ code: 'decision.call-in-open', missing: [{ what: 'callIn: open until 2026-06-20 or later' }] }] });
  });

  test('nor does the agreement go back over what was called in before it is said what became of that', () => {
    const back = { stage: 'mandate', reason: 'Look again.' } as const;
    expect(called.when('return-to-stage', back)).toMatchObject({ refused: [{ code: 'decision.called-in', missing: [{ what: 'what became of the call-in', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }] });
    const anew = called.on('2026-06-07').did('conclude-call-in', { decision, outcome: { is: 'taken-anew' }, on: '2026-06-07', reasons: 'Rightly.' }, 'decisionMaker').did('return-to-stage', back);
    expect(refusals(another(anew, { ...open, decidedOn: '2026-06-06' }))).toEqual(['decision.before-call-in-concluded']);
    expect(refusals(another(anew, { ...open, decidedOn: '2026-06-07' }))).toEqual([]);
  });

  test('what is to be taken anew is taken after that was said, and open to every other member for as long as the first was', () => {
    const anew = (decidedOn: string, changes: object = open) => refusals(another(toBeTakenAnew, { decidedOn, ...changes }));
    expect([anew('2026-06-05'), anew('2026-06-06'), anew('2026-06-07')]).toEqual([['decision.before-call-in-concluded'], [], []]);
    expect([anew('2026-06-07', { inForceFrom: '2026-06-07' }), anew('2026-06-07', { inForceFrom: '2026-06-09' })]).toEqual([['decision.call-in-open'], ['decision.call-in-open']]);
    expect(refusals(another(toBeTakenAnew.on('2026-06-09'), { decidedOn: '2026-06-06', inForceFrom: '2026-06-09' }))).toEqual([]);
  });

  test('nor does a decision take effect sooner because it was called in', () => {
    const stands = (inForceFrom: string) => called.when('conclude-call-in', { decision, outcome: { is: 'stands', inForceFrom }, on: '2026-06-05', reasons: 'Looked at.' }, 'outsider');
    expect(stands('2026-06-08')).toMatchObject({ refused: [{ code: 'decision.in-force-too-early', missing: [{ what: 'inForceFrom: 2026-06-09 or later', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }] });
    expect(refusals(stands('2026-06-09'))).toEqual([]);
  });

  test('nor does whoever took it say that it stands, under no id of theirs; in a small agreement they may', () => {
    const stands = (scene: Scene, who: Who) => scene.when('conclude-call-in', { decision, outcome: { is: 'stands', inForceFrom: '2026-06-09' }, on: '2026-06-05', reasons: 'Looked at.' }, who);
    const refused = { refused: [{ code: 'decision.own-call-in', missing: [{ what: 'someone other than the one who took the decision', suppliedBy: 'decision-maker', by: 'conclude-call-in' }] }] };
    expect(stands(called, 'decisionMaker')).toMatchObject(refused);
    expect(stands(called.knowing('outsider', { identities: [{ person: people.decisionMaker, provider: null }] }), 'outsider')).toMatchObject(refused);
    expect(refusals(stands(called, 'outsider'))).toEqual([]);
    const little = worth('9000.00');
    const small = little.did('record-decision', { ...deciding(little), ...open }, 'decisionMaker').on('2026-06-05').did('call-in-decision', { decision, reason: 'x', on: '2026-06-05' }, 'member');
    expect(refusals(stands(small, 'decisionMaker'))).toEqual([]);
  });
});

test('called in once a gate opened on it, it holds later gates until the day from which it stands; and so does the one that takes its place, until it is in force, read where that is awaited, and itself concluded where it is called in', () => {
  const open = { callIn: { is: 'open', until: '2026-06-08' }, inForceFrom: '2026-06-09' } as const;
  const record = (scene: Scene, how: object, who: Who = 'decisionMaker') => scene.did('record-decision', { ...deciding(scene), ...how }, who);
  const passed = record(proposed, open).on('2026-06-10').asking({ code: 'decision.in-force', parameters: {} }).did('request-gate', { stage: 'design' });
  const callingIn = (scene: Scene, of: string, on: string) => scene.did('call-in-decision', { decision: of, reason: 'The hall was not looked at.', on }, 'member');
  const late = callingIn(passed, decision, '2026-06-05');
  const concluded = (outcome: { is: 'stands'; inForceFrom: string } | { is: 'taken-anew' }) => late.did('conclude-call-in', { decision, outcome, on: '2026-06-10', reasons: 'Looked at.' }, 'outsider');
  const kept = (scene: Scene) => missingAt(scene, 'gate.conditions-kept', {});
  const from = (day: string) => [{ what: `the decision: in force from ${day}`, suppliedBy: 'time' }];

  const stands = concluded({ is: 'stands', inForceFrom: '2027-01-01' });
  expect([kept(stands), kept(stands.on('2027-01-01'))]).toEqual([from('2027-01-01'), []]);

  const again = { decision: id(61), callIn: { is: 'open', until: '2026-12-01' }, inForceFrom: '2026-12-02' } as const;
  const taken = record(concluded({ is: 'taken-anew' }), again);
  expect([kept(taken), kept(taken.on('2026-12-02'))]).toEqual([from('2026-12-02'), []]);
  expect(kept(callingIn(taken.on('2026-12-02'), again.decision, '2026-11-30'))).toEqual([{ what: 'the decision: called in on 2026-11-30', suppliedBy: 'decision-maker', by: 'conclude-call-in' }]);

  const overlapping = record(approved(concluded({ is: 'taken-anew' }), 'colleague'), { decision: id(61) }, 'colleague');
  expect(kept(overlapping)).toEqual([{ what: awaited, suppliedBy: 'someone else', by: 'second-decision' }]);
  expect(kept(overlapping.did('second-decision', { decision: id(61) }, 'approver'))).toEqual([]);
});

test('a decision and a variation have an id each, so that neither hides behind the other when members call one in', () => {
  const longer = (variation: string) => ({ variation, what: 'Other terms', why: 'It works', to: { is: 'terms' }, touches: [] }) as const;
  const standing = decided(proposed);
  expect(standing.when('propose-variation', longer(decision))).toMatchObject({ refused: [{ code: 'variation.id-taken', missing: [{ what: 'variation', suppliedBy: 'contract-manager', by: 'propose-variation' }] }] });
  expect(refusals(standing.when('propose-variation', longer(id(380))))).toEqual([]);
  const varied = proposed.did('propose-variation', longer(decision));
  expect(varied.when('record-decision', deciding(varied), 'decisionMaker')).toMatchObject({ refused: [{ code: 'decision.id-taken', missing: [{ what: 'decision', suppliedBy: 'decision-maker', by: 'record-decision' }] }] });
  expect(refusals(varied.when('record-decision', { ...deciding(varied), decision: id(61) }, 'decisionMaker'))).toEqual([]);
});
