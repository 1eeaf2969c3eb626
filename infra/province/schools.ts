/** The schools of the demo province: what a county's townships would have, filled until its teachers have a place. */
import {
  type RegionRow,
  type SchoolKind,
  type SchoolRow,
  schoolKindFacts,
} from '@shixun/registry/bulk';
import { idOf } from './seeded.ts';
import { focusCounty, type ProvinceSize, teachersByCounty } from './size.ts';

/** A school with its place in the numbering of teachers: they are numbered school by school. */
export type PlannedSchool = Omit<SchoolRow, 'registeredAt'> & {
  readonly staff: number;
  readonly firstTeacher: number;
};

const staffOf: Readonly<Record<SchoolKind, number>> = {
  kindergarten: 15,
  primary: 40,
  junior: 45,
  nine_year: 60,
  senior: 100,
  complete_secondary: 110,
  vocational: 90,
  higher: 300,
  special: 20,
  central: 30,
  village: 8,
  teaching_point: 3,
};

const streetKinds = [
  'primary',
  'kindergarten',
  'junior',
  'senior',
  'nine_year',
  'complete_secondary',
] as const;
/** The central school first, so that village schools and teaching points have one to belong to. [REG-04] */
const townKinds = [
  'central',
  'teaching_point',
  'kindergarten',
  'junior',
  'village',
  'teaching_point',
] as const;

const kindNames: Readonly<Record<SchoolKind, string>> = {
  kindergarten: '幼儿园',
  primary: '小学',
  junior: '初级中学',
  nine_year: '九年一贯制学校',
  senior: '高级中学',
  complete_secondary: '中学',
  vocational: '职业中等专业学校',
  higher: '示范学院',
  special: '特殊教育学校',
  central: '中心学校',
  village: '村小学',
  teaching_point: '教学点',
};

const digits = '一二三四五六七八九';

/** 第一, 第十二, 第二十: the n-th of its kind in its township, up to 99. */
function ordinal(n: number): string {
  const tens = Math.floor(n / 10);
  const ten = tens === 0 ? '' : `${tens === 1 ? '' : digits.charAt(tens - 1)}十`;
  return `第${ten}${n % 10 === 0 ? '' : digits.charAt((n % 10) - 1)}`;
}

export function plannedSchools(
  regions: readonly RegionRow[],
  size: ProvinceSize,
): readonly PlannedSchool[] {
  const planner = new Planner();
  for (const [county, teachers] of teachersByCounty(regions, size)) {
    const region = regions.find(({ _id }) => _id === county);
    const townships = regions.filter(({ parentCode }) => parentCode === county);
    if (region !== undefined) fillCounty(planner, region, townships, teachers);
  }
  return planner.schools;
}

/** The focus county also has a vocational school and a university, so that every sector is there. */
function fillCounty(
  planner: Planner,
  county: RegionRow,
  townships: readonly RegionRow[],
  teachers: number,
): void {
  const until = planner.teachers + teachers;
  for (let round = 0; planner.teachers < until; round += 1) {
    for (const township of townships) {
      const rural = Number(township._id.slice(6)) >= 100;
      const kinds = rural ? townKinds : streetKinds;
      const kind = kinds[round % kinds.length] ?? 'primary';
      const left = until - planner.teachers;
      if (left > 0) planner.add(kind, township, { rural, left });
    }
    if (round === 0 && county._id.startsWith('1401')) {
      for (const kind of county._id === focusCounty ? (['vocational', 'higher'] as const) : []) {
        planner.add(kind, county, { rural: false, left: until - planner.teachers });
      }
    }
  }
}

class Planner {
  readonly schools: PlannedSchool[] = [];
  readonly #central = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  teachers = 0;

  add(
    kind: SchoolKind,
    region: RegionRow,
    { rural, left }: { rural: boolean; left: number },
  ): void {
    const n = this.schools.length;
    const staff = Math.min(staffOf[kind], left);
    if (staff <= 0) return;
    const { sector, classDigits } = schoolKindFacts[kind];
    const _id = idOf('school', n);
    if (kind === 'central' && !this.#central.has(region._id)) this.#central.set(region._id, _id);
    const belongs = kind === 'village' || kind === 'teaching_point';
    this.schools.push({
      _id,
      code: `${classDigits}14${String(n + 1).padStart(6, '0')}`,
      name: `${region.name}${ordinal(this.#next(region._id, kind))}${kindNames[kind]}`,
      kind,
      sector,
      regionCode: region._id,
      rural,
      centralSchoolId: belongs ? (this.#central.get(region._id) ?? null) : null,
      staff,
      firstTeacher: this.teachers,
    });
    this.teachers += staff;
  }

  /** How many of the kind the region has, this one included. */
  #next(regionCode: string, kind: SchoolKind): number {
    const key = `${regionCode}/${kind}`;
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}
