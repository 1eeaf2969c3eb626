import { civilDateOf, type Fault, fault, type Instant, yearOf } from '@shixun/kernel';
import { type CommandContext, type NotFound, notFound, type Unit } from '@shixun/runtime';
import { type EnrollmentRow, enrollments } from '../enrollment/store.ts';
import { type TeacherRow, teachers } from '../projections/teachers.ts';
import { type TrainerRow, trainers } from '../projections/trainers.ts';
import { classes, type ProjectRow, projects, type TrainingClassRow } from '../projects/store.ts';
import { waivedFigures } from '../waivers/store.ts';
import { figuresWithout } from '../waivers/waive.ts';
import type { Concerned } from './evidence.ts';
import { type GroupFacts, groupFaults } from './groups.ts';
import { placementFaults, placementKindOf } from './placements.ts';
import type { ClassStages, ProgressFacts, UnmetGate } from './progress.ts';
import { templateRowOf } from './readers-template.ts';
import { codes } from './refusals.ts';
import { shippedTemplate } from './shipped.ts';
import { classProgress, type EvidenceRow, type ProgressRow, stageEvidence } from './store.ts';
import {
  type ClassPeopleRow,
  classPeople,
  placements,
  type WorkshopHostRow,
  workshopHosts,
} from './store-people.ts';
import { substituteFaults } from './substitutes.ts';
import type { Gate, TemplateContent, TemplateStage } from './template.ts';

/** A class has a few hundred trainees at most. */
const traineesMax = 1_000;

/** A class with its people, its template and how far it is: what every command on stages looks at. */
export type ClassRoom = {
  readonly trainingClass: TrainingClassRow;
  readonly project: ProjectRow | null;
  readonly template: TemplateContent;
  readonly templateId: string;
  readonly trainees: readonly EnrollmentRow[];
  readonly teachers: readonly TeacherRow[];
  readonly mentors: readonly TrainerRow[];
  readonly people: ClassPeopleRow | null;
  readonly host: WorkshopHostRow | null;
  readonly progress: ProgressRow | null;
  readonly concerned: Concerned;
  readonly policy: GroupFacts['policy'];
  readonly policyVersion: string;
};

/** What reading takes: a unit, or a query's own reader. */
export type Reader = Pick<Unit, 'now' | 'find' | 'findOne' | 'findById'>;

export async function gatherClass(
  classId: string,
  unit: Reader,
  { policies }: Pick<CommandContext, 'policies'>,
): Promise<ClassRoom | NotFound> {
  const trainingClass = await unit.findById(classes, classId);
  if (trainingClass === null) return notFound('class', classId, ['classId']);
  const project = await unit.findById(projects, trainingClass.projectId);
  const row = await templateRowOf(unit, project ?? trainingClass);
  const filter = { classId, state: 'confirmed' };
  const trainees = await unit.find(enrollments, filter, { limit: traineesMax });
  const ids = trainees.map(({ teacherId }) => teacherId);
  const known = await unit.find(teachers, { _id: { $in: ids } });
  const mentors = await unit.find(trainers, { _id: { $in: [...trainingClass.trainerIds] } });
  const people = await unit.findById(classPeople, classId);
  const effective = policies.effective(trainingClass.ownerRegionCode, civilDateOf(unit.now));
  const waived = await waivedFigures(unit, trainingClass.projectId);
  return {
    trainingClass,
    project,
    template: row?.content ?? shippedTemplate(trainingClass.modality),
    templateId: row?._id ?? `${trainingClass.modality}@1`,
    trainees,
    teachers: known,
    mentors,
    people,
    host: await unit.findOne(workshopHosts, { classId, standing: true }),
    progress: await unit.findById(classProgress, classId),
    concerned: concernedOf(trainees, people),
    policy: figuresWithout(effective.figures, waived),
    policyVersion: effective.versionId,
  };
}

/** Whom evidence of a class may be about. */
export function concernedOf(
  trainees: readonly EnrollmentRow[],
  people: ClassPeopleRow | null,
): Concerned {
  const unique = (values: readonly string[]) => [...new Set(values)].sort();
  return {
    enrollmentIds: unique(trainees.map(({ _id }) => _id)),
    schoolIds: unique(trainees.map(({ schoolId }) => schoolId)),
    countyCodes: unique(trainees.map(({ regionCode }) => regionCode.slice(0, 6))),
    groups: (people?.groups ?? []).map(({ number }) => String(number)),
  };
}

