/** Days without a log: every one flagged, and told of together. [CRS-50] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses as told } from '@shixun/contracts';
import { missingLogsChore } from './commands-log.ts';
import { codesOf, day, head, nine, RealClass } from './real-class.example.ts';
import { classLogs } from './store-class.ts';

let room: RealClass;
beforeAll(async () => {
  room = await RealClass.open(1);
});
afterAll(() => room.courses.close());

const findings = async () =>
  (await room.courses.told(told.findingRaised)).map(({ figures }) => figures);

test('CRS-50: one finding of a class names every day that is missing; a day written late is not among the next one’s', async () => {
  const { courses, classId, projectId } = room;
  courses.now = nine(4, -30);
  await courses.runChore(missingLogsChore);
  await courses.runChore(missingLogsChore);
  const shared = { classId, projectId, required: 0 };
  const first = { ...shared, actual: 3, dates: [1, 2, 3].map(day).join(', ') };
  expect(await findings()).toEqual([first]);
  const flagged = await courses.db.model(classLogs).find({ classId }).sort({ date: 1 }).lean();
  expect(flagged.map(({ date }) => date)).toEqual([1, 2, 3].map(day));

  courses.now = nine(4, 900);
  await room.take(2, [810]);
  const log = { classId, date: day(2), performance: '补记', incidents: '', remarks: [] };
  expect(codesOf(await courses.give(head, 'writeDailyLog', log, 'log { date }'))).toEqual([]);
  courses.now = nine(5, -30);
  await courses.runChore(missingLogsChore);
  const next = { ...shared, actual: 3, dates: [1, 3, 4].map(day).join(', ') };
  expect(await findings()).toEqual([first, next]);
});
