import { defineNotices } from '@shixun/kernel';

/** Whoever is bound by a policy, or has to decide on one, is told. */
export const told = defineNotices({
  POLICY_SUBMITTED: {
    rule: 'GOV-04',
    title: { zh: '政策草案待审批', en: 'A policy to approve' },
    zh: '{regionCode} 提交了政策草案 {profile}，拟自 {effectiveFrom} 起施行，请审批。',
    en: '{regionCode} has submitted the draft {profile}, to take effect on {effectiveFrom}; it waits for approval.',
  },
  POLICY_RETURNED: {
    rule: 'GOV-04',
    title: { zh: '政策草案退回', en: 'A policy returned' },
    zh: '政策草案 {profile} 已退回，理由见草案。',
    en: 'The draft {profile} was returned; the reasons are with the draft.',
  },
  POLICY_PUBLISHED: {
    rule: 'GOV-04',
    title: { zh: '政策公布', en: 'A policy is published' },
    zh: '{regionCode} 的政策 {versionId} 已公布，自 {effectiveFrom} 起施行。',
    en: 'The policy {versionId} of {regionCode} is published and takes effect on {effectiveFrom}.',
  },
});
