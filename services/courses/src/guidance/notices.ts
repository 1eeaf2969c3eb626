import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  ADVISED: {
    rule: 'CRS-45',
    title: { zh: '学校向您推荐培训', en: 'Your school advises a class' },
    zh: '学校向您推荐「{title}」（菜单项 {menuItemId}）：{reason} 是否报名由您决定。',
    en: 'Your school advises “{title}” (menu item {menuItemId}): {reason} Whether to enroll is yours to decide.',
  },
});
