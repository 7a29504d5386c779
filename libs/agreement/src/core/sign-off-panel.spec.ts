import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FactValues } from './facts.js';
import { id, inDesign, people, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import { type SignOffOutcome, standing } from './sign-off.js';
import { needed, type Panel, tally, type Vote } from './sign-off-panel.js';

const signOff = id(50);
const finance = { kind: 'approval', discipline: 'finance' } as const;
const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const refusedIt: SignOffOutcome = { is: 'refused', reason: 'Too dear' };
const grants = (scene: Scene, who: Who) => scene.knowing(who, { grants: [{ grant: id(901), role: 'approver', discipline: 'finance' }] });
const askedOf = (panel: Panel, scene = inDesign) => scene.did('request-sign-off', { signOff, ...finance, panel }, 'colleague');
const signing = (scene: Scene, outcome: SignOffOutcome = granted) => ({ signOff, versionRead: scene.agreement.content.finance, outcome });
const sign = (scene: Scene, who: Who, outcome?: SignOffOutcome) => refusals(scene.when('sign-off', signing(scene, outcome), who));
const signed = (scene: Scene, who: Who, outcome?: SignOffOutcome) => scene.did('sign-off', signing(scene, outcome), who);
const gate = (scene: Scene, people = 1) => missingAt(scene, 'sign-offs.granted', { signOffs: [{ ...finance, people }] }).map(({ what }) => what);
const stands = (scene: Scene) => standing(scene.agreement, scene.agreement.signOffs[0]!, scene.today);
const three = [people.approver, people.decisionMaker, people.stranger];
const of = (quorum: Panel['quorum'], veto: readonly string[] = []) =>
  askedOf({ of: three, quorum, veto }, (['approver', 'decisionMaker', 'stranger'] as const).reduce(grants, inDesign));

test('two of three are enough, and one is not', () => {
  const scene = of({ is: 'at-least', least: 2 });
  const one = signed(scene, 'approver');
  expect([stands(one), gate(one), stands(signed(one, 'stranger'))]).toEqual(['awaited', ['approval of finance: awaited'], 'granted']);
  expect(sign(one, 'approver')).toEqual(['already-so']);
  expect(sign(grants(one, 'colleague'), 'colleague', refusedIt)).toEqual(['sign-off.not-asked']);
  expect(gate(signed(one, 'stranger'), 2)).toEqual([]);
  expect(gate(signed(one, 'stranger'), 3)).toEqual(['approval of finance: granted by 2 of the 3 people it takes']);
});

test('it is refused once the quorum is out of reach, or by one who has a veto', () => {
  const twice = signed(signed(of({ is: 'at-least', least: 2 }), 'approver', refusedIt), 'stranger', refusedIt);
  expect(stands(twice)).toBe('refused');
  expect(stands(signed(of({ is: 'at-least', least: 1 }, [people.stranger]), 'stranger', refusedIt))).toBe('refused');
  expect(stands(signed(of({ is: 'at-least', least: 1 }, [people.stranger]), 'approver', refusedIt))).toBe('awaited');
});

test('whoever has a veto is heard, however quick the others are', () => {
  const quick = signed(of({ is: 'at-least', least: 1 }, [people.stranger]), 'approver');
  expect([stands(quick), gate(quick)]).toEqual(['awaited', ['approval of finance: awaited']]);
  expect(stands(signed(quick, 'stranger', refusedIt))).toBe('refused');
  expect(stands(signed(quick, 'decisionMaker', refusedIt))).toBe('awaited');
  expect(gate(signed(quick, 'stranger'))).toEqual([]);
});

test('in order, nobody answers before those before them', () => {
  const scene = of({ is: 'in-order' });
  expect(sign(scene, 'decisionMaker')).toEqual(['sign-off.out-of-turn']);
  const all = (['approver', 'decisionMaker', 'stranger'] as const).reduce((done, who) => signed(done, who), scene);
  expect(stands(all)).toBe('granted');
});

test('conditions add up, and the earliest last day holds', () => {
  const first = signed(of({ is: 'at-least', least: 2 }), 'approver', { is: 'granted', conditions: [{ what: 'A', dueOn: '2026-06-10' }], expiresOn: '2026-09-30' });
  const both = signed(first, 'stranger', { is: 'granted', conditions: [{ what: 'B', dueOn: '2026-06-20' }], expiresOn: '2026-08-31' });
  expect(both.agreement.signOffs[0]?.answer).toMatchObject({ conditions: [{ what: 'A' }, { what: 'B' }], expiresOn: '2026-08-31' });
});

test('a word on an earlier version counts no more', () => {
  const one = signed(of({ is: 'at-least', least: 2 }), 'approver').did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });
  expect(stands(signed(one, 'stranger'))).toBe('awaited');
  expect(stands(signed(signed(one, 'stranger'), 'approver'))).toBe('granted');
});

