import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  civilDate,
  ids,
  policyVersion,
  regionCode,
  sample,
  stage,
  subject,
  year,
} from '../shared/fields.ts';

const careerStage = z
  .enum(['new', 'in_service', 'young', 'backbone', 'master'])
  .describe('Career stage 发展阶段');
const code = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** A needs survey was closed and analysed: projects may answer it. [PLN-01, PLN-02] */
export const needsSurveyClosed = defineEvent({
  type: 'evaluation.needs_survey.closed.v1',
  topic: 'evaluation.needs_survey',
  // Told once per survey, and whoever comes later must still find it: a project of next year may lean on it.
  compacted: true,
  subject: 'surveyId',
  description: {
    zh: '需求调研已截止并完成分析；项目申报可以此为依据。',
    en: 'A needs survey is closed and analysed; projects may be submitted as answers to it.',
  },
  data: z.strictObject({
    surveyId: ids.needsSurvey,
    title: z.string().min(1).describe('Title 调研名称'),
    year: year.describe('Calendar year in which it was closed'),
    ownerKind: z
      .enum(['bureau', 'school', 'institution'])
      .describe('Who asked: a bureau, a school or an institution'),
    ownerRegionCode: regionCode.describe('Region of the bureau, school or institution that asked'),
    schoolId: ids.school.nullable().describe('The school that asked; otherwise null'),
    institutionId: ids.institution
      .nullable()
      .describe('The institution that asked; otherwise null'),
    audience: z
      .strictObject({
        regionCodes: z.array(regionCode).min(1).describe('Regions asked, with all below them'),
        schoolIds: z.array(ids.school).describe('Only these schools; empty: all of the regions'),
        stages: z.array(stage).describe('Only these stages; empty: all'),
        subjects: z.array(subject).describe('Only these subjects; empty: all'),
        careerStages: z.array(careerStage).describe('Only these career stages; empty: all'),
      })
      .describe('Whom it asked, or of whom it drew a sample'),
    populationCount: z.int().nonnegative().describe('Teachers in the sampling frame'),
    invitedCount: z.int().nonnegative().describe('Teachers asked'),
    answersCount: z.int().nonnegative().describe('Answers counted'),
    responsePercent: z
      .string()
      .regex(/^\d{1,3}(\.\d)? %$/)
      .describe('Answers of those asked, cut to a tenth of a percent'),
    topNeeds: z
      .array(
        z.strictObject({
          stage: stage.nullable().describe('Stage of those who answered; null: the subject’s all'),
          subject: subject.nullable().describe('Subject of those who answered; null: all of them'),
          answersCount: z.int().positive().describe('Answers behind it; never fewer than allowed'),
          question: code.describe('Code of the question'),
          option: code.describe('Code of the option'),
          zh: z.string().min(1).describe('Text of the option in Chinese'),
          en: z.string().min(1).describe('Text of the option in English'),
          score: z
            .int()
            .nonnegative()
            .describe('How many chose it, or its Borda points where options were ranked'),
          place: z.int().positive().describe('Its place among the options of the question, from 1'),
        }),
      )
      .describe('The needs named most, all together and by subject; small groups are left out'),
    closedOn: civilDate.describe('Day on which it was analysed'),
    policyVersion,
  }),
  example: {
    surveyId: sample.needsSurvey,
    title: '2026 年小店区教师培训需求调研',
    year: 2026,
    ownerKind: 'bureau',
    ownerRegionCode: '140105',
    schoolId: null,
    institutionId: null,
    audience: {
      regionCodes: ['140105'],
      schoolIds: [],
      stages: ['junior'],
      subjects: [],
      careerStages: [],
    },
    populationCount: 640,
    invitedCount: 128,
    answersCount: 97,
    responsePercent: '75.7 %',
    topNeeds: [
      {
        stage: null,
        subject: 'mathematics',
        answersCount: 21,
        question: 'topics',
        option: 'classroom_practice',
        zh: '课堂教学实践',
        en: 'Classroom practice',
        score: 17,
        place: 1,
      },
    ],
    closedOn: '2026-03-20',
    policyVersion: 'shanxi-2023@1',
  },
});
