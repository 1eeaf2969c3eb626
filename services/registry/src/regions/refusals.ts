import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  REGION_NAMED_TWICE: {
    rule: 'REG-01',
    zh: '代码 {actual} 在本次调整中出现两次。',
    en: 'The code {actual} stands twice in this change.',
  },
  REGION_NOT_IN_FORCE: {
    rule: 'REG-01',
    zh: '代码 {actual} 不是现行行政区划。',
    en: 'There is no region in force with the code {actual}.',
  },
  REGION_OTHER_PROVINCE: {
    rule: 'REG-01',
    zh: '代码 {actual} 不在本省（{required}）。',
    en: 'The code {actual} lies outside the province {required}.',
  },
  REGION_LEVEL_DIFFERS: {
    rule: 'REG-01',
    zh: '承接区划的级别应为{required}，现为{actual}。',
    en: 'A successor must be of the level {required}; this one is {actual}.',
  },
  REGION_PARENT_MISSING: {
    rule: 'REG-01',
    zh: '代码 {actual} 的上级 {required} 在调整后不存在。',
    en: 'After the change there is no region {required} above {actual}.',
  },
  REGION_CODE_USED: {
    rule: 'REG-01',
    zh: '代码 {actual} 曾用于已撤销的区划，不再启用。',
    en: 'The code {actual} stood for a region that was abolished; codes are not used again.',
  },
  REGION_NAME_DIFFERS: {
    rule: 'REG-01',
    zh: '代码 {code} 的名称应为“{required}”，现为“{actual}”。',
    en: 'The code {code} is named {required}, not {actual}.',
  },
  REGION_CHILDREN_LEFT: {
    rule: 'REG-01',
    zh: '撤销的区划下仍有未安排的下级：{actual}。',
    en: 'Regions below the abolished one are not part of the change: {actual}.',
  },
  REGION_NOTHING_CHANGES: {
    rule: null,
    zh: '代码 {actual} 没有变化。',
    en: 'Nothing changes for the code {actual}.',
  },
  REGION_CHANGE_TOO_EARLY: {
    rule: 'REG-01',
    zh: '调整日期须晚于该区划现名称的启用日 {required}，现为 {actual}。',
    en: 'The change must lie after the region’s present version began ({required}); it is on {actual}.',
  },
  REGION_CHANGE_IN_FUTURE: {
    rule: 'REG-01',
    zh: '调整日期不得晚于今天（{required}），现为 {actual}。',
    en: 'A change is recorded when it holds: not after {required}; it is on {actual}.',
  },
});
