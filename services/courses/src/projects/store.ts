import type { CivilDate } from '@shixun/kernel';
import { defineCollection } from '@shixun/runtime';
import type {
  Audience,
  Category,
  Channel,
  ClassState,
  Level,
  Modality,
  Period,
  ProjectState,
  Quota,
  Sector,
  Stage,
  Step,
} from './project.ts';

/** 培训项目. */
export type ProjectRow = Period & {
  readonly _id: string;
  readonly title: string;
  readonly level: Level;
  readonly sector: Sector;
  readonly modality: Modality;
  /** The template that it names; none: the one its modality ships with. The version is fixed with its plan. [CRS-35] */
  readonly templateCode?: string | null;
  readonly templateId?: string | null;
  readonly channel: Channel;
  readonly stage: Stage;
  readonly subject: string;
  readonly audience: Audience;
  /** Projects of the same content carry the same code: a teacher takes it once in a cycle. [CRS-41] */
  readonly contentCode: string;
  readonly ownerRegionCode: string;
  /** The owner's region and its ancestors, province first: a bureau's subtree is one equality. */
  readonly regionPath: readonly string[];
  /** The owning school of a school-based project, otherwise null. */
  readonly schoolId: string | null;
  readonly institutionId: string | null;
  readonly keyProject: boolean;
  readonly year: number;
  readonly hoursCenti: number;
  /** Places planned before there are classes, and of its places those that are dispatched. [PLN-07, PLN-08] */
  readonly plannedPlaces: number | null;
  readonly dispatchPlaces: number | null;
  readonly state: ProjectState;
  readonly steps: readonly Step[];
  /** The plan last handed in, and the one that counts once accepted. */
  readonly planId: string | null;
  /** When the plan with its session schedule was published. [CRS-18] */
  readonly publishedAt: Date | null;
  /** Version of the policy under which the plan was accepted. */
  readonly policyVersion: string | null;
  /** The needs survey that it answers, once submitted; null for a national project. [PLN-02] */
  readonly needsSurveyId?: string | null;
  /** How many trainees answered the evaluation, once a grade is published. [EVL-01] */
  readonly answersCount: number | null;
};

/** 课程 of a class. */
export type ClassModule = {
  readonly _id: string;
  readonly title: string;
  readonly category: Category;
  readonly practical: boolean;
  readonly required: boolean;
  readonly homeworkRequired: boolean;
  readonly hoursCenti: number;
};

/** 课次: one scheduled meeting. `startMinute` counts from midnight in Asia/Shanghai. */
export type ClassSession = {
  readonly _id: string;
  readonly moduleId: string;
  readonly date: CivilDate;
  readonly startMinute: number;
  readonly minutes: number;
  readonly place: string;
  readonly trainerId: string;
  readonly required: boolean;
};

/**
 * 培训班, made from the accepted plan when the project is published. Everything is fixed by the plan or
 * follows the project's state; its places are counted apart, by enrollment.
 */
export type TrainingClassRow = {
  readonly _id: string;
  readonly projectId: string;
  readonly projectTitle: string;
  readonly institutionId: string | null;
  readonly schoolId: string | null;
  readonly ownerRegionCode: string;
  readonly name: string;
  readonly place: string;
  readonly opensOn: CivilDate;
  readonly closesOn: CivilDate;
  readonly capacity: number;
  readonly quotas: readonly Quota[];
  readonly state: ClassState;
  readonly classHeadId: string;
  readonly projectLeaderId: string | null;
  readonly audience: Audience;
  readonly contentCode: string;
  readonly sessions: readonly ClassSession[];
  readonly modules: readonly ClassModule[];
  readonly trainerIds: readonly string[];
  readonly assessmentRequired: boolean;
  readonly hoursCenti: number;
  readonly minutesPerHour: number;
  readonly modality: Modality;
  readonly level: Level;
  readonly sector: Sector;
  readonly stage: Stage;
  readonly subject: string;
  readonly channel: Channel;
  readonly year: number;
  readonly publishedAt: Date;
  readonly policyVersion: string;
  /** Until then everyone may withdraw freely after a major change of the plan; absent when there was none. [CRS-19] */
  readonly freeWithdrawalUntil?: Date | null;
};

