import {
  addDays,
  type CivilDate,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
  type PolicyFigures,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

export type OpeningFigures = Pick<PolicyFigures, 'surveyOpenDaysMin'>;

/** A class of the project; ended: its trainees can judge it. */
export type ClassFacts = {
  readonly id: string;
  readonly standing: 'ahead' | 'ended' | 'cancelled';
};

export type OpeningFacts = {
  readonly regionCode: string;
  readonly classes: readonly ClassFacts[];
  /** The newest questionnaire of the nearest region that has one; null when none has. */
  readonly questionnaireId: string | null;
  readonly exists: boolean;
  readonly figures: OpeningFigures;
};

export type SurveyOpened = {
  readonly questionnaireId: string;
  readonly classIds: readonly string[];
  readonly opensOn: CivilDate;
  /** The last day on which answers are taken. */
  readonly closesOn: CivilDate;
};

/** Opens the one survey of a project, for the trainees of every class that has ended. [EVL-01, EVL-13] */
export function openSurvey(
  closesOn: CivilDate | null,
  facts: OpeningFacts,
  today: CivilDate,
): Decision<SurveyOpened> {
  const { questionnaireId } = facts;
  const classIds = endedOf(facts.classes);
  const earliest = lastDayFrom(today, facts.figures);
  const lastDay = closesOn ?? earliest;
  const faults: Fault[] = [];
  if (facts.exists) faults.push(fault(codes.SURVEY_EXISTS, ['projectId']));
  if (classIds.length === 0) faults.push(fault(codes.NO_CLASS_ENDED, ['projectId']));
  if (questionnaireId === null) {
    faults.push(fault(codes.NO_QUESTIONNAIRE, ['projectId'], { region: facts.regionCode }));
  }
  if (daysBetween(earliest, lastDay) < 0) {
    const figures = { required: earliest, actual: lastDay };
    faults.push(fault(codes.LAST_DAY_TOO_EARLY, ['closesOn'], figures));
  }
  return decide(faults, () => ({
    questionnaireId: questionnaireId ?? '',
    classIds,
    opensOn: today,
    closesOn: lastDay,
  }));
}

/** What a survey becomes when another class of its project ends: its trainees get as many days as the first had. */
export function extendSurvey(
  survey: { readonly classIds: readonly string[]; readonly closesOn: CivilDate },
  classId: string,
  opening: { readonly today: CivilDate; readonly figures: OpeningFigures },
): { readonly classIds: readonly string[]; readonly closesOn: CivilDate } {
  const classIds = [...new Set([...survey.classIds, classId])];
  const lastDay = lastDayFrom(opening.today, opening.figures);
  if (daysBetween(survey.closesOn, lastDay) <= 0) return { classIds, closesOn: survey.closesOn };
  return { classIds, closesOn: lastDay };
}

/** The last of as many civil days as the policy gives, today being the first. */
function lastDayFrom(today: CivilDate, { surveyOpenDaysMin }: OpeningFigures): CivilDate {
  return addDays(today, surveyOpenDaysMin - 1);
}

function endedOf(classes: readonly ClassFacts[]): readonly string[] {
  return classes.filter(({ standing }) => standing === 'ended').map(({ id }) => id);
}
