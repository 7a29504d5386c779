import { describe, expect, test } from '@jest/globals';
import { everythingSaid } from './contribution.js';
import { given, id } from './given.js';
import { ada, held, panel, said, theme } from './given-involvement.js';
import { whoIsNotSaid, withoutConcernsSeenSince, withoutWhoRaisedConcerns } from './raised-by.js';

const contribution = { contribution: id(61), activity: panel, author: ada, text: { subject: ada, sealed: 'b64' }, givenOn: '2026-06-01' } as const;

describe('for whoever passes no concerns on', () => {
  const spoken = given(held(panel), said('c1', ada, panel), said('c2', ada, panel), ...theme('travel', 'c1', 'c2')).did('record-proxy-entry', { entry: 'c1', onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' });
  const { agreement } = spoken.did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' }).did('record-contribution', { ...contribution, kind: 'allegation-about-staff' });
  const [who, staff] = [{ actor: 'whoever typed it' }, { actor: 'staff' }];
  const read = (type: string, data: object, meta: object = who) => withoutWhoRaisedConcerns(agreement, { type: `concordat.agreement.${type}.v1`, data, meta: meta as typeof who });

  test('what happened does not say whose a concern was, under whichever name it is told of there, and what else happened stands as it is', () => {
    const word = (id: string) => ({ contribution: id, author: ada, text: { subject: ada, sealed: 'x' }, kind: 'view' });
    expect(read('contribution-recorded', word('c1'))).toMatchObject({ data: { contribution: 'c1', kind: 'view' }, meta: { actor: whoIsNotSaid } });
    for (const [type, data, meta] of [
      ['contribution-recorded', word('c1'), who],
      ['who-sees-chosen', { contribution: 'c1', seenBy: 'public' }, who],
      ['own-answer-asked', { contribution: 'c1', on: '2026-06-01' }, who],
      ['answer-rated', { answer: 'c1', participant: ada, rating: 1 }, who],
      ['contribution-answered', { contribution: 'c1', response: { outcome: 'adopted' }, reasons: { subject: ada, sealed: 'x' }, changed: { subject: ada, sealed: 'x' } }, staff],
      ['proxy-entry-recorded', { entry: 'c1', onBehalfOf: ada, confirmed: 'read-back' }, staff],
      ['concern-raised', { concern: id(61), kind: 'allegation-about-staff', text: { subject: id(61), sealed: 'x' } }, who],
    ] as const) {
      const told = JSON.stringify(read(type, data, meta));
      expect([type, told.includes(ada), told.includes(who.actor)]).toEqual([type, false, false]);
      const brought = JSON.stringify(read('brought-over', { type: `concordat.agreement.${type}.v1`, data, meta }, staff));
      expect([type, brought.includes(ada), brought.includes(who.actor)]).toEqual([type, false, false]);
    }
    // Staff who took it for what it is, and what else was said, are told of as before.
    for (const [type, data] of [['contribution-triaged', { contribution: 'c1', kind: 'safeguarding-concern' }], ['contribution-recorded', word('c2')], ['answer-rated', { answer: 'travel', participant: ada, rating: 4 }]] as const) {
      expect(read(type, data, staff)).toEqual({ type: `concordat.agreement.${type}.v1`, data, meta: staff });
    }
  });

  test('an agreement as it stood before holds no word that was seen for a concern since', () => {
    const before = withoutConcernsSeenSince(spoken.agreement, agreement);
    expect([everythingSaid(before).map((one) => one.id), before.contributions.themes.map(({ contributions }) => contributions), before.contributions.concerns]).toEqual([['c2'], [['c2']], []]);
    expect(JSON.stringify(before.proxies)).toBe('{}');
    expect(withoutConcernsSeenSince(agreement, agreement)).toBe(agreement);
  });
});
