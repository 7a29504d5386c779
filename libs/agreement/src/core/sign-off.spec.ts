import { describe, expect, test } from '@jest/globals';
import { owedBy } from './check.js';
import type { SignOffOutcome } from './sign-off.js';
import { id, inDesign, type Happening, opened, people, provider, refusals, type Scene, type Who } from './given.js';

const signOff = id(50);
const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const finance = { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } } as const;
const asked = inDesign.did('request-sign-off', { signOff, kind: 'approval', discipline: 'finance' }, 'colleague');

const sign = (scene: Scene, who: Who, outcome: SignOffOutcome = granted) =>
  scene.when('sign-off', { signOff, versionRead: scene.agreement.content.finance, outcome }, who);
const signed = (scene: Scene, who: Who = 'approver') =>
  scene.did('sign-off', { signOff, versionRead: scene.agreement.content.finance, outcome: granted }, who);
const gate = (scene: Scene) => scene.asking(finance).when('request-gate', { stage: 'design' });
const whatIsMissing = (scene: Scene) => {
  const decision = gate(scene);
  return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
};
const amended = (facts: object, who: Who): Happening => [
  'concordat.agreement.facts-amended.v1',
  { facts, tier: 'standard', content: inDesign.agreement.content, material: [] },
  who,
];

test('a sign-off that was asked for and granted by someone else opens the gate', () => {
  expect(refusals(gate(signed(asked)))).toEqual([]);
});

test('a sign-off is asked for ahead until the last gate that asks for it is passed', () => {
  const ahead = (scene: Scene) => owedBy(scene.agreement, scene.context()).signOffs;
  const before = signed(asked).asking(finance);
  expect(ahead(before)).toEqual(finance.parameters.signOffs);
  expect(ahead(before.did('request-gate', { stage: 'design' }))).toEqual([]);
});

test('a gate says whether a sign-off was not asked for, is awaited, was refused or is stale, and who comes next', () => {
  expect(gate(inDesign)).toMatchObject({ refused: [{ missing: [{ what: 'approval of finance: not asked for', suppliedBy: 'commissioner', by: 'request-sign-off' }] }] });
  expect(gate(asked)).toMatchObject({ refused: [{ missing: [{ what: 'approval of finance: awaited', suppliedBy: 'approver:finance', by: 'sign-off' }] }] });
  const refused = asked.did('sign-off', { signOff, versionRead: asked.agreement.content.finance, outcome: { is: 'refused', reason: 'Too dear' } }, 'approver');
  expect(whatIsMissing(refused)).toEqual(['approval of finance: refused']);
});

describe('no one approves what is their own', () => {
  const own = (who: Who, scene: Scene = asked) => {
    const decision = sign(scene, who);
    return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : [];
  };

  test('not who opened the agreement', () => expect(own('commissioner')).toEqual(['someone other than the one who opened the agreement']));
  test('not who asked for the sign-off', () => expect(own('colleague')).toEqual(['someone other than the one who asked for this sign-off']));

  test('not who wrote what it rests on, though whoever wrote something else may', () => {
    expect(own('approver', asked.given(amended({ value: { amount: '1.00', currency: 'GBP' } }, 'approver')))).toEqual(['someone other than the one who wrote what it rests on']);
    expect(own('approver', asked.given(amended({ description: 'Hot meals' }, 'approver')))).toEqual([]);
  });

  test('not who wrote what it rests on, though a colleague corrected it since', () => {
    const written = asked.given(amended({ value: { amount: '1.00', currency: 'GBP' } }, 'approver'));
    const corrected = written.given(amended({ value: { amount: '1.50', currency: 'GBP' } }, 'colleague'));
    expect(own('approver', corrected)).toEqual(['someone other than the one who wrote what it rests on']);
  });

  test('not who proposed the award it rests on', () => {
    const proposed: Happening = ['concordat.agreement.award-proposed.v1', { provider, value: { amount: '1.00', currency: 'GBP' }, stage: 'design', content: asked.agreement.content }, 'approver'];
    expect(own('approver', asked.given(proposed))).toEqual(['someone other than the one who proposed the award it rests on']);
  });

  test('not who leads it', () => expect(own('approver', asked.given(amended({ lead: people.approver }, 'colleague')))).toEqual(['someone other than the one who leads the agreement']));

  test('not who gives the money, but for the sponsor’s own sign-off', () => {
    const sponsored = asked.given(amended({ sponsor: people.approver }, 'colleague'));
    expect(own('approver', sponsored)).toEqual(['someone other than the one who gives the money']);
    const sponsorAsked = sponsored.did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'sponsor' });
    expect(refusals(sponsorAsked.when('sign-off', { signOff: id(51), versionRead: sponsorAsked.agreement.content.sponsor, outcome: granted }, 'approver'))).toEqual([]);
  });

  test('the sponsor’s sign-off is of that sponsor: it is stale once another gives the money', () => {
    const version = (scene: typeof asked) => scene.did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'sponsor' }).agreement.content.sponsor;
    expect(version(asked.did('amend-facts', { facts: { sponsor: people.approver } }, 'colleague'))).not.toBe(version(asked.did('amend-facts', { facts: { sponsor: people.decisionMaker } }, 'colleague')));
  });

  test('not who declared an interest, until somebody else agrees that it is over', () => {
    const about = { subject: people.approver, sealed: 'x' };
    const declared = asked.did('declare-conflict', { person: people.approver, role: 'approver', interest: 'relative', about }, 'approver');
    expect(own('approver', declared)).toEqual(['someone other than the one who declared an interest']);
    const over = declared.did('declare-no-conflict', { person: people.approver, role: 'approver' }, 'approver');
    expect(own('approver', over)).toEqual(['someone other than the one who declared an interest']);
    expect(own('approver', over.did('lift-conflict', { person: people.approver, role: 'approver', reasons: about }, 'colleague'))).toEqual([]);
  });

  test('every bar is named at once', () => {
    const scene = asked.given(amended({ lead: people.colleague, value: { amount: '1.00', currency: 'GBP' } }, 'colleague'));
    expect(own('colleague', scene)).toHaveLength(3);
  });

  test('a grant that became one’s own shuts the gate again', () => {
    const leading = signed(asked).did('amend-facts', { facts: { lead: people.approver } });
    expect(whatIsMissing(leading)).toEqual(['approval of finance: granted by the one who leads the agreement']);
  });

  test('a small agreement needs two different people, and two are enough', () => {
    const small = opened
      .did('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' } } })
      .did('request-gate', { stage: 'mandate' })
      .did('request-sign-off', { signOff, kind: 'approval', discipline: 'finance' });
    expect(small.agreement.tier).toBe('small');
    expect(refusals(sign(small, 'commissioner'))).toEqual(['sign-off.own-work']);
    expect(refusals(gate(signed(small, 'colleague')))).toEqual([]);
  });

  test('no system ever signs', () => expect(refusals(sign(asked, 'importer'))).toEqual(['right.missing']));
  test('nobody signs for a discipline they do not approve for', () => expect(refusals(sign(asked, 'decisionMaker'))).toEqual(['right.missing']));
});

