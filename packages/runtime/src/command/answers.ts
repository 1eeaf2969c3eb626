import { createHmac } from 'node:crypto';
import type { Refusal } from '@shixun/kernel';
import stringify from 'safe-stable-stringify';
import { defineCollection, type RowBase } from '../database.ts';

/** What a command answers: what it did, or why it didn't. */
export type CommandResult<Answer> = {
  readonly answer: Answer | null;
  readonly refusals: readonly Refusal[];
};

/** The first answer to an idempotency key, kept so that a retry gets the same one. */
export type AnswerRow = RowBase & {
  readonly contentHash: string;
  readonly result: CommandResult<unknown>;
  readonly createdAt: Date;
};

const keptSeconds = 30 * 24 * 3600;

export const answerRows = defineCollection<AnswerRow>(
  'answers',
  {
    contentHash: { type: String, required: true },
    result: { type: Object, required: true },
    createdAt: { type: Date, required: true },
  },
  [{ keys: { createdAt: 1 }, expireAfterSeconds: keptSeconds }],
);

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
  return createHmac('sha256', secret)
    .update(stringify(value) ?? '')
    .digest('base64url');
}
