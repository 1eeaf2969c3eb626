import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  WAIVER_OF_OTHERS: {
    rule: 'CRS-01',
    zh: '仅项目所属层级的 {required} 可以豁免“原则上”的要求。',
    en: 'Only {required} of the body that owns the project may waive a figure in principle.',
  },
  WAIVER_PROJECT_OVER: {
    rule: 'CRS-01',
    zh: '项目已结束，不能再豁免。',
    en: 'The project is over; nothing can be waived any more.',
  },
  WAIVER_FIGURE_UNKNOWN: {
    rule: 'GOV-01',
    zh: '政策中没有名为“{actual}”的数值。',
    en: 'No figure of the policy is called {actual}.',
  },
  WAIVER_FIGURE_BINDING: {
    rule: 'GOV-01',
    zh: '“{nameZh}”（{actual}）不是“原则上”的要求，不能豁免。',
    en: '{nameEn} ({actual}) does not stand in principle; it cannot be waived.',
  },
  WAIVER_FIGURE_NOT_OF_PROJECTS: {
    rule: 'GOV-01',
    zh: '“{nameZh}”（{actual}）不针对项目，不能为单个项目豁免。',
    en: '{nameEn} ({actual}) is no figure of projects; it cannot be waived for one.',
  },
  WAIVER_GIVEN_ALREADY: {
    rule: 'GOV-01',
    zh: '该项目已豁免“{nameZh}”（{actual}）。',
    en: '{nameEn} ({actual}) is waived for this project already.',
  },
  WAIVER_REASON_MISSING: {
    rule: 'GOV-01',
    zh: '豁免须说明理由，理由将予公布。',
    en: 'A waiver needs its reason, which is published.',
  },
});
