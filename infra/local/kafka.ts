import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { Kafka, logLevel } from 'kafkajs';
import { type Guarded, startGuarded } from './guarded.ts';
import { findJava } from './java.ts';
import { findKafkaJars } from './kafka-jars.ts';
import type { Tell } from './progress.ts';
import { lastLines, type RunningServer } from './server.ts';
import { Trouble } from './trouble.ts';

export type KafkaOptions = {
  /** Holds the topics, the configuration and the broker's log; made when absent. */
  readonly dataFolder: string;
  readonly port?: number;
  readonly tell?: Tell;
};

/** One broker of our own (KRaft, its own controller), on the loopback address. */
export type RunningKafka = RunningServer & { readonly brokers: string };

const startWithinMs = 90_000;

type Broker = {
  readonly java: string;
  readonly jars: string;
  readonly dataFolder: string;
  readonly port: number;
};

/** Finds or fetches Java and Kafka, starts the broker and waits until it answers. Topics survive a restart. */
export async function startKafka(options: KafkaOptions): Promise<RunningKafka> {
  const { dataFolder, tell = () => {} } = options;
  const java = await findJava(tell);
  const jars = await findKafkaJars(java, tell);
  await mkdir(dataFolder, { recursive: true });
  const { broker, server } = await startOnFreePorts({ java, jars, dataFolder }, options);
  let current = server;
  return {
    brokers: `127.0.0.1:${broker.port}`,
    port: broker.port,
    pid: () => current.pid,
    async stop() {
      await current.stop(20_000);
    },
    async kill() {
      await current.kill();
    },
    async restart() {
      await current.kill();
      current = await launch(broker);
    },
  };
}

/** A free port may be taken by someone else before the broker listens on it: then the next ones. */
async function startOnFreePorts(
  found: Omit<Broker, 'port'>,
  { port: wanted, tell = () => {} }: KafkaOptions,
): Promise<{ broker: Broker; server: Guarded }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await getPort({ host: '127.0.0.1' }));
    const controllerPort = await getPort({ host: '127.0.0.1', exclude: [port] });
    const broker = { ...found, port };
    await writeFile(propertiesOf(broker), properties(found.dataFolder, port, controllerPort));
    if (!existsSync(join(found.dataFolder, 'topics', 'meta.properties'))) {
      tell('formatting its storage');
      await format(broker);
    }
    tell('starting');
    try {
      return { broker, server: await launch(broker) };
    } catch (error) {
      if (!(error instanceof AddressInUse)) throw error;
      if (wanted !== undefined || attempt === 5) {
        throw new Trouble(
          `Port ${port} for Kafka is taken by another program: end it or try again.`,
        );
      }
    }
  }
}

class AddressInUse extends Error {}

const propertiesOf = (broker: Broker): string => join(broker.dataFolder, 'server.properties');
const logOf = (broker: Broker): string => join(broker.dataFolder, 'kafka.log');

function properties(dataFolder: string, port: number, controllerPort: number): string {
  return Object.entries({
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
    'controller.listener.names': 'CONTROLLER',
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'log.dirs': join(dataFolder, 'topics'),
    'auto.create.topics.enable': false,
    // After kill -9 the broker waits until its former self counts as gone: 9 s unless said otherwise.
    'broker.session.timeout.ms': 3_000,
    'broker.heartbeat.interval.ms': 500,
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'group.initial.rebalance.delay.ms': 0,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

function javaArgs(broker: Broker, main: string, ...args: readonly string[]): readonly string[] {
  const logging = join(import.meta.dirname, 'kafka', 'log4j2.yaml');
  const classes = join(broker.jars, '*');
  return ['-Xmx512m', `-Dlog4j2.configurationFile=${logging}`, '-cp', classes, main, ...args];
}

/** Gives the storage its cluster id. What a broken-off format left is removed first. */
async function format(broker: Broker): Promise<void> {
  await rm(join(broker.dataFolder, 'topics'), { recursive: true, force: true });
  const clusterId = `s${randomBytes(16).toString('base64url').slice(1, 22)}`;
  const args = ['format', '--cluster-id', clusterId, '--config', propertiesOf(broker)];
  const tool = await startGuarded(
    broker.java,
    javaArgs(broker, 'kafka.tools.StorageTool', ...args),
    {
      log: logOf(broker),
    },
  );
  const { code } = await tool.exited;
  if (code !== 0) throw await explainExit(code, broker);
}

async function launch(broker: Broker): Promise<Guarded> {
  const server = await startGuarded(
    broker.java,
    javaArgs(broker, 'kafka.Kafka', propertiesOf(broker)),
    { log: logOf(broker) },
  );
  const ended = server.exited.then(async ({ code }) => {
    throw await explainExit(code, broker);
  });
  ended.catch(() => {});
  try {
    await Promise.race([ended, untilReady(broker)]);
    return server;
  } catch (error) {
    await server.kill();
    throw error;
  }
}

async function explainExit(code: number, broker: Broker): Promise<Error> {
  const words = await lastLines(logOf(broker), 60);
  if (/Address already in use/i.test(words)) return new AddressInUse();
  if (/No space left on device/i.test(words)) {
    return new Trouble(
      `The disk that holds ${broker.dataFolder} is full: free about 2 GB, or set SHIXUN_CACHE to a folder on another disk.`,
    );
  }
  return new Trouble(
    `Kafka ended with code ${code} before it was ready; ${logOf(broker)} says why. \`npm start -- --kafka --reset\` begins with empty data.`,
  );
}

/** Ready is when the broker names itself and its controller. */
async function untilReady(broker: Broker): Promise<void> {
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${broker.port}`],
    clientId: 'shixun-starter',
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    connectionTimeout: 1_000,
    requestTimeout: 5_000,
  });
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline) {
    const admin = kafka.admin();
    try {
      await admin.connect();
      const { brokers, controller } = await admin.describeCluster();
      if (brokers.length === 1 && controller !== null) return;
    } catch {
      // Not listening yet.
    } finally {
      await admin.disconnect().catch(() => {});
    }
    await sleep(100);
  }
  throw new Trouble(
    `Kafka did not become ready within ${startWithinMs / 1000} s: the machine may be overloaded; run the command again.`,
  );
}
