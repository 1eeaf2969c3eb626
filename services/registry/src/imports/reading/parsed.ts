/** XML read as it comes: what is made of a piece is given on before the next one is looked at. */
import type { Readable } from 'node:stream';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { brokenFile } from './archive.ts';

/** Between two tags there is no more than a cell's text; a parser that waits for more is being fed. */
const silenceCharactersMax = 2 ** 20;

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
