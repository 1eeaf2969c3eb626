/** Reads how far classes are in their stages, all of a caller's classes at once. [CRS-59] */
import type { GraphContext } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { schoolClasses } from '../forecast/store.ts';
import { concernedOf, unmetGates } from '../modalities/readers.ts';
import { templateShown } from '../modalities/readers-template.ts';
import { readerOf, roomOf } from '../modalities/resolvers.ts';
import { shippedTemplate } from '../modalities/shipped.ts';
import { classProgress, stageEvidence } from '../modalities/store.ts';
import { classPeople, placements, workshopHosts } from '../modalities/store-people.ts';
import { classes, projects, type TrainingClassRow } from '../projects/store.ts';
import type { Duty } from './duties.ts';
import {
  concernsRole,
  gatesAtHand,
  type InNameOf,
  ownStageDuties,
  type StageFacts,
  stageDuties,
} from './duties-stages.ts';
import { read } from './readers-rows.ts';

const moving = ['running', 'closing'];

/** The stages of those classes in which a role has something to do. */
export async function stagesOf(
  role: string,
  rows: readonly TrainingClassRow[],
  context: GraphContext,
  inNameOf: InNameOf = {},
): Promise<readonly Duty[]> {
  const lists = rows
    .filter(({ state }) => moving.includes(state))
    .map(async (row) => {
      const facts = await stageFacts(row, context);
      if (!facts.template.stages.some((stage) => concernsRole(stage, role))) return [];
      const whole = {
        ...facts,
        concerned: await concerned(row._id, context),
        unmet: await unmetOf(row._id, facts, context),
      };
      return stageDuties(row, whole, role, inNameOf);
    });
  return (await Promise.all(lists)).flat();
}

export async function ownStagesOf(
  enrollmentId: string,
  row: TrainingClassRow,
  context: GraphContext,
): Promise<readonly Duty[]> {
  return moving.includes(row.state)
    ? ownStageDuties(enrollmentId, row, await stageFacts(row, context))
    : [];
}

export async function stagesOfInstitution(
  institutionId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const filter = { institutionId, state: { $in: moving } };
  const rows = await read(context, classes, filter);
  return stagesOf('InstitutionAdmin', rows, context);
}

export async function stagesOfBureau(
  role: string,
  regionCode: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const own = { regionPath: regionCode, ownerRegionCode: regionCode };
  const running = await read(context, projects, { ...own, state: { $in: moving } });
  const rows = running.map(({ _id }) => context.loadMany(classes, 'projectId', _id));
  return stagesOf(role, (await Promise.all(rows)).flat(), context, { regionCode });
}

/** A school leads and brings evidence in the classes in which it has teachers. [CRS-30, CRS-31] */
export async function stagesOfSchool(
  schoolId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const own = await read(context, schoolClasses, { schoolId }, { lastDay: -1 });
  const rows = await Promise.all(own.map(({ classId }) => context.loadOne(classes, classId)));
  const known = rows.filter((row) => row !== null);
  return stagesOf('SchoolAdmin', known, context, { schoolId });
}

/** Placements that wait for the word of their mentor. [CRS-34] */
export async function placementsOfMentor(
  mentorId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const rows = await read(context, placements, { mentorId, state: 'placed' });
  const duties = rows.map(async ({ _id: subject, classId, endsOn: dueOn }): Promise<Duty> => {
    const title = (await context.loadOne(classes, classId))?.projectTitle ?? '';
    return { kind: 'assess_placement', role: 'Trainer', subject, detail: '', title, dueOn };
  });
  return Promise.all(duties);
}

/** Being its host is the role; the grant says no more than that it may be. */
export async function stagesOfHost(
  teacherId: string,
  context: GraphContext,
): Promise<readonly Duty[]> {
  const hosted = (await read(context, workshopHosts, { teacherId })).filter((row) => row.standing);
  const rows = hosted.map(({ classId }) => context.loadOne(classes, classId));
  const known = (await Promise.all(rows)).filter((row) => row !== null);
  return stagesOf('WorkshopHost', known, context);
}

async function stageFacts(
  row: TrainingClassRow,
  context: GraphContext,
): Promise<Omit<StageFacts, 'concerned' | 'unmet'>> {
  const project = await context.loadOne(projects, row.projectId);
  const template = await templateShown(context, project ?? row);
  const progress = await context.loadOne(classProgress, row._id);
  return {
    template: template?.content ?? shippedTemplate(row.modality),
    steps: progress?.steps ?? [],
    evidence: await context.loadMany(stageEvidence, 'classId', row._id),
  };
}

async function concerned(classId: string, context: GraphContext) {
  const all = await context.loadMany(enrollments, 'classId', classId);
  const people = await context.loadOne(classPeople, classId);
  return concernedOf(
    all.filter(({ state }) => state === 'confirmed'),
    people,
  );
}

/** Read as the commands read it; most stages have no gate, and then nothing is. */
async function unmetOf(
  classId: string,
  facts: Pick<StageFacts, 'template' | 'steps'>,
  context: GraphContext,
): Promise<StageFacts['unmet']> {
  const gates = gatesAtHand(facts);
  const room = gates.length === 0 ? null : await roomOf(context, classId);
  return room === null ? [] : unmetGates(readerOf(context), room, gates);
}
