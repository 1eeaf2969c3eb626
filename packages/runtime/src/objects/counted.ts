/** Keeps a stream as an object and says what it was: its length, its hash, and how it begins. */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ObjectStore } from './port.ts';

/** More bytes came than may be kept; nothing of them is. */
export class ObjectTooLarge extends Error {
  override readonly name = 'ObjectTooLarge';
}

export type Counted = {
  readonly bytes: number;
  /** SHA-256 of the content, hexadecimal. */
  readonly contentHash: string;
  /** The first bytes, as far as there are: what the kind of a file is told by. */
  readonly start: Buffer;
};

/** @throws ObjectTooLarge */
export async function putCounted(
  objects: ObjectStore,
  key: string,
  content: Readable,
  limits: {
    readonly bytesMax: number;
    readonly startBytes: number;
    readonly onChunk?: (chunk: Buffer) => void;
  },
): Promise<Counted> {
  const hash = createHash('sha256');
  let bytes = 0;
  let start: Buffer = Buffer.alloc(0);
  const watched = async function* () {
    // What is refused is left unread, not destroyed: a request that is destroyed takes its answer with it.
    const chunks = content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > limits.bytesMax) throw new ObjectTooLarge(key);
      if (start.length < limits.startBytes) {
        start = Buffer.concat([start, chunk]).subarray(0, limits.startBytes);
      }
      hash.update(chunk);
      limits.onChunk?.(chunk);
      yield chunk;
    }
  };
  await objects.put(key, Readable.from(watched()));
  return { bytes, contentHash: hash.digest('hex'), start };
}
