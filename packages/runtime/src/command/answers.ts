import { hash } from 'node:crypto';
import type { Refusal } from '@shixun/kernel';
import stringify from 'safe-stable-stringify';
import { type Collection, defineCollection, type RowBase } from '../database.ts';
import { eachMaster } from '../secrets.ts';
import type { Unit } from '../unit/unit.ts';
import type { Turn } from './waiting-room.ts';

/** What a command answers: what it did, or why it didn't. */
export type CommandResult<Answer> = {
  readonly answer: Answer | null;
  readonly refusals: readonly Refusal[];
  /** Set when there was no time to decide: come back with the same key. [CRS-46] */
  readonly queue?: Turn;
};

/** The first answer to one idempotency key. */
export type FirstAnswer = {
  readonly contentHash: string;
  readonly result: CommandResult<unknown>;
};

/** A refusal that an earlier answer of the row has word for word is kept once: `same` is that answer's place. */
type KeptAnswer = FirstAnswer | { readonly contentHash: string; readonly same: number };

/**
 * First answers, kept so that a retry gets the same one: those of one transaction in one row, each found by its key.
 * `_id` is the first key.
 */
export type AnswerRow = RowBase & {
  readonly keys: readonly string[];
  /** In the order of the keys. */
  readonly answers: readonly KeptAnswer[];
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
      const answer = asked.has(key) ? unfolded(row.answers, at) : undefined;
      if (answer) known.set(key, answer);
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
    answers: folded([...fresh.values()]),
    createdAt: unit.now,
  });
}

function folded(answers: readonly FirstAnswer[]): readonly KeptAnswer[] {
  const places = new Map<string, number>();
  return answers.map((each, at) => {
    const { contentHash, result } = each;
    if (result.answer !== null) return each;
    const said = JSON.stringify(result.refusals);
    const same = places.get(said);
    if (same !== undefined) return { contentHash, same };
    places.set(said, at);
    return each;
  });
}

function unfolded(answers: readonly KeptAnswer[], at: number): FirstAnswer | undefined {
  const kept = answers[at];
  if (kept === undefined || !('same' in kept)) return kept;
  const first = answers[kept.same];
  return first && 'result' in first
    ? { contentHash: kept.contentHash, result: first.result }
    : undefined;
}

/** A row of a command that keeps its answers in its own rows, and what it was asked by. */
export type AnsweredRow = { readonly rowId: string; readonly names: readonly AnswerName[] };

/**
 * How a command finds its first answers where the rows that it inserts carry what they were asked by: nothing else is
 * kept, so a refusal isn't either. It changed nothing, and the same key asks again.
 */
export type AnswersInRows<Input, Batch, Answer> = {
  // biome-ignore lint/suspicious/noExplicitAny: only read by the row's id
  readonly collection: Collection<any>;
  /** The rows, among what was gathered, that the same asker may have been answered with. */
  readonly of: (input: Input, batch: Batch) => readonly AnsweredRow[];
  /** A row as it was when it was the answer. */
  readonly first: (row: Answer) => Answer;
};

/** The first answers of those who ask again, by the names they asked under. */
export async function answersInRows(
  unit: Unit,
  // biome-ignore lint/suspicious/noExplicitAny: the types met in the definition
  { collection, first }: AnswersInRows<any, any, any>,
  asked: readonly AnsweredRow[],
): Promise<Map<string, FirstAnswer>> {
  const known = new Map<string, FirstAnswer>();
  if (asked.length === 0) return known;
  const ids = asked.map(({ rowId }) => rowId);
  const rows = await unit.find<RowBase>(collection, { _id: { $in: ids } });
  const byId = new Map(rows.map((row) => [row._id, row]));
  for (const { rowId, names } of asked) {
    const row = byId.get(rowId);
    // It is gone meanwhile: nothing is known of that answer, and the key is decided like a new one.
    if (row === undefined) continue;
    const result = { answer: first(row), refusals: [] };
    for (const { id, contentHash } of names) known.set(id, { contentHash, result });
  }
  return known;
}

/**
 * One request as its answer is kept: under each master key, the current one first. So a retry finds its answer before
 * and after a rotation, and while replicas differ in which key is the current one.
 */
export type AnswerName = { readonly id: string; readonly contentHash: string };

export function answerNames(
  secrets: Buffer,
  of: Parameters<typeof answerId>[1],
  input: unknown,
): readonly AnswerName[] {
  return eachMaster(secrets).map((master) => ({
    id: answerId(master, of),
    contentHash: contentHash(master, input),
  }));
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

/** 144 bits: two keys meet by chance never, and each is a key of an index on the hot path. */
const digestCharacters = 24;

/** SHA-3 is made for a key in front of what is hashed, and takes half the time of an HMAC. */
function digest(secret: Buffer, value: unknown): string {
  const keyed = `${keyOf(secret)}${stringify(value) ?? ''}`;
  return hash('sha3-256', keyed, 'base64url').slice(0, digestCharacters);
}

const keys = new WeakMap<Buffer, string>();

/** Of one length for every secret, so that no key and value read like another pair. */
function keyOf(secret: Buffer): string {
  const known = keys.get(secret);
  if (known) return known;
  const key = hash('sha3-256', secret, 'base64url');
  keys.set(secret, key);
  return key;
}
