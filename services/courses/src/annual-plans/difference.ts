import type { PlannedItem } from './plan.ts';

export type ItemChange = {
  readonly code: string;
  readonly title: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly placesBefore: number | null;
  readonly placesNow: number | null;
  readonly hoursCentiBefore: number | null;
  readonly hoursCentiNow: number | null;
};

/** What a plan adds, drops and changes against another, item by item; unchanged items are left out. [PLN-03] */
export function planDifference(
  before: readonly PlannedItem[],
  now: readonly PlannedItem[],
): readonly ItemChange[] {
  const codes = [...new Set([...now, ...before].map(({ code }) => code))];
  return codes.flatMap((code) => {
    const old = before.find((item) => item.code === code);
    const item = now.find((each) => each.code === code);
    if (old !== undefined && item !== undefined && same(old, item)) return [];
    const kind = old === undefined ? 'added' : item === undefined ? 'removed' : 'changed';
    return [
      {
        code,
        title: item?.title ?? old?.title ?? code,
        kind,
        placesBefore: old?.places ?? null,
        placesNow: item?.places ?? null,
        hoursCentiBefore: old?.hoursCenti ?? null,
        hoursCentiNow: item?.hoursCenti ?? null,
      } as const,
    ];
  });
}

function same(a: PlannedItem, b: PlannedItem): boolean {
  return (
    a.title === b.title &&
    a.places === b.places &&
    a.hoursCenti === b.hoursCenti &&
    a.stage === b.stage &&
    a.subject === b.subject &&
    a.audience === b.audience
  );
}
