import { evaluation } from '@shixun/contracts';
import { civilDateOf, type EffectivePolicy } from '@shixun/kernel';
import type { Unit } from '@shixun/runtime';
import { defineCommand, notFound } from '@shixun/runtime';
import { z } from 'zod';
import { currentAssessment } from '../assessments/store.ts';
import { type ProjectRow, projects } from '../projections/projects.ts';
import { questionnaires } from '../questionnaires/store.ts';
import { type SurveyRow, surveys } from '../surveys/store.ts';
import { anonymousScoreCenti } from '../surveys/tally.ts';
import { type GradeFacts, type GradePublished, publishGrade } from './publish.ts';
import { type GradeRow, grades } from './store.ts';

type Facts = {
  readonly project: ProjectRow;
  readonly grading: GradeFacts;
  readonly policy: EffectivePolicy;
};

export const publishGradeCommand = defineCommand<
  { readonly projectId: string },
  Facts,
  GradePublished,
  GradeRow
>({
  name: 'publishGrade',
  input: z.strictObject({ projectId: z.string().max(64) }),
  gather: async ({ projectId }, unit, { policies }) => {
    const project = await unit.findById(projects, projectId);
    if (project === null) return notFound('project', projectId, ['projectId']);
    const policy = policies.effective(project.ownerRegionCode, civilDateOf(unit.now));
    const survey = await unit.findOne(surveys, { projectId });
    const grading = {
      institutionId: project.institutionId,
      published: (await unit.findOne(grades, { projectId }))?.grade ?? null,
      survey: survey === null ? null : await countedSurvey(survey, unit),
      agencyScoreCenti: (await currentAssessment(unit, projectId, 'agency'))?.scoreCenti ?? null,
      inspectionScoreCenti:
        (await currentAssessment(unit, projectId, 'inspection'))?.scoreCenti ?? null,
      figures: policy.figures,
    };
    return { project, grading, policy };
  },
  scope: ({ project }) => ({ regionCode: project.ownerRegionCode }),
  decide: (_input, { grading }) => publishGrade(grading),
  record: (published, { project, policy }, unit) => {
    const row: GradeRow = {
      _id: unit.newId('grade'),
      projectId: project._id,
      regionCode: project.ownerRegionCode,
      ...published,
      year: project.year,
      publishedAt: unit.now,
      policyVersion: policy.versionId,
    };
    unit.insert(grades, row);
    tellGrade(row, unit);
    return row;
  },
  stream: ({ project }) => project._id,
  policyVersion: ({ policy }) => policy.versionId,
});

async function countedSurvey(survey: SurveyRow, unit: Unit): Promise<GradeFacts['survey']> {
  if (survey.count === null) return null;
  const { traineesCount, answersCount, tallies } = survey.count;
  const questionnaire = await unit.findById(questionnaires, survey.questionnaireId);
  const scoreCenti = anonymousScoreCenti(questionnaire?.questions ?? [], tallies);
  return { traineesCount, answersCount, scoreCenti };
}

function tellGrade(row: GradeRow, unit: Unit): void {
  unit.emit(evaluation.gradePublished, row.institutionId, {
    gradeId: row._id,
    projectId: row.projectId,
    institutionId: row.institutionId,
    grade: row.grade,
    scoreCenti: row.scoreCenti,
    components: [...row.components],
    answersCount: row.answersCount,
    year: row.year,
    publishedAt: row.publishedAt.toISOString(),
    policyVersion: row.policyVersion,
  });
}
