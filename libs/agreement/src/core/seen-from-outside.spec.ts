import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { deliveryView } from './delivery-view.js';
import { given, id, type Happening, inDesign, provider } from './given.js';
import { came, planned } from './given-involvement.js';
import { involvementFromOutside, peopleSeenFromOutside } from './reach.js';
import { fewest, isSmall } from './small-numbers.js';

const today = '2026-06-30';
const groups = ['carers', 'residents', 'diners'] as const;
const many = (count: number, from: number) => Array.from({ length: count }, (_, n) => id(from + n));
const people = fc.integer({ min: 0, max: 9 });

/** An agreement in which so many people of each group came, of whom so many had come with the group before; so many do something by themselves and wish it known, so many answered, of whom so many said yes, a visit spoke with so many, and so many use it and work in it at its end. */
interface Counted {
  readonly came: readonly number[];
  readonly cameBefore: readonly number[];
  readonly doing: readonly number[];
  readonly answers: readonly (readonly [answers: number, yes: number])[];
  readonly spokeWith: number;
  readonly left: number;
  readonly staff: number;
}
const counted: fc.Arbitrary<Counted> = fc.record({ came: fc.tuple(people, people, fc.oneof(fc.constant(0), people)), cameBefore: fc.oneof(fc.constant([0, 0, 0]), fc.tuple(people, people, people)), doing: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }), answers: fc.array(fc.integer({ min: 1, max: 14 }).chain((answers) => fc.tuple(fc.constant(answers), fc.integer({ min: 0, max: answers }))), { maxLength: 3 }), spokeWith: people, left: people, staff: fc.integer({ min: 1, max: 9 }) });

/** All that a provider who delivers, and everybody, can read of how many people there were. */
function outside({ came: tookPart, cameBefore, doing, answers, spokeWith, left, staff }: Counted) {
  const heard = given(
    planned({ say: 1 }),
    ...doing.map((count, at): Happening => ['concordat.agreement.what-people-do-recorded.v1', { activity: id(560 + at), group: groups[at]!, does: 'They drive.', people: count, hoursAWeek: 2, dependsOnIt: 'Who comes.', needs: '', onRecord: 'public' }]),
    ...groups.flatMap((group, at): Happening[] => {
      const activity = id(500 + at);
      const held: Happening = ['concordat.agreement.activity-planned.v1', { activity, stage: 'design', title: 'An evening', groups: [group], right: 'advise', ledBy: 'staff', closesOn: today }];
      const together = Math.min(cameBefore[at]!, tookPart[at]!, tookPart[at - 1] ?? 0);
      const who = [...many(together, 600 + 20 * (at - 1)), ...many(tookPart[at]! - together, 600 + 20 * at)];
      return who.length > 0 ? [held, came(activity, ...who)] : [held];
    }),
  ).did('request-gate', { stage: 'design' });
  const kpi = id(300);
  const set = inDesign.did('set-kpi', { kpi, title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
  const delivered = answers
    .reduce((scene, [asked, yes], at) => {
      const period = { startsOn: `2026-0${at + 1}-01`, endsOn: `2026-0${at + 1}-28` };
      return scene.did('record-finding', { finding: id(320 + at), kpi, period, question: 'Do they come on time?', method: 'by telephone', answers: asked, value: Math.round((1000 * yes) / asked) / 10 });
    }, set)
    .given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }])
    .did('record-quality-visit', {
      visit: id(430), provider, on: '2026-05-20', visitors: 'both', notice: 'unannounced', spokeWith, found: 'Nothing.', report: { reference: 'r', title: 'Report' }, improvements: [], nextBy: '2026-11-30',
    })
    .did('plan-exit', { plan: { reference: 'p', title: 'Where people go' }, lastDay: '2026-12-31', people: left })
    .did('plan-staff-transfer', { transfersOn: '2027-01-01', informationBy: '2026-11-30', staff });
  const { whatPeopleDo } = involvementFromOutside(heard.agreement);
  return { whatPeopleDo, involvement: peopleSeenFromOutside(heard.agreement, 'design')!, delivery: deliveryView(delivered.agreement, today, provider) };
}

