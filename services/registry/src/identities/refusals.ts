import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  MERGE_OUT_OF_AREA: {
    rule: 'REG-16',
    zh: '两份档案不都在您的管辖范围内，请由共同的上级主管部门合并。',
    en: 'The records are not both in your area; the superior of both bureaus merges them.',
  },
  MERGE_INTO_ITSELF: {
    rule: 'REG-16',
    zh: '档案不能与自身合并。',
    en: 'A record is not merged into itself.',
  },
  MERGED_ALREADY: {
    rule: 'REG-16',
    zh: '该档案已并入另一档案，请使用保留的档案。',
    en: 'This record is merged already; use the one that survived.',
  },
  SURVIVOR_NOT_ACTIVE: {
    rule: 'REG-16',
    zh: '保留的档案状态为{actual}，而另一份在岗；请反向合并。',
    en: 'The surviving record is {actual} while the other is in service; merge the other way round.',
  },
  MERGE_SECTORS_DIFFER: {
    rule: 'REG-16',
    zh: '两份档案的教育类别不同：{required}、{actual}；请先办理调动。',
    en: 'The records belong to different sectors: {required} and {actual}; transfer one first.',
  },
  NOT_MERGED: {
    rule: 'REG-16',
    zh: '该档案状态为{actual}，没有可撤销的合并。',
    en: 'The record is {actual}; there is no merge to undo.',
  },
  PAIR_DECIDED: {
    rule: 'REG-16',
    zh: '这一对档案已处理，状态为{actual}。',
    en: 'This pair was decided already: {actual}.',
  },
});
