import { expect, test } from '@jest/globals';
import { national } from '@shixun/kernel';
import { answerForSchool } from './answer-school.ts';
import { schoolQuestion, termTimeDays } from './school-word.ts';

const facts = {
  graduatingClass: true,
  opensOn: '2026-04-13',
  closesOn: '2026-04-14',
  figures: national.figures,
  absence: null,
};

test('CRS-17: two days of term are the teacher’s own choice, a third asks the school; without a graduating class never', () => {
  expect(schoolQuestion(facts)).toBeNull();
  expect(schoolQuestion({ ...facts, closesOn: '2026-04-15' })).toBe('graduating_class');
  const other = { ...facts, graduatingClass: false, closesOn: '2026-04-30' };
  expect(schoolQuestion(other)).toBeNull();
});

test('CRS-17: days of the summer holiday are no term: from 10 July to 31 August', () => {
  const days = (opensOn: string, closesOn: string) =>
    termTimeDays({ opensOn, closesOn }, national.figures);
  expect(days('2026-07-10', '2026-08-31')).toBe(0);
  expect(days('2026-07-09', '2026-09-01')).toBe(2);
  expect(schoolQuestion({ ...facts, opensOn: '2026-07-08', closesOn: '2026-09-01' })).toBe(
    'graduating_class',
  );
});

test('PLN-09: exactly a tenth of the staff away asks nobody, one more asks the school', () => {
  const day = { date: '2026-07-13', minutes: 270 };
  const absence = {
    teacherId: 'tch_new',
    trainingClass: { away: true, days: [day] },
    classes: [{ away: true, days: [day], teacherIds: ['tch_1'] }],
    staff: 20,
    awayShareMax: national.figures.schoolAwayShareMax,
  };
  const own = { ...facts, graduatingClass: false };
  expect(schoolQuestion({ ...own, absence })).toBeNull();
  expect(schoolQuestion({ ...own, absence: { ...absence, staff: 19 } })).toBe('staff_away');
});

test('CRS-17: the school answers within its time, once, and says why it declines', () => {
  const respondBy = new Date('2026-03-03T00:00:00Z');
  const codesOf = (
    command: { confirm: boolean; reason: string | null },
    state: 'pending_school' | 'confirmed',
    now: Date,
  ) => {
    const decision = answerForSchool(command, { state, respondBy }, now);
    return decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
  };
  const last = new Date(respondBy.getTime() - 1);
  const yes = { confirm: true, reason: null };
  expect(codesOf(yes, 'pending_school', last)).toEqual([]);
  expect(codesOf(yes, 'pending_school', respondBy)).toEqual(['SCHOOL_ANSWER_LATE']);
  expect(codesOf(yes, 'confirmed', last)).toEqual(['NOTHING_ASKED_OF_SCHOOL']);
  expect(codesOf({ confirm: false, reason: ' ' }, 'pending_school', last)).toEqual([
    'SCHOOL_GIVES_REASON',
  ]);
});
