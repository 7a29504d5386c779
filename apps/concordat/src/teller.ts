import type { PersonRequest } from '@concordat/access';
import type { AgreementCommandInput } from '@concordat/agreement';
import type { Agreement, Commands } from '@concordat/agreement/core';

type Without<T> = T extends unknown ? Omit<T, 'agreement'> : never;
/** A command of the agreement the story is about. Those that carry nothing at all would be lost with their agreement. */
export type Step = Without<AgreementCommandInput> | { readonly name: 'resume' | 'agree-transfer' };

/** What a story is told with: commands to its own agreement, sent by whoever may take each step. */
export interface Teller {
  /** The id of its agreement. */
  readonly agreement: string;
  /** The day of the history, from 0; everything after happens on it. */
  on(day: number): Promise<void>;
  /** So many days after the one it is now. */
  later(days: number): Promise<void>;
  did(called: string, step: Step): Promise<void>;
  /** Its agreement is taken over by an import, whose record does not say what raises its tier. */
  imported(contract: Omit<Commands['take-over-agreement'], 'agreement' | 'raises'>): Promise<void>;
  /** Something that concerns a person and no agreement, such as who stands in for them. */
  arranged(called: string, request: PersonRequest): Promise<void>;
  /** Its agreement as it stands. */
  seen(): Promise<Agreement>;
  /** An id that is the same whenever the story is told. */
  id(name: string): string;
  person(called: string): string;
  provider(at: number): string;
  /** Another story's agreement, and an id of it, such as somebody who took part there. */
  elsewhere(story: string): { readonly agreement: string; readonly id: (name: string) => string };
  /** Goes on with an agreement that this one opened, such as a call-off, under the id of this name. */
  child(name: string): Teller;
  /** Today, as a civil date. */
  today(): string;
}
