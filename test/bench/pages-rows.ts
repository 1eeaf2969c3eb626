/** What courses keeps of a province for the bench of pages: rows as its commands and handlers leave them. */
import { shanxiRegions } from '@shixun/infra/province/regions';
import type { Database } from '@shixun/runtime';

export type CoursesSize = {
  readonly projects: number;
  readonly entriesEach: number;
  readonly menuItems: number;
  readonly schoolClasses: number;
};

export const coursesSizes = {
  small: { projects: 60, entriesEach: 10, menuItems: 60, schoolClasses: 200 },
  province: { projects: 12_000, entriesEach: 20, menuItems: 12_000, schoolClasses: 40_000 },
} as const satisfies Record<string, CoursesSize>;

export const benchYear = 2026;
export const busySchool = 'sch_bench_0';
export const benchTeacher = 'tch_bench';
const subjects = ['chinese', 'mathematics', 'english', 'music', 'pe', 'art'];
const stages = ['primary', 'junior', 'senior'];
const lines = ['venue', 'materials', 'transport'];
const batchRows = 2_000;
const loaded = 'bench_pages_loaded';

/** Fills an empty database; does nothing when it is full, and begins again when it was cut off. */
export async function fillCourses(db: Database, size: CoursesSize): Promise<void> {
  const done = db.connection.collection<{ _id: string }>(loaded);
  if ((await done.findOne({ _id: loaded })) !== null) return;
  const regions = shanxiRegions()
    .filter(({ level }) => level !== 'township')
    .map(({ _id }) => _id);
  const regionAt = (n: number) => regions[n % regions.length] ?? '140105';
  const { projects, entriesEach, menuItems, schoolClasses } = size;
  await insert(db, 'projects', projects, (n) => projectRow(n, regionAt(n)));
  await insert(db, 'budgets', projects, (n) => ({ ...budgetRow(n), ...placeOf(regionAt(n)) }));
  await insert(db, 'expenditures', projects * entriesEach, (n) =>
    entryRow(n, projects, regionAt(n % projects)),
  );
  await insert(db, 'menuItems', menuItems, (n) => itemRow(n, regionAt(n)));
  await insert(db, 'schoolClasses', schoolClasses, classOfSchoolRow);
  await insert(db, 'areaTallies', subjects.length * stages.length, areaRow);
  await insert(db, 'schools', 1, () => ({ _id: busySchool, name: '', regionCode: '140105' }));
  await insert(db, 'teachers', 1, () => ({
    _id: benchTeacher,
    status: 'active',
    regionCode: '140105',
  }));
  await done.insertOne({ _id: loaded });
}

async function insert(
  db: Database,
  name: string,
  count: number,
  rowAt: (n: number) => Record<string, unknown>,
): Promise<void> {
  const collection = db.connection.collection(name);
  await collection.deleteMany({});
  for (let from = 0; from < count; from += batchRows) {
    const length = Math.min(batchRows, count - from);
    await collection.insertMany(Array.from({ length }, (_, at) => rowAt(from + at)) as never[], {
      ordered: false,
    });
  }
}

const numbered = (prefix: string, n: number) => `${prefix}_${String(n).padStart(9, '0')}`;
const pick = (values: readonly string[], n: number) => values[n % values.length] ?? '';

function placeOf(regionCode: string) {
  return {
    ownerRegionCode: regionCode,
    regionPath: [...new Set(['140000', `${regionCode.slice(0, 4)}00`, regionCode])],
    schoolId: null,
    institutionId: 'ins_bench',
    year: benchYear,
  };
}

function projectRow(n: number, regionCode: string) {
  return {
    _id: numbered('prj', n),
    ...placeOf(regionCode),
    title: `项目${n}`,
    level: 'county',
    stage: pick(stages, n),
    subject: pick(subjects, n),
    audience: { ruralOnly: false },
    state: n % 3 === 0 ? 'open' : 'published',
    startsOn: `${benchYear}-07-01`,
    endsOn: `${benchYear}-07-20`,
    publishedAt: new Date(`${benchYear}-05-01T00:00:00Z`),
  };
}

function budgetRow(n: number) {
  const plannedCents = 1_000_000 + ((n * 7919) % 1_000_000);
  const spentCents = (n * 104_729) % plannedCents;
  return {
    _id: numbered('prj', n),
    lines: [{ category: 'venue', plannedCents, spentCents }],
    plannedCents,
    spentCents,
    unspentCents: plannedCents - spentCents,
    counted: {},
    revision: 1,
  };
}

function entryRow(n: number, projects: number, regionCode: string) {
  return {
    _id: numbered('exp', n),
    ...placeOf(regionCode),
    projectId: numbered('prj', n % projects),
    category: pick(lines, n),
    kind: 'expenditure',
    amountCents: 1 + ((n * 7919) % 500_000),
    spentOn: `${benchYear}-07-10`,
    persons: null,
    days: null,
    purpose: '资料',
    voucher: `V-${n}`,
    aboveCeiling: false,
    reverses: null,
    recordedAt: new Date(`${benchYear}-07-10T00:00:00Z`),
    recordedBy: 'bench',
  };
}

function itemRow(n: number, regionCode: string) {
  return {
    _id: numbered('mni', n),
    menuId: numbered('mnu', n % 100),
    classId: numbered('cls', n),
    regionCode,
    subject: pick(subjects, n),
    stage: pick(stages, n),
    opensAt: new Date(`${benchYear}-05-01T00:00:00Z`),
    closesAt: new Date(Date.UTC(benchYear, 5, 1, 0, 0, n % 10_000)),
    opensOn: `${benchYear}-07-${String(1 + (n % 28)).padStart(2, '0')}`,
    modality: 'concentrated',
    level: 'county',
    channel: 'self_selected',
    institutionId: null,
    placeRegionCode: regionCode,
    ratingRank: 1 + (n % 5),
    staggers: [],
    byDraw: false,
    words: ['整本书', '阅读', pick(subjects, n)],
  };
}

function classOfSchoolRow(n: number) {
  const schoolId = `sch_bench_${n % 2_000}`;
  return {
    _id: `${schoolId}/${numbered('cls', n)}`,
    schoolId,
    classId: numbered('cls', n),
    away: true,
    days: [{ date: `${benchYear}-07-1${n % 10}`, minutes: 270 }],
    lastDay: `${benchYear}-07-1${n % 10}`,
    trainees: { [numbered('enr', n)]: numbered('tch', n) },
  };
}

function areaRow(n: number) {
  const stage = pick(stages, Math.floor(n / subjects.length));
  const subject = pick(subjects, n);
  return {
    _id: `140000/${benchYear}/${stage}/${subject}`,
    regionCode: '140000',
    year: benchYear,
    stage,
    subject,
    places: n * 10,
    asked: n * 17,
  };
}
