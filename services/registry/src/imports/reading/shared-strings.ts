/**
 * The texts that the cells of a workbook share, by their number. Any cell may ask for any of them, so they are held for as
 * long as the sheet is read: packed, outside the heap, and no more than so many bytes whatever the file. [REG-06]
 */

import type { Readable } from 'node:stream';
import { fault } from '@shixun/kernel';
import { FileRefused } from '@shixun/runtime';
import type { SaxesTagPlain } from 'saxes';
import { codes } from '../refusals.ts';
import { parsed } from './parsed.ts';

/** 200,000 teachers with all their columns take a quarter of it. */
const usualBytesMax = 64 * 2 ** 20;
const blockBytes = 2 ** 20;
/** Where a text begins and how long it is. */
const entryBytes = 8;
const entriesAtFirst = 2 ** 12;

export class SharedStrings {
  readonly #bytesMax: number;
  readonly #blocks: Buffer[] = [];
  #entries = new Uint32Array(2 * entriesAtFirst);
  #count = 0;
  #used = blockBytes;

  constructor(bytesMax = usualBytesMax) {
    this.#bytesMax = bytesMax;
  }

  /** Throws `FileRefused` when there is too much of them. */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (this.#used + length > blockBytes) {
      const held = (this.#blocks.length + 1) * blockBytes + this.#count * entryBytes;
      if (held > this.#bytesMax) throw this.#tooMuch(held);
      this.#blocks.push(Buffer.allocUnsafeSlow(blockBytes));
      this.#used = 0;
    }
    if (2 * this.#count === this.#entries.length) this.#grow();
    this.#blocks.at(-1)?.write(text, this.#used);
    this.#entries[2 * this.#count] = (this.#blocks.length - 1) * blockBytes + this.#used;
    this.#entries[2 * this.#count + 1] = length;
    this.#used += length;
    this.#count += 1;
  }

  /** Empty when there is none of that number. */
  at(number: number): string {
    if (!(number < this.#count)) return '';
    const start = this.#entries[2 * number] ?? 0;
    const length = this.#entries[2 * number + 1] ?? 0;
    const from = start % blockBytes;
    const block = this.#blocks[Math.floor(start / blockBytes)];
    return block?.toString('utf8', from, from + length) ?? '';
  }

  #grow(): void {
    const held = this.#blocks.length * blockBytes + 2 * this.#count * entryBytes;
    if (held >= this.#bytesMax) throw this.#tooMuch(held);
    const larger = new Uint32Array(2 * this.#entries.length);
    larger.set(this.#entries);
    this.#entries = larger;
  }

  #tooMuch(actual: number): FileRefused {
    const figures = { required: `${this.#bytesMax} B`, actual: `${actual} B` };
    return new FileRefused([fault(codes.IMPORT_FILE_BOMB, ['file'], figures)]);
  }
}

/** Reads them from their part; furigana and the like are left out. */
export async function sharedStrings(content: Readable): Promise<SharedStrings> {
  const strings = new SharedStrings();
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
      else if (name === 'si') strings.add(text);
    },
  };
  for await (const _ of parsed<never>(content, handlers, () => []));
  return strings;
}

/** No cell of Excel holds more characters. */
const cellCharactersMax = 32_767;

/** A text that goes on, no longer than a cell's. */
export function capped(text: string, more: string): string {
  return text.length >= cellCharactersMax ? text : (text + more).slice(0, cellCharactersMax);
}
