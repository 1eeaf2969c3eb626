/**
 * Page times of the main lists over a province beside the same lists over the small one, through the graph of each
 * service in this process, with the database's own word on how it ran each of them: one that scans a collection or
 * sorts more than a few rows in memory fails the bench. BENCH_MONGODB_URI names a server that keeps what was loaded for the next time.
 */
import { service as courses } from '@shixun/courses';
import { loadDemoProvince } from '@shixun/infra/province/load';
import { service as registry } from '@shixun/registry';
import {
  type Caller,
  type CommandRoom,
  connectDatabase,
  GraphContext,
  Metrics,
  PolicyBook,
  type Service,
} from '@shixun/runtime';
import { graphql } from 'graphql';
import type { Row } from './ledger.ts';
import {
  benchCounty,
  benchTeacher,
  benchYear,
  busySchool,
  coursesSizes,
  fillCourses,
} from './pages-rows.ts';

export const name = 'pages';

type Size = keyof typeof coursesSizes;
type Page = {
  readonly name: string;
  readonly service: Service;
  readonly caller: Caller;
  readonly source: string;
  /** Where the list is paged through first: pages of 100 before the one that is measured. */
  readonly list?: string;
  /** What happens before each turn. */
  readonly before?: (world: World) => Promise<unknown>;
};

const rounds = 101;
const warmRounds = 10;
/** Ten pages of a hundred: a small province has no more. */
const pagesBefore = 10;
/** Rows that may be sorted in memory: two pages of the largest size. */
const sortedMax = 200;
const now = new Date(`${benchYear}-05-20T00:00:00Z`);

const province: Caller = {
  subject: 'p',
  grants: [
    { role: 'ProvinceAdmin', regionCode: '140000' },
    { role: 'Auditor', regionCode: '140000' },
  ],
};
const teacher: Caller = {
  subject: benchTeacher,
  grants: [{ role: 'Teacher', personId: benchTeacher }],
};

const of = `regionCode: "140000", year: ${benchYear}`;
const node = (fields: string) => `edges { node { ${fields} } } pageInfo { endCursor }`;
const inRegistry = (title: string, source: string, list?: string): Page => ({
  name: title,
  service: registry,
  caller: province,
  source,
  ...(list === undefined ? {} : { list }),
});
const inCourses = (title: string, source: string, caller = province): Page => ({
  name: title,
  service: courses,
  caller,
  source,
});
const facets = '{ menuFacets { total subjects { value count } months { value count } } }';

const pages: readonly Page[] = [
  inRegistry('teachers', `{ teachers(first: 20) { ${node('id stage subjects')} } }`),
  inRegistry(
    'teachers of a subject',
    `{ teachers(filter: { subject: "music" }, first: 20) { ${node('id')} } }`,
  ),
  inRegistry(
    'teachers, the eleventh hundred',
    `query Q($after: String) { teachers(first: 100, after: $after) { ${node('id')} } }`,
    'teachers',
  ),
  inRegistry(
    'schools of a county',
    `{ schools(filter: { regionCode: "140105" }, first: 20) { ${node('id name kind')} } }`,
  ),
  inRegistry('institutions', `{ institutions(first: 20) { ${node('id name')} } }`),
  inCourses('projects', `{ projects(${of}, first: 20) { ${node('id title state')} } }`),
  inCourses('projects in a state', `{ projects(${of}, state: OPEN, first: 20) { ${node('id')} } }`),
  inCourses('menu of a teacher', `{ menuItems(first: 20) { ${node('id closesAt')} } }`, teacher),
  inCourses(
    'menu searched by words, best rated first',
    `{ menuItems(filter: { text: "阅读" }, order: BEST_RATED, first: 20) { ${node('id rating')} } }`,
    teacher,
  ),
  inCourses(
    'menu searched by a word of every third item, best rated first',
    `{ menuItems(filter: { text: "senior" }, order: BEST_RATED, first: 20) { ${node('id rating')} } }`,
    teacher,
  ),
  inCourses(
    'menu with places left and reasons',
    `{ menuItems(first: 20) { ${node(
      `id opensAt closesAt rating distance placesLeft waiting openToMe
      obstacles { refusal { code rule messageZh required actual } remedyZh remedyCommand }
      trainingClass { id name place opensOn closesOn hours }`,
    )} } }`,
    teacher,
  ),
  inCourses('facets of a menu', facets, teacher),
  {
    ...inCourses('facets of a menu, the first after a change', facets, teacher),
    before: changeMenu,
  },
  inCourses(
    'entries of the books, largest first',
    `{ expenditures(${of}, order: LARGEST, first: 100) { ${node('id amount')} } }`,
  ),
  inCourses(
    'budgets, most unspent first',
    `{ budgets(${of}, order: MOST_UNSPENT, first: 20) { ${node('id unspent')} } }`,
  ),
  inCourses(
    'scarce areas with their projects',
    `{ scarceAreas(${of}, first: 20) { ${node('subject gap projects { edges { node { id } } }')} } }`,
  ),
  inCourses(
    'forecast of a school',
    `{ schoolForecast(schoolId: "${busySchool}", from: "${benchYear}-07-01", to: "${benchYear}-08-31") {
      days { away } weeks { hours } } }`,
  ),
];

