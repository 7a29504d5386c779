import { oversubscription } from './oversubscription.js';

/**
 * Asks until there is an answer: the way to wait for something that happens later, instead of sleeping.
 * @param ask gives the answer, or undefined while there is none; what it throws is told when time is up.
 * @throws Error after `withinMs` (10 s unless told), or as much later as the machine is oversubscribed.
 */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined, withinMs = 10_000): Promise<T> {
  const since = performance.now();
  for (;;) {
    let last: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (fault) {
      last = fault;
    }
    const waited = performance.now() - since;
    if (waited > withinMs && waited > withinMs * oversubscription()) throw new Error(`It did not happen within ${waited.toFixed(0)} ms.`, { cause: last });
    await new Promise((done) => setTimeout(done, 10));
  }
}
