import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import { notTold } from './feedback.js';
import { given, id, people, refusals, type Scene } from './given.js';
import { ada, adopted, answered, ben, came, cat, confirmed, dev, eve, fay, held, missingAt, panel, said, survey, theme, told, voided } from './given-involvement.js';

const met = given(held(panel), came(panel, ada, ben), said('c1', cat, panel));
const inThis = { stages: ['design'] };

test('everyone who took part is told what came of it, whether or not they left words', () => {
  expect(missingAt(met, 'involvement.everyone-told', inThis).map(({ what }) => what)).toEqual([ada, ben, cat]);
  const some = met.did('tell-what-came-of-it', { participants: [ada, ada, cat], outcome: 'delivered' });
  expect(missingAt(some, 'involvement.everyone-told', inThis)).toEqual([{ what: ben, suppliedBy: 'facilitator', by: 'tell-what-came-of-it' }]);
  expect(refusals(some.when('tell-what-came-of-it', { participants: [cat], outcome: 'delivered' }))).toEqual(['already-so']);
});

test('a gate asks it of those who took part in its stages, came to what was not voided, or spoke; at the end of all stages nobody is left out', () => {
  const scene = given(held(panel), came(panel, ada), held(survey, { stage: 'mandate' }), came(survey, ben), said('c1', cat, survey, { stage: 'mandate' }));
  const untold = (of: typeof scene, ...stages: readonly string[]) => missingAt(of, 'involvement.everyone-told', { stages }).map(({ what }) => what);
  expect([untold(scene, 'design'), untold(scene, 'mandate'), untold(scene, 'mandate', 'design'), notTold(scene.agreement, [])]).toEqual([[ada], [ben, cat], [ada, ben, cat], [ada, ben, cat]]);
  expect([untold(scene.given(voided(survey)), 'mandate'), untold(scene.given(voided(panel)), 'design')]).toEqual([[cat], []]);
});

test('whether somebody was heard is said of each activity and by each person for themselves', () => {
  const both = given(held(panel), came(panel, ada, ben), held(survey), came(survey, ada, dev));
  const view = { activity: panel, participant: ada, heard: 'no', askedBefore: false } as const;
  const others = [{ ...view, activity: survey, heard: 'yes' }, { ...view, participant: ben, heard: 'yes' }] as const;
  const all = others.reduce((scene, other) => scene.did('record-whether-heard', other, 'colleague'), both.did('record-whether-heard', view, 'colleague'));
  const typed = { forThem: true, confirmed: false };
  expect(all.agreement.contributions.heard).toEqual([view, ...others].map((one) => ({ ...one, ...typed })));
  expect(all.did('record-whether-heard', { ...view, heard: 'yes' }, 'representative').agreement.contributions.heard).toEqual([...others.map((one) => ({ ...one, ...typed })), { ...view, heard: 'yes', forThem: false, confirmed: false }]);
});

