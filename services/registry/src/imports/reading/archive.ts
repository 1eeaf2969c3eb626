/**
 * The parts of an .xlsx, read in place: sizes are looked at in the table of contents before a byte is unpacked, and what
 * unpacks to more than it says there stops the reading.
 */
import { Readable } from 'node:stream';
import { fault } from '@shixun/kernel';
import { FileRefused, type ObjectStore, type UploadLimits } from '@shixun/runtime';
import * as yauzl from 'yauzl';
import { codes } from '../refusals.ts';

const partsMax = 2_000;
/** XML of spreadsheets packs to a tenth or a thirtieth; more than this is made to fill a disk. */
const ratioMax = 250;
const ratioCountsFromBytes = 2 ** 20;

export type Archive = {
  readonly has: (name: string) => boolean;
  /** The unpacked bytes of a part. */
  readonly read: (name: string) => Promise<Readable>;
  readonly close: () => void;
};

/** Reads bytes of the stored object as yauzl asks for them. */
class ObjectReader extends yauzl.RandomAccessReader {
  readonly #objects: ObjectStore;
  readonly #key: string;

  constructor(objects: ObjectStore, key: string) {
    super();
    this.#objects = objects;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const objects = this.#objects;
    const key = this.#key;
    return Readable.from(
      (async function* () {
        yield* await objects.get(key, { start, end });
      })(),
    );
  }
}

export async function openArchive(
  objects: ObjectStore,
  key: string,
  { bytes, unpackedBytesMax }: Pick<UploadLimits, 'unpackedBytesMax'> & { readonly bytes: number },
): Promise<Archive> {
  const zip = await opened(new ObjectReader(objects, key), bytes);
  try {
    const parts = await tableOf(zip);
    refuseBombs([...parts.values()], unpackedBytesMax);
    return {
      has: (name) => parts.has(name),
      read: (name) => partOf(zip, parts.get(name)),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function opened(reader: ObjectReader, bytes: number): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true };
    yauzl.fromRandomAccessReader(reader, bytes, options, (error, zip) => {
      if (error) reject(brokenFile('zip'));
      else resolve(zip);
    });
  });
}

function tableOf(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, yauzl.Entry>();
    zip.on('entry', (entry: yauzl.Entry) => {
      parts.set(entry.fileName, entry);
      if (parts.size > partsMax) reject(bomb(`${parts.size}`, `${partsMax}`));
      else zip.readEntry();
    });
    zip.on('end', () => resolve(parts));
    zip.on('error', () => reject(brokenFile('zip')));
    if (zip.entryCount > partsMax) reject(bomb(`${zip.entryCount}`, `${partsMax}`));
    else zip.readEntry();
  });
}

function refuseBombs(parts: readonly yauzl.Entry[], unpackedBytesMax: number): void {
  const unpacked = parts.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (unpacked > unpackedBytesMax) throw bomb(`${unpacked} B`, `${unpackedBytesMax} B`);
  for (const { uncompressedSize, compressedSize } of parts) {
    const ratio = Math.round(uncompressedSize / Math.max(1, compressedSize));
    if (uncompressedSize > ratioCountsFromBytes && ratio > ratioMax) {
      throw bomb(`${ratio} : 1`, `${ratioMax} : 1`);
    }
  }
}

function partOf(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined): Promise<Readable> {
  return new Promise((resolve, reject) => {
    if (entry === undefined) {
      reject(brokenFile('xlsx'));
      return;
    }
    zip.openReadStream(entry, (error, stream) => {
      if (error) reject(brokenFile('zip'));
      else resolve(stream);
    });
  });
}

function bomb(actual: string, required: string): FileRefused {
  return new FileRefused([fault(codes.IMPORT_FILE_BOMB, ['file'], { required, actual })]);
}

/** `part` says where it broke: zip, xlsx, xml, csv. */
export function brokenFile(part: string): FileRefused {
  return new FileRefused([fault(codes.IMPORT_FILE_BROKEN, ['file'], { actual: part })]);
}
