import { expect, test } from '@jest/globals';
import type { Missing } from '@concordat/journal/core';
import { type ConditionCode, type ConditionParameters, isEarlier, nextStage } from '@concordat/pathway/core';
import fc from 'fast-check';
import type { Agreement } from './agreement.js';
import { draw } from './answer-check.js';
import { type Answering, isAnswered, isDeferredNoMore, type Response, waits } from './answering.js';
import { conditions } from './conditions.js';
import { asksForAnswer, type Contribution, everythingSaid, inLedger, isForGates } from './contribution.js';
import { evolve } from './evolve.js';
import { type FeedbackOutcome, feedbackOutcomes } from './feedback.js';
import { given, type Happening, id, type Scene } from './given.js';
import { history, pathway } from './given-histories.js';
import { answered, came, confirmed, held, panel, said, survey, theme, told } from './given-involvement.js';
import { live } from './given-running.js';
import { cannotBeReached, wishesNotToHear } from './owed-word.js';

// What a command costs on an agreement where a thousand things were said: counted, so that no clock has to tell.

const ids = Array.from({ length: 1_000 }, (_, n) => id(10_000 + n));
const authorOf = (n: number): string => id(20_000 + (n % 800));
/** A thousand things said by eight hundred people, of which nine hundred are answered; half of all are told, and a hundred have no place. */
const spoken: Scene = given(
  held(panel),
  came(panel, ...ids.slice(0, 50).map((_, n) => authorOf(n))),
  ...ids.map((one, n) => said(one, authorOf(n), panel)),
  ...theme('meals', ...ids.slice(0, 450)),
  ...theme('travel', ...ids.slice(450, 900)),
  answered('meals', { outcome: 'not-adopted', reasons: 'x' }),
  answered('travel', { outcome: 'not-adopted', reasons: 'x' }),
  told('delivered', ...ids.slice(0, 500)),
);
const oneMore = said(id(99), id(98), panel);

const gates = {
  'involvement.themes-answered': { stages: ['mandate', 'design'] },
  'involvement.feedback-delivered': { stages: ['design'] },
  'involvement.everyone-told': { stages: [], since: ['mandate', 'design'] },
  'involvement.late-entries-shown': {},
  'involvement.answers-checked': { stages: ['design'] },
  'involvement.reversals-told': {},
} satisfies { readonly [C in ConditionCode]?: ConditionParameters[C] };

test('after one more word a gate reads no more of what was said than the shelf it was put on', () => {
  const read = new Set<string>();
  const watched = (one: Contribution): Contribution => new Proxy(one, { get: (of, key) => (read.add(of.id), Reflect.get(of, key) as unknown) });
  const { contributions } = spoken.agreement.contributions;
  const before = inLedger(spoken.agreement, { contributions: { ...contributions, shelves: contributions.shelves.map((shelf) => shelf.map(watched)) } });
  const asked = (agreement: typeof before) => Object.entries(gates).map(([code, parameters]) => conditions[code as keyof typeof gates](agreement, parameters as never, spoken.context()));
  const first = asked(before);
  expect(read.size).toBe(1_000);
  expect(first.map((missing) => missing.length)).toEqual(asked(spoken.agreement).map((missing) => missing.length));
  const [type, data] = oneMore;
  const event = { type, data, stream: '', recordedAt: '', version: 1, meta: { actor: '', command: '', commandId: '', correlationId: '' } };
  const after = evolve(before, event as never);
  read.clear();
  asked(after);
  expect(read.size).toBeLessThanOrEqual(32);
});

test('whom a second person checks is drawn with the lots of a thousand answers, each of them hashed once', () => {
  let hashed = 0;
  const context = { ...spoken.context(), sha256: (text: string) => `${(hashed += 1)} ${text}` };
  draw(spoken.agreement, [], context);
  expect(hashed).toBe(900);
  draw(spoken.given(['concordat.agreement.theme-created.v1', { theme: 'evenings', title: 'x' }]).agreement, [], context);
  expect(hashed).toBe(900);
  draw(spoken.given(oneMore).agreement, everythingSaid(spoken.agreement).slice(-1), context);
  expect(hashed).toBeLessThan(1_000);
});

// What is kept says what reading all of it would.

