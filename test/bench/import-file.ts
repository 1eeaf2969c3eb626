/** A workbook of many invented teachers, written as a stream, as a province's system would export it. */
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identityNumberOf, nameOf, phoneOf } from '@shixun/infra/province/people';
import ExcelJS from 'exceljs';

export const header = [
  ...[
    '姓名',
    '身份证号',
    '手机号',
    '学校标识码',
    '到校日期',
    '学段',
    '任教学科',
    '职称',
    '发展阶段',
  ],
  ...['乡村教师', '双师型', '校长', '毕业班教师'],
];

export type TeacherFile = { readonly path: string; readonly remove: () => Promise<void> };

/** `first` keeps clear of people who are on record already. */
export async function teacherFile(about: {
  readonly count: number;
  readonly first: number;
  readonly schoolCodes: readonly string[];
}): Promise<TeacherFile> {
  const path = join(tmpdir(), `shixun-import-${process.pid}-${about.first}.xlsx`);
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: path,
    useSharedStrings: true,
  });
  const sheet = workbook.addWorksheet('教师');
  sheet.addRow(['全省教师信息表']).commit();
  sheet.addRow(header).commit();
  for (let at = 0; at < about.count; at += 1) {
    sheet.addRow(line(about.first + at, about.schoolCodes)).commit();
    // Lets the writer's streams go on.
    if (at % 1000 === 999) await new Promise((resolve) => setImmediate(resolve));
  }
  sheet.commit();
  await workbook.commit();
  return { path, remove: () => rm(path, { force: true }) };
}

function line(n: number, schoolCodes: readonly string[]): (string | number)[] {
  return [
    nameOf(n),
    identityNumberOf(n),
    phoneOf(n),
    schoolCodes[n % schoolCodes.length] ?? '',
    // As a number of days, which is how Excel keeps dates.
    40_422 + (n % 4_000),
    '小学',
    n % 3 === 0 ? '语文、道德与法治' : '数学',
    '一级教师',
    n % 5 === 0 ? '骨干' : '在职',
    ...['否', '否', '否', '否'],
  ];
}
