/** Signs how far the audit has come, so that not even who can rewrite a whole chain can do so unseen. [GOV-02] */
import { auditCheckpointed, type Owner } from '@shixun/contracts';
import type { Chore, Turn } from '../scheduler/chore.ts';
import type { ServiceRoom } from '../service.ts';
import { runUnit } from '../unit/run.ts';
import { auditEntries, streamHeads } from '../unit/streams.ts';
import type { Unit } from '../unit/unit.ts';
import { anchorOf } from './anchors.ts';
import { type AuditSigner, checkpointHash } from './signing.ts';
import { type Checkpoint, type CheckpointLeaf, checkpointMarks, checkpoints } from './store.ts';

/** Entries looked at per checkpoint, whatever the size of the province. */
const entriesMax = 1_000;
/** A unit may commit after later ones did, and clocks of replicas differ: that far back is looked at once more. */
const overlapMs = 10 * 60_000;
const noHash = '0'.repeat(64);

type Place = { readonly at: Date; readonly id: string };

type Settings = {
  readonly service: Owner;
  readonly signer: AuditSigner;
  readonly entriesMax?: number;
};

/** A checkpoint every five minutes, as many as it takes to catch up. */
export function checkpointChore(settings: Settings): Chore {
  return {
    name: 'audit-checkpoint',
    everyMs: 300_000,
    run: async (room, turn) => {
      await signCheckpoints(room, settings, turn);
    },
  };
}

/** Signs everything that is not signed yet; answers how many checkpoints that took. */
export async function signCheckpoints(
  { db, run }: Pick<ServiceRoom, 'db' | 'run'>,
  settings: Settings,
  turn?: Turn,
): Promise<number> {
  let place: Place | undefined;
  let signed = 0;
  while (turn?.signal.aborted !== true) {
    const step = await runUnit(
      db,
      async (unit) => {
        await turn?.fence(unit);
        return checkpointStep(unit, place, settings);
      },
      run,
    );
    if (step.signed) signed += 1;
    if (step.place === undefined) break;
    place = step.place;
  }
  return signed;
}

async function checkpointStep(
  unit: Unit,
  reached: Place | undefined,
  settings: Settings,
): Promise<{ signed: boolean; place: Place | undefined }> {
  const [last] = await unit.find(checkpoints, {}, { sort: { number: -1 }, limit: 1 });
  const limit = settings.entriesMax ?? entriesMax;
  const from = reached ?? {
    at: new Date((last?.throughAt.getTime() ?? 0) - overlapMs),
    id: '',
  };
  const later = { $or: [{ at: { $gt: from.at } }, { at: from.at, _id: { $gt: from.id } }] };
  const entries = await unit.find(
    auditEntries,
    { at: { $gte: from.at }, ...later },
    { sort: { at: 1, _id: 1 }, limit },
  );
  const end = entries.at(-1);
  if (end === undefined) return { signed: false, place: undefined };
  const leaves = await leavesOf(unit, [...new Set(entries.map(({ stream }) => stream))]);
  if (leaves.length > 0) {
    const through = { throughAt: end.at, throughId: end._id };
    sign(unit, settings, { last, leaves, through });
  }
  const place = entries.length < limit ? undefined : { at: end.at, id: end._id };
  return { signed: leaves.length > 0, place };
}

/** The heads of those streams that have moved since a checkpoint last vouched for them. */
async function leavesOf(unit: Unit, streams: readonly string[]): Promise<CheckpointLeaf[]> {
  const among = { _id: { $in: [...streams] } };
  const heads = await unit.find(streamHeads, among, { sort: { _id: 1 } });
  const marks = await unit.find(checkpointMarks, among);
  const marked = new Map(marks.map(({ _id, sequence }) => [_id, sequence]));
  return heads
    .filter(({ _id, auditSequence }) => auditSequence > (marked.get(_id) ?? 0))
    .map(({ _id, auditSequence, auditHash }) => ({
      stream: _id,
      sequence: auditSequence,
      hash: auditHash,
    }));
}

function sign(
  unit: Unit,
  { service, signer }: Settings,
  said: {
    readonly last: Checkpoint | undefined;
    readonly leaves: readonly CheckpointLeaf[];
    readonly through: Pick<Checkpoint, 'throughAt' | 'throughId'>;
  },
): void {
  const body = {
    service,
    number: (said.last?.number ?? 0) + 1,
    at: unit.now,
    ...said.through,
    leaves: said.leaves,
    previousHash: said.last?.hash ?? noHash,
    keyId: signer.keyId,
  };
  const hash = checkpointHash(body);
  const _id = `checkpoint/${body.number}`;
  const signed = { _id, ...body, hash, signature: signer.sign(hash) };
  unit.insert(checkpoints, signed);
  // Said outside the database too: there nobody who rules the database can take the newest ones back.
  unit.emit(auditCheckpointed(service), hash, anchorOf(signed));
  for (const { stream, sequence } of said.leaves) {
    unit.upsert(checkpointMarks, { _id: stream }, { $set: { sequence } });
  }
}
