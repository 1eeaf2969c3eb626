import { defineRefusals } from '@shixun/kernel';

/** In the order in which the decisions on a tender check them. */
export const codes = defineRefusals({
  TENDER_STATE_WRONG: {
    rule: 'CRS-02',
    zh: '招标当前状态为 {actual}，此操作要求 {required}。',
    en: 'The tender is {actual}; this needs {required}.',
  },
  TENDER_CLOSES_TOO_SOON: {
    rule: 'CRS-02',
    zh: '投标截止须在公告后至少 {required} 整天，现为 {actual} 整天。',
    en: 'A tender closes at least {required} full days after its announcement; this one after {actual}.',
  },
  TENDER_CLOSES_TOO_LATE: {
    rule: 'CRS-02',
    zh: '投标截止 {actual} 须早于项目开始日 {required}。',
    en: 'The tender closes at {actual}, but the project starts on {required}.',
  },
  TENDER_WEIGHTS_WRONG: {
    rule: 'CRS-02',
    zh: '各评分项权重与上次评估等级权重（{grade} %）之和须为 {required}，现为 {actual}。',
    en: 'The weights of the criteria and of the last grade ({grade} %) must sum to {required}; they sum to {actual}.',
  },
  TENDER_CRITERION_TWICE: {
    rule: 'CRS-02',
    zh: '评分项 {actual} 重复。',
    en: 'Criterion {actual} is named twice.',
  },
  TENDER_CLOSED_FOR_BIDS: {
    rule: 'CRS-02',
    zh: '投标已于 {required} 截止（现在 {actual}）。',
    en: 'Bids were taken until {required}; it is {actual}.',
  },
  TENDER_STILL_SEALED: {
    rule: 'CRS-02',
    zh: '投标截止 {required} 之前任何人不得开标（现在 {actual}）。',
    en: 'Nobody opens bids before {required}; it is {actual}.',
  },
  BID_TOO_LONG: {
    rule: null,
    zh: '密封投标文件为 {actual} 字节，上限 {required} 字节。',
    en: 'The sealed bid has {actual} bytes; at most {required} are taken.',
  },
  BID_MISSING: {
    rule: 'CRS-02',
    zh: '该机构没有有效的投标。',
    en: 'The institution has no bid that stands.',
  },
  BIDS_MISSING: {
    rule: 'CRS-02',
    zh: '没有可评的有效投标，请终止本次招标。',
    en: 'No bid can be scored; abandon the tender.',
  },
  REVIEWER_NOT_IN_POOL: {
    rule: 'CRS-02',
    zh: '评标专家须为专家库在库专家。',
    en: 'A reviewer is a present member of the expert pool.',
  },
  REVIEWER_TIED: {
    rule: 'CRS-02',
    zh: '该专家与第 {bid} 号投标有利害关系（{tie}），须回避。',
    en: 'The expert is tied to bid {bid}: {tie}.',
  },
  REVIEWER_APPOINTED: {
    rule: 'CRS-02',
    zh: '该专家已被聘为本次评标专家。',
    en: 'The expert is a reviewer of this tender already.',
  },
  REVIEWER_NOT_APPOINTED: {
    rule: 'CRS-02',
    zh: '您不是本次招标的评标专家。',
    en: 'You are not a reviewer of this tender.',
  },
  SHEET_BID_UNKNOWN: {
    rule: 'CRS-02',
    zh: '没有第 {actual} 号可评投标。',
    en: 'There is no bid {actual} to score.',
  },
  SHEET_INCOMPLETE: {
    rule: 'CRS-02',
    zh: '评分表须逐项打分：要求 {required}，现有 {actual}。',
    en: 'A score sheet gives points for every criterion once: {required}; it has {actual}.',
  },
  SHEETS_TOO_FEW: {
    rule: 'CRS-02',
    zh: '第 {bid} 号投标只有 {actual} 份评分表，至少须 {required} 份。',
    en: 'Bid {bid} has {actual} score sheets; at least {required} are needed.',
  },
  AWARD_NOT_FIRST: {
    rule: 'CRS-02',
    zh: '中标者须为排名第一的有效投标：第 {required} 号；所选为第 {actual} 号。',
    en: 'The award goes to the bid ranked first, number {required}; number {actual} was chosen.',
  },
  TENDER_REASON_MISSING: {
    rule: 'CRS-02',
    zh: '此操作须写明理由。',
    en: 'This needs a reason.',
  },
  OBJECTION_NOT_BY_LOSER: {
    rule: 'CRS-02',
    zh: '只有未中标的投标机构可以提出异议。',
    en: 'Only a bidder who lost may object.',
  },
  OBJECTION_TOO_LATE: {
    rule: 'CRS-02',
    zh: '异议期至 {required} 止（今天 {actual}）。',
    en: 'Objections were taken through {required}; today is {actual}.',
  },
  OBJECTION_MADE: {
    rule: 'CRS-02',
    zh: '该机构已对本次评标结果提出过异议。',
    en: 'The institution has objected to this award already.',
  },
  AWARD_STILL_OPEN_TO_OBJECTION: {
    rule: 'CRS-02',
    zh: '异议期至 {required} 止（今天 {actual}），期满方可确认中标。',
    en: 'Objections are taken through {required}; today is {actual}. The award is confirmed after that.',
  },
  OBJECTION_UNDECIDED: {
    rule: 'CRS-02',
    zh: '尚有 {actual} 件异议未作出决定。',
    en: '{actual} objections are not decided yet.',
  },
});
