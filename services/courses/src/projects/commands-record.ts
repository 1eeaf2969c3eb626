/** How a step of a project is written and told, whichever capability takes it. */
import { courses } from '@shixun/contracts';
import type { Unit } from '@shixun/runtime';
import { releaseClass } from '../enrollment/commands-release.ts';
import { type ClassState, classStateOf, type Step } from './project.ts';
import { classes, type ProjectRow, projects, type TrainingClassRow } from './store.ts';

export async function projectOf(unit: Unit, projectId: string): Promise<ProjectRow | null> {
  return unit.findById(projects, projectId);
}

export async function classesOf(unit: Unit, projectId: string): Promise<TrainingClassRow[]> {
  return unit.find(classes, { projectId }, { sort: { _id: 1 } });
}

/** Adds a new project with its first step. */
export function recordProject(unit: Unit, row: ProjectRow): ProjectRow {
  unit.insert(projects, row);
  tellProject(unit, row);
  return row;
}

/**
 * Moves a project on and its classes with it. Guarded by the state that the decision saw: whoever comes second
 * decides again.
 */
export function recordStep(
  unit: Unit,
  { project, classes: followers }: { project: ProjectRow; classes: readonly TrainingClassRow[] },
  step: Step,
  changes: Partial<ProjectRow> = {},
): ProjectRow {
  const row: ProjectRow = {
    ...project,
    ...changes,
    state: step.to,
    steps: [...project.steps, step],
  };
  unit.update(
    projects,
    { _id: project._id, state: project.state },
    { $set: { ...changes, state: step.to }, $push: { steps: step } },
  );
  tellProject(unit, row);
  const state = classStateOf(step.to);
  for (const follower of followers) {
    // A class that a change of the plan has dropped stays as it is. [CRS-19]
    if (follower.state === 'cancelled') continue;
    if (state !== undefined && state !== follower.state) moveClass(unit, follower, state);
  }
  return row;
}

/** Keeps how many trainees answered the evaluation of a project that is not closing yet. */
export function keepAnswers(unit: Unit, { _id, state }: ProjectRow, answersCount: number): void {
  unit.update(projects, { _id, state }, { $set: { answersCount } });
}

/** Adds a new class. */
export function recordClass(unit: Unit, row: TrainingClassRow): void {
  unit.insert(classes, row);
  tellClass(unit, row);
}

/** Writes what a change of the plan makes of a class, and tells it. [CRS-19] */
export function changeClass(
  unit: Unit,
  row: TrainingClassRow,
  changes: Partial<TrainingClassRow>,
): TrainingClassRow {
  unit.update(classes, { _id: row._id, state: row.state }, { $set: changes });
  const changed = { ...row, ...changes };
  tellClass(unit, changed);
  return changed;
}

/** Puts another plan in force, without a step: by the clock alone. [CRS-19] */
export function replacePlan(
  unit: Unit,
  project: ProjectRow,
  changes: Pick<ProjectRow, 'planId' | 'hoursCenti'>,
): ProjectRow {
  unit.update(projects, { _id: project._id, planId: project.planId }, { $set: changes });
  const row = { ...project, ...changes };
  tellProject(unit, row);
  return row;
}

/** Ends one class of a project that goes on; its enrollments are released. [CRS-19] */
export function cancelClass(unit: Unit, row: TrainingClassRow): void {
  moveClass(unit, row, 'cancelled');
}

function moveClass(unit: Unit, row: TrainingClassRow, state: ClassState): void {
  unit.update(classes, { _id: row._id }, { $set: { state } });
  if (state === 'cancelled') releaseClass(unit, row._id);
  tellClass(unit, { ...row, state });
}

function tellProject(unit: Unit, row: ProjectRow): void {
  unit.emit(courses.projectRecorded, row._id, {
    projectId: row._id,
    title: row.title,
    level: row.level,
    sector: row.sector,
    modality: row.modality,
    ownerRegionCode: row.ownerRegionCode,
    institutionId: row.institutionId,
    stage: row.stage,
    subject: row.subject,
    hoursCenti: row.hoursCenti,
    state: row.state,
    keyProject: row.keyProject,
    year: row.year,
  });
}

function tellClass(unit: Unit, row: TrainingClassRow): void {
  unit.emit(courses.classRecorded, row._id, {
    classId: row._id,
    projectId: row.projectId,
    institutionId: row.institutionId,
    opensOn: row.opensOn,
    closesOn: row.closesOn,
    state: row.state,
  });
}
