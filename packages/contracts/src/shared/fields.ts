/** Fields that several events share: one meaning, one description. Enumerations are lower case, as stored. */
import { isCivilDate } from '@shixun/kernel';
import { z } from 'zod';

const id = (prefix: string, what: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9_-]{1,60}$`))
    .describe(`Id of ${what}`);

export const ids = {
  class: id('cls', 'the class 班'),
  completion: id('cmp', 'the completion record 结业'),
  enrollment: id('enr', 'the enrollment 报名'),
  entry: id('ent', 'the ledger entry 分录'),
  finding: id('fnd', 'the finding 问题'),
  grade: id('grd', 'the published grade 评级'),
  institution: id('ins', 'the institution 培训机构'),
  needsSurvey: id('nsv', 'the needs survey 需求调研'),
  notice: id('ntc', 'the notice 通知'),
  project: id('prj', 'the project 培训项目'),
  school: id('sch', 'the school 学校'),
  teacher: id('tch', 'the teacher 教师'),
  tracking: id('trk', 'the tracking after training 训后跟踪'),
  trainer: id('trn', 'the trainer 培训者'),
} as const;

/** GB/T 2260 code, six digits; townships nine. */
export const regionCode = z
  .string()
  .regex(/^\d{6}(\d{3})?$/)
  .describe('GB/T 2260 code 行政区划代码: six digits, townships nine');

/** A civil date in Asia/Shanghai. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isCivilDate, 'is no date that exists')
  .describe('Civil date in Asia/Shanghai, YYYY-MM-DD');

/** An instant in UTC. */
export const instant = z.iso.datetime().describe('Instant in UTC, ISO 8601 with Z');

export const policyVersion = z
  .string()
  .regex(/^[a-z0-9-]+@\d+$/)
  .describe('Policy version 政策版本 that the decision used, e.g. shanxi-2023@1');

/** Study hours 学时 in hundredths: 7200 is 72.00 hours. */
export const hoursCenti = z.int().describe('Study hours 学时 in hundredths: 7200 is 72.00');
export const hoursCentiNotNegative = z
  .int()
  .nonnegative()
  .describe('Study hours 学时 in hundredths, not negative: 7200 is 72.00');

export const year = z.int().min(2000).max(2100).describe('Calendar year');

export const projectLevel = z
  .enum(['national', 'provincial', 'city', 'county', 'school'])
  .describe('Level of the project 项目层级: 国培, 省培, 市培, 县培, 校本');

export const sector = z
  .enum(['basic', 'vocational', 'higher'])
  .describe('Sector 教育类别: basic, vocational or higher education');

export const stage = z
  .enum(['kindergarten', 'primary', 'junior', 'senior', 'vocational', 'higher'])
  .describe('Stage of schooling 学段');

export const subject = z
  .string()
  .regex(/^[a-z][a-z_]*$/)
  .describe('Subject code 学科, e.g. chinese, mathematics, minority_bilingual');

export const modality = z
  .enum([
    'concentrated',
    'blended',
    'online',
    'school_based',
    'visiting',
    'online_school_based',
    'workshop',
    'release_time',
    'shadow',
    'out_of_province',
    'abroad',
    'degree',
  ])
  .describe('Modality of training 培训方式');

export const channel = z
  .enum(['self_selected', 'dispatched'])
  .describe('How the teacher came in 参训渠道: chosen by the teacher 自主选学, or sent 选派');

export const creditCategory = z
  .enum(['ethics', 'professional_standards', 'it', 'subject', 'management', 'other'])
  .describe('Category of hours and credits 学分类别');

export const qualificationState = z
  .enum([
    'none',
    'applied',
    'under_review',
    'qualified',
    'probation',
    'suspended',
    'revoked',
    'expired',
  ])
  .describe(
    'State of the qualification 资质状态; none: a part of a university, which may not apply',
  );

/** One example of each id and value, so that golden examples tell one coherent story. */
export const sample = {
  class: 'cls_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b51',
  completion: 'cmp_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b52',
  enrollment: 'enr_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b53',
  entry: 'ent_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b54',
  finding: 'fnd_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b55',
  grade: 'grd_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b56',
  institution: 'ins_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b57',
  needsSurvey: 'nsv_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5f',
  notice: 'ntc_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5c',
  project: 'prj_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b58',
  school: 'sch_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b59',
  teacher: 'tch_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5a',
  tracking: 'trk_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b64',
  trainer: 'trn_01998d2e-7c1a-7f3b-9d10-6a2f0c4e8b5b',
} as const;
