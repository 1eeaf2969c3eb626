import { defineNotices } from '@shixun/kernel';

/** Who is told what in the course of a tender. [CRS-02] */
export const notices = defineNotices({
  BID_WON: {
    rule: 'CRS-02',
    title: { zh: '中标公示', en: 'Award of a tender' },
    zh: '贵单位投标的“{project}”已公示为中标单位，异议期至 {through}。',
    en: 'Your bid for “{project}” is published as the winner; objections are taken through {through}.',
  },
  BID_LOST: {
    rule: 'CRS-02',
    title: { zh: '评标结果公示', en: 'Result of a tender' },
    zh: '“{project}”评标结果已公示，贵单位未中标（第 {number} 号）。如有异议，请于 {through} 前提出。',
    en: 'The result of the tender for “{project}” is published; your bid {number} did not win. You may object through {through}.',
  },
  OBJECTION_MADE: {
    rule: 'CRS-02',
    title: { zh: '评标异议', en: 'Objection to an award' },
    zh: '“{project}”的评标结果收到异议，请作出决定。',
    en: 'There is an objection to the award of “{project}”; decide it.',
  },
  OBJECTION_DECIDED: {
    rule: 'CRS-02',
    title: { zh: '异议处理结果', en: 'Objection decided' },
    zh: '贵单位对“{project}”评标结果的异议已处理，结果：{outcome}。',
    en: 'Your objection to the award of “{project}” is decided: {outcome}.',
  },
});
