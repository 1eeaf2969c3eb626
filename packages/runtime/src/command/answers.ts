import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Refusal } from '@shixun/kernel';
import stringify from 'safe-stable-stringify';
import { defineCollection, type RowBase } from '../database.ts';
import type { Unit } from '../unit/unit.ts';

/** What a command answers: what it did, or why it didn't. */
export type CommandResult<Answer> = {
  readonly answer: Answer | null;
  readonly refusals: readonly Refusal[];
};

/** The first answer to one idempotency key. */
export type FirstAnswer = {
  readonly contentHash: string;
  readonly result: CommandResult<unknown>;
};

/**
 * First answers, kept so that a retry gets the same one: those of one transaction in one row, each found by its key.
 * `_id` is the first key.
 */
export type AnswerRow = RowBase & {
  readonly keys: readonly string[];
  /** In the order of the keys. */
  readonly answers: readonly FirstAnswer[];
  readonly createdAt: Date;
};

const keptSeconds = 30 * 24 * 3600;

export const answerRows = defineCollection<AnswerRow>(
  'answers',
  {
    keys: { type: [String], required: true },
    answers: { type: [Object], required: true },
    createdAt: { type: Date, required: true },
  },
  [
    { keys: { keys: 1 }, unique: true },
    { keys: { createdAt: 1 }, expireAfterSeconds: keptSeconds },
  ],
);

/** The first answers that are known to some of the keys. */
export async function firstAnswers(
  unit: Unit,
  keys: readonly string[],
): Promise<Map<string, FirstAnswer>> {
  const known = new Map<string, FirstAnswer>();
  if (keys.length === 0) return known;
  const asked = new Set(keys);
  for (const row of await unit.find(answerRows, { keys: { $in: keys } })) {
    row.keys.forEach((key, at) => {
      const answer = row.answers[at];
      if (answer && asked.has(key)) known.set(key, answer);
    });
  }
  return known;
}

/** Keeps the answers of a unit with what it did. */
export function keepAnswers(unit: Unit, fresh: ReadonlyMap<string, FirstAnswer>): void {
  const [first] = fresh.keys();
  if (first === undefined) return;
  unit.insert(answerRows, {
    _id: first,
    keys: [...fresh.keys()],
    answers: [...fresh.values()],
    createdAt: unit.now,
  });
}

/** The id of the answer to a caller's key for one command: another caller's equal key is another key. */
export function answerId(
  secret: Buffer,
  of: readonly [subject: string, command: string, key: string],
): string {
  return digest(secret, of);
}

/**
 * Equal for inputs of equal content, whatever the order of their fields. Keyed, since an input can hold an identity
 * number, and a plain hash of one can be found by trying them all. [GOV-03]
 */
export function contentHash(secret: Buffer, input: unknown): string {
  return digest(secret, input);
}

function digest(secret: Buffer, value: unknown): string {
  return createHmac('sha256', keyOf(secret))
    .update(stringify(value) ?? '')
    .digest('base64url');
}

const keys = new WeakMap<Buffer, KeyObject>();

/** Made once per secret: making one costs more than the digest. */
function keyOf(secret: Buffer): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(secret);
  keys.set(secret, key);
  return key;
}
