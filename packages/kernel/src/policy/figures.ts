/**
 * Every figure that a policy 政策 carries: the numbers of the rules, typed, units last.
 * What each one means, its unit and which way is tighter stands in `description.ts`.
 */

/** An exact share; compared by cross-multiplication, never as a float. */
export type Ratio = { readonly numerator: number; readonly denominator: number };

/** Categories of credits 学分类别. [CRD-05] */
export type CreditCategory =
  | 'ethics'
  | 'professional_standards'
  | 'it'
  | 'subject'
  | 'management'
  | 'other';

/** Lines of a project's budget 预算科目, the forbidden ones included so that a refusal can name them. [PLN-05] */
export const budgetCategories = [
  'board_and_lodging',
  'expert_fees',
  'materials',
  'venue',
  'transport',
  'online_platform',
  'evaluation',
  'other',
  'sightseeing',
  'unrelated_visits',
] as const;
export type BudgetCategory = (typeof budgetCategories)[number];

/** Endings tell the unit: Centi = hundredths of a study hour 学时 (or of a point), Share and Limit = a ratio. */
export type PolicyFigures = {
  // REG
  readonly consecutiveGradeCForProbation: number;
  readonly consecutiveGradeAForRenewal: number;
  readonly poolTermYears: number;
  readonly poolRatingMinCenti: number;
  readonly poolYearlySessionsMin: number;
  readonly trainerStudyHoursMinCenti: number;
  readonly trainerSchoolDaysMin: number;
  readonly trainersPerRuralTeacherMin: Ratio;
  // PLN
  readonly needsSurveyOpenDaysMin: number;
  readonly needsSurveyAgeYearsMax: number;
  readonly schoolConfirmationShareMin: Ratio;
  readonly annualPlanDeadlineMonthDay: string;
  readonly fundingBureauPayrollShareMin: Ratio;
  readonly fundingSchoolPublicFundsShareMin: Ratio;
  readonly fundingHigherPayrollShareMin: Ratio;
  readonly boardAndLodgingDailyMaxCents: number;
  readonly budgetForbiddenCategories: readonly BudgetCategory[];
  readonly mandatedShareMax: Ratio;
  readonly menuDispatchedShareBelow: Ratio;
  readonly schoolAwayShareMax: Ratio;
  // CRS: tender and plan
  readonly tenderReviewersMin: number;
  readonly tenderNoticeMinDays: number;
  readonly tenderGradeWeightPercent: number;
  readonly tenderGradeAPointsCenti: number;
  readonly tenderGradeBPointsCenti: number;
  readonly tenderGradeCPointsCenti: number;
  readonly tenderGradeNonePointsCenti: number;
  readonly tenderConflictYears: number;
  readonly tenderObjectionDays: number;
  readonly practiceShareMin: Ratio;
  readonly ethicsFirst: boolean;
  readonly generalModulesFromHoursCenti: number;
  readonly expertPoolShareOver: Ratio;
  readonly frontlineShareMin: Ratio;
  readonly assessmentFromHoursCenti: number;
  readonly projectLeaderFromTrainees: number;
  readonly splitFromHoursCenti: number;
  readonly segmentsMax: number;
  readonly summerHolidayFirstMonthDay: string;
  readonly summerHolidayLastMonthDay: string;
  readonly graduatingTermTimeMaxDays: number;
  readonly schedulePublishedBeforeMinDays: number;
  readonly substituteSessionsShareMax: Ratio;
  readonly changeWithdrawalWindowMinDays: number;
  // CRS: modalities
  readonly visitsPerYearMin: number;
  readonly visitMinDays: number;
  readonly thematicShareOver: Ratio;
  readonly releaseMinMonths: number;
  readonly releaseMaxMonths: number;
  readonly releaseOutOfProvinceShareMin: Ratio;
  readonly releasePractitionerShareMin: Ratio;
  readonly releaseGroupMinTrainees: number;
  readonly releaseGroupMaxTrainees: number;
  readonly releaseTrainingModuleShareMin: Ratio;
  readonly releaseCentralisedPracticeShareMin: Ratio;
  readonly releaseShadowShareMin: Ratio;
  // CRS: enrollment, delivery, completion
  readonly concurrentEnrollmentsMax: number;
  readonly waitlistResponseClockHours: number;
  readonly schoolResponseClockHours: number;
  readonly checkInTriesMax: number;
  readonly absenceLimit: Ratio;
  readonly absenceRuleFromHoursCenti: number;
  readonly absenceWarningFirst: Ratio;
  readonly absenceWarningSecond: Ratio;
  readonly trackingFirstMonths: number;
  readonly trackingSecondMonths: number;
  readonly trackingAnswerDays: number;
  // CRD
  readonly minutesPerHour: number;
  readonly creditsPerHourNational: Ratio;
  readonly creditsPerHourProvincial: Ratio;
  readonly creditsPerHourCity: Ratio;
  readonly creditsPerHourCounty: Ratio;
  readonly creditsPerHourSchool: Ratio;
  readonly creditFactorOnline: Ratio;
  readonly creditFactorSchoolBased: Ratio;
  readonly cycleYears: number;
  readonly yearlyHoursMinBasicCenti: number;
  readonly yearlyHoursMinVocationalCenti: number;
  readonly yearlyHoursMinHigherCenti: number;
  readonly cycleHoursMinBasicCenti: number;
  readonly cycleHoursMinVocationalCenti: number;
  readonly cycleHoursMinHigherCenti: number;
  readonly cycleRequiredCategories: readonly CreditCategory[];
  readonly schoolBasedYearlyHoursMaxCenti: number;
  readonly platformDailyHoursMaxCenti: number;
  readonly platformYearlyHoursMaxCenti: number;
  readonly appealWithinDays: number;
  // EVL
  readonly evaluationCoverageShareMin: Ratio;
  readonly anonymousAnswersMin: number;
  readonly surveyOpenDaysMin: number;
  readonly weightAgencyPercent: number;
  readonly weightAnonymousPercent: number;
  readonly weightInspectionPercent: number;
  readonly gradeAScoreMinCenti: number;
  readonly gradeBScoreMinCenti: number;
  readonly gradeCScoreMinCenti: number;
  readonly spotCheckShareMin: Ratio;
  readonly directorObservationsMin: number;
  readonly managerObservationsMin: number;
  readonly rectificationMaxDays: number;
};

export type FigureName = keyof PolicyFigures;
