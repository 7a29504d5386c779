import { expect, test } from '@jest/globals';
import { commitmentStands } from './commitment.js';
import { given, id, inDesign, refusals, type Scene } from './given.js';
import { missingAt, theme } from './given-involvement.js';

const commitment = id(71);
const promise = { commitment, what: 'We will light the path to the hall.', by: '2026-06-10' } as const;
const promised = inDesign.did('make-commitment', promise);
const stands = ({ agreement, today }: Scene) => agreement.commitments.map((made) => commitmentStands(made, today));

test('a commitment is kept in time, kept late, or broken with reasons; that it is overdue is told by the day', () => {
  expect(stands(promised.on('2026-06-10'))).toEqual(['open']);
  expect(stands(promised.on('2026-06-11'))).toEqual(['overdue']);
  expect(stands(promised.on('2026-06-10').did('keep-commitment', { commitment, how: 'Lamps' }))).toEqual(['kept']);
  expect(stands(promised.on('2026-06-12').did('keep-commitment', { commitment, how: 'Lamps' }))).toEqual(['kept-late']);
  expect(stands(promised.did('break-commitment', { commitment, reasons: 'The path is not ours.' }))).toEqual(['broken']);
});

test('what became of a commitment stands', () => {
  const kept = promised.did('keep-commitment', { commitment, how: 'Lamps' });
  expect(refusals(kept.when('break-commitment', { commitment, reasons: 'x' }))).toEqual(['already-so']);
  expect(refusals(kept.when('keep-commitment', { commitment, how: 'x' }))).toEqual(['already-so']);
  expect(refusals(inDesign.when('keep-commitment', { commitment, how: 'x' }))).toEqual(['commitment.unknown']);
});

test('a promise can still be kept on the day it is made, and answers a theme that is there: every fault is named', () => {
  expect(refusals(inDesign.when('make-commitment', { ...promise, by: '2026-06-01' }))).toEqual([]);
  expect(refusals(promised.when('make-commitment', { ...promise, by: '2026-05-31', theme: 'travel' }))).toEqual(['already-so', 'commitment.too-late', 'theme.unknown']);
  expect(refusals(given(...theme('travel')).when('make-commitment', { ...promise, theme: 'travel' }))).toEqual([]);
});

test('a promise is kept within a year, or while the contract runs: a slip of the year puts none off for good', () => {
  const by = (scene: Scene, day: string) => scene.when('make-commitment', { ...promise, by: day });
  expect(by(inDesign, '2027-06-02')).toMatchObject({ refused: [{ code: 'day.too-far', missing: [{ what: 'by: 2027-06-01 or earlier', suppliedBy: 'commissioner', by: 'make-commitment' }] }] });
  expect(refusals(by(inDesign, '2027-06-01'))).toEqual([]);
  const long = inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-07-01', endsOn: '2029-06-30' } } });
  expect([refusals(by(long, '2029-06-30')), refusals(by(long, '2029-07-01'))]).toEqual([[], ['day.too-far']]);
});

test('a gate names every commitment that is overdue, and at the end those too whose day is still to come', () => {
  const mayStand = { ahead: 'may-stand' } as const;
  const leftBehind = { ahead: 'not-left-behind' } as const;
  expect(missingAt(promised, 'involvement.commitments-answered-for', mayStand)).toEqual([]);
  expect(missingAt(promised, 'involvement.commitments-answered-for', leftBehind)).toMatchObject([{ by: 'keep-commitment' }]);
  expect(missingAt(promised.on('2026-06-11'), 'involvement.commitments-answered-for', mayStand)).toEqual([
    { what: `${commitment}: overdue since 2026-06-10`, suppliedBy: 'commissioner', by: 'keep-commitment' },
  ]);
  const broken = promised.on('2026-06-11').did('break-commitment', { commitment, reasons: 'The path is not ours.' });
  expect(missingAt(broken, 'involvement.commitments-answered-for', leftBehind)).toEqual([]);
});

test('whatever becomes of the agreement, its commitments are kept or broken', () => {
  const cancelled = promised.did('cancel', { reason: 'No money' });
  expect(refusals(cancelled.when('keep-commitment', { commitment, how: 'Lamps' }))).toEqual([]);
  expect(refusals(cancelled.when('make-commitment', { ...promise, commitment: id(72) }))).toEqual(['agreement.cancelled']);
});
