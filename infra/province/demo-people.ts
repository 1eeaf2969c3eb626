/** Well-known people of the demo province, one per role, around one county, so that the story has its cast. */
import type { Grant, Role } from '@shixun/runtime';
import { plannedInstitutions } from './institutions.ts';
import { nameOf } from './people.ts';
import { shanxiRegions } from './regions.ts';
import { type PlannedSchool, plannedSchools } from './schools.ts';
import { idOf } from './seeded.ts';
import { focusCounty, type ProvinceSize } from './size.ts';
import { profileAt } from './teachers.ts';
import { reviewingTrainer, storyTrainers, trainerNameOffset } from './trainers.ts';

/** Someone who can sign in: `subject` becomes the token's `sub`, `grants` its grants. */
export type DemoPerson = {
  readonly role: Role;
  readonly subject: string;
  readonly name: string;
  /** Who it is, for the page that offers the tokens. */
  readonly title: { readonly zh: string; readonly en: string };
  readonly grants: readonly Grant[];
};

/** A school in the country, to which a training comes: who speaks for it, and its teachers of Chinese. */
export type DemoTownship = {
  readonly regionCode: string;
  readonly schoolId: string;
  readonly school: DemoPerson;
  readonly teachers: readonly DemoPerson[];
};

export type DemoPeople = {
  readonly regionCode: string;
  readonly schoolId: string;
  readonly institutionId: string;
  /** One per role, teachers apart. */
  readonly staff: readonly DemoPerson[];
  /** Primary-school teachers of Chinese in the county; the last one teaches something else elsewhere. */
  readonly teachers: readonly DemoPerson[];
  readonly township: DemoTownship;
  /** Members of the expert pool from the province, for the plans of the story. */
  readonly trainerIds: readonly string[];
};

const storyTeachers = 8;
/** Anonymous answers count from five on. [EVL-01] */
const townshipTeachers = 5;
const townshipSchoolName = 6_900_000;

/** The cast in a province of that size, loaded in that year; all but the outsider are the same at every size. */
export function demoPeople(size: ProvinceSize, year: number): DemoPeople {
  const regions = shanxiRegions();
  const schools = plannedSchools(regions, size);
  const [school] = schools;
  const [institution] = plannedInstitutions(regions, `${year}-01-01`);
  if (school === undefined || institution === undefined) throw new Error('the province is empty');
  const places = { schoolId: school._id, institutionId: institution._id };
  return {
    regionCode: focusCounty,
    ...places,
    staff: staffOf(places),
    teachers: [...storyCast(schools, year), outsider(schools, year)],
    township: townshipOf(schools, year),
    trainerIds: Array.from({ length: storyTrainers }, (_, n) => idOf('trainer', n)),
  };
}

/** The first n teachers' ids, in the order of loading: the focus county's come first. For loads and benches. */
export function demoTeacherIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => idOf('teacher', n));
}

function staffOf(at: { readonly schoolId: string; readonly institutionId: string }): DemoPerson[] {
  const { schoolId, institutionId } = at;
  const regionCode = focusCounty;
  return [
    person('ProvinceAdmin', '山西省教育厅', 'Shanxi bureau', { regionCode: '140000' }),
    person('CityAdmin', '太原市教育局', 'Taiyuan bureau', { regionCode: '140100' }),
    person('CountyAdmin', '小店区教育局', 'Xiaodian bureau', { regionCode }),
    person('QualityMonitor', '小店区培训质量监控', 'Xiaodian quality monitor', { regionCode }),
    person('Auditor', '太原市审计', 'Taiyuan auditor', { regionCode: '140100' }),
    person('SchoolAdmin', '坞城街道第一小学', 'first school of Wucheng', { schoolId, regionCode }),
    person('InstitutionAdmin', '小店区教师发展中心', 'Xiaodian development centre', {
      institutionId,
    }),
    person('ProjectLeader', '项目负责人', 'leads the project', { institutionId }),
    person('ClassHead', '班主任', 'heads the class', { institutionId }),
    person('Trainer', '培训者', 'member of the expert pool', { institutionId }, 0),
    person('WorkshopHost', '工作坊主持人', 'hosts a workshop', { institutionId }),
    person(
      'ExpertReviewer',
      '评审专家',
      'reviews bids',
      { regionCode: '140000' },
      reviewingTrainer,
    ),
    person('ThirdPartyEvaluator', '第三方评估', 'professional agency', { regionCode: '140000' }),
    person('Platform', '第三方平台', 'third-party platform', { platformId: 'demo-platform' }),
  ];
}

