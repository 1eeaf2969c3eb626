import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  ANNUAL_PLAN_FILED: {
    rule: 'PLN-03',
    zh: '{body} 报备 {year} 年度培训计划，回执号 {receipt}。',
    en: '{body} files its training plan of {year}; receipt {receipt}.',
  },
  ANNUAL_PLAN_AMENDMENT_FILED: {
    rule: 'PLN-03',
    zh: '{body} 报备 {year} 年度培训计划的调整（{count} 处），回执号 {receipt}。理由：{reason}',
    en: '{body} files an amendment of its training plan of {year} in {count} points; receipt {receipt}. Reason: {reason}',
  },
  ANNUAL_PLAN_RETURNED: {
    rule: 'PLN-03',
    zh: '{year} 年度培训计划（{receipt}）被退回：{reason}',
    en: 'The training plan of {year} ({receipt}) is returned: {reason}',
  },
  ANNUAL_PLAN_ACCEPTED: {
    rule: 'PLN-03',
    zh: '{year} 年度培训计划（{receipt}）已获接受。',
    en: 'The training plan of {year} ({receipt}) is accepted.',
  },
});
