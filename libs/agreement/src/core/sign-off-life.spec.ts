import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { id, inDesign, opened, people, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import { needed, type Panel, tally, type Vote } from './quorum.js';
import { type SignOffOutcome, standing } from './sign-off.js';

const signOff = id(50);
const finance = { kind: 'approval', discipline: 'finance' } as const;
const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const refusedIt: SignOffOutcome = { is: 'refused', reason: 'Too dear' };
const asked = inDesign.did('request-sign-off', { signOff, ...finance }, 'colleague');
const askedOf = (panel: Panel, scene = inDesign) => scene.did('request-sign-off', { signOff, ...finance, panel }, 'colleague');
const signing = (scene: Scene, outcome: SignOffOutcome = granted, onBehalfOf?: Who) => ({
  signOff, versionRead: scene.agreement.content.finance, outcome, ...(onBehalfOf !== undefined && { onBehalfOf: people[onBehalfOf] }),
});
const sign = (scene: Scene, who: Who, outcome?: SignOffOutcome, onBehalfOf?: Who) => refusals(scene.when('sign-off', signing(scene, outcome, onBehalfOf), who));
const signed = (scene: Scene, who: Who, outcome?: SignOffOutcome, onBehalfOf?: Who) => scene.did('sign-off', signing(scene, outcome, onBehalfOf), who);
const gate = (scene: Scene, people = 1) => missingAt(scene, 'sign-offs.granted', { signOffs: [{ ...finance, people }] }).map(({ what }) => what);
const stands = (scene: Scene) => standing(scene.agreement, scene.agreement.signOffs[0]!, scene.today);
const grants = (scene: Scene, who: Who) => scene.knowing(who, { grants: [{ grant: id(901), role: 'approver', discipline: 'finance' }] });
const worth = (amount: string) => asked.did('amend-facts', { facts: { value: { amount, currency: 'GBP' } } });

describe('granted with conditions', () => {
  const certificate = { what: 'An insurance certificate', dueOn: '2026-06-10' };
  const conditional = signed(asked, 'approver', { is: 'granted', conditions: [certificate] });
  test('it opens the gate until the day a condition is due, and shuts it after', () => {
    expect([stands(conditional), gate(conditional.on('2026-06-10'))]).toEqual(['granted-with-conditions', []]);
    expect(gate(conditional.on('2026-06-11'))).toEqual(['approval of finance: “An insurance certificate” was due on 2026-06-10']);
    expect(missingAt(conditional, 'sign-offs.conditions-met', {})).toMatchObject([{ what: 'approval of finance: “An insurance certificate”, due on 2026-06-10', suppliedBy: 'approver:finance', by: 'meet-sign-off-condition' }]);
  });
  test('what is done is recorded once, and opens it again', () => {
    const meet = { signOff, condition: 1, how: 'DMS/certificate' };
    const met = conditional.did('meet-sign-off-condition', meet, 'approver');
    expect(gate(met.on('2026-06-11'))).toEqual([]);
    expect(missingAt(met, 'sign-offs.conditions-met', {})).toEqual([]);
    expect(refusals(met.when('meet-sign-off-condition', meet, 'approver'))).toEqual(['already-so']);
    expect(refusals(met.when('meet-sign-off-condition', { ...meet, condition: 2 }, 'approver'))).toEqual(['sign-off.no-such-condition']);
    expect(refusals(asked.when('meet-sign-off-condition', meet, 'approver'))).toEqual(['sign-off.no-such-condition']);
  });

  test('is said to be done by whoever set it or another of the discipline, and by nobody who asked, opened the agreement, leads it or wrote what it rests on, under any id', () => {
    const meet = { signOff, condition: 1, how: 'DMS/certificate' };
    const met = (who: Who, scene = conditional) => scene.when('meet-sign-off-condition', meet, who);
    expect(met('colleague')).toMatchObject({ refused: [{ code: 'sign-off.own-work', missing: [{ what: 'someone other than the one who asked for this sign-off', suppliedBy: 'approver:finance', by: 'meet-sign-off-condition' }] }] });
    expect(refusals(met('commissioner'))).toEqual(['sign-off.own-work']);
    expect(refusals(met('representative'))).toEqual(['right.missing']);
    expect(refusals(met('outsider', grants(conditional, 'outsider')))).toEqual([]);
    const linked = grants(conditional, 'outsider').knowing('outsider', { identities: [{ person: people.colleague, provider: null }] });
    expect(refusals(met('outsider', linked))).toEqual(['sign-off.own-work']);
    // Who set it may have become its lead, or wrote what it rests on, since.
    expect(refusals(met('approver', conditional.did('amend-facts', { facts: { lead: people.approver } })))).toEqual(['sign-off.own-work']);
  });

  test('is said to be done by the very party, where the party accepted on condition of it', () => {
    const owned = inDesign.did('amend-facts', { facts: { sponsor: people.colleague } }).did('request-sign-off', { signOff, kind: 'acceptance', discipline: 'finance' });
    const accepted = signed(owned, 'colleague', { is: 'granted', conditions: [certificate] });
    const meet = { signOff, condition: 1, how: 'DMS/certificate' };
    expect(accepted.when('meet-sign-off-condition', meet, 'approver')).toMatchObject({ refused: [{ code: 'sign-off.not-the-party', missing: [{ suppliedBy: `person-${people.colleague}` }] }] });
    expect(missingAt(accepted, 'sign-offs.conditions-met', {})).toMatchObject([{ suppliedBy: 'owner', by: 'meet-sign-off-condition' }]);
    expect(refusals(accepted.when('meet-sign-off-condition', meet, 'colleague'))).toEqual([]);
  });
});

describe('what a sign-off was granted on condition of', () => {
  const conditional = signed(asked, 'approver', { is: 'granted', conditions: [{ what: 'An insurance certificate', dueOn: '2026-06-10' }] });
  const more = { signOff, condition: 1, dueOn: '2026-06-30', reason: 'The insurer is slow.' };

  test('is given more time once, before or after its day, by whoever gives the sign-off, with separation of duties in full', () => {
    for (const day of ['2026-06-05', '2026-06-11']) {
      const renewed = conditional.on(day).did('renew-sign-off-condition', more, 'approver');
      expect([gate(renewed.on('2026-06-30')), gate(renewed.on('2026-07-01'))]).toEqual([[], ['approval of finance: “An insurance certificate” was due on 2026-06-30']]);
      expect(renewed.when('renew-sign-off-condition', { ...more, dueOn: '2026-12-31' }, 'approver')).toMatchObject({ refused: [{ code: 'sign-off.condition-renewed', missing: [{ by: 'meet-sign-off-condition' }] }] });
    }
    expect(refusals(conditional.when('renew-sign-off-condition', more, 'commissioner'))).toEqual(['sign-off.own-work']);
    expect(refusals(conditional.when('renew-sign-off-condition', more, 'representative'))).toEqual(['right.missing']);
  });

  test('is given more time where there is something to do and the sign-off stands, until a later day', () => {
    const why = (scene: Scene, changes: object = {}) => refusals(scene.when('renew-sign-off-condition', { ...more, ...changes }, 'approver'));
    expect([why(conditional, { condition: 2 }), why(asked), why(conditional, { signOff: id(51) })]).toEqual([['sign-off.no-such-condition'], ['sign-off.no-such-condition'], ['sign-off.unknown']]);
    expect([why(conditional, { dueOn: '2026-06-10' }), why(conditional.on('2026-06-30'))]).toEqual([['sign-off.due-date-past'], ['sign-off.due-date-past']]);
    expect(why(conditional.did('meet-sign-off-condition', { signOff, condition: 1, how: 'x' }, 'approver'))).toEqual(['already-so']);
    expect(why(conditional.did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } }))).toEqual(['sign-off.other-version']);
  });

  test('is never past the start of the service, where safeguarding is owed it', () => {
    const scene = inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-07-01', endsOn: '2027-06-30' } } }).did('request-sign-off', { signOff, kind: 'approval', discipline: 'safeguarding' }, 'colleague');
    const outcome: SignOffOutcome = { is: 'granted', conditions: [{ what: 'Checks of two people', dueOn: '2026-06-10' }] };
    const granting = scene.did('sign-off', { signOff, versionRead: scene.agreement.content.safeguarding, outcome }, 'approver');
    expect(refusals(granting.when('renew-sign-off-condition', { ...more, dueOn: '2026-07-01' }, 'approver'))).toEqual(['condition.safeguarding-past-start']);
    expect(refusals(granting.when('renew-sign-off-condition', more, 'approver'))).toEqual([]);
  });
});