const once = (people: readonly string[]): readonly string[] => [...new Set(people)];
const saidIn = (agreement: Agreement, stages: readonly string[]) => everythingSaid(agreement).filter(({ stage }) => stages.includes(stage));
const cameTo = ({ involvement }: Agreement, stages: readonly string[]) => involvement.activities.filter(({ voided, stage }) => !voided && stages.includes(stage)).flatMap(({ attended, effort }) => [...attended, ...effort]).map(({ participant }) => participant);
const tookPart = (agreement: Agreement, stages: readonly string[]) => once([...cameTo(agreement, stages), ...saidIn(agreement, stages).map(({ author }) => author)]);

const read: { readonly [C in keyof typeof gates]?: (agreement: Agreement, parameters: ConditionParameters[C], scene: Scene) => readonly string[] } = {
  'involvement.themes-answered': (agreement, { stages }, { pathway, today }) => {
    const forGates = saidIn(agreement, stages).filter(isForGates);
    const isLast = nextStage(pathway, agreement.stage) === undefined;
    const isOpen = (answering: Answering) => waits(answering) || isDeferredNoMore(answering, today, isLast);
    const open = once(forGates.flatMap(({ themes }) => themes)).filter((theme) => agreement.contributions.themes.some((one) => one.id === theme && isOpen(one)));
    const alone = forGates.filter(({ own }) => own !== null && isOpen(own));
    return [...open, ...alone.map(({ id: one }) => one), ...forGates.filter(({ themes, own }) => themes.length === 0 && own === null).map(({ id: one }) => one)];
  },
  'involvement.feedback-delivered': (agreement, { stages }) => {
    const whose = (outcome: FeedbackOutcome | null) => once(saidIn(agreement, stages).flatMap((one) => (isForGates(one) && one.feedback === outcome ? one.author : [])));
    return [...whose(null), ...whose('declined').filter((one) => !wishesNotToHear(agreement, one)), ...whose('undeliverable').filter((one) => !cannotBeReached(agreement, one))];
  },
  'involvement.everyone-told': (agreement, { stages, since = [] }, { pathway }) => {
    const { told: toldIn } = agreement.contributions;
    const here = stages.length === 0 ? [] : tookPart(agreement, stages).filter((one) => !toldIn[agreement.stage]?.includes(one));
    const before = since.flatMap((stage) => {
      const later = Object.keys(toldIn).filter((other) => other === agreement.stage || isEarlier(pathway, stage, other));
      const asking = saidIn(agreement, [stage]).filter(asksForAnswer);
      const hasHeard = (one: string) => asking.some(({ author }) => author === one) && asking.every(({ author, feedback }) => author !== one || feedback === 'delivered' || feedback === 'published');
      return tookPart(agreement, [stage]).filter((one) => !later.some((other) => toldIn[other]!.includes(one)) && !hasHeard(one));
    });
    return once([...here, ...before]).filter((one) => !wishesNotToHear(agreement, one) && !cannotBeReached(agreement, one));
  },
  'involvement.late-entries-shown': (agreement) => everythingSaid(agreement).flatMap(({ late, noted, id: one }) => (late && !noted ? one : [])),
  'involvement.answers-checked': (agreement, { stages }) => (stages === undefined ? everythingSaid(agreement) : saidIn(agreement, stages)).flatMap(({ late, checked, id: one }) => (checked === 'due' && !late ? one : [])),
};

function readDraw(agreement: Agreement, now: readonly Contribution[], { sha256 }: ReturnType<Scene['context']>): readonly string[] {
  const lots = everythingSaid(agreement)
    .filter((one) => isAnswered(agreement, one) || now.includes(one))
    .map((one) => ({ one, lot: sha256(`${agreement.id}/${one.recordedAt}/${one.id}`) }))
    .sort((one, other) => (one.lot < other.lot ? -1 : 1));
  return lots.slice(0, Math.ceil(lots.length / 10)).flatMap(({ one }) => (one.checked === 'not-drawn' ? one.id : []));
}

/** Which of these somebody misses, whatever is said of it. */
const named = (missing: readonly Missing[]): readonly string[] => missing.map(({ what }) => /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(what)?.[0] ?? what);

