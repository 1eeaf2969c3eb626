/** Projects and plans on a real MongoDB for tests: the graph with its access table, a clock that tests move. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EventContract, envelopeOf, envelopeSchema } from '@shixun/contracts';
import { type Instant, type PolicyVersion, startOfDay } from '@shixun/kernel';
import {
  type AccessTable,
  answerRows,
  auditEntries,
  buildGuardedSchema,
  type Caller,
  type CommandRoom,
  connectDatabase,
  type Database,
  defineAccess,
  type EventHandler,
  eventsOf,
  GraphContext,
  Metrics,
  mergeAccess,
  outboxRows,
  PolicyBook,
  policyRows,
  readTypeDefs,
  runUnit,
  sharedAccess,
  streamHeads,
} from '@shixun/runtime';
import { type GraphQLSchema, graphql } from 'graphql';
import { annualPlans } from '../annual-plans/store.ts';
import { curriculumAccess } from '../curriculum-standards/access.ts';
import { curriculumResolvers } from '../curriculum-standards/resolvers.ts';
import { curriculumStandards } from '../curriculum-standards/store.ts';
import { seatRows } from '../enrollment/store.ts';
import { planChangeClashes, planChanges } from '../plan-changes/store.ts';
import { plansAccess } from '../plans/access.ts';
import { planResolvers } from '../plans/resolvers.ts';
import { plans } from '../plans/store.ts';
import { institutions } from '../projections/institutions.ts';
import { needsSurveys } from '../projections/needs-surveys.ts';
import { schools } from '../projections/schools.ts';
import { teachers } from '../projections/teachers.ts';
import { trainers } from '../projections/trainers.ts';
import { waiverAccess } from '../waivers/access.ts';
import { waiverResolvers } from '../waivers/resolvers.ts';
import { figureWaivers } from '../waivers/store.ts';
import { projectsAccess } from './access.ts';
import { projectResolvers } from './resolvers.ts';
import { classes, projects } from './store.ts';
import { projectConfirmations } from './store-joint.ts';

const ownCollections = [
  projects,
  classes,
  plans,
  planChanges,
  planChangeClashes,
  curriculumStandards,
  seatRows,
  institutions,
  schools,
  needsSurveys,
  annualPlans,
  projectConfirmations,
  figureWaivers,
  trainers,
  teachers,
];
const sourceOf = (folder: string) =>
  readFileSync(join(import.meta.dirname, '..', folder, 'schema.graphql'), 'utf8');

export const graphAccess: AccessTable = mergeAccess(
  sharedAccess,
  defineAccess(projectsAccess),
  defineAccess(plansAccess),
  defineAccess(curriculumAccess),
  defineAccess(waiverAccess),
);

export class RealGraph {
  readonly db: Database;
  readonly schema: GraphQLSchema;
  /** What every unit and query takes for now. */
  now: Instant = startOfDay('2026-03-01');
  readonly #room: CommandRoom;
  #sequence = 0;

  private constructor(db: Database) {
    this.db = db;
    this.schema = buildGuardedSchema({
      typeDefs: [
        readTypeDefs(import.meta.dirname),
        sourceOf('plans'),
        sourceOf('curriculum-standards'),
        sourceOf('waivers'),
        sourceOf('projections'),
      ].join('\n'),
      resolvers: [projectResolvers, planResolvers, curriculumResolvers, waiverResolvers],
      access: graphAccess,
    });
    this.#room = {
      db,
      access: graphAccess,
      policies: new PolicyBook(db),
      personalDataKey: Buffer.alloc(32),
      metrics: new Metrics('courses'),
      run: { service: 'courses', clock: () => this.now },
      lanes: new Map(),
    };
  }

  static async open(uri: string | undefined): Promise<RealGraph> {
    if (!uri) throw new Error('set MONGODB_URI');
    const database = `courses_${randomUUID().slice(0, 8)}`;
    const graph = new RealGraph(await connectDatabase({ uri, database }));
    await graph.db.ensureIndexes([
      ...ownCollections,
      answerRows,
      auditEntries,
      outboxRows,
      policyRows,
      streamHeads,
    ]);
    return graph;
  }

  async close(): Promise<void> {
    await this.db.connection.dropDatabase();
    await this.db.close();
  }

  /** Runs one operation for the caller; throws what GraphQL names as errors. */
  async ask<Data>(
    caller: Caller | null,
    source: string,
    variables: Record<string, unknown> = {},
  ): Promise<Data> {
    const { data, errors } = await graphql({
      schema: this.schema,
      source,
      variableValues: variables,
      contextValue: new GraphContext(this.#room, caller, this.now, 'req_test'),
    });
    if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
    // GraphQL's objects have no prototype; a test compares plain ones.
    return JSON.parse(JSON.stringify(data)) as Data;
  }

  /** Puts a version of a policy in force. */
  async enact(version: PolicyVersion): Promise<void> {
    await this.db.model(policyRows).create({ _id: version.id, version });
    await this.#room.policies.refresh();
  }

  /** Hands events to a handler the way the inbox does: one batch, one transaction. */
  async hear<Data>(
    handler: EventHandler,
    contract: EventContract<Data>,
    data: readonly Data[],
  ): Promise<void> {
    const { policies, personalDataKey, run } = this.#room;
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
    const context = { policies, personalDataKey };
    await runUnit(this.db, (unit) => handler.handle(events, unit, context), run);
  }

  /** What the events of a contract in the outbox say, oldest first, each checked by the contract. */
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

  /** How the database served every query of the work: by a scan of a whole collection, by a sort in memory. */
  async plansOf(work: () => Promise<unknown>): Promise<readonly QueryPlan[]> {
    const { connection } = this.db;
    await connection.db?.command({ profile: 2 });
    const profile = connection.collection('system.profile');
    const before = await profile.countDocuments({ op: 'query' });
    await work();
    await connection.db?.command({ profile: 0 });
    const entries = await profile.find({ op: 'query' }).sort({ ts: 1 }).skip(before).toArray();
    return entries
      .filter(({ ns }) => !String(ns).endsWith('system.profile'))
      .map((entry) => ({
        collection: String(entry['ns']),
        summary: String(entry['planSummary']),
        scans: String(entry['planSummary']).includes('COLLSCAN'),
        sorts: entry['hasSortStage'] === true,
      }));
  }
}

export type QueryPlan = {
  readonly collection: string;
  readonly summary: string;
  readonly scans: boolean;
  readonly sorts: boolean;
};
