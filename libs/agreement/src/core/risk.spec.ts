import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { given, type Happening, id, inDesign, people, provider, refusals, type Scene, type Who } from './given.js';
import { missingAt } from './given-involvement.js';
import { type Levels, noLevels, type Scores, topRisks } from './risk.js';
import { type Band, type Score, shippedRiskSettings, weigh } from './risk-matrix.js';
import { riskWarnings } from './risk-warning.js';

const score = (likelihood: number, impact: number): Score => ({ likelihood, impact });
const threeWays: Scores = { 'co-produced': score(2, 3), 'professional-only': score(3, 3), 'not-acting': score(4, 4) };
const burden = { risk: id(71), title: 'Volunteers wear out', domain: 'service', bearers: ['carers', 'community'], owner: people.commissioner, scores: threeWays, levels: noLevels } as const;
const raised = (risk: string, scores: Partial<Scores> = {}): Happening => [
  'concordat.agreement.risk-raised.v1', { ...burden, risk, scores: { ...threeWays, ...scores }, reviewOn: null, on: '2026-06-01' },
];

test('bands are those of the NPSA matrix of 2008: 1–3 low, 4–6 moderate, 8–12 high, 15–25 extreme', () => {
  const bands: Record<Band, number[]> = { low: [], moderate: [], high: [], extreme: [] };
  for (let likelihood = 1; likelihood <= 5; likelihood += 1) {
    for (let impact = 1; impact <= 5; impact += 1) {
      const { product, band } = weigh(score(likelihood, impact), shippedRiskSettings);
      bands[band] = [...new Set([...bands[band], product])].sort((a, b) => a - b);
    }
  }
  expect(bands).toEqual({ low: [1, 2, 3], moderate: [4, 5, 6], high: [8, 9, 10, 12], extreme: [15, 16, 20, 25] });
});

test('a risk is raised with who carries it, who answers for it and what it weighs', () => {
  expect(inDesign.did('raise-risk', { ...burden, bearers: ['carers', 'carers', 'community'] }).agreement.risk).toEqual([
    {
      id: burden.risk, title: burden.title, domain: 'service', bearers: ['carers', 'community'], owner: people.commissioner, scores: threeWays, levels: noLevels,
      raisedOn: '2026-06-01', hands: [people.commissioner], incidents: [], reviewOn: null, timesScored: 1, escalated: null, seen: null, closed: false,
    },
  ]);
});

test('a risk that nobody carries, with an owner nobody knows and a score off the matrix, is refused for all three', () => {
  const decision = inDesign.when('raise-risk', { ...burden, bearers: [], owner: id(99), scores: { ...threeWays, 'co-produced': score(0, 3), 'not-acting': score(5, 2.5) } });
  expect(refusals(decision)).toEqual(['risk.nobody-carries-it', 'person.unknown', 'risk.score-out-of-range']);
  expect(decision).toMatchObject({ refused: [{}, { missing: [{ what: `person-${id(99)}` }] }, { missing: [{ what: 'the co-produced score' }, { what: 'the not-acting score' }] }] });
});

test('a risk is answered for by somebody who is still here and works for nobody that bids, be it under another id', () => {
  const raised = (scene: Scene, owner: Who) => refusals(scene.when('raise-risk', { ...burden, owner: people[owner] }));
  const bidding = inDesign.did('invite-provider', { provider });
  expect(raised(inDesign.knowing('colleague', { disabled: true }), 'colleague')).toEqual(['risk.owner-gone']);
  expect(raised(bidding.knowing('signatory', { disabled: true }), 'signatory')).toEqual(['risk.owner-gone', 'risk.owner-bids']);
  expect(raised(bidding.knowing('colleague', { identities: [{ person: people.signatory, provider }] }), 'colleague')).toEqual(['risk.owner-bids']);
  const awarded = bidding.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]);
  expect(raised(awarded, 'signatory')).toEqual([]);
  expect(raised(awarded, 'otherSignatory')).toEqual(['risk.owner-bids']);
});

test('a closed risk is not scored again, and an unknown one is a refusal', () => {
  const scene = given(raised('r1')).did('close-risk', { risk: 'r1', reason: 'The route is settled.' });
  expect(refusals(scene.when('rescore-risk', { risk: 'r1', scores: { ...threeWays, 'co-produced': score(1, 1) }, reason: 'Less' }))).toEqual(['risk.closed']);
  expect(refusals(scene.when('close-risk', { risk: 'r1', reason: 'Again' }))).toEqual(['already-so']);
  expect(refusals(inDesign.when('close-risk', { risk: 'r1', reason: '' }))).toEqual(['risk.unknown']);
  expect(refusals(inDesign.when('rescore-risk', { risk: 'r1', scores: threeWays, reason: '' }))).toEqual(['risk.unknown']);
  expect(refusals(given(raised('r1')).when('rescore-risk', { risk: 'r1', scores: threeWays, reason: '' }))).toEqual(['already-so']);
});

