import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registry, courses as told } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { enrollments } from '../enrollment/store.ts';
import { schoolRecordedHandler } from '../projections/schools.ts';
import { classes } from '../projects/store.ts';
import { RealCourses } from '../real-courses.example.ts';
import { staffRows } from '../supply/store.ts';
import {
  classMeetingsHandler,
  traineeConfirmedHandler,
  traineeWithdrawnHandler,
} from './events.ts';

let courses: RealCourses;
beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  await courses.hear(schoolRecordedHandler, registry.schoolRecorded, [
    { ...registry.schoolRecorded.example, schoolId: 'sch_1', regionCode: '140105' },
  ]);
  await courses.db.model(staffRows).create({ _id: 'sch_1', staff: 20 });
});
afterAll(() => courses.close());

const head: Caller = { subject: 'h', grants: [{ role: 'SchoolAdmin', schoolId: 'sch_1' }] };
const other: Caller = { subject: 'o', grants: [{ role: 'SchoolAdmin', schoolId: 'sch_2' }] };
const county: Caller = { subject: 'c', grants: [{ role: 'CountyAdmin', regionCode: '140105' }] };

const forecast = async (caller: Caller) =>
  (
    await courses.ask<{
      schoolForecast: {
        staff: number;
        days: { date: string; away: number; share: string; aboveCeiling: boolean }[];
        weeks: { startsOn: string; away: number; hours: string }[];
      } | null;
    }>(
      caller,
      `{ schoolForecast(schoolId: "sch_1", from: "2026-07-13", to: "2026-07-14") {
        staff ceiling days { date away share aboveCeiling } weeks { startsOn away hours } } }`,
    )
  ).schoolForecast;

test('PLN-09: the forecast follows confirmations, withdrawals and a class that meets on other days', async () => {
  const session = (date: string) => ({
    _id: `ses_${date}`,
    moduleId: 'mod_1',
    date,
    startMinute: 540,
    minutes: 270,
    place: '',
    trainerId: 'trn_1',
    required: true,
  });
  const project = await courses.addProject({});
  const classId = await courses.addClass(project, {
    sessions: [session('2026-07-13'), session('2026-07-14')],
  });
  const ids = [1, 2, 3].map((at) => `enr_forecast_${at}`);
  await courses.db.model(enrollments).collection.insertMany(
    ids.map((_id, at) => ({
      _id,
      classId,
      teacherId: `tch_${at}`,
      schoolId: 'sch_1',
      state: 'confirmed',
    })) as never[],
  );
  const { example } = told.enrollmentConfirmed;
  const confirmed = ids.map((enrollmentId) => ({ ...example, enrollmentId, classId }));
  const withdrawn = { ...told.enrollmentWithdrawn.example, enrollmentId: ids[2] ?? '', classId };
  const days = async () =>
    (await forecast(head))?.days.map(({ away, aboveCeiling }) => [away, aboveCeiling]);

  await courses.hear(traineeConfirmedHandler, told.enrollmentConfirmed, confirmed);
  await courses.hear(traineeConfirmedHandler, told.enrollmentConfirmed, confirmed);
  expect(await days()).toEqual([
    [3, true],
    [3, true],
  ]);
  await courses.hear(traineeWithdrawnHandler, told.enrollmentWithdrawn, [withdrawn]);
  expect(await forecast(county)).toMatchObject({
    staff: 20,
    days: [
      { date: '2026-07-13', away: 2, share: '10 %', aboveCeiling: false },
      { date: '2026-07-14', away: 2, share: '10 %', aboveCeiling: false },
    ],
    weeks: [{ startsOn: '2026-07-13', away: 2, hours: '24.00' }],
  });

  const recorded = { ...told.classRecorded.example, classId };
  await courses.db
    .model(classes)
    .updateOne({ _id: classId }, { $set: { sessions: [session('2026-07-14')] } });
  await courses.hear(classMeetingsHandler, told.classRecorded, [recorded]);
  expect(await days()).toEqual([
    [0, false],
    [2, false],
  ]);
  await courses.db.model(classes).updateOne({ _id: classId }, { $set: { state: 'cancelled' } });
  await courses.hear(classMeetingsHandler, told.classRecorded, [recorded]);
  expect(await days()).toEqual([
    [0, false],
    [0, false],
  ]);
});

test('PLN-09: the school itself and those above it see the forecast, another school does not', async () => {
  expect(await forecast(other)).toBeNull();
  expect(await forecast(head)).not.toBeNull();
});
