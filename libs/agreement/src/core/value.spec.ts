import { describe, expect, test } from '@jest/globals';
import { benefitStands, costMovedSays, effortChange } from './benefit.js';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, otherProvider, provider, refusals, type Scene } from './given.js';
import { ada, ben, came, held, panel, survey, voided, worked } from './given-involvement.js';
import { divergences, fewUsers, linkStands } from './outcome.js';
import { valueView } from './value-view.js';

const outcome = id(390);
/** Where twelve took part and were asked. */
const evening = id(690);
const twelve = Array.from({ length: 12 }, (_, at) => id(700 + at));
const named = inDesign.given(held(evening), came(evening, ...twelve)).did('name-outcome', { outcome, activity: 'Strength classes', change: 'Steadier on their feet', title: 'Fewer falls' });
const link = { link: id(400), outcome, step: 'change-to-outcome', indicator: 'Falls a year', unit: 'number', holder: 'Public health', baseline: 40, target: 30, comparison: 'The next ward', visibleFrom: '2027-12-01' } as const;
const benefit = { benefit: id(420), outcome, what: 'Fewer nights in hospital', kind: 'saving', from: 'agency-spending', whoGains: 'another-body', expected: { is: 'money', amount: { amount: '5000.00', currency: 'GBP' } }, comparison: 'The next ward' } as const;
const spent = (cost: string, month: string, amount: string, hours: number) => ({ cost, outcome, period: { startsOn: `2026-0${month}-01`, endsOn: `2026-0${month}-28` }, spent: { amount, currency: 'GBP' }, units: 10, hours });
/** Its cost in two periods, with as many hours beside it: nothing is in the way of a saving. */
const beside = (scene: Scene): Scene => scene.did('record-cost', spent(id(428), '1', '1000.00', 20)).did('record-cost', spent(id(429), '2', '1000.00', 20));

test('a preventive outcome due in 18 months is not off course in month 3, and is once an effect can be seen', () => {
  const { outcomes } = named.did('link-outcome', link).did('record-measurement', { measurement: id(410), link: link.link, on: '2026-06-01', value: 42, source: 'x' }).agreement;
  expect(linkStands(outcomes[0]!.links[0]!, '2026-09-01')).toBe('not-to-be-seen-yet');
  const later = named.did('link-outcome', link).on('2027-12-02').did('record-measurement', { measurement: id(410), link: link.link, on: '2027-12-02', value: 42, source: 'x' }).agreement;
  expect(linkStands(later.outcomes[0]!.links[0]!, '2027-12-02')).toBe('off-course');
  expect([linkStands(outcomes[0]!.links[0]!, '2027-11-30'), linkStands(outcomes[0]!.links[0]!, '2027-12-01')]).toEqual(['not-to-be-seen-yet', 'not-measured']);
});

test('once an effect can be seen, what is measured is reached, nearer or off course, whether the figure is to fall or to rise', () => {
  const measuredAs = (change: object, value: number, on = '2027-12-01') =>
    linkStands(named.did('link-outcome', { ...link, ...change }).on(on).did('record-measurement', { measurement: id(410), link: link.link, on, value, source: 'x' }).agreement.outcomes[0]!.links[0]!, '2027-12-01');
  expect([30, 29, 31, 39, 40, 41].map((value) => measuredAs({}, value))).toEqual(['reached', 'reached', 'nearer', 'nearer', 'off-course', 'off-course']);
  expect([50, 49, 41, 40, 39].map((value) => measuredAs({ target: 50 }, value))).toEqual(['reached', 'nearer', 'nearer', 'off-course', 'off-course']);
  expect([measuredAs({}, 35, '2027-11-30'), measuredAs({}, 30, '2027-11-30')]).toEqual(['not-measured', 'reached']);
});

