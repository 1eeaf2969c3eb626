import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { MongoClient, MongoServerError } from 'mongodb';
import { type Guarded, startGuarded } from './guarded.ts';
import { findMongod } from './mongod-binary.ts';
import type { Tell } from './progress.ts';
import { lastLines, type RunningServer } from './server.ts';
import { Trouble } from './trouble.ts';

export type MongodOptions = {
  /** Holds the data and the log; made when absent. */
  readonly dataFolder: string;
  readonly port?: number;
  /** What WiredTiger may keep in memory; 1 when left out. */
  readonly cacheGigabytes?: number;
  /** Whether rows go when their time is over, by the machine's clock; true when left out. */
  readonly expiry?: boolean;
  readonly tell?: Tell;
};

/** A one-node replica set of our own, on the loopback address. */
export type RunningMongod = RunningServer & { readonly uri: string };

const replicaSet = 'rs0';
const startWithinMs = 60_000;
const exits = { addressInUse: 48, dataFolderInUse: 100, illegalInstruction: 132 };

/**
 * Finds or fetches `mongod`, starts it and waits until it takes writes. Data left by a process that was killed, or
 * by a first run that never finished, is taken up; a changed port is written into the replica set's configuration.
 */
export async function startMongod(options: MongodOptions): Promise<RunningMongod> {
  const { dataFolder, tell = () => {} } = options;
  const binary = await findMongod(tell);
  await mkdir(join(dataFolder, 'db'), { recursive: true });
  await waitForFormerOwner(dataFolder, tell);
  tell('starting');
  const { port, server } = await startOnFreePort(binary, options);
  let current = server;
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=${replicaSet}`,
    port,
    pid: () => current.pid,
    async stop() {
      await current.stop(20_000);
    },
    async kill() {
      await current.kill();
    },
    async restart() {
      await current.kill();
      current = await launch(binary, options, port);
    },
  };
}

/**
 * Looks at a MongoDB that somebody else runs.
 * @throws Trouble when it does not answer within 5 s, or is no replica set and so has no transactions.
 */
export async function usableMongodb(uri: string): Promise<string> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  try {
    const { setName } = await client.db('admin').command({ hello: 1 });
    if (setName !== undefined) return uri;
  } catch (error) {
    throw new Trouble(
      `The MongoDB of MONGODB_URI does not answer (${error instanceof Error ? error.message : error}): start it, correct MONGODB_URI, or unset it to have one started for you.`,
    );
  } finally {
    await client.close();
  }
  throw new Trouble(
    'The MongoDB of MONGODB_URI is no replica set, so it has no transactions: start it with --replSet and initiate it, or unset MONGODB_URI to have one started for you.',
  );
}

/** A free port may be taken by someone else before mongod listens on it: then the next one. */
async function startOnFreePort(
  binary: string,
  options: MongodOptions,
): Promise<{ port: number; server: Guarded }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await getPort({ host: '127.0.0.1' }));
    try {
      return { port, server: await launch(binary, options, port) };
    } catch (error) {
      if (!(error instanceof AddressInUse)) throw error;
      if (options.port !== undefined || attempt === 5) {
        throw new Trouble(
          `Port ${port} for MongoDB is taken by another program: end it or try again.`,
        );
      }
    }
  }
}

class AddressInUse extends Error {}

async function launch(
  binary: string,
  { dataFolder, cacheGigabytes = 1, expiry = true }: MongodOptions,
  port: number,
): Promise<Guarded> {
  const log = join(dataFolder, 'mongod.log');
  const server = await startGuarded(
    binary,
    [
      ...['--replSet', replicaSet, '--bind_ip', '127.0.0.1', '--port', String(port)],
      ...['--dbpath', join(dataFolder, 'db'), '--logpath', log, '--logappend', '--nounixsocket'],
      // The cache would be half of the machine's memory, the oplog a twentieth of its disk.
      ...['--wiredTigerCacheSizeGB', String(cacheGigabytes), '--oplogSize', '1024'],
      // A primary alone has nobody to hand over to, so nothing to wait for when it stops.
      ...['--setParameter', 'shutdownTimeoutMillisForSignaledShutdown=0'],
      // A process that was killed inside a transaction keeps its rows locked no longer than this.
      ...['--setParameter', 'transactionLifetimeLimitSeconds=15'],
      ...['--setParameter', `ttlMonitorEnabled=${expiry}`],
    ],
    { log: join(dataFolder, 'mongod.out') },
  );
  const ended = server.exited.then(async ({ code }) => {
    throw await explainExit(code, dataFolder);
  });
  ended.catch(() => {});
  try {
    await Promise.race([ended, untilPrimary(port)]);
    return server;
  } catch (error) {
    await server.kill();
    throw error;
  }
}

/** Puts mongod's early end into a sentence. */
async function explainExit(code: number, dataFolder: string): Promise<Error> {
  const words = `${await lastLines(join(dataFolder, 'mongod.log'), 200)}${await lastLines(join(dataFolder, 'mongod.out'), 20)}`;
  if (code === exits.addressInUse) return new AddressInUse();
  if (/No space left on device/i.test(words)) {
    return new Trouble(
      `The disk that holds ${dataFolder} is full: free about 2 GB, or set SHIXUN_CACHE to a folder on another disk.`,
    );
  }
  if (code === exits.dataFolderInUse) {
    return new Trouble(
      `Another MongoDB already runs on ${dataFolder}: end it (its process id is in db/mongod.lock), then run the command again.`,
    );
  }
  if (code === exits.illegalInstruction) {
    return new Trouble(
      'This MongoDB needs a processor with AVX: install one for this machine so that `mongod` is on the PATH, or set MONGODB_URI.',
    );
  }
  if (/featureCompatibilityVersion|incompatible|downgrade|unsupported WiredTiger/i.test(words)) {
    return new Trouble(
      `The data in ${dataFolder} was written by another version of MongoDB: run \`npm start -- --reset\` to begin afresh.`,
    );
  }
  return new Trouble(
    `MongoDB ended with code ${code} before it was ready; ${join(dataFolder, 'mongod.log')} says why. \`npm start -- --reset\` begins with empty data.`,
  );
}

