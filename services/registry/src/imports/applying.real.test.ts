/** From the dry run to the record, on a real MongoDB: both modes, the same file twice, every kind of file. [REG-06] */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { city, county } from '../real-registry.example.ts';
import { regions } from '../regions/store.ts';
import { schools } from '../schools/store.ts';
import { teachers } from '../teachers/store.ts';
import { trainers } from '../trainers/store.ts';
import {
  numberOf,
  RealImports,
  teacherHeader,
  teacherLine,
  teacherLines,
  workbookOf,
} from './real-imports.example.ts';
import { importBatches } from './store.ts';

let real: RealImports;

beforeAll(async () => {
  real = await RealImports.open();
});
afterAll(() => real.close());

describe('from the dry run to the record', () => {
  test('REG-06: the dry run writes nothing; the application writes all; the same file again changes nothing', async () => {
    const file = await workbookOf([teacherHeader, ...teacherLines(0, 3)]);
    const { id } = await real.dryRun(county, file);
    expect(await real.see(county, id)).toMatchObject({
      state: 'VALIDATED',
      rowsTotal: 3,
      validated: { read: 3, valid: 3, faulty: 0, added: 3 },
      applied: { read: 0 },
    });
    expect(await real.countTeachers()).toBe(0);
    expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toEqual([]);
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'APPLIED', applied: { added: 3 } });
    expect(await real.countTeachers()).toBe(3);

    const told = (await real.registry.told()).length;
    const audited = (await real.registry.audited()).filter(
      ({ command }) => command === 'applyImport',
    );
    expect(audited.filter(({ facts }) => facts.includes('"verdict":"added"'))).toHaveLength(3);
    const again = await real.dryRun(county, file);
    await real.apply(county, again.id, 'ALL_OR_NOTHING');
    await real.work();
    expect(await real.see(county, again.id)).toMatchObject({
      state: 'APPLIED',
      sameAs: id,
      applied: { read: 3, unchanged: 3, added: 0, changed: 0 },
    });
    expect(await real.countTeachers()).toBe(3);
    expect(await real.registry.told()).toHaveLength(told);
    const batches = { importId: again.id, pass: 'application' as const };
    expect(await real.registry.db.model(importBatches).countDocuments(batches)).toBe(0);
    expect((await real.result(county, again.id)).slice(1).map((row) => row[7])).toEqual(
      Array(3).fill('无变化 unchanged'),
    );
  });
});

