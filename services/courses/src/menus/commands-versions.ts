/** What was worked out from the items of regions' menus holds while their versions stay as they were. [CRS-40] */
import type { Unit } from '@shixun/runtime';
import { menuVersions } from './store.ts';

/** Goes with every change of an item: whoever reads the new version reads the change as well. */
export function raiseVersions(unit: Unit, regionCodes: readonly string[]): void {
  for (const _id of new Set(regionCodes)) {
    unit.upsert(menuVersions, { _id }, { $inc: { version: 1 } });
  }
}
