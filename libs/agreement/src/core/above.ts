import type { Agreement } from './agreement.js';
import type { States } from './topic.js';

/**
 * What it came from; null where it came from nothing, or was split from what did not go to a successor with it: a whole that is split stays.
 * What it was called off from may be here, may come later, or may have gone before: see `isHere`.
 */
export function above({ tree, transfer }: Agreement): Agreement['tree']['parent'] {
  return transfer.came.length > 0 && tree.parent?.as === 'split-from' ? null : tree.parent;
}

/** Is this agreement, as it was read, in this organisation, and still written in? */
export const isHere = (agreement: Agreement | undefined): boolean => agreement !== undefined && agreement.lifecycle !== 'none' && agreement.lifecycle !== 'transferred';

/** Does another agreement end it, which was not given up itself? */
export const isEnded = ({ agreement: { tree }, others }: Pick<States, 'agreement' | 'others'>): boolean =>
  tree.links.some(({ agreement, as }) => as === 'ended-by' && others[agreement]?.lifecycle !== 'cancelled');

/**
 * The agreement this theme came from, where this one was split from it: whoever gave it is told there, once, whichever contracts undo
 * it. What was split again tells for its own contracts.
 */
export function toldIn(agreement: Agreement, theme: string): string | undefined {
  const parent = above(agreement);
  const whole = parent?.as === 'split-from' && agreement.lifecycle !== 'split' ? parent.agreement : undefined;
  return agreement.carried.some(({ id, from }) => id === theme && from === whole) ? whole : undefined;
}
