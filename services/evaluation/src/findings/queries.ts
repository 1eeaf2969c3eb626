/** How many findings a region has in each state, and each region right below it. [EVL-12] */
import { type CivilDate, regionLevel } from '@shixun/kernel';
import { type Database, within } from '@shixun/runtime';
import type { FindingState } from './life-cycle.ts';
import { findings } from './store.ts';

type Group = {
  readonly _id: { readonly part: string; readonly state: FindingState; readonly overdue: boolean };
  readonly count: number;
};

export type Counts = Record<FindingState, number> & { overdue: number };
export type FindingCounts = {
  readonly regionCode: string;
  readonly counts: Counts;
  readonly below: readonly { readonly regionCode: string; readonly counts: Counts }[];
};

/** One pass over the region's part of an index: the rows themselves are not read. */
export async function countFindings(
  db: Database,
  regionCode: string,
  today: CivilDate,
): Promise<FindingCounts> {
  const level = regionLevel(regionCode);
  const digits = level === 'province' ? 4 : 6;
  const groups = (await db
    .model(findings)
    .collection.aggregate([
      { $match: { regionCode: within(regionCode) } },
      {
        $group: {
          _id: {
            part: { $substrBytes: ['$regionCode', 0, digits] },
            state: '$state',
            overdue: { $and: [{ $gt: ['$dueOn', null] }, { $lt: ['$dueOn', today] }] },
          },
          count: { $sum: 1 },
        },
      },
    ])
    .toArray()) as unknown as Group[];
  const parts = Map.groupBy(groups, ({ _id }) => _id.part);
  const below = [...parts].map(([part, own]) => ({
    regionCode: part.padEnd(6, '0'),
    counts: countsOf(own),
  }));
  below.sort((a, b) => (a.regionCode < b.regionCode ? -1 : 1));
  const isCounty = level !== 'province' && level !== 'city';
  return { regionCode, counts: countsOf(groups), below: isCounty ? [] : below };
}

function countsOf(groups: readonly Group[]): Counts {
  const counts: Counts = { open: 0, ordered: 0, answered: 0, resolved: 0, waived: 0, overdue: 0 };
  for (const { _id, count } of groups) {
    counts[_id.state] += count;
    if (_id.overdue) counts.overdue += count;
  }
  return counts;
}
