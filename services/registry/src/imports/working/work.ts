/** Takes one import as far as it goes: validating → validated; applying → applied, or undoing → undone. */
import { explain, type Fault, fault } from '@shixun/kernel';
import { FileRefused, ObjectBroken, ObjectMissing, runUnit } from '@shixun/runtime';
import { brokenFile } from '../reading/archive.ts';
import { codes } from '../refusals.ts';
import {
  batchId,
  changesNothing,
  type ImportRow,
  type ImportState,
  importBatches,
  imports,
} from '../store.ts';
import { workRoom } from '../store-work.ts';
import { heldImport, kindWork, type PassRoom } from './batch.ts';
import { runPass } from './pass.ts';

const emptyFile = fault(codes.IMPORT_FILE_EMPTY, ['file'], { required: 1 });

export async function workOn(room: PassRoom): Promise<void> {
  for (;;) {
    const row = await runUnit(room.db, (unit) => heldImport(unit, room.lease), room.run);
    if (room.signal.aborted) return;
    if (row.state === 'validating') await validate(room, row);
    else if (row.state === 'applying') await apply(room, row);
    else if (row.state === 'undoing') await undo(room, row);
    else return;
  }
}

async function validate(room: PassRoom, row: ImportRow): Promise<void> {
  try {
    const end = await runPass(room, row, 'validation');
    if (end === 'ended') await moveOn(room, 'validated');
    if (end === 'empty') await moveOn(room, 'file_refused', [emptyFile]);
  } catch (error) {
    // Somewhere beyond the first rows, which were looked at when it came.
    const faults = faultsOf(error);
    if (faults === null) throw error;
    await moveOn(room, 'file_refused', faults);
  }
}

/** A file that says only what is on record has nothing to apply, so nothing is written but that it was applied. */
async function apply(room: PassRoom, row: ImportRow): Promise<void> {
  if (changesNothing(row)) return moveOn(room, 'applied');
  const end = await runPass(room, row, 'application');
  if (end === 'ended') await moveOn(room, 'applied');
  if (end === 'faulty') await moveOn(room, 'undoing');
}

/** What the file itself is to blame for; null for everything that may pass by itself. */
function faultsOf(error: unknown): readonly Fault[] | null {
  if (error instanceof FileRefused) return error.faults;
  const gone = error instanceof ObjectBroken || error instanceof ObjectMissing;
  return gone ? brokenFile('object').faults : null;
}

async function moveOn(room: PassRoom, state: ImportState, faults: readonly Fault[] = []) {
  await runUnit(
    room.db,
    async (unit) => {
      const row = await heldImport(unit, room.lease);
      const rows = state === 'validated' ? { rowsTotal: row.validated.read } : {};
      const ended = state === 'undoing' ? {} : { finishedAt: unit.now };
      const applied = state === 'applied' && changesNothing(row) ? row.validated : row.applied;
      const refusals = faults.map((each) => explain(each));
      const $set = { state, refusals, applied, ...rows, ...ended };
      unit.update(
        imports,
        { _id: row._id, state: row.state, leaseToken: row.leaseToken },
        { $set },
      );
      unit.audit({
        stream: row._id,
        actor: row.createdBy,
        command: `import:${state}`,
        facts: { kind: row.kind, contentHash: row.file?.contentHash ?? null, applied },
        policyVersion: null,
      });
    },
    room.run,
  );
}

/** Takes back batch after batch, the last first, each with its checkpoint in one transaction. */
async function undo(room: PassRoom, { batches }: ImportRow): Promise<void> {
  for (let number = batches - 1; number >= 0; number -= 1) {
    if (room.signal.aborted) return;
    await room.lease.renew();
    await undoBatch(room, number);
  }
  await moveOn(room, 'undone');
}

async function undoBatch(room: PassRoom, number: number): Promise<void> {
  await runUnit(
    room.db,
    async (unit) => {
      const row = await heldImport(unit, room.lease);
      const pass = 'application' as const;
      const batch = await unit.findById(importBatches, batchId(row._id, pass, number));
      const work = workRoom(unit, row, { personalDataKey: room.personalDataKey, pass });
      for (const entry of [...(batch?.rows ?? [])].reverse()) {
        if (entry.verdict === 'unchanged') continue;
        await kindWork[row.kind].undo(entry, work);
        const facts = { importId: row._id, row: entry.row, verdict: 'undone' };
        const { createdBy: actor } = row;
        unit.audit({ stream: entry.id, actor, command: 'undoImport', facts, policyVersion: null });
      }
      unit.remove(importBatches, { _id: batchId(row._id, pass, number) });
      unit.update(
        imports,
        { _id: row._id, leaseToken: row.leaseToken, batches: number + 1 },
        { $set: { batches: number } },
      );
    },
    { ...room.run, deadlineMs: 30_000 },
  );
}
