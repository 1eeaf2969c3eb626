import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  QUESTIONNAIRE_SUCCEEDED: {
    rule: 'EVL-13',
    zh: '该问卷已有后继版本（{successor}）；只能在最新版本之后续编。',
    en: 'This questionnaire already has a successor ({successor}); only the newest version can be succeeded.',
  },
  QUESTIONNAIRE_OF_ANOTHER_REGION: {
    rule: 'REG-01',
    zh: '问卷属于 {required}，不能由 {actual} 续编。',
    en: 'The questionnaire belongs to {required}; {actual} cannot succeed it.',
  },
  QUESTIONS_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '问卷须有 {required} 个问题，现有 {actual} 个。',
    en: 'A questionnaire has {required} questions; this one has {actual}.',
  },
  PROJECT_SCALE_MISSING: {
    rule: 'EVL-01',
    zh: '问卷至少须有一个必答的、评价项目的量表题，否则无法计分。',
    en: 'At least one required scale question must rate the project, or nothing can be scored.',
  },
  TRAINERS_SCALE_MISSING: {
    rule: 'EVL-01',
    zh: '问卷至少须有一个必答的、评价培训者的量表题。',
    en: 'At least one required scale question must rate the trainers.',
  },
  QUESTIONNAIRE_OF_ANOTHER_PURPOSE: {
    rule: 'EVL-13',
    zh: '原问卷用途为 {required}，续编版本须相同，现为 {actual}。',
    en: 'The questionnaire is for {required}; its successor must be too, not for {actual}.',
  },
  NEEDS_QUESTION_MISSING: {
    rule: 'PLN-01',
    zh: '需求调研问卷至少须有一个关于培训需求的选择题或排序题，否则无法汇总需求。',
    en: 'A needs questionnaire has at least one question about needs to choose from or to rank.',
  },
  EVALUATION_BY_BUREAUS: {
    rule: 'EVL-13',
    zh: '学员评价问卷由教育行政部门发布。',
    en: 'Questionnaires for evaluation are published by bureaus.',
  },
  CHOICES_MAX_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '最多可选项数须为 {required}，现为 {actual}。',
    en: 'At most {required} options can be chosen; this question allows {actual}.',
  },
  QUESTION_CODE_REPEATED: {
    rule: 'EVL-13',
    zh: '问题代码“{actual}”重复。',
    en: 'The question code "{actual}" is used twice.',
  },
  QUESTION_TEXT_MISSING: {
    rule: 'EVL-13',
    zh: '问题和选项须有中文和英文。',
    en: 'A question and each of its options need a Chinese and an English text.',
  },
  SCALE_POINTS_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '量表须为 {required} 级，现为 {actual} 级。',
    en: 'A scale has {required} points; this one has {actual}.',
  },
  CHOICE_OPTIONS_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '选择题须有 {required} 个选项，现有 {actual} 个。',
    en: 'A choice has {required} options; this one has {actual}.',
  },
  OPTION_CODE_REPEATED: {
    rule: 'EVL-13',
    zh: '选项代码“{actual}”重复。',
    en: 'The option code "{actual}" is used twice.',
  },
  TEXT_LENGTH_OUT_OF_RANGE: {
    rule: 'EVL-13',
    zh: '文字题的字数上限须为 {required}，现为 {actual}。',
    en: 'A text answer may have {required} characters at most; this one allows {actual}.',
  },
});