/** The subject is the person's id; where the registry has no record of the person, a stable name. */
function person(
  role: Role,
  zh: string,
  en: string,
  scope: Omit<Grant, 'role' | 'personId'>,
  trainer?: number,
): DemoPerson {
  const subject = trainer === undefined ? `demo-${role}` : idOf('trainer', trainer);
  const number = [...role].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 1_000_003;
  const name = nameOf(trainer === undefined ? 6_000_000 + number : trainerNameOffset + trainer);
  return {
    role,
    subject,
    name,
    title: { zh, en },
    grants: [{ role, ...scope, personId: subject }],
  };
}

function storyCast(schools: readonly PlannedSchool[], year: number): DemoPerson[] {
  const inCounty = schools.filter(({ regionCode }) => regionCode.startsWith(focusCounty));
  return inCounty
    .slice(0, 12)
    .flatMap((school) =>
      teachersOfChinese(school, year)
        // A tenth of a staff may be away on one day; more of them would need their school's word. [PLN-09]
        .slice(0, Math.floor(school.staff / 10)),
    )
    .slice(0, storyTeachers)
    .map((profile) => teacher(profile, '小店区小学语文教师', 'teaches Chinese in Xiaodian'));
}

/** Of the stage and subject of the story, principals apart. */
function teachersOfChinese(school: PlannedSchool, year: number) {
  return Array.from({ length: school.staff }, (_, i) => profileAt(school, i, year)).filter(
    ({ stage, subjects, principal }) =>
      stage === 'primary' && subjects.includes('chinese') && !principal,
  );
}

/** The county's first school in the country with as many of them as it takes. */
function townshipOf(schools: readonly PlannedSchool[], year: number): DemoTownship {
  const rural = schools.filter(
    (school) => school.rural && school.regionCode.startsWith(focusCounty),
  );
  for (const school of rural) {
    const profiles = teachersOfChinese(school, year).slice(0, townshipTeachers);
    if (profiles.length < townshipTeachers) continue;
    const { _id: schoolId, regionCode, name } = school;
    return {
      regionCode,
      schoolId,
      school: townshipSchool(name, { schoolId, regionCode }),
      teachers: profiles.map((profile) =>
        teacher(profile, '乡村小学语文教师', 'teaches Chinese in the country'),
      ),
    };
  }
  throw new Error('no school in the country has enough teachers of Chinese');
}

function townshipSchool(
  zh: string,
  at: { readonly schoolId: string; readonly regionCode: string },
): DemoPerson {
  const role = 'SchoolAdmin';
  const subject = 'demo-township-SchoolAdmin';
  return {
    role,
    subject,
    name: nameOf(townshipSchoolName),
    title: { zh, en: 'a school in the country' },
    grants: [{ role, ...at, personId: subject }],
  };
}

function outsider(schools: readonly PlannedSchool[], year: number): DemoPerson {
  const school = schools.find(({ regionCode, kind }) => {
    return !regionCode.startsWith(focusCounty) && kind === 'primary';
  });
  if (school === undefined) throw new Error('the province has one county only');
  return teacher(profileAt(school, 1, year), '外县小学教师', 'teaches in another county');
}

function teacher({ _id, name }: { _id: string; name: string }, zh: string, en: string): DemoPerson {
  return {
    role: 'Teacher',
    subject: _id,
    name,
    title: { zh, en },
    grants: [{ role: 'Teacher', personId: _id }],
  };
}
