import { fault } from '@shixun/kernel';
import { FileRefused, type ObjectStore, type UploadLimits } from '@shixun/runtime';
import type { FileRow } from '../cell.ts';
import { columnsOf, type ImportKind } from '../columns.ts';
import { findHeader, type Header, headerFaults, headerRowsMax } from '../header.ts';
import { codes } from '../refusals.ts';
import { openArchive } from './archive.ts';
import { type Encoding, textRows } from './text-file.ts';
import { openWorkbook } from './workbook.ts';

export type FileFormat = 'xlsx' | 'csv';

export type StoredFile = {
  readonly key: string;
  readonly bytes: number;
  readonly format: FileFormat;
  readonly encoding: Encoding;
};

export type OpenFile = {
  readonly is1904: boolean;
  /** Every row of the file, from the top each time. */
  readonly rows: () => AsyncGenerator<FileRow>;
  readonly close: () => void;
};

/** By what the file begins with, not by its name. Throws `FileRefused` for what is neither. */
export function formatOf(start: Buffer): FileFormat {
  if (start.subarray(0, 4).equals(Buffer.from('PK\x03\x04'))) return 'xlsx';
  const utf16 = start[0] === 0xff && start[1] === 0xfe;
  if (!utf16 && start.includes(0)) {
    throw new FileRefused([fault(codes.IMPORT_FILE_KIND, ['file'], { required: '.xlsx / .csv' })]);
  }
  return 'csv';
}

export async function openFile(
  objects: ObjectStore,
  file: StoredFile,
  { unpackedBytesMax }: Pick<UploadLimits, 'unpackedBytesMax'>,
): Promise<OpenFile> {
  if (file.format === 'csv') {
    return {
      is1904: false,
      rows: async function* () {
        yield* textRows(await objects.get(file.key), file.encoding);
      },
      close: () => {},
    };
  }
  const archive = await openArchive(objects, file.key, { bytes: file.bytes, unpackedBytesMax });
  try {
    const workbook = await openWorkbook(archive);
    return { ...workbook, close: archive.close };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/** Looks at the first rows: what can't be taken is refused before anything else is read. */
export async function headerOf(file: OpenFile, kind: ImportKind): Promise<Header> {
  const rows: FileRow[] = [];
  for await (const row of file.rows()) {
    rows.push(row);
    if (rows.length >= headerRowsMax) break;
  }
  const columns = columnsOf[kind];
  const header = findHeader(rows, columns);
  const faults = headerFaults(header, columns);
  if (header === null || faults.length > 0) throw new FileRefused(faults);
  if (rows.every(({ number }) => number <= header.row)) {
    throw new FileRefused([fault(codes.IMPORT_FILE_EMPTY, ['file'], { required: 1 })]);
  }
  return header;
}
