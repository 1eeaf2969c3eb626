/** Who there is and by which policy: a file of teachers, an institution's qualification, a policy that is only a draft. */
import { randomUUID } from 'node:crypto';
import { addDays, addMonths, civilDateOf } from '@shixun/kernel';
import { identityNumberOf, nameOf, phoneOf } from '../province/people.ts';
import {
  type Answered,
  ask,
  command,
  eventually,
  expectThat,
  putFile,
  reasonsOf,
  type World,
} from './world.ts';

/** Numbers of invented people whom the demo province doesn't have yet. */
const newTeachers = [7_000_001, 7_000_002, 7_000_003];

/** A file of three teachers, one of them with a wrong identity number: told by row, the others come in. [REG-06] */
export async function bringTeachers(world: World): Promise<void> {
  const { bureau, school, schoolId, regionCode } = world.cast;
  const about = await ask(world, school, 'SchoolTeachers', { schoolId, first: 1 });
  const created = await command(world, bureau, 'CreateImport', {
    kind: 'TEACHERS',
    regionCode,
    fileName: '新入职教师.csv',
  });
  const { id, uploadPath } = created.import;
  await putFile(world, uploadPath, teacherFile(about.school.code));
  const settled = (state: string): Promise<Answered> =>
    eventually(`the import is ${state}`, async () => {
      const { import: seen } = await ask(world, bureau, 'Import', { id });
      return seen.state === state && seen;
    });
  const dry = await settled('VALIDATED');
  expectThat(dry.validated.faulty === 1, 'REG-06: one row is faulty', dry);
  await command(world, bureau, 'ApplyImport', { importId: id, mode: 'VALID_ROWS_ONLY' });
  const { applied } = await settled('APPLIED');
  const [{ node: verdict }] = dry.faults.edges;
  world.tell(
    {
      zh: `导入教师名册：读入 ${dry.rowsTotal} 行，有误 ${dry.validated.faulty} 行；新增 ${applied.added} 人，未变 ${applied.unchanged} 人。逐行结论：`,
      en: `A file of teachers: ${dry.rowsTotal} rows, ${dry.validated.faulty} faulty; ${applied.added} added, ${applied.unchanged} unchanged. The verdict:`,
    },
    { row: verdict.row, column: verdict.title, reasons: reasonsOf([verdict.refusal]) },
  );
}

function teacherFile(schoolCode: string): string {
  const rows = newTeachers.map((n, at) => {
    const right = identityNumberOf(n);
    const wrong = `${right.slice(0, -1)}${right.endsWith('1') ? '2' : '1'}`;
    const number = at === newTeachers.length - 1 ? wrong : right;
    return [nameOf(n), number, phoneOf(n), schoolCode, '2020-09-01', '小学', '数学', '在职'];
  });
  const header = '姓名,身份证号,手机号,学校标识码,到校日期,学段,任教学科,发展阶段';
  return [header, ...rows.map((row) => row.join(','))].join('\r\n');
}

/** An institution applies for a narrow scope and is granted it; each move stays in its history. [REG-08, REG-09] */
export async function qualify(world: World): Promise<string> {
  const { bureau, regionCode } = world.cast;
  const today = civilDateOf(await world.now());
  const name = `晋阳研修学院（演示 ${randomUUID().slice(0, 4)}）`;
  const registered = await command(world, bureau, 'RegisterInstitution', {
    name,
    kind: 'UNIVERSITY',
    regionCode,
    scope: {
      levels: ['COUNTY'],
      stages: ['PRIMARY'],
      subjects: ['chinese'],
      modalities: ['CONCENTRATED', 'BLENDED'],
      validFrom: today,
      validTo: addMonths(today, 24),
    },
  });
  const { id } = registered.institution;
  await command(world, bureau, 'ReviewQualification', { institutionId: id, verdict: 'TAKE_UP' });
  await command(world, bureau, 'ReviewQualification', { institutionId: id, verdict: 'GRANT' });
  const { institution } = await ask(world, bureau, 'Institution', { id });
  world.tell(
    {
      zh: `${name}申请资质，受理、授予，每一步留在履历中：`,
      en: 'An institution applies for its qualification; it is taken up and granted. The history:',
    },
    institution.moves.edges.map(({ node: { move, from, to, at } }: Answered) => ({
      move,
      from,
      to,
      at,
    })),
  );
  return id;
}

/** The county tries out a policy before it hands it in: what would change, for how many, and what it may not. */
export async function rehearsePolicy(world: World): Promise<void> {
  const { bureau, regionCode } = world.cast;
  const { draft } = await command(world, bureau, 'DraftPolicy', {
    profile: 'xiaodian-rehearsal',
    regionCode,
    effectiveFrom: addDays(civilDateOf(await world.now()), 60),
    figures: [
      { name: 'practiceShareMin', ratio: { numerator: 60, denominator: 100 } },
      { name: 'schedulePublishedBeforeMinDays', number: 1 },
    ],
  });
  const { policyWhatIf: seen } = await ask(world, bureau, 'PolicyWhatIf', { draftId: draft.id });
  const codes = seen.refusals.map(({ code }: Answered) => code);
  expectThat(codes.includes('FIGURE_LOOSENED'), 'a policy is only tightened downward', seen);
  await command(world, bureau, 'DiscardPolicyDraft', { draftId: draft.id });
  world.tell(
    {
      zh: `政策预演：实践课程由一半提到六成，涉及 ${seen.reach.teachers} 位教师；把课程表公布提前期放宽则不允许：`,
      en: `A policy is rehearsed: practice up to 60 % would reach ${seen.reach.teachers} teachers; publishing schedules later is a loosening and would be refused:`,
    },
    {
      changes: seen.changes.map(({ name, before, after, tighter }: Answered) => ({
        name,
        before: before.display,
        after: after.display,
        tighter,
      })),
      reasons: reasonsOf(seen.refusals),
    },
  );
}
