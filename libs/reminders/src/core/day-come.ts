import type { DayKind } from '@concordat/register/core';
import type { Part } from './part.js';

/** Kinds of work of which people are told by e-mail when a day comes: those that come with a day, and those that have a last one. */
type Told = DayKind | 'condition' | 'unread' | 'unplaced' | 'own-answer' | 'reversal' | 'theme';

interface DayWords {
  /** Of the day from which it waits; null where people were told when it came about, or are told by another kind. */
  readonly waits: string | null;
  /** Of the day on which its last day in time is over; null where there is nothing more to say. */
  readonly over: string | null;
  readonly part: Part;
}

const day = (part: Part, waits: string | null, over: string | null): DayWords => ({ waits, over, part });

/** The one table of what is told by e-mail when days come. Like every mail it names nobody and quotes nothing. */
const days: { readonly [K in Told]: DayWords } = {
  notice: day('/award', 'A notice is to be published within two weeks.', 'The last day for publishing a notice is over, and none is on record.'),
  obligation: day('/delivery', 'An obligation is due within two weeks.', 'An obligation is overdue.'),
  'own-obligation': day('/delivery', 'Something your organisation owes is due within two weeks.', 'Something your organisation owes is overdue.'),
  'own-improvement': day('/delivery', 'What a quality visit asked your organisation to improve is due within two weeks.', 'What a quality visit asked your organisation to improve is overdue.'),
  improvement: day('/delivery', 'What a quality visit asked to be improved is due within two weeks.', 'What a quality visit asked to be improved is overdue.'),
  'quality-visit': day('/delivery', 'A quality visit is due within two weeks.', 'A quality visit is overdue.'),
  cycle: day('/delivery', 'A cycle of delivery ends within two weeks.', 'The last day of a cycle of delivery is over.'),
  'gate-condition': day('', 'What a gate opened on is due within two weeks.', 'What a gate opened on is overdue, and shuts the next gate.'),
  action: day('/delivery', 'What a review meeting agreed for you to do is due within two weeks.', 'What a review meeting agreed for you to do is overdue.'),
  'staff-information': day('/delivery', 'Information on staff who pass to another employer is owed within two weeks.', 'Information on staff who pass to another employer is overdue.'),
  'own-staff-information': day('/delivery', 'Your organisation owes information on staff who pass to another employer within two weeks.', 'Information that your organisation owes on staff who pass to another employer is overdue.'),
  commitment: day('/involvement', 'A promise made to people is due within two weeks.', 'A promise made to people is overdue.'),
  lapse: day('/sign-offs', 'A sign-off ends within two weeks unless it is renewed.', 'A sign-off has ended.'),
  effect: day('/value', 'An effect can be seen from today on, and is to be measured.', null),
  consultation: day('/award', 'A consultation has closed. What people said is to be considered.', null),
  publication: day('/award', 'What was planned to go out may be published from today on.', null),
  held: day('', 'An agreement was on hold until today.', null),
  expiry: day('/delivery', 'A registration, insurance or continuity plan ends within 60 days.', 'A registration, insurance or continuity plan has ended.'),
  'waiver-expires': day('', 'A waiver at the next gate ends within two weeks.', 'A waiver at the next gate has ended.'),
  'variation-agreed': day('/delivery', 'A variation that was agreed is in force, and waits to be carried out.', null),
  'control-ages': day('/risk', 'Proof that a control works gets too old within two weeks.', null),
  'control-aged': day('/risk', 'Proof that a control works is too old.', null),
  'review-due': day('/risk', 'A risk is to be looked at again.', null),
  'incident-unscored': day('/risk', null, 'The risk of an incident is still to be scored anew.'),
  condition: day('/sign-offs', null, 'What a sign-off was given on condition of is overdue.'),
  unread: day('/involvement', null, 'What people said was read by nobody on the day it came in.'),
  'own-answer': day('/involvement', null, 'An answer of somebody’s own is overdue.'),
  reversal: day('/involvement', null, 'Word to people that what they were told was undone is overdue.'),
  theme: day('/involvement', null, 'A theme of what people said is overdue for an answer: it was reopened or deferred, or holds what came late.'),
  unplaced: day('/involvement', null, 'What somebody said after the closing day is overdue for an answer.'),
};

/** How it is kept that a day came for work of a kind. */
export const dayType = (kind: string, came: 'waits' | 'over'): string => `work.${kind}#${came}`;

/** What a mail says of a day that came; undefined where nobody is told. */
export function dayWordsOf(type: string): { readonly says: string; readonly part: Part; readonly kind: 'asked' } | undefined {
  const [, kind = '', came = ''] = /^work\.([a-z-]+)#(waits|over)$/.exec(type) ?? [];
  const words = (days as Readonly<Partial<Record<string, DayWords>>>)[kind];
  const says = words?.[came as 'waits' | 'over'] ?? null;
  return words === undefined || says === null ? undefined : { says, part: words.part, kind: 'asked' };
}
