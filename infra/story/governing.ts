/** What is looked after beside the trainings: a finding put right, numbers of people, the audit trail. */
import { addDays, civilDateOf } from '@shixun/kernel';
import type { Trainee } from './choosing.ts';
import type { Published } from './planning.ts';
import {
  type Answered,
  ask,
  attempt,
  command,
  eventually,
  expectThat,
  reasonsOf,
  StoryBroken,
  type World,
} from './world.ts';

/** A missing log is found by itself; the first day’s is ordered, written, answered, looked at again. [CRS-50, EVL-12] */
export async function putRight(world: World, published: Published): Promise<void> {
  const { bureau, institution, institutionId, classHead, regionCode } = world.cast;
  const { classId, sessions } = published;
  const filter = { rule: 'CRS-50', subject: classId, regionCode };
  const found = await eventually('the missing log is a finding', async () => {
    const { findings } = await ask(world, bureau, 'Findings', { filter });
    return findings.edges[0]?.node;
  });
  const findingId: string = found.id;
  await command(world, bureau, 'OrderRectification', {
    findingId,
    instruction: '补写开班当日的项目日志',
    dueOn: addDays(civilDateOf(await world.now()), 7),
    body: { kind: 'INSTITUTION', id: institutionId },
  });
  const [first] = sessions;
  if (!first) throw new StoryBroken('the class has no sessions');
  await command(world, classHead, 'WriteDailyLog', {
    classId,
    date: first.date,
    performance: '开班、分组，完成师德专题',
    incidents: '一位学员迟到一分钟',
    remarks: [],
  });
  await command(world, institution, 'AnswerRectification', { findingId, answer: '日志已补写' });
  const report = '已核对日志与考勤';
  const looked = { findingId, passed: true, report };
  const { finding } = await command(world, bureau, 'ReinspectFinding', looked);
  expectThat(finding.state === 'RESOLVED', 'EVL-12: the finding is put right', finding);
  world.tell(
    {
      zh: '问题整改：项目日志缺失被自动发现；平板补传后仍缺开班当日，下达整改、补写、答复、复查，办结：',
      en: 'A finding by itself: daily logs were missing, and the tablet did not bring the first day’s. Ordered, written, answered, looked at again, settled:',
    },
    { rule: found.rule, state: finding.state, body: finding.body },
  );
}

/** A number is masked until somebody says what it is needed for, and its owner sees who read it. [GOV-03] */
export async function readNumber(world: World, { teacher }: Trainee): Promise<void> {
  const { bureau, institution } = world.cast;
  const asked = { teacherId: teacher.id, purpose: '核对培训档案' };
  const { refusals } = await attempt(world, institution, 'ReadIdentityNumber', asked);
  expectThat(refusals.length > 0, 'GOV-03: a number is not for everyone', refusals);
  const read = await command(world, bureau, 'ReadIdentityNumber', asked);
  const { teacher: record } = await ask(world, teacher, 'TeacherRecord', { id: teacher.id });
  const [{ node: reading }] = record.disclosures.edges;
  expectThat(reading.purpose === asked.purpose, 'GOV-03: the owner sees the reading', record);
  world.tell(
    {
      zh: `个人信息默认遮蔽；培训机构查阅被拒，区教育局说明用途后读到 ${read.identityNumber}，本人看得到谁在何时为何查阅：`,
      en: `Numbers of people are masked. The institution may not read them; the bureau says what for and reads ${read.identityNumber}. The owner sees who read it and why:`,
    },
    {
      institution: reasonsOf(refusals),
      masked: [record.identityNumberMasked, record.phoneMasked],
      reading,
    },
  );
}

/** What was done to the class, by whom and by which policy, each entry chained to the one before. [GOV-02] */
export async function lookBack(world: World, { classId }: Published): Promise<void> {
  const { auditor } = world.cast;
  const asked = { id: classId, first: 100 };
  const { trainingClass } = await ask(world, auditor, 'TrainingClassAuditTrail', asked);
  const entries: Answered[] = trainingClass.auditTrail.edges.map(({ node }: Answered) => node);
  const chained = entries.every(
    ({ previousHash }, at) => at === 0 || previousHash === entries[at - 1].hash,
  );
  expectThat(chained && entries.length > 0, 'GOV-02: each entry is chained to the one before');
  world.tell(
    {
      zh: `审计人员查看本班轨迹：前 ${entries.length} 条首尾相接，最后几条：`,
      en: `The auditor reads the trail of the class: ${entries.length} entries, each chained to the one before. The last ones:`,
    },
    entries.slice(-3).map(({ sequence, at, commands, hash }) => ({ sequence, at, commands, hash })),
  );
}
