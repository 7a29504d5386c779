import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { themeOf } from './answering.js';
import type { CommandName } from './command.js';
import type { Contribution } from './contribution.js';
import type { Told } from './feedback.js';
import { isOfThePlaced, publicOf } from './publication.js';
import { refusal } from './refusal.js';
import type { Context } from './topic.js';
import { tellable } from './you-said-we-did.js';

/*
 * By what is published people are told of what it tells. Of the rest those are told themselves whose word it was: what was answered or undone
 * since, an answer of one's own, a theme that stands there only as one of so many.
 */

/** The last day on which what people said and what was done went out, of what is before everybody now. */
const wentOutOn = (agreement: Agreement): CivilDate | undefined => publicOf(agreement).findLast(({ of }) => of.is === 'you-said-we-did')?.published?.on;

type Erased = Pick<Context, 'erased'>;

/** Is everybody told of this theme, as it stands since that day? */
export function themesToldToAll(agreement: Agreement, { erased }: Erased): (theme: string, since: CivilDate | null | undefined) => boolean {
  const on = wentOutOn(agreement);
  if (on === undefined) return () => false;
  const told = tellable(agreement, erased, agreement);
  return (theme, since) => typeof since === 'string' && since <= on && told.has(theme);
}

const whereAllThemes = (are: (theme: string) => boolean) => ({ themes, own }: Contribution): boolean => own === null && themes.length > 0 && themes.every(are);

/** Is everybody told what was done with this? */
export function toldToAll(agreement: Agreement, context: Erased): (said: Contribution) => boolean {
  const isTold = themesToldToAll(agreement, context);
  return whereAllThemes((id) => isTold(id, themeOf(agreement, id)?.answeredOn));
}

/** Would everybody be told what was done with this, were it published now? */
export function wouldBeTold(agreement: Agreement, { erased }: Erased): (said: Contribution) => boolean {
  const told = tellable(agreement, erased, agreement);
  return whereAllThemes((id) => told.has(id));
}

/** What has them told by what is published; nothing where that tells nobody of it, published anew or not. */
function outForThem(agreement: Agreement, helps: boolean): readonly Missing[] {
  if (!helps || isOfThePlaced(agreement, { is: 'you-said-we-did' })) return [];
  const isPlanned = agreement.publications.some(({ of, published }) => of.is === 'you-said-we-did' && published === null);
  return [{ what: 'what people said and what was done, published', suppliedBy: 'publisher', by: isPlanned ? 'publish' : 'plan-publication' }];
}

/** The refusal to take these as told by what is published, which tells nothing of theirs; false where there are none. `helps`: publishing it now would tell somebody of them. */
export function refuseUnpublished(agreement: Agreement, { outcome }: Told, toldNothing: readonly string[], helps: () => boolean, by: CommandName): Refusal | false {
  const themselves = [...new Set(toldNothing)].map((one): Missing => ({ what: `${one}, told themselves`, suppliedBy: 'facilitator', by }));
  return (
    outcome === 'published' && themselves.length > 0 &&
    refusal('feedback.not-published', 'By what is published those are told of whose words it tells: it is out, and was not before their answer.', ...outForThem(agreement, helps()), ...themselves)
  );
}
