import { isWithin } from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type Scope,
  type Unit,
} from '@shixun/runtime';
import { z } from 'zod';
import type { Trainee } from '../delivery/commands-room.ts';
import { teachers } from '../projections/teachers.ts';
import { id } from '../projects/input.ts';
import { type ActingScope, actingRoles } from './acting.ts';
import { decideLate, holdStages, readDecided } from './commands-late.ts';
import type { EvidenceRecord } from './evidence.ts';
import { completeStage, openStage, type ProgressFacts, type StageStep } from './progress.ts';
import {
  type ClassRoom,
  type ClassStages,
  gatherClass,
  nextYear,
  progressFacts,
} from './readers.ts';
import { recordEvidence } from './record-evidence.ts';
import {
  classProgress,
  type EvidenceRow,
  nextPlans,
  type ProgressRow,
  stageEvidence,
} from './store.ts';
import type { StageRole } from './template.ts';

type StageFacts = {
  readonly room: ClassRoom;
  readonly progress: ProgressFacts;
  readonly roles: readonly StageRole[];
  readonly scope: Scope;
  readonly principals: ReadonlySet<string>;
  /** Of those concerned, whose completion is decided already. */
  readonly decided: readonly Trainee[];
};

type About = {
  /** The one that evidence is about; null for the class as a whole. */
  readonly about: string | null;
  /** Whose completion may be decided anew by it. */
  readonly concerns: (room: ClassRoom) => readonly string[];
};

const nobody: About = { about: null, concerns: () => [] };
const everybody: About = { about: null, concerns: ({ concerned }) => concerned.enrollmentIds };

/** Told with a decision that is withdrawn: what changed, and of nobody. */
const stagesChanged = '研修环节或佐证变更，重新认定';

/** The class as a whole, or the school, county or trainee that evidence is about. */
function scopeOf(room: ClassRoom, about: string | null): ActingScope {
  const { trainingClass, concerned, host, trainees } = room;
  const school = concerned.schoolIds.filter((each) => about === null || each === about);
  const county = concerned.countyCodes.filter((each) => about === null || each === about);
  const trainee = trainees.find(({ _id }) => _id === about);
  const own = trainingClass.schoolId;
  return {
    regionCodes: trainee
      ? [trainee.regionCode, trainingClass.ownerRegionCode]
      : county.length > 0 && about !== null
        ? county
        : [...county, trainingClass.ownerRegionCode],
    schoolIds: trainee
      ? [trainee.schoolId]
      : school.length > 0
        ? school
        : own === null
          ? []
          : [own],
    institutionId: trainingClass.institutionId,
    classHeadId: trainingClass.classHeadId,
    trainerIds: trainingClass.trainerIds,
    hostId: host?.teacherId ?? null,
    teacherId: trainee?.teacherId ?? null,
  };
}

/** What the access row compares: the caller's own places, as far as the class knows them. */
function accessScope(caller: CommandContext['caller'], scope: ActingScope): Scope {
  const grants = caller?.grants ?? [];
  const first = (values: readonly string[], own: readonly (string | undefined)[]) =>
    values.find((value) => own.includes(value)) ?? values[0];
  const persons = [scope.classHeadId, scope.hostId, scope.teacherId, ...scope.trainerIds];
  const mine = grants.map(({ personId }) => personId ?? caller?.subject);
  const regionCode = scope.regionCodes.find((code) =>
    grants.some((grant) => grant.regionCode !== undefined && isWithin(code, grant.regionCode)),
  );
  return {
    regionCode: regionCode ?? scope.regionCodes.at(-1),
    schoolId: first(
      scope.schoolIds,
      grants.map(({ schoolId }) => schoolId),
    ),
    institutionId: scope.institutionId,
    personId: persons.find((person) => person !== null && mine.includes(person)) ?? null,
  };
}

async function gatherStage(
  input: { readonly classId: string; readonly stageKey: string },
  unit: Unit,
  context: CommandContext,
  { about, concerns }: About = nobody,
): Promise<StageFacts | Exclude<Awaited<ReturnType<typeof gatherClass>>, ClassRoom>> {
  const room = await gatherClass(input.classId, unit, context);
  if (!('trainingClass' in room)) return room;
  const scope = scopeOf(room, about);
  return {
    room,
    progress: await progressFacts(unit, room, input.stageKey),
    roles: actingRoles(context.caller, scope),
    scope: accessScope(context.caller, scope),
    principals: await principalsOf(room, about, unit),
    decided: await readDecided(room.trainingClass, concerns(room), { unit, ...context }),
  };
}

/** The principals of the school that evidence is about, or of all schools of the class; trainees or not. [CRS-31] */
async function principalsOf({ concerned }: ClassRoom, about: string | null, unit: Unit) {
  const schoolIds = concerned.schoolIds.filter((each) => about === null || each === about);
  const filter = { schoolId: { $in: schoolIds }, principal: true, status: 'active' };
  const found = schoolIds.length === 0 ? [] : await unit.find(teachers, filter);
  return new Set(found.map(({ _id }) => _id));
}

const stageInput = z.strictObject({ classId: id, stageKey: z.string().max(40) });

