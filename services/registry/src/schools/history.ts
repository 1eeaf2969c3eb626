/** What a school was on a date. [REG-05] */
import type { CivilDate } from '@shixun/kernel';
import type { SchoolKind } from './kinds.ts';

export type SchoolState = 'open' | 'merged' | 'split' | 'closed';

/** What of a school changes over time. */
export type SchoolVersion = {
  readonly name: string;
  readonly kind: SchoolKind;
  readonly regionCode: string;
  readonly centralSchoolId: string | null;
  readonly state: SchoolState;
  /** First day on which it was so; null when it was so before anything is recorded. */
  readonly from: CivilDate | null;
  /** First day on which it was no longer so; null for the present. */
  readonly to: CivilDate | null;
};

/** A school as far as its history goes; what is not there never changed. */
export type SchoolRecord = Pick<
  SchoolVersion,
  'name' | 'kind' | 'regionCode' | 'centralSchoolId'
> & {
  readonly state?: SchoolState;
  /** First day of the present version. */
  readonly since?: CivilDate | null;
  /** Earlier versions, the earliest first. */
  readonly past?: readonly SchoolVersion[];
};

/** Every version of the school, the earliest first; the last is the present one. */
export function schoolHistory(school: SchoolRecord): readonly SchoolVersion[] {
  return [...(school.past ?? []), presentVersion(school)];
}

/** The version of that date: the earliest one for any date before the first change. */
export function schoolOn(school: SchoolRecord, date: CivilDate): SchoolVersion {
  return school.past?.find(({ to }) => to !== null && date < to) ?? presentVersion(school);
}

/** The fields that a change writes: the present version goes into the past, and another begins. */
export function changedOn<Change extends object>(
  school: SchoolRecord,
  effectiveOn: CivilDate,
  change: Change,
): Change & { readonly since: CivilDate; readonly past: readonly SchoolVersion[] } {
  const ended = { ...presentVersion(school), to: effectiveOn };
  return { ...change, since: effectiveOn, past: [...(school.past ?? []), ended] };
}

function presentVersion(school: SchoolRecord): SchoolVersion {
  const { name, kind, regionCode, centralSchoolId, state, since } = school;
  const from = since ?? null;
  return { name, kind, regionCode, centralSchoolId, state: state ?? 'open', from, to: null };
}
