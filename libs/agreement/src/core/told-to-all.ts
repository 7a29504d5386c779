import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { themeOf } from './answering.js';
import type { CommandName } from './command.js';
import type { Contribution } from './contribution.js';
import type { Told } from './feedback.js';
import { isPublic } from './publication.js';
import { refusal } from './refusal.js';
import { tellable } from './you-said-we-did.js';

/*
 * By what is published people are told of what it tells. Of the rest those are told themselves whose word it was: what was answered or undone
 * since, an answer of one's own, a theme that stands there only as one of so many.
 */

/** The last day on which what people said and what was done went out, of what is before everybody now. */
const wentOutOn = ({ publications }: Agreement): CivilDate | undefined =>
  publications.flatMap((one) => (one.of.is === 'you-said-we-did' && one.published !== null && isPublic(one) ? [one.published.on] : [])).sort().at(-1);

/** Is everybody told of this theme, as it stands since that day? */
export function themesToldToAll(agreement: Agreement): (theme: string, since: CivilDate | null | undefined) => boolean {
  const on = wentOutOn(agreement);
  if (on === undefined) return () => false;
  const told = tellable(agreement, new Set(), agreement);
  return (theme, since) => typeof since === 'string' && since <= on && told.has(theme);
}

/** Is everybody told what was done with this? */
export function toldToAll(agreement: Agreement): (said: Contribution) => boolean {
  const isTold = themesToldToAll(agreement);
  return ({ themes, own }) => own === null && themes.length > 0 && themes.every((id) => isTold(id, themeOf(agreement, id)?.answeredOn));
}

/** The refusal to take these as told by what is published, which tells nothing of theirs; false where there are none. */
export function refuseUnpublished({ outcome }: Told, toldNothing: readonly string[], by: CommandName): Refusal | false {
  const themselves = [...new Set(toldNothing)].map((one): Missing => ({ what: `${one}, told themselves`, suppliedBy: 'facilitator', by }));
  return (
    outcome === 'published' && themselves.length > 0 &&
    refusal('feedback.not-published', 'By what is published those are told of whose words it tells: it is out, and was not before their answer.', { what: 'what people said and what was done, published', suppliedBy: 'publisher', by: 'publish' }, ...themselves)
  );
}
