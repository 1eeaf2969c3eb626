/** A file names a teacher at another school: offered with its day, made when asked, taken back whole. [REG-05, REG-06] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { city, county } from '../real-registry.example.ts';
import { schools } from '../schools/store.ts';
import { teachers } from '../teachers/store.ts';
import {
  RealImports,
  teacherHeader,
  teacherLine,
  teacherLines,
  workbookOf,
} from './real-imports.example.ts';

let real: RealImports;
let home: string;
let next: string;

beforeAll(async () => {
  real = await RealImports.open();
  await real.addSchool('2114000003', '140105001');
  [home = '', next = ''] = await Promise.all(['2114000001', '2114000003'].map(schoolIdOf));
});
afterAll(() => real.close());

async function schoolIdOf(code: string): Promise<string> {
  return String((await real.registry.db.model(schools).findOne({ code }).lean())?._id);
}

/** The same person at another school, from a day on. */
function movedLine(n: number, school: string, since: string): string[] {
  const [name = '', number = '', phone = '', , , ...rest] = teacherLine(n);
  return [name, number, phone, school, since, ...rest];
}

const fileOf = (...lines: readonly string[][]) => workbookOf([teacherHeader, ...lines]);
const recordOf = (n: number) =>
  real.registry.db
    .model(teachers)
    .findOne({ name: `教师${n}` })
    .lean();

test('REG-05: the dry run offers the move and writes nothing; all-or-nothing waits for the word; then history is right', async () => {
  await real.applied(await fileOf(teacherLine(1), teacherLine(2)));
  const moved = movedLine(2, '2114000003', '2026-02-01');
  const { id } = await real.dryRun(county, await fileOf(teacherLine(1), moved));
  expect(await real.see(county, id)).toMatchObject({
    validated: { valid: 2, transferred: 1, unchanged: 1, faulty: 0 },
  });
  expect((await real.result(county, id)).map((row) => row.slice(7))).toEqual([
    ['结论 Verdict', '说明 Remarks', 'Remarks (English)'],
    ['无变化 unchanged'],
    [
      '调动 transferred',
      '自 2026-02-01 起由 学校2114000001（2114000001） 调入',
      'comes from 学校2114000001（2114000001） on 2026-02-01',
    ],
  ]);
  expect(await recordOf(2)).toMatchObject({ schoolId: home });
  expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toMatchObject([
    { code: 'IMPORT_TRANSFERS_UNCONFIRMED' },
  ]);

  const told = (await real.registry.told()).length;
  expect(await real.apply(county, id, 'ALL_OR_NOTHING', true)).toEqual([]);
  await real.work();
  expect(await real.see(county, id)).toMatchObject({
    state: 'APPLIED',
    applied: { transferred: 1, unchanged: 1, changed: 0 },
  });
  expect(await recordOf(2)).toMatchObject({
    schoolId: next,
    postings: [
      { schoolId: home, from: '2020-09-01', to: '2026-02-01' },
      { schoolId: next, from: '2026-02-01', to: null },
    ],
  });
  const events = (await real.registry.told()).slice(told);
  expect(events).toMatchObject([{ schoolId: next, status: 'active' }]);
  const audited = await real.registry.audited();
  expect(audited.filter(({ facts }) => facts.includes('"verdict":"transferred"'))).toHaveLength(1);

  const again = await real.applied(await fileOf(teacherLine(1), moved));
  expect(await real.see(county, again)).toMatchObject({ applied: { unchanged: 2 } });
});

test('REG-05: last year’s file moves nobody back', async () => {
  await real.applied(await fileOf(teacherLine(3)));
  await real.applied(await fileOf(movedLine(3, '2114000003', '2026-02-01')));
  const { id } = await real.dryRun(county, await fileOf(teacherLine(3)));
  expect(await real.faults(county, id)).toEqual(['E2 TRANSFER_BEFORE_POSTING']);
});

test('REG-05: left out as asked, the others are applied and the row says why not', async () => {
  await real.applied(await fileOf(teacherLine(4)));
  const moved = movedLine(4, '2114000003', '2026-02-01');
  const { id } = await real.dryRun(county, await fileOf(moved, teacherLine(5)));
  expect(await real.apply(county, id, 'VALID_ROWS_ONLY', false)).toEqual([]);
  await real.work();
  expect(await real.see(county, id)).toMatchObject({
    state: 'APPLIED',
    applied: { added: 1, transferred: 0, faulty: 1 },
  });
  expect(await real.faults(county, id)).toEqual(['D2 IMPORT_TEACHER_AT_OTHER_SCHOOL']);
  expect(await recordOf(4)).toMatchObject({ schoolId: home });
});

test('REG-05: nobody is moved whose move the dry run did not offer', async () => {
  const { id } = await real.dryRun(county, await fileOf(movedLine(6, '2114000003', '2026-02-01')));
  await real.applied(await fileOf(teacherLine(6)));
  expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toEqual([]);
  await real.work();
  expect(await real.see(county, id)).toMatchObject({ state: 'UNDONE' });
  expect(await recordOf(6)).toMatchObject({ schoolId: home });
});

test('REG-01: a bureau moves inside its area; who is on record outside is the superior’s to move', async () => {
  const far = { regionCode: '140106' };
  const line = movedLine(7, '2114000002', '2020-09-01');
  await real.applied(await fileOf(line), { regionCode: '140100' }, city);
  const moved = await fileOf(movedLine(7, '2114000001', '2026-02-01'));
  const { id } = await real.dryRun(county, moved);
  expect(await real.faults(county, id)).toEqual(['B2 IDENTITY_NUMBER_TAKEN']);
  const above = await real.applied(moved, { regionCode: '140100' }, city);
  expect(await real.see(city, above)).toMatchObject({ applied: { transferred: 1 } });
  expect((await real.create(county, far)).refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
});

test('REG-06: an import that is taken back takes its transfers back, history included', async () => {
  const rows = teacherLines(10, 1_001);
  await real.applied(await fileOf(teacherLine(10)));
  const before = await recordOf(10);
  rows[0] = movedLine(10, '2114000003', '2026-02-01');
  const { id } = await real.dryRun(county, await fileOf(...rows));
  // The last person, who is in the second batch, is registered elsewhere meanwhile.
  const last = movedLine(1_010, '2114000002', '2020-09-01');
  await real.applied(await fileOf(last), { regionCode: '140100' }, city);
  expect(await real.apply(county, id, 'ALL_OR_NOTHING', true)).toEqual([]);
  await real.work();
  expect(await real.see(county, id)).toMatchObject({ state: 'UNDONE' });
  const { likenessPending: _, ...after } = (await recordOf(10)) ?? {};
  const { likenessPending: __, ...was } = before ?? {};
  expect(after).toEqual(was);
  const events = await real.registry.told('registry.teacher.recorded.v1');
  const own = events.filter(({ teacherId }) => teacherId === before?._id);
  expect(own.map(({ schoolId }) => schoolId)).toEqual([home, next, home]);
});
