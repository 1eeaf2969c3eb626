import { expect, test } from '@jest/globals';
import type { Collection, RowBase } from '../database.ts';
import type { Unit } from '../unit/unit.ts';
import { answersInRows } from './answers.ts';

type Seat = RowBase & { readonly place: number };

const seats = {
  collection: {} as Collection<Seat>,
  of: () => [],
  first: ({ _id, place }: Seat) => ({ _id, place: place - 1 }),
};
const unitWith = (...rows: Seat[]) => ({ find: async () => rows }) as unknown as Unit;
const asked = (rowId: string) => ({ rowId, names: [{ id: `key_${rowId}`, contentHash: 'same' }] });

test('CRS-46: a key whose row is gone meanwhile has no answer any more; those of other rows keep theirs', async () => {
  const unit = unitWith({ _id: 'seat_1', place: 2 });
  const known = await answersInRows(unit, seats, [asked('seat_0'), asked('seat_1')]);
  expect([...known]).toEqual([
    [
      'key_seat_1',
      { contentHash: 'same', result: { answer: { _id: 'seat_1', place: 1 }, refusals: [] } },
    ],
  ]);
});
