import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  MONITOR_OF_OTHER_BUREAU: {
    rule: 'REG-03',
    zh: '质量监控机构由 {required} 本级教育行政部门明确。',
    en: 'The quality-monitoring body is named by the bureau of {required} itself.',
  },
  MONITOR_BEFORE_STANDING: {
    rule: 'REG-03',
    zh: '起始日须晚于现任机构的起始日 {required}，现为 {actual}。',
    en: 'It must begin after the standing designation did ({required}); it begins on {actual}.',
  },
  MONITOR_PERIOD_EMPTY: {
    rule: 'REG-03',
    zh: '截止日须晚于起始日 {required}，现为 {actual}。',
    en: 'The end must lie after the beginning ({required}); it is {actual}.',
  },
});
