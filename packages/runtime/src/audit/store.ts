import { type Collection, defineCollection, type RowBase } from '../database.ts';
import { type AuditEntry, auditEntries } from '../unit/streams.ts';

/** How far a stream's chain had come: the entry that a checkpoint vouches for. */
export type CheckpointLeaf = {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
};

/** A signed statement about the heads of the streams that changed since the one before. Only ever added. [GOV-02] */
export type Checkpoint = RowBase & {
  readonly service: string;
  /** 1, 2, 3 … without a gap. */
  readonly number: number;
  readonly at: Date;
  /** The last entry that was looked at: the next checkpoint goes on from here. */
  readonly throughAt: Date;
  readonly throughId: string;
  readonly leaves: readonly CheckpointLeaf[];
  readonly previousHash: string;
  readonly hash: string;
  /** Which key signed, see `keyIdOf`. */
  readonly keyId: string;
  /** Ed25519 over the hash, base64url. */
  readonly signature: string;
};

const text = { type: String, required: true };
const instant = { type: Date, required: true };

export const checkpoints = defineCollection<Checkpoint>(
  'audit_checkpoints',
  {
    service: text,
    number: { type: Number, required: true },
    at: instant,
    throughAt: instant,
    throughId: text,
    leaves: { type: [Object], required: true },
    previousHash: text,
    hash: text,
    keyId: text,
    signature: text,
  },
  [{ keys: { number: -1 }, unique: true }],
);

/** What the last checkpoint said of a stream, so that the next one needn't say it again. Proves nothing. */
export type CheckpointMark = RowBase & { readonly sequence: number };

export const checkpointMarks = defineCollection<CheckpointMark>(
  'audit_marks',
  { sequence: { type: Number, required: true } },
  [],
);

/** The audit itself, in the order in which it was written. */
export const auditInOrder: Collection<AuditEntry> = {
  ...auditEntries,
  indexes: [{ keys: { at: 1, _id: 1 } }],
};
