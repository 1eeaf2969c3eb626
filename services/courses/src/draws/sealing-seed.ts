/**
 * The seed of an announced draw lies in the database under the service's secret, which comes from the environment: not
 * even a reader of the whole database knows before the closing how the lots will fall. [CRS-46]
 */
import { openBytes, sealBytes } from '@shixun/runtime';

const placeOf = (drawId: string) => ({ purpose: 'draw seed', id: drawId });

/** Bound to its draw: moved to another one it opens nothing. */
export function sealSeed(secrets: Buffer, drawId: string, seed: string): string {
  return sealBytes(secrets, placeOf(drawId), Buffer.from(seed, 'hex'));
}

/** @throws NotOpened */
export function openSeed(secrets: Buffer, drawId: string, sealed: string): string {
  return openBytes(secrets, placeOf(drawId), sealed).toString('hex');
}
