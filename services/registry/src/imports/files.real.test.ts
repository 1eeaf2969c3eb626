/** Files as people have them, on a real MongoDB, by the very routes: forms, encodings, damage, bombs. [REG-06] */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import { county } from '../real-registry.example.ts';
import { teachers } from '../teachers/store.ts';
import {
  numberOf,
  RealImports,
  teacherHeader,
  teacherLine,
  teacherLines,
  workbookOf,
} from './real-imports.example.ts';

let real: RealImports;

beforeAll(async () => {
  real = await RealImports.open();
});
afterAll(() => real.close());

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
    const id = await real.applied(file);
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
    expect(await valid(encode(csv([teacherHeader, ...teacherLines(310, 2)])))).toEqual([2]);
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
    const id = await real.applied(await workbookOf([teacherHeader, line]));
    expect((await real.result(county, id))[1]?.[0]).toBe('\'=HYPERLINK("http://x")');
    const { resultPath } = await real.see(county, id);
    const text = await real.app.inject({ method: 'GET', url: `${resultPath}&format=csv` });
    expect(text.body.split('\r\n')[1]).toMatch(/^"'=HYPERLINK\(""http:/);
    // What was given out can be brought back as it is.
    const again = await real.dryRun(county, Buffer.from(text.body));
    expect(await real.see(county, again.id)).toMatchObject({ validated: { unchanged: 1 } });
  });

  test('REG-06: cut off, no spreadsheet, without its columns, empty: refused at once, in both languages', async () => {
    const whole = await workbookOf([teacherHeader, ...teacherLines(340, 50)]);
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
    const before = await real.countTeachers();
    const text = csv([teacherHeader, ...teacherLines(400, 600), ['"打开的引号', '', '']]);
    const { id } = await real.dryRun(county, Buffer.from(text));
    expect(await real.see(county, id)).toMatchObject({
      state: 'FILE_REFUSED',
      refusals: [{ code: 'IMPORT_FILE_BROKEN' }],
    });
    expect(await real.countTeachers()).toBe(before);
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

  test('REG-06: of two uploads through one link at once one is taken whole, and the other harms nothing', async () => {
    const { id, path } = await real.create(county);
    const files = await Promise.all(
      [350, 360].map((from) => workbookOf([teacherHeader, ...teacherLines(from, 5)])),
    );
    const answers = await Promise.all(files.map((file) => real.upload(path, file)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409]);
    await real.work();
    expect(await real.see(county, id)).toMatchObject({ state: 'VALIDATED', rowsTotal: 5 });
    expect(await readdir(join(real.folder, 'imports', id))).toHaveLength(1);
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
