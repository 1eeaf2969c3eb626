import { figure, inPrinciple } from './description.ts';

/** Figures of REG and PLN. */
export const registryAndPlanning = {
  consecutiveGradeCForProbation: figure('REG-09', ['count', 'lower'], null, {
    zh: '连续多少次等级 C 转为观察',
    en: 'Grades C in a row that put an institution on probation',
  }),
  consecutiveGradeAForRenewal: figure('REG-09', ['count', 'higher'], null, {
    zh: '连续多少次等级 A 可免重新申请',
    en: 'Grades A in a row that renew a qualification without re-application',
  }),
  poolTermYears: figure('REG-10', ['years', 'lower'], null, {
    zh: '专家入库聘期',
    en: 'Term of admission to the expert pool',
  }),
  poolRatingMinCenti: figure('REG-10', ['pointsCenti', 'higher'], null, {
    zh: '专家年度评分下限，低于即提出调整出库',
    en: 'Yearly rating of an expert below which leaving the pool is proposed',
  }),
  poolYearlySessionsMin: figure('REG-10', ['count', 'higher'], null, {
    zh: '专家每年承担课次下限，低于即提出调整出库',
    en: 'Sessions a year of an expert below which leaving the pool is proposed',
  }),
  trainerStudyHoursMinCenti: figure('REG-11', ['studyHoursCenti', 'higher'], 'M13 六', {
    zh: '专职培训者每年研修学时下限',
    en: 'Study hours of a full-time trainer per year, at least',
  }),
  trainerSchoolDaysMin: inPrinciple(
    figure('REG-11', ['days', 'higher'], 'M13 六', {
      zh: '专职培训者每年深入学校天数下限（文件为 2 个月，按 60 天计是本系统默认）',
      en: 'Days of a full-time trainer in schools per year, at least (the document says 2 months; 60 days is our reading)',
    }),
  ),
  trainersPerRuralTeacherMin: figure('REG-13', ['ratio', 'higher'], 'M16-1 三2(3)', {
    zh: '县级培训者与乡村教师之比下限',
    en: 'County trainers per rural teacher, at least',
  }),
  needsSurveyOpenDaysMin: figure('PLN-01', ['days', 'higher'], null, {
    zh: '需求调研至少开放天数',
    en: 'Days for which a needs survey takes answers, at least',
  }),
  needsSurveyAgeYearsMax: figure('PLN-02', ['years', 'lower'], null, {
    zh: '项目所依据的需求调研最早可早于项目年度几年',
    en: 'Years by which the survey that a project answers may be older than the project, at most',
  }),
  schoolConfirmationShareMin: figure('PLN-02', ['ratio', 'higher'], null, {
    zh: '被征询学校中确认项目的比例下限',
    en: 'Share of the schools asked that must confirm a project, at least',
  }),
  annualPlanDeadlineMonthDay: figure('PLN-03', ['monthDay', 'exact'], null, {
    zh: '年度培训计划报备截止日',
    en: 'Last day of the year on which a yearly plan is filed in time',
  }),
  fundingBureauPayrollShareMin: figure('PLN-04', ['ratio', 'higher'], 'SX 四(二)', {
    zh: '县级以上培训经费占中小学教职工工资总额下限',
    en: 'Training funds of bureaus at county level and above, share of the staff payroll, at least',
  }),
  fundingSchoolPublicFundsShareMin: figure('PLN-04', ['ratio', 'higher'], 'M13 八; SX 四(二)', {
    zh: '幼儿园、中小学、中职培训经费占公用经费预算下限',
    en: 'Training funds of kindergartens to secondary vocational schools, share of the public-funds budget, at least',
  }),
  fundingHigherPayrollShareMin: figure('PLN-04', ['ratio', 'higher'], 'SX 四(二)', {
    zh: '高校培训经费占教师工资总额下限',
    en: 'Training funds of higher education, share of the teachers’ payroll, at least',
  }),
  boardAndLodgingDailyMaxCents: figure('PLN-05', ['cents', 'lower'], null, {
    zh: '每人每日食宿费上限',
    en: 'Board and lodging per person and day, at most',
  }),
  budgetForbiddenCategories: figure('PLN-05', ['budgetCategories', 'more'], 'M13 八', {
    zh: '不得列支的科目',
    en: 'Budget lines on which nothing may be planned or spent',
  }),
  mandatedShareMax: figure('PLN-07', ['ratio', 'lower'], null, {
    zh: '指令性名额占比上限',
    en: 'Share of mandated places per region and year, at most',
  }),
  menuDispatchedShareBelow: figure('PLN-07', ['ratio', 'lower'], null, {
    zh: '进入自主选学菜单的项目，选派名额占比须低于',
    en: 'Share of dispatched places below which a project may be on a self-selection menu',
  }),
  schoolAwayShareMax: figure('PLN-09', ['ratio', 'lower'], null, {
    zh: '学校单日外出培训教职工占比，超过即须学校确认',
    en: 'Share of a school’s staff away on one day above which the school confirms',
  }),
};
