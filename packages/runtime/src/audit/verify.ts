/** Finds the first entry of an audit that is not as it was written. [GOV-02] */
import type { KeyObject } from 'node:crypto';
import type { Database } from '../database.ts';
import {
  type AuditEntry,
  auditEntries,
  auditHash,
  emptyHead,
  streamHeads,
} from '../unit/streams.ts';
import { type Anchor, Anchors } from './anchors.ts';
import { checkpointHash, signatureHolds } from './signing.ts';
import { type Checkpoint, checkpoints } from './store.ts';

export type AuditProblem =
  | {
      readonly kind: 'entry';
      readonly stream: string;
      readonly sequence: number;
      /** missing: removed or cut off; altered: not what its hash says; unchained: not what followed the one before. */
      readonly differs: 'missing' | 'altered' | 'unchained';
      /** The signed checkpoint that shows it, where the chain itself looks whole. */
      readonly checkpoint: number | null;
    }
  | {
      readonly kind: 'checkpoint';
      readonly number: number;
      /** replaced: another one of that number was signed once, as its anchor shows. */
      readonly differs:
        | 'missing'
        | 'altered'
        | 'unchained'
        | 'signature'
        | 'unknown key'
        | 'replaced';
      /** True when only what is kept outside the database shows it. */
      readonly anchored: boolean;
    };

export type AuditReport = {
  readonly entries: number;
  readonly streams: number;
  readonly checkpoints: number;
  /** What was compared from outside the database; those that no key given has signed count for nothing. */
  readonly anchors: number;
  readonly strangers: number;
  /** The first thing that is wrong; null when all is whole. */
  readonly problem: AuditProblem | null;
};

type Wanted = {
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Only that stream. */
  readonly stream?: string | undefined;
  /** What is kept of the checkpoints outside the database; without any, a loss of the newest ones is not seen. */
  readonly anchors?: readonly Anchor[] | undefined;
  readonly told?: (progress: { readonly entries: number; readonly checkpoints: number }) => void;
};

const batch = 1_000;

/** Walks everything once, in constant memory: every chain, every head, every checkpoint and what it vouches for. */
export async function verifyAudit(db: Database, wanted: Wanted): Promise<AuditReport> {
  const walk = new Walk(db, wanted);
  const problem =
    (await walk.chains()) ?? (await walk.heads()) ?? (await walk.checkpoints()) ?? null;
  return { ...walk.counted, problem };
}

class Walk {
  readonly counted = { entries: 0, streams: 0, checkpoints: 0, anchors: 0, strangers: 0 };
  readonly #db: Database;
  readonly #wanted: Wanted;
  readonly #anchors: Anchors;

  constructor(db: Database, wanted: Wanted) {
    this.#db = db;
    this.#wanted = wanted;
    this.#anchors = new Anchors(wanted.anchors ?? [], wanted.keys);
    this.counted.anchors = this.#anchors.count;
    this.counted.strangers = this.#anchors.strangers;
  }

  async chains(): Promise<AuditProblem | undefined> {
    const { stream } = this.#wanted;
    const found = this.#db.connection
      .collection<AuditEntry>(auditEntries.name)
      .find(stream === undefined ? {} : { stream })
      .sort({ stream: 1, sequence: 1 })
      .batchSize(batch);
    let head = emptyHead('');
    for await (const entry of found) {
      if (entry.stream !== head._id) {
        head = emptyHead(entry.stream);
        this.counted.streams += 1;
      }
      const sequence = head.auditSequence + 1;
      const differs = differenceOf(entry, sequence, head.auditHash);
      if (differs)
        return { kind: 'entry', stream: entry.stream, sequence, differs, checkpoint: null };
      head = { ...head, auditSequence: sequence, auditHash: entry.hash };
      this.counted.entries += 1;
      if (this.counted.entries % batch === 0) this.#tell();
    }
    return undefined;
  }

