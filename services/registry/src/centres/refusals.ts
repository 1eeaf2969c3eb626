import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  CENTRE_NOT_OF_COUNTY: {
    rule: 'REG-15',
    zh: '教师发展中心由{required}级明确，现为{actual}。',
    en: 'A development centre is named for a {required}; this is {actual}.',
  },
  CENTRE_KIND: {
    rule: 'REG-15',
    zh: '机构类型应为教师发展中心（{required}），现为 {actual}。',
    en: 'The institution must be a {required}; it is {actual}.',
  },
  CENTRE_ELSEWHERE: {
    rule: 'REG-15',
    zh: '机构须在本县（{required}），现在 {actual}。',
    en: 'The institution must lie in the county {required}; it lies in {actual}.',
  },
  CENTRE_SAME: {
    rule: 'REG-15',
    zh: '该机构已是本县教师发展中心。',
    en: 'This institution is the county’s centre already.',
  },
  CENTRE_BEFORE_STANDING: {
    rule: 'REG-15',
    zh: '起始日须晚于现任中心的起始日 {required}，现为 {actual}。',
    en: 'It must begin after the standing centre did ({required}); it begins on {actual}.',
  },
  FORMER_BODY_IS_CENTRE: {
    rule: 'REG-15',
    zh: '并入机构“{actual}”就是该中心本身。',
    en: 'The former body {actual} is the centre itself.',
  },
  FORMER_BODY_LATER: {
    rule: 'REG-15',
    zh: '并入日期不得晚于中心的起始日 {required}，现为 {actual}。',
    en: 'A former body was merged by the day the centre begins ({required}), not on {actual}.',
  },
});
