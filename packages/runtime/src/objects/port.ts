/**
 * Files that people bring: kept outside the database, by key. One port, two stores behind it: a folder of the machine,
 * or anything that speaks S3. What is kept is sealed before it comes here (`sealed.ts`).
 */
import type { Readable } from 'node:stream';

/** Bytes `start` to `end`, the end not included. */
export type ByteRange = { readonly start: number; readonly end: number };

export type ObjectHead = { readonly bytes: number };

export interface ObjectStore {
  /** Keeps the whole stream under the key, or nothing of it: a stream that breaks off leaves no object behind. */
  put(key: string, content: Readable): Promise<void>;
  /** Reads an object, or as much of a part as there is. Throws `ObjectMissing` when there is none. */
  get(key: string, range?: ByteRange): Promise<Readable>;
  /** What is known of an object; null when there is none. */
  head(key: string): Promise<ObjectHead | null>;
  /** Removes an object, and what is left of a `put` that was killed; nothing happens when there is none. */
  remove(key: string): Promise<void>;
}

/** There is no object of that key: it was never put, or its time is over. */
export class ObjectMissing extends Error {
  override readonly name = 'ObjectMissing';
}

/** Keys are paths of plain words, so that no key can lead out of its store. */
export function checkedKey(key: string): string {
  const plain = /^[\w-]+(\/[\w.-]+)*$/.test(key) && !key.includes('..');
  if (!plain || key.length > 200) throw new Error(`no key of an object: ${key}`);
  return key;
}
