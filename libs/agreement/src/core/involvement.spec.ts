import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { given, id, inDesign, opened, people, refusals, type Happening, type Scene, type Who } from './given.js';
import {
  accepted, ada, answered, aPlan, ben, came, cat, declined, dev, held, invited, missingAt, panel, planned, said, survey, theme, voided,
} from './given-involvement.js';
import { heldAgainst } from './involvement.js';
import { reachOfInvolvement } from './reach.js';

const mattersTo = (group: string, ...stages: string[]): Happening => ['concordat.agreement.stages-that-matter-recorded.v1', { group, stages, source: 'Tenants’ meeting' }];
/** The meeting at which they were asked, and came. */
const hall = id(33);
const theyMet: readonly Happening[] = [held(hall, { stage: 'mandate', groups: ['Residents', 'carers'] }), came(hall, ada), came(hall, ben)];
const saidThere = (group: string, ...stages: string[]): Happening => ['concordat.agreement.stages-that-matter-recorded.v1', { group, stages, source: 'Tenants’ meeting', activity: hall }];
const oneSaysOf = (group: string, offered: 'inform' | 'consult' | 'advise' | 'decide', who: Who = 'commissioner'): Happening => [
  'concordat.agreement.nobody-wished.v1', { stage: 'design', group, offered, source: 'Tenants’ meeting' }, who,
];
/** None of them, as two people say it. */
const noneFor = (group: string): readonly Happening[] => [saidThere(group), [...(saidThere(group) as [never, never]), 'colleague'] as Happening];
/** As two people say it. */
const nobodyOf = (group: string, offered: Parameters<typeof oneSaysOf>[1]): readonly Happening[] => [oneSaysOf(group, offered), oneSaysOf(group, offered, 'colleague')];
const affects = (...groups: string[]): Happening => [
  'concordat.agreement.facts-amended.v1',
  { facts: { 'affected-groups': groups }, tier: 'standard', content: inDesign.agreement.content, material: [] },
];
const concerned = (people: number): Happening => [
  'concordat.agreement.facts-amended.v1',
  { facts: { 'people-concerned': people }, tier: 'standard', content: inDesign.agreement.content, material: [] },
];

test('engaging people without a budget, or their own word that they need nothing, is refused', () => {
  expect(inDesign.when('plan-involvement', { ...aPlan, resources: { is: 'not-yet' } })).toMatchObject({
    refused: [{ code: 'involvement.not-resourced', missing: [{ suppliedBy: 'commissioner' }, { suppliedBy: 'facilitator' }] }],
  });
  const noMoney = { is: 'budget', amount: { amount: '0.00', currency: 'GBP' } } as const;
  expect(refusals(inDesign.when('plan-involvement', { ...aPlan, resources: noMoney }))).toEqual(['involvement.not-resourced']);
  expect(refusals(inDesign.when('plan-involvement', { ...aPlan, say: 2, resources: { is: 'not-yet' } }))).toEqual([]);
});

test('a penny is no budget: whom a plan engages it lives on a pound for each at least, in pounds; what is not engaged lives on less', () => {
  const budget = (amount: string, currency = 'GBP') => ({ is: 'budget', amount: { amount, currency } }) as const;
  const planning = (changes: Partial<typeof aPlan>) => refusals(inDesign.when('plan-involvement', { ...aPlan, people: 5, ...changes }));
  expect([budget('0.01'), budget('4.99'), budget('5.00'), budget('400.00', 'XAF')].map((resources) => planning({ resources }))).toEqual([['involvement.not-resourced'], ['involvement.not-resourced'], [], ['involvement.not-resourced']]);
  expect(planning({ say: 2, people: 900, resources: budget('50.00') })).toEqual([]);
  const costs = (accessCosts: ReturnType<typeof budget>) => missingAt(given(planned({ people: 5, accessCosts })), 'involvement.access-costs-met', {}).length;
  expect([costs(budget('0.01')), costs(budget('60.00', 'XAF')), costs(budget('1.00'))]).toEqual([1, 1, 0]);
});

test('a group’s own “we need nothing” is the word of a group that was met, and not of whoever plans; of a small agreement it is taken', () => {
  const nothing = { is: 'nothing-needed', group: 'residents', because: 'We meet next door.' } as const;
  const free = planned({ resources: nothing, accessCosts: nothing });
  const asks = (...happenings: Happening[]) => (['involvement.resourced', 'involvement.access-costs-met'] as const).map((code) => missingAt(given(free, ...happenings), code, {}));
  const unheard = [{ what: 'that some of residents were met, who say so of design: “We meet next door.”', suppliedBy: 'facilitator', by: 'record-attendance' }];
  expect(asks()).toEqual([unheard, unheard]);
  expect(asks(...theyMet, voided(hall))).toEqual([unheard, unheard]);
  expect(asks(...theyMet)).toEqual([[], []]);
  const small: Happening = ['concordat.agreement.facts-amended.v1', { facts: {}, tier: 'small', content: inDesign.agreement.content, material: [] }];
  expect(asks(small)).toEqual([[], []]);
});

test('what a plan of a stage that was left lives on is still said, for later gates ask it; nothing else of it is planned anew', () => {
  const left = given(planned({ stage: 'mandate', accessCosts: { is: 'not-yet' } }));
  expect(missingAt(left, 'involvement.access-costs-met', {})).toMatchObject([{ what: expect.stringContaining('in mandate'), by: 'plan-involvement' }]);
  expect(missingAt(left.did('plan-involvement', { ...aPlan, stage: 'mandate' }), 'involvement.access-costs-met', {})).toEqual([]);
  expect(refusals(left.when('plan-involvement', { ...aPlan, stage: 'mandate', people: 9 }))).toEqual(['stage.left']);
});

