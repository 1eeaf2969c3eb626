import { expect, test } from '@jest/globals';
import { HotRows } from './remembered.ts';

type Seats = { readonly _id: string; readonly taken: number; readonly name: string };

const whole = { name: 'seats', fields: null };
const some = { name: 'seats', fields: ['taken'] };

function seats(taken: number): Seats {
  return { _id: 'c1', taken, name: 'x' };
}

function remembered(row: Seats | null): HotRows {
  const rows = new HotRows();
  rows.keep(whole, 'c1', row);
  rows.keep(some, 'c1', row && ({ _id: 'c1', taken: row.taken } as Seats));
  return rows;
}

test('CRS-42: what is set is remembered, of a row read in part only the part', () => {
  const rows = remembered(seats(1));
  rows.apply([{ name: 'seats', id: 'c1', update: { $set: { taken: 2, other: 1 } } }]);
  expect(rows.row(whole, 'c1')).toEqual({ _id: 'c1', taken: 2, name: 'x', other: 1 });
  expect(rows.row(some, 'c1')).toEqual({ _id: 'c1', taken: 2 });
});

test('CRS-42: a change that is not plainly set makes the row unknown, never wrong', () => {
  const rows = remembered(seats(1));
  rows.apply([{ name: 'seats', id: 'c1', update: { $inc: { taken: 1 } } }]);
  expect(rows.row(whole, 'c1')).toBeUndefined();
});

test('CRS-42: a change of unnamed rows makes all rows of the collection unknown', () => {
  const rows = remembered(seats(1));
  rows.apply([{ name: 'seats', id: { $in: ['c1'] }, update: { $set: { taken: 2 } } }]);
  expect(rows.row(whole, 'c1')).toBeUndefined();
});

test('CRS-42: a row that was not there is there once it is inserted, and other collections stay', () => {
  const rows = remembered(null);
  rows.keep({ name: 'classes', fields: null }, 'c1', { _id: 'c1' });
  rows.apply([{ name: 'seats', inserted: seats(1) }]);
  expect(rows.row(whole, 'c1')).toEqual(seats(1));
  expect(rows.row(some, 'c1')).toEqual({ _id: 'c1', taken: 1 });
  expect(rows.row({ name: 'classes', fields: null }, 'c1')).toEqual({ _id: 'c1' });
});

test('CRS-42: one figure that differs, or a row that came or went, is not as believed', () => {
  expect(remembered(seats(1)).equals(remembered(seats(1)))).toBe(true);
  expect(remembered(seats(1)).equals(remembered(seats(2)))).toBe(false);
  expect(remembered(null).equals(remembered(seats(1)))).toBe(false);
  expect(remembered(seats(1)).equals(remembered(null))).toBe(false);
});
