import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  NEEDS_SURVEY_INVITED: {
    rule: 'PLN-01',
    title: { zh: '培训需求调研邀请', en: 'What training do you need?' },
    zh: '您被抽中参加「{title}」，请在 {closesOn} 前匿名作答；答卷无法与您对应。',
    en: 'You are asked to take part in “{title}” until {closesOn}. Answers are anonymous: nobody can match them to you.',
  },
  NEEDS_SURVEY_CLOSED: {
    rule: 'PLN-01',
    title: { zh: '培训需求调研结果', en: 'A needs survey is analysed' },
    zh: '「{title}」已截止：应答 {answersCount} 份，应答率 {response}，结果可供项目申报使用。',
    en: '“{title}” is closed: {answersCount} answers, {response} of those asked. Projects may now answer it.',
  },
});
