import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { commitmentStands } from './commitment.js';
import { contributionOf } from './contribution.js';
import { duesOf } from './due.js';
import { effortWithoutResult } from './effort-without-result.js';
import { agreementId, given, id, inDesign, inEnding, type Happening, refusals, type Scene } from './given.js';
import { north, south, split } from './given-lots.js';
import type { Response } from './answering.js';
import { comesWithEnding } from './carry-on.js';
import type { LinkKind } from './tree.js';
import { ada, adopted, answered, ben, cat, confirmed, held, missingAt, panel, said, sealedFor, theme, told } from './given-involvement.js';

const earlier = id(5);
const linkedTo = (as: LinkKind): Happening => ['concordat.agreement.linked.v1', { to: earlier, as }];
const renewing = given(linkedTo('renews'));
const undone = { theme: 'travel', reasons: 'The bus was cut.' } as const;
const adoptedTravel = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel'));

test('whoever gave what was adopted hears when it is undone, each by name of their pseudonym', () => {
  const reversed = adoptedTravel.did('reverse-answer', undone);
  expect(missingAt(adoptedTravel, 'involvement.reversals-told', {})).toEqual([]);
  expect(missingAt(reversed, 'involvement.reversals-told', {})).toEqual([
    { what: `${ada}: travel was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' },
    { what: `${ben}: travel was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' },
  ]);
  const toldAda = reversed.did('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' });
  expect(missingAt(toldAda, 'involvement.reversals-told', {})).toHaveLength(1);
  expect(refusals(toldAda.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual(['already-so']);
  expect(refusals(toldAda.when('tell-of-reversal', { theme: 'travel', participants: [cat], outcome: 'delivered' }))).toEqual(['reversal.not-their-word']);
});

test('so does whoever was answered alone, here and in the agreement that carries it on', () => {
  const late = { theme: 'late', reasons: 'The bus was cut.' };
  const said1 = given(held(panel), said('late', ada, panel, { late: true }));
  const alone = said1.did('answer-contribution', { contribution: 'late', author: ada, response: sealedFor(ada, adopted) });
  const reversed = alone.did('reverse-answer', late);
  expect(missingAt(reversed, 'involvement.reversals-told', {})).toEqual([{ what: `${ada}: late was undone`, suppliedBy: 'facilitator', by: 'tell-of-reversal' }]);
  expect(duesOf(reversed.agreement, reversed.context())).toMatchObject([{ kind: 'reversal-notice', about: 'late' }]);
  expect(effortWithoutResult(reversed.agreement, reversed.context(), {}).byCause.reversed.people).toBe(1);
  expect(missingAt(reversed.did('tell-of-reversal', { theme: 'late', participants: [ada], outcome: 'delivered' }), 'involvement.reversals-told', {})).toEqual([]);
  expect(refusals(reversed.when('reverse-answer', late))).toEqual(['already-so']);
  expect(refusals(said1.when('reverse-answer', late))).toEqual(['theme.unknown']);
  expect(refusals(said1.did('answer-contribution', { contribution: 'late', author: ada, response: sealedFor(ada, { outcome: 'not-adopted', reasons: 'No.' }) }).when('reverse-answer', late))).toEqual(['answer.not-adopted']);

  const renewal = renewing.beside(earlier, alone.agreement).did('carry-on', { from: earlier });
  expect(renewal.agreement.carried).toMatchObject([{ id: 'late', title: 'An evening', changed: null, authors: [ada], from: earlier }]);
  expect(contributionOf(renewal.others[earlier]!, 'late')?.own?.goesOnIn).toBe(agreementId);
  expect(missingAt(renewal.did('reverse-answer', late), 'involvement.reversals-told', {}).map(({ what }) => what)).toEqual([`${ada}: late was undone`]);
});

describe('a promise that answered what was adopted', () => {
  const commitment = id(71);
  const broken = { commitment, reasons: 'No money' } as const;
  const promise = (scene: Scene) => scene.did('make-commitment', { commitment, what: 'A bus each evening', by: '2026-12-01', theme: 'travel' });
  const promised = promise(adoptedTravel);
  const owed = (scene: Scene) => missingAt(scene, 'involvement.reversals-told', {});
  const telling = { theme: 'travel', participants: [ada, ben], outcome: 'delivered' } as const;

  test('is not broken in silence: whoever gave it hears of it, by a day, and the answer stands until somebody undoes it', () => {
    const now = promised.did('break-commitment', broken);
    expect([owed(promised), owed(promised.did('keep-commitment', { commitment, how: 'It runs.' }))]).toEqual([[], []]);
    expect(owed(now)).toEqual([ada, ben].map((author) => ({ what: `${author}: a promise that answered travel was broken`, suppliedBy: 'facilitator', by: 'tell-of-reversal' })));
    expect(duesOf(now.agreement, now.context())).toMatchObject([{ kind: 'reversal-notice', about: 'travel', dueOn: '2026-06-29' }]);
    expect(refusals(now.when('reverse-answer', undone))).toEqual([]);
    const knowing = now.did('tell-of-reversal', telling);
    expect([owed(knowing), duesOf(knowing.agreement, knowing.context()), refusals(knowing.when('tell-of-reversal', telling))]).toEqual([[], [], ['already-so']]);
  });

  test('is told of once with all that became of the same, and what comes after that again', () => {
    const both = promised.did('break-commitment', broken).on('2026-06-03').did('reverse-answer', undone);
    expect(owed(both).map(({ what }) => what)).toEqual([`${ada}: travel was undone`, `${ben}: travel was undone`]);
    expect(duesOf(both.agreement, both.context())).toMatchObject([{ about: 'travel', dueOn: '2026-06-29' }]);
    expect(owed(both.did('tell-of-reversal', telling))).toEqual([]);
    const undoneLater = promised.did('break-commitment', broken).did('tell-of-reversal', telling).on('2026-06-03').did('reverse-answer', undone);
    expect(duesOf(undoneLater.agreement, undoneLater.context())).toMatchObject([{ about: 'travel', dueOn: '2026-07-01' }]);
  });

  test('goes on with it to the agreement that renews this one, and is broken there in no silence either', () => {
    const renewal = renewing.beside(earlier, promised.agreement).did('carry-on', { from: earlier }).did('break-commitment', broken);
    expect(owed(renewal).map(({ what }) => what.slice(0, ada.length))).toEqual([ada, ben]);
    expect(owed(renewal.did('tell-of-reversal', telling))).toEqual([]);
  });

  test('of what was adopted only: of a broken promise to look again nobody is told by this', () => {
    const deferred = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel', { outcome: 'deferred', reasons: 'In autumn.' }));
    const now = promise(deferred).did('break-commitment', broken);
    expect([owed(now), refusals(now.when('tell-of-reversal', telling))]).toEqual([[], ['answer.not-reversed']]);
  });
});

test('who wished to hear nothing is left in peace', () => {
  const reversed = adoptedTravel.given(told('declined', 'c2'), confirmed(ben, ben)).did('reverse-answer', undone);
  expect(missingAt(reversed, 'involvement.reversals-told', {})).toHaveLength(1);
});

test('with an agreement comes what was adopted there, or what is still promised, each without the other too, and of nothing nothing', () => {
  const promised = inDesign.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01' });
  const comes = ({ agreement }: Scene) => comesWithEnding(inDesign.agreement, { ...agreement, id: earlier }, '2026-06-01').map(({ data }) => data);
  expect(comes(inDesign)).toEqual([]);
  expect(comes(promised)).toMatchObject([{ from: earlier, themes: [], commitments: [{ commitment: id(71) }] }, { to: agreementId, themes: [], commitments: [id(71)] }]);
  expect(comes(adoptedTravel)).toMatchObject([{ from: earlier, themes: [{ theme: 'travel' }], commitments: [] }, { to: agreementId, themes: ['travel'], commitments: [] }]);
});

test('only what was adopted is undone, once', () => {
  const no = given(...theme('travel'), answered('travel', { outcome: 'not-adopted', reasons: 'No.' }));
  expect(refusals(no.when('reverse-answer', undone))).toEqual(['answer.not-adopted']);
  expect(refusals(inDesign.when('reverse-answer', undone))).toEqual(['theme.unknown']);
  expect(refusals(adoptedTravel.did('reverse-answer', undone).when('reverse-answer', undone))).toEqual(['already-so']);
  expect(refusals(adoptedTravel.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'delivered' }))).toEqual(['answer.not-reversed']);
});

