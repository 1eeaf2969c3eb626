import { defineNotices } from '@shixun/kernel';

export const notices = defineNotices({
  DRAWN: {
    rule: 'CRS-46',
    title: { zh: '您已中签', en: 'The lot gave you a place' },
    zh: '抽签 {drawId} 已公开进行，您在培训班 {classId} 获得名额（第 {rank} 位）。',
    en: 'The draw {drawId} has run: you have a place in class {classId} (number {rank}).',
  },
  NOT_DRAWN: {
    rule: 'CRS-46',
    title: { zh: '您未中签，已进入候补', en: 'The lot put you on the waitlist' },
    zh: '抽签 {drawId} 已公开进行，您在培训班 {classId} 按抽签顺序进入候补（第 {rank} 位）。',
    en: 'The draw {drawId} has run: you stand on the waitlist of class {classId}, in drawn order (number {rank}).',
  },
  EXCLUDED_FROM_DRAW: {
    rule: 'CRS-46',
    title: { zh: '您的抽签申请已失效', en: 'Your application for a draw no longer counts' },
    zh: '抽签 {drawId} 进行时您已不符合培训班 {classId} 的报名条件（{code}），未参与分配。',
    en: 'When the draw {drawId} ran, class {classId} was no longer open to you ({code}); you took no part.',
  },
});
