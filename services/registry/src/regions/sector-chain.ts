/** Which levels of administration each sector has: a level that a sector lacks has no say in it. [REG-02] */
import { isWithin, type RegionLevel } from '@shixun/kernel';

export type Sector = 'basic' | 'vocational' | 'higher';

/** The levels of bureaus in each sector's chain of responsibility; the school itself ends every chain. */
export const sectorChain: Readonly<Record<Sector, readonly RegionLevel[]>> = {
  basic: ['province', 'city', 'county'],
  vocational: ['province', 'city'],
  higher: ['province'],
};

/** The part of a caller that says where it is a bureau. */
export type BureauGrants = {
  readonly grants: readonly { readonly role: string; readonly regionCode?: string | undefined }[];
};

const bureauLevels: Readonly<Record<string, RegionLevel>> = {
  ProvinceAdmin: 'province',
  CityAdmin: 'city',
  CountyAdmin: 'county',
};

/** The levels on which the caller is the bureau of the region or of one above it. */
export function bureauLevelsOf(
  caller: BureauGrants | null,
  regionCode: string,
): readonly RegionLevel[] {
  return (caller?.grants ?? []).flatMap((grant) => {
    const level = bureauLevels[grant.role];
    const inside = grant.regionCode !== undefined && isWithin(regionCode, grant.regionCode);
    return level !== undefined && inside ? [level] : [];
  });
}

/** True when one of the levels has a say in the sector. */
export function hasSay(sector: Sector, levels: readonly RegionLevel[]): boolean {
  return levels.some((level) => sectorChain[sector].includes(level));
}