describe('what people were asked to take part in is not planned away once they were', () => {
  const wide = { ...aPlan, say: 4, do: 3, people: 50 } as const;
  const narrow = { ...aPlan, say: 3, do: 0, people: 1 } as const;
  const asked = given(planned(wide), held(panel), invited(panel, ada));
  const why = 'The hall holds fewer.';

  test('a plan is lowered with its reason once somebody was invited or came, and stays beside what it was', () => {
    for (const lower of [{ ...wide, say: 3 }, { ...wide, do: 2 }, { ...wide, people: 49 }, narrow] as const) {
      expect(asked.when('plan-involvement', lower)).toMatchObject({ refused: [{ code: 'involvement.lowered', missing: [{ what: 'why', suppliedBy: 'commissioner', by: 'plan-involvement' }] }] });
      expect(refusals(given(planned(wide), held(panel), came(panel, ada)).when('plan-involvement', { ...lower, why: ' ' }))).toEqual(['involvement.lowered']);
      // Nobody takes it back by taking back where people were asked.
      expect(refusals(asked.given(voided(panel)).when('plan-involvement', lower))).toEqual(['involvement.lowered']);
    }
    const { plans, lowered } = asked.did('plan-involvement', { ...narrow, why }).agreement.involvement;
    expect([plans.design, lowered.design]).toEqual([narrow, { say: 4, do: 3, people: 50, by: people.commissioner, why, on: '2026-06-01', second: null }]);
  });

  test('before that, and where it asks for more, it is planned anew as it comes', () => {
    for (const scene of [given(planned(wide)), given(planned(wide), held(panel)), given(planned(wide), held(panel, { stage: 'delivery' }), came(panel, ada))]) {
      expect(scene.did('plan-involvement', { ...narrow, why }).agreement.involvement).toMatchObject({ plans: { design: narrow }, lowered: {} });
    }
    expect(refusals(asked.when('plan-involvement', { ...wide, people: 60 }))).toEqual([]);
  });

  test('the gate asks for as many as were wanted when people were asked, however often the plan was lowered since', () => {
    const needs = (scene: Scene) => missingAt(scene, 'involvement.people', { floor: 1 }).map(({ what }) => what);
    const lowered = asked.given(came(panel, ada)).did('plan-involvement', { ...narrow, people: 20, why }).did('plan-involvement', { ...narrow, why });
    expect([needs(asked), needs(lowered)]).toEqual([['50 more of the 50 people needed'], ['49 more of the 50 people needed', 'the plan of 1, as a second person makes it']]);
    expect(heldAgainst(lowered.agreement, 'design')).toEqual({ say: 4, do: 3, people: 50 });
    const fewer = given(planned(narrow), held(panel), came(panel, ada));
    expect([needs(fewer), heldAgainst(fewer.agreement, 'design')]).toEqual([[], { say: 3, do: 0, people: 1 }]);
  });

  test('that it was a slip is said by two people, who are no one person: what somebody else plans as low again counts from then on', () => {
    const needs = (scene: Scene) => missingAt(scene, 'involvement.people', { floor: 1 }).map(({ what }) => what);
    const lowered = asked.given(came(panel, ada)).did('plan-involvement', { ...narrow, why });
    const again = { ...narrow, why: 'One was wanted, and 50 typed.' };
    const colleagueIs = (scene: Scene) => scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
    expect(lowered.when('plan-involvement', again)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'plan-involvement' }] }] });
    expect(refusals(colleagueIs(lowered).when('plan-involvement', again, 'colleague'))).toEqual(['second.same-person']);
    expect(refusals(lowered.when('plan-involvement', { ...narrow, why: ' ' }, 'colleague'))).toEqual(['already-so']);
    const two = lowered.did('plan-involvement', again, 'colleague');
    expect(two.agreement.involvement.lowered.design).toEqual({ say: 4, do: 3, people: 50, by: people.commissioner, why, on: '2026-06-01', second: { by: people.colleague, why: again.why, on: '2026-06-01' } });
    expect([needs(two), heldAgainst(two.agreement, 'design')]).toEqual([[], { say: 3, do: 0, people: 1 }]);
    expect(refusals(two.when('plan-involvement', again, 'colleague'))).toEqual(['already-so']);
    expect(needs(colleagueIs(two.knowing('commissioner', { identities: [{ person: people.colleague, provider: null }] })))).not.toEqual([]);
    // What somebody lowers further still is one person's word again, and the other's is asked once more.
    const further = two.did('plan-involvement', { ...aPlan, people: 9 }).did('plan-involvement', { ...narrow, why });
    expect(needs(further)).toEqual(['8 more of the 9 people needed', 'the plan of 1, as a second person makes it']);
  });
});

test('that nothing is needed is said by a group that takes part, with its reasons', () => {
  const because = (group: string, reason: string) => ({ ...aPlan, resources: { is: 'nothing-needed', group, because: reason } }) as const;
  expect(refusals(inDesign.when('plan-involvement', because('residents', 'We meet anyway.')))).toEqual([]);
  expect(refusals(inDesign.when('plan-involvement', because('residents', ' ')))).toEqual(['involvement.not-resourced']);
  expect(refusals(inDesign.when('plan-involvement', because('the council', 'They meet anyway.')))).toEqual(['involvement.not-their-word']);
});

test('a part that is planned is a part of its mode', () => {
  expect(inDesign.when('plan-involvement', { ...aPlan, subTypes: ['co-planning', 'co-managing'] })).toMatchObject({
    refused: [{ code: 'involvement.part-of-another-mode', missing: [{ what: 'co-planning' }, { what: 'co-managing' }] }],
  });
  expect(refusals(inDesign.when('plan-involvement', { ...aPlan, mode: 'co-commissioning', subTypes: ['co-planning', 'co-financing'] }))).toEqual([]);
});

