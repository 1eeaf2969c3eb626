import type { RuleEntry } from './rule.ts';

/** Needs, annual plans, funding. */
export const pln = [
  {
    number: 'PLN-01',
    effects: ['FEATURE'],
    title: { zh: '培训需求调研', en: 'Needs survey' },
    text: {
      zh: '教育行政部门、学校或机构可向所属教师开展需求调研（选择、量表、排序、问答），按地区、学段、学科和发展阶段汇总分析，个人答卷保密。',
      en: 'A bureau, school or institution asks its teachers and gets the analysis by region, stage, subject and career stage; answers stay private.',
    },
    source: 'M13 一; SX 三(一)',
  },
  {
    number: 'PLN-02',
    effects: ['BLOCK'],
    title: { zh: '依据需求、与学校共同确定项目', en: 'Projects answer a survey' },
    text: {
      zh: '申报项目须附所依据的需求调研；基础教育项目还须有相关学校的确认。国培项目除外。',
      en: 'A project is submitted with the survey it answers and, in basic education, the confirmation of the schools concerned; national projects are exempt.',
    },
    source: 'M13 一',
  },
  {
    number: 'PLN-03',
    effects: ['FLAG'],
    title: { zh: '年度培训计划备案', en: 'Yearly plans are filed' },
    text: {
      zh: '各地各校每年制定培训计划并报上级备案，上级予以接受或退回；当年计划未获接受即开展项目的，记为问题。',
      en: 'Every bureau and school drafts a yearly plan and files it with its superior, who accepts or returns it; a project opened by a body whose plan for that year is not accepted is flagged.',
    },
    source: 'SX 四(一)',
  },
  {
    number: 'PLN-04',
    effects: ['INDICATOR', 'FLAG'],
    title: { zh: '培训经费下限', en: 'Funding floors' },
    text: {
      zh: '县级以上教育行政部门不少于教职工工资总额的 2.5%，幼儿园、中小学和中等职业学校为年度公用经费预算总额的 5%，高校不低于教师工资总额的 1.5%。',
      en: 'Bureaus at county level and above at least 2.5 % of the staff payroll; kindergartens to secondary vocational schools 5 % of the public-funds budget; higher education at least 1.5 % of the payroll.',
    },
    source: 'M13 八; SX 四(二)',
  },
  {
    number: 'PLN-05',
    effects: ['BLOCK', 'FLAG'],
    title: { zh: '项目经费', en: 'Project money' },
    text: {
      zh: '项目按科目编制预算；超出科目、结项之后或用于与培训无关的参观考察的支出不予办理；食宿超过每人每日限额的记为问题。金额以人民币精确计算，审计可查每一笔。',
      en: 'A budget by line; spending over its line, after closing, or on visits unrelated to training is refused; board and lodging above the daily ceiling per person is flagged. Money is exact CNY, and the auditor sees every entry.',
    },
    source: 'M13 八; SX 四(二)',
  },
  {
    number: 'PLN-06',
    effects: ['FLAG'],
    title: { zh: '避免重复培训', en: 'No duplicate training' },
    text: {
      zh: '同一地区内对象、学科相同且日期重叠的项目，记为重复培训问题。',
      en: 'Another project with the same audience, subject and overlapping dates in the same region is flagged.',
    },
    source: 'ZJ 六',
  },
  {
    number: 'PLN-07',
    effects: ['INDICATOR', 'FLAG', 'BLOCK'],
    title: { zh: '控制指令性培训', en: 'Mandated training is limited' },
    text: {
      zh: '每个地区每年指令性名额占比不超过 40%；选派名额达到 80% 的项目不得进入自主选学菜单，避免变相指令。',
      en: 'Mandated places are at most 40 % of a region’s places in a year; a project with 80 % or more of its places dispatched can’t be on a self-selection menu.',
    },
    source: 'ZJ 一, 六',
    ownDefault: true,
  },
  {
    number: 'PLN-08',
    effects: ['FEATURE'],
    title: { zh: '紧缺领域优先', en: 'Scarce areas first' },
    text: {
      zh: '按学科和学段比较需求与供给（音体美、双语、乡村等），在年度开始前看到缺口。',
      en: 'Demand against supply by subject and stage (music, PE, art, minority-bilingual, rural), so that gaps are seen before the year starts.',
    },
    source: 'M13 三; ZJ 二',
  },
  {
    number: 'PLN-09',
    effects: ['FEATURE'],
    title: { zh: '学校工学安排预测', en: 'School forecast' },
    text: {
      zh: '按当前报名预测每周外出教师数和学时；单日外出超过教职工 10% 后，新的自主报名须经学校确认。',
      en: 'Teachers away and hours per week under the current enrollments; above 10 % of the staff on one day, new self-enrollments need the school’s confirmation.',
    },
    source: 'ZJ 六',
    ownDefault: true,
  },
] as const satisfies readonly RuleEntry[];
