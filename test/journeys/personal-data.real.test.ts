/**
 * A thousand planted numbers go in through the gateway, well and badly, in a file and in broken events on a real Kafka:
 * none is found where it must not be. The platform is a process of its own, so that its logs are read as they are written.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ImportClient } from '@shixun/infra/import/client';
import { type Cast, eventually } from '@shixun/infra/story/world';
import { checkDigit } from '@shixun/registry/bulk';
import mongoose from 'mongoose';
import { type Poison, poison } from './planted-poison.ts';
import { everyMessage, publish } from './planted-topics.ts';

const name = randomBytes(4).toString('hex');
const prefix = `test-${name}.`;
const databases = ['registry', 'courses', 'credits', 'evaluation'].map(
  (of) => `test_${name}_${of}`,
);
const logs: string[] = [];
const answers: string[] = [];
let folder = '';
let running: ChildProcess | undefined;
let platform: { readonly cast: Cast; readonly gatewayUrl: string; readonly urls: string[] };
let mongo: mongoose.Connection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shixun-planted-'));
  mongo = await mongoose.createConnection(process.env['MONGODB_URI'] ?? '').asPromise();
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PLATFORM_NAME: name,
    PLATFORM_FOLDER: folder,
    PLATFORM_KAFKA: '1',
    PLATFORM_LOG_LEVEL: 'debug',
  };
  delete env['NODE_OPTIONS'];
  running = fork(join(import.meta.dirname, '..', 'faults', 'platform-process.ts'), {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [running.stdout, running.stderr]) {
    stream?.on('data', (chunk: Buffer) => logs.push(chunk.toString('utf8')));
  }
  const ended = once(running, 'exit').then(() => {
    throw new Error(`the platform did not start: ${logs.join('').slice(-2_000)}`);
  });
  [platform] = (await Promise.race([once(running, 'message'), ended])) as [typeof platform];
  ended.catch(() => undefined);
}, 300_000);

afterAll(async () => {
  await ended();
  for (const database of databases) await mongo.useDb(database).dropDatabase();
  await mongo.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

/** Ends the platform; what it wrote until then has been read to its last line. */
async function ended(): Promise<void> {
  if (running === undefined) return;
  const closed = once(running, 'close');
  running.kill('SIGKILL');
  running = undefined;
  await closed;
}

const mutation = `mutation RegisterTeacher($input: RegisterTeacherInput!) {
  registerTeacher(input: $input) { teacher { id } refusals { code messageZh messageEn path required actual } }
}`;

/** An address of no county, and a range of numbers nobody has. */
function plant(n: number) {
  const first17 = `14000019900101${String(n).padStart(3, '0')}`;
  const right = first17 + checkDigit(first17);
  const wrong = first17 + (checkDigit(first17) === '1' ? '2' : '1');
  return {
    identityNumber: n % 2 === 0 ? right : wrong,
    phone: `1770000${String(n).padStart(4, '0')}`,
  };
}

