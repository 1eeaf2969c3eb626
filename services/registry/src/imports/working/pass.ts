/**
 * One pass over a file: the dry run, or the application. Rows go in batches; each batch is one transaction that holds
 * what the rows did, what was wrong, the undo journal and the checkpoint, so a kill at any moment leaves whole batches
 * and whoever comes next goes on after the last one.
 */
import { type Decision, explain, type Fault, fault } from '@shixun/kernel';
import { type FilesRoom, runUnit, type Unit } from '@shixun/runtime';
import type { FileRow } from '../cell.ts';
import { columnName } from '../cell.ts';
import { columnsOf, type ImportKind } from '../columns.ts';
import { isBlank, type ReadRow, readRow } from '../read-row.ts';
import { openFile } from '../reading/open-file.ts';
import { FileRefused } from '../reading/refused.ts';
import { codes } from '../refusals.ts';
import {
  batchId,
  type ImportCounts,
  type ImportFile,
  type ImportPass,
  type ImportRow,
  importBatches,
  importFaults,
  importKeys,
  imports,
  type Journalled,
} from '../store.ts';
import { regionWork } from '../store-regions.ts';
import { schoolWork } from '../store-schools.ts';
import { teacherWork } from '../store-teachers.ts';
import { trainerWork } from '../store-trainers.ts';
import {
  earlierRows,
  type KindWork,
  type Planned,
  type WorkRoom,
  workRoom,
} from '../store-work.ts';
import { type ImportLease, ImportLeaseLost } from './lease.ts';

export const kindWork: Readonly<Record<ImportKind, KindWork>> = {
  regions: regionWork,
  schools: schoolWork,
  teachers: teacherWork,
  trainers: trainerWork,
};

const batchRows = 500;
/** A batch of many updates on a busy database takes seconds; should the lease end meanwhile, it can't commit. */
const batchDeadlineMs = 15_000;

export type PassEnd = 'ended' | 'empty' | 'interrupted' | 'faulty';

export type PassRoom = FilesRoom & { readonly lease: ImportLease; readonly signal: AbortSignal };

/**
 * Goes on with the pass where it stands. `faulty`: the application of all-or-nothing met a row that can't be applied any
 * more, and did not write its batch. `empty`: there is no row that says anything. Throws `FileRefused` when the file can't be read on.
 */
export async function runPass(room: PassRoom, row: ImportRow, pass: ImportPass): Promise<PassEnd> {
  const { objects, uploads, lease, signal } = room;
  const { file } = row;
  if (objects === null || file === null) throw new Error('an import without its file');
  let { batches } = row;
  const open = await openFile(objects, file, uploads);
  try {
    for await (const batch of batchesOf(open.rows(), { row, file, is1904: open.is1904 })) {
      if (signal.aborted) return 'interrupted';
      await lease.renew();
      if (batch.rowsBefore + batch.rows.length > uploads.rowsMax) throw tooMany(uploads.rowsMax);
      const whole = await writeBatch(room, row._id, { pass, rows: batch.rows });
      if (!whole) return 'faulty';
      batches += 1;
    }
    return batches === 0 ? 'empty' : 'ended';
  } finally {
    open.close();
  }
}

type Batch = { readonly rows: readonly ReadRow[]; readonly rowsBefore: number };

/** Rows after the checkpoint, the blank ones left out. */
async function* batchesOf(
  rows: AsyncIterable<FileRow>,
  about: { readonly row: ImportRow; readonly file: ImportFile; readonly is1904: boolean },
): AsyncGenerator<Batch> {
  const { row, file, is1904 } = about;
  const reading = { columns: columnsOf[row.kind], found: file.columns, is1904 };
  let rowsBefore = 0;
  let batch: ReadRow[] = [];
  for await (const each of rows) {
    if (each.number <= file.headerRow || isBlank(each, file.columns)) continue;
    if (each.number <= row.doneRow) {
      rowsBefore += 1;
      continue;
    }
    batch.push(readRow(each, reading));
    if (batch.length < batchRows) continue;
    yield { rows: batch, rowsBefore };
    rowsBefore += batch.length;
    batch = [];
  }
  if (batch.length > 0) yield { rows: batch, rowsBefore };
}

function tooMany(required: number): FileRefused {
  return new FileRefused([fault(codes.IMPORT_ROWS_TOO_MANY, ['file'], { required })]);
}

type Part = { readonly pass: ImportPass; readonly rows: readonly ReadRow[] };

/** False when the batch must not be written: all-or-nothing, and not all. */
async function writeBatch(room: PassRoom, importId: string, part: Part): Promise<boolean> {
  const options = { ...room.run, deadlineMs: batchDeadlineMs };
  return runUnit(
    room.db,
    async (unit) => {
      const row = await heldImport(unit, room.lease);
      if (row._id !== importId) throw new ImportLeaseLost(importId);
      const work = workRoom(unit, row, { personalDataKey: room.personalDataKey, pass: part.pass });
      return decideBatch(work, part);
    },
    options,
  );
}

/** The import, when the lease is still ours; who takes it over meanwhile conflicts with this unit. */
export async function heldImport(unit: Unit, lease: ImportLease): Promise<ImportRow> {
  const row = await unit.findById(imports, lease.importId);
  if (row === null || row.leaseToken !== lease.token) throw new ImportLeaseLost(lease.importId);
  return row;
}

