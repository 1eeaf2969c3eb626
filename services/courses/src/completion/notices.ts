import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  NOT_COMPLETED: {
    rule: 'CRS-54',
    title: { zh: '不予结业通知', en: 'Training not completed' },
    zh: '项目“{title}”的培训班 {classId}：报名 {enrollmentId} 于 {decidedOn} 决定不予结业，未达到：{failed}。',
    en: 'Project “{title}”, class {classId}: on {decidedOn} it was decided that enrollment {enrollmentId} is not completed. Not met: {failed}.',
  },
  DECIDED_ANEW: {
    rule: 'CRS-55',
    title: { zh: '结业决定已重新作出', en: 'Completion was decided anew' },
    zh: '培训班 {classId} 的报名 {enrollmentId} 因记录更正，原结业决定 {completionId} 已撤销，并按更正后的记录重新认定。',
    en: 'The record of enrollment {enrollmentId} in class {classId} was corrected: the decision {completionId} is withdrawn and the corrected record decides.',
  },
  ARCHIVES_READY: {
    rule: 'CRS-57',
    title: { zh: '学员培训档案已反馈', en: 'Trainee archives are ready' },
    zh: '项目“{title}”的培训班 {classId} 已作出结业决定：贵方学员结业 {completed} 人、不予结业 {refused} 人，培训档案可查阅、导出。',
    en: 'Class {classId} of project “{title}” is decided: of your trainees {completed} completed and {refused} did not. Their archives can be read and exported.',
  },
});
