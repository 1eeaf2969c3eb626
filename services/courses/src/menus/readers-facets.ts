/** Counts of facets: from memory while they hold, otherwise over an index slice up to a bound. [CRS-40] */
import { civilDateOf, startOfDay } from '@shixun/kernel';
import type { Database, GraphContext } from '@shixun/runtime';
import type { TeacherRow } from '../projections/teachers.ts';
import { facetsOf } from './facets.ts';
import { itemsFor, type MenuFilter, menuRegionsOf, menuSorts } from './readers.ts';
import { type Counted, KeptCounts } from './readers-kept.ts';
import { type MenuItemRow, type MenuVersionRow, menuItems, menuVersions } from './store.ts';

/** Items that facets are counted over at most: a county's open menus hold a few hundred. */
const itemsMax = 2_000;

const fields = [
  'stage',
  'subject',
  'modality',
  'level',
  'channel',
  'institutionId',
  'placeRegionCode',
  'opensOn',
  'ratingRank',
  'closesAt',
] as const;

type Facets = ReturnType<typeof facetsOf> & { readonly total: number; readonly complete: boolean };
type Slice = Pick<MenuItemRow, (typeof fields)[number]>;

const keptBy = new WeakMap<Database, KeptCounts<Facets>>();

function keptOf(db: Database): KeptCounts<Facets> {
  const kept = keptBy.get(db) ?? new KeptCounts<Facets>();
  keptBy.set(db, kept);
  return kept;
}

/** The state that several regions are at, as one text; a region that never had an item is at none. */
function versionOf(
  regionCodes: readonly string[],
  rows: readonly (MenuVersionRow | null)[],
): string {
  const versions = new Map(rows.map((row) => [row?._id, row?.version]));
  return regionCodes.map((code) => versions.get(code) ?? 0).join('/');
}

/** Whoever asks for the same items on the same day shares the counts; a hit reads the versions of the regions only. */
export async function menuFacets(
  teacher: TeacherRow,
  filter: MenuFilter,
  context: GraphContext,
): Promise<Facets> {
  const { db, now } = context;
  const regions = menuRegionsOf(teacher);
  const rows = await Promise.all(regions.map((code) => context.loadOne(menuVersions, code)));
  const today = startOfDay(civilDateOf(now));
  const key = JSON.stringify(itemsFor(teacher, filter, today));
  return keptOf(db).of({ key, version: versionOf(regions, rows), now }, () =>
    countItems(teacher, filter, context),
  );
}

/** In one session, so that the items are read as they are at that version or later, whichever member answers. */
async function countItems(
  teacher: TeacherRow,
  filter: MenuFilter,
  { db, now }: GraphContext,
): Promise<Counted<Facets>> {
  const regions = menuRegionsOf(teacher);
  return db.connection.withSession(async (session) => {
    const rows = await db
      .model(menuVersions)
      .find({ _id: { $in: regions } }, null, { session })
      .lean();
    const items = (await db
      .model(menuItems)
      .collection.find(itemsFor(teacher, filter, now) as never, {
        session,
        projection: { _id: 0, ...Object.fromEntries(fields.map((field) => [field, 1])) },
        // One batch: as long as it takes, nothing else is counted.
        batchSize: itemsMax + 2,
      })
      .sort(Object.fromEntries(menuSorts.soonest_closing))
      .limit(itemsMax + 1)
      .toArray()) as unknown as Slice[];
    const counted = items.slice(0, itemsMax);
    const complete = items.length <= itemsMax;
    return {
      counts: { total: counted.length, complete, ...facetsOf(counted, teacher.regionCode) },
      version: versionOf(regions, rows),
      from: now,
      until: counted[0]?.closesAt ?? null,
    };
  });
}
