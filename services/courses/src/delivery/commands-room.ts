/** Reads what the records of one trainee or one class are decided on. */
import type { Unit } from '@shixun/runtime';
import { completions } from '../completion/store.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { emptyParticipation, type ParticipationRow } from './participation.ts';
import { participations } from './store.ts';

/** One trainee in one class: the enrollment, the class and what is recorded so far. */
export type Trainee = {
  readonly enrollment: EnrollmentRow;
  readonly trainingClass: TrainingClassRow;
  readonly participation: ParticipationRow;
  /** True when completion is decided: then the record stands. */
  readonly decided: boolean;
};

/** The trainee behind an enrollment; null when there is none with a place. */
export async function readTrainee(enrollmentId: string, unit: Unit): Promise<Trainee | null> {
  const enrollment = await unit.findById(enrollments, enrollmentId);
  if (enrollment === null || enrollment.state !== 'confirmed') return null;
  const trainingClass = await unit.findById(classes, enrollment.classId);
  if (trainingClass === null) return null;
  const known = await unit.findById(participations, enrollmentId);
  const decided = await unit.findOne(completions, { enrollmentId, standing: true });
  return {
    enrollment,
    trainingClass,
    participation: known ?? emptyParticipation(enrollmentId, enrollment.classId),
    decided: decided !== null,
  };
}

/** Writes the record of a trainee: the whole row, whose audit chain is the class's. */
export function saveParticipation(row: ParticipationRow, unit: Unit): void {
  const { _id, ...fields } = row;
  unit.upsert(participations, { _id }, { $set: fields });
}

/** The people of a class, and the bureau above: where a record belongs. */
export function traineeScope({ enrollment, trainingClass }: Trainee) {
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
