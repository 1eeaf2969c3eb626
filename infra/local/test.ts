/**
 * `npm test`: the checks, then every test on a real MongoDB and a real Kafka of this run's own, and one line at the
 * end that counts both. `npm test -- services/credits` runs the tests whose path contains that, without the checks.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from './cache-folder.ts';
import { runChecks } from './check.ts';
import { startKafka } from './kafka.ts';
import { startMongod } from './mongod.ts';
import { step } from './progress.ts';
import { startS3 } from './s3.ts';
import { type JestResult, lastLine, tally } from './tally.ts';
import { inWords } from './trouble.ts';

/** What the tests find in their environment. */
type Ground = { readonly env: Readonly<Record<string, string>>; stop(): Promise<void> };

const jest = [
  ...['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  // kafkajs 2.2.4 sets timers into the past (its issue 1751).
  ...['--disable-warning=TimeoutNegativeWarning'],
  join(projectRoot, 'node_modules/jest/bin/jest.js'),
];

async function main(): Promise<number> {
  const selection = process.argv.slice(2);
  const checks = selection.length === 0 ? await runChecks() : [];
  const folder = await mkdtemp(join(tmpdir(), 'shixun-test-'));
  let ground: Ground | undefined;
  const leave = async (): Promise<void> => {
    await ground?.stop();
    await rm(folder, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void leave().finally(() => process.exit(130)));
  }
  try {
    const tests = await selected(selection);
    ground = tests.includes('.real.test.ts') ? await startGround(folder, tests) : undefined;
    const result = join(folder, 'result.json');
    await runJest(
      ['--maxWorkers=2', '--json', `--outputFile=${result}`, ...selection],
      ground?.env ?? {},
    );
    const counts = tally(checks, await readResult(result));
    console.log(`\n${lastLine(counts)}`);
    return counts.failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(inWords(error, folder));
    console.log(
      `\n${lastLine({ passed: checks.filter(({ passed }) => passed).length, failed: 1 })}`,
    );
    return 1;
  } finally {
    await leave();
  }
}

/** The paths of the tests that will run. Pure ones need nothing; those of whole servers are named `*.real.test.ts`. */
async function selected(selection: readonly string[]): Promise<string> {
  const listed = await run([...jest, '--listTests', ...selection], 'pipe', {});
  return listed.output;
}

/** The clocks of tests lie behind the machine's: what they keep for a month would be over before it is written. */
const mongodOptions = (folder: string) => ({ dataFolder: join(folder, 'mongodb'), expiry: false });

async function startGround(folder: string, tests: string): Promise<Ground> {
  const [mongod, kafka, s3] = await Promise.all([
    process.env.MONGODB_URI === undefined
      ? step('MongoDB', (tell) => startMongod({ ...mongodOptions(folder), tell }))
      : undefined,
    process.env.KAFKA_BROKERS === undefined
      ? step('Kafka', (tell) => startKafka({ dataFolder: join(folder, 'kafka'), tell }))
      : undefined,
    process.env.S3_ADDRESS === undefined && tests.includes('s3.real.test.ts')
      ? step('S3', (tell) => startS3({ dataFolder: join(folder, 's3'), tell }))
      : undefined,
  ]);
  return {
    env: {
      MONGODB_URI: mongod?.uri ?? String(process.env.MONGODB_URI),
      KAFKA_BROKERS: kafka?.brokers ?? String(process.env.KAFKA_BROKERS),
      ...(s3 === undefined ? {} : { S3_ADDRESS: s3.address }),
    },
    async stop() {
      await Promise.all([mongod?.kill(), kafka?.kill(), s3?.kill()]);
    },
  };
}

async function runJest(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<void> {
  await run([...jest, ...args], 'inherit', env);
}

function run(
  args: readonly string[],
  output: 'pipe' | 'inherit',
  env: Readonly<Record<string, string>>,
): Promise<{ output: string }> {
  const child = spawn(process.execPath, args, {
    cwd: projectRoot,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, 'inherit'],
  });
  let said = '';
  child.stdout?.on('data', (chunk) => (said += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve({ output: said }));
  });
}

/** What jest wrote down; null when it died before it could. */
async function readResult(file: string): Promise<JestResult | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as JestResult);
}

process.exitCode = await main();