describe('a sign-off that holds until some day', () => {
  const lasting = signed(asked, 'approver', { ...granted, expiresOn: '2026-06-30' });
  const renewal = { signOff, versionRead: asked.agreement.content.finance, expiresOn: '2026-12-31', review: { reference: 'DMS/review', title: 'Review' } };

  test('lapses the day after, and shuts the gate', () => {
    expect([stands(lasting.on('2026-06-30')), stands(lasting.on('2026-07-01'))]).toEqual(['granted', 'lapsed']);
    expect(gate(lasting.on('2026-07-01'))).toEqual(['approval of finance: lapsed']);
    expect(sign(asked, 'approver', { ...granted, expiresOn: '2026-05-31' })).toEqual(['sign-off.expired-already']);
  });
  test('is renewed through a review, before or after its last day, with separation of duties in full', () => {
    for (const day of ['2026-06-20', '2026-07-10']) expect(gate(lasting.on(day).did('renew-sign-off', renewal, 'approver').on('2026-12-31'))).toEqual([]);
    expect(refusals(lasting.when('renew-sign-off', renewal, 'commissioner'))).toEqual(['sign-off.own-work']);
    expect(refusals(lasting.when('renew-sign-off', { ...renewal, expiresOn: '2026-06-30' }, 'approver'))).toEqual(['sign-off.expired-already']);
  });
  test('is asked anew, not renewed, once what it rests on has changed', () => {
    const dearer = lasting.did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } });
    expect(refusals(dearer.when('renew-sign-off', { ...renewal, versionRead: dearer.agreement.content.finance }, 'approver'))).toEqual(['sign-off.other-version']);
    expect(stands(dearer.on('2026-07-10'))).toBe('stale');
    expect(refusals(signed(asked, 'approver').when('renew-sign-off', renewal, 'approver'))).toEqual(['sign-off.nothing-to-renew']);
  });

  test('may be given until today, on condition of what is due today, and renewed until today', () => {
    expect(sign(asked, 'approver', { is: 'granted', conditions: [{ what: 'A certificate', dueOn: '2026-06-01' }], expiresOn: '2026-06-01' })).toEqual([]);
    expect(refusals(lasting.on('2026-07-10').when('renew-sign-off', { ...renewal, expiresOn: '2026-07-10' }, 'approver'))).toEqual([]);
  });

  const toRenew = (scene: Scene) => missingAt(scene, 'sign-offs.renewed', {});
  test('is missed at a later gate from the day after it expires until it is renewed or given anew, whether or not that gate asks for it', () => {
    expect(toRenew(lasting.on('2026-06-30'))).toEqual([]);
    expect(missingAt(lasting.on('2026-07-01'), 'sign-offs.renewed', { discipline: 'safeguarding' })).toEqual([]);
    expect(toRenew(lasting.on('2026-07-01'))).toEqual([{ what: 'approval of finance: lapsed after 2026-06-30', suppliedBy: 'approver:finance', by: 'renew-sign-off' }]);
    expect(toRenew(lasting.on('2026-07-10').did('renew-sign-off', renewal, 'approver'))).toEqual([]);
    const anew = lasting.on('2026-07-10').did('request-sign-off', { signOff: id(51), ...finance }, 'colleague');
    expect(toRenew(anew)).toHaveLength(1);
    expect(toRenew(anew.did('sign-off', { ...signing(anew), signOff: id(51) }, 'approver'))).toEqual([]);
  });
  test('is missed as one to be asked for anew, once what it rests on has changed', () => {
    expect(toRenew(lasting.did('amend-facts', { facts: { value: { amount: '50000.00', currency: 'GBP' } } }).on('2026-07-10'))).toMatchObject([{ suppliedBy: 'commissioner', by: 'request-sign-off' }]);
    expect(toRenew(signed(asked, 'approver').on('2036-07-10'))).toEqual([]);
  });
});

