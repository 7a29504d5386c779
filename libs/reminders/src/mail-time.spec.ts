import { describe, expect, test } from '@jest/globals';
import { type NotificationKind, type Preference, usualPreference } from './core/index.js';
import { mailingOf } from './mail-time.js';

const wishing = (ways: Partial<Preference['ways']>, quiet: Preference['quiet'] = null): Preference => ({ ways: { ...usualPreference.ways, ...ways }, quiet });
const mailed = (kind: NotificationKind, preference: Preference, now: string) => {
  const mailing = mailingOf(kind, preference, new Date(now));
  return mailing && `${mailing.digest ? 'digest ' : ''}${mailing.at.toISOString().slice(0, 16)}Z`;
};
const night = { from: '19:00', to: '07:30' };

describe('when somebody is mailed', () => {
  test('at once, unless they wish otherwise', () => {
    expect(mailed('progress', usualPreference, '2026-06-01T02:00:00Z')).toBe('2026-06-01T02:00Z');
  });

  test('never of what they switched off', () => {
    expect(mailed('progress', wishing({ progress: 'never' }), '2026-06-01T12:00:00Z')).toBeNull();
  });

  test('in a digest at eight in the morning in London, winter and summer', () => {
    const digests = wishing({ asked: 'digest' });
    expect(mailed('asked', digests, '2026-01-15T12:00:00Z')).toBe('digest 2026-01-16T08:00Z');
    expect(mailed('asked', digests, '2026-06-01T12:00:00Z')).toBe('digest 2026-06-02T07:00Z');
    expect(mailed('asked', digests, '2026-06-01T06:59:30Z')).toBe('digest 2026-06-01T07:00Z');
    // What happens as a digest goes out is for the next.
    expect(mailed('asked', digests, '2026-06-01T07:00:00Z')).toBe('digest 2026-06-02T07:00Z');
  });

  test('when quiet hours end, over midnight and over both changes of the clocks', () => {
    const sleeps = wishing({}, night);
    expect(mailed('asked', sleeps, '2026-01-15T18:59:00Z')).toBe('2026-01-15T18:59Z');
    expect(mailed('asked', sleeps, '2026-01-15T19:00:00Z')).toBe('2026-01-16T07:30Z');
    expect(mailed('asked', sleeps, '2026-01-16T02:00:20Z')).toBe('2026-01-16T07:30Z');
    expect(mailed('asked', sleeps, '2026-01-16T07:30:00Z')).toBe('2026-01-16T07:30Z');
    expect(mailed('asked', sleeps, '2026-03-28T22:00:00Z')).toBe('2026-03-29T06:30Z');
    expect(mailed('asked', sleeps, '2026-10-24T22:00:00Z')).toBe('2026-10-25T07:30Z');
  });

  test('when an hour that the clocks skip would end the quiet, an hour later', () => {
    expect(mailed('asked', wishing({}, { from: '22:00', to: '01:30' }), '2026-03-28T23:00:00Z')).toBe('2026-03-29T01:30Z');
  });

  test('in a digest that waits for quiet hours to end', () => {
    expect(mailed('people', wishing({ people: 'digest' }, { from: '20:00', to: '09:15' }), '2026-01-15T12:00:00Z')).toBe('digest 2026-01-16T09:15Z');
  });

  test('of a safeguarding concern at once, in quiet hours too', () => {
    expect(mailed('concern', wishing({}, { from: '00:00', to: '23:59' }), '2026-01-15T03:00:00Z')).toBe('2026-01-15T03:00Z');
  });
});
