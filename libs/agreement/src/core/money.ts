import type { Money } from './facts.js';

// Whole pence, because a binary fraction is no money.
const penceOf = (amount: string): bigint => BigInt(amount.replace('.', ''));

function written(pence: bigint): string {
  const digits = String(pence).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The sum of amounts of one currency, as people write it: `"1234.50"`. */
export function sumOf(amounts: readonly Pick<Money, 'amount'>[]): string {
  return written(amounts.reduce((sum, { amount }) => sum + penceOf(amount), 0n));
}

/** So many times an amount. */
export function timesOf(amount: string, times: number): string {
  return written(penceOf(amount) * BigInt(times));
}

/** Is one amount above another of the same currency? */
export function isAbove(one: string, other: string): boolean {
  return penceOf(one) > penceOf(other);
}

/** What one amount leaves of another; nothing where it is the larger. */
export function leftOf(whole: string, taken: string): string {
  return isAbove(taken, whole) ? '0.00' : written(penceOf(whole) - penceOf(taken));
}
