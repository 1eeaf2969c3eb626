/** Meetings of a changed class that fall into another class of the same trainee. [CRS-19, CRS-41] */
import { type Meeting, overlap } from '../enrollment/eligibility.ts';

export type OtherClass = {
  readonly classId: string;
  readonly enrollmentId: string;
  readonly sessions: readonly Meeting[];
};

export type Clash = {
  readonly otherClassId: string;
  readonly otherEnrollmentId: string;
  readonly date: string;
};

/** The other classes that meet when one of the meetings in their new time does, each with the first such day. */
export function clashesOf(
  moved: readonly Meeting[],
  others: readonly OtherClass[],
): readonly Clash[] {
  return others.flatMap(({ classId, enrollmentId, sessions }) => {
    const [date] = moved
      .filter((meeting) => overlap([meeting], sessions))
      .map((meeting) => meeting.date)
      .toSorted();
    return date === undefined
      ? []
      : [{ otherClassId: classId, otherEnrollmentId: enrollmentId, date }];
  });
}
