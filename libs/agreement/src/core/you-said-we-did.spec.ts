import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { given, id, opened, type Scene } from './given.js';
import { adopted, answered, came, held, panel, said, survey, theme } from './given-involvement.js';
import { youSaidWeDid } from './you-said-we-did.js';

const inDesign = opened.given(['concordat.agreement.stage-entered.v1', { stage: 'design', from: 'mandate' } as never]);
/** A theme, and so many people who spoke to it. */
const spoken = (scene: Scene, name: string, authors: readonly number[], seenBy: 'organisation' | 'public' = 'organisation'): Scene =>
  scene.given(...authors.map((author) => said(`${name}-${author}`, id(600 + author), panel, { seenBy })), ...theme(name, ...authors.map((author) => `${name}-${author}`)));
const base = inDesign.given(held(panel), came(panel, ...[1, 2, 3, 4, 5, 6].map((n) => id(600 + n))));
const nobody: ReadonlySet<string> = new Set();
const told = ({ agreement }: Scene, today = '2026-06-01', erased = nobody) => youSaidWeDid(agreement, today, erased);

describe('“you said, we did” of an agreement', () => {
  test('tells what was asked, each theme with its answer, why, and what changed, and how each promise stands', () => {
    const scene = spoken(base, 'evenings', [1, 2, 3, 4, 5]).given(answered('evenings', { ...adopted, links: [{ to: 'fact', which: 'specification' }] } as never), ['concordat.agreement.commitment-made.v1', { commitment: id(700), what: 'A bell at each door', by: '2026-06-10', theme: 'evenings' }]);
    expect(told(scene, '2026-06-11')).toEqual({
      asked: [{ stage: 'design', activities: ['An evening'], fewCame: 0, people: null }],
      themes: [{ title: 'evenings', did: { outcome: 'adopted', reasons: 'It is cheap and everyone wants it.', changed: 'Specification, clause 4', links: [{ to: 'fact', which: 'specification' }], on: '2026-06-01', until: null }, stands: 'answered', undone: null }],
      few: 0,
      commitments: [{ what: 'A bell at each door', by: '2026-06-10', stands: 'overdue', says: null }],
    });
    const broken = scene.did('break-commitment', { commitment: id(700), reasons: 'The doors go.' });
    expect(told(broken).commitments).toMatchObject([{ stands: 'broken', says: 'The doors go.' }]);
  });

  test('says where something waits, and where what was adopted was undone', () => {
    const waiting = spoken(base, 'evenings', [1, 2, 3, 4, 5]);
    expect(told(waiting).themes).toMatchObject([{ did: null, stands: 'unanswered' }]);
    expect(told(waiting.given(answered('evenings'), ['concordat.agreement.answer-reversed.v1', { theme: 'evenings', reasons: 'The hall burnt down', on: '2026-06-02', toldIn: null }])).themes).toMatchObject([{ undone: { on: '2026-06-02', reasons: 'The hall burnt down' } }]);
  });

  test('says how many came once the stage is left, and before that not', () => {
    const left = base.given(['concordat.agreement.gate-opened.v1', { stage: 'design', decision: 'opened' } as never], ['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' } as never]);
    expect([told(base).asked[0]?.people, told(left).asked[0]?.people]).toEqual([null, { parts: [{ name: 'residents', people: 6, agreed: false }], total: 6 }]);
  });
});

test('what was held is told where five people came, and of the others how many there were: what it is called may be whom it was with', () => {
  const visit = (came_: number) => base.given(['concordat.agreement.activity-planned.v1', { activity: survey, stage: 'design', title: 'Home visit to the Patels', groups: ['the Patels'], right: 'advise', ledBy: 'staff', closesOn: '2026-06-30' }], came(survey, ...[11, 12, 13, 14, 15].slice(0, came_).map((n) => id(600 + n))))
    .given(['concordat.agreement.gate-opened.v1', { stage: 'design', decision: 'opened' } as never], ['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' } as never]);
  expect([1, 4, 5].map((came_) => told(visit(came_)).asked[0])).toMatchObject([...[1, 4].map(() => ({ activities: ['An evening'], fewCame: 1, people: { parts: [{ name: 'residents', people: 6 }, { name: 'others', people: null }], total: null } })), { activities: ['An evening', 'Home visit to the Patels'], fewCame: 0 }]);
  expect(JSON.stringify(told(visit(4)))).not.toContain('Patel');
  // What nobody came to yet was not held.
  expect(told(visit(0)).asked[0]).toMatchObject({ activities: ['An evening'], fewCame: 0 });
});

