/** The rows by what `of` says of them, in the order in which each group was first met. */
export function grouped<T, K>(rows: readonly T[], of: (row: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const row of rows) groups.set(of(row), [...(groups.get(of(row)) ?? []), row]);
  return groups;
}
