/** `npm start`: the whole platform on this machine, in one process, on real servers. */

import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { cacheFolder, inCache } from './cache-folder.ts';
import { startDemoClock } from './demo-clock.ts';
import { startIssuer } from './issuer.ts';
import { startKafka } from './kafka.ts';
import { tryLock } from './lock.ts';
import { startMongod, usableMongodb } from './mongod.ts';
import { loadServices, portTaken, startGateway, startServices } from './platform.ts';
import { step } from './progress.ts';
import { provinceReady } from './province-ready.ts';
import { signIn } from './signed-in.ts';
import { readStartOptions, type StartOptions } from './start-options.ts';
import { inWords, systemCode, Trouble } from './trouble.ts';
import { firstAnswer, welcome } from './welcome.ts';

/** Takes the cache folder for this process alone, after everything that can be refused at once was looked at. */
async function begin(options: StartOptions, stack: AsyncDisposableStack): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    throw new Trouble(
      'npm start is for development: with NODE_ENV=production run the services and the gateway each by its own (`npm start -w services/courses`).',
    );
  }
  const release = tryLock(inCache('locks', 'start.lock'));
  if (release === null) {
    throw new Trouble(
      `A platform runs already on ${cacheFolder()}: end it with Ctrl-C in its terminal, or set SHIXUN_CACHE to another folder for a second one (and --port to another port).`,
    );
  }
  stack.defer(release);
  await refuseTakenPort(options.port);
  if (!options.reset) return;
  if (process.env.MONGODB_URI !== undefined) {
    throw new Trouble(
      '--reset removes data of our own MongoDB only: with MONGODB_URI set, drop the databases registry, courses, credits and evaluation yourself.',
    );
  }
  await rm(inCache('data'), { recursive: true, force: true });
}

/** Better said before a minute of work than after it. */
async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch (error) {
    throw systemCode(error) === 'EADDRINUSE' ? portTaken(port) : error;
  } finally {
    probe.close();
  }
}

/** MongoDB, and Kafka when asked for: our own, or those that the environment names. */
async function startServers(options: StartOptions, stack: AsyncDisposableStack) {
  const { MONGODB_URI, KAFKA_BROKERS } = process.env;
  const mongodb = async (): Promise<string> => {
    if (MONGODB_URI !== undefined) return usableMongodb(MONGODB_URI);
    const dataFolder = inCache('data', 'mongodb');
    const mongod = await step('MongoDB', (tell) => startMongod({ dataFolder, tell }));
    stack.defer(() => mongod.stop());
    return mongod.uri;
  };
  const kafka = async (): Promise<string | null> => {
    if (!options.kafka) return null;
    if (KAFKA_BROKERS) return KAFKA_BROKERS;
    const dataFolder = inCache('data', 'kafka');
    const broker = await step('Kafka', (tell) => startKafka({ dataFolder, tell }));
    stack.defer(() => broker.stop());
    return broker.brokers;
  };
  // Both are waited for even when one fails, so that whatever started is on the stack.
  const [uri, brokers] = await Promise.allSettled([mongodb(), kafka()]);
  if (uri.status === 'rejected') throw uri.reason;
  if (brokers.status === 'rejected') throw brokers.reason;
  return { mongodbUri: uri.value, kafkaBrokers: brokers.value };
}

async function start(options: StartOptions, stack: AsyncDisposableStack): Promise<void> {
  await begin(options, stack);
  const keysFolder = inCache('keys');
  const [servers, definitions] = await Promise.all([startServers(options, stack), loadServices()]);
  const issuer = await startIssuer(keysFolder);
  stack.defer(() => issuer.close());
  const clock = await startDemoClock(inCache('data', 'clock'));
  stack.defer(() => clock.close());
  const logLevel = process.env.LOG_LEVEL ?? 'error';
  const objectsFolder = inCache('data', 'objects');
  const platform = { ...servers, issuer, keysFolder, objectsFolder, logLevel, clock: clock.now };
  const services = await step('Services', () => startServices(definitions, platform, stack));
  const size = await provinceReady(services, options.size);
  const signedIn = await signIn(issuer, size, clock.now());
  const url = await startGateway(
    services,
    { ...platform, port: options.port, operations: signedIn.operations },
    stack,
  );
  await firstAnswer(url, signedIn);
  await welcome({ url, clockUrl: clock.url, size, ...servers }, signedIn);
}

/** Resolves at the first Ctrl-C (or SIGTERM); a second one ends the process at once. */
function untilAskedToStop(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (asked) process.exit(130);
        asked = true;
        resolve();
      });
    }
  });
}

async function main(): Promise<void> {
  const options = readStartOptions(process.argv.slice(2), process.env);
  const stop = untilAskedToStop();
  const stack = new AsyncDisposableStack();
  let code = 0;
  try {
    const started = start(options, stack);
    // Ctrl-C in the middle of a start: what goes on meanwhile ends with the process, its servers with it.
    started.catch(() => {});
    await Promise.race([started, stop]);
    await stop;
  } catch (error) {
    console.error(`\n${inWords(error, cacheFolder())}`);
    code = 1;
  }
  console.error('\nStopping …');
  await stack.disposeAsync();
  process.exit(code);
}

await main();
