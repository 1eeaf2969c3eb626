import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  QUOTA_GIVEN: {
    rule: 'CRS-43',
    title: { zh: '选派名额已下达', en: 'Places to dispatch are given' },
    zh: '培训班 {classId} 下达贵校选派名额 {places} 个，请按需提名。',
    en: 'Class {classId} has {places} places for teachers of your school. Please nominate those who need it.',
  },
  DISPATCHED: {
    rule: 'CRS-43',
    title: { zh: '您已被选派参加培训', en: 'You are dispatched to a class' },
    zh: '您已被选派参加培训班 {classId}（{opensOn} 开班）。如有异议，请在开班前说明理由提出。',
    en: 'You are dispatched to class {classId}, which begins {opensOn}. You may object with a reason before it begins.',
  },
  DISPATCH_DECLINED: {
    rule: 'CRS-43',
    title: { zh: '选派提名未获确认', en: 'A nomination was not confirmed' },
    zh: '贵校提名教师 {teacherId} 参加培训班 {classId} 未获确认：{reason}',
    en: 'Your nomination of teacher {teacherId} for class {classId} was not confirmed: {reason}',
  },
  DISPATCH_OBJECTED: {
    rule: 'CRS-43',
    title: { zh: '教师对选派提出异议', en: 'A teacher objects to a dispatch' },
    zh: '教师 {teacherId} 对选派参加培训班 {classId} 提出异议（选派 {dispatchId}），可提名替换人选。',
    en: 'Teacher {teacherId} objects to being dispatched to class {classId} (dispatch {dispatchId}); you may nominate a substitute.',
  },
  OBJECTION_UPHELD: {
    rule: 'CRS-43',
    title: { zh: '您的选派异议成立', en: 'Your objection was upheld' },
    zh: '您对培训班 {classId} 选派的异议成立，您不再参加该班。{reason}',
    en: 'Your objection to being dispatched to class {classId} was upheld: you need not go. {reason}',
  },
  OBJECTION_DISMISSED: {
    rule: 'CRS-43',
    title: { zh: '您的选派异议未获支持', en: 'Your objection was dismissed' },
    zh: '您对培训班 {classId} 选派的异议未获支持：{reason}',
    en: 'Your objection to being dispatched to class {classId} was dismissed: {reason}',
  },
  DISPATCH_WITHDRAWN: {
    rule: 'CRS-43',
    title: { zh: '选派已撤回', en: 'Your dispatch was taken back' },
    zh: '您参加培训班 {classId} 的选派已撤回：{reason}',
    en: 'Your dispatch to class {classId} was taken back: {reason}',
  },
});
