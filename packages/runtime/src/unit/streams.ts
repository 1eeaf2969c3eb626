import { createHash } from 'node:crypto';
import { defineCollection, type RowBase } from '../database.ts';

/**
 * The head of one aggregate: the last sequence it told, the last outbox position it took, the last audit hash.
 * Every unit of work that speaks for the aggregate rewrites it, which makes concurrent units conflict and so
 * serialises them; that alone keeps sequences without gaps and the audit chain without forks.
 */
export type StreamHead = RowBase & {
  readonly sequence: number;
  readonly position: number;
  readonly auditSequence: number;
  readonly auditHash: string;
};

export const streamHeads = defineCollection<StreamHead>(
  'streams',
  {
    sequence: { type: Number, required: true },
    position: { type: Number, required: true },
    auditSequence: { type: Number, required: true },
    auditHash: { type: String, required: true },
  },
  [],
);

/** One link of an aggregate's audit chain. [GOV-02] */
export type AuditEntry = RowBase & {
  readonly stream: string;
  readonly sequence: number;
  readonly at: Date;
  /** Who: the token's subject, or `event:<id>` when an event caused the change. */
  readonly actor: string;
  readonly command: string;
  /** What was decided, without personal data: ids and figures. */
  readonly facts: string;
  readonly policyVersion: string | null;
  readonly previousHash: string;
  readonly hash: string;
};

export const auditEntries = defineCollection<AuditEntry>(
  'audit',
  {
    stream: { type: String, required: true },
    sequence: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    command: { type: String, required: true },
    facts: { type: String, required: true },
    policyVersion: { type: String, default: null },
    previousHash: { type: String, required: true },
    hash: { type: String, required: true },
  },
  [{ keys: { stream: 1, sequence: 1 }, unique: true }],
);

/** What an audit entry says, before it is chained. */
export type AuditNote = {
  readonly stream: string;
  readonly actor: string;
  readonly command: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly policyVersion: string | null;
};

const emptyHash = '0'.repeat(64);

export function emptyHead(stream: string): StreamHead {
  return { _id: stream, sequence: 0, position: 0, auditSequence: 0, auditHash: emptyHash };
}

/** Chains a note to its stream: the hash covers the previous hash and every field. */
export function chain(head: StreamHead, note: AuditNote, at: Date): AuditEntry {
  const entry = {
    stream: note.stream,
    sequence: head.auditSequence + 1,
    at,
    actor: note.actor,
    command: note.command,
    facts: JSON.stringify(note.facts),
    policyVersion: note.policyVersion,
    previousHash: head.auditHash,
  };
  return { _id: `${entry.stream}/${entry.sequence}`, ...entry, hash: auditHash(entry) };
}

/** The hash an entry must carry; `verifyAudit` recomputes it. */
export function auditHash(entry: Omit<AuditEntry, '_id' | 'hash'>): string {
  const covered = [
    entry.previousHash,
    entry.stream,
    entry.sequence,
    entry.at.toISOString(),
    entry.actor,
    entry.command,
    entry.facts,
    entry.policyVersion,
  ];
  return createHash('sha256').update(JSON.stringify(covered)).digest('hex');
}

/**
 * Walks a stream's chain in order. Answers the first sequence that doesn't hold (edited, removed, reordered,
 * inserted, or cut off before the head), or null when all is whole.
 */
export function firstBrokenEntry(
  entries: Iterable<AuditEntry>,
  head: StreamHead | null,
): number | null {
  let previous = emptyHash;
  let expected = 1;
  for (const entry of entries) {
    const whole =
      entry.sequence === expected &&
      entry.previousHash === previous &&
      auditHash(entry) === entry.hash;
    if (!whole) return expected;
    previous = entry.hash;
    expected += 1;
  }
  const cut = head !== null && (head.auditSequence !== expected - 1 || head.auditHash !== previous);
  return cut ? expected : null;
}