test('a panel that can never agree is refused before anyone is asked, for every reason at once', () => {
  const impossible = { of: [people.approver, id(99)], quorum: { is: 'at-least', least: 3 }, veto: [people.stranger] } as const;
  expect(refusals(inDesign.when('request-sign-off', { signOff, ...finance, panel: impossible }))).toEqual(['sign-off.quorum-out-of-reach', 'sign-off.veto-of-others', 'person.unknown']);
  expect(refusals(inDesign.when('request-sign-off', { signOff, ...finance, panel: { of: [people.approver, people.approver], quorum: { is: 'in-order' }, veto: [] } }))).toEqual(['sign-off.panel-too-small']);
  const lasting = signed(signed(of({ is: 'at-least', least: 2 }), 'approver', { ...granted, expiresOn: '2026-12-31' }), 'stranger');
  const renewal = { signOff, versionRead: lasting.agreement.content.finance, expiresOn: '2027-06-30', review: { reference: 'x', title: 'x' } };
  expect(refusals(lasting.when('renew-sign-off', renewal, 'approver'))).toEqual(['sign-off.panel-asked-anew']);
});

test('what those who were asked together can grant no more is withdrawn by anybody, and asked anew: too many of them left, may sign no more, have it as their own or are no other', () => {
  const withdraws = (scene: Scene, who: Who = 'commissioner') => refusals(scene.when('withdraw-sign-off', { signOff, reason: 'They left.' }, who));
  const left = (scene: Scene, ...who: readonly Who[]) => who.reduce((one, each) => one.knowing(each, { disabled: true }), scene);
  const [notYours, ordered, two] = [['sign-off.not-yours'], of({ is: 'in-order' }), of({ is: 'at-least', least: 2 })];
  const anew = (scene: Scene) => refusals(scene.when('request-sign-off', { signOff: id(51), ...finance }));
  const gone = left(ordered, 'approver', 'colleague');
  expect([sign(gone, 'decisionMaker'), anew(gone), withdraws(gone), withdraws(gone, 'representative')]).toEqual([['sign-off.out-of-turn'], ['already-so'], [], []]);
  expect(anew(gone.did('withdraw-sign-off', { signOff, reason: 'They left.' }))).toEqual([]);
  // Where enough of them are left, they answer: whether whoever asked is here makes no difference.
  expect([withdraws(ordered), withdraws(left(ordered, 'colleague')), withdraws(left(two, 'approver')), withdraws(left(signed(two, 'approver'), 'approver', 'stranger'))]).toEqual([notYours, notYours, notYours, notYours]);
  expect([withdraws(left(two, 'approver', 'stranger')), withdraws(left(signed(two, 'approver', refusedIt), 'stranger')), withdraws(left(of({ is: 'at-least', least: 1 }, [people.stranger]), 'stranger'))]).toEqual([[], [], []]);
  const amended = signed(two, 'approver').did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });
  expect(withdraws(left(amended, 'approver', 'stranger'))).toEqual([]);
  expect([withdraws(ordered.knowing('stranger', { grants: [] })), withdraws(ordered.given(['concordat.agreement.conflict-declared.v1', { person: people.stranger, role: 'approver', interest: 'relative', about: { subject: id(0), sealed: 'x' } }]))]).toEqual([[], []]);
  const twins = (scene: Scene) => scene.knowing('stranger', { identities: [{ person: people.decisionMaker, provider: null }] }).knowing('decisionMaker', { identities: [{ person: people.stranger, provider: null }] });
  expect([withdraws(twins(two)), withdraws(twins(left(two, 'approver'))), withdraws(twins(left(signed(two, 'stranger'), 'approver')))]).toEqual([notYours, [], []]);
});

test('a panel asks nobody who may not sign: each is named with every reason, who lacks the role, whose own it is, who works for a provider', () => {
  const of = [people.approver, people.decisionMaker, people.colleague, people.commissioner, people.signatory];
  const asked = (scene: Scene) => scene.when('request-sign-off', { signOff, ...finance, panel: { of, quorum: { is: 'at-least', least: 2 }, veto: [] } }, 'colleague');
  const lacking = (person: string) => ({ what: `person-${person} as approver of finance`, suppliedBy: 'administrator', by: 'grant-role' });
  const barred = (person: string, why: string) => ({ what: `someone other than person-${person}, who ${why}`, suppliedBy: 'commissioner', by: 'request-sign-off' });
  expect(asked(inDesign)).toMatchObject({
    refused: [{
      code: 'sign-off.panel-may-not-sign',
      missing: [
        lacking(people.decisionMaker), barred(people.colleague, 'asked for this sign-off'), barred(people.commissioner, 'opened the agreement'), lacking(people.signatory), barred(people.signatory, 'works for a provider'),
      ],
    }],
  });
  const ended = inDesign.knowing('approver', { grants: inDesign.persons[people.approver]!.grants.map((grant) => ({ ...grant, until: '2026-05-31' })) });
  expect(asked(ended)).toMatchObject({ refused: [{ missing: expect.arrayContaining([lacking(people.approver)]) }] });
});

