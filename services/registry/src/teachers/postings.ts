/** Where a teacher was, and when: postings follow one another, and none is ever lost. [REG-05] */
import type { CivilDate } from '@shixun/kernel';
import type { Posting } from './teacher.ts';

/** The postings after a move on that day. One that would begin on the day or later is replaced, not left empty. */
export function movedTo(
  postings: readonly Posting[],
  to: { readonly schoolId: string; readonly regionCode: string },
  on: CivilDate,
): readonly Posting[] {
  const last = postings.at(-1);
  const open = last !== undefined && last.to === null;
  if (open && last.from >= on)
    return [...postings.slice(0, -1), { ...to, from: last.from, to: null }];
  return [...endedOn(postings, on), { ...to, from: on, to: null }];
}

/** The postings after the last one has ended; `on` is the first day no longer there. */
export function endedOn(postings: readonly Posting[], on: CivilDate): readonly Posting[] {
  return postings.map((posting) => (posting.to === null ? { ...posting, to: on } : posting));
}

/** Where the teacher was on the date; more than one only when records of one person were merged. */
export function postingsOn(postings: readonly Posting[], date: CivilDate): readonly Posting[] {
  return postings.filter(({ from, to }) => from <= date && (to === null || date < to));
}
