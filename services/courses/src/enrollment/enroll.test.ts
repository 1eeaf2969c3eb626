import { describe, expect, test } from '@jest/globals';
import type { Decision } from '@shixun/kernel';
import { type EnrollFacts, enrollTeacher } from './enroll.ts';
import { closesAt, exampleFacts, opensAt, within } from './enrollment.example.ts';

const command = { menuItemId: 'mni_1', teacherId: 'tch_1', waitlist: false };
const codesOf = (decision: Decision<unknown>) =>
  decision.accepted ? [] : decision.faults.map(({ code }) => code.name);
const enroll = (change: Partial<EnrollFacts> = {}, now = within, waitlist = false) =>
  enrollTeacher({ ...command, waitlist }, { ...exampleFacts, ...change }, now);
const withClass = (change: Partial<EnrollFacts['trainingClass']>) => ({
  trainingClass: { ...exampleFacts.trainingClass, ...change },
});
const withTeacher = (change: Partial<EnrollFacts['teacher']>) => ({
  teacher: { ...exampleFacts.teacher, ...change },
});
const commitment = {
  classId: 'cls_2',
  contentCode: 'writing',
  year: 2026,
  done: false,
  sessions: [{ date: '2026-08-01', startMinute: 510, minutes: 135 }],
};

test('CRS-40: a fitting teacher within the window gets the last place', () => {
  expect(enroll()).toMatchObject({ accepted: true, outcome: { state: 'confirmed' } });
});

describe('CRS-40: the window', () => {
  const before = (instant: Date) => new Date(instant.getTime() - 1);
  test('opens at its first instant, not a millisecond earlier', () => {
    expect(codesOf(enroll({}, opensAt))).toEqual([]);
    expect(codesOf(enroll({}, before(opensAt)))).toEqual(['WINDOW_CLOSED']);
  });
  test('is closed at its last instant', () => {
    expect(codesOf(enroll({}, before(closesAt)))).toEqual([]);
    expect(codesOf(enroll({}, closesAt))).toEqual(['WINDOW_CLOSED']);
  });
});

test('CRS-01: only an open class takes enrollments', () => {
  expect(codesOf(enroll(withClass({ state: 'published' })))).toEqual(['CLASS_NOT_OPEN']);
  expect(codesOf(enroll(withClass({ state: 'running' })))).toEqual(['CLASS_NOT_OPEN']);
});

describe('CRS-41: audience', () => {
  test.each([
    ['stage', withTeacher({ stage: 'junior' })],
    ['subject', withTeacher({ subjects: ['mathematics'] })],
    ['careerStage', withTeacher({ careerStage: 'new' })],
    ['region', withTeacher({ regionCode: '140106' })],
    ['rural', withClass({ audience: { ...exampleFacts.trainingClass.audience, ruralOnly: true } })],
    [
      'principal',
      withClass({ audience: { ...exampleFacts.trainingClass.audience, principalsOnly: true } }),
    ],
  ])('%s that does not fit is refused with what is asked and what is there', (facet, change) => {
    const decision = enroll(change);
    expect(decision).toMatchObject({
      accepted: false,
      faults: [{ code: { name: 'AUDIENCE_MISMATCH', rule: 'CRS-41' }, figures: { facet } }],
    });
  });

  test('every facet that does not fit is named at once', () => {
    const decision = enroll(withTeacher({ stage: 'senior', careerStage: 'master' }));
    expect(codesOf(decision)).toEqual(['AUDIENCE_MISMATCH', 'AUDIENCE_MISMATCH']);
  });

  test('a teacher who has left is refused for that alone', () => {
    expect(codesOf(enroll(withTeacher({ status: 'left', stage: 'junior' })))).toEqual([
      'TEACHER_NOT_ACTIVE',
    ]);
  });
});

