/** What a journey asks for in a course, and the plan that it becomes. */
import type { Actor } from '@shixun/infra/story/world';
import { addDays, yearOf } from '@shixun/kernel';

export type CourseModule = {
  readonly key: string;
  readonly stageKey?: string;
  readonly hours: number;
  readonly labels?: readonly string[];
  readonly practical?: boolean;
  /** Day of the class on which it meets, 0 for the first one. */
  readonly day: number;
  readonly trainerId: string;
};

export type CourseAsked = {
  readonly modality: string;
  readonly templateCode?: string;
  readonly level: 'NATIONAL' | 'COUNTY' | 'SCHOOL';
  readonly owner: Actor;
  readonly ownerRegionCode: string;
  readonly schoolId?: string;
  /** Who carries it out; the owner's own people where it is a school's own. */
  readonly institution?: { readonly id: string; readonly actor: Actor };
  readonly classHead: Actor;
  readonly needsSurveyId?: string;
  readonly audience?: object;
  readonly modules: readonly CourseModule[];
  readonly trainerIds: readonly string[];
  readonly chiefExpertId?: string;
  /** First and last day of each piece of its dates, counted from the first day of the class. */
  readonly pieces: readonly (readonly [number, number])[];
  /** The class lies within one calendar year. */
  readonly inOneYear?: boolean;
};

/** Days until a class opens: its schedule is public five full days before, and teachers choose before that. */
const leadDays = 10;
const minutesPerHour = 45;

function sessionMinutes({ hours }: CourseModule): number {
  return hours * minutesPerHour;
}

/** The last day of the class, counted from its first. */
export function lastDay({ pieces }: CourseAsked): number {
  return pieces.at(-1)?.[1] ?? 0;
}

export function firstDay(today: string, asked: CourseAsked): string {
  const opensOn = addDays(today, leadDays);
  const year = yearOf(opensOn);
  const crosses = yearOf(addDays(opensOn, lastDay(asked))) > year;
  return asked.inOneYear && crosses ? `${year + 1}-01-05` : opensOn;
}

/** Ethics comes first and is the only required module, so that nobody owes homework. */
export function planOf(asked: CourseAsked, opensOn: string) {
  const { modules, trainerIds, chiefExpertId, pieces, classHead } = asked;
  return {
    audienceDescription: '小学语文教师',
    goals: '学以致用',
    modules: modules.map(
      ({ key, stageKey, hours, labels = [], practical = false, trainerId }, n) => ({
        ...{ key, stageKey: stageKey ?? null, labels, practical },
        ...{ title: key, category: n === 0 ? 'ETHICS' : 'SUBJECT', required: n === 0, main: n > 0 },
        ...{ methods: ['案例教学'], hours: hours.toFixed(2), introduction: '以课例为载体' },
        ...{ goals: '会用', requirement: '全程参与', homework: n === 0 ? '' : '学习笔记' },
        trainerIds: [trainerId],
      }),
    ),
    trainers: trainerIds.map((trainerId) => ({ trainerId, specialty: '小学语文' })),
    projectLeader: null,
    ...(chiefExpertId ? { chiefExpertId } : {}),
    classes: [
      {
        ...{ name: '一班', place: '教师发展中心', capacity: 20 },
        classHead: { personId: classHead.id, fullTime: true },
        segments: pieces.map(([from, to]) => ({
          startsOn: addDays(opensOn, from),
          endsOn: addDays(opensOn, to),
          part: 'WHOLE',
        })),
        sessions: modules.map((module, n) => ({
          ...{ moduleKey: module.key, date: addDays(opensOn, module.day), place: '教室' },
          ...{ startMinute: 480 + (n % 3) * 240, minutes: sessionMinutes(module) },
          trainerId: module.trainerId,
        })),
      },
    ],
  };
}
