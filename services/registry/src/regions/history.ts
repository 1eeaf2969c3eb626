/** Codes of GB/T 2260 change: what a code meant on a date, and which regions took its area over. [REG-01] */
import type { CivilDate, RegionLevel } from '@shixun/kernel';

/** One period in which a code stood for a region. */
export type RegionVersion = {
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly parentCode: string | null;
  /** First day in force; null when it was so before anything is recorded. */
  readonly from: CivilDate | null;
  /** First day no longer in force; null for what is in force now. */
  readonly to: CivilDate | null;
  /** Regions that took its area over when it ended: its own code after a mere renaming. */
  readonly successors: readonly string[];
  /** The document behind its end. */
  readonly basis: string | null;
};

/** The version in force on the date; undefined before the code's first day and after its last. */
export function versionOn(
  versions: readonly RegionVersion[],
  date: CivilDate,
): RegionVersion | undefined {
  return versions.find(
    ({ from, to }) => (from === null || from <= date) && (to === null || date < to),
  );
}

/** The last version that had ended by the date: its successors are where to look next. */
export function endedBy(
  versions: readonly RegionVersion[],
  date: CivilDate,
): RegionVersion | undefined {
  return versions.filter(({ to }) => to !== null && to <= date).at(-1);
}
