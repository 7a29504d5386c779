import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, otherProvider, provider, refusals, Scene } from './given.js';
import { improvementStands, lastVisits } from './quality-visit.js';
import { agendaOf } from './review-meeting.js';

const [visit, improvement] = [id(430), id(435)];
const evidence = { reference: 'DMS/cards', title: 'The card' };
const visited = {
  visit, provider, on: '2026-05-20', visitors: 'both', notice: 'unannounced', spokeWith: 3, found: 'Two did not know whom to ring at night.', report: { reference: 'DMS/visit', title: 'Report' },
  improvements: [{ improvement, what: 'Everybody has the number', dueOn: '2026-06-10' }], nextBy: '2026-11-30',
} as const;
const delivering = Scene.empty.did('take-over-agreement', {
  title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
});
const twoProviders = delivering.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: { amount: '1.00', currency: 'GBP' } }]);

describe('a quality visit', () => {
  test('asks for improvements, which are due by a day and then overdue, until they are shown', () => {
    const { agreement } = delivering.did('record-quality-visit', visited);
    const asked = agreement.qualityVisits[0]!.improvements[0]!;
    expect(['2026-06-10', '2026-06-11'].map((day) => improvementStands(asked, day))).toEqual(['due', 'overdue']);
    expect([agendaOf(agreement, '2026-06-10'), agendaOf(agreement, '2026-06-11')]).toEqual([[], [{ kind: 'improvement-overdue', about: improvement }]]);
    const shown = delivering.did('record-quality-visit', visited).did('show-improvement', { improvement, how: 'A card for every door', on: '2026-05-30', evidence }, 'signatory');
    expect(improvementStands(shown.agreement.qualityVisits[0]!.improvements[0]!, '2027-01-01')).toBe('done');
    expect(agendaOf(shown.agreement, '2026-06-11')).toEqual([]);
    expect(refusals(shown.when('show-improvement', { improvement, how: 'x', on: '2026-05-30', evidence }))).toEqual(['already-so']);
  });

  test('is to a provider of the agreement, was made, and asks for nothing that is past: every refusal at once', () => {
    const wrong = { ...visited, provider: otherProvider, on: '2026-07-01', improvements: [...visited.improvements, ...visited.improvements], nextBy: '2026-06-30' };
    expect(refusals(delivering.when('record-quality-visit', wrong))).toEqual([
      'quality-visit.not-the-provider', 'quality-visit.not-made-yet', 'quality-visit.improvement-past', 'quality-visit.improvement-twice', 'quality-visit.next-past',
    ]);
    expect(refusals(delivering.did('record-quality-visit', visited).when('record-quality-visit', visited))).toEqual(['already-so', 'quality-visit.improvement-twice']);
  });

  test('is answered by the provider that was visited, after it, and by nobody who was only invited', () => {
    const known = twoProviders.did('record-quality-visit', { ...visited, provider: otherProvider });
    expect(refusals(known.when('show-improvement', { improvement, how: 'x', on: '2026-05-19', evidence }, 'signatory'))).toEqual(['quality-visit.another-s', 'quality-visit.not-shown-then']);
    expect(refusals(delivering.when('show-improvement', { improvement: id(436), how: 'x', on: '2026-05-30', evidence }))).toEqual(['quality-visit.improvement-unknown']);
    expect(refusals(inDesign.did('invite-provider', { provider }).when('show-improvement', { improvement, how: 'x', on: '2026-05-30', evidence }, 'signatory'))).toEqual(['quality-visit.improvement-unknown', 'delivery.not-the-provider']);
  });

  test('is seen by the provider that was visited alone, which is not told how many they spoke with where they were fewer than five', () => {
    const { agreement } = twoProviders.did('record-quality-visit', visited);
    const seen = (party?: string) => deliveryView(agreement, '2026-06-01', party).visits.map(({ spokeWith, found }) => [spokeWith, found]);
    expect([seen(), seen(provider), seen(otherProvider)]).toEqual([[[3, visited.found]], [[null, visited.found]], []]);
  });

  test('says by when the next one is due, by the last one to each provider', () => {
    const { agreement } = twoProviders
      .did('record-quality-visit', visited)
      .did('record-quality-visit', { ...visited, visit: id(431), on: '2026-05-01', improvements: [], nextBy: '2026-06-01' })
      .did('record-quality-visit', { ...visited, visit: id(432), provider: otherProvider, improvements: [], nextBy: undefined });
    expect(lastVisits(agreement).map(({ nextBy }) => nextBy)).toEqual(['2026-11-30', null]);
  });
});
