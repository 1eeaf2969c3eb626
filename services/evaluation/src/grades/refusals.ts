import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  GRADE_EXISTS: {
    rule: 'EVL-03',
    zh: '该项目的等级已公布（{actual}），不再更改。',
    en: 'The grade of the project has been published ({actual}); it never changes.',
  },
  PROJECT_WITHOUT_INSTITUTION: {
    rule: 'EVL-03',
    zh: '项目没有承办机构，无可评级。',
    en: 'No institution carried the project out, so there is nothing to grade.',
  },
  SURVEY_NOT_COUNTED: {
    rule: 'EVL-03',
    zh: '学员匿名评价尚未计票。',
    en: "The trainees' anonymous survey has not been counted.",
  },
  COVERAGE_TOO_LOW: {
    rule: 'EVL-01',
    zh: '学员评价覆盖率须达到 {required}，现为 {actual}（{answers}/{trainees} 人）。',
    en: 'At least {required} of the trainees must have answered; {actual} have ({answers} of {trainees}).',
  },
  TOO_FEW_ANSWERS: {
    rule: 'EVL-02',
    zh: '匿名答卷少于 {required} 份（现有 {actual} 份），不公布任何数据。',
    en: 'No figure is published on fewer than {required} answers; there are {actual}.',
  },
  COMPONENT_MISSING: {
    rule: 'EVL-03',
    zh: '缺少评估：{component}。',
    en: 'One kind of evaluation is missing: {component}.',
  },
});