const numbersIn = ({ whatPeopleDo, involvement, delivery }: ReturnType<typeof outside>): readonly (number | null)[] => [
  ...whatPeopleDo.map((one) => one.people),
  ...involvement.parts.map((part) => part.people),
  involvement.total,
  ...delivery.kpis.flatMap(({ periods }) => periods.flatMap(({ people }) => {
    const [answers, value] = [people?.answers ?? null, people?.value ?? null];
    const yes = answers === null || value === null ? null : Math.round((answers * value) / 100);
    return [answers, yes, answers === null || yes === null ? null : answers - yes];
  })),
  ...delivery.visits.map(({ spokeWith }) => spokeWith),
  delivery.exit?.people ?? null,
  delivery.staffTransfer?.staff ?? null,
];

test('a provider and the public read no number of fewer than five people', () => {
  fc.assert(fc.property(counted, (counts) => expect(numbersIn(outside(counts)).filter((number) => number !== null && isSmall(number))).toEqual([])), { numRuns: 60 });
});

test('nor do they read a word of what fewer than five do by themselves, whatever staff type one after the other', () => {
  const typed = fc.array(fc.record({ at: fc.constantFrom(0, 1), people: fc.integer({ min: 1, max: 9 }), does: fc.constantFrom('They cook.', 'They drive.') }), { minLength: 1, maxLength: 5 });
  let few = 0;
  fc.assert(
    fc.property(typed, (all) => {
      const { agreement } = all.reduce((scene, { at, people: count, does }) => {
        const told = { activity: id(560 + at), group: groups[at]!, does: `${does} ${count} do.`, people: count, hoursAWeek: 2, dependsOnIt: `Whom ${count} visit.`, needs: '', onRecord: 'public' } as const;
        return 'accepted' in scene.when('record-what-people-do', told) ? scene.did('record-what-people-do', told) : scene;
      }, inDesign);
      few += all.filter((one) => isSmall(one.people)).length;
      expect(JSON.stringify(involvementFromOutside(agreement).whatPeopleDo)).not.toMatch(/[1-4] (?:do|visit)/);
    }),
    { numRuns: 60 },
  );
  expect(few).toBeGreaterThan(10);
});

test('nor can they work one out: whatever a number from one to four is, all that they read is the same', () => {
  const other = (few: number) => (isSmall(few) ? (few % (fewest - 1)) + 1 : few);
  const otherwise = ([answers, yes]: readonly [number, number]) => (isSmall(answers) ? [other(answers), 0] as const : [answers, isSmall(yes) ? other(yes) : answers - other(answers - yes)] as const);
  fc.assert(
    fc.property(counted, (counts) => {
      fc.pre([...counts.came, ...counts.doing, ...counts.answers.flatMap(([answers, yes]) => [answers, yes, answers - yes]), counts.spokeWith, counts.left, counts.staff].some(isSmall));
      const elsewhere = { ...counts, came: counts.came.map(other), doing: counts.doing.map(other), answers: counts.answers.map(otherwise), spokeWith: other(counts.spokeWith), left: other(counts.left), staff: other(counts.staff) };
      expect(outside(elsewhere)).toEqual(outside(counts));
    }),
    { numRuns: 60 },
  );
});

test('nor by taking one number from another: what a stage had in all, less any of its groups, is of no few people', () => {
  let overlapping = 0;
  fc.assert(
    fc.property(counted, (counts) => {
      const { involvement } = outside(counts);
      overlapping += Number(counts.cameBefore.some((one, at) => at > 0 && one > 0));
      for (const part of involvement.parts) expect(involvement.total !== null && part.people !== null && isSmall(involvement.total - part.people)).toBe(false);
    }),
    { numRuns: 200 },
  );
  expect(overlapping).toBeGreaterThan(20);
});

