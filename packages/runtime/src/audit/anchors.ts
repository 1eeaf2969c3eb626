/** What is kept of signed checkpoints outside the database, so that removing the newest ones is found out. [GOV-02] */
import type { KeyObject } from 'node:crypto';
import { type AuditCheckpointed, auditCheckpointed, type Owner } from '@shixun/contracts';
import { signatureHolds } from './signing.ts';
import type { Checkpoint } from './store.ts';

export type Anchor = AuditCheckpointed;

/** What the world outside is told of a checkpoint. */
export function anchorOf(checkpoint: Checkpoint): Anchor {
  const { number, at, leaves, previousHash, hash, keyId, signature } = checkpoint;
  const streams = leaves.length;
  return { number, at: at.toISOString(), streams, previousHash, hash, keyId, signature };
}

/** The service's anchors among lines of JSON, each the whole event as the topic has it; other lines are passed over. */
export function anchorsIn(lines: Iterable<string>, service: Owner): Anchor[] {
  const contract = auditCheckpointed(service);
  return [...lines].flatMap((line) => {
    const event = jsonOf(line);
    if (event?.type !== contract.type) return [];
    const anchor = contract.data.safeParse(event.data);
    return anchor.success ? [anchor.data] : [];
  });
}

/** Anchors by their checkpoint, and how many are signed by none of the keys: anybody may have written those. */
export class Anchors {
  readonly count: number;
  readonly strangers: number;
  readonly #hashes: ReadonlyMap<number, ReadonlySet<string>>;
  /** The number of the last checkpoint that is vouched for; 0 when none is. */
  readonly last: number;

  constructor(anchors: readonly Anchor[], keys: ReadonlyMap<string, KeyObject>) {
    const signed = anchors.filter((anchor) => {
      const key = keys.get(anchor.keyId);
      return key !== undefined && signatureHolds(key, anchor);
    });
    const byNumber = Map.groupBy(signed, ({ number }) => number);
    this.#hashes = new Map(
      [...byNumber].map(([number, those]) => [number, new Set(those.map(({ hash }) => hash))]),
    );
    this.count = signed.length;
    this.strangers = anchors.length - signed.length;
    this.last = signed.reduce((last, { number }) => Math.max(last, number), 0);
  }

  /** Whether a checkpoint of that number was once signed that is not this one. */
  contradict({ number, hash }: Pick<Checkpoint, 'number' | 'hash'>): boolean {
    const hashes = this.#hashes.get(number) ?? [];
    return [...hashes].some((each) => each !== hash);
  }
}

function jsonOf(line: string): { readonly type?: unknown; readonly data?: unknown } | null {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' ? read : null;
  } catch {
    return null;
  }
}
