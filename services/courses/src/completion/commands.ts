import { accept, civilDateOf, type EffectivePolicy, fault, refuse } from '@shixun/kernel';
import { defineCommand, notFound, type Recipient, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { emptyParticipation, type ParticipationRow } from '../delivery/participation.ts';
import { participations } from '../delivery/store.ts';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { holdStages } from '../modalities/commands-late.ts';
import { type ClassStages, stagesOfClass } from '../modalities/readers.ts';
import { classes, type TrainingClassRow } from '../projects/store.ts';
import { recordCompletion, unrecordedSessions, withdraw } from './commands-record.ts';
import { decideClass } from './decide-class.ts';
import { notices } from './notices.ts';
import { codes } from './refusals.ts';
import { type CompletionRow, completions } from './store.ts';

/** A class has a few hundred trainees at most; more than this is no class. */
const traineesMax = 1_000;

type Facts = {
  readonly trainingClass: TrainingClassRow;
  readonly undecided: readonly EnrollmentRow[];
  readonly records: ReadonlyMap<string, ParticipationRow>;
  readonly policy: EffectivePolicy;
  readonly stages: ClassStages;
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
      stages: await stagesOfClass(unit, trainingClass),
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
        unrecordedSessions: unrecordedSessions(trainingClass, records.get(_id)),
      })),
    }),
  record: (_outcome, facts, unit) => {
    const { trainingClass, policy, stages } = facts;
    const rows = facts.undecided.map((enrollment) => {
      const { _id, classId } = enrollment;
      const participation = facts.records.get(_id) ?? emptyParticipation(_id, classId);
      return recordCompletion({ enrollment, trainingClass, participation, policy, stages }, unit);
    });
    holdStages(unit, trainingClass, stages);
    tellArchives(rows, facts, unit);
    return trainingClass;
  },
  stream: ({ trainingClass }) => trainingClass._id,
  policyVersion: ({ policy }) => policy.versionId,
});

/** Every bureau and school of the class's trainees hears that the archives can be read. [CRS-57] */
function tellArchives(rows: readonly CompletionRow[], facts: Facts, unit: Unit): void {
  const { _id: classId, projectTitle: title } = facts.trainingClass;
  const regionOf = new Map(facts.undecided.map(({ _id, regionCode }) => [_id, regionCode]));
  const bySchool = Map.groupBy(rows, ({ schoolId }) => schoolId);
  const byRegion = Map.groupBy(rows, ({ enrollmentId }) => regionOf.get(enrollmentId) ?? '');
  const tell = (to: Recipient, own: readonly CompletionRow[]) => {
    const completed = own.filter(({ state }) => state === 'confirmed').length;
    const figures = { title, classId, completed, refused: own.length - completed };
    unit.notify({ notice: notices.ARCHIVES_READY, to, subject: classId, figures });
  };
  for (const [schoolId, own] of bySchool) tell({ schoolId }, own);
  for (const [regionCode, own] of byRegion) tell({ regionCode }, own);
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
    unit.update(enrollments, { _id: row.enrollmentId }, { $set: { done: false } });
    return withdraw(row, reason, unit);
  },
  stream: ({ classId }) => classId,
});
