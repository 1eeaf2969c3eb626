import { expect, test } from '@jest/globals';
import type { FileRow } from './cell.ts';
import { columnsOf } from './columns.ts';
import { findHeader, headerFaults } from './header.ts';

const rowsOf = (lines: readonly (readonly string[])[]): FileRow[] =>
  lines.map((cells, at) => ({
    number: at + 1,
    cells: cells.map((text) => (text === '' ? undefined : { text, numeric: false })),
  }));
const { schools, teachers } = columnsOf;
const found = (lines: readonly (readonly string[])[], columns = schools) => {
  const header = findHeader(rowsOf(lines), columns);
  return { row: header?.row, columns: header?.columns.map(({ field, at }) => `${at}:${field}`) };
};
const data = ['2114000001', '学校', '小学', '140105'];

test('REG-06: the header is found below a title and a note, in any order and with other columns', () => {
  const lines = [
    ['学校信息表'],
    ['填报单位：', '某县'],
    ['序号', '校名', '学校代码', '类型', '区划代码'],
    ['1', ...data],
  ];
  expect(found(lines)).toEqual({ row: 3, columns: ['1:name', '2:code', '3:kind', '4:regionCode'] });
});

test('REG-06: names of a merged cell count for the rows below it, and groups give way to their columns', () => {
  const lines = [
    ['学校信息表', '', '', '', ''],
    ['学校标识码', '基本信息', '', '', '区划代码'],
    ['', '学校名称', '学校类型', '建校年份', ''],
    ['2114000001', '学校', '小学', '1950', '140105'],
  ];
  const columns = ['0:code', '1:name', '2:kind', '4:regionCode'];
  expect(found(lines)).toEqual({ row: 3, columns });
});

test('REG-06: marks, remarks, spaces, full-width letters and English names are understood', () => {
  const lines = [
    ['*学校标识码（必填）：', '学 校 名 称', 'Kind of school', '行政区划代码 Region code'],
    data,
  ];
  expect(found(lines).columns).toEqual(['0:code', '1:name', '2:kind', '3:regionCode']);
  expect(found([['校（园）长'], ['是']], teachers).columns).toEqual(['0:principal']);
});

test('REG-06: columns that are missing or there twice are all named, in both languages', () => {
  const header = findHeader(rowsOf([['学校标识码', '学校名称', '校名'], data]), schools);
  const [missing, twice] = headerFaults(header, schools);
  expect(missing?.figures.actual).toBe('学校类型 Kind of school、行政区划代码 Region code');
  expect(twice?.figures.actual).toBe('学校名称 School name');
  expect(headerFaults(null, schools)).toHaveLength(1);
});