test('the gate names each top risk and each way in which nobody has looked at it', () => {
  const scene = given(raised('r1', { 'not-acting': null }), raised('r2'), raised('r3', { 'professional-only': null, 'not-acting': null }));
  expect(missingAt(scene, 'risk.three-way', { top: 10 })).toEqual([
    { what: 'the not-acting score of r1', suppliedBy: 'risk-owner', by: 'rescore-risk' },
    { what: 'the professional-only score of r3', suppliedBy: 'risk-owner', by: 'rescore-risk' },
    { what: 'the not-acting score of r3', suppliedBy: 'risk-owner', by: 'rescore-risk' },
  ]);
});

test('an agreement without any risk has not been looked at', () => {
  expect(missingAt(inDesign, 'risk.three-way', { top: 10 })).toEqual([{ what: 'the risks: none is raised yet', suppliedBy: 'risk-owner', by: 'raise-risk' }]);
});

test('nor has one whose every risk was closed: the last one is not closed to open a gate', () => {
  const closed = given(raised('r1')).did('close-risk', { risk: 'r1', reason: 'Gone' });
  expect(missingAt(closed, 'risk.three-way', { top: 10 })).toEqual([{ what: 'the risks: none is open', suppliedBy: 'risk-owner', by: 'raise-risk' }]);
});

test('only the top risks by the co-produced score are asked about, and a risk nobody scored that way is among them', () => {
  const scene = given(
    raised('small', { 'co-produced': score(1, 1), 'not-acting': null }), raised('large', { 'co-produced': score(5, 5) }), raised('unknown', { 'co-produced': null }),
  );
  expect(topRisks(scene.agreement, 2).map(({ id: risk }) => risk)).toEqual(['unknown', 'large']);
  expect(missingAt(scene, 'risk.three-way', { top: 2 })).toMatchObject([{ what: 'the co-produced score of unknown' }]);
  expect(missingAt(scene.did('acknowledge-risk', { risk: 'large', says: 'Seen' }, 'decisionMaker').did('close-risk', { risk: 'large', reason: 'Gone' }), 'risk.three-way', { top: 2 })).toHaveLength(2);
});

test('no risk outside the top weighs more than one inside it, and equal ones stay in the order they were raised', () => {
  const anyScore = fc.option(fc.record({ likelihood: fc.integer({ min: 1, max: 5 }), impact: fc.integer({ min: 1, max: 5 }) }));
  fc.assert(
    fc.property(fc.array(anyScore, { maxLength: 12 }), fc.integer({ min: 1, max: 12 }), (scores, top) => {
      const { agreement } = given(...scores.map((coProduced, n) => raised(String(n), { 'co-produced': coProduced })));
      const size = (risk: (typeof agreement.risk)[number]) => (risk.scores['co-produced'] === null ? 26 : weigh(risk.scores['co-produced'], shippedRiskSettings).product);
      const inside = topRisks(agreement, top);
      const outside = agreement.risk.filter((risk) => !inside.includes(risk));
      expect(inside).toHaveLength(Math.min(top, scores.length));
      for (const out of outside) for (const within of inside) {
        expect(size(out) < size(within) || (size(out) === size(within) && Number(out.id) > Number(within.id))).toBe(true);
      }
    }),
  );
});

test('a risk outside the domains of the organisation, or to be looked at again on a day that is over, is refused for both', () => {
  expect(refusals(inDesign.when('raise-risk', { ...burden, domain: 'moon', reviewOn: '2026-06-01' }))).toEqual(['risk.domain-unknown', 'risk.review-not-ahead']);
});

test('a risk is looked at again within a year', () => {
  expect(inDesign.when('raise-risk', { ...burden, reviewOn: '2027-06-02' })).toMatchObject({ refused: [{ code: 'day.too-far', missing: [{ what: 'reviewOn: 2027-06-01 or earlier', suppliedBy: 'risk-owner', by: 'raise-risk' }] }] });
  const review = { risk: 'r1', levels: { inherent: null, current: score(2, 2), target: null }, reason: 'x' };
  expect(['2027-06-01', '2062-06-01'].map((reviewOn) => refusals(given(raised('r1')).when('review-risk', { ...review, reviewOn })))).toEqual([[], ['day.too-far']]);
});

test('after design a risk is reviewed by how large it is without its controls, with them, and to become, and by when it is looked at again', () => {
  const levels = { inherent: score(5, 5), current: score(2, 2), target: score(1, 2) };
  const review = { risk: 'r1', levels, reviewOn: '2026-09-01', reason: 'Two are on call.' };
  const { agreement } = given(raised('r1'), raised('r2')).did('review-risk', review);
  expect(agreement.risk[0]).toMatchObject({ scores: threeWays, levels, reviewOn: '2026-09-01', timesScored: 2 });
  // 2 × 2 as reviewed is less than 2 × 3 as planned, so it stands behind the other now.
  expect(topRisks(agreement, 2).map(({ id: risk }) => risk)).toEqual(['r2', 'r1']);
  expect(refusals(given(raised('r1')).when('review-risk', { ...review, levels: { ...levels, current: null, target: score(6, 1) }, reviewOn: '2026-05-01' }))).toEqual([
    'risk.not-scored', 'risk.score-out-of-range', 'risk.review-not-ahead',
  ]);
});

