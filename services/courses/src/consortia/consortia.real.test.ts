/** A consortium from its recording to the commission, through the graph, on a real MongoDB. [REG-18] */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { registry } from '@shixun/contracts';
import type { Caller } from '@shixun/runtime';
import { institutionRecordedHandler } from '../projections/institutions.ts';
import { type Answered, RealCourses } from '../real-courses.example.ts';

let courses: RealCourses;
const { example } = registry.institutionRecorded;
type Told = typeof example;

/** What the registry tells of an institution: qualified for the days and the modality of its phase. */
function institution(
  institutionId: string,
  kind: Told['kind'],
  change: Partial<Told['qualification']> = {},
  parentInstitutionId: string | null = null,
): Told {
  return {
    ...example,
    institutionId,
    kind,
    parentInstitutionId,
    qualification: {
      state: 'qualified',
      levels: ['county'],
      stages: ['junior'],
      subjects: ['chinese'],
      modalities: ['concentrated'],
      validFrom: '2026-07-01',
      validTo: '2026-08-31',
      ...change,
    },
  };
}
const online = { modalities: ['online' as const], validFrom: '2026-09-01', validTo: '2026-12-31' };
const hear = async (...told: readonly Told[]) =>
  courses.hear(institutionRecordedHandler, registry.institutionRecorded, told);

beforeAll(async () => {
  courses = await RealCourses.open(process.env.MONGODB_URI);
  await hear(
    institution('ins_university', 'normal_university'),
    institution('ins_online', 'online_provider', online),
    institution('ins_college', 'university', {}, 'ins_university'),
  );
});
afterAll(() => courses.close());

const caller = (role: Caller['grants'][number]['role'], scope: object): Caller => ({
  subject: `usr_${role}`,
  grants: [{ role, ...scope }],
});
const county = caller('CountyAdmin', { regionCode: '140105' });
const leading = {
  institutionId: 'ins_university',
  role: 'LEADING_UNIVERSITY',
  phase: '集中研修',
  modality: 'CONCENTRATED',
  duties: '组织集中研修',
  startsOn: '2026-07-01',
  endsOn: '2026-08-31',
  hours: '60.00',
  amount: '100000.01',
};
const provider = {
  ...leading,
  institutionId: 'ins_online',
  role: 'ONLINE_PROVIDER',
  phase: '网络研修',
  modality: 'ONLINE',
  startsOn: '2026-09-01',
  endsOn: '2026-12-31',
  hours: '30.00',
  amount: '49999.99',
};

type Recorded = {
  consortium: {
    leader: { id: string };
    amount: string;
    members: { institution: { id: string }; hours: string; amount: string }[];
    gaps: { rule: string; code: string; path: string[]; required: string; actual: string }[];
    daysOfNobody: { from: string; to: string }[];
  } | null;
};
const fields = `consortium { leader { id } amount members { institution { id } hours amount }
  gaps { rule code path required actual } daysOfNobody { from to } }`;
const record = async (
  projectId: string,
  members: readonly object[] = [leading, provider],
  by: Caller = county,
) =>
  courses.give<Recorded>(
    by,
    'recordConsortium',
    { projectId, amount: '150000.00', members },
    fields,
  );
const commission = async (projectId: string, institutionId: string) =>
  courses.give<{ project: { state: string; institution: { id: string } } | null }>(
    county,
    'commissionInstitution',
    { projectId, institutionId },
    'project { state institution { id } }',
  );
const codes = ({ refusals }: Answered) => refusals.map(({ code }) => code);
const approved = async () => (await courses.addProject({ institutionId: null }))._id;

