/** An institution's record as its decisions see it. */
import type { QualificationState, RegionLevel } from '@shixun/kernel';
import type { PublishedGrade } from './move-by-grade.ts';
import type { AskedScope } from './qualification-scope.ts';

export const institutionKinds = [
  'normal_university',
  'university',
  'development_centre',
  'online_provider',
  'practice_base',
] as const;
/** Kinds of which a department or college 二级学院 may be recorded. [REG-17] */
export const universityKinds: readonly InstitutionKind[] = ['normal_university', 'university'];
export type InstitutionKind = (typeof institutionKinds)[number];

/** What stands, or, before anything was granted, what was asked for first. */
export type QualificationRecord = AskedScope & {
  readonly state: QualificationState;
  /** Days that it was granted for; a renewal adds as many. */
  readonly termDays: number;
  /** The run of equal published grades that has not yet moved anything. [REG-09] */
  readonly run: readonly PublishedGrade[];
};

/** A further application while an earlier qualification stands. */
export type ApplicationRecord = AskedScope & { readonly state: 'applied' | 'under_review' };

export type InstitutionQualification = {
  readonly qualification: QualificationRecord;
  readonly application: ApplicationRecord | null;
};

/** One row of the history: what moved, from where to where, why, and the results behind it. */
export type MoveRecord = {
  readonly move: string;
  readonly from: QualificationState | null;
  readonly to: QualificationState;
  readonly reason: string;
  readonly gradeIds: readonly string[];
  /** Serious-quality findings behind a revocation. [REG-09] */
  readonly findingIds?: readonly string[];
  /** Level of the bureau that made the move; its superior decides an appeal. Absent when no bureau made it. */
  readonly bureauLevel?: RegionLevel;
};

/** The application that waits for the institution or the bureau; null when there is none. */
export function pendingApplication({
  qualification,
  application,
}: InstitutionQualification): ApplicationRecord | null {
  if (application !== null) return application;
  const { state } = qualification;
  return state === 'applied' || state === 'under_review' ? { ...qualification, state } : null;
}

/** Puts a pending application back where it came from: beside what stands, or in its place before the first grant. */
export function withApplication(
  record: InstitutionQualification,
  application: ApplicationRecord,
): InstitutionQualification {
  const first = ['applied', 'under_review'].includes(record.qualification.state);
  return first
    ? { qualification: { ...record.qualification, ...application }, application: null }
    : { ...record, application };
}
