import { defineRefusals } from '@shixun/kernel';

/** In the order in which they are checked. [CRS-20] */
export const codes = defineRefusals({
  CURRICULUM_TOPIC_UNKNOWN: {
    rule: 'CRS-20',
    zh: '课程“{module}”所对应的课程标准主题 {actual} 不存在。',
    en: 'Module “{module}” serves {actual}, which no curriculum standard has.',
  },
  CURRICULUM_TOPIC_NOT_IN_FORCE: {
    rule: 'CRS-20',
    zh: '课程“{module}”所对应的主题 {actual} 在 {required} 施行的标准版本中不存在。',
    en: 'Module “{module}” serves {actual}, which is not in the version in force on {required}.',
  },
  CURRICULUM_STANDARD_TWICE: {
    rule: 'CRS-20',
    zh: '标准 {actual} 重复列出。',
    en: 'Standard {actual} is given twice.',
  },
  CURRICULUM_STANDARD_IN_THE_PAST: {
    rule: 'CRS-20',
    zh: '新版本须自 {required} 或之后施行，现为 {actual}：已有方案所依据的标准不能追溯更改。',
    en: 'A new version begins on {required} or later, not {actual}: what plans were made by stays.',
  },
  CURRICULUM_STANDARD_NOT_LATER: {
    rule: 'CRS-20',
    zh: '新版本须晚于现有版本（{required}）施行，现为 {actual}。',
    en: 'A new version begins after the last one ({required}), not {actual}.',
  },
  CURRICULUM_STANDARD_OF_OTHERS: {
    rule: 'CRS-20',
    zh: '同一标准的学段与学科不变：应为 {required}，现为 {actual}。',
    en: 'A standard keeps its stage and subject: {required}, not {actual}.',
  },
  CURRICULUM_TOPIC_TWICE: {
    rule: 'CRS-20',
    zh: '主题代码 {actual} 重复。',
    en: 'Topic {actual} is given twice.',
  },
  CURRICULUM_DOCUMENT_UNREADABLE: {
    rule: 'CRS-20',
    zh: '课程标准文件有误：{actual}',
    en: 'The document of standards is not readable: {actual}',
  },
});