test('the gate asks for a part by name, and where it is asked when wanted, only then', () => {
  const asked = { subTypes: ['co-planning'] } as const;
  const commissioning = { mode: 'co-commissioning', subTypes: ['co-prioritisation'] } as const;
  expect(missingAt(given(planned(commissioning)), 'involvement.planned-as', asked)).toMatchObject([{ what: 'a plan that is co-planning', by: 'plan-involvement' }]);
  expect(missingAt(given(planned({ ...commissioning, subTypes: ['co-prioritisation', 'co-planning'] })), 'involvement.planned-as', asked)).toEqual([]);
  expect(missingAt(given(affects('residents'), ...theyMet, saidThere('residents', 'delivery')), 'involvement.planned-as', { ...asked, whenWanted: true })).toEqual([]);
});

test('or for a mode as a whole: what is planned otherwise, or not at all, is no co-design', () => {
  const asked = { mode: 'co-design' } as const;
  const noCoDesign = [{ what: 'a plan that is co-design', suppliedBy: 'commissioner', by: 'plan-involvement' }];
  expect(missingAt(given(), 'involvement.planned-as', asked)).toEqual(noCoDesign);
  expect(missingAt(given(planned({ mode: 'co-commissioning', subTypes: ['co-planning'] })), 'involvement.planned-as', asked)).toEqual(noCoDesign);
  expect(missingAt(given(planned({ mode: 'co-design', subTypes: [] })), 'involvement.planned-as', asked)).toEqual([]);
});

test('what it costs people to take part is met at every level, or a group of the plan says why there is nothing', () => {
  const unmet = planned({ say: 1, accessCosts: { is: 'not-yet' } });
  expect(missingAt(given(unmet), 'involvement.access-costs-met', {})).toMatchObject([{ what: expect.stringContaining('in design'), by: 'plan-involvement' }]);
  const free = (group: string) => ({ ...aPlan, accessCosts: { is: 'nothing-needed', group, because: 'We meet next door.' } }) as const;
  expect(missingAt(given(...theyMet).did('plan-involvement', free('residents')), 'involvement.access-costs-met', {})).toEqual([]);
  expect(refusals(inDesign.when('plan-involvement', free('the council')))).toEqual(['involvement.not-their-word']);
  expect(missingAt(given(planned({ say: 0, accessCosts: { is: 'not-yet' } })), 'involvement.access-costs-met', {})).toEqual([]);
});

test('every group affected says which stages matter to it, where some of it took part; none of them is an answer, silence and a typed line are not', () => {
  const scene = inDesign.did('amend-facts', { facts: { 'affected-groups': ['residents', 'carers'] } });
  const missing = (...happenings: Happening[]) => missingAt(scene.given(...theyMet, ...happenings), 'involvement.stages-that-matter-asked', {}).map(({ what }) => what);
  expect(missing()).toEqual(['which stages matter to residents', 'which stages matter to carers']);
  expect(missing(saidThere('Residents', 'design'))).toEqual(['which stages matter to carers']);
  expect(missing(saidThere('residents', 'design'), ...noneFor('carers'))).toEqual([]);
  expect(missing(saidThere('residents', 'design'), mattersTo('Carers', 'design'))).toEqual(['which stages matter to carers: not asked yet where some of them took part']);
});

test('a plan names with whom, how many, and a stage that is not left', () => {
  expect(refusals(inDesign.when('plan-involvement', { ...aPlan, stage: 'mandate', groups: [], people: 0 }))).toEqual([
    'stage.left', 'involvement.for-nobody', 'involvement.nobody-wanted',
  ]);
  expect(refusals(given(planned()).when('plan-involvement', aPlan))).toEqual(['already-so']);
  expect(given(planned()).did('plan-involvement', { ...aPlan, people: 9 }).agreement.involvement.plans.design?.people).toBe(9);
});

test('the gate asks for a plan at the level it asks, on each scale by itself', () => {
  expect(missingAt(given(planned({ say: 4, do: 0 })), 'involvement.planned', { say: 3, do: 1 })).toEqual([
    { what: 'a plan at Do 1 or more', suppliedBy: 'commissioner', by: 'plan-involvement' },
  ]);
  expect(missingAt(given(planned({ say: 3, do: 1 })), 'involvement.planned', { say: 3, do: 1 })).toEqual([]);
  expect(missingAt(inDesign, 'involvement.planned', { say: 3, do: 1 })).toHaveLength(2);
});

test('where it is asked when wanted, a stage that matters to nobody asks nothing, and nobody asked is not nobody wanting', () => {
  const asked = { say: 3, whenWanted: true };
  expect(missingAt(inDesign, 'involvement.planned', asked)).toMatchObject([{ by: 'record-stages-that-matter' }]);
  expect(missingAt(given(affects('residents', 'carers'), ...theyMet, saidThere('residents', 'delivery'), ...noneFor('carers')), 'involvement.planned', asked)).toEqual([]);
  expect(missingAt(given(mattersTo('residents', 'delivery'), mattersTo('carers', 'design')), 'involvement.planned', asked)).toMatchObject([{ by: 'plan-involvement' }]);
  expect(missingAt(given(mattersTo('residents', 'design')), 'involvement.achieved', asked)).toMatchObject([{ by: 'plan-activity' }, { by: 'record-contribution' }, { by: 'answer-theme' }]);
});

