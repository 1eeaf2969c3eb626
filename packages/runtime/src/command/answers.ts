import { createHash } from 'node:crypto';
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
export function answerId(subject: string, command: string, key: string): string {
  return digest([subject, command, key]);
}

/** Equal for inputs of equal content, whatever the order of their fields. */
export function contentHash(input: unknown): string {
  return digest(input);
}

function digest(value: unknown): string {
  return createHash('sha256')
    .update(stringify(value) ?? '')
    .digest('base64url');
}
