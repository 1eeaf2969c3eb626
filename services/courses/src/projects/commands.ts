import { civilDateOf, type EffectivePolicy, type Fault, type Instant } from '@shixun/kernel';
import {
  type Command,
  type CommandContext,
  defineCommand,
  type NotFound,
  notFound,
  type Scope,
  type Unit,
} from '@shixun/runtime';
import type { z } from 'zod';
import { candidateOf, consortiumOf } from '../consortia/readers.ts';
import { seatRows } from '../enrollment/store.ts';
import { regionCodesFor } from '../menus/region-faults.ts';
import { newestTemplate } from '../modalities/readers-template.ts';
import { institutions } from '../projections/institutions.ts';
import { regions } from '../projections/regions.ts';
import { schools } from '../projections/schools.ts';
import { coverageFaults } from './archive.ts';
import { classesOf, projectOf, recordProject, recordStep } from './commands-record.ts';
import { commissionFaults } from './commission.ts';
import { draftProject } from './draft.ts';
import { commissionInput, draftInput, reasonedInput, stepInput } from './input.ts';
import { scheduleFaults } from './open.ts';
import type { Actor } from './owner.ts';
import type { Step } from './project.ts';
import type { ProjectRow, TrainingClassRow } from './store.ts';
import { evaluatedStep, type ProjectCommand, takeStep } from './transitions.ts';

/** A project with its classes and the policy in force for its owner today. */
export type ProjectFacts = {
  readonly project: ProjectRow;
  readonly classes: readonly TrainingClassRow[];
  /** Places taken in all of its classes. */
  readonly trainees: number;
  readonly policy: EffectivePolicy;
};

const nobody: Actor = { subject: '', grants: [] };

/** Who asks, for a decision; the access table has let nobody unknown in. */
export function actorOf(caller: Actor | null): Actor {
  return caller ?? nobody;
}

/** Where a project belongs: its region, its school, the institution that carries it out. */
export function scopeOf({ ownerRegionCode, schoolId, institutionId }: ProjectRow): Scope {
  return { regionCode: ownerRegionCode, schoolId, institutionId };
}

export async function gatherProject(
  { projectId }: { readonly projectId: string },
  unit: Unit,
  { policies }: CommandContext,
): Promise<ProjectFacts | NotFound> {
  const project = await projectOf(unit, projectId);
  if (project === null) return notFound('project', projectId, ['projectId']);
  const classes = await classesOf(unit, projectId);
  const seats = await unit.find(seatRows, { _id: { $in: classes.map(({ _id }) => _id) } });
  return {
    project,
    classes,
    trainees: seats.reduce((sum, { taken }) => sum + taken, 0),
    policy: policies.effective(project.ownerRegionCode, civilDateOf(unit.now)),
  };
}

export const draftProjectCommand = defineCommand({
  name: 'draftProject',
  input: draftInput,
  gather: async ({ schoolId, templateCode, audience }, unit) => {
    const codes = regionCodesFor(audience.regionCodes);
    const rows = codes.length === 0 ? [] : await unit.find(regions, { _id: { $in: codes } });
    return {
      school: schoolId === null ? null : await unit.findById(schools, schoolId),
      template: templateCode ? await newestTemplate(unit, templateCode) : null,
      known: new Map(rows.map((row) => [row._id, row])),
    };
  },
  scope: (_facts, { ownerRegionCode, schoolId }) => ({ regionCode: ownerRegionCode, schoolId }),
  decide: (input, facts, { now, caller }) =>
    draftProject(input, facts, { actor: actorOf(caller), now }),
  record: ({ step, ...drafted }, _facts, unit): ProjectRow =>
    recordProject(unit, {
      ...drafted,
      _id: unit.newId('project'),
      institutionId: null,
      state: step.to,
      steps: [step],
      planId: null,
      publishedAt: null,
      policyVersion: null,
      answersCount: null,
    }),
  stream: (_facts, _outcome, { _id }) => _id,
});

type StepInput = { readonly projectId: string; readonly reason?: string };

/** A command that only moves a project on, unless something speaks against it. */
function stepCommand(
  name: ProjectCommand,
  input: z.ZodType<StepInput>,
  against: (facts: ProjectFacts, now: Instant) => readonly Fault[] = () => [],
): Command {
  return defineCommand({
    name,
    input,
    gather: gatherProject,
    scope: ({ project }) => scopeOf(project),
    decide: ({ reason }, facts, { now, caller }) => {
      const asked = { actor: actorOf(caller), now };
      return takeStep({ command: name, reason }, facts.project, asked, against(facts, now));
    },
    record: (step: Step, facts, unit): ProjectRow => {
      const row = recordStep(unit, facts, step);
      // A grade that was published before the project closed takes effect now.
      const next = row.answersCount === null ? null : evaluatedStep(row.state, unit.now);
      return next === null ? row : recordStep(unit, { ...facts, project: row }, next);
    },
    stream: ({ project }) => project._id,
    policyVersion: ({ policy }) => policy.versionId,
  });
}

export const commissionInstitutionCommand = defineCommand({
  name: 'commissionInstitution',
  input: commissionInput,
  gather: async (input, unit, context) => {
    const institution = await unit.findById(institutions, input.institutionId);
    if (institution === null) {
      return notFound('institution', input.institutionId, ['institutionId']);
    }
    const facts = await gatherProject(input, unit, context);
    if (!('project' in facts)) return facts;
    const consortium = await consortiumOf(unit, facts.project._id);
    return { ...facts, institution, consortium };
  },
  // The institution being commissioned has no say in it: only its owner's place counts.
  scope: ({ project }) => ({ regionCode: project.ownerRegionCode, schoolId: project.schoolId }),
  decide: (_input, { project, institution, consortium }, { now, caller }) =>
    takeStep(
      { command: 'commissionInstitution' },
      project,
      { actor: actorOf(caller), now },
      commissionFaults(project, candidateOf(institution), consortium),
    ),
  record: (step, facts, unit, { institutionId }): ProjectRow =>
    recordStep(unit, facts, step, { institutionId }),
  stream: ({ project }) => project._id,
});

/** What keeps a published project from opening. [CRS-18] */
export function openingFaults({ classes, policy }: Pick<ProjectFacts, 'classes' | 'policy'>) {
  const standing = classes.filter(({ state }) => state !== 'cancelled');
  return scheduleFaults(standing, policy.figures.schedulePublishedBeforeMinDays);
}

/** What keeps an evaluated project from the archive. [EVL-01] */
export function archivingFaults({ project, trainees, policy }: ProjectFacts) {
  const floor = policy.figures.evaluationCoverageShareMin;
  return coverageFaults(project.answersCount ?? 0, trainees, floor);
}

export const approveProjectCommand = stepCommand('approveProject', stepInput);
export const rejectProjectCommand = stepCommand('rejectProject', reasonedInput);
export const startProjectCommand = stepCommand('startProject', stepInput);
export const closeProjectCommand = stepCommand('closeProject', stepInput);
export const archiveProjectCommand = stepCommand('archiveProject', stepInput, archivingFaults);
