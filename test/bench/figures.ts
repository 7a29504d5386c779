/** The middle of several measurements, and how far they lie apart. */
export interface Figure {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

/** @param measured at least one. */
export function figureOf(measured: readonly number[]): Figure {
  const sorted = [...measured].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median, lowest: sorted[0]!, highest: sorted.at(-1)! };
}

/** The value that this part of all values does not exceed (nearest rank). @param part 0 to 1. */
export function percentile(measured: readonly number[], part: number): number {
  const sorted = [...measured].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? Number.NaN;
}

/** A floor that varied more than twofold between rounds says more about the machine than about the product. */
const mostSpread = 2;

export type Verdict = 'ahead of all' | 'first bar held' | 'BELOW THE FIRST BAR' | 'no verdict';

/** What a ratio of product to floor, one a round, comes to against its two bars. */
export function verdictOn(ratios: readonly number[], floors: readonly number[], bars: { readonly first: number; readonly aheadOfAll: number }): Verdict {
  const floor = figureOf(floors);
  if (floor.highest > mostSpread * floor.lowest) return 'no verdict';
  const { median } = figureOf(ratios);
  if (median >= bars.aheadOfAll) return 'ahead of all';
  return median >= bars.first ? 'first bar held' : 'BELOW THE FIRST BAR';
}

/** What a figure comes to against its bar, as it is printed beside it. */
export function said(held: boolean): string {
  return held ? 'held' : 'NOT HELD';
}

/** The lines of a report whose bar was not held. Where the floor varied too much there is no verdict, and none is among them. */
export function notHeld(report: string): string[] {
  return report.split('\n').filter((line) => /NOT HELD|BELOW THE FIRST BAR/.test(line));
}

/** `1234 [1100–1300]`. */
export function shown({ median, lowest, highest }: Figure, digits = 0): string {
  const one = (value: number) => value.toFixed(digits);
  return `${one(median)} [${one(lowest)}–${one(highest)}]`;
}

/** Columns as wide as their widest cell. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()}\n`).join('');
}
