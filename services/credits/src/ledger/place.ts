/** Where an entry belongs: with its teacher, in the teacher's present school and region. [REG-05] */
import type { Teacher } from '../projections/teachers.ts';
import type { LedgerEntry } from './store.ts';

/** An entry with its place: what the access table looks at. */
export type PlacedEntry = LedgerEntry & {
  readonly schoolId: string | null;
  readonly regionCode: string | null;
};

export function placed(entry: LedgerEntry, teacher: Teacher | null): PlacedEntry {
  return {
    ...entry,
    schoolId: teacher?.schoolId ?? null,
    regionCode: teacher?.regionCode ?? null,
  };
}