describe('several people asked together', () => {
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
  test('going back over what a panel was asked of makes it no lesser panel', () => {
    const vetoed = signed(of({ is: 'at-least', least: 2 }, [people.stranger]), 'stranger', refusedIt);
    const back = vetoed.did('return-to-stage', { stage: 'mandate', reason: 'The need changed.' }).did('request-gate', { stage: 'mandate' });
    expect(back.agreement.signOffs).toEqual([]);
    expect(refusals(back.when('request-sign-off', { signOff: id(51), ...finance }, 'colleague'))).toEqual(['sign-off.panel-pinned']);
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
});

describe('in another’s place', () => {
  const delegation = { delegation: id(70), to: people.decisionMaker, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', agreements: null, upTo: null, when: 'always' } as const;
  const delegating = (scene: Scene, changes: object = {}) => scene.knowing('approver', { delegations: [{ ...delegation, ...changes }] });

  test('whoever was named signs, and the record says for whom and by which delegation', () => {
    expect(sign(asked, 'decisionMaker', granted, 'approver')).toEqual(['right.missing']);
    const scene = delegating(asked);
    expect(scene.when('sign-off', signing(scene, granted, 'approver'), 'decisionMaker')).toMatchObject({ accepted: [{ data: { onBehalfOf: people.approver, delegation: delegation.delegation, identities: [people.approver] } }] });
    expect(gate(signed(scene, 'decisionMaker', granted, 'approver'))).toEqual([]);
    expect(sign(scene, 'decisionMaker')).toEqual(['right.missing']);
  });
  test('not before its first day, not after its last, and for absence only while its giver is away', () => {
    expect(sign(delegating(asked).on('2026-07-01'), 'decisionMaker', granted, 'approver')).toEqual(['right.missing']);
    const absent = delegating(asked, { when: 'absent' });
    expect(sign(absent, 'decisionMaker', granted, 'approver')).toEqual(['right.missing']);
    const away = absent.knowing('approver', { absences: [{ absence: id(71), from: '2026-05-30', until: '2026-06-02' }] });
    expect([sign(away, 'decisionMaker', granted, 'approver'), sign(away.on('2026-06-03'), 'decisionMaker', granted, 'approver')]).toEqual([[], ['right.missing']]);
  });
  test('as far as its amount reaches, and nowhere while the value is not known', () => {
    const upTo = { upTo: 10_000 };
    expect(sign(delegating(worth('10000.00'), upTo), 'decisionMaker', granted, 'approver')).toEqual([]);
    expect(sign(delegating(worth('10000.01'), upTo), 'decisionMaker', granted, 'approver')).toEqual(['sign-off.beyond-delegation']);
    const unknown = delegating(asked, upTo);
    expect(unknown.when('sign-off', signing(unknown, granted, 'approver'), 'decisionMaker')).toMatchObject({
      refused: [{ code: 'sign-off.beyond-delegation', missing: [{ what: 'someone who may sign for this value: not known', suppliedBy: 'approver:finance', by: 'sign-off' }] }],
    });
  });
  test('no further than the delegation of this discipline and agreement reaches, though another reaches further', () => {
    const and = (other: object) => asked.knowing('approver', { delegations: [{ ...delegation, upTo: 10_000 }, { ...delegation, delegation: id(72), ...other }] });
    const tried = [{ discipline: 'equality' }, { agreements: [id(9)] }, {}].map((other) => sign(and(other), 'decisionMaker', granted, 'approver'));
    expect(tried).toEqual([['sign-off.beyond-delegation'], ['sign-off.beyond-delegation'], []]);
  });
  test('what bars the giver bars whoever stands in, and what bars whoever stands in bars them still', () => {
    const led = delegating(asked.did('amend-facts', { facts: { lead: people.approver } }));
    expect(sign(led, 'decisionMaker', granted, 'approver')).toEqual(['sign-off.own-work']);
    const ledByDeputy = delegating(asked.did('amend-facts', { facts: { lead: people.decisionMaker } }));
    expect(sign(ledByDeputy, 'decisionMaker', granted, 'approver')).toEqual(['sign-off.own-work']);
  });
});

describe('two hats on one head', () => {
  const about = { subject: people.approver, sealed: 'x' };
  const other = asked.did('declare-conflict', { person: people.approver, role: 'approver', interest: 'other', about }, 'approver');

  test('are declared, show, and wait for a second person', () => {
    const scene = signed(other, 'approver');
    expect([stands(scene), gate(scene)]).toEqual(['awaited', ['approval of finance: waits for a second person, because it was granted by the one who declared another interest']]);
    const read = scene.did('second-sign-off', { signOff }, 'decisionMaker');
    expect(gate(read)).toEqual([]);
    expect(read.agreement.signOffs[0]?.voices).toMatchObject([{ overlaps: ['declared another interest'], second: { is: 'given', by: people.decisionMaker } }]);
    expect(refusals(read.when('second-sign-off', { signOff }, 'decisionMaker'))).toEqual(['already-so']);
  });
  test('the second person is somebody else under every id, and nobody whose own work it is', () => {
    const scene = signed(other, 'approver');
    expect(refusals(scene.when('second-sign-off', { signOff }, 'approver'))).toEqual(['second.same-person']);
    expect(refusals(scene.when('second-sign-off', { signOff }, 'commissioner'))).toEqual(['sign-off.own-work']);
    const twin = scene.knowing('decisionMaker', { identities: [{ person: people.approver, provider: null }] });
    expect(refusals(twin.when('second-sign-off', { signOff }, 'decisionMaker'))).toEqual(['second.same-person']);
    expect(refusals(asked.when('second-sign-off', { signOff }, 'decisionMaker'))).toEqual(['already-so']);
  });
  test('the second person has no interest here, whatever it is, and what they read counts no more once they declare one or it becomes their own', () => {
    const scene = signed(other, 'approver');
    const interest = (world: Scene, kind: 'other' | 'bid') => world.did('declare-conflict', { person: people.decisionMaker, role: 'decision-maker', interest: kind, about: { subject: people.decisionMaker, sealed: 'x' } }, 'decisionMaker');
    expect(interest(scene, 'other').when('second-sign-off', { signOff }, 'decisionMaker')).toMatchObject({
      refused: [{ code: 'second.has-interest', missing: [{ what: 'someone who declared no interest', suppliedBy: 'someone else', by: 'second-sign-off' }] }],
    });
    expect(refusals(interest(scene, 'bid').when('second-sign-off', { signOff }, 'decisionMaker'))).toEqual(['sign-off.own-work']);
    const read = scene.did('second-sign-off', { signOff }, 'decisionMaker');
    for (const kind of ['other', 'bid'] as const) expect(gate(interest(read, kind))).toEqual(['approval of finance: read by the one who declared an interest']);
    expect(gate(read.did('amend-facts', { facts: { lead: people.decisionMaker } }))).toEqual(['approval of finance: read by the one who leads the agreement']);
    const twins = read.knowing('decisionMaker', { identities: [{ person: people.approver, provider: null }] });
    expect(gate(twins)).toEqual(['approval of finance: read by the one who declared an interest and signed it']);
  });
  test('signing for two disciplines shows in a small agreement, and takes a second person in every larger one', () => {
    const twice = (amount: string) => {
      const scene = opened.did('amend-facts', { facts: { value: { amount, currency: 'GBP' } } }).did('request-gate', { stage: 'mandate' })
        .did('request-sign-off', { signOff: id(51), kind: 'approval', discipline: 'equality' })
        .did('request-sign-off', { signOff, ...finance });
      return scene.did('sign-off', { signOff: id(51), versionRead: scene.agreement.content.equality, outcome: granted }, 'approver');
    };
    expect(gate(signed(twice('9000.00'), 'approver'))).toEqual([]);
    for (const amount of ['90000.00', '900000.00']) expect(gate(signed(twice(amount), 'approver'))).toMatchObject([expect.stringContaining('waits for a second person')]);
  });
});

test('what its giver takes back does not leave what was granted before it: the last word counts', () => {
  const again = (scene: Scene) => scene.did('request-sign-off', { signOff: id(51), ...finance }, 'colleague');
  const twice = again(signed(asked, 'approver')).did('sign-off', { ...signing(asked), signOff: id(51) }, 'approver');
  expect(gate(twice)).toEqual([]);
  expect(gate(twice.did('withdraw-sign-off', { signOff: id(51), reason: 'I was wrong' }, 'approver'))).toEqual(['approval of finance: taken back by whoever granted it']);
  // Whoever asked and takes the question back says nothing of what was granted.
  expect(gate(again(signed(asked, 'approver')).did('withdraw-sign-off', { signOff: id(51), reason: 'No need' }, 'colleague'))).toEqual([]);
});

test('what is withdrawn or refused already is not withdrawn', () => {
  const withdraw = (scene: Scene) => refusals(scene.when('withdraw-sign-off', { signOff, reason: 'No need' }, 'colleague'));
  expect([withdraw(asked), withdraw(asked.did('withdraw-sign-off', { signOff, reason: 'No need' }, 'colleague')), withdraw(signed(asked, 'approver', refusedIt))]).toEqual([[], ['already-so'], ['already-so']]);
});

test('anyone may ask for a sign-off: a participant, an elected member, a publisher', () => {
  for (const role of ['participant', 'elected-member', 'publisher', 'advocate'] as const) {
    const scene = inDesign.knowing('stranger', { grants: [{ grant: id(900), role }] });
    expect([role, refusals(scene.when('request-sign-off', { signOff, ...finance }, 'stranger'))]).toEqual([role, []]);
  }
});
