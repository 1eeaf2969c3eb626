import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a change of a published plan check them. [CRS-19] */
export const codes = defineRefusals({
  PLAN_CHANGE_PENDING: {
    rule: 'CRS-19',
    zh: '每个项目同一时间只能有一项方案变更：已有一项（{actual}）尚未完成，完成或撤回后才能提出新的变更。',
    en: 'A project has one change of its plan at a time: one is {actual}; another can be asked for once it is done or taken back.',
  },
  PLAN_CHANGE_NOT_PENDING: {
    rule: 'CRS-19',
    zh: '没有待主管部门决定的方案变更，当前为 {actual}。',
    en: 'No change of this plan waits for consent; it is {actual}.',
  },
  PLAN_CHANGE_EMPTY: {
    rule: 'CRS-19',
    zh: '新方案与已公布方案没有区别。',
    en: 'The new version says the same as the published plan.',
  },
  PLAN_CHANGE_CLASS_RENAMED: {
    rule: 'CRS-19',
    zh: '班级名称不随方案变更：课次相同的班级名为“{required}”，不能改为“{actual}”。',
    en: 'A class keeps its name: the one with these sessions is “{required}”, not “{actual}”.',
  },
  PLAN_CHANGE_PLACES_DIFFER: {
    rule: 'CRS-19',
    zh: '班级“{class}”的名额与分配名额已公布，不能随方案变更。',
    en: 'Places and quotas of class “{class}” are given out; a change of the plan leaves them.',
  },
  PLAN_CHANGE_SESSION_HELD: {
    rule: 'CRS-19',
    zh: '班级“{class}”{actual} 的课次早于 {required}，不能再变更。',
    en: 'The session of class “{class}” at {actual} lies before {required} and can’t be changed any more.',
  },
  PLAN_CHANGE_SESSION_TOO_EARLY: {
    rule: 'CRS-19',
    zh: '班级“{class}”的课次不能改到 {actual}：变更自 {required} 起才能生效。',
    en: 'No session of class “{class}” can move to {actual}: the change takes effect from {required}.',
  },
});
