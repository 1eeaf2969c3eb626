import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  GROUPS_BROKEN_BY_DEPARTURE: {
    rule: 'CRS-33',
    title: {
      zh: '学员离班，分组与顶岗须复核',
      en: 'A trainee left; groups and substitutes need a look',
    },
    zh: '班级 {classId} 有学员离班，第 {groups} 组少一人；分组与顶岗安排现有 {faults} 处不合要求，请调整。',
    en: 'A trainee left class {classId}, group {groups}. Groups and substitutes now break {faults} requirements; please adjust them.',
  },
});
