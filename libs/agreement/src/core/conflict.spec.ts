import { describe, expect, test } from '@jest/globals';
import { given, id, otherProvider, people, refusals, type Scene, type Who } from './given.js';

const about = { subject: people.approver, sealed: 'x' };
const person = people.approver;

test('people declare for themselves, in a role they hold', () => {
  expect(refusals(given().when('declare-conflict', { person, role: 'approver', interest: 'money', about }, 'approver'))).toEqual([]);
  expect(refusals(given().when('declare-conflict', { person, role: 'decision-maker', interest: 'money', about }, 'commissioner'))).toEqual([
    'conflict.not-yourself',
    'conflict.not-your-role',
  ]);
});

test('a role that ended, has not begun or is for another agreement is none to declare in', () => {
  const held = given().persons[person]!.grants[0]!;
  for (const limit of [{ until: '2026-05-31' }, { from: '2026-06-02' }, { agreements: [otherProvider] }]) {
    const scene = given().knowing('approver', { grants: [{ role: 'decision-maker', grant: 'd' }, { ...held, ...limit }] });
    expect(refusals(scene.when('declare-no-conflict', { person, role: 'approver' }, 'approver'))).toEqual(['conflict.not-your-role']);
  }
});

test('what was declared in a role since withdrawn can be said anew in it, and that it is over', () => {
  const role = 'approver';
  const declared = given().did('declare-conflict', { person, role, interest: 'money', about }, 'approver');
  const withdrawn = declared.knowing('approver', { grants: [{ role: 'decision-maker', grant: 'd' }] });
  const over = withdrawn.did('declare-no-conflict', { person, role }, 'approver');
  expect(over.agreement.conflicts).toMatchObject([{ role, interest: 'money', instead: 'none' }]);
  expect(over.did('lift-conflict', { person, role, reasons: about }, 'colleague').agreement.conflicts).toMatchObject([{ role, interest: 'none', instead: null }]);
  expect(withdrawn.did('declare-conflict', { person, role, interest: 'relative', about }, 'approver').agreement.conflicts).toMatchObject([{ interest: 'relative', instead: null }]);
  // It is no door to roles in which nothing was ever said, nor to the words of another.
  expect(refusals(withdrawn.when('declare-no-conflict', { person, role: 'commissioner' }, 'approver'))).toEqual(['conflict.not-your-role']);
  expect(refusals(withdrawn.when('declare-no-conflict', { person, role }, 'colleague'))).toEqual(['conflict.not-yourself']);
});

test('nobody declares twice that they have no interest, and no system declares at all', () => {
  const declared = given().did('declare-no-conflict', { person, role: 'approver' }, 'approver');
  expect(refusals(declared.when('declare-no-conflict', { person, role: 'approver' }, 'approver'))).toEqual(['already-so']);
  expect(refusals(declared.when('declare-no-conflict', { person, role: 'approver' }, 'importer'))).toEqual(['right.missing']);
});

test('the last word of a person in a role counts, where no interest bars', () => {
  const scene = given()
    .did('declare-conflict', { person, role: 'approver', interest: 'other', about }, 'approver')
    .did('declare-no-conflict', { person, role: 'approver' }, 'approver');
  expect(scene.agreement.conflicts).toEqual([{ person, role: 'approver', interest: 'none', declaredAt: '2026-06-01T09:00:00.000000Z', instead: null }]);
});

