/** A plan of 90 hours that keeps every rule, exactly at its limits where it has limits. Tests bend it. */
import { addDays, type CivilDate, national } from '@shixun/kernel';
import type { Category } from '../projects/project.ts';
import type { PlanClass, PlanContent, PlanFacts, PlanModule, PlanSession } from './plan.ts';

/** Six meetings a day of one hour (45 minutes) each, as minutes from midnight. */
const slots = [510, 560, 610, 840, 890, 940];

/** The modules' meetings one after the other, six hours a day from the first day on. */
function sessionsOf(modules: readonly PlanModule[], firstDay: CivilDate): PlanSession[] {
  const hours = modules.flatMap((module) =>
    Array.from({ length: module.hoursCenti / 100 }, () => module),
  );
  return hours.map((module, at) => ({
    moduleKey: module.key,
    date: addDays(firstDay, Math.floor(at / slots.length)),
    startMinute: slots[at % slots.length] ?? 0,
    minutes: 45,
    place: '教学楼 301',
    trainerId: module.trainerIds[0] ?? '',
  }));
}

export function moduleOf(
  key: string,
  category: Category,
  hoursCenti: number,
  practical = false,
): PlanModule {
  return {
    key,
    title: `课程 ${key}`,
    category,
    practical,
    main: true,
    required: true,
    methods: ['案例教学'],
    hoursCenti,
    goals: '能独立设计一节阅读课',
    requirement: '全程参与',
    homework: '提交一份教学设计',
    introduction: '以课例为载体',
    trainerIds: ['trn_1'],
  };
}

export const exampleModules: readonly PlanModule[] = [
  moduleOf('ethics', 'ethics', 6_00),
  moduleOf('standards', 'professional_standards', 6_00),
  moduleOf('it', 'it', 6_00),
  moduleOf('theory', 'subject', 27_00),
  moduleOf('practice', 'subject', 45_00, true),
];

export const exampleClass: PlanClass = {
  name: '一班',
  place: '杏花岭区教师发展中心',
  capacity: 40,
  quotas: [],
  classHead: { personId: 'person_head', fullTime: true },
  segments: [{ startsOn: '2026-07-13', endsOn: '2026-07-27', part: 'whole' }],
  sessions: sessionsOf(exampleModules, '2026-07-13'),
};

export const examplePlan: PlanContent = {
  audienceDescription: '初中语文骨干教师',
  goals: '提升阅读教学能力',
  modules: exampleModules,
  trainers: [
    { trainerId: 'trn_1', specialty: '阅读教学' },
    { trainerId: 'trn_2', specialty: '课程标准' },
  ],
  projectLeader: null,
  completionAssessment: '说课与答辩',
  classes: [exampleClass],
};

export const exampleFacts: PlanFacts = {
  project: {
    hoursCenti: 90_00,
    modality: 'concentrated',
    keyProject: false,
    audience: {
      stages: ['junior'],
      subjects: ['chinese'],
      careerStages: ['backbone'],
      regionCodes: [],
      ruralOnly: false,
      minorityBilingualOnly: false,
      principalsOnly: false,
      graduatingClasses: false,
    },
    ownerRegionCode: '140105',
    startsOn: '2026-07-01',
    endsOn: '2026-12-31',
  },
  policy: national.figures,
  trainers: new Map([
    ['trn_1', { kind: 'frontline_teacher', inPool: true }],
    ['trn_2', { kind: 'university_expert', inPool: true }],
  ]),
};
