import type { AgreementCommandInput } from '@concordat/agreement';
import type { Agreement } from '@concordat/agreement/core';

type Without<T> = T extends unknown ? Omit<T, 'agreement'> : never;
/** A command of the agreement the story is about. */
export type Step = Without<AgreementCommandInput>;

/** What a story is told with: commands to its own agreement, sent by whoever may take each step. */
export interface Teller {
  /** The day of the history, from 0; everything after happens on it. */
  on(day: number): Promise<void>;
  did(called: string, step: Step): Promise<void>;
  /** Its agreement as it stands. */
  seen(): Promise<Agreement>;
  /** An id that is the same whenever the story is told. */
  id(name: string): string;
  person(called: string): string;
  provider(at: number): string;
  /** Another story's agreement, and an id of it, such as somebody who took part there. */
  elsewhere(story: string): { readonly agreement: string; readonly id: (name: string) => string };
  /** Today, as a civil date. */
  today(): string;
}