describe('an interest that bars', () => {
  const role = 'approver';
  const over = { person, role, reasons: about } as const;
  const declared = given().did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' }, 'colleague').did('declare-conflict', { person, role, interest: 'bid', about }, 'approver');
  const approves = (scene: Scene) =>
    refusals(scene.when('sign-off', { signOff: id(50), versionRead: scene.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'approver'));
  const saidOver = declared.did('declare-no-conflict', { person, role }, 'approver');

  test('is lifted by no word of whoever has it, also not by a lesser one', () => {
    expect(approves(saidOver)).toEqual(['sign-off.own-work']);
    expect(saidOver.agreement.conflicts).toMatchObject([{ interest: 'bid', instead: 'none' }]);
    expect(refusals(saidOver.when('declare-no-conflict', { person, role }, 'approver'))).toEqual(['already-so']);
    expect(approves(declared.did('declare-conflict', { person, role, interest: 'other', about }, 'approver'))).toEqual(['sign-off.own-work']);
  });

  test('is over once they said so and another person agreed, with their reasons', () => {
    expect(refusals(declared.when('lift-conflict', over, 'colleague'))).toEqual(['conflict.nothing-to-lift']);
    const lifted = saidOver.did('lift-conflict', over, 'colleague');
    expect(approves(lifted)).toEqual([]);
    expect(saidOver.when('lift-conflict', over, 'colleague')).toMatchObject({ accepted: [{ type: 'concordat.agreement.conflict-lifted.v1', data: { ...over, interest: 'bid', instead: 'none' } }] });
    expect(refusals(lifted.when('lift-conflict', over, 'colleague'))).toEqual(['conflict.nothing-to-lift']);
    expect(approves(lifted.did('declare-conflict', { person, role, interest: 'relative', about }, 'approver'))).toEqual(['sign-off.own-work']);
  });

  test('that became a lesser one is read by a second person from then on', () => {
    const lesser = declared.did('declare-conflict', { person, role, interest: 'other', about }, 'approver').did('lift-conflict', over, 'colleague');
    const signed = lesser.did('sign-off', { signOff: id(50), versionRead: lesser.agreement.content.finance, outcome: { is: 'granted', conditions: [] } }, 'approver');
    expect(signed.agreement.signOffs[0]?.voices).toMatchObject([{ overlaps: ['declared another interest'], second: { is: 'awaited' } }]);
  });

  test('declared anew after they said that it is over bars as before, until they say so again', () => {
    const again = saidOver.did('declare-conflict', { person, role, interest: 'money', about }, 'approver');
    expect(again.agreement.conflicts).toMatchObject([{ interest: 'money', instead: null }]);
    expect(refusals(again.when('lift-conflict', over, 'colleague'))).toEqual(['conflict.nothing-to-lift']);
  });

  test('bars again once whoever lifted it is found to be the same person, one with an interest, or a provider’s, until another lifts it', () => {
    const lifted = saidOver.did('lift-conflict', over, 'colleague');
    expect(approves(lifted)).toEqual([]);
    const twin = (scene: Scene) => scene.knowing('colleague', { identities: [{ person, provider: null }] }).knowing('approver', { identities: [{ person: people.colleague, provider: null }] });
    expect(approves(twin(lifted))).toContain('sign-off.own-work');
    // A lesser interest declared since does not take its place.
    expect(approves(twin(lifted.did('declare-conflict', { person, role, interest: 'other', about }, 'approver')))).toContain('sign-off.own-work');
    expect(approves(lifted.knowing('colleague', { identities: [{ person: people.signatory, provider: otherProvider }] }))).toEqual(['sign-off.own-work']);
    const relative = lifted.did('declare-conflict', { person: people.commissioner, role: 'commissioner', interest: 'other', about }, 'commissioner');
    expect(approves(relative.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }))).toEqual(['sign-off.own-work']);
    const again = lifted.knowing('colleague', { identities: [{ person: people.signatory, provider: otherProvider }] }).did('lift-conflict', over, 'commissioner');
    expect(approves(again)).toEqual([]);
  });

  test('bars again where two lifted each other’s under second ids, and where whoever lifted it had theirs lifted by somebody with an interest', () => {
    const twin = (scene: Scene, one: Who, other: Who) => scene.knowing(one, { identities: [{ person: people[other], provider: null }] }).knowing(other, { identities: [{ person: people[one], provider: null }] });
    const declares = (scene: Scene, who: Who, as: 'commissioner' | 'decision-maker') => scene.did('declare-conflict', { person: people[who], role: as, interest: 'money', about }, who).did('declare-no-conflict', { person: people[who], role: as }, who);
    const [hers, his] = [{ person: people.colleague, role: 'commissioner', reasons: about }, { person: people.decisionMaker, role: 'decision-maker', reasons: about }] as const;
    // The approver is the decision-maker too, and the colleague is the outsider.
    const each = declares(saidOver, 'colleague', 'commissioner').did('lift-conflict', hers, 'decisionMaker').did('lift-conflict', over, 'outsider');
    expect(approves(each)).toEqual([]);
    expect(approves(twin(twin(each, 'approver', 'decisionMaker'), 'colleague', 'outsider'))).toContain('sign-off.own-work');
    const handedOn = declares(saidOver, 'decisionMaker', 'decision-maker').did('lift-conflict', his, 'colleague').did('lift-conflict', over, 'decisionMaker');
    expect(approves(handedOn)).toEqual([]);
    expect(approves(twin(handedOn, 'decisionMaker', 'colleague'))).toEqual(['sign-off.own-work']);
  });

  test('is lifted by nobody who is the same person, has an interest here, or works for a provider', () => {
    const why = (scene: Scene, who: Who) => scene.when('lift-conflict', over, who);
    const not = (...reasons: string[]) => ({ refused: [{ code: 'conflict.not-theirs-to-lift', missing: reasons.map((reason) => ({ what: `someone other than the one who ${reason}`, suppliedBy: 'someone else', by: 'lift-conflict' })) }] });
    expect(why(saidOver, 'approver')).toMatchObject(not('declared it', 'has an interest here'));
    const twin = saidOver.knowing('colleague', { identities: [{ person, provider: null }] }).knowing('approver', { identities: [{ person: people.colleague, provider: null }] });
    expect(why(twin, 'colleague')).toMatchObject(not('declared it', 'has an interest here'));
    const interested = saidOver.did('declare-conflict', { person: people.colleague, role: 'commissioner', interest: 'other', about }, 'colleague');
    expect(why(interested, 'colleague')).toMatchObject(not('has an interest here'));
    expect(why(saidOver.knowing('colleague', { identities: [{ person: people.signatory, provider: otherProvider }] }), 'colleague')).toMatchObject(not('works for a provider'));
  });
});

