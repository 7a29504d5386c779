import type { Role } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { given, id, otherProvider, people, refusals, type Scene, type Who } from './given.js';
import { undeclared } from './who-acts.js';

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

const asking = (...roles: string[]) => given().asking({ code: 'conflicts.declared', parameters: { roles } });
const clear = (scene: Scene, who: Who, role: Role): Scene => scene.did('declare-no-conflict', { person: people[who], role }, who);
/** Whose declarations the gate waits for, as it says them. */
function awaited(scene: Scene): readonly string[] {
  const decision = scene.when('request-gate', { stage: 'design' });
  return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
}
const of = (who: Who, does: string) => `declaration of person-${people[who]}, who ${does}`;

test('a gate is open to those who declared an interest as to those who have none, and names the roles that said nothing', () => {
  const declared = clear(asking('approver', 'decision-maker'), 'commissioner', 'commissioner').did('declare-conflict', { person, role: 'approver', interest: 'bid', about }, 'approver');
  expect(declared.when('request-gate', { stage: 'design' })).toMatchObject({
    refused: [{ missing: [{ what: 'declaration of the decision-maker', suppliedBy: 'decision-maker', by: 'declare-conflict' }] }],
  });
});

describe('whoever acts here declares in person, whoever else of their role did', () => {
  const proposing = (amount: string) => ({ provider: otherProvider, value: { amount, currency: 'GBP' } });
  const declared = clear(asking('commissioner'), 'commissioner', 'commissioner');
  const signs = (scene: Scene, signOff: string, discipline: 'finance' | 'safeguarding', who: Who) =>
    scene.did('request-sign-off', { signOff, kind: 'approval', discipline }).did('sign-off', { signOff, versionRead: scene.agreement.content[discipline], outcome: { is: 'granted', conditions: [] } }, who);

  test('who opened it, and from then on who leads it instead; in which role they declare is theirs to say', () => {
    const another = clear(asking('commissioner'), 'colleague', 'commissioner');
    expect(another.when('request-gate', { stage: 'design' })).toMatchObject({
      refused: [{ missing: [{ what: of('commissioner', 'opened it'), suppliedBy: `person-${people.commissioner}`, by: 'declare-conflict' }] }],
    });
    expect(awaited(clear(another, 'commissioner', 'decision-maker'))).toEqual([]);
    expect(awaited(another.did('amend-facts', { facts: { lead: people.colleague } }))).toEqual([]);
    expect(awaited(declared.did('amend-facts', { facts: { lead: people.colleague } }))).toEqual([of('colleague', 'leads it')]);
  });

  test('who gives the money, who approved, and who read it as a second person, each once they do', () => {
    expect(awaited(declared)).toEqual([]);
    const paid = declared.did('amend-facts', { facts: { sponsor: people.colleague } });
    expect(awaited(paid)).toEqual([of('colleague', 'gives the money')]);
    const asked = declared.did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'finance' });
    expect(awaited(asked)).toEqual([]);
    const both = signs(signs(declared, id(51), 'finance', 'approver'), id(52), 'safeguarding', 'approver').did('second-sign-off', { signOff: id(52) }, 'colleague');
    expect(awaited(both)).toEqual([of('approver', 'gave the approval of finance and gave the approval of safeguarding'), of('colleague', 'read the approval of safeguarding')]);
    expect(awaited(clear(clear(both, 'approver', 'approver'), 'colleague', 'commissioner'))).toEqual([]);
  });

  test('but not who approved what went stale or was approved anew by somebody else', () => {
    const signed = signs(declared, id(51), 'finance', 'approver');
    expect(awaited(signed.did('amend-facts', { facts: { 'financial-envelope': { reference: 'DMS/1', title: 'Envelope' } } }))).toEqual([]);
    expect(awaited(signs(signed, id(52), 'finance', 'colleague'))).toEqual([of('colleague', 'gave the approval of finance')]);
  });

  test('everybody who proposed the award, also whose proposal a colleague took over; whoever proposes it anew after going back proposes it alone', () => {
    const invited = declared.did('invite-provider', { provider: otherProvider });
    expect(awaited(invited)).toEqual([]);
    const taken = invited.did('propose-award', proposing('8000.00'), 'colleague').did('propose-award', proposing('8000.01'));
    expect(awaited(taken)).toEqual([of('colleague', 'proposed the award')]);
    expect(awaited(clear(taken, 'colleague', 'commissioner'))).toEqual([]);
    expect(awaited(taken.did('return-to-stage', { stage: 'mandate', reason: 'They left.' }).did('request-gate', { stage: 'mandate' }).did('propose-award', proposing('8000.01')))).toEqual([]);
  });

  test('who decided, though another decision-maker declared', () => {
    const scene = clear(clear(asking('decision-maker'), 'commissioner', 'commissioner'), 'colleague', 'decision-maker');
    const decided = scene.did('record-decision', {
      decision: id(60), decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Constitution 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01',
      weighed: 'Reach against price.', versionRead: scene.decisionVersion,
    }, 'decisionMaker');
    expect(awaited(decided)).toEqual([of('decisionMaker', 'decided')]);
    expect(awaited(clear(decided, 'decisionMaker', 'decision-maker'))).toEqual([]);
  });

  test('of whoever is away it is said until when, and who else may do it instead, where somebody may: nobody declares for them', () => {
    const away = (scene: Scene, who: Who) => scene.knowing(who, { absences: [{ absence: id(70), from: '2026-05-25', until: '2026-06-20' }] });
    const led = declared.did('amend-facts', { facts: { lead: people.colleague } });
    const until = '; away until 2026-06-20';
    expect(awaited(away(led, 'colleague'))).toEqual([`${of('colleague', 'leads it')}${until}, unless another leads it (amend-facts)`]);
    expect(awaited(away(led, 'colleague').on('2026-06-21'))).toEqual([of('colleague', 'leads it')]);
    expect(awaited(away(led, 'colleague').did('amend-facts', { facts: { lead: people.commissioner } }))).toEqual([]);
    const signed = signs(declared, id(51), 'finance', 'approver');
    expect(awaited(away(signed, 'approver'))).toEqual([`${of('approver', 'gave the approval of finance')}${until}, unless another approves it anew (request-sign-off)`]);
    const proposed = declared.did('invite-provider', { provider: otherProvider }).did('propose-award', proposing('8000.00'), 'colleague');
    expect(awaited(away(proposed, 'colleague'))).toEqual([`${of('colleague', 'proposed the award')}${until}`]);
  });

  test('who evaluates and signs in', () => {
    const appointed = declared
      .did('set-criterion', { criterion: id(61), title: 'Price', chosenBy: { is: 'staff' } })
      .did('appoint-evaluator', { evaluator: people.colleague, of: 'professionals', criteria: [id(61)] });
    expect(awaited(appointed)).toEqual([of('colleague', 'evaluates')]);
    expect(awaited(appointed.did('stand-down-evaluator', { evaluator: people.colleague, reason: 'own-wish' }))).toEqual([]);
  });

  test('under any of the ids they have today, and as the one under which they still can', () => {
    const signed = signs(declared, id(51), 'finance', 'approver');
    const twin = signed.knowing('approver', { identities: [{ person: people.colleague, provider: null }] }).knowing('colleague', { identities: [{ person, provider: null }] });
    expect(awaited(clear(twin, 'colleague', 'commissioner'))).toEqual([]);
    expect(awaited(twin.knowing('approver', { disabled: true }))).toEqual([of('colleague', 'gave the approval of finance')]);
  });

  test('but no gate waits for somebody who left or holds no role here any more, and what they signed still counts', () => {
    const signed = signs(declared, id(51), 'finance', 'approver');
    const [held] = signed.persons[person]!.grants;
    expect(awaited(signed.knowing('approver', { grants: [held!] }))).toEqual([of('approver', 'gave the approval of finance')]);
    for (const changes of [{ disabled: true }, { grants: [] }, { grants: [{ ...held!, until: '2026-05-31' }] }, { grants: [{ ...held!, agreements: [otherProvider] }] }]) {
      expect(awaited(signed.knowing('approver', changes))).toEqual([]);
    }
    expect(awaited(declared.did('amend-facts', { facts: { lead: people.colleague } }).knowing('colleague', { disabled: true }))).toEqual([]);
  });

  test('nor for a system', () => {
    const imported = { ...declared.agreement, openedBy: 'system:import' };
    expect(undeclared(imported, ['commissioner'], '2026-06-01')).toEqual([]);
  });

  test('of a small agreement it is whoever leads it, and of the roles that its gate asks whoever acts in them', () => {
    const all = signs(declared, id(51), 'finance', 'approver').did('amend-facts', { facts: { lead: people.colleague, sponsor: people.decisionMaker } })
      .did('invite-provider', { provider: otherProvider }).did('propose-award', proposing('8000.00'), 'outsider');
    const small = { ...all.agreement, tier: 'small' } as const;
    const who = (roles: readonly Role[]) => undeclared(small, roles, '2026-06-01').map(({ what }) => what);
    expect(who(['decision-maker'])).toEqual([of('colleague', 'leads it')]);
    expect(who(['commissioner'])).toEqual([of('colleague', 'leads it'), of('outsider', 'proposed the award')]);
  });

  test('a gate that asks for a conflicts assessment waits for them too', () => {
    const assessed = given().asking({ code: 'facts.present', parameters: { facts: ['conflicts-assessment'] } });
    expect(awaited(assessed)).toEqual(['conflicts-assessment', of('commissioner', 'opened it')]);
    const there = assessed.did('amend-facts', { facts: { 'conflicts-assessment': { reference: 'DMS/2', title: 'Conflicts assessment' } } });
    expect(awaited(there)).toEqual([of('commissioner', 'opened it')]);
    expect(awaited(clear(there, 'commissioner', 'commissioner'))).toEqual([]);
  });
});
