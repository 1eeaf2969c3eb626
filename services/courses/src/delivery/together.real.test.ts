/** Nine in the morning: everybody of a class at the same moment. [CRS-50, CRS-51, CRS-55] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { auditEntries, notesOf } from '@shixun/runtime';
import { codesOf, head, modules, nine, RealClass, teacher } from './real-class.example.ts';
import { participations } from './store.ts';
import { checkInTries } from './store-class.ts';

const everybody = Array.from({ length: 200 }, (_, at) => at + 1);
const twoModules = ['mod_1', 'mod_2'].flatMap((_id) => modules.map((one) => ({ ...one, _id })));
let room: RealClass;
beforeAll(async () => {
  room = await RealClass.open(everybody.length, { modules: twoModules });
});
afterAll(() => room.courses.close());

const code = async (n: number) => {
  const asked = `{ attendanceCode(classId: "${room.classId}", sessionId: "ses_${n}") { code } }`;
  type Code = { attendanceCode: { code: string } };
  return (await room.courses.ask<Code>(head, asked)).attendanceCode.code;
};
const other = (right: string) => String((Number(right) + 1) % 1_000_000).padStart(6, '0');
const about = async (name: string, n: number, more: object) =>
  codesOf(await room.about(teacher(n), name, n, more));
const records = () => room.courses.db.model(participations).find().lean();
/** How often each trainee's command stands in the class's audit chain. */
const audited = async (command: string) => {
  const entries = await room.courses.db.model(auditEntries).find({ stream: room.classId }).lean();
  const notes = entries.flatMap(notesOf).filter((note) => note.command === command);
  return [...Map.groupBy(notes, ({ actor }) => actor).values()].map((own) => own.length);
};
const once = everybody.map(() => 1);

test('CRS-50: two hundred check in at the same moment, each recorded exactly once; who asks again has the first answer', async () => {
  room.courses.now = nine(1, 5);
  const right = await code(1);
  const enter = (n: number) =>
    about('checkIn', n, { sessionId: 'ses_1', code: right, idempotencyKey: `check-in-${n}` });
  const accepted = everybody.map(() => []);
  expect(await Promise.all(everybody.map(enter))).toEqual(accepted);
  expect(await Promise.all(everybody.map(enter))).toEqual(accepted);
  const rows = await records();
  expect(rows.map(({ reports }) => reports.length)).toEqual(once);
  expect(new Set(rows.map(({ attendance }) => attendance[0]?.presentMinutes))).toEqual(
    new Set([805]),
  );
  expect(await audited('checkIn')).toEqual(once);
});

test('CRS-50: wrong codes of one trainee in one batch use up one try each, and take none from the others', async () => {
  room.courses.now = nine(2, 5);
  const right = await code(2);
  const enter = (n: number, given: string) =>
    about('checkIn', n, { sessionId: 'ses_2', code: given });
  const [first = 0, second = 0, ...others] = everybody;
  const wrong = (n: number, times: number) =>
    Array.from({ length: times }, () => enter(n, other(right)));
  const [tooMany, fewEnough, rest] = await Promise.all([
    Promise.all(wrong(first, 7)),
    Promise.all(wrong(second, 4)),
    Promise.all(others.map((n) => enter(n, right))),
  ]);
  expect(tooMany.flat().sort()).toEqual([
    ...Array(2).fill('CHECK_IN_TRIES_USED_UP'),
    ...Array(5).fill('CODE_WRONG'),
  ]);
  expect(fewEnough.flat()).toEqual(Array(4).fill('CODE_WRONG'));
  expect(rest.flat()).toEqual([]);
  const tries = await room.courses.db.model(checkInTries).find().sort({ wrong: 1 }).lean();
  expect(tries).toMatchObject([
    { _id: 'enr_2:ses_2', wrong: 4 },
    { _id: 'enr_1:ses_2', wrong: 5 },
  ]);
  expect(await enter(first, right)).toEqual(['CHECK_IN_TRIES_USED_UP']);
  expect(await enter(second, right)).toEqual([]);
});

test('CRS-51, CRS-55: homework of two modules, leave and the class head’s list at the same moment: nothing is lost', async () => {
  room.courses.now = nine(3, 900);
  const homework = (moduleId: string) =>
    everybody.map((n) => about('submitHomework', n, { moduleId, text: '学习成果' }));
  const leave = { sessionIds: ['ses_5'], reason: '就医' };
  const given = await Promise.all([
    ...homework('mod_1'),
    ...homework('mod_2'),
    ...everybody.map((n) => about('requestLeave', n, leave)),
    room.take(
      3,
      everybody.map(() => 810),
    ),
  ]);
  expect(given.slice(0, -1).flat()).toEqual([]);
  const rows = await records();
  expect(rows).toHaveLength(everybody.length);
  for (const { homework: handedIn, leaves, attendance } of rows) {
    expect(handedIn.map(({ moduleId }) => moduleId).sort()).toEqual(['mod_1', 'mod_2']);
    expect(leaves.map(({ state }) => state)).toEqual(['asked']);
    expect(attendance.map(({ sessionId }) => sessionId)).toContain('ses_3');
  }
  expect(await audited('requestLeave')).toEqual(once);
  expect(new Set(await audited('submitHomework'))).toEqual(new Set([2]));
});
