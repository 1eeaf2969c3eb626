import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  CONSORTIUM_FIXED: {
    rule: 'REG-18',
    zh: '项目当前状态为 {actual}，联合体只能在 {required} 时登记或变更。',
    en: 'The project is {actual}; its consortium can be recorded or changed while it is {required}.',
  },
  CONSORTIUM_LEADERS: {
    rule: 'REG-18',
    zh: '联合体须有且仅有 {required} 所牵头高校，现有 {actual} 所。',
    en: 'A consortium has exactly {required} leading university; this one has {actual}.',
  },
  CONSORTIUM_ALONE: {
    rule: 'REG-18',
    zh: '联合体至少有 {required} 个成员单位。',
    en: 'A consortium has at least {required} members.',
  },
  CONSORTIUM_MEMBER_UNKNOWN: {
    rule: 'REG-18',
    zh: '没有培训机构 {actual}。',
    en: 'There is no institution {actual}.',
  },
  CONSORTIUM_ROLE_OF_OTHERS: {
    rule: 'REG-18',
    zh: '此角色要求机构类型为 {required}，该机构为 {actual}。',
    en: 'This role is for {required}; the institution is {actual}.',
  },
  CONSORTIUM_PHASE_OUTSIDE: {
    rule: 'REG-18',
    zh: '阶段“{phase}”（{actual}）须在项目起止日期（{required}）之内。',
    en: 'Phase “{phase}” ({actual}) must lie within the project ({required}).',
  },
  CONSORTIUM_HOURS_DIFFER: {
    rule: 'REG-18',
    zh: '各成员学时合计 {actual}，项目为 {required} 学时。',
    en: 'The members’ hours sum up to {actual}; the project has {required}.',
  },
  CONSORTIUM_MONEY_DIFFERS: {
    rule: 'REG-18',
    zh: '各成员经费合计 {actual} 元，项目经费为 {required} 元。',
    en: 'The members’ money sums up to CNY {actual}; the project has CNY {required}.',
  },
});
