/** When a menu opens for whom: staggered openings by region or stage. [CRS-46] */
import { type Fault, fault, type Instant, isWithin } from '@shixun/kernel';
import { codes } from './refusals.ts';

/** A later opening for some teachers: those of a region's subtree, of a stage, or of both. */
export type Stagger = {
  readonly regionCode: string | null;
  readonly stage: string | null;
  readonly opensAt: Instant;
};

export type MenuWindow = {
  readonly opensAt: Instant;
  readonly closesAt: Instant;
  readonly staggers?: readonly Stagger[] | null;
};

/** The opening for a teacher: that of the first line that names the teacher, the menu's own where none does. */
export function opensFor(
  { opensAt, staggers }: Pick<MenuWindow, 'opensAt' | 'staggers'>,
  teacher: { readonly regionCode: string; readonly stage: string },
): Instant {
  const line = staggers?.find(
    ({ regionCode, stage }) =>
      (regionCode === null || isWithin(teacher.regionCode, regionCode)) &&
      (stage === null || stage === teacher.stage),
  );
  return line?.opensAt ?? opensAt;
}

/** What is wrong with the lines of a menu; every line opens within the menu's window and names somebody of its region. */
export function staggerFaults(menu: MenuWindow & { readonly regionCode: string }): Fault[] {
  return (menu.staggers ?? []).flatMap(({ regionCode, stage, opensAt }, at) => {
    const path = ['staggers', String(at)];
    const faults: Fault[] = [];
    if (regionCode === null && stage === null) faults.push(fault(codes.STAGGER_FOR_NOBODY, path));
    if (regionCode !== null && !isWithin(regionCode, menu.regionCode)) {
      const figures = { required: menu.regionCode, actual: regionCode };
      faults.push(fault(codes.STAGGER_OUTSIDE, path, figures));
    }
    if (opensAt < menu.opensAt || opensAt >= menu.closesAt) {
      const required = `${menu.opensAt.toISOString()} – ${menu.closesAt.toISOString()}`;
      const figures = { required, actual: opensAt.toISOString() };
      faults.push(fault(codes.STAGGER_OUT_OF_WINDOW, path, figures));
    }
    return faults;
  });
}
