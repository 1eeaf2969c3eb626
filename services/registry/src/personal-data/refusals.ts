import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  PURPOSE_HOLDS_NUMBER: {
    rule: 'GOV-03',
    zh: '查阅目的或理由中不得出现证件号码、电话号码等长串数字，请以文字说明。',
    en: 'A purpose or reason must hold no identity or telephone number; say it in words.',
  },
  PERSONAL_DATA_ERASED: {
    rule: 'GOV-03',
    zh: '该教师的个人信息已按规定删除，不可恢复。',
    en: 'The personal data of this teacher has been erased and can not be brought back.',
  },
  PHONE_NOT_RECORDED: {
    rule: null,
    zh: '该教师未登记手机号。',
    en: 'No mobile number is recorded for this teacher.',
  },
  CORRECTION_EMPTY: {
    rule: 'GOV-03',
    zh: '更正申请至少应包含一项（姓名、身份证号或手机号）。',
    en: 'A correction names at least one of: name, identity number, mobile number.',
  },
  CORRECTION_DECIDED: {
    rule: 'GOV-03',
    zh: '该更正申请已处理（{actual}），不能再次处理。',
    en: 'This correction has been decided already ({actual}).',
  },
  CORRECTION_OPEN: {
    rule: 'GOV-03',
    zh: '已有一项更正申请待处理（{actual}），处理后方可再次提出。',
    en: 'Another correction waits for its decision ({actual}); ask again after it.',
  },
});
