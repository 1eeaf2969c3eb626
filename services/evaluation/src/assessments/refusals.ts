import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  PROJECT_NOT_UNDER_WAY: {
    rule: 'EVL-03',
    zh: '项目当前状态为 {actual}，只有公布之后、评级之前的项目可以评估。',
    en: 'The project is {actual}; it can be assessed from its publication until its grade.',
  },
  GRADE_PUBLISHED: {
    rule: 'EVL-03',
    zh: '该项目的等级已公布，不能再改动评估。',
    en: 'The grade of the project has been published; its assessments stand.',
  },
  ASSESSOR_NOT_ENTITLED: {
    rule: 'EVL-03',
    zh: '专业机构评估由第三方评估机构作出，督查由主管教育行政部门或其质量监控机构作出。',
    en: 'The agency score is given by the third-party evaluator, the inspection score by the bureau or its quality monitor.',
  },
  SCORE_OUT_OF_RANGE: {
    rule: 'EVL-03',
    zh: '得分须为 {required}，现为 {actual}。',
    en: 'A score lies within {required}; this is {actual}.',
  },
  CORRECTION_REASON_MISSING: {
    rule: 'EVL-03',
    zh: '该项已有评估（{existing} 分）；更正须说明理由。',
    en: 'There is an assessment of this kind already ({existing}); a correction needs its reason.',
  },
});
