import { defineRefusals } from '@shixun/kernel';

/** Refusals of delivery, in the order in which they are checked. */
export const codes = defineRefusals({
  CLASS_NOT_RUNNING: {
    rule: 'CRS-01',
    zh: '该班当前状态为 {actual}，只有实施中或结业中的班可以登记。',
    en: 'The class is {actual}; records are taken while it is running or closing.',
  },
  SESSION_UNKNOWN: {
    rule: 'CRS-50',
    zh: '该班课程表中没有课次 {actual}。',
    en: 'The class has no session {actual} in its schedule.',
  },
  SESSION_NOT_YET: {
    rule: 'CRS-50',
    zh: '该课次在 {required}，尚未开始，不能登记考勤。',
    en: 'The session is on {required}; attendance cannot be taken before.',
  },
  NOT_A_TRAINEE: {
    rule: 'CRS-50',
    zh: '{actual} 不是该班的正式学员。',
    en: '{actual} has no confirmed place in this class.',
  },
  MINUTES_OUT_OF_RANGE: {
    rule: 'CRS-50',
    zh: '出勤分钟数须在 {required} 之间，登记为 {actual}。',
    en: 'Minutes present must lie in {required}; {actual} was given.',
  },
  DECIDED_ALREADY: {
    rule: 'CRS-55',
    zh: '该学员的结业已有决定，如需更正请先撤销结业决定。',
    en: 'Completion is decided for this trainee; to correct the record, withdraw that decision first.',
  },
  LEAVE_NOT_ASKED: {
    rule: 'CRS-51',
    zh: '该请假申请当前状态为 {actual}，不能再作决定。',
    en: 'The leave is {actual} and cannot be decided any more.',
  },
  LEAVE_TOO_LATE: {
    rule: 'CRS-51',
    zh: '课次 {required} 已有考勤记录，请假须事先提出。',
    en: 'Attendance of session {required} is taken; leave has to be asked for before.',
  },
  NO_HOMEWORK_ASKED: {
    rule: 'CRS-55',
    zh: '该课程不要求提交作业。',
    en: 'This module asks for no homework.',
  },
  HOMEWORK_ACCEPTED_ALREADY: {
    rule: 'CRS-55',
    zh: '该作业已通过，无需再次提交。',
    en: 'This homework is accepted; there is nothing to hand in again.',
  },
  NO_HOMEWORK_SUBMITTED: {
    rule: 'CRS-55',
    zh: '该学员尚未提交此作业，或作业已评阅。',
    en: 'There is no homework of this trainee waiting for review.',
  },
  NO_ASSESSMENT_ASKED: {
    rule: 'CRS-14',
    zh: '该班方案未设结业考核。',
    en: 'The plan of this class has no completion assessment.',
  },
});
