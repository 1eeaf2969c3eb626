import { defineRefusals } from '@shixun/kernel';

/** Refusals of the ledger's commands, in the order in which they are checked. */
export const codes = defineRefusals({
  LEDGER_REASON_REQUIRED: {
    rule: 'CRD-01',
    zh: '更正或冲销学时学分必须说明理由（{required}），现有 {actual}。',
    en: 'A reversal or correction needs a reason of {required}; {actual} given.',
  },
  LEDGER_NOT_AN_AWARD: {
    rule: 'CRD-01',
    zh: '只能冲销学分授予记录；该记录类型为 {actual}。',
    en: 'Only an award can be reversed or corrected; this entry is: {actual}.',
  },
  LEDGER_REVERSED_ALREADY: {
    rule: 'CRD-01',
    zh: '该记录已被 {actual} 冲销，一条记录只能冲销一次。',
    en: 'The entry was already reversed by {actual}; an entry is reversed once.',
  },
  LEDGER_BALANCE_INSUFFICIENT: {
    rule: 'CRD-01',
    zh: '账户余额不足：冲销需要 {required}，现有 {actual}。',
    en: 'The account does not hold enough: reversing takes {required}, it holds {actual}.',
  },
  LEDGER_HOURS_NOT_POSITIVE: {
    rule: 'CRD-01',
    zh: '更正后的学时须大于零，且每个类别只列一次；全部取消请使用冲销。',
    en: 'Corrected hours are above zero, each category named once; to take all back, reverse the entry.',
  },
  LEDGER_HOURS_ABOVE_PLANNED: {
    rule: 'CRD-03',
    zh: '更正后的学时 {actual} 超过计划学时 {required}。',
    en: 'The corrected hours are {actual}; the plan has no more than {required}.',
  },
  LEDGER_NOTHING_CHANGED: {
    rule: 'CRD-01',
    zh: '更正内容与原记录相同，无需更正。',
    en: 'The correction says the same as the entry; there is nothing to correct.',
  },
});
