/** The rows of a worksheet, read from its XML as it comes: one row in memory, never the sheet. */
import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Cell, FileRow } from '../cell.ts';
import { brokenFile } from './archive.ts';

/** No cell of Excel holds more characters. */
const cellCharactersMax = 32_767;
/** Between two tags there is no more than a cell's text; a parser that waits for more is being fed. */
const silenceCharactersMax = 2 ** 20;
const columnsMax = 256;

/** Runs the parser over a part; `drain` is asked after every piece for what it made of it. */
export async function* parsed<T>(
  content: Readable,
  handlers: {
    readonly open?: (tag: SaxesTagPlain) => void;
    readonly close?: (name: string) => void;
    readonly text?: (text: string) => void;
  },
  drain: () => T[],
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let silence = 0;
  parser.on('error', () => {
    throw brokenFile('xml');
  });
  parser.on('doctype', () => {
    throw brokenFile('xml');
  });
  parser.on('opentag', (tag) => {
    silence = 0;
    handlers.open?.({ ...tag, name: localName(tag.name) });
  });
  parser.on('closetag', ({ name }) => {
    silence = 0;
    handlers.close?.(localName(name));
  });
  parser.on('text', (text) => handlers.text?.(text));
  const decoder = new TextDecoder('utf-8');
  try {
    for await (const chunk of content as AsyncIterable<Buffer>) {
      silence += chunk.length;
      if (silence > silenceCharactersMax) throw brokenFile('xml');
      parser.write(decoder.decode(chunk, { stream: true }));
      yield* drain();
    }
    parser.close();
  } catch (error) {
    // What breaks off inside the packed data comes as an error of the stream.
    if ((error as Error).name === 'FileRefused' || (error as Error).name === 'ObjectBroken')
      throw error;
    throw brokenFile('zip');
  }
  yield* drain();
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The shared strings of a workbook, by their number; furigana and the like left out. */
export async function sharedStrings(content: Readable): Promise<readonly string[]> {
  const strings: string[] = [];
  let text = '';
  let reading = false;
  let phonetic = false;
  const handlers = {
    open: ({ name }: SaxesTagPlain) => {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') reading = !phonetic;
    },
    text: (more: string) => {
      if (reading) text = capped(text, more);
    },
    close: (name: string) => {
      if (name === 't') reading = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') strings.push(text);
    },
  };
  for await (const _ of parsed<never>(content, handlers, () => []));
  return strings;
}

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

  end(strings: readonly string[]): Cell | undefined {
    if (this.type === 'e') return { text: '', numeric: false, broken: 'error' };
    if (!this.hasValue) {
      return this.hasFormula ? { text: '', numeric: false, broken: 'formula' } : undefined;
    }
    if (this.type === 's') return { text: strings[Number(this.value)] ?? '', numeric: false };
    const numeric = this.type === 'n' && this.value.trim() !== '';
    return { text: this.value, numeric };
  }
}

/** Rows in the order of the sheet; cells that a merged cell covers are empty. */
export async function* sheetRows(
  content: Readable,
  strings: readonly string[],
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

function capped(text: string, more: string): string {
  return text.length >= cellCharactersMax ? text : (text + more).slice(0, cellCharactersMax);
}
