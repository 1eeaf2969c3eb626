import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  STATEMENT_CLOSED: {
    rule: 'REG-12',
    zh: '该学期（{actual}）的工作量清单已结算。',
    en: 'The workload statement of {actual} is closed already.',
  },
  TERM_RUNNING: {
    rule: 'REG-12',
    zh: '学期于 {required} 结束后方可结算，今天是 {actual}。',
    en: 'A statement is closed after the term’s last day ({required}); today is {actual}.',
  },
});
