/** Finds probable duplicates among records that are new or have changed, a few at a time. [REG-16] */
import { type Chore, runUnit, type Unit } from '@shixun/runtime';
import { type TeacherRow, teachers } from '../teachers/store.ts';
import { commonRegion, pairId, sharedLikeness } from './likeness.ts';
import { duplicatePairs, newcomers, type PairRow } from './store.ts';

const batchRows = 500;
const unitsMax = 10;
/** People of one name and birth date are few; a digest that more share says nothing and is left alone. */
const alikeMax = 20;

const compared = ['likeness', 'status', 'regionCode'] as const;
type Compared = Pick<TeacherRow, '_id' | (typeof compared)[number]>;

export const findDuplicatesChore: Chore = {
  name: 'find-duplicates',
  everyMs: 5_000,
  run: async ({ db, run }) => {
    for (let units = 0; units < unitsMax; units += 1) {
      if (!(await runUnit(db, findDuplicatesOnce, run))) return;
    }
  },
};

/** Compares some records with all others. Answers whether there were any to compare. */
export async function findDuplicatesOnce(unit: Unit): Promise<boolean> {
  const together = await unit.find(newcomers, {}, { sort: { _id: 1 }, limit: 1 });
  for (const { _id, teacherIds } of together) {
    const some = { _id: { $in: teacherIds } };
    await compare(unit, await unit.findFields(teachers, some, compared));
    unit.remove(newcomers, { _id });
  }
  if (together.length > 0) return true;
  const pending = { sort: { _id: 1 }, limit: batchRows } as const;
  const rows = await unit.findFields(teachers, { likenessPending: true }, compared, pending);
  if (rows.length === 0) return false;
  await compare(unit, rows);
  // By the id alone, which is much the cheapest: who changes one of them meanwhile conflicts with this unit.
  for (const { _id } of rows) {
    unit.update(teachers, { _id }, { $unset: { likenessPending: '' } });
  }
  return true;
}

async function compare(unit: Unit, rows: readonly Compared[]): Promise<void> {
  const digests = [...new Set(rows.flatMap(({ likeness }) => likeness ?? []))];
  const sharing = { likeness: { $exists: true, $in: digests } };
  const alike = await unit.findFields(teachers, sharing, compared);
  const byDigest = new Map<string, Compared[]>();
  for (const row of alike) {
    for (const digest of row.likeness ?? []) {
      byDigest.set(digest, [...(byDigest.get(digest) ?? []), row]);
    }
  }
  for (const pair of pairsOf(rows, byDigest, unit.now)) {
    const { _id, ...found } = pair;
    // A pair that a bureau has decided stays decided.
    unit.upsert(duplicatePairs, { _id }, { $setOnInsert: found });
  }
}

function pairsOf(
  rows: readonly Compared[],
  byDigest: ReadonlyMap<string, readonly Compared[]>,
  foundAt: Date,
): Iterable<PairRow> {
  const pairs = new Map<string, PairRow>();
  for (const row of rows.filter(({ status }) => status !== 'merged')) {
    const others = (row.likeness ?? []).flatMap((digest) => {
      const found = byDigest.get(digest) ?? [];
      return found.length > alikeMax ? [] : found;
    });
    for (const other of others) {
      const regionCode = commonRegion(row.regionCode, other.regionCode);
      if (other._id === row._id || other.status === 'merged' || regionCode === null) continue;
      const [teacherId, otherId] = [row._id, other._id].toSorted() as [string, string];
      const likeness = sharedLikeness(row.likeness ?? [], other.likeness ?? []);
      const _id = pairId(teacherId, otherId);
      const pair = { _id, teacherId, otherId, regionCode, likeness, foundAt };
      pairs.set(_id, { ...pair, state: 'open', reason: null });
    }
  }
  return pairs.values();
}
