/** What courses keeps of a province for the bench of pages: rows as its commands and handlers leave them. */
import { shanxiRegions } from '@shixun/infra/province/regions';
import { regionPath } from '@shixun/kernel';
import type { Database } from '@shixun/runtime';
import { classRow, teacherRow } from './enrollment-rows.ts';

export type CoursesSize = {
  readonly projects: number;
  readonly entriesEach: number;
  readonly menuItems: number;
  readonly schoolClasses: number;
  /** A small province has the menus of one county, its city and the province: a page of twenty has twenty rows there, too. */
  readonly menusOf: 'focus' | 'all';
};

export const coursesSizes = {
  small: { projects: 60, entriesEach: 10, menuItems: 60, schoolClasses: 200, menusOf: 'focus' },
  province: {
    projects: 12_000,
    entriesEach: 20,
    menuItems: 12_000,
    schoolClasses: 40_000,
    menusOf: 'all',
  },
} as const satisfies Record<string, CoursesSize>;

export const benchYear = 2026;
export const busySchool = 'sch_bench_0';
export const benchTeacher = 'tch_bench';
/** The county of the teacher and of the school. */
export const benchCounty = '140105';
/** Enrollments of each class on a menu, and of the one teacher. */
const enrolledEach = 4;
const enrolledOwn = 4;
const subjects = ['chinese', 'mathematics', 'english', 'music', 'pe', 'art'];
const stages = ['primary', 'junior', 'senior'];
const lines = ['venue', 'materials', 'transport'];
const batchRows = 2_000;
/** Another name whenever the rows become others: a server that was kept is filled again. */
const loaded = 'bench_pages_loaded_2';

/** Fills an empty database; does nothing when it is full, and begins again when it was cut off. */
export async function fillCourses(db: Database, size: CoursesSize): Promise<void> {
  const done = db.connection.collection<{ _id: string }>(loaded);
  if ((await done.findOne({ _id: loaded })) !== null) return;
  const regions = shanxiRegions()
    .filter(({ level }) => level !== 'township')
    .map(({ _id }) => _id);
  const regionAt = (n: number) => pick(regions, n);
  const { projects, entriesEach, menuItems, schoolClasses, menusOf } = size;
  const menuRegions = menusOf === 'all' ? regions : regionPath(benchCounty);
  const menuRegionAt = (n: number) => pick(menuRegions, n);
  await insert(db, 'projects', projects, (n) => projectRow(n, regionAt(n)));
  await insert(db, 'budgets', projects, (n) => ({ ...budgetRow(n), ...placeOf(regionAt(n)) }));
  await insert(db, 'expenditures', projects * entriesEach, (n) =>
    entryRow(n, projects, regionAt(n % projects)),
  );
  await insert(db, 'menuItems', menuItems, (n) => itemRow(n, menuRegionAt(n)));
  await insert(db, 'classes', menuItems, (n) => courseRow(n, menuRegionAt(n)));
  await insert(db, 'seats', menuItems, seatsRow);
  await insert(db, 'enrollments', menuItems * enrolledEach, (n) => enrollmentRow(n, menuItems));
  await insert(db, 'schoolClasses', schoolClasses, classOfSchoolRow);
  await insert(db, 'areaTallies', subjects.length * stages.length, areaRow);
  await insert(db, 'schools', 1, () => ({ _id: busySchool, name: '', regionCode: benchCounty }));
  await insert(db, 'teachers', 1, () => teacherRow(benchTeacher));
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
    words: ['整本书', '阅读', pick(subjects, n), pick(stages, n)],
  };
}

/** Not every class is open yet, or meant for primary schools: a page shows reasons of several kinds. */
function courseRow(n: number, regionCode: string) {
  const row = classRow(String(n).padStart(9, '0'), 40);
  const audience = {
    ...row.audience,
    subjects: [],
    stages: n % 2 === 0 ? ['primary'] : ['junior'],
  };
  return {
    ...row,
    audience,
    ownerRegionCode: regionCode,
    year: benchYear,
    state: n % 5 === 0 ? 'published' : 'open',
    name: `${n} 班`,
    place: '太原',
    hoursCenti: 90_00,
    opensOn: `${benchYear}-07-01`,
    closesOn: `${benchYear}-07-20`,
  };
}

function seatsRow(n: number) {
  return {
    _id: numbered('cls', n),
    taken: n % 3 === 0 ? 40 : n % 40,
    takenByQuota: [],
    waiting: n % 3 === 0 ? n % 7 : 0,
    waitingByBucket: [],
    lastTicket: 40,
  };
}

/** The first are the one teacher's, in classes that close last and so are on no first page; the others somebody else's each. */
function enrollmentRow(n: number, classesCount: number) {
  const own = n < enrolledOwn;
  return {
    _id: numbered('enr', n),
    classId: numbered('cls', own ? classesCount - 1 - n : Math.floor(n / enrolledEach)),
    teacherId: own ? benchTeacher : numbered('tch', n),
    turn: own ? n + 1 : 1,
    ticket: n,
    state: 'confirmed',
    active: true,
    done: false,
    contentCode: `content-${n}`,
    year: benchYear,
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
