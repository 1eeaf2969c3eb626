/** National courses of a university: release-time study 置换脱产, and short ones of any modality. */
import type { Actor } from '@shixun/infra/story/world';
import { Course } from './course.ts';
import type { CourseAsked, CourseModule } from './course-plan.ts';
import { experts, nth } from './people.ts';
import type { TestPlatform } from './platform.ts';

/** 三人行 */
export type Mentors = Readonly<Record<'expert' | 'researcher' | 'frontline', string>>;

export type UniversityCourses = {
  readonly province: Actor;
  readonly university: Actor & { readonly institutionId: string };
  readonly open: (
    modality: string,
    change: Pick<CourseAsked, 'modules' | 'trainerIds' | 'pieces'> & Partial<CourseAsked>,
  ) => Promise<Course>;
};

/** National projects are the province's, and answer no survey. [PLN-02] */
export async function coursesOfUniversity(platform: TestPlatform): Promise<UniversityCourses> {
  const { services, signIn } = platform;
  const institutions = services.registry.db.connection.collection<{ _id: string }>('institutions');
  const row = await institutions.findOne({ kind: 'normal_university' } as object);
  if (row === null) throw new Error('the province has no university');
  const institutionId = row._id;
  const province = await signIn('province', [{ role: 'ProvinceAdmin', regionCode: '140000' }]);
  const actor = await signIn('university', [{ role: 'InstitutionAdmin', institutionId }]);
  const personId = 'class-head';
  const classHead = await signIn(personId, [{ role: 'ClassHead', institutionId, personId }]);
  const open: UniversityCourses['open'] = (modality, change) =>
    Course.open(platform, {
      ...{ modality, level: 'NATIONAL', owner: province, classHead },
      institution: { id: institutionId, actor },
      ...{ ownerRegionCode: '140000', audience: { regionCodes: ['140105'] } },
      ...change,
    });
  return { province, university: { ...actor, institutionId }, open };
}

/** Four months, a hundred and twenty-three days at most. */
const lastDay = 122;

export async function releaseCourse(platform: TestPlatform, { open }: UniversityCourses) {
  const [fromElsewhere] = await experts(platform, 'frontline_teacher', {
    homeProvinceCode: { $ne: '140000' },
  });
  const frontline = await experts(platform, 'frontline_teacher');
  const mentor: Mentors = {
    expert: nth(await experts(platform, 'university_expert'), 0),
    researcher: nth(await experts(platform, 'teaching_researcher'), 0),
    frontline: nth(frontline, 0),
  };
  // Five: one from another province is exactly a fifth; four of them teach or research.
  const trainerIds = [...Object.values(mentor), nth(frontline, 1), fromElsewhere ?? ''];
  const modules: CourseModule[] = [
    { key: 'ethics', stageKey: 'centralised', hours: 1, day: 0, trainerId: mentor.expert },
    {
      ...{ key: 'skills', stageKey: 'centralised', hours: 3, day: 1 },
      ...{ practical: true, labels: ['training'], trainerId: mentor.researcher },
    },
    {
      ...{ key: 'shadow_school', stageKey: 'shadow', hours: 2, day: 31 },
      ...{ practical: true, labels: ['school'], trainerId: mentor.frontline },
    },
    {
      ...{ key: 'shadow_centre', stageKey: 'shadow', hours: 2, day: 45 },
      ...{ practical: true, labels: ['centre', 'training'], trainerId: mentor.researcher },
    },
    {
      ...{ key: 'return', stageKey: 'return', hours: 2, day: 60 },
      ...{ practical: true, labels: ['training'], trainerId: nth(frontline, 1) },
    },
    {
      ...{ key: 'summary', stageKey: 'summary', hours: 2, day: lastDay },
      ...{ trainerId: fromElsewhere ?? '' },
    },
  ];
  const chiefExpertId = mentor.expert;
  const pieces = [[0, lastDay]] as const;
  const course = await open('RELEASE_TIME', { modules, trainerIds, chiefExpertId, pieces });
  return { course, mentor, modules };
}
