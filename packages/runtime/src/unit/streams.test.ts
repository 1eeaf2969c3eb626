import { expect, test } from '@jest/globals';
import {
  type AuditEntry,
  type AuditNote,
  chainAll,
  emptyHead,
  firstBrokenEntry,
  notesOf,
} from './streams.ts';

const at = new Date('2026-11-22T00:00:00Z');
const noteOf = (n: number): AuditNote => ({
  stream: 'cls_1',
  actor: `tch_${n}`,
  command: 'enrollTeacher',
  facts: { teacherId: `tch_${n}` },
  policyVersion: 'national@1',
});
const notes = (count: number) => Array.from({ length: count }, (_, n) => noteOf(n));
const headAfter = (entries: readonly AuditEntry[]) => ({
  ...emptyHead('cls_1'),
  auditSequence: entries.length,
  auditHash: entries.at(-1)?.hash ?? '',
});

test('GOV-02: seven commands of one unit are seven links, eight are one, and each leaves what it said', () => {
  const [seven, eight] = [7, 8].map((count) => chainAll(emptyHead('cls_1'), notes(count), at));
  expect([seven?.length, eight?.length]).toEqual([7, 1]);
  for (const entries of [seven ?? [], eight ?? []]) {
    const actors = entries.flatMap(notesOf).map(({ actor }) => actor);
    expect(actors).toEqual(notes(entries.flatMap(notesOf).length).map(({ actor }) => actor));
    expect(firstBrokenEntry(entries, headAfter(entries))).toBeNull();
  }
});

test('GOV-02: one member of a batch edited, removed, added or moved breaks its link; links of batches chain on', () => {
  const first = chainAll(emptyHead('cls_1'), notes(300), at);
  const second = chainAll(headAfter(first), notes(2), at);
  const entries = [...first, ...second];
  expect(entries.map(({ members }) => members?.length ?? 1)).toEqual([256, 44, 1, 1]);
  expect(firstBrokenEntry(entries, headAfter(entries))).toBeNull();
  const members = first[1]?.members ?? [];
  const other = { actor: 'x', command: 'enrollTeacher', facts: '{}', policyVersion: null };
  const tampered = [
    members.with(5, { ...other, facts: members[5]?.facts ?? '' }),
    members.slice(1),
    [...members, other],
    members.toReversed(),
  ];
  for (const edited of tampered) {
    const whole = entries.map((entry, index) =>
      index === 1 ? { ...entry, members: edited } : entry,
    );
    expect(firstBrokenEntry(whole, headAfter(entries))).toBe(2);
  }
});