test('whoever comes to be affected later is asked which stages matter to them, and a line of a group that is not affected asks nothing', () => {
  const asked = { say: 3, whenWanted: true };
  const both = [affects('residents', 'carers'), ...theyMet, ...noneFor('residents'), ...noneFor('carers')];
  expect(missingAt(given(...both, mattersTo('carrers')), 'involvement.planned', asked)).toEqual([]);
  expect(missingAt(given(...both, affects('residents', 'carers', 'young carers')), 'involvement.planned', asked)).toEqual([
    { what: 'which stages matter to young carers', suppliedBy: 'facilitator', by: 'record-stages-that-matter' },
  ]);
});

test('no gate rests on a line that somebody typed: that a stage matters to nobody was said, group by group, where some of them took part', () => {
  const asked = { say: 3, whenWanted: true };
  const notYet = (group: string) => ({ what: `which stages matter to ${group}: not asked yet where some of them took part`, suppliedBy: 'facilitator', by: 'record-stages-that-matter' });
  const missing = (...happenings: Happening[]) => missingAt(given(affects('residents', 'carers'), ...happenings), 'involvement.planned', asked);
  expect(missing(mattersTo('residents', 'delivery'), mattersTo('carers'))).toEqual([notYet('residents'), notYet('carers')]);
  expect(missing(...theyMet, ...noneFor('residents'), mattersTo('carers'))).toEqual([notYet('carers')]);
  // Nobody came, it was no meeting after all, or one person came to what was for two groups.
  const [bothSaid, neither] = [[...noneFor('residents'), ...noneFor('carers')], [notYet('residents'), notYet('carers')]];
  expect([missing(theyMet[0]!, ...bothSaid), missing(...theyMet, ...bothSaid, voided(hall)), missing(...theyMet.slice(0, 2), ...bothSaid)]).toEqual([neither, neither, neither]);
  // What asks for more needs no proof.
  expect(missingAt(given(mattersTo('residents', 'design'), mattersTo('carers')), 'involvement.planned', asked)).toMatchObject([{ by: 'plan-involvement' }]);
});

test('where a group was asked is a meeting here that some of it came to, or what it gave before, once somebody who speaks for it confirmed that it is carried over', () => {
  const scene = given(...theyMet);
  const said = { group: 'residents', stages: [], source: 'x' };
  expect(refusals(scene.when('record-stages-that-matter', { ...said, activity: id(99), carried: id(98) }))).toEqual(['activity.unknown', 'stages-that-matter.not-carried-over']);
  expect(scene.when('record-stages-that-matter', { ...said, group: 'neighbours', activity: hall })).toMatchObject({
    refused: [{ code: 'stages-that-matter.not-asked-there', missing: [{ what: 'who of neighbours took part', suppliedBy: 'facilitator', by: 'record-attendance' }] }],
  });
  expect(refusals(given(theyMet[0]!).when('record-stages-that-matter', { ...said, activity: hall }))).toEqual(['stages-that-matter.not-asked-there']);
  expect(refusals(scene.given(voided(hall)).when('record-stages-that-matter', { ...said, activity: hall }))).toEqual(['stages-that-matter.not-asked-there']);
  // The same, now with where they said so, is news; and once said it need not be said again.
  const bare = scene.did('record-stages-that-matter', said);
  const there = bare.did('record-stages-that-matter', { ...said, activity: hall });
  expect(there.agreement.involvement.stagesThatMatter).toMatchObject([{ ...said, activity: hall }]);
  const two = there.did('record-stages-that-matter', said, 'colleague');
  expect(two.agreement.involvement.stagesThatMatter).toMatchObject([{ ...said, activity: hall }]);
  expect([{ ...said, activity: hall }, said].map((again) => refusals(two.when('record-stages-that-matter', again)))).toEqual([['already-so'], ['already-so']]);

  const carried = id(97);
  const from: Happening = ['concordat.agreement.carried-over.v1', { carried, from: id(96), fromStage: 'mandate', stage: 'design', why: 'x', say: 3, do: 0, people: 5, heldOn: '2026-01-01' }];
  const byReference: Happening = ['concordat.agreement.stages-that-matter-recorded.v1', { ...said, carried }];
  const asked = { say: 3, whenWanted: true };
  expect(refusals(given(from).when('record-stages-that-matter', { ...said, carried }))).toEqual(['stages-that-matter.not-carried-over']);
  expect(missingAt(given(affects('residents'), from, byReference), 'involvement.planned', asked)).toHaveLength(1);
  const confirmed = given(affects('residents'), from).did('answer-carry-over', { carried, answer: 'confirmed' }, 'representative').did('record-stages-that-matter', { ...said, carried }).did('record-stages-that-matter', said, 'colleague');
  expect(missingAt(confirmed, 'involvement.planned', asked)).toEqual([]);
});

test('a group says anew which stages matter to it, of those there are', () => {
  const source = 'A letter';
  const scene = given(mattersTo('residents', 'design', 'delivery'));
  expect(refusals(scene.when('record-stages-that-matter', { group: 'residents', stages: ['design', 'delivery'], source }))).toEqual(['already-so']);
  expect(scene.did('record-stages-that-matter', { group: 'residents', stages: ['design'], source }).agreement.involvement.stagesThatMatter).toMatchObject([{ group: 'residents', stages: ['design'], source }]);
  expect(refusals(scene.when('record-stages-that-matter', { group: 'carers', stages: ['lunch'], source: ' ' }))).toEqual(['stage.unknown', 'stages-that-matter.no-source']);
});

test('nobody writes over what a group wanted once the agreement stands in the stage: they are offered it, and may decline', () => {
  const wanting = given(mattersTo('residents', 'mandate', 'design'));
  const asked = { say: 3, whenWanted: true };
  expect(missingAt(wanting, 'involvement.achieved', asked)).not.toEqual([]);
  expect(wanting.when('record-stages-that-matter', { group: 'residents', stages: [], source: 'I asked them' })).toMatchObject({
    refused: [{ code: 'stages-that-matter.under-way', missing: [{ what: expect.stringContaining('in mandate') }, { what: expect.stringContaining('in design'), suppliedBy: 'facilitator', by: 'record-nobody-wished' }] }],
  });
  const declining = wanting.given(...theyMet, ...nobodyOf('residents', 'advise')).did('amend-facts', { facts: { 'affected-groups': ['residents'] } });
  expect(missingAt(declining, 'involvement.achieved', asked)).toEqual([]);
});

