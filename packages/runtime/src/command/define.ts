import { common, type Decision, type Fault, fault, type IdKind } from '@shixun/kernel';
import type { z } from 'zod';
import type { Scope } from '../access.ts';
import type { Caller } from '../caller.ts';
import type { Persons } from '../persons.ts';
import type { PolicyBook } from '../policies.ts';
import type { Unit } from '../unit/unit.ts';
import type { AnswerName, AnswersInRows } from './answers.ts';

/** What a command may lean on besides its unit. */
export type CommandContext = {
  /** Who asks; null for grouped commands, whose members have a caller each. */
  readonly caller: Caller | null;
  readonly policies: PolicyBook;
  /** Which records of teachers are of one person. [REG-16] */
  readonly persons: Persons;
  /** Wraps the keys that encrypt personal data. [GOV-03] */
  readonly personalDataKey: Buffer;
};

const notFoundMark: unique symbol = Symbol('not found');
export type NotFound = { readonly [notFoundMark]: Fault };

/** What `gather` answers when the thing is not there. What lies out of scope is refused in the same words. */
export function notFound(_kind: IdKind, _id: string, path: readonly string[]): NotFound {
  return { [notFoundMark]: fault(common.NOT_FOUND, path) };
}

export function faultOf(facts: unknown): Fault | undefined {
  return typeof facts === 'object' && facts !== null && notFoundMark in facts
    ? (facts as NotFound)[notFoundMark]
    : undefined;
}

type Shared<Input, Facts, Outcome, Answer> = {
  /** The mutation's name; `Mutation.<name>` is its access row. */
  readonly name: string;
  /** Checks beyond GraphQL's types. The idempotency key is the runtime's business and not part of it. */
  readonly input: z.ZodType<Input>;
  /** Where the thing belongs; compared with the caller's grants as the access row says. */
  readonly scope: (facts: Facts, input: Input) => Scope;
  /** The pure decision. */
  readonly decide: (
    input: Input,
    facts: Facts,
    asked: { readonly now: Date; readonly caller: Caller | null },
  ) => Decision<Outcome>;
  /** The aggregate whose audit chain gets the entry; findings of broken FLAG rules are about it too. */
  readonly stream: (facts: Facts, outcome: Outcome, answer: Answer) => string;
  /** The version of the policy that decided, for refusals and the audit. */
  readonly policyVersion?: (facts: Facts) => string;
  /** What the audit entry keeps of the input; without it all. Personal data must not be in it. */
  readonly audited?: (input: Input, answer: Answer) => Readonly<Record<string, unknown>>;
  /** What even a refusal leaves behind, such as one try less; it commits with the refusal. */
  readonly refused?: (faults: readonly Fault[], facts: Facts, unit: Unit, input: Input) => void;
  /** `unread`: the caller is neither looked at nor recorded, and no answer is kept (anonymous answers, EVL-02). */
  readonly identity?: 'read' | 'unread';
};

/** One command in one transaction. */
export type CommandSpec<Input, Facts, Outcome, Answer> = Shared<Input, Facts, Outcome, Answer> & {
  readonly gather: (input: Input, unit: Unit, context: CommandContext) => Promise<Facts | NotFound>;
  /** Writes what was decided (buffered) and tells it; what it answers is stored with the idempotency key. */
  readonly record: (outcome: Outcome, facts: Facts, unit: Unit, input: Input) => Answer;
};

/**
 * Many concurrent commands of one kind in one transaction, each with its own answer: group commit for hot paths.
 * The facts of all are gathered at once; commands are decided one after another, and `record` changes the batch so
 * that the next one sees what the last one did; `save` writes the sums.
 */
export type GroupedCommandSpec<Input, Batch, Facts, Outcome, Answer> = Shared<
  Input,
  Facts,
  Outcome,
  Answer
> & {
  readonly gatherAll: (
    inputs: readonly Input[],
    unit: Unit,
    context: CommandContext,
  ) => Promise<Batch>;
  readonly facts: (input: Input, batch: Batch) => Facts | NotFound;
  /** Commands of one owner go to one replica of the service, since they would meet on the same rows. */
  readonly owner?: (input: Input) => string;
  /** `names`: what a row must carry where the answers are kept in the rows. */
  readonly record: (
    outcome: Outcome,
    facts: Facts,
    unit: Unit,
    asked: { readonly input: Input; readonly names: () => readonly AnswerName[] },
  ) => Answer;
  /** Where the rows that `record` inserts carry what they were asked by; without it answers are kept apart. */
  readonly answers?: AnswersInRows<Input, Batch, Answer>;
  readonly save: (batch: Batch, unit: Unit) => void;
};

/** A command ready to be executed; its types are closed over. */
export type Command = {
  readonly name: string;
  readonly grouped: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: the executor treats every command alike; the types met in the definition
  readonly spec: GroupedCommandSpec<any, any, any, any, any>;
};

export function defineCommand<Input, Facts, Outcome, Answer>(
  spec: CommandSpec<Input, Facts, Outcome, Answer>,
): Command {
  const { gather, record, ...shared } = spec;
  return {
    name: spec.name,
    grouped: false,
    spec: {
      ...shared,
      gatherAll: async (inputs: readonly Input[], unit, context) => {
        const [input] = inputs;
        return input === undefined ? undefined : await gather(input, unit, context);
      },
      facts: (_input, facts) => facts,
      record: (outcome, facts, unit, { input }) => record(outcome, facts, unit, input),
      save: () => {},
    },
  };
}

export function defineGroupedCommand<Input, Batch, Facts, Outcome, Answer>(
  spec: GroupedCommandSpec<Input, Batch, Facts, Outcome, Answer>,
): Command {
  return { name: spec.name, grouped: true, spec };
}