test('the notice is owed to the end and beyond: after the close, and in the agreement that carries it on', () => {
  const closed = adoptedTravel.did('tell-what-came-of-it', { participants: [ada, ben], outcome: 'delivered' }).did('request-gate', { stage: 'design' }).did('tell-what-came-of-it', { participants: [ada, ben], outcome: 'delivered' }).did('request-gate', { stage: 'delivery' });
  expect(closed.agreement.lifecycle).toBe('closed');
  expect(refusals(closed.when('reverse-answer', undone))).toEqual([]);

  const renewal = renewing.beside(earlier, closed.agreement).did('carry-on', { from: earlier }).did('reverse-answer', undone);
  expect(missingAt(renewal, 'involvement.reversals-told', {}).map(({ what }) => what)).toEqual([`${ada}: travel was undone`, `${ben}: travel was undone`]);
  const again = renewing.beside(earlier, { ...renewal.agreement, id: earlier });
  expect(refusals(again.when('carry-on', { from: earlier }))).toEqual(['already-so']);
});

test('what is adopted and what is still promised is carried on once, and the earlier agreement no longer answers for the promise', () => {
  const promised = adoptedTravel.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01' });
  const renewal = renewing.beside(earlier, promised.agreement).did('carry-on', { from: earlier });
  expect(renewal.agreement.carried).toMatchObject([{ id: 'travel', from: earlier, authors: [ada, ben], changed: 'changed' in adopted ? adopted.changed : '' }]);
  expect(renewal.agreement.commitments).toMatchObject([{ id: id(71), from: earlier, became: { is: 'open' } }]);
  expect(renewal.others[earlier]!.commitments.map((made) => commitmentStands(made, renewal.today))).toEqual(['carried-on']);
  expect(renewal.others[earlier]!.commitments).toMatchObject([{ became: { to: agreementId } }]);
  expect(refusals(renewal.when('carry-on', { from: earlier }))).toEqual(['already-so']);
});