test('they are told in the stage that asks it, because only then is it known', () => {
  const later = met.did('tell-what-came-of-it', { participants: [ada, ben, cat], outcome: 'delivered' }).did('request-gate', { stage: 'design' });
  expect(later.agreement.contributions.told).toEqual({ design: [ada, ben, cat] });
  expect(later.did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' }).agreement.contributions.told).toMatchObject({ delivery: [ada] });
});

describe('no agreement closes over somebody who took part in any stage and heard nothing since', () => {
  const inMandate = { stage: 'mandate' };
  const met3 = given(held(survey, inMandate), came(survey, ada, ben), said('c1', ben, survey, inMandate), said('c2', cat, survey, inMandate), held(panel), came(panel, dev), ...theme('travel', 'c1', 'c2'), answered('travel'));
  const untold = (scene: Scene) => check(scene.agreement, scene.context()).flatMap(({ code, missing }) => (code === 'involvement.everyone-told' ? missing.map(({ what }) => what) : []));
  const toClose = (scene: Scene) => scene.did('request-gate', { stage: 'design' });
  const tell = (scene: Scene, ...participants: readonly string[]) => scene.did('tell-what-came-of-it', { participants, outcome: 'delivered' });

  test('the last gate names them all, and opens once each was told', () => {
    const owing = toClose(met3);
    expect(owing.when('request-gate', { stage: 'delivery' })).toMatchObject({ refused: [{ code: 'involvement.everyone-told', missing: [{ what: ada, suppliedBy: 'facilitator', by: 'tell-what-came-of-it' }, { what: ben }, { what: cat }, { what: dev }] }] });
    expect(tell(owing, ada, ben, cat, dev).did('request-gate', { stage: 'delivery' }).agreement.lifecycle).toBe('closed');
  });

  test('who was told in a stage after theirs knows, and who was told before they took part does not', () => {
    expect(untold(toClose(tell(met3, ada, dev)))).toEqual([ben, cat, dev]);
  });

  test('who heard what was done with all they said knows, but for what they came to in another stage', () => {
    const heard = met3.given(told('delivered', 'c1', 'c2'));
    expect(untold(toClose(heard))).toEqual([ada, dev]);
    expect(untold(toClose(heard.given(came(panel, cat))))).toEqual([ada, dev, cat]);
    expect(untold(toClose(heard.given(said('c3', ben, survey, inMandate), ...theme('price', 'c3'), answered('price'))))).toEqual([ada, ben, dev]);
  });
});

test('who does not wish to hear is left in peace, and who did not take part is told nothing', () => {
  expect(missingAt(met.given(told('declined', 'c1'), confirmed(cat, cat)), 'involvement.everyone-told', inThis).map(({ what }) => what)).toEqual([ada, ben]);
  expect(met.when('tell-what-came-of-it', { participants: [ada, id(99)], outcome: 'delivered' })).toMatchObject({
    refused: [{ code: 'feedback.did-not-take-part', missing: [{ what: id(99) }] }],
  });
});

test('those who took part say whether they were heard, and their last word counts', () => {
  const view = { activity: panel, participant: ada, heard: 'no', askedBefore: false } as const;
  const said = met.did('record-whether-heard', view);
  expect(refusals(said.when('record-whether-heard', view))).toEqual(['already-so']);
  expect(said.did('record-whether-heard', { ...view, heard: 'yes' }, 'representative').agreement.contributions.heard).toEqual([{ ...view, heard: 'yes', forThem: false, confirmed: false }]);
  expect(refusals(met.when('record-whether-heard', { ...view, participant: id(99) }))).toEqual(['activity.did-not-take-part']);
  expect(refusals(met.when('record-whether-heard', { ...view, activity: id(98) }))).toEqual(['activity.unknown']);
});

test('nobody of staff makes a better word of what somebody said of being heard; a worse one they enter', () => {
  const view = { activity: panel, participant: ada, heard: 'partly', askedBefore: true } as const;
  const said = met.did('record-whether-heard', view);
  for (const better of [{ ...view, heard: 'yes' }, { ...view, askedBefore: false }, { ...view, heard: 'no', askedBefore: false }] as const) {
    expect(said.when('record-whether-heard', better, 'colleague')).toMatchObject({
      refused: [{ code: 'heard.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }],
    });
    expect(refusals(said.when('record-whether-heard', better, 'representative'))).toEqual([]);
  }
  expect(refusals(said.when('record-whether-heard', { ...view, heard: 'no' }, 'colleague'))).toEqual([]);
});

test('who said something only after an activity had closed took part, too: they are told what came of it, and say whether they were heard', () => {
  const late = given(held(panel), said('c1', cat, panel, { late: true }), ...theme('travel', 'c1'), answered('travel'), told('delivered', 'c1'));
  expect(missingAt(late, 'involvement.everyone-told', inThis)).toEqual([{ what: cat, suppliedBy: 'facilitator', by: 'tell-what-came-of-it' }]);
  const knows = late.did('tell-what-came-of-it', { participants: [cat], outcome: 'delivered' });
  expect([missingAt(knows, 'involvement.everyone-told', inThis), notTold(knows.agreement, [cat])]).toEqual([[], []]);
  expect(refusals(knows.when('record-whether-heard', { activity: panel, participant: cat, heard: 'partly', askedBefore: false }))).toEqual([]);
});

describe('told by what is published', () => {
  const many = [ada, ben, cat, dev, eve];
  const gave = given(held(panel), came(panel, ...many), ...many.map((author, at) => said(`c${at}`, author, panel)), said('c9', fay, panel), ...theme('travel', ...many.map((_, at) => `c${at}`)), ...theme('meals', 'c9'), answered('travel'), answered('meals'));
  const out = (scene: Scene, publication = id(400)) => scene.did('plan-publication', { publication, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: '2026-06-01' } }).did('publish', { publication });
  const tell = (scene: Scene, ...participants: readonly string[]) => (['record-feedback', 'tell-what-came-of-it'] as const).map((name) => refusals(scene.when(name, { participants, outcome: 'published' })));
  const not = ['feedback.not-published'];

  test('is nobody before it is out, and nobody while it is withheld', () => {
    expect(tell(gave, ada)).toEqual([not, not]);
    expect(gave.when('record-feedback', { participants: [ada], outcome: 'published' })).toMatchObject({
      refused: [{ missing: [{ suppliedBy: 'publisher', by: 'plan-publication' }, { what: `${ada}, told themselves`, suppliedBy: 'facilitator', by: 'record-feedback' }] }],
    });
    expect(tell(out(gave), ...many)).toEqual([[], []]);
    expect(tell(out(gave).did('withhold-publication', { publication: id(400), ground: 'personal-data', reason: 'x' }), ada)).toEqual([not, not]);
  });

  test('is nobody of whose words it tells nothing: too few said so, or it was answered since', () => {
    expect(tell(out(gave), ada, fay)).toEqual([not, not]);
    expect(out(gave).when('tell-what-came-of-it', { participants: [ada, fay], outcome: 'published' })).toMatchObject({ refused: [{ missing: [{ what: `${fay}, told themselves` }] }] });
    const since = out(gave).on('2026-06-05').given(said('c7', ada, panel), ...theme('price', 'c7'), ['concordat.agreement.theme-answered.v1', { theme: 'price', response: adopted, on: '2026-06-05', again: false, sampled: [] }]);
    expect(tell(since, ada)).toEqual([not, []]);
  });

  test('is waited for only where it would tell them: planned first, and never of a theme of few or among those who are placed', () => {
    const ways = (scene: Scene, who: string) => (['record-feedback', 'tell-what-came-of-it'] as const).map((name) => {
      const { refused = [] } = scene.when(name, { participants: [who], outcome: 'published' }) as { refused?: readonly { missing: readonly { by?: string }[] }[] };
      return refused.flatMap(({ missing }) => missing.map(({ by }) => by));
    });
    const planned = gave.did('plan-publication', { publication: id(400), of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: '2026-06-01' } });
    expect(ways(gave, ada)).toEqual([['plan-publication', 'record-feedback'], ['plan-publication', 'tell-what-came-of-it']]);
    expect(ways(planned, ada)).toEqual([['publish', 'record-feedback'], ['publish', 'tell-what-came-of-it']]);
    expect([ways(planned, fay), ways(out(gave), fay)]).toEqual([[['record-feedback'], ['tell-what-came-of-it']], [['record-feedback'], ['tell-what-came-of-it']]]);
  });

  test('is nobody of a theme of few, all of whom let it be seen, once one of them was erased', () => {
    const seen = gave.asked(fay).did('choose-who-sees', { contribution: 'c9', author: fay, seenBy: 'public' }, 'representative');
    const erased = out(seen).did('erase-participant', { participant: fay, wishedOn: '2026-06-01' }, 'administrator');
    const of = (scene: Scene) => refusals(scene.when('record-feedback', { participants: [fay], outcome: 'published' }));
    expect(of(out(seen))).toEqual([]);
    expect(of(erased)).toContain('feedback.not-published');
  });

  test('is nobody in a stage that began after it went out', () => {
    expect(refusals(out(gave).on('2026-06-05').did('request-gate', { stage: 'design' }).when('tell-what-came-of-it', { participants: [ada], outcome: 'published' }))).toEqual(not);
  });

  test('is nobody of what was undone after it went out', () => {
    const undone = out(gave).on('2026-06-05').did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' });
    const of = (scene: Scene) => refusals(scene.when('tell-of-reversal', { theme: 'travel', participants: [ada], outcome: 'published' }));
    expect([of(undone), of(out(undone, id(401)))]).toEqual([not, []]);
  });
});

describe('that somebody cannot be reached', () => {
  const gone = { participants: [cat], outcome: 'undeliverable', tried: ['by-letter', 'by-telephone'] } as const;
  const toAda = { ...gone, participants: [ada] } as const;
  const answeredThem = met.given(...theme('travel', 'c1'), answered('travel'));
  const undone = answeredThem.did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' });
  const feedback = (scene: Scene) => missingAt(scene, 'involvement.feedback-delivered', inThis).map(({ what }) => what);
  const everyone = (scene: Scene) => missingAt(scene, 'involvement.everyone-told', inThis).map(({ what }) => what);
  const reversals = (scene: Scene) => missingAt(scene, 'involvement.reversals-told', {}).map(({ what }) => what);
  const second = `that ${cat} cannot be reached, as a second person says it`;

  test('is said with what was tried, by two people, and excuses no gate before', () => {
    for (const [name, besides] of [['record-feedback', {}], ['tell-what-came-of-it', {}], ['tell-of-reversal', { theme: 'travel' }]] as const) {
      const say = { ...gone, ...besides } as never;
      expect(undone.when(name, { ...gone, ...besides, tried: [] } as never)).toMatchObject({ refused: [{ code: 'feedback.nothing-tried', missing: [{ what: 'tried', suppliedBy: 'facilitator', by: name }] }] });
      const one = undone.did(name, say);
      expect([name, feedback(one).length, everyone(one).includes(second), reversals(one).length]).toEqual([name, 1, true, 1]);
      expect(one.when(name, say)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ what: `${cat}, by someone other than the one who said so`, suppliedBy: 'someone else', by: name }] }] });
      expect(refusals(one.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when(name, say, 'colleague'))).toEqual(['second.same-person']);
      const two = one.did(name, say, 'colleague');
      expect([name, everyone(two), reversals(two), refusals(two.when(name, say))]).toEqual([name, [ada, ben], [], ['already-so']]);
    }
    const both = answeredThem.did('record-feedback', gone).did('record-feedback', gone, 'colleague');
    expect([feedback(answeredThem.did('record-feedback', gone)), feedback(both)]).toEqual([[second], []]);
  });

  test('by two who are one person today is said by one', () => {
    const both = answeredThem.did('record-feedback', gone).did('record-feedback', gone, 'colleague');
    const [a, b] = [people.commissioner, people.colleague].map((person) => ({ identities: [{ person, provider: null }] }));
    expect(feedback(both.knowing('commissioner', b!).knowing('colleague', a!))).toEqual([second]);
  });

  test('holds until they are met: then they are told, and all that is owed to them is owed again', () => {
    const both = met.did('tell-what-came-of-it', toAda).did('tell-what-came-of-it', toAda, 'colleague');
    expect(everyone(both)).toEqual([ben, cat]);
    const found = both.did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' });
    expect([everyone(found), found.agreement.contributions.unreached]).toEqual([[ben, cat], {}]);
    expect([notTold(both.agreement, []), notTold(found.agreement, [])]).toEqual([[ben, cat], [ada, ben, cat]]);
    expect(refusals(found.when('tell-what-came-of-it', toAda, 'colleague'))).toEqual(['already-so']);
    const reached = answeredThem.did('record-feedback', gone).did('record-feedback', gone, 'colleague').did('record-feedback', { participants: [cat], outcome: 'delivered' });
    expect([feedback(reached), refusals(reached.when('record-feedback', gone, 'colleague'))]).toEqual([[], ['already-so']]);
  });
});
