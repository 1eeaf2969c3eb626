/** Writes what completion decided, tells it, and decides anew when a fact behind it has changed. [CRS-54, CRS-55] */
import { isDeepStrictEqual } from 'node:util';
import { courses } from '@shixun/contracts';
import { civilDateOf, type EffectivePolicy } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import { sessionsOnLeave } from '../delivery/absence-budget.ts';
import { excluded, type ParticipationRow } from '../delivery/participation.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { traineeStages } from '../modalities/progress.ts';
import type { ClassStages } from '../modalities/readers.ts';
import type { TrainingClassRow } from '../projects/store.ts';
import { trackingPlanOf } from '../tracking/due.ts';
import { trackingPlans } from '../tracking/store.ts';
import { type CompletionDecision, decideCompletion } from './decide-completion.ts';
import { notices } from './notices.ts';
import { type CompletionRow, completions } from './store.ts';

/** Whose completion, by which record, under which policy. */
export type Decided = {
  readonly enrollment: EnrollmentRow;
  readonly trainingClass: TrainingClassRow;
  readonly participation: ParticipationRow;
  readonly policy: EffectivePolicy;
  /** How far the class is in the stages of its modality. [CRS-55] */
  readonly stages: ClassStages;
};

/** Sessions without attendance; of who is excluded none is needed. */
export function unrecordedSessions(
  { sessions }: Pick<TrainingClassRow, 'sessions'>,
  record: ParticipationRow | undefined,
): number {
  if (record && excluded(record)) return 0;
  const taken = new Set(record?.attendance.map(({ sessionId }) => sessionId));
  return sessions.filter(({ _id }) => !taken.has(_id)).length;
}

/** The decision on one trainee, by the record as it stands. */
export function decisionOf(decided: Decided): CompletionDecision {
  const { trainingClass, participation, policy, stages } = decided;
  const { attendance, homework, assessment } = participation;
  const accepted = homework.filter(({ state }) => state === 'accepted');
  return decideCompletion(
    {
      ...trainingClass,
      enrollmentId: participation._id,
      present: new Map(
        attendance.map(({ sessionId, presentMinutes }) => [sessionId, presentMinutes]),
      ),
      onLeave: sessionsOnLeave(participation),
      accepted: new Set(accepted.map(({ moduleId }) => moduleId)),
      assessmentPassed: assessment?.passed ?? null,
      violation: excluded(participation),
      stages: traineeStages(participation._id, stages),
    },
    policy.figures,
  );
}

/** Records a first decision. */
export function recordCompletion(decided: Decided, unit: Unit): CompletionRow {
  const row = rowOf(decided, decisionOf(decided), unit);
  unit.insert(completions, row);
  unit.update(enrollments, { _id: row.enrollmentId }, { $set: { done: true } });
  tellDecision(row, decided, unit);
  return row;
}

/**
 * A fact behind a decision has changed. Where the record as it stands decides otherwise, in the result or in a figure,
 * the old decision is withdrawn and the new one told; where it can't be decided yet, it waits for the class's next
 * decision. Answers whether anything was decided anew.
 */
export function decideAnew(
  standing: CompletionRow | null,
  decided: Decided,
  reason: string,
  unit: Unit,
): boolean {
  if (standing === null) return false;
  const { trainingClass, participation, enrollment } = decided;
  const { completed, ...fresh } = decisionOf(decided);
  const was = standing.state === 'confirmed';
  const known = Object.fromEntries(
    Object.keys(fresh).map((key) => [key, standing[key as keyof typeof fresh]]),
  );
  if (was === completed && isDeepStrictEqual(known, fresh)) return false;
  withdraw(standing, reason, unit);
  const figures = {
    classId: enrollment.classId,
    enrollmentId: enrollment._id,
    completionId: standing._id,
  };
  unit.notify({
    notice: notices.DECIDED_ANEW,
    to: { teacherId: enrollment.teacherId },
    subject: enrollment._id,
    figures,
  });
  const goesOn = trainingClass.state === 'running' && !excluded(participation);
  if (goesOn || unrecordedSessions(trainingClass, participation) > 0) {
    unit.update(enrollments, { _id: enrollment._id }, { $set: { done: false } });
    return true;
  }
  const { completedOn } = standing;
  const row = { ...rowOf(decided, { completed, ...fresh }, unit), completedOn };
  const { _id, ...fields } = row;
  // Not an insert: the old decision has to stop standing before the new one may stand.
  unit.upsert(completions, { _id }, { $set: fields });
  tellDecision(row, decided, unit);
  return true;
}

