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
});
