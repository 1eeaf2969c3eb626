import type { RuleEntry } from './rule.ts';

/** Evaluation and supervision. */
export const evl = [
  {
    number: 'EVL-01',
    effects: ['BLOCK'],
    title: { zh: '多方互评全覆盖', en: 'Mutual evaluation' },
    text: {
      zh: '覆盖全部项目和人员：学员评项目、评教师，机构和教师评学员，教师与机构互评；学员参评率低于 80% 的项目不得归档。重点项目逐一测评每位授课教师和每个环节。',
      en: 'Every project and everyone: trainees on project and trainers, institution and trainers on trainees, trainers and institution on each other. Below 80 % of trainees a project is not archived; in key projects every trainer and every segment is evaluated.',
    },
    source: 'ZJ 四',
    ownDefault: true,
  },
  {
    number: 'EVL-02',
    effects: ['BLOCK'],
    title: { zh: '匿名评价', en: 'Anonymous means anonymous' },
    text: {
      zh: '每人一份答卷，即使掌握全部数据也无法得知答卷人；不足 5 份答卷的不显示任何数据。',
      en: 'One answer per person, and nobody with the whole database can tell whose it is; no figure is shown for fewer than 5 answers.',
    },
    source: 'M13 八; SX 三(六); M16',
    ownDefault: true,
  },
  {
    number: 'EVL-03',
    effects: ['FEATURE'],
    title: { zh: '三结合评估与等级', en: 'Three kinds of evaluation' },
    text: {
      zh: '专业机构评估 40、网络匿名评估 40、主管部门督查 20 按权重合成，受委托的可加专家评估；按政策分数线定 A–D 等级，各部分得分一并公布。',
      en: 'Professional agency 40, anonymous online 40, department inspection 20, plus expert review where commissioned; a grade A–D by policy bands, all components shown.',
    },
    source: 'SX 三(六); M13 八',
    ownDefault: true,
  },
  {
    number: 'EVL-04',
    effects: ['FEATURE'],
    title: { zh: '大数据评估', en: 'Data-based evaluation' },
    text: {
      zh: '依据学习记录评估网络研修的参与度、深度和成效，不得作为定级的唯一依据。',
      en: 'Activity, depth and results of online study from learning records; never the only ground of a grade.',
    },
    source: 'M16-2 二5; M16-3',
  },
  {
    number: 'EVL-05',
    effects: ['INDICATOR', 'FLAG'],
    title: { zh: '项目抽查', en: 'Spot checks' },
    text: {
      zh: '各地每年抽查不少于 20% 的项目（含校本研修），向上取整；按分层随机抽样，公布随机种子，任何人可复核。',
      en: 'Each bureau checks at least 20 % of its projects per year, school-based included, rounding up; a stratified random sample with a published seed that anyone can redo.',
    },
    source: 'ZJ 五',
  },
  {
    number: 'EVL-06',
    effects: ['INDICATOR', 'FLAG'],
    title: { zh: '随机听课', en: 'Class observation by chance' },
    text: {
      zh: '分管局长每年随机听课不少于 2 次，其他管理人员不少于 4 次；从已公布课程表中随机指派，记录意见。',
      en: 'The director in charge at least 2 a year, other managers at least 4; assigned at random from the published schedules, with record and remarks.',
    },
    source: 'ZJ 五',
  },
  {
    number: 'EVL-07',
    effects: ['FEATURE'],
    title: { zh: '评价卡', en: 'Scorecards' },
    text: {
      zh: '形成项目、机构、培训者和工作坊主持人的评价卡，用于资质、专家库、招投标和经费奖补。',
      en: 'Scorecards of project, institution, trainer and workshop host, which reach the registry, the tender and funding.',
    },
    source: 'M13 八; SX 三(六); ZJ 五',
  },
  {
    number: 'EVL-08',
    effects: ['FEATURE'],
    title: { zh: '结果公布与年度监测报告', en: 'Publication and annual report' },
    text: {
      zh: '公布评估结果，按地区和年度发布监测报告（数据、图表、与上年比较），公布后不可更改。',
      en: 'Results are published, with an annual monitoring report per region and year: figures, charts, tables, comparison with the year before; it can’t be altered after publication.',
    },
    source: 'M13 八; ZJ 五',
  },
  {
    number: 'EVL-09',
    effects: ['FEATURE'],
    title: { zh: '结果反馈', en: 'Feedback of results' },
    text: {
      zh: '评价结果反馈给学员、学校、机构和教育行政部门，各见与己相关的部分。',
      en: 'Results are fed back to trainees, schools, institutions and bureaus, each seeing the own part.',
    },
    source: 'ZJ 四',
  },
  {
    number: 'EVL-10',
    effects: ['INDICATOR'],
    title: { zh: '专项督导', en: 'Supervision' },
    text: {
      zh: '督导市县：计划备案、经费落实、覆盖、结业、抽查、听课和问题按期整改，排名公布，并纳入学校和校长考评。',
      en: 'Cities and counties on plans filed, funding, coverage, completion, spot checks, observations and findings closed in time; ranked, and into the assessment of schools and principals.',
    },
    source: 'M13 八; SX 四(三)',
  },
  {
    number: 'EVL-11',
    effects: ['FEATURE'],
    title: { zh: '工作坊评估', en: 'Workshop evaluation' },
    text: {
      zh: '评估主持人引领、共同体建设、活动开展、资源生成和成员实践成效。',
      en: 'The host’s lead, the community, activities, resources and members’ practice.',
    },
    source: 'M16-3 二3',
  },
  {
    number: 'EVL-12',
    effects: ['FLAG'],
    title: { zh: '限期整改', en: 'Rectification' },
    text: {
      zh: '发出限期整改通知，整改单位答复后复查；逾期上报上一级。',
      en: 'A rectification order with a deadline, answer and re-inspection; overdue goes up one level.',
    },
    source: 'SX 四(三); ZJ 五',
  },
  {
    number: 'EVL-13',
    effects: ['FEATURE'],
    title: { zh: '质量标准与问卷', en: 'Quality standard' },
    text: {
      zh: '指标和问卷（量表、选择、问答）按版本入库；使用中的问卷不得修改，只能以新版替代。',
      en: 'A versioned library of indicators and questionnaires (scale, choice, text); a questionnaire in use is never changed, only succeeded.',
    },
    source: 'M13 八',
  },
  {
    number: 'EVL-14',
    effects: ['FEATURE'],
    title: { zh: '典型经验', en: 'Good practice' },
    text: {
      zh: '好学校、好教师、好工作坊、好主持人和好成果经推荐、评审后公布推广，供各地查找。',
      en: 'Good schools, teachers, workshops, hosts and results are nominated, reviewed, published and found by others.',
    },
    source: 'M16-1…3; SX 四(三)',
  },
] as const satisfies readonly RuleEntry[];
