import { describe, expect, test } from '@jest/globals';
import { benefitStands, costMovedSays, effortChange } from './benefit.js';
import { id, inDesign, refusals } from './given.js';
import { divergences, linkStands } from './outcome.js';

const outcome = id(390);
const named = inDesign.did('name-outcome', { outcome, activity: 'Strength classes', change: 'Steadier on their feet', title: 'Fewer falls' });
const link = { link: id(400), outcome, step: 'change-to-outcome', indicator: 'Falls a year', unit: 'number', holder: 'Public health', baseline: 40, target: 30, comparison: 'The next ward', visibleFrom: '2027-12-01' } as const;
const benefit = { benefit: id(420), outcome, what: 'Fewer nights in hospital', kind: 'saving', from: 'agency-spending', whoGains: 'another-body', expected: { is: 'money', amount: { amount: '5000.00', currency: 'GBP' } }, comparison: 'The next ward' } as const;
const spent = (cost: string, month: string, amount: string, hours: number) => ({ cost, outcome, period: { startsOn: `2026-0${month}-01`, endsOn: `2026-0${month}-28` }, spent: { amount, currency: 'GBP' }, units: 10, hours });

test('a preventive outcome due in 18 months is not off course in month 3, and is once an effect can be seen', () => {
  const { outcomes } = named.did('link-outcome', link).did('record-measurement', { measurement: id(410), link: link.link, on: '2026-06-01', value: 42, source: 'x' }).agreement;
  expect(linkStands(outcomes[0]!.links[0]!, '2026-09-01')).toBe('not-to-be-seen-yet');
  const later = named.did('link-outcome', link).on('2027-12-02').did('record-measurement', { measurement: id(410), link: link.link, on: '2027-12-02', value: 42, source: 'x' }).agreement;
  expect(linkStands(later.outcomes[0]!.links[0]!, '2027-12-02')).toBe('off-course');
  expect([linkStands(outcomes[0]!.links[0]!, '2027-11-30'), linkStands(outcomes[0]!.links[0]!, '2027-12-01')]).toEqual(['not-to-be-seen-yet', 'not-measured']);
});

test('three plain questions to users, provider and commissioner: where they diverge is one picture', () => {
  const answer = (viewer: 'users' | 'provider' | 'commissioner', better: 'yes' | 'no') => ({ outcome, viewer, people: 12, on: '2026-06-01', better, becauseOfThis: 'yes', worthIt: 'yes' }) as const;
  const { outcomes } = named.did('answer-plain-questions', answer('users', 'no')).did('answer-plain-questions', answer('provider', 'yes')).did('answer-plain-questions', answer('commissioner', 'yes')).agreement;
  expect(divergences(outcomes[0]!).map(({ question, diverges }) => [question, diverges])).toEqual([['better', true], ['becauseOfThis', false], ['worthIt', false]]);
});

