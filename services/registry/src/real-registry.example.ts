/** The registry on a real MongoDB for tests: its graph as the gateway asks it, events as the inbox brings them. */
import { randomUUID } from 'node:crypto';
import { type EventContract, evaluation } from '@shixun/contracts';
import {
  auditEntries,
  type Caller,
  type Chore,
  type CommandRoom,
  connectDatabase,
  type Database,
  type EventHandler,
  eventsOf,
  GraphContext,
  Metrics,
  type OutboxRow,
  outboxRows,
  PolicyBook,
  type Role,
  runUnit,
  type Unit,
} from '@shixun/runtime';
import { graphql } from 'graphql';
import { service } from './app.ts';
import { gradePublishedHandler } from './institutions/events.ts';
import { recordRegion } from './regions/store.ts';

export function as(role: Role, scope: Record<string, string> = {}): Caller {
  return { subject: scope.personId ?? `usr_${role}`, grants: [{ role, ...scope }] };
}

export const county = as('CountyAdmin', { regionCode: '140105' });
export const city = as('CityAdmin', { regionCode: '140100' });
export const province = as('ProvinceAdmin', { regionCode: '140000' });

/** A few real regions: two counties with a township each, and all above them. */
const someRegions = [
  ['140000', '山西省', 'province', null],
  ['140100', '太原市', 'city', '140000'],
  ['140105', '小店区', 'county', '140100'],
  ['140106', '迎泽区', 'county', '140100'],
  ['140105001', '坞城街道', 'township', '140105'],
  ['140105200', '西温庄乡', 'township', '140105'],
  ['140105201', '刘家堡乡', 'township', '140105'],
  ['140106001', '柳巷街道', 'township', '140106'],
] as const;

export class RealRegistry {
  readonly db: Database;
  readonly room: CommandRoom;
  now = new Date('2026-09-01T02:00:00.000Z');
  #keys = 0;

  private constructor(db: Database) {
    this.db = db;
    this.room = {
      db,
      access: service.access,
      policies: new PolicyBook(db),
      personalDataKey: Buffer.alloc(32, 7),
      metrics: new Metrics('registry'),
      run: { service: 'registry', clock: () => this.now },
      lanes: new Map(),
    };
  }

  /** A database of its own, prepared as at a service's start, with a few regions. */
  static async open(uri: string | undefined): Promise<RealRegistry> {
    if (uri === undefined) throw new Error('MONGODB_URI must name a replica set');
    const db = await connectDatabase({ uri, database: `registry_${randomUUID().slice(0, 8)}` });
    const registry = new RealRegistry(db);
    await db.ensureIndexes(service.allCollections);
    await service.prepare?.(registry.room);
    await registry.unit((unit) => {
      for (const [_id, name, level, parentCode] of someRegions) {
        recordRegion(unit, { _id, name, level, parentCode });
      }
    });
    return registry;
  }

  async close(): Promise<void> {
    await this.db.connection.dropDatabase();
    await this.db.close();
  }

  async unit(work: (unit: Unit) => void | Promise<void>): Promise<void> {
    await runUnit(this.db, async (unit) => work(unit), this.room.run);
  }

  async ask(caller: Caller | null, source: string, variableValues: Record<string, unknown> = {}) {
    const contextValue = new GraphContext(this.room, caller, this.now, 'req_test');
    const answer = await graphql({ schema: service.schema, source, variableValues, contextValue });
    // biome-ignore lint/suspicious/noExplicitAny: a test reads the answer as the client would
    return JSON.parse(JSON.stringify(answer)) as { data: any; errors?: { message: string }[] };
  }

  /** Executes a command and answers its payload; `fields` is what to read of the thing. */
  async command(caller: Caller, name: string, input: Record<string, unknown>, thing: string) {
    this.#keys += 1;
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const source = `mutation ($input: ${type}!) {
      answer: ${name}(input: $input) { ${thing} refusals { rule code path required actual policyVersion } }
    }`;
    const idempotencyKey = `key-${this.#keys}-of-a-test`;
    const { data, errors } = await this.ask(caller, source, {
      input: { idempotencyKey, ...input },
    });
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data.answer;
  }

  /** Lets the registry hear published grades, all in one group, as the inbox would. */
  async hearGrades(institutionId: string, grades: readonly (readonly [string, string])[]) {
    await this.unit((unit) => this.#handle(gradePublishedHandler, institutionId, grades, unit));
  }

  /** Lets the registry hear events of one kind, all in one group, as the inbox would. */
  async hear<Data>(contract: EventContract<Data>, data: readonly Data[]): Promise<void> {
    const handlers = service.handlers.filter((handler) => handler.contract.type === contract.type);
    if (handlers.length === 0) throw new Error(`nobody hears ${contract.type}`);
    const events = data.map((each, n) => ({
      data: each,
      envelope: { id: `evt_${n}`, sequence: `${n + 1}` },
    }));
    for (const handler of handlers) {
      await this.unit((unit) => handler.handle(events as never, unit, this.room));
    }
  }

  /** Runs a chore by its name, once, at the present instant. */
  async runChore(name: string): Promise<void> {
    const chore = service.chores?.find((each) => each.name === name);
    if (chore === undefined) throw new Error(`there is no chore ${name}`);
    await chore.run(this.room as Parameters<Chore['run']>[0]);
  }

  /** The data of every event told, in the order of telling. */
  async told(type?: string) {
    const rows = await this.db.model(outboxRows).find().sort({ position: 1 }).lean<OutboxRow[]>();
    return rows
      .flatMap(eventsOf)
      .filter((event) => type === undefined || event.type === type)
      .map(({ envelope }) => JSON.parse(envelope).data as Record<string, unknown>);
  }

  /** Every row of the audit. */
  async audited() {
    return this.db.model(auditEntries).find({}).sort({ _id: 1 }).lean();
  }

  async #handle(
    handler: EventHandler,
    institutionId: string,
    grades: readonly (readonly [string, string])[],
    unit: Unit,
  ) {
    const events = grades.map(([gradeId, grade], index) => {
      const data = { ...evaluation.gradePublished.example, gradeId, institutionId, grade };
      return { envelope: { id: `evt_${gradeId}`, sequence: String(index + 1) }, data };
    });
    await handler.handle(events as never, unit, this.room);
  }
}
