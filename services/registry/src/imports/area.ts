/** For which part of the province an import is, and as whom it acts: fixed when it is created. [REG-01] */
import { isWithin } from '@shixun/kernel';

/** A region with all below it, or one school. */
export type Area = { readonly regionCode: string; readonly schoolId: string | null };

export function isInArea(
  { regionCode, schoolId }: Area,
  place: { readonly regionCode: string; readonly schoolId?: string },
): boolean {
  if (schoolId !== null) return place.schoolId === schoolId;
  return isWithin(place.regionCode, regionCode);
}

/** The grants that count, as they were when the import was created. */
export type ActingGrant = {
  readonly role: string;
  readonly regionCode?: string | undefined;
  readonly schoolId?: string | undefined;
};

/** What a valid row does; a transfer may change other things too. */
export type Verdict = 'added' | 'changed' | 'transferred' | 'unchanged';
