import type { Agreement } from './agreement.js';

/** What it came from; null where it came from nothing, or has gone to a successor since, where what it came from is not. */
export function above({ tree, transfer }: Agreement): Agreement['tree']['parent'] {
  return transfer.came.length > 0 ? null : tree.parent;
}
