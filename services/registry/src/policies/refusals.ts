import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  POLICY_REGION_UNKNOWN: {
    rule: 'REG-01',
    zh: '政策须由省、市或县发布，代码 {actual} 不是。',
    en: 'A policy belongs to a province, city or county; {actual} is none.',
  },
  POLICY_PROFILE_TAKEN: {
    rule: null,
    zh: '政策名称“{actual}”已由 {required} 使用。',
    en: 'The profile {actual} belongs to region {required}.',
  },
  POLICY_RETROACTIVE: {
    rule: null,
    zh: '生效日期不得早于 {required}，现为 {actual}。',
    en: 'The policy may take effect from {required} on; {actual} is too early.',
  },
  POLICY_WITHOUT_FIGURES: {
    rule: null,
    zh: '政策须至少列出一项数值。',
    en: 'A policy sets at least one figure.',
  },
  POLICY_DRAFT_FIXED: {
    rule: null,
    zh: '该政策草案已提交、已批准或已作废，不能再改动。',
    en: 'The draft is submitted, approved or discarded; it can no longer be changed.',
  },
  POLICY_NOT_SUBMITTED: {
    rule: null,
    zh: '该政策草案尚未提交，或已有决定。',
    en: 'The draft is not submitted, or has been decided on already.',
  },
  POLICY_OWN_DRAFT: {
    rule: null,
    zh: '起草人不能批准自己的政策草案。',
    en: 'Nobody approves a draft that he or she wrote.',
  },
  POLICY_REASONS_MISSING: {
    rule: null,
    zh: '退回政策草案须说明理由。',
    en: 'Returning a draft needs its reasons.',
  },
});
