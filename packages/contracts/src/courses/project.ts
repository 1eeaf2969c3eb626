import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import {
  civilDate,
  hoursCentiNotNegative,
  ids,
  modality,
  projectLevel,
  regionCode,
  sample,
  sector,
  stage,
  subject,
  year,
} from '../shared/fields.ts';

/** A project as it now stands. */
export const projectRecorded = defineEvent({
  type: 'courses.project.recorded.v1',
  topic: 'courses.project',
  compacted: true,
  subject: 'projectId',
  description: {
    zh: '培训项目的当前情况。',
    en: 'A training project as it now stands.',
  },
  data: z.strictObject({
    projectId: ids.project,
    title: z.string().min(1).describe('Title 项目名称'),
    level: projectLevel,
    sector,
    modality,
    ownerRegionCode: regionCode.describe('Region whose bureau owns the project'),
    institutionId: ids.institution
      .nullable()
      .describe('Commissioned institution 承办机构; null until commissioned'),
    stage,
    subject,
    hoursCenti: hoursCentiNotNegative.describe('Planned study hours in hundredths'),
    state: z
      .string()
      .regex(/^[a-z][a-z_]*$/)
      .describe('State of the project, e.g. approved, published, running, archived'),
    keyProject: z.boolean().describe('Key project 重点项目'),
    year,
  }),
  example: {
    projectId: sample.project,
    title: '初中数学青年教师能力提升培训',
    level: 'provincial',
    sector: 'basic',
    modality: 'concentrated',
    ownerRegionCode: '140000',
    institutionId: sample.institution,
    stage: 'junior',
    subject: 'mathematics',
    hoursCenti: 9000,
    state: 'published',
    keyProject: false,
    year: 2026,
  },
});

/** A class as it now stands. */
export const classRecorded = defineEvent({
  type: 'courses.class.recorded.v1',
  topic: 'courses.class',
  compacted: true,
  subject: 'classId',
  description: {
    zh: '培训班的当前情况。',
    en: 'A class of a training project as it now stands.',
  },
  data: z.strictObject({
    classId: ids.class,
    projectId: ids.project,
    institutionId: ids.institution
      .nullable()
      .describe('Commissioned institution 承办机构; null for a school-based class'),
    opensOn: civilDate.describe('First day of the class'),
    closesOn: civilDate.describe('Last day of the class'),
    state: z
      .string()
      .regex(/^[a-z][a-z_]*$/)
      .describe('State of the class, e.g. planned, open, running, closed'),
  }),
  example: {
    classId: sample.class,
    projectId: sample.project,
    institutionId: sample.institution,
    opensOn: '2026-07-13',
    closesOn: '2026-07-31',
    state: 'open',
  },
});