describe('whoever speaks to what was adopted after it was carried on', () => {
  const [renewalId, endingId] = [id(76), id(78)];
  const spoke = (scene: Scene) => scene.given(said('c3', cat, panel), said('c4', ada, panel)).did('put-in-theme', { theme: 'travel', contributions: ['c3', 'c4'] });
  const toBeTold = (scene: Scene) => missingAt(scene, 'involvement.reversals-told', {}).map(({ what }) => what.slice(0, ada.length));
  const renewed = adoptedTravel.beside(renewalId, inDesign.agreement).inside(renewalId).did('link-agreement', { to: agreementId, as: 'renews' }).did('carry-on', { from: agreementId });

  test('hears where it goes on that it is undone, also if it was undone before they spoke', () => {
    const after = spoke(renewed.inside(agreementId)).inside(renewalId);
    expect(after.agreement.carried).toMatchObject([{ id: 'travel', authors: [ada, ben, cat], goesOnIn: null }]);
    const reversed = after.did('reverse-answer', undone);
    expect(toBeTold(reversed)).toEqual([ada, ben, cat]);
    expect(toBeTold(reversed.did('tell-of-reversal', { theme: 'travel', participants: [ada, ben, cat], outcome: 'delivered' }))).toEqual([]);
    expect(toBeTold(spoke(renewed.did('reverse-answer', undone).inside(agreementId)).inside(renewalId))).toEqual([ada, ben, cat]);
  });

  test('and so where that one carries it on in turn, and once it comes back', () => {
    const further = renewed.beside(endingId, inDesign.agreement).inside(endingId).did('link-agreement', { to: renewalId, as: 'renews' }).did('carry-on', { from: renewalId }).inside(agreementId);
    const after = spoke(further);
    const heldIn = (scene: Scene, one: string) => scene.others[one]?.carried.map(({ authors, goesOnIn }) => [authors, goesOnIn]);
    expect([heldIn(after, renewalId), heldIn(after, endingId)]).toEqual([[[[ada, ben, cat], endingId]], [[[ada, ben, cat], null]]]);
    const back = after.inside(endingId).did('cancel', { reason: 'x' }).inside(renewalId);
    expect(toBeTold(back.did('reverse-answer', undone))).toEqual([ada, ben, cat]);
  });

  test('comes with it, where that was not said then, once it is carried on again', () => {
    const unsaid = renewed.inside(agreementId).given(said('c3', cat, panel), ['concordat.agreement.put-in-theme.v1', { theme: 'travel', contributions: ['c3'], sampled: [] }]).inside(renewalId);
    const again = unsaid.did('carry-on', { from: agreementId });
    expect(again.agreement.carried).toMatchObject([{ id: 'travel', authors: [ada, ben, cat] }]);
    expect(refusals(again.when('carry-on', { from: agreementId }))).toEqual(['already-so']);
  });

  test('changes nothing where it goes on with a successor, or nowhere else', () => {
    const gone = renewed.inside(agreementId);
    const away = gone.beside(renewalId, { ...gone.others[renewalId]!, lifecycle: 'transferred' });
    expect([spoke(away).others[renewalId]?.carried.map(({ authors }) => authors), spoke(adoptedTravel).agreement.carried]).toEqual([[[ada, ben]], []]);
  });
});