describe('a benefit', () => {
  test('is potential until it is observed against a stated comparison', () => {
    const potential = named.did('name-benefit', benefit);
    expect(benefitStands(potential.agreement.value.benefits[0]!)).toBe('potential');
    const seen = potential.did('observe-benefit', { benefit: benefit.benefit, observed: benefit.expected, against: 'The next ward', on: '2026-06-01', source: 'x' });
    expect(benefitStands(seen.agreement.value.benefits[0]!)).toBe('observed');
  });

  test('is never made of hours that citizens give', () => {
    const fromHours = (kind: 'saving' | 'avoided-cost' | 'better-lives') => refusals(named.when('name-benefit', { ...benefit, kind, from: 'hours-of-citizens' }));
    expect([fromHours('saving'), fromHours('avoided-cost'), fromHours('better-lives')]).toEqual([['benefit.hours-are-no-saving'], ['benefit.hours-are-no-saving'], ['benefit.hours-are-no-saving']]);
    expect(refusals(named.when('name-benefit', { ...benefit, from: 'what-people-gain' }))).toEqual(['benefit.not-the-agency-s']);
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

  test('and nothing is saved on an outcome whose cost was moved to people, until they want to give what they give', () => {
    const moved = potential.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', '800.00', 40)).did('record-hours-wanted', { cost: id(431), wanted: 3, ratherNot: 9, on: '2026-05-20' });
    expect(refusals(moved.when('observe-benefit', seen))).toEqual(['benefit.cost-moved']);
    expect(refusals(moved.did('record-hours-wanted', { cost: id(431), wanted: 9, ratherNot: 3, on: '2026-05-30' }).when('observe-benefit', seen))).toEqual([]);
    const lives = { ...benefit, benefit: id(421), kind: 'better-lives', from: 'what-people-gain', expected: { is: 'people', people: 3 } } as const;
    expect(refusals(moved.did('name-benefit', lives).when('observe-benefit', { ...seen, benefit: id(421), observed: lives.expected }))).toEqual([]);
  });

  test('a cost in another currency is held against none in pounds', () => {
    expect(refusals(named.when('record-cost', { ...spent(id(430), '3', '1000.00', 20), spent: { amount: '190000.00', currency: 'JPY' } }))).toEqual(['value.not-in-pounds']);
  });
});

describe('where the hours that people give rise', () => {
  const rose = named.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', '800.00', 40));
  const now = (scene: typeof rose) => scene.agreement.value.costs[1]!;

  test('they are asked before it counts as cost moved', () => {
    expect(effortChange(rose.agreement, now(rose))).toBe('not-asked');
    const wanted = rose.did('record-hours-wanted', { cost: id(431), wanted: 9, ratherNot: 3, on: '2026-06-01' });
    expect(effortChange(wanted.agreement, now(wanted))).toBe('wanted');
  });

  test('and what they said stands: it is not flipped on its day, nor said of hours nobody gave yet, and they may be asked again', () => {
    const asked = rose.did('record-hours-wanted', { cost: id(431), wanted: 3, ratherNot: 9, on: '2026-05-20' });
    expect(asked.when('record-hours-wanted', { cost: id(431), wanted: 9, ratherNot: 3, on: '2026-05-20' })).toMatchObject({ refused: [{ code: 'value.answered', missing: [{ what: 'on: a day after 2026-05-20', suppliedBy: 'facilitator', by: 'record-hours-wanted' }] }] });
    expect(refusals(asked.when('record-hours-wanted', { cost: id(431), wanted: 9, ratherNot: 3, on: '1900-01-01' }))).toEqual(['value.asked-before', 'value.answered']);
    expect(refusals(asked.when('record-hours-wanted', { cost: id(431), wanted: 9, ratherNot: 3, on: '2026-05-21' }))).toEqual([]);
  });

  test('and where the agency spends less and most would rather not, it is said', () => {
    const moved = rose.did('record-hours-wanted', { cost: id(431), wanted: 3, ratherNot: 9, on: '2026-06-01' });
    expect(costMovedSays(moved.agreement, now(moved))).toBe(
      'What the agency spends fell and the hours that people give rose; 9 of the 12 who were asked would rather not. This is cost moved to people, and no saving.',
    );
  });

  test('nothing of the sort is said before they are asked, where most want to, where the agency spends more, or where hours fell', () => {
    const asked = (scene: typeof rose, wanted: number, ratherNot: number) => scene.did('record-hours-wanted', { cost: id(431), wanted, ratherNot, on: '2026-06-01' });
    const after = (amount: string, hours: number) => named.did('record-cost', spent(id(430), '3', '1000.00', 20)).did('record-cost', spent(id(431), '4', amount, hours));
    const said = [rose, asked(rose, 9, 3), asked(rose, 6, 6), asked(after('1200.00', 40), 3, 9), asked(after('800.00', 20), 3, 9)];
    expect(said.map((scene) => costMovedSays(scene.agreement, now(scene)))).toEqual(Array(5).fill(undefined));
    expect(effortChange(asked(after('1200.00', 40), 3, 9).agreement, now(asked(after('1200.00', 40), 3, 9)))).toBe('cost-moved');
  });
});
