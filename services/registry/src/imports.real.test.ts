/** Files as people have them, on a real MongoDB, by the very routes: dry run, both modes, the same file twice. [REG-06] */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import {
  numberOf,
  RealImports,
  teacherHeader,
  teacherLine,
  workbookOf,
} from './imports/real-imports.example.ts';
import { as, city, county, province } from './real-registry.example.ts';
import { regions } from './regions/store.ts';
import { schools } from './schools/store.ts';
import { teachers } from './teachers/store.ts';
import { trainers } from './trainers/store.ts';

let real: RealImports;
let schoolId: string;

beforeAll(async () => {
  real = await RealImports.open();
  schoolId = await school('2114000001', '140105001');
  await school('2114000002', '140106001');
});
afterAll(() => real.close());

async function school(code: string, regionCode: string): Promise<string> {
  const input = { code, name: `学校${code}`, kind: 'PRIMARY', regionCode, rural: false };
  return (await real.registry.command(city, 'registerSchool', input, 'school { id }')).school.id;
}

const countTeachers = () => real.registry.db.model(teachers).countDocuments({});
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) => teacherLine(from + at));

describe('from the dry run to the record', () => {
  test('REG-06: the dry run writes nothing; the application writes all; the same file again changes nothing', async () => {
    const file = await workbookOf([teacherHeader, ...lines(0, 3)]);
    const { id } = await real.dryRun(county, file);
    expect(await real.see(county, id)).toMatchObject({
      state: 'VALIDATED',
      rowsTotal: 3,
      validated: { read: 3, valid: 3, faulty: 0, added: 3 },
      applied: { read: 0 },
    });
    expect(await countTeachers()).toBe(0);
    expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toEqual([]);
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'APPLIED', applied: { added: 3 } });
    expect(await countTeachers()).toBe(3);

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
    expect(await countTeachers()).toBe(3);
    expect(await real.registry.told()).toHaveLength(told);
    expect((await real.result(county, again.id)).slice(1).map((row) => row[7])).toEqual(
      Array(3).fill('无变化 unchanged'),
    );
  });
});

describe('all, or the valid ones', () => {
  const withFaults = () => [
    teacherHeader,
    ...lines(100, 2),
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
    const before = await countTeachers();
    const { id } = await real.dryRun(county, await workbookOf(withFaults()));
    expect(await real.apply(county, id, 'ALL_OR_NOTHING')).toMatchObject([
      { code: 'IMPORT_HAS_FAULTS' },
    ]);
    expect(await real.apply(county, id, 'VALID_ROWS_ONLY')).toEqual([]);
    await real.work();
    expect(await countTeachers()).toBe(before + 2);
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
    await applied(await workbookOf([teacherHeader, ...lines(120, 3)]));
    const told = (await real.registry.told()).length;
    const changed = lines(120, 3);
    changed[1] = ['新名字', ...(changed[1] ?? []).slice(1, 6), '音乐'];
    const id = await applied(await workbookOf([teacherHeader, ...changed]));
    expect(await real.see(county, id)).toMatchObject({ applied: { changed: 1, unchanged: 2 } });
    const events = (await real.registry.told()).slice(told);
    expect(events).toMatchObject([{ subjects: ['music'] }]);
    expect(JSON.stringify(events)).not.toContain('新名字');
  });

  test('REG-16: whoever comes by a file is compared, and compared anew under a new name', async () => {
    const twins = lines(900, 2).map(([, ...rest]) => ['同名人', ...rest]);
    // The same birth date: their numbers differ in the last places alone.
    await applied(await workbookOf([teacherHeader, ...twins]));
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
    const third = lines(902, 1);
    await applied(await workbookOf([teacherHeader, ...third]));
    expect(await pairs('BIRTH_DATE')).toBe(1);
    const renamed = third.map(([, ...rest]) => ['同名人', ...rest]);
    await applied(await workbookOf([teacherHeader, ...renamed]));
    expect(await pairs('BIRTH_DATE')).toBe(3);
  });

  test('REG-06: a row that can no longer be applied takes everything back', async () => {
    const rows = lines(200, 600);
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, ...rows]));
    const before = await countTeachers();
    // Somebody registers a person of the last batch elsewhere, between the dry run and the application.
    const far = await real.registry.db.model(schools).findOne({ code: '2114000002' }).lean();
    const [name, identityNumber] = rows[550] ?? [];
    const input = { name, identityNumber, schoolId: far?._id, since: '2020-09-01' };
    const words = { stage: 'PRIMARY', subjects: ['pe'], careerStage: 'YOUNG' };
    await real.registry.command(city, 'registerTeacher', { ...input, ...words }, 'teacher { id }');
    await real.apply(county, id, 'ALL_OR_NOTHING');
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'UNDONE' });
    expect(await real.faults(county, id)).toEqual(['B552 IDENTITY_NUMBER_TAKEN']);
    expect(await countTeachers()).toBe(before + 1);
    const told = await real.registry.told('registry.teacher.recorded.v1');
    const last = new Map(told.map((event) => [event.teacherId, event.status]));
    const living = await real.registry.db.model(teachers).distinct('_id');
    const believed = [...last].filter(([, status]) => status === 'active').map(([each]) => each);
    expect(believed.sort()).toEqual(living.sort());
  });
});