  /** Where a chain ends before its head says so, its tail was cut off. */
  async heads(): Promise<AuditProblem | undefined> {
    const { stream } = this.#wanted;
    const found = this.#db.connection
      .collection(streamHeads.name)
      .find({
        ...(stream === undefined ? {} : { _id: stream as never }),
        auditSequence: { $gt: 0 },
      })
      .sort({ _id: 1 })
      .batchSize(batch);
    const leaves = found.map((head) => ({
      stream: String(head._id),
      sequence: Number(head.auditSequence),
      hash: String(head.auditHash),
    }));
    let some: Leaf[] = [];
    for await (const leaf of leaves) {
      some.push(leaf);
      if (some.length < batch) continue;
      const problem = await this.#firstUnlike(some, null);
      if (problem) return problem;
      some = [];
    }
    return this.#firstUnlike(some, null);
  }

  async checkpoints(): Promise<AuditProblem | undefined> {
    const rows = this.#db.connection
      .collection<Checkpoint>(checkpoints.name)
      .find()
      .sort({ number: 1 })
      .batchSize(10);
    let before: Checkpoint | undefined;
    for await (const row of rows) {
      const number = (before?.number ?? 0) + 1;
      const differs = this.#checkpointDifference(row, number, before);
      if (differs) return { kind: 'checkpoint', number, differs, anchored: false };
      if (this.#anchors.contradict(row)) {
        return { kind: 'checkpoint', number, differs: 'replaced', anchored: true };
      }
      const { stream } = this.#wanted;
      const leaves = row.leaves.filter((leaf) => stream === undefined || leaf.stream === stream);
      const problem = await this.#firstUnlike(leaves, row.number);
      if (problem) return problem;
      this.counted.checkpoints += 1;
      this.#tell();
      before = row;
    }
    const number = (before?.number ?? 0) + 1;
    return this.#anchors.last < number
      ? undefined
      : { kind: 'checkpoint', number, differs: 'missing', anchored: true };
  }

  #checkpointDifference(row: Checkpoint, number: number, before: Checkpoint | undefined) {
    if (row.number !== number) return 'missing';
    if (row.previousHash !== (before?.hash ?? emptyHead('').auditHash)) return 'unchained';
    if (checkpointHash(row) !== row.hash) return 'altered';
    const key = this.#wanted.keys.get(row.keyId);
    if (key === undefined) return 'unknown key';
    return signatureHolds(key, row) ? undefined : 'signature';
  }

  async #firstUnlike(
    leaves: readonly Leaf[],
    checkpoint: number | null,
  ): Promise<AuditProblem | undefined> {
    if (leaves.length === 0) return undefined;
    const entries = this.#db.connection.collection<AuditEntry>(auditEntries.name);
    const ids = leaves.map(({ stream, sequence }) => `${stream}/${sequence}`);
    const rows = await entries.find({ _id: { $in: ids } }, { projection: { hash: 1 } }).toArray();
    const hashes = new Map(rows.map(({ _id, hash }) => [_id, hash]));
    const unlike = leaves.find(
      (leaf) => hashes.get(`${leaf.stream}/${leaf.sequence}`) !== leaf.hash,
    );
    if (unlike === undefined) return undefined;
    const { stream } = unlike;
    if (hashes.has(`${stream}/${unlike.sequence}`)) {
      return { kind: 'entry', stream, sequence: unlike.sequence, differs: 'altered', checkpoint };
    }
    const [last] = await entries.find({ stream }).sort({ sequence: -1 }).limit(1).toArray();
    const sequence = (last?.sequence ?? 0) + 1;
    return { kind: 'entry', stream, sequence, differs: 'missing', checkpoint };
  }

  #tell(): void {
    const { entries, checkpoints: signed } = this.counted;
    this.#wanted.told?.({ entries, checkpoints: signed });
  }
}

type Leaf = Checkpoint['leaves'][number];

function differenceOf(entry: AuditEntry, sequence: number, previousHash: string) {
  if (entry.sequence !== sequence) return 'missing';
  if (auditHash(entry) !== entry.hash) return 'altered';
  return entry.previousHash === previousHash ? undefined : 'unchained';
}