/** What the groups of a class are held against. */
export function groupFactsOf(room: ClassRoom): GroupFacts {
  const byId = new Map(room.teachers.map((row) => [row._id, row]));
  return {
    template: room.template,
    trainees: room.trainees.map(({ teacherId }) => ({
      teacherId,
      stage: byId.get(teacherId)?.stage ?? '',
      subjects: byId.get(teacherId)?.subjects ?? [],
    })),
    mentors: room.mentors.map(({ _id, ...mentor }) => ({ ...mentor, trainerId: _id })),
    policy: room.policy,
  };
}

export function releasedOf({ teachers: known, trainees }: ClassRoom) {
  const byId = new Map(known.map((row) => [row._id, row]));
  return trainees.map(({ teacherId, regionCode }) => ({
    teacherId,
    regionCode,
    stage: byId.get(teacherId)?.stage ?? '',
    subjects: byId.get(teacherId)?.subjects ?? [],
  }));
}

/** Facts of one stage: its evidence, and what is missing at its gates. */
export async function progressFacts(
  unit: Reader,
  room: ClassRoom,
  stageKey: string,
): Promise<ProgressFacts> {
  const { trainingClass, template, concerned, progress } = room;
  const classId = trainingClass._id;
  const evidence: readonly EvidenceRow[] = await unit.find(stageEvidence, { classId, stageKey });
  const stage = template.stages.find(({ key }) => key === stageKey);
  return {
    classState: trainingClass.state,
    template,
    steps: progress?.steps ?? [],
    evidence,
    concerned,
    gates: {
      opening: await gateFaults(unit, room, stage?.opensWith ?? []),
      completing: await gateFaults(unit, room, stage?.completesWith ?? []),
    },
  };
}

async function gateFaults(unit: Reader, room: ClassRoom, gates: TemplateStage['opensWith']) {
  const faults: Fault[] = [];
  for (const gate of gates) faults.push(...(await oneGate(unit, room, gate)));
  return faults;
}

/** Of those gates, the ones that are not met. */
export async function unmetGates(
  unit: Reader,
  room: ClassRoom,
  gates: readonly Gate[],
): Promise<readonly UnmetGate[]> {
  const unmet: UnmetGate[] = [];
  for (const gate of gates) {
    if ((await oneGate(unit, room, gate)).length === 0) continue;
    unmet.push({ gate, waitsForMentors: await everybodyPlaced(unit, room, gate) });
  }
  return unmet;
}

/** Whether all that is missing at a gate is the word of mentors: every trainee is placed. [CRS-34] */
async function everybodyPlaced(unit: Reader, room: ClassRoom, gate: Gate): Promise<boolean> {
  const kind = placementKindOf(gate);
  if (kind === undefined) return false;
  const rows = await unit.find(placements, { classId: room.trainingClass._id });
  const standing = rows.filter(({ state }) => state !== 'cancelled');
  const assessed = standing.map((row) => ({ ...row, state: 'assessed' as const }));
  return placementFaults(room.concerned.enrollmentIds, assessed, kind).length === 0;
}

async function oneGate(unit: Reader, room: ClassRoom, gate: Gate): Promise<Fault[]> {
  const { people, trainingClass, concerned } = room;
  switch (gate) {
    case 'groups':
      return groupFaults(people?.groups ?? [], groupFactsOf(room));
    case 'substitutes':
      return substituteFaults(releasedOf(room), people?.matches ?? []);
    case 'host':
      return room.host === null ? [fault(codes.HOST_MISSING, ['classId'])] : [];
    default: {
      const rows = await unit.find(placements, { classId: trainingClass._id });
      return placementFaults(concerned.enrollmentIds, rows, placementKindOf(gate) ?? null);
    }
  }
}

/** What completion asks of the modality: a class's template with how far it is, and all that was recorded. [CRS-55] */
export async function stagesOfClass(
  unit: Reader,
  trainingClass: Pick<TrainingClassRow, '_id' | 'projectId' | 'modality'>,
): Promise<ClassStages> {
  const project = await unit.findById(projects, trainingClass.projectId);
  const row = await templateRowOf(unit, project ?? trainingClass);
  const progress = await unit.findById(classProgress, trainingClass._id);
  const template = row?.content ?? shippedTemplate(trainingClass.modality);
  const evidence = template.stages.some(({ asks }) => asks.length > 0)
    ? await unit.find(stageEvidence, { classId: trainingClass._id })
    : [];
  const gates = template.stages.flatMap(({ completesWith }) => completesWith);
  const placed = gates.some((gate) => placementKindOf(gate) !== undefined)
    ? await unit.find(placements, { classId: trainingClass._id })
    : [];
  return { template, steps: progress?.steps ?? [], evidence, placements: placed };
}

export type { ClassStages };

/** The year after the instant. */
export function nextYear(now: Instant): number {
  return yearOf(civilDateOf(now)) + 1;
}