/** Keeps the steps of a class; guarded by the turn, so that of two at once one decides again. */
function keepSteps(
  unit: Unit,
  { progress, templateId, trainingClass }: ClassRoom,
  steps: readonly StageStep[],
) {
  const { _id } = trainingClass;
  if (progress === null) unit.insert(classProgress, { _id, templateId, steps, turn: 1 });
  else
    unit.update(
      classProgress,
      { _id, turn: progress.turn },
      { $set: { steps }, $inc: { turn: 1 } },
    );
}

export const openStageCommand: Command = defineCommand({
  name: 'openStage',
  input: stageInput,
  gather: (input, unit, context) => gatherStage(input, unit, context),
  scope: ({ scope }) => scope,
  decide: (input, { progress, roles }, { now, caller }) =>
    openStage(input, progress, { roles, subject: caller?.subject ?? '', now }),
  record: (step, { room }, unit) => {
    const steps: ProgressRow['steps'] = [...(room.progress?.steps ?? []), step];
    keepSteps(unit, room, steps);
    return room.trainingClass;
  },
  stream: ({ room }) => room.trainingClass._id,
  policyVersion: ({ room }) => room.policyVersion,
});

export const completeStageCommand: Command = defineCommand({
  name: 'completeStage',
  input: stageInput,
  gather: (input, unit, context) => gatherStage(input, unit, context, everybody),
  scope: ({ scope }) => scope,
  decide: (input, { progress, roles }, { now, caller }) =>
    completeStage(input, progress, { roles, subject: caller?.subject ?? '', now }),
  record: (done, { room, decided }, unit) => {
    const steps = (room.progress?.steps ?? []).map((step) =>
      step.key === done.key ? { ...step, ...done } : step,
    );
    keepSteps(unit, room, steps);
    decideLate(decided, () => ({ steps }), stagesChanged, unit);
    return room.trainingClass;
  },
  stream: ({ room }) => room.trainingClass._id,
  policyVersion: ({ room }) => room.policyVersion,
});

const evidenceInput = z
  .strictObject({
    classId: id,
    stageKey: z.string().max(40),
    askKey: z.string().max(40),
    about: id.nullish(),
    step: z.int().min(1).max(1000).nullish(),
    fields: z
      .array(z.strictObject({ key: z.string().max(40), value: z.string().max(4000) }))
      .max(40),
  })
  .transform((given) => ({ ...given, about: given.about ?? null, step: given.step ?? null }));

export const recordStageEvidenceCommand: Command = defineCommand({
  name: 'recordStageEvidence',
  input: evidenceInput,
  gather: (input, unit, context) => {
    const { about } = input;
    const concerns = ({ concerned }: ClassRoom) =>
      concerned.enrollmentIds.filter((each) => each === about);
    return gatherStage(input, unit, context, { about, concerns });
  },
  scope: ({ scope }) => scope,
  decide: ({ stageKey, askKey, about, step, fields }, facts, { now, caller }) =>
    recordEvidence(
      { stageKey, askKey, about, step, fields },
      { ...facts.progress, principals: facts.principals },
      { roles: facts.roles, subject: caller?.subject ?? '', now },
    ),
  record: (record, { room, roles, decided, progress }, unit): EvidenceRow => {
    const { _id: classId, projectId } = room.trainingClass;
    const ask = askOf(room, record);
    const role = ask?.by ?? roles[0] ?? '';
    const row: EvidenceRow = {
      ...record,
      _id: unit.newId('evidence'),
      classId,
      projectId,
      role,
      recordedAt: unit.now,
    };
    unit.insert(stageEvidence, row);
    keepNextPlan(row, room, unit);
    holdStages(unit, room.trainingClass, progress);
    const brought = ({ evidence }: ClassStages) => ({ evidence: [...evidence, row] });
    decideLate(decided, brought, stagesChanged, unit);
    return row;
  },
  // What is about one trainee is in that enrollment's own chain: a whole class may bring theirs in the same minute.
  stream: ({ room: { concerned, trainingClass } }, { about }) =>
    about !== null && concerned.enrollmentIds.includes(about) ? about : trainingClass._id,
  audited: ({ classId, stageKey, askKey, about }) => ({ classId, stageKey, askKey, about }),
  policyVersion: ({ room }) => room.policyVersion,
});

function askOf({ template }: ClassRoom, { stageKey, askKey }: EvidenceRecord) {
  const stage = template.stages.find(({ key }) => key === stageKey);
  return stage?.asks.find(({ key }) => key === askKey);
}

/** The year's summary yields the next year's plans of school and teacher, linked to it by its id. [CRS-30] */
function keepNextPlan(row: EvidenceRow, room: ClassRoom, unit: Unit): void {
  const kind = askOf(room, row)?.yields ?? null;
  if (kind === null || row.about === null) return;
  const trainee = room.trainees.find(({ _id, schoolId }) =>
    kind === 'school_plan' ? schoolId === row.about : _id === row.about,
  );
  if (trainee === undefined) return;
  const { classId, projectId, fields, recordedAt } = row;
  unit.insert(nextPlans, {
    _id: row._id,
    kind,
    ownerId: kind === 'school_plan' ? trainee.schoolId : trainee.teacherId,
    year: nextYear(unit.now),
    classId,
    projectId,
    schoolId: trainee.schoolId,
    regionCode: trainee.regionCode,
    fields,
    recordedAt,
  });
}