test('that less matters to a group than it said, or nothing at all, is said by two people, who are no one person; that more does, by one', () => {
  const asked = { say: 3, whenWanted: true };
  const atMandate = opened.did('amend-facts', { facts: { 'affected-groups': ['residents'] } }).given(...theyMet);
  const wanting = atMandate.given(saidThere('residents', 'mandate', 'design'));
  const less = { group: 'residents', stages: ['mandate'], source: 'The same evening', activity: hall };
  const inDesignAsks = (scene: Scene) => missingAt(scene.did('request-gate', { stage: 'mandate' }), 'involvement.planned', asked).map(({ by }) => by);
  const one = wanting.did('record-stages-that-matter', less);
  const two = one.did('record-stages-that-matter', less, 'colleague');
  const more = two.did('record-stages-that-matter', { ...less, stages: ['design', 'mandate'] });
  expect([wanting, one, two, more].map(inDesignAsks)).toEqual([['plan-involvement'], ['plan-involvement'], [], ['plan-involvement']]);
  expect(one.when('record-stages-that-matter', less)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'record-stages-that-matter' }] }] });
  expect(refusals(two.when('record-stages-that-matter', less))).toEqual(['already-so']);
  expect(refusals(one.did('request-gate', { stage: 'mandate' }).when('record-stages-that-matter', less, 'colleague'))).toEqual(['stages-that-matter.under-way']);
  const nowOne = (scene: Scene) => scene.knowing('commissioner', { identities: [{ person: people.colleague, provider: null }] }).knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
  expect(inDesignAsks(nowOne(two))).toEqual(['plan-involvement']);
  // Nor is it lost where a second person says something else.
  expect(inDesignAsks(one.did('record-stages-that-matter', { ...less, stages: ['mandate', 'delivery'] }, 'colleague'))).toEqual(['plan-involvement']);

  const none = { group: 'residents', stages: [], source: 'They said so', activity: hall };
  const fresh = inDesign.given(affects('residents'), ...theyMet).did('record-stages-that-matter', none);
  expect(missingAt(fresh, 'involvement.planned', asked)).toEqual([{ what: 'that no stage matters to residents, as a second person says it', suppliedBy: 'someone else', by: 'record-stages-that-matter' }]);
  expect(missingAt(fresh, 'involvement.stages-that-matter-asked', {})).toMatchObject([{ suppliedBy: 'someone else' }]);
  expect(missingAt(fresh.did('record-stages-that-matter', none, 'colleague'), 'involvement.planned', asked)).toEqual([]);
});

test('every plan without resources is named, whatever its stage', () => {
  const scene = given(planned({ say: 1, resources: { is: 'not-yet' } }), planned({ stage: 'delivery', say: 2, resources: { is: 'not-yet' } }));
  expect(missingAt(scene, 'involvement.resourced', {}).map(({ what }) => what)).toEqual([expect.stringContaining('in design'), expect.stringContaining('in delivery')]);
  expect(missingAt(given(planned()), 'involvement.resourced', {})).toEqual([]);
  expect(missingAt(given(planned({ say: 0, do: 0, resources: { is: 'not-yet' } })), 'involvement.resourced', {})).toEqual([]);
});

test('the gate names all that is missing for the level it asks, and opens when it is there', () => {
  const engaged = given(held(panel), came(panel, ada), said('c1', ada, panel));
  expect(missingAt(engaged, 'involvement.achieved', { say: 3 })).toMatchObject([{ by: 'answer-theme' }]);
  expect(missingAt(engaged.given(...theme('travel', 'c1'), answered('travel')), 'involvement.achieved', { say: 3 })).toEqual([]);
});

test('an offer that enough people declined opens the gate at what was reached', () => {
  const offered = given(planned(), held(panel), invited(panel, ada), invited(panel, ben));
  expect(missingAt(offered.given(declined(panel, ada), declined(panel, ben)), 'involvement.achieved', { say: 3 })).toEqual([]);
  expect(missingAt(offered.given(declined(panel, ada), accepted(panel, ben), came(panel, ben)), 'involvement.achieved', { say: 3 })).toEqual([]);
});

test('an offer that one group declined opens nothing for another that is affected: each was offered it and declined or came, or wished not to', () => {
  const affecting = (...happenings: Happening[]) => given(...theyMet, planned(), held(panel), invited(panel, ada), invited(panel, ben), declined(panel, ada), declined(panel, ben), ...happenings).did('amend-facts', { facts: { 'affected-groups': ['Residents', 'carers'] } });
  const missing = (...happenings: Happening[]) => missingAt(affecting(...happenings), 'involvement.achieved', { say: 3 }).length;
  const evening = held(survey, { groups: ['carers'] });
  expect(missing()).toBeGreaterThan(0);
  expect(missingAt(affecting(), 'involvement.people', { floor: 2 })).toHaveLength(1);
  expect(missing(evening)).toBeGreaterThan(0);
  expect(missing(held(survey, { groups: ['carers'], right: 'consult' }), invited(survey, cat), declined(survey, cat))).toBeGreaterThan(0);
  expect(missing(evening, invited(survey, cat), declined(survey, cat))).toBe(0);
  expect(missing(evening, came(survey, cat))).toBe(0);
  expect(missing(...nobodyOf('carers', 'advise'))).toBe(0);
  expect(missingAt(affecting(evening, invited(survey, cat), declined(survey, cat)), 'involvement.people', { floor: 2 })).toEqual([]);
});

