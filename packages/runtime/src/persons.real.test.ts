import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { registry } from '@shixun/contracts';
import type { Caller } from './caller.ts';
import { connectDatabase, type Database } from './database.ts';
import { PersonBook, redirectHandlers, redirectRows } from './persons.ts';
import { PolicyBook } from './policies.ts';
import { runUnit } from './unit/run.ts';

let db: Database;
let book: PersonBook;

beforeAll(async () => {
  const database = `runtime_persons_${randomUUID().slice(0, 8)}`;
  db = await connectDatabase({ uri: process.env['MONGODB_URI'] ?? '', database });
  await db.ensureIndexes([redirectRows]);
});
beforeEach(async () => {
  await db.model(redirectRows).deleteMany({});
  book = new PersonBook(db);
});
afterAll(async () => {
  await db.connection.dropDatabase();
  await db.close();
});

/** The registry's word, as a consumer brings it. */
async function hear(
  contract: typeof registry.teacherMerged | typeof registry.teacherUnmerged,
  [teacherId, survivorId]: readonly [string, string],
  sequence: number,
): Promise<void> {
  const handler = redirectHandlers.find((each) => each.contract === contract);
  if (!handler) throw new Error(`nobody hears ${contract.type}`);
  const data = { teacherId, survivorId };
  const envelope = { sequence: String(sequence), data };
  const context = { policies: new PolicyBook(db), personalDataKey: Buffer.alloc(32) };
  await runUnit(db, (unit) => handler.handle([{ envelope, data }] as never, unit, context), {
    service: 'courses',
  });
  await book.refresh();
}

const caller: Caller = {
  subject: 'tch_old',
  grants: [{ role: 'Teacher' }, { role: 'Trainer', personId: 'tch_old' }],
};

test('REG-16: the records of one person are known by each of their ids, also over two merges, and apart again after one is undone', async () => {
  await hear(registry.teacherMerged, ['tch_old', 'tch_mid'], 2);
  await hear(registry.teacherMerged, ['tch_mid', 'tch_new'], 5);
  for (const id of ['tch_old', 'tch_mid', 'tch_new']) {
    expect(book.survivorOf(id)).toBe('tch_new');
    expect(book.idsOf(id)[0]).toBe('tch_new');
    expect(book.idsOf(id).toSorted()).toEqual(['tch_mid', 'tch_new', 'tch_old']);
  }
  await hear(registry.teacherUnmerged, ['tch_mid', 'tch_new'], 6);
  expect(book.idsOf('tch_new')).toEqual(['tch_new']);
  expect(book.idsOf('tch_old')).toEqual(['tch_mid', 'tch_old']);
  expect(book.idsOf('tch_other')).toEqual(['tch_other']);
});

test('REG-16: a merge that is heard again after it was undone changes nothing', async () => {
  await hear(registry.teacherMerged, ['tch_old', 'tch_new'], 2);
  await hear(registry.teacherUnmerged, ['tch_old', 'tch_new'], 3);
  await hear(registry.teacherMerged, ['tch_old', 'tch_new'], 2);
  expect(book.survivorOf('tch_old')).toBe('tch_old');
  await hear(registry.teacherMerged, ['tch_old', 'tch_new'], 4);
  expect(book.survivorOf('tch_old')).toBe('tch_new');
});

test('REG-16: who bears the token of a merged record speaks for the person, as a teacher and as nothing else', async () => {
  expect(book.speaking(caller)).toBe(caller);
  await hear(registry.teacherMerged, ['tch_old', 'tch_new'], 2);
  expect(book.speaking(caller)).toEqual({
    subject: 'tch_old',
    grants: [
      { role: 'Teacher', personId: 'tch_new' },
      { role: 'Teacher', personId: 'tch_old' },
      { role: 'Trainer', personId: 'tch_old' },
    ],
  });
  const stranger = { subject: 'tch_x', grants: [{ role: 'Teacher' }] } as const;
  expect(book.speaking(stranger)).toBe(stranger);
});
