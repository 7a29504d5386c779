import { availableParallelism, loadavg } from 'node:os';

/**
 * How many times more there is to do on this machine than it can do at once, from 1 (idle, or just busy). Everything takes as
 * much longer; promises of time are made for a machine that does nothing else.
 */
export const oversubscription = (): number => Math.max(1, loadavg()[0]! / availableParallelism());
