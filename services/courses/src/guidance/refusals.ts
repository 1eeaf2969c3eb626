import { defineRefusals } from '@shixun/kernel';

/** Refusals of guidance, in the order in which they are checked. */
export const codes = defineRefusals({
  ADVISED_NOT_ACTIVE: {
    rule: 'CRS-45',
    zh: '该教师档案状态为 {actual}，只能向在职教师推荐。',
    en: 'The teacher’s record is {actual}; advice is for active teachers.',
  },
  ADVICE_TOO_LATE: {
    rule: 'CRS-45',
    zh: '该菜单已于 {required} 截止。',
    en: 'The menu closed {required}.',
  },
  ADVISED_ALREADY: {
    rule: 'CRS-45',
    zh: '已向该教师推荐过此班。',
    en: 'The teacher was advised of it already.',
  },
});
