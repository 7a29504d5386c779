import { describe, expect, test } from '@jest/globals';
import { id, inDesign, people, provider, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import { noLevels } from './risk.js';

// Deciding and approving by one head: it shows, and from the tier on where the table says so a second person reads the decision.

const decision = id(60);
const deciding = (scene: Scene) => ({
  decision, decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: scene.today, inForceFrom: scene.today, weighed: 'Reach against price.',
  versionRead: scene.agreement.content.decision,
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

describe('a decision by whoever approved', () => {
  const both = decided(approved(proposed, 'colleague'));

  test('shows that, and opens nothing until a second person has read it', () => {
    expect(both.agreement.decision).toMatchObject({ overlaps: ['approved for another discipline here'], second: { is: 'awaited' } });
    expect(gate(both)).toEqual([{ what: awaited, suppliedBy: 'someone else', by: 'second-decision' }]);
    expect(refusals(both.when('accept-award', { versionRead: both.agreement.content.award }, 'signatory'))).toEqual(['award.not-decided']);
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