async function ask(path: string, init: RequestInit = {}): Promise<void> {
  const answer = await fetch(new URL(path, platform.gatewayUrl), {
    ...init,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${platform.cast.bureau.token}`,
    },
  });
  const headers = [...answer.headers].map((each) => each.join(': '));
  answers.push([answer.status, ...headers, await answer.text()].join('\n'));
}

/** Rightly, with a number where none belongs, as an unknown field, as no JSON, and in the document itself. */
async function sendToGraph(person: ReturnType<typeof plant>, n: number, schoolId: string) {
  const { identityNumber, phone } = person;
  const input = {
    idempotencyKey: `planted-${n}`,
    name: '种植者',
    ...person,
    schoolId,
    since: '2020-09-01',
    stage: 'PRIMARY',
    subjects: ['chinese'],
    careerStage: 'YOUNG',
    ...(n % 5 === 1 ? { stage: identityNumber } : {}),
    ...(n % 5 === 3 ? { [phone]: identityNumber } : {}),
    ...(n % 11 === 5 ? { since: phone, phone: { [identityNumber]: phone } } : {}),
    ...(n % 13 === 6 ? { schoolId: identityNumber, subjects: [phone] } : {}),
  };
  const body = JSON.stringify({ query: mutation, variables: { input } });
  await ask('/graphql', { method: 'POST', body: n % 7 === 1 ? body.slice(0, -3) : body });
  const documents = [
    `{ teacher(id: ${phone}) { id } }`,
    `{ p${phone} }`,
    `{ teacher(id: "${identityNumber}") { id name } }`,
    `query Q($a: ID = "${phone}) { teacher(id: $a) { id } }`,
  ];
  if (n % 20 === 0) {
    const query = documents[(n / 20) % documents.length];
    await ask('/graphql', { method: 'POST', body: JSON.stringify({ query }) });
    await ask(`/graphql?query=${encodeURIComponent(String(query))}`);
    await ask(`/people/${identityNumber}`);
  }
}

/** Text in which base64 hides nothing. */
function opened(text: string): string {
  const hidden = text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? [];
  return [text, ...hidden.map((part) => Buffer.from(part, 'base64').toString('latin1'))].join('\n');
}

const shape = /1400001990\d{7}[\dX]|1770000\d{4}/g;

function found(places: ReadonlyMap<string, string>, planted: ReadonlySet<string>): string[] {
  return [...places].flatMap(([place, text]) =>
    (opened(text).match(shape) ?? []).some((value) => planted.has(value)) ? [place] : [],
  );
}

type Places = Map<string, string>;

/** What the platform answers and measures while it runs. */
async function shown(): Promise<Places> {
  const places: Places = new Map([['answers', answers.join('\n')]]);
  for (const url of [platform.gatewayUrl, ...platform.urls]) {
    places.set(`metrics ${url}`, await (await fetch(new URL('/metrics', url))).text());
  }
  return places;
}

/** What lies in databases and topics; what the test itself put on a topic is left out. */
async function stored(own: readonly Poison[]): Promise<Places> {
  const places: Places = new Map();
  for (const database of databases) {
    const db = mongo.useDb(database);
    for (const collection of await db.listCollections()) {
      const rows = await db.collection(collection.name).find().toArray();
      places.set(`${database}.${collection.name}`, JSON.stringify(rows));
    }
  }
  const ours = new Set(own.map(({ value }) => value));
  for (const [topic, messages] of await everyMessage(prefix)) {
    const others = messages.filter(({ value }) => !ours.has(value));
    places.set(`topic ${topic}`, JSON.stringify(others));
  }
  return places;
}

/** Every broken event has its dead letter, and nothing waits to be told: the platform has come to rest. */
async function atRest(brokenCount: number): Promise<void> {
  const waiting = async () => {
    const outboxes = databases.map((of) => mongo.useDb(of).collection('outbox'));
    const unsent = outboxes.map((each) => each.countDocuments({ publishedAt: null }));
    return (await Promise.all(unsent)).reduce((sum, count) => sum + count, 0);
  };
  await eventually('every broken event is a dead letter', async () => {
    const letters = mongo.useDb(databases[2] ?? '').collection('dead_letters');
    return (await letters.countDocuments()) === brokenCount;
  });
  await eventually('every outbox is empty', async () => (await waiting()) === 0);
}

async function bringFile(rows: readonly ReturnType<typeof plant>[], code: string): Promise<void> {
  const lines = rows.map(({ identityNumber, phone }, at) =>
    at % 3 === 0
      ? `种植者,${identityNumber},${phone},${code},2020-09-01,小学,语文,在职`
      : `${phone},${phone},${identityNumber},${identityNumber},${phone},${phone},${identityNumber}`,
  );
  const file = join(folder, 'planted.csv');
  const header = '姓名,身份证号,手机号,学校标识码,到校日期,学段,任教学科,发展阶段';
  await writeFile(file, [header, ...lines].join('\n'));
  const { bureau, regionCode } = platform.cast;
  const client = new ImportClient(platform.gatewayUrl, String(bureau.token));
  const about = { kind: 'TEACHERS' as const, regionCode: String(regionCode) };
  const id = await client.bring(file, about);
  answers.push(JSON.stringify(await client.untilSettled(id)));
  await client.apply(id, 'VALID_ROWS_ONLY');
  const settled = await client.untilSettled(id);
  answers.push(JSON.stringify(settled));
  expect(settled.validated.faulty).toBeGreaterThan(0);
}

test('GOV-03: of 1,000 planted values none is in an answer, a log, a topic, a database or the metrics', async () => {
  const { regionCode } = platform.cast;
  const registry = mongo.useDb(databases[0] ?? '');
  const place = { kind: 'primary', regionCode: { $regex: `^${regionCode}` } };
  const school = await registry.collection('schools').findOne(place);
  const people = Array.from({ length: 500 }, (_, n) => plant(n));
  const planted = new Set(people.flatMap((person) => [person.identityNumber, person.phone]));
  expect(planted.size).toBe(1_000);
  for (const [n, person] of people.slice(0, 440).entries()) {
    await sendToGraph(person, n, String(school?._id));
  }
  await bringFile(people.slice(440, 470), String(school?.['code']));
  const broken = people.slice(470).flatMap((person, n) => poison(person, n));
  await publish(prefix, broken);
  await atRest(broken.length);
  const running = await shown();
  // Its pipes are read to their end, so that no line of the log comes after the search.
  await ended();
  const logged: Places = new Map([['logs', logs.join('')]]);
  const places = new Map([...running, ...(await stored(broken)), ...logged]);
  const dead = 'topic credits.dead.courses.completion';
  // The search has something to look through.
  const planters = await registry.collection('teachers').countDocuments({ name: '种植者' });
  expect(planters).toBeGreaterThan(50);
  expect(places.get('logs')).toContain('messages that nobody can read became dead letters');
  expect(places.get(dead)).toContain('sealed');
  expect(answers.length).toBeGreaterThan(450);
  expect(found(places, planted)).toEqual([]);

  // A leak in any of the places is found: open, and in base64.
  const [number = ''] = planted;
  const hidden = Buffer.from(`{"a":"${number}"}`).toString('base64');
  for (const database of databases) {
    await mongo.useDb(database).collection('answers').insertOne({ leak: hidden });
  }
  const leak = { topic: 'credits.dead.courses.completion', key: null, headers: {}, value: hidden };
  await publish(prefix, [leak]);
  const leaking = new Map([...places, ...(await stored(broken))]);
  for (const place of leaking.keys()) {
    if (place.startsWith('metrics') || place === 'logs' || place === 'answers') {
      leaking.set(place, `${leaking.get(place)}leak{a="${number}"} 1`);
    }
  }
  const metrics = [...leaking.keys()].filter((each) => each.startsWith('metrics'));
  expect(found(leaking, planted).sort()).toEqual(
    ['logs', 'answers', dead, ...metrics, ...databases.map((each) => `${each}.answers`)].sort(),
  );
}, 600_000);
