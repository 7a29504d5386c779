import { expect, test } from '@jest/globals';
import { notTold } from './feedback.js';
import { given, id, refusals } from './given.js';
import { ada, answered, ben, came, cat, confirmed, dev, held, missingAt, panel, said, survey, theme, told, voided } from './given-involvement.js';

const met = given(held(panel), came(panel, ada, ben), said('c1', cat, panel));
const inThis = { stages: ['design'] };

test('everyone who took part is told what came of it, whether or not they left words', () => {
  expect(missingAt(met, 'involvement.everyone-told', inThis).map(({ what }) => what)).toEqual([ada, ben, cat]);
  const some = met.did('tell-what-came-of-it', { participants: [ada, ada, cat], outcome: 'published' });
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
