/**
 * Objects at rest: sealed with AES-256-GCM in frames of 64 KiB, so that a file of any length is written and read as a
 * stream, and a part of it without the rest. Each frame is bound to its object, its place and to being the last or not:
 * a frame that was altered, moved, left out or cut off at the end is refused. [GOV-03]
 *
 * Form: `SHX1`, 8 bytes that name the master key, 32 bytes of salt, then frames of ciphertext and tag; all but the last hold 64 KiB.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ByteRange, ObjectHead, ObjectStore } from './port.ts';

const magic = Buffer.from('SHX1');
const keyIdBytes = 8;
const saltBytes = 32;
const headerBytes = magic.length + keyIdBytes + saltBytes;
const secretBytes = 32;
const frameBytes = 64 * 1024;
const tagBytes = 16;
const sealedFrameBytes = frameBytes + tagBytes;

/** The object is not what was put: altered, cut off, or sealed with another key. */
export class ObjectBroken extends Error {
  override readonly name = 'ObjectBroken';
}

/** Seals what goes into a store and opens what comes out of it; sizes and ranges are those of the open content. */
export class SealedObjects implements ObjectStore {
  readonly #store: ObjectStore;
  readonly #secrets: readonly Buffer[];

  /**
   * `secrets` are those of PERSONAL_DATA_KEY, one of 32 bytes after the other: the first seals, the others still open
   * what they sealed before a rotation. Every object has a key of its own, derived with a random salt.
   */
  constructor(store: ObjectStore, secrets: Buffer) {
    this.#store = store;
    const count = secrets.length / secretBytes;
    if (!Number.isInteger(count) || count < 1) throw new Error('objects are sealed with 32 bytes');
    this.#secrets = Array.from({ length: count }, (_, at) =>
      secrets.subarray(at * secretBytes, (at + 1) * secretBytes),
    );
  }

  async put(key: string, content: Readable): Promise<void> {
    await this.#store.put(key, Readable.from(this.#seal(key, content)));
  }

  async head(key: string): Promise<ObjectHead | null> {
    const head = await this.#store.head(key);
    return head === null ? null : { bytes: openBytes(head.bytes) };
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const head = await this.#store.head(key);
    const sealedBytes = head?.bytes ?? headerBytes;
    const header = await whole(await this.#store.get(key, { start: 0, end: headerBytes }));
    if (header.length !== headerBytes || !header.subarray(0, 4).equals(magic)) {
      throw new ObjectBroken(key);
    }
    const named = header.subarray(magic.length, magic.length + keyIdBytes);
    const secret = this.#secrets.find((each) => keyIdOf(each).equals(named));
    if (secret === undefined) throw new ObjectBroken(`${key}: sealed with an unknown key`);
    const frameKey = frameKeyOf(secret, key, header.subarray(magic.length + keyIdBytes));
    const wanted = range ?? { start: 0, end: openBytes(sealedBytes) };
    return Readable.from(this.#open(key, frameKey, { ...wanted, sealedBytes }));
  }

  async remove(key: string): Promise<void> {
    await this.#store.remove(key);
  }

  async *#seal(key: string, content: Readable): AsyncGenerator<Buffer> {
    const salt = randomBytes(saltBytes);
    const [secret = Buffer.alloc(0)] = this.#secrets;
    const frameKey = frameKeyOf(secret, key, salt);
    yield Buffer.concat([magic, keyIdOf(secret), salt]);
    let waiting: Buffer[] = [];
    let bytes = 0;
    let place = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      waiting.push(chunk);
      bytes += chunk.length;
      // The last full frame waits too: only the end of the stream tells whether it is the last.
      if (bytes <= frameBytes) continue;
      const all = Buffer.concat(waiting);
      let from = 0;
      for (; all.length - from > frameBytes; from += frameBytes) {
        yield sealed(frameKey, { place, last: false }, all.subarray(from, from + frameBytes));
        place += 1;
      }
      waiting = [all.subarray(from)];
      bytes = all.length - from;
    }
    yield sealed(frameKey, { place, last: true }, Buffer.concat(waiting));
  }

  async *#open(key: string, frameKey: Buffer, part: ByteRange & { readonly sealedBytes: number }) {
    const { start, sealedBytes } = part;
    const end = Math.min(part.end, openBytes(sealedBytes));
    const lastPlace = Math.ceil((sealedBytes - headerBytes) / sealedFrameBytes) - 1;
    const firstPlace = Math.floor(start / frameBytes);
    const untilPlace = Math.min(lastPlace, Math.floor(Math.max(start, end - 1) / frameBytes));
    const from = headerBytes + firstPlace * sealedFrameBytes;
    const until = Math.min(sealedBytes, headerBytes + (untilPlace + 1) * sealedFrameBytes);
    const content = await this.#store.get(key, { start: from, end: until });
    let place = firstPlace;
    for await (const frame of framesOf(content)) {
      const open = opened(frameKey, { place, last: place === lastPlace }, frame);
      if (open === null) throw new ObjectBroken(key);
      const before = place * frameBytes;
      yield open.subarray(Math.max(0, start - before), Math.max(0, end - before));
      place += 1;
    }
    if (place <= untilPlace) throw new ObjectBroken(key);
  }
}

function frameKeyOf(secret: Buffer, key: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, `shixun-object:${key}`, 32));
}

/** Names a secret and says nothing about it. */
function keyIdOf(secret: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'shixun-object', 'key-id', keyIdBytes));
}

type Place = { readonly place: number; readonly last: boolean };

function sealed(key: Buffer, place: Place, content: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(place));
  const body = cipher.update(content);
  return Buffer.concat([body, cipher.final(), cipher.getAuthTag()]);
}

function opened(key: Buffer, place: Place, frame: Buffer): Buffer | null {
  if (frame.length < tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(place));
  decipher.setAuthTag(frame.subarray(frame.length - tagBytes));
  const body = decipher.update(frame.subarray(0, frame.length - tagBytes));
  try {
    return Buffer.concat([body, decipher.final()]);
  } catch {
    return null;
  }
}

/** Unique under the object's own key: the frame's number, and whether it ends the object. */
function nonceOf({ place, last }: Place): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(place, 4);
  nonce.writeUInt8(last ? 1 : 0, 11);
  return nonce;
}

function openBytes(sealedBytes: number): number {
  const body = Math.max(0, sealedBytes - headerBytes);
  return body - Math.ceil(body / sealedFrameBytes) * tagBytes;
}

async function* framesOf(content: Readable): AsyncGenerator<Buffer> {
  let waiting: Buffer = Buffer.alloc(0);
  for await (const chunk of content as AsyncIterable<Buffer>) {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    let from = 0;
    for (; waiting.length - from >= sealedFrameBytes; from += sealedFrameBytes) {
      yield waiting.subarray(from, from + sealedFrameBytes);
    }
    waiting = waiting.subarray(from);
  }
  if (waiting.length > 0) yield waiting;
}

async function whole(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
