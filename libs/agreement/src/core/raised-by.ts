import type { Agreement } from './agreement.js';
import { withoutWord } from './concern.js';
import { contributionOf } from './contribution.js';

/** An agreement as it stood before, for whoever passes no concerns on: what was seen for a concern since stands in it no more. `now`: the same agreement as it stands. */
export function withoutConcernsSeenSince(before: Agreement, now: Agreement): Agreement {
  return now.contributions.concerns.reduce((agreement, { id }) => (contributionOf(agreement, id) === undefined ? agreement : withoutWord(agreement, id)), before);
}

// Under what an event names something that was said: for itself, as what was entered for somebody, as an answer that was rated.
const namesWord = ['contribution', 'entry', 'answer', 'concern'];
const saysWhose = ['author', 'participant', 'onBehalfOf', 'text', 'reasons', 'changed'];
const doneByThem: readonly string[] = [
  'concordat.agreement.contribution-recorded.v1',
  'concordat.agreement.concern-raised.v1',
  'concordat.agreement.who-sees-chosen.v1',
  'concordat.agreement.own-answer-asked.v1',
  'concordat.agreement.answer-rated.v1',
];
/** Stands for whoever did something, where their name would say who raised a concern. */
export const whoIsNotSaid = 'not-said';

/** Does this event name something that was said, so that it may say whose concern it was? */
export function namesWhatWasSaid({ type, data }: { readonly type: string; readonly data: object }): boolean {
  return type === 'concordat.agreement.brought-over.v1' || namesWord.some((name) => name in data);
}

/**
 * What happened as it reads to whoever does not pass concerns on: of a concern it does not say who raised it; of a word that was seen for
 * one late no more whose it was, nor whose key sealed it.
 */
export function withoutWhoRaisedConcerns<E extends { readonly type: string; readonly data: object; readonly meta: { readonly actor: string } }>(agreement: Agreement, event: E): E {
  if (event.type === 'concordat.agreement.brought-over.v1') return { ...event, data: withoutWhoRaisedConcerns(agreement, event.data as E) };
  const named = namesWord.map((name) => (event.data as Readonly<Record<string, unknown>>)[name]);
  const concern = agreement.contributions.concerns.find(({ id }) => named.includes(id));
  if (concern === undefined) return event;
  return {
    ...event,
    data: concern.seenForOneBy === null ? event.data : Object.fromEntries(Object.entries(event.data).filter(([name]) => !saysWhose.includes(name))),
    meta: doneByThem.includes(event.type) ? { ...event.meta, actor: whoIsNotSaid } : event.meta,
  };
}
