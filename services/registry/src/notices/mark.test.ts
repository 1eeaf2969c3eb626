import { describe, expect, test } from '@jest/globals';
import { isUnread, type Mark, markNotices } from './mark.ts';

const row = (sequence: number, mark: Mark = null) => ({ _id: `ntc_${sequence}`, sequence, mark });
const inbox = { total: 5, unread: 3, readThrough: 2 };

describe('GOV-04: read and unread', () => {
  test.each([
    [2, null, false],
    [3, null, true],
    [2, 'unread', true],
    [3, 'read', false],
  ] as const)('notice %i marked %j, read through 2: unread is %j', (sequence, mark, unread) => {
    expect(isUnread(row(sequence, mark), 2)).toBe(unread);
  });

  test('only what was in the other state counts', () => {
    const facts = { inbox, found: [row(2), row(3), row(4, 'read')] };
    const noticeIds = ['ntc_2', 'ntc_3', 'ntc_4'];
    expect(markNotices({ noticeIds, mark: 'read' }, facts)).toMatchObject({
      outcome: { changed: ['ntc_3'], unread: 2 },
    });
    expect(markNotices({ noticeIds, mark: 'unread' }, facts)).toMatchObject({
      outcome: { changed: ['ntc_2', 'ntc_4'], unread: 5 },
    });
  });

  test('every notice that is not in the inbox is named by its place', () => {
    const noticeIds = ['ntc_8', 'ntc_3', 'ntc_9'];
    const marked = markNotices({ noticeIds, mark: 'read' }, { inbox, found: [row(3)] });
    expect(marked.accepted ? [] : marked.faults.map(({ path }) => path)).toEqual([
      ['noticeIds', '0'],
      ['noticeIds', '2'],
    ]);
  });
});
