import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  ASSIGNEE_NOT_ACTIVE: {
    rule: 'REG-07',
    zh: '教师当前状态为{actual}，须为{required}方可安排任教。',
    en: 'The teacher is {actual}; only who is {required} is assigned to teach.',
  },
  SCHOOL_YEAR_TOO_FAR: {
    rule: 'REG-07',
    zh: '任教安排最晚到 {required} 学年，现为 {actual} 学年。',
    en: 'Teaching is assigned up to the school year {required}; this is {actual}.',
  },
  GRADE_NOT_AT_SCHOOL: {
    rule: 'REG-07',
    zh: '该校的年级为 {required}，现为 {actual}。',
    en: 'The school has the grades {required}; this is {actual}.',
  },
  ASSIGNMENT_TWICE: {
    rule: 'REG-07',
    zh: '同一学科和年级出现两次：{actual}。',
    en: 'The same subject and grade stands twice: {actual}.',
  },
});
