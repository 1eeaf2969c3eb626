/** A menu holds what its region's level is responsible for: not every sector has every level. [REG-02] */
import { type Fault, fault } from '@shixun/kernel';
import { chains, ownsLevel, sectorOf } from '../projects/owner.ts';
import type { Level, Stage } from '../projects/project.ts';
import { codes } from './refusals.ts';

/** What speaks against a stage on a menu of the region. A bureau's own level has to be in the chain of the sector. */
export function stageFaults(
  stage: string,
  menuRegionCode: string,
  path: readonly string[],
): readonly Fault[] {
  const sector = sectorOf(stage as Stage);
  const chain: readonly Level[] = chains[sector].filter((level) => level !== 'school');
  if (chain.some((level) => ownsLevel(level, menuRegionCode))) return [];
  const actual = (['provincial', 'city', 'county'] as const).find((level) =>
    ownsLevel(level, menuRegionCode),
  );
  const figures = { sector, required: chain.join(', '), actual: actual ?? menuRegionCode };
  return [fault(codes.MENU_SECTOR_WITHOUT_LEVEL, path, figures)];
}