const audience = {
  stages: [String],
  subjects: [String],
  careerStages: [String],
  regionCodes: [String],
  ruralOnly: Boolean,
  minorityBilingualOnly: Boolean,
  principalsOnly: Boolean,
  graduatingClasses: Boolean,
};

const step = {
  _id: false,
  command: String,
  from: { type: String, default: null },
  to: String,
  role: String,
  by: String,
  at: Date,
  reason: { type: String, default: null },
};

export const projects = defineCollection<ProjectRow>(
  'projects',
  {
    title: String,
    level: String,
    sector: String,
    modality: String,
    templateCode: { type: String, default: null },
    templateId: { type: String, default: null },
    channel: String,
    stage: String,
    subject: String,
    audience,
    contentCode: String,
    ownerRegionCode: String,
    regionPath: [String],
    schoolId: { type: String, default: null },
    institutionId: { type: String, default: null },
    keyProject: Boolean,
    year: Number,
    hoursCenti: Number,
    plannedPlaces: { type: Number, default: null },
    dispatchPlaces: { type: Number, default: null },
    startsOn: String,
    endsOn: String,
    state: String,
    steps: [step],
    planId: { type: String, default: null },
    publishedAt: { type: Date, default: null },
    policyVersion: { type: String, default: null },
    needsSurveyId: { type: String, default: null },
    answersCount: { type: Number, default: null },
  },
  [
    { keys: { regionPath: 1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, _id: -1 } },
    { keys: { regionPath: 1, state: 1, _id: -1 } },
    { keys: { regionPath: 1, year: 1, state: 1, _id: -1 } },
    { keys: { institutionId: 1, _id: -1 } },
    { keys: { schoolId: 1, _id: -1 } },
    // Projects for one stage and subject: of a region and below, or of those above it. [PLN-06, PLN-08]
    { keys: { regionPath: 1, stage: 1, subject: 1, year: 1, _id: -1 } },
    { keys: { ownerRegionCode: 1, stage: 1, subject: 1, year: 1, _id: -1 } },
    {
      keys: { regionPath: 1, stage: 1, year: 1, _id: -1 },
      partialFilterExpression: { 'audience.ruralOnly': true },
    },
  ],
);

const quota = {
  _id: false,
  regionCode: { type: String, default: null },
  schoolId: { type: String, default: null },
  places: Number,
};
const session = {
  _id: String,
  moduleId: String,
  date: String,
  startMinute: Number,
  minutes: Number,
  place: String,
  trainerId: String,
  required: Boolean,
};
const module = {
  _id: String,
  title: String,
  category: String,
  practical: Boolean,
  required: Boolean,
  homeworkRequired: Boolean,
  hoursCenti: Number,
};

export const classes = defineCollection<TrainingClassRow>(
  'classes',
  {
    projectId: String,
    projectTitle: String,
    institutionId: { type: String, default: null },
    schoolId: { type: String, default: null },
    ownerRegionCode: String,
    name: String,
    place: String,
    opensOn: String,
    closesOn: String,
    capacity: Number,
    quotas: [quota],
    state: String,
    classHeadId: String,
    projectLeaderId: { type: String, default: null },
    audience,
    contentCode: String,
    sessions: [session],
    modules: [module],
    trainerIds: [String],
    assessmentRequired: Boolean,
    hoursCenti: Number,
    minutesPerHour: Number,
    modality: String,
    level: String,
    sector: String,
    stage: String,
    subject: String,
    channel: String,
    year: Number,
    publishedAt: Date,
    policyVersion: String,
    freeWithdrawalUntil: { type: Date, default: null },
  },
  [
    { keys: { projectId: 1, _id: 1 } },
    { keys: { classHeadId: 1, _id: -1 } },
    { keys: { institutionId: 1, opensOn: -1, _id: -1 } },
    // What an institution holds now, for the stages that are due. [CRS-59]
    { keys: { institutionId: 1, state: 1, _id: 1 } },
    // What is held now, for the morning's look at daily logs. [CRS-50]
    { keys: { state: 1, _id: 1 } },
    // Visiting classes of a year, by whose they are. [CRS-30]
    { keys: { ownerRegionCode: 1, year: 1 }, partialFilterExpression: { modality: 'visiting' } },
    { keys: { trainerIds: 1, state: 1, _id: 1 } },
    // Where a trainer is booked.
    { keys: { trainerIds: 1, closesOn: 1 } },
  ],
);
