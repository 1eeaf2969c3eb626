import DataLoader from 'dataloader';
import type { Caller } from '../caller.ts';
import type { CommandResult } from '../command/answers.ts';
import type { Command } from '../command/define.ts';
import { type CommandRoom, execute } from '../command/execute.ts';
import type { Collection, Database, RowBase } from '../database.ts';
import { type Persons, separatePersons } from '../persons.ts';
import type { PolicyBook } from '../policies.ts';
import { inRequest } from './request-id.ts';

/** What resolvers work with: one per request. */
export class GraphContext {
  readonly caller: Caller | null;
  readonly db: Database;
  readonly policies: PolicyBook;
  /** Which records of teachers are of one person. [REG-16] */
  readonly persons: Persons;
  /** Wraps the keys that encrypt personal data. [GOV-03] */
  readonly personalDataKey: Buffer;
  /** The instant of the request: one for all that it reads. */
  readonly now: Date;
  /** The gateway's id of the request: both logs name it. */
  readonly requestId: string;
  readonly #room: CommandRoom;
  readonly #loaders = new Map<string, DataLoader<string, unknown>>();

  constructor(room: CommandRoom, caller: Caller | null, now: Date, requestId: string) {
    this.persons = room.persons ?? separatePersons;
    this.caller = caller && this.persons.speaking(caller);
    this.db = room.db;
    this.policies = room.policies;
    this.personalDataKey = room.personalDataKey;
    this.now = now;
    this.requestId = requestId;
    this.#room = room;
  }

  /** The row of that id, or null. All ids asked for in one turn are read together. */
  async loadOne<Row extends RowBase>(collection: Collection<Row>, id: string): Promise<Row | null> {
    const loader = this.#loader(`${collection.name}/_id`, async (ids) => {
      const rows = await this.#find(collection, { _id: { $in: ids } });
      const byId = new Map(rows.map((row) => [row._id, row]));
      return ids.map((each) => byId.get(each) ?? null);
    });
    return (await loader.load(id)) as Row | null;
  }

  /** Every row whose field has that value, in `_id` order; for fields with few rows each. Read together likewise. */
  async loadMany<Row extends RowBase>(
    collection: Collection<Row>,
    field: string & keyof Row,
    value: string,
  ): Promise<Row[]> {
    const loader = this.#loader(`${collection.name}/${field}`, async (values) => {
      // The type is said because an index of the rows that have the field at all serves no query without it.
      const rows = await this.#find(collection, { [field]: { $in: values, $type: 'string' } });
      const groups = Map.groupBy(rows, (row) => String(row[field]));
      return values.map((each) => groups.get(each) ?? []);
    });
    return (await loader.load(value)) as Row[];
  }

  async execute(command: Command, input: unknown): Promise<CommandResult<unknown>> {
    return inRequest(this.requestId, () => execute(this.#room, command, this.caller, input));
  }

  #loader(
    name: string,
    read: (keys: readonly string[]) => Promise<readonly unknown[]>,
  ): DataLoader<string, unknown> {
    const known = this.#loaders.get(name);
    if (known) return known;
    const loader = new DataLoader<string, unknown>(async (keys) => [...(await read(keys))], {
      maxBatchSize: 500,
    });
    this.#loaders.set(name, loader);
    return loader;
  }

  async #find<Row extends RowBase>(
    collection: Collection<Row>,
    filter: Record<string, unknown>,
  ): Promise<Row[]> {
    const found = this.db
      .model(collection)
      .collection.find(filter as never)
      .sort({ _id: 1 });
    return (await found.toArray()) as unknown as Row[];
  }
}

// biome-ignore lint/suspicious/noExplicitAny: GraphQL has checked the arguments against the schema; each resolver names what it takes
export type Resolver = ((parent: any, args: any, context: GraphContext) => unknown) & {
  /** What a mutation executes. */
  readonly command?: Command;
};
export type ResolverTable = Readonly<Record<string, Readonly<Record<string, Resolver>>>>;

/**
 * The resolver of a mutation: executes the command on `input` and answers the payload `{ <thing>, refusals }`.
 */
export function mutation(command: Command, thing: string): Resolver {
  const resolve: Resolver = async (_parent, { input }: { input: unknown }, context) => {
    const { answer, refusals, queue } = await context.execute(command, input);
    return { [thing]: answer, refusals, queue: queue ?? null };
  };
  return Object.assign(resolve, { command });
}