describe('a theme of fewer than five people', () => {
  test('is only counted, and so is a promise that answers it', () => {
    const scene = spoken(base, 'stairs', [1, 2, 3, 4]).given(answered('stairs'), ['concordat.agreement.commitment-made.v1', { commitment: id(700), what: 'A rail', by: '2026-06-10', theme: 'stairs' }], ['concordat.agreement.commitment-made.v1', { commitment: id(701), what: 'We will write', by: '2026-06-10', theme: null }]);
    expect(told(scene)).toMatchObject({ themes: [], few: 1, commitments: [{ what: 'We will write' }] });
  });

  test('is told where each of them let the public see it, and not where one did not', () => {
    expect(told(spoken(base, 'stairs', [1], 'public'))).toMatchObject({ themes: [{ title: 'stairs' }], few: 0 });
    expect(told(spoken(base, 'stairs', [1, 2], 'public').given(['concordat.agreement.who-sees-chosen.v1', { contribution: 'stairs-2', seenBy: 'provider', forThem: false }]))).toMatchObject({ themes: [], few: 1 });
  });

  test('is told, where staff entered from paper that the public may see it, once it is on record how they confirmed it', () => {
    const paper = base.given(said('stairs-1', id(601), panel, { seenBy: 'public', forThem: true }), ...theme('stairs', 'stairs-1'));
    const known = paper.did('record-proxy-entry', { entry: 'stairs-1', onBehalfOf: id(601), confirmed: 'signed', on: '2026-06-01' });
    expect([paper, known].map((scene) => [told(scene).themes.length, told(scene).few])).toEqual([[0, 1], [1, 0]]);
    // What was published before it was confirmed tells no more than it did.
    expect(youSaidWeDid(paper.agreement, '2026-06-01', nobody, known.agreement)).toMatchObject({ themes: [], few: 1 });
  });

  test('is told no more where one of them takes back that the public may see it, though it was published before', () => {
    const published = spoken(spoken(base, 'stairs', [1, 2], 'public'), 'crowd', [1, 2, 3, 4, 5]);
    const later = published.did('choose-who-sees', { contribution: 'stairs-2', author: id(602), seenBy: 'organisation' }).did('choose-who-sees', { contribution: 'crowd-1', author: id(601), seenBy: 'those-who-answer' });
    const read = (now: Scene) => youSaidWeDid(published.agreement, '2026-06-01', nobody, now.agreement);
    expect([read(published).themes.map(({ title }) => title), read(published).few]).toEqual([['stairs', 'crowd'], 0]);
    expect([read(later).themes.map(({ title }) => title), read(later).few]).toEqual([['crowd'], 1]);
    expect(read(published.did('triage-contribution', { contribution: 'stairs-1', kind: 'safeguarding-concern' })).few).toBe(1);
    // Nor is anything told that was not when it was published.
    const closed = spoken(base, 'stairs', [1]);
    expect(youSaidWeDid(closed.agreement, '2026-06-01', nobody, closed.did('choose-who-sees', { contribution: 'stairs-1', author: id(601), seenBy: 'public' }, 'representative').agreement)).toMatchObject({ themes: [], few: 1 });
  });

  test('is told no more once one of them was erased, for with them went their word that it may be; a theme of five still is', () => {
    const scene = spoken(spoken(base, 'stairs', [1, 2], 'public'), 'crowd', [1, 2, 3, 4, 5]);
    const after = told(scene, '2026-06-01', new Set([id(602)]));
    expect([told(scene).few, after.few, after.themes.map(({ title }) => title)]).toEqual([0, 1, ['crowd']]);
  });

  test('is five where five people spoke, not where one spoke five times', () => {
    const five = [1, 2, 3, 4, 5].map((n) => said(`again-${n}`, id(601), panel, { seenBy: 'organisation' }));
    expect(told(base.given(...five, ...theme('again', ...[1, 2, 3, 4, 5].map((n) => `again-${n}`))))).toMatchObject({ themes: [], few: 1 });
  });

  test('looks the same whoever of one to four spoke to it: no number of people stands beside a theme, whatever was said elsewhere', () => {
    const someone = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    const many = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 9 });
    fc.assert(
      fc.property(someone, someone, many, (few, others, crowd) => {
        const with_ = (authors: readonly number[]) => told(spoken(spoken(base, 'crowd', crowd), 'few', authors).given(answered('few'), answered('crowd')));
        expect(with_(few)).toEqual(with_(others));
        expect(with_(few).themes.map(({ title }) => title)).toEqual(['crowd']);
      }),
      { numRuns: 50 },
    );
  });
});

test('nobody is named, and no word of theirs is there', () => {
  const { agreement } = spoken(base, 'evenings', [1, 2, 3, 4, 5]);
  const text = JSON.stringify(youSaidWeDid(agreement, '2026-06-01', nobody));
  expect([/[0-9a-f]{8}-[0-9a-f]{4}/.test(text), text.includes('sealed')]).toEqual([false, false]);
});

test('an agreement in which nobody was asked anything tells so', () => {
  expect(told(given())).toEqual({ asked: [], themes: [], few: 0, commitments: [] });
});
