/**
 * The file again, with a verdict per row: written as a stream from the stored file, the batches and the faults, so that
 * neither is held in memory. Cells that would begin a formula are made harmless.
 */
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Refusal } from '@shixun/kernel';
import type { StoringRoom } from '@shixun/runtime';
import ExcelJS from 'exceljs';
import { dateOf, type FileRow, harmless } from '../cell.ts';
import { columnsOf } from '../columns.ts';
import { openFile } from '../reading/open-file.ts';
import {
  batchId,
  changesNothing,
  type ImportPass,
  type ImportRow,
  importBatches,
  importFaults,
  type Remark,
} from '../store.ts';

const verdictWords: Readonly<Record<string, string>> = {
  added: '新增 added',
  changed: '更改 changed',
  transferred: '调动 transferred',
  unchanged: '无变化 unchanged',
  faulty: '有误 faulty',
  '': '未处理 not done',
};

const titles = ['结论 Verdict', '说明 Remarks', 'Remarks (English)'];

type Lines = (cells: readonly string[]) => Promise<void> | void;

export async function writeAnnotated(
  room: StoringRoom,
  row: ImportRow,
  { format, out }: { readonly format: 'xlsx' | 'csv'; readonly out: Writable },
): Promise<void> {
  if (format === 'csv') {
    out.write('\ufeff');
    await annotate(room, row, async (cells) => {
      const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
      if (!out.write(`${line}\r\n`)) await once(out, 'drain');
    });
    out.end();
    return;
  }
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useStyles: false });
  const sheet = workbook.addWorksheet('结果 Result');
  await annotate(room, row, async (cells) => {
    sheet.addRow([...cells]).commit();
    if (out.writableNeedDrain) await once(out, 'drain');
  });
  sheet.commit();
  await workbook.commit();
}

async function annotate(room: StoringRoom, row: ImportRow, write: Lines): Promise<void> {
  const { file } = row;
  if (file === null) return;
  const open = await openFile(room.objects, file, room.uploads);
  const verdicts = new Verdicts(room, row);
  try {
    let width = file.columns.reduce((most, { at }) => Math.max(most, at + 1), 0);
    for await (const each of open.rows()) {
      if (each.number <= file.headerRow) width = Math.max(width, each.cells.length);
      const cells = shown(each, width, { row, is1904: open.is1904 });
      if (each.number < file.headerRow) await write(cells);
      else if (each.number === file.headerRow) await write([...cells, ...titles]);
      else {
        const { verdict, remark } = await verdicts.of(each.number);
        const { zh, en } = remark;
        await write([...cells, verdictWords[verdict] ?? verdict, harmless(zh), harmless(en)]);
      }
    }
  } finally {
    open.close();
  }
}

function said(title: string | null, message: string): string {
  return title === null ? message : `${title}: ${message}`;
}

/** The cells as text; what is a date by its column reads as one. */
function shown(
  { number, cells }: FileRow,
  width: number,
  { row, is1904 }: { readonly row: ImportRow; readonly is1904: boolean },
): readonly string[] {
  const dates = columnsOf[row.kind].filter(({ read }) => read.form === 'date');
  const dateColumns = row.file?.columns.filter(({ field }) =>
    dates.some((column) => column.field === field),
  );
  return Array.from({ length: width }, (_, at) => {
    const cell = cells[at];
    if (cell === undefined) return '';
    const isDate = number > (row.file?.headerRow ?? 0) && dateColumns?.some((d) => d.at === at);
    return harmless((isDate ? dateOf(cell, is1904) : null) ?? cell.text);
  });
}

type Fault = { readonly title: string | null; readonly refusal: Refusal };
type Known = { readonly verdict: string; readonly remark: Remark };

const noRemark: Remark = { zh: '', en: '' };

function remarkOn(faults: readonly Fault[]): Remark {
  return {
    zh: faults.map(({ title, refusal }) => said(title, refusal.messageZh)).join('；'),
    en: faults.map(({ title, refusal }) => said(title, refusal.messageEn)).join('; '),
  };
}

/** Walks batches and faults beside the file: both lie in the order of the rows. */
class Verdicts {
  readonly #room: StoringRoom;
  readonly #row: ImportRow;
  readonly #pass: ImportPass;
  #known = new Map<number, Known>();
  #batch = 0;
  #until = 0;

  constructor(room: StoringRoom, row: ImportRow) {
    this.#room = room;
    this.#row = row;
    const applied = ['applying', 'applied'].includes(row.state) && !changesNothing(row);
    this.#pass = applied ? 'application' : 'validation';
  }

  async of(number: number): Promise<Known> {
    while (number > this.#until && (await this.#next()));
    return this.#known.get(number) ?? { verdict: '', remark: noRemark };
  }

  async #next(): Promise<boolean> {
    const { db } = this.#room;
    const _id = batchId(this.#row._id, this.#pass, this.#batch);
    const batch = await db.model(importBatches).findById(_id).lean();
    const { doneRow } = this.#row;
    if (batch === null && this.#until >= doneRow) return false;
    const last = batch === null ? doneRow : batch.lastRow;
    const faults = await db
      .model(importFaults)
      .find({ importId: this.#row._id, row: { $gt: this.#until, $lte: last } })
      .sort({ row: 1, _id: 1 })
      .lean();
    const grouped = Map.groupBy(faults, ({ row }) => row);
    this.#known = new Map<number, Known>();
    for (const { row, verdict, remark = noRemark } of batch?.rows ?? [])
      this.#known.set(row, { verdict, remark });
    for (const [row, each] of grouped)
      this.#known.set(row, { verdict: 'faulty', remark: remarkOn(each) });
    this.#batch += 1;
    this.#until = last;
    return true;
  }
}
