/** The queries a teacher sends at eight in the morning, each on an index. [CRS-40] */
import { civilDateOf, type Instant, regionPath } from '@shixun/kernel';
import { within } from '@shixun/runtime';
import { type Distance, type RatingBand, rankOf } from './facets.ts';
import { wordsOf } from './words.ts';

export type MenuFilter = {
  readonly text?: string | null;
  readonly stage?: string | null;
  readonly subject?: string | null;
  readonly modality?: string | null;
  readonly level?: string | null;
  readonly channel?: string | null;
  readonly institutionId?: string | null;
  readonly opensFrom?: string | null;
  readonly opensTo?: string | null;
  readonly distance?: Distance | null;
  readonly ratingAtLeast?: RatingBand | null;
};

type Teacher = { readonly regionCode: string };

/** Orders of the list; each is the tail of an index that begins with the region. */
export const menuSorts = {
  soonest_closing: [
    ['closesAt', 1],
    ['_id', 1],
  ],
  soonest_starting: [
    ['opensOn', 1],
    ['_id', 1],
  ],
  best_rated: [
    ['ratingRank', 1],
    ['closesAt', 1],
    ['_id', 1],
  ],
} as const;
export type MenuOrder = keyof typeof menuSorts;

/** The regions whose menus are a teacher's: the county and what it lies in, since no township has a menu. */
export function menuRegionsOf({ regionCode }: Teacher): readonly string[] {
  return regionPath(regionCode.slice(0, 6));
}

const exact = ['stage', 'subject', 'modality', 'level', 'channel', 'institutionId'] as const;

/**
 * The items of the teacher's regions that are not closed, narrowed. A class opens after its window has closed, so those
 * that have begun are left out by the index of that order, too.
 */
export function itemsFor(teacher: Teacher, filter: MenuFilter, now: Instant) {
  const today = civilDateOf(now);
  const { opensFrom, opensTo, distance, ratingAtLeast } = filter;
  const from = opensFrom && opensFrom > today ? opensFrom : today;
  const same = exact.flatMap((name) => (filter[name] ? [[name, filter[name]]] : []));
  const words = filter.text ? wordsOf(filter.text) : [];
  return {
    regionCode: { $in: menuRegionsOf(teacher) },
    closesAt: { $gt: now },
    opensOn: { $gte: from, ...(opensTo ? { $lte: opensTo } : {}) },
    ...Object.fromEntries(same),
    ...(words.length > 0 ? { words: { $all: words } } : {}),
    ...(ratingAtLeast ? { ratingRank: { $lte: rankOf(ratingAtLeast) } } : {}),
    ...(distance ? { placeRegionCode: near(teacher.regionCode, distance) } : {}),
  };
}

/**
 * The index of words for a search in an order that it holds. Left to itself the database keeps the plan that did for a
 * common word, which reads every open item for a rare one.
 */
export function indexFor(items: ReturnType<typeof itemsFor>, order: MenuOrder) {
  if (!('words' in items) || order === 'soonest_starting') return undefined;
  const sort: Readonly<Record<string, 1>> = Object.fromEntries(menuSorts[order]);
  return { regionCode: 1, words: 1, ...sort } as const;
}

/** Regions no further than that; nothing is further than further. */
function near(regionCode: string, distance: Distance) {
  const path = regionPath(regionCode);
  const at = { county: 2, city: 1, province: 0, further: -1 }[distance];
  const region = path[at];
  return region === undefined ? { $gte: '' } : within(region);
}
