import { parseArgs } from 'node:util';

/** An agreement with a long history and many voices. */
const many = { events: 10_000, contributions: 1_000, risks: 100 };

/** How much a run measures. `full` is what the bars are set for; `quick` is done in a minute, so it leaves out what that is too short for. */
export const sizes = {
  quick: { starts: 3, rounds: 5, clients: [1, 32], compileMs: 6_000, warmUpMs: 200, measureMs: 700, openLoop: false, more: undefined },
  full: { starts: 5, rounds: 7, clients: [1, 8, 32, 128], compileMs: 20_000, warmUpMs: 1_000, measureMs: 3_000, openLoop: true, more: { lists: { sizes: [1_000, 100_000], times: 200 }, releases: 10_000, growth: { rounds: 12, measureMs: 2_000, many } } },
} as const;

export const usage = 'Usage: npm run bench [-- --quick]   (--quick takes a minute, for cold start, throughput and round trips alone; without it everything is measured, for ten minutes and more)\n';

/** What was asked for: everything, unless somebody says otherwise. Undefined where it was not understood. */
export function askedFor(args: string[]): keyof typeof sizes | undefined {
  try {
    const { values } = parseArgs({ args, options: { quick: { type: 'boolean' } } });
    return values.quick ? 'quick' : 'full';
  } catch {
    // node:util throws for a flag it does not know: the usage says which there are.
    return undefined;
  }
}