/** Takes a decision back: what followed from it is compensated by whoever hears the event. [CRD-03] */
export function withdraw(row: CompletionRow, reason: string, unit: Unit): CompletionRow {
  const change = { state: 'withdrawn', standing: false, withdrawnReason: reason } as const;
  unit.update(completions, { _id: row._id, state: row.state, standing: true }, { $set: change });
  unit.remove(trackingPlans, { _id: row._id });
  const { _id: completionId, teacherId } = row;
  unit.emit(courses.completionWithdrawn, completionId, { completionId, teacherId, reason });
  return { ...row, ...change };
}

function rowOf(
  { enrollment, policy }: Decided,
  { completed, ...decision }: CompletionDecision,
  unit: Unit,
): CompletionRow {
  const decidedOn = civilDateOf(unit.now);
  return {
    _id: unit.newId('completion'),
    enrollmentId: enrollment._id,
    classId: enrollment.classId,
    projectId: enrollment.projectId,
    teacherId: enrollment.teacherId,
    schoolId: enrollment.schoolId,
    ownerRegionCode: enrollment.ownerRegionCode,
    regionCode: enrollment.regionCode,
    institutionId: enrollment.institutionId,
    state: completed ? 'confirmed' : 'refused',
    decidedOn,
    completedOn: decidedOn,
    policyVersion: policy.versionId,
    withdrawnReason: null,
    standing: true,
    ...decision,
  };
}

function tellDecision(row: CompletionRow, decided: Decided, unit: Unit): void {
  if (row.state === 'refused') tellRefusal(row, decided, unit);
  else tellConfirmation(row, decided, unit);
}

/** Told to the trainee, and to the trainee's school and bureau, in the transaction that decides it. [CRS-54] */
function tellRefusal(row: CompletionRow, { enrollment, trainingClass }: Decided, unit: Unit): void {
  const { enrollmentId, classId, projectId, teacherId, policyVersion, decidedOn } = row;
  const failed = row.conditions.filter(({ met }) => !met).map(({ rule }) => rule);
  const failedRules = [...new Set(failed)];
  unit.emit(courses.completionRefused, row._id, {
    completionId: row._id,
    enrollmentId,
    classId,
    projectId,
    teacherId,
    failedRules,
    decidedOn,
    policyVersion,
  });
  const title = trainingClass.projectTitle;
  const figures = { title, classId, enrollmentId, decidedOn, failed: failedRules.join(', ') };
  const { schoolId, regionCode } = enrollment;
  for (const to of [{ teacherId }, { schoolId }, { regionCode }]) {
    unit.notify({ notice: notices.NOT_COMPLETED, to, subject: enrollmentId, figures });
  }
}

function tellConfirmation(
  row: CompletionRow,
  { enrollment, trainingClass, policy }: Decided,
  unit: Unit,
): void {
  const { level, sector, modality, institutionId } = trainingClass;
  unit.emit(courses.completionConfirmed, row._id, {
    completionId: row._id,
    enrollmentId: row.enrollmentId,
    classId: row.classId,
    projectId: row.projectId,
    teacherId: row.teacherId,
    institutionId,
    level,
    sector,
    channel: enrollment.channel,
    modality,
    hoursPlannedCenti: row.hoursPlannedCenti,
    hoursAbsentCenti: row.hoursAbsentCenti,
    hoursCenti: row.hoursCenti,
    hoursByCategory: [...row.hoursByCategory],
    completedOn: row.completedOn,
    policyVersion: row.policyVersion,
  });
  unit.upsert(trackingPlans, { _id: row._id }, { $set: trackingPlanOf(row, policy.figures) });
}
