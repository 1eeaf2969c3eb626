import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  TRACKING_DUE: {
    rule: 'CRS-58',
    title: { zh: '请填报训后跟踪', en: 'Please answer a tracking after training' },
    zh: '报名 {enrollmentId} 结业已满 {months} 个月，请在 {answerBy} 前填报培训所学的应用情况（{trackingId}）。',
    en: 'It is {months} months since enrollment {enrollmentId} was completed. Please say by {answerBy} how what was learnt is used ({trackingId}).',
  },
  TRACKING_LATE: {
    rule: 'CRS-58',
    title: { zh: '训后跟踪逾期未填', en: 'A tracking is late' },
    zh: '训后跟踪 {trackingId} 应于 {answerBy} 前填报，现已逾期。',
    en: 'Tracking {trackingId} was to be answered by {answerBy}; it is late.',
  },
});
