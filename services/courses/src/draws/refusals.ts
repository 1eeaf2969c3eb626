import { defineRefusals } from '@shixun/kernel';

/** Refusals of draws, in the order in which they are checked. */
export const codes = defineRefusals({
  NO_DRAW: {
    rule: 'CRS-46',
    zh: '该菜单按先到先得报名，不抽签。',
    en: 'This item is first come, first served: there is no draw.',
  },
  APPLIED_ALREADY: {
    rule: 'CRS-46',
    zh: '您已申请参加该抽签。',
    en: 'You have applied for this draw already.',
  },
  NOT_APPLIED: {
    rule: 'CRS-46',
    zh: '您没有申请参加该抽签。',
    en: 'You have not applied for this draw.',
  },
  DRAW_OVER: {
    rule: 'CRS-46',
    zh: '该抽签当前状态为 {actual}，申请不能撤回。',
    en: 'The draw is {actual}: an application cannot be taken back any more.',
  },
});
