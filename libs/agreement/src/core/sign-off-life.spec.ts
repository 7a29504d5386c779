import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { id, inDesign, opened, people, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import { type SignOffOutcome, standing } from './sign-off.js';

const signOff = id(50);
const finance = { kind: 'approval', discipline: 'finance' } as const;
const granted: SignOffOutcome = { is: 'granted', conditions: [] };
const refusedIt: SignOffOutcome = { is: 'refused', reason: 'Too dear' };
const asked = inDesign.did('request-sign-off', { signOff, ...finance }, 'colleague');
const signing = (scene: Scene, outcome: SignOffOutcome = granted, onBehalfOf?: Who) => ({
  signOff, versionRead: scene.agreement.content.finance, outcome, ...(onBehalfOf !== undefined && { onBehalfOf: people[onBehalfOf] }),
});
const sign = (scene: Scene, who: Who, outcome?: SignOffOutcome, onBehalfOf?: Who) => refusals(scene.when('sign-off', signing(scene, outcome, onBehalfOf), who));
const signed = (scene: Scene, who: Who, outcome?: SignOffOutcome, onBehalfOf?: Who) => scene.did('sign-off', signing(scene, outcome, onBehalfOf), who);
const gate = (scene: Scene) => missingAt(scene, 'sign-offs.granted', { signOffs: [finance] }).map(({ what }) => what);
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

  test('is named once where it is overdue, also at the last gate, which asks for all of it', () => {
    const late = conditional.on('2026-06-11').asking();
    const named = (scene: Scene) => check(scene.agreement, scene.context()).flatMap(({ code, missing }) => (missing.some(({ what }) => what.includes('An insurance certificate')) ? [code] : []));
    expect(named(late)).toEqual(['gate.conditions-kept']);
    expect(named(late.following({ ...late.pathway, stages: late.pathway.stages.slice(0, 2) }))).toEqual(['sign-offs.conditions-met']);
  });

  describe('of safeguarding', () => {
    const starting = inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-07-01', endsOn: '2027-06-30' } } });
    const asking = (scene: Scene) => scene.did('request-sign-off', { signOff, kind: 'approval', discipline: 'safeguarding' }, 'colleague');
    const on = (scene: Scene, dueOn: string) => ({ signOff, versionRead: scene.agreement.content.safeguarding, outcome: { is: 'granted', conditions: [{ what: 'Checks of two people', dueOn: '2026-06-02' }, { what: 'Checks of all', dueOn }] } as SignOffOutcome });
    const granting = (scene: Scene, dueOn: string) => asking(scene).when('sign-off', on(asking(scene), dueOn), 'approver');
    const onCondition = asking(starting).did('sign-off', on(asking(starting), '2026-06-10'), 'approver');

    test('is never due past the start of the service, whoever grants it or gives it more time, and nobody knows that before the start is on record', () => {
      expect(granting(starting, '2026-07-01')).toMatchObject({ refused: [{ code: 'condition.safeguarding-past-start', missing: [{ what: 'a day before the service starts on 2026-07-01', suppliedBy: 'approver:safeguarding', by: 'sign-off' }] }] });
      expect(granting(inDesign, '2026-06-10')).toMatchObject({ refused: [{ code: 'condition.safeguarding-past-start', missing: [{ what: 'contract-period', suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
      expect(refusals(granting(starting, '2026-06-30'))).toEqual([]);
      expect(refusals(onCondition.when('renew-sign-off-condition', { ...more, condition: 2, dueOn: '2026-07-01' }, 'approver'))).toEqual(['condition.safeguarding-past-start']);
      expect(refusals(onCondition.when('renew-sign-off-condition', { ...more, condition: 2 }, 'approver'))).toEqual([]);
    });

    test('shuts the gate with which the service starts before it is due, and every one after it, and no gate before', () => {
      const [mandate, design, delivery] = inDesign.pathway.stages as [Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0]];
      const kept = (scene: Scene, stages: Scene['pathway']['stages']) => {
        const following = scene.following({ ...scene.pathway, stages });
        return check(following.agreement, following.context()).find(({ code }) => code === 'gate.conditions-kept');
      };
      const next = [mandate, design, { ...delivery, startsService: true as const }];
      const owed = (what: string) => ({ what: `approval of safeguarding: “${what}`, suppliedBy: 'approver:safeguarding', by: 'meet-sign-off-condition' });
      expect(kept(onCondition, next)?.missing).toEqual([owed('Checks of two people”, due on 2026-06-02'), owed('Checks of all”, due on 2026-06-10')]);
      expect(kept(onCondition, [mandate, { ...design, startsService: true }, delivery])?.met).toBe(false);
      expect(kept(onCondition, [mandate, design, { ...delivery, id: 'mobilisation' }, { ...delivery, startsService: true }])?.met).toBe(true);
      const met = [1, 2].reduce((scene, number) => scene.did('meet-sign-off-condition', { signOff, condition: number, how: 'Seen' }, 'approver'), onCondition);
      expect(kept(met, next)?.met).toBe(true);
      expect(kept(starting, next)).toBeUndefined();
      expect(kept(conditional, next)).toBeUndefined();
    });
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

describe('quality is assessed where it is health care', () => {
  const quality = (scene: Scene) => missingAt(scene, 'quality.where-health', {});
  const said = (answer: 'yes' | 'no') => inDesign.did('amend-facts', { facts: { 'health-service': answer } });
  const assessed = said('yes').did('amend-facts', { facts: { qia: { reference: 'DMS/qia', title: 'QIA' } } });

  test('by whichever route: whether it is health is asked first', () => {
    expect(quality(inDesign)).toEqual([{ what: 'health-service', suppliedBy: 'commissioner', by: 'amend-facts' }]);
    expect(quality(said('no'))).toEqual([]);
  });

  test('by an assessment, and by the approval of clinical quality', () => {
    expect(quality(said('yes'))).toMatchObject([{ what: 'qia', by: 'amend-facts' }, { what: 'approval of clinical-quality: not asked for', by: 'request-sign-off' }]);
    const approved = assessed.did('request-sign-off', { signOff, kind: 'approval', discipline: 'clinical-quality' }, 'colleague')
      .did('sign-off', { signOff, versionRead: assessed.agreement.content['clinical-quality'], outcome: granted }, 'approver');
    expect(quality(approved)).toEqual([]);
    expect(quality(approved.did('amend-facts', { facts: { qia: { reference: 'DMS/qia-2', title: 'QIA' } } }))).toMatchObject([{ what: 'approval of clinical-quality: stale, because what it rests on changed' }]);
  });

  test('what is missing of it follows by a day on the word of clinical quality, and of no other discipline', () => {
    const proposing = (discipline: 'clinical-quality' | 'sponsor') => refusals(assessed.asking({ code: 'quality.where-health', parameters: {} }).when('propose-condition', { condition: id(180), code: 'quality.where-health', discipline, what: 'The approval', dueOn: '2026-06-20' }));
    expect([proposing('clinical-quality'), proposing('sponsor')]).toEqual([[], ['condition.other-discipline']]);
  });
});