test('an activity for several groups speaks for none of them: one invitation to it was offered to one person, and nobody knows of which', () => {
  const mixed = (...happenings: Happening[]) => given(...theyMet, planned(), held(panel, { groups: ['residents', 'carers'] }), invited(panel, ada), invited(panel, ben), declined(panel, ada), declined(panel, ben), ...happenings).did('amend-facts', { facts: { 'affected-groups': ['residents', 'carers'] } });
  const missing = (...happenings: Happening[]) => missingAt(mixed(...happenings), 'involvement.achieved', { say: 3 }).length;
  expect(missing()).toBeGreaterThan(0);
  expect(missing(...nobodyOf('carers', 'advise'))).toBeGreaterThan(0);
  expect(missing(...nobodyOf('carers', 'advise'), ...nobodyOf('residents', 'advise'))).toBe(0);
  expect(missing(...nobodyOf('carers', 'advise'), held(survey, { groups: ['Residents', 'residents '] }), invited(survey, cat), declined(survey, cat))).toBe(0);
});

test('an offer opens nothing while someone may still answer, or when too few were asked, or less was offered, or it was voided', () => {
  const missing = (...happenings: Happening[]) => missingAt(given(planned(), ...happenings), 'involvement.achieved', { say: 3 }).length;
  const offer = [held(panel), invited(panel, ada), invited(panel, ben), declined(panel, ada)];
  expect(missing(...offer)).toBeGreaterThan(0);
  expect(missing(...offer, declined(panel, ben), invited(panel, cat))).toBeGreaterThan(0);
  expect(missing(held(panel), invited(panel, ada), declined(panel, ada))).toBeGreaterThan(0);
  expect(missing(held(panel, { right: 'consult' }), ...offer.slice(1), declined(panel, ben))).toBeGreaterThan(0);
  expect(missing(...offer, declined(panel, ben), voided(panel))).toBeGreaterThan(0);
  expect(missing(...offer, declined(panel, ben))).toBe(0);
});

test('when every group affected and every one of the plan wished not to, the gate opens at what was reached, and not before', () => {
  const affecting = (scene: typeof inDesign, ...groups: string[]) => scene.did('amend-facts', { facts: { 'affected-groups': groups } });
  const scene = affecting(given(...theyMet, planned({ groups: ['residents', 'carers'] }), ...nobodyOf('residents', 'advise')), 'residents', 'carers');
  expect(missingAt(scene, 'involvement.achieved', { say: 3 })).not.toEqual([]);
  expect(missingAt(scene.given(...nobodyOf('carers', 'consult')), 'involvement.achieved', { say: 3 })).not.toEqual([]);
  expect(missingAt(scene.given(...nobodyOf('Carers ', 'decide')), 'involvement.achieved', { say: 3 })).toEqual([]);
  expect(missingAt(scene.given(...nobodyOf('carers', 'decide')), 'involvement.people', { floor: 5 })).toEqual([]);
});

test('of a group that nobody met nobody knows that it wished not to: the gate says so, and a meeting that was voided was none', () => {
  const told = (...happenings: Happening[]) => given(affects('residents'), ...happenings, planned({ groups: ['residents'] }), ...nobodyOf('residents', 'decide'));
  const unmet = { what: 'that some of residents were met, of whom nobody wished to', suppliedBy: 'facilitator', by: 'record-attendance' };
  const missing = (...happenings: Happening[]) => missingAt(told(...happenings), 'involvement.achieved', { say: 3 });
  expect(missing()).toContainEqual(unmet);
  expect(missing(...theyMet, voided(hall))).toContainEqual(unmet);
  expect(missing(...theyMet)).toEqual([]);
});

test('that nobody of a group wished to is said by two people, who are no one person: else the gate waits for the second', () => {
  const nobody = { stage: 'design', group: 'residents', offered: 'decide', source: 'Tenants’ meeting' } as const;
  const one = given(affects('residents'), ...theyMet, planned({ groups: ['residents'] })).did('record-nobody-wished', nobody);
  const missing = (scene: Scene) => missingAt(scene, 'involvement.achieved', { say: 3 });
  expect(missing(one)).toContainEqual({ what: 'that nobody of residents wished to, as a second person says it', suppliedBy: 'someone else', by: 'record-nobody-wished' });
  const two = one.did('record-nobody-wished', { ...nobody, group: 'Residents' }, 'colleague');
  expect(missing(two)).toEqual([]);
  const ofColleague = { identities: [{ person: people.colleague, provider: null }] };
  expect(missing(two.knowing('commissioner', ofColleague).knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }))).not.toEqual([]);
});

test('that one group wished not to speaks for no other that is affected, however narrow the plan, and for nobody where it is not known who is', () => {
  const told = given(...theyMet, planned({ groups: ['residents'] }), ...nobodyOf('residents', 'decide'));
  const affecting = (...groups: string[]) => told.did('amend-facts', { facts: { 'affected-groups': groups } });
  for (const scene of [told, affecting('residents', 'carers'), affecting('carers')]) {
    expect(missingAt(scene, 'involvement.achieved', { say: 3 })).not.toEqual([]);
    expect(missingAt(scene, 'involvement.people', { floor: 5 })).not.toEqual([]);
  }
  expect(missingAt(affecting('Residents'), 'involvement.achieved', { say: 3 })).toEqual([]);
});

