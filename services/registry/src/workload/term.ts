/**
 * Terms 学期 of a school year: autumn from 1 September to 31 January, spring from 1 February to 31 August. The days on
 * which a term turns are a default of our own; the school year turns on 1 September.
 */
import { type CivilDate, yearOf } from '@shixun/kernel';

/** `2026-autumn` or `2027-spring`, by the calendar year in which it begins. */
export type Term = string;

export function isTerm(text: string): boolean {
  return /^20\d{2}-(autumn|spring)$/.test(text);
}

export function termOf(date: CivilDate): Term {
  const monthDay = date.slice(5);
  if (monthDay >= '09-01') return `${yearOf(date)}-autumn`;
  return monthDay <= '01-31' ? `${yearOf(date) - 1}-autumn` : `${yearOf(date)}-spring`;
}

/** First and last day of a term. */
export function daysOfTerm(term: Term): { readonly from: CivilDate; readonly to: CivilDate } {
  const year = Number(term.slice(0, 4));
  return term.endsWith('autumn')
    ? { from: `${year}-09-01`, to: `${year + 1}-01-31` }
    : { from: `${year}-02-01`, to: `${year}-08-31` };
}