test('REG-18: hours and money are shared out to the hundredth, and the leader is commissioned for all', async () => {
  const projectId = await approved();
  const half = { ...provider, hours: '29.99', amount: '50000.00' };
  expect((await record(projectId, [leading, half])).refusals).toMatchObject([
    { rule: 'REG-18', code: 'CONSORTIUM_HOURS_DIFFER', required: '90.00', actual: '89.99' },
    { code: 'CONSORTIUM_MONEY_DIFFERS', required: '150000.00', actual: '150000.01' },
  ]);
  const recorded = await record(projectId);
  expect(recorded).toEqual({
    consortium: {
      leader: { id: 'ins_university' },
      amount: '150000.00',
      members: [
        { institution: { id: 'ins_university' }, hours: '60.00', amount: '100000.01' },
        { institution: { id: 'ins_online' }, hours: '30.00', amount: '49999.99' },
      ],
      gaps: [],
      daysOfNobody: [],
    },
    refusals: [],
  });
  expect(codes(await commission(projectId, 'ins_online'))).toEqual(['CONSORTIUM_LEADER_DIFFERS']);
  expect(await commission(projectId, 'ins_university')).toEqual({
    project: { state: 'COMMISSIONED', institution: { id: 'ins_university' } },
    refusals: [],
  });
  expect(codes(await record(projectId))).toEqual(['CONSORTIUM_FIXED']);
});

test('REG-18: without a consortium the same university is a phase short of the project', async () => {
  const projectId = await approved();
  const { refusals } = await commission(projectId, 'ins_university');
  expect(refusals).toMatchObject([
    { rule: 'REG-08', code: 'INSTITUTION_NOT_QUALIFIED', required: '2026-07-01 – 2026-12-31' },
  ]);
});

test('REG-18: a member a day short of its own phase is a gap that everybody concerned reads, and stops the commission until it is closed', async () => {
  const short = { ...online, validTo: '2026-12-30' };
  await hear(institution('ins_short', 'online_provider', short));
  const projectId = await approved();
  const members = [leading, { ...provider, institutionId: 'ins_short' }];
  const { consortium } = await record(projectId, members);
  expect(consortium?.gaps).toMatchObject([
    {
      rule: 'REG-18',
      code: 'CONSORTIUM_MEMBER_NOT_QUALIFIED',
      path: ['consortium', 'members', '1'],
      required: '2026-09-01 – 2026-12-31',
    },
  ]);
  expect(codes(await commission(projectId, 'ins_university'))).toEqual([
    'CONSORTIUM_MEMBER_NOT_QUALIFIED',
  ]);
  await hear(institution('ins_short', 'online_provider', online));
  expect((await commission(projectId, 'ins_university')).project?.state).toBe('COMMISSIONED');
});

test('REG-18: days of nobody are shown; recording again replaces the members', async () => {
  const projectId = await approved();
  const later = { ...provider, startsOn: '2026-09-03', endsOn: '2026-12-30' };
  expect((await record(projectId, [leading, later])).consortium?.daysOfNobody).toEqual([
    { from: '2026-09-01', to: '2026-09-02' },
    { from: '2026-12-31', to: '2026-12-31' },
  ]);
  expect((await record(projectId)).consortium?.daysOfNobody).toEqual([]);
});

test('REG-17: a college is a member of no consortium; its university is', async () => {
  const projectId = await approved();
  const college = { ...leading, institutionId: 'ins_college' };
  const { refusals } = await record(projectId, [college, provider]);
  expect(refusals).toMatchObject([
    {
      rule: 'REG-17',
      code: 'UNIVERSITY_PART_COMMISSIONED',
      required: 'ins_university',
      actual: 'ins_college',
    },
  ]);
});

test('REG-18: recorded by the owner alone, read by those concerned alone', async () => {
  const projectId = await approved();
  const neighbour = caller('CountyAdmin', { regionCode: '140106' });
  const provinces = caller('ProvinceAdmin', { regionCode: '140000' });
  expect(codes(await record(projectId, [leading, provider], neighbour))).toEqual(['NOT_FOUND']);
  await record(projectId);
  const read = async (by: Caller) =>
    (
      await courses.ask<{ consortium: { amount: string } | null }>(
        by,
        'query ($id: ID!) { consortium(projectId: $id) { amount } }',
        { id: projectId },
      )
    ).consortium;
  for (const by of [county, provinces]) expect(await read(by)).toEqual({ amount: '150000.00' });
  expect(await read(neighbour)).toBeNull();
  await expect(read(caller('Teacher', { personId: 'tch_1' }))).rejects.toThrow('Not yours');
});
