import { defineRefusals } from '@shixun/kernel';

/** Refusals of tracking, in the order in which they are checked. */
export const codes = defineRefusals({
  TRACKING_ANSWERED: {
    rule: 'CRS-58',
    zh: '该训后跟踪已填报，不能重复填报。',
    en: 'This tracking is answered already.',
  },
});
