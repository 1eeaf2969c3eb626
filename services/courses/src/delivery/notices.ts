import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  ABSENCE_NEARS_LIMIT: {
    rule: 'CRS-52',
    title: { zh: '缺课提醒', en: 'Absence warning' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 已缺课 {used} 分钟，上限 {limit} 分钟，尚余 {left} 分钟；超过上限将不予结业。',
    en: 'Enrollment {enrollmentId} in class {classId} has missed {used} minutes of the {limit} that may be missed; {left} are left. Beyond the limit the training is not completed.',
  },
  ABSENCE_AT_LIMIT: {
    rule: 'CRS-52',
    title: { zh: '缺课已达上限', en: 'The absence limit is reached' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 已缺课 {used} 分钟，达到上限 {limit} 分钟；再缺课即不予结业。',
    en: 'Enrollment {enrollmentId} in class {classId} has missed {used} minutes; the limit is {limit}. Missing any more, the training is not completed.',
  },
  ABSENCE_ABOVE_LIMIT: {
    rule: 'CRS-52',
    title: { zh: '缺课已超过上限', en: 'The absence limit is exceeded' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 已缺课 {used} 分钟，超过上限 {limit} 分钟；除非考勤有误并更正，将不予结业。',
    en: 'Enrollment {enrollmentId} in class {classId} has missed {used} minutes, more than the {limit} that may be missed. Unless the attendance is wrong and corrected, the training is not completed.',
  },
  LEAVE_DECIDED: {
    rule: 'CRS-51',
    title: { zh: '请假申请已有决定', en: 'Your leave is decided' },
    zh: '您在培训班 {classId} 的请假 {leaveId} 已{wordZh}；缺课学时照扣。',
    en: 'Your leave {leaveId} in class {classId} is {wordEn}; hours missed are deducted all the same.',
  },
  TRAINING_ENDED: {
    rule: 'CRS-53',
    title: { zh: '因严重违规终止培训', en: 'Training ended for a serious violation' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 因严重违规违纪终止培训，不予结业；可申诉一次。',
    en: 'Enrollment {enrollmentId} in class {classId} is ended for a serious violation: not completed. It can be appealed against once.',
  },
  VIOLATION_APPEALED: {
    rule: 'CRS-53',
    title: { zh: '违规认定申诉待处理', en: 'An appeal against a violation' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 对违规认定提出申诉，请处理。',
    en: 'Enrollment {enrollmentId} in class {classId} appeals against a violation; please decide.',
  },
  VIOLATION_APPEAL_DECIDED: {
    rule: 'CRS-53',
    title: { zh: '违规申诉已有决定', en: 'The appeal is decided' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 的违规申诉：{wordZh}。',
    en: 'The appeal of enrollment {enrollmentId} in class {classId}: {wordEn}.',
  },
});
