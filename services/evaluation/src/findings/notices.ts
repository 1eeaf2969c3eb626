import { defineNotices } from '@shixun/kernel';

/** Each step of a finding tells those who have to act next. [EVL-12] */
export const told = defineNotices({
  FINDING_OPENED: {
    rule: 'EVL-12',
    title: { zh: '发现问题', en: 'A finding' },
    zh: '发现问题：{subject} 未达到规则 {rule} 的要求，请在 {dueOn} 前处理。',
    en: 'A finding: {subject} does not meet rule {rule}. See to it by {dueOn}.',
  },
  RECTIFICATION_ORDERED: {
    rule: 'EVL-12',
    title: { zh: '整改要求', en: 'Rectification order' },
    zh: '就 {subject}（规则 {rule}）下达整改要求，请在 {dueOn} 前整改并答复。',
    en: 'An order about {subject} (rule {rule}): put it right and answer by {dueOn}.',
  },
  RECTIFICATION_ANSWERED: {
    rule: 'EVL-12',
    title: { zh: '整改答复', en: 'Rectification answered' },
    zh: '{subject}（规则 {rule}）的整改已答复，请在 {dueOn} 前复查。',
    en: 'The order about {subject} (rule {rule}) is answered; re-inspect by {dueOn}.',
  },
  FINDING_RESOLVED: {
    rule: 'EVL-12',
    title: { zh: '问题已整改', en: 'Put right' },
    zh: '{subject}（规则 {rule}）的问题已整改办结。',
    en: 'The finding about {subject} (rule {rule}) is put right and closed.',
  },
  FINDING_WAIVED: {
    rule: 'EVL-12',
    title: { zh: '问题已豁免', en: 'Waived' },
    zh: '{subject}（规则 {rule}）的问题已豁免，理由已公布。',
    en: 'The finding about {subject} (rule {rule}) is waived; the reason is published.',
  },
  FINDING_ESCALATED: {
    rule: 'EVL-12',
    title: { zh: '逾期未办，移送上级', en: 'Overdue: gone up one level' },
    zh: '{subject}（规则 {rule}）的问题逾期未办，已由 {from} 移送 {to}，请在 {dueOn} 前处理。',
    en: 'The finding about {subject} (rule {rule}) is overdue and went from {from} to {to}; see to it by {dueOn}.',
  },
  FINDING_OVERDUE: {
    rule: 'EVL-12',
    title: { zh: '问题逾期', en: 'Overdue at the province' },
    zh: '{subject}（规则 {rule}）的问题已于 {dueOn} 到期，仍未办结。',
    en: 'The finding about {subject} (rule {rule}) was due on {dueOn} and is still not closed.',
  },
});
