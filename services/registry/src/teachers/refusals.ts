import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  TEACHER_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '该教育类别的教师由学校或{required}登记，当前身份为{actual}。',
    en: 'Teachers of this sector are registered by their school or: {required}. You act as: {actual}.',
  },
  IDENTITY_NUMBER_LENGTH: {
    rule: 'REG-05',
    zh: '身份证号应为 {required} 位，现为 {actual} 位。',
    en: 'An identity number has {required} characters; this one has {actual}.',
  },
  IDENTITY_NUMBER_CHARACTERS: {
    rule: 'REG-05',
    zh: '身份证号应为 17 位数字加一位校验码（数字或 X）。',
    en: 'An identity number is 17 digits and a check digit (a digit or X).',
  },
  IDENTITY_NUMBER_ADDRESS: {
    rule: 'REG-05',
    zh: '身份证号前两位（省份）不在行政区划表中。',
    en: 'The first two digits of the identity number name no province.',
  },
  IDENTITY_NUMBER_BIRTH_DATE: {
    rule: 'REG-05',
    zh: '身份证号第 7 至 14 位（出生日期）不是有效日期。',
    en: 'Digits 7 to 14 of the identity number are no possible date of birth.',
  },
  IDENTITY_NUMBER_CHECK_DIGIT: {
    rule: 'REG-05',
    zh: '身份证号最后一位（校验码）不符合 GB 11643，请核对各位数字。',
    en: 'The last character of the identity number is not the check digit of GB 11643; compare all digits.',
  },
  IDENTITY_NUMBER_TAKEN: {
    rule: 'REG-05',
    zh: '该身份证号已登记在册；如为调动，请使用“教师调动”。',
    en: 'This identity number is registered already; for a move to another school use transferTeacher.',
  },
  PHONE_INVALID: {
    rule: 'REG-05',
    zh: '手机号应为 1 开头的 11 位号码。',
    en: 'A phone number is a mainland mobile number of 11 digits.',
  },
  STAGE_OUTSIDE_SECTOR: {
    rule: 'REG-02',
    zh: '学段（{actual}）与学校的教育类别（{required}）不符。',
    en: 'The stage ({actual}) does not belong to the sector of the school ({required}).',
  },
  TRANSFER_OUT_OF_AREA: {
    rule: 'REG-01',
    zh: '调入学校（{actual}）不在您的管辖范围内，请由共同的上级主管部门办理。',
    en: 'The new school ({actual}) is outside your area; the superior of both bureaus transfers.',
  },
  TEACHER_NOT_ACTIVE: {
    rule: 'REG-05',
    zh: '教师当前状态为 {actual}，须为 {required} 方可调动。',
    en: 'The teacher is {actual}; only who is {required} can be transferred.',
  },
  ALREADY_AT_SCHOOL: {
    rule: null,
    zh: '该教师已在此学校任教。',
    en: 'The teacher is at this school already.',
  },
  TRANSFER_BEFORE_POSTING: {
    rule: 'REG-05',
    zh: '调动日期须晚于现任岗位起始日 {required}，现为 {actual}。',
    en: 'The transfer must lie after the present posting began ({required}); it is on {actual}.',
  },
  TRANSFER_IN_FUTURE: {
    rule: 'REG-05',
    zh: '调动日期不得晚于今天（{required}），现为 {actual}。',
    en: 'A transfer is recorded when it has happened: not after {required}; it is on {actual}.',
  },
  TEACHER_NOT_IN_SERVICE: {
    rule: 'REG-05',
    zh: '教师当前状态为{actual}，须为{required}。',
    en: 'The teacher is {actual}; this needs one who is {required}.',
  },
  TEACHER_NOT_AWAY: {
    rule: 'REG-05',
    zh: '教师当前状态为{actual}，只有已离职或已退休的教师可以返岗。',
    en: 'The teacher is {actual}; only who left or retired can return.',
  },
  RETURN_BEFORE_LEAVING: {
    rule: 'REG-05',
    zh: '返岗日期不得早于离岗日 {required}，现为 {actual}。',
    en: 'The return cannot lie before the leaving ({required}); it is on {actual}.',
  },
  SCHOOL_TAKES_NOBODY: {
    rule: 'REG-05',
    zh: '学校当前状态为{actual}，须为{required}方可接收教师。',
    en: 'The school is {actual}; only one that is {required} takes teachers.',
  },
});