describe('all, or the valid ones', () => {
  const withFaults = () => [
    teacherHeader,
    ...teacherLines(100, 2),
    ['无名', '110105194912310021', '', '2114000001', '2020-09-01', '小学', '语文'],
    ['李四', numberOf(103), '', '2114000002', '2020-09-01', '小学', '语文'],
    ['王五', numberOf(100), '', '2114000001', '昨天', '大学前', '占卜'],
    teacherLine(100),
  ];

  test('REG-06: faults are named by row and column in both languages and never say what stands there', async () => {
    const { id } = await real.dryRun(county, await workbookOf(withFaults()));
    expect(await real.faults(county, id)).toEqual([
      'B4 IDENTITY_NUMBER_CHECK_DIGIT',
      'D5 IMPORT_OUTSIDE_AREA',
      'E6 IMPORT_CELL_DATE',
      'F6 IMPORT_CELL_WORD',
      'G6 IMPORT_CELL_WORD',
      '7 IMPORT_ROW_REPEATED',
    ]);
    const seen = await real.see(county, id);
    expect(seen.faults.edges[2].node).toMatchObject({
      title: '到校日期',
      refusal: { messageZh: '不是有效日期，请写成 2020-09-01。' },
    });
    const all = JSON.stringify(seen.faults);
    for (const secret of ['110105194912310021', '无名', '占卜', '昨天']) {
      expect(all).not.toContain(secret);
    }
  });

  test('REG-06: all-or-nothing refuses a file with faults, valid-rows-only takes the others', async () => {
    const before = await real.countTeachers();
    const { id } = await real.dryRun(county, await workbookOf(withFaults()));
    expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toMatchObject([
      { code: 'IMPORT_HAS_FAULTS' },
    ]);
    expect(await real.apply(county, id, 'VALID_ROWS_ONLY')).toEqual([]);
    await real.work();
    expect(await real.countTeachers()).toBe(before + 2);
    expect(await real.see(county, id)).toMatchObject({
      state: 'APPLIED',
      applied: { read: 6, added: 2, faulty: 4 },
    });
    const verdicts = (await real.result(county, id)).map((row) => row[7]);
    const faulty = '有误 faulty';
    expect(verdicts).toEqual([
      '结论 Verdict',
      ...['新增 added', '新增 added'],
      ...[faulty, faulty, faulty, faulty],
    ]);
    expect(await real.apply(county, id, 'VALID_ROWS_ONLY')).toMatchObject([
      { code: 'IMPORT_WRONG_STATE' },
    ]);
  });

  test('REG-06: a change in the file changes that record alone and is told', async () => {
    await real.applied(await workbookOf([teacherHeader, ...teacherLines(120, 3)]));
    const told = (await real.registry.told()).length;
    const changed = teacherLines(120, 3);
    changed[1] = ['新名字', ...(changed[1] ?? []).slice(1, 6), '音乐'];
    const id = await real.applied(await workbookOf([teacherHeader, ...changed]));
    expect(await real.see(county, id)).toMatchObject({ applied: { changed: 1, unchanged: 2 } });
    const events = (await real.registry.told()).slice(told);
    expect(events).toMatchObject([{ subjects: ['music'] }]);
    expect(JSON.stringify(events)).not.toContain('新名字');
  });

  test('REG-06: a row that said nothing new is not written again, whatever became of the record since', async () => {
    const rows = teacherLines(130, 2);
    await real.applied(await workbookOf([teacherHeader, ...rows]));
    const changed = [rows[0] ?? [], [...(rows[1] ?? []).slice(0, 6), '音乐']];
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, ...changed]));
    const record = real.registry.db.model(teachers);
    await record.updateOne({ name: '教师130' }, { $set: { stage: 'junior' } });
    await real.apply(county, id, 'ALL_OR_NOTHING');
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ applied: { changed: 1, unchanged: 1 } });
    expect(await record.findOne({ name: '教师130' }).lean()).toMatchObject({ stage: 'junior' });
    expect((await real.result(county, id)).slice(1).map((row) => row[7])).toEqual([
      '无变化 unchanged',
      '更改 changed',
    ]);
  });

  test('REG-05: a new number is sealed, and the same number in another form is no change', async () => {
    const [line = []] = teacherLines(140, 1);
    const withPhone = (phone: string) => [...line.slice(0, 2), phone, ...line.slice(3)];
    const brought = async (phone: string) => {
      const id = await real.applied(await workbookOf([teacherHeader, withPhone(phone)]));
      return (await real.see(county, id)).applied;
    };
    const masked = async () =>
      (await real.registry.db.model(teachers).findOne({ name: '教师140' }).lean())?.phoneMasked;
    await real.applied(await workbookOf([teacherHeader, line]));
    expect(await brought('+86 140-0000-0140')).toMatchObject({ unchanged: 1 });
    expect(await brought('')).toMatchObject({ unchanged: 1 });
    expect(await brought('13900000141')).toMatchObject({ changed: 1 });
    expect(await masked()).toBe('139****0141');
    expect(await brought('13900000141')).toMatchObject({ unchanged: 1 });
  });

  test('REG-16: whoever comes by a file is compared, and compared anew under a new name', async () => {
    const twins = teacherLines(900, 2).map(([, ...rest]) => ['同名人', ...rest]);
    // The same birth date: their numbers differ in the last places alone.
    await real.applied(await workbookOf([teacherHeader, ...twins]));
    const pairs = async (likeness: string) => {
      await real.registry.runChore('find-duplicates');
      const { data } = await real.registry.ask(
        county,
        '{ probableDuplicates(first: 100) { edges { node { likeness teacher { name } other { name } } } } }',
      );
      return data.probableDuplicates.edges.filter(
        ({ node }: { node: { likeness: string[]; teacher: { name: string } } }) =>
          node.likeness.includes(likeness) && node.teacher.name.startsWith('同名人'),
      ).length;
    };
    expect(await pairs('BIRTH_DATE')).toBe(1);
    const third = teacherLines(902, 1);
    await real.applied(await workbookOf([teacherHeader, ...third]));
    expect(await pairs('BIRTH_DATE')).toBe(1);
    const renamed = third.map(([, ...rest]) => ['同名人', ...rest]);
    await real.applied(await workbookOf([teacherHeader, ...renamed]));
    expect(await pairs('BIRTH_DATE')).toBe(3);
  });

  test('REG-06: a row that can no longer be applied takes everything back', async () => {
    const rows = teacherLines(200, 1_050);
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, ...rows]));
    const before = await real.countTeachers();
    // Somebody registers a person of the last batch elsewhere, between the dry run and the application.
    const far = await real.registry.db.model(schools).findOne({ code: '2114000002' }).lean();
    const [name, identityNumber] = rows[1_030] ?? [];
    const input = { name, identityNumber, schoolId: far?._id, since: '2020-09-01' };
    const words = { stage: 'PRIMARY', subjects: ['pe'], careerStage: 'YOUNG' };
    await real.registry.command(city, 'registerTeacher', { ...input, ...words }, 'teacher { id }');
    await real.apply(county, id, 'ALL_OR_NOTHING');
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'UNDONE' });
    expect(await real.faults(county, id)).toEqual(['B1032 IDENTITY_NUMBER_TAKEN']);
    expect(await real.countTeachers()).toBe(before + 1);
    const told = await real.registry.told('registry.teacher.recorded.v1');
    const last = new Map(told.map((event) => [event.teacherId, event.status]));
    const living = await real.registry.db.model(teachers).distinct('_id');
    const believed = [...last].filter(([, status]) => status === 'active').map(([each]) => each);
    expect(believed.sort()).toEqual(living.sort());
  });
});

