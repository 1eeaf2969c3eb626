import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  NOT_FULL_TIME: {
    rule: 'REG-11',
    zh: '年度研修与驻校要求只适用于专职培训者。',
    en: 'Only full-time trainers have a year of study and days in schools.',
  },
  YEAR_JUDGED: {
    rule: 'REG-11',
    zh: '该年度已结算（{actual}），不得再登记。',
    en: 'The year has been judged ({actual}); nothing is added to it.',
  },
  ENTRY_DAYS_INVALID: {
    rule: 'REG-11',
    zh: '起止日期须在同一年内、先后有序且不晚于 {required}；所填为 {actual}。',
    en: 'The days must be of one year, in order and not after {required}; they are {actual}.',
  },
  ENTRY_HOURS_MISSING: {
    rule: 'REG-11',
    zh: '研修记录须写明学时。',
    en: 'A record of study names its hours.',
  },
  ENTRY_SCHOOL_MISSING: {
    rule: 'REG-11',
    zh: '驻校记录须写明学校。',
    en: 'A record of days in a school names the school.',
  },
  ENTRY_DAYS_TWICE: {
    rule: 'REG-11',
    zh: '同一天只计一次，{actual} 已登记。',
    en: 'A day counts once; {actual} is recorded already.',
  },
  YEAR_NOT_DECIDABLE: {
    rule: 'REG-11',
    zh: '该年度状态为 {actual}，此操作要求 {required}。',
    en: 'The year is {actual}; this needs {required}.',
  },
  WAIVER_REASON: {
    rule: 'REG-11',
    zh: '豁免须说明理由。',
    en: 'A waiver needs a reason.',
  },
});
