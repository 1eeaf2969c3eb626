/** Counts of what a teacher could narrow a menu by. [CRS-40] */
export type FacetSource = {
  readonly stage: string;
  readonly subject: string;
  readonly modality: string;
  readonly level: string;
  readonly channel: string;
  readonly institutionId: string | null;
  readonly placeRegionCode: string;
  readonly opensOn: string;
  readonly ratingRank: number;
};

export type FacetCount = { readonly value: string; readonly count: number };
export type Distance = 'county' | 'city' | 'province' | 'further';

/** How far a region is from the teacher's: the nearest region that holds both. */
export function distanceOf(placeRegionCode: string, teacherRegionCode: string): Distance {
  const same = (digits: number) =>
    placeRegionCode.slice(0, digits) === teacherRegionCode.slice(0, digits);
  const place = placeRegionCode.slice(0, 6);
  if (same(6) && !place.endsWith('00')) return 'county';
  if (same(4) && !place.endsWith('0000')) return 'city';
  return same(2) ? 'province' : 'further';
}

const ratings = ['A', 'B', 'C', 'D', 'none'] as const;
export type RatingBand = (typeof ratings)[number];

/** 1 to 4 for a grade A to D, 5 without one, so that the best sorts first. */
export function rankOf(grade: RatingBand | null | undefined): number {
  return ratings.indexOf(grade ?? 'none') + 1;
}

export function ratingOf(rank: number): RatingBand {
  return ratings[rank - 1] ?? 'none';
}

/** The counts of every facet, the most frequent value first; codes are written as the filter takes them. */
export function facetsOf(items: readonly FacetSource[], teacherRegionCode: string) {
  const count = (read: (item: FacetSource) => string | null): readonly FacetCount[] => {
    const counts = new Map<string, number>();
    for (const item of items) {
      const value = read(item);
      if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, total]) => ({ value, count: total }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  };
  return {
    stages: count(({ stage }) => stage.toUpperCase()),
    subjects: count(({ subject }) => subject),
    modalities: count(({ modality }) => modality.toUpperCase()),
    levels: count(({ level }) => level.toUpperCase()),
    channels: count(({ channel }) => channel.toUpperCase()),
    institutions: count(({ institutionId }) => institutionId),
    months: count(({ opensOn }) => opensOn.slice(0, 7)),
    distances: count(({ placeRegionCode }) =>
      distanceOf(placeRegionCode, teacherRegionCode).toUpperCase(),
    ),
    ratings: count(({ ratingRank }) => ratingOf(ratingRank).toUpperCase()),
  };
}
