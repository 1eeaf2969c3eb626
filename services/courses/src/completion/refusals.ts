import { defineRefusals } from '@shixun/kernel';

/** Refusals of completion, in the order in which they are checked. */
export const codes = defineRefusals({
  CLASS_NOT_CLOSING: {
    rule: 'CRS-01',
    zh: '该班当前状态为 {actual}，结业决定须在结业阶段作出。',
    en: 'The class is {actual}; completion is decided while it is closing.',
  },
  ATTENDANCE_INCOMPLETE: {
    rule: 'CRS-55',
    zh: '学员 {trainee} 有 {actual} 个课次尚未登记考勤，须全部登记后方可作出结业决定。',
    en: '{actual} sessions of {trainee} have no attendance yet; all must be taken before completion is decided.',
  },
  NOTHING_TO_DECIDE: {
    rule: 'CRS-55',
    zh: '该班没有待作结业决定的学员。',
    en: 'Nobody in this class is waiting for a decision on completion.',
  },
  NOT_CONFIRMED: {
    rule: 'CRS-55',
    zh: '该结业记录当前状态为 {actual}，只有准予结业的可以撤销。',
    en: 'The completion record is {actual}; only a confirmed completion can be withdrawn.',
  },
});
