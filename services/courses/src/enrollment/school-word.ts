/** When a teacher's own choice needs the word of the school. [CRS-17, PLN-09] */
import { addDays, type CivilDate, daysBetween, type PolicyFigures } from '@shixun/kernel';
import { type NewAbsence, needsSchoolConfirmation } from '../forecast/forecast.ts';

/** Why the school is asked: the teacher has a graduating class, or too many would be away on one day. */
export const schoolQuestions = ['graduating_class', 'staff_away'] as const;
export type SchoolQuestion = (typeof schoolQuestions)[number];

type Summer = Pick<PolicyFigures, 'summerHolidayFirstMonthDay' | 'summerHolidayLastMonthDay'>;

export type SchoolWordFacts = {
  readonly graduatingClass: boolean;
  /** First and last day of the class. */
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
  readonly figures: Summer & Pick<PolicyFigures, 'graduatingTermTimeMaxDays'>;
  /** Null when nobody knows the school's staff or the class takes nobody away. */
  readonly absence: NewAbsence | null;
};

/**
 * What the school is asked, if anything: a class of more days in term time than the policy's for a teacher of a
 * graduating class; more of the staff away on one day than its share. Exactly the figure is not more.
 */
export function schoolQuestion(facts: SchoolWordFacts): SchoolQuestion | null {
  const { graduatingClass, figures, absence } = facts;
  if (graduatingClass && termTimeDays(facts, figures) > figures.graduatingTermTimeMaxDays) {
    return 'graduating_class';
  }
  return absence !== null && needsSchoolConfirmation(absence) ? 'staff_away' : null;
}

/** Days of the period, first and last included, that don't lie in the summer holiday. */
export function termTimeDays(
  { opensOn, closesOn }: Pick<SchoolWordFacts, 'opensOn' | 'closesOn'>,
  summer: Summer,
): number {
  const days = Math.max(0, daysBetween(opensOn, closesOn) + 1);
  let inTerm = 0;
  for (let at = 0; at < days; at += 1) {
    const day = addDays(opensOn, at).slice(5);
    const isHoliday =
      summer.summerHolidayFirstMonthDay <= day && day <= summer.summerHolidayLastMonthDay;
    if (!isHoliday) inTerm += 1;
  }
  return inTerm;
}