test('nor one day from another: a count that is made anew is told anew once at least five people part it from the one told before', () => {
  let moved = 0;
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 2, maxLength: 6 }), (counts) => {
      const doing = (people: number, at: number): Happening => ['concordat.agreement.what-people-do-recorded.v1', { activity: id(560), group: 'carers', does: `They drive, day ${at}.`, people, hoursAWeek: 2, dependsOnIt: 'Who comes.', needs: '', onRecord: 'public' }];
      const ending = (people: number, at: number): Happening[] => [
        ['concordat.agreement.exit-planned.v1', { plan: { reference: `p${at}`, title: 'Where people go' }, lastDay: '2026-12-31', people }],
        ['concordat.agreement.staff-transfer-planned.v1', { transfersOn: '2027-01-01', informationBy: '2026-11-30', staff: people }],
      ];
      const days = counts.map((_, day) => inDesign.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }], ...counts.slice(0, day + 1).flatMap((people, at) => [doing(people, at), ...ending(people, at)])).agreement);
      const read = days.map((agreement) => {
        const { exit, staffTransfer } = deliveryView(agreement, today, provider);
        return [involvementFromOutside(agreement).whatPeopleDo[0]!.people, exit!.people, staffTransfer!.staff];
      });
      for (const [at, each] of read.entries()) {
        const before = read[at - 1] ?? each;
        each.forEach((now, of) => expect(now !== null && (isSmall(now) || isSmall(Math.abs(now - (before[of] ?? now))))).toBe(false));
        moved += Number(each[0] !== before[0]);
      }
      expect(days.at(-1)!.exit!.people).toBe(counts.at(-1));
    }),
    { numRuns: 60 },
  );
  expect(moved).toBeGreaterThan(10);
});

const [monthly, quarterly] = [id(300), id(301)];
const [onTime, women] = ['Do they come on time?', 'Do they come on time? (women)'];
const toldOf = (kpi: string) => ({ kpi, title: `On time, ${kpi}`, definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] }) as const;
const set = inDesign.did('set-kpi', toldOf(monthly)).did('set-kpi', toldOf(quarterly));
type Answered = { readonly kpi?: string; readonly question?: string; readonly startsOn: string; readonly endsOn: string; readonly answers: number; readonly value: number | null };
/** What a provider reads of each of these, asked the same under one KPI unless they say otherwise, in the order given. */
function read(found: readonly Answered[]) {
  const recorded = found.reduce((scene, { kpi = monthly, question = onTime, startsOn, endsOn, answers, value }, at) => scene.did('record-finding', { finding: id(320 + at), kpi, period: { startsOn, endsOn }, question, method: 'by telephone', answers, value }), set);
  const { kpis } = deliveryView(recorded.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]).agreement, today, provider);
  return found.map((_, at) => kpis.flatMap(({ periods }) => periods).find(({ people: said }) => said?.finding === id(320 + at))!.people!);
}

test('nor one month from two: what people say of a time that holds days of so few is not told either, in whichever order it was recorded', () => {
  const of = (startsOn: string, endsOn: string, answers: number, value: number): Answered => ({ startsOn, endsOn, answers, value });
  const answers = (...found: readonly Answered[]) => read(found).map((one) => one.answers);
  const [april, may, both] = [of('2026-04-01', '2026-04-30', 6, 100), of('2026-05-01', '2026-05-31', 1, 0), of('2026-04-01', '2026-05-31', 7, 100)];
  expect(answers(april, may, both)).toEqual([6, null, null]);
  expect(answers(both, april)).toEqual([7, null]);
  expect(answers(april, both)).toEqual([6, null]);
  const [january, february, quarter] = [of('2026-01-01', '2026-01-31', 10, 100), of('2026-02-01', '2026-02-28', 10, 100), of('2026-01-01', '2026-03-31', 30, 100)];
  expect(answers(january, february, quarter)).toEqual([10, 10, null]);
  expect(answers(quarter, january, february)).toEqual([30, null, null]);
  // Eight in a fortnight of July, thirteen in all of it, fourteen in August: three in September.
  expect(answers(of('2026-01-01', '2026-01-15', 8, 100), of('2026-01-01', '2026-01-31', 13, 100), of('2026-02-01', '2026-02-28', 14, 100), quarter)).toEqual([8, null, 14, null]);
  expect(answers(april, of('2026-04-01', '2026-04-30', 12, 100))).toEqual([6, null]);
  expect(answers({ ...april, answers: 0, value: null }, both)).toEqual([0, 7]);
});

