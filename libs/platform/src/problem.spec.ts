import { expect, test } from '@jest/globals';
import { DatabaseUnavailable, troubleOf } from './database-unavailable.js';
import { Problem } from './problem.js';

test('a problem\'s body has the members of RFC 9457 and ours, and nothing of its cause', () => {
  const problem = new Problem(
    { status: 409, code: 'agreement.moved', title: 'It moved', detail: 'Read it again.', errors: [{ pointer: '/a', detail: 'stale' }] },
    { cause: new Error('select * from secret') },
  );
  expect(problem.toJSON('c-1')).toEqual({
    type: '/problems/agreement.moved',
    title: 'It moved',
    status: 409,
    detail: 'Read it again.',
    code: 'agreement.moved',
    errors: [{ pointer: '/a', detail: 'stale' }],
    correlationId: 'c-1',
  });
});

test('a database away is a problem the caller may answer by asking again', () => {
  const problem: Problem = new DatabaseUnavailable('storage.full');
  expect(problem).toMatchObject({ status: 503, code: 'storage.full', headers: { 'retry-after': '30' } });
});

test.each([
  [{ code: '53100', message: 'could not extend file: No space left on device' }, 'storage.full'],
  [{ code: 'XX000', message: 'could not write: No space left on device' }, 'storage.full'],
  [{ code: '55P03', message: 'canceling statement due to lock timeout' }, 'database.busy'],
  [{ code: '40P01', message: 'deadlock detected' }, 'database.busy'],
  [{ code: '57014', message: 'canceling statement due to statement timeout' }, 'database.busy'],
  [{ code: '57P01', message: 'terminating connection due to administrator command' }, 'database.unavailable'],
  [{ code: '57P03', message: 'the database system is starting up' }, 'database.unavailable'],
  [{ code: 'ECONNRESET', message: 'read ECONNRESET' }, 'database.unavailable'],
  [{ message: 'Connection terminated unexpectedly' }, 'database.unavailable'],
  [{ message: 'Query read timeout' }, 'database.unavailable'],
  [{ code: '23505', message: 'duplicate key' }, undefined],
  [{ message: 'a mistake of ours' }, undefined],
])('%j is known as %s, also inside the error of another', (shape, trouble) => {
  const fault = Object.assign(new Error(shape.message), shape);
  expect(troubleOf(fault)).toBe(trouble);
  expect(troubleOf(Object.assign(new Error('query failed'), { driverError: fault }))).toBe(trouble);
  expect(troubleOf(new Error('outer', { cause: fault }))).toBe(trouble);
});
