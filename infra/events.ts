/** `npm run events`: what operators do with events. Reads MONGODB_URI and, where Kafka carries them, KAFKA_BROKERS. */
import { userInfo } from 'node:os';
import { allEvents, type Owner, owners } from '@shixun/contracts';
import {
  askForRedrive,
  connectDatabase,
  createLogger,
  type Database,
  forgetAbsorbed,
  groupLag,
  type KafkaSettings,
  listDeadLetters,
  masterKeys,
  openDeadLetter,
  outboxLag,
  type Period,
  redeliverFromOutbox,
  rewindGroup,
} from '@shixun/runtime';
import { Command, InvalidArgumentError, Option } from 'commander';

const topics = [...new Set(allEvents.map(({ topic }) => topic))].sort();

function kafkaSettings(): KafkaSettings | null {
  const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX = '' } = process.env;
  if (!KAFKA_BROKERS) return null;
  return {
    brokers: KAFKA_BROKERS.split(','),
    clientId: 'operator',
    topicPrefix: KAFKA_TOPIC_PREFIX,
    replicationFactor: 1,
    log: createLogger('events', 'silent'),
  };
}

/** Opens a service's database for one errand. */
async function withDatabase<T>(service: Owner, errand: (db: Database) => Promise<T>): Promise<T> {
  const uri = process.env.MONGODB_URI;
  if (!uri) {
    throw new Error('Set MONGODB_URI to the MongoDB of the platform (npm start prints it).');
  }
  const database = `${process.env.DATABASE_PREFIX ?? ''}${service}`;
  const db = await connectDatabase({ uri, database, timeoutMs: 5_000 });
  try {
    return await errand(db);
  } finally {
    await db.close();
  }
}

async function list(services: readonly Owner[], limit: number): Promise<void> {
  for (const service of services) {
    const letters = await withDatabase(service, (db) => listDeadLetters(db, limit));
    console.log(`${service}: ${letters.length === 0 ? 'no dead letters' : ''}`);
    for (const { _id, deadAt, kind, topic, position, attempts, cause, state } of letters) {
      console.log(
        `  ${_id}  ${deadAt.toISOString()}  ${kind}  ${topic} ${position}  tries ${attempts}`,
      );
      console.log(`    ${state === 'dead' ? '' : 'waits to be redriven: '}${cause}`);
    }
  }
}

type Asked = { readonly service: Owner; readonly id: string; readonly purpose: string };

/** The bytes can be anybody's data: shown only here, only for a purpose, and the audit keeps who and why. */
async function open({ service, id, purpose }: Asked): Promise<void> {
  const { PERSONAL_DATA_KEY } = process.env;
  if (!PERSONAL_DATA_KEY) throw new Error('Set PERSONAL_DATA_KEY as the service has it.');
  const secrets = masterKeys(PERSONAL_DATA_KEY);
  const actor = `operator:${userInfo().username}`;
  const message = await withDatabase(service, (db) =>
    openDeadLetter(db, { service, id, secrets, actor, purpose }),
  );
  if (message === null) throw new Error(`${service} has no dead letter ${id}`);
  const { key, headers, value } = message;
  console.log(JSON.stringify({ key, headers }));
  console.log(value.toString('utf8'));
}

async function redrive(services: readonly Owner[], id: string | undefined): Promise<void> {
  let asked = 0;
  for (const service of services) {
    const count = await withDatabase(service, (db) => askForRedrive(db, id));
    if (count > 0)
      console.log(`${service}: ${count} to be redriven; it takes them up while it runs`);
    asked += count;
  }
  if (asked === 0) console.log('There is nothing to redrive.');
}

type Replay = Period & { readonly service: Owner; readonly topic: string; readonly again: boolean };

async function replay({ service, topic, again, ...period }: Replay): Promise<void> {
  const settings = kafkaSettings();
  const teller = allEvents.find((event) => event.topic === topic)?.owner;
  if (teller === undefined) throw new Error(`${topic} is no topic; there are ${topics.join(', ')}`);
  if (settings) await rewindGroup(settings, service, topic, period.from);
  if (again) {
    const forgotten = await withDatabase(service, (db) => forgetAbsorbed(db, topic, period));
    console.log(`${forgotten} events will take effect again.`);
  }
  if (settings) {
    console.log(`${service} gets ${topic} from ${period.from.toISOString()} on when it starts.`);
    return;
  }
  const count = await withDatabase(teller, (db) => redeliverFromOutbox(db, service, topic, period));
  console.log(`${count} events of ${topic} go to ${service} again.`);
}

async function lag(): Promise<void> {
  const settings = kafkaSettings();
  for (const service of owners) {
    const { unpublished, oldestSeconds } = await withDatabase(service, outboxLag);
    const age = unpublished === 0 ? '' : `, the oldest ${oldestSeconds.toFixed(1)} s old`;
    console.log(`${service}: ${unpublished} events not published${age}`);
    if (!settings) continue;
    for (const { topic, lag: waiting } of await groupLag(settings, service, topics)) {
      if (waiting !== null) console.log(`  ${topic}: ${waiting} not absorbed`);
    }
  }
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('write an instant as 2026-01-31T08:00:00Z');
  }
  return date;
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError('write 1 or more');
  return number;
}

const service = () => new Option('--service <name>', 'one service').choices([...owners]);
const program = new Command('events').description('Look after events: dead letters, replay, lag');

const letters = program.command('dead-letters').description('events that could not be absorbed');
letters
  .command('list')
  .description('the newest first, with cause and place')
  .addOption(service())
  .option('--limit <count>', 'at most so many of each service', positive, 50)
  .action((options: { service?: Owner; limit: number }) =>
    list(options.service ? [options.service] : owners, options.limit),
  );
letters
  .command('open')
  .description('show what one holds; recorded in the audit with who asked and what for')
  .addOption(service().makeOptionMandatory())
  .requiredOption('--id <id>', 'the dead letter')
  .requiredOption('--purpose <text>', 'what it is opened for')
  .action((options: Asked) => open(options));
letters
  .command('redrive')
  .description('have them taken up again, once each')
  .addOption(service())
  .option('--id <id>', 'one dead letter; all without it')
  .action((options: { service?: Owner; id?: string }) =>
    redrive(options.service ? [options.service] : owners, options.id),
  );
program
  .command('replay')
  .description('bring the events of a period to one service once more, and to no other')
  .addOption(service().makeOptionMandatory())
  .requiredOption('--topic <topic>', 'e.g. courses.completion')
  .requiredOption('--from <instant>', 'e.g. 2026-01-01T00:00:00Z', instant)
  .option('--to <instant>', 'now without it', instant, new Date())
  .option(
    '--again',
    'also those it has absorbed already: only where an effect may happen twice',
    false,
  )
  .action((options: Replay) => replay(options));
program
  .command('lag')
  .description('what waits in the outboxes and, on Kafka, before each service')
  .action(lag);

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
