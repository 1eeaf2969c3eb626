import { join } from 'node:path';

/** The project's root folder. */
export const projectRoot = join(import.meta.dirname, '..', '..');

/** Where everything fetched or kept by the local platform lies: `.cache` in the project, or SHIXUN_CACHE. */
export function cacheFolder(): string {
  return process.env.SHIXUN_CACHE ?? join(projectRoot, '.cache');
}

/** A path below the cache folder. */
export function inCache(...parts: readonly string[]): string {
  return join(cacheFolder(), ...parts);
}
