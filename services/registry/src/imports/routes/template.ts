/** An empty workbook per kind: the columns, lists to choose from, and a sheet that explains them. */
import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { type Column, columnsOf, type ImportKind } from '../columns.ts';

const rowsWithLists = 2_000;

export async function writeTemplate(kind: ImportKind, out: Writable): Promise<void> {
  const workbook = new ExcelJS.Workbook();
  const columns = columnsOf[kind];
  const sheet = workbook.addWorksheet('数据 Rows', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map(({ zh, required }) => ({
    header: required ? `*${zh}` : zh,
    width: 20,
    // Text, so that long numbers keep their digits.
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  for (const [at, column] of columns.entries()) {
    const words = wordsOf(column);
    // A list in the cell holds 255 characters at most.
    if (words.length === 0 || words.join().length > 250 || column.read.form === 'words') continue;
    const letter = sheet.getColumn(at + 1).letter;
    for (let row = 2; row <= rowsWithLists; row += 1) {
      sheet.getCell(`${letter}${row}`).dataValidation = {
        type: 'list',
        allowBlank: !column.required,
        formulae: [`"${words.join()}"`],
      };
    }
  }
  const notes = workbook.addWorksheet('说明 Notes');
  notes.columns = [
    { header: '列 Column', width: 24 },
    { header: 'English', width: 24 },
    { header: '必填 Required', width: 14 },
    { header: '可填内容 Words', width: 60 },
    { header: '示例 Example', width: 24 },
    { header: '也可写作 Also read', width: 60 },
  ];
  for (const column of columns) {
    const { zh, en, required, example, also } = column;
    const words = wordsOf(column).join('、');
    notes.addRow([zh, en, required ? '是 yes' : '否 no', words, example, also.join('、')]);
  }
  await workbook.xlsx.write(out);
}

function wordsOf({ read }: Column): readonly string[] {
  if (read.form === 'flag') return ['是', '否'];
  return 'words' in read ? Object.values(read.words).flatMap(([official]) => official ?? []) : [];
}
