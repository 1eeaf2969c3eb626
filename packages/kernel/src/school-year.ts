/** The school year 学年 on the civil calendar of Asia/Shanghai: from 1 September to 31 August. [REG-07] */
import { type CivilDate, isCivilDate } from './civil-date.ts';

/** The school year that holds the date, named by the calendar year in which it begins: 2026-08-31 → 2025. */
export function schoolYearOf(date: CivilDate): number {
  if (!isCivilDate(date)) throw new Error(`${date} is no civil date`);
  const year = Number(date.slice(0, 4));
  return date.slice(5) < '09-01' ? year - 1 : year;
}

/** First day of the school year. */
export function schoolYearBegins(schoolYear: number): CivilDate {
  return `${schoolYear}-09-01`;
}

/** First day that is no longer in the school year. */
export function schoolYearEnds(schoolYear: number): CivilDate {
  return schoolYearBegins(schoolYear + 1);
}
