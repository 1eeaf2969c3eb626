/**
 * Loads the demo province into the registry by the registry's own bulk path: rows and state events in one
 * transaction per batch, so that the other services fill their projections from events as always. The mark moves
 * on in the same transaction, so a load that was killed goes on where it stood and nothing is loaded twice.
 */
import { type CivilDate, civilDateOf } from '@shixun/kernel';
import {
  type InstitutionRow,
  recordInstitution,
  recordRegion,
  recordRegionPast,
  recordSchool,
  recordShippedPolicies,
  recordTeacher,
  recordTrainer,
} from '@shixun/registry/bulk';
import {
  defineCollection,
  type RowBase,
  runUnit,
  type ServiceRoom,
  type Unit,
} from '@shixun/runtime';
import { plannedInstitutions } from './institutions.ts';
import { shanxiRegionPast, shanxiRegions } from './regions.ts';
import { type PlannedSchool, plannedSchools } from './schools.ts';
import type { ProvinceSize } from './size.ts';
import { teacherAt } from './teachers.ts';
import { trainerAt, trainersOf } from './trainers.ts';

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
  const batches = Math.ceil(total / batchRows);
  let rows = 0;
  for (let batch = mark.batchesDone; batch < batches; batch += 1) {
    const first = batch * batchRows;
    const next = Math.min(first + batchRows, total);
    await runUnit(
      db,
      async (unit) => {
        for (let i = first; i < next; i += 1) write(unit, i);
        const finishedAt = next === total ? unit.now : null;
        unit.update(
          marks,
          { _id: markId, batchesDone: batch },
          { $set: { batchesDone: batch + 1, finishedAt } },
        );
      },
      run,
    );
    rows += next - first;
    onProgress?.({ done: next, total });
  }
  return { size: mark.size, rows };
}

async function begin(unit: Unit, size: ProvinceSize): Promise<Mark> {
  const known = await unit.findById(marks, markId);
  if (known !== null) return known;
  const fresh: Mark = { _id: markId, size, batchesDone: 0, finishedAt: null };
  unit.insert(marks, fresh);
  for (const version of shanxiRegionPast()) recordRegionPast(unit, version);
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
    [trainersOf[size], (unit, i) => recordTrainer(unit, trainerAt(i, schools, unit.now))],
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
