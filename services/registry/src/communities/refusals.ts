import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  AREA_NOT_OF_COUNTY: {
    rule: 'REG-14',
    zh: '片区由{required}级划分，现为{actual}。',
    en: 'Areas are made within a {required}; this is {actual}.',
  },
  AREA_SCHOOL_UNKNOWN: {
    rule: 'REG-14',
    zh: '学校 {actual} 不存在或未开办。',
    en: 'There is no open school {actual}.',
  },
  AREA_SCHOOL_ELSEWHERE: {
    rule: 'REG-14',
    zh: '片区学校须在本县（{required}），现在 {actual}。',
    en: 'A school of the area lies in the county {required}; this one lies in {actual}.',
  },
  AREA_SCHOOL_TAKEN: {
    rule: 'REG-14',
    zh: '学校 {actual} 已属于另一片区。',
    en: 'The school {actual} is in another area already.',
  },
  HOST_NOT_ACTIVE: {
    rule: 'REG-14',
    zh: '主持人当前状态为{actual}，须为{required}。',
    en: 'The host is {actual}; it must be somebody who is {required}.',
  },
  HOST_ELSEWHERE: {
    rule: 'REG-14',
    zh: '主持人须在工作坊所在范围（{required}）内任教，现在 {actual}。',
    en: 'The host teaches where the workshop is held ({required}); this one teaches in {actual}.',
  },
});
