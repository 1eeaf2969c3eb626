import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inCache } from './cache-folder.ts';
import { withLock } from './lock.ts';
import type { Tell } from './progress.ts';
import { systemCode } from './trouble.ts';

/** Something kept in the cache folder once it was fetched whole. */
export type Fetchable = {
  /** The folder's name in the cache, with the version in it. */
  readonly name: string;
  /** Fills the given empty folder, or rejects. A temporary folder for downloads lies beside it, in `scratch`. */
  fetch(folder: string, scratch: string, tell: Tell): Promise<void>;
};

/** How long a download that failed is not tried again by itself while there is something else to try. */
const rememberFailureMs = 60 * 60 * 1000;

/** The folder of something fetched earlier, or null. */
export function alreadyFetched(name: string): string | null {
  const folder = inCache('fetched', name);
  return existsSync(folder) ? folder : null;
}

/**
 * Fetches into a staging folder and renames it at the end, so a folder that is there is whole. Parallel runs wait for
 * the one that fetches. Left-overs of runs that died are removed.
 */
export async function fetchOnce(thing: Fetchable, tell: Tell): Promise<string> {
  const present = alreadyFetched(thing.name);
  if (present !== null) return present;
  const target = inCache('fetched', thing.name);
  const waiting = (): void => tell('another command is fetching it');
  return withLock(
    inCache('locks', `${thing.name}.lock`),
    async () => {
      if (existsSync(target)) return target;
      const staging = inCache('staging', thing.name);
      await rm(staging, { recursive: true, force: true });
      const [folder, scratch] = [join(staging, 'folder'), join(staging, 'scratch')];
      await mkdir(folder, { recursive: true });
      await mkdir(scratch, { recursive: true });
      try {
        await thing.fetch(folder, scratch, tell);
        if ((await readdir(folder)).length === 0) throw new Error('it brought nothing');
        await mkdir(inCache('fetched'), { recursive: true });
        await rename(folder, target);
        await rememberFailure(thing.name, null);
      } catch (error) {
        if (systemCode(error) !== 'ENOSPC') await rememberFailure(thing.name, Date.now());
        throw error;
      } finally {
        await rm(staging, { recursive: true, force: true });
      }
      return target;
    },
    waiting,
  );
}

/** True when a try to fetch this failed within the last hour. */
export async function failedLately(name: string): Promise<boolean> {
  const failedAt = (await failures())[name];
  return failedAt !== undefined && Date.now() - failedAt < rememberFailureMs;
}

async function failures(): Promise<Record<string, number>> {
  const text = await readFile(inCache('failed-downloads.json'), 'utf8').catch(() => '{}');
  try {
    return JSON.parse(text) as Record<string, number>;
  } catch {
    return {};
  }
}

async function rememberFailure(name: string, at: number | null): Promise<void> {
  const { [name]: _, ...others } = await failures();
  const next = at === null ? others : { ...others, [name]: at };
  await writeFile(inCache('failed-downloads.json'), JSON.stringify(next));
}
