/** Submitting a project with what it rests on: a needs survey, and the say of the schools concerned. [PLN-02] */
import { defineCommand, notFound, type Unit } from '@shixun/runtime';
import { z } from 'zod';
import { needsSurveys } from '../projections/needs-surveys.ts';
import { schools } from '../projections/schools.ts';
import { actorOf, gatherProject, type ProjectFacts, scopeOf } from './commands.ts';
import { projectOf, recordStep } from './commands-record.ts';
import { id } from './input.ts';
import { askSchools, confirmProject, type JointFacts, jointFaults } from './joint.ts';
import { notices } from './notices.ts';
import { actsForOwner } from './owner.ts';
import type { ProjectRow } from './store.ts';
import { confirmationId, projectConfirmations } from './store-joint.ts';
import { takeStep } from './transitions.ts';

/** Schools that one project can ask. */
const schoolsMax = 500;

const submitInput = z.strictObject({
  projectId: id,
  needsSurveyId: id.nullish().transform((value) => value ?? null),
});

export const submitProjectCommand = defineCommand({
  name: 'submitProject',
  input: submitInput,
  gather: async (input, unit, context) => {
    const facts = await gatherProject(input, unit, context);
    if (!('project' in facts)) return facts;
    return { ...facts, joint: await jointFacts(input.needsSurveyId, facts, unit) };
  },
  scope: ({ project }) => scopeOf(project),
  decide: (_input, { project, joint }, { now, caller }) =>
    takeStep(
      { command: 'submitProject' },
      project,
      { actor: actorOf(caller), now },
      jointFaults(project, joint),
    ),
  record: (step, facts, unit, { needsSurveyId }): ProjectRow =>
    recordStep(unit, facts, step, { needsSurveyId }),
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});

async function jointFacts(
  needsSurveyId: string | null,
  { project, policy }: ProjectFacts,
  unit: Unit,
): Promise<JointFacts> {
  const asked = await unit.find(projectConfirmations, { projectId: project._id });
  return {
    survey: needsSurveyId === null ? undefined : await unit.findById(needsSurveys, needsSurveyId),
    schools: asked.map(({ answer }) => answer),
    figures: policy.figures,
  };
}

export const askSchoolsCommand = defineCommand({
  name: 'askSchools',
  input: z.strictObject({ projectId: id, schoolIds: z.array(id).min(1).max(schoolsMax) }),
  gather: async ({ projectId, schoolIds }, unit) => {
    const project = await projectOf(unit, projectId);
    if (project === null) return notFound('project', projectId, ['projectId']);
    const known = await unit.find(schools, { _id: { $in: schoolIds } });
    const asked = await unit.find(projectConfirmations, { projectId });
    const byId = new Map(known.map((school) => [school._id, school]));
    return {
      project,
      schools: schoolIds.map((each) => byId.get(each)),
      askedAlready: asked.map(({ schoolId }) => schoolId),
    };
  },
  scope: ({ project }) => ({ regionCode: project.ownerRegionCode, schoolId: project.schoolId }),
  decide: ({ schoolIds }, { project, ...facts }, { caller }) =>
    askSchools(schoolIds, {
      ...project,
      ...facts,
      actsForOwner: actsForOwner(actorOf(caller), project),
    }),
  record: ({ schoolIds }, { project }, unit): ProjectRow => {
    const { _id: projectId, title, year } = project;
    for (const schoolId of schoolIds) {
      unit.insert(projectConfirmations, {
        _id: confirmationId(projectId, schoolId),
        projectId,
        schoolId,
        answer: 'asked',
        reason: null,
        askedAt: unit.now,
        answeredAt: null,
      });
      unit.notify({
        notice: notices.PROJECT_CONFIRMATION_ASKED,
        to: { schoolId },
        subject: projectId,
        figures: { title, year },
      });
    }
    return project;
  },
  stream: ({ project }) => project._id,
});

export const confirmProjectCommand = defineCommand({
  name: 'confirmProject',
  input: z.strictObject({
    projectId: id,
    schoolId: id,
    confirmed: z.boolean(),
    reason: z
      .string()
      .trim()
      .max(500)
      .nullish()
      .transform((value) => value ?? null),
  }),
  gather: async ({ projectId, schoolId }, unit) => {
    const confirmation = await unit.findById(
      projectConfirmations,
      confirmationId(projectId, schoolId),
    );
    const project = confirmation && (await projectOf(unit, projectId));
    return project === null ? notFound('project', projectId, ['projectId']) : { project };
  },
  // The school alone: no bureau confirms on its behalf.
  scope: (_facts, { schoolId }) => ({ schoolId }),
  decide: (input, { project }) => confirmProject(input, project),
  record: ({ answer, reason }, { project }, unit, { schoolId }): ProjectRow => {
    const { _id: projectId, title } = project;
    unit.update(
      projectConfirmations,
      { _id: confirmationId(projectId, schoolId) },
      { $set: { answer, reason, answeredAt: unit.now } },
    );
    if (reason !== null && answer === 'declined') {
      unit.notify({
        notice: notices.PROJECT_CONFIRMATION_DECLINED,
        to: { regionCode: project.ownerRegionCode },
        subject: projectId,
        figures: { schoolId, title, reason },
      });
    }
    return project;
  },
  stream: ({ project }, _outcome) => project._id,
});
