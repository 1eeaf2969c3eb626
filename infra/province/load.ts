/**
 * Loads the demo province into the registry by the registry's own bulk path: rows and state events in one
 * transaction per batch, so that the other services fill their projections from events as always. A mark moves
 * on in the same transaction, so a load that was killed goes on where it stood and nothing is loaded twice.
 */
import { type CivilDate, civilDateOf } from '@shixun/kernel';
import {
  type InstitutionRow,
  recordInstitution,
  recordMonitor,
  recordRegion,
  recordRegionPast,
  recordSchool,
  recordShippedPolicies,
  recordTeacher,
} from '@shixun/registry/bulk';
import {
  defineCollection,
  type RowBase,
  runUnit,
  type ServiceRoom,
  type Unit,
} from '@shixun/runtime';
import { plannedInstitutions } from './institutions.ts';
import { demoMonitors } from './monitors.ts';
import { shanxiRegionPast, shanxiRegions } from './regions.ts';
import { type PlannedSchool, plannedSchools } from './schools.ts';
import type { ProvinceSize } from './size.ts';
import { teacherAt } from './teachers.ts';
import { trainersOf, writeTrainer } from './trainers.ts';

export type LoadOptions = {
  /** The running registry, or as much of it as the load needs. */
  readonly registry: Pick<ServiceRoom, 'db' | 'run' | 'personalDataKey'>;
  readonly size: ProvinceSize;
  /** Told after every batch, in rows. */
  readonly onProgress?: (progress: LoadProgress) => void;
};

export type LoadProgress = { readonly done: number; readonly total: number };

export type Loaded = {
  /** The size that is there: the first load decides, another size needs a fresh database. */
  readonly size: ProvinceSize;
  /** Rows written by this call; 0 when everything was there. */
  readonly rows: number;
};

type Mark = RowBase & {
  readonly size: ProvinceSize;
  readonly batchesDone: number;
  readonly finishedAt: Date | null;
};

const marks = defineCollection<Mark>(
  'demo_province',
  {
    size: { type: String, required: true },
    batchesDone: { type: Number, required: true },
    finishedAt: { type: Date, default: null },
  },
  [],
);

const markId = 'shanxi';
const batchRows = 500;
/**
 * While the database writes one batch, the next one's people are made up and sealed: two lanes take turns. A lane has a
 * mark of its own, since two transactions on one row would only get in each other's way.
 */
const lanes = 2;
const laneIds = Array.from({ length: lanes }, (_, lane) => `${markId}/${lane}`);

/** One step of the load: writes row number i. */
type Step = (unit: Unit, i: number) => void;

