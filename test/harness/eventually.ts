/**
 * Asks until there is an answer: the way to wait for something that happens later, instead of sleeping.
 * @param ask gives the answer, or undefined while there is none; what it throws is told when time is up.
 * @throws Error after `withinMs` (10 s unless told).
 */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined, withinMs = 10_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let last: unknown;
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (fault) {
      last = fault;
    }
    if (performance.now() > deadline) throw new Error(`It did not happen within ${withinMs} ms.`, { cause: last });
    await new Promise((done) => setTimeout(done, 10));
  }
}
