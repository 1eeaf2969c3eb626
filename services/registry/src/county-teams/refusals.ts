import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  NO_COUNTY: {
    rule: 'REG-13',
    zh: '县级培训团队只设在县（{actual} 不是县级代码）。',
    en: 'Only a county has a training team; {actual} is no county.',
  },
  MEMBER_ALREADY: {
    rule: 'REG-13',
    zh: '该人员已是 {actual} 县级培训团队成员。',
    en: 'He or she is a member of the team of {actual} already.',
  },
});