describe('CRS-41: time', () => {
  const at = (startMinute: number) => ({
    commitments: [{ ...commitment, sessions: [{ date: '2026-07-13', startMinute, minutes: 60 }] }],
  });
  test('sessions that touch do not clash, a minute of overlap does', () => {
    expect(codesOf(enroll(at(510 - 60)))).toEqual([]);
    expect(codesOf(enroll(at(510 - 59)))).toEqual(['TIME_CLASH']);
    expect(codesOf(enroll(at(510 + 135 - 1)))).toEqual(['TIME_CLASH']);
    expect(codesOf(enroll(at(510 + 135)))).toEqual([]);
  });
  test('a class that is done clashes with nothing', () => {
    const [done] = at(510).commitments.map((each) => ({ ...each, done: true }));
    expect(codesOf(enroll({ commitments: done ? [done] : [] }))).toEqual([]);
  });
});

describe('CRS-41: the same content once in a cycle', () => {
  const taken = (year: number) => ({
    commitments: [{ ...commitment, contentCode: 'reading', year, done: true }],
  });
  test('refused within the five years, allowed in the cycle before and after', () => {
    expect(codesOf(enroll(taken(2026)))).toEqual(['CONTENT_TAKEN_IN_CYCLE']);
    expect(codesOf(enroll({ ...taken(2030) }))).toEqual(['CONTENT_TAKEN_IN_CYCLE']);
    expect(codesOf(enroll(taken(2025)))).toEqual([]);
    expect(codesOf(enroll(taken(2031)))).toEqual([]);
  });
});

describe('CRS-41: at most 3° classes at the same time', () => {
  const running = (count: number) => ({
    commitments: Array.from({ length: count }, (_, n) => ({
      ...commitment,
      classId: `cls_${n + 5}`,
    })),
  });
  test('with two running a third is allowed, with three a fourth is not', () => {
    expect(codesOf(enroll(running(2)))).toEqual([]);
    expect(enroll(running(3))).toMatchObject({
      faults: [{ code: { name: 'CONCURRENT_CEILING' }, figures: { required: 3, actual: 3 } }],
    });
  });
  test('last year’s classes and those done do not count', () => {
    const others = [
      ...running(2).commitments,
      { ...commitment, classId: 'cls_8', year: 2025 },
      { ...commitment, classId: 'cls_9', done: true },
    ];
    expect(codesOf(enroll({ commitments: others }))).toEqual([]);
  });
});

describe('CRS-42: places', () => {
  const seats = (taken: number) => ({ seats: { ...exampleFacts.seats, taken } });
  test('the last place is given, the one after it is not, with both figures', () => {
    expect(codesOf(enroll(seats(29)))).toEqual([]);
    expect(enroll(seats(30))).toMatchObject({
      faults: [{ code: { name: 'CLASS_FULL' }, figures: { required: 30, actual: 30 } }],
    });
  });
  test('a full class puts on the waitlist who wants it, behind those who wait', () => {
    const decision = enroll({ ...seats(30), waiting: 4 }, within, true);
    expect(decision).toMatchObject({ outcome: { state: 'waitlisted', position: 5 } });
  });
  test('enrolled once is enough', () => {
    const commitments = [{ ...commitment, classId: 'cls_1' }];
    expect(codesOf(enroll({ commitments }))).toEqual(['ENROLLED_ALREADY']);
  });
  test('a school’s quota is a ceiling of its own', () => {
    const quotas = [{ regionCode: null, schoolId: 'sch_1', places: 2 }];
    const limited = (used: number) => ({
      seats: { capacity: 30, quotas, taken: 10, takenByQuota: [used] },
    });
    expect(codesOf(enroll(limited(1)))).toEqual([]);
    expect(codesOf(enroll(limited(2)))).toEqual(['QUOTA_FULL']);
    const other = withTeacher({ schoolId: 'sch_2' });
    expect(codesOf(enroll({ ...limited(2), ...other }))).toEqual([]);
  });
});

test('everything that speaks against it is listed at once, in the order of the rules', () => {
  const decision = enroll(
    {
      ...withClass({ state: 'running' }),
      ...withTeacher({ stage: 'junior' }),
      commitments: [{ ...commitment, contentCode: 'reading' }],
      seats: { ...exampleFacts.seats, taken: 30 },
    },
    closesAt,
  );
  expect(codesOf(decision)).toEqual([
    'WINDOW_CLOSED',
    'CLASS_NOT_OPEN',
    'AUDIENCE_MISMATCH',
    'CONTENT_TAKEN_IN_CYCLE',
    'CLASS_FULL',
  ]);
});
