import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  RESULT_REVIEWED: {
    rule: 'CRS-56',
    title: { zh: '实践成果已评审', en: 'Your result is reviewed' },
    zh: '您提交的成果“{title}”（{resultId}）评审结果：{wordZh}。',
    en: 'Your result “{title}” ({resultId}): {wordEn}.',
  },
  PACKAGE_FOR_YOU: {
    rule: 'CRS-56',
    title: { zh: '新的教学资源包', en: 'A resource package for you' },
    zh: '适合您学段学科的资源包“{title}”（{packageId}）已发布，共 {count} 件。',
    en: 'The resource package “{title}” ({packageId}) for your stage and subject is published, with {count} pieces.',
  },
});
