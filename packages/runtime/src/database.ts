import mongoose, { type Connection, type Model, mongo, type SchemaDefinition } from 'mongoose';

/** An index as MongoDB wants it; every query a user can send has one. */
export type IndexSpec = {
  readonly keys: Readonly<Record<string, 1 | -1 | 'text'>>;
  readonly unique?: boolean;
  readonly partialFilterExpression?: Readonly<Record<string, unknown>>;
  readonly expireAfterSeconds?: number;
};

/** A row is a plain object with a text id. */
export type RowBase = { readonly _id: string };

/**
 * Describes a collection apart from any connection: four services may share one process, each with a
 * connection of its own.
 */
export type Collection<Row extends RowBase> = {
  readonly name: string;
  readonly schema: mongoose.Schema;
  readonly indexes: readonly IndexSpec[];
  /** Only carries the row's type. */
  readonly row?: Row;
};

export function defineCollection<Row extends RowBase>(
  name: string,
  definition: SchemaDefinition,
  indexes: readonly IndexSpec[],
): Collection<Row> {
  const schema = new mongoose.Schema(
    { _id: { type: String, required: true }, ...definition },
    { versionKey: false, autoIndex: false, autoCreate: false, minimize: false, strict: 'throw' },
  );
  return { name, schema, indexes };
}

/** More than a process has transactions at once. */
const sessionsMax = 256;

/** A service's own MongoDB database. */
export class Database {
  readonly connection: Connection;
  readonly #sessionIds = new Set<string>();

  constructor(connection: Connection) {
    this.connection = connection;
  }

  /** The mongoose model of a collection on this connection. */
  model<Row extends RowBase>(collection: Collection<Row>): Model<Row> {
    const known = this.connection.models[collection.name];
    return (known ??
      this.connection.model(collection.name, collection.schema, collection.name)) as Model<Row>;
  }

  /**
   * Creates the collections (a transaction should not have to) and their indexes. Touches nothing that is there, so a
   * user without the right to make indexes can start on what an administrator has prepared.
   */
  async ensureIndexes(collections: readonly Collection<RowBase>[]): Promise<void> {
    const existing = new Set(
      (await this.connection.listCollections()).map((collection) => collection.name),
    );
    for (const collection of collections) {
      if (!existing.has(collection.name)) await this.model(collection).createCollection();
      const { collection: rows } = this.model(collection);
      const present = new Set((await rows.indexes()).map(({ key }) => JSON.stringify(key)));
      for (const { keys, ...options } of collection.indexes) {
        if (present.has(JSON.stringify(keys))) continue;
        await rows.createIndex({ ...keys }, { ...options });
      }
    }
  }

  /** A session for transactions: its id is kept for whoever has to end what a killed process left open. */
  async startTransactionSession(): Promise<mongo.ClientSession> {
    const session = await this.connection.startSession();
    const id = session.id?.id;
    if (id) this.#sessionIds.add(id.toString('base64'));
    const [oldest] = this.#sessionIds;
    if (this.#sessionIds.size > sessionsMax && oldest) this.#sessionIds.delete(oldest);
    return session;
  }

  /** Ids of the sessions that transactions ran in lately; the driver takes the same few again and again. */
  get transactionSessions(): readonly mongo.Binary[] {
    return [...this.#sessionIds].map(
      (id) => new mongo.Binary(Buffer.from(id, 'base64'), mongo.Binary.SUBTYPE_UUID),
    );
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}

/**
 * Connects to MongoDB with every guarantee said explicitly: nothing is inherited from the server's or the URI's
 * defaults. Waits up to `timeoutMs` for a server.
 */
export async function connectDatabase(options: {
  readonly uri: string;
  readonly database: string;
  readonly timeoutMs?: number;
}): Promise<Database> {
  const connection = mongoose.createConnection(options.uri, {
    dbName: options.database,
    readPreference: 'primary',
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
    retryWrites: true,
    serverSelectionTimeoutMS: options.timeoutMs ?? 10_000,
    maxPoolSize: 50,
    sanitizeFilter: false,
    autoIndex: false,
    autoCreate: false,
  });
  await connection.asPromise();
  return new Database(connection);
}