test('nor from what the same people were asked under another KPI, nor from a part of them under a question of its own', () => {
  const of = (startsOn: string, endsOn: string, answers: number, value: number): Answered => ({ startsOn, endsOn, answers, value });
  const told = (...found: readonly Answered[]) => read(found).map(({ answers, value }) => [answers, value]);
  const quarter = { ...of('2026-01-01', '2026-03-31', 30, 45), kpi: quarterly };
  expect(told(of('2026-01-01', '2026-01-31', 13, 50), of('2026-02-01', '2026-02-28', 14, 50), quarter)).toEqual([[13, 50], [14, 50], [null, null]]);
  expect(told(of('2026-03-01', '2026-03-31', 3, 0), { ...quarter, question: ' do they come  on time?' })).toEqual([[null, null], [null, null]]);
  expect(told({ ...of('2026-01-01', '2026-01-31', 10, 50), question: women }, of('2026-01-01', '2026-01-31', 13, 50))).toEqual([[10, 50], [null, null]]);
  // Of the same twelve, six were hit, and one more was shouted at.
  expect(told({ ...of('2026-01-01', '2026-01-31', 12, 50), question: 'Were you hit?' }, { ...of('2026-01-01', '2026-01-31', 12, 58.3), question: 'Were you hit or shouted at?' })).toEqual([[12, 50], [null, null]]);
  // Another thing of other people: both are told.
  expect(told(of('2026-01-01', '2026-01-31', 12, 50), { ...of('2026-01-01', '2026-01-31', 20, 50), kpi: quarterly, question: 'Is it warm?' })).toEqual([[12, 50], [20, 50]]);
});

const months = ['2026-01', '2026-02', '2026-03', '2026-04'] as const;
const lastDays = [31, 28, 31, 30] as const;
/** How many answered in each month, and times of one month or more in which they were counted under either KPI, in the order they were recorded. */
const asked = fc.record({
  answered: fc.tuple(...months.map(() => fc.integer({ min: 0, max: 9 }))),
  times: fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.constantFrom(monthly, quarterly)).map(([one, other, kpi]) => [Math.min(one, other), Math.max(one, other), kpi] as const), { minLength: 1, maxLength: 5 }),
});

test('nor by any sum of times that lie in one another or overlap, less any other: no months that are left are of few', () => {
  let told = 0;
  fc.assert(
    fc.property(asked, ({ answered, times }) => {
      const within = times.map(([first, last]) => months.map((_, month) => Number(first <= month && month <= last)));
      const people = within.map((months) => months.reduce((sum, one, month) => sum + one * answered[month]!, 0));
      const seen = read(times.map(([first, last, kpi], at) => ({ kpi, startsOn: `${months[first]}-01`, endsOn: `${months[last]}-${lastDays[last]}`, answers: people[at]!, value: people[at] === 0 ? null : 100 })));
      const shown = within.filter((_, at) => seen[at]!.answers !== null);
      told += Number(shown.length > 1);
      const sums = shown.reduce<number[][]>((all, one) => all.flatMap((sum) => [-1, 0, 1].map((times) => sum.map((of, month) => of + times * one[month]!))), [[0, 0, 0, 0]]);
      for (const left of sums.filter((sum) => sum.every((of) => of === 0 || of === 1))) expect(isSmall(left.reduce<number>((sum, of, month) => sum + of * answered[month]!, 0))).toBe(false);
    }),
    { numRuns: 300 },
  );
  expect(told).toBeGreaterThan(20);
});
