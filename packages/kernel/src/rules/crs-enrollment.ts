import type { RuleEntry } from './rule.ts';

/** Menu and enrollment. */
export const crsEnrollment = [
  {
    number: 'CRS-40',
    effects: ['FEATURE'],
    title: { zh: '选学菜单', en: 'Menu' },
    text: {
      zh: '教师可按内容、学科、时间、渠道、机构、距离和评价查询，看到余额，并知道某项为何对本人不开放。',
      en: 'The teacher searches by content, subject, time, channel, institution, distance and rating, with the places left and why an item is not open to him or her.',
    },
    source: 'M13 四; ZJ 一',
  },
  {
    number: 'CRS-41',
    effects: ['BLOCK'],
    title: { zh: '报名资格', en: 'Eligibility' },
    text: {
      zh: '对象、地区、学年相符；与已有报名或选派时间不冲突；同一周期内同一内容不重复；同时在报项目不超过 3 项。',
      en: 'Audience, region and school year fit; no time clash with another enrollment or a dispatch; the same content not twice in a cycle; at most 3 enrollments at the same time.',
    },
    source: null,
    ownDefault: true,
  },
  {
    number: 'CRS-42',
    effects: ['BLOCK'],
    title: { zh: '名额与候补', en: 'Places and waitlist' },
    text: {
      zh: '总名额、地区名额和学校名额在任何情况下不得超出；同一请求重复提交只报名一次；满员后按先后候补，有人退选自动递补，须在 48 小时内确认。',
      en: 'Places and per-region and per-school quotas are never exceeded; the same request twice enrolls once; a full class has a first-in-first-out waitlist with automatic promotion and 48 hours to respond.',
    },
    source: null,
    ownDefault: true,
  },
  {
    number: 'CRS-43',
    effects: ['FEATURE'],
    title: { zh: '按需选派', en: 'Dispatch' },
    text: {
      zh: '按地区和学校分配选派名额，学校推荐、教育行政部门确认；教师得到通知，可附理由提出异议；选派方可见教师本周期学时情况。',
      en: 'Quotas by region and school, need-based; the school nominates, the bureau confirms; the teacher is told and may object with a reason; whoever dispatches sees each teacher’s cycle balance.',
    },
    source: 'SX 三(一), 三(六); M16-4 二3',
  },
  {
    number: 'CRS-44',
    effects: ['BLOCK'],
    title: { zh: '退选', en: 'Withdrawal' },
    text: {
      zh: '选课窗口关闭前和方案重大调整的退选期内可自由退选；此后须说明理由并经同意，开班前腾出的名额给予候补。',
      en: 'Free until the window closes and in every window after a major change; later it needs a reason and consent, and the place goes to the waitlist until the class opens.',
    },
    source: null,
  },
  {
    number: 'CRS-45',
    effects: ['FEATURE'],
    title: { zh: '学校选课指导', en: 'School guidance' },
    text: {
      zh: '向学校显示每位教师的短板（缺修必修、学时不足、调研与评价中的薄弱处）和合适的项目及理由；学校可以建议，不能代选。',
      en: 'For each teacher the gaps and the fitting projects with the reason; the school may advise, not choose.',
    },
    source: 'ZJ 一',
  },
  {
    number: 'CRS-46',
    effects: ['FEATURE'],
    title: { zh: '开放选课高峰', en: 'The opening minute' },
    text: {
      zh: '按地区或学段错峰开放，或以公开随机数抽签代替先到先得；超出承载能力时给出排队位置而不是报错。',
      en: 'Staggered windows, or a draw with a published seed instead of first come; a queue position rather than an error when the load is above what the platform carries.',
    },
    source: null,
  },
] as const satisfies readonly RuleEntry[];
