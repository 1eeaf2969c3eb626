import { figure } from './description.ts';

/** Figures of CRD. */
export const credits = {
  minutesPerHour: figure('CRD-02', ['minutes', 'exact'], null, {
    zh: '每学时分钟数',
    en: 'Minutes of one study hour 学时',
  }),
  creditsPerHourNational: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '国培每学时学分',
    en: 'Credits per hour of national training',
  }),
  creditsPerHourProvincial: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '省培每学时学分',
    en: 'Credits per hour of provincial training',
  }),
  creditsPerHourCity: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '市培每学时学分',
    en: 'Credits per hour of city training',
  }),
  creditsPerHourCounty: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '县培每学时学分',
    en: 'Credits per hour of county training',
  }),
  creditsPerHourSchool: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '校本每学时学分',
    en: 'Credits per hour of school-based training',
  }),
  creditFactorOnline: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '网络自主研修学分系数',
    en: 'Factor on the credits of online training',
  }),
  creditFactorSchoolBased: figure('CRD-02', ['ratio', 'exact'], null, {
    zh: '校本研修学分系数',
    en: 'Factor on the credits of school-based study',
  }),
  cycleYears: figure('CRD-04', ['years', 'exact'], 'M13; SX 三(一)', {
    zh: '全员培训周期年数',
    en: 'Years of a cycle',
  }),
  yearlyHoursMinBasicCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], 'SX 三(一)', {
    zh: '基础教育教师每年学时下限',
    en: 'Hours a year in basic education, at least',
  }),
  yearlyHoursMinVocationalCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], 'SX 三(一)', {
    zh: '职业教育教师每年学时下限',
    en: 'Hours a year in vocational education, at least',
  }),
  yearlyHoursMinHigherCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], null, {
    zh: '高校教师每年学时下限（由学校规定，政策不设）',
    en: 'Hours a year in higher education, at least (the school’s own rule; none by policy)',
  }),
  cycleHoursMinBasicCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], 'SX 三(一)', {
    zh: '基础教育教师周期学时下限（五年，每年 72）',
    en: 'Hours a cycle in basic education, at least (five years of 72)',
  }),
  cycleHoursMinVocationalCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], 'SX 三(一)', {
    zh: '职业教育教师周期学时下限（五年，每年 90）',
    en: 'Hours a cycle in vocational education, at least (five years of 90)',
  }),
  cycleHoursMinHigherCenti: figure('CRD-04', ['studyHoursCenti', 'higher'], null, {
    zh: '高校教师周期学时下限（由学校规定，政策不设）',
    en: 'Hours a cycle in higher education, at least (the school’s own rule; none by policy)',
  }),
  cycleRequiredCategories: figure('CRD-05', ['categories', 'more'], 'M13 二', {
    zh: '每周期必修类别',
    en: 'Categories required in each cycle',
  }),
  schoolBasedYearlyHoursMaxCenti: figure('CRD-06', ['studyHoursCenti', 'lower'], null, {
    zh: '校本研修每年认定学时上限',
    en: 'School-based hours recognised per year, at most',
  }),
  platformDailyHoursMaxCenti: figure('CRD-21', ['studyHoursCenti', 'lower'], null, {
    zh: '第三方平台每日认定学时上限',
    en: 'Hours of third-party platforms recognised per day, at most',
  }),
  platformYearlyHoursMaxCenti: figure('CRD-21', ['studyHoursCenti', 'lower'], null, {
    zh: '第三方平台每年认定学时上限',
    en: 'Hours of third-party platforms recognised per year, at most',
  }),
  appealWithinDays: figure('CRD-32', ['days', 'exact'], null, {
    zh: '申诉期限',
    en: 'Time to appeal',
  }),
};

/** Figures of EVL. */
export const evaluation = {
  evaluationCoverageShareMin: figure('EVL-01', ['ratio', 'higher'], null, {
    zh: '学员参评率下限',
    en: 'Share of trainees who evaluated, at least',
  }),
  anonymousAnswersMin: figure('EVL-02', ['count', 'higher'], null, {
    zh: '显示数据所需答卷数下限',
    en: 'Answers below which no figure is shown',
  }),
  surveyOpenDaysMin: figure('EVL-01', ['days', 'higher'], null, {
    zh: '匿名评价开放天数下限',
    en: 'Civil days on which a survey takes answers, the first and last included, at least',
  }),
  weightAgencyPercent: figure('EVL-03', ['percent', 'exact'], null, {
    zh: '专业机构评估权重',
    en: 'Weight of the professional agency',
  }),
  weightAnonymousPercent: figure('EVL-03', ['percent', 'exact'], null, {
    zh: '网络匿名评估权重',
    en: 'Weight of the anonymous online evaluation',
  }),
  weightInspectionPercent: figure('EVL-03', ['percent', 'exact'], null, {
    zh: '主管部门督查权重',
    en: 'Weight of the department’s inspection',
  }),
  gradeAScoreMinCenti: figure('EVL-03', ['pointsCenti', 'exact'], null, {
    zh: '等级 A 分数线',
    en: 'Points from which the grade is A',
  }),
  gradeBScoreMinCenti: figure('EVL-03', ['pointsCenti', 'exact'], null, {
    zh: '等级 B 分数线',
    en: 'Points from which the grade is B',
  }),
  gradeCScoreMinCenti: figure('EVL-03', ['pointsCenti', 'exact'], null, {
    zh: '等级 C 分数线',
    en: 'Points from which the grade is C',
  }),
  spotCheckShareMin: figure('EVL-05', ['ratio', 'higher'], 'ZJ 五', {
    zh: '每年抽查项目占比下限',
    en: 'Share of projects spot-checked per year, at least',
  }),
  directorObservationsMin: figure('EVL-06', ['count', 'higher'], 'ZJ 五', {
    zh: '分管局长每年随机听课次数下限',
    en: 'Observations a year of the director in charge, at least',
  }),
  managerObservationsMin: figure('EVL-06', ['count', 'higher'], 'ZJ 五', {
    zh: '其他管理人员每年随机听课次数下限',
    en: 'Observations a year of other managers, at least',
  }),
  rectificationMaxDays: figure('EVL-12', ['days', 'lower'], null, {
    zh: '整改期限上限',
    en: 'Deadline of a rectification order, at most',
  }),
};
