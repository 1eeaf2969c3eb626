import { defineNotices } from '@shixun/kernel';

/** What the registry itself has somebody told about an institution. */
export const told = defineNotices({
  QUALIFICATION_MOVED: {
    rule: 'REG-09',
    title: { zh: '资质状态变化', en: 'The qualification has moved' },
    zh: '贵机构的培训资质由 {from} 变为 {to}，原因：{reason}。对此可申诉一次。',
    en: 'Your qualification moved from {from} to {to}; the reason: {reason}. You may appeal once.',
  },
});
