import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  POOL_REGION_UNKNOWN: {
    rule: 'REG-01',
    zh: '行政区划表中没有该代码。',
    en: 'There is no such region in the official table.',
  },
  EXPERT_ALREADY: {
    rule: 'REG-10',
    zh: '该培训者在该专家库中的状态为 {actual}，不得重复提名。',
    en: 'The trainer is {actual} in this pool already.',
  },
  EXPERT_STAGES_MISSING: {
    rule: 'REG-10',
    zh: '提名须写明适用学段。',
    en: 'A nomination names the stages.',
  },
  NOT_NOMINATED: {
    rule: 'REG-10',
    zh: '只能评审提名中的人选，当前为 {actual}。',
    en: 'Only a nomination is reviewed; this is {actual}.',
  },
  POOL_REASON_MISSING: {
    rule: 'REG-10',
    zh: '须说明理由。',
    en: 'A reason is needed.',
  },
  ADJUSTMENT_DECIDED: {
    rule: 'REG-10',
    zh: '该条调整建议已有结论：{actual}。',
    en: 'This line has been decided: {actual}.',
  },
});