/** Initiates the replica set when it never was, moves it to this port when it was elsewhere, waits for the primary. */
async function untilPrimary(port: number): Promise<void> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: startWithinMs,
    heartbeatFrequencyMS: 500,
  });
  const deadline = Date.now() + startWithinMs;
  try {
    const admin = client.db('admin');
    while (Date.now() < deadline) {
      const hello = await admin.command({ hello: 1 });
      if (hello.isWritablePrimary === true) return;
      await configure(client, `127.0.0.1:${port}`);
      await sleep(50);
    }
  } finally {
    await client.close();
  }
  throw new Trouble(
    `MongoDB did not become ready within ${startWithinMs / 1000} s: the machine may be overloaded; run the command again.`,
  );
}

type ReplicaSetConfig = {
  _id: string;
  version: number;
  members: { _id: number; host: string }[];
  settings?: Record<string, unknown>;
};

async function configure(client: MongoClient, host: string): Promise<void> {
  const admin = client.db('admin');
  const members = [{ _id: 0, host }];
  try {
    const { config } = (await admin.command({ replSetGetConfig: 1 })) as unknown as {
      config: ReplicaSetConfig;
    };
    if (config.members.length === 1 && config.members[0]?.host === host) return;
    const moved = { ...config, version: config.version + 1, members };
    await admin.command({ replSetReconfig: moved, force: true });
  } catch (error) {
    if (!(error instanceof MongoServerError)) throw error;
    // 94 NotYetInitialized: also said for a moment while the configuration is read from the disk.
    if (error.code !== 94) return;
    const config = { _id: replicaSet, version: 1, members };
    await admin.command({ replSetInitiate: config }).catch((again: unknown) => {
      if (!(again instanceof MongoServerError)) throw again;
    });
  }
}

/** A mongod whose starter was killed is just stopping: it gets the time to do so. */
async function waitForFormerOwner(dataFolder: string, tell: Tell): Promise<void> {
  const lock = join(dataFolder, 'db', 'mongod.lock');
  const deadline = Date.now() + 20_000;
  while (existsSync(lock) && Date.now() < deadline) {
    const pid = Number((await readFile(lock, 'utf8').catch(() => '')).trim());
    if (!(pid > 0) || !(await isMongod(pid))) return;
    tell('the former MongoDB is stopping');
    await sleep(100);
  }
}

/** A process id left in a lock file may belong to another program by now. */
async function isMongod(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'mongod');
  return name.trim().startsWith('mongod');
}