async function applied(file: Buffer, input: Record<string, unknown> = {}, caller = county) {
  const { id, refused } = await real.dryRun(caller, file, input);
  expect(refused).toEqual([]);
  expect(await real.faults(caller, id)).toEqual([]);
  expect(await real.apply(caller, id, 'ALL_OR_NOTHING')).toEqual([]);
  await real.work();
  return id;
}

describe('files as people have them', () => {
  const valid = async (file: Buffer, input: Record<string, unknown> = {}) => {
    const { id, refused } = await real.dryRun(county, file, input);
    return refused.length > 0
      ? refused.map(({ code }) => code)
      : [(await real.see(county, id)).validated.valid, ...(await real.faults(county, id))];
  };

  test('REG-06: a title, two header rows with merged cells, Excel’s dates, spaces and full-width digits', async () => {
    const wide = (text: string) =>
      text.replaceAll(/[0-9]/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
    const file = await workbookOf(
      [
        ['某县教师信息表'],
        ['填表说明：请勿合并数据行'],
        ['姓名（必填）', '证件', '', '任教信息', '', '', ''],
        ['', '身份证号码', '联系电话', '学校代码', '到校时间', '任教学段', '科目'],
        ['  张三 ', wide(numberOf(300)), ' 14000000300 ', 2114000001, 44075, '小学 ', '语文，数学'],
        ['', '', '', '', '', '', ''],
        [
          '李四',
          numberOf(301),
          14000000301,
          ' 2114000001',
          new Date('2020-09-01T00:00:00Z'),
          '小学',
          '语文',
        ],
      ],
      (sheet) => {
        sheet.mergeCells('A1:G1');
        sheet.mergeCells('A3:A4');
        sheet.mergeCells('B3:C3');
        sheet.mergeCells('D3:G3');
      },
    );
    const id = await applied(file);
    expect(await real.see(county, id)).toMatchObject({ applied: { added: 2 } });
    const row = await real.registry.db.model(teachers).findOne({ name: '张三' }).lean();
    expect(row).toMatchObject({
      subjects: ['chinese', 'mathematics'],
      identityMasked: `140${'*'.repeat(11)}${numberOf(300).slice(-4)}`,
    });
    expect(row?.postings[0]?.from).toBe('2020-09-01');
  });

  const csv = (rows: readonly (readonly string[])[]) =>
    `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`;
  // GB18030 of the header and of 教师 小学 语文, as a Chinese spreadsheet program writes them.
  const gb18030 = (text: string) => {
    const decoder = new TextDecoder('gb18030');
    const bytesOf = new Map<string, readonly number[]>();
    for (let high = 0x81; high <= 0xfe; high += 1) {
      for (let low = 0x40; low <= 0xfe; low += 1) {
        if (low === 0x7f) continue;
        bytesOf.set(decoder.decode(Uint8Array.of(high, low)), [high, low]);
      }
    }
    return Buffer.from([...text].flatMap((char) => bytesOf.get(char) ?? [char.charCodeAt(0)]));
  };

  test.each([
    ['UTF-8', (text: string) => Buffer.from(text)],
    ['UTF-8 with its mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['GB18030', gb18030],
    ['UTF-16', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['tabs', (text: string) => Buffer.from(text.replaceAll(',', '\t'))],
  ])('REG-06: .csv in %s', async (_name, encode) => {
    expect(await valid(encode(csv([teacherHeader, ...lines(310, 2)])))).toEqual([2]);
  });

  test('REG-06: formulas take their result, and are refused by name without one; long numbers as numbers too', async () => {
    const file = await workbookOf([
      teacherHeader,
      [{ formula: 'A9&"三"', result: '张三' }, ...teacherLine(320).slice(1)],
      [{ formula: 'A9' } as ExcelJS.CellFormulaValue, ...teacherLine(321).slice(1)],
      ['王五', Number(numberOf(322).replace('X', '0')), ...teacherLine(322).slice(2)],
      [{ error: '#N/A' } as ExcelJS.CellErrorValue, ...teacherLine(323).slice(1)],
    ]);
    expect(await valid(file)).toEqual([
      1,
      'A3 IMPORT_CELL_FORMULA',
      'B4 IMPORT_CELL_DIGITS_LOST',
      'A5 IMPORT_CELL_ERROR',
    ]);
  });

  test('REG-06: text that begins a formula comes in as text and goes out harmless, in both forms', async () => {
    const line = ['=HYPERLINK("http://x")', ...teacherLine(330).slice(1)];
    const id = await applied(await workbookOf([teacherHeader, line]));
    expect((await real.result(county, id))[1]?.[0]).toBe('\'=HYPERLINK("http://x")');
    const { resultPath } = await real.see(county, id);
    const text = await real.app.inject({ method: 'GET', url: `${resultPath}&format=csv` });
    expect(text.body.split('\r\n')[1]).toMatch(/^"'=HYPERLINK\(""http:/);
    // What was given out can be brought back as it is.
    const again = await real.dryRun(county, Buffer.from(text.body));
    expect(await real.see(county, again.id)).toMatchObject({ validated: { unchanged: 1 } });
  });

  test('REG-06: cut off, no spreadsheet, without its columns, empty: refused at once, in both languages', async () => {
    const whole = await workbookOf([teacherHeader, ...lines(340, 50)]);
    expect(await valid(whole.subarray(0, whole.length / 2))).toEqual(['IMPORT_FILE_BROKEN']);
    expect(await valid(whole.subarray(0, whole.length - 30))).toEqual(['IMPORT_FILE_BROKEN']);
    expect(await valid(Buffer.from('d0cf11e0a1b11ae10000', 'hex'))).toEqual(['IMPORT_FILE_KIND']);
    expect(
      await valid(
        await workbookOf([
          ['姓名', '年龄'],
          ['张三', 30],
        ]),
      ),
    ).toEqual(['IMPORT_COLUMNS_MISSING']);
    expect(await valid(await workbookOf([teacherHeader]))).toEqual(['IMPORT_FILE_EMPTY']);
    const { id, refused } = await real.dryRun(county, Buffer.from('x'));
    expect(refused[0]?.messageZh).toMatch(/身份证号/);
    expect(await real.see(county, id)).toMatchObject({ state: 'FILE_REFUSED', resultPath: null });
  });

  test('REG-06: data damaged in the middle is refused when the reading comes there, and nothing was written', async () => {
    const before = await countTeachers();
    const text = csv([teacherHeader, ...lines(400, 600), ['"打开的引号', '', '']]);
    const { id } = await real.dryRun(county, Buffer.from(text));
    expect(await real.see(county, id)).toMatchObject({
      state: 'FILE_REFUSED',
      refusals: [{ code: 'IMPORT_FILE_BROKEN' }],
    });
    expect(await countTeachers()).toBe(before);
  });

  test('REG-06: a bomb is refused by its table of contents, before it is unpacked', async () => {
    const bomb = await workbookOf([teacherHeader, [' '.repeat(30_000)]], (sheet) => {
      for (let row = 3; row < 400; row += 1)
        sheet.getCell(`A${row}`).value = `${row}${'啊'.repeat(30_000)}`;
    });
    expect(bomb.length).toBeLessThan(real.room.uploads.bytesMax);
    expect(await valid(bomb)).toEqual(['IMPORT_FILE_BOMB']);
  });

  test('REG-06: a file larger than allowed is refused while it comes', async () => {
    const { path } = await real.create(county);
    const { status, body } = await real.upload(
      path,
      Buffer.alloc(real.room.uploads.bytesMax + 1, 65),
    );
    expect({ status, code: body.refusals[0].code }).toEqual({
      status: 422,
      code: 'IMPORT_FILE_TOO_LARGE',
    });
  });

  test('REG-06: the template is refused while it is empty, and taken once it is filled in', async () => {
    for (const kind of ['regions', 'schools', 'teachers', 'trainers']) {
      const url = `/imports/templates/${kind}.xlsx`;
      const answer = await real.app.inject({ method: 'GET', url });
      const { id } = await real.dryRun(county, answer.rawPayload, { kind: kind.toUpperCase() });
      expect(await real.see(county, id)).toMatchObject({
        state: 'FILE_REFUSED',
        refusals: [{ code: 'IMPORT_FILE_EMPTY' }],
      });
    }
    const { rawPayload } = await real.app.inject('/imports/templates/teachers.xlsx');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(rawPayload as never);
    const row = workbook.worksheets[0]?.getRow(2);
    for (const [at, value] of teacherLine(350).entries()) {
      if (row !== undefined) row.getCell(at + 1).value = value;
    }
    expect(await valid(Buffer.from(await workbook.xlsx.writeBuffer()))).toEqual([1]);
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
    await applied(await workbookOf(regionRows), input, city);
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
    await applied(await workbookOf(schoolRows), schoolsInput, city);
    const point = await real.registry.db.model(schools).findOne({ code: '2114000701' }).lean();
    const central = await real.registry.db.model(schools).findOne({ code: '2114000700' }).lean();
    expect(point?.centralSchoolId).toBe(central?._id);
    const again = await applied(await workbookOf(schoolRows), schoolsInput, city);
    expect(await real.see(city, again)).toMatchObject({ applied: { unchanged: 2 } });
  });

  test('REG-06: trainers, known again by name, province and school', async () => {
    const rows = (specialty: string) => [
      ['姓名', '类别', '学科', '专长', '学校标识码'],
      ['赵六', '一线教师', '体育', specialty, '2114000001'],
    ];
    const input = { kind: 'TRAINERS' };
    await applied(await workbookOf(rows('田径')), input);
    const id = await applied(await workbookOf(rows('球类')), input);
    expect(await real.see(county, id)).toMatchObject({ applied: { changed: 1 } });
    const found = await real.registry.db.model(trainers).find({ name: '赵六' }).lean();
    expect(found).toMatchObject([{ specialty: '球类', inPool: false }]);
  });
});

describe('who may', () => {
  test('REG-01: a school brings its own teachers and nothing else; a bureau its own area', async () => {
    const own = as('SchoolAdmin', { schoolId });
    const file = await workbookOf([
      teacherHeader,
      teacherLine(500),
      teacherLine(501, '2114000002'),
    ]);
    const input = { regionCode: undefined, schoolId };
    const { id } = await real.dryRun(own, file, input);
    expect(await real.faults(own, id)).toEqual(['D3 IMPORT_OUTSIDE_AREA']);
    expect((await real.create(own, { ...input, kind: 'SCHOOLS' })).refusals).toMatchObject([
      { code: 'IMPORT_KIND_FORBIDDEN' },
    ]);
    const outside = await real.create(county, { regionCode: '140106' });
    expect(outside.refusals).toMatchObject([{ code: 'NOT_FOUND' }]);
  });

  test('GOV-03: who brought the file applies it and gets it back, nobody else; those above see how it went', async () => {
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, teacherLine(510)]));
    const above = 'query ($id: ID!) { import(id: $id) { state resultPath } }';
    const seen = await real.registry.ask(province, above, { id });
    expect(seen.data.import).toEqual({ state: 'VALIDATED', resultPath: null });
    expect(await real.apply(city, id, 'ALL_OR_NOTHING')).toMatchObject([{ code: 'NOT_FOUND' }]);
    const other = as('CountyAdmin', { regionCode: '140106' });
    const list = await real.registry.ask(other, '{ imports { edges { node { id } } } }');
    expect(list.data.imports.edges).toEqual([]);
  });

  test('GOV-03: links hold for their one thing; a file comes once', async () => {
    const { path, id } = await real.create(county);
    const file = await workbookOf([teacherHeader, teacherLine(520)]);
    const forged = path.replace(/signature=.{4}/, 'signature=AAAA');
    expect((await real.upload(forged, file)).status).toBe(403);
    expect((await real.upload(path, file)).status).toBe(202);
    expect((await real.upload(path, file)).status).toBe(409);
    await real.work();
    const asResult = path.replace('/file?', '/result?');
    expect((await real.app.inject({ method: 'GET', url: asResult })).statusCode).toBe(403);
    const raw = await readFile(join(real.folder, 'imports', id, 'file'));
    expect(raw.subarray(0, 4).toString()).toBe('SHX1');
  });

  test('GOV-03: when the time is over the file is gone, and that there was an import stays', async () => {
    const { id } = await real.dryRun(county, await workbookOf([teacherHeader, teacherLine(530)]));
    const now = real.registry.now;
    const { removeOldFiles } = await import('./imports/working/removal.ts');
    await removeOldFiles(real.room);
    expect(await readdir(join(real.folder, 'imports', id))).toEqual(['file']);
    real.registry.now = new Date(now.getTime() + 32 * 86_400_000);
    await removeOldFiles(real.room);
    expect(await readdir(join(real.folder, 'imports', id))).toEqual([]);
    expect(await real.see(county, id)).toMatchObject({ state: 'REMOVED', resultPath: null });
    real.registry.now = now;
  });
});
