import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  APPEAL_TWICE: {
    rule: 'REG-09',
    zh: '该项资质变动已申诉过一次（{actual}），不得再次申诉。',
    en: 'This move has been appealed once already ({actual}); there is no second appeal.',
  },
  MOVE_NOT_APPEALABLE: {
    rule: 'REG-09',
    zh: '只能对导致现状的黄牌警示、暂停或撤销提出申诉；该变动为 {actual}。',
    en: 'Only the warning, suspension or revocation that led to the present state can be appealed; this is {actual}.',
  },
  APPEAL_DECIDED: {
    rule: 'REG-09',
    zh: '该申诉已有结论：{actual}。',
    en: 'The appeal has been decided: {actual}.',
  },
  APPEAL_OF_OWN_DECISION: {
    rule: 'REG-09',
    zh: '申诉由上级（{required}级或以上）主管部门裁定，当前身份为 {actual}。',
    en: 'An appeal is decided by the superior bureau (level {required} or above). You act as: {actual}.',
  },
});
