import type { Unit } from '@shixun/runtime';
import type { MenuItemRow } from '../menus/store.ts';
import { commitmentOf, newSeed } from './sealing.ts';
import { sealSeed } from './sealing-seed.ts';
import { draws } from './store.ts';

/** What an announcement keeps of the seed: nobody learns it from here. */
export type SealedDraw = {
  readonly drawId: string;
  readonly commitment: string;
  readonly sealedSeed: string;
};

/** Throws a seed for a new draw and seals it at once. [CRS-46] */
export function sealedDraw(unit: Unit, secrets: Buffer): SealedDraw {
  const drawId = unit.newId('draw');
  const seed = newSeed();
  return { drawId, commitment: commitmentOf(seed), sealedSeed: sealSeed(secrets, drawId, seed) };
}

/** Announces the draw of an item with the commitment to its seed. In the transaction that puts the item on its menu. [CRS-46] */
export function announceDraw(
  item: Pick<MenuItemRow, '_id' | 'classId' | 'regionCode' | 'closesAt'>,
  { drawId, commitment, sealedSeed }: SealedDraw,
  unit: Unit,
): void {
  const { _id: menuItemId, classId, regionCode, closesAt } = item;
  unit.insert(draws, {
    _id: drawId,
    menuItemId,
    classId,
    regionCode,
    closesAt,
    state: 'announced',
    seed: null,
    sealedSeed,
    commitment,
    applicantsCount: 0,
    seats: null,
    drawnAt: null,
  });
}
