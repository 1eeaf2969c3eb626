import { expect, test } from '@jest/globals';
import {
  type Cell,
  columnName,
  dateOf,
  digitsOf,
  excelDate,
  flagOf,
  harmless,
  plainText,
} from './cell.ts';

const text = (value: string): Cell => ({ text: value, numeric: false });
const number = (value: string): Cell => ({ text: value, numeric: true });

test.each([
  [1, '1900-01-01'],
  [59, '1900-02-28'],
  [60, null],
  [61, '1900-03-01'],
  [44075, '2020-09-01'],
  [44075.99, '2020-09-01'],
  [0, null],
  [73051, null],
])('REG-06: day %d of Excel’s 1900 system is %s; its 29 February never was', (serial, date) => {
  expect(excelDate(serial, false)).toBe(date);
});

test('REG-06: a workbook of the 1904 system counts 1,462 days later', () => {
  expect(excelDate(44075 - 1462, true)).toBe('2020-09-01');
  expect(excelDate(0, true)).toBe('1904-01-01');
});

test.each([
  ['2020-09-01', '2020-09-01'],
  ['2020/9/1', '2020-09-01'],
  ['2020.9.1', '2020-09-01'],
  [' 2020年9月1日 ', '2020-09-01'],
  ['２０２０年９月１日', '2020-09-01'],
  ['20200901', '2020-09-01'],
  ['2020年9月', '2020-09-01'],
  ['2020-09-01 00:00:00', '2020-09-01'],
  ['2021-02-29', null],
  ['2020-13-01', null],
  ['去年', null],
])('REG-06: the date %s is read as %s', (written, date) => {
  expect(dateOf(text(written), false)).toBe(date);
});

test('REG-06: a date as a number is a day number, eight digits are a date', () => {
  expect(dateOf(number('44075'), false)).toBe('2020-09-01');
  expect(dateOf(number('20200901'), false)).toBe('2020-09-01');
});

test('REG-06: spaces, full-width characters and invisible marks go', () => {
  expect(plainText(' 张　三\u200b \u00a0')).toBe('张 三');
  expect(plainText('２１１４')).toBe('2114');
});

test('REG-06: what begins a formula is harmless going out, and comes back as it was', () => {
  for (const formula of ['=1+1', '+86 138', '-1', '@SUM(A1)', '\t=1', '＝cmd']) {
    expect(harmless(formula)).toBe(`'${formula}`);
  }
  expect(harmless('张三')).toBe('张三');
  expect(plainText(harmless('=1+1'))).toBe('=1+1');
  expect(plainText("'字")).toBe("'字");
});

test('REG-06: a number of more than 15 digits that Excel holds as a number has lost its end', () => {
  expect(digitsOf(number('999999999999999'))).toBe('999999999999999');
  expect(digitsOf(number('1000000000000000'))).toBeNull();
  expect(digitsOf(number('1.40105199001011E17'))).toBeNull();
  expect(digitsOf(number('1.3800000001E10'))).toBe('13800000001');
  expect(digitsOf(text('140105 19900101 1234'))).toBe('140105199001011234');
});

test('REG-06: yes and no as people write them', () => {
  expect(['是', ' 是 ', '√', 'Y', '1', 'TRUE'].map(flagOf)).toEqual(Array(6).fill(true));
  expect(['否', '无', 'n', '0', '×'].map(flagOf)).toEqual(Array(5).fill(false));
  expect(flagOf('也许')).toBeUndefined();
});

test('columns have the names of a spreadsheet', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});
