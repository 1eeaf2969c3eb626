import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';

/** Gives a lock back. */
export type Release = () => void;

/**
 * Takes a lock on the file, or answers null when someone else (in this process or another) has it.
 * The lock is SQLite's own on its database file, so the kernel drops it with the process, however that dies.
 */
export function tryLock(file: string): Release | null {
  mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file);
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) return null;
    throw error;
  }
  return () => database.close();
}

/** Runs the work while holding the lock; waits for it as long as it takes, saying so once through `onWait`. */
export async function withLock<T>(
  file: string,
  work: () => Promise<T>,
  onWait: () => void = () => {},
): Promise<T> {
  let release = tryLock(file);
  if (release === null) onWait();
  while (release === null) {
    await sleep(200);
    release = tryLock(file);
  }
  try {
    return await work();
  } finally {
    release();
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return isNativeError(error) && 'errcode' in error && error.errcode === sqliteBusy;
}