test('that a group is affected no more is said by two people, or approved by the sponsor: until then every gate asks of it, and its reach names it', () => {
  const groups = (scene: Scene, named: readonly string[], who: 'commissioner' | 'colleague' = 'commissioner') => scene.did('amend-facts', { facts: { 'affected-groups': named } }, who);
  const told = groups(given(...theyMet, planned({ groups: ['residents'] }), ...nobodyOf('residents', 'decide')), ['residents', 'carers']);
  const missing = (scene: Scene) => missingAt(scene, 'involvement.achieved', { say: 3 });
  const stages = (scene: Scene) => missingAt(scene, 'involvement.stages-that-matter-asked', {}).map(({ what }) => what);
  const second = { what: 'that carers are affected no more, as a second person says it or the sponsor approves', suppliedBy: 'someone else', by: 'amend-facts' };
  expect(missing(told)).not.toContainEqual(second);
  const alone = groups(told, ['Residents']);
  expect(missing(alone)).toContainEqual(second);
  expect(stages(alone)).toEqual(expect.arrayContaining(['which stages matter to carers', second.what]));
  expect(reachOfInvolvement(alone.agreement).affected).toEqual(['Residents', 'carers']);
  expect(refusals(alone.when('amend-facts', { facts: { 'affected-groups': ['Residents'] } }))).toEqual(['already-so']);
  // A colleague who writes another list does not say it too; one who writes the same does.
  expect(missing(groups(alone, ['Residents', 'cooks'], 'colleague').did('amend-facts', { facts: { 'affected-groups': ['Residents'] } }))).toContainEqual(second);
  const both = groups(alone, ['Residents'], 'colleague');
  expect([missing(both), reachOfInvolvement(both.agreement).affected]).toEqual([[], ['Residents']]);
  expect(stages(both)).not.toContain('which stages matter to carers');
  expect(refusals(both.when('amend-facts', { facts: { 'affected-groups': ['Residents'] } }))).toEqual(['already-so']);
  expect(missing(both.knowing('commissioner', { identities: [{ person: people.colleague, provider: null }] }).knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }))).toContainEqual(second);
  // Who is affected again is asked, and is left out anew by two.
  expect(missing(groups(groups(both, ['Residents', 'Carers']), ['Residents']))).toContainEqual({ ...second, what: second.what.replace('carers', 'Carers') });
  const ask = alone.on('2026-06-02').did('request-sign-off', { signOff: id(50), kind: 'approval', discipline: 'sponsor' });
  const signed = ask.did('sign-off', { signOff: id(50), versionRead: ask.agreement.content.sponsor, outcome: { is: 'granted', conditions: [] } }, 'approver');
  expect(missing(signed)).toEqual([]);
  expect(missing(groups(groups(signed.on('2026-06-03'), ['Residents', 'cooks']), ['Residents']))).toContainEqual({ ...second, what: second.what.replace('carers', 'cooks') });
});

test('people needed is the plan or the floor, whichever is more, and the floor is half of those concerned where that is fewer', () => {
  const needs = (...happenings: Happening[]) => missingAt(given(held(panel), ...happenings), 'involvement.people', { floor: 5 })[0]?.what;
  expect(needs(came(panel, ada))).toBe('4 more of the 5 people needed');
  expect(needs(planned({ people: 7 }), came(panel, ada))).toBe('6 more of the 7 people needed');
  expect(needs(concerned(5), came(panel, ada))).toBe('2 more of the 3 people needed');
  expect(needs(concerned(5), came(panel, ada, ben, cat))).toBeUndefined();
  expect(needs(concerned(0))).toBe('1 more of the 1 people needed');
});

test('where a stage is asked of only as people want it, as many are needed only once somebody said that it matters to them', () => {
  const needs = (...said: Happening[]) => missingAt(given(affects('residents'), held(panel), came(panel, ada), ...said), 'involvement.people', { floor: 5, whenWanted: true });
  const matter = (stages: string[]): Happening => ['concordat.agreement.stages-that-matter-recorded.v1', { group: 'residents', stages, source: 'Tenants’ meeting', activity: panel }];
  expect(needs()).toMatchObject([{ what: 'which stages matter to the people affected', by: 'record-stages-that-matter' }]);
  expect(needs(matter(['delivery']))).toEqual([]);
  expect(needs(matter(['design']))).toMatchObject([{ what: '4 more of the 5 people needed' }]);
});

test('whoever was to be consulted or more is waited for at the gate of their stage, as many as were planned, whatever its document asks; of what is small only as that does', () => {
  const asks = (...happenings: Happening[]) => check(given(...happenings).agreement, inDesign.context()).find(({ code }) => code === 'involvement.people')?.missing.map(({ what }) => what);
  expect(asks(planned({ say: 2, people: 500 }), held(panel), came(panel, ada))).toEqual(['499 more of the 500 people needed']);
  expect(given(planned({ say: 2, people: 500 })).when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'involvement.people', missing: [{ by: 'record-attendance' }] }] });
  expect(asks(planned({ say: 2, people: 2 }), held(panel), came(panel, ada, ben))).toEqual([]);
  expect(asks(planned({ say: 2, people: 500 }), affects('residents'), ...theyMet, ...nobodyOf('residents', 'advise'))).toEqual([]);
  expect(asks(planned({ people: 500 }), ['concordat.agreement.facts-amended.v1', { facts: {}, tier: 'small', content: inDesign.agreement.content, material: [] }])).toBeUndefined();
  // Where nobody was to be consulted here, it asks nothing, and offers nothing to waive.
  for (const changes of [{ say: 1 }, { stage: 'delivery' }] as const) expect(asks(planned({ ...changes, people: 500 }))).toBeUndefined();
});