test('whoever reviews a risk names another who answers for it, once the one who did is gone, and nobody who is gone too', () => {
  const review = { risk: 'r1', levels: { inherent: score(5, 5), current: score(2, 2), target: score(1, 2) }, reviewOn: '2026-09-01', reason: 'Whoever answered for it left.' };
  const left = given(raised('r1')).knowing('commissioner', { disabled: true });
  const dueOf = (scene: Scene) => riskWarnings(scene.agreement, shippedRiskSettings, '2026-09-01').map(({ kind, falls }) => [kind, falls]);
  expect(dueOf(left.did('review-risk', { ...review, owner: people.colleague }, 'colleague'))).toEqual([['review-due', { to: 'person', person: people.colleague }]]);
  expect(dueOf(given(raised('r1')).did('review-risk', review))).toEqual([['review-due', { to: 'person', person: people.commissioner }]]);
  expect(refusals(left.when('review-risk', { ...review, owner: people.commissioner, reviewOn: '2026-05-01' }, 'colleague'))).toEqual(['risk.review-not-ahead', 'risk.owner-gone']);
  expect(refusals(left.when('review-risk', { ...review, risk: 'r2', owner: id(99) }, 'colleague'))).toEqual(['risk.unknown', 'person.unknown']);
});

test('who carries a risk is put right where it was said wrongly, with why, and whoever was asked about it is not taken off it', () => {
  const review = { risk: 'r1', levels: { inherent: score(5, 5), current: score(2, 2), target: score(1, 2) }, reviewOn: '2026-09-01', reason: 'Those at home carry it, and no staff.' } as const;
  const wrong = inDesign.did('raise-risk', { ...burden, risk: 'r1', bearers: ['service-users', 'provider-staff'] });
  const right = wrong.did('review-risk', { ...review, bearers: ['service-users', 'carers', 'carers'] });
  expect([right, right.did('review-risk', review)].map((scene) => scene.agreement.risk[0]?.bearers)).toEqual([['service-users', 'carers'], ['service-users', 'carers']]);
  expect(missingAt(right, 'risk.statements-sought', { top: 10 }).map(({ what }) => what)).toEqual(['the statement of service-users on r1', 'the statement of carers on r1']);
  expect(right.did('review-risk', { ...review, bearers: [] }).agreement.risk[0]?.bearers).toEqual(['service-users', 'carers']);
  const sought = wrong.did('seek-statement', { statement: 's', group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  expect(sought.when('review-risk', { ...review, bearers: ['carers'] })).toMatchObject({ refused: [{ code: 'risk.bearers-asked', missing: [{ what: 'bearers: service-users', suppliedBy: 'risk-owner', by: 'review-risk' }] }] });
  expect(sought.did('review-risk', { ...review, bearers: ['carers', 'service-users'] }).agreement.risk[0]?.bearers).toEqual(['carers', 'service-users']);
});

test('a risk is as large as it was found on the day it is raised: nobody takes it from the eyes of whoever has to see it by a smaller number beside it', () => {
  const raising = (scores: Partial<Scores>, levels: Levels) => inDesign.when('raise-risk', { ...burden, scores: { ...burden.scores, ...scores }, levels });
  const large = { inherent: score(5, 5), current: score(1, 1), target: score(1, 1) };
  expect(raising({ 'co-produced': score(5, 5) }, large)).toMatchObject({ refused: [{ code: 'risk.no-control', missing: [{ suppliedBy: 'risk-owner', by: 'add-control' }] }] });
  expect(refusals(raising({ 'co-produced': null }, large))).toEqual(['risk.no-control']);
  expect(refusals(raising({ 'co-produced': score(2, 3) }, { inherent: score(5, 5), current: score(3, 2), target: null }))).toEqual([]);
});

test('no risk is larger with its controls than without them, nor meant to become so: what turned out larger corrects the inherent score too', () => {
  const reviewing = (levels: Levels) => given(raised('r1')).when('review-risk', { risk: 'r1', levels, reviewOn: '2026-09-01', reason: 'It happened.' });
  const decision = reviewing({ inherent: score(2, 3), current: score(5, 5), target: score(4, 2) });
  expect(refusals(decision)).toEqual(['risk.above-inherent']);
  expect(decision).toMatchObject({ refused: [{ missing: [{ what: 'the current score: 6 or less, or a larger inherent score' }, { what: 'the target score: 6 or less, or a larger inherent score' }] }] });
  // Scores compare as the matrix weighs them: 1 × 5 is less than 2 × 3.
  for (const current of [score(1, 5), score(3, 2)]) expect(refusals(reviewing({ inherent: score(2, 3), current, target: score(2, 3) }))).toEqual([]);
  expect(refusals(reviewing({ inherent: score(5, 5), current: score(5, 5), target: null }))).toEqual([]);
  expect(refusals(reviewing({ inherent: null, current: score(5, 5), target: score(1, 1) }))).toEqual([]);
  expect(refusals(inDesign.when('raise-risk', { ...burden, scores: { ...threeWays, 'co-produced': score(1, 1) }, levels: { inherent: score(1, 1), current: score(1, 2), target: null } }))).toEqual(['risk.above-inherent']);
});
