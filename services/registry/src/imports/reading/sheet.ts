/** The rows of a worksheet, read from its XML as it comes: one row in memory, never the sheet. */
import type { Readable } from 'node:stream';
import type { SaxesTagPlain } from 'saxes';
import type { Cell, FileRow } from '../cell.ts';
import { parsed } from './parsed.ts';
import { capped, type SharedStrings } from './shared-strings.ts';

const columnsMax = 256;

/** What is being read of a cell. */
class CellReading {
  at = 0;
  type = 'n';
  value = '';
  hasValue = false;
  hasFormula = false;

  begin(at: number, type: string): void {
    this.at = at;
    this.type = type;
    this.value = '';
    this.hasValue = false;
    this.hasFormula = false;
  }

  end(strings: SharedStrings): Cell | undefined {
    if (this.type === 'e') return { text: '', numeric: false, broken: 'error' };
    if (!this.hasValue) {
      return this.hasFormula ? { text: '', numeric: false, broken: 'formula' } : undefined;
    }
    if (this.type === 's') return { text: strings.at(Number(this.value)), numeric: false };
    const numeric = this.type === 'n' && this.value.trim() !== '';
    return { text: this.value, numeric };
  }
}

/** Rows in the order of the sheet; cells that a merged cell covers are empty. */
export async function* sheetRows(
  content: Readable,
  strings: SharedStrings,
): AsyncGenerator<FileRow> {
  const cell = new CellReading();
  let done: FileRow[] = [];
  let cells: (Cell | undefined)[] = [];
  let row = 0;
  let reading = false;
  const handlers = {
    open: ({ name, attributes }: SaxesTagPlain) => {
      if (name === 'row') {
        row = attributes.r === undefined ? row + 1 : Number(attributes.r);
        cells = [];
      } else if (name === 'c') {
        const at = attributes.r === undefined ? cells.length : columnAt(attributes.r);
        cell.begin(at, attributes.t ?? 'n');
      } else if (name === 'f') cell.hasFormula = true;
      else if (name === 'v' || name === 't') {
        reading = true;
        cell.hasValue = true;
      }
    },
    text: (more: string) => {
      if (reading) cell.value = capped(cell.value, more);
    },
    close: (name: string) => {
      if (name === 'v' || name === 't') reading = false;
      else if (name === 'c' && cell.at < columnsMax) cells[cell.at] = cell.end(strings);
      else if (name === 'row') done.push({ number: row, cells });
    },
  };
  yield* parsed(content, handlers, () => {
    const ready = done;
    done = [];
    return ready;
  });
}

/** BC12 is column 54, counted from 0. */
function columnAt(reference: string): number {
  let at = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? 'A') {
    at = at * 26 + letter.charCodeAt(0) - 64;
  }
  return at - 1;
}
