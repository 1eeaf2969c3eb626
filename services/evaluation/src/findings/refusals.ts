import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  FINDING_NOT_OPEN: {
    rule: null,
    zh: '该问题已办结（{actual}）。',
    en: 'The finding is closed already ({actual}).',
  },
  REASON_MISSING: {
    rule: null,
    zh: '须说明如何整改或为何豁免。',
    en: 'Say what was put right, or why the finding is waived.',
  },
});
