import { courses } from '@shixun/contracts';
import { accept, civilDateOf, type EffectivePolicy, fault, refuse } from '@shixun/kernel';
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { emptyParticipation, type ParticipationRow } from '../delivery/participation.ts';
import { participations } from '../delivery/store.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { decideClass } from './decide-class.ts';
import { type CompletionDecision, decideCompletion } from './decide-completion.ts';
import { codes } from './refusals.ts';
import { type CompletionRow, completions } from './store.ts';

/** A class has a few hundred trainees at most; more than this is no class. */
const traineesMax = 1_000;

type Facts = {
  readonly trainingClass: TrainingClassRow;
  readonly undecided: readonly EnrollmentRow[];
  readonly records: ReadonlyMap<string, ParticipationRow>;
  readonly policy: EffectivePolicy;
};

/** Decides completion for everybody of a class who is not decided yet; each decision is told by its own event. */
export const decideCompletionsCommand = defineCommand<
  { readonly classId: string },
  Facts,
  { readonly enrollmentIds: readonly string[] },
  TrainingClassRow
>({
  name: 'decideCompletions',
  input: z.object({ classId: z.string() }),
  gather: async ({ classId }, unit, { policies }) => {
    const trainingClass = await unit.findById(classes, classId);
    if (trainingClass === null) return notFound('class', classId, ['classId']);
    const trainees = await unit.find(
      enrollments,
      { classId, state: 'confirmed' },
      { limit: traineesMax },
    );
    const ids = trainees.map(({ _id }) => _id);
    const decided = await unit.find(completions, { enrollmentId: { $in: ids }, standing: true });
    const decidedIds = new Set(decided.map(({ enrollmentId }) => enrollmentId));
    const records = await unit.find(participations, { _id: { $in: ids } });
    return {
      trainingClass,
      undecided: trainees.filter(({ _id }) => !decidedIds.has(_id)),
      records: new Map(records.map((row) => [row._id, row])),
      policy: policies.effective(trainingClass.ownerRegionCode, civilDateOf(unit.now)),
    };
  },
  scope: ({ trainingClass }) => ({
    personId: trainingClass.classHeadId,
    institutionId: trainingClass.institutionId,
    regionCode: trainingClass.ownerRegionCode,
  }),
  decide: (_input, { trainingClass, undecided, records }) =>
    decideClass({
      classState: trainingClass.state,
      undecided: undecided.map(({ _id }) => ({
        enrollmentId: _id,
        unrecordedSessions: unrecorded(trainingClass, records.get(_id)),
      })),
    }),
  record: (_outcome, facts, unit) => {
    for (const enrollment of facts.undecided) recordCompletion(enrollment, facts, unit);
    return facts.trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: ({ policy }) => policy.versionId,
});

function unrecorded({ sessions }: TrainingClassRow, record: ParticipationRow | undefined): number {
  if (record?.violation) return 0;
  return sessions.length - (record?.attendance.length ?? 0);
}

function recordCompletion(enrollment: EnrollmentRow, facts: Facts, unit: Unit): void {
  const { trainingClass, records, policy } = facts;
  const { _id: enrollmentId, classId, projectId, teacherId } = enrollment;
  const record = records.get(enrollmentId) ?? emptyParticipation(enrollmentId, classId);
  const { completed, ...decision } = decideOne(trainingClass, record, policy);
  const decidedOn = civilDateOf(unit.now);
  const row: CompletionRow = {
    _id: unit.newId('completion'),
    enrollmentId,
    classId,
    projectId,
    teacherId,
    schoolId: enrollment.schoolId,
    ownerRegionCode: enrollment.ownerRegionCode,
    institutionId: enrollment.institutionId,
    state: completed ? 'confirmed' : 'refused',
    decidedOn,
    policyVersion: policy.versionId,
    withdrawnReason: null,
    standing: true,
    ...decision,
  };
  unit.insert(completions, row);
  unit.update(enrollments, { _id: enrollmentId }, { $set: { done: true } });
  tellDecision(row, { enrollment, trainingClass }, unit);
}

function decideOne(
  trainingClass: TrainingClassRow,
  record: ParticipationRow,
  { figures }: EffectivePolicy,
): CompletionDecision {
  const accepted = record.homework.filter(({ state }) => state === 'accepted');
  return decideCompletion(
    {
      ...trainingClass,
      present: new Map(
        record.attendance.map(({ sessionId, presentMinutes }) => [sessionId, presentMinutes]),
      ),
      accepted: new Set(accepted.map(({ moduleId }) => moduleId)),
      assessmentPassed: record.assessment?.passed ?? null,
      violation: record.violation !== null,
    },
    figures,
  );
}

function tellDecision(
  row: CompletionRow,
  { enrollment, trainingClass }: { enrollment: EnrollmentRow; trainingClass: TrainingClassRow },
  unit: Unit,
): void {
  const { enrollmentId, classId, projectId, teacherId, policyVersion, decidedOn } = row;
  const parties = { completionId: row._id, enrollmentId, classId, projectId, teacherId };
  if (row.state === 'refused') {
    const failed = row.conditions.filter(({ met }) => !met).map(({ rule }) => rule);
    const failedRules = [...new Set(failed)];
    unit.emit(courses.completionRefused, row._id, {
      ...parties,
      failedRules,
      decidedOn,
      policyVersion,
    });
    return;
  }
  const { level, sector, modality } = trainingClass;
  unit.emit(courses.completionConfirmed, row._id, {
    ...parties,
    institutionId: trainingClass.institutionId,
    level,
    sector,
    channel: enrollment.channel,
    modality,
    hoursPlannedCenti: row.hoursPlannedCenti,
    hoursAbsentCenti: row.hoursAbsentCenti,
    hoursCenti: row.hoursCenti,
    hoursByCategory: [...row.hoursByCategory],
    completedOn: decidedOn,
    policyVersion,
  });
}

type Withdraw = { readonly completionId: string; readonly reason: string };

/** Takes a completion back; credits are reversed by the event, and the trainee can be decided anew. [CRD-03] */
export const withdrawCompletionCommand = defineCommand<
  Withdraw,
  CompletionRow,
  Withdraw,
  CompletionRow
>({
  name: 'withdrawCompletion',
  input: z.object({ completionId: z.string(), reason: z.string().trim().min(1).max(500) }),
  gather: async ({ completionId }, unit) =>
    (await unit.findById(completions, completionId)) ??
    notFound('completion', completionId, ['completionId']),
  scope: ({ ownerRegionCode }) => ({ regionCode: ownerRegionCode }),
  decide: (input, { state }) =>
    state === 'confirmed'
      ? accept(input)
      : refuse(
          fault(codes.NOT_CONFIRMED, ['completionId'], { required: 'confirmed', actual: state }),
        ),
  record: ({ reason }, row, unit) => {
    const change = { state: 'withdrawn', standing: false, withdrawnReason: reason } as const;
    unit.update(completions, { _id: row._id, state: 'confirmed' }, { $set: change });
    unit.emit(courses.completionWithdrawn, row._id, {
      completionId: row._id,
      teacherId: row.teacherId,
      reason,
    });
    return { ...row, ...change };
  },
  stream: ({ classId }) => classId,
});