/** What every change of an item does in its transaction. */
async function changeMenu({ courses: { db } }: World): Promise<void> {
  const versions = db.connection.collection<{ _id: string; version: number }>('menuVersions');
  await versions.updateOne({ _id: benchCounty }, { $inc: { version: 1 } }, { upsert: true });
}

type World = Readonly<Record<'registry' | 'courses', CommandRoom>> & AsyncDisposable;

/** Needs MONGODB_URI or BENCH_MONGODB_URI. */
export async function run(sizes: readonly [Size, Size] = ['small', 'province']): Promise<Row[]> {
  const [small, large] = sizes;
  await using left = await openWorld(small);
  await using right = await openWorld(large);
  const rows: Row[] = [];
  for (const page of pages) {
    const [peer, value] = await measure(page, left, right);
    await expectIndexed(page, right);
    const ratio = Math.round((value / peer) * 100) / 100;
    rows.push({ name: page.name, value, unit: 'ms', peer, ratio });
  }
  return rows;
}

async function openWorld(size: Size): Promise<World> {
  const known = process.env['BENCH_MONGODB_URI'];
  const uri = known ?? process.env['MONGODB_URI'] ?? '';
  const rooms = {
    registry: await openRoom(registry, uri, size),
    courses: await openRoom(courses, uri, size),
  };
  await loadDemoProvince({
    registry: rooms.registry,
    size,
    onProgress: ({ done, total }) => {
      if (done % 50_000 === 0) console.error(`loading ${size}: ${done} of ${total} rows`);
    },
  });
  await fillCourses(rooms.courses.db, coursesSizes[size]);
  return {
    ...rooms,
    [Symbol.asyncDispose]: async () => {
      for (const { db } of Object.values(rooms)) await db.close();
    },
  };
}

async function openRoom(service: Service, uri: string, size: Size): Promise<CommandRoom> {
  const db = await connectDatabase({ uri, database: `bench_pages_${size}_${service.name}` });
  await db.ensureIndexes(service.allCollections);
  return {
    db,
    access: service.access,
    policies: new PolicyBook(db),
    personalDataKey: Buffer.alloc(32, 7),
    metrics: new Metrics(service.name),
    run: { service: service.name, clock: () => now },
    lanes: new Map(),
  };
}

type Answer = Readonly<
  Record<string, { readonly pageInfo?: { readonly endCursor: string | null } }>
>;

async function ask({ service, caller, source }: Page, world: World, after: string | null) {
  const room = service === registry ? world.registry : world.courses;
  const { data, errors } = await graphql({
    schema: service.schema,
    source,
    variableValues: { after },
    contextValue: new GraphContext(room, caller, now, 'req_bench'),
  });
  if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
  return data as Answer;
}

async function placeOf(page: Page, world: World): Promise<string | null> {
  let after: string | null = null;
  if (page.list === undefined) return after;
  for (let turn = 0; turn < pagesBefore; turn += 1) {
    after = (await ask(page, world, after))[page.list]?.pageInfo?.endCursor ?? null;
  }
  return after;
}

/** The medians, in milliseconds; turn by turn, so that whatever else the machine does slows both worlds alike. */
async function measure(page: Page, small: World, large: World): Promise<[number, number]> {
  const left = await placed(page, small);
  const right = await placed(page, large);
  for (let round = 0; round < warmRounds + rounds; round += 1) {
    for (const { world, after, times } of round % 2 === 0 ? [left, right] : [right, left]) {
      await page.before?.(world);
      const begun = performance.now();
      await ask(page, world, after);
      if (round >= warmRounds) times.push(performance.now() - begun);
    }
  }
  return [medianOf(left.times), medianOf(right.times)];
}

async function placed(page: Page, world: World) {
  return { world, after: await placeOf(page, world), times: [] as number[] };
}

function medianOf(times: readonly number[]): number {
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  return Math.round(median * 100) / 100;
}

/** The database's profiler tells how every query of the page ran. */
async function expectIndexed(page: Page, world: World): Promise<void> {
  const after = await placeOf(page, world);
  const room = page.service === registry ? world.registry : world.courses;
  const { connection } = room.db;
  await page.before?.(world);
  const since = new Date();
  await connection.db?.command({ profile: 2 });
  await ask(page, world, after);
  await connection.db?.command({ profile: 0 });
  const entries = await connection
    .collection('system.profile')
    .find({ op: 'query', ts: { $gte: since }, ns: { $not: /system\.profile$/ } })
    .toArray();
  if (entries.length === 0) throw new Error(`the profiler saw no query of "${page.name}"`);
  for (const entry of entries) {
    const plan = String(entry['planSummary']);
    // Of a handful of rows the planner may well take the shorter index and sort what it finds.
    const sorted = entry['hasSortStage'] === true && Number(entry['docsExamined']) > sortedMax;
    if (plan.includes('COLLSCAN') || sorted) {
      throw new Error(`"${page.name}" is not served by an index: ${plan} on ${entry['ns']}`);
    }
  }
}

if (import.meta.main) console.table(await run());
