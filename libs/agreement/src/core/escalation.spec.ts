import { expect, test } from '@jest/globals';
import { given, type Happening, id, inDesign, people, refusals, type Scene } from './given.js';
import { missingAt } from './given-involvement.js';
import { noLevels } from './risk.js';
import type { Score } from './risk-matrix.js';

const score = (likelihood: number, impact: number): Score => ({ likelihood, impact });
const raisedAs = (risk: string, domain: string, coProduced: Score | null): Happening => [
  'concordat.agreement.risk-raised.v1',
  {
    risk, title: risk, domain, bearers: ['carers'], owner: people.stranger, levels: noLevels, reviewOn: null, on: '2026-06-01',
    scores: { 'co-produced': coProduced, 'professional-only': null, 'not-acting': null },
  },
];
const waitsFor = (scene: Scene) => missingAt(scene, 'risk.escalated', {}).map(({ what, suppliedBy }) => [what, suppliedBy]);
const raising = (coProduced: Score): Scene =>
  inDesign.did('raise-risk', {
    risk: 'r', title: 'r', domain: 'service', bearers: ['carers'], owner: people.stranger, levels: noLevels,
    scores: { 'co-produced': coProduced, 'professional-only': null, 'not-acting': null },
  });
const reviewed = (current: Score) => ({ risk: 'r', levels: { ...noLevels, current }, reviewOn: '2026-12-01', reason: 'x' });

test('a risk above the appetite of its domain waits for whoever must see one that large, and one within it for nobody', () => {
  // The appetite for service is moderate, for safety low; moderate risks are seen by nobody from above.
  expect(waitsFor(given(raisedAs('r', 'service', score(2, 3))))).toEqual([]);
  expect(waitsFor(given(raisedAs('r', 'safety', score(2, 3))))).toEqual([]);
  expect(waitsFor(given(raisedAs('r', 'service', score(3, 3))))).toEqual([['the word of the senior-responsible-owner on r', 'senior-responsible-owner']]);
  expect(waitsFor(given(raisedAs('r', 'service', score(4, 4))))).toEqual([['the word of the decision-maker on r', 'decision-maker']]);
  expect(waitsFor(given(raisedAs('r', 'service', null)))).toEqual([]);
});

test('the matrix, the appetites and who sees what are the organisation’s own', () => {
  const scene = given(raisedAs('r', 'service', score(2, 3)));
  expect(waitsFor(scene.holding({ bands: { moderate: 2, high: 3, extreme: 6 } }))).toEqual([['the word of the decision-maker on r', 'decision-maker']]);
  const { riskSettings } = scene;
  const allLow = riskSettings.domains.map((domain) => ({ ...domain, appetite: 'low' as const }));
  expect(waitsFor(scene.holding({ domains: allLow, escalation: { ...riskSettings.escalation, moderate: 'senior-responsible-owner' } }))).toHaveLength(1);
  expect(waitsFor(given(raisedAs('r', 'service', score(4, 4))).holding({ escalation: { ...riskSettings.escalation, extreme: 'nobody' } }))).toEqual([]);
  // A domain that the organisation knows no more has no appetite.
  expect(waitsFor(given(raisedAs('r', 'gone', score(4, 4))))).toHaveLength(1);
});

