/** How far a source was verified. */
export const sourceMarks = ['text', 'practice', 'check', 'own'] as const;

/**
 * Where a rule or figure comes from. `text`: read in the text of the law or its guidance; `practice`: common practice,
 * not read; `check`: to be verified before anyone relies on it; `own`: Concordat's own proposal, which rests on no law and
 * which an organisation changes in a process of its own.
 */
export interface Source {
  readonly cites: string;
  readonly mark: (typeof sourceMarks)[number];
}