test('what is carried on in a placement is called so, and by a number: of whoever is placed no words are said; and it comes back under its own', () => {
  const gave = adoptedTravel.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01', theme: 'travel' });
  const placement = { ...inDesign.agreement, kind: 'placement' } as const;
  const placed = gave.beside(id(74), placement).inside(id(74)).did('link-agreement', { to: agreementId, as: 'replaces' }).did('carry-on', { from: agreementId });
  expect(JSON.stringify([placed.agreement.carried, placed.agreement.commitments])).not.toMatch(/sooner|ask again|travel”/i);
  expect(placed.agreement).toMatchObject({ carried: [{ id: 'travel', title: 'Theme 1', changed: null, authors: [ada, ben] }], commitments: [{ id: id(71), what: 'Promise 1', by: '2026-12-01', theme: 'travel', from: agreementId }] });
  const back = placed.inside(agreementId).did('carry-on', { from: id(74) });
  expect(back.agreement).toMatchObject({ carried: [], commitments: [{ what: 'We will ask again.', became: { is: 'open' } }] });
  const again = back.inside(id(74)).did('carry-on', { from: agreementId });
  expect(again.agreement).toMatchObject({ carried: [{ title: 'Theme 1' }], commitments: [{ what: 'Promise 1', became: { is: 'open' } }] });
});

describe('what an agreement that is cancelled carried on', () => {
  const promised = adoptedTravel.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01', theme: 'travel' });
  const carrying = renewing.beside(earlier, promised.agreement).did('carry-on', { from: earlier });
  const cancelled = (scene: Scene) => scene.did('cancel', { reason: 'People wish to keep it.' });
  const left = (scene: Scene) => ({ themes: scene.others[earlier]!.contributions.themes.map(({ goesOnIn }) => goesOnIn), promises: scene.others[earlier]!.commitments.map(({ became }) => became.is) });

  test('goes back to the one it came from, which goes on without it and answers for it again', () => {
    const back = cancelled(carrying);
    expect([left(carrying), left(back)]).toEqual([{ themes: [agreementId], promises: ['carried-on'] }, { themes: [null], promises: ['open'] }]);
    expect(back.agreement).toMatchObject({ carried: [{ goesOnIn: earlier }], commitments: [{ became: { is: 'carried-on', to: earlier } }] });
    const there = back.inside(earlier);
    expect(missingAt(there, 'involvement.commitments-answered-for', { ahead: 'not-left-behind' })).toMatchObject([{ by: 'keep-commitment' }]);
    expect(there.agreement.carried).toEqual([]);
    expect(there.did('keep-commitment', { commitment: id(71), how: 'We asked.' }).agreement.commitments.map(({ became }) => became.is)).toEqual(['kept']);
  });

  test('goes no further back than it stood: what was kept, undone or carried on since stays as it is, and what a cancelled agreement held is left', () => {
    expect(left(cancelled(carrying.did('keep-commitment', { commitment: id(71), how: 'We asked.' })))).toEqual({ themes: [null], promises: ['carried-on'] });
    expect(left(cancelled(carrying.did('reverse-answer', undone)))).toEqual({ themes: [agreementId], promises: ['open'] });
    const elsewhere = carrying.beside(id(77), renewing.agreement).inside(id(77)).did('carry-on', { from: earlier }).inside(agreementId);
    expect(left(cancelled(elsewhere)).themes).toEqual([id(77)]);
    expect(left(cancelled(carrying.beside(earlier, { ...carrying.others[earlier]!, lifecycle: 'cancelled' })))).toEqual(left(carrying));
    // What it adopted and promised itself goes nowhere.
    expect(cancelled(promised).agreement).toMatchObject({ carried: [], commitments: [{ became: { is: 'open' } }] });
  });

  test('comes back whole by being carried on from the one that held it', () => {
    const back = carrying.inside(earlier).did('carry-on', { from: agreementId });
    expect(back.agreement).toMatchObject({ carried: [], commitments: [{ id: id(71), became: { is: 'open' } }] });
  });
});