test('whoever must see a risk says so; the decision-maker may for the senior responsible owner, and not the other way round', () => {
  const high = given(raisedAs('r', 'service', score(3, 3)));
  expect(waitsFor(high.did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker'))).toEqual([]);
  const extreme = given(raisedAs('r', 'service', score(5, 5)));
  const onlyOwner = extreme.knowing('outsider', { grants: [{ role: 'senior-responsible-owner', grant: id(1) }] });
  expect(refusals(onlyOwner.when('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'outsider'))).toEqual(['risk.not-for-you']);
  expect(refusals(extreme.when('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'approver'))).toEqual(['right.missing']);
});

test('nobody sees a risk from above that is their own, under any of their identities', () => {
  const own = given(raisedAs('r', 'service', score(3, 3))).knowing('stranger', { grants: [{ role: 'decision-maker', grant: id(1) }] });
  expect(refusals(own.when('acknowledge-risk', { risk: 'r', says: 'Mine' }, 'stranger'))).toEqual(['risk.own']);
});

test('what was seen by whoever turns out to answer for it is seen by nobody: another has to', () => {
  const seen = given(raisedAs('r', 'service', score(3, 3))).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker');
  expect(waitsFor(seen)).toEqual([]);
  const found = seen.knowing('decisionMaker', { identities: [{ person: people.stranger, provider: null }] }).knowing('stranger', { identities: [{ person: people.decisionMaker, provider: null }] });
  expect(waitsFor(found)).toEqual([['the word of the senior-responsible-owner on r', 'senior-responsible-owner']]);
  expect(refusals(found.when('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker'))).toEqual(['risk.own']);
  expect(waitsFor(found.did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'outsider'))).toEqual([]);
});

test('what was seen by whoever is named to answer for it since is seen by nobody: another has to', () => {
  const seen = given(raisedAs('r', 'service', score(3, 3))).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker');
  const theirs = seen.did('review-risk', { ...reviewed(score(3, 3)), owner: people.decisionMaker });
  expect(waitsFor(theirs)).toEqual([['the word of the senior-responsible-owner on r', 'senior-responsible-owner']]);
  expect(refusals(theirs.when('acknowledge-risk', { risk: 'r', says: 'Mine' }, 'decisionMaker'))).toEqual(['risk.own']);
});

test('what was seen is seen again once it is larger, and not when it has become smaller', () => {
  const seen = given(raisedAs('r', 'service', score(3, 3))).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'outsider');
  expect(seen.agreement.risk[0]?.seen).toMatchObject({ by: people.outsider, as: 'senior-responsible-owner', band: 'high' });
  expect(refusals(seen.when('acknowledge-risk', { risk: 'r', says: 'Again' }, 'outsider'))).toEqual(['already-so']);
  expect(waitsFor(seen.did('review-risk', reviewed(score(2, 4))))).toEqual([]);
  const larger = seen.did('review-risk', reviewed(score(5, 5)));
  expect(waitsFor(larger)).toEqual([['the word of the decision-maker on r', 'decision-maker']]);
});

test('whoever must see it is told when it comes to lie above the appetite and when it grows, and at no other time', () => {
  const types = (scene: Scene, current: Score) => {
    const decision = scene.when('review-risk', reviewed(current));
    return 'accepted' in decision ? decision.accepted.flatMap((event) => (event.type === 'concordat.agreement.risk-escalated.v1' ? [`${event.data.band} to ${event.data.to}`] : [])) : decision;
  };
  const high = raising(score(3, 3));
  expect(types(given(raisedAs('r', 'service', score(1, 1))), score(3, 3))).toEqual(['high to senior-responsible-owner']);
  expect(types(high, score(3, 4))).toEqual([]);
  expect(types(high, score(4, 5))).toEqual(['extreme to decision-maker']);
  expect(types(high, score(1, 1))).toEqual([]);
  // Whoever saw it larger is not told that it has become smaller.
  const seen = raising(score(5, 5)).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker');
  expect(types(seen, score(3, 3))).toEqual([]);
});

test('what had to be seen at a band stays to be seen until it is, by whichever command and however small its owner scores it', () => {
  const byDecisionMaker = [['the word of the decision-maker on r', 'decision-maker']];
  const lowered = (scene: Scene): readonly Scene[] => [
    scene.did('review-risk', reviewed(score(1, 1))),
    scene.did('review-risk', reviewed(score(3, 3))).did('review-risk', reviewed(score(1, 1))),
    scene.did('rescore-risk', { risk: 'r', scores: { 'co-produced': score(1, 1), 'professional-only': null, 'not-acting': null }, reason: 'x' }),
    scene.did('rescore-risk', { risk: 'r', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, reason: 'x' }),
  ];
  const grown = raising(score(3, 3)).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker').did('rescore-risk', { risk: 'r', scores: { 'co-produced': score(5, 5), 'professional-only': null, 'not-acting': null }, reason: 'x' });
  // Also where it came to lie above the appetite because the organisation drew its line lower.
  const drawnLower = raising(score(2, 3)).holding({ bands: { moderate: 2, high: 3, extreme: 6 } });
  for (const scene of [raising(score(5, 5)), grown, drawnLower].flatMap(lowered)) {
    expect(waitsFor(scene)).toEqual(byDecisionMaker);
    expect(refusals(scene.when('close-risk', { risk: 'r', reason: 'n/a' }))).toEqual(['risk.unseen']);
    const seen = scene.did('acknowledge-risk', { risk: 'r', says: 'I know that it was this large.' }, 'decisionMaker');
    expect([waitsFor(seen), refusals(seen.when('close-risk', { risk: 'r', reason: 'Gone' }))]).toEqual([[], []]);
    expect(waitsFor(seen.did('review-risk', reviewed(score(4, 4))))).toEqual(byDecisionMaker);
  }
});

test('nor was it seen, however small it has become, where whoever saw it turns out to answer for it', () => {
  const fell = raising(score(5, 5)).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker').did('review-risk', reviewed(score(1, 1)));
  expect(waitsFor(fell)).toEqual([]);
  const found = fell.knowing('decisionMaker', { identities: [{ person: people.stranger, provider: null }] });
  expect(waitsFor(found)).toEqual([['the word of the decision-maker on r', 'decision-maker']]);
});

test('an unknown or a closed risk is nobody’s to see', () => {
  const scene = given(raisedAs('r', 'service', score(5, 5))).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker').did('close-risk', { risk: 'r', reason: 'x' });
  expect(refusals(scene.when('acknowledge-risk', { risk: 'q', says: 'x' }, 'decisionMaker'))).toEqual(['risk.unknown']);
  expect(refusals(scene.when('acknowledge-risk', { risk: 'r', says: 'x' }, 'decisionMaker'))).toEqual(['risk.closed', 'already-so']);
});

test('a risk above the appetite is not closed past whoever must see it, and one within it waits for nobody', () => {
  const closing = { risk: 'r', reason: 'Gone' };
  const extreme = given(raisedAs('r', 'service', score(5, 5)));
  expect(extreme.when('close-risk', closing)).toMatchObject({
    refused: [{ code: 'risk.unseen', missing: [{ what: 'the word of the decision-maker on r', suppliedBy: 'decision-maker', by: 'acknowledge-risk' }] }],
  });
  const seen = extreme.did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker');
  expect(waitsFor(seen.did('close-risk', closing))).toEqual([]);
  const grown = seen.did('review-risk', reviewed(score(2, 4))).did('review-risk', reviewed(score(5, 5)));
  expect(refusals(grown.when('close-risk', closing))).toEqual(['risk.unseen']);
  expect(refusals(given(raisedAs('r', 'service', score(2, 3))).when('close-risk', closing))).toEqual([]);
});

test('what was seen, fell and grew again is seen again: as large as it was before, too', () => {
  const seen = given(raisedAs('r', 'service', score(5, 5))).did('acknowledge-risk', { risk: 'r', says: 'Seen' }, 'decisionMaker');
  const again = [['the word of the decision-maker on r', 'decision-maker']];
  const fell = seen.did('review-risk', reviewed(score(1, 1)));
  expect([waitsFor(fell), waitsFor(fell.did('review-risk', reviewed(score(5, 5))))]).toEqual([[], again]);
  const lower = seen.did('review-risk', reviewed(score(3, 3)));
  expect([waitsFor(lower), waitsFor(lower.did('review-risk', reviewed(score(5, 5))))]).toEqual([[], again]);
  const rescored = (scene: Scene, now: Score) => scene.did('rescore-risk', { risk: 'r', scores: { 'co-produced': now, 'professional-only': null, 'not-acting': null }, reason: 'x' });
  const grown = rescored(rescored(seen, score(1, 1)), score(5, 5));
  expect(waitsFor(grown)).toEqual(again);
  expect(waitsFor(grown.did('acknowledge-risk', { risk: 'r', says: 'Seen again' }, 'decisionMaker'))).toEqual([]);
});
