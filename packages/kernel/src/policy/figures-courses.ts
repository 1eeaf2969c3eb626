import { figure, inPrinciple } from './description.ts';

/** Figures of CRS: tender, plan, modalities. */
export const plans = {
  tenderReviewersMin: figure('CRS-02', ['people', 'higher'], null, {
    zh: '评标专家人数下限',
    en: 'Expert reviewers of a tender, at least',
  }),
  tenderNoticeMinDays: figure('CRS-02', ['days', 'higher'], null, {
    zh: '招标公告至投标截止的整天数下限',
    en: 'Full days from the announcement of a tender to its closing, at least',
  }),
  tenderGradeWeightPercent: figure('CRS-02', ['percent', 'higher'], null, {
    zh: '上次评估等级在评标总分中的权重',
    en: 'Weight of the institution’s last published grade in the score of its bid',
  }),
  tenderGradeAPointsCenti: figure('CRS-02', ['pointsCenti', 'exact'], null, {
    zh: '上次评估 A 等的评标得分',
    en: 'Points of a last grade A in a tender',
  }),
  tenderGradeBPointsCenti: figure('CRS-02', ['pointsCenti', 'exact'], null, {
    zh: '上次评估 B 等的评标得分',
    en: 'Points of a last grade B in a tender',
  }),
  tenderGradeCPointsCenti: figure('CRS-02', ['pointsCenti', 'exact'], null, {
    zh: '上次评估 C 等的评标得分',
    en: 'Points of a last grade C in a tender; a D has none',
  }),
  tenderGradeNonePointsCenti: figure('CRS-02', ['pointsCenti', 'exact'], null, {
    zh: '尚无评估等级的评标得分',
    en: 'Points in a tender of an institution without a grade',
  }),
  tenderConflictYears: figure('CRS-02', ['years', 'higher'], null, {
    zh: '评标专家在投标机构授课的回避年限',
    en: 'Years in which an expert who taught for a bidder is tied to it',
  }),
  tenderObjectionDays: figure('CRS-02', ['days', 'higher'], null, {
    zh: '评标结果异议期天数',
    en: 'Days after the award in which a losing bidder may object',
  }),
  practiceShareMin: figure('CRS-11', ['ratio', 'higher'], 'M13 二', {
    zh: '实践性课程学时占比下限',
    en: 'Share of practical modules in the hours, at least',
  }),
  ethicsFirst: figure('CRS-12', ['switch', 'required'], 'SX 三(三)1', {
    zh: '师德教育须为第一模块',
    en: 'The first module is ethics',
  }),
  generalModulesFromHoursCenti: figure('CRS-12', ['studyHoursCenti', 'lower'], null, {
    zh: '达到多少学时起须设专业标准和信息技术通识课程',
    en: 'Hours from which professional standards and IT are required beside ethics',
  }),
  expertPoolShareOver: figure('CRS-13', ['ratio', 'higher'], 'M13 六', {
    zh: '培训者来自专家库的占比须超过',
    en: 'Share of trainers from the expert pool, more than',
  }),
  frontlineShareMin: figure('CRS-13', ['ratio', 'higher'], 'M13 六', {
    zh: '培训者中一线优秀教师占比下限',
    en: 'Share of front-line teachers among the trainers, at least',
  }),
  assessmentFromHoursCenti: figure('CRS-14', ['studyHoursCenti', 'lower'], 'ZJ 三', {
    zh: '达到多少学时起须设结业考核',
    en: 'Hours from which a completion assessment is required',
  }),
  projectLeaderFromTrainees: figure('CRS-15', ['people', 'lower'], null, {
    zh: '达到多少学员起须配专职项目负责人',
    en: 'Trainees from which a full-time project leader is required',
  }),
  splitFromHoursCenti: figure('CRS-16', ['studyHoursCenti', 'higher'], 'ZJ 六', {
    zh: '达到多少学时起可分段实施',
    en: 'Hours from which the dates may be split',
  }),
  segmentsMax: figure('CRS-16', ['count', 'lower'], 'ZJ 六', {
    zh: '分段数上限',
    en: 'Segments, at most',
  }),
  graduatingTermTimeMaxDays: figure('CRS-17', ['days', 'lower'], null, {
    zh: '毕业班教师学期中参训，超过多少天须学校确认',
    en: 'Days of a term-time project above which a graduating-class teacher needs the school’s confirmation',
  }),
  summerHolidayFirstMonthDay: figure('CRS-17', ['monthDay', 'exact'], null, {
    zh: '暑假第一天（月-日）',
    en: 'First day of the summer holiday (month-day)',
  }),
  summerHolidayLastMonthDay: figure('CRS-17', ['monthDay', 'exact'], null, {
    zh: '暑假最后一天（月-日）',
    en: 'Last day of the summer holiday (month-day)',
  }),
  schedulePublishedBeforeMinDays: figure('CRS-18', ['days', 'higher'], 'ZJ 五', {
    zh: '课程表须在开班前多少整天公布',
    en: 'Full days before opening by which the schedule is published',
  }),
  substituteSessionsShareMax: figure('CRS-19', ['ratio', 'lower'], null, {
    zh: '同类培训者替换属小调整的课次占比上限',
    en: 'Share of sessions in which a same-kind substitute is still a minor change, at most',
  }),
  changeWithdrawalWindowMinDays: figure('CRS-19', ['days', 'higher'], null, {
    zh: '重大调整后自由退选期下限',
    en: 'Free-withdrawal window after a major change, at least',
  }),
  visitsPerYearMin: inPrinciple(
    figure('CRS-30', ['count', 'higher'], 'M16-1 二', {
      zh: '同一乡镇同一学科每年送教次数下限',
      en: 'Visits a year per township and subject, at least',
    }),
  ),
  visitMinDays: inPrinciple(
    figure('CRS-30', ['days', 'higher'], 'M16-1 二', {
      zh: '每次送教天数下限',
      en: 'Days of one visit, at least',
    }),
  ),
  thematicShareOver: figure('CRS-32', ['ratio', 'higher'], 'M16-3 二2', {
    zh: '工作坊主题研修占比须超过（文件为“以主题研修为主”）',
    en: 'Share of thematic study in a workshop, more than (the document: the larger part)',
  }),
  releaseMinMonths: figure('CRS-33', ['months', 'higher'], 'M16-4 一', {
    zh: '置换脱产研修时长下限',
    en: 'Length of release-time study, at least',
  }),
  releaseMaxMonths: figure('CRS-33', ['months', 'lower'], 'M16-4 一', {
    zh: '置换脱产研修时长上限',
    en: 'Length of release-time study, at most',
  }),
  releaseOutOfProvinceShareMin: inPrinciple(
    figure('CRS-33', ['ratio', 'higher'], 'M16-4 二2', {
      zh: '置换脱产研修省外专家占比下限',
      en: 'Share of out-of-province experts in release-time study, at least',
    }),
  ),
  releasePractitionerShareMin: inPrinciple(
    figure('CRS-33', ['ratio', 'higher'], 'M16-4 二2', {
      zh: '置换脱产研修教研员和一线教师占比下限',
      en: 'Share of researchers and front-line teachers in release-time study, at least',
    }),
  ),
  releaseGroupMinTrainees: figure('CRS-33', ['people', 'higher'], 'M16-4 二2', {
    zh: '学员小组人数下限',
    en: 'Trainees of a group, at least',
  }),
  releaseGroupMaxTrainees: figure('CRS-33', ['people', 'lower'], 'M16-4 二2', {
    zh: '学员小组人数上限',
    en: 'Trainees of a group, at most',
  }),
  releaseTrainingModuleShareMin: figure('CRS-33', ['ratio', 'higher'], 'M16-4 二5', {
    zh: '培训类课程占比下限',
    en: 'Share of training-type modules, at least',
  }),
  releaseCentralisedPracticeShareMin: inPrinciple(
    figure('CRS-33', ['ratio', 'higher'], 'M16-4 三1', {
      zh: '集中研修阶段实践学时占比下限',
      en: 'Share of practice in the centralised hours, at least',
    }),
  ),
  releaseShadowShareMin: figure('CRS-33', ['ratio', 'higher'], 'M16-4 三2', {
    zh: '跟岗实践占总学时下限',
    en: 'Share of shadow practice in all hours, at least',
  }),
};

