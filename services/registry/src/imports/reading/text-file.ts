/** .csv as spreadsheet programs write it: UTF-8 with and without its mark, GB18030, UTF-16; commas, tabs, semicolons. */
import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Cell, FileRow } from '../cell.ts';
import { brokenFile } from './archive.ts';

export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le';

const recordCharactersMax = 200_000;

/** Looks at a file as it goes by: what is no UTF-8 is GB18030, the encoding of Chinese spreadsheet programs. */
export class EncodingSeen {
  readonly #strict = new TextDecoder('utf-8', { fatal: true });
  #utf8 = true;
  #start: Buffer = Buffer.alloc(0);

  see(chunk: Buffer): void {
    if (this.#start.length < 2) this.#start = Buffer.concat([this.#start, chunk]).subarray(0, 4);
    if (this.#utf8) this.#decode(chunk, true);
  }

  end(): Encoding {
    if (this.#start[0] === 0xff && this.#start[1] === 0xfe) return 'utf-16le';
    if (this.#utf8) this.#decode(Buffer.alloc(0), false);
    return this.#utf8 ? 'utf-8' : 'gb18030';
  }

  #decode(chunk: Buffer, stream: boolean): void {
    try {
      this.#strict.decode(chunk, { stream });
    } catch {
      this.#utf8 = false;
    }
  }
}

/** Rows by their place among the records, 1 for the first; a quote that is never closed is a file cut off. */
export async function* textRows(content: Readable, encoding: Encoding): AsyncGenerator<FileRow> {
  const characters = decoded(content, encoding);
  const first = await characters.next();
  const start = first.done === true ? '' : first.value;
  const parser = parse({
    delimiter: delimiterOf(start),
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
    max_record_size: recordCharactersMax,
  });
  const fed = feed(parser, start, characters);
  let number = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      number += 1;
      yield { number, cells: record.map(cellOf) };
    }
    await fed;
  } catch {
    throw brokenFile(`csv ${number + 1}`);
  } finally {
    parser.destroy();
  }
}

function cellOf(text: string): Cell | undefined {
  return text === '' ? undefined : { text, numeric: false };
}

/** Without the byte order mark, which the decoder takes away. */
async function* decoded(content: Readable, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of content as AsyncIterable<Buffer>) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

async function feed(
  parser: NodeJS.WritableStream & { destroy: (error?: Error) => void },
  start: string,
  rest: AsyncGenerator<string>,
): Promise<void> {
  try {
    await write(parser, start);
    for await (const text of rest) await write(parser, text);
    parser.end();
  } catch (error) {
    parser.destroy(error as Error);
  }
}

async function write(parser: NodeJS.WritableStream, text: string): Promise<void> {
  if (parser.write(text)) return;
  await new Promise<void>((resolve) => {
    parser.once('drain', resolve);
    parser.once('close', resolve);
  });
}

/** The separator that stands most often in the first lines. */
function delimiterOf(start: string): string {
  const lines = start.split(/\r?\n/, 5).join('\n');
  const counted = [',', '\t', ';', '，'].map((each) => [each, lines.split(each).length] as const);
  const [best] = counted.sort(([, left], [, right]) => right - left);
  return best?.[0] ?? ',';
}
