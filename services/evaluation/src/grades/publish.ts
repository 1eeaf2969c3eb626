import {
  compareRatio,
  type Decision,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
  percentText,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type Grade = 'A' | 'B' | 'C' | 'D';
type ComponentKind = 'agency' | 'anonymous' | 'inspection';

/** One kind of evaluation in a grade: score in hundredths of a point (0–10000), weight in percent. */
export type GradeComponent = {
  readonly kind: ComponentKind;
  readonly scoreCenti: number;
  readonly weightPercent: number;
};

export type GradingFigures = Pick<
  PolicyFigures,
  | 'evaluationCoverageShareMin'
  | 'anonymousAnswersMin'
  | 'weightAgencyPercent'
  | 'weightAnonymousPercent'
  | 'weightInspectionPercent'
  | 'gradeAScoreMinCenti'
  | 'gradeBScoreMinCenti'
  | 'gradeCScoreMinCenti'
>;

export type GradeFacts = {
  readonly institutionId: string | null;
  /** The grade that was published before; null when none was. */
  readonly published: Grade | null;
  /** The counted survey; null before it is counted. */
  readonly survey: {
    readonly traineesCount: number;
    readonly answersCount: number;
    readonly scoreCenti: number | null;
  } | null;
  readonly agencyScoreCenti: number | null;
  readonly inspectionScoreCenti: number | null;
  readonly figures: GradingFigures;
};

export type GradePublished = {
  readonly institutionId: string;
  readonly grade: Grade;
  readonly scoreCenti: number;
  readonly components: readonly GradeComponent[];
  readonly traineesCount: number;
  readonly answersCount: number;
};

/** Combines the three kinds of evaluation by the policy's weights into the project's one grade. [EVL-03] */
export function publishGrade(facts: GradeFacts): Decision<GradePublished> {
  const { institutionId, survey, figures } = facts;
  const faults: Fault[] = [];
  if (facts.published !== null) {
    faults.push(fault(codes.GRADE_EXISTS, ['projectId'], { actual: facts.published }));
  }
  if (institutionId === null) {
    faults.push(fault(codes.PROJECT_WITHOUT_INSTITUTION, ['projectId']));
  }
  if (survey === null) faults.push(fault(codes.SURVEY_NOT_COUNTED, ['projectId']));
  else faults.push(...surveyFaults(survey, figures));
  const scores = [
    ['agency', facts.agencyScoreCenti, figures.weightAgencyPercent],
    ['anonymous', survey?.scoreCenti ?? null, figures.weightAnonymousPercent],
    ['inspection', facts.inspectionScoreCenti, figures.weightInspectionPercent],
  ] as const;
  for (const [component, score] of scores) {
    // An anonymous score can only be missing where the survey has been named above.
    if (score !== null || component === 'anonymous') continue;
    faults.push(fault(codes.COMPONENT_MISSING, ['projectId'], { component }));
  }
  const components = scores.map(([kind, score, weightPercent]) => ({
    kind,
    scoreCenti: score ?? 0,
    weightPercent,
  }));
  return decide(faults, () => ({
    institutionId: institutionId ?? '',
    ...gradeOf(components, figures),
    components,
    traineesCount: survey?.traineesCount ?? 0,
    answersCount: survey?.answersCount ?? 0,
  }));
}

function surveyFaults(
  { traineesCount, answersCount }: NonNullable<GradeFacts['survey']>,
  { evaluationCoverageShareMin, anonymousAnswersMin }: GradingFigures,
): Fault[] {
  const faults: Fault[] = [];
  const { numerator, denominator } = evaluationCoverageShareMin;
  if (compareRatio(answersCount, traineesCount, numerator, denominator) < 0) {
    const figures = {
      required: percentText(numerator, denominator),
      actual: percentText(answersCount, traineesCount),
      answers: answersCount,
      trainees: traineesCount,
    };
    faults.push(fault(codes.COVERAGE_TOO_LOW, ['projectId'], figures));
  }
  if (answersCount < anonymousAnswersMin) {
    const figures = { required: anonymousAnswersMin, actual: answersCount };
    faults.push(fault(codes.TOO_FEW_ANSWERS, ['projectId'], figures));
  }
  return faults;
}

/**
 * The weighted score, cut to whole hundredths, and its band. Cutting a sum that is just below a band keeps it below,
 * so the score that is shown always explains the grade.
 */
export function gradeOf(
  components: readonly GradeComponent[],
  figures: GradingFigures,
): { readonly grade: Grade; readonly scoreCenti: number } {
  const weighted = components.reduce((sum, each) => sum + each.scoreCenti * each.weightPercent, 0);
  const scoreCenti = Math.floor(weighted / 100);
  if (scoreCenti >= figures.gradeAScoreMinCenti) return { grade: 'A', scoreCenti };
  if (scoreCenti >= figures.gradeBScoreMinCenti) return { grade: 'B', scoreCenti };
  return { grade: scoreCenti >= figures.gradeCScoreMinCenti ? 'C' : 'D', scoreCenti };
}