/** Figures of CRS: enrollment, delivery, completion. */
export const delivery = {
  concurrentEnrollmentsMax: figure('CRS-41', ['count', 'lower'], null, {
    zh: '同时在报项目数上限',
    en: 'Concurrent enrollments of a teacher, at most',
  }),
  waitlistResponseClockHours: figure('CRS-42', ['clockHours', 'exact'], null, {
    zh: '递补后的确认时限',
    en: 'Time to respond after a promotion from the waitlist',
  }),
  schoolResponseClockHours: figure('CRS-17', ['clockHours', 'exact'], null, {
    zh: '学校确认自主选学的时限',
    en: 'Time in which a school confirms a self-enrollment that needs its word',
  }),
  checkInTriesMax: figure('CRS-50', ['count', 'lower'], null, {
    zh: '每名学员每课次可输错签到码的次数',
    en: 'Wrong check-in codes that a trainee may enter for one session',
  }),
  absenceLimit: figure('CRS-52', ['ratio', 'lower'], 'ZJ 三', {
    zh: '缺课占比上限，超过即不予结业',
    en: 'Share of hours absent above which the training is not completed',
  }),
  absenceRuleFromHoursCenti: figure('CRS-52', ['studyHoursCenti', 'lower'], 'ZJ 三', {
    zh: '达到多少学时起的集中脱产培训适用缺课上限',
    en: 'Hours of concentrated training from which the absence limit holds',
  }),
  absenceWarningFirst: figure('CRS-52', ['ratio', 'exact'], null, {
    zh: '缺课占上限达到多少时第一次提醒',
    en: 'Share of the absence limit at which the first warning is given',
  }),
  absenceWarningSecond: figure('CRS-52', ['ratio', 'exact'], null, {
    zh: '缺课占上限达到多少时第二次提醒',
    en: 'Share of the absence limit at which the second warning is given',
  }),
  trackingFirstMonths: figure('CRS-58', ['months', 'exact'], null, {
    zh: '第一次训后跟踪时间',
    en: 'First tracking after training',
  }),
  trackingSecondMonths: figure('CRS-58', ['months', 'exact'], null, {
    zh: '第二次训后跟踪时间',
    en: 'Second tracking after training',
  }),
  trackingAnswerDays: figure('CRS-58', ['days', 'exact'], null, {
    zh: '训后跟踪的填报天数',
    en: 'Days for answering a tracking after training',
  }),
};
