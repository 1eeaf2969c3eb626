/** Counters are kept by what each source added to them: what it adds now less what it had added is the change. */
export type Counts = Readonly<Record<string, number>>;

/** By how much each counter changes; those that don't are left out. */
export function changesOf(before: Counts, after: Counts): Counts {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(
    keys
      .map((key) => [key, (after[key] ?? 0) - (before[key] ?? 0)] as const)
      .filter(([, change]) => change !== 0),
  );
}

/** The sum of many. */
export function sumOfCounts(all: readonly Counts[]): Counts {
  const sum: Record<string, number> = {};
  for (const counts of all) {
    for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count;
  }
  return changesOf({}, sum);
}
