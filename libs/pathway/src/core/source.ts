/**
 * Where a rule or figure comes from. `text`: read in the text of the law or its guidance; `practice`: common practice,
 * not read; `check`: to be verified before anyone relies on it.
 */
export interface Source {
  readonly cites: string;
  readonly mark: 'text' | 'practice' | 'check';
}