test('one head speaks once: the others of the panel are named, and where nobody is left of it, somebody else is asked', () => {
  const heads = grants(grants(inDesign, 'decisionMaker'), 'stranger');
  const lacks = (...who: Who[]) => {
    const scene = signed(askedOf({ of: who.map((one) => people[one]), quorum: { is: 'at-least', least: 2 }, veto: [] }, heads), 'approver').knowing('decisionMaker', { identities: [{ person: people.approver, provider: null }] });
    return scene.when('sign-off', signing(scene), 'decisionMaker');
  };
  const missing = (lacking: object) => ({ refused: [expect.objectContaining({ code: 'sign-off.one-voice-each', missing: [lacking] })] });
  expect(lacks('approver', 'decisionMaker', 'stranger')).toEqual(missing({ what: `person-${people.stranger}`, suppliedBy: 'approver:finance', by: 'sign-off' }));
  expect(lacks('approver', 'decisionMaker')).toEqual(missing({ what: 'a panel with somebody else in it', suppliedBy: 'commissioner', by: 'request-sign-off' }));
});

test('a panel of which one has answered is asked again, of no fewer and with no less say, whatever came of it', () => {
  const again = (scene: Scene, panel?: Panel) => scene.when('request-sign-off', { signOff: id(51), ...finance, ...(panel !== undefined && { panel }) }, 'colleague');
  const vetoed = signed(of({ is: 'at-least', least: 2 }, [people.stranger]), 'stranger', refusedIt);
  const ask = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'request-sign-off' });
  expect(again(vetoed)).toMatchObject({
    refused: [{ code: 'sign-off.panel-pinned', missing: [...three.map((person) => ask(`person-${person}, who was asked before`)), ask(`the veto of person-${people.stranger}`)] }],
  });
  expect(again(vetoed, { of: three, quorum: { is: 'at-least', least: 1 }, veto: [people.stranger] })).toMatchObject({ refused: [{ code: 'sign-off.panel-pinned', missing: [ask('at least 2 of the 3 asked')] }] });
  expect(refusals(again(vetoed, { of: three, quorum: { is: 'at-least', least: 2 }, veto: [people.stranger] }))).toEqual([]);
  // One has refused it and is not to be passed over by taking the question back.
  const takenBack = signed(of({ is: 'at-least', least: 2 }), 'stranger', refusedIt).did('withdraw-sign-off', { signOff, reason: 'x' }, 'colleague');
  expect(refusals(again(takenBack))).toEqual(['sign-off.panel-pinned']);
  const grantedOnce = signed(signed(of({ is: 'at-least', least: 2 }), 'approver'), 'stranger').did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });
  expect(refusals(again(grantedOnce))).toEqual(['sign-off.panel-pinned']);
});

test('what one refused and another grants as it stands is read by a second person; whoever refused it, or whoever is asked of something else, grants alone', () => {
  const again = (scene: Scene) => scene.did('request-sign-off', { signOff: id(51), ...finance }, 'colleague');
  const heads = (['decisionMaker', 'stranger'] as const).reduce(grants, inDesign);
  const refused = signed(heads.did('request-sign-off', { signOff, ...finance }, 'colleague'), 'approver', refusedIt);
  const granting = (scene: Scene, who: Who) => scene.did('sign-off', { signOff: id(51), versionRead: scene.agreement.content.finance, outcome: granted }, who);
  const shopped = granting(again(refused), 'stranger');
  expect(gate(shopped)).toEqual(['approval of finance: waits for a second person, because it was granted by the one who answers what somebody else refused as it stands']);
  expect(gate(shopped.did('second-sign-off', { signOff: id(51) }, 'decisionMaker'))).toEqual([]);
  expect(gate(granting(again(refused), 'approver'))).toEqual([]);
  // Nor by refusing it oneself first.
  const refusedTwice = refused.did('request-sign-off', { signOff: id(53), ...finance }, 'colleague').did('sign-off', { ...signing(refused, refusedIt), signOff: id(53) }, 'stranger');
  expect(gate(granting(again(refusedTwice), 'stranger'))).toEqual(gate(shopped));
  const changed = refused.did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });
  expect(gate(granting(again(changed), 'stranger'))).toEqual([]);
});