test('an effect that can be seen only after the agreement closed is measured then, and what came of it is observed; nothing new is expected of it', () => {
  const closed = beside(named).did('link-outcome', link).did('name-benefit', benefit).given(['concordat.agreement.closed.v1', { from: 'delivery' }]).on('2027-12-01');
  expect([closed.agreement.lifecycle, linkStands(closed.agreement.outcomes[0]!.links[0]!, '2027-12-01')]).toEqual(['closed', 'not-measured']);
  const seen = closed
    .did('record-measurement', { measurement: id(410), link: link.link, on: '2027-12-01', value: 30, source: 'x' })
    .did('observe-benefit', { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2027-12-01', source: 'x' }).agreement;
  expect([linkStands(seen.outcomes[0]!.links[0]!, '2027-12-01'), benefitStands(seen, seen.value.benefits[0]!)]).toEqual(['reached', 'observed']);
  // What its last months cost is known only now, and people are asked of the hours they gave.
  const costed = closed.did('record-cost', spent(id(427), '3', '900.00', 40));
  expect(refusals(costed.when('record-hours-wanted', { cost: id(427), activity: evening, wanted: 12, ratherNot: 0, on: '2027-12-01' }))).toEqual([]);
  expect(refusals(closed.when('answer-plain-questions', { outcome, viewer: 'users', activity: evening, people: 12, on: '2027-12-01', better: 'yes', becauseOfThis: 'yes', worthIt: 'yes' }))).toEqual([]);
  // Who is asked only then is met then.
  expect(refusals(closed.when('plan-activity', { activity: id(428), stage: 'delivery', title: 'A year on', groups: ['diners'], right: 'advise', ledBy: 'together', closesOn: '2027-12-31' }))).toEqual([]);
  for (const late of [closed.when('link-outcome', { ...link, visibleFrom: '2028-12-01' }), closed.when('name-benefit', { ...benefit, benefit: id(421) }), closed.when('name-outcome', { outcome: id(391), activity: 'x', change: 'y', title: 'z' })]) expect(refusals(late)).toEqual(['agreement.closed']);
});

test('three plain questions to users, provider and commissioner: where they diverge is one picture', () => {
  const answer = (viewer: 'users' | 'provider' | 'commissioner', better: 'yes' | 'no' | 'cannot-say') => ({ outcome, viewer, people: 12, on: '2026-06-01', better, becauseOfThis: 'yes', worthIt: 'yes', ...(viewer === 'users' && { activity: evening }) }) as const;
  const { outcomes } = named.did('answer-plain-questions', answer('users', 'no')).did('answer-plain-questions', answer('provider', 'yes')).did('answer-plain-questions', answer('commissioner', 'yes')).agreement;
  expect(divergences(outcomes[0]!).map(({ question, diverges }) => [question, diverges])).toEqual([['better', true], ['becauseOfThis', false], ['worthIt', false]]);
  // Who cannot say contradicts nobody.
  const silent = named.did('answer-plain-questions', answer('users', 'cannot-say')).did('answer-plain-questions', answer('provider', 'yes')).agreement.outcomes[0]!;
  expect(divergences(silent)[0]).toEqual({ question: 'better', answers: { users: 'cannot-say', provider: [{ provider: null, answer: 'yes' }] }, diverges: false });
});

describe('a benefit', () => {
  test('is potential until it is observed against a stated comparison', () => {
    const potential = beside(named).did('name-benefit', benefit);
    expect(benefitStands(potential.agreement, potential.agreement.value.benefits[0]!)).toBe('potential');
    const seen = potential.did('observe-benefit', { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2026-06-01', source: 'x' });
    expect(benefitStands(seen.agreement, seen.agreement.value.benefits[0]!)).toBe('observed');
  });

  test('is never made of hours that citizens give', () => {
    const fromHours = (kind: 'saving' | 'avoided-cost' | 'better-lives') => refusals(named.when('name-benefit', { ...benefit, kind, from: 'hours-of-citizens', whoGains: 'carers' }));
    expect([fromHours('saving'), fromHours('avoided-cost'), fromHours('better-lives')]).toEqual([['benefit.hours-are-no-saving'], ['benefit.hours-are-no-saving'], ['benefit.hours-are-no-saving']]);
    expect(refusals(named.when('name-benefit', { ...benefit, from: 'what-people-gain' }))).toEqual(['benefit.not-the-agency-s']);
    // Nor is a saving called better lives, of which nobody is asked who gives more hours.
    for (const whoGains of ['provider', 'commissioner', 'another-body'] as const) expect(refusals(named.when('name-benefit', { ...benefit, kind: 'better-lives', from: 'what-people-gain', whoGains }))).toEqual(['benefit.is-a-body-s']);
    for (const from of ['agency-spending', 'staff-time'] as const) expect(refusals(named.when('name-benefit', { ...benefit, kind: 'better-lives', from, whoGains: 'carers' }))).toEqual(['benefit.is-a-saving']);
    expect(refusals(named.when('name-benefit', { ...benefit, expected: { is: 'people', people: 3 } }))).toEqual(['benefit.saved-is-money']);
  });
});

describe('what is observed is what was named', () => {
  const potential = named.did('name-benefit', benefit);
  const seen = { benefit: benefit.benefit, observed: benefit.expected, against: 'the next  ward', on: '2026-06-01', source: 'x' };

  test('against the comparison that was stated, and in pounds', () => {
    expect(refusals(potential.when('observe-benefit', seen))).toEqual([]);
    expect(potential.when('observe-benefit', { ...seen, observed: { is: 'money', amount: { amount: '5000.00', currency: 'EUR' } }, against: 'nothing' })).toMatchObject({
      refused: [{ code: 'value.not-in-pounds', missing: [{ what: 'observed in GBP' }] }, { code: 'benefit.other-comparison', missing: [{ what: 'against: The next ward', suppliedBy: 'contract-manager', by: 'observe-benefit' }] }],
    });
    expect(refusals(named.when('name-benefit', { ...benefit, expected: { is: 'money', amount: { amount: '9.00', currency: 'JPY' } } }))).toEqual(['value.not-in-pounds']);
  });

  test('in the measure in which it was expected, and once it is seen', () => {
    expect(refusals(potential.when('observe-benefit', { ...seen, observed: { is: 'people', people: 3 }, on: '2026-06-02' }))).toEqual(['benefit.other-measure', 'benefit.not-observed-yet']);
    expect(refusals(potential.when('observe-benefit', { ...seen, on: '2025-12-31' }))).toEqual(['delivery.before-agreement']);
  });

  test('no sooner than its effect can be seen, unless what was aimed at is reached', () => {
    const early = potential.did('link-outcome', link);
    expect(early.when('observe-benefit', seen)).toMatchObject({ refused: [{ code: 'benefit.not-to-be-seen-yet', missing: [{ what: 'on: 2027-12-01 or later', suppliedBy: 'contract-manager', by: 'observe-benefit' }] }] });
    expect(refusals(early.on('2027-12-01').when('observe-benefit', { ...seen, on: '2027-12-01' }))).toEqual([]);
    expect(refusals(potential.did('link-outcome', { ...link, step: 'activity-to-change' }).when('observe-benefit', seen))).toEqual([]);
    expect(refusals(early.did('record-measurement', { measurement: id(410), link: link.link, on: '2026-06-01', value: 30, source: 'x' }).when('observe-benefit', seen))).toEqual([]);
    // Said after it was observed, that day counts as well.
    const { agreement } = potential.did('observe-benefit', seen).did('link-outcome', link);
    expect(valueView(agreement, '2028-01-01')[0]!.benefits).toMatchObject([{ stands: 'potential', potentialFor: 'not-to-be-seen-yet' }]);
  });

  test('and is put right by what is observed on that day or later, never by what was before it', () => {
    const once = potential.did('observe-benefit', seen);
    expect(refusals(once.when('observe-benefit', seen))).toEqual(['already-so']);
    expect(once.when('observe-benefit', { ...seen, on: '2026-05-31' })).toMatchObject({ refused: [{ code: 'benefit.observed-since', missing: [{ what: 'on: 2026-06-01 or later' }] }] });
    const less = { ...seen, observed: { is: 'money', amount: { amount: '0.00', currency: 'GBP' } }, source: 'Counted anew' } as const;
    expect(once.did('observe-benefit', less).agreement.value.benefits).toMatchObject([{ seen: { observed: less.observed, source: 'Counted anew' } }]);
  });

  test('and nothing is saved on an outcome whose cost was moved to people, until they want to give what they give', () => {
    const moved = potential.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', '800.00', 40)).did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 3, ratherNot: 9, on: '2026-05-20' });
    expect(refusals(moved.when('observe-benefit', seen))).toEqual(['benefit.cost-moved']);
    expect(refusals(moved.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-05-30' }).when('observe-benefit', seen))).toEqual([]);
    const lives = { ...benefit, benefit: id(421), kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 3 } } as const;
    expect(refusals(moved.did('name-benefit', lives).when('observe-benefit', { ...seen, benefit: id(421), observed: lives.expected }))).toEqual([]);
  });

  test('and what was observed is potential again once its cost is moved to people, until they want to give what they give or give no more than before', () => {
    const lives = { ...benefit, benefit: id(421), kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 3 } } as const;
    const observed = beside(potential).did('name-benefit', lives).did('observe-benefit', seen).did('observe-benefit', { ...seen, benefit: id(421), observed: lives.expected });
    const stands = (scene: typeof observed) => scene.agreement.value.benefits.map((each) => benefitStands(scene.agreement, each));
    const rose = observed.did('record-cost', spent(id(431), '3', '800.00', 40));
    expect([stands(observed), stands(rose)]).toEqual([['observed', 'observed'], ['potential', 'observed']]);
    const moved = rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 3, ratherNot: 9, on: '2026-05-20' });
    expect(stands(moved)).toEqual(['potential', 'observed']);
    expect([observed, rose, moved].map(({ agreement }) => valueView(agreement, '2026-06-01')[0]!.benefits[0]!.potentialFor)).toEqual([null, 'not-asked', 'cost-moved']);
    // As many hours in the next period are as little wanted as in this one.
    const after = (hours: number) => moved.did('record-cost', spent(id(432), '4', '800.00', hours));
    const open = (scene: typeof observed) => valueView(scene.agreement, '2026-06-01')[0]!.hoursOpen;
    expect([observed, rose, moved, after(21), after(20)].map(open)).toEqual([null, 'not-asked', 'cost-moved', 'cost-moved', null]);
    expect([stands(after(40)), stands(after(21)), stands(after(20))]).toEqual([['potential', 'observed'], ['potential', 'observed'], ['observed', 'observed']]);
    expect(refusals(after(40).did('name-benefit', { ...benefit, benefit: id(422) }).when('observe-benefit', { ...seen, benefit: id(422) }))).toEqual(['benefit.cost-moved']);
    const askedAnew = (wanted: number) => after(40).did('record-hours-wanted', { cost: id(432), activity: evening, wanted, ratherNot: 3, on: '2026-05-30' });
    expect([stands(askedAnew(2)), stands(askedAnew(9))]).toEqual([['potential', 'observed'], ['observed', 'observed']]);
  });

  test('and nothing is saved by not asking those who give more hours, nor by giving as many once nobody was asked', () => {
    const rose = potential.did('record-cost', spent(id(430), '2', '1000.00', 20)).did('record-cost', spent(id(431), '3', '800.00', 40));
    const asNow = rose.did('record-cost', spent(id(432), '4', '800.00', 40));
    for (const scene of [rose, asNow]) {
      expect(scene.when('observe-benefit', seen)).toMatchObject({ refused: [{ code: 'benefit.hours-not-asked', missing: [{ what: 'what those say who give the hours', suppliedBy: 'facilitator', by: 'record-hours-wanted' }] }] });
    }
    expect(refusals(rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-05-30' }).when('observe-benefit', seen))).toEqual([]);
    expect(refusals(asNow.did('record-hours-wanted', { cost: id(432), activity: evening, wanted: 3, ratherNot: 9, on: '2026-05-30' }).when('observe-benefit', seen))).toEqual(['benefit.cost-moved']);
    expect(refusals(rose.did('record-cost', spent(id(432), '4', '800.00', 20)).when('observe-benefit', seen))).toEqual([]);
  });

  test('and a saving stays potential until the cost of its outcome, with the hours beside it, stands in two periods in which any of it was reached', () => {
    const lives = { ...benefit, benefit: id(421), kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 3 } } as const;
    const observed = potential.did('observe-benefit', seen).did('name-benefit', lives).did('observe-benefit', { ...seen, benefit: id(421), observed: lives.expected });
    const why = (scene: Scene) => valueView(scene.agreement, '2026-06-01')[0]!.benefits.map(({ potentialFor }) => potentialFor);
    const once = observed.did('record-cost', spent(id(430), '3', '1000.00', 20));
    const ofNothing = once.did('record-cost', { ...spent(id(431), '4', '800.00', 20), units: 0 });
    const ofAnother = once.did('name-outcome', { outcome: id(391), activity: 'x', change: 'y', title: 'z' }).did('record-cost', { ...spent(id(431), '4', '800.00', 20), outcome: id(391) });
    expect([observed, once, ofNothing, ofAnother].map(why)).toEqual(Array(4).fill(['no-cost-beside', null]));
    expect(why(once.did('record-cost', spent(id(431), '4', '800.00', 20)))).toEqual([null, null]);
  });

  test('a cost in another currency is held against none in pounds', () => {
    expect(refusals(named.when('record-cost', { ...spent(id(430), '3', '1000.00', 20), spent: { amount: '190000.00', currency: 'JPY' } }))).toEqual(['value.not-in-pounds']);
  });
});

describe('what is told of an outcome', () => {
  const theAnswer = { outcome, people: 12, on: '2026-06-01', better: 'no', becauseOfThis: 'yes', worthIt: 'yes' } as const;
  const answer = { ...theAnswer, viewer: 'users', activity: evening } as const;
  const measured = { measurement: id(410), link: link.link, on: '2026-06-01', value: 42, source: 'x' };

  test('is of the time in which the agreement is there: all that is wrong at once', () => {
    const scene = named.did('link-outcome', link);
    const told = (on: string) => [
      scene.when('record-measurement', { ...measured, on }),
      scene.when('answer-plain-questions', { ...answer, on }),
      scene.when('record-cost', { ...spent(id(430), '3', '1000.00', 20), period: { startsOn: on, endsOn: '2026-05-31' } }),
    ].map(refusals);
    expect(told('2025-12-31')).toEqual(Array(3).fill(['delivery.before-agreement']));
    expect(told('2026-01-01')).toEqual([[], [], []]);
    expect(refusals(scene.when('answer-plain-questions', { ...answer, outcome: id(399), people: 0, on: '2027-01-01' }))).toEqual(['outcome.unknown', 'outcome.nobody-answered', 'outcome.not-answered-yet']);
    expect(refusals(scene.when('record-cost', { ...spent(id(430), '3', '1000.00', 20), outcome: id(399), period: { startsOn: '2025-12-31', endsOn: '2025-12-30' } }))).toEqual(['outcome.unknown', 'delivery.period-reversed', 'delivery.before-agreement']);
    expect(refusals(scene.when('record-cost', { ...spent(id(430), '3', '1000.00', 20), period: { startsOn: '2026-06-01', endsOn: '2026-06-02' } }))).toEqual(['value.period-not-over']);
    expect(refusals(scene.did('record-cost', spent(id(430), '3', '1000.00', 20)).when('record-cost', { ...spent(id(431), '3', '1.00', 1) }))).toEqual(['value.counted-twice']);
  });

  test('is measured in its order, once it is made, of a link that is known, and in a figure that its unit can have', () => {
    const scene = named.did('link-outcome', link).did('record-measurement', measured);
    expect(refusals(scene.when('record-measurement', { ...measured, measurement: id(411), on: '2026-05-31' }))).toEqual(['outcome.measured-before']);
    expect(refusals(scene.when('record-measurement', { ...measured, link: id(409), on: '2026-06-02' }))).toEqual(['outcome.link-unknown', 'outcome.not-measured-yet']);
    const counted = (unit: 'percent' | 'days' | 'hours' | 'number', baseline: number, target: number) => refusals(named.when('link-outcome', { ...link, unit, baseline, target }));
    expect([counted('percent', 101, -1), counted('days', -1, 3), counted('hours', 3, -1), counted('number', -1, 3), counted('percent', 0, 100)]).toEqual([
      ['kpi.no-percentage', 'kpi.no-percentage'], ['kpi.less-than-no-time'], ['kpi.less-than-no-time'], [], [],
    ]);
    const percent = named.did('link-outcome', { ...link, unit: 'percent' });
    expect(refusals(percent.when('record-measurement', { ...measured, value: 140 }))).toEqual(['kpi.no-percentage']);
  });

  test('is the last word of each: nothing that they said before takes its place', () => {
    const scene = named.did('answer-plain-questions', { ...answer, on: '2026-05-20' });
    expect(refusals(scene.when('answer-plain-questions', { ...answer, on: '2026-05-20' }))).toEqual(['already-so']);
    expect(scene.when('answer-plain-questions', { ...answer, better: 'yes', on: '2026-05-19' })).toMatchObject({ refused: [{ code: 'outcome.answered-since', missing: [{ what: 'on: 2026-05-20 or later' }] }] });
    expect(scene.did('answer-plain-questions', { ...answer, better: 'yes' }).did('answer-plain-questions', { ...theAnswer, viewer: 'commissioner', on: '2026-05-19' }).agreement.outcomes[0]!.views).toMatchObject({ users: { better: 'yes', on: '2026-06-01' }, commissioner: { on: '2026-05-19' } });
  });

  test('is the view of users where they took part and were asked, of no more than took part, and of them alone', () => {
    const { activity: _, ...nowhere } = answer;
    expect(named.when('answer-plain-questions', nowhere)).toMatchObject({ refused: [{ code: 'outcome.users-asked-nowhere', missing: [{ what: 'the activity in which they were asked', suppliedBy: 'contract-manager', by: 'answer-plain-questions' }] }] });
    expect(named.when('answer-plain-questions', { ...answer, people: 13 })).toMatchObject({ refused: [{ code: 'activity.more-than-took-part', missing: [{ what: 'who took part: 12 are on record', suppliedBy: 'facilitator', by: 'record-attendance' }] }] });
    expect([named.given(voided(evening)).when('answer-plain-questions', answer), named.when('answer-plain-questions', { ...answer, activity: id(999) })].map(refusals)).toEqual([['activity.more-than-took-part'], ['activity.unknown']]);
    expect(refusals(named.when('answer-plain-questions', { ...answer, viewer: 'commissioner' }))).toEqual(['outcome.no-users-view']);
    expect(named.did('answer-plain-questions', answer).agreement.outcomes[0]!.views.users).toMatchObject({ activity: evening, people: 12 });
    // A provider hears from no refusal how many took part.
    expect(refusals(delivers.when('answer-plain-questions', { ...answer, people: 99 }, 'signatory'))).toEqual(['outcome.not-their-view']);
    // What was answered before that was asked is read as it was told.
    const before = named.given(['concordat.agreement.plain-questions-answered.v1', nowhere]);
    expect(before.agreement.outcomes[0]!.views.users).toMatchObject({ activity: null, better: 'no' });
    expect(refusals(before.when('answer-plain-questions', answer))).toEqual([]);
  });

  test('is shown as unconfirmed where it tells of no meeting in which users were asked, or that was voided since', () => {
    const { activity: _, ...nowhere } = answer;
    const shown = ({ agreement }: Scene) => valueView(agreement, '2026-06-01').map(({ usersUnconfirmed }) => usersUnconfirmed);
    const said = named.did('answer-plain-questions', answer);
    expect([named, said, said.given(voided(evening)), named.given(['concordat.agreement.plain-questions-answered.v1', nowhere])].map(shown)).toEqual([[false], [false], [true], [true]]);
  });

  test('is answered by a provider for itself alone, once it delivers, and of fewer than ten users it is no picture', () => {
    const answers = (scene: typeof named, viewer: 'users' | 'provider') => refusals(scene.when('answer-plain-questions', { ...theAnswer, viewer }, 'signatory'));
    const invited = named.did('invite-provider', { provider });
    const delivers = invited.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '9000.00', currency: 'GBP' } }]);
    expect([answers(invited, 'provider'), answers(delivers, 'users'), answers(delivers, 'provider')]).toEqual([['outcome.not-their-view'], ['outcome.not-their-view'], []]);
    const few = (people: number) => fewUsers(named.did('answer-plain-questions', { ...answer, people }).agreement.outcomes[0]!);
    expect([few(9), few(10), fewUsers(named.agreement.outcomes[0]!)]).toEqual([true, false, false]);
  });

  const worth = { amount: '9000.00', currency: 'GBP' };
  const theirs = { ...theAnswer, viewer: 'provider', better: 'no', on: '2026-05-20' } as const;
  const delivers = named.given(['concordat.agreement.awarded.v1', { provider, value: worth }]);

  test('is the provider’s own word once it said it: the organisation writes no other in its place', () => {
    const written = delivers.did('answer-plain-questions', { ...theirs, better: 'yes' });
    expect(refusals(written.when('answer-plain-questions', theirs))).toEqual([]);
    const said = written.did('answer-plain-questions', theirs, 'signatory');
    expect(said.when('answer-plain-questions', { ...theirs, better: 'yes', on: '2026-06-01' })).toMatchObject({ refused: [{ code: 'outcome.their-own-word', missing: [{ suppliedBy: 'provider-operator', by: 'answer-plain-questions' }] }] });
    expect(refusals(said.when('answer-plain-questions', { ...theirs, viewer: 'users', activity: evening, better: 'yes' }))).toEqual([]);
    expect(refusals(said.when('answer-plain-questions', theirs, 'signatory'))).toEqual(['already-so']);
    const anew = said.did('answer-plain-questions', { ...theirs, better: 'partly' }, 'signatory');
    expect(anew.agreement.outcomes[0]!.views).toEqual({ provider: [expect.objectContaining({ better: 'partly', provider, theirOwn: true })] });
  });

  test('is that of each of several providers: none answers in the place of another, nor reads what another answered', () => {
    const two = delivers.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }]);
    const both = two.did('answer-plain-questions', theirs, 'signatory').did('answer-plain-questions', { ...theirs, better: 'yes' }, 'otherSignatory');
    expect(divergences(both.agreement.outcomes[0]!)[0]).toEqual({ question: 'better', answers: { provider: [{ provider, answer: 'no' }, { provider: otherProvider, answer: 'yes' }] }, diverges: true });
    expect([provider, otherProvider].map((party) => deliveryView(both.agreement, '2026-06-01', party).outcomes[0]!.answered?.better)).toEqual(['no', 'yes']);
    expect(refusals(both.when('answer-plain-questions', { ...theirs, better: 'partly', provider: otherProvider }, 'signatory'))).toEqual(['delivery.another-s']);
    expect([two.when('answer-plain-questions', theirs), two.when('answer-plain-questions', { ...theirs, provider: id(999) }), two.when('answer-plain-questions', { ...theirs, viewer: 'users', activity: evening, provider })].map(refusals)).toEqual([
      ['delivery.whose'], ['delivery.whose'], ['outcome.no-provider-s-view'],
    ]);
    const one = two.did('answer-plain-questions', theirs, 'signatory').did('answer-plain-questions', { ...theirs, provider: otherProvider, better: 'yes' });
    expect(one.agreement.outcomes[0]!.views.provider).toMatchObject([{ provider, theirOwn: true, better: 'no' }, { provider: otherProvider, theirOwn: false, better: 'yes' }]);
  });

  test('is kept of an answer from before it was told whose it is, until the one provider answers', () => {
    const before = delivers.given(['concordat.agreement.plain-questions-answered.v1', theirs]);
    const answered = (scene: typeof before) => deliveryView(scene.agreement, '2026-06-01', provider).outcomes[0]!.answered;
    expect([answered(before)?.better, before.agreement.outcomes[0]!.views.provider]).toEqual(['no', [expect.objectContaining({ provider: null, theirOwn: false })]]);
    expect(refusals(before.when('answer-plain-questions', { ...theirs, on: '2026-05-19' }, 'signatory'))).toEqual(['outcome.answered-since']);
    const since = before.did('answer-plain-questions', { ...theirs, better: 'yes' }, 'signatory');
    expect(since.agreement.outcomes[0]!.views.provider).toMatchObject([{ provider, better: 'yes', theirOwn: true }]);
  });

  test('is named once as it is, and a measurement recorded once', () => {
    const name = { outcome, activity: 'Strength classes', change: 'Steadier on their feet', title: 'Fewer falls' };
    expect(refusals(named.when('name-outcome', name))).toEqual(['already-so']);
    for (const change of [{ title: 'x' }, { change: 'x' }, { activity: 'x' }]) expect(named.did('name-outcome', { ...name, ...change }).agreement.outcomes).toMatchObject([{ ...name, ...change }]);
    const scene = named.did('link-outcome', link).did('record-measurement', measured);
    expect(refusals(scene.when('record-measurement', measured))).toEqual(['already-so']);
    expect(refusals(scene.when('record-measurement', { ...measured, measurement: id(411) }))).toEqual([]);
    expect(scene.did('link-outcome', { ...link, holder: 'The hospital' }).agreement.outcomes[0]!.links).toMatchObject([{ holder: 'The hospital', target: 30, measurements: [{ value: 42 }] }]);
  });

  test('keeps the name under which something is told of it; another outcome is named beside it', () => {
    const other = { outcome, activity: 'Strength classes', change: 'Steadier on their feet', title: 'Fewer complaints' };
    const seen = { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2026-06-01', source: 'x' };
    const [linked, hoped] = [named.did('link-outcome', link), named.did('name-benefit', benefit)];
    for (const untold of [linked, hoped]) expect(refusals(untold.when('name-outcome', other))).toEqual([]);
    const told = [linked.did('record-measurement', measured), hoped.did('observe-benefit', seen), named.did('record-cost', spent(id(430), '3', '1000.00', 20)), named.did('answer-plain-questions', answer)];
    for (const scene of told) {
      expect(scene.when('name-outcome', other)).toMatchObject({ refused: [{ code: 'outcome.name-stays', missing: [{ what: 'another outcome', suppliedBy: 'contract-manager', by: 'name-outcome' }] }] });
      expect(refusals(scene.did('name-outcome', { ...other, outcome: id(391) }).when('name-outcome', { ...other, outcome: id(391), title: 'Fewer letters' }))).toEqual([]);
    }
    for (const change of [{ activity: 'x' }, { change: 'x' }]) expect(refusals(told[0]!.when('name-outcome', { ...other, title: 'Fewer falls', ...change }))).toEqual(['outcome.name-stays']);
  });

  test('is not set right by what it is held against: once it was measured, that stays', () => {
    const scene = named.did('link-outcome', link).did('record-measurement', measured);
    const rewriting = { step: 'activity-to-change', indicator: 'Complaints', baseline: 100, target: 61, comparison: 'x', visibleFrom: '2040-01-01' } as const;
    for (const [part, value] of Object.entries(rewriting)) {
      expect(scene.when('link-outcome', { ...link, [part]: value })).toMatchObject({ refused: [{ code: 'outcome.measured', missing: [{ what: `${part}: ${link[part as keyof typeof rewriting]}`, suppliedBy: 'contract-manager', by: 'link-outcome' }] }] });
      expect(refusals(named.did('link-outcome', link).when('link-outcome', { ...link, [part]: value }))).toEqual([]);
    }
  });

  test('is not put off once the day has come from which its effect can be seen: then it is measured', () => {
    const linked = named.did('link-outcome', link);
    const later = { ...link, visibleFrom: '2040-01-01', baseline: 100 };
    expect(refusals(linked.on('2027-11-30').when('link-outcome', later))).toEqual([]);
    expect(linked.on('2027-12-01').when('link-outcome', later)).toMatchObject({
      refused: [{ code: 'outcome.visible-since', missing: [{ what: 'baseline: 40', by: 'link-outcome' }, { what: 'visibleFrom: 2027-12-01', by: 'link-outcome' }, { what: 'a measurement', suppliedBy: 'contract-manager', by: 'record-measurement' }] }],
    });
    expect(refusals(linked.on('2027-12-01').when('link-outcome', { ...link, target: 25, holder: 'The hospital' }))).toEqual([]);
  });

  test('is linked to one that is named, step by step, each with a way to go', () => {
    expect(refusals(named.when('link-outcome', { ...link, outcome: id(399), target: link.baseline }))).toEqual(['outcome.unknown', 'outcome.no-way-to-go']);
    const linked = named.did('link-outcome', link).did('name-outcome', { outcome: id(391), activity: 'x', change: 'y', title: 'z' });
    expect(refusals(linked.when('link-outcome', { ...link, link: id(401) }))).toEqual(['already-so']);
    expect(refusals(linked.when('link-outcome', { ...link, outcome: id(391) }))).toEqual(['outcome.link-elsewhere']);
    expect(refusals(linked.when('link-outcome', link))).toEqual(['already-so']);
    expect(refusals(linked.when('link-outcome', { ...link, unit: 'days' }))).toEqual([]);
    const once = linked.did('record-measurement', measured);
    expect(once.when('link-outcome', { ...link, unit: 'days', target: -1 })).toMatchObject({ refused: [{ code: 'outcome.unit-stays', missing: [{ what: 'unit: number', by: 'link-outcome' }] }, { code: 'outcome.measured', missing: [{ what: 'target: 30', by: 'link-outcome' }] }, { code: 'kpi.less-than-no-time' }] });
  });
});