test('another agreement that is there is carried on, and none carries on itself', () => {
  expect(refusals(inDesign.when('carry-on', { from: earlier }))).toEqual(['carry-on.unknown']);
  expect(refusals(inDesign.when('carry-on', { from: agreementId }))).toEqual(['carry-on.unknown']);
});

test('what is carried on comes from an agreement that has to do with this one, and from no other', () => {
  const { agreement } = adoptedTravel;
  const refused = (here: Scene, there = agreement) => refusals(here.beside(earlier, { ...there, id: earlier }).when('carry-on', { from: earlier }));
  expect(inDesign.beside(earlier, agreement).when('carry-on', { from: earlier })).toMatchObject({ refused: [{ code: 'carry-on.not-linked', missing: [{ suppliedBy: 'commissioner', by: 'link-agreement' }] }] });
  expect((['renews', 'replaces', 'ends'] as const).flatMap((as) => refused(given(linkedTo(as))))).toEqual([]);
  expect(refused(given(['concordat.agreement.linked-from.v1', { from: earlier, as: 'renews' }]))).toEqual([]);
  const of = (facts: { readonly place?: string; readonly theme?: string }): Happening => ['concordat.agreement.facts-amended.v1', { facts, tier: 'standard', content: agreement.content, material: [] }];
  const there = adoptedTravel.given(of({ place: 'Leith', theme: 'loneliness' })).agreement;
  expect([of({ place: 'leith', theme: 'Loneliness' }), of({ place: 'Leith', theme: 'travel' }), of({ place: 'Leith' }), of({ place: 'Perth', theme: 'loneliness' })].map((facts) => refused(given(facts), there).length)).toEqual([0, 1, 1, 1]);
  expect(refused(inDesign)).toEqual(['carry-on.not-linked']);
  // What came from one agreement goes on in each other that did.
  expect(refusals(split.inside(north).when('carry-on', { from: south }))).toEqual([]);
});