test('what it costs people to take part is asked at the gate of each stage in which they do, whatever its document asks; of what is small only where that does', () => {
  const open = planned({ say: 1, accessCosts: { is: 'not-yet' } });
  const asks = (scene: Scene) => check(scene.agreement, scene.context()).flatMap(({ code, missing }) => (code === 'involvement.access-costs-met' ? missing.map(({ what }) => what) : []));
  expect(asks(given(open))).toEqual(['what it costs people to take part in design, or the group’s own "it costs us nothing because…"']);
  expect(asks(given(planned({ stage: 'delivery', accessCosts: { is: 'not-yet' } })))).toEqual([]);
  expect(asks(given(open, ['concordat.agreement.facts-amended.v1', { facts: {}, tier: 'small', content: inDesign.agreement.content, material: [] }]))).toEqual([]);
  // And what those live on who are engaged, by the word of a group that was met.
  const free = planned({ say: 3, people: 1, resources: { is: 'nothing-needed', group: 'residents', because: 'We meet next door.' } });
  const resourced = (...happenings: Happening[]) => check(given(free, ...happenings).agreement, inDesign.context()).find(({ code }) => code === 'involvement.resourced');
  expect([resourced()?.met, resourced(held(panel), came(panel, ada))?.met ?? true]).toEqual([false, true]);
  expect(check(given(planned({ say: 2 })).agreement, inDesign.context()).map(({ code }) => code)).toEqual(['involvement.people', 'involvement.access-costs-met']);
});

test('people count once however often they come, in the stage they came for', () => {
  const missing = missingAt(
    given(held(panel), held(survey), held('later', { stage: 'delivery' }), came(panel, ada, ben), came(survey, ada), came('later', cat, dev)),
    'involvement.people',
    { floor: 3 },
  );
  expect(missing).toMatchObject([{ what: '1 more of the 3 people needed', by: 'record-attendance' }]);
});

test('where everyone is to be asked, the gate counts who was asked and not who came', () => {
  const everyone = { floor: 5, everyoneAsked: true };
  const asked = given(concerned(3), held(panel), invited(panel, ada), invited(panel, ben));
  expect(missingAt(asked, 'involvement.people', everyone)).toMatchObject([{ what: '1 of the 3 people concerned to be asked', by: 'invite-participant' }]);
  expect(missingAt(asked.given(invited(panel, cat)), 'involvement.people', everyone)).toEqual([]);
  expect(missingAt(given(held(panel)), 'involvement.people', everyone)).toMatchObject([{ by: 'amend-facts' }]);
});

test('that a group would not be told more excuses nobody of a stage in which they were to be heard', () => {
  const affected = (offered: 'inform' | 'advise') => given(planned({ say: 3, people: 30 }), held(panel), came(panel, ada), ...nobodyOf('residents', offered)).did('amend-facts', { facts: { 'affected-groups': ['residents'] } });
  expect(missingAt(affected('inform'), 'involvement.people', { floor: 5 })).toEqual([{ what: '29 more of the 30 people needed', suppliedBy: 'facilitator', by: 'record-attendance' }]);
  expect(missingAt(affected('advise'), 'involvement.people', { floor: 5 })).toEqual([]);
});

test('how many people are concerned is what the sponsor approved: a smaller number asks fewer people only once it is approved anew', () => {
  const many = given(held(panel), came(panel, ada)).did('amend-facts', { facts: { 'people-concerned': 400 } });
  const signedBy = (scene: typeof many, n: number) => scene.did('request-sign-off', { signOff: id(n), kind: 'approval', discipline: 'sponsor' }).did('sign-off', { signOff: id(n), versionRead: scene.agreement.content.sponsor, outcome: { is: 'granted', conditions: [] } }, 'approver');
  const approved = signedBy(many, 50).on('2026-06-02');
  const people = (scene: typeof many) => missingAt(scene, 'involvement.people', { floor: 5 });
  const fewer = approved.did('amend-facts', { facts: { 'people-concerned': 2 } });
  expect(people(fewer)).toEqual([
    { what: '4 more of the 5 people needed', suppliedBy: 'facilitator', by: 'record-attendance' },
    { what: 'approval of sponsor: of how many people are concerned', suppliedBy: 'commissioner', by: 'request-sign-off' },
  ]);
  expect(missingAt(fewer, 'sign-offs.granted', { signOffs: [{ kind: 'approval', discipline: 'sponsor' }] })).toMatchObject([{ what: expect.stringContaining('stale') }]);
  expect(people(signedBy(fewer, 51))).toEqual([]);
  // Where nobody approved one it is the largest that was written, until they do.
  const unapproved = many.did('amend-facts', { facts: { 'people-concerned': 2 } });
  expect(people(unapproved)).toEqual(people(fewer));
  expect(people(unapproved.did('amend-facts', { facts: { 'people-concerned': 4 } }))).toEqual(people(fewer));
  expect(people(signedBy(unapproved, 52))).toEqual([]);
  // What asks no fewer people needs nobody's approval.
  expect(people(many.did('amend-facts', { facts: { 'people-concerned': 12 } }))).toEqual([{ what: '4 more of the 5 people needed', suppliedBy: 'facilitator', by: 'record-attendance' }]);
  // Where a service ends no gate before asked the sponsor: the first number, too, asks fewer once it is approved.
  const ending = given(held(panel), came(panel, ada)).did('amend-facts', { facts: { 'people-concerned': 2 } }).did('raise-tier', { raises: ['ends-a-service'], reason: 'It closes.' });
  expect(people(ending)).toEqual(people(fewer));
  expect(people(signedBy(ending, 53))).toEqual([]);
  // What else makes it stale asks nobody to approve the number again.
  const few = signedBy(given(held(panel), came(panel, ada)).did('amend-facts', { facts: { 'people-concerned': 2 } }).on('2026-06-02'), 50);
  expect(people(few.did('amend-facts', { facts: { 'affected-groups': ['residents'] } }))).toEqual([]);
});