async function decideBatch(room: WorkRoom, { pass, rows }: Part): Promise<boolean> {
  const { unit, import: row } = room;
  const kind = kindWork[row.kind];
  const known = pass === 'application' ? await faultyRows(room, rows) : new Set<number>();
  const candidates = rows.filter(({ faults, number }) => faults.length === 0 && !known.has(number));
  const repeats = await repeatsOf(room, candidates, pass);
  const plan = await kind.gather(candidates, room);
  const done: Journalled[] = [];
  const faulty: { readonly row: ReadRow; readonly faults: readonly Fault[] }[] = [];
  const planned: { readonly row: ReadRow; readonly plan: Planned }[] = [];
  for (const each of rows) {
    if (known.has(each.number)) continue;
    const decision = decideRow(each, repeats, plan);
    if (decision.accepted) planned.push({ row: each, plan: decision.outcome });
    else faulty.push({ row: each, faults: decision.faults });
  }
  // What is known to be faulty counts too: a kill may have come after the fault was written and before the undoing.
  const allFaulty = known.size + faulty.length;
  const broken = pass === 'application' && row.mode === 'all_or_nothing' && allFaulty > 0;
  for (const { row: each, faults } of faulty) writeFaults(room, each, { faults, kind });
  if (broken) return false;
  for (const { row: each, plan: outcome } of planned) {
    if (pass === 'validation') {
      const key = kind.keyOf(each, room);
      const _id = `${row._id}/${key}`;
      const facts = outcome.facts ?? {};
      unit.insert(importKeys, { _id, row: each.number, facts, removeAt: row.removeAt });
      done.push({ row: each.number, verdict: outcome.verdict, id: '', before: null });
      continue;
    }
    const { id, before } = outcome.write();
    done.push({ row: each.number, verdict: outcome.verdict, id, before });
    if (outcome.verdict !== 'unchanged') note(room, each.number, { id, verdict: outcome.verdict });
  }
  checkpoint(room, { pass, rows, done, faulty: allFaulty });
  return true;
}

function decideRow(
  row: ReadRow,
  repeats: ReadonlyMap<number, number>,
  plan: (row: ReadRow) => Decision<Planned>,
): Decision<Planned> {
  if (row.faults.length > 0) return { accepted: false, faults: row.faults };
  const earlier = repeats.get(row.number);
  if (earlier === undefined) return plan(row);
  return { accepted: false, faults: [fault(codes.IMPORT_ROW_REPEATED, [], { actual: earlier })] };
}

/** In the dry run: which row repeats which earlier one, by their keys. Afterwards such rows are known to be faulty. */
async function repeatsOf(
  room: WorkRoom,
  rows: readonly ReadRow[],
  pass: ImportPass,
): Promise<ReadonlyMap<number, number>> {
  if (pass === 'application') return new Map();
  const { keyOf } = kindWork[room.import.kind];
  const keys = rows.map((row) => keyOf(row, room));
  const earlier = await earlierRows(room, keys);
  const first = new Map([...earlier].map(([key, { row }]) => [key, row]));
  const repeats = new Map<number, number>();
  for (const [at, { number }] of rows.entries()) {
    const key = keys[at] ?? '';
    const before = first.get(key);
    if (before === undefined) first.set(key, number);
    else repeats.set(number, before);
  }
  return repeats;
}

/** Rows of the batch that the dry run found faulty. */
async function faultyRows(room: WorkRoom, rows: readonly ReadRow[]): Promise<ReadonlySet<number>> {
  const importId = room.import._id;
  const row = { $gte: rows[0]?.number ?? 0, $lte: rows.at(-1)?.number ?? 0 };
  const found = await room.unit.find(importFaults, { importId, row });
  return new Set(found.map((each) => each.row));
}

function writeFaults(
  { unit, import: { _id, file, removeAt } }: WorkRoom,
  { number }: ReadRow,
  { faults, kind }: { readonly faults: readonly Fault[]; readonly kind: KindWork },
): void {
  const row = String(number).padStart(7, '0');
  for (const [at, each] of faults.entries()) {
    const [path = ''] = each.path;
    const field = kind.columnOf[path] ?? path;
    const found = file?.columns.find((column) => column.field === field);
    unit.upsert(
      importFaults,
      { _id: `${_id}/${row}/${String(at).padStart(2, '0')}` },
      {
        $set: {
          importId: _id,
          row: number,
          column: found === undefined ? null : columnName(found.at),
          title: found?.title ?? null,
          refusal: explain({ ...each, path: field === '' ? [] : [field] }),
          removeAt,
        },
      },
    );
  }
}

/** The audit of a record says by which import and row it came to be. [GOV-02] */
function note(
  { unit, import: row }: WorkRoom,
  number: number,
  { id, verdict }: { readonly id: string; readonly verdict: string },
): void {
  unit.audit({
    stream: id,
    actor: row.createdBy,
    command: 'applyImport',
    facts: { importId: row._id, row: number, verdict },
    policyVersion: null,
  });
}

type Done = Part & { readonly done: readonly Journalled[]; readonly faulty: number };

function checkpoint({ unit, import: row }: WorkRoom, { pass, rows, done, faulty }: Done): void {
  const before = pass === 'validation' ? row.validated : row.applied;
  const of = (verdict: string) => done.filter((each) => each.verdict === verdict).length;
  const counts: ImportCounts = {
    read: before.read + rows.length,
    faulty: before.faulty + faulty,
    added: before.added + of('added'),
    changed: before.changed + of('changed'),
    unchanged: before.unchanged + of('unchanged'),
  };
  const number = row.batches;
  unit.insert(importBatches, {
    _id: batchId(row._id, pass, number),
    importId: row._id,
    pass,
    number,
    lastRow: rows.at(-1)?.number ?? row.doneRow,
    rows: done,
    removeAt: row.removeAt,
  });
  unit.update(
    imports,
    { _id: row._id, leaseToken: row.leaseToken, batches: number },
    {
      $set: {
        [pass === 'validation' ? 'validated' : 'applied']: counts,
        doneRow: rows.at(-1)?.number ?? row.doneRow,
        batches: number + 1,
      },
    },
  );
}
