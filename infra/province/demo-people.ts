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

export type DemoPeople = {
  readonly regionCode: string;
  readonly schoolId: string;
  readonly institutionId: string;
  /** One per role, teachers apart. */
  readonly staff: readonly DemoPerson[];
  /** Primary-school teachers of Chinese in the county; the last one teaches something else elsewhere. */
  readonly teachers: readonly DemoPerson[];
  /** Members of the expert pool from the province, for the plans of the story. */
  readonly trainerIds: readonly string[];
};

const storyTeachers = 8;

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
      Array.from({ length: school.staff }, (_, i) => profileAt(school, i, year))
        .filter(({ stage, subjects, principal }) => {
          return stage === 'primary' && subjects.includes('chinese') && !principal;
        })
        // A tenth of a staff may be away on one day; more of them would need their school's word. [PLN-09]
        .slice(0, Math.floor(school.staff / 10)),
    )
    .slice(0, storyTeachers)
    .map((profile) => teacher(profile, '小店区小学语文教师', 'teaches Chinese in Xiaodian'));
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