test('whoever refuses their own proposal harms nobody', () => {
  expect(refusals(sign(asked, 'commissioner', { is: 'refused', reason: 'On reflection, no' }))).toEqual([]);
});

describe('a sign-off is bound to what was read', () => {
  const dearer = (scene: Scene) => scene.did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });

  test('what changed since it was read cannot be signed', () => {
    const decision = dearer(asked).when('sign-off', { signOff, versionRead: asked.agreement.content.finance, outcome: granted }, 'approver');
    expect(refusals(decision)).toEqual(['sign-off.other-version']);
  });

  test('a material change makes a grant stale and shuts the gate, naming it', () => {
    expect(whatIsMissing(dearer(signed(asked)))).toEqual(['approval of finance: stale, because what it rests on changed']);
  });

  test('a minor change only tells: nothing is stale, and the gate stays open', () => {
    expect(whatIsMissing(signed(asked).did('amend-facts', { facts: { title: 'Lunch clubs', place: 'Leith' } }))).toEqual([]);
  });

  test('what is put back as it was read stands again', () => {
    const before = asked.did('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' } } });
    const back = dearer(signed(before)).did('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' } } });
    expect(whatIsMissing(back)).toEqual([]);
  });
});

test('a sign-off is asked for once, given once, and by no one when nobody asked', () => {
  expect(refusals(asked.when('request-sign-off', { signOff, kind: 'approval', discipline: 'finance' }))).toEqual(['already-so', 'already-so']);
  expect(refusals(sign(signed(asked), 'approver'))).toEqual(['already-so']);
  expect([refusals(sign(inDesign, 'approver')), refusals(sign(inDesign, 'stranger'))]).toEqual([['sign-off.unknown'], ['right.missing']]);
});

test('a request is withdrawn by who asked, a grant by who gave it, and the gate shuts', () => {
  expect(refusals(asked.when('withdraw-sign-off', { signOff, reason: 'x' }, 'approver'))).toEqual(['sign-off.not-yours']);
  expect(whatIsMissing(asked.did('withdraw-sign-off', { signOff, reason: 'x' }, 'colleague'))).toEqual(['approval of finance: not asked for']);
  expect(refusals(signed(asked).when('withdraw-sign-off', { signOff, reason: 'x' }, 'colleague'))).toEqual(['sign-off.not-yours']);
  expect(gate(signed(asked).did('withdraw-sign-off', { signOff, reason: 'New facts' }, 'approver'))).toMatchObject({ refused: [{ code: 'sign-offs.granted' }] });
});

test('what was granted in another’s place is taken back by either of the two', () => {
  const delegations = [{ delegation: id(190), to: people.stranger, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', when: 'always', agreements: null, upTo: null }] as const;
  const role = { grants: [{ grant: id(900), role: 'finance' as const }] };
  const inPlace = asked.knowing('approver', { delegations }).knowing('stranger', role).did('sign-off', { signOff, versionRead: asked.agreement.content.finance, outcome: granted, onBehalfOf: people.approver }, 'stranger');
  expect(gate(inPlace.did('withdraw-sign-off', { signOff, reason: 'I would not have' }, 'approver'))).toMatchObject({ refused: [{ code: 'sign-offs.granted' }] });
  expect(refusals(inPlace.when('withdraw-sign-off', { signOff, reason: 'I misread it' }, 'stranger'))).toEqual([]);
  expect(refusals(inPlace.when('withdraw-sign-off', { signOff, reason: 'x' }, 'colleague'))).toEqual(['sign-off.not-yours']);
});

test('a condition is due today or later', () => {
  const outcome: SignOffOutcome = { is: 'granted', conditions: [{ what: 'An insurance certificate', dueOn: '2026-05-31' }] };
  expect(refusals(sign(asked, 'approver', outcome))).toEqual(['sign-off.due-date-past']);
});
