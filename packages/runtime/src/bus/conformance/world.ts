/** Where the suite runs: three databases, and whatever was started, which is stopped in the end. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach } from '@jest/globals';
import type { Database } from '../../database.ts';
import type { EventBus } from '../port.ts';
import { type BusName, openBus, openPlace } from './node.ts';

type Stoppable = { stop(): Promise<void> };
type Group = 'credits' | 'evaluation';

export type Worker = {
  /** How the process ended: a signal's name, or its exit code. */
  readonly died: Promise<string>;
  readonly kill: () => Promise<void>;
};

export class World {
  readonly name: BusName;
  readonly #uri = String(process.env.MONGODB_URI);
  readonly #running: Stoppable[] = [];
  #run = '';
  #databases: readonly Database[] = [];
  #workers = 0;

  constructor(name: BusName) {
    this.name = name;
  }

  /** Names this test's databases, topics and groups. */
  get run(): string {
    return this.#run;
  }

  get teller(): Database {
    return this.#database(0);
  }

  get hearer(): Database {
    return this.#database(1);
  }

  /** Belongs to a second group. */
  get second(): Database {
    return this.#database(2);
  }

  async open(): Promise<void> {
    this.#run = `conf-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    const names = ['teller', 'hearer', 'second'].map((name) => `${this.#run}-${name}`);
    this.#databases = await Promise.all(
      names.map((database) => openPlace({ uri: this.#uri, database })),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((part) => part.stop()));
    for (const db of this.#databases) {
      await db.connection.dropDatabase();
      await db.close();
    }
  }

  /** Remembers what must be stopped in the end. */
  up<T extends Stoppable>(part: T): T {
    this.#running.push(part);
    return part;
  }

  /** Buses as several processes would have them; in process there is one for all. */
  buses(count: number, expected: readonly Group[]): EventBus[] {
    const shared = this.name === 'in-process' ? openBus(this.name, this.#run, expected) : undefined;
    const many = Array.from({ length: count }, () => shared ?? openBus(this.name, this.#run));
    for (const bus of new Set(many)) this.up(bus);
    return many;
  }

  bus(expected: readonly Group[]): EventBus {
    const [bus] = this.buses(1, expected);
    if (bus === undefined) throw new Error('no bus was opened');
    return bus;
  }

  /** Starts a process that relays, hears, or both, on this test's databases. */
  startWorker(env: Readonly<Record<string, string>>): Worker {
    this.#workers += 1;
    const appName = `${this.#run}-${this.#workers}`;
    const file = fileURLToPath(new URL('./worker.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: {
        PATH: process.env.PATH,
        KAFKA_BROKERS: process.env.KAFKA_BROKERS,
        CONFORMANCE_LOG: process.env.CONFORMANCE_LOG,
        MONGODB_URI: `${this.#uri}${this.#uri.includes('?') ? '&' : '?'}appName=${appName}`,
        BUS: this.name,
        RUN: this.#run,
        TELLER: `${this.#run}-teller`,
        HEARER: `${this.#run}-hearer`,
        ...env,
      },
    });
    const died = once(child, 'exit').then(async ([code, signal]) => {
      await endTransactionsOf(this.teller, appName);
      return signal ?? `exit ${code}`;
    });
    const kill = async () => {
      child.kill('SIGKILL');
      await died;
    };
    this.up({ stop: kill });
    return { died, kill };
  }

  #database(at: number): Database {
    const db = this.#databases[at];
    if (db === undefined) throw new Error('the world is not open');
    return db;
  }
}

/** A new world for each test. */
export function eachInItsWorld(name: BusName): World {
  const world = new World(name);
  beforeEach(() => world.open());
  afterEach(() => world.close());
  return world;
}

/**
 * The server keeps an open transaction of a killed client for a minute and then ends it; this does so at once. What
 * runs meanwhile only waits.
 */
async function endTransactionsOf(db: Database, appName: string): Promise<void> {
  const admin = db.connection.getClient().db('admin');
  const pipeline = [{ $currentOp: { idleSessions: true } }, { $match: { appName } }];
  const operations = await admin.aggregate(pipeline, { readConcern: { level: 'local' } }).toArray();
  const sessions = operations.flatMap(({ lsid }) => (lsid ? [{ id: lsid.id }] : []));
  if (sessions.length > 0) await admin.command({ killSessions: sessions });
}
