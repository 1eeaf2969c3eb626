import {
  addDays,
  type CivilDate,
  type Decision,
  daysBetween,
  decide,
  type Fault,
  fault,
} from '@shixun/kernel';
import { codes } from './refusals.ts';

/** Civil days for which answers are taken, the first included. Our own default°: no document gives a number. */
export const openDays = 14;

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
  const lastDay = closesOn ?? addDays(today, openDays - 1);
  const faults: Fault[] = [];
  if (facts.exists) faults.push(fault(codes.SURVEY_EXISTS, ['projectId']));
  if (classIds.length === 0) faults.push(fault(codes.NO_CLASS_ENDED, ['projectId']));
  if (questionnaireId === null) {
    faults.push(fault(codes.NO_QUESTIONNAIRE, ['projectId'], { region: facts.regionCode }));
  }
  if (lastDay < today) {
    faults.push(fault(codes.LAST_DAY_PASSED, ['closesOn'], { required: today, actual: lastDay }));
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
  today: CivilDate,
): { readonly classIds: readonly string[]; readonly closesOn: CivilDate } {
  const classIds = [...new Set([...survey.classIds, classId])];
  const lastDay = addDays(today, openDays - 1);
  if (daysBetween(survey.closesOn, lastDay) <= 0) return { classIds, closesOn: survey.closesOn };
  return { classIds, closesOn: lastDay };
}

function endedOf(classes: readonly ClassFacts[]): readonly string[] {
  return classes.filter(({ standing }) => standing === 'ended').map(({ id }) => id);
}
