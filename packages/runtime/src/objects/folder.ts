import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
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
      await synced(dirname(path));
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.#pathOf(key)).catch((error: unknown) => {
      throw isMissing(error) ? new ObjectMissing(key) : error;
    });
    if (range === undefined) return file.createReadStream();
    if (range.end > range.start)
      return file.createReadStream({ start: range.start, end: range.end - 1 });
    await file.close();
    return Readable.from([]);
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
    const path = this.#pathOf(key);
    const name = `${basename(path)}.`;
    const beside = await readdir(dirname(path)).catch(() => []);
    const halves = beside.filter((each) => each.startsWith(name) && each.endsWith('.part'));
    for (const each of [path, ...halves.map((half) => join(dirname(path), half))]) {
      await rm(each, { force: true });
    }
  }

  #pathOf(key: string): string {
    return join(this.#folder, ...checkedKey(key).split('/'));
  }
}

/** A name is on the disk when its folder is. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
