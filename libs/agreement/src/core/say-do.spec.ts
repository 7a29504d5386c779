import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decisionRights, leaders } from './activity.js';
import { given, inDesign, type Happening, type Scene } from './given.js';
import {
  ada, answered, ben, came, cat, couldItChange, decidedTogether, dev, held, panel, planned, said, survey, theme, voided, worked,
} from './given-involvement.js';
import { achieved, wholeReached } from './say-do.js';

const inStage = (scene: Scene, stage = 'design') => achieved(scene.agreement, stage);
const missing = (scene: Scene) => inStage(scene).missing.map(({ by, what }) => `${by}: ${what}`);
const engaged = [held(panel), came(panel, ada, ben, cat), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')] as const;

describe('Say', () => {
  test('nothing recorded is nothing reached, and says what the first step of each scale needs', () => {
    expect(inStage(inDesign)).toMatchObject({ say: 0, do: 0, confirmed: false });
    expect(missing(inDesign)).toEqual([
      'plan-activity: Say 1 (informed): an activity in which people inform or more',
      'record-attendance: Say 1 (informed): someone who took part',
      'record-effort: Do 1 (some): hours that somebody gave',
    ]);
  });

  test('people who came were informed, who spoke were consulted, who were answered with reasons were engaged', () => {
    expect(inStage(given(held(panel), came(panel, ada))).say).toBe(1);
    expect(inStage(given(held(panel), said('c1', ada, panel))).say).toBe(2);
    expect(inStage(given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'))).say).toBe(2);
    expect(inStage(given(...engaged)).say).toBe(3);
  });

  test('a stage planned at Say 4 without a joint decision shows at most 3, and what is missing', () => {
    const scene = given(planned({ say: 4 }), ...engaged);
    expect(inStage(scene).say).toBe(3);
    expect(missing(scene)).toContain('plan-activity: Say 4 (shared decisions): an activity in which people decide-jointly or more');
    const jointly = given(planned({ say: 4 }), held(panel, { right: 'decide-jointly' }), ...engaged.slice(1));
    expect(inStage(jointly).say).toBe(3);
    expect(missing(jointly)).toContain('record-joint-decision: Say 4 (shared decisions): a decision made with the people who took part');
    expect(inStage(jointly.given(decidedTogether(panel))).say).toBe(4);
  });

  test('a panel that decides has shared decisions, whether or not anyone wrote something down besides', () => {
    expect(inStage(given(held(panel, { right: 'decide' }), came(panel, ada), decidedTogether(panel))).say).toBe(4);
  });

  test('facts of two activities do not add up to a step that neither of them reached', () => {
    expect(inStage(given(held(panel, { right: 'consult' }), held(survey, { right: 'decide' }), said('c1', ada, panel))).say).toBe(2);
  });

  test('what came late, was voided, or belongs to another stage does not count', () => {
    expect(inStage(given(held(panel), said('c1', ada, panel, { late: true }))).say).toBe(0);
    expect(inStage(given(...engaged, voided(panel))).say).toBe(0);
    expect(inStage(given(...engaged), 'delivery').say).toBe(0);
  });

  test('after a return to the stage earlier facts stay', () => {
    const back = given(...engaged).did('request-gate', { stage: 'design' }).did('return-to-stage', { stage: 'design', reason: 'A new building' });
    expect(inStage(back).say).toBe(3);
  });
});

describe('Say 3 or more is confirmed', () => {
  const answers = (...given: ('yes' | 'no' | 'not-sure')[]) => given.map((answer, n) => couldItChange(panel, [ada, ben, cat][n]!, answer));

  test('only when most of those who answered, three at least, say that what they said could change it', () => {
    expect(inStage(given(...engaged, ...answers('yes', 'yes', 'no'))).confirmed).toBe(true);
    expect(inStage(given(...engaged, ...answers('yes', 'not-sure', 'no'))).confirmed).toBe(false);
    expect(inStage(given(...engaged, ...answers('yes', 'yes'))).confirmed).toBe(false);
  });

  test('by all, where fewer than three took part', () => {
    const two = [held(panel), said('c1', ada, panel), came(panel, ben), ...theme('travel', 'c1'), answered('travel')];
    expect(inStage(given(...two, ...answers('yes'))).confirmed).toBe(false);
    expect(inStage(given(...two, ...answers('yes', 'yes'))).confirmed).toBe(true);
    expect(inStage(given(...two, ...answers('yes', 'no'))).confirmed).toBe(false);
  });

  test('and what was reached stands unconfirmed, with how many answers are missing', () => {
    const scene = given(...engaged, ...answers('yes'));
    expect(inStage(scene).say).toBe(3);
    expect(missing(scene)).toContain('record-could-it-change: 2 more to answer "Could what you said change it?"');
  });

  test('each person is one voice, however many activities they answer for', () => {
    const three = [panel, survey, 'evening'].map((one) => [held(one), said(`${one}/1`, ada, one), ...theme(`of ${one}`, `${one}/1`), answered(`of ${one}`), couldItChange(one, ada, 'yes')]);
    const others = [came(panel, ben, cat), couldItChange(panel, ben, 'no'), couldItChange(panel, cat, 'no')];
    expect(inStage(given(...three.flat(), ...others))).toMatchObject({ say: 3, confirmed: false });
    expect(inStage(given(...three.flat(), ...others, couldItChange(panel, ben, 'yes')))).toMatchObject({ confirmed: true });
    expect(inStage(given(...three.flat(), ...others, couldItChange(panel, ben, 'yes'), couldItChange(survey, ada, 'no'), couldItChange('evening', ada, 'no')))).toMatchObject({ confirmed: false });
  });

  test('never below Say 3', () => {
    expect(inStage(given(held(panel), said('c1', ada, panel), ...answers('yes'))).confirmed).toBe(false);
  });
});

describe('Do', () => {
  const shared = [worked(panel, ada, '2026-06-01'), worked(panel, ben, '2026-06-01'), worked(panel, cat, '2026-06-08')];

  test('one person who gave an hour is some, three on two days led together is substantial, led by people is people-led', () => {
    expect(inStage(given(held(panel), worked(panel, ada, '2026-06-01'))).do).toBe(1);
    expect(inStage(given(held(panel), ...shared)).do).toBe(1);
    expect(inStage(given(held(panel, { ledBy: 'together' }), ...shared)).do).toBe(2);
    expect(inStage(given(held(panel, { ledBy: 'people' }), ...shared)).do).toBe(3);
  });

  test('two people, or three on one day, are not substantial yet', () => {
    expect(inStage(given(held(panel, { ledBy: 'people' }), ...shared.slice(1))).do).toBe(1);
    const oneDay = given(held(panel, { ledBy: 'people' }), ...[ada, ben, cat].map((who) => worked(panel, who, '2026-06-01')));
    expect(inStage(oneDay).do).toBe(1);
    expect(missing(oneDay)).toContain('record-effort: Do 2 (substantial): hours on a second day');
  });

  test('where few are concerned, half of them are enough', () => {
    const few: Happening = ['concordat.agreement.facts-amended.v1', { facts: { 'people-concerned': 2 }, tier: 'standard', content: inDesign.agreement.content, material: [] }];
    expect(inStage(given(few, held(panel, { ledBy: 'together' }), worked(panel, ada, '2026-06-01'), worked(panel, ada, '2026-06-08'))).do).toBe(2);
  });

  test('neither scale is paid for with the other', () => {
    expect(inStage(given(...engaged))).toMatchObject({ say: 3, do: 0 });
    expect(inStage(given(held(panel, { right: 'inform', ledBy: 'people' }), ...shared))).toMatchObject({ say: 1, do: 3 });
  });
});

describe('whatever is recorded', () => {
  const who = fc.constantFrom(ada, ben, cat, dev);
  const where = fc.constantFrom(panel, survey);
  const aRight = fc.record({ right: fc.constantFrom(...decisionRights), ledBy: fc.constantFrom(...leaders) });
  const inTravel = (contribution: string): Happening => ['concordat.agreement.put-in-theme.v1', { theme: 'travel', contributions: [contribution], sampled: [] }];
  const evidence: fc.Arbitrary<Happening> = fc.oneof(
    fc.tuple(where, who).map(([activity, person]) => came(activity, person)),
    fc.tuple(where, who, fc.constantFrom('2026-06-01', '2026-06-02')).map(([activity, person, on]) => worked(activity, person, on)),
    fc.tuple(where, who, fc.boolean()).map(([activity, person, late]) => said(`${activity}/${person}`, person, activity, { late })),
    fc.tuple(where, who).map(([activity, person]) => inTravel(`${activity}/${person}`)),
    fc.constant(answered('travel')),
    where.map((activity) => decidedTogether(activity)),
    fc.tuple(where, who, fc.constantFrom('yes' as const, 'no' as const)).map(([activity, person, answer]) => couldItChange(activity, person, answer)),
  );
  const histories = fc.record({
    rights: fc.tuple(aRight, aRight),
    happenings: fc.uniqueArray(evidence, { minLength: 8, maxLength: 40, selector: (happening) => JSON.stringify(happening) }),
  });
  const begun = ([one, other]: readonly [Parameters<typeof held>[1], Parameters<typeof held>[1]]): Scene =>
    given(held(panel, one), held(survey, other), ...theme('travel'));

  test('what was reached is never more than the rights of some activity allow', () => {
    fc.assert(
      fc.property(histories, ({ rights, happenings }) => {
        const { say, do: action } = inStage(begun(rights).given(...happenings));
        expect(say).toBeLessThanOrEqual(Math.max(...rights.map(({ right }) => Math.min(4, decisionRights.indexOf(right) + 1))));
        expect(action).toBeLessThanOrEqual(Math.max(...rights.map(({ ledBy }) => leaders.indexOf(ledBy) + 1)));
      }),
    );
  });

  test('more evidence never lowers what was reached, and every step is reached by some history', () => {
    const seen = { say: new Set<number>(), do: new Set<number>() };
    fc.assert(
      fc.property(histories, ({ rights, happenings }) => {
        happenings.reduce((scene, more) => {
          const before = inStage(scene);
          const next = scene.given(more);
          const after = inStage(next);
          expect(after.say).toBeGreaterThanOrEqual(before.say);
          expect(after.do).toBeGreaterThanOrEqual(before.do);
          seen.say.add(after.say);
          seen.do.add(after.do);
          return next;
        }, begun(rights));
      }),
      { numRuns: 300 },
    );
    expect([[...seen.say].sort(), [...seen.do].sort()]).toEqual([[0, 1, 2, 3, 4], [0, 1, 2, 3]]);
  });

  test('below the top of a scale something is missing, and supplying it is within someone’s reach', () => {
    fc.assert(
      fc.property(histories, ({ rights, happenings }) => {
        const { say, do: action, missing: lacking } = inStage(begun(rights).given(...happenings));
        expect(lacking.some(({ what }) => what.startsWith(`Say ${say + 1}`))).toBe(say < 4);
        expect(lacking.some(({ what }) => what.startsWith(`Do ${action + 1}`))).toBe(action < 3);
        expect(lacking.every(({ by }) => by !== undefined)).toBe(true);
      }),
    );
  });
});

describe('full co-production', () => {
  const decided = [held(panel, { right: 'decide' }), came(panel, ada), decidedTogether(panel)];
  const shared = [held(survey, { ledBy: 'together', stage: 'delivery' }), worked(survey, ada, '2026-06-01'), worked(survey, ben, '2026-06-01'), worked(survey, cat, '2026-06-08')];
  const whole = (...happened: Happening[]) => wholeReached(given(...happened).agreement, ['design', 'delivery']);

  test('is said of an agreement with shared decisions and substantial action, in one stage or in two', () => {
    expect(whole(...decided, ...shared)).toEqual({ say: 4, do: 2, confirmed: false, fullCoProduction: true });
  });

  test('is never said of voice without action, nor of action without voice', () => {
    expect(whole(...decided)).toMatchObject({ say: 4, do: 0, fullCoProduction: false });
    expect(whole(...shared)).toMatchObject({ do: 2, fullCoProduction: false });
    expect(whole(...decided, ...shared, voided(survey))).toMatchObject({ fullCoProduction: false });
  });

  test('is confirmed by those who took part in what reached it, and by nobody else', () => {
    expect(whole(...decided, ...shared, couldItChange(panel, ada, 'yes'))).toMatchObject({ fullCoProduction: true, confirmed: true });
    expect(whole(...decided, ...shared, couldItChange(survey, ada, 'yes'))).toMatchObject({ confirmed: false });
  });
});