test('nobody loses a seat in a panel, and a veto with it, by being named lead or sponsor by somebody else', () => {
  const vetoed = signed(of({ is: 'at-least', least: 1 }, [people.stranger]), 'stranger', refusedIt);
  const naming = (scene: Scene, facts: FactValues, who: Who = 'commissioner') => scene.when('amend-facts', { facts }, who);
  for (const name of ['lead', 'sponsor'] as const) {
    expect(naming(vetoed, { [name]: people.stranger })).toMatchObject({
      refused: [{ code: 'facts.seated-in-a-panel', missing: [{ what: `another ${name}`, suppliedBy: 'commissioner', by: 'amend-facts' }] }],
    });
  }
  const alsoKnown = vetoed.knowing('outsider', { identities: [{ person: people.stranger, provider: null }] });
  expect(refusals(naming(alsoKnown, { lead: people.outsider }))).toEqual(['facts.seated-in-a-panel']);
  // Of a panel that nobody answered yet, too, while it is awaited; and whoever sits there may give it up themselves.
  const awaited = of({ is: 'in-order' });
  expect(refusals(naming(awaited, { lead: people.stranger }))).toEqual(['facts.seated-in-a-panel']);
  expect(refusals(naming(awaited.did('withdraw-sign-off', { signOff, reason: 'x' }, 'colleague'), { lead: people.stranger }))).toEqual([]);
  expect(refusals(naming(vetoed, { lead: people.outsider }))).toEqual([]);
  const commissions = vetoed.knowing('stranger', { grants: [{ role: 'commissioner', grant: id(902) }] });
  expect(refusals(naming(commissions, { lead: people.stranger }, 'stranger'))).toEqual([]);
});

test('going back over what a panel was asked of makes it no lesser panel', () => {
  const vetoed = signed(of({ is: 'at-least', least: 2 }, [people.stranger]), 'stranger', refusedIt);
  const back = vetoed.did('return-to-stage', { stage: 'mandate', reason: 'The need changed.' }).did('request-gate', { stage: 'mandate' });
  expect(gate(back)).toEqual(['approval of finance: refused']);
  const grantedBack = signed(signed(of({ is: 'at-least', least: 2 }), 'approver'), 'stranger').did('return-to-stage', { stage: 'mandate', reason: 'The need changed.' }).did('request-gate', { stage: 'mandate' });
  expect(grantedBack.agreement.signOffs).toEqual([]);
  for (const each of [back, grantedBack]) expect(refusals(each.when('request-sign-off', { signOff: id(51), ...finance }, 'colleague'))).toEqual(['sign-off.panel-pinned']);
});

test('a panel that nobody has answered yet is taken back, and whoever left or may sign no more is not asked again', () => {
  const again = (scene: Scene, panel?: Panel) => refusals(scene.when('request-sign-off', { signOff: id(51), ...finance, ...(panel !== undefined && { panel }) }, 'colleague'));
  expect(again(of({ is: 'in-order' }).did('withdraw-sign-off', { signOff, reason: 'The wrong people' }, 'colleague'))).toEqual([]);
  const left = signed(of({ is: 'in-order' }), 'approver', refusedIt).knowing('stranger', { disabled: true });
  expect(again(left, { of: [people.approver, people.decisionMaker], quorum: { is: 'in-order' }, veto: [] })).toEqual([]);
  expect(again(left.knowing('decisionMaker', { grants: [] }))).toEqual([]);
});

test('whatever order votes come in, a quorum is reached exactly when enough granted, everyone with a veto spoke and no veto fell', () => {
  const members = fc.constantFrom('a', 'b', 'c', 'd');
  const panels: fc.Arbitrary<Panel> = fc.record({
    of: fc.constant(['a', 'b', 'c', 'd']),
    quorum: fc.oneof(fc.integer({ min: 1, max: 4 }).map((least) => ({ is: 'at-least' as const, least })), fc.integer({ min: 1, max: 100 }).map((percent) => ({ is: 'percent' as const, percent })), fc.constant({ is: 'in-order' as const })),
    veto: fc.uniqueArray(members, { maxLength: 2 }),
  });
  const votes: fc.Arbitrary<Vote[]> = fc.uniqueArray(fc.record({ member: members, is: fc.constantFrom('granted' as const, 'refused' as const) }), { selector: ({ member }) => member });
  fc.assert(
    fc.property(panels, votes, (panel, cast) => {
      const vetoed = cast.some(({ member, is }) => is === 'refused' && panel.veto.includes(member));
      const heard = panel.veto.every((one) => cast.some(({ member }) => member === one));
      const yes = cast.filter(({ is }) => is === 'granted').length;
      const outcome = tally(panel, cast);
      expect(outcome === 'granted').toBe(!vetoed && heard && yes >= needed(panel));
      if (outcome === 'awaited') expect(yes + (4 - cast.length)).toBeGreaterThanOrEqual(needed(panel));
      expect(tally(panel, cast.toReversed())).toBe(outcome);
    }),
  );
});
