import { expect, test } from '@jest/globals';
import type { Cell } from './cell.ts';
import { columnsOf, importKinds } from './columns.ts';
import { isBlank, readRow } from './read-row.ts';

const columns = columnsOf.teachers;
const text = (value: string): Cell => ({ text: value, numeric: false });

/** One cell under one column of the teachers' file. */
function read(field: string, cell: Cell | undefined) {
  const found = [{ field, at: 0, title: field }];
  const { values, faults } = readRow(
    { number: 2, cells: [cell] },
    { columns, found, is1904: false },
  );
  const value = values.text(field) ?? values.flag(field) ?? values.list(field);
  return faults.length > 0 ? faults.map(({ code }) => code.name) : value;
}

test('REG-06: words are read in their official and in other forms; anything else names what may stand there', () => {
  expect(
    ['小学', '初级中学', ' 普高 ', 'primary'].map((word) => read('stage', text(word))),
  ).toEqual(['primary', 'junior', 'senior', 'primary']);
  expect(read('stage', text('大班'))).toEqual(['IMPORT_CELL_WORD']);
  expect(read('subjects', text('语文、数学/道法'))).toEqual(['chinese', 'mathematics', 'politics']);
  expect(read('subjects', text('语文、占卜'))).toEqual(['IMPORT_CELL_WORD']);
});

test('REG-06: an empty cell says nothing where it may be empty, and is a fault where it may not', () => {
  expect(read('title', undefined)).toBeUndefined();
  expect(read('title', text('  '))).toBeUndefined();
  expect(read('name', text('　'))).toEqual(['IMPORT_CELL_EMPTY']);
});

test('REG-06: a formula without a result and an error value are refused by name', () => {
  expect(read('name', { text: '', numeric: false, broken: 'formula' })).toEqual([
    'IMPORT_CELL_FORMULA',
  ]);
  expect(read('title', { text: '', numeric: false, broken: 'error' })).toEqual([
    'IMPORT_CELL_ERROR',
  ]);
});

test('REG-06: names have 2 to 50 characters', () => {
  expect(read('name', text('张'))).toEqual(['IMPORT_CELL_LENGTH']);
  expect(read('name', text('张三'))).toBe('张三');
  expect(read('name', text('张'.repeat(50)))).toHaveLength(50);
  expect(read('name', text('张'.repeat(51)))).toEqual(['IMPORT_CELL_LENGTH']);
});

test('REG-06: a school code has ten digits, full-width ones as well', () => {
  expect(read('schoolCode', text('２１１４０００００１'))).toBe('2114000001');
  expect(read('schoolCode', { text: '2114000001', numeric: true })).toBe('2114000001');
  expect(read('schoolCode', text('211400001'))).toEqual(['IMPORT_CELL_DIGITS']);
});

test('REG-06: text that begins a formula is text', () => {
  expect(read('name', text('=HYPERLINK(1)'))).toBe('=HYPERLINK(1)');
});

test('REG-05: no fault repeats what stands in the cell', () => {
  const secret = '绝密内容';
  for (const kind of importKinds) {
    for (const { field } of columnsOf[kind]) {
      const found = [{ field, at: 0, title: field }];
      const reading = { columns: columnsOf[kind], found, is1904: false };
      const { faults } = readRow({ number: 1, cells: [text(secret.repeat(20))] }, reading);
      expect(JSON.stringify(faults)).not.toContain(secret);
    }
  }
});

test('REG-06: a row with nothing in the known columns is blank, whatever stands beside them', () => {
  const found = [{ field: 'name', at: 1, title: '姓名' }];
  expect(isBlank({ number: 9, cells: [text('填表人'), text(' ')] }, found)).toBe(true);
  expect(isBlank({ number: 9, cells: [undefined, text('张')] }, found)).toBe(false);
});
