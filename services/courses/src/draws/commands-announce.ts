import type { Unit } from '@shixun/runtime';
import type { MenuItemRow } from '../menus/store.ts';
import { commitmentOf } from './sealing.ts';
import { draws } from './store.ts';

/** Announces the draw of an item with the commitment to its seed. In the transaction that puts the item on its menu. [CRS-46] */
export function announceDraw(
  item: Pick<MenuItemRow, '_id' | 'classId' | 'regionCode' | 'closesAt'>,
  seed: string,
  unit: Unit,
): void {
  const { _id: menuItemId, classId, regionCode, closesAt } = item;
  unit.insert(draws, {
    _id: unit.newId('draw'),
    menuItemId,
    classId,
    regionCode,
    closesAt,
    state: 'announced',
    seed,
    commitment: commitmentOf(seed),
    applicantsCount: 0,
    seats: null,
    drawnAt: null,
  });
}
