import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  FINDING_CLOSED: {
    rule: 'EVL-12',
    zh: '该问题已办结（{actual}）。',
    en: 'The finding is closed already ({actual}).',
  },
  FINDING_ORDERED_ALREADY: {
    rule: 'EVL-12',
    zh: '已下达整改要求，须待答复并复查。',
    en: 'It has been ordered already; the answer and the re-inspection come next.',
  },
  NO_ORDER_WAITS: {
    rule: 'EVL-12',
    zh: '目前没有待答复的整改要求。',
    en: 'No order waits for an answer.',
  },
  NO_ANSWER_WAITS: {
    rule: 'EVL-12',
    zh: '目前没有待复查的整改答复。',
    en: 'No answer waits for a re-inspection.',
  },
  REINSPECTION_DUE: {
    rule: 'EVL-12',
    zh: '已下达整改要求的问题须经复查办结。',
    en: 'What was ordered is closed by a re-inspection.',
  },
  DEADLINE_IN_PAST: {
    rule: 'EVL-12',
    zh: '整改期限不得早于今日 {required}，现为 {actual}。',
    en: 'The deadline lies on {required} at the earliest; {actual} is past.',
  },
  DEADLINE_TOO_FAR: {
    rule: 'EVL-12',
    zh: '整改期限不得晚于 {required}，现为 {actual}。',
    en: 'The deadline lies on {required} at the latest; {actual} is too far.',
  },
  DEADLINE_MISSING: {
    rule: 'EVL-12',
    zh: '复查未通过时须规定新的整改期限。',
    en: 'What did not pass the re-inspection needs a new deadline.',
  },
  INSTRUCTION_MISSING: {
    rule: 'EVL-12',
    zh: '整改要求须写明整改内容。',
    en: 'An order says what is to be put right.',
  },
  REASON_MISSING: {
    rule: 'EVL-12',
    zh: '须说明如何整改、复查结果或为何豁免。',
    en: 'Say what was put right, what the re-inspection found, or why the finding is waived.',
  },
});