export async function loadDemoProvince({
  registry,
  size,
  onProgress,
}: LoadOptions): Promise<Loaded> {
  const { db, run } = registry;
  await db.ensureIndexes([marks]);
  const mark = await runUnit(db, (unit) => begin(unit, size), run);
  if (mark.finishedAt !== null) return { size: mark.size, rows: 0 };
  const today = civilDateOf(run.clock?.() ?? new Date());
  const { total, write } = planned(mark.size, registry.personalDataKey, today);
  let rows = 0;
  const written = (count: number) => {
    rows += count;
    onProgress?.({ done: Math.min(total, before + rows), total });
  };
  const known = await runUnit(db, (unit) => laneMarks(unit), run);
  const before = known.reduce((sum, { batchesDone }) => sum + batchesDone * batchRows, 0);
  const loading = known.map((lane, at) =>
    loadLane({ db, run, lane, first: at, total, write, written }),
  );
  // A lane that fails lets the other one end its batch, so that nothing runs on behind the caller's back.
  const failed = (await Promise.allSettled(loading)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  await runUnit(
    db,
    async (unit) => unit.update(marks, { _id: markId }, { $set: { finishedAt: unit.now } }),
    run,
  );
  return { size: mark.size, rows };
}

type Lane = Pick<LoadOptions['registry'], 'db' | 'run'> & {
  readonly lane: Mark;
  /** Number of its first batch; it takes every second one from there. */
  readonly first: number;
  readonly total: number;
  readonly write: Step;
  readonly written: (rows: number) => void;
};

/** Writes the batches of one lane, each in a transaction with the lane's mark. */
async function loadLane({ db, run, lane, first, total, write, written }: Lane): Promise<void> {
  const batches = Math.ceil(total / batchRows);
  for (let done = lane.batchesDone; first + done * lanes < batches; done += 1) {
    const from = (first + done * lanes) * batchRows;
    const next = Math.min(from + batchRows, total);
    await runUnit(
      db,
      async (unit) => {
        for (let i = from; i < next; i += 1) write(unit, i);
        unit.update(
          marks,
          { _id: lane._id, batchesDone: done },
          { $set: { batchesDone: done + 1 } },
        );
      },
      run,
    );
    written(next - from);
  }
}

async function laneMarks(unit: Unit): Promise<readonly Mark[]> {
  return unit.find(marks, { _id: { $in: laneIds } }, { sort: { _id: 1 } });
}

async function begin(unit: Unit, size: ProvinceSize): Promise<Mark> {
  const known = await unit.findById(marks, markId);
  if (known !== null) return known;
  const fresh: Mark = { _id: markId, size, batchesDone: 0, finishedAt: null };
  for (const _id of [markId, ...laneIds]) unit.insert(marks, { ...fresh, _id });
  for (const version of shanxiRegionPast()) recordRegionPast(unit, version);
  for (const monitor of demoMonitors(unit.now)) recordMonitor(unit, monitor);
  await recordShippedPolicies(unit);
  return fresh;
}

/** Every row of the province in one numbering: regions, schools, institutions, trainers, teachers. */
function planned(
  size: ProvinceSize,
  personalDataKey: Buffer,
  today: CivilDate,
): { total: number; write: Step } {
  const regions = shanxiRegions();
  const schools = plannedSchools(regions, size);
  const institutions = plannedInstitutions(regions, today);
  const last = schools.at(-1);
  const parts: readonly (readonly [count: number, step: Step])[] = [
    [regions.length, (unit, i) => each(regions, i, (row) => recordRegion(unit, row))],
    [schools.length, (unit, i) => each(schools, i, (school) => writeSchool(unit, school))],
    [institutions.length, (unit, i) => each(institutions, i, (row) => writeInstitution(unit, row))],
    [trainersOf[size], (unit, i) => writeTrainer(unit, i, schools)],
    [
      (last?.firstTeacher ?? 0) + (last?.staff ?? 0),
      (unit, i) => {
        const school = schoolOf(schools, i);
        const row = teacherAt(school, i - school.firstTeacher, { personalDataKey, now: unit.now });
        recordTeacher(unit, row);
      },
    ],
  ];
  return {
    total: parts.reduce((sum, [count]) => sum + count, 0),
    write: (unit, i) => {
      let before = 0;
      for (const [count, step] of parts) {
        if (i < before + count) return step(unit, i - before);
        before += count;
      }
    },
  };
}

function writeSchool(unit: Unit, { staff, firstTeacher, ...row }: PlannedSchool): void {
  recordSchool(unit, { ...row, registeredAt: unit.now });
}

function writeInstitution(unit: Unit, row: Omit<InstitutionRow, 'registeredAt'>): void {
  recordInstitution(unit, { ...row, registeredAt: unit.now }, [
    { move: 'apply', from: null, to: 'applied', reason: '', gradeIds: [] },
    { move: 'take_up', from: 'applied', to: 'under_review', reason: '', gradeIds: [] },
    { move: 'grant', from: 'under_review', to: 'qualified', reason: '', gradeIds: [] },
  ]);
}

function each<Row>(rows: readonly Row[], i: number, write: (row: Row) => void): void {
  const row = rows[i];
  if (row !== undefined) write(row);
}

/** The school of the n-th teacher: schools are in the order of their first teachers. */
function schoolOf(schools: readonly PlannedSchool[], n: number): PlannedSchool {
  let low = 0;
  let high = schools.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((schools[middle]?.firstTeacher ?? 0) <= n) low = middle;
    else high = middle - 1;
  }
  const school = schools[low];
  if (school === undefined) throw new Error('the province has no schools');
  return school;
}
