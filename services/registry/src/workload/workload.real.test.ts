/** What front-line part-time trainers gave in a term, as the school reads and closes it, on a real MongoDB. [REG-12] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses } from '@shixun/contracts';
import { as, county, RealRegistry } from '../real-registry.example.ts';

let registry: RealRegistry;
let schoolId: string;
let frontline: string;
let fullTime: string;
let researcher: string;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
  const { school } = await registry.command(
    county,
    'registerSchool',
    { code: '2114000900', name: '一小', kind: 'PRIMARY', regionCode: '140105001', rural: false },
    'school { id }',
  );
  schoolId = school.id;
  frontline = await trainer('FRONTLINE_TEACHER', false);
  fullTime = await trainer('FRONTLINE_TEACHER', true);
  researcher = await trainer('TEACHING_RESEARCHER', false);
});
afterAll(() => registry.close());

async function trainer(kind: string, full: boolean): Promise<string> {
  const input = {
    name: '赵老师',
    kind,
    fullTime: full,
    homeProvinceCode: '140000',
    subjects: ['chinese'],
    specialty: '',
    schoolId,
    regionCode: '140105',
  };
  return (await registry.command(county, 'registerTrainer', input, 'trainer { id }')).trainer.id;
}

const session = (sessionId: string, date: string, minutes = 90, trainerId = frontline) => ({
  sessionId: `ses_${sessionId}`,
  trainerId,
  date,
  minutes,
});
async function scheduled(
  classId: string,
  sessions: readonly ReturnType<typeof session>[],
  level: 'county' | 'school' = 'county',
) {
  await registry.hear(courses.classScheduled, [
    { classId, projectId: 'prj_1', level, sessions: [...sessions] },
  ]);
}

const fields = 'term from to hours closedAt lines { trainer { id } sessions minutes hours }';
async function statement(term: string, caller = as('SchoolAdmin', { schoolId })) {
  const { data, errors } = await registry.ask(
    caller,
    `query ($id: ID!, $term: String!) { workloadStatement(schoolId: $id, term: $term) { ${fields} } }`,
    { id: schoolId, term },
  );
  expect(errors).toBeUndefined();
  return data.workloadStatement;
}
const closing = async (term: string, caller = as('SchoolAdmin', { schoolId })) =>
  registry.command(caller, 'closeWorkloadStatement', { schoolId, term }, `statement { ${fields} }`);

test('REG-12: sessions of a commissioned training count on their day, to the front-line part-time trainers alone', async () => {
  await scheduled('cls_1', [
    session('1', '2026-09-01', 90),
    session('2', '2027-01-31', 45),
    session('3', '2027-02-01', 45),
    session('4', '2026-09-01', 90, fullTime),
    session('5', '2026-09-01', 90, researcher),
  ]);
  await scheduled('cls_own', [session('6', '2026-09-01', 600)], 'school');
  const line = (sessions: number, minutes: number, hours: string) => [
    { trainer: { id: frontline }, sessions, minutes, hours },
  ];
  registry.now = new Date('2026-08-31T15:59:59.999Z');
  expect((await statement('2026-autumn')).lines).toEqual(line(0, 0, '0.00'));
  registry.now = new Date('2026-08-31T16:00:00.000Z');
  expect(await statement('2026-autumn')).toEqual({
    term: '2026-autumn',
    from: '2026-09-01',
    to: '2027-01-31',
    hours: '2.00',
    closedAt: null,
    lines: line(1, 90, '2.00'),
  });
  registry.now = new Date('2027-01-31T02:00:00.000Z');
  expect((await statement('2026-autumn')).lines).toEqual(line(2, 135, '3.00'));
  expect((await statement('2027-spring')).lines).toEqual(line(0, 0, '0.00'));
});

test('REG-12: a schedule published anew replaces the one before; a cancelled class is nobody’s workload', async () => {
  registry.now = new Date('2026-12-01T02:00:00.000Z');
  const before = (await statement('2026-autumn')).hours;
  await scheduled('cls_2', [session('21', '2026-10-01'), session('22', '2026-10-02')]);
  expect((await statement('2026-autumn')).hours).toBe(String((Number(before) + 4).toFixed(2)));
  await scheduled('cls_2', [session('22', '2026-10-02')]);
  expect((await statement('2026-autumn')).hours).toBe(String((Number(before) + 2).toFixed(2)));
  await registry.hear(courses.classRecorded, [
    { ...courses.classRecorded.example, classId: 'cls_2', state: 'cancelled' },
  ]);
  expect((await statement('2026-autumn')).hours).toBe(before);
});

test('REG-12: a term is closed the day after its last, once, and nothing changes it afterwards', async () => {
  registry.now = new Date('2027-01-31T15:59:59.999Z');
  expect((await closing('2026-autumn')).refusals).toMatchObject([
    { rule: 'REG-12', code: 'TERM_RUNNING', required: '2027-01-31', actual: '2027-01-31' },
  ]);
  registry.now = new Date('2027-01-31T16:00:00.000Z');
  const { statement: closed, refusals } = await closing('2026-autumn');
  expect(refusals).toEqual([]);
  expect(closed).toMatchObject({ hours: '3.00', closedAt: '2027-01-31T16:00:00.000Z' });
  await scheduled('cls_3', [session('31', '2026-11-01')]);
  expect(await statement('2026-autumn')).toEqual(closed);
  expect((await closing('2026-autumn')).refusals).toMatchObject([
    { code: 'STATEMENT_CLOSED', actual: '2026-autumn' },
  ]);
});

test('REG-12: the statement is for the school and the bureaus above it', async () => {
  expect(await statement('2026-autumn', county)).not.toBeNull();
  const strangers = [
    as('SchoolAdmin', { schoolId: 'sch_other' }),
    as('CountyAdmin', { regionCode: '140106' }),
  ];
  for (const caller of strangers) {
    expect(await statement('2026-autumn', caller)).toBeNull();
    expect((await closing('2027-spring', caller)).refusals).toMatchObject([
      { code: expect.stringMatching(/NOT_FOUND|FORBIDDEN/) },
    ]);
  }
  const { errors } = await registry.ask(
    county,
    `{ workloadStatement(schoolId: "${schoolId}", term: "2026-summer") { hours } }`,
  );
  expect(errors?.[0]?.message).toContain('2026-summer');
});
