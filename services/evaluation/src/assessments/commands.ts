import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { grades } from '../grades/store.ts';
import { type ProjectRow, projects } from '../projections/projects.ts';
import { kindsOpenTo } from './access.ts';
import {
  type AssessmentFacts,
  type AssessmentRecorded,
  type RecordAssessment,
  recordAssessment,
} from './record.ts';
import { type AssessmentRow, assessments, currentAssessment } from './store.ts';

type Input = RecordAssessment & { readonly projectId: string };
type Facts = { readonly project: ProjectRow; readonly assessment: AssessmentFacts };

export const recordAssessmentCommand = defineCommand<
  Input,
  Facts,
  AssessmentRecorded,
  AssessmentRow
>({
  name: 'recordAssessment',
  input: z.strictObject({
    projectId: z.string().max(64),
    kind: z.enum(['agency', 'inspection']),
    score: z.string().max(20),
    remarks: z.string().max(2000),
    correctionReason: z
      .string()
      .max(500)
      .nullish()
      .transform((reason) => reason ?? null),
  }),
  gather: async ({ projectId, kind }, unit, { caller }) => {
    const project = await unit.findById(projects, projectId);
    if (project === null) return notFound('project', projectId, ['projectId']);
    const current = await currentAssessment(unit, projectId, kind);
    const assessment = {
      projectState: project.state,
      gradePublished: (await unit.findOne(grades, { projectId })) !== null,
      entitledTo: kindsOpenTo(caller, { regionCode: project.ownerRegionCode }),
      current: current === null ? null : { id: current._id, scoreCenti: current.scoreCenti },
    };
    return { project, assessment };
  },
  scope: ({ project }) => ({ regionCode: project.ownerRegionCode }),
  decide: (input, { assessment }) => recordAssessment(input, assessment),
  record: ({ replaces, ...recorded }, { project }, unit) => {
    const row: AssessmentRow = {
      _id: unit.newId('assessment'),
      projectId: project._id,
      regionCode: project.ownerRegionCode,
      ...recorded,
      recordedAt: unit.now,
      replacedBy: null,
    };
    unit.insert(assessments, row);
    if (replaces !== null) {
      unit.update(
        assessments,
        { _id: replaces, replacedBy: null },
        { $set: { replacedBy: row._id } },
      );
    }
    return row;
  },
  // The stream of the grade, too: an assessment and a grade at the same moment can't miss each other.
  stream: ({ project }) => project._id,
});
