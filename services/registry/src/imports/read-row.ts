/** Reads the cells of a row by the columns of its kind; names every cell that can't be read. Pure. [REG-06] */
import { type Fault, fault } from '@shixun/kernel';
import { type Cell, dateOf, digitsOf, type FileRow, flagOf, plainText } from './cell.ts';
import type { Column, ColumnForm } from './columns.ts';
import type { FoundColumn } from './header.ts';
import { codes } from './refusals.ts';

export type FieldValue = string | boolean | readonly string[];

/** What a row says: an empty cell and an absent column say nothing. */
export class RowValues {
  readonly #values: ReadonlyMap<string, FieldValue>;

  constructor(values: ReadonlyMap<string, FieldValue>) {
    this.#values = values;
  }

  text(field: string): string | undefined {
    const value = this.#values.get(field);
    return typeof value === 'string' ? value : undefined;
  }

  flag(field: string): boolean | undefined {
    const value = this.#values.get(field);
    return typeof value === 'boolean' ? value : undefined;
  }

  list(field: string): readonly string[] | undefined {
    const value = this.#values.get(field);
    return typeof value === 'object' ? value : undefined;
  }

  /** A word of a closed list, typed by the list it was read with. */
  word<Word extends string>(
    field: string,
    words: Readonly<Record<Word, unknown>>,
  ): Word | undefined {
    const value = this.text(field);
    return value !== undefined && value in words ? (value as Word) : undefined;
  }
}

export type ReadRow = {
  readonly number: number;
  readonly values: RowValues;
  /** The path of each is the field. */
  readonly faults: readonly Fault[];
};

export type Reading = {
  readonly columns: readonly Column[];
  readonly found: readonly FoundColumn[];
  /** The workbook counts its days from 1904. */
  readonly is1904: boolean;
};

export function readRow({ number, cells }: FileRow, { columns, found, is1904 }: Reading): ReadRow {
  const values = new Map<string, FieldValue>();
  const faults: Fault[] = [];
  for (const { field, at } of found) {
    const column = columns.find((each) => each.field === field);
    if (column === undefined) continue;
    const cell = cells[at];
    const read = readCell(column, cell, is1904);
    if (typeof read === 'object' && 'code' in read) faults.push(read);
    else if (read !== undefined) values.set(field, read);
  }
  return { number, values: new RowValues(values), faults };
}

/** True when nothing stands in any of the columns that were found: such rows are passed over. */
export function isBlank({ cells }: FileRow, found: readonly FoundColumn[]): boolean {
  return found.every(({ at }) => {
    const cell = cells[at];
    return cell === undefined || (cell.broken === undefined && plainText(cell.text) === '');
  });
}

function readCell(
  { field, required, read }: Column,
  cell: Cell | undefined,
  is1904: boolean,
): FieldValue | Fault | undefined {
  if (cell?.broken === 'formula') return fault(codes.IMPORT_CELL_FORMULA, [field]);
  if (cell?.broken === 'error') return fault(codes.IMPORT_CELL_ERROR, [field]);
  if (cell === undefined || plainText(cell.text) === '') {
    return required ? fault(codes.IMPORT_CELL_EMPTY, [field]) : undefined;
  }
  return readForm(field, read, { cell, is1904 });
}

function readForm(
  field: string,
  read: ColumnForm,
  { cell, is1904 }: { readonly cell: Cell; readonly is1904: boolean },
): FieldValue | Fault {
  const text = plainText(cell.text);
  switch (read.form) {
    case 'text': {
      const fits = text.length >= read.min && text.length <= read.max;
      const figures = { required: `${read.min}–${read.max}`, actual: text.length };
      return fits ? text : fault(codes.IMPORT_CELL_LENGTH, [field], figures);
    }
    case 'number': {
      const digits = digitsOf(cell);
      if (digits === null) return fault(codes.IMPORT_CELL_DIGITS_LOST, [field]);
      const figures = { required: `1–${read.max}`, actual: digits.length };
      return digits.length <= read.max ? digits : fault(codes.IMPORT_CELL_LENGTH, [field], figures);
    }
    case 'digits': {
      const digits = digitsOf(cell);
      const fits = digits !== null && /^\d+$/.test(digits) && read.lengths.includes(digits.length);
      const figures = { required: read.lengths.join(' / ') };
      return fits ? digits : fault(codes.IMPORT_CELL_DIGITS, [field], figures);
    }
    case 'date':
      return dateOf(cell, is1904) ?? fault(codes.IMPORT_CELL_DATE, [field]);
    case 'flag':
      return flagOf(cell.text) ?? fault(codes.IMPORT_CELL_WORD, [field], { required: '是 / 否' });
    case 'word':
      return wordOf(text, read.words) ?? noWord(field, read.words);
    case 'words': {
      const parts = text.split(/[、,;/|\s]+/).filter(Boolean);
      const words = parts.map((part) => wordOf(part, read.words));
      const all = [...new Set(words.filter((word) => word !== undefined))];
      const fits = !words.includes(undefined) && all.length > 0 && all.length <= read.max;
      return fits ? all : noWord(field, read.words);
    }
  }
}

type Words = Readonly<Record<string, readonly string[]>>;

const wordsByName = new WeakMap<Words, ReadonlyMap<string, string>>();

function wordOf(text: string, words: Words): string | undefined {
  const known = wordsByName.get(words) ?? byName(words);
  wordsByName.set(words, known);
  return known.get(text) ?? known.get(text.toLowerCase().replaceAll(/\s/g, ''));
}

/** Where two words share a name, the first one has it. */
function byName(words: Words): ReadonlyMap<string, string> {
  const named = Object.entries(words).flatMap(([word, names]) =>
    [word, ...names].map((name) => [name, word] as const),
  );
  return new Map(named.reverse());
}

function noWord(field: string, words: Words): Fault {
  const required = Object.values(words)
    .map(([official]) => official)
    .join('、');
  return fault(codes.IMPORT_CELL_WORD, [field], { required });
}
