import type { RuleEntry } from './rule.ts';

/** Life of a project and content of its plan. */
export const crsPlans = [
  {
    number: 'CRS-01',
    effects: ['BLOCK'],
    title: { zh: '项目全过程', en: 'Life of a project' },
    text: {
      zh: '项目依次经过申报、立项、招投标或委托、方案审核、公布、开班、实施、结项、评估、归档，开班实施前可取消；校本项目向县级备案。每一步由项目所属层级办理，并记录经办人、时间和理由。',
      en: 'Submission, approval, tender or direct commission, plan review, publication, opening, running, closing, evaluation, archive; cancelled at any time before running; school-based projects are filed with the county. Each step is done by the level that owns the project and recorded with who, when and why.',
    },
    source: 'SX 三(六)',
  },
  {
    number: 'CRS-02',
    effects: ['FEATURE'],
    title: { zh: '项目招投标', en: 'Tender' },
    text: {
      zh: '公告截止前标书密封、任何人不可查看；至少 3 名与投标方无关联的专家匿名评分，机构上次公布的等级计入得分；排名和理由公布，未中标者可提出异议。',
      en: 'Bids stay sealed until closing; at least 3 expert reviewers with no tie to a bidder score without seeing names; the last published grade is part of the score; ranking and reasons are published, and a losing bidder may object.',
    },
    source: 'M13 八; ZJ 五',
    ownDefault: true,
  },
  {
    number: 'CRS-10',
    effects: ['BLOCK'],
    title: { zh: '方案内容完整', en: 'A complete plan' },
    text: {
      zh: '方案须写明培训对象的层次和类型、目标、课程（环节）与方式、学时，每门主要课程的要求和作业，主要内容和授课教师专长介绍。',
      en: 'Audience by level and type, goals, modules with methods and hours, requirement and homework of every main module, an introduction of its content and of each trainer’s specialty.',
    },
    source: 'ZJ 一, 三',
  },
  {
    number: 'CRS-11',
    effects: ['BLOCK'],
    title: { zh: '实践性课程不少于一半', en: 'Half of the hours are practice' },
    text: {
      zh: '实践性课程学时不少于总学时的 50%。',
      en: 'Practical modules are at least 50 % of the hours.',
    },
    source: 'M13 二',
  },
  {
    number: 'CRS-12',
    effects: ['BLOCK'],
    title: { zh: '师德第一模块与通识必修', en: 'Ethics first, general modules required' },
    text: {
      zh: '第一模块为思想政治与师德师风教育；教师专业标准和信息技术为必修通识课程（不足 24 学时的项目可只设师德）。',
      en: 'The first module is ethics; professional standards and information technology are required general modules (a project under 24 hours may carry ethics alone).',
    },
    source: 'SX 三(三)1; M13 二',
    ownDefault: true,
  },
  {
    number: 'CRS-13',
    effects: ['BLOCK'],
    title: { zh: '培训者团队构成', en: 'Who the trainers are' },
    text: {
      zh: '培训者主要（超过 50%）从专家库遴选，其中一线优秀教师不少于 50%。',
      en: 'More than 50 % of the trainers come from the expert pool, and at least 50 % are front-line teachers.',
    },
    source: 'M13 六',
  },
  {
    number: 'CRS-14',
    effects: ['BLOCK'],
    title: { zh: '结业考核', en: 'Completion assessment' },
    text: {
      zh: '90 学时及以上的项目须设结业考核。',
      en: 'A project of 90 hours or more has a completion assessment.',
    },
    source: 'ZJ 三',
  },
  {
    number: 'CRS-15',
    effects: ['BLOCK'],
    title: { zh: '专职班主任与项目负责人', en: 'Class head and project leader' },
    text: {
      zh: '每班配备专职班主任；重点项目或 100 人及以上的项目另配专职项目负责人，两者不得为同一人。',
      en: 'Every class has a full-time class head; a key project, or one of 100 trainees or more, also a full-time project leader, who is not the same person.',
    },
    source: 'ZJ 三',
    ownDefault: true,
  },
  {
    number: 'CRS-16',
    effects: ['BLOCK'],
    title: { zh: '培训分段', en: 'Dates in one piece' },
    text: {
      zh: '培训时间应连续安排；90 学时及以上可分为暑期理论、学期中实践，最多 2 段（分环节的培训方式另有规定）。',
      en: 'Dates lie in one piece; from 90 hours on they may be split into theory in the summer holiday and practice in term, at most 2 segments (staged modalities excepted).',
    },
    source: 'ZJ 六',
  },
  {
    number: 'CRS-17',
    effects: ['FLAG'],
    title: { zh: '毕业班教师暑期培训', en: 'Graduating classes train in summer' },
    text: {
      zh: '面向毕业班教师的项目应安排在暑假；毕业班教师报名学期中超过 2 天的项目须经学校确认。',
      en: 'A project for teachers of graduating classes lies in the summer holiday; such a teacher’s enrollment in a term-time project of more than 2 days needs the school’s confirmation.',
    },
    source: 'ZJ 六',
    ownDefault: true,
  },
  {
    number: 'CRS-18',
    effects: ['BLOCK'],
    title: { zh: '课程表提前公布', en: 'Schedule published in advance' },
    text: {
      zh: '课程表须在开班前满 5 天公布，否则不得开班。',
      en: 'The session schedule is published at least 5 full days before the class opens; otherwise the class cannot open.',
    },
    source: 'ZJ 五',
  },
  {
    number: 'CRS-19',
    effects: ['BLOCK'],
    title: { zh: '公布后的方案变更', en: 'Changes after publication' },
    text: {
      zh: '方案公布后不得修改。小调整（教室、同日时段、不超过 10% 课次的同类培训者替换）记录即可；重大调整须经教育行政部门同意，提前告知并说明，并给予不少于 3 天的自由退选期。',
      en: 'A published plan can’t be edited. A minor change (room, same-day shift, a same-kind substitute in at most 10 % of sessions) is logged; a major one needs the bureau’s consent, notice with an explanation, and a free-withdrawal window of at least 3 days.',
    },
    source: 'ZJ 三',
    ownDefault: true,
  },
  {
    number: 'CRS-20',
    effects: ['FEATURE'],
    title: { zh: '培训课程标准库', en: 'Curriculum standards' },
    text: {
      zh: '国家培训课程标准按版本入库，课程注明所对应的标准主题，方案显示对其对象已覆盖和未覆盖的部分。',
      en: 'National curriculum standards as a versioned library; each module names the topics it serves, and the plan shows what is covered and missing for its audience.',
    },
    source: 'M13 二',
  },
] as const satisfies readonly RuleEntry[];
