import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  NOT_THE_MONITOR: {
    rule: 'REG-03',
    zh: '{required} 的抽查由本级明确的质量监控机构及其上级开展；现已明确机构的有：{actual}。',
    en: 'Spot checks in {required} are run by the quality-monitoring body named there and its superiors; named so far: {actual}.',
  },
  NO_PROJECTS_TO_DRAW_FROM: {
    rule: 'EVL-05',
    zh: '{region} 在 {year} 年没有尚未抽签的已公布项目。',
    en: '{region} has no published project of {year} that has not been in a draw yet.',
  },
});
