import { defineRefusals } from '@shixun/kernel';

export const codes = defineRefusals({
  TRAINER_PLACE_UNKNOWN: {
    rule: 'REG-01',
    zh: '登记库中没有 {actual}。',
    en: 'The registry has no {actual}.',
  },
  FRONTLINE_SCHOOL_MISSING: {
    rule: 'REG-12',
    zh: '本省一线教师培训者须写明所在学校，其授课计入该校教学工作量。',
    en: 'A front-line trainer of this province is registered with the school, to which the workload is stated.',
  },
});
