import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  NOTICE_UNKNOWN: {
    rule: 'GOV-04',
    zh: '收件箱中没有通知 {actual}。',
    en: 'There is no notice {actual} in this inbox.',
  },
});
