import { expect, test } from '@jest/globals';
import { civilDateOf } from './civil-date.ts';
import { schoolYearBegins, schoolYearEnds, schoolYearOf } from './school-year.ts';

test.each([
  ['2026-08-31', 2025],
  ['2026-09-01', 2026],
  ['2027-01-01', 2026],
  ['2027-08-31', 2026],
  ['2027-09-01', 2027],
])('REG-07: %s lies in the school year that began in %i', (date, year) => {
  expect(schoolYearOf(date)).toBe(year);
  expect(schoolYearBegins(year) <= date && date < schoolYearEnds(year)).toBe(true);
});

test('REG-07: the year turns at midnight in Shanghai, not in Greenwich', () => {
  expect(schoolYearOf(civilDateOf(new Date('2026-08-31T15:59:59.999Z')))).toBe(2025);
  expect(schoolYearOf(civilDateOf(new Date('2026-08-31T16:00:00.000Z')))).toBe(2026);
});
