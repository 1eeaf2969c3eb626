/** Reads what the records of one trainee or one class are decided on, and writes a record with all that follows from it. */
import { civilDateOf, type EffectivePolicy, type Instant, minuteOfDay } from '@shixun/kernel';
import type { PolicyBook, Recipient, Unit } from '@shixun/runtime';
import { decideAnew } from '../completion/commands-record.ts';
import { type CompletionRow, completions } from '../completion/store.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { type ClassStages, stagesOfClass } from '../modalities/readers.ts';
import { type ClassSession, classes, type TrainingClassRow } from '../projects/store.ts';
import { absenceBudget, warningsDue } from './absence-budget.ts';
import { notices } from './notices.ts';
import { emptyParticipation, type ParticipationRow } from './participation.ts';
import { participations } from './store.ts';

/** One trainee in one class: the enrollment, the class and what is recorded so far. */
export type Trainee = {
  readonly enrollment: EnrollmentRow;
  readonly trainingClass: TrainingClassRow;
  readonly stages: ClassStages;
  readonly participation: ParticipationRow;
  /** The decision on completion that stands; null before there is one. */
  readonly standing: CompletionRow | null;
  /** The policy of the day of that decision, or of today. */
  readonly policy: EffectivePolicy;
};

/** The trainee behind an enrollment; null when there is none with a place. */
export async function readTrainee(
  enrollmentId: string,
  unit: Unit,
  policies: PolicyBook,
): Promise<Trainee | null> {
  const enrollment = await unit.findById(enrollments, enrollmentId);
  if (enrollment === null) return null;
  const trainingClass = await unit.findById(classes, enrollment.classId);
  if (trainingClass === null) return null;
  const trainees = await readTrainees(trainingClass, [enrollmentId], { unit, policies });
  return trainees.get(enrollmentId) ?? null;
}

/** Those of the ids who have a place in the class. */
export async function readTrainees(
  trainingClass: TrainingClassRow,
  ids: readonly string[],
  { unit, policies }: { readonly unit: Unit; readonly policies: PolicyBook },
): Promise<ReadonlyMap<string, Trainee>> {
  const { _id: classId, ownerRegionCode } = trainingClass;
  const rows = await unit.find(enrollments, { _id: { $in: ids }, classId, state: 'confirmed' });
  const records = await unit.find(participations, { _id: { $in: ids } });
  const decided = await unit.find(completions, { enrollmentId: { $in: ids }, standing: true });
  const stages = await stagesOfClass(unit, trainingClass);
  const recordOf = new Map(records.map((row) => [row._id, row]));
  const decisionOf = new Map(decided.map((row) => [row.enrollmentId, row]));
  return new Map(
    rows.map((enrollment): [string, Trainee] => {
      const { _id } = enrollment;
      const standing = decisionOf.get(_id) ?? null;
      const day = standing?.decidedOn ?? civilDateOf(unit.now);
      const policy = policies.effective(ownerRegionCode, day);
      const participation = recordOf.get(_id) ?? emptyParticipation(_id, classId);
      return [_id, { enrollment, trainingClass, participation, standing, policy, stages }];
    }),
  );
}

/**
 * Writes the record of a trainee and does what follows from it: the warnings of the absence budget, each once, and the
 * decision on completion anew where one stands. `why` says what changed; it is told, so it names no person.
 */
export function changeRecord(
  trainee: Trainee,
  change: Partial<ParticipationRow>,
  why: string,
  unit: Unit,
): EnrollmentRow {
  const changed = { ...trainee.participation, ...change };
  const decided = trainee.standing !== null;
  const absenceWarnings = absenceWarned({ ...trainee, decided }, changed, unit);
  const revision = (trainee.participation.revision ?? 0) + 1;
  const participation = { ...changed, absenceWarnings, revision };
  const { _id, ...fields } = participation;
  // The whole row: its audit chain is the class's.
  unit.upsert(participations, { _id }, { $set: fields });
  decideAnew(trainee.standing, { ...trainee, participation }, why, unit);
  return trainee.enrollment;
}

/**
 * Tells the trainee and the class head the highest warning that is due and was not given; those below it are passed.
 * Answers how many were given by now.
 */
export function absenceWarned(
  trainee: Pick<Trainee, 'trainingClass' | 'enrollment' | 'policy'> & { readonly decided: boolean },
  record: ParticipationRow,
  unit: Unit,
): number {
  const { trainingClass, enrollment, policy, decided } = trainee;
  const budget = absenceBudget(trainingClass, record, policy.figures);
  const due = warningsDue(trainingClass, budget, policy.figures);
  if (due <= record.absenceWarnings || decided) return record.absenceWarnings;
  const { usedMinutes: used, limitMinutes, leftMinutes } = budget;
  const { _id: enrollmentId, classId, teacherId } = enrollment;
  const near = notices.ABSENCE_NEARS_LIMIT;
  const notice =
    [near, near, notices.ABSENCE_AT_LIMIT, notices.ABSENCE_ABOVE_LIMIT][due - 1] ?? near;
  const figures = { enrollmentId, classId, used, limit: limitMinutes ?? 0, left: leftMinutes ?? 0 };
  for (const to of [{ teacherId }, classHeadOf(trainingClass)]) {
    if (to !== null) unit.notify({ notice, to, subject: enrollmentId, figures });
  }
  return due;
}

/** Where notices to a class head go: the person's own inbox, or that of the institution or school that runs the class. */
export function classHeadOf({
  classHeadId,
  institutionId,
  schoolId,
}: Pick<TrainingClassRow, 'classHeadId' | 'institutionId' | 'schoolId'>): Recipient | null {
  if (classHeadId.startsWith('tch_')) return { teacherId: classHeadId };
  if (classHeadId.startsWith('trn_')) return { trainerId: classHeadId };
  if (institutionId !== null) return { institutionId };
  return schoolId === null ? null : { schoolId };
}

/** When a session begins. */
export function startOf({
  date,
  startMinute,
}: Pick<ClassSession, 'date' | 'startMinute'>): Instant {
  return minuteOfDay(date, startMinute);
}

/** The people of a class, and the bureau above: where a record belongs. */
export function traineeScope({
  enrollment,
  trainingClass,
}: Pick<Trainee, 'enrollment' | 'trainingClass'>) {
  return {
    personId: enrollment.teacherId,
    schoolId: enrollment.schoolId,
    regionCode: enrollment.ownerRegionCode,
    institutionId: trainingClass.institutionId,
  };
}

/** The class head is asked for as a person, not by institution. */
export function classHeadScope({ trainingClass }: Pick<Trainee, 'trainingClass'>) {
  return { personId: trainingClass.classHeadId };
}