describe('where the hours that people give rise', () => {
  const rose = named.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', '800.00', 40));
  const now = (scene: typeof rose) => scene.agreement.value.costs[1]!;

  test('they are asked before it counts as cost moved', () => {
    expect(effortChange(rose.agreement, now(rose))).toBe('not-asked');
    const wanted = rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-06-01' });
    expect(effortChange(wanted.agreement, now(wanted))).toBe('wanted');
  });

  test('where they took part, and no more answer than did', () => {
    const answers = { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-06-01' };
    expect(refusals(rose.when('record-hours-wanted', answers))).toEqual([]);
    expect(rose.when('record-hours-wanted', { ...answers, wanted: 10 })).toMatchObject({ refused: [{ code: 'activity.more-than-took-part', missing: [{ what: 'who took part: 12 are on record', suppliedBy: 'facilitator', by: 'record-attendance' }] }] });
    expect([rose.given(voided(evening)).when('record-hours-wanted', answers), rose.when('record-hours-wanted', { ...answers, activity: id(999) })].map(refusals)).toEqual([['activity.more-than-took-part'], ['activity.unknown']]);
    // Of what was recorded before that was asked it is told now.
    const before = rose.given(['concordat.agreement.hours-wanted-recorded.v1', { cost: id(431), wanted: 9, ratherNot: 3, on: '2026-06-01' }]);
    expect([now(before).asked?.activity, effortChange(before.agreement, now(before)), refusals(before.when('record-hours-wanted', answers))]).toEqual([null, 'wanted', []]);
    expect(refusals(rose.did('record-hours-wanted', answers).when('record-hours-wanted', answers))).toEqual(['already-so']);
  });

  test('as many of those whose hours are on record as answered, and not others', () => {
    const april = [worked(survey, ada, '2026-04-01'), worked(survey, ben, '2026-04-02')];
    const scene = named.given(held(survey), ...april, came(evening, ada, ben), held(panel), came(panel, id(801), id(802), id(803))).did('record-cost', spent(id(430), '3', '1000.00', 2)).did('record-cost', spent(id(431), '4', '800.00', 40));
    const answers = { cost: id(431), wanted: 3, ratherNot: 0, on: '2026-06-01' };
    expect(scene.when('record-hours-wanted', { ...answers, activity: panel })).toMatchObject({
      refused: [{ code: 'value.others-asked', missing: [{ what: '2 of those who gave hours from 2026-04-01 to 2026-04-28; 0 took part', suppliedBy: 'facilitator', by: 'record-attendance' }] }],
    });
    expect(refusals(scene.when('record-hours-wanted', { ...answers, activity: evening }))).toEqual([]);
  });

  test('and where that was voided since, nobody wants to; that most would rather not stays said', () => {
    const afterwards = (wanted: number, ratherNot: number) => {
      const scene = rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted, ratherNot, on: '2026-06-01' }).given(voided(evening));
      return effortChange(scene.agreement, now(scene));
    };
    expect([afterwards(9, 3), afterwards(3, 9)]).toEqual(['not-asked', 'cost-moved']);
  });

  test('and of so few as one or two it stays unasked, unless no more gave all the hours', () => {
    const said = (scene: typeof rose, wanted: number, ratherNot: number) => { const { agreement } = scene.did('record-hours-wanted', { cost: id(431), activity: evening, wanted, ratherNot, on: '2026-06-01' }); return effortChange(agreement, agreement.value.costs[1]!); };
    expect([said(rose, 2, 0), said(rose, 0, 2), said(rose, 2, 1), said(rose, 1, 2)]).toEqual(['not-asked', 'not-asked', 'wanted', 'cost-moved']);
    // Two gave four hours in April: all forty are not theirs, and all four are.
    const effort = [held(survey), worked(survey, ada, '2026-04-01'), worked(survey, ben, '2026-04-02'), came(evening, ada, ben)];
    const few = named.given(...effort).did('record-cost', spent(id(430), '3', '1000.00', 2)).did('record-cost', spent(id(431), '4', '800.00', 4));
    expect([said(rose.given(...effort), 2, 0), said(few, 1, 0), said(few, 2, 0), said(few, 0, 2)]).toEqual(['not-asked', 'not-asked', 'wanted', 'cost-moved']);
    expect([2, 3].map((wanted) => refusals(rose.did('name-benefit', benefit).did('record-hours-wanted', { cost: id(431), activity: evening, wanted, ratherNot: 0, on: '2026-06-01' }).when('observe-benefit', { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2026-06-01', source: 'x' })))).toEqual([['benefit.hours-not-asked'], []]);
  });

  test('also where a period between reached nothing of the outcome', () => {
    const between = named.did('record-cost', spent(id(430), '1', '1000.00', 20)).did('record-cost', { ...spent(id(431), '2', '0.00', 0), units: 0 }).did('record-cost', spent(id(432), '3', '800.00', 40));
    expect(between.agreement.value.costs.map((cost) => effortChange(between.agreement, cost))).toEqual(['nothing-before', 'nothing-before', 'not-asked']);
  });

  test('and what they said stands: it is not flipped on its day, nor said of hours nobody gave yet, and they may be asked again', () => {
    const asked = rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 3, ratherNot: 9, on: '2026-05-20' });
    expect(asked.when('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-05-20' })).toMatchObject({ refused: [{ code: 'value.answered', missing: [{ what: 'on: a day after 2026-05-20', suppliedBy: 'facilitator', by: 'record-hours-wanted' }] }] });
    expect(refusals(asked.when('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '1900-01-01' }))).toEqual(['value.asked-before', 'value.answered']);
    expect(refusals(asked.when('record-hours-wanted', { cost: id(431), activity: evening, wanted: 9, ratherNot: 3, on: '2026-05-21' }))).toEqual([]);
  });

  test('and where the agency spends less and most would rather not, it is said', () => {
    const moved = rose.did('record-hours-wanted', { cost: id(431), activity: evening, wanted: 3, ratherNot: 9, on: '2026-06-01' });
    expect(costMovedSays(moved.agreement, now(moved))).toBe(
      'What the agency spends fell and the hours that people give rose; 9 of the 12 who were asked would rather not. This is cost moved to people, and no saving.',
    );
  });

  test('nothing of the sort is said before they are asked, where most want to, where the agency spends more, or where hours fell', () => {
    const asked = (scene: typeof rose, wanted: number, ratherNot: number) => scene.did('record-hours-wanted', { cost: id(431), activity: evening, wanted, ratherNot, on: '2026-06-01' });
    const after = (amount: string, hours: number) => named.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', amount, hours));
    const said = [rose, asked(rose, 9, 3), asked(rose, 6, 6), asked(after('1200.00', 40), 3, 9), asked(after('800.00', 20), 3, 9)];
    expect(said.map((scene) => costMovedSays(scene.agreement, now(scene)))).toEqual(Array(5).fill(undefined));
    expect(effortChange(asked(after('1200.00', 40), 3, 9).agreement, now(asked(after('1200.00', 40), 3, 9)))).toBe('cost-moved');
  });
});

describe('the hours beside a cost', () => {
  // Ada gave twice two hours in April and Ben two in May; and Ben two in April, to what was then found not to have happened.
  const gave = named.given(held(panel), held(survey), worked(panel, ada, '2026-04-01'), worked(panel, ada, '2026-04-28'), worked(panel, ben, '2026-05-01'), worked(survey, ben, '2026-04-02'), voided(survey));
  const april = (hours: number) => spent(id(430), '4', '800.00', hours);
  const other = { outcome: id(391), activity: 'Visits', change: 'Company', title: 'Less lonely' };
  const two = gave.did('name-outcome', other);
  const ofOther = (hours: number) => ({ ...april(hours), cost: id(431), outcome: id(391) });

  test('are no fewer than the effort that is on record in its days', () => {
    expect(gave.when('record-cost', april(3.5))).toMatchObject({ refused: [{ code: 'value.hours-on-record', missing: [{ what: 'hours: 4 or more', suppliedBy: 'contract-manager', by: 'record-cost' }] }] });
    expect([april(4), april(400), spent(id(430), '3', '800.00', 0)].map((cost) => refusals(gave.when('record-cost', cost)))).toEqual([[], [], []]);
    expect(refusals(gave.did('record-cost', april(4)).when('record-cost', { ...april(1), why: 'Typed wrongly' }))).toEqual(['value.hours-on-record']);
  });

  test('may stand beside what another outcome cost in those days, and what was told of all of them is corrected then', () => {
    expect(refusals(two.did('record-cost', april(4)).when('record-cost', ofOther(0)))).toEqual([]);
    const both = two.did('record-cost', april(4)).did('record-cost', ofOther(3));
    const corrected = (hours: number) => refusals(both.when('record-cost', { ...april(hours), why: 'Three were visits' }));
    expect([corrected(1), corrected(0.5)]).toEqual([[], ['value.hours-on-record']]);
    expect(both.when('record-cost', { ...april(0), why: 'All were visits' })).toMatchObject({ refused: [{ missing: [{ what: 'hours: 1 or more' }] }] });
    // What it cost in other days says nothing of the hours of these.
    expect(refusals(two.did('record-cost', { ...ofOther(90), period: spent('', '3', '', 0).period }).when('record-cost', april(1)))).toEqual(['value.hours-on-record']);
  });

  test('also where the effort was put on record after the cost: a saving stays potential until they are told', () => {
    const none = named.did('record-cost', spent(id(428), '3', '1000.00', 0)).did('record-cost', april(0)).did('name-benefit', benefit);
    const observed = none.did('observe-benefit', { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2026-06-01', source: 'x' });
    const since = observed.given(held(panel), worked(panel, ada, '2026-04-01'), came(evening, ada));
    const why = ({ agreement }: Scene) => valueView(agreement, '2026-06-01')[0]!.benefits[0]!.potentialFor;
    const told = since.did('record-cost', { ...april(2), why: 'Two hours were told later' });
    expect([why(observed), why(since), why(told)]).toEqual([null, 'hours-untold', 'not-asked']);
    expect(why(told.did('record-hours-wanted', { cost: id(430), activity: evening, wanted: 1, ratherNot: 0, on: '2026-06-01' }))).toBeNull();
  });
});

describe('a cost that is on record', () => {
  const wrong = spent(id(430), '4', '800.00', 40);
  const known = named.did('record-cost', spent(id(431), '3', '1000.00', 20)).did('record-cost', wrong);
  const right = { ...wrong, spent: { amount: '880.00', currency: 'GBP' }, why: 'An invoice came late.' };

  test('is corrected with a word of why, and what it said before is shown beside it for ever', () => {
    const { why: _, ...silent } = right;
    expect(known.when('record-cost', silent)).toMatchObject({ refused: [{ code: 'value.correction-unsaid', missing: [{ what: 'why', suppliedBy: 'contract-manager', by: 'record-cost' }] }] });
    expect([known.when('record-cost', wrong), known.when('record-cost', { ...right, cost: id(432), period: spent('', '5', '', 0).period })].map(refusals)).toEqual([['already-so'], ['value.cost-unknown']]);
    const corrected = known.did('record-cost', right);
    const [earlier, shown] = valueView(corrected.agreement, '2026-06-01')[0]!.costs;
    expect(earlier!.change).toBeNull();
    expect(shown).toMatchObject({ perUnit: { pounds: 88, hours: 4 }, change: { pounds: -12, hours: 2 }, corrected: [{ spent: wrong.spent, hours: 40, units: 10, period: wrong.period, asked: null, why: 'An invoice came late.', correctedOn: '2026-06-01' }] });
    const again = corrected.did('record-cost', { ...wrong, why: 'It was of May.' }).agreement.value.costs[1]!;
    expect(again).toMatchObject({ spent: wrong.spent, corrected: [{ spent: wrong.spent }, { spent: right.spent, why: 'It was of May.' }] });
    expect(again.corrected).toHaveLength(2);
  });

  test('stays with its outcome, and no day is counted twice by a correction', () => {
    const other = named.did('name-outcome', { outcome: id(391), activity: 'Visits', change: 'Company', title: 'Less lonely' });
    expect(refusals(other.did('record-cost', wrong).when('record-cost', { ...right, outcome: id(391) }))).toEqual(['value.of-another-outcome']);
    expect(refusals(known.when('record-cost', { ...right, period: { startsOn: '2026-03-28', endsOn: '2026-04-28' } }))).toEqual(['value.counted-twice']);
  });

  test('says nothing any more of whether people want to give more hours than they were asked of; that they would rather not stands', () => {
    const asked = (wanted: number) => known.did('record-hours-wanted', { cost: id(430), activity: evening, wanted, ratherNot: 3, on: '2026-06-01' });
    const effort = (wanted: number, change: object) => { const { agreement } = asked(wanted).did('record-cost', { ...right, ...change }); return effortChange(agreement, agreement.value.costs[1]!); };
    const changes = [{}, { hours: 30 }, { hours: 41 }, { units: 9 }];
    expect([9, 2].map((wanted) => changes.map((change) => effort(wanted, change)))).toEqual([['wanted', 'wanted', 'not-asked', 'not-asked'], ['cost-moved', 'cost-moved', 'cost-moved', 'cost-moved']]);
    // What was asked while no unit was reached was asked of no unit.
    const none = known.did('record-cost', { ...right, units: 0 }).did('record-hours-wanted', { cost: id(430), activity: evening, wanted: 9, ratherNot: 3, on: '2026-06-01' }).did('record-cost', right).agreement;
    expect(effortChange(none, none.value.costs[1]!)).toBe('not-asked');
  });
});
