import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  PROJECT_CONFIRMATION_ASKED: {
    rule: 'PLN-02',
    title: { zh: '培训项目征询学校意见', en: 'Your school is asked about a project' },
    zh: '拟申报培训项目「{title}」（{year} 年），请贵校确认或说明不同意的理由。',
    en: 'The project “{title}” of {year} is to be submitted. Please confirm it for your school, or say why not.',
  },
  PROJECT_CONFIRMATION_DECLINED: {
    rule: 'PLN-02',
    title: { zh: '学校不同意培训项目', en: 'A school declines a project' },
    zh: '学校 {schoolId} 不同意项目「{title}」：{reason}',
    en: 'School {schoolId} declines the project “{title}”: {reason}',
  },
});
