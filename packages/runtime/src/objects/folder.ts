import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type ByteRange,
  checkedKey,
  type ObjectHead,
  ObjectMissing,
  type ObjectStore,
} from './port.ts';

/** Objects as files below a folder: for one machine, or for replicas that share a volume. */
export class FolderStore implements ObjectStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Writes beside the place and moves it there when all of it is on the disk. */
  async put(key: string, content: Readable): Promise<void> {
    const path = this.#pathOf(key);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const beside = `${path}.${randomUUID()}.part`;
    try {
      await pipeline(content, createWriteStream(beside, { mode: 0o600, flush: true }));
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const path = this.#pathOf(key);
    const file = await open(path).catch((error: unknown) => {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    });
    await file.close();
    const part = range === undefined ? {} : { start: range.start, end: range.end - 1 };
    return createReadStream(path, part);
  }

  async head(key: string): Promise<ObjectHead | null> {
    try {
      return { bytes: (await stat(this.#pathOf(key))).size };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await rm(this.#pathOf(key), { force: true });
  }

  #pathOf(key: string): string {
    return join(this.#folder, ...checkedKey(key).split('/'));
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
