/** The whole service on a real MongoDB for tests: its graph and its handlers, with a clock that tests move. */
import { randomUUID } from 'node:crypto';
import { type EventContract, envelopeOf, envelopeSchema } from '@shixun/contracts';
import { type Instant, regionPath, startOfDay } from '@shixun/kernel';
import {
  type Caller,
  type Chore,
  type CommandRoom,
  connectDatabase,
  createLogger,
  type Database,
  type EventHandler,
  eventsOf,
  type FilesRoom,
  GraphContext,
  Metrics,
  type ObjectStore,
  outboxRows,
  PolicyBook,
  runUnit,
} from '@shixun/runtime';
import { graphql } from 'graphql';
import { service } from './app.ts';
import { exampleDraft } from './projects/project.example.ts';
import { classes, type ProjectRow, projects, type TrainingClassRow } from './projects/store.ts';

export type Answered = {
  readonly refusals: readonly {
    readonly code: string;
    readonly rule: string | null;
    readonly required: string | null;
    readonly actual: string | null;
  }[];
};

export class RealCourses {
  readonly db: Database;
  now: Instant = startOfDay('2026-03-01');
  readonly #room: CommandRoom;
  #sequence = 0;

  private constructor(db: Database) {
    this.db = db;
    this.#room = {
      db,
      access: service.access,
      policies: new PolicyBook(db),
      personalDataKey: Buffer.alloc(32),
      metrics: new Metrics('courses'),
      run: { service: 'courses', clock: () => this.now },
      lanes: new Map(),
    };
  }

  /** Another replica of the same service, when the database is that of one. */
  static async open(
    uri: string | undefined,
    database = `courses_${randomUUID().slice(0, 8)}`,
  ): Promise<RealCourses> {
    if (!uri) throw new Error('set MONGODB_URI');
    const courses = new RealCourses(await connectDatabase({ uri, database }));
    await courses.db.ensureIndexes(service.allCollections);
    return courses;
  }

  async close(): Promise<void> {
    await this.db.connection.dropDatabase();
    await this.db.close();
  }

  async ask<Data>(
    caller: Caller | null,
    source: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> {
    const { data, errors } = await graphql({
      schema: service.schema,
      source,
      variableValues: variables,
      contextValue: new GraphContext(this.#room, caller, this.now, 'req_test'),
    });
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    return JSON.parse(JSON.stringify(data)) as Data;
  }

  /** Gives a command by its mutation's name and answers its payload. */
  async give<Payload>(
    caller: Caller | null,
    name: string,
    input: Record<string, unknown>,
    fields: string,
  ): Promise<Payload & Answered> {
    const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
    const data = await this.ask<Record<string, Payload & Answered>>(
      caller,
      `mutation Give($input: ${type}!) { ${name}(input: $input) {
        ${fields} refusals { code rule required actual } } }`,
      { input: { idempotencyKey: randomUUID(), ...input } },
    );
    const answer = data[name];
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  /** Hands events to a handler the way the inbox does: one batch, one transaction. */
  async hear<Data>(
    handler: EventHandler,
    contract: EventContract<Data>,
    data: readonly Data[],
  ): Promise<void> {
    const events = data.map((each) => {
      this.#sequence += 1;
      const details = {
        id: `evt_${this.#sequence}`,
        subject: String((each as Record<string, unknown>)[contract.subject]),
        time: this.now,
        sequence: this.#sequence,
        data: each,
      };
      return { data: each, envelope: envelopeOf(contract, details) };
    });
    const { policies, personalDataKey, run } = this.#room;
    const context = { policies, personalDataKey };
    await runUnit(this.db, (unit) => handler.handle(events, unit, context), run);
  }

  async runChore(chore: Chore, objects: ObjectStore | null = null): Promise<void> {
    await chore.run({ ...this.#room, objects });
  }

  /** The room of the routes of files. */
  filesRoom(objects: ObjectStore, bytesMax: number): FilesRoom {
    const limits = { bytesMax, unpackedBytesMax: bytesMax, rowsMax: 1, keptDays: 30 };
    return { ...this.#room, objects, uploads: limits, log: createLogger('courses', 'silent') };
  }

  /** What the events of a contract in the outbox say, oldest first. */
  async told<Data>(contract: EventContract<Data>): Promise<readonly Data[]> {
    const rows = await this.db
      .model(outboxRows)
      .find({ topic: contract.topic })
      .sort({ position: 1 })
      .lean();
    return rows
      .flatMap(eventsOf)
      .filter(({ type }) => type === contract.type)
      .map(({ envelope }) => contract.data.parse(envelopeSchema.parse(JSON.parse(envelope)).data));
  }

  /** Puts a project there as if its steps had been taken. */
  async addProject(change: Partial<ProjectRow> = {}): Promise<ProjectRow> {
    const row: ProjectRow = {
      ...exampleDraft,
      regionPath: regionPath(change.ownerRegionCode ?? exampleDraft.ownerRegionCode),
      institutionId: 'ins_1',
      state: 'approved',
      steps: [],
      planId: null,
      publishedAt: null,
      policyVersion: null,
      answersCount: null,
      _id: `prj_${randomUUID()}`,
      ...change,
    };
    await this.db.model(projects).collection.insertOne(row as never);
    return row;
  }

  /** Puts a class of a project there. */
  async addClass(project: ProjectRow, change: Partial<TrainingClassRow>): Promise<string> {
    const { _id: projectId, title: projectTitle, ...shared } = project;
    const row = {
      ...shared,
      projectId,
      projectTitle,
      name: '一班',
      opensOn: project.startsOn,
      closesOn: project.endsOn,
      capacity: 40,
      quotas: [],
      sessions: [],
      modules: [],
      ...change,
      state: change.state ?? 'open',
      _id: `cls_${randomUUID()}`,
    };
    await this.db.model(classes).collection.insertOne(row as never);
    return row._id;
  }
}
