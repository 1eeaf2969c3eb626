/** Cells as people fill them: spaces, full-width digits, Excel's dates, 是 and √. Pure. [REG-06] */
import { addDays, type CivilDate, isCivilDate } from '@shixun/kernel';

/** A cell as it stands in the file: its text, whether Excel holds it as a number, what is wrong with it by itself. */
export type Cell = {
  readonly text: string;
  readonly numeric: boolean;
  readonly broken?: 'formula' | 'error';
};

/** A row of the file, by its number there; `cells[0]` is column A. */
export type FileRow = { readonly number: number; readonly cells: readonly (Cell | undefined)[] };

/** What begins a formula in a spreadsheet program: = + - @, a tab or a line break, full-width forms too. */
const beginsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

/** Chinese characters, ASCII letters and digits, a dash or a dot among them: nearly every cell there is. */
const isPlain = /^[\u4e00-\u9fff\w][\u4e00-\u9fff\w.-]*$/;

/**
 * Text that a spreadsheet program shows and never computes: what would begin a formula gets an apostrophe before it.
 * `plainText` takes it away again, so a file that was given out can be corrected and brought back.
 */
export function harmless(text: string): string {
  return beginsFormula.test(text) ? `'${text}` : text;
}

/** Without the spaces around it and the invisible characters in it, full-width letters and digits made plain. */
export function plainText(text: string): string {
  if (isPlain.test(text)) return text;
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return plain.startsWith("'") && beginsFormula.test(plain.slice(1)) ? plain.slice(1) : plain;
}

/** The whole number of a numeric cell, digit by digit; null when it has more digits than Excel keeps. */
export function digitsOf(cell: Cell): string | null {
  if (!cell.numeric) return plainText(cell.text).replaceAll(/\s/g, '');
  const value = Number(cell.text);
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : null;
}

const days1904 = 1462;

const daysMax = 73_050;
/** The dates that were asked for: files say the same few thousand days again and again. */
const datesOfDays = new Map<number, CivilDate>();

/** A day number of Excel: the 1900 system, or the 1904 system of old Macs. Times of the day are cut off. */
export function excelDate(serial: number, is1904: boolean): CivilDate | null {
  const day = Math.floor(serial) + (is1904 ? days1904 : 0);
  if (!Number.isFinite(day) || day < 1 || day === 60 || day > daysMax) return null;
  // Day 1 is 1900-01-01; day 60 is a 29 February that never was, so later days count from a day earlier.
  const date = datesOfDays.get(day) ?? addDays(day > 60 ? '1899-12-30' : '1899-12-31', day);
  datesOfDays.set(day, date);
  return date;
}

/** 2020-09-01, 2020/9/1, 2020.9.1, 2020年9月1日, 20200901; a month alone is its first day. */
export function dateOf(cell: Cell, is1904: boolean): CivilDate | null {
  const text = plainText(cell.text);
  if (cell.numeric && !/^(19|20)\d{6}$/.test(text)) return excelDate(Number(text), is1904);
  const [, y, m, d] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})\s?[-/.年]\s?(\d{1,2})(?:\s?[-/.月]\s?(\d{1,2})日?|月)?(?:[ T]\d{1,2}:.*)?$/.exec(
      text,
    ) ??
    [];
  if (y === undefined || m === undefined) return null;
  const date = `${y}-${m.padStart(2, '0')}-${(d ?? '1').padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
}

const yes = new Set(['是', '有', 'y', 'yes', 'true', '1', '√', '✓', '✔', '对']);
const no = new Set(['否', '无', '不是', 'n', 'no', 'false', '0', '×', '✗', 'x', '-', '—', '/']);

/** 是 or 否 in the forms people write; undefined when it is neither. */
export function flagOf(text: string): boolean | undefined {
  const word = plainText(text).toLowerCase();
  if (yes.has(word)) return true;
  return no.has(word) ? false : undefined;
}

/** A, B … Z, AA: the name of a column, counted from 0. */
export function columnName(at: number): string {
  const rest = Math.floor(at / 26);
  return (rest === 0 ? '' : columnName(rest - 1)) + String.fromCharCode(65 + (at % 26));
}