describe('an agreement that ends another', () => {
  const promised = adoptedTravel.did('make-commitment', { commitment: id(71), what: 'We will ask again.', by: '2026-12-01' });
  const before = inEnding.beside(earlier, promised.agreement);
  const ending = before.did('link-agreement', { to: earlier, as: 'ends' });
  const gate = (scene: Scene) => missingAt(scene, 'involvement.reversals-told', { ofWhatEnds: true });

  test('names it, and all that was adopted and promised there comes with it', () => {
    expect(missingAt(before, 'ending.agreement-named', {})).toEqual([{ what: 'the agreement that ends', suppliedBy: 'commissioner', by: 'link-agreement' }]);
    expect(missingAt(ending, 'ending.agreement-named', {})).toEqual([]);
    expect(ending.agreement).toMatchObject({ tree: { links: [{ agreement: earlier, as: 'ends' }] }, carried: [{ id: 'travel', from: earlier }], commitments: [{ id: id(71), from: earlier }] });
    expect(ending.others[earlier]).toMatchObject({ tree: { links: [{ agreement: agreementId, as: 'ended-by' }] }, contributions: { themes: [{ id: 'travel', goesOnIn: agreementId }] } });
    expect(refusals(ending.inside(earlier).when('link-agreement', { to: agreementId, as: 'ends' }))).toEqual(['link.circle']);
    expect(inEnding.beside(earlier, given().agreement).did('link-agreement', { to: earlier, as: 'ends' }).agreement.carried).toEqual([]);
  });

  test('does not pass over what was adopted in silence: it is undone, and whoever gave it hears so', () => {
    expect(gate(ending)).toEqual([{ what: expect.stringMatching(/^travel: /), suppliedBy: 'facilitator', by: 'reverse-answer' }]);
    expect(missingAt(ending, 'involvement.reversals-told', {})).toEqual([]);
    const undoneThere = ending.did('reverse-answer', undone);
    expect(gate(undoneThere).map(({ by }) => by)).toEqual(['tell-of-reversal', 'tell-of-reversal']);
    expect(gate(undoneThere.did('tell-of-reversal', { theme: 'travel', participants: [ada, ben], outcome: 'delivered' }))).toEqual([]);
  });

  test('or it goes on in another agreement, of which what ends it asks no more', () => {
    const taken = renewing.beside(earlier, ending.agreement).did('carry-on', { from: earlier });
    expect(gate(taken.inside(earlier))).toEqual([]);
    const renewed = renewing.beside(earlier, promised.agreement).did('carry-on', { from: earlier });
    const nothingLeft = inEnding.beside(earlier, renewed.others[earlier]!).did('link-agreement', { to: earlier, as: 'ends' });
    expect(nothingLeft.agreement.carried).toEqual([]);
  });

  describe('lets nothing pass once it came out of its sight', () => {
    const silent = (scene: Scene) => scene.when('cancel', { reason: 'No money.' });
    const over = (scene: Scene, lifecycle: 'closed' | 'cancelled') => scene.beside(earlier, { ...scene.others[earlier]!, lifecycle });
    const [theme1, promise1] = [
      { what: expect.stringMatching(/^travel: “travel” was adopted and stands/), suppliedBy: 'facilitator', by: 'reverse-answer' },
      { what: `${id(71)}: due by 2026-12-01, to be kept, broken or carried on`, suppliedBy: 'commissioner', by: 'keep-commitment' },
    ];

    test('what carries it on is given up once all of it is said, where what it came from is over', () => {
      const carrying = inDesign.beside(earlier, promised.agreement).did('link-agreement', { to: earlier, as: 'renews' }).did('carry-on', { from: earlier });
      expect(silent(over(carrying, 'closed'))).toMatchObject({ refused: [{ code: 'reversal.in-silence', missing: [theme1, promise1] }] });
      expect(refusals(silent(carrying))).toEqual([]);
      // What was cancelled was no service that ended, but where an agreement ended it.
      expect(refusals(silent(over(carrying, 'cancelled')))).toEqual([]);
      expect(refusals(silent(over(ending, 'cancelled')))).toEqual(['reversal.in-silence']);
      const said = over(carrying, 'closed').did('reverse-answer', undone).did('break-commitment', { commitment: id(71), reasons: 'No money' });
      expect(refusals(silent(said))).toEqual([]);
      // Where it goes on in a third one, nothing passes with this one.
      const third = over(carrying, 'closed').beside(id(77), inDesign.agreement).inside(id(77)).did('link-agreement', { to: agreementId, as: 'renews' }).did('carry-on', { from: agreementId }).inside(agreementId);
      expect(refusals(silent(third))).toEqual([]);
    });

    test('what is adopted or promised in it after its end was named is said before it is over, by its own last gate or without', () => {
      const later = ending.inside(earlier).given(...theme('meals', 'c1'), answered('meals')).did('make-commitment', { commitment: id(72), what: 'A cook.', by: '2026-12-01' });
      const meals = { what: expect.stringMatching(/^meals: “meals” was adopted and stands/), suppliedBy: 'facilitator', by: 'reverse-answer' };
      expect(silent(later)).toMatchObject({ refused: [{ code: 'reversal.in-silence', missing: [meals, { what: `${id(72)}: due by 2026-12-01, to be kept, broken or carried on`, by: 'keep-commitment' }] }] });
      const atLast = later.given(['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' }]);
      const close = (scene: Scene) => scene.when('request-gate', { stage: 'delivery' });
      const refusedOf = (scene: Scene) => { const decision = close(scene); return 'refused' in decision ? decision.refused.filter(({ code }) => code === 'ending.adopted-goes-on') : []; };
      // Of promises every last gate asks by a condition of its own.
      expect(refusedOf(atLast)).toMatchObject([{ missing: [meals] }]);
      expect(refusedOf(later)).toEqual([]);
      // The checklist says so before.
      const line = (scene: Scene) => check(scene.agreement, scene.context()).filter(({ code }) => code === 'ending.adopted-goes-on').map(({ met, missing }) => [met, missing]);
      expect([line(atLast), line(later)]).toEqual([[[false, [meals]]], []]);
      const carried = atLast.inside(agreementId).did('carry-on', { from: earlier }).inside(earlier);
      expect([refusedOf(carried), refusals(silent(carried))]).toEqual([[], []]);
      expect(refusals(silent(later.did('reverse-answer', { ...undone, theme: 'meals' }).did('break-commitment', { commitment: id(72), reasons: 'No money' })))).toEqual([]);
      // An end that was given up ends nothing.
      const givenUp = atLast.inside(agreementId).did('cancel', { reason: 'People wish to keep it.' }).inside(earlier);
      expect([refusedOf(givenUp), refusals(silent(givenUp))]).toEqual([[], []]);
    });
  });

  test('adopts nothing any more once it is over, where no gate asks what becomes of it: every other answer is still owed', () => {
    const later = ending.inside(earlier).given(...theme('meals', 'c1'), said('c9', ben, panel, { late: true }));
    const codes = (scene: Scene, response: Response = adopted) =>
      [scene.when('answer-theme', { theme: 'meals', response }), scene.when('answer-contribution', { contribution: 'c9', author: ben, response: sealedFor(ben, response) })].map(refusals);
    const over = (lifecycle: 'closed' | 'cancelled', scene = later) => scene.beside(id(98), { ...scene.agreement, lifecycle }).inside(id(98));
    expect(codes(later)).toEqual([[], []]);
    for (const lifecycle of ['closed', 'cancelled'] as const) {
      expect(codes(over(lifecycle))).toEqual([['answer.service-ended'], ['answer.service-ended']]);
      expect(codes(over(lifecycle), { outcome: 'not-adopted', reasons: 'It ended.' })).toEqual([[], []]);
    }
    expect(over('closed').when('answer-theme', { theme: 'meals', response: adopted })).toMatchObject({ refused: [{ missing: [{ what: expect.stringContaining('an agreement that goes on with it'), suppliedBy: 'commissioner', by: 'answer-theme' }] }] });
    // What closed and was ended by no other, or by one that was given up, is what people were told of.
    const givenUp = later.inside(agreementId).did('cancel', { reason: 'People wish to keep it.' }).inside(earlier);
    expect(codes(over('closed', givenUp))).toEqual([[], []]);
  });

  test('and who may not work on what ends cannot bring it here', () => {
    const narrow = before.knowing('commissioner', { grants: [{ role: 'commissioner', agreements: [agreementId], grant: id(1000) }] });
    expect(refusals(narrow.when('link-agreement', { to: earlier, as: 'ends' }))).toEqual(['link.unknown']);
  });
});

test('nothing is carried on behind something else that has its id here: what was promised or adopted would be lost', () => {
  const promised = adoptedTravel.did('make-commitment', { commitment: id(30), what: 'A bus on Sundays', by: '2026-12-01' });
  const carryOn = (scene: Scene) => scene.beside(earlier, promised.agreement).did('link-agreement', { to: earlier, as: 'renews' }).when('carry-on', { from: earlier });
  const taken = inDesign.did('make-commitment', { commitment: id(30), what: 'A letter', by: '2026-12-01' });
  expect(carryOn(taken)).toMatchObject({ refused: [{ code: 'carry-on.id-taken', missing: [{ what: `an agreement in which nothing else has the id ${id(30)}`, suppliedBy: 'commissioner', by: 'carry-on' }] }] });
  expect(refusals(taken.following(inEnding.pathway).beside(earlier, promised.agreement).when('link-agreement', { to: earlier, as: 'ends' }))).toEqual(['carry-on.id-taken']);
  const themed = given(held(panel), said('c3', ada, panel), ...theme('travel', 'c3'));
  expect([refusals(carryOn(themed)), refusals(carryOn(inDesign))]).toEqual([['carry-on.id-taken'], []]);
});
