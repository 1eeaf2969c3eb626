/**
 * One batch of rows in one transaction: what the rows did, what was wrong, the undo journal and the checkpoint commit
 * together or not at all. [REG-06]
 */
import { type Decision, explain, type Fault, fault } from '@shixun/kernel';
import { type FilesRoom, runUnit, type Unit } from '@shixun/runtime';
import { columnName } from '../cell.ts';
import type { ImportKind } from '../columns.ts';
import type { ReadRow } from '../read-row.ts';
import { codes } from '../refusals.ts';
import {
  batchId,
  type ImportCounts,
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
import type { Batch } from './batches.ts';
import { type ImportLease, ImportLeaseLost } from './lease.ts';

export const kindWork: Readonly<Record<ImportKind, KindWork>> = {
  regions: regionWork,
  schools: schoolWork,
  teachers: teacherWork,
  trainers: trainerWork,
};

/** A batch of many updates on a busy database takes seconds; should the lease end meanwhile, it can't commit. */
const batchDeadlineMs = 15_000;

export type PassRoom = FilesRoom & { readonly lease: ImportLease; readonly signal: AbortSignal };

/** False when the batch must not be written: all-or-nothing, and not all. */
export async function writeBatch(room: PassRoom, importId: string, batch: Batch): Promise<boolean> {
  const options = { ...room.run, deadlineMs: batchDeadlineMs };
  return runUnit(
    room.db,
    async (unit) => {
      const row = await heldImport(unit, room.lease);
      if (row._id !== importId) throw new ImportLeaseLost(importId);
      const { personalDataKey } = room;
      return decideBatch(workRoom(unit, row, { personalDataKey, pass: batch.pass }), batch);
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

async function decideBatch(room: WorkRoom, batch: Batch): Promise<boolean> {
  const { import: row, pass } = room;
  const kind = kindWork[row.kind];
  const candidates = batch.rows.filter(({ faults }) => faults.length === 0);
  const keys = pass === 'validation' ? candidates.map((each) => kind.keyOf(each, room)) : [];
  const repeats = await repeatsOf(room, candidates, keys);
  const plan = await kind.gather(candidates, room);
  const faulty: { readonly row: ReadRow; readonly faults: readonly Fault[] }[] = [];
  const planned: { readonly row: ReadRow; readonly plan: Planned }[] = [];
  for (const each of batch.rows) {
    const decision = decideRow(each, repeats, plan);
    if (decision.accepted) planned.push({ row: each, plan: decision.outcome });
    else faulty.push({ row: each, faults: decision.faults });
  }
  for (const { row: each, faults } of faulty) writeFaults(room, each, { faults, kind });
  const allFaulty = batch.faulty + faulty.length;
  if (pass === 'application' && row.mode === 'all_or_nothing' && allFaulty > 0) return false;
  const done = planned.map(({ row: each, plan: outcome }) =>
    pass === 'validation' ? foresee(room, each, outcome) : carryOut(room, each, outcome),
  );
  checkpoint(room, { batch, done, faulty: allFaulty });
  return true;
}

/** In the dry run: what the row is about is kept for the rows after it, and what it would do for whoever looks. */
function foresee(room: WorkRoom, read: ReadRow, { verdict, facts, remark }: Planned): Journalled {
  const { kind, _id: importId, removeAt } = room.import;
  const { number: row } = read;
  const _id = `${importId}/${kindWork[kind].keyOf(read, room)}`;
  room.unit.insert(importKeys, { _id, row, removeAt, ...(facts && { facts }) });
  return { row, verdict, id: '', before: null, ...(remark && { remark }) };
}

function carryOut(room: WorkRoom, row: ReadRow, { verdict, remark, write }: Planned): Journalled {
  const { id, before } = write();
  if (verdict !== 'unchanged') note(room, row.number, { id, verdict });
  return { row: row.number, verdict, id, before, ...(remark && { remark }) };
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
  keys: readonly string[],
): Promise<ReadonlyMap<number, number>> {
  const repeats = new Map<number, number>();
  if (keys.length === 0) return repeats;
  const earlier = await earlierRows(room, keys);
  const first = new Map([...earlier].map(([key, { row }]) => [key, row]));
  for (const [at, { number }] of rows.entries()) {
    const key = keys[at] ?? '';
    const before = first.get(key);
    if (before === undefined) first.set(key, number);
    else repeats.set(number, before);
  }
  return repeats;
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

type Done = {
  readonly batch: Batch;
  readonly done: readonly Journalled[];
  readonly faulty: number;
};

function checkpoint({ unit, import: row }: WorkRoom, { batch, done, faulty }: Done): void {
  const { pass, lastRow } = batch;
  const before = pass === 'validation' ? row.validated : row.applied;
  const of = (verdict: string) => done.filter((each) => each.verdict === verdict).length;
  const counts: ImportCounts = {
    read: before.read + batch.size,
    faulty: before.faulty + faulty,
    added: before.added + of('added'),
    changed: before.changed + of('changed'),
    transferred: (before.transferred ?? 0) + of('transferred'),
    unchanged: before.unchanged + of('unchanged') + batch.unchanged.length,
  };
  const number = row.batches;
  const alike = { verdict: 'unchanged', id: '', before: null } as const;
  const unchanged = batch.unchanged.map((each) => ({ row: each, ...alike }));
  unit.insert(importBatches, {
    _id: batchId(row._id, pass, number),
    importId: row._id,
    pass,
    number,
    lastRow,
    rows: [...unchanged, ...done],
    removeAt: row.removeAt,
  });
  unit.update(
    imports,
    { _id: row._id, leaseToken: row.leaseToken, batches: number },
    {
      $set: {
        [pass === 'validation' ? 'validated' : 'applied']: counts,
        doneRow: lastRow,
        batches: number + 1,
      },
    },
  );
}
