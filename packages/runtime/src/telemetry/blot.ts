/**
 * What looks like an identity number (18 or 15 digits) or a mobile number, in plain or full-width digits. A digit or a
 * hexadecimal letter beside it makes it part of an id or a digest, unless it ends
 * an escape of an address.
 */
const d = '[0-9０-９]';
const beside = '[0-9０-９A-Fa-f]';
const numbers = new RegExp(
  `(?:(?<=%[0-9A-Fa-f]{2})|(?<!${beside}))(?:${d}{17}[0-9０-９XxＸｘ]|${d}{15}|(?:\\+?86[- ]?)?[1１][3-9３-９]${d}{9})(?!${beside})`,
  'g',
);

/**
 * Takes what looks like a person's number out of a text. The last guard of a place where none should come: whoever
 * writes the text is to leave it out in the first place. [GOV-03]
 */
export function blot(text: string): string {
  return text.replace(numbers, '…');
}
