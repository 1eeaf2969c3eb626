import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  NO_PROJECTS_TO_DRAW_FROM: {
    rule: 'EVL-05',
    zh: '{region} 在 {year} 年没有尚未抽签的已公布项目。',
    en: '{region} has no published project of {year} that has not been in a draw yet.',
  },
});