function expectAsRead(scene: Scene): void {
  const { agreement } = scene;
  const stages = scene.pathway.stages.map(({ id: stage }) => stage);
  for (const asked of [stages, ...stages.map((stage) => [stage])])
    for (const [code, parameters] of Object.entries({ ...gates, 'involvement.themes-answered': { stages: asked }, 'involvement.feedback-delivered': { stages: asked }, 'involvement.answers-checked': { stages: asked }, 'involvement.everyone-told': { stages: asked.slice(1), since: asked } })) {
      const whole = read[code as keyof typeof gates]?.(agreement, parameters as never, scene);
      if (whole !== undefined) expect({ code, asked, missing: named(conditions[code as keyof typeof gates](agreement, parameters as never, scene.context())).toSorted() }).toEqual({ code, asked, missing: whole.toSorted() });
    }
  for (const now of [[], everythingSaid(agreement).slice(-3)]) expect(draw(agreement, now, scene.context())).toEqual(readDraw(agreement, now, scene.context()));
}

const authors = Array.from({ length: 25 }, (_, n) => id(300 + n));
const words = Array.from({ length: 90 }, (_, n) => id(400 + n));
const subjects = Array.from({ length: 5 }, (_, n) => id(600 + n));
const [author, word, subject, stage] = [fc.constantFrom(...authors), fc.constantFrom(...words), fc.constantFrom(...subjects), fc.constantFrom('mandate', 'design')] as const;
const some = (of: fc.Arbitrary<string>) => fc.uniqueArray(of, { minLength: 1, maxLength: 12 });
const outcome = fc.constantFrom(...feedbackOutcomes);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  fc.tuple(some(author), outcome, stage).map(([participants, how, of]): Happening => ['concordat.agreement.what-came-of-it-told.v1', { participants, outcome: how, tried: [], stage: of }]),
  fc.tuple(outcome, some(word)).map(([how, those]) => told(how, ...those)),
  fc.tuple(subject, some(word)).map(([one, contributions]): Happening => ['concordat.agreement.put-in-theme.v1', { theme: one, contributions, sampled: contributions.slice(0, 1) }]),
  fc.tuple(subject, fc.constantFrom<Response>({ outcome: 'not-adopted', reasons: 'x' }, { outcome: 'deferred', reasons: 'x', until: '2026-05-01' })).map(([one, response]) => answered(one, response)),
  fc.tuple(subject, author).map(([answer, participant]): Happening => ['concordat.agreement.answer-rated.v1', { answer, participant, rating: 1, reopens: true, on: '2026-06-01', forThem: false }]),
  fc.tuple(word, author).map(([contribution]): Happening => ['concordat.agreement.own-answer-asked.v1', { contribution, on: '2026-06-01' }]),
  author.map((one) => confirmed(one, one)),
  some(author).map((participants) => came(survey, ...participants)),
);
const spokenOf = fc.array(fc.tuple(author, stage, fc.boolean(), fc.constantFrom('view' as const, 'compliment' as const)), { minLength: words.length, maxLength: words.length });

test('what is kept of what people said says what reading all of it would, whatever happened, and in which order', () => {
  fc.assert(
    fc.property(spokenOf, fc.array(happening, { maxLength: 40 }), (spoke, happenings) => {
      const before = given(held(panel), held(survey, { stage: 'mandate' }), ...subjects.map((one): Happening => ['concordat.agreement.theme-created.v1', { theme: one, title: 'x' }]));
      // Two thirds are said at first, and one more before each of what follows.
      const say = spoke.map(([by, of, late, kind], n) => said(words[n]!, by, panel, { stage: of, late, kind }));
      let scene = before.given(...say.slice(0, 60));
      for (const [n, one] of happenings.entries()) {
        scene = scene.given(one, ...say.slice(60 + n, 61 + n));
        if (n % 5 === 0) expectAsRead(scene);
      }
      expectAsRead(scene);
    }),
    { numRuns: 40 },
  );
});

test('and so it does in every history of an agreement', () => {
  fc.assert(
    fc.property(pathway, history, (follows, moves) => {
      for (const { after } of live(follows, moves)) expectAsRead(after);
    }),
    { numRuns: 40 },
  );
});
