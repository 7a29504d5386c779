import { asCalendar } from './calendar-file.js';
import type { WorkKind } from './core/index.js';
import { asCsv, asXlsx, type Column } from './table-file.js';
import type { WorkRow } from './work.store.js';

/** One thing that waits, and for whom: the reader, or others whom the reader asked. */
export interface WorkLine extends WorkRow {
  readonly waitsFor: 'you' | 'others';
  /** Whose it is, where it waits for the reader as whoever stands in for them. */
  readonly inPlaceOf: string | null;
}

/** What each kind of work is, where nothing more is said of it. */
export const workSays: Readonly<Record<WorkKind, string>> = {
  'sign-off': 'A sign-off is asked',
  second: 'A second person is asked to read a sign-off',
  'second-decision': 'A second person is asked to read a decision',
  'call-in': 'A decision was called in: it is to be said what became of that',
  'second-variation': 'A second person is asked to read the decision on a variation',
  declaration: 'You are asked to say where your own interest lies, or that you have none',
  uninviting: 'That a provider is invited no more waits for a second person',
  interest: 'Another person is asked to agree that an interest is over',
  reply: 'A second person is asked to read a reply to an objection',
  condition: 'A condition of a sign-off is still to be done',
  statement: 'A view is asked of those who carry a risk',
  objection: 'An objection waits for a reply',
  theme: 'A theme waits for an answer',
  unplaced: 'Contributions stand in no theme',
  unread: 'What people said has been read by nobody yet',
  'own-answer': 'An answer of their own is asked for',
  concern: 'A concern is to be passed on',
  reversal: 'People are to be told that it was undone',
  'control-aged': 'Proof of a control is too old',
  'control-ages': 'Proof of a control gets too old within two weeks',
  'control-fails': 'A control was found not to work',
  'review-due': 'A risk is to be looked at again',
  'incident-unscored': 'A new score is asked for after an incident',
  unseen: 'A risk above the appetite waits to be seen',
  'provider-concern': 'A provider’s concern waits for an answer',
  difference: 'A difference between a provider’s figure and what people say is to be discussed',
  'hours-rose': 'Hours that people give rose: they are to be asked whether they want to give them',
  variation: 'A variation waits for a decision',
  'variation-agreed': 'A variation that was agreed is in force, and is to be carried out',
  advice: 'A shared-risk panel’s advice waits for a word',
  notice: 'A notice is to be published',
  obligation: 'An obligation is due',
  'own-obligation': 'Something your organisation owes is due',
  improvement: 'What a quality visit asked to be improved is due',
  'own-improvement': 'What a quality visit asked your organisation to improve is due',
  'quality-visit': 'A quality visit is due',
  cycle: 'A cycle of delivery ends',
  'gate-condition': 'Something a gate opened on is due',
  action: 'Something that a review meeting agreed is due',
  'staff-information': 'Information on staff who pass to another employer is owed',
  'own-staff-information': 'Your organisation owes information on staff who pass to another employer',
  commitment: 'A promise made to people is due',
  lapse: 'A sign-off ends unless it is renewed',
  effect: 'An effect can be seen from now on, and is to be measured',
  consultation: 'A consultation has closed, and what people said is to be considered',
  publication: 'What was planned may go out',
  'publication-held': 'What was planned is held back before an election',
  'publication-notice': 'Data waits for its official notice',
  held: 'An agreement was on hold until now',
  expiry: 'A registration, insurance or continuity plan ends within 60 days, or has ended',
  'condition-proposed': 'What a gate may open on waits for your word',
  'condition-of-discipline': 'What a gate may open on waits for the word of your discipline',
  challenge: 'A provider’s challenge waits for an answer',
  waiver: 'A waiver is asked and waits for an answer',
  'waiver-view': 'The view of those it concerns is asked on a waiver',
  'waiver-expires': 'A waiver at the next gate ends within two weeks, or has ended',
  'waiver-review': 'The third waiver of one condition and team waits for a review',
  decision: 'A decision is asked on the proposed award',
  acceptance: 'The award waits for the provider to accept',
  'variation-acceptance': 'A variation waits for the provider to accept',
  gate: 'The gate can open',
  'stale-sign-off': 'A sign-off is to be asked for again',
};

const columns = (link: (id: string) => string): readonly Column<WorkLine>[] => [
  { heading: 'What', width: 46, kind: 'text', of: ({ kind }) => workSays[kind] },
  { heading: 'How many', width: 10, kind: 'count', of: ({ count }) => count },
  { heading: 'Waits for', width: 10, kind: 'text', of: ({ waitsFor }) => waitsFor },
  { heading: 'Since', width: 12, kind: 'day', of: ({ since }) => since.slice(0, 10) },
  { heading: 'By', width: 12, kind: 'day', of: ({ dueOn }) => dueOn },
  { heading: 'Agreement', width: 50, kind: 'text', of: ({ title }) => title },
  { heading: 'Stage', width: 16, kind: 'text', of: ({ stage }) => stage },
  { heading: 'Address', width: 60, kind: 'text', of: ({ agreement }) => link(agreement) },
];

/** What waits as CSV. @param link the address of an agreement's page, by its id. */
export function workAsCsv(lines: readonly WorkLine[], link: (id: string) => string): string {
  return asCsv(columns(link), lines);
}

/** What waits as an XLSX workbook. */
export function workAsXlsx(lines: readonly WorkLine[], link: (id: string) => string): Promise<Buffer> {
  return asXlsx('My work', columns(link), lines);
}

/** What waits as an iCalendar file, each thing on its last day in time, or where it has none on the day it began to wait. */
export function workAsCalendar(lines: readonly WorkLine[], link: (id: string) => string): string {
  return asCalendar('My work', lines.map(({ kind, subject, agreement, title, since, dueOn, waitsFor }) => ({
    uid: `work-${kind}-${subject === '' ? agreement : subject}@concordat`,
    sequence: 0,
    changedAt: since,
    on: dueOn ?? since.slice(0, 10),
    summary: `${workSays[kind]}: ${title}`,
    description: waitsFor === 'you' ? 'It waits for you.' : 'You asked for it, and wait for others.',
    url: link(agreement),
  })));
}
