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

/** One of the commands that a link covers, when a batch of them committed together. */
export type AuditMember = {
  readonly actor: string;
  readonly command: string;
  readonly facts: string;
  readonly policyVersion: string | null;
};

/**
 * One link of an aggregate's audit chain. A batch of commands on one aggregate that committed together is one link:
 * then `members` has what each of them says, in their order, the hash covers them all, and the link's own `facts` only
 * say how many there are. Whoever reads what was done reads `notesOf(entry)`, which is right for both. [GOV-02]
 */
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
  /** Absent where the link covers one command. */
  readonly members?: readonly AuditMember[];
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
    members: { type: [Object], default: undefined },
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

/** Commands on one aggregate in one unit from which on they share a link: fewer are as cheap one by one. */
const sharedLinkMin = 8;
const sharedLinkMax = 256;

/** Chains what a unit did to one stream, in its order: a link each, or one link for a batch. */
export function chainAll(head: StreamHead, notes: readonly AuditNote[], at: Date): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let last = head;
  const size = notes.length < sharedLinkMin ? 1 : sharedLinkMax;
  for (let from = 0; from < notes.length; from += size) {
    const entry = chain(last, notes.slice(from, from + size), at);
    entries.push(entry);
    last = { ...last, auditSequence: entry.sequence, auditHash: entry.hash };
  }
  return entries;
}

/** Chains notes to their stream as one link: the hash covers the previous hash and every field. */
function chain(head: StreamHead, notes: readonly AuditNote[], at: Date): AuditEntry {
  const entry = {
    stream: head._id,
    sequence: head.auditSequence + 1,
    at,
    ...said(notes.map(memberOf)),
    previousHash: head.auditHash,
  };
  return { _id: `${entry.stream}/${entry.sequence}`, ...entry, hash: auditHash(entry) };
}

function said(members: readonly AuditMember[]): AuditMember & Pick<AuditEntry, 'members'> {
  const [only] = members;
  if (members.length === 1 && only) return only;
  const commands = [...new Set(members.map(({ command }) => command))];
  const facts = JSON.stringify({ members: members.length });
  return { actor: 'batch', command: commands.join(' '), facts, policyVersion: null, members };
}

function memberOf({ actor, command, facts, policyVersion }: AuditNote): AuditMember {
  return { actor, command, facts: JSON.stringify(facts), policyVersion };
}

/** What a link says, command by command. [GOV-02] */
export function notesOf(entry: AuditEntry): readonly AuditMember[] {
  if (entry.members !== undefined) return entry.members;
  const { actor, command, facts, policyVersion } = entry;
  return [{ actor, command, facts, policyVersion }];
}

/** The hash an entry must carry; `verifyAudit` recomputes it. */
export function auditHash(entry: Omit<AuditEntry, '_id' | 'hash'>): string {
  const covered: unknown[] = [
    entry.previousHash,
    entry.stream,
    entry.sequence,
    entry.at.toISOString(),
    entry.actor,
    entry.command,
    entry.facts,
    entry.policyVersion,
  ];
  if (entry.members !== undefined) {
    for (const { actor, command, facts, policyVersion } of entry.members) {
      covered.push([actor, command, facts, policyVersion]);
    }
  }
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
