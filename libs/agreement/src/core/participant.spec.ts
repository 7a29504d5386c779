import { expect, test } from '@jest/globals';
import { addDays, type CivilDate } from '@concordat/platform/core';
import fc from 'fast-check';
import type { CommandName, Commands } from './command.js';
import { id, inDesign, refusals, type Scene, type Who } from './given.js';
import { ada, held } from './given-involvement.js';
import { asksThatWeigh, initialParticipant, mayBeAsked, nextAskFits, type Participant, participantFold } from './participant.js';

const ask = (n: number, askedOn: CivilDate, days = 10) => ({ invitation: id(n), agreement: id(1), askedOn, answerBy: addDays(askedOn, days), stage: 'design', asksAs: id(1) });
const asked = (asksPerYear: number, ...asks: Participant['asks'][number][]): Participant => ({ ...initialParticipant, asksPerYear, asks });

test('someone who never said otherwise is asked six times in twelve months and not a seventh', () => {
  const five = asked(initialParticipant.asksPerYear, ...[1, 2, 3, 4, 5].map((n) => ask(n, '2026-05-01')));
  expect(mayBeAsked(five, '2026-06-01')).toBe(true);
  expect(mayBeAsked({ ...five, asks: [...five.asks, ask(6, '2026-05-02')] }, '2026-06-01')).toBe(false);
});

test('an ask weighs for a year, and whoever gives people a day to answer asks them no more often', () => {
  const participant = asked(6, ask(1, '2026-05-01', 0), ask(2, '2026-05-01', 30));
  expect(['2026-05-02', '2027-04-30', '2027-05-01'].map((day) => asksThatWeigh(participant, day as CivilDate).length)).toEqual([2, 2, 0]);
  const wantsOne = asked(1, ask(1, '2026-05-01', 0));
  expect([mayBeAsked(wantsOne, '2026-05-02'), nextAskFits(wantsOne, '2026-05-02')]).toEqual([false, '2027-05-01']);
});

test('what is older than a year is not carried along', () => {
  const meta = { actor: id(11), command: 'spec', commandId: id(0), correlationId: id(0) };
  const again = participantFold.evolve(asked(6, ask(1, '2025-05-01'), ask(2, '2025-07-01')), {
    stream: `participant-${ada}`, type: 'concordat.participant.asked.v1', recordedAt: '2026-06-01T09:00:00Z', version: 3, meta,
    data: { invitation: id(3), agreement: id(1), askedOn: '2026-06-01', answerBy: '2026-06-10', stage: 'design', asksAs: id(1) },
  });
  expect(again.asks.map(({ invitation }) => invitation)).toEqual([id(2), id(3)]);
});

test('whoever wants no asks is never asked, and no day is promised', () => {
  expect(mayBeAsked(asked(0), '2026-06-01')).toBe(false);
  expect(nextAskFits(asked(0), '2026-06-01')).toBeNull();
});

test('the day on which the next ask fits is the first one on which it does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(400), fc.nat(500)), { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), (asks, asksPerYear) => {
      const today = '2026-06-01';
      const participant = asked(asksPerYear, ...asks.map(([ago, days], n) => ask(n, addDays(today, -ago), days)));
      const next = nextAskFits(participant, today)!;
      expect(mayBeAsked(participant, next)).toBe(true);
      if (next !== today) expect(mayBeAsked(participant, addDays(next, -1))).toBe(false);
    }),
  );
});

type Step =
  | { readonly do: 'ask'; readonly days: number }
  | { readonly do: 'accept-invitation' | 'decline-invitation'; readonly which: number }
  | { readonly do: 'choose'; readonly asks: number }
  | { readonly do: 'wait'; readonly days: number };

const step: fc.Arbitrary<Step> = fc.oneof<fc.MaybeWeightedArbitrary<Step>[]>(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), days: fc.nat(60) }) },
  fc.record({ do: fc.constantFrom('accept-invitation' as const, 'decline-invitation' as const), which: fc.nat(20) }),
  fc.record({ do: fc.constant('choose' as const), asks: fc.nat(4) }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 60 }) }),
);

const adaIn = (scene: Scene): Participant => scene.participants[ada] ?? initialParticipant;
const weighs = (scene: Scene): number => asksThatWeigh(adaIn(scene), scene.today).length;

/** The scene after a command, or the same scene where it is refused. */
const tried = <C extends CommandName>(scene: Scene, name: C, body: Commands[C], who: Who = 'commissioner'): Scene =>
  refusals(scene.when(name, body, who)).length === 0 ? scene.did(name, body, who) : scene;

test('whatever is asked, answered, chosen or left to lapse, nobody is ever asked beyond their budget', () => {
  // An activity for every step, so that nothing but the budget refuses an ask.
  const evenings = Array.from({ length: 60 }, (_, n) => id(100 + n));
  const start = inDesign.asked(ada).given(...evenings.map((evening) => held(evening, { closesOn: '2099-12-31' })));
  let asks = 0;
  let refused = 0;

  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: evenings.length }), (steps) => {
      steps.reduce<Scene>((scene, taken, n) => {
        if (taken.do === 'wait') return scene.on(addDays(scene.today, taken.days));
        if (taken.do === 'choose') return tried(scene, 'choose-ask-budget', { participant: ada, asksPerYear: taken.asks }, 'representative');
        if (taken.do === 'ask') {
          const body = { invitation: id(200 + n), activity: evenings[n]!, participant: ada, answerBy: addDays(scene.today, taken.days) };
          const fits = mayBeAsked(adaIn(scene), scene.today);
          expect(refusals(scene.when('invite-participant', body))).toEqual(fits ? [] : ['ask-budget.exceeded']);
          if (fits) asks += 1;
          else refused += 1;
          const after = tried(scene, 'invite-participant', body);
          if (fits) expect(weighs(after)).toBeLessThanOrEqual(adaIn(after).asksPerYear);
          return after;
        }
        const invitation = scene.agreement.involvement.invitations[taken.which]?.id ?? id(999);
        const after = tried(scene, taken.do, { invitation, participant: ada });
        expect(weighs(after)).toBeLessThanOrEqual(weighs(scene));
        return after;
      }, start);
    }),
  );
  expect({ asks: asks > 50, refused: refused > 50 }).toEqual({ asks: true, refused: true });
});
