/**
 * What the trainees of a class do at the same moment: they check in, hand in homework, ask for leave. Each of these is a
 * link of the class's audit chain, so one transaction for each would conflict with all the others: those that wait go
 * together. None of them changes what completion was decided on.
 */
import { civilDateOf, type EffectivePolicy } from '@shixun/kernel';
import {
  type CommandContext,
  type NotFound,
  notFound,
  type PolicyBook,
  type Unit,
} from '@shixun/runtime';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { absenceWarned, traineeScope } from './commands-room.ts';
import { emptyParticipation, type ParticipationRow } from './participation.ts';
import { participations } from './store.ts';

/** The trainees of a batch, of one class or of several. */
export type Together = {
  readonly enrollments: ReadonlyMap<string, EnrollmentRow>;
  readonly classes: ReadonlyMap<string, TrainingClassRow>;
  readonly before: ReadonlyMap<string, ParticipationRow>;
  /** The records that the batch has changed so far. */
  readonly changed: Map<string, ParticipationRow>;
  readonly policyOf: (trainingClass: TrainingClassRow) => EffectivePolicy;
};

/** One of them, with what the batch has recorded so far. */
export type Fellow<Batch extends Together = Together> = {
  readonly batch: Batch;
  readonly enrollment: EnrollmentRow;
  readonly trainingClass: TrainingClassRow;
  readonly participation: ParticipationRow;
  readonly policy: EffectivePolicy;
};

export async function readTogether(
  inputs: readonly { readonly enrollmentId: string }[],
  unit: Unit,
  policies: PolicyBook,
): Promise<Together> {
  const ids = [...new Set(inputs.map(({ enrollmentId }) => enrollmentId))];
  const rows = byId(await unit.findHot(enrollments, ids));
  const classIds = [...new Set([...rows.values()].map(({ classId }) => classId))];
  const today = civilDateOf(unit.now);
  return {
    enrollments: rows,
    classes: byId(await unit.findHot(classes, classIds)),
    before: byId(await unit.find(participations, { _id: { $in: ids } })),
    changed: new Map(),
    policyOf: ({ ownerRegionCode }) => policies.effective(ownerRegionCode, today),
  };
}

/** The trainee behind an enrollment, who must have a place. */
export function fellowOf<Batch extends Together>(
  enrollmentId: string,
  batch: Batch,
): Fellow<Batch> | NotFound {
  const enrollment = batch.enrollments.get(enrollmentId);
  const trainingClass = enrollment && batch.classes.get(enrollment.classId);
  if (enrollment?.state !== 'confirmed' || !trainingClass) {
    return notFound('enrollment', enrollmentId, ['enrollmentId']);
  }
  const participation =
    batch.changed.get(enrollmentId) ??
    batch.before.get(enrollmentId) ??
    emptyParticipation(enrollmentId, trainingClass._id);
  return { batch, enrollment, trainingClass, participation, policy: batch.policyOf(trainingClass) };
}

/** Changes a record of the batch, so that whoever comes next in it sees that. */
export function changeFellow(
  fellow: Fellow,
  change: Partial<ParticipationRow>,
  unit: Unit,
): EnrollmentRow {
  const { batch, enrollment, participation } = fellow;
  const changed = { ...participation, ...change };
  const absenceWarnings = absenceWarned({ ...fellow, decided: enrollment.done }, changed, unit);
  batch.changed.set(enrollment._id, { ...changed, absenceWarnings });
  return enrollment;
}

/** One write for each record, guarded by what was read: when somebody else was first, the batch runs again. */
export function saveTogether({ before, changed }: Together, unit: Unit): void {
  for (const [_id, record] of changed) {
    const read = before.get(_id);
    const { _id: _, ...fields } = { ...record, revision: (read?.revision ?? 0) + 1 };
    if (read === undefined) unit.insert(participations, { _id, ...fields });
    else unit.update(participations, { _id, revision: read.revision ?? null }, { $set: fields });
  }
}

/** What the definitions of such commands share; each answers the enrollment. */
export const goTogether = {
  gatherAll: (
    inputs: readonly { readonly enrollmentId: string }[],
    unit: Unit,
    { policies }: CommandContext,
  ) => readTogether(inputs, unit, policies),
  facts: ({ enrollmentId }: { readonly enrollmentId: string }, batch: Together) =>
    fellowOf(enrollmentId, batch),
  scope: traineeScope,
  save: saveTogether,
  stream: ({ trainingClass }: Fellow) => trainingClass._id,
};

function byId<Row extends { readonly _id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row._id, row]));
}
