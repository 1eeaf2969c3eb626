import type { RuleEntry } from './rule.ts';

/** Modalities: each has its stages, in order, and its own minimums. */
export const crsModalities = [
  {
    number: 'CRS-30',
    effects: ['BLOCK', 'INDICATOR', 'FLAG'],
    title: { zh: '送教下乡', en: 'Visiting teaching' },
    text: {
      zh: '依次为诊断示范、研课磨课、成果展示、总结提升；原则上同一乡镇同一学科每年不少于 4 次、每次不少于 2 天。研课磨课由学校负责，年度总结形成下一年校本研修计划和个人发展计划。',
      en: 'Diagnosis and demonstration, lesson study and polishing, showcase, summary; in principle at least 4 visits a year per township and subject, each of at least 2 days. The school runs the second stage; the year’s summary yields next year’s school and personal plans.',
    },
    source: 'M16-1 二',
    inPrinciple: true,
  },
  {
    number: 'CRS-31',
    effects: ['BLOCK'],
    title: { zh: '网络研修与校本研修整合', en: 'Online and school-based study' },
    text: {
      zh: '县和学校分别制定实施方案，校长为第一责任人；常规研修与递进式专题研修均记录工具、资源和专家支持；每位教师有个人研修计划。',
      en: 'Implementation plans of county and school, the principal first responsible; routine study and a progressive series of thematic study, each with tool, resource and expert support recorded; a personal study plan per teacher.',
    },
    source: 'M16-2',
  },
  {
    number: 'CRS-32',
    effects: ['BLOCK'],
    title: { zh: '教师工作坊', en: 'Workshop' },
    text: {
      zh: '依次为建坊、用坊、评坊：主持人须完成示范性工作坊研修，按学段学科组坊并设小组长；以主题研修为主，网络研修、集中培训与现场实践兼备；评价小组与个人，不力的主持人予以调整，突出的予以奖励。',
      en: 'Build (a host who completed a demonstration workshop, members by stage and subject, groups with a leader), use (thematic study the larger part; online, face-to-face and field practice all present), evaluate (group and individual); a weak host is replaced, a strong one rewarded.',
    },
    source: 'M16-3',
  },
  {
    number: 'CRS-33',
    effects: ['BLOCK'],
    title: { zh: '置换脱产研修', en: 'Release-time study' },
    text: {
      zh: '为期 4–6 个月，依次为集中研修、跟岗实践、返岗实践、总结提升，可跨年度。原则上省外专家不少于 20%、教研员和一线教师不少于 60%、集中阶段实践不少于 30%；培训类课程占 50% 以上，跟岗不少于总学时三分之一且兼有学校和教师发展中心；学员 5–10 人一组，配首席专家和“三人行”导师组，全程有顶岗人员；结业后进入县级培训团队。',
      en: '4–6 months: centralised study, shadow practice, return practice, summary (may span years). In principle out-of-province experts ≥ 20 %, researchers and front-line teachers ≥ 60 %, practice ≥ 30 % of the centralised hours; training-type modules ≥ 50 %; shadow practice ≥ 1/3 of all hours, in schools and development centres; groups of 5–10 with a chief expert and a mentor team of three kinds; a named substitute throughout; those who complete join the county training team.',
    },
    source: 'M16-4',
    inPrinciple: true,
  },
  {
    number: 'CRS-34',
    effects: ['FEATURE'],
    title: { zh: '跟岗实践', en: 'Shadow placement' },
    text: {
      zh: '记录跟岗学校、导师、起止日期、接收容量、跟岗日志和导师评价。',
      en: 'Host school, mentor, dates, capacity of the host, diary, and the mentor’s assessment.',
    },
    source: 'M13 三; SX 三(四)',
  },
  {
    number: 'CRS-35',
    effects: ['FEATURE'],
    title: { zh: '其他培训方式', en: 'Other modalities' },
    text: {
      zh: '支持集中、混合、网络自主、校本（含县级巡回指导）、省外和出国（境）培训，以及学历提升。',
      en: 'Concentrated, blended, online self-paced, school-based with the county’s inspection rounds, out-of-province and abroad, degree study.',
    },
    source: 'SX 三(一)(四)',
  },
] as const satisfies readonly RuleEntry[];
