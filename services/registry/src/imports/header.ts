/** Finds the header of a sheet: titles above it, several rows of it, merged cells in it, names in many words. [REG-06] */
import { type Fault, fault } from '@shixun/kernel';
import { type FileRow, plainText } from './cell.ts';
import type { Column } from './columns.ts';
import { codes } from './refusals.ts';

/** A column of the file: where it stands (0 is A) and what it is called there. */
export type FoundColumn = { readonly field: string; readonly at: number; readonly title: string };

export type Header = {
  /** Number of the last row of the header; what follows are the rows. */
  readonly row: number;
  readonly columns: readonly FoundColumn[];
};

/** So many rows may stand above the first row of content. */
export const headerRowsMax = 20;
/** A merged header cell names the columns of so many rows below it. */
const mergedRowsMax = 4;

/**
 * The header is the row at which most columns are known. A cell that is empty there takes the nearest name above it:
 * that is how a vertically merged cell stands in a file, and the name of a group over several columns loses to the
 * names of its columns below it.
 */
export function findHeader(rows: readonly FileRow[], columns: readonly Column[]): Header | null {
  const names = namesOf(columns);
  let best: Header | null = null;
  for (const [index, { number }] of rows.entries()) {
    const found = columnsAt(rows, index, names);
    const distinct = new Set(found.map(({ field }) => field)).size;
    const before = new Set(best?.columns.map(({ field }) => field)).size;
    if (distinct > before) best = { row: number, columns: found };
  }
  return best;
}

/** What speaks against taking the file: columns that are missing, columns that are there twice. */
export function headerFaults(header: Header | null, columns: readonly Column[]): readonly Fault[] {
  const found = header?.columns ?? [];
  const missing = columns.filter(
    ({ field, required }) => required && !found.some((each) => each.field === field),
  );
  const faults: Fault[] = [];
  if (missing.length > 0) {
    const actual = missing.map(({ zh, en }) => `${zh} ${en}`).join('、');
    faults.push(fault(codes.IMPORT_COLUMNS_MISSING, ['file'], { actual }));
  }
  const twice = columns.filter(
    ({ field }) => found.filter((each) => each.field === field).length > 1,
  );
  if (twice.length > 0) {
    const actual = twice.map(({ zh, en }) => `${zh} ${en}`).join('、');
    faults.push(fault(codes.IMPORT_COLUMN_TWICE, ['file'], { actual }));
  }
  return faults;
}

function columnsAt(
  rows: readonly FileRow[],
  index: number,
  names: ReadonlyMap<string, string>,
): readonly FoundColumn[] {
  const near = rows.slice(Math.max(0, index - mergedRowsMax + 1), index + 1).reverse();
  const width = Math.max(0, ...near.map(({ cells }) => cells.length));
  const found: FoundColumn[] = [];
  for (let at = 0; at < width; at += 1) {
    const title = near.map(({ cells }) => plainText(cells[at]?.text ?? '')).find(Boolean) ?? '';
    const field = names.get(bareName(title));
    if (field !== undefined) found.push({ field, at, title });
  }
  return found;
}

function namesOf(columns: readonly Column[]): ReadonlyMap<string, string> {
  return new Map(
    columns.flatMap(({ field, zh, en, also }) =>
      [zh, en, `${zh} ${en}`, field, ...also].map((title) => [bareName(title), field] as const),
    ),
  );
}

/** `*身份证号（必填）：` is 身份证号: without spaces, marks and remarks in brackets. */
function bareName(title: string): string {
  const plain = title.normalize('NFKC').toLowerCase();
  const bare = plain.replaceAll(/[\s*:_]/g, '');
  const short = bare.replaceAll(/\([^)]*\)|\[[^\]]*\]/g, '');
  // 校（园）长: what stands in brackets may be part of the name.
  return bare.includes('校(园)长') ? '校园长' : short;
}
