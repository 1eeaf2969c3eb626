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
    zh: '该学员的结业已有决定，如需更正请写明理由提交更正。',
    en: 'Completion is decided for this trainee; correct the record with a reason, and it is decided anew.',
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
  NOTHING_TO_CORRECT: {
    rule: 'CRS-50',
    zh: '没有可更正的考勤记录，或登记的已是 {actual} 分钟。',
    en: 'There is no attendance to correct, or {actual} minutes is what counts already.',
  },
  NO_VIOLATION: {
    rule: 'CRS-53',
    zh: '该学员没有违规认定，无可申诉。',
    en: 'No violation is recorded of this trainee.',
  },
  APPEALED_ALREADY: {
    rule: 'CRS-53',
    zh: '该违规认定已申诉过一次，不能再次申诉。',
    en: 'This violation was appealed against before; once is all.',
  },
  NO_APPEAL_OPEN: {
    rule: 'CRS-53',
    zh: '没有待处理的申诉（当前：{actual}）。',
    en: 'No appeal is waiting to be decided (it is: {actual}).',
  },
  CODE_NOT_SHOWN: {
    rule: 'CRS-50',
    zh: '该课次当前没有开放扫码签到（签到时段为开课前 {required} 分钟至下课）。',
    en: 'There is no check-in by code for this session now: it is from {required} minutes before it begins until it ends.',
  },
  CHECK_IN_TRIES_USED_UP: {
    rule: 'CRS-50',
    zh: '该课次输错签到码已达 {required} 次，不能再扫码签到，请由班主任登记考勤。',
    en: 'The code of this session was entered wrongly {required} times; the class head records the attendance now.',
  },
  CODE_WRONG: {
    rule: 'CRS-50',
    zh: '签到码不正确或已过期，请输入屏幕上当前显示的签到码。',
    en: 'The code is wrong or its time is over; enter the one that the screen shows now.',
  },
  CHECKED_IN_ALREADY: {
    rule: 'CRS-50',
    zh: '您已在该课次签到。',
    en: 'You have checked in to this session already.',
  },
  DEVICE_KEY_MALFORMED: {
    rule: 'CRS-50',
    zh: '设备公钥不是有效的 Ed25519 公钥（SPKI，base64）。',
    en: 'The key of the device is no Ed25519 public key (SPKI, base64).',
  },
  DEVICE_UNKNOWN: {
    rule: 'CRS-50',
    zh: '该班没有登记这一设备，或已停用。',
    en: 'The class has no such device, or it is retired.',
  },
  BATCH_SIGNATURE_WRONG: {
    rule: 'CRS-50',
    zh: '离线批次的签名与所登记的设备不符。',
    en: 'The batch is not signed by the device that is registered.',
  },
  BATCH_MALFORMED: {
    rule: 'CRS-50',
    zh: '离线批次内容不合要求：{actual}。',
    en: 'The batch does not have its form: {actual}.',
  },
  BATCH_NUMBER_TAKEN: {
    rule: 'CRS-50',
    zh: '该设备的第 {actual} 号批次已用于其他内容。',
    en: 'Batch {actual} of this device was sent with other content before.',
  },
  SHEET_NOT_THERE: {
    rule: 'CRS-50',
    zh: '尚未上传该签到表的扫描件。',
    en: 'The scanned sheet is not uploaded.',
  },
  NO_TRAINING_DAY: {
    rule: 'CRS-50',
    zh: '{actual} 没有课次，不是培训日。',
    en: 'No session is on {actual}: it is no training day.',
  },
  LOG_NOT_YET: {
    rule: 'CRS-50',
    zh: '培训日 {required} 尚未到来，不能填写日志。',
    en: 'The training day {required} has not come; its log cannot be written.',
  },
  LOG_ATTENDANCE_MISSING: {
    rule: 'CRS-50',
    zh: '当日考勤未登记完整：还缺 {actual} 人次。',
    en: 'The attendance of the day is not complete: {actual} marks are missing.',
  },
  LOG_WRITTEN_ALREADY: {
    rule: 'CRS-50',
    zh: '{actual} 的日志已填写。',
    en: 'The log of {actual} is written already.',
  },
  NO_ASSESSMENT_ASKED: {
    rule: 'CRS-14',
    zh: '该班方案未设结业考核。',
    en: 'The plan of this class has no completion assessment.',
  },
});