test('a gate is open to those who declared an interest as to those who have none, and names the roles that said nothing', () => {
  const asked = given().asking({ code: 'conflicts.declared', parameters: { roles: ['approver', 'decision-maker'] } });
  const declared = asked.did('declare-conflict', { person, role: 'approver', interest: 'bid', about }, 'approver');
  expect(declared.when('request-gate', { stage: 'design' })).toMatchObject({
    refused: [{ missing: [{ what: 'declaration of the decision-maker', suppliedBy: 'decision-maker', by: 'declare-conflict' }] }],
  });
});

test('a gate names whoever acted in a role and declared nothing, though another of that role did', () => {
  const [provider, value] = [otherProvider, { amount: '1.00', currency: 'GBP' }];
  const asked = given()
    .asking({ code: 'conflicts.declared', parameters: { roles: ['commissioner'] } })
    .did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }, 'commissioner');
  const proposed = asked.did('invite-provider', { provider }).did('propose-award', { provider, value }, 'colleague');
  expect(refusals(asked.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(proposed.when('request-gate', { stage: 'design' })).toMatchObject({
    refused: [{ missing: [{ what: `declaration of person-${people.colleague}, who acted as commissioner`, suppliedBy: 'commissioner', by: 'declare-conflict' }] }],
  });
  const declared = proposed.did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague');
  expect(refusals(declared.when('request-gate', { stage: 'design' }))).toEqual([]);
});

test('a gate names everybody who proposed the award and declared nothing, also whose proposal a colleague took over; whoever proposes it anew after going back proposes it alone', () => {
  const proposing = (amount: string) => ({ provider: otherProvider, value: { amount, currency: 'GBP' } });
  const taken = given()
    .asking({ code: 'conflicts.declared', parameters: { roles: ['commissioner'] } })
    .did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }, 'commissioner')
    .did('invite-provider', { provider: otherProvider })
    .did('propose-award', proposing('8000.00'), 'colleague')
    .did('propose-award', proposing('8000.01'));
  expect(taken.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ missing: [{ what: `declaration of person-${people.colleague}, who acted as commissioner` }] }] });
  const anew = taken.did('return-to-stage', { stage: 'mandate', reason: 'They left.' }).did('request-gate', { stage: 'mandate' }).did('propose-award', proposing('8000.01'));
  expect(refusals(anew.when('request-gate', { stage: 'design' }))).toEqual([]);
});
