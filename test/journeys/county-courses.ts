/** Courses of one county, carried out by its development centre: for journeys through several modalities. */
import { askTeachers } from '@shixun/infra/story/asking';
import { Course } from './course.ts';
import type { CourseAsked, CourseModule } from './course-plan.ts';
import { experts, nth } from './people.ts';
import type { TestPlatform } from './platform.ts';

export const county = '140105';
export const words = (zh: string, en: string) => ({ zh, en });

/** A module of the plan; on the first day unless said, and whoever leads the trainers gives it. */
export type Part = Omit<CourseModule, 'trainerId' | 'day'> & { readonly day?: number };

export type CountyCourses = {
  readonly open: (
    modality: string,
    parts: readonly Part[],
    change?: Partial<CourseAsked>,
  ) => Promise<Course>;
};

/** The county asks its teachers once; every course of it answers that survey. [PLN-02] */
export async function coursesOfCounty(platform: TestPlatform): Promise<CountyCourses> {
  const { bureau, institution, institutionId, classHead } = platform.world.cast;
  const needsSurveyId = await askTeachers(platform.world);
  const frontline = await experts(platform, 'frontline_teacher');
  const others = await experts(platform, 'teaching_researcher');
  const trainerIds = [nth(frontline, 0), nth(frontline, 1), nth(others, 0)];
  const open: CountyCourses['open'] = (modality, parts, change = {}) =>
    Course.open(platform, {
      ...{ modality, level: 'COUNTY', owner: bureau, ownerRegionCode: county, classHead },
      // A school's own course is carried out by its own people.
      ...(change.level === 'SCHOOL'
        ? {}
        : { institution: { id: institutionId, actor: institution } }),
      needsSurveyId,
      modules: parts.map((part) => ({ day: 0, ...part, trainerId: nth(trainerIds, 0) })),
      ...{ trainerIds, pieces: [[0, 1]] },
      ...change,
    });
  return { open };
}
