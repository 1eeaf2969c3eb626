/** A request for a command: checked at the door, and what was answered to it before. */
import { common, explain, type Fault, fault, type Refusal } from '@shixun/kernel';
import { z } from 'zod';
import type { Caller } from '../caller.ts';
import type { Unit } from '../unit/unit.ts';
import {
  type AnswerName,
  answerNames,
  answersInRows,
  type CommandResult,
  type FirstAnswer,
} from './answers.ts';
import type { Command } from './define.ts';

/** One request for a command, checked at the door. */
export type Asked = {
  readonly caller: Caller | null;
  readonly input: unknown;
  /** Equal for requests that are the same one; null when the command doesn't read who asks. */
  readonly key: string | null;
  /** What its answer is kept under. Made when first asked for: most of a rush is refused and never is. */
  readonly names: () => readonly AnswerName[];
};

const keySchema = z.string().min(8).max(128);

export function checkInput(
  personalDataKey: Buffer,
  command: Command,
  caller: Caller | null,
  raw: unknown,
): Asked | CommandResult<never> {
  const { idempotencyKey, ...rest } = raw as { idempotencyKey?: unknown };
  const unread = command.spec.identity === 'unread';
  const key = keySchema.safeParse(idempotencyKey);
  if (!unread && !key.success) return refused(invalid(key.error, ['idempotencyKey']));
  const input = command.spec.input.safeParse(rest);
  if (!input.success) return refused(invalid(input.error, [], inChinese(command, rest)));
  if (unread || !key.success) {
    return { caller: null, input: input.data, key: null, names: () => [] };
  }
  const of = [caller?.subject ?? '', command.name, key.data] as const;
  let names: readonly AnswerName[] | undefined;
  return {
    caller,
    input: input.data,
    key: of.join('\n'),
    names: () => {
      names ??= answerNames(personalDataKey, of, rest);
      return names;
    },
  };
}

/** The same problems once more, in Chinese. */
function inChinese(command: Command, input: unknown): readonly string[] {
  const error = z.locales.zhCN().localeError;
  return (
    command.spec.input.safeParse(input, { error }).error?.issues.map(({ message }) => message) ?? []
  );
}

function invalid(
  error: z.ZodError,
  path: readonly string[],
  chinese: readonly string[] = [],
): Fault[] {
  return error.issues.map((issue, at) =>
    fault(common.INPUT_INVALID, [...path, ...issue.path.map(String)], {
      reason: issue.message,
      reasonZh: chinese[at] ?? issue.message,
    }),
  );
}

export const idsOf = ({ names }: Asked): readonly string[] => names().map(({ id }) => id);

/** What is answered already: in the rows of an earlier unit, or to a twin in this one. */
export function firstOf(
  asked: Asked,
  known: ReadonlyMap<string, FirstAnswer>,
  given: ReadonlyMap<string, { asked: Asked; result: CommandResult<unknown> }>,
): CommandResult<unknown> | undefined {
  const twin = asked.key === null ? undefined : given.get(asked.key);
  const earlier = twin && answersOf([twin]);
  for (const { id, contentHash } of known.size === 0 && !earlier ? [] : asked.names()) {
    const first = known.get(id) ?? earlier?.get(id);
    if (first === undefined) continue;
    return first.contentHash === contentHash
      ? first.result
      : refused([fault(common.IDEMPOTENCY_KEY_REUSED, ['idempotencyKey'])]);
  }
  return undefined;
}

export function answersOf(
  given: Iterable<{ asked: Asked; result: CommandResult<unknown> }>,
): Map<string, FirstAnswer> {
  const answers = new Map<string, FirstAnswer>();
  for (const { asked, result } of given) {
    for (const { id, contentHash } of asked.names()) answers.set(id, { contentHash, result });
  }
  return answers;
}

/** Only who has rows already can have been answered with one of them. */
export async function inRows(
  answers: NonNullable<Command['spec']['answers']>,
  group: readonly Asked[],
  { batch, unit }: { batch: unknown; unit: Unit },
): Promise<Map<string, FirstAnswer>> {
  const again = group.flatMap((asked) => {
    const rows = asked.key === null ? [] : answers.of(asked.input, batch);
    if (rows.length === 0) return [];
    const ids = new Set(idsOf(asked));
    return rows.filter(({ names }) => names.some(({ id }) => ids.has(id)));
  });
  return answersInRows(unit, answers, again);
}

export function refused(
  faults: readonly Fault[],
  policyVersion: string | null = null,
): CommandResult<never> {
  const refusals: Refusal[] = faults.map((each) => explain(each, policyVersion));
  return { answer: null, refusals };
}
