/** Counters, finding and workload of trainers on a real MongoDB, fed by events as the inbox brings them. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { courses, registry as told } from '@shixun/contracts';
import type { EventHandler } from '@shixun/runtime';
import { runUnit } from '@shixun/runtime';
import { county, province, RealRegistry } from '../real-registry.example.ts';
import { checkOneTeam } from './commands.ts';
import { countyTeamHandlers } from './events.ts';

let registry: RealRegistry;
beforeAll(async () => {
  registry = await RealRegistry.open(process.env.MONGODB_URI);
});
afterAll(() => registry.close());

async function hear(type: string, data: readonly Record<string, unknown>[]) {
  const handler = countyTeamHandlers.find(
    ({ contract }: EventHandler) => contract.type === type,
  ) as EventHandler;
  const events = data.map((each, n) => ({ data: each, envelope: { id: `evt_${n}` } }));
  await registry.unit((unit) => handler.handle(events as never, unit, registry.room));
}

const teacher = (n: number, change: Record<string, unknown> = {}) => ({
  ...told.teacherRecorded.example,
  teacherId: `tch_${n}`,
  status: 'active',
  rural: true,
  subjects: ['chinese'],
  regionCode: '140105200',
  ...change,
});
async function team() {
  const { data, errors } = await registry.ask(
    county,
    `{ countyTeams { edges { node { county { code } trainers ruralTeachers meets missing
       bySubject { subject trainers ruralTeachers meets } members { edges { node { id since } } } } } } }`,
  );
  expect(errors).toBeUndefined();
  return data.countyTeams.edges[0]?.node;
}
const check = () =>
  runUnit(registry.db, (unit) => checkOneTeam(unit, registry.room.policies), registry.room.run);

test('REG-13: the counters follow who is rural, where and in what, and a finding opens once a year', async () => {
  const type = told.teacherRecorded.type;
  await hear(
    type,
    Array.from({ length: 31 }, (_, n) => teacher(n)),
  );
  await hear(type, [teacher(0), teacher(1, { subjects: ['chinese', 'pe'] })]);
  expect(await team()).toMatchObject({ ruralTeachers: 31, trainers: 0, meets: false, missing: 2 });

  const { trainer } = await registry.command(
    county,
    'registerTrainer',
    {
      name: '王研究员',
      kind: 'TEACHING_RESEARCHER',
      fullTime: true,
      homeProvinceCode: '140000',
      subjects: ['chinese', 'pe'],
      specialty: '',
      regionCode: '140105',
    },
    'trainer { id inPool }',
  );
  const named = { regionCode: '140105', trainerId: trainer.id };
  const first = await registry.command(county, 'nameTeamMember', named, 'team { trainers }');
  expect(first).toEqual({ team: { trainers: 1 }, refusals: [] });
  const second = await registry.command(county, 'nameTeamMember', named, 'team { trainers }');
  expect(second.refusals[0]).toMatchObject({ rule: 'REG-13', code: 'MEMBER_ALREADY' });
  expect(await team()).toMatchObject({ meets: false, missing: 1 });

  expect(await check()).toBe(true);
  expect(await check()).toBe(false);
  registry.now = new Date('2026-09-02T02:00:00.000Z');
  expect(await check()).toBe(true);
  const findings = await registry.told('registry.finding.raised.v1');
  expect(findings).toEqual([
    expect.objectContaining({
      rule: 'REG-13',
      regionCode: '140105',
      figures: { required: '1:30', actual: '1:31', subjects: 'chinese' },
    }),
  ]);

  await hear(type, [teacher(30, { status: 'retired' })]);
  expect(await team()).toMatchObject({ ruralTeachers: 30, meets: true, missing: 0 });
  const { data } = await registry.ask(province, '{ countyTeams { edges { node { meets } } } }');
  expect(data.countyTeams.edges).toHaveLength(1);
});

test('CRS-33: who completes release-time study joins the county’s team, once, and leaves it with the completion', async () => {
  const { teacher: registered } = await registry
    .command(
      county,
      'registerSchool',
      { code: '2114000900', name: '村小', kind: 'PRIMARY', regionCode: '140105200', rural: true },
      'school { id }',
    )
    .then(({ school }) =>
      registry.command(
        county,
        'registerTeacher',
        {
          name: '张老师',
          identityNumber: '11010519491231002X',
          schoolId: school.id,
          stage: 'PRIMARY',
          subjects: ['chinese'],
          title: 'NONE',
          careerStage: 'YOUNG',
          minorityBilingual: false,
          dualQualified: false,
          principal: false,
          graduatingClass: false,
          since: '2026-08-01',
        },
        'teacher { id }',
      ),
    );
  const completed = {
    ...courses.completionConfirmed.example,
    teacherId: registered.id,
    modality: 'release_time',
  };
  const before = (await team()).trainers;
  const { type } = courses.completionConfirmed;
  await hear(type, [completed, { ...completed, modality: 'concentrated' }]);
  await hear(type, [{ ...completed, completionId: 'cmp_2' }]);
  expect((await team()).trainers).toBe(before + 1);
  await hear(courses.completionWithdrawn.type, [
    { completionId: completed.completionId, teacherId: registered.id, reason: 'x' },
  ]);
  expect((await team()).trainers).toBe(before);
});
