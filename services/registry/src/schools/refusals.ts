import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  SCHOOL_SECTOR_WITHOUT_LEVEL: {
    rule: 'REG-02',
    zh: '该教育类别的学校由{required}登记，当前身份为{actual}。',
    en: 'Schools of this sector are registered by: {required}. You act as: {actual}.',
  },
  SCHOOL_REGION_UNKNOWN: {
    rule: 'REG-01',
    zh: '行政区划表中没有代码 {actual}。',
    en: 'There is no region {actual} in the official table.',
  },
  SCHOOL_CODE_LENGTH: {
    rule: null,
    zh: '学校标识码应为 {required} 位数字，现为“{actual}”。',
    en: 'A school code has {required} digits; this is {actual}.',
  },
  SCHOOL_CODE_CLASS: {
    rule: null,
    zh: '学校标识码前两位（办学类型）应为 {required}，现为 {actual}。',
    en: 'The first two digits (class) of the code of such a school are {required}, not {actual}.',
  },
  SCHOOL_CODE_PROVINCE: {
    rule: null,
    zh: '学校标识码第三、四位（省份）应为 {required}，现为 {actual}。',
    en: 'The third and fourth digits (province) of the code are {required} here, not {actual}.',
  },
  SCHOOL_CODE_TAKEN: {
    rule: null,
    zh: '学校标识码 {actual} 已被登记。',
    en: 'The school code {actual} is registered already.',
  },
  CENTRAL_SCHOOL_MISSING: {
    rule: 'REG-04',
    zh: '教学点、村小须隶属于本乡镇（{required}）的中心学校。',
    en: 'A teaching point or village school belongs to the central school of its township ({required}).',
  },
  CENTRAL_SCHOOL_KIND: {
    rule: 'REG-04',
    zh: '所属学校须为{required}，现为{actual}。',
    en: 'The school it belongs to must be {required}; this one is {actual}.',
  },
  CENTRAL_SCHOOL_ELSEWHERE: {
    rule: 'REG-04',
    zh: '中心学校须在同一乡镇（{required}），现在 {actual}。',
    en: 'The central school must be in the same township ({required}); it is in {actual}.',
  },
  CENTRAL_SCHOOL_NOT_ASKED: {
    rule: 'REG-04',
    zh: '只有教学点、村小隶属于中心学校，该校类型为{actual}。',
    en: 'Only teaching points and village schools belong to a central school; this is {actual}.',
  },
});