describe('regions, schools, trainers', () => {
  test('REG-06: regions and their schools: parents and central schools may stand in earlier rows', async () => {
    const regionRows = [
      ['区划代码', '名称'],
      ['140107', '杏花岭区'],
      ['140107001', '巨轮街道'],
    ];
    const input = { kind: 'REGIONS', regionCode: '140100' };
    const wrongOrder = [regionRows[0] ?? [], regionRows[2] ?? [], regionRows[1] ?? []];
    const { id } = await real.dryRun(city, await workbookOf(wrongOrder), input);
    expect(await real.faults(city, id)).toEqual(['A2 IMPORT_REGION_PARENT']);
    await real.applied(await workbookOf(regionRows), input, city);
    expect(await real.registry.db.model(regions).findById('140107001').lean()).toMatchObject({
      level: 'township',
      parentCode: '140107',
    });
    const schoolRows = [
      ['学校标识码', '学校名称', '学校类型', '区划代码', '中心学校标识码'],
      ['2114000700', '巨轮中心小学', '中心小学', '140107001', ''],
      ['2114000701', '巨轮教学点', '教学点', '140107001', '2114000700'],
    ];
    const schoolsInput = { kind: 'SCHOOLS', regionCode: '140107' };
    await real.applied(await workbookOf(schoolRows), schoolsInput, city);
    const point = await real.registry.db.model(schools).findOne({ code: '2114000701' }).lean();
    const central = await real.registry.db.model(schools).findOne({ code: '2114000700' }).lean();
    expect(point?.centralSchoolId).toBe(central?._id);
    const again = await real.applied(await workbookOf(schoolRows), schoolsInput, city);
    expect(await real.see(city, again)).toMatchObject({ applied: { unchanged: 2 } });
  });

  test('REG-06: trainers, known again by name, province and school', async () => {
    const rows = (specialty: string) => [
      ['姓名', '类别', '学科', '专长', '学校标识码'],
      ['赵六', '一线教师', '体育', specialty, '2114000001'],
    ];
    const input = { kind: 'TRAINERS' };
    await real.applied(await workbookOf(rows('田径')), input);
    const id = await real.applied(await workbookOf(rows('球类')), input);
    expect(await real.see(county, id)).toMatchObject({ applied: { changed: 1 } });
    const found = await real.registry.db.model(trainers).find({ name: '赵六' }).lean();
    expect(found).toMatchObject([{ specialty: '球类', inPool: false }]);
  });
});
