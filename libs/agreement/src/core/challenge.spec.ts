import { describe, expect, test } from '@jest/globals';
import { routes } from '@concordat/pathway';
import { id, inDesign, provider, refusals, type Scene } from './given.js';

const challenge = id(180);
const made = { challenge, kind: 'proceedings', from: 'Meals Ltd', about: 'The weighting of price', receivedOn: '2026-06-05' } as const;
const concluded = { challenge, outcome: 'award-stands', reasons: 'The weighting was published.', on: '2026-06-22' } as const;

const value = { amount: '9000.00', currency: 'GBP' };
const decided = (() => {
  const scene = inDesign.did('invite-provider', { provider }).did('propose-award', { provider, value });
  return scene.did(
    'record-decision',
    {
      decision: id(60), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' },
      decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'x', versionRead: scene.agreement.content.decision,
    },
    'decisionMaker',
  );
})();
const psr = routes.find('psr-most-suitable-provider')!;
const published = decided.did('publish-award-notice', { publishedOn: '2026-06-01', reference: 'UK6-1' });
const gate = (scene: Scene, code: 'standstill.over' | 'challenges.closed') => scene.asking({ code, parameters: {} }).when('request-gate', { stage: 'design' });

test('every challenge is concluded, with reasons, before its gate opens', () => {
  const open = published.on('2026-06-30').did('record-challenge', { ...made, kind: 'complaint' });
  expect(gate(open, 'challenges.closed')).toMatchObject({ refused: [{ missing: [{ what: 'complaint of Meals Ltd, received on 2026-06-05', by: 'conclude-challenge' }] }] });
  expect(refusals(gate(open.did('conclude-challenge', concluded), 'challenges.closed'))).toEqual([]);
});

test('a representation is a word of the Provider Selection Regime alone', () => {
  const representation = { ...made, kind: 'representation' } as const;
  expect(refusals(published.on('2026-06-30').when('record-challenge', representation))).toEqual(['challenge.not-of-this-regime']);
  expect(refusals(published.on('2026-06-30').alongRoute(psr).when('record-challenge', representation))).toEqual([]);
});

test('a challenge is recorded once it came, and concluded once, after it came and not ahead of time', () => {
  expect(refusals(published.when('record-challenge', made))).toEqual(['challenge.not-received-yet']);
  expect(refusals(published.when('conclude-challenge', { ...concluded, on: '2026-06-01' }))).toEqual(['challenge.unknown']);
  const open = published.on('2026-06-22').did('record-challenge', made);
  expect(refusals(open.when('record-challenge', made))).toEqual(['already-so']);
  expect(refusals(open.when('conclude-challenge', { ...concluded, on: '2026-06-04' }))).toEqual(['challenge.not-concluded-then']);
  expect(refusals(open.when('conclude-challenge', { ...concluded, on: '2026-06-23' }))).toEqual(['challenge.not-concluded-then']);
  expect(refusals(open.did('conclude-challenge', concluded).when('conclude-challenge', concluded))).toEqual(['already-so']);
});

describe('under the Procurement Act a standstill published on 1 June 2026 is over after 10 June', () => {
  const at = (scene: Scene, today: string) => refusals(gate(scene.on(today), 'standstill.over'));
  const challenged = (kind: 'proceedings' | 'complaint', receivedOn = '2026-06-05') => published.on('2026-06-12').did('record-challenge', { ...made, kind, receivedOn });

  test('unless proceedings were begun within it: these hold it open until they end (s.101)', () => {
    expect(gate(challenged('proceedings'), 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'standstill held open by the proceedings of Meals Ltd', by: 'conclude-challenge' }] }] });
    expect(at(challenged('proceedings').on('2026-06-22').did('conclude-challenge', concluded), '2026-06-23')).toEqual([]);
  });

  test('and neither a complaint nor proceedings that came later hold it open', () => {
    expect(at(challenged('complaint'), '2026-06-11')).toEqual([]);
    expect(at(challenged('proceedings', '2026-06-11'), '2026-06-11')).toEqual([]);
  });
});

describe('under the Provider Selection Regime a standstill published on 1 June 2026 is over after 12 June', () => {
  const standing = published.alongRoute({ regime: psr.regime, standstill: psr.standstill });
  const missing = (scene: Scene, today: string) => {
    const decision = gate(scene.on(today), 'standstill.over');
    return 'refused' in decision ? decision.refused[0].missing.map(({ what }) => what) : [];
  };
  const represented = standing.on('2026-06-12').did('record-challenge', { ...made, kind: 'representation' });

  test('unless a representation was made: then it is answered, and 5 working days have passed since (reg 12(9), (10))', () => {
    expect(missing(standing, '2026-06-13')).toEqual([]);
    expect(missing(represented, '2026-06-15')).toEqual(['standstill held open by the representation of Meals Ltd']);
    const answered = represented.on('2026-06-16').did('conclude-challenge', { ...concluded, on: '2026-06-16' });
    expect(missing(answered, '2026-06-23')).toEqual(['standstill until the end of 2026-06-23, after the representation of Meals Ltd']);
    expect(missing(answered, '2026-06-24')).toEqual([]);
  });

  test('and proceedings hold nothing open', () => {
    expect(missing(standing.on('2026-06-12').did('record-challenge', made), '2026-06-15')).toEqual([]);
  });
});

describe('a voluntary standstill', () => {
  const light = decided.alongRoute({ standstill: routes.find('pa2023-light-touch')!.standstill });
  const offer = (voluntaryStandstill: number) => ({ publishedOn: '2026-06-01', reference: 'UK6-1', voluntaryStandstill });

  test('of 8 working days or more may be offered where the route asks for none (PA 2023 s.51(5)), and is kept', () => {
    const offered = light.did('publish-award-notice', offer(8));
    expect(gate(offered.on('2026-06-10'), 'standstill.over')).toMatchObject({ refused: [{ missing: [{ what: 'standstill until the end of 2026-06-10' }] }] });
    expect(refusals(gate(offered.on('2026-06-11'), 'standstill.over'))).toEqual([]);
  });

  test('is refused where it is shorter, or where the route asks for a standstill of its own', () => {
    expect(refusals(light.when('publish-award-notice', offer(7)))).toEqual(['award.no-such-standstill']);
    expect(refusals(decided.when('publish-award-notice', offer(8)))).toEqual(['award.no-such-standstill']);
  });
});
