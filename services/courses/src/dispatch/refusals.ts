import { defineRefusals } from '@shixun/kernel';

/** Refusals of dispatch, in the order in which they are checked. */
export const codes = defineRefusals({
  WRONG_DISPATCH_STATE: {
    rule: 'CRS-43',
    zh: '该选派当前状态为 {actual}，此操作要求 {required}。',
    en: 'The dispatch is {actual}; this needs {required}.',
  },
  CLASS_TOO_LATE: {
    rule: 'CRS-43',
    zh: '该班当前状态为 {actual}，选派须在开班前完成。',
    en: 'The class is {actual}: dispatch is over once it runs.',
  },
  MORE_THAN_DISPATCHED_PLACES: {
    rule: 'CRS-43',
    zh: '下达名额共 {actual} 个，超过该项目选派名额 {required} 个。',
    en: '{actual} places given, more than the {required} dispatched places of the project.',
  },
  QUOTA_FOR_WHOM: {
    rule: 'CRS-43',
    zh: '每项名额须下达给一个区划或一所学校。',
    en: 'Each quota is for one region or for one school.',
  },
  QUOTA_BELOW_NOMINATED: {
    rule: 'CRS-43',
    zh: '该名额已提名 {required} 人，不能减为 {actual} 个。',
    en: '{required} are nominated under this quota; it cannot become {actual}.',
  },
  NOMINATED_ALREADY: {
    rule: 'CRS-43',
    zh: '该教师已被提名参加该班。',
    en: 'The teacher is nominated for this class already.',
  },
  NO_QUOTA: {
    rule: 'CRS-43',
    zh: '该班没有下达给学校 {actual} 或其所在地区的选派名额。',
    en: 'The class has no quota for school {actual} or its regions.',
  },
  QUOTA_NOMINATED: {
    rule: 'CRS-43',
    zh: '选派名额 {required} 个已提名 {actual} 人。',
    en: 'Of the quota’s {required} places {actual} are nominated.',
  },
  NOTHING_TO_REPLACE: {
    rule: 'CRS-43',
    zh: '只有教师提出异议的选派可提名替换人选，该选派为 {actual}。',
    en: 'A substitute is nominated for a dispatch that is objected to; this one is {actual}.',
  },
  OTHER_SCHOOL: {
    rule: 'CRS-43',
    zh: '替换人选须为同一学校 {required} 的教师。',
    en: 'A substitute comes from the same school, {required}.',
  },
  WAITS_FOR_OBJECTION: {
    rule: 'CRS-43',
    zh: '替换人选随异议的处理一并确认。',
    en: 'A substitute is confirmed by the decision on the objection.',
  },
  REASON_NEEDED: {
    rule: 'CRS-43',
    zh: '须说明理由。',
    en: 'This needs a reason.',
  },
});
